#include "fetch/retry.h"

#include "support/cm.h"

static void rows(void **state)
{
    (void)state;
    static const struct {
        itd_try ended;
        unsigned retries;
        int64_t wait_s;
    } table[] = {
        /* twice as long each time, to the cap */
        {{ITD_TRY_BROKEN, 0, 0, 1}, 4, 1},
        {{ITD_TRY_BROKEN, 0, 0, 2}, 4, 2},
        {{ITD_TRY_BROKEN, 0, 0, 4}, 4, 8},
        {{ITD_TRY_BROKEN, 0, 0, 6}, 20, 32},
        {{ITD_TRY_BROKEN, 0, 0, 7}, 20, 120},
        {{ITD_TRY_BROKEN, 0, 0, 20}, 20, 120},
        /* none is left */
        {{ITD_TRY_BROKEN, 0, 0, 5}, 4, -1},
        {{ITD_TRY_BROKEN, 0, 0, 1}, 0, -1},
        /* no way there: once more */
        {{ITD_TRY_NO_WAY, 0, 0, 1}, 4, 1},
        {{ITD_TRY_NO_WAY, 0, 0, 2}, 4, -1},
        {{ITD_TRY_NO_WAY, 0, 0, 1}, 0, -1},
        /* no use */
        {{ITD_TRY_REFUSED, 0, 0, 1}, 4, -1},
        {{ITD_TRY_ANSWERED, 404, 0, 1}, 4, -1},
        {{ITD_TRY_ANSWERED, 501, 0, 1}, 4, -1},
        {{ITD_TRY_ANSWERED, 505, 0, 1}, 4, -1},
        {{ITD_TRY_ANSWERED, 403, 5, 1}, 4, -1},
        /* of use */
        {{ITD_TRY_ANSWERED, 408, 0, 1}, 4, 1},
        {{ITD_TRY_ANSWERED, 425, 0, 1}, 4, 1},
        {{ITD_TRY_ANSWERED, 429, 0, 1}, 4, 1},
        {{ITD_TRY_ANSWERED, 500, 0, 1}, 4, 1},
        {{ITD_TRY_ANSWERED, 502, 0, 1}, 4, 1},
        {{ITD_TRY_ANSWERED, 503, 0, 3}, 4, 4},
        {{ITD_TRY_ANSWERED, 504, 0, 1}, 4, 1},
        /* when the server says, unless that is too long to wait, or sooner than we would come */
        {{ITD_TRY_ANSWERED, 429, 30, 1}, 4, 30},
        {{ITD_TRY_ANSWERED, 503, ITD_FETCH_WAIT_MAX_S, 1}, 4, ITD_FETCH_WAIT_MAX_S},
        {{ITD_TRY_ANSWERED, 503, ITD_FETCH_WAIT_MAX_S + 1, 1}, 4, -1},
        {{ITD_TRY_ANSWERED, 503, 1, 4}, 4, 8},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (itd_retry_wait_s(&table[i].ended, table[i].retries) != table[i].wait_s)
            fail_msg("row %zu: %lld", i, (long long)itd_retry_wait_s(&table[i].ended, table[i].retries));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
