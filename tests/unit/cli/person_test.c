/* Who a command is run by. */
#include <string.h>

#include "cli/run.h"
#include "support/cm.h"

static void a_person_is_a_line_that_can_be_read(void **state)
{
    (void)state;
    char longest[ITD_CLI_PERSON_MAX + 2];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    const struct {
        const char *text, *reason;
    } rows[] = {
        {"Ada Lovelace", NULL},
        {"김 정은", NULL},
        {longest + 1, NULL},
        {longest, "longer than 255 bytes"},
        {"", "empty"},
        {" \xc2\xa0", "empty"},
        {"a\nb", "cannot be printed"},
        {"a\x7f", "cannot be printed"},
        {"a\xff", "cannot be printed"},
        {"a\xe2\x80\xae"
         "b",
         "cannot be printed"}, /* turns the line around */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *reason = "";
        bool is = itd_cli_is_person(&reason, rows[i].text);
        if (is != (rows[i].reason == NULL) || (!is && !strstr(reason, rows[i].reason)))
            fail_msg("row %zu: %d %s", i, is, reason);
    }
}

static void without_a_name_it_is_the_login(void **state)
{
    (void)state;
    itd_cli_arguments arguments;
    itd_cli_text problem = {0};
    char program[] = "interdict", command[] = "lists", *line[] = {program, command, NULL};
    assert_true(itd_cli_arguments_parse(&arguments, 2, line, &problem));
    itd_cli_run run = {.arguments = &arguments};
    const char *person = NULL;
    assert_int_equal(itd_cli_person(&person, &run), ITD_OK);
    assert_true(person[0] != '\0');
    itd_cli_arguments_free(&arguments);
    itd_cli_text_free(&problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_a_line_that_can_be_read),
        cmocka_unit_test(without_a_name_it_is_the_login),
    };
    return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}
