#include "match/pairing.h"

/* Endings by which a name of a woman differs from that of a man. */

static itd_sv without(itd_sv word, itd_sv end)
{
    return itd_sv_ends(word, end) ? itd_sv_slice(word, 0, word.size - end.size) : ITD_SV_NONE;
}

bool itd_word_is_feminine(itd_sv word, itd_sv other)
{
    static const char *const ends[][2] = {
        {"skaya", "sky"}, {"skaya", "skiy"}, {"skaya", "skii"}, {"skaia", "skii"}, {"skaya", "ski"},
        {"ska", "ski"},   {"vna", "vich"},   {"vna", "vitch"},  {"aya", "y"},      {"aya", "iy"},
    };
    if (word.size == other.size + 1 && word.data[word.size - 1] == 'a' && itd_sv_starts(word, other))
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        itd_sv a = without(word, itd_sv_of(ends[i][0])), b = without(other, itd_sv_of(ends[i][1]));
        if (a.size && b.size && (itd_sv_equal(a, b) || (a.size + 1 == b.size && itd_sv_starts(b, a))))
            return true;
    }
    return false;
}
