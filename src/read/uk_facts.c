#include <stdio.h>

#include "base/map.h"
#include "read/uk_text.h"

/* What both UK lists say in the same way: names in other scripts, births, addresses, sanctions. */

/* ISO 639-3 of the languages and of the scripts that only one of them uses. */
static const char *language_of(itd_sv word)
{
    static const char *const languages[][2] = {
        {"Arabic", "ara"},  {"Belarusian", "bel"}, {"Bulgarian", "bul"}, {"Burmese", "mya"},       {"Chinese", "zho"},
        {"Dari", "prs"},    {"Farsi", "fas"},      {"Georgian", "kat"},  {"Greek", "ell"},         {"Hangul", "kor"},
        {"Hebrew", "heb"},  {"Japanese", "jpn"},   {"Kazakh", "kaz"},    {"Korean", "kor"},        {"Kyrgyz", "kir"},
        {"Pashto", "pus"},  {"Persian", "fas"},    {"Russian", "rus"},   {"Persian/Farsi", "fas"}, {"Serbian", "srp"},
        {"Spanish", "spa"}, {"Thai", "tha"},       {"Turkish", "tur"},   {"Ukrainian", "ukr"},     {"Urdu", "urd"},
    };
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (itd_sv_equal_nocase(itd_sv_trim(word), itd_sv_of(languages[i][0])))
            return languages[i][1];
    return NULL;
}

void itd_uk_add_script_name(const itd_uk_entry *entry, itd_sv name, itd_sv script, itd_sv language)
{
    const char *lang = language_of(language.size ? language : script);
    itd_sv said[] = {name, script, language};
    itd_sv original = lang || language.size == 0 ? ITD_SV_NONE : itd_record_join(entry->record, "; ", said, 3);
    itd_sv rest = itd_uk_list(name), value;
    while (itd_uk_list_next(&value, &rest, false))
        itd_record_add_as(entry->record, entry->part, ITD_P_Thing_alias, value, original, itd_sv_of(lang));
}

void itd_uk_add_birth_date(const itd_uk_entry *entry, itd_sv text)
{
    itd_date date;
    text = itd_sv_trim(text);
    bool known = itd_date_parse_day_first(&date, text) || itd_date_parse_english(&date, text);
    if (!known && text.size == 7) { /* "09/1962" */
        char whole[11] = "00/";
        memcpy(whole + 3, text.data, text.size);
        known = itd_date_parse_day_first(&date, itd_sv_make(whole, 10));
    }
    if (known && entry->schema == ITD_S_Person)
        itd_record_add_date(entry->record, entry->part, ITD_P_Person_birthDate, date, text);
    else
        itd_uk_add_note(entry, "DOB", text);
}

/* Of most lists a line is a street or a town, and only the last ones have a place of their own. */
void itd_uk_add_address(const itd_uk_entry *entry, const itd_sv lines[ITD_UK_ADDRESS_LINES])
{
    const itd_sv postcode = lines[6], country = lines[7];
    itd_record *record = entry->record;
    itd_sv full = itd_record_join(record, ", ", lines, ITD_UK_ADDRESS_LINES);
    if (full.size == 0)
        return;
    char suffix[32];
    int size = snprintf(suffix, sizeof suffix, "address-%016llx", (unsigned long long)itd_hash_sv(full));
    itd_part part = itd_record_part(record, ITD_S_Address, itd_sv_make(suffix, (size_t)size));
    itd_record_add(record, part, ITD_P_Address_full, full);
    itd_record_add(record, part, ITD_P_Address_street, itd_record_join(record, ", ", lines, 6));
    itd_record_add(record, part, ITD_P_Address_postalCode, postcode);
    itd_uk_entry of_part = *entry;
    of_part.part = part;
    itd_uk_add_countries(&of_part, ITD_P_Address_country, country);
    itd_record_link(record, entry->part, ITD_P_Thing_addressEntity, part);
    itd_record_add(record, entry->part, ITD_P_Thing_address, full);
    itd_uk_add_countries(entry, ITD_P_Thing_country, country);
}

void itd_uk_add_date(itd_record *record, itd_part part, itd_property property, itd_sv text)
{
    itd_date date;
    text = itd_sv_trim(text);
    if (itd_date_parse_day_first(&date, text))
        itd_record_add_date(record, part, property, date, text);
    else
        itd_record_add(record, part, ITD_P_Interval_summary, text);
}

/* Its id is that of the regime, and its place that of the target: the same whatever row makes it. */
itd_part itd_uk_sanction(itd_record *record, itd_sv regime)
{
    char suffix[32];
    int size =
        snprintf(suffix, sizeof suffix, "sanction-%016llx", (unsigned long long)itd_hash_sv(itd_sv_trim(regime)));
    return itd_record_part(record, ITD_S_Sanction, itd_sv_make(suffix, (size_t)size));
}
