#ifndef ITD_ENGINE_SCREEN_OPTIONS_H
#define ITD_ENGINE_SCREEN_OPTIONS_H

#include "base/arena.h"
#include "base/json.h"
#include "interdict/screen.h"

/* The options of a screening as a case keeps them: what the answers depend on. */

/** Writes an object: "threshold_micro", "limit", "algorithm", "schema", "countries", "datasets", "topics",
 * "programmes", "exhaustive", "skip_bad". What is not set is left out. */
void itd_screen_options_write(itd_json_writer *json, const itd_screen_options *options);
/** The options again; their texts go to the arena.
 *  @return ITD_OK | ITD_EMISMATCH (an algorithm that this program does not know) | ITD_EFORMAT | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_screen_options_read(itd_screen_options *out, const itd_json *object, itd_arena *arena,
                                                  itd_error *error);

#endif
