#include "model/country.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/cm.h"
#include "support/list_fields.h"

static void assert_country(const char *text, const char *want)
{
    const char *code = itd_country_find(itd_sv_of(text));
    if (want ? !code || strcmp(code, want) != 0 : code != NULL)
        fail_msg("\"%s\" is %s, not %s", text, code ? code : "nothing", want ? want : "nothing");
}

static void texts_to_codes(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"KP", "kp"},
        {"prk", "kp"},
        {"Korea, North", "kp"},
        {"North Korea", "kp"},
        {"DPRK", "kp"},
        {"D.P.R.K.", "kp"},
        {"Democratic People's Republic of Korea", "kp"},
        {"Democratic People\xE2\x80\x99s Republic of Korea", "kp"},
        {"  the democratic PEOPLES republic of korea ", "kp"},
        {"Korea, Republic of", "kr"},
        {"Côte d'Ivoire", "ci"},
        {"COTE D\xC2\xB4IVOIRE", "ci"},
        {"Co\xCC\x82te d Ivoire", "ci"}, /* a combining circumflex */
        {"Türkiye", "tr"},
        {"Turkey", "tr"},
        {"Curaçao", "cw"},
        {"Trinidad & Tobago", "tt"},
        {"St. Kitts and Nevis", "kn"},
        {"Russian Federation", "ru"},
        {"USSR", "suhh"},
        {"suhh", "suhh"},
        {"SUN", "suhh"},
        {"Yugoslavia", "yucs"},
        {"Region: Crimea", "ua-cri"},
        {"ua-cri", "ua-cri"},
        {"Filipino", "ph"},
        {"Congo (Democratic Republic)", "cd"},
        {"Congo, Republic of the", "cg"},
        {"Macau", "mo"},
        {"UK", "gb"},
        {"Former USSR Currently Ukraine", "ua"},
        {"USSR (now Russian Federation)", "ru"},
        {"Pakistan (previous address)", "pk"},
        {"Kuwait (residence as at Mar 2009) (UN address)", "kw"},
        {"In Syria as at June 2013", "sy"},
        {"Possibly Ethiopian", "et"},
        {"Iranian (Iranian citizenship)", "ir"},
        {"Kuwaiti citizenship", "kw"},
        {"(1) Iraq (2) Iran", NULL},
        {"Iraq (2) Iran", NULL},
        {"Iraq (2)", NULL},
        {"Iraq (before 2010", NULL},
        {"a) Iraq b) Iran", NULL},
        {"Congolese", NULL},
        {"Kuwaiti citizenship withdrawn in 2002", NULL},
        {"Pyongyang", NULL},
        {"None Identified", NULL},
        {"", NULL},
        {"   ", NULL},
        {"(previous address)", NULL},
        {"Россия", NULL},
        {"\xE5\x8C\x97\xE6\x9C\x9D\xE9\xAE\xAE", NULL},
        {"Ir\xFF"
         "an",
         NULL},
        {"Ir\xC3", NULL},
        {"Iraq\xE2\x80\x94Iran", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_country(rows[i][0], rows[i][1]);
}

static void names_of_codes(void **state)
{
    (void)state;
    assert_string_equal(itd_country_name(ITD_SV("kp")), "North Korea");
    assert_string_equal(itd_country_name(ITD_SV("suhh")), "Soviet Union");
    assert_string_equal(itd_country_name(ITD_SV("iq-kr")), "Iraqi Kurdistan"); /* a code of two words */
    assert_null(itd_country_name(ITD_SV("KP")));
    assert_null(itd_country_name(ITD_SV("North Korea")));
    assert_null(itd_country_name(ITD_SV("xx")));
}

static void long_texts_are_no_countries(void **state)
{
    (void)state;
    static char text[1000];
    memset(text, '&', sizeof text);
    assert_null(itd_country_find(itd_sv_make(text, sizeof text)));
    memset(text, 'a', sizeof text);
    assert_null(itd_country_find(itd_sv_make(text, sizeof text)));
    memset(text, ' ', sizeof text);
    memcpy(text + 900, "Iran", 4);
    assert_string_equal(itd_country_find(itd_sv_make(text, sizeof text)), "ir");
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\x9F", 2); /* ß becomes ss */
    assert_null(itd_country_find(itd_sv_make(text, sizeof text)));
}

/* How many of the countries that official lists name are found. */
typedef struct tally {
    size_t seen, found;
    bool shows; /* what is not found, with ITD_SHOW_COUNTRIES set */
} tally;

static void count_country(void *context, itd_sv text)
{
    tally *t = context;
    text = itd_sv_trim(text);
    if (text.size == 0 || itd_sv_is(text, "-0-") || itd_sv_is(text, "undetermined") ||
        itd_sv_is(text, "None Identified"))
        return;
    t->seen++;
    if (itd_country_find(text))
        t->found++;
    else if (t->shows)
        printf("# %.*s\n", ITD_SV_ARG(text));
}

static void real_lists_resolve(void **state)
{
    (void)state;
    tally all = {0, 0, getenv("ITD_SHOW_COUNTRIES") != NULL};
    if (!list_countries(count_country, &all))
        skip();
    printf("# %zu of %zu countries on real lists found: %.3f %%\n", all.found, all.seen,
           100.0 * (double)all.found / (double)all.seen);
    assert_true(all.seen > 50000);
    assert_true(all.found * 1000 >= all.seen * 999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_to_codes), cmocka_unit_test(names_of_codes),
                                       cmocka_unit_test(long_texts_are_no_countries),
                                       cmocka_unit_test(real_lists_resolve)};
    return cmocka_run_group_tests_name("country", tests, NULL, NULL);
}
