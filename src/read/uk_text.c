#include "read/uk_text.h"

#include <stdio.h>

#include "model/country.h"
#include "read/ofac_text.h"

/* --- Lists in one field --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A marker at `at`: "(12)", "12)", "a)", or a range, "(2)-(6)", "(2) to (6)" or "(2-6)", which counts as its last; its
 * size and number, or 0. A bare one stands at the start or after a blank. */
static size_t marker_at(itd_sv text, size_t at, unsigned *number)
{
    size_t p = at, digits;
    bool round = p < text.size && text.data[p] == '(';
    if (!round && p > 0 && text.data[p - 1] != ' ')
        return 0;
    p += round;
    *number = 0;
    for (digits = 0; p < text.size && is_digit(text.data[p]) && digits < 3; digits++)
        *number = *number * 10 + (unsigned)(text.data[p++] - '0');
    if (digits == 0 && p < text.size && text.data[p] >= 'a' && text.data[p] <= 'h') {
        *number = (unsigned)(text.data[p++] - 'a') + 1;
        digits = 1;
    }
    if (round && digits > 0 && p + 1 < text.size && text.data[p] == '-' && is_digit(text.data[p + 1])) {
        *number = 0; /* "(1-3)" */
        for (digits = 0, p++; p < text.size && is_digit(text.data[p]) && digits < 3; digits++)
            *number = *number * 10 + (unsigned)(text.data[p++] - '0');
    }
    if (digits == 0 || digits > 2 || p >= text.size || text.data[p] != ')')
        return 0;
    p++;
    static const char *const joins[] = {"-", " to "};
    for (size_t i = 0; round && i < 2; i++) {
        itd_sv join = itd_sv_of(joins[i]);
        unsigned last = 0;
        size_t q = p + join.size;
        bool joined = q < text.size && text.data[q] == '(' && itd_sv_starts(itd_sv_slice(text, p, SIZE_MAX), join);
        size_t more = joined ? marker_at(text, q, &last) : 0;
        if (more == 0 || last <= *number)
            continue;
        *number = last;
        return q + more - at;
    }
    return p - at;
}

itd_sv itd_uk_list(itd_sv text)
{
    return itd_sv_trim(text);
}

itd_sv itd_uk_end_cleaned(itd_sv value)
{
    value = itd_sv_trim(value);
    while (value.size > 0 && (value.data[value.size - 1] == ',' || value.data[value.size - 1] == ';'))
        value = itd_sv_trim(itd_sv_make(value.data, value.size - 1));
    return value;
}

static bool is_nothing(itd_sv value)
{
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] != '-' && value.data[i] != '.' && value.data[i] != ' ')
            return false;
    return true;
}

/* Where the marker that follows `number` stands, written in the same way, or in brackets that number once more; the
 * size of the text when there is none. A range starts with that number. */
static size_t next_marker(itd_sv text, size_t from, unsigned number)
{
    char forms[3][16];
    bool round = text.data[0] == '(';
    int sizes[3] = {snprintf(forms[0], sizeof forms[0], round ? "(%u)" : " %u)", number + 1),
                    snprintf(forms[1], sizeof forms[1], round ? "(%c)" : " %c)", 'a' + (int)(number % 26)),
                    snprintf(forms[2], sizeof forms[2], "(%u)", number)};
    size_t at = text.size;
    for (size_t i = 0; i < (round ? 3 : 2); i++) {
        size_t hit = itd_sv_find(text, itd_sv_make(forms[i], (size_t)sizes[i]), from);
        if (hit != SIZE_MAX && hit + !round < at)
            at = hit + !round;
    }
    return at;
}

bool itd_uk_list_next(itd_sv *value, itd_sv *rest, bool keep_empty)
{
    while (rest->size > 0) {
        unsigned number = 0;
        size_t start = marker_at(*rest, 0, &number), end = rest->size;
        if (start > 0)
            end = next_marker(*rest, start, number);
        itd_sv text = itd_sv_trim(itd_sv_slice(*rest, start, end - start));
        for (size_t out_of_order; itd_sv_starts(text, ITD_SV("(")) && (out_of_order = marker_at(text, 0, &number)) > 0;)
            text = itd_sv_trim(itd_sv_slice(text, out_of_order, SIZE_MAX));
        *value = itd_uk_end_cleaned(text);
        *rest = itd_sv_slice(*rest, end, SIZE_MAX);
        if (is_nothing(*value))
            *value = ITD_SV_NONE;
        if (value->size > 0 || keep_empty)
            return true;
    }
    return false;
}

size_t itd_uk_list_count(itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value;
    size_t count = 0;
    while (itd_uk_list_next(&value, &rest, true))
        count++;
    return count;
}

/* --- Countries and notes --- */

const char *itd_uk_country(itd_sv text)
{
    text = itd_sv_trim(text);
    const char *code = itd_country_find(text);
    static const char *const ends[] = {" (", ". ", ", ", " number", " passport", " diplomatic", " national "};
    for (size_t i = 0; !code && i < sizeof ends / sizeof ends[0]; i++) {
        size_t at = itd_sv_find_nocase(text, itd_sv_of(ends[i]), 0);
        if (at != SIZE_MAX && at >= 4) /* shorter words could be taken for codes */
            code = itd_country_find(itd_sv_slice(text, 0, at));
    }
    if (!code && itd_sv_ends(text, ITD_SV(".")))
        code = itd_country_find(itd_sv_make(text.data, text.size - 1));
    return code;
}

static void add_country(itd_record *record, itd_part part, itd_property property, itd_sv text)
{
    const char *code = itd_uk_country(text);
    if (code)
        itd_record_add_as(record, part, property, itd_sv_of(code), text, ITD_SV_NONE);
    else
        itd_record_add(record, part, property, text);
}

void itd_uk_add_countries(const itd_uk_entry *entry, itd_property property, itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value;
    while (itd_uk_list_next(&value, &rest, false))
        add_country(entry->record, entry->part, property, value);
}

void itd_uk_add_note(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    text = itd_sv_trim(text);
    itd_sv words[] = {itd_sv_of(label), text};
    if (text.size > 0)
        itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, itd_record_join(entry->record, ": ", words, 2));
}

void itd_uk_add_list(const itd_uk_entry *entry, const char *name, const char *label, itd_sv text)
{
    itd_property property = itd_property_find(entry->schema, itd_sv_of(name));
    if (property == ITD_PROPERTY_NONE) {
        itd_uk_add_note(entry, label, text);
        return;
    }
    itd_sv rest = itd_uk_list(text), value;
    while (itd_uk_list_next(&value, &rest, false)) {
        if (itd_property_typeof(property) == ITD_TYPE_COUNTRY)
            add_country(entry->record, entry->part, property, value);
        else if (itd_property_typeof(property) == ITD_TYPE_ENTITY)
            itd_uk_add_named(entry, entry->part, property, value);
        else
            itd_record_add(entry->record, entry->part, property, value);
    }
}

/* --- Relations --- */

void itd_uk_add_named(const itd_uk_entry *entry, itd_part part, itd_property property, itd_sv name)
{
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_part named = itd_record_part(entry->record, ITD_S_LegalEntity, itd_ofac_suffix(hashed, "named-", &name, 1));
    itd_record_add(entry->record, named, ITD_P_Thing_name, name);
    itd_record_link(entry->record, part, property, named);
}

void itd_uk_add_link(const itd_uk_entry *entry, const char *role, itd_sv name)
{
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_sv said[] = {itd_sv_of(role), name};
    itd_part link = itd_record_part(entry->record, ITD_S_UnknownLink, itd_ofac_suffix(hashed, "link-", said, 2));
    itd_record_link(entry->record, link, ITD_P_UnknownLink_subject, entry->part);
    itd_record_add(entry->record, link, ITD_P_Interest_role, itd_sv_of(role));
    itd_uk_add_named(entry, link, ITD_P_UnknownLink_object, name);
}
