#ifndef ITD_BASE_MEMORY_H
#define ITD_BASE_MEMORY_H

#include <stddef.h>

/* All memory that the project itself asks for goes through these, so that a test can fail the n-th request
 * (base/fault.h). */

void *itd_malloc(size_t size);
void *itd_calloc(size_t count, size_t size);
/** NULL on failure or when count * size does not fit; the old block stays valid then. */
void *itd_realloc_array(void *old, size_t count, size_t size);
void itd_free(void *block);

#endif
