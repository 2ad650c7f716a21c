#include "cli/highlight.h"

#include <string.h>
#include <wctype.h>

#include "cli/display.h"

typedef struct word {
    size_t start, end; /* bytes in the name */
    size_t count;      /* letters; 0: too long to look at */
    uint32_t letters[ITD_CLI_HIGHLIGHT_LETTERS_MAX];
    uint8_t bytes[ITD_CLI_HIGHLIGHT_LETTERS_MAX]; /* that each letter takes */
} word;

/* Bit i: letter i is marked. */
typedef uint64_t marks;
_Static_assert(ITD_CLI_HIGHLIGHT_LETTERS_MAX <= 64, "a letter is a bit");

/* An apostrophe belongs to its word; combining marks do too, as part of it. */
static bool in_word(uint32_t c)
{
    return iswalnum((wint_t)c) || (c >= 0x80 && itd_cli_character_width(c) == 0);
}

static bool next_word(word *out, itd_sv name, size_t *at)
{
    bool begun = false;
    *out = (word){0};
    while (*at < name.size) {
        itd_sv rest = {name.data + *at, name.size - *at};
        size_t before = rest.size;
        uint32_t c;
        if (!itd_cli_next_character(&c, &rest))
            break;
        if (!in_word(c)) {
            if (begun)
                break;
        } else {
            if (!begun)
                out->start = *at;
            begun = true;
            if (out->count < ITD_CLI_HIGHLIGHT_LETTERS_MAX) {
                out->letters[out->count] = (uint32_t)towlower((wint_t)c);
                out->bytes[out->count] = (uint8_t)(before - rest.size);
            }
            out->count++;
            out->end = *at + (before - rest.size);
        }
        *at += before - rest.size;
    }
    if (out->count > ITD_CLI_HIGHLIGHT_LETTERS_MAX)
        out->count = 0;
    return begun;
}

/* Letters of `a` on a longest common subsequence with `b`; how many there are goes to `common`. */
static marks common_letters(const word *a, const word *b, size_t *common)
{
    uint8_t table[ITD_CLI_HIGHLIGHT_LETTERS_MAX + 1][ITD_CLI_HIGHLIGHT_LETTERS_MAX + 1];
    for (size_t i = 0; i <= a->count; i++)
        table[i][b->count] = 0;
    for (size_t j = 0; j <= b->count; j++)
        table[a->count][j] = 0;
    for (size_t i = a->count; i-- > 0;)
        for (size_t j = b->count; j-- > 0;) {
            uint8_t down = table[i + 1][j], right = table[i][j + 1];
            if (a->letters[i] == b->letters[j])
                table[i][j] = (uint8_t)(table[i + 1][j + 1] + 1);
            else
                table[i][j] = down > right ? down : right;
        }
    marks found = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        if (a->letters[i] == b->letters[j]) {
            found |= (marks)1 << i;
            i++;
            j++;
        } else if (table[i + 1][j] >= table[i][j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    *common = table[0][0];
    return found;
}

/* What of `a` agrees with the word of `other` that is nearest to it. Two thirds of the longer word have to, else the
 * letters agree by chance. */
static marks best_marks(const word *a, itd_sv other)
{
    marks best = 0;
    size_t best_common = 0, at = 0;
    word b;
    for (size_t i = 0; i < ITD_CLI_HIGHLIGHT_WORDS_MAX && next_word(&b, other, &at); i++) {
        if (a->count == 0 || b.count == 0)
            continue;
        size_t common, longer = a->count > b.count ? a->count : b.count;
        marks found = common_letters(a, &b, &common);
        if (common * 3 >= longer * 2 && common > best_common) {
            best = found;
            best_common = common;
        }
    }
    return best;
}

void itd_cli_highlight(itd_cli_text *out, const itd_cli_terminal *terminal, itd_sv name, itd_sv other)
{
    size_t at = 0, done = 0;
    word a;
    for (size_t i = 0; terminal->colour && i < ITD_CLI_HIGHLIGHT_WORDS_MAX && next_word(&a, name, &at); i++) {
        marks found = best_marks(&a, other);
        itd_cli_text_add(out, name.data + done, a.start - done);
        done = a.start;
        for (size_t letter = 0; letter < a.count;) {
            bool on = found >> letter & 1;
            size_t from = done;
            for (; letter < a.count && (found >> letter & 1) == on; letter++)
                done += a.bytes[letter];
            if (on)
                itd_cli_style_on(out, terminal, ITD_CLI_MATCH);
            itd_cli_text_add(out, name.data + from, done - from);
            if (on)
                itd_cli_style_off(out, terminal, ITD_CLI_MATCH);
        }
    }
    itd_cli_text_add(out, name.data + done, name.size - done);
}
