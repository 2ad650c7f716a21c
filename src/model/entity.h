#ifndef ITD_MODEL_ENTITY_H
#define ITD_MODEL_ENTITY_H

#include "model/schema.h"

/** A value of an entity in memory, without its provenance. */
typedef struct itd_entity_value {
    itd_property property;
    itd_sv value;
} itd_entity_value;

/** An entity as a question or a pair holds it: values of one property need not be adjacent. Borrowed, usually from an
 * arena. */
typedef struct itd_entity {
    itd_sv id; /**< may be empty */
    itd_schema schema;
    const itd_entity_value *values;
    size_t value_count;
} itd_entity;

#endif
