#ifndef ITD_READ_OFAC_ENHANCED_H
#define ITD_READ_OFAC_ENHANCED_H

#include "base/vector.h"
#include "read/ofac_remarks.h"
#include "read/xml_record.h"

/* Between the files of the reader of OFAC's enhanced XML. */

/** How the list's records are found: what a relation needs to know of its other end. */
typedef struct itd_ofac_enhanced {
    itd_xml_list list;
    itd_ofac_names *names;
    itd_intern ids;                  /**< keys of all records of the file */
    ITD_VECTOR(itd_schema) schemata; /**< by number of the key */
} itd_ofac_enhanced;

/** Attributes that only number things. */
extern const char *const itd_ofac_enhanced_attributes[];

/** The attribute of that name, trimmed; empty when there is none. */
itd_sv itd_ofac_attribute(const itd_xml_node *node, const char *name);
/** The Latin name of a `name` element, "LAST, First", or an empty view. */
itd_sv itd_ofac_enhanced_name(itd_xml_list *list, const itd_xml_node *name);
/** All that a record says. */
void itd_ofac_enhanced_add(const itd_ofac_entry *entry, itd_ofac_enhanced *r, const itd_xml_node *node);

#endif
