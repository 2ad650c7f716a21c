#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "support/cm.h"

static void csv_fields_are_quoted_where_the_standard_wants_it(void **state)
{
    (void)state;
    static const struct {
        const char *value, *want;
    } rows[] = {
        {"plain", "plain"},
        {"KIM, Jong Un", "\"KIM, Jong Un\""},
        {"say \"x\"", "\"say \"\"x\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"cr\r", "\"cr\r\""},
        {"김정은", "김정은"},
        {"", "\"\""}, /* as the first of its row */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_cli_text row = {0};
        itd_cli_csv_string(&row, rows[i].value);
        assert_string_equal(itd_cli_text_string(&row), rows[i].want);
        itd_cli_text_free(&row);
    }
    itd_cli_text row = {0};
    itd_cli_csv_string(&row, "a");
    itd_cli_csv_string(&row, "");
    itd_cli_csv_number(&row, UINT64_MAX);
    itd_cli_csv_end(&row);
    itd_cli_csv_string(&row, "");
    itd_cli_csv_string(&row, "b");
    itd_cli_csv_end(&row);
    assert_string_equal(itd_cli_text_string(&row), "a,,18446744073709551615\r\n\"\",b\r\n");
    itd_cli_text_free(&row);
}

static void json_strings_are_escaped(void **state)
{
    (void)state;
    itd_cli_text out = {0};
    itd_cli_json_string(&out, (itd_sv){"a\"\\\n\t\x01\x00\xC3\xA9\xFF", 10});
    assert_string_equal(itd_cli_text_string(&out), "\"a\\\"\\\\\\n\\t\\u0001\\u0000é\xEF\xBF\xBD\"");
    itd_cli_text_free(&out);
}

static void decimals_are_cut_not_rounded(void **state)
{
    (void)state;
    static const struct {
        int32_t micro;
        int places;
        const char *want;
    } rows[] = {{0, 2, "0.00"},        {699999, 2, "0.69"},       {700000, 2, "0.70"}, {999999, 2, "0.99"},
                {1000000, 2, "1.00"},  {1000000, 6, "1.000000"},  {-50000, 2, "0.05"}, {1, 6, "0.000001"},
                {1234567, 3, "1.234"}, {12345678, 6, "12.345678"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_cli_text out = {0};
        itd_cli_decimal(&out, rows[i].micro, rows[i].places);
        assert_string_equal(itd_cli_text_string(&out), rows[i].want);
        itd_cli_text_free(&out);
    }
}

static void counts_are_set_apart_in_thousands(void **state)
{
    (void)state;
    static const struct {
        uint64_t count;
        const char *want;
    } rows[] = {{0, "0"}, {999, "999"}, {1000, "1,000"}, {34567, "34,567"}, {1234567, "1,234,567"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_cli_text out = {0};
        itd_cli_text_count(&out, rows[i].count);
        assert_string_equal(itd_cli_text_string(&out), rows[i].want);
        itd_cli_text_free(&out);
    }
}

/* What `count` items give in one form; `end` false: the run failed before its end. */
static void printed(char *out, size_t size, itd_cli_print print, size_t count, bool end)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    itd_cli_output output;
    itd_error error;
    itd_cli_output_init(&output, file, print);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(itd_cli_write_item(&output, itd_cli_sv("{}"), &error), ITD_OK);
    if (end)
        assert_int_equal(itd_cli_write_end(&output, &error), ITD_OK);
    assert_int_equal(itd_cli_flush(&output, &error), ITD_OK);
    rewind(file);
    out[fread(out, 1, size - 1, file)] = '\0';
    itd_cli_output_free(&output);
    assert_int_equal(fclose(file), 0);
}

static void a_document_is_printed_whole_or_not_at_all(void **state)
{
    (void)state;
    char out[64];
    printed(out, sizeof out, ITD_CLI_PRINT_JSON, 0, true);
    assert_string_equal(out, "[]\n");
    printed(out, sizeof out, ITD_CLI_PRINT_JSON, 2, true);
    assert_string_equal(out, "[{},\n{}]\n");
    printed(out, sizeof out, ITD_CLI_PRINT_JSON, 2, false);
    assert_string_equal(out, "");
    printed(out, sizeof out, ITD_CLI_PRINT_JSONL, 2, true);
    assert_string_equal(out, "{}\n{}\n");
    printed(out, sizeof out, ITD_CLI_PRINT_JSONL, 1, false);
    assert_string_equal(out, "{}\n");
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    itd_cli_output output;
    itd_error error = {0};
    itd_cli_output_init(&output, full, ITD_CLI_TABLE);
    itd_status status = itd_cli_write(&output, itd_cli_sv("x"), &error);
    if (status == ITD_OK)
        status = itd_cli_flush(&output, &error);
    assert_int_equal(status, ITD_EIO);
    assert_non_null(strstr(error.message, "No space left"));
    (void)fclose(full);
}

static void a_text_that_lost_its_memory_is_not_written(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    assert_non_null(file);
    itd_cli_output output;
    itd_error error = {0};
    itd_cli_output_init(&output, file, ITD_CLI_TABLE);
    itd_cli_text text = {.failed = true};
    itd_cli_text_puts(&text, "x");
    assert_int_equal(text.size, 0);
    assert_int_equal(itd_cli_write_text(&output, &text, &error), ITD_ENOMEM);
    assert_int_equal(fclose(file), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_fields_are_quoted_where_the_standard_wants_it),
        cmocka_unit_test(json_strings_are_escaped),
        cmocka_unit_test(decimals_are_cut_not_rounded),
        cmocka_unit_test(counts_are_set_apart_in_thousands),
        cmocka_unit_test(a_document_is_printed_whole_or_not_at_all),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(a_text_that_lost_its_memory_is_not_written),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
