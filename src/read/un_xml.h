#ifndef ITD_READ_UN_XML_H
#define ITD_READ_UN_XML_H

#include "read/xml_record.h"

/* The pieces of a record of the UN Security Council's consolidated list (un_xml.c), one function an element. Element
 * names and their meaning are those of the list's schema (sc-sanctions.xsd) and of the list itself. */

/** Most years that a birth date between two years is written out in; a wider one gives its two ends. */
#define ITD_UN_YEARS_MAX 10
/** Longest text that is taken apart into the names, or searched for the facts, that it holds; a longer one is kept
 * whole. */
#define ITD_UN_SPLIT_BYTES_MAX ((size_t)8192)

typedef struct itd_un_entry {
    itd_xml_list *list;
    bool person;
    itd_part sanction; /**< the record itself is part 0 */
} itd_un_entry;

typedef void itd_un_element(const itd_un_entry *entry, const itd_xml_node *node);

itd_un_element itd_un_alias, itd_un_original_script;  /* un_names.c */
itd_un_element itd_un_birth_date, itd_un_birth_place; /* un_person.c */
itd_un_element itd_un_document;                       /* un_person.c */
itd_un_element itd_un_address, itd_un_comments;       /* un_facts.c */

/** itd_xml_child_line; a word that stands for nothing known becomes a note and gives an empty line. */
itd_sv itd_un_text(const itd_un_entry *entry, const itd_xml_node *node, const char *name);
/** Adds names that one text lists: "A; B; C", "A (B; C)", and "A (B)" when B is A in another script. The text as it is
 * becomes the original of each. */
void itd_un_add_names(const itd_un_entry *entry, itd_property property, itd_sv text);
/** Identifiers and contacts in running text: company numbers of the IMO, BICs, e-mail addresses, telephones. The text
 * itself is the caller's to keep. */
void itd_un_add_facts(const itd_un_entry *entry, itd_sv text);
/** A date that may carry a time zone ("2014-06-30", "2014-06-30-04:00", "Nov. 1973"); false when it is none. */
bool itd_un_date(itd_date *out, itd_sv text);

#endif
