#ifndef ITD_READ_ICIJ_H
#define ITD_READ_ICIJ_H

#include "read/stakes_csv.h"

/* Databases of the ICIJ (Offshore Leaks, Bahamas Leaks, Power Players), as CSV: a file of edges, who is what to whom,
 * or a file of nodes, who there is and at which address. docs/own.md says what becomes of them. Ids are the files' own.
 */

/** Most columns: a file with more is not taken for one of these. */
#define ITD_ICIJ_COLUMNS_MAX ((size_t)512)

/** Is this the head of such a file? */
bool itd_icij_is_edges(itd_sv head);
bool itd_icij_is_nodes(itd_sv head);
/** Reads `input` from its start to its end.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_EIO | ITD_ENOMEM | what the sink gave */
ITD_MUST_CHECK itd_status itd_icij_read_edges(itd_stakes_reading *reading, itd_input *input, itd_error *error);
ITD_MUST_CHECK itd_status itd_icij_read_nodes(itd_stakes_reading *reading, itd_input *input, itd_error *error);

#endif
