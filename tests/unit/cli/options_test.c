/* The table itself, and what is made from it. */
#include <stdio.h>
#include <string.h>

#include "cli/help.h"
#include "support/cm.h"

static void rows_of_the_table_are_whole(void **state)
{
    (void)state;
    const itd_cli_command *command;
    for (size_t i = 0; (command = itd_cli_command_at(i)); i++) {
        assert_non_null(command->summary);
        assert_non_null(command->description);
        assert_non_null(command->examples);
        assert_non_null(command->examples[0].line);
        assert_true(!command->operand || command->operand_max > 0);
        if (i > 0)
            assert_ptr_equal(itd_cli_command_find(command->name), command);
        const itd_cli_option *option, *other;
        for (size_t o = 0; (option = itd_cli_option_at(command, o)); o++) {
            assert_true((option->kind == ITD_CLI_SWITCH) == (option->argument == NULL));
            assert_true((option->kind == ITD_CLI_CHOICE) == (option->choices != NULL));
            for (size_t p = 0; p < o; p++) { /* no name, letter or key twice */
                other = itd_cli_option_at(command, p);
                assert_string_not_equal(option->name, other->name);
                assert_true(option->letter == 0 || option->letter != other->letter);
                assert_int_not_equal(option->key, other->key);
            }
        }
    }
}

/* The text after `from` speaks of every option of the command, but of none that is hidden. */
static void speaks_of_all_options(const char *text, const itd_cli_command *command, const char *hyphens,
                                  const char *hyphen)
{
    const itd_cli_option *option;
    for (size_t o = 0; (option = itd_cli_option_at(command, o)); o++) {
        itd_cli_text name = {0};
        itd_cli_text_puts(&name, hyphens);
        for (const char *p = option->name; *p; p++) {
            if (*p == '-')
                itd_cli_text_puts(&name, hyphen);
            else
                itd_cli_text_add(&name, p, 1);
        }
        bool there = strstr(text, itd_cli_text_string(&name)) != NULL;
        if (there == option->hidden)
            fail_msg("%s: %s", command->name, itd_cli_text_string(&name));
        itd_cli_text_free(&name);
    }
}

static void help_and_pages_hold_every_option_and_example(void **state)
{
    (void)state;
    const itd_cli_terminal plain = {.unicode = true, .width = 80};
    const itd_cli_command *command;
    for (size_t i = 0; (command = itd_cli_command_at(i)); i++) {
        itd_cli_text help = {0}, page = {0};
        itd_cli_help(&help, command, &plain);
        itd_cli_man(&page, command, "9.8.7");
        speaks_of_all_options(itd_cli_text_string(&help), command, "--", "-");
        speaks_of_all_options(itd_cli_text_string(&page), command, "\\-\\-", "\\-");
        for (const itd_cli_example *e = command->examples; e->line; e++)
            assert_non_null(strstr(help.data, e->line));
        assert_non_null(strstr(page.data, "Interdict 9.8.7"));
        assert_memory_equal(page.data, ".TH INTERDICT", strlen(".TH INTERDICT"));
        itd_cli_text_free(&help);
        itd_cli_text_free(&page);
    }
}

static void completions_hold_every_command_and_option(void **state)
{
    (void)state;
    static const char *const shells[] = {"bash", "zsh"};
    for (size_t s = 0; s < 2; s++) {
        itd_cli_text script = {0};
        itd_cli_completion(&script, shells[s]);
        const itd_cli_command *command;
        for (size_t i = 0; (command = itd_cli_command_at(i)); i++) {
            char label[64];
            (void)snprintf(label, sizeof label, "    '%s')\n", command->name);
            char *start = strstr(script.data, label);
            assert_non_null(start);
            char *end = strstr(start, "        ;;\n");
            assert_non_null(end);
            *end = '\0';
            speaks_of_all_options(start, command, "--", "-");
            *end = ' ';
        }
        itd_cli_text_free(&script);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_the_table_are_whole),
        cmocka_unit_test(help_and_pages_hold_every_option_and_example),
        cmocka_unit_test(completions_hold_every_command_and_option),
    };
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
