#include "cli/owners.h"

itd_read_options itd_cli_registers(itd_cli_run *run)
{
    itd_read_options registers = itd_cli_read_options(run);
    registers.paths = itd_cli_values(run->arguments, ITD_CLI_GRAPH, &registers.path_count);
    registers.on_reject = itd_cli_on_reject;
    return registers;
}

/* Lists of whom the graph knows nobody clear everybody: that is said, under --quiet too. */
static void warn_of_nobody(const itd_cli_run *run, const itd_own *own)
{
    const itd_own_summary about = itd_own_about(own);
    const char *listed = itd_cli_value(run->arguments, ITD_CLI_LISTED);
    itd_cli_text line = {0};
    if (listed && about.present + about.absent == 0) {
        itd_cli_text_puts(&line, "nobody is listed in ");
        itd_cli_text_puts(&line, listed);
        itd_cli_warn(itd_cli_text_string(&line));
        itd_cli_text_clear(&line);
    } else if (listed && about.present == 0) {
        itd_cli_text_puts(&line, about.absent == 1 ? "the one id in " : "none of the ");
        if (about.absent != 1) {
            itd_cli_text_count(&line, about.absent);
            itd_cli_text_puts(&line, " ids in ");
        }
        itd_cli_text_puts(&line, listed);
        itd_cli_text_puts(&line, about.absent == 1 ? " is not in the graph" : " is in the graph");
    } else if (!listed && about.listed == 0 && run->arguments->command->verb == ITD_CLI_OWN) {
        itd_cli_text_puts(&line, "none of those who are listed in an index is in the graph");
    }
    if (line.size > 0) {
        itd_cli_text_puts(&line, ": what they hold is not seen (ids are compared as they are written)");
        itd_cli_warn(itd_cli_text_string(&line));
    }
    itd_cli_text_free(&line);
}

itd_status itd_cli_owners_open(itd_graph **graph, itd_own **own, itd_cli_run *run, itd_index *const *indexes,
                               size_t index_count)
{
    const itd_cli_arguments *a = run->arguments;
    const itd_read_options registers = itd_cli_registers(run);
    const itd_own_options options = {.regime = itd_cli_value(a, ITD_CLI_REGIME),
                                     .as_of = itd_cli_value(a, ITD_CLI_AS_OF),
                                     .listed = itd_cli_value(a, ITD_CLI_LISTED),
                                     .indexes = (const itd_index *const *)indexes,
                                     .index_count = index_count,
                                     .skip_bad = a->given[ITD_CLI_SKIP_BAD],
                                     .on_reject = itd_cli_on_reject,
                                     .user = run};
    itd_status status = itd_graph_open(graph, run->context, &registers, &run->error);
    if (status == ITD_OK)
        status = itd_own_create(own, run->context, *graph, &options, &run->error);
    if (status == ITD_OK)
        warn_of_nobody(run, *own);
    return status;
}

itd_status itd_cli_network_open(itd_graph **graph, itd_network **network, itd_cli_run *run)
{
    const itd_cli_arguments *a = run->arguments;
    const itd_read_options registers = itd_cli_registers(run);
    const itd_network_options options = {.as_of = itd_cli_value(a, ITD_CLI_AS_OF),
                                         .without_suspicions = a->given[ITD_CLI_WITHOUT_SUSPICIONS]};
    itd_status status = itd_cli_context(run, true);
    if (status == ITD_OK)
        status = itd_graph_open(graph, run->context, &registers, &run->error);
    return status == ITD_OK ? itd_network_create(network, run->context, *graph, &options, &run->error) : status;
}
