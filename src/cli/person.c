/* Who runs a command: what its audit record says. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/display.h"
#include "cli/run.h"

#define LOGIN_BYTES_MAX 16384 /* of an entry of the password file */

bool itd_cli_is_person(const char **reason, const char *text)
{
    bool seen = false; /* something that a person can read */
    size_t size = strlen(text);
    uint32_t character;
    itd_sv rest = {text, size};
    *reason = "the name of a person is empty";
    while (itd_cli_next_character(&character, &rest)) {
        if (character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0xfffd ||
            (character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069)) {
            *reason = "the name of a person holds a character that cannot be printed";
            return false;
        }
        seen |= character != ' ' && character != 0xa0;
    }
    if (seen && size > ITD_CLI_PERSON_MAX) {
        *reason = "the name of a person is longer than 255 bytes";
        return false;
    }
    return seen;
}

static void login_name(char *out, size_t size)
{
    struct passwd entry, *found = NULL;
    char text[LOGIN_BYTES_MAX];
    const char *reason;
    if (getpwuid_r(getuid(), &entry, text, sizeof text, &found) == 0 && found &&
        itd_cli_is_person(&reason, found->pw_name))
        (void)snprintf(out, size, "%s", found->pw_name);
    else
        (void)snprintf(out, size, "uid-%lu", (unsigned long)getuid());
}

itd_status itd_cli_person(const char **out, itd_cli_run *run)
{
    const char *given = itd_cli_value(run->arguments, ITD_CLI_BY), *reason;
    if (!given)
        login_name(run->person, sizeof run->person);
    else if (itd_cli_is_person(&reason, given))
        (void)snprintf(run->person, sizeof run->person, "%s", given);
    else
        return itd_cli_error(&run->error, ITD_EINVAL, "--by: %s", reason);
    *out = run->person;
    return ITD_OK;
}
