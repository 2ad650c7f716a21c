#include "cli/reason.h"

#include <string.h>

void itd_cli_reason(itd_cli_text *out, const itd_contribution *contributions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        itd_cli_text_printf(out, "%s%s %s", i > 0 ? "; " : "", contributions[i].feature,
                            contributions[i].micro < 0 ? "differs" : "agrees");
}
