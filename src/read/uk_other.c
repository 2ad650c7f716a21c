#include "read/uk_text.h"
#include "read/wallets.h"

/* "Other Information" of the ConList. Since 2021 it holds labelled parts, "(Gender):Male (UK Statement of Reasons):…";
 * a label stands in round brackets and is followed by a colon. */

typedef void add_part(const itd_uk_entry *entry, const char *label, itd_sv text);

/* Names that are a list of sentences, or a sentence themselves, are no names. */
#define NAME_BYTES_MAX 120

static itd_sv without_final_point(itd_sv text)
{
    text = itd_sv_trim(text);
    return itd_sv_ends(text, ITD_SV(".")) ? itd_sv_trim(itd_sv_make(text.data, text.size - 1)) : text;
}

static bool is_mark(char c)
{
    return c == '.' || c == ',' || c == ';';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Takes "RUS0001" off the start of the text: letters, then digits, and nothing that goes on. */
static bool take_reference(itd_sv *reference, itd_sv *text)
{
    size_t letters = 0, end;
    while (letters < text->size && is_letter(text->data[letters]))
        letters++;
    for (end = letters; end < text->size && (is_digit(text->data[end]) || text->data[end] == '.'); end++) {
        if (text->data[end] == '.' && (end + 1 == text->size || !is_digit(text->data[end + 1])))
            break;
    }
    bool goes_on = end < text->size && !is_mark(text->data[end]) && text->data[end] != ' ';
    if (letters == 0 || end == letters || goes_on)
        return false;
    *reference = itd_sv_slice(*text, 0, end);
    *text = itd_sv_trim(itd_sv_slice(*text, end, SIZE_MAX));
    return true;
}

/* "XXX0001, XXX0002 and XXX0003. Listed under three regimes": references up to the first point; what follows are
 * remarks. */
static void add_authority_id(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_sv reference, rest = itd_sv_trim(text), next;
    if (!take_reference(&reference, &rest)) {
        itd_uk_add_note(entry, label, text);
        return;
    }
    for (;;) {
        itd_record_add(entry->record, entry->sanction, ITD_P_Sanction_authorityId, reference);
        next = rest;
        bool comma = itd_sv_starts(next, ITD_SV(","));
        if (comma)
            next = itd_sv_trim(itd_sv_slice(next, 1, SIZE_MAX));
        bool joined = itd_sv_starts(next, ITD_SV("and "));
        if (joined)
            next = itd_sv_trim(itd_sv_slice(next, 4, SIZE_MAX));
        if (!comma && !joined)
            break;
        if (!take_reference(&reference, &next))
            break;
        rest = next;
    }
    while (rest.size > 0 && is_mark(rest.data[0]))
        rest = itd_sv_trim(itd_sv_slice(rest, 1, SIZE_MAX));
    itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, rest);
}

/* The reference comes first; what follows are remarks. */
static void add_un_reference(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    text = itd_sv_trim(text);
    size_t end = itd_sv_find(text, ITD_SV(" "), 0);
    itd_sv reference = without_final_point(itd_sv_slice(text, 0, end)), rest = itd_sv_slice(text, end, SIZE_MAX);
    bool has_digit = false;
    for (size_t i = 0; i < reference.size; i++)
        has_digit |= is_digit(reference.data[i]);
    if (!has_digit) {
        itd_uk_add_note(entry, label, text);
        return;
    }
    itd_record_add(entry->record, entry->sanction, ITD_P_Sanction_unscId, reference);
    if (end != SIZE_MAX)
        itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, rest);
}

static void add_reason(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    (void)label;
    itd_record_add(entry->record, entry->sanction, ITD_P_Sanction_reason, text);
}

static void add_gender(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_sv word = without_final_point(text);
    bool male = itd_sv_equal_nocase(word, ITD_SV("male"));
    if (entry->schema != ITD_S_Person || (!male && !itd_sv_equal_nocase(word, ITD_SV("female"))))
        itd_uk_add_note(entry, label, text);
    else
        itd_record_add_as(entry->record, entry->part, ITD_P_Person_gender, male ? ITD_SV("male") : ITD_SV("female"),
                          word, ITD_SV_NONE);
}

static void add_phone(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_uk_add_list(entry, "phone", label, text);
}

/* A fax number is a phone number whose original says what it is. */
static void add_fax(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value;
    if (!itd_schema_is(entry->schema, ITD_S_LegalEntity)) {
        itd_uk_add_note(entry, label, text);
        return;
    }
    while (itd_uk_list_next(&value, &rest, false)) {
        itd_sv words[] = {itd_sv_of(label), value};
        itd_record_add_as(entry->record, entry->part, ITD_P_LegalEntity_phone, value,
                          itd_record_join(entry->record, ": ", words, 2), ITD_SV_NONE);
    }
}

/* Words that are addresses of the net become values; when other words stand between them, the text is also a note. */
static void add_net(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value, word;
    bool others = !itd_schema_is(entry->schema, ITD_S_LegalEntity);
    while (!others && itd_uk_list_next(&value, &rest, false)) {
        while (itd_sv_split(&word, &value, ' ')) {
            while (word.size > 0 && is_mark(word.data[word.size - 1]))
                word.size--;
            bool mail = itd_sv_find(word, ITD_SV("@"), 0) != SIZE_MAX && itd_sv_find(word, ITD_SV("/"), 0) == SIZE_MAX;
            if (mail || itd_sv_find(word, ITD_SV("."), 0) != SIZE_MAX)
                itd_record_add(entry->record, entry->part, mail ? ITD_P_LegalEntity_email : ITD_P_LegalEntity_website,
                               word);
            else
                others |= word.size > 0;
        }
    }
    if (others)
        itd_uk_add_note(entry, label, text);
}

static void add_type_of_entity(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_uk_add_list(entry, "classification", label, text);
}

static void add_relation(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value;
    while (itd_uk_list_next(&value, &rest, false)) {
        itd_sv name = without_final_point(value);
        if (name.size > NAME_BYTES_MAX || itd_sv_find(name, ITD_SV(". "), 0) != SIZE_MAX)
            itd_uk_add_note(entry, label, value);
        else
            itd_uk_add_link(entry, label, name);
    }
}

static void add_registrations(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    (void)label;
    itd_uk_add_registrations(entry, text);
}

static void add_imo(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_uk_add_list(entry, "imoNumber", label, text);
}

static void add_flag(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_uk_add_list(entry, "flag", label, text);
}

/* "Panama. South Korea": a country a sentence. */
static void add_past_flags(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_sv rest = itd_uk_list(text), value, word;
    if (entry->schema != ITD_S_Vessel) {
        itd_uk_add_note(entry, label, text);
        return;
    }
    while (itd_uk_list_next(&value, &rest, false))
        while (itd_sv_split(&word, &value, '.'))
            itd_record_add_country(entry->record, entry->part, ITD_P_Vessel_pastFlags, word);
}

static void add_ship_type(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_uk_add_list(entry, "type", label, text);
}

static void add_tonnage(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_uk_add_list(entry, "tonnage", label, text);
}

static void add_year_built(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_date date;
    itd_property property = itd_property_find(entry->schema, ITD_SV("buildDate"));
    if (property != ITD_PROPERTY_NONE && itd_date_parse(&date, itd_sv_trim(text)))
        itd_record_add_date(entry->record, entry->part, property, date, text);
    else
        itd_uk_add_note(entry, label, text);
}

static void add_owner(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    itd_uk_add_list(entry, "owner", label, text);
}

static const struct label {
    const char *text;
    add_part *add;
} labels[] = {
    {"UK Sanctions List Ref", add_authority_id},
    {"UN Ref", add_un_reference},
    {"UK Statement of Reasons", add_reason},
    {"Gender", add_gender},
    {"Phone number", add_phone},
    {"Tel", add_phone},
    {"Fax", add_fax},
    {"Email address", add_net},
    {"Website", add_net},
    {"Type of entity", add_type_of_entity},
    {"Parent company", add_relation},
    {"Subsidiaries", add_relation},
    {"Business Reg No", add_registrations},
    {"IMO number", add_imo},
    {"Current flag", add_flag},
    {"Flag of ship", add_flag},
    {"Previous flags", add_past_flags},
    {"Type of ship", add_ship_type},
    {"Tonnage of ship", add_tonnage},
    {"Length of ship", itd_uk_add_note},
    {"Year built", add_year_built},
    {"Current owners", add_owner},
    {"Previous owners", add_relation},
    {"Hull identification number (HIN)", itd_uk_add_note},
};

void itd_uk_add_labelled(const itd_uk_entry *entry, const char *label, itd_sv text)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (itd_sv_equal_nocase(itd_sv_of(label), itd_sv_of(labels[i].text))) {
            labels[i].add(entry, label, itd_sv_trim(text));
            return;
        }
    itd_uk_add_note(entry, label, text);
}

/* The next label at or after `from`; `*end` is the byte after its colon. */
static size_t find_label(itd_sv text, size_t from, const struct label **label, size_t *end)
{
    for (size_t at = itd_sv_find(text, ITD_SV("("), from); at != SIZE_MAX;
         at = itd_sv_find(text, ITD_SV("("), at + 1)) {
        itd_sv rest = itd_sv_slice(text, at + 1, SIZE_MAX);
        for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
            itd_sv word = itd_sv_of(labels[i].text);
            if (itd_sv_starts_nocase(rest, word) &&
                itd_sv_starts(itd_sv_slice(rest, word.size, SIZE_MAX), ITD_SV("):"))) {
                *label = &labels[i];
                *end = at + 1 + word.size + 2;
                return at;
            }
        }
    }
    return SIZE_MAX;
}

/* "UN Ref KPe.020." in the free text of older files. The text stays a note as a whole. */
static void find_un_reference(const itd_uk_entry *entry, itd_sv text)
{
    size_t at = itd_sv_find_nocase(text, ITD_SV("UN Ref"), 0);
    if (at == SIZE_MAX)
        return;
    at += 6;
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == ':' || text.data[at] == '.'))
        at++;
    size_t end = at;
    bool digit = false;
    for (; end < text.size && text.data[end] != ' ' && text.data[end] != ',' && text.data[end] != ';'; end++)
        digit |= is_digit(text.data[end]);
    itd_sv reference = without_final_point(itd_sv_slice(text, at, end - at));
    if (digit && itd_sv_find(reference, ITD_SV("."), 0) != SIZE_MAX)
        itd_record_add(entry->record, entry->sanction, ITD_P_Sanction_unscId, reference);
}

void itd_uk_add_other(const itd_uk_entry *entry, itd_sv text)
{
    const struct label *label = NULL, *next = NULL;
    size_t start = 0, end = 0;
    itd_record_add_wallets(entry->record, entry->part, text); /* they may stand behind any label */
    for (;;) {
        size_t at = find_label(text, start, &next, &end);
        itd_sv part = itd_sv_trim(itd_sv_slice(text, start, at == SIZE_MAX ? SIZE_MAX : at - start));
        if (part.size > 0 && label) {
            label->add(entry, label->text, part);
        } else if (part.size > 0) {
            find_un_reference(entry, part);
            itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, part);
        }
        if (at == SIZE_MAX)
            return;
        label = next;
        start = end;
    }
}
