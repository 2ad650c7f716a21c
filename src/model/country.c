#include "model/country.h"

#include "model/country_table.h"

/* A text is folded into a key (letters without case and accents, digits, single blanks), and keys are looked up. What
 * lists add to the name of a country, such as "(previous address)" or "as at May 2014", is cut off when the whole text
 * is no country. A text that counts up several countries, "(1) Iraq (2) Iran", names none. */

#define TEXT_MAX 256

typedef struct key {
    char bytes[TEXT_MAX + 8];
    size_t size;
} key;

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static void key_letter(key *out, const char *letter, size_t size)
{
    memcpy(out->bytes + out->size, letter, size);
    out->size += size;
}

static void key_blank(key *out)
{
    if (out->size > 0 && out->bytes[out->size - 1] != ' ')
        out->bytes[out->size++] = ' ';
}

/* A code point of two bytes: U+0080 … U+07FF. */
static void fold_pair(key *out, const char *at)
{
    unsigned code = ((unsigned char)at[0] & 0x1Fu) << 6 | ((unsigned char)at[1] & 0x3Fu);
    if ((code >= 0x300 && code <= 0x36F) || code == 0x2BC || code == 0xB4) /* combining marks, apostrophes */
        return;
    if (code < 0xC0) {
        key_blank(out);
        return;
    }
    if (code > ITD_COUNTRY_FOLD_LAST) {
        key_letter(out, at, 2);
        return;
    }
    const char *letter = itd_country_letters[code - ITD_COUNTRY_FOLD_FIRST];
    if (letter[0])
        key_letter(out, letter, strlen(letter));
    else
        key_blank(out);
}

static void fold_ascii(key *out, char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c | 0x20);
    if (is_plain((unsigned char)c)) {
        key_letter(out, &c, 1);
    } else if (c == '&') {
        key_blank(out);
        key_letter(out, "and ", 4);
    } else if (c != '.' && c != '\'' && c != '`') {
        key_blank(out);
    }
}

/* False when the text is too long for any country. A step adds five bytes at most ("&": " and "), which the room past
 * TEXT_MAX holds. */
static bool fold(key *out, itd_sv text)
{
    out->size = 0;
    for (size_t i = 0; i < text.size;) {
        if (out->size > TEXT_MAX)
            return false;
        unsigned char c = (unsigned char)text.data[i];
        if (c < 0x80) {
            fold_ascii(out, text.data[i++]);
        } else if (c >= 0xC2 && c < 0xE0 && i + 1 < text.size) {
            fold_pair(out, text.data + i);
            i += 2;
        } else if (i + 2 < text.size && c == 0xE2 && (unsigned char)text.data[i + 1] == 0x80) {
            if ((unsigned char)text.data[i + 2] != 0x99 && (unsigned char)text.data[i + 2] != 0x98) /* ’ and ‘ */
                key_blank(out);
            i += 3;
        } else {
            key_letter(out, text.data + i++, 1);
        }
    }
    while (out->size > 0 && out->bytes[out->size - 1] == ' ')
        out->size--;
    return true;
}

static const char *find_key(itd_sv text)
{
    if (itd_sv_starts(text, ITD_SV("the ")))
        text = itd_sv_slice(text, 4, text.size);
    uint16_t row = itd_name_slots_find(itd_country_slots, ITD_COUNTRY_SLOTS, text);
    return row == UINT16_MAX ? NULL : itd_country_rows[row].code;
}

/* "former ussr currently ukraine" is Ukraine; "syria as at june 2013" and "possibly ethiopian" are what they say. */
static const char *find_without_words(itd_sv text)
{
    static const char *const renamed[] = {" now ", " currently "};
    static const char *const later[] = {" as at ", " as of ", " since ", " previously "};
    static const char *const before[] = {"possibly ", "in ", "former ", "formerly "};
    static const char *const after[] = {" citizenship", " citizen", " nationality", " national"};
    for (size_t i = 0; i < sizeof renamed / sizeof renamed[0]; i++) {
        size_t at = itd_sv_find(text, itd_sv_of(renamed[i]), 0);
        if (at != SIZE_MAX)
            return find_key(itd_sv_slice(text, at + strlen(renamed[i]), text.size));
    }
    for (size_t i = 0; i < sizeof later / sizeof later[0]; i++)
        text = itd_sv_slice(text, 0, itd_sv_find(text, itd_sv_of(later[i]), 0));
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (itd_sv_starts(text, itd_sv_of(before[i])))
            text = itd_sv_slice(text, strlen(before[i]), text.size);
    for (size_t i = 0; i < sizeof after / sizeof after[0]; i++)
        if (itd_sv_ends(text, itd_sv_of(after[i])))
            text = itd_sv_slice(text, 0, text.size - strlen(after[i]));
    return find_key(text);
}

/* The text before its notes in parentheses, when notes are all that follows and none of them is a counter. */
static itd_sv without_notes(itd_sv text)
{
    size_t open = itd_sv_find(text, ITD_SV("("), 0);
    if (open == SIZE_MAX || open == 0)
        return ITD_SV_NONE;
    for (size_t at = open; at < text.size;) {
        size_t close = itd_sv_find(text, ITD_SV(")"), at);
        if (text.data[at] != '(' || close == SIZE_MAX || close - at < 4)
            return ITD_SV_NONE;
        for (at = close + 1; at < text.size && (text.data[at] == ' ' || text.data[at] == '.'); at++)
            ;
    }
    return itd_sv_slice(text, 0, open);
}

const char *itd_country_find(itd_sv text)
{
    key folded;
    if (!fold(&folded, text))
        return NULL;
    const char *code = find_key(itd_sv_make(folded.bytes, folded.size));
    if (!code)
        code = find_without_words(itd_sv_make(folded.bytes, folded.size));
    itd_sv bare = code ? ITD_SV_NONE : without_notes(itd_sv_trim(text));
    if (bare.size > 0 && fold(&folded, bare))
        code = find_without_words(itd_sv_make(folded.bytes, folded.size));
    return code;
}

const char *itd_country_name(itd_sv code)
{
    key folded; /* "iq-kr" lies under "iq kr" */
    if (!fold(&folded, code))
        return NULL;
    uint16_t row = itd_name_slots_find(itd_country_slots, ITD_COUNTRY_SLOTS, itd_sv_make(folded.bytes, folded.size));
    return row != UINT16_MAX && itd_sv_is(code, itd_country_rows[row].code) ? itd_country_rows[row].name : NULL;
}
