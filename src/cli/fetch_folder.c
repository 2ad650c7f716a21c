#include "cli/fetch_folder.h"

#include <inttypes.h>
#include <stdlib.h>

const char *itd_cli_fetch_folder(const itd_cli_run *run, itd_cli_text *room)
{
    const char *into = itd_cli_value(run->arguments, ITD_CLI_INTO);
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (into)
        return into;
    itd_cli_text_clear(room);
    if (data && data[0] == '/')
        itd_cli_text_printf(room, "%s/interdict/lists", data);
    else if (home && home[0] == '/')
        itd_cli_text_printf(room, "%s/.local/share/interdict/lists", home);
    return room->size > 0 && !room->failed ? itd_cli_text_string(room) : NULL;
}

void itd_cli_age(itd_cli_text *out, int64_t seconds)
{
    static const struct {
        int64_t least_s, unit_s;
        const char *one, *many;
    } steps[] = {
        {172800, 86400, " day", " days"}, {7200, 3600, " h", " h"}, {120, 60, " min", " min"}, {0, 1, " s", " s"}};
    for (size_t i = 0; seconds >= 0 && i < sizeof steps / sizeof steps[0]; i++) {
        int64_t count = seconds / steps[i].unit_s;
        if (seconds < steps[i].least_s)
            continue;
        itd_cli_text_printf(out, "%" PRId64 "%s", count, count == 1 ? steps[i].one : steps[i].many);
        return;
    }
}
