#ifndef ITD_READ_UK_PSC_H
#define ITD_READ_UK_PSC_H

#include "read/stakes_csv.h"

/* The register of people with significant control of Companies House (UK), as its stream and its snapshot publish it: a
 * JSON object a line, or one that stands alone. docs/own.md says what becomes of it. The id of a company is
 * ITD_UK_PSC_PREFIX and its number; that of a company of the UK that controls another one too, so that chains meet.
 * Whoever else controls is the prefix and the path of its record (links.self), which starts with '/': no number does.
 */
#define ITD_UK_PSC_PREFIX "gb-coh-"

/** Most natures of control of one record. */
#define ITD_UK_PSC_NATURES_MAX ((size_t)64)

/** Digits of a company number; shorter ones are filled with zeros. */
#define ITD_UK_COMPANY_DIGITS ((size_t)8)
/** A number of Companies House as it is written there, in `out`: eight digits, or two letters and six digits. People
 * leave out zeros and write blanks. ITD_SV_NONE: it is none. */
itd_sv itd_uk_company_number(char out[ITD_UK_COMPANY_DIGITS], itd_sv text);

/** Is this the head of such a file? */
bool itd_uk_psc_is(itd_sv head);
/** Reads `input` from its start to its end.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_EIO | ITD_ENOMEM | what the sink gave */
ITD_MUST_CHECK itd_status itd_uk_psc_read(itd_stakes_reading *reading, itd_input *input, itd_error *error);

#endif
