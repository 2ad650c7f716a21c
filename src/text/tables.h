#ifndef ITD_TEXT_TABLES_H
#define ITD_TEXT_TABLES_H

#include <stdint.h>

/* What data/text/compile.py makes of the word lists. Strings are offsets into the pool, each ends in NUL. All static.
 */

/** Code points below this have an entry of their own. */
#define ITD_TEXT_LETTERS 0x2C00
#define ITD_TEXT_LETTER_ICU 0xFFFF   /**< no entry: ICU knows */
#define ITD_TEXT_LETTER_BREAK 0xFFFE /**< ends a word */

typedef struct itd_text_word_row {
    uint32_t text;
    uint16_t size;
    uint8_t class_; /**< as itd_token_class */
    uint16_t form;  /**< words of one form mean the same; 0: none */
    uint16_t weight;
} itd_text_word_row;

typedef struct itd_text_phrase_row {
    uint32_t text; /**< words with one blank between */
    uint16_t size;
    uint32_t word; /**< the word that stands for the phrase */
    uint8_t words;
} itd_text_phrase_row;

typedef struct itd_text_pair_row {
    uint32_t left, right;
} itd_text_pair_row;

typedef struct itd_text_code_row {
    uint32_t from, to;
} itd_text_code_row;

extern const unsigned char itd_text_pool[];
extern const uint16_t itd_text_letters[ITD_TEXT_LETTERS];
extern const itd_text_word_row itd_word_list[];
extern const uint32_t itd_word_list_count;
extern const itd_text_phrase_row itd_text_phrases[];
extern const uint32_t itd_text_phrases_count;
extern const itd_text_pair_row itd_text_nicknames[], itd_text_variants[], itd_text_spellings[];
extern const uint32_t itd_text_nicknames_count, itd_text_variants_count, itd_text_spellings_count;
/** Syllables in Wade-Giles, or in pinyin, and the pinyin that is meant (wade.c). */
extern const itd_text_pair_row itd_text_wade[];
extern const uint32_t itd_text_wade_count;
/** Family and given names of Japanese, as they are read: which of them, then its characters (japanese.c). */
extern const itd_text_pair_row itd_text_japanese[];
extern const uint32_t itd_text_japanese_count;
/** Korean syllables of names in Mandarin: what for (mandarin.c), then the syllable or two. */
extern const itd_text_pair_row itd_text_sino[];
extern const uint32_t itd_text_sino_count;
/** Chinese characters and Hangul syllables that are one word wherever they stand: legal forms, words of organisations.
 */
extern const itd_text_pair_row itd_text_compounds[];
extern const uint32_t itd_text_compounds_count;
/** Where the rows of a word begin, by itd_text_hash: 1 + the row; of phrases, by their first word. Counts are powers of
 * two. */
extern const uint32_t itd_word_slots[], itd_phrase_slots[], itd_nickname_slots[], itd_variant_slots[];
extern const uint32_t itd_word_slots_count, itd_phrase_slots_count, itd_nickname_slots_count, itd_variant_slots_count;
extern const itd_text_code_row itd_text_lookalikes[], itd_text_hanja[];
extern const uint32_t itd_text_lookalikes_count, itd_text_hanja_count;
/** Chinese characters in order: 1 + the place of their Mandarin reading among the syllables, 0 where ICU has to know; a
 * bit when the character is one that foreign names are written with. */
#define ITD_TEXT_HAN_FIRST 0x3400
#define ITD_TEXT_HAN_END 0xA000
#define ITD_TEXT_HAN_SOUND 0x8000
extern const uint16_t itd_text_han[];
extern const uint32_t itd_text_han_syllables[]; /**< place 0 is empty */
/** What a character stands for in foreign names, in the pool, where that is not its Mandarin reading. */
extern const itd_text_code_row itd_text_han_sounds[];
extern const uint32_t itd_text_han_sounds_count;
/** Cantonese readings of characters of names, in the pool. */
extern const itd_text_code_row itd_text_cantonese[];
extern const uint32_t itd_text_cantonese_count;
/** What it is worth, in hundredths, that a sound stands where another does: 0 is none, then the letters a-z, S, C, Z,
 * T, X of itd_sound.phone. */
#define ITD_TEXT_SOUNDS_MAX 32
typedef struct itd_text_sound_table {
    int16_t floor;
    int16_t worth[ITD_TEXT_SOUNDS_MAX][ITD_TEXT_SOUNDS_MAX];
} itd_text_sound_table;
/** Of each kind of marked words (Cyrillic, abjad, kana, Hangul, Chinese characters) against Latin and each of them:
 * ITD_TEXT_SOUND_KINDS rows of one more. */
#define ITD_TEXT_SOUND_KINDS 5
extern const itd_text_sound_table itd_text_sounds[];
extern const uint8_t itd_text_korean_syllables[]; /**< a bit a Hangul syllable: some Chinese character is read so */
/** Katakana in order: Latin text, with a hyphen first when it replaces the vowel before it; 0: none. */
#define ITD_TEXT_KANA_FIRST 0x30A1
#define ITD_TEXT_KANA_END 0x30FB
extern const uint32_t itd_text_kana[];
extern const char itd_text_tables_hash[];

static inline const char *itd_text_pooled(uint32_t offset)
{
    return (const char *)itd_text_pool + offset;
}

#endif
