#include "fetch/head.h"

#include "support/cm.h"

static itd_head read_head(const char *const *lines, size_t count)
{
    itd_head head = {0};
    for (size_t i = 0; i < count; i++)
        itd_head_line(&head, itd_sv_of(lines[i]));
    return head;
}

static void the_last_answer_counts(void **state)
{
    (void)state;
    static const char *const lines[] = {"HTTP/1.1 302 Found\r\n",
                                        "ETag: \"of the redirect\"\r\n",
                                        "\r\n",
                                        "HTTP/2 200 \r\n",
                                        "etag:\t\"abc\" \r\n",
                                        "LAST-MODIFIED: Thu, 15 Jan 2026 00:00:00 GMT\r\n",
                                        "Content-Type: text/xml; charset=utf-8\r\n",
                                        "X-Other: 1\r\n",
                                        "no colon\r\n",
                                        "\r\n"};
    itd_head head = read_head(lines, sizeof lines / sizeof lines[0]);
    assert_int_equal(head.status, 200);
    assert_string_equal(head.etag, "\"abc\"");
    assert_string_equal(head.last_modified, "Thu, 15 Jan 2026 00:00:00 GMT");
    assert_string_equal(head.content_type, "text/xml; charset=utf-8");
    assert_false(head.ranged);
    static const char *const again[] = {"HTTP/1.1 200 OK", "ETag: \"a\"", "HTTP/1.1 404 Not Found"};
    head = read_head(again, 3);
    assert_int_equal(head.status, 404);
    assert_string_equal(head.etag, "");
}

static void status_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        long status;
    } rows[] = {{"HTTP/1.1 206 Partial Content", 206},
                {"HTTP/3 429", 429},
                {"HTTP/1.1", 0},
                {"HTTP/1.1 2000 Far", 0},
                {"HTTP/1.1 2x0", 0},
                {"HTTP/1.1  200 OK", 200}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (read_head(&rows[i].line, 1).status != rows[i].status)
            fail_msg("%s", rows[i].line);
}

static void ranges(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool ranged;
        uint64_t first, total;
    } rows[] = {
        {"Content-Range: bytes 100-199/200", true, 100, 200},
        {"content-range:bytes 0-0/1", true, 0, 1},
        {"Content-Range: bytes 7-9/*", true, 7, 0},
        {"Content-Range: bytes */200", false, 0, 0},
        {"Content-Range: bytes 9-7/10", false, 0, 0},
        {"Content-Range: bytes 0-9/9", false, 0, 0},
        {"Content-Range: bytes 0-9", false, 0, 0},
        {"Content-Range: bytes", false, 0, 0},
        {"Content-Range: lines 0-9/10", false, 0, 0},
        {"Content-Range: bytes -5-9/10", false, 0, 0},
        {"Content-Range: bytes 99999999999999999999-1/2", false, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_head head = read_head(&rows[i].line, 1);
        if (head.ranged != rows[i].ranged || head.range_first != rows[i].first || head.range_total != rows[i].total)
            fail_msg("%s", rows[i].line);
    }
}

/* A validator that is cut would name something else. */
static void long_values_are_not_kept(void **state)
{
    (void)state;
    char line[ITD_FETCH_FIELD_MAX + 16] = "ETag: ";
    itd_head head = {0};
    memset(line + 6, 'a', ITD_FETCH_FIELD_MAX - 1);
    itd_head_line(&head, itd_sv_of(line));
    assert_int_equal(strlen(head.etag), ITD_FETCH_FIELD_MAX - 1);
    line[6 + ITD_FETCH_FIELD_MAX - 1] = 'a';
    itd_head_line(&head, itd_sv_of(line));
    assert_string_equal(head.etag, "");
    itd_head_line(&head, ITD_SV("ETag: \"a\x01\""));
    assert_string_equal(head.etag, "");
    assert_false(itd_head_is_value(ITD_SV("a\r\nb")));
    assert_false(itd_head_is_value(ITD_SV("")));
    assert_true(itd_head_is_value(ITD_SV("W/\"x y\"")));
}

static void weak_tags_name_no_bytes(void **state)
{
    (void)state;
    assert_string_equal(itd_head_range_validator("\"a\"", "Thu"), "\"a\"");
    assert_string_equal(itd_head_range_validator("W/\"a\"", "Thu"), "Thu");
    assert_string_equal(itd_head_range_validator("W/\"a\"", ""), "");
    assert_string_equal(itd_head_range_validator("", ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_answer_counts),
        cmocka_unit_test(status_lines),
        cmocka_unit_test(ranges),
        cmocka_unit_test(long_values_are_not_kept),
        cmocka_unit_test(weak_tags_name_no_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
