#ifndef ITD_TEXT_FOREIGN_H
#define ITD_TEXT_FOREIGN_H

#include "text/batch.h"

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

/** Kinds of words: without a mark, and one a mark; sounds of a table, and one for none. */
#define ITD_FOREIGN_KINDS 6
#define ITD_FOREIGN_SOUNDS_MAX 32
/** The kind of a word or phone, by its mark. */
uint8_t itd_foreign_kind(itd_sv word);

static inline bool itd_sound_is_marked(const itd_sound *sound)
{
    return sound->size && itd_is_mark(sound->text[0]);
}

/** Classes of a word's consonants, without its mark: a letter each, the same one not twice in a row. `out` has
 * ITD_DISTANCE_MAX bytes. @return how many */
size_t itd_foreign_bones(char *out, const itd_sound *sound);
/** Edits that bones of a size may bear, where the word was joined of several no more than one. Words are not alike when
 * the Levenshtein distance of their bones is more than the shorter one bears, or when one has none. */
static inline unsigned itd_foreign_slack(size_t size, bool joined)
{
    return size < 3 || joined ? 1 : 2;
}

/** Similarity in thousandths of two words of which one at least is marked; 0: not to be taken for one another.
 *  Symmetric. Cost: O(letters × letters). */
unsigned itd_foreign_similarity(const itd_sound *a, const itd_sound *b, bool joined);
/** The sounds of a word as rows or columns of a table; digits are none. */
typedef struct itd_foreign_sounds {
    uint8_t kind; /**< 0: without a mark */
    uint8_t size;
    uint8_t at[ITD_DISTANCE_MAX];
} itd_foreign_sounds;
void itd_foreign_sounds_init(itd_foreign_sounds *out, const itd_sound *sound);

/** Sounds of a word as codes of words that are compared at once, when they are ITD_BATCH_LETTERS at most. */
void itd_foreign_codes(itd_batch_word *out, itd_sv sounds);

/** A word held against many others: what sounds of a kind are worth beside its own. */
typedef struct itd_foreign_reach {
    const itd_foreign_sounds *word; /**< borrowed */
    bool batched;                   /**< may be held against many at once */
    unsigned least;                 /**< similarities below it are none; 1 at least */
    itd_batch_sounds sounds;        /**< beside the kind that was asked last */
} itd_foreign_reach;
void itd_foreign_reach_init(itd_foreign_reach *out, const itd_foreign_sounds *word, unsigned least);
/** Makes it ready for words of a kind. */
void itd_foreign_reach_kind(itd_foreign_reach *reach, uint8_t kind);

/** The similarity of the word and another, whose bones are near; `kind` and the sounds are the other's. */
unsigned itd_foreign_similarity_of(const itd_foreign_sounds *word, uint8_t kind, itd_sv sounds);
/** Of what the best alignment of sounds is worth: the similarity, for words of a kind and so many sounds. */
unsigned itd_foreign_similarity_worth(const itd_foreign_sounds *word, uint8_t kind, unsigned size, int worth);

#endif
