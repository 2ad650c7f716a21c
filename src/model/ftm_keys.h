#ifndef ITD_MODEL_FTM_KEYS_H
#define ITD_MODEL_FTM_KEYS_H

/* Names of the keys in the two NDJSON forms, for those who write and those who read them.
 *
 * Entities, FollowTheMoney: {"id","caption","schema","properties":{"name":["…"]},"datasets":[],"referents":[],
 * "first_seen","last_seen","record"}.
 *  - datasets: the first is that of every statement of the line; each further one is one more ITD_P_ID statement, whose
 *    dataset it is.
 *  - referents: other ids that the publisher merged into this entity: ITD_P_ID statements whose value is that id.
 *  - record: id of the publisher's record that the entity was made from, when it is another one (ours).
 *  - properties that the model does not have (model/other.h) stand under their own names among the others, so that a
 *    model that has them reads them as what they are.
 *  - caption: derived from the properties; written for others, passed over when read.
 *
 * Statements, one a line: {"entity_id","record","dataset","schema","prop","value","original_value","lang","first_seen",
 * "last_seen","origin","document","line","offset","span","reliability","credibility","tlp"}. Keys without a value are
 * left out; "record" is left out when it equals "entity_id"; "tlp" is the name below, left out when it is clear. The
 * names up to "origin" are those that OpenSanctions uses for the same. A property that the model does not have is
 * written under its own name too, never as "other": "prop" is that name, "original_value" the value as the source
 * writes it when that differs. A name of "prop" that the schema lacks is read as such a property. */

#define ITD_FTM_ID "id"
#define ITD_FTM_CAPTION "caption"
#define ITD_FTM_SCHEMA "schema"
#define ITD_FTM_PROPERTIES "properties"
#define ITD_FTM_DATASETS "datasets"
#define ITD_FTM_REFERENTS "referents"
#define ITD_FTM_FIRST_SEEN "first_seen"
#define ITD_FTM_LAST_SEEN "last_seen"
#define ITD_FTM_RECORD "record"

#define ITD_STATEMENT_ENTITY "entity_id"
#define ITD_STATEMENT_RECORD ITD_FTM_RECORD
#define ITD_STATEMENT_DATASET "dataset"
#define ITD_STATEMENT_SCHEMA ITD_FTM_SCHEMA
#define ITD_STATEMENT_PROPERTY "prop"
#define ITD_STATEMENT_VALUE "value"
#define ITD_STATEMENT_ORIGINAL "original_value"
#define ITD_STATEMENT_LANG "lang"
#define ITD_STATEMENT_FIRST_SEEN ITD_FTM_FIRST_SEEN
#define ITD_STATEMENT_LAST_SEEN ITD_FTM_LAST_SEEN
#define ITD_STATEMENT_ORIGIN "origin"
#define ITD_STATEMENT_DOCUMENT "document"
#define ITD_STATEMENT_LINE "line"
#define ITD_STATEMENT_OFFSET "offset"
#define ITD_STATEMENT_SPAN "span"
#define ITD_STATEMENT_RELIABILITY "reliability"
#define ITD_STATEMENT_CREDIBILITY "credibility"
#define ITD_STATEMENT_TLP "tlp"

/** By itd_tlp: TLP 2.0 labels in lower case without "TLP:". */
#define ITD_TLP_NAMES                                                                                                  \
    {                                                                                                                  \
        "clear", "green", "amber", "amber+strict", "red"                                                               \
    }

#endif
