#include <string.h>

#include "text/split.h"

/* Names in Hangul as Mandarin reads them: of Chinese people, whom Korean writes by their characters' Korean readings
 * (유비 is Liu Bei) or for the sound of the Mandarin ones (시진핑 is Xi Jinping), and of Koreans in Chinese texts
 * (김정은 is Jin Zheng'en). Hangul does not tell the character: the commonest reading in names counts
 * (hangul_pinyin.tsv). */

enum { SYLLABLES_MAX = 6 };

/* What a row of the table is for, as compile.py has it: its key begins with it. */
enum { FAMILY = '1', GIVEN = '2', GIVEN_OF_KOREAN = '3', IS_KOREAN = '4', BY_SOUND = '5' };

static const char *find(char use, const uint32_t *points, size_t count)
{
    char key[2 + 2 * 4];
    size_t size = 0;
    key[size++] = use;
    for (size_t i = 0; i < count && i < 2; i++) { /* U+AC00 … U+D7A3: three bytes */
        key[size++] = (char)(0xE0 | points[i] >> 12);
        key[size++] = (char)(0x80 | (points[i] >> 6 & 0x3F));
        key[size++] = (char)(0x80 | (points[i] & 0x3F));
    }
    key[size] = '\0';
    return itd_pair_find(itd_text_sino, itd_text_sino_count, key);
}

static void add(itd_splitter *s, const char *word)
{
    itd_split_add(s, word, strlen(word), ITD_SCRIPT_HANGUL, ITD_TEXT_KNOWN);
}

/* Written for the sound of Mandarin, with a syllable that Korean names do not have. */
static bool add_by_sound(itd_splitter *s, const uint32_t *points, size_t count)
{
    const char *words[SYLLABLES_MAX];
    size_t n = 0;
    bool foreign = false;
    for (size_t i = 0; i < count; i++)
        foreign = foreign || !itd_is_korean_syllable(points[i]);
    if (!foreign || count > SYLLABLES_MAX)
        return false;
    for (size_t i = 0, used; i < count; i += used) {
        used = 2;
        const char *word = count - i >= 2 ? find(BY_SOUND, points + i, 2) : NULL;
        if (!word) {
            used = 1;
            word = find(BY_SOUND, points + i, 1);
        }
        if (!word)
            return false;
        words[n++] = word;
    }
    for (size_t i = 0; i < n; i++)
        add(s, words[i]);
    return true;
}

bool itd_split_mandarin(itd_splitter *s, const uint32_t *points, size_t count)
{
    if (add_by_sound(s, points, count))
        return true;
    size_t family = s->out->count ? 0 : count >= 3 && find(FAMILY, points, 2) ? 2 : 1;
    if (count > 3 || (s->out->count == 0 && !find(FAMILY, points, family)))
        return false;
    for (size_t i = family; i < count; i++)
        if (!find(GIVEN, points + i, 1))
            return false;
    if (family) {
        add(s, find(FAMILY, points, family));
        s->korean_name = family == 1 && find(IS_KOREAN, points, 1);
    }
    for (size_t i = family; i < count; i++)
        add(s, find(s->korean_name ? GIVEN_OF_KOREAN : GIVEN, points + i, 1));
    return true;
}
