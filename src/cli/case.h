#ifndef ITD_CLI_CASE_H
#define ITD_CLI_CASE_H

#include "cli/run.h"
#include "interdict/case.h"

/** Opens the case that the first operand names, and notes what was left of a command that did not finish. */
ITD_MUST_CHECK itd_status itd_cli_case_open(itd_case **out, itd_cli_run *run, bool writing);
/** The generation that --generation and --as-of name. */
ITD_MUST_CHECK itd_status itd_cli_case_generation(int64_t *out, itd_cli_run *run, itd_case *the_case);

#endif
