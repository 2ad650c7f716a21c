#ifndef ITD_READ_ENTITY_JSON_H
#define ITD_READ_ENTITY_JSON_H

#include "base/json.h"
#include "base/vector.h"
#include "model/other.h"
#include "read/reader.h"

/** Values of one entity, gathered from JSON. All zeros but for the arena, which the caller starts, and the hook; views
 * into the JSON document or the arena. */
typedef struct itd_value_list {
    /** Told of an object that stands as a value of `property`, written `key`. It gives the value that stands for the
     * object, empty when nothing is left to say, or leaves `*taken` false. NULL: no object is taken. */
    itd_status (*nested)(void *context, itd_sv *value, bool *taken, itd_property property, const itd_json *object,
                         itd_error *error);
    void *nested_context;
    ITD_VECTOR(struct {
        itd_property property;
        itd_sv value;
        itd_sv original; /**< of ITD_P_OTHER: the property's name; else empty */
    })
    values;
    itd_arena arena; /**< the text of numbers */
} itd_value_list;

/** Forgets the values, keeps the memory. */
void itd_value_list_clear(itd_value_list *list);
void itd_value_list_finish(itd_value_list *list);

/** The schema that a JSON value names, as FollowTheMoney writes it. @return ITD_OK | ITD_EFORMAT (none, not a text, not
 * in the vocabulary) */
ITD_MUST_CHECK itd_status itd_json_schema(itd_schema *out, const itd_json *value, itd_error *error);
/** The text of a string, number or boolean, checked by itd_value_fault; what is not text is kept in `arena`. `what`
 * names it in messages. @return ITD_OK | ITD_EFORMAT | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_json_value(itd_sv *out, const itd_json *value, const char *what, itd_arena *arena,
                                         itd_error *error);
/** Any value as JSON without blanks, members in document order, in `arena`. Cost: O(size).
 * @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_json_compact(itd_sv *out, const itd_json *value, itd_arena *arena, itd_error *error);
/** Adds the values of "properties": of each one a text, number or boolean, or an array of such; null and blank values
 * are passed over. What `schema` does not have is ITD_P_OTHER; there an object that the hook does not take, or an array
 * in an array, is kept as its JSON text.
 * @return ITD_OK | ITD_ENOMEM | ITD_EFORMAT (an object or an array in an array elsewhere; a bad value; a name that
 * itd_other_name_fits refuses) */
ITD_MUST_CHECK itd_status itd_json_properties(itd_value_list *list, itd_schema schema, const itd_json *properties,
                                              itd_error *error);
/** Adds the values of one property, as itd_json_properties does. */
ITD_MUST_CHECK itd_status itd_json_property(itd_value_list *list, itd_schema schema, itd_sv key, const itd_json *value,
                                            itd_error *error);
/** The property that a name means: of `schema`, else ITD_P_OTHER. @return ITD_OK | ITD_EFORMAT (no name that could be
 * kept) */
ITD_MUST_CHECK itd_status itd_json_property_name(itd_property *out, itd_schema schema, itd_sv name, itd_error *error);

/** Tells of each key of the JSON object at the start of `head`, which may be cut off anywhere; the object must not
 * reach over a line end. `seen[i]` counts keys equal to `keys[i]` (NULL past the last) at the top level.
 *  @return false when `head` does not start with such an object */
bool itd_json_sniff_keys(itd_sv head, const char *const *keys, unsigned *seen);

#endif
