#include "support/cm.h"
#include "text/fold.h"

static itd_folder *folder;

static int setup(void **state)
{
    (void)state;
    return itd_folder_create(&folder, NULL) == ITD_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    itd_folder_destroy(folder);
    return 0;
}

static const struct {
    const char *text, *folded;
} rows[] = {
    {"KIM, Jong Un", "kim jong un"},
    {"O'Brien", "obrien"},
    {"O’Brien", "obrien"},
    {"Siemens S.A.", "siemens sa"},
    {"Al-Zawahiri", "al zawahiri"},
    {"Office39", "office 39"},
    {"39th Bureau", "39 bureau"},
    {"B2B MH370", "b2b mh370"},
    {"Müller Straße", "muller strasse"},
    {"Ångström Øst Łódź", "angstrom ost lodz"},
    {"e\xCC\x81te\xCC\x81", "ete"},
    {"Владимир Щукин", "vladimir shchukin"},
    {"Αθήνα", "athina"},
    {"김정은", "kim jong un"},
    {"محمد", "muhammad"},
    {"قزقز", "qzqz"},
    {"P\xD0\xB0ul", "paul"},                /* Cyrillic a in a Latin word */
    {"Jo\xE2\x80\x8Bhn", "john"},           /* zero width space */
    {"\xE2\x80\xAEKim\xE2\x80\xAC", "kim"}, /* bidirectional controls */
    {"ＡＢＣ １２", "abc 12"},
    {"", ""},
    {"...", ""},
    {"a\xFF"
     "b",
     "a b"},
};

static void folds(void **state)
{
    (void)state;
    itd_buffer out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_buffer_clear(&out);
        assert_int_equal(itd_text_fold(folder, &out, itd_sv_of(rows[i].text), NULL), ITD_OK);
        if (!itd_sv_is(itd_buffer_view(&out), rows[i].folded))
            fail_msg("%s: '%.*s', wanted '%s'", rows[i].text, ITD_SV_ARG(itd_buffer_view(&out)), rows[i].folded);
    }
    assert_false(itd_folder_has_icu(folder));
    itd_buffer_finish(&out);
}

static void icu_is_opened_for_other_scripts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } others[] = {{"金正恩", "jin zheng en"}, {"ミャンマー", "myanma"}, {"สมชาย", "smchay"}, {"नरेन्द्र", "narendra"}};
    itd_buffer out = {0};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        itd_buffer_clear(&out);
        assert_int_equal(itd_text_fold(folder, &out, itd_sv_of(others[i].text), NULL), ITD_OK);
        if (!itd_sv_is(itd_buffer_view(&out), others[i].folded))
            fail_msg("%s: '%.*s', wanted '%s'", others[i].text, ITD_SV_ARG(itd_buffer_view(&out)), others[i].folded);
    }
    assert_true(itd_folder_has_icu(folder));
    itd_buffer_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(folds), cmocka_unit_test(icu_is_opened_for_other_scripts)};
    return cmocka_run_group_tests_name("fold", tests, setup, teardown);
}
