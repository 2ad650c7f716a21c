#ifndef ITD_TEXT_FOLD_H
#define ITD_TEXT_FOLD_H

#include "base/buffer.h"
#include "base/error.h"

/* Names of any script made comparable: words of a-z and 0-9. Latin, Cyrillic, Greek, Arabic, Hebrew, Armenian,
 * Georgian, Hangul, kana and Chinese characters go through our tables; everything else through ICU, which is opened
 * when first needed (some 40 ms) and never for those. */

/** Longest word in code points; a longer one is cut into several. */
#define ITD_TEXT_WORD_MAX 128
/** Longest text in bytes that is looked at; the rest is left out and the words are marked `cut`. */
#define ITD_TEXT_BYTES_MAX 16384
/** Words of one text at most; later ones are left out and the words are marked `cut`. */
#define ITD_TEXT_WORDS_MAX 1024

typedef enum itd_script {
    ITD_SCRIPT_LATIN = 1 << 0,
    ITD_SCRIPT_CYRILLIC = 1 << 1,
    ITD_SCRIPT_GREEK = 1 << 2,
    ITD_SCRIPT_ABJAD = 1 << 3, /**< Arabic or Hebrew: short vowels are not written */
    ITD_SCRIPT_HANGUL = 1 << 4,
    ITD_SCRIPT_HAN = 1 << 5,
    ITD_SCRIPT_OTHER = 1 << 6,
    ITD_SCRIPT_KANA = 1 << 7,
} itd_script;

typedef enum itd_text_word_flag {
    ITD_TEXT_DOTTED = 1 << 0, /**< joined from letters with points between: "S.A." */
    ITD_TEXT_COMMA = 1 << 1,  /**< a comma follows */
    ITD_TEXT_KNOWN = 1 << 2,  /**< its Latin spelling comes from the list of spellings */
    ITD_TEXT_SOUNDS = 1 << 3, /**< syllables that stand for sounds of another language (ITD_READING_SOUNDS) */
    ITD_TEXT_GLUED = 1 << 4,  /**< a point and no blank stands before it */
} itd_text_word_flag;

typedef struct itd_text_word {
    uint32_t offset; /**< in the text of the words */
    uint16_t size;
    uint8_t script; /**< itd_script bits */
    uint8_t flags;  /**< itd_text_word_flag bits */
} itd_text_word;

/** Folded words in their order. All zeros is empty; used again and again, it keeps its memory. */
typedef struct itd_text_words {
    itd_buffer text;
    itd_text_word *items;
    size_t count, capacity;
    bool cut; /**< a limit was reached and something left out */
} itd_text_words;

void itd_text_words_finish(itd_text_words *words);
static inline itd_sv itd_text_word_view(const itd_text_words *words, size_t index)
{
    return (itd_sv){words->text.data + words->items[index].offset, words->items[index].size};
}

/** What folding needs. One a thread. */
typedef struct itd_folder itd_folder;
ITD_MUST_CHECK itd_status itd_folder_create(itd_folder **out, itd_error *error);
void itd_folder_destroy(itd_folder *folder);

/** Which reading of Chinese characters and Hangul is wanted. */
typedef enum itd_reading {
    ITD_READING_MANDARIN, /**< Chinese characters the Mandarin way, Hangul the Korean way */
    ITD_READING_KOREAN,   /**< both the Korean way */
    ITD_READING_SOUNDS, /**< by sound: 特朗普, 트럼프, Джейкобс as foreign names; Arabic and Hebrew without the list
                           of spellings */
    ITD_READING_CHINESE,   /**< Hangul the Mandarin way: 시진핑, 김정은 as Xi Jinping, Jin Zheng'en */
    ITD_READING_UNLISTED,  /**< by sound, without the list of spellings: foreign names in kana, Hangul, Chinese
                              characters */
    ITD_READING_CANTONESE, /**< Chinese characters of a name as people in Hong Kong spell it */
    ITD_READING_JAPANESE,  /**< Chinese characters of a name of a Japanese */
    ITD_READING_PINYIN,    /**< a name in Wade-Giles as pinyin writes it */
    ITD_READINGS
} itd_reading;

/** Folds and splits `text`; what `out` held is replaced. Invalid UTF-8 bytes end a word.
 *  @return ITD_OK | ITD_ENOMEM | ITD_EIO (ICU's data is missing) */
ITD_MUST_CHECK itd_status itd_text_split(itd_folder *folder, itd_text_words *out, itd_sv text, itd_reading reading,
                                         itd_error *error);
/** The folded words with one blank between, appended to `out`. Folding what was folded changes nothing. */
ITD_MUST_CHECK itd_status itd_text_fold(itd_folder *folder, itd_buffer *out, itd_sv text, itd_error *error);

/** The readings that may be meant, a bit each (1 << itd_reading); the Mandarin one always. */
unsigned itd_text_readings(itd_sv text);

/** ICU and Unicode version, hash of the tables, version of the rules. Static. Threads: safe. */
const char *itd_text_profile(void);
/** Whether ICU's transliterator was opened: a test holds that Latin never opens it. */
bool itd_folder_has_icu(const itd_folder *folder);

#endif
