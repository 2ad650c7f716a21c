#ifndef ITD_READ_GLEIF_H
#define ITD_READ_GLEIF_H

#include "read/stakes_csv.h"

/* What GLEIF publishes of legal entities: who they are (level 1, LEI-CDF), who their parents are (level 2, RR-CDF), and
 * why some report none (reporting exceptions). In XML, or in JSON with the names of its elements as keys: an array, or
 * an object a line, in which records of the three kinds may stand together. docs/own.md says what becomes of them. Ids
 * are LEIs. */

/** Most periods of one relationship. */
#define ITD_GLEIF_PERIODS_MAX ((size_t)256)
/** Most lines of one address; those after are left out of it. */
#define ITD_GLEIF_ADDRESS_LINES_MAX ((size_t)16)

/** Is this the head of such a file? */
bool itd_gleif_is_xml(itd_sv head);
bool itd_gleif_is_json(itd_sv head);
/** Reads `input` from its start to its end. After a failure that is no flaw of a single record, what was sent is to be
 * thrown away.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_EIO | ITD_ENOMEM | what the sink gave */
ITD_MUST_CHECK itd_status itd_gleif_read_xml(itd_stakes_reading *reading, itd_input *input, itd_error *error);
ITD_MUST_CHECK itd_status itd_gleif_read_json(itd_stakes_reading *reading, itd_input *input, itd_error *error);

#endif
