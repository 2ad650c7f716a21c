#include "base/error.h"

#include <errno.h>
#include <string.h>

#include "base/sv.h"
#include "support/cm.h"

static void format_rows(void **state)
{
    (void)state;
    static const struct {
        const char *where;
        uint64_t line, offset;
        const char *want;
    } rows[] = {
        {NULL, 0, ITD_NOWHERE, "reason 7"},           {"file", 0, ITD_NOWHERE, "file: reason 7"},
        {"file", 3, ITD_NOWHERE, "file:3: reason 7"}, {NULL, 3, ITD_NOWHERE, "line 3: reason 7"},
        {"file", 3, 0, "file:3: reason 7 (byte 0)"},  {NULL, 0, 12, "reason 7 (byte 12)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_error error;
        char text[64];
        itd_status status =
            itd_fail_at(&error, ITD_EFORMAT, rows[i].where, rows[i].line, rows[i].offset, "reason %d", 7);
        assert_int_equal(status, ITD_EFORMAT);
        assert_int_equal(itd_error_format(text, sizeof text, &error), strlen(rows[i].want));
        assert_string_equal(text, rows[i].want);
        assert_int_equal(itd_error_format(text, 4, &error), strlen(rows[i].want));
        assert_int_equal(strlen(text), 3);
        assert_int_equal(itd_error_format(NULL, 0, &error), strlen(rows[i].want));
    }
}

static void every_status_has_a_name(void **state)
{
    (void)state;
    for (int a = ITD_OK; a <= ITD_EBUSY; a++) {
        assert_string_not_equal(itd_status_name((itd_status)a), "unknown status");
        for (int b = ITD_OK; b < a; b++)
            assert_string_not_equal(itd_status_name((itd_status)a), itd_status_name((itd_status)b));
    }
    assert_string_equal(itd_status_name((itd_status)(ITD_EBUSY + 1)), "unknown status");
}

static void the_place_is_added_once(void **state)
{
    (void)state;
    itd_error error;
    (void)itd_fail(&error, ITD_EFORMAT, "bad");
    assert_true(error.where[0] == '\0' && error.line == 0 && error.offset == ITD_NOWHERE);
    itd_error_set_where(&error, "inner");
    itd_error_set_where(&error, "outer");
    assert_string_equal(error.where, "inner");
    itd_error_set_where(NULL, "x");
    assert_int_equal(itd_fail(NULL, ITD_EINVAL, "no one listens"), ITD_EINVAL);
    assert_int_equal(itd_fail_memory(&error), ITD_ENOMEM);
    assert_string_equal(error.where, "");
    errno = ENOSPC;
    assert_int_equal(itd_fail_errno(&error, "disk", "write"), ITD_EIO);
    assert_string_equal(error.message, "cannot write: No space left on device");
}

static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char text[2000];
    for (size_t shift = 0; shift < 3; shift++) {
        itd_error error;
        memset(text, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "\xE2\x82\xAC", 4);
        (void)itd_fail_at(&error, ITD_EFORMAT, text, 0, 0, "%s", text);
        assert_in_range(strlen(error.message), ITD_ERROR_MESSAGE_MAX - 2, ITD_ERROR_MESSAGE_MAX);
        assert_in_range(strlen(error.where), ITD_ERROR_WHERE_MAX - 2, ITD_ERROR_WHERE_MAX);
        assert_true(itd_utf8_invalid_at(itd_sv_of(error.message)) == SIZE_MAX);
        assert_true(itd_utf8_invalid_at(itd_sv_of(error.where)) == SIZE_MAX);
        assert_true(itd_sv_ends(itd_sv_of(text), itd_sv_of(error.where))); /* the end of a path says most */
    }
}

static void messages_are_one_printable_line(void **state)
{
    (void)state;
    itd_error error;
    (void)itd_fail_at(&error, ITD_EFORMAT, "a\nb", 0, 0, "%s", "x\033[31m\r\n\x7Fy");
    assert_string_equal(error.message, "x?[31m???y");
    assert_string_equal(error.where, "a?b");
}

/* A caller may quote the error that it got in the one that it gives. */
static void an_error_may_be_made_from_itself(void **state)
{
    (void)state;
    itd_error error;
    (void)itd_fail_at(&error, ITD_EFORMAT, "file", 1, 2, "inner");
    (void)itd_fail_at(&error, ITD_EMISMATCH, error.where, error.line, error.offset, "outer: %s", error.message);
    assert_string_equal(error.message, "outer: inner");
    assert_string_equal(error.where, "file");
    assert_true(error.status == ITD_EMISMATCH && error.line == 1 && error.offset == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_rows),
        cmocka_unit_test(every_status_has_a_name),
        cmocka_unit_test(the_place_is_added_once),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(messages_are_one_printable_line),
        cmocka_unit_test(an_error_may_be_made_from_itself),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
