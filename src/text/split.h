#ifndef ITD_TEXT_SPLIT_H
#define ITD_TEXT_SPLIT_H

#include <unicode/unorm2.h>
#include <unicode/utrans.h>

#include "text/fold.h"
#include "text/tables.h"

/* What the files share that cut a text into folded words: fold.c reads it code point by code point, scripts.c makes a
 * word of each script Latin, pieces.c adds what comes of it. */

struct itd_folder {
    UTransliterator *to_latin;
    const UNormalizer2 *nfkc;
};

/* A word before it is folded. */
typedef struct itd_raw_word {
    uint32_t code_points[ITD_TEXT_WORD_MAX];
    size_t count;
    unsigned scripts;
    bool after_dot; /* a point and nothing else stands before it */
} itd_raw_word;

typedef struct itd_splitter {
    itd_folder *folder;
    itd_text_words *out;
    itd_reading reading;
    itd_status status;
    itd_error *error;
    itd_raw_word word;
    bool korean_name;     /* the text is a Korean name: in one word (ITD_READING_SOUNDS), by its family name */
    bool dot;             /* a point was just read */
    unsigned letters_run; /* single letters with points so far */
    size_t run_first;     /* first of them in out->items */
} itd_splitter;

static inline bool itd_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool itd_reads_sounds(itd_reading reading)
{
    return reading == ITD_READING_SOUNDS || reading == ITD_READING_UNLISTED;
}

/** The next code point; U+FFFD for an invalid byte. */
uint32_t itd_code_point_next(const char *data, size_t size, size_t *at);
/** What a code point stands for in a table, or 0. */
uint32_t itd_code_find(const itd_text_code_row *rows, uint32_t count, uint32_t from);
/** The itd_script of a letter. */
unsigned itd_script_of(uint32_t c);

/** A syllable in pinyin or Wade-Giles as pinyin has it; NULL: it is none. */
const char *itd_wade_pinyin(itd_sv word);
/** True for a Chinese name in Wade-Giles: of syllables, one of which is written so nowhere else. */
bool itd_text_is_wade(itd_sv text);
/** Writes a code point as UTF-8, four bytes at most. @return how many */
size_t itd_code_point_put(char *out, uint32_t c);
/** Adds the names of a Japanese in these characters; false when they are not known as such. */
bool itd_split_japanese(itd_splitter *s, const uint32_t *points, size_t count);
/** What a key stands for in a table of pairs, or NULL. */
const char *itd_pair_find(const itd_text_pair_row *rows, uint32_t count, const char *key);
/** True for a Hangul syllable that some Chinese character is read as: Korean names are of such. */
bool itd_is_korean_syllable(uint32_t c);
/** Adds a Hangul word, the first of its text a family name or one with a given name, as Mandarin reads it; false when
 * it is none that Mandarin reads. */
bool itd_split_mandarin(itd_splitter *s, const uint32_t *points, size_t count);
/** True when the Hangul of a text is one word of three syllables of Korean names. */
bool itd_text_is_korean_name(itd_sv text);
/** Memory ran out. */
void itd_split_fail(itd_splitter *s);
/** ICU's data is missing, or memory ran out. */
itd_status itd_icu_failed(UErrorCode code, const char *data, itd_error *error);
/** Adds a folded word, cut where its letters meet digits and where Arabic has several words. */
void itd_split_add(itd_splitter *s, const char *text, size_t size, unsigned script, unsigned flags);
/** Folds code points of one word by our tables, the rest by ICU, and adds them. */
void itd_split_points(itd_splitter *s, const uint32_t *code_points, size_t count, unsigned scripts);
/** Folds and adds the word read so far, by its script, and begins a new one. */
void itd_split_word(itd_splitter *s);

#endif
