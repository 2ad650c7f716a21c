#ifndef ITD_CLI_STEP_H
#define ITD_CLI_STEP_H

#include "cli/terminal.h"
#include "interdict/graph.h"

/** A step of a path on a line of its own, from where the path comes: "    -> OWNED  shares …  (source, grade)". */
void itd_cli_put_step(itd_cli_text *out, const itd_cli_terminal *terminal, const itd_graph_step *step);

#endif
