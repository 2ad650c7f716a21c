/* A case in a folder of its own. */
#ifndef TESTS_SUPPORT_CASE_H
#define TESTS_SUPPORT_CASE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"
#include "support/cm.h"

#define CASE_MADE INT64_C(1767225600000000) /* 2026-01-01T00:00:00Z */

typedef struct case_place {
    char folder[64], path[96];
    itd_store *store;
} case_place;

static inline void case_run(itd_store *store, const char *text)
{
    itd_error error = {0};
    if (itd_sql_run(store->sql, text, &error) != ITD_OK)
        fail_msg("%s: %s", text, error.message);
}

static inline int case_set_up(void **state)
{
    case_place *here = calloc(1, sizeof *here);
    itd_error error = {0};
    if (!here)
        return -1;
    (void)snprintf(here->folder, sizeof here->folder, "/tmp/itd-case-XXXXXX");
    if (!mkdtemp(here->folder))
        return -1;
    (void)snprintf(here->path, sizeof here->path, "%s/c.case", here->folder);
    if (itd_store_create(here->path, &(itd_store_options){.now = CASE_MADE}, &error) != ITD_OK ||
        itd_store_open(&here->store, here->path, true, &error) != ITD_OK)
        return -1;
    *state = here;
    return 0;
}

static inline int case_tear_down(void **state)
{
    case_place *here = *state;
    itd_store_close(here->store);
    (void)unlink(here->path);
    int left = rmdir(here->folder); /* nothing beside the case was left */
    free(here);
    return left;
}

#endif
