#ifndef ITD_CLI_OWNERS_H
#define ITD_CLI_OWNERS_H

#include "cli/run.h"
#include "interdict/network.h"
#include "interdict/own.h"

/** How the registers of --graph are read; borrowed from the run. */
itd_read_options itd_cli_registers(itd_cli_run *run);

/** Opens the graph of --graph and judges it under --regime on --as-of, with --listed and the indexes as its lists.
 *  @return as itd_graph_open and itd_own_create, and the run's error says so; what was made is the caller's to close */
ITD_MUST_CHECK itd_status itd_cli_owners_open(itd_graph **graph, itd_own **own, itd_cli_run *run,
                                              itd_index *const *indexes, size_t index_count);

/** Opens the graph of --graph as a network, under --as-of and --without-suspicions.
 *  @return as itd_graph_open and itd_network_create, and the run's error says so; what was made is the caller's to
 * close
 */
ITD_MUST_CHECK itd_status itd_cli_network_open(itd_graph **graph, itd_network **network, itd_cli_run *run);

#endif
