#include "interdict/nearest.h"

#include <stdint.h>

#include "base/sv.h"

/** A wrong word of so many bytes may stand anywhere in the right one. */
#define INSIDE_MIN 4

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t edits_between(itd_sv a, itd_sv b)
{
    if (a.size > ITD_NEAREST_MAX || b.size > ITD_NEAREST_MAX)
        return SIZE_MAX;
    size_t rows[3][ITD_NEAREST_MAX + 1];
    size_t *above2 = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t *free_row = above2;
        above2 = above;
        above = row;
        row = free_row;
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            char c = lower(a.data[i - 1]), d = lower(b.data[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (c != d));
            if (i > 1 && j > 1 && c == lower(b.data[j - 2]) && lower(a.data[i - 2]) == d)
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return row[b.size];
}

static bool holds(itd_sv word, itd_sv piece)
{
    for (size_t at = 0; at + piece.size <= word.size; at++)
        if (itd_sv_starts_nocase(itd_sv_slice(word, at, word.size), piece))
            return true;
    return false;
}

void itd_nearest_offer(itd_nearest *nearest, itd_sv word)
{
    itd_sv wrong = nearest->wrong;
    size_t edits = edits_between(wrong, word), most = wrong.size / 3 > 0 ? wrong.size / 3 : 1;
    if (wrong.size == 1)
        most = 0; /* any letter is one edit from any other */
    if ((wrong.size >= 2 && itd_sv_starts_nocase(word, wrong)) || (wrong.size >= INSIDE_MIN && holds(word, wrong)))
        edits = least(edits, 1);
    if (edits > most || word.size == 0)
        return;
    if (!nearest->best.data || edits < nearest->edits ||
        (edits == nearest->edits && itd_sv_compare(word, nearest->best) < 0)) {
        nearest->best = word;
        nearest->edits = edits;
    }
}
