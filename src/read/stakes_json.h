#ifndef ITD_READ_STAKES_JSON_H
#define ITD_READ_STAKES_JSON_H

#include "base/json.h"
#include "read/stakes_send.h"

/* Registers in JSON: objects in an array, or one a line; or in an array that is the one member of an object. */

typedef struct itd_stakes_json {
    itd_stakes_reading *reading;
    itd_input *input;
    /** Takes an object. What it refuses it gives to itd_stakes_reject. */
    itd_status (*take)(void *context, const itd_json *object, const itd_stakes_place *place, itd_error *error);
    void *context;
    size_t bytes_max;           /**< most that is read whole; 0: ITD_JSON_ARRAY_BYTES_MAX */
    bool alone;                 /**< one object over several lines, with nothing else in the file, is read too */
    const char *const *holders; /**< names that such a one member may have, NULL ends them; or NULL */
} itd_stakes_json;

/** Does this head start with an object, or an array of objects, that has all of `keys` (NULL ends them) among the keys
 * of its first kilobytes? A quick look: keys of nested objects count. */
bool itd_stakes_json_has(itd_sv head, const char *const *keys);
/** Reads all of the input. An array, or an object that stands alone, is read whole, at most `bytes_max`.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ELIMIT | ITD_EIO | ITD_ENOMEM | what `take` gave */
ITD_MUST_CHECK itd_status itd_stakes_json_read(const itd_stakes_json *json, itd_error *error);

#endif
