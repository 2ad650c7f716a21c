#include "base/json.h"
#include "support/faults.h"

static int create(void **state)
{
    return itd_json_document_create((itd_json_document **)state, NULL) == ITD_OK ? 0 : -1;
}

static int destroy(void **state)
{
    itd_json_document_destroy(*state);
    return 0;
}

static void refused_rows(void **state)
{
    static const struct {
        const char *name;
        itd_sv text;
        itd_status status;
        uint64_t offset;
    } rows[] = {
        {"empty", ITD_SV(""), ITD_EFORMAT, 0},
        {"blanks only", ITD_SV(" \n "), ITD_EFORMAT, 3},
        {"word", ITD_SV("nul"), ITD_EFORMAT, 0},
        {"NaN", ITD_SV("NaN"), ITD_EFORMAT, 0},
        {"Infinity", ITD_SV("-Infinity"), ITD_EFORMAT, 1},
        {"wrong case", ITD_SV("TRUE"), ITD_EFORMAT, 0},
        {"comment", ITD_SV("/* x */ 1"), ITD_EFORMAT, 0},
        {"single quotes", ITD_SV("['a']"), ITD_EFORMAT, 1},
        {"trailing comma in an array", ITD_SV("[1,]"), ITD_EFORMAT, 3},
        {"trailing comma in an object", ITD_SV("{\"a\":1,}"), ITD_EFORMAT, 7},
        {"leading comma", ITD_SV("[,1]"), ITD_EFORMAT, 1},
        {"no comma", ITD_SV("[1 2]"), ITD_EFORMAT, 3},
        {"wrong bracket", ITD_SV("[1}"), ITD_EFORMAT, 2},
        {"key without quotes", ITD_SV("{a:1}"), ITD_EFORMAT, 1},
        {"no colon", ITD_SV("{\"a\" 1}"), ITD_EFORMAT, 5},
        {"no value", ITD_SV("{\"a\":}"), ITD_EFORMAT, 5},
        {"two values", ITD_SV("1 2"), ITD_EFORMAT, 2},
        {"NUL after the value", ITD_SV("1\0"), ITD_EFORMAT, 1},
        {"open array", ITD_SV("[1"), ITD_EFORMAT, 2},
        {"open string", ITD_SV("\"abcdefghijkl"), ITD_EFORMAT, 0},
        {"open escape", ITD_SV("\"a\\"), ITD_EFORMAT, 3},
        {"unknown escape", ITD_SV("\"\\x41\""), ITD_EFORMAT, 2},
        {"escaped NUL byte", ITD_SV("\"\\\0\""), ITD_EFORMAT, 2},
        {"short \\u", ITD_SV("\"\\u12\""), ITD_EFORMAT, 5},
        {"high surrogate alone", ITD_SV("\"\\ud800\""), ITD_EFORMAT, 1},
        {"low surrogate alone", ITD_SV("\"\\udc00\""), ITD_EFORMAT, 1},
        {"two high surrogates", ITD_SV("\"\\ud800\\ud800\""), ITD_EFORMAT, 1},
        {"line feed in a string", ITD_SV("\"a\nb\""), ITD_EFORMAT, 2},
        {"NUL byte in a string", ITD_SV("\"a\0b\""), ITD_EFORMAT, 2},
        {"NUL in a key", ITD_SV("{\"a\\u0000\":1}"), ITD_EFORMAT, 3},
        {"invalid UTF-8", ITD_SV("[\"\xFF\"]"), ITD_EFORMAT, 2},
        {"surrogate as UTF-8", ITD_SV("\"\xED\xA0\x80\""), ITD_EFORMAT, 1},
        {"byte order mark", ITD_SV("\xEF\xBB\xBF{}"), ITD_EFORMAT, 0},
        {"leading zero", ITD_SV("01"), ITD_EFORMAT, 1},
        {"plus", ITD_SV("+1"), ITD_EFORMAT, 0},
        {"minus alone", ITD_SV("-"), ITD_EFORMAT, 1},
        {"point without digits", ITD_SV("1."), ITD_EFORMAT, 2},
        {"point first", ITD_SV(".5"), ITD_EFORMAT, 0},
        {"exponent without digits", ITD_SV("1e+"), ITD_EFORMAT, 3},
        {"hexadecimal", ITD_SV("0x10"), ITD_EFORMAT, 1},
        {"integer one too large", ITD_SV("[18446744073709551616]"), ITD_EFORMAT, 1},
        {"integer one too small", ITD_SV("-9223372036854775809"), ITD_EFORMAT, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const itd_json *root = (const itd_json *)&rows;
        itd_error error = {0};
        itd_status status = itd_json_parse(*state, rows[i].text, &root, &error);
        if (status != rows[i].status || error.offset != rows[i].offset)
            fail_msg("%s: %s at %llu (%s)", rows[i].name, itd_status_name(status), (unsigned long long)error.offset,
                     error.message);
        assert_ptr_equal(root, &rows); /* untouched */
    }
}

static void tree_has_what_was_written(void **state)
{
    const itd_json *root;
    itd_sv text =
        ITD_SV(" {\"id\":\"a\\u0000b\", \"n\" : null,\"t\":true,\"list\":[1,\"\\ud83d\\ude00\",[],{}],\"i\":-5,"
               "\"same\":1,\"same\":2} \r\n");
    assert_int_equal(itd_json_parse(*state, text, &root, NULL), ITD_OK);
    assert_int_equal(itd_json_count(root), 6);
    assert_true(itd_sv_equal(itd_json_text(itd_json_member(root, "id")), ITD_SV("a\0b")));
    assert_int_equal(itd_json_typeof(itd_json_member(root, "n")), ITD_JSON_NULL);
    assert_null(itd_json_member(root, "absent"));
    assert_int_equal(itd_json_typeof(NULL), ITD_JSON_NONE);
    const itd_json *list = itd_json_member(root, "list");
    assert_int_equal(itd_json_count(list), 4);
    assert_true(itd_sv_is(itd_json_text(itd_json_item(list, 1)), "\xF0\x9F\x98\x80"));
    assert_null(itd_json_item(list, 4));
    int64_t number = 0;
    assert_true(itd_json_int64(&number, itd_json_member(root, "i")) && number == -5);
    assert_true(itd_json_int64(&number, itd_json_member(root, "same")) && number == 2);

    static const char *const keys[] = {"id", "n", "t", "list", "i", "same"};
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    size_t i = 0;
    for (; itd_json_next_member(root, &cursor, &key, &value); i++) {
        assert_true(i < 6 && itd_sv_is(key, keys[i]));
        assert_ptr_equal(value, itd_json_member(root, keys[i]));
    }
    assert_int_equal(i, 6);
}

static void null_values_are_accepted_everywhere(void **state)
{
    const itd_json *root;
    int64_t number;
    char scratch[32];
    assert_int_equal(itd_json_parse(*state, ITD_SV("null"), &root, NULL), ITD_OK);
    const itd_json *values[] = {NULL, root};
    for (size_t i = 0; i < 2; i++) {
        const void *cursor = NULL;
        const itd_json *value;
        itd_sv key;
        assert_null(itd_json_member(values[i], "a"));
        assert_null(itd_json_item(values[i], 0));
        assert_int_equal(itd_json_count(values[i]), 0);
        assert_int_equal(itd_json_text(values[i]).size, 0);
        assert_false(itd_json_int64(&number, values[i]));
        assert_int_equal(itd_json_scalar(values[i], scratch, sizeof scratch).size, 0);
        assert_false(itd_json_next_member(values[i], &cursor, &key, &value));
    }
}

static void scalars_are_their_text(void **state)
{
    static const struct {
        const char *text, *want;
        bool integer;
    } rows[] = {
        {"\"x\"", "x", false},
        {"true", "true", false},
        {"false", "false", false},
        {"0", "0", true},
        {"-9223372036854775808", "-9223372036854775808", true},
        {"9223372036854775807", "9223372036854775807", true},
        {"9223372036854775808", "9223372036854775808", false},
        {"18446744073709551615", "18446744073709551615", false},
        {"1.50", "1.50", false},
        {"1E5", "1E5", false},
        {"0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827", false},
        {"1e999", "1e999", false},
        {"[1]", "", false},
        {"{}", "", false},
        {"null", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const itd_json *root;
        char scratch[32];
        int64_t number;
        assert_int_equal(itd_json_parse(*state, itd_sv_of(rows[i].text), &root, NULL), ITD_OK);
        itd_sv got = itd_json_scalar(root, scratch, sizeof scratch);
        if (!itd_sv_is(got, rows[i].want))
            fail_msg("%s gave %.*s", rows[i].text, ITD_SV_ARG(got));
        assert_int_equal(itd_json_int64(&number, root), rows[i].integer);
    }
}

static void depth_limit(void **state)
{
    char text[2 * (ITD_JSON_DEPTH_MAX + 1) + 1];
    for (size_t depth = ITD_JSON_DEPTH_MAX; depth <= ITD_JSON_DEPTH_MAX + 1; depth++) {
        const itd_json *root = NULL;
        itd_error error = {0};
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        itd_status status = itd_json_parse(*state, (itd_sv){text, 2 * depth}, &root, &error);
        if (depth == ITD_JSON_DEPTH_MAX) {
            assert_int_equal(status, ITD_OK);
            assert_non_null(root);
        } else {
            assert_int_equal(status, ITD_ELIMIT);
            assert_int_equal(error.offset, ITD_JSON_DEPTH_MAX);
        }
        text[depth] = '1'; /* a value inside of the innermost */
        memset(text + depth + 1, ']', depth);
        if (depth == ITD_JSON_DEPTH_MAX)
            assert_int_equal(itd_json_parse(*state, (itd_sv){text, 2 * depth + 1}, &root, &error), ITD_OK);
    }
}

static void size_limit(void **state)
{
    const itd_json *root;
    assert_int_equal(itd_json_parse(*state, (itd_sv){"1", ITD_JSON_BYTES_MAX + 1}, &root, NULL), ITD_ELIMIT);
}

static void writer_rows(void **state)
{
    (void)state;
    itd_buffer buffer = {0};
    itd_json_writer writer;
    itd_json_writer_init(&writer, &buffer);
    itd_json_begin_object(&writer);
    itd_json_key(&writer, "a");
    itd_json_begin_array(&writer);
    itd_json_write_i64(&writer, INT64_MIN);
    itd_json_write_u64(&writer, UINT64_MAX);
    itd_json_begin_object(&writer);
    itd_json_end_object(&writer);
    itd_json_begin_array(&writer);
    itd_json_end_array(&writer);
    itd_json_write_null(&writer);
    itd_json_end_array(&writer);
    itd_json_key(&writer, "\"");
    itd_json_write_bool(&writer, true);
    itd_json_key(&writer, "t");
    itd_json_write_text(&writer, ITD_SV("\xC3\xA9\"\\/\b\f\n\r\t\0\x1F\x7F\xFFz\xC3"));
    itd_json_end_object(&writer);
    itd_json_write_bool(&writer,
                        false); /* after the end of a value nothing is separated: one value a line is the caller's */
    assert_true(
        itd_sv_is(itd_buffer_view(&buffer),
                  "{\"a\":[-9223372036854775808,18446744073709551615,{},[],null],\"\\\"\":true,"
                  "\"t\":\"\xC3\xA9\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7F\xEF\xBF\xBDz\xEF\xBF\xBD\"}false"));
    itd_buffer_finish(&buffer);
}

static void micro_rows(void **state)
{
    (void)state;
    static const struct {
        int64_t micro;
        const char *want;
    } rows[] = {
        {0, "0.0"},
        {1000000, "1.0"},
        {875000, "0.875"},
        {1, "0.000001"},
        {-1, "-0.000001"},
        {-2500000, "-2.5"},
        {INT64_MAX, "9223372036854.775807"},
        {INT64_MIN, "-9223372036854.775808"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_buffer buffer = {0};
        itd_json_writer writer;
        itd_json_writer_init(&writer, &buffer);
        itd_json_write_micro(&writer, rows[i].micro);
        assert_true(itd_sv_is(itd_buffer_view(&buffer), rows[i].want));
        itd_buffer_finish(&buffer);
    }
}

/* As deep as a reader reads, a writer writes. */
static void writer_reaches_the_depth_limit(void **state)
{
    itd_buffer buffer = {0};
    itd_json_writer writer;
    const itd_json *root;
    itd_json_writer_init(&writer, &buffer);
    for (int i = 0; i < ITD_JSON_DEPTH_MAX; i++)
        itd_json_begin_array(&writer);
    itd_json_write_i64(&writer, 1);
    itd_json_write_i64(&writer, 2);
    for (int i = 0; i < ITD_JSON_DEPTH_MAX; i++) {
        itd_json_end_array(&writer);
        if (i + 1 < ITD_JSON_DEPTH_MAX)
            itd_json_write_null(&writer);
    }
    assert_int_equal(itd_json_parse(*state, itd_buffer_view(&buffer), &root, NULL), ITD_OK);
    for (int i = 0; i < ITD_JSON_DEPTH_MAX; i++) {
        assert_int_equal(itd_json_count(root), 2);
        root = itd_json_item(root, 0);
    }
    assert_int_equal(itd_json_typeof(root), ITD_JSON_NUMBER);
    itd_buffer_finish(&buffer);
}

static itd_status read_and_write(void *context, itd_error *error)
{
    itd_json_document *document;
    const itd_json *root;
    itd_buffer buffer = {0};
    itd_json_writer writer;
    (void)context;
    itd_status status = itd_json_document_create(&document, error);
    if (status != ITD_OK)
        return status;
    status = itd_json_parse(document, ITD_SV("{\"a\":[\"text\"]}"), &root, error);
    if (status == ITD_OK) {
        itd_json_writer_init(&writer, &buffer);
        itd_json_begin_object(&writer);
        itd_json_key(&writer, "a");
        itd_json_write_text(&writer, itd_json_text(itd_json_item(itd_json_member(root, "a"), 0)));
        itd_json_end_object(&writer);
        if (buffer.failed)
            status = itd_fail_memory(error);
        else
            assert_true(itd_sv_is(itd_buffer_view(&buffer), "{\"a\":\"text\"}"));
    }
    itd_buffer_finish(&buffer);
    itd_json_document_destroy(document);
    return status;
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    assert_int_equal(faults_each(ITD_FAULT_MEMORY, read_and_write, NULL, NULL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(refused_rows, create, destroy),
        cmocka_unit_test_setup_teardown(tree_has_what_was_written, create, destroy),
        cmocka_unit_test_setup_teardown(null_values_are_accepted_everywhere, create, destroy),
        cmocka_unit_test_setup_teardown(scalars_are_their_text, create, destroy),
        cmocka_unit_test_setup_teardown(depth_limit, create, destroy),
        cmocka_unit_test_setup_teardown(size_limit, create, destroy),
        cmocka_unit_test_setup_teardown(writer_reaches_the_depth_limit, create, destroy),
        cmocka_unit_test(writer_rows),
        cmocka_unit_test(each_allocation_may_fail),
        cmocka_unit_test(micro_rows),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
