#ifndef ITD_MODEL_VOCABULARY_TABLE_H
#define ITD_MODEL_VOCABULARY_TABLE_H

#include "model/name_slots.h"
#include "model/schema.h"

/* What the generator makes of data/model/schemata.tsv and properties.tsv, and schema.c reads. */

typedef struct itd_vocabulary_schema {
    const char *name;
    itd_property edge_source, edge_target; /**< ITD_PROPERTY_NONE: no edge */
    bool is_abstract, is_matchable;
} itd_vocabulary_schema;

typedef struct itd_vocabulary_property {
    const char *name, *qname;
    itd_schema owner; /**< that brings it in; ITD_SCHEMA_NONE: all have it */
    uint16_t column;  /**< of its name in itd_vocabulary_effective */
    uint8_t type;     /**< itd_property_type */
    bool is_matchable;
} itd_vocabulary_property;

/** Sets of schemata, a bit each. */
typedef struct itd_vocabulary_set {
    uint64_t words[ITD_VOCABULARY_SET_WORDS];
} itd_vocabulary_set;

extern const itd_vocabulary_schema itd_vocabulary_schemata[ITD_SCHEMA_COUNT];
extern const itd_vocabulary_property itd_vocabulary_properties[ITD_PROPERTY_COUNT];
/** With themselves. */
extern const itd_vocabulary_set itd_vocabulary_ancestors[ITD_SCHEMA_COUNT];
extern const itd_vocabulary_set itd_vocabulary_descendants[ITD_SCHEMA_COUNT];
/** Names to schemata; names of properties to the columns of itd_vocabulary_effective. */
extern const itd_name_slot itd_vocabulary_schema_slots[ITD_VOCABULARY_SCHEMA_SLOTS];
extern const itd_name_slot itd_vocabulary_name_slots[ITD_VOCABULARY_NAME_SLOTS];
/** The property that a schema means by a name. */
extern const itd_property itd_vocabulary_effective[ITD_SCHEMA_COUNT][ITD_VOCABULARY_NAME_COUNT];

#endif
