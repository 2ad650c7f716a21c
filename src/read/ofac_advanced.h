#ifndef ITD_READ_OFAC_ADVANCED_H
#define ITD_READ_OFAC_ADVANCED_H

#include "base/vector.h"
#include "read/ofac_remarks.h"
#include "read/xml_record.h"

/* Between the files of the reader of OFAC's advanced XML. */

/** An element that a record refers to, copied. */
typedef struct itd_ofac_kept {
    const itd_xml_node *node;
    struct itd_ofac_kept *next; /**< of the same kind and key, in document order */
    bool used;
} itd_ofac_kept;

typedef struct itd_ofac_profile {
    itd_schema schema; /**< ITD_SCHEMA_NONE: of no kind that is known */
    itd_sv key;        /**< of its party */
} itd_ofac_profile;

typedef struct itd_ofac_advanced {
    itd_xml_list list;
    itd_ofac_names *names;
    itd_arena arena;                  /**< of what is kept */
    itd_intern keys;                  /**< "kind key" of it */
    ITD_VECTOR(itd_ofac_kept *) kept; /**< by number of the key: the first */
    itd_intern profile_ids;
    ITD_VECTOR(itd_ofac_profile) profiles; /**< by number of the id */
} itd_ofac_advanced;

/** Attributes that number things, and those that the reader takes by itself. */
extern const char *const itd_ofac_advanced_attributes[];

/** The kept elements of that kind with that key, marked as used; NULL when there is none. */
const itd_ofac_kept *itd_ofac_advanced_find(const itd_ofac_advanced *r, const char *kind, itd_sv key);
/** The word that a reference value of that kind stands for, in one line; empty for "Unknown" and when there is none. */
itd_sv itd_ofac_advanced_word(itd_ofac_advanced *r, const char *kind, itd_sv key);
/** The name that a DocumentedName of `identity` says, "LAST, First Middle", in other scripts than Latin "First LAST".
 */
itd_sv itd_ofac_advanced_name(itd_ofac_advanced *r, const itd_xml_node *identity, const itd_xml_node *name);
/** All that a record says. */
void itd_ofac_advanced_add(const itd_ofac_entry *entry, itd_ofac_advanced *r, const itd_xml_node *party);

#endif
