#ifndef ITD_BASE_FAULT_H
#define ITD_BASE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

/* Failures on purpose, for tests: the n-th allocation, write, sync or rename of this process fails as if the system had
 * refused. */

typedef enum itd_fault_kind { ITD_FAULT_MEMORY, ITD_FAULT_WRITE, ITD_FAULT_KINDS } itd_fault_kind;

/** What becomes of the call that is hit. */
typedef enum itd_fault_effect {
    ITD_FAULT_FAILS, /**< refused, as by a broken device */
    ITD_FAULT_FULL,  /**< refused, as by a device without room */
    ITD_FAULT_KILLS, /**< the process ends before the call does anything, as by SIGKILL */
    ITD_FAULT_TEARS, /**< half of the bytes are written, then the process ends; ITD_FAULT_KILLS where nothing is written
                      */
} itd_fault_effect;

/** Lets `after` calls of the kind pass and fails the next one, once; 0 fails the very next. Threads: call while no
 * other thread works. */
void itd_fault_arm(itd_fault_kind kind, uint64_t after);
/** The same with another effect than ITD_FAULT_FAILS. */
void itd_fault_arm_effect(itd_fault_kind kind, uint64_t after, itd_fault_effect effect);
/** Nothing fails any more. */
void itd_fault_disarm(itd_fault_kind kind);
/** True when the armed failure has happened since it was armed. */
bool itd_fault_fired(itd_fault_kind kind);
/** Asked by the wrappers: does this call fail? Does not return when the effect is ITD_FAULT_KILLS. Cost: one relaxed
 * load when nothing is armed. */
bool itd_fault_hits(itd_fault_kind kind);
/** What was armed last: how a call that was hit has to fail. */
itd_fault_effect itd_fault_effect_of(itd_fault_kind kind);
/** Ends the process as SIGKILL does: nothing is flushed, nothing is cleaned up. */
_Noreturn void itd_fault_kill(void);

#endif
