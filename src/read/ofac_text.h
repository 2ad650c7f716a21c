#ifndef ITD_READ_OFAC_TEXT_H
#define ITD_READ_OFAC_TEXT_H

#include "read/ofac_remarks.h"

/* Between the files of the OFAC formats. */

/** Longest suffix of a part's id made by itd_ofac_suffix. */
#define ITD_OFAC_SUFFIX_MAX 48

/** Trimmed; empty for "-0-", which stands for nothing. */
itd_sv itd_ofac_text(itd_sv field);
/** "<prefix><16 hex digits>" of the texts in their order; `prefix` is at most ITD_OFAC_SUFFIX_MAX - 16 bytes. */
itd_sv itd_ofac_suffix(char out[ITD_OFAC_SUFFIX_MAX], const char *prefix, const itd_sv *parts, size_t count);
/** Without the point that ends a sentence; the point of an abbreviation at the end ("S.A.", "CO.", "LTD.") stays. */
itd_sv itd_ofac_name_of_sentence(itd_sv text);
/** The record's Sanction part of that suffix, with its authority. */
itd_part itd_ofac_sanction(const itd_ofac_entry *entry, itd_sv suffix);
/** A Sanction part without a programme that holds what a measure forbids. */
void itd_ofac_add_provision(const itd_ofac_entry *entry, itd_sv text);
/** An entity value of which the name is known: the record that bears it, or a named-<hash> part. */
void itd_ofac_add_named(const itd_ofac_entry *entry, itd_part part, itd_property property, itd_sv name);
/** A field that only some schemata have, under the name of the property: what cannot be held as one, for the schema or
 * for being no country, is a note under the label. */
void itd_ofac_add_field(const itd_ofac_entry *entry, const char *property_name, const char *label, itd_sv field);
/** Has the text a programme code that stands only on the consolidated list, as its editions of 2016 and 2025 show? */
bool itd_ofac_is_cons_programme(itd_sv codes);

#endif
