#include <string.h>

#include "cli/reason.h"
#include "support/cm.h"

#define SV(text)                                                                                                       \
    {                                                                                                                  \
        text, sizeof(text) - 1                                                                                         \
    }

static void reason_rows(void **state)
{
    (void)state;
    static const struct {
        itd_contribution c[5];
        size_t count;
        const char *want;
    } rows[] = {
        {{{.feature = "name", .micro = 1000000}}, 1, "The names agree in every part."},
        {{{.feature = "name", .micro = 900000}, {.feature = "name_form", .micro = -10000}},
         2,
         "The names agree, but their order or writing differs."},
        {{{.feature = "name", .micro = 900000},
          {.feature = "name_spelling", .micro = -10000},
          {.feature = "legal_form", .micro = -10000},
          {.feature = "birth_date", .micro = 60000, .left = SV("1984-01-08"), .right = SV("1984-01-08")},
          {.feature = "country", .micro = -80000, .left = SV("de"), .right = SV("kp")}},
         5,
         "The names are close: words are spelt differently and the legal form differs. The date agrees (1984-01-08); "
         "no country in common (de, kp)."},
        {{{.feature = "identifier",
           .micro = 960000,
           .left = SV("IMO9074729"),
           .right = SV("IMO9074729"),
           .property = "imoNumber"}},
         1,
         "The IMO number is the same (IMO9074729), which settles it."},
        {{{.feature = "identifier",
           .micro = 740000,
           .left = SV("318204957"),
           .right = SV("318204957"),
           .property = "passportNumber"}},
         1,
         "The passport number is the same (318204957)."},
        {{{.feature = "name", .micro = 1000000},
          {.feature = "identifier",
           .micro = -200000,
           .left = SV("9074729"),
           .right = SV("7937317"),
           .property = "imoNumber"}},
         2,
         "The names agree in every part. The IMO number differs (9074729, 7937317)."},
        {{{.feature = "identifier", .micro = 740000, .left = SV("318204957"), .right = SV("318204957")}},
         1,
         "The identifier is the same (318204957)."},
        {{{.feature = "name", .micro = 990000}, {.feature = "limit", .micro = -10000}},
         2,
         "The names agree in every part."},
        {{{.feature = "name", .micro = 1000000},
          {.feature = "name_missing", .micro = -300000},
          {.feature = "name_number", .micro = -60000},
          {.feature = "name_form", .micro = -10000},
          {.feature = "alias_kind", .micro = -100000}},
         5,
         "The names are alike in part: a word stands on one side only, numbers differ and the list gives this one "
         "as a weak or former name."},
        {{{.feature = "name", .micro = 1000000},
          {.feature = "name_conflict", .micro = -1150000},
          {.feature = "limit", .micro = 150000}},
         3,
         "The names are far apart: words contradict each other."},
        {{{.feature = "ofac_name", .micro = 990000}}, 1, "The names are close by OFAC's measure."},
        {{{.feature = "shoe_size", .micro = -5, .right = SV("4\x1b[2")}},
         1,
         "Shoe_size speaks against it (4\xEF\xBF\xBD[2)."},
        {{{0}}, 0, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_cli_text out = {0};
        itd_cli_reason(&out, rows[i].c, rows[i].count);
        assert_string_equal(itd_cli_text_string(&out), rows[i].want);
        itd_cli_text_free(&out);
    }
}

/* A new feature of the matcher wants a row of its own. */
static void every_feature_of_the_library_has_words(void **state)
{
    (void)state;
    itd_feature_info info;
    size_t i = 0;
    for (; itd_feature_info_at(&info, i); i++) {
        const int32_t signs[] = {-1, 1};
        for (size_t s = 0; s < 2; s++) {
            const itd_contribution c = {.feature = info.name, .micro = signs[s]};
            itd_cli_text out = {0};
            itd_cli_reason(&out, &c, 1);
            if (strstr(itd_cli_text_string(&out), "speaks"))
                fail_msg("%s has no words", info.name);
            itd_cli_text_free(&out);
        }
    }
    assert_true(i > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reason_rows),
                                       cmocka_unit_test(every_feature_of_the_library_has_words)};
    return cmocka_run_group_tests_name("reason", tests, NULL, NULL);
}
