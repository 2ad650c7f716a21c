#include <unicode/utf8.h>

#include "text/split.h"
#include "text/syllables.h"

#define HANGUL_SYLLABLES_MAX 4 /* Korean names have two to four */
#define KOREAN_NAME 3          /* syllables of most Korean names, and of Chinese ones in Hangul */
#define CHINESE_MAX 6          /* and of those written for their sound, at most */
#define HAN_NAME_MIN 2         /* characters of a Chinese name */
#define HAN_NAME_MAX 4
#define HAN_JAPANESE_MAX 6
#define HAN_SOUNDS_MIN 3 /* fewer characters are likelier a Chinese name than a foreign one */

/* The next code point; U+FFFD for an invalid byte. */
uint32_t itd_code_point_next(const char *data, size_t size, size_t *at)
{
    int32_t i = (int32_t)*at;
    UChar32 c;
    U8_NEXT((const uint8_t *)data, i, (int32_t)size, c);
    *at = (size_t)i;
    return c < 0 ? 0xFFFD : (uint32_t)c;
}

/* What a text has that another reading may be of. */
typedef struct contents {
    bool alphabet;         /* Arabic, Hebrew or Cyrillic letters, which have sounds of their own */
    bool kana;             /* katakana, which foreign names are written in */
    bool korean;           /* characters with a Korean reading */
    bool dotted;           /* names in Chinese characters with a point in the middle */
    size_t words, longest; /* Hangul: words, most syllables of one */
    size_t syllables;      /* of all of them */
    bool foreign;          /* a syllable that no Korean name has */
    size_t han;            /* Chinese characters */
    size_t han_sounds;     /* longest run of characters that foreign names are written with, and of no other */
} contents;

static bool is_middle_dot(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF65;
}

/* Syllables that Korean names are of have a Chinese character. */
bool itd_is_korean_syllable(uint32_t c)
{
    uint32_t i = c - 0xAC00;
    return itd_text_korean_syllables[i / 8] >> (i % 8) & 1;
}

static void end_run(contents *found, unsigned script, size_t run, size_t sounds)
{
    if (script == ITD_SCRIPT_HANGUL) {
        found->words++;
        found->syllables += run;
        found->longest = run > found->longest ? run : found->longest;
    } else if (script == ITD_SCRIPT_HAN && sounds == run && run > found->han_sounds) {
        found->han_sounds = run;
    }
}

static void look_through(contents *found, itd_sv text)
{
    unsigned script = 0;
    size_t run = 0, sounds = 0;
    *found = (contents){0};
    for (size_t at = 0; at < text.size && at < ITD_TEXT_BYTES_MAX;) {
        uint32_t c = (unsigned char)text.data[at] < 0x80 ? (unsigned char)text.data[at++]
                                                         : itd_code_point_next(text.data, text.size, &at);
        found->alphabet = found->alphabet || (c >= 0x400 && c < 0x530) || (c >= 0x590 && c < 0x780);
        found->kana = found->kana || (c >= ITD_TEXT_KANA_FIRST && c < ITD_TEXT_KANA_END);
        unsigned now = c >= 0x3000 ? itd_script_of(c) & (ITD_SCRIPT_HANGUL | ITD_SCRIPT_HAN) : 0;
        if (now != script) {
            end_run(found, script, run, sounds);
            found->dotted = found->dotted || (script == ITD_SCRIPT_HAN && is_middle_dot(c));
            run = sounds = 0;
            script = now;
        }
        run += now != 0;
        if (now == ITD_SCRIPT_HAN) {
            found->han++;
            sounds += itd_han_is_sound(c);
            found->korean = found->korean || itd_code_find(itd_text_hanja, itd_text_hanja_count, c);
        } else if (now == ITD_SCRIPT_HANGUL) {
            found->foreign = found->foreign || !itd_is_korean_syllable(c);
        }
    }
    end_run(found, script, run, sounds);
}

/* A family name of one syllable and a given name of two, in one word. */
static bool is_korean_name(const contents *found)
{
    return found->words == 1 && found->longest == KOREAN_NAME && !found->foreign;
}

bool itd_text_is_korean_name(itd_sv text)
{
    contents found;
    look_through(&found, text);
    return is_korean_name(&found);
}

unsigned itd_text_readings(itd_sv text)
{
    contents found;
    look_through(&found, text);
    unsigned readings = 1u << ITD_READING_MANDARIN;
    if (itd_text_is_wade(text))
        readings |= 1u << ITD_READING_PINYIN;
    if (found.korean)
        readings |= 1u << ITD_READING_KOREAN;
    /* Korean names have two to four syllables, in one word or a family name and a given name. */
    bool hangul = found.longest >= 2 && (found.foreign || found.syllables > HANGUL_SYLLABLES_MAX);
    bool foreign = hangul || found.dotted || found.han_sounds >= HAN_SOUNDS_MIN;
    if (found.alphabet || foreign || is_korean_name(&found))
        readings |= 1u << ITD_READING_SOUNDS;
    if (foreign || found.kana)
        readings |= 1u << ITD_READING_UNLISTED;
    if (found.syllables >= 2 && found.words <= 2 && found.syllables <= (found.foreign ? CHINESE_MAX : KOREAN_NAME))
        readings |= 1u << ITD_READING_CHINESE;
    if (found.han >= HAN_NAME_MIN && found.han <= HAN_NAME_MAX && !found.dotted && !found.kana)
        readings |= 1u << ITD_READING_CANTONESE;
    if (found.han >= HAN_NAME_MIN && found.han <= HAN_JAPANESE_MAX && !found.dotted)
        readings |= 1u << ITD_READING_JAPANESE;
    return readings;
}
