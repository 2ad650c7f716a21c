#ifndef ITD_READ_BODS_H
#define ITD_READ_BODS_H

#include "read/stakes_csv.h"

/* A register as statements of the Beneficial Ownership Data Standard 0.4, in a JSON array or one a line: docs/own.md
 * says what becomes of them. Ids are record ids. */

/** Most values of one statement: interests, component records. */
#define ITD_BODS_VALUES_MAX ((size_t)4096)

/** Is this the head of such a file? */
bool itd_bods_is(itd_sv head);
/** Reads `input` from its start to its end; stakes are sent at the end, when it is known which statements were
 * superseded.  Memory: 72 bytes a statement and its ids, 64 a stake.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_EIO | ITD_ENOMEM | what the sink gave */
ITD_MUST_CHECK itd_status itd_bods_read(itd_stakes_reading *reading, itd_input *input, itd_error *error);

#endif
