#include "read/holding.h"

#include "read/mapping_words.h"
#include "read/uk_psc_nature.h"

static bool find(itd_stake_kind *out, itd_sv type)
{
    char text[ITD_MAPPING_WORD_BYTES_MAX];
    itd_sv word = itd_mapping_plain(text, type);
    size_t low = 0, high = itd_holding_word_count;
    while (word.size > 0 && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = itd_sv_compare(itd_sv_of(itd_holding_words[middle].word), word);
        if (order == 0) {
            *out = itd_holding_words[middle].kind;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The code of a nature of control: lower case, hyphens between words. */
static itd_sv code_of(char *out, size_t room, itd_sv type)
{
    size_t size = 0;
    itd_sv text = itd_sv_trim(type);
    for (size_t i = 0; i < text.size && size < room; i++) {
        char c = text.data[i];
        bool between = c == ' ' || c == '_' || c == '-';
        if (between && size > 0 && out[size - 1] == '-')
            continue;
        out[size++] = between ? '-' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    return itd_sv_make(out, size);
}

bool itd_holding_read(itd_stake *out, itd_sv type)
{
    char text[ITD_MAPPING_WORD_BYTES_MAX + 1];
    itd_stake found = {.kind = ITD_STAKE_LINK};
    if (!find(&found.kind, type) &&
        (!itd_uk_psc_nature(&found, code_of(text, sizeof text, type)) || found.kind > ITD_STAKE_CONTROL))
        return false;
    out->kind = found.kind;
    out->share_min_ppm = found.share_min_ppm;
    out->share_max_ppm = found.share_max_ppm;
    return true;
}
