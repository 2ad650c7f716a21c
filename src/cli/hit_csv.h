#ifndef ITD_CLI_HIT_CSV_H
#define ITD_CLI_HIT_CSV_H

#include "cli/text.h"
#include "interdict/screen.h"

/** The header of rows of hits, with the columns of decisions, and after them of owners, where they are asked for. */
void itd_cli_hit_csv_header(itd_cli_text *row, bool decisions, bool owners);
/** A row. */
void itd_cli_hit_csv(itd_cli_text *row, const itd_answer *answer, const itd_hit *h, bool decisions, bool owners);

#endif
