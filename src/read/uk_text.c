#include "read/uk_text.h"

#include <stdio.h>

#include "interdict/identifier.h"
#include "model/country.h"
#include "read/ofac_text.h"

/* --- Lists in one field --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A marker at `at`: "(12)", "12)", "a)", or a range, "(2)-(6)" or "(2-6)", which counts as its last; its size and
 * number, or 0. A bare one stands at the start or after a blank. */
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
    unsigned last = 0;
    size_t more = round && itd_sv_starts(itd_sv_slice(text, p, 2), ITD_SV("-(")) ? marker_at(text, p + 1, &last) : 0;
    if (more > 0 && last > *number) {
        *number = last;
        p += 1 + more;
    }
    return p - at;
}

itd_sv itd_uk_list(itd_sv text)
{
    return itd_sv_trim(text);
}

static itd_sv end_cleaned(itd_sv value)
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

/* Where the marker that follows `number` stands, written in the same way; the size of the text when there is none. A
 * range starts with that number. */
static size_t next_marker(itd_sv text, size_t from, unsigned number)
{
    char forms[2][16];
    bool round = text.data[0] == '(';
    int sizes[2] = {snprintf(forms[0], sizeof forms[0], round ? "(%u)" : " %u)", number + 1),
                    snprintf(forms[1], sizeof forms[1], round ? "(%c)" : " %c)", 'a' + (int)(number % 26))};
    size_t at = text.size;
    for (size_t i = 0; i < 2; i++) {
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
        *value = end_cleaned(itd_sv_slice(*rest, start, end - start));
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

/* --- Papers --- */

static bool has_digit(itd_sv word)
{
    for (size_t i = 0; i < word.size; i++)
        if (is_digit(word.data[i]))
            return true;
    return false;
}

static bool ends_word(char c)
{
    return c == ' ' || c == ',' || c == ';' || c == ':';
}

/* "D " before "9004878" belongs to the number. */
static bool is_series(itd_sv text)
{
    text = itd_sv_trim(text);
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < 'A' || text.data[i] > 'Z')
            return false;
    return text.size == 1 || text.size == 2;
}

/* "Passport No:" and "OGRN -" without what leads to the number. */
static itd_sv label_cleaned(itd_sv label)
{
    for (;;) {
        label = itd_sv_trim(label);
        if (itd_sv_ends(label, ITD_SV(":")) || itd_sv_ends(label, ITD_SV("-")))
            label.size--;
        else if (itd_sv_ends(label, ITD_SV("\xE2\x80\x93"))) /* en dash */
            label.size -= 3;
        else
            return label;
    }
}

/* The first word with a digit is the number; what stands before it names the paper, what follows says more. */
static bool take_number(itd_sv text, itd_sv *before, itd_sv *number, itd_sv *after)
{
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !ends_word(text.data[end]))
            end++;
        itd_sv word = itd_sv_slice(text, at, end - at);
        if (has_digit(word)) {
            if (is_series(itd_sv_slice(text, 0, at))) {
                word = itd_sv_slice(text, 0, end);
                at = 0;
            }
            *before = label_cleaned(itd_sv_slice(text, 0, at));
            *after = itd_sv_trim(itd_sv_slice(text, end, SIZE_MAX));
            if (itd_sv_ends(word, ITD_SV(".")))
                word.size--;
            *number = word;
            return true;
        }
        at = end + 1;
    }
    return false;
}

static itd_sv first_brackets(itd_sv text)
{
    size_t close = itd_sv_starts(text, ITD_SV("(")) ? itd_sv_find(text, ITD_SV(")"), 0) : SIZE_MAX;
    return close == SIZE_MAX ? ITD_SV_NONE : itd_sv_slice(text, 1, close - 1);
}

static void add_paper(const itd_uk_entry *entry, itd_schema schema, itd_property property, itd_sv type, itd_sv number,
                      itd_sv details)
{
    itd_record *record = entry->record;
    bool passport = schema == ITD_S_Passport;
    itd_sv said[] = {type, number};
    char hashed[ITD_OFAC_SUFFIX_MAX];
    itd_sv bracket = first_brackets(details);
    const char *country = itd_uk_country(bracket.size > 3 ? bracket : details);
    itd_record_add(record, entry->part, property, number);
    if (!itd_schema_is(entry->schema, ITD_S_LegalEntity))
        return; /* nothing else can hold a paper */
    itd_part paper = itd_record_part(record, schema, itd_ofac_suffix(hashed, passport ? "passport-" : "id-", said, 2));
    itd_record_link(record, paper, ITD_P_Identification_holder, entry->part);
    itd_record_add(record, paper, ITD_P_Identification_type, type);
    itd_record_add(record, paper, passport ? ITD_P_Passport_passportNumber : ITD_P_Identification_number, number);
    if (country)
        itd_record_add_as(record, paper, ITD_P_Identification_country, itd_sv_of(country), details, ITD_SV_NONE);
    itd_record_add(record, paper, ITD_P_Interval_summary, details);
}

void itd_uk_add_papers(const itd_uk_entry *entry, itd_schema paper, itd_property property, const char *label,
                       itd_sv numbers, itd_sv details)
{
    if (numbers.size == 0) {
        itd_uk_add_note(entry, label, details);
        return;
    }
    /* Details belong to the numbers one by one when there are as many. */
    bool paired = itd_uk_list_count(numbers) == itd_uk_list_count(details);
    itd_sv rest = itd_uk_list(numbers), more = itd_uk_list(details), text, before, number, after;
    if (!paired)
        itd_uk_add_note(entry, label, details);
    while (itd_uk_list_next(&text, &rest, true)) {
        itd_sv detail = ITD_SV_NONE;
        if (paired && !itd_uk_list_next(&detail, &more, true))
            detail = ITD_SV_NONE;
        if (text.size == 0 || !take_number(text, &before, &number, &after)) {
            itd_uk_add_note(entry, label, text);
            itd_uk_add_note(entry, label, detail);
            continue;
        }
        itd_sv both[] = {after, detail};
        itd_sv type = before.size > 0 ? before : itd_sv_of(label);
        add_paper(entry, paper, property, type, number, itd_record_join(entry->record, "; ", both, 2));
    }
}

/* Which register a number is of, by the words before it. */
static itd_property register_of(itd_sv words)
{
    static const struct {
        const char *word;
        itd_property property;
    } registers[] = {
        {"OGRN", ITD_P_LegalEntity_ogrnCode},
        {"OKPO", ITD_P_LegalEntity_okpoCode},
        {"INN", ITD_P_LegalEntity_innCode},
        {"SWIFT", ITD_P_LegalEntity_swiftBic},
        {"BIC", ITD_P_LegalEntity_swiftBic},
        {"LEI", ITD_P_LegalEntity_leiCode},
        {"Legal Entity Identifier", ITD_P_LegalEntity_leiCode},
        {"VAT", ITD_P_LegalEntity_vatCode},
        {"Tax", ITD_P_LegalEntity_taxNumber},
        {"TIN", ITD_P_LegalEntity_taxNumber},
        {"License", ITD_P_LegalEntity_licenseNumber},
    };
    for (size_t i = 0; i < sizeof registers / sizeof registers[0]; i++)
        if (itd_sv_find(words, itd_sv_of(registers[i].word), 0) != SIZE_MAX)
            return registers[i].property;
    return ITD_P_LegalEntity_registrationNumber;
}

/* Codes with a check are taken under their property only when the check passes: "BIC: 136001" is no BIC. */
static itd_property checked(itd_property property, itd_sv number)
{
    static const struct {
        itd_property property;
        const char *kind;
    } kinds[] = {
        {ITD_P_LegalEntity_ogrnCode, "ogrn"},
        {ITD_P_LegalEntity_innCode, "inn"},
        {ITD_P_LegalEntity_swiftBic, "bic"},
        {ITD_P_LegalEntity_leiCode, "lei"},
    };
    itd_identifier identifier;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].property == property &&
            itd_identifier_parse(&identifier, kinds[i].kind, number.data, number.size, NULL) != ITD_OK)
            return ITD_P_LegalEntity_registrationNumber;
    return property;
}

static bool add_registration(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv before, number, after;
    if (!take_number(text, &before, &number, &after))
        return false;
    itd_property property = checked(register_of(before), number);
    add_paper(entry, ITD_S_Identification, property, before.size ? before : ITD_SV("Business Reg No"), number, after);
    return true;
}

/* Where the sentence that starts at `from` ends: at ". ", but not that of "No. 5". */
static size_t sentence_end(itd_sv text, size_t from)
{
    for (size_t at = itd_sv_find(text, ITD_SV(". "), from); at != SIZE_MAX;
         at = itd_sv_find(text, ITD_SV(". "), at + 1))
        if (at < from + 2 || !itd_sv_equal_nocase(itd_sv_slice(text, at - 2, 2), ITD_SV("no")))
            return at;
    return text.size;
}

/* "1027700073466 (Russia). Tax ID No. 7735007358 (Russia)" is two when each sentence has a number. */
static bool each_has_number(itd_sv text)
{
    for (size_t at = 0, end; at < text.size; at = end + 2) {
        end = sentence_end(text, at);
        if (!has_digit(itd_sv_slice(text, at, end - at)))
            return false;
    }
    return true;
}

void itd_uk_add_registrations(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value;
    while (itd_uk_list_next(&value, &rest, false)) {
        bool several = each_has_number(value);
        for (size_t at = 0, end; at < value.size; at = end + 2) {
            end = several ? sentence_end(value, at) : value.size;
            itd_sv one = itd_sv_slice(value, at, end - at);
            if (!itd_schema_is(entry->schema, ITD_S_LegalEntity) || !add_registration(entry, one))
                itd_uk_add_note(entry, "Business Reg No", one);
        }
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
