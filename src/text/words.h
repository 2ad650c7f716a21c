#ifndef ITD_TEXT_WORDS_H
#define ITD_TEXT_WORDS_H

#include "base/sv.h"
#include "text/tables.h"

/* The word lists. Static; safe from any thread. */

/** Most words of one phrase. */
#define ITD_PHRASE_WORDS_MAX 10

/** What the lists know of a folded word, or NULL. O(log n) */
const itd_text_word_row *itd_word_find(itd_sv word);
/** The phrase of these words ("limited liability company"), or NULL. O(log n) */
const itd_text_phrase_row *itd_phrase_find(itd_sv words);
/** True when some phrase begins with this word. */
bool itd_phrase_starts(itd_sv word);
/** Calls back with every short or long form of a given name. */
typedef void itd_nickname_sink(void *context, itd_sv other);
void itd_nicknames_each(itd_sv word, itd_nickname_sink *sink, void *context);

/** True when the lists know both as common names, or words, and neither as a spelling of the other: what is alike in
 * them is chance. Symmetric. O(log n) */
bool itd_words_differ(itd_sv a, itd_sv b);

#endif
