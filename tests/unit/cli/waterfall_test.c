#include <string.h>

#include "cli/waterfall.h"
#include "support/cm.h"

static int set_up(void **state)
{
    (void)state;
    (void)itd_cli_terminal_detect();
    return 0;
}

static void bar_rows(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int64_t before, after, top;
        bool pad;
        const char *want;
    } rows[] = {
        {"all of it", 0, 1000, 1000, false, "##########"},
        {"half", 0, 500, 1000, false, "#####"},
        {"half, padded", 0, 500, 1000, true, "#####     "},
        {"starts where the sum was", 500, 800, 1000, true, "     ###  "},
        {"goes back", 800, 500, 1000, true, "     ---  "},
        {"too small to see is still seen", 0, 1, 1000, true, "#         "},
        {"also backwards", 500, 499, 1000, true, "    -     "},
        {"so at the top", 999, 1000, 1000, true, "         #"},
        {"nothing", 300, 300, 1000, true, "          "},
        {"below nothing", 0, -200, 1000, true, "-         "},
        {"to the nearest cell", 0, 149, 1000, false, "#"},
        {"beyond the scale", 0, 2000, 1000, false, "##########"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_cli_text out = {0};
        itd_cli_bar(&out, rows[i].before, rows[i].after, rows[i].top, 10, false, rows[i].pad);
        if (strcmp(itd_cli_text_string(&out), rows[i].want) != 0)
            fail_msg("%s: '%s'", rows[i].name, itd_cli_text_string(&out));
        itd_cli_text_free(&out);
    }
}

static void places_make_every_number_exact(void **state)
{
    (void)state;
    itd_contribution c[2] = {{.micro = 900000}, {.micro = -50000}};
    assert_int_equal(itd_cli_places(c, 2), 2);
    c[1].micro = -51000;
    assert_int_equal(itd_cli_places(c, 2), 3);
    c[0].micro = 900001;
    assert_int_equal(itd_cli_places(c, 2), 6);
    c[0].micro = c[1].micro = 0;
    assert_int_equal(itd_cli_places(c, 2), 2);
}

static void the_whole_waterfall(void **state)
{
    (void)state;
    const itd_cli_terminal terminal = {.unicode = false, .width = 76};
    const itd_contribution c[] = {
        {.feature = "name", .micro = 950000, .left = {"Kim Jong Un", 11}, .right = {"KIM, Jong Un", 12}},
        {.feature = "name_form",
         .micro = -10000,
         .left = {"Kim Jong Un", 11},
         .right = {"KIM, Jong Un", 12}}, /* its values stand above */
        {.feature = "birth_date", .micro = -150000, .left = {"1990", 4}, .right = {"1984-01-08", 10}},
        {.feature = "country", .micro = 0, .left = {"", 0}, .right = {"kp", 2}},
    };
    itd_cli_text out = {0};
    itd_cli_waterfall(&out, &terminal, c, 4, 790000, 2);
    assert_string_equal(itd_cli_text_string(&out),
                        "  name        #######################   +0.95  Kim Jong Un  ~  KIM, Jong Un\n"
                        "  name_form                         -   -0.01\n"
                        "  birth_date                     ----   -0.15  1990  ~  1984-01-08\n"
                        "  country                                0.00  kp\n"
                        "  score       ###################       =0.79\n");
    itd_cli_text_clear(&out);
    itd_cli_waterfall(&out, &terminal, c, 0, 0, 2);
    assert_int_equal(out.size, 0);
    itd_cli_text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bar_rows),
        cmocka_unit_test(places_make_every_number_exact),
        cmocka_unit_test(the_whole_waterfall),
    };
    return cmocka_run_group_tests_name("waterfall", tests, set_up, NULL);
}
