#ifndef ITD_BASE_ERROR_H
#define ITD_BASE_ERROR_H

#include "interdict/status.h"

/** Fills `error` (may be NULL) and gives `status` back, so that a caller writes `return itd_fail(…)`. `where` and place
 * are cleared. */
itd_status itd_fail(itd_error *error, itd_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/** The same with a place. `where` may be NULL, `line` 0, `offset` ITD_NOWHERE. */
itd_status itd_fail_at(itd_error *error, itd_status status, const char *where, uint64_t line, uint64_t offset,
                       const char *format, ...) __attribute__((format(printf, 6, 7)));

/** Adds the file or record to an error of a lower level that did not know it; what is already there stays. */
void itd_error_set_where(itd_error *error, const char *where);

/** ITD_ENOMEM with the standard message. */
itd_status itd_fail_memory(itd_error *error);

/** ITD_EIO with errno's text: "cannot WHAT: reason". */
itd_status itd_fail_errno(itd_error *error, const char *where, const char *what);

#ifdef __clang_analyzer__
/* The analyser sees one file at a time and would take any of these for ITD_OK. */
#define itd_fail(error, status, ...) ((void)(itd_fail)(error, status, __VA_ARGS__), (status))
#define itd_fail_at(error, status, ...) ((void)(itd_fail_at)(error, status, __VA_ARGS__), (status))
#define itd_fail_memory(error) ((void)(itd_fail_memory)(error), ITD_ENOMEM)
#define itd_fail_errno(error, where, what) ((void)(itd_fail_errno)(error, where, what), ITD_EIO)
#endif

/** Runs an expression that gives a status and leaves the function with it when it is not ITD_OK. Only where nothing
 * needs cleaning up. */
#define ITD_TRY(expression)                                                                                            \
    do {                                                                                                               \
        itd_status itd_try_status_ = (expression);                                                                     \
        if (itd_try_status_ != ITD_OK)                                                                                 \
            return itd_try_status_;                                                                                    \
    } while (0)

#endif
