#ifndef ITD_CLI_FETCH_FOLDER_H
#define ITD_CLI_FETCH_FOLDER_H

#include "cli/run.h"

/** Where fetched lists are: --into, else interdict/lists under $XDG_DATA_HOME (when that is an absolute path), else
 * under ~/.local/share. `room` holds it. NULL: none of them is set. */
const char *itd_cli_fetch_folder(const itd_cli_run *run, itd_cli_text *room);

/** "3 h", "2 days": for people; empty when not known (below 0). */
void itd_cli_age(itd_cli_text *out, int64_t seconds);

#endif
