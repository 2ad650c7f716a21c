/* The simplest form of a register: what is read, and what is refused with its line and reason. */
#include "read/stakes_csv.h"

#include <stdlib.h>

#include "support/stakes.h"

/* Whatever its header is: a header that is none has to be refused by the reader itself. */
static itd_status read_text(heard *h, const char *text, bool skip_bad, itd_error *error)
{
    return read_stakes(h, itd_stakes_csv_read, text, skip_bad, error);
}

static void test_all_columns(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    assert_int_equal(read_text(&h,
                               "owner,owned,share_min_ppm,share_max_ppm,kind,start,end,grade\r\n"
                               "X,A,250001,500000,shares,2020-01-02,2024-03,B2\r\n"
                               "\"Y, Ltd\",A,0,1000000,votes,,,\r\nZ,A,,,board,2021,,\r\n",
                               false, &error),
                     ITD_OK);
    assert_string_equal(h.text, "X>A 250001-500000 shares 2020-01-02..2024-03 B2 2\n"
                                "Y, Ltd>A 0-1000000 votes .. 3\nZ>A 0-0 board 2021.. 4\n");
}

static void test_columns_in_any_order_and_absent(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    assert_int_equal(
        read_text(&h, "\xEF\xBB\xBFkind,owned,owner,share_max_ppm,share_min_ppm\nshares,A,X,2,1\n", false, &error),
        ITD_OK);
    assert_string_equal(h.text, "X>A 1-2 shares .. 2\n");
}

static void test_headers(void **state)
{
    static const struct {
        const char *text, *reason;
    } bad[] = {{"", "empty"},
               {"owner,owned,share_min_ppm,kind\nX,A,1,shares\n", "header"},
               {"owner,owned,share_min_ppm,share_max_ppm,kind,kind\n", "twice"},
               {"owner,owned,share_min_ppm,share_max_ppm,kind,colour\n", "not known"}};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        heard h;
        itd_error error = {0};
        assert_int_equal(read_text(&h, bad[i].text, true, &error), ITD_EFORMAT);
        assert_non_null(strstr(error.message, bad[i].reason));
        assert_string_equal(error.where, "register");
    }
    assert_true(itd_stakes_csv_is(ITD_SV("owner,owned,share_min_ppm,share_max_ppm,kind\n")));
    assert_true(itd_stakes_csv_is(ITD_SV("owner,owned,share_min_ppm\n"))); /* said to be one: refused with its reason */
    assert_false(itd_stakes_csv_is(ITD_SV("id,name,schema\n")));
    assert_false(itd_stakes_csv_is(ITD_SV("")));
    assert_false(itd_stakes_csv_is(ITD_SV("{\"id\":\"a\"}\n")));
}

static const struct {
    const char *row, *reason;
} bad_rows[] = {
    {",A,1,1,shares,,", "no owner"},
    {"X,,1,1,shares,,", "nothing owned"},
    {"X,A,2,1,shares,,", "above"},
    {"X,A,1,1000001,shares,,", "share_max_ppm"},
    {"X,A,-1,1,shares,,", "share_min_ppm"},
    {"X,A,0.5,1,shares,,", "share_min_ppm"},
    {"X,A,,,shares,,", "share_min_ppm"},
    {"X,A,1,1,capital,,", "kind"},
    {"X,A,1,1,link,,", "kind"},
    {"X,A,1,1,shares,yesterday,", "start"},
    {"X,A,1,1,shares,,2024-02-30", "end"},
    {"X,A,1,1,shares,2024-02-01,2024-01-31", "before it starts"},
    {"X,A,1,1,shares", "fewer"},
    {"X,A,1,1,shares,,,,", "more fields"},
    {"\"X\"y,A,1,1,shares,,", "closing quote"},
    {"X\xFF,A,1,1,shares,,", "UTF-8"},
};

static void test_bad_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_rows / sizeof bad_rows[0]; i++) {
        heard h;
        itd_error error = {0};
        char text[256];
        (void)snprintf(text, sizeof text,
                       "owner,owned,share_min_ppm,share_max_ppm,kind,start,end\nY,A,1,1,shares,,\n%s\n",
                       bad_rows[i].row);
        assert_int_equal(read_text(&h, text, false, &error), ITD_EFORMAT);
        assert_int_equal(error.line, 3);
        if (!strstr(error.message, bad_rows[i].reason))
            fail_msg("%s: %s", bad_rows[i].row, error.message);
        assert_int_equal(read_text(&h, text, true, &error), ITD_OK);
        assert_string_equal(h.text, "Y>A 1-1 shares .. 2\n");
        assert_true(strncmp(h.rejects, "3 ", 2) == 0 && strstr(h.rejects, bad_rows[i].reason));
    }
}

static void test_grades(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    assert_int_equal(
        read_text(&h, "owner,owned,share_min_ppm,share_max_ppm,kind,grade\nX,A,1,1,shares,G1\n", false, &error),
        ITD_EFORMAT);
    assert_non_null(strstr(error.message, "Admiralty"));
}

static void test_limits(void **state)
{
    heard h;
    itd_error error = {0};
    size_t size = ITD_STAKE_ROW_BYTES_MAX + 128;
    char *text = malloc(size);
    (void)state;
    assert_non_null(text);
    int head = snprintf(text, size, "owner,owned,share_min_ppm,share_max_ppm,kind\n");
    memset(text + head, 'x', ITD_STAKE_ID_BYTES_MAX + 1);
    (void)snprintf(text + head + ITD_STAKE_ID_BYTES_MAX + 1, 64, ",A,1,1,shares\n");
    assert_int_equal(read_text(&h, text, false, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "ITD_STAKE_ID_BYTES_MAX"));
    memset(text + head, 'x', ITD_STAKE_ROW_BYTES_MAX + 1);
    text[(size_t)head + ITD_STAKE_ROW_BYTES_MAX + 1] = '\0';
    assert_int_equal(read_text(&h, text, true, &error), ITD_ELIMIT);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_columns), cmocka_unit_test(test_columns_in_any_order_and_absent),
        cmocka_unit_test(test_headers),     cmocka_unit_test(test_bad_rows),
        cmocka_unit_test(test_grades),      cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
