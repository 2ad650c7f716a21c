/* A folder with an empty case in it, for tests of the store. */
#ifndef TESTS_SUPPORT_CASE_PLACE_H
#define TESTS_SUPPORT_CASE_PLACE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"
#include "support/cm.h"

typedef struct case_place {
    char folder[64], path[96];
    itd_store *store; /**< open for writing */
    itd_arena arena;
} case_place;

static inline int case_place_make(void **state, bool two_person)
{
    const itd_store_options options = {.two_person = two_person, .now = 1767225600000000};
    itd_error error = {0};
    case_place *here = calloc(1, sizeof *here);
    if (!here)
        return -1;
    (void)snprintf(here->folder, sizeof here->folder, "/tmp/itd-store-XXXXXX");
    if (!mkdtemp(here->folder))
        return -1;
    (void)snprintf(here->path, sizeof here->path, "%s/c.case", here->folder);
    itd_arena_init(&here->arena, SIZE_MAX);
    *state = here;
    return itd_store_create(here->path, &options, &error) == ITD_OK &&
                   itd_store_open(&here->store, here->path, true, &error) == ITD_OK
               ? 0
               : -1;
}

static inline int case_place_set_up(void **state)
{
    return case_place_make(state, false);
}

static inline int case_place_set_up_two_person(void **state)
{
    return case_place_make(state, true);
}

static inline int case_place_tear_down(void **state)
{
    case_place *here = *state;
    itd_store_close(here->store);
    itd_arena_finish(&here->arena);
    (void)unlink(here->path);
    int left = rmdir(here->folder); /* nothing beside the case was left */
    free(here);
    return left;
}

#endif
