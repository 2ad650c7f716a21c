#include "read/mapping_words.h"

#include "read/mapping.h"

/* Lower case of the letters U+00C0 … U+00DE and U+0400 … U+042F, whose two bytes stay two. */
static void lower_pair(unsigned char *lead, unsigned char *trail)
{
    if (*lead == 0xC3 && *trail >= 0x80 && *trail <= 0x9E && *trail != 0x97)
        *trail |= 0x20;
    else if (*lead == 0xD0 && *trail >= 0x90 && *trail <= 0x9F)
        *trail |= 0x20;
    else if (*lead == 0xD0 && *trail >= 0xA0 && *trail <= 0xAF) {
        *lead = 0xD1;
        *trail &= 0x9F;
    } else if (*lead == 0xD0 && *trail >= 0x80 && *trail <= 0x8F) {
        *lead = 0xD1;
        *trail |= 0x10;
    }
}

itd_sv itd_mapping_plain(char *out, itd_sv header)
{
    size_t size = 0;
    for (size_t i = 0; i < header.size; i++) {
        unsigned char c = (unsigned char)header.data[i], next;
        if (c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9'))
            continue;
        if (size + 2 > ITD_MAPPING_WORD_BYTES_MAX)
            return ITD_SV("");
        if (c < 0x80) {
            out[size++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        } else if ((c == 0xC3 || c == 0xD0) && i + 1 < header.size) {
            next = (unsigned char)header.data[++i];
            lower_pair(&c, &next);
            out[size++] = (char)c;
            out[size++] = (char)next;
        } else {
            out[size++] = (char)c;
        }
    }
    return itd_sv_make(out, size);
}

const char *itd_mapping_word(itd_sv header, bool *plural)
{
    char text[ITD_MAPPING_WORD_BYTES_MAX];
    itd_sv word = itd_mapping_plain(text, header);
    size_t low = 0, high = itd_mapping_word_count;
    while (word.size > 0 && low < high) {
        size_t middle = low + (high - low) / 2;
        int order = itd_sv_compare(itd_sv_of(itd_mapping_words[middle].word), word);
        if (order == 0) {
            *plural = itd_mapping_words[middle].many;
            return itd_mapping_words[middle].meaning;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
