#include <string.h>

#include "text/split.h"

/* Chinese names in Wade and Giles' spelling, whose given names stand apart or with a hyphen, where pinyin writes them
 * as one word: such a name is read in pinyin too. */

enum { WORDS_MIN = 2, WORDS_MAX = 4, SYLLABLE_MAX = 6 };

const char *itd_wade_pinyin(itd_sv word)
{
    char key[SYLLABLE_MAX + 1];
    if (word.size == 0 || word.size > SYLLABLE_MAX)
        return NULL;
    memcpy(key, word.data, word.size);
    key[word.size] = '\0';
    return itd_pair_find(itd_text_wade, itd_text_wade_count, key);
}

/* What is not written so in pinyin, in Korea or by Cantonese speakers. */
static bool is_telling(itd_sv word)
{
    static const char *const ends[] = {"ieh", "ueh", "ien", "chih", "shih", "jih", "erh", "kuo", "kuei", "tung"};
    if (word.data[0] == 'h' && word.size > 1 && word.data[1] == 's')
        return true;
    if (word.data[0] == 't' && word.size > 1 && (word.data[1] == 's' || word.data[1] == 'z'))
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (itd_sv_ends(word, itd_sv_of(ends[i])))
            return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool itd_text_is_wade(itd_sv text)
{
    size_t words = 0;
    bool telling = false;
    for (size_t i = 0; i < text.size;) {
        char word[SYLLABLE_MAX];
        size_t size = 0;
        for (; i < text.size && (is_letter(text.data[i]) || text.data[i] == '\''); i++) {
            if (text.data[i] == '\'')
                continue;
            if (size == sizeof word)
                return false;
            word[size++] = (char)(text.data[i] | 0x20);
        }
        if (size) {
            itd_sv view = {word, size};
            if (!itd_wade_pinyin(view) || ++words > WORDS_MAX)
                return false;
            telling = telling || is_telling(view);
        }
        if (i < text.size && (unsigned char)text.data[i++] >= 0x80)
            return false;
    }
    return telling && words >= WORDS_MIN;
}
