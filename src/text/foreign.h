#ifndef ITD_TEXT_FOREIGN_H
#define ITD_TEXT_FOREIGN_H

#include "text/distance.h"

/* Words of scripts that write the sounds of a name otherwise than Latin does: without vowels, with vowels between
 * consonants, in syllables. Such a word carries a mark as its first byte, and is held against another by how often,
 * in names written both ways, each of its sounds is written as each sound of the other. */

/** Marks: none of them is a letter or digit, and all are behind these. */
#define ITD_MARK_CYRILLIC '\x7f' /**< Cyrillic read by sound (ITD_READING_SOUNDS) */
#define ITD_MARK_ABJAD '~'       /**< Arabic, Hebrew, and scripts that have no table of their own */
#define ITD_MARK_KANA '}'        /**< katakana and hiragana */
#define ITD_MARK_HANGUL '|'      /**< Hangul read as a foreign name (ITD_READING_SOUNDS) */
#define ITD_MARK_HAN '{'         /**< Chinese characters read as a foreign name */

static inline bool itd_is_mark(char c)
{
    unsigned char mark = (unsigned char)c;
    return mark >= ITD_MARK_HAN && mark <= ITD_MARK_CYRILLIC;
}

static inline bool itd_sound_is_marked(const itd_sound *sound)
{
    return sound->size && itd_is_mark(sound->text[0]);
}

/** Classes of a word's consonants, without its mark: a letter each, the same one not twice in a row. `out` has
 * ITD_DISTANCE_MAX bytes. @return how many */
size_t itd_foreign_bones(char *out, const itd_sound *sound);
/** Edits that bones of a size may bear. Words are not alike when the Levenshtein distance of their bones is more than
 * the shorter one bears, or when one has none. */
static inline unsigned itd_foreign_slack(size_t size)
{
    return size < 3 ? 1 : 2;
}

/** Similarity in thousandths of two words of which one at least is marked; 0: not to be taken for one another.
 *  Symmetric. Cost: O(letters × letters). */
unsigned itd_foreign_similarity(const itd_sound *a, const itd_sound *b);
/** The same for words whose bones are near, by their phones (itd_sound.phone, marks and all). */
unsigned itd_foreign_similarity_gated(itd_sv phone_a, itd_sv phone_b);

#endif
