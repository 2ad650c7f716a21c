#include "interdict/identifier.h"
#include "model/country.h"
#include "read/jp_mof.h"
#include "read/jp_text.h"
#include "read/list_rows.h"
#include "read/xml_record.h"

/* Every line, and every value of a line. */
static const char *const lines[] = {"\n", NULL};
static const char *const values[] = {"\n", "；", ";", NULL};
static const char *const many[] = {"\n", "；", ";", "、", NULL};

static itd_sv language_of(itd_sv text)
{
    return itd_jp_is_kana(text) ? ITD_SV("jpn") : ITD_SV_NONE;
}

/* Words that stand behind a comma without being a name of their own. */
static bool is_legal_form(itd_sv text)
{
    static const char *const forms[] = {"LTD", "LIMITED", "LLC", "L.L.C", "INC", "OOO", "CO.", "S.A", "GMBH"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (itd_sv_starts_nocase(text, itd_sv_of(forms[i])))
            return true;
    return false;
}

/* Names of bodies with a comma and a blank between them. */
static void add_alias(const itd_uk_entry *entry, itd_property property, itd_sv text)
{
    size_t from = 0, comma = 0;
    bool divides = entry->schema != ITD_S_Person;
    while (divides && (comma = itd_sv_find(text, ITD_SV(", "), comma)) != SIZE_MAX) {
        if (!is_legal_form(itd_sv_slice(text, comma + 2, SIZE_MAX))) {
            itd_record_add_as(entry->record, entry->part, property, itd_sv_slice(text, from, comma - from), ITD_SV_NONE,
                              language_of(text));
            from = comma + 2;
        }
        comma += 2;
    }
    itd_record_add_as(entry->record, entry->part, property, itd_sv_slice(text, from, SIZE_MAX), ITD_SV_NONE,
                      language_of(text));
}

/* "（別称）…" are other names and "（旧称）…" former ones, up to the next of the two; where "f.k.a." stands too, up to
 * the end of the line. A sentence is no name. */
static void add_aliases(const itd_uk_entry *entry, itd_sv text)
{
    static const struct {
        const char *mark;
        itd_property property;
    } marks[] = {
        {"（別称）", ITD_P_Thing_alias}, {"（旧称）", ITD_P_Thing_previousName}, {"f.k.a. ", ITD_P_Thing_previousName}};
    bool by_line = itd_sv_find(text, ITD_SV("f.k.a. "), 0) != SIZE_MAX;
    itd_property property = ITD_P_Thing_alias;
    itd_sv rest = text, line, piece;
    while (itd_jp_piece(&line, &rest, lines)) {
        property = by_line ? ITD_P_Thing_alias : property;
        while (itd_jp_piece(&piece, &line, many)) {
            for (size_t i = 0; i < 3; i++)
                if (itd_sv_starts(piece, itd_sv_of(marks[i].mark))) {
                    property = marks[i].property;
                    piece = itd_sv_trim(itd_sv_slice(piece, strlen(marks[i].mark), SIZE_MAX));
                }
            if (itd_sv_ends(piece, ITD_SV("。")))
                itd_uk_add_note(entry, "Other names", piece);
            else
                add_alias(entry, property, piece);
        }
    }
}

static void add_names(const itd_uk_entry *entry, const itd_sv *t)
{
    itd_sv rest = t[ITD_MOF_ENGLISH], name;
    bool named = false;
    for (; itd_jp_piece(&name, &rest, lines); named = true)
        itd_record_add_as(entry->record, entry->part, named ? ITD_P_Thing_alias : ITD_P_Thing_name, name, ITD_SV_NONE,
                          ITD_SV("eng"));
    for (rest = t[ITD_MOF_JAPANESE]; itd_jp_piece(&name, &rest, lines); named = true)
        itd_record_add_as(entry->record, entry->part, named ? ITD_P_Thing_alias : ITD_P_Thing_name, name, ITD_SV_NONE,
                          ITD_SV("jpn"));
    add_aliases(entry, t[ITD_MOF_ALIASES]);
}

/* A country by its Japanese name; false when the text is none alone. */
static bool add_country(const itd_uk_entry *entry, itd_property property, itd_sv text)
{
    size_t size;
    const char *code = itd_jp_country(text, &size);
    if (!code || size != text.size)
        return false;
    itd_record_add_as(entry->record, entry->part, property, itd_sv_of(code), text, ITD_SV_NONE);
    return true;
}

/* "Not known" stands where a value would: a note, as it is no country and no place. */
static bool is_unknown(itd_sv text)
{
    return itd_sv_is(text, "不明");
}

static void add_nationalities(const itd_uk_entry *entry, itd_sv text)
{
    itd_property property = entry->schema == ITD_S_Person ? ITD_P_Person_nationality : ITD_P_Thing_country;
    itd_sv piece;
    while (itd_jp_piece(&piece, &text, many))
        if (is_unknown(piece))
            itd_uk_add_note(entry, "Nationality", piece);
        else if (!add_country(entry, property, piece))
            itd_record_add_country(entry->record, entry->part, property, piece);
}

/* The start of what stands behind the last comma before `end`, or SIZE_MAX. */
static size_t behind_comma(itd_sv text, size_t end)
{
    while (end > 0 && text.data[end - 1] != ',')
        end--;
    return end > 0 ? end : SIZE_MAX;
}

/* The country behind the last comma of an address in Latin letters; two of them have a comma of their own, "Virgin
 * Islands, British". */
static void add_last_country(const itd_uk_entry *entry, itd_sv address)
{
    size_t at = behind_comma(address, address.size);
    if (at == SIZE_MAX)
        return;
    size_t before = behind_comma(address, at - 1);
    itd_sv last = itd_sv_trim(itd_sv_slice(address, at, SIZE_MAX)),
           both = before == SIZE_MAX ? ITD_SV_NONE : itd_sv_trim(itd_sv_slice(address, before, SIZE_MAX));
    if (both.size > 0 && itd_country_find(both))
        itd_record_add_country(entry->record, entry->part, ITD_P_Thing_country, both);
    else if (!add_country(entry, ITD_P_Thing_country, last) && last.size > 3)
        itd_record_add_country(entry->record, entry->part, ITD_P_Thing_country, last);
}

/* The country stands in front of a Japanese address, behind a post code where there is one ("200083中華人民共和国…"),
 * and behind the last comma of one in Latin letters. */
static void add_addresses(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv piece;
    while (itd_jp_piece(&piece, &text, values)) {
        size_t size, digits = 0;
        if (is_unknown(piece)) {
            itd_uk_add_note(entry, "Address", piece);
            continue;
        }
        if (add_country(entry, ITD_P_Thing_country, piece))
            continue;
        while (digits < piece.size && piece.data[digits] >= '0' && piece.data[digits] <= '9')
            digits++;
        const char *code = itd_jp_country(itd_sv_slice(piece, digits, SIZE_MAX), &size);
        if (code)
            itd_record_add_as(entry->record, entry->part, ITD_P_Thing_country, itd_sv_of(code), piece, ITD_SV_NONE);
        else
            add_last_country(entry, piece);
        const itd_list_address address = {.full = piece};
        itd_list_add_address(entry, &address);
    }
}

/* "1967年から1969年までの間": the two ends. */
static bool add_range(const itd_uk_entry *entry, itd_sv text)
{
    size_t at = itd_sv_find(text, ITD_SV("から"), 0), end = itd_sv_find(text, ITD_SV("まで"), 0);
    itd_date from, until;
    if (at == SIZE_MAX || end == SIZE_MAX || end < at || !itd_jp_date(&from, itd_sv_slice(text, 0, at)) ||
        !itd_jp_date(&until, itd_sv_slice(text, at + strlen("から"), end - at - strlen("から"))))
        return false;
    itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, from, text);
    itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, until, text);
    return true;
}

static void add_births(const itd_uk_entry *entry, itd_sv text)
{
    static const char *const choices[] = {"\n", "；", ";", "、", "又は", NULL};
    itd_sv piece;
    while (itd_jp_piece(&piece, &text, choices)) {
        itd_date date;
        if (entry->schema == ITD_S_Person && itd_jp_date(&date, piece))
            itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, date, piece);
        else if (entry->schema != ITD_S_Person || !add_range(entry, piece))
            itd_uk_add_note(entry, "Date of birth", piece);
    }
}

/* What stands behind a label and its colon, wide or not; false when the text does not start so. */
static bool labelled(itd_sv *value, itd_sv text, const char *label)
{
    static const char *const colons[] = {"：", ":"};
    if (!itd_sv_starts(text, itd_sv_of(label)))
        return false;
    text = itd_sv_slice(text, strlen(label), SIZE_MAX);
    for (size_t i = 0; i < 2; i++)
        if (itd_sv_starts(text, itd_sv_of(colons[i]))) {
            *value = itd_sv_trim(itd_sv_slice(text, strlen(colons[i]), SIZE_MAX));
            return true;
        }
    return false;
}

/* A number with what stands behind it in wide parentheses, "210604（中華人民共和国）": a part of its own. */
static itd_part add_paper(const itd_uk_entry *entry, bool passport, itd_sv number)
{
    char hash[ITD_XML_HASH_TEXT_MAX];
    itd_record *record = entry->record;
    itd_sv remark = ITD_SV_NONE;
    size_t open = itd_sv_find(number, ITD_SV("（"), 0), size;
    if (open != SIZE_MAX && open > 0 && itd_sv_ends(number, ITD_SV("）"))) {
        remark = itd_sv_slice(number, open + strlen("（"), number.size - open - strlen("（") - strlen("）"));
        number = itd_sv_trim(itd_sv_slice(number, 0, open));
    }
    itd_xml_hash(hash, &number, 1);
    itd_sv words[] = {ITD_SV("id"), itd_sv_of(hash)};
    words[0] = passport ? ITD_SV("passport") : words[0];
    itd_sv suffix = itd_record_join(record, "-", words, 2);
    itd_part part = itd_record_part(record, passport ? ITD_S_Passport : ITD_S_Identification,
                                    suffix.size ? suffix : words[0]); /* out of memory: commit says so */
    itd_property property = passport ? itd_property_find(entry->schema, ITD_SV("passportNumber")) : ITD_PROPERTY_NONE;
    itd_record_add(record, entry->part, property != ITD_PROPERTY_NONE ? property : ITD_P_LegalEntity_idNumber, number);
    itd_record_link(record, part, ITD_P_Identification_holder, entry->part);
    itd_record_add(record, part, ITD_P_Identification_number, number);
    if (passport)
        itd_record_add(record, part, ITD_P_Passport_passportNumber, number);
    const char *code = itd_jp_country(remark, &size);
    if (code)
        itd_record_add_as(record, part, ITD_P_Identification_country, itd_sv_of(code), remark, ITD_SV_NONE);
    else
        itd_record_add(record, part, ITD_P_Interval_summary, remark);
    return part;
}

/* A date that ends where a remark in wide parentheses begins: "2014年3月17日（北朝鮮旅券）". */
static void add_paper_date(const itd_uk_entry *entry, itd_part part, itd_property property, itd_sv text)
{
    size_t open = itd_sv_find(text, ITD_SV("（"), 0), size;
    itd_date date;
    const char *code = open == SIZE_MAX ? NULL : itd_jp_country(itd_sv_slice(text, open + 3, SIZE_MAX), &size);
    if (itd_jp_date(&date, itd_sv_slice(text, 0, open)))
        itd_record_add_date(entry->record, part, property, date, text);
    else
        itd_record_add(entry->record, part, ITD_P_Interval_summary, text);
    if (code)
        itd_record_add_as(entry->record, part, ITD_P_Identification_country, itd_sv_of(code), text, ITD_SV_NONE);
}

static bool has_digit(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

/* "381420754\n旅券発行日：2011年…\n旅券失効日：…；…": a number, then what is said of it. */
static void add_passports(const itd_uk_entry *entry, itd_sv text)
{
    static const struct {
        const char *label;
        itd_property property;
    } dates[] = {{"旅券発行日", ITD_P_Interval_startDate},
                 {"旅券発効日", ITD_P_Interval_startDate},
                 {"旅券失効日", ITD_P_Interval_endDate}};
    static const char *const pieces[] = {"\n", "；", ";", "、", "，", NULL};
    static const char *const kinds[] = {"外交旅券番号", "公用旅券番号", "旅券番号"};
    itd_part part = entry->part; /* none yet */
    itd_sv piece, value;
    while (itd_jp_piece(&piece, &text, pieces)) {
        size_t i = 0, kind = 0;
        while (i < 3 && !labelled(&value, piece, dates[i].label))
            i++;
        while (kind < 3 && !labelled(&value, piece, kinds[kind]))
            kind++;
        if (i < 3 && part != entry->part) {
            add_paper_date(entry, part, dates[i].property, value);
        } else if (i < 3 || !has_digit(piece)) {
            itd_uk_add_note(entry, "Passport", piece);
        } else {
            part = add_paper(entry, true, kind < 3 ? value : piece);
            if (kind < 2)
                itd_record_add(entry->record, part, ITD_P_Identification_type, itd_sv_of(kinds[kind]));
        }
    }
}

static bool add_gender(const itd_uk_entry *entry, itd_sv text)
{
    bool male = itd_sv_is(text, "男性");
    if (entry->schema != ITD_S_Person || !(male || itd_sv_is(text, "女性")))
        return false;
    itd_record_add_as(entry->record, entry->part, ITD_P_Person_gender, male ? ITD_SV("male") : ITD_SV("female"), text,
                      ITD_SV_NONE);
    return true;
}

static bool add_birth_place(const itd_uk_entry *entry, itd_sv text)
{
    size_t size;
    if (entry->schema != ITD_S_Person)
        return false;
    const char *code = itd_jp_country(text, &size);
    if (code)
        itd_record_add_as(entry->record, entry->part, ITD_P_Person_birthCountry, itd_sv_of(code), text, ITD_SV_NONE);
    if (!code || size < text.size)
        itd_record_add(entry->record, entry->part, ITD_P_Person_birthPlace, text);
    return true;
}

static bool add_birth(const itd_uk_entry *entry, itd_sv text)
{
    if (entry->schema == ITD_S_Person)
        add_births(entry, text);
    return entry->schema == ITD_S_Person;
}

static bool add_checked(const itd_uk_entry *entry, const char *property_name, const char *kind, itd_sv text)
{
    itd_identifier found;
    itd_property property = itd_property_find(entry->schema, itd_sv_of(property_name));
    if (property == ITD_PROPERTY_NONE || itd_identifier_parse(&found, kind, text.data, text.size, NULL) != ITD_OK)
        return false;
    itd_record_add(entry->record, entry->part, property, text);
    return true;
}

static bool add_bic(const itd_uk_entry *entry, itd_sv text)
{
    return add_checked(entry, "swiftBic", "bic", text);
}

static bool add_imo(const itd_uk_entry *entry, itd_sv text)
{
    return add_checked(entry, "imoNumber", entry->schema == ITD_S_Vessel ? "imo-ship" : "imo-company", text);
}

static bool add_to(const itd_uk_entry *entry, itd_property property, itd_sv text)
{
    itd_sv piece;
    while (itd_jp_piece(&piece, &text, values))
        itd_record_add(entry->record, entry->part, property, piece);
    return true;
}

static bool add_registration(const itd_uk_entry *entry, itd_sv text)
{
    return add_to(entry, ITD_P_LegalEntity_registrationNumber, text);
}

static bool add_phone(const itd_uk_entry *entry, itd_sv text)
{
    return add_to(entry, ITD_P_LegalEntity_phone, text);
}

static bool add_email(const itd_uk_entry *entry, itd_sv text)
{
    return add_to(entry, ITD_P_LegalEntity_email, text);
}

static bool add_id(const itd_uk_entry *entry, itd_sv text)
{
    (void)add_paper(entry, false, text);
    return true;
}

static const struct {
    const char *label;
    bool (*add)(const itd_uk_entry *entry, itd_sv text); /* false: it does not fit and stays a note */
} labels[] = {
    {"性別", add_gender},
    {"出生地", add_birth_place},
    {"生年月日", add_birth},
    {"SWIFT/BIC", add_bic},
    {"SWIFT", add_bic},
    {"IMO番号", add_imo},
    {"船舶登録証明", add_imo},
    {"ロシア国家登録番号", add_registration},
    {"ナミビア国家登録番号", add_registration},
    {"登録番号", add_registration},
    {"電話番号", add_phone},
    {"FAX番号", add_phone},
    {"Eメールアドレス", add_email},
    {"身分証番号", add_id},
};

/* A line a fact, "label：value"; what has no place stays a note as it is. */
static void add_other(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv line, value;
    while (itd_jp_piece(&line, &text, lines)) {
        size_t i = 0;
        while (i < sizeof labels / sizeof labels[0] && !labelled(&value, line, labels[i].label))
            i++;
        if (i == sizeof labels / sizeof labels[0] || value.size == 0 || !labels[i].add(entry, value))
            itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, line);
    }
}

/* "2006.9.19\n2016.12.9改訂": listed, then changed. */
static void add_notice_dates(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv piece;
    bool first = true;
    for (; itd_jp_piece(&piece, &text, values); first = false) {
        itd_date date;
        if (itd_jp_date(&date, piece))
            itd_record_add_date(entry->record, entry->sanction,
                                first ? ITD_P_Sanction_listingDate : ITD_P_Interval_modifiedAt, date, piece);
        else
            itd_record_add(entry->record, entry->sanction, ITD_P_Interval_summary, piece);
    }
}

static void add_positions(const itd_uk_entry *entry, itd_sv text)
{
    itd_sv piece;
    while (itd_jp_piece(&piece, &text, values))
        if (entry->schema == ITD_S_Person)
            itd_record_add_as(entry->record, entry->part, ITD_P_Person_position, piece, ITD_SV_NONE,
                              language_of(piece));
        else
            itd_uk_add_note(entry, "Position", piece);
}

void itd_jp_mof_add_facts(const itd_uk_entry *entry, const itd_sv texts[static ITD_MOF_COLUMNS])
{
    itd_sv id, rest = texts[ITD_MOF_ID_NUMBER];
    itd_record_add(entry->record, entry->sanction, ITD_P_Sanction_authorityId, texts[ITD_MOF_NUMBER]);
    add_notice_dates(entry, texts[ITD_MOF_NOTICE_DATE]);
    add_names(entry, texts);
    add_positions(entry, texts[ITD_MOF_POSITION]);
    add_births(entry, texts[ITD_MOF_BIRTH_DATE]);
    add_nationalities(entry, texts[ITD_MOF_NATIONALITY]);
    add_passports(entry, texts[ITD_MOF_PASSPORT]);
    while (itd_jp_piece(&id, &rest, many))
        (void)add_paper(entry, false, id);
    add_addresses(entry, texts[ITD_MOF_ADDRESS]);
    add_other(entry, texts[ITD_MOF_OTHER]);
}
