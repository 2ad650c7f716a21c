#include "model/identifier_text.h"

#include <string.h>

static bool is_separator(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == ':' || c == '/' || c == '\t';
}

bool itd_compact_drop(itd_compact *compact, const char *word)
{
    size_t size = strlen(word);
    if (compact->size < size || memcmp(compact->text, word, size) != 0)
        return false;
    memmove(compact->text, compact->text + size, compact->size - size + 1);
    memmove(compact->at, compact->at + size, (compact->size - size + 1) * sizeof *compact->at);
    compact->size -= size;
    return true;
}

itd_status itd_compact_read(itd_compact *out, const char *label, const char *text, size_t size, itd_refusal refusal)
{
    out->size = 0;
    for (size_t i = 0; i < size; i++) {
        if (is_separator(text[i]))
            continue;
        char c = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
        if (!itd_is_digit(c) && !itd_is_letter(c))
            return itd_refuse(refusal, "a sign that does not belong there", i);
        if (out->size == ITD_IDENTIFIER_MAX)
            return itd_refuse(refusal, "too long", i);
        out->at[out->size] = (uint16_t)(i < UINT16_MAX ? i : UINT16_MAX);
        out->text[out->size++] = c;
    }
    out->text[out->size] = '\0';
    out->at[out->size] = (uint16_t)(size < UINT16_MAX ? size : UINT16_MAX);
    while (label && itd_compact_drop(out, label))
        while (itd_compact_drop(out, "NUMBER") || itd_compact_drop(out, "NO"))
            ;
    return ITD_OK;
}

size_t itd_compact_not_digit(const itd_compact *compact)
{
    for (size_t i = 0; i < compact->size; i++)
        if (!itd_is_digit(compact->text[i]))
            return i;
    return SIZE_MAX;
}

unsigned itd_mod97(unsigned so_far, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned value = itd_is_digit(text[i]) ? (unsigned)(text[i] - '0') : (unsigned)(text[i] - 'A' + 10);
        so_far = (so_far * (value < 10 ? 10 : 100) + value) % 97;
    }
    return so_far;
}
