#include "cli/display.h"

#include <wchar.h>

#define REPLACEMENT 0xFFFD

bool itd_cli_next_character(uint32_t *out, itd_sv *rest)
{
    if (rest->size == 0)
        return false;
    const unsigned char *p = (const unsigned char *)rest->data;
    size_t length = 1;
    uint32_t c = p[0], least = 0;
    if (c >= 0xC2 && c <= 0xDF) {
        length = 2;
        c &= 0x1F;
        least = 0x80;
    } else if (c >= 0xE0 && c <= 0xEF) {
        length = 3;
        c &= 0x0F;
        least = 0x800;
    } else if (c >= 0xF0 && c <= 0xF4) {
        length = 4;
        c &= 0x07;
        least = 0x10000;
    } else if (c >= 0x80) {
        c = REPLACEMENT;
    }
    bool valid = length <= rest->size;
    for (size_t i = 1; valid && i < length; i++) {
        valid = (p[i] & 0xC0) == 0x80;
        c = c << 6 | (p[i] & 0x3F);
    }
    if (!valid || c < least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = REPLACEMENT;
        length = 1;
    }
    *out = c;
    rest->data += length;
    rest->size -= length;
    return true;
}

size_t itd_cli_character_width(uint32_t character)
{
    int width = wcwidth((wchar_t)character);
    return width < 0 ? 1 : (size_t)width;
}

size_t itd_cli_width(itd_sv text)
{
    size_t width = 0;
    uint32_t c;
    while (itd_cli_next_character(&c, &text))
        width += itd_cli_character_width(c);
    return width;
}

typedef enum fate { KEEP, BLANK, REPLACE, DROP } fate;

static fate fate_of(uint32_t c)
{
    if (c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
        return BLANK;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == REPLACEMENT)
        return REPLACE;
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) /* embeddings, overrides, isolates */
        return REPLACE;
    if ((c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F)) /* annotations, tags */
        return REPLACE;
    if (c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF || c == 0x2060) /* marks that show nothing */
        return DROP;
    return KEEP;
}

void itd_cli_clean(itd_cli_text *out, itd_sv raw)
{
    uint32_t c;
    for (itd_sv rest = raw; rest.size > 0;) {
        const char *start = rest.data;
        if (!itd_cli_next_character(&c, &rest))
            break;
        switch (fate_of(c)) {
        case KEEP:
            itd_cli_text_add(out, start, (size_t)(rest.data - start));
            break;
        case BLANK:
            itd_cli_text_puts(out, " ");
            break;
        case REPLACE:
            itd_cli_text_puts(out, "\xEF\xBF\xBD");
            break;
        case DROP:
            break;
        }
    }
}

void itd_cli_cut(itd_cli_text *out, itd_sv text, size_t width)
{
    if (itd_cli_width(text) <= width) {
        itd_cli_text_add(out, text.data, text.size);
        return;
    }
    size_t used = 0;
    uint32_t c;
    itd_sv rest = text;
    while (rest.size > 0) {
        const char *start = rest.data;
        if (!itd_cli_next_character(&c, &rest) || used + itd_cli_character_width(c) + 1 > width)
            break;
        itd_cli_text_add(out, start, (size_t)(rest.data - start));
        used += itd_cli_character_width(c);
    }
    if (width > 0)
        itd_cli_text_puts(out, "\xE2\x80\xA6");
}

bool itd_cli_wrap(itd_sv *line, itd_sv *rest, size_t width)
{
    while (rest->size > 0 && rest->data[0] == ' ') {
        rest->data++;
        rest->size--;
    }
    if (rest->size == 0)
        return false;
    itd_sv after = *rest;
    size_t used = 0, taken = 0, at_blank = 0;
    uint32_t c;
    while (after.size > 0) {
        itd_sv before = after;
        if (!itd_cli_next_character(&c, &after))
            break;
        if (c == ' ')
            at_blank = taken;
        used += itd_cli_character_width(c);
        if (used > width && taken > 0) {
            if (c != ' ')
                taken = at_blank > 0 ? at_blank : taken;
            break;
        }
        taken += before.size - after.size;
    }
    *line = (itd_sv){rest->data, taken};
    rest->data += taken;
    rest->size -= taken;
    while (line->size > 0 && line->data[line->size - 1] == ' ')
        line->size--;
    return true;
}

void itd_cli_paragraph(itd_cli_text *out, itd_sv text, size_t indent, size_t width)
{
    size_t inside = width > indent + 20 ? width - indent : 20;
    itd_sv line;
    for (bool first = true; itd_cli_wrap(&line, &text, inside); first = false) {
        if (!first)
            itd_cli_text_repeat(out, " ", indent);
        itd_cli_text_add(out, line.data, line.size);
        itd_cli_text_puts(out, "\n");
    }
}
