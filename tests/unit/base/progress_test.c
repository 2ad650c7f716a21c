#include "base/progress.h"

#include <string.h>
#include <unistd.h>

#include "support/cm.h"

static void draws_what_it_knows_and_clears_it(void **state)
{
    (void)state;
    char text[512] = "";
    FILE *out = fmemopen(text, sizeof text, "w");
    assert_non_null(out);
    itd_progress progress;
    itd_progress_start(&progress, "reading", 200, true);
    assert_null(progress.out); /* quiet */
    itd_progress_update(&progress, 100);
    itd_progress_end(&progress);
    progress.out = out;
    itd_progress_update(&progress, 100); /* the first tenth of a second shows nothing */
    assert_string_equal(text, "");
    progress.shown_us -= 200000;
    itd_progress_update(&progress, 100);
    assert_non_null(strstr(text, "\rreading  50 %"));
    size_t drawn = strlen(text);
    itd_progress_update(&progress, 150);
    assert_int_equal(strlen(text), drawn); /* at most ten times a second */
    itd_progress_end(&progress);
    assert_string_equal(text + drawn, "\r\033[K");
    progress.total = 0;
    progress.shown_us -= 200000;
    itd_progress_update(&progress, 12345);
    assert_non_null(strstr(text + drawn, "reading 12345"));
    assert_int_equal(fclose(out), 0);
}

static void silent_unless_standard_error_is_a_terminal(void **state)
{
    (void)state;
    itd_progress progress;
    itd_progress_start(&progress, "a label that is far too long for the place that it has in the structure", 1, false);
    assert_int_equal(progress.out != NULL, isatty(STDERR_FILENO) != 0);
    assert_int_equal(strlen(progress.label), sizeof progress.label - 1);
}

static void clocks_go_forward(void **state)
{
    (void)state;
    int64_t wall = itd_clock_us(), cpu = itd_clock_cpu_us();
    assert_true(wall > 0 && cpu > 0);
    while (itd_clock_cpu_us() < cpu + 2000)
        ;
    assert_true(itd_clock_us() >= wall + 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_what_it_knows_and_clears_it),
        cmocka_unit_test(silent_unless_standard_error_is_a_terminal),
        cmocka_unit_test(clocks_go_forward),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
