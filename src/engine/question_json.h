#ifndef ITD_ENGINE_QUESTION_JSON_H
#define ITD_ENGINE_QUESTION_JSON_H

#include "base/json.h"
#include "interdict/screen.h"
#include "screen/screen.h"
#include "store/question.h"

/* Questions as a case keeps them. */

/** Appends all that a question says but its id, in one form: `{"schema","query","properties":{"Thing:name":[…]}}`, the
 * properties by name, the values of each in their order. What was only read out of a value (itd_question.said) is no
 * part of it, nor is what the options of a screening add. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_question_content(itd_buffer *out, const itd_question *question, itd_arena *arena,
                                               itd_error *error);
/** The question again; its parts lie in the arena. `document` is scratch.
 *  @return ITD_OK | ITD_EMISMATCH (a schema or property that this program does not know) | ITD_EFORMAT | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_question_parse(itd_question *out, itd_sv id, itd_sv content, itd_json_document *document,
                                             itd_arena *arena, itd_error *error);

/** The questions of a set, as a source for itd_screen; closed with itd_questions_close, before the store.
 *  @return as itd_asked_open */
ITD_MUST_CHECK itd_status itd_questions_of_set(itd_questions **out, itd_store *store, int64_t set, itd_error *error);

#endif
