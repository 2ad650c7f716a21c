#ifndef ITD_BASE_FAULT_H
#define ITD_BASE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

/* Failures on purpose, for tests: the n-th allocation, write, sync or rename of this process fails as if the system had
 * refused. */

typedef enum itd_fault_kind { ITD_FAULT_MEMORY, ITD_FAULT_WRITE, ITD_FAULT_KINDS } itd_fault_kind;

/** Lets `after` calls of the kind pass and fails the next one, once; 0 fails the very next. Threads: call while no
 * other thread works. */
void itd_fault_arm(itd_fault_kind kind, uint64_t after);
/** Nothing fails any more. */
void itd_fault_disarm(itd_fault_kind kind);
/** True when the armed failure has happened since it was armed. */
bool itd_fault_fired(itd_fault_kind kind);
/** Asked by the wrappers: does this call fail? Cost: one relaxed load when nothing is armed. */
bool itd_fault_hits(itd_fault_kind kind);

#endif
