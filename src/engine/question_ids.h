#ifndef ITD_ENGINE_QUESTION_IDS_H
#define ITD_ENGINE_QUESTION_IDS_H

#include "base/error.h"
#include "base/sv.h"

/* Which ids the questions of one screening have. A case binds its decisions to an id and to what the question with that
 * id says: of two questions that share one, a decision of the first would read as reopened as soon as the second is
 * asked, and an alert would not tell whom it is about. */

typedef struct itd_question_ids itd_question_ids;

ITD_MUST_CHECK itd_status itd_question_ids_create(itd_question_ids **out, itd_error *error);
/** NULL is fine. */
void itd_question_ids_destroy(itd_question_ids *ids);
/** One more question; `hash` is of what it says, `line` where it stands. The same question again is none more.
 *  @return ITD_OK | ITD_EFORMAT (another question has the id; the message says where it stands) | ITD_ENOMEM.
 *  Memory: the id and about 50 bytes. */
ITD_MUST_CHECK itd_status itd_question_ids_add(itd_question_ids *ids, itd_sv id, itd_sv hash, uint64_t line,
                                               itd_error *error);

#endif
