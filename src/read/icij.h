#ifndef ITD_READ_ICIJ_H
#define ITD_READ_ICIJ_H

#include "read/stakes_csv.h"

/* Databases of the ICIJ (Offshore Leaks, Bahamas Leaks, Power Players), as CSV: a file of edges, who is what to whom,
 * or a file of nodes, who there is and at which address. docs/own.md says what becomes of them. An id is
 * ITD_ICIJ_PREFIX and the number of the node. */
#define ITD_ICIJ_PREFIX "icij-"

/** Most columns: a file with more is not taken for one of these. */
#define ITD_ICIJ_COLUMNS_MAX ((size_t)512)

/** What a file of nodes may say of one: texts by column, trimmed, empty where it says nothing. itd_stakes_party.cells
 * of a node that has a name and is no address. */
enum {
    ITD_ICIJ_ID,
    ITD_ICIJ_CATEGORY, /**< "Entity", "Officer" …, as the file writes it; told by the columns where there is none */
    ITD_ICIJ_ADDRESS,
    ITD_ICIJ_NAME,
    ITD_ICIJ_ORIGINAL_NAME,
    ITD_ICIJ_FORMER_NAME,
    ITD_ICIJ_COUNTRY_CODES, /**< three letters each, semicolons between; XXX: not identified */
    ITD_ICIJ_COUNTRIES,     /**< in words, semicolons between */
    ITD_ICIJ_JURISDICTION,  /**< a code of the leaked file's own */
    ITD_ICIJ_JURISDICTION_WORDS,
    ITD_ICIJ_INCORPORATED, /**< itd_icij_date reads them */
    ITD_ICIJ_CLOSED,
    ITD_ICIJ_STRUCK_OFF,
    ITD_ICIJ_STATUS,
    ITD_ICIJ_COMPANY_TYPE,
    ITD_ICIJ_NUMBER, /**< in the register of companies */
    ITD_ICIJ_NOTE,
    ITD_ICIJ_CELLS
};
/** Is it an entity: a company, trust or fund? */
bool itd_icij_is_entity(itd_sv category);

/** Is this the head of such a file? */
bool itd_icij_is_edges(itd_sv head);
bool itd_icij_is_nodes(itd_sv head);
/** Reads `input` from its start to its end.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_EIO | ITD_ENOMEM | what the sink gave */
ITD_MUST_CHECK itd_status itd_icij_read_edges(itd_stakes_reading *reading, itd_input *input, itd_error *error);
ITD_MUST_CHECK itd_status itd_icij_read_nodes(itd_stakes_reading *reading, itd_input *input, itd_error *error);

#endif
