#ifndef ITD_MODEL_SCHEMA_H
#define ITD_MODEL_SCHEMA_H

#include "base/sv.h"
/* Generated from data/model/schemata.tsv and properties.tsv: ITD_S_Person …, ITD_SCHEMA_COUNT, ITD_P_Thing_name …,
 * ITD_PROPERTY_COUNT. Two belong to every schema and stand in no list: ITD_P_ID is property 0, "id": the statement that
 * the entity exists; its value is the entity's id. ITD_P_OTHER is property 1: a property that the model does not have
 * (model/other.h). */
#include "model/vocabulary.h"

/* What kinds of things there are and what can be said of them: the FollowTheMoney model 3.8.4, compiled in. All calls
 * are safe from any thread, take constant time and return static memory. */

typedef uint16_t itd_schema;
typedef uint16_t itd_property;

#define ITD_SCHEMA_NONE ((itd_schema)UINT16_MAX)
#define ITD_PROPERTY_NONE ((itd_property)UINT16_MAX)

typedef enum itd_property_type {
    ITD_TYPE_ID, /**< only ITD_P_ID */
    ITD_TYPE_NAME,
    ITD_TYPE_DATE,
    ITD_TYPE_COUNTRY,
    ITD_TYPE_IDENTIFIER,
    ITD_TYPE_ENTITY,
    ITD_TYPE_TEXT, /**< long text */
    ITD_TYPE_STRING,
    ITD_TYPE_ADDRESS,
    ITD_TYPE_TOPIC,
    ITD_TYPE_GENDER,
    ITD_TYPE_NUMBER,
    ITD_TYPE_LANGUAGE,
    ITD_TYPE_URL,
    ITD_TYPE_EMAIL,
    ITD_TYPE_PHONE,
    ITD_TYPE_IP,
    ITD_TYPE_MIMETYPE,
    ITD_TYPE_CHECKSUM,
    ITD_TYPE_HTML,
    ITD_TYPE_JSON,
} itd_property_type;

/** The schema of that exact name, or ITD_SCHEMA_NONE. */
itd_schema itd_schema_find(itd_sv name);
const char *itd_schema_name(itd_schema schema);
/** True when `schema` is `ancestor` or descends from it. */
bool itd_schema_is(itd_schema schema, itd_schema ancestor);
/** True when one is the other's ancestor, or both are the same. */
bool itd_schema_related(itd_schema a, itd_schema b);
/** The more specific of two related schemata; where neither descends from the other, the most general one that descends
 * from both, when there is exactly one; else ITD_SCHEMA_NONE. */
itd_schema itd_schema_merge(itd_schema a, itd_schema b);
/** The same for any number of schemata at once, whatever their order: the most general schema that is or descends from
 * every one of them, when there is exactly one. Cost: O(ITD_SCHEMA_COUNT). */
itd_schema itd_schema_merge_all(const itd_schema *schemata, size_t count);
bool itd_schema_is_abstract(itd_schema schema);
/** Can such an entity be the answer to a screening question? (FollowTheMoney: matchable) */
bool itd_schema_is_matchable(itd_schema schema);
/** A relation between two entities (FollowTheMoney: edge), e.g. Ownership, UnknownLink. Its ends are set when not NULL.
 */
bool itd_schema_is_edge(itd_schema schema, itd_property *source, itd_property *target);
/** Address, Identification and what descends from it, Sanction: made from a record, never a publisher's record by
 * itself. */
bool itd_schema_is_part(itd_schema schema);

/** The property of that name that `schema` has itself or by inheritance, or ITD_PROPERTY_NONE; "id" is ITD_P_ID in all,
 * ITD_P_OTHER has no name to be found by.
 * What a schema inherits and says again (Company:jurisdiction) is the ancestor's property: one number, two constants.
 */
itd_property itd_property_find(itd_schema schema, itd_sv name);
/** `property` as `schema` has it, or ITD_PROPERTY_NONE when it does not. Another property of the same name where a
 * schema inherits two of them: an Event has Interval:summary, which stands for Thing:summary too. */
itd_property itd_property_in(itd_schema schema, itd_property property);
/** "name"; and "Thing:name". */
const char *itd_property_name(itd_property property);
const char *itd_property_qname(itd_property property);
itd_property_type itd_property_typeof(itd_property property);
bool itd_property_is_matchable(itd_property property);

#endif
