#include <string.h>

#include "text/split.h"

/* Names of Japanese in Chinese characters: how such a name is read is not told by its characters, but common family and
 * given names are read in one way mostly (japanese.tsv). */

enum { NAME_MAX = 4 }; /* characters of a family or given name */

/* What a row of the table is for, as compile.py has it: its key begins with it. */
enum { FAMILY = '1', GIVEN = '2' };

static const char *find(char use, const uint32_t *points, size_t count)
{
    char key[2 + NAME_MAX * 4];
    size_t size = 0;
    if (count == 0 || count > NAME_MAX)
        return NULL;
    key[size++] = use;
    for (size_t i = 0; i < count; i++)
        size += itd_code_point_put(key + size, points[i]);
    key[size] = '\0';
    return itd_pair_find(itd_text_japanese, itd_text_japanese_count, key);
}

static void add(itd_splitter *s, const char *word)
{
    itd_split_add(s, word, strlen(word), ITD_SCRIPT_HAN, ITD_TEXT_KNOWN);
}

bool itd_split_japanese(itd_splitter *s, const uint32_t *points, size_t count)
{
    /* The family name stands first: with the given name behind it, or by itself. */
    const char *alone = find(s->out->count ? GIVEN : FAMILY, points, count);
    if (alone) {
        add(s, alone);
        return true;
    }
    for (size_t n = count > 1 ? count - 1 : 0; n > 0; n--) {
        const char *family = find(FAMILY, points, n), *given = family ? find(GIVEN, points + n, count - n) : NULL;
        if (given) {
            add(s, family);
            add(s, given);
            return true;
        }
    }
    return false;
}
