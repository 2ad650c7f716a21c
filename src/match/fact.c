#include <assert.h>

#include "base/map.h"
#include "match/evidence.h"
#include "model/country.h"
#include "model/identifier.h"
#include "model/identifier_text.h"

/* Values brought to the keys by which they are weighed. What says nothing gives no fact: absence is no evidence. */

static uint64_t letters_key(itd_sv value, size_t size_max)
{
    uint64_t key = 0;
    for (size_t i = 0; i < value.size && i < size_max; i++) {
        char c = value.data[i];
        key = key << 8 | (unsigned char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    }
    return key;
}

/* A country that is not known by its code or name is no evidence. */
static bool read_country(uint64_t *key, itd_sv value)
{
    const char *code = itd_country_find(value);
    *key = code ? letters_key(itd_sv_of(code), 8) : 0;
    return code != NULL;
}

/* Words that stand before a number and are not part of it. */
static bool is_label(itd_sv word)
{
    static const char *const labels[] = {
        "no",       "nr",      "num",     "number",  "nº",           "n°",       "№",
        "passport", "id",      "card",    "reg",     "registration", "tax",      "inn",
        "ogrn",     "kpp",     "okpo",    "ssn",     "national",     "identity", "identification",
        "document", "doc",     "license", "licence", "nit",          "rfc",      "cedula",
        "vat",      "company", "tin",     "dni",     "curp",         "code",     "инн",
        "огрн",     "imo",     "mmsi",    "nie",     "cnic"};
    while (word.size &&
           (word.data[word.size - 1] == '.' || word.data[word.size - 1] == ':' || word.data[word.size - 1] == '#'))
        word.size--;
    if (word.size == 0)
        return true;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (itd_sv_equal_nocase(word, itd_sv_of(labels[i])))
            return true;
    return false;
}

/* The number alone: without words before it ("Passport No. 123"), and without what is said after it in parentheses or
 * behind a comma or semicolon. */
static itd_sv bare_number(itd_sv value)
{
    itd_sv text = itd_sv_trim(value);
    for (size_t i = 1; i < text.size; i++) {
        if (text.data[i] == '(' || text.data[i] == ',' || text.data[i] == ';') {
            text = itd_sv_trim(itd_sv_slice(text, 0, i));
            break;
        }
    }
    for (;;) {
        size_t end = 0;
        while (end < text.size && text.data[end] != ' ' && text.data[end] != ':' && text.data[end] != '#')
            end++;
        if (end == text.size || !is_label(itd_sv_slice(text, 0, end)))
            return text;
        text = itd_sv_trim(itd_sv_slice(text, end + 1, text.size - end - 1));
    }
}

/* Numbers of one office look alike: "HRB 26136" and "HRB 58745". */
static uint32_t shape_of(const char *number)
{
    char shape[ITD_IDENTIFIER_MAX];
    size_t size = strlen(number);
    for (size_t i = 0; i < size; i++)
        shape[i] = itd_is_digit(number[i]) ? '9' : 'A';
    return (uint32_t)itd_hash(shape, size);
}

static size_t read_identifier(itd_match_fact *out, size_t count, itd_property property, itd_sv value)
{
    itd_identifier_reading readings[ITD_IDENTIFIER_READINGS_MAX] = {0};
    size_t found = itd_identifier_readings(readings, property, value), first = count;
    static_assert(ITD_IDENTIFIER_READINGS_MAX <= ITD_FACT_READINGS_MAX, "readings of a value");
    for (size_t i = 0; i < found; i++) {
        const char *text = readings[i].identifier.value;
        uint64_t key = itd_hash(text, strlen(text));
        size_t same = 0;
        while (same < first && out[same].key != key)
            same++;
        if (same == first)
            out[count++] = (itd_match_fact){.key = key,
                                            .property = property,
                                            .kind = ITD_FACT_IDENTIFIER,
                                            .trust = (uint8_t)readings[i].trust,
                                            .shape = shape_of(text)};
        else if (out[same].trust < readings[i].trust)
            out[same].trust = (uint8_t)readings[i].trust;
    }
    return count;
}

static size_t read_identifiers(itd_match_fact *out, itd_property property, itd_sv value)
{
    size_t count = read_identifier(out, 0, property, value);
    itd_sv bare = bare_number(value);
    return bare.size && bare.size < value.size ? read_identifier(out, count, property, bare) : count;
}

/* An address, and the country that it ends with. */
static size_t read_address(itd_match_fact *out, itd_property property, itd_sv value)
{
    size_t count = 0, last = value.size;
    uint64_t key = itd_address_key(value);
    if (key)
        out[count++] = (itd_match_fact){.key = key, .property = property, .kind = ITD_FACT_ADDRESS};
    while (last > 0 && value.data[last - 1] != ',')
        last--;
    if (read_country(&key, itd_sv_slice(value, last, value.size - last)))
        out[count++] = (itd_match_fact){.key = key, .property = property, .kind = ITD_FACT_COUNTRY};
    return count;
}

size_t itd_facts_of(itd_match_fact out[static ITD_FACTS_OF_VALUE_MAX], const itd_entity_value *value)
{
    itd_match_fact fact = {.property = value->property};
    bool found = false;
    switch (itd_property_typeof(value->property)) {
    case ITD_TYPE_IDENTIFIER:
        return read_identifiers(out, value->property, value->value);
    case ITD_TYPE_ADDRESS:
        return value->property == ITD_P_Thing_address ? read_address(out, value->property, value->value) : 0;
    case ITD_TYPE_DATE:
        fact.kind = ITD_FACT_DATE;
        found = (value->property == ITD_P_Person_birthDate || value->property == ITD_P_LegalEntity_incorporationDate ||
                 value->property == ITD_P_Vehicle_buildDate) &&
                itd_date_read(&fact.key, value->value, value->property == ITD_P_Person_birthDate);
        break;
    case ITD_TYPE_COUNTRY:
        fact.kind = ITD_FACT_COUNTRY;
        found = itd_property_is_matchable(value->property) && read_country(&fact.key, value->value);
        break;
    case ITD_TYPE_GENDER:
        fact.kind = ITD_FACT_GENDER;
        fact.key = letters_key(value->value, 1);
        found = value->value.size > 0;
        break;
    default:
        break;
    }
    if (found)
        out[0] = fact;
    return found;
}
