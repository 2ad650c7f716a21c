/* Fails the n-th allocation (or write) of a piece of code, for n = 0, 1, 2 … until the code gets by without reaching
 * it. */
#ifndef TESTS_SUPPORT_FAULTS_H
#define TESTS_SUPPORT_FAULTS_H

#include <stdlib.h>

#include "base/error.h"
#include "base/fault.h"
#include "support/cm.h"

/** Most failures that one call of faults_each tries, unless the environment variable ITD_FAULT_MAX says another number.
 */
#define FAULTS_MAX 2000

/** The code under test: frees all that it made whatever happens, and gives the status of what it tried. */
typedef itd_status faults_run(void *context, itd_error *error);
/** What must hold after a failed run (a target file is untouched, an output was not written). May be NULL. */
typedef void faults_check(void *context);

static inline uint64_t faults_max(void)
{
    const char *text = getenv("ITD_FAULT_MAX");
    return text && *text ? strtoull(text, NULL, 10) : FAULTS_MAX;
}

/** Each run with a failure has to end in ITD_ENOMEM (memory) or ITD_EIO (writes) with a message, and the first run
 * without one in ITD_OK. Leaks show in a build with -Db_sanitize=address.
 *  @return failures tried: a test that knows of at least one asks for > 0 */
static inline uint64_t faults_each(itd_fault_kind kind, faults_run *run, faults_check *check, void *context)
{
    const itd_status wanted = kind == ITD_FAULT_MEMORY ? ITD_ENOMEM : ITD_EIO;
    const uint64_t most = faults_max();
    for (uint64_t n = 0; n < most; n++) {
        itd_error error = {.offset = ITD_NOWHERE};
        itd_fault_arm(kind, n);
        itd_status status = run(context, &error);
        bool fired = itd_fault_fired(kind);
        itd_fault_disarm(kind);
        if (!fired) {
            if (status != ITD_OK)
                fail_msg("without a failure it gives \"%s\": %s", itd_status_name(status), error.message);
            return n;
        }
        if (status != wanted || error.message[0] == '\0')
            fail_msg("failure %llu gives \"%s\" (%s) instead of \"%s\"", (unsigned long long)n, itd_status_name(status),
                     error.message, itd_status_name(wanted));
        if (check)
            check(context);
    }
    return most;
}

#endif
