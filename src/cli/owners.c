#include "cli/owners.h"

itd_read_options itd_cli_registers(itd_cli_run *run)
{
    itd_read_options registers = itd_cli_read_options(run);
    registers.paths = itd_cli_values(run->arguments, ITD_CLI_GRAPH, &registers.path_count);
    registers.on_reject = itd_cli_on_reject;
    return registers;
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
    return status == ITD_OK ? itd_own_create(own, run->context, *graph, &options, &run->error) : status;
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
