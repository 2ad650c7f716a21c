/* Births and documents of the UN list. */
#include "read/un_xml.h"

#include <stdio.h>

bool itd_un_date(itd_date *out, itd_sv text)
{
    text = itd_sv_trim(text);
    if (itd_date_parse(out, text) || itd_date_parse_english(out, text))
        return true;
    /* xs:date may end in a zone: the day is the publisher's own. */
    return text.size == 16 && (text.data[10] == '-' || text.data[10] == '+') && text.data[13] == ':' &&
           itd_date_parse(out, itd_sv_slice(text, 0, 10)) && out->day;
}

static void add_years(const itd_un_entry *entry, int first, int last, itd_sv original)
{
    bool each = last - first < ITD_UN_YEARS_MAX;
    for (int year = first; year <= last; year += each || last == first ? 1 : last - first)
        itd_record_add_date(entry->list->record, 0, ITD_P_Person_birthDate, (itd_date){.year = (int16_t)year},
                            original);
}

/* FROM_YEAR and TO_YEAR; false when they are not two years in order. */
static bool add_range(const itd_un_entry *entry, itd_sv from, itd_sv to, itd_sv original)
{
    itd_date first, last;
    if (!itd_date_parse(&first, from) || !itd_date_parse(&last, to) || first.month || last.month ||
        first.year > last.year)
        return false;
    add_years(entry, first.year, last.year, original);
    return true;
}

void itd_un_birth_date(const itd_un_entry *entry, const itd_xml_node *node)
{
    static const char *const known[] = {"TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE", NULL};
    itd_xml_list *list = entry->list;
    itd_xml_place(list, node);
    itd_sv type = itd_xml_child_line(list, node, "TYPE_OF_DATE"), date = itd_xml_child_line(list, node, "DATE");
    itd_sv year = itd_xml_child_line(list, node, "YEAR"), note = itd_xml_child_line(list, node, "NOTE");
    itd_sv from = itd_xml_child_line(list, node, "FROM_YEAR"), to = itd_xml_child_line(list, node, "TO_YEAR");
    bool exact = itd_sv_equal_nocase(type, ITD_SV("EXACT"));
    itd_sv years = itd_xml_join(list, (itd_sv[]){from, to}, 2, " and ");
    itd_sv words = itd_xml_join(list, (itd_sv[]){exact ? ITD_SV_NONE : type, date, year, years}, 4, " ");
    words = itd_xml_join(list, (itd_sv[]){words, note}, 2, ", ");
    bool any = date.size || year.size || years.size || note.size;
    bool added = false;
    itd_date day;
    if (entry->person) {
        const itd_sv single[] = {date, year};
        for (size_t i = 0; i < 2; i++)
            if (itd_un_date(&day, single[i])) {
                itd_record_add_date(list->record, 0, ITD_P_Person_birthDate, day, words);
                added = true;
            }
        added |= years.size && add_range(entry, from, to, words);
        if (!added && !date.size && !year.size && !years.size && itd_un_date(&day, note)) {
            itd_record_add_date(list->record, 0, ITD_P_Person_birthDate, day, words);
            added = true;
        }
    }
    if (!added && any)
        itd_xml_note(list, "Date of birth", words);
    itd_xml_note_rest(list, node, known);
}

void itd_un_birth_place(const itd_un_entry *entry, const itd_xml_node *node)
{
    static const char *const known[] = {"STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE", NULL};
    itd_xml_list *list = entry->list;
    itd_xml_place(list, node);
    itd_sv parts[] = {itd_un_text(entry, node, "STREET"), itd_un_text(entry, node, "CITY"),
                      itd_un_text(entry, node, "STATE_PROVINCE"), itd_un_text(entry, node, "COUNTRY")};
    itd_sv place = itd_xml_join(list, parts, 4, ", ");
    if (entry->person) {
        itd_record_add(list->record, 0, ITD_P_Person_birthPlace, place);
        if (parts[3].size)
            itd_record_add_country(list->record, 0, ITD_P_Person_birthCountry, parts[3]);
    } else {
        itd_xml_note(list, "Place of birth", place);
    }
    itd_xml_note(list, "Place of birth", itd_xml_child_line(list, node, "NOTE"));
    itd_xml_note_rest(list, node, known);
}

static bool has_digit(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

/* "OB", "A", "DE-": what may stand before the digits of a number. */
static bool is_series(itd_sv word)
{
    if (word.size == 0 || word.size > 3)
        return false;
    for (size_t i = 0; i < word.size; i++)
        if (!(word.data[i] >= 'A' && word.data[i] <= 'Z') && !(i > 0 && word.data[i] == '-'))
            return false;
    return true;
}

/* The number in a text such as "Libyan passport No. 96/184442": the first word with a digit, with the series before it,
 * up to the first word of small letters or in parentheses behind it. A text without small letters is one number. */
static itd_sv number_in(itd_sv text)
{
    bool words = false;
    for (size_t i = 0; i < text.size; i++)
        words |= (text.data[i] >= 'a' && text.data[i] <= 'z') || text.data[i] == '(';
    if (!words)
        return text;
    itd_sv rest = text, word, number = ITD_SV_NONE, series = ITD_SV_NONE;
    while (itd_sv_split(&word, &rest, ' ')) {
        bool digits = has_digit(word);
        if (number.size == 0 && digits) {
            size_t from = 0; /* "No.03825239" */
            while (from < word.size && word.data[from] != '.' && word.data[from] != ':')
                from++;
            bool label = from < word.size && !has_digit(itd_sv_slice(word, 0, from));
            number = label ? itd_sv_slice(word, from + 1, word.size) : word;
            if (!label && series.size)
                number = itd_sv_make(series.data, (size_t)(word.data + word.size - series.data));
        } else if (number.size) {
            if (!digits || word.data[0] == '(')
                break;
            number.size = (size_t)(word.data + word.size - number.data);
        }
        series = is_series(word) ? word : ITD_SV_NONE;
    }
    while (number.size && strchr(",;.", number.data[number.size - 1]))
        number.size--;
    return number.size ? number : text;
}

/* The number when NUMBER is empty: some records give it with the kind of document or in the note. */
static itd_sv number_elsewhere(itd_sv kind, itd_sv note)
{
    static const itd_sv labels[] = {ITD_SV("number "), ITD_SV("No. "), ITD_SV("no. ")};
    if (has_digit(kind))
        return number_in(kind);
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t at = itd_sv_find(note, labels[i], 0);
        itd_sv found = at == SIZE_MAX ? ITD_SV_NONE : number_in(itd_sv_slice(note, at, note.size));
        if (has_digit(found))
            return found;
    }
    return ITD_SV_NONE;
}

static bool names_passport(itd_sv text)
{
    static const itd_sv words[] = {ITD_SV("passport"), ITD_SV("passeport"), ITD_SV("pasaporte")};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_find_nocase(text, words[i], 0) != SIZE_MAX)
            return true;
    return false;
}

typedef struct document {
    itd_sv type, kind, number, issuer, country, city, issued, note;
} document;

static void add_document(const itd_un_entry *entry, const document *d)
{
    itd_xml_list *list = entry->list;
    itd_record *record = list->record;
    bool passport = names_passport(d->type) || names_passport(d->kind);
    char suffix[sizeof "passport-" + ITD_XML_HASH_TEXT_MAX], hash[ITD_XML_HASH_TEXT_MAX];
    itd_xml_hash(hash, (itd_sv[]){d->type, d->kind, d->number, d->issuer, d->country, d->city, d->issued, d->note}, 8);
    (void)snprintf(suffix, sizeof suffix, "%s-%s", passport ? "passport" : "id", hash);
    itd_part part = itd_record_part(record, passport ? ITD_S_Passport : ITD_S_Identification, itd_sv_of(suffix));
    itd_record_link(record, part, ITD_P_Identification_holder, 0);
    itd_record_add(record, part, ITD_P_Identification_type, d->type);
    itd_record_add(record, part, ITD_P_Identification_type, d->kind);
    itd_sv number = d->number.size ? number_in(d->number) : number_elsewhere(d->kind, d->note);
    itd_record_add_as(record, part, ITD_P_Identification_number, number, d->number, ITD_SV_NONE);
    itd_property property = ITD_P_LegalEntity_idNumber;
    if (passport && entry->person) {
        property = ITD_P_Person_passportNumber;
        itd_record_add_as(record, part, ITD_P_Passport_passportNumber, number, d->number, ITD_SV_NONE);
    }
    itd_record_add_as(record, 0, property, number, d->number, ITD_SV_NONE);
    itd_record_add_country(record, part, ITD_P_Identification_country, d->issuer);
    itd_record_add_country(record, part, ITD_P_Identification_country, d->country);
    itd_record_add(record, part, ITD_P_Identification_authority, d->city);
    itd_record_add(record, part, ITD_P_Interval_summary, d->note);
    itd_date day;
    if (itd_un_date(&day, d->issued))
        itd_record_add_date(record, part, ITD_P_Interval_startDate, day, d->issued);
    else
        itd_xml_note(list, "Date of issue", d->issued);
}

void itd_un_document(const itd_un_entry *entry, const itd_xml_node *node)
{
    static const char *const known[] = {"TYPE_OF_DOCUMENT",
                                        "TYPE_OF_DOCUMENT2",
                                        "NUMBER",
                                        "ISSUING_COUNTRY",
                                        "COUNTRY_OF_ISSUE",
                                        "CITY_OF_ISSUE",
                                        "DATE_OF_ISSUE",
                                        "NOTE",
                                        NULL};
    itd_xml_place(entry->list, node);
    document d = {
        .type = itd_un_text(entry, node, "TYPE_OF_DOCUMENT"),
        .kind = itd_un_text(entry, node, "TYPE_OF_DOCUMENT2"),
        .number = itd_un_text(entry, node, "NUMBER"),
        .issuer = itd_un_text(entry, node, "ISSUING_COUNTRY"),
        .country = itd_un_text(entry, node, "COUNTRY_OF_ISSUE"),
        .city = itd_un_text(entry, node, "CITY_OF_ISSUE"),
        .issued = itd_un_text(entry, node, "DATE_OF_ISSUE"),
        .note = itd_xml_child_line(entry->list, node, "NOTE"),
    };
    if (d.type.size || d.kind.size || d.number.size || d.issuer.size || d.country.size || d.city.size ||
        d.issued.size || d.note.size)
        add_document(entry, &d);
    itd_xml_note_rest(entry->list, node, known);
}
