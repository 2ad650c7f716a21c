#ifndef ITD_READ_UK_TEXT_H
#define ITD_READ_UK_TEXT_H

#include "read/record.h"

/* How UK lists write several values into one field, and papers into free text. */

/** A target whose statements are being added; failures come out of itd_record_commit. */
typedef struct itd_uk_entry {
    itd_record *record;
    itd_part part;
    itd_schema schema;
    itd_part sanction; /**< its Sanction part */
} itd_uk_entry;

/** The next value of a list "(1) A (2) B", "1) A 2) B" or "a) A, b) B"; a text that does not start so is one value.
 * Values are trimmed, without a comma, semicolon or point at their end that only ends them; "-" stands for none and is
 * passed over, unless `keep_empty`. */
bool itd_uk_list_next(itd_sv *value, itd_sv *rest, bool keep_empty);
/** Starts a list: `rest` is the text to give to itd_uk_list_next. */
itd_sv itd_uk_list(itd_sv text);
/** Values that itd_uk_list_next would give, empty ones included. */
size_t itd_uk_list_count(itd_sv text);

/** Trimmed, without commas and semicolons at its end. */
itd_sv itd_uk_end_cleaned(itd_sv value);

/** The country that a text names, also with a remark behind it, "Rwanda (as of June 2011)", or as the start of a
 * sentence, "Pakistani. Issued 2009"; an empty view when it names none. Static code. */
const char *itd_uk_country(itd_sv text);
/** Countries of a list. */
void itd_uk_add_countries(const itd_uk_entry *entry, itd_property property, itd_sv text);
/** "label: text" as notes. */
void itd_uk_add_note(const itd_uk_entry *entry, const char *label, itd_sv text);
/** Each value of a list under a property of the entry's schema that has this name; notes when it has none. */
void itd_uk_add_list(const itd_uk_entry *entry, const char *property, const char *label, itd_sv text);

/** Papers from a list of numbers and a list of details, or from one text that holds both (`details` empty): the number
 * under `property`, and a Passport or Identification part "passport-<hash>", "id-<hash>". What has no number is a note.
 */
void itd_uk_add_papers(const itd_uk_entry *entry, itd_schema paper, itd_property property, const char *label,
                       itd_sv numbers, itd_sv details);
/** Numbers of registers: "1027700073466 (Russia). Tax ID No. 7735007358 (Russia)". */
void itd_uk_add_registrations(const itd_uk_entry *entry, itd_sv text);
/** A relation to somebody of whom only the name is known: UnknownLink "link-<hash>" to LegalEntity "named-<hash>". */
void itd_uk_add_link(const itd_uk_entry *entry, const char *role, itd_sv name);
/** An entity value of which only the name is known. */
void itd_uk_add_named(const itd_uk_entry *entry, itd_part part, itd_property property, itd_sv name);

/** A name in another script; its language from the words for it, or from a script that only one language uses. */
void itd_uk_add_script_name(const itd_uk_entry *entry, itd_sv name, itd_sv script, itd_sv language);
/** "dd/mm/1950", "00/04/1961", "09/1962": a birth date of a person, a note of anything else. */
void itd_uk_add_birth_date(const itd_uk_entry *entry, itd_sv text);
/** Six lines, the post code, the country. */
#define ITD_UK_ADDRESS_LINES 8
/** An Address part "address-<hash>", the address as one text, the countries; nothing when all lines are empty. */
void itd_uk_add_address(const itd_uk_entry *entry, const itd_sv lines[ITD_UK_ADDRESS_LINES]);
/** Day, month, year; what is no such date becomes the part's summary. */
void itd_uk_add_date(itd_record *record, itd_part part, itd_property property, itd_sv text);
/** The Sanction part of a regime, "sanction-<hash>". */
itd_part itd_uk_sanction(itd_record *record, itd_sv regime);

/** What stands under one label of the "Other Information" field, in any case ("Gender", "IMO number", "Parent company"
 * …): statements where the label is known, else a note. */
void itd_uk_add_labelled(const itd_uk_entry *entry, const char *label, itd_sv text);
/** The "Other Information" field: "(UK Sanctions List Ref):AFG0001. (Gender):Male …", or free text in older files. */
void itd_uk_add_other(const itd_uk_entry *entry, itd_sv text);

#endif
