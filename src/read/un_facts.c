/* Addresses and comments of the UN list, and the identifiers and contacts that their text holds. */
#include "read/un_xml.h"

#include <stdio.h>

#include "interdict/identifier.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* IMO numbers of companies: "IMO number: 5571322", "Company Number IMO 5434358". A ship's number in the comment is not
 * the company's own and stays in the note. */
static void add_company_numbers(const itd_un_entry *entry, itd_sv text)
{
    itd_identifier found;
    for (size_t at = 0; (at = itd_sv_find(text, ITD_SV("IMO"), at)) != SIZE_MAX;) {
        at += 3;
        size_t from = at;
        while (from < text.size && from - at < 16 && !is_digit(text.data[from]))
            from++;
        size_t to = from;
        while (to < text.size && is_digit(text.data[to]))
            to++;
        itd_sv digits = itd_sv_slice(text, from, to - from);
        if (!entry->person && itd_identifier_parse(&found, "imo-company", digits.data, digits.size, NULL) == ITD_OK)
            itd_record_add(entry->list->record, 0, ITD_P_Organization_imoNumber, digits);
    }
}

/* "SWIFT: KDBKKPPY", "SWIFT/BIC: …". */
static void add_bics(const itd_un_entry *entry, itd_sv text)
{
    itd_identifier found;
    for (size_t at = 0; (at = itd_sv_find(text, ITD_SV("SWIFT"), at)) != SIZE_MAX;) {
        at += 5;
        if (itd_sv_starts(itd_sv_slice(text, at, text.size), ITD_SV("/BIC")))
            at += 4;
        while (at < text.size && strchr(": \t\r\n", text.data[at]))
            at++;
        size_t to = at;
        while (to < text.size && is_alnum(text.data[to]))
            to++;
        itd_sv code = itd_sv_slice(text, at, to - at);
        if (itd_identifier_parse(&found, "bic", code.data, code.size, NULL) == ITD_OK)
            itd_record_add(entry->list->record, 0, ITD_P_LegalEntity_swiftBic, code);
    }
}

static bool is_email_char(char c)
{
    return is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

static void add_emails(const itd_un_entry *entry, itd_sv text)
{
    for (size_t at = 0; (at = itd_sv_find(text, ITD_SV("@"), at)) != SIZE_MAX; at++) {
        size_t from = at, to = at + 1;
        while (from > 0 && is_email_char(text.data[from - 1]))
            from--;
        while (to < text.size && is_email_char(text.data[to]))
            to++;
        while (to > at + 1 && !is_alnum(text.data[to - 1]))
            to--;
        itd_sv host = itd_sv_slice(text, at + 1, to - at - 1);
        if (from < at && itd_sv_find(host, ITD_SV("."), 0) != SIZE_MAX)
            itd_record_add(entry->list->record, 0, ITD_P_LegalEntity_email, itd_sv_slice(text, from, to - from));
    }
}

/* The number at `*at`, which moves past it: digits, blanks and the signs between them; empty when it is too short. */
static itd_sv take_phone(itd_sv text, size_t *at)
{
    size_t from = *at, digits = 0;
    while (*at < text.size && (is_digit(text.data[*at]) || strchr("+-() ./", text.data[*at])))
        digits += is_digit(text.data[(*at)++]);
    size_t to = *at;
    while (to > from && !is_digit(text.data[to - 1]))
        to--;
    itd_sv number = itd_sv_trim(itd_sv_slice(text, from, to - from));
    return digits >= 5 ? number : ITD_SV_NONE;
}

static void add_phones(const itd_un_entry *entry, itd_sv text)
{
    static const itd_sv labels[] = {ITD_SV("Tel.:"),      ITD_SV("Tel."),       ITD_SV("Tel:"),
                                    ITD_SV("Telephone:"), ITD_SV("Telephone "), ITD_SV("Phone:"),
                                    ITD_SV("Phone "),     ITD_SV("Mobile:"),    ITD_SV("Mobile ")};
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != 'T' && text.data[i] != 'P' && text.data[i] != 'M')
            continue;
        itd_sv rest = itd_sv_slice(text, i, text.size);
        for (size_t l = 0; l < sizeof labels / sizeof labels[0]; l++) {
            if (!itd_sv_starts(rest, labels[l]))
                continue;
            size_t at = i + labels[l].size;
            for (itd_sv number; (number = take_phone(text, &at)).size; at++) { /* "+93-202-103386, +93-202-101714" */
                itd_record_add(entry->list->record, 0, ITD_P_LegalEntity_phone, number);
                if (at >= text.size || text.data[at] != ',')
                    break;
            }
            break;
        }
    }
}

void itd_un_add_facts(const itd_un_entry *entry, itd_sv text)
{
    if (text.size > ITD_UN_SPLIT_BYTES_MAX)
        return;
    add_company_numbers(entry, text);
    add_bics(entry, text);
    add_emails(entry, text);
    add_phones(entry, text);
}

/* Records without an element for it say "Gender: male." in the comments. */
static void add_gender(const itd_un_entry *entry, itd_sv text)
{
    static const itd_sv label = ITD_SV("Gender:"), words[] = {ITD_SV("male"), ITD_SV("female")};
    size_t at = itd_sv_find_nocase(text, label, 0);
    if (!entry->person || at == SIZE_MAX)
        return;
    itd_sv rest = itd_sv_trim(itd_sv_slice(text, at + label.size, text.size));
    for (size_t i = 0; i < 2; i++)
        if (itd_sv_starts_nocase(rest, words[i]))
            itd_record_add_as(entry->list->record, 0, ITD_P_Person_gender, words[i],
                              itd_sv_slice(rest, 0, words[i].size), ITD_SV_NONE);
}

void itd_un_comments(const itd_un_entry *entry, const itd_xml_node *node)
{
    itd_record_add(entry->list->record, 0, ITD_P_Thing_notes, node->text);
    itd_un_add_facts(entry, node->text);
    add_gender(entry, node->text);
}

void itd_un_address(const itd_un_entry *entry, const itd_xml_node *node)
{
    static const char *const known[] = {"STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE", NULL};
    itd_xml_list *list = entry->list;
    itd_record *record = list->record;
    itd_xml_place(list, node);
    itd_sv street = itd_un_text(entry, node, "STREET"), city = itd_un_text(entry, node, "CITY");
    itd_sv state = itd_un_text(entry, node, "STATE_PROVINCE"), code = itd_un_text(entry, node, "ZIP_CODE");
    itd_sv country = itd_un_text(entry, node, "COUNTRY"), note = itd_xml_child_line(list, node, "NOTE");
    itd_sv full = itd_xml_join(list, (itd_sv[]){street, city, state, code, country}, 5, ", ");
    itd_un_add_facts(entry, note);
    if (full.size == 0) {
        itd_xml_note(list, "Address", note);
    } else {
        char hash[ITD_XML_HASH_TEXT_MAX], suffix[sizeof "address-" + ITD_XML_HASH_TEXT_MAX];
        itd_xml_hash(hash, (itd_sv[]){street, city, state, code, country, note}, 6);
        (void)snprintf(suffix, sizeof suffix, "address-%s", hash);
        itd_part part = itd_record_part(record, ITD_S_Address, itd_sv_of(suffix));
        itd_record_link(record, 0, ITD_P_Thing_addressEntity, part);
        itd_record_add(record, 0, ITD_P_Thing_address, full);
        itd_record_add(record, part, ITD_P_Address_full, full);
        itd_record_add(record, part, ITD_P_Address_street, street);
        itd_record_add(record, part, ITD_P_Address_city, city);
        itd_record_add(record, part, ITD_P_Address_state, state);
        itd_record_add(record, part, ITD_P_Address_postalCode, code);
        itd_record_add(record, part, ITD_P_Address_remarks, note);
        if (country.size) {
            itd_record_add_country(record, part, ITD_P_Address_country, country);
            itd_record_add_country(record, 0, ITD_P_Thing_country, country);
        }
    }
    itd_xml_note_rest(list, node, known);
}
