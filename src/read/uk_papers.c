#include <stdio.h>

#include "interdict/identifier.h"
#include "read/ofac_text.h"
#include "read/uk_text.h"

/* Papers and register numbers that stand in free text: which words are the number, and which say what it is. */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

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

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static size_t word_end(itd_sv text, size_t at)
{
    while (at < text.size && !ends_word(text.data[at]))
        at++;
    return at;
}

/* Where the word that ends at `end`, blanks apart, starts. */
static size_t word_before(itd_sv text, size_t end, size_t *start)
{
    while (end > 0 && text.data[end - 1] == ' ')
        end--;
    for (*start = end; *start > 0 && !ends_word(text.data[*start - 1]);)
        --*start;
    return end - *start;
}

static bool all_upper(itd_sv word)
{
    for (size_t i = 0; i < word.size; i++)
        if (!is_upper(word.data[i]))
            return false;
    return word.size > 0;
}

/* Where a number begins whose first digit is in the word at `at`: "D " before "9004878" belongs to it, and "BDA YSF "
 * of an Italian fiscal code; "ID", "NO" and the like name it. */
static size_t number_start(itd_sv text, size_t at)
{
    static const char *const names[] = {"ID", "NO", "NR", "CR", "BR", "RC", "NI"};
    size_t start, before, size = word_before(text, at, &start);
    itd_sv word = itd_sv_slice(text, start, size);
    if (!all_upper(word) || size > 3)
        return at;
    if (size == 3) {
        bool code = word_before(text, start, &before) == 3 && all_upper(itd_sv_slice(text, before, 3)) &&
                    word_end(text, at) == at + 5 && is_digit(text.data[at]) && is_upper(text.data[at + 2]);
        return code ? before : at;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (itd_sv_is(word, names[i]))
            return at;
    return start;
}

static bool is_month(itd_sv word)
{
    itd_date date;
    itd_sv words[] = {ITD_SV("1 "), word, ITD_SV(" 2000")};
    char text[32];
    size_t size = 0;
    if (word.size == 0 || word.size > 12)
        return false;
    for (size_t i = 0; i < 3; i++) {
        memcpy(text + size, words[i].data, words[i].size);
        size += words[i].size;
    }
    return itd_date_parse_english(&date, itd_sv_make(text, size));
}

/* "5/KALATA (NAING) 127084": numbers of Myanmar have their class in brackets between two groups. */
static size_t next_group_of_myanmar(itd_sv text, size_t start, size_t end)
{
    size_t at = end + 2;
    if (itd_sv_find(itd_sv_slice(text, start, end - start), ITD_SV("/"), 0) == SIZE_MAX || at >= text.size ||
        text.data[end + 1] != '(')
        return end;
    while (at < text.size && is_upper(text.data[at]))
        at++;
    bool closed = at > end + 2 && itd_sv_starts(itd_sv_slice(text, at, SIZE_MAX), ITD_SV(") "));
    return closed && at + 2 < text.size && is_digit(text.data[at + 2]) ? word_end(text, at + 2) : end;
}

/* A group of a number after a blank, "464086" of "96 03 464086": digits and capitals, not the day of a date. A group of
 * capitals alone, "LE" of "04 LE 017521", only before one with a digit, and when the groups before it are short. */
static size_t next_group(itd_sv text, size_t start, size_t end)
{
    if (end >= text.size || text.data[end] != ' ' || text.data[end - 1] == '.')
        return end;
    size_t at = end + 1, stop = word_end(text, at), of_myanmar = next_group_of_myanmar(text, start, end);
    if (of_myanmar > end)
        return of_myanmar;
    itd_sv word = itd_sv_slice(text, at, stop - at), bare = word;
    if (itd_sv_ends(bare, ITD_SV(".")))
        bare.size--;
    for (size_t i = 0; i < bare.size; i++) {
        if (bare.data[i] == '(') {
            bare.size = i;
            stop = at + i;
        } else if (!is_digit(bare.data[i]) && !is_upper(bare.data[i])) {
            return end;
        }
    }
    if (bare.size == 0)
        return end;
    if (!has_digit(bare)) {
        bool short_groups = end - start <= 6 && bare.size == 2 && stop == at + 2;
        size_t further = short_groups ? next_group(text, stop - 1, stop) : stop;
        return further > stop ? further : end;
    }
    size_t after = word_end(text, stop + 1);
    if (bare.size <= 2 && stop < text.size && is_month(itd_sv_slice(text, stop + 1, after - stop - 1)))
        return end;
    return stop;
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

/* The first word with a digit is the number, with the groups that go with it; what stands before it names the paper,
 * what follows says more. */
static bool take_number(itd_sv text, itd_sv *before, itd_sv *number, itd_sv *after)
{
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        end = word_end(text, at);
        if (!has_digit(itd_sv_slice(text, at, end - at)))
            continue;
        size_t start = number_start(text, at);
        bool code = start + 8 == at; /* "BDA YSF 66P04 Z352Q": one group more, with a letter first */
        for (size_t more; (more = next_group(text, code ? at : start, end)) > end;)
            end = more;
        *before = label_cleaned(itd_sv_slice(text, 0, start));
        *number = itd_sv_slice(text, start, end - start);
        *after = itd_sv_trim(itd_sv_slice(text, end, SIZE_MAX));
        if (itd_sv_ends(*number, ITD_SV(".")))
            number->size--;
        return true;
    }
    return false;
}

/* "753173718. 737047558": each sentence is a number and nothing else. */
static bool only_numbers(itd_sv text)
{
    itd_sv before, number, after;
    size_t count = 0;
    for (; text.size > 0; text = after, count++)
        if (!take_number(text, &before, &number, &after) || before.size > 0 ||
            (after.size > 0 && (number.data + number.size == after.data || number.data[number.size] != '.')))
            return false;
    return count > 1;
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

/* "Maltese passports (1) A1 (2) B2", "TIN (1) 6440020175SRN (2) 1096440000425": a label before a list, which may be
 * glued to what precedes it. */
static bool starts_labelled(itd_sv text, itd_sv *label)
{
    size_t at = itd_sv_find(text, ITD_SV("(1)"), 0);
    *label = itd_sv_trim(itd_sv_slice(text, 0, at));
    return at != SIZE_MAX && label->size > 0 && !has_digit(*label) && itd_sv_find(text, ITD_SV("(2)"), at) != SIZE_MAX;
}

/* The value that stands behind the marker of `number`, after its label. */
static bool next_labelled(const itd_uk_entry *entry, itd_sv *value, itd_sv *label, itd_sv *rest, unsigned number)
{
    char marker[16];
    int size = snprintf(marker, sizeof marker, "(%u)", number);
    size_t at = itd_sv_find(*rest, itd_sv_make(marker, (size_t)size), 0);
    if (at == SIZE_MAX)
        return false;
    itd_sv said = itd_sv_slice(*rest, at + (size_t)size, SIZE_MAX), next = ITD_SV_NONE;
    size = snprintf(marker, sizeof marker, "(%u)", number + 1);
    size_t end = itd_sv_find(said, itd_sv_make(marker, (size_t)size), 0), letters;
    *rest = itd_sv_slice(said, end, SIZE_MAX);
    said = itd_sv_trim(itd_sv_slice(said, 0, end));
    letters = said.size;
    if (end != SIZE_MAX) {
        while (letters > 0 && is_upper(said.data[letters - 1]))
            letters--;
        next = itd_sv_slice(said, letters, SIZE_MAX);
        said = itd_sv_slice(said, 0, letters);
    }
    itd_sv words[] = {*label, itd_uk_end_cleaned(said)};
    *value = itd_record_join(entry->record, " ", words, 2);
    *label = next.size > 0 ? next : *label;
    return true;
}

/* The paper, or papers, of one value. */
static void add_numbers(const itd_uk_entry *entry, itd_schema paper, itd_property property, const char *label,
                        itd_sv text, itd_sv detail)
{
    itd_sv before, number, after;
    bool several = only_numbers(text);
    if (text.size == 0 || !take_number(text, &before, &number, &after)) {
        itd_uk_add_note(entry, label, text);
        itd_uk_add_note(entry, label, detail);
        return;
    }
    do {
        itd_sv both[] = {several ? ITD_SV_NONE : after, detail};
        itd_sv type = before.size > 0 ? before : itd_sv_of(label);
        add_paper(entry, paper, property, type, number, itd_record_join(entry->record, "; ", both, 2));
    } while (several && take_number(after, &before, &number, &after));
}

void itd_uk_add_papers(const itd_uk_entry *entry, itd_schema paper, itd_property property, const char *label,
                       itd_sv numbers, itd_sv details)
{
    if (numbers.size == 0) {
        itd_uk_add_note(entry, label, details);
        return;
    }
    itd_sv title, list = numbers, one;
    if (details.size == 0 && starts_labelled(numbers, &title)) {
        for (unsigned i = 1; next_labelled(entry, &one, &title, &list, i); i++)
            add_numbers(entry, paper, property, label, one, ITD_SV_NONE);
        return;
    }
    /* Details belong to the numbers one by one when there are as many. */
    bool paired = itd_uk_list_count(numbers) == itd_uk_list_count(details);
    itd_sv rest = itd_uk_list(numbers), more = itd_uk_list(details), text;
    if (!paired)
        itd_uk_add_note(entry, label, details);
    while (itd_uk_list_next(&text, &rest, true)) {
        itd_sv detail = ITD_SV_NONE;
        if (paired && !itd_uk_list_next(&detail, &more, true))
            detail = ITD_SV_NONE;
        add_numbers(entry, paper, property, label, text, detail);
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

static bool add_labelled_registrations(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv label, rest = text, one;
    if (!itd_schema_is(entry->schema, ITD_S_LegalEntity) || !starts_labelled(text, &label))
        return false;
    for (unsigned number = 1; next_labelled(entry, &one, &label, &rest, number); number++)
        if (!add_registration(entry, one))
            itd_uk_add_note(entry, "Business Reg No", one);
    itd_uk_add_note(entry, "Business Reg No", text); /* labels and numbers were taken out of their words */
    return true;
}

void itd_uk_add_registrations(const itd_uk_entry *entry, itd_sv text)
{
    if (add_labelled_registrations(entry, text))
        return;
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
