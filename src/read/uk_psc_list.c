/* The parties of the register of people with significant control: whom its records name, not the companies of which
 * only the number is known. docs/own.md says what becomes of them. */
#include "base/json.h"
#include "read/parties.h"
#include "read/uk_psc.h"

static itd_sv text_of(const itd_json *object, const char *key)
{
    return itd_sv_trim(itd_json_text(itd_json_member(object, key)));
}

static void add_names(itd_parties *p, const itd_json *data)
{
    const itd_json *elements = itd_json_member(data, "name_elements");
    const itd_sv parts[] = {text_of(elements, "forename"), text_of(elements, "middle_name"),
                            text_of(elements, "surname")};
    itd_sv name = itd_record_join(p->record, " ", parts, sizeof parts / sizeof parts[0]);
    itd_parties_add(p, "name", name.size ? name : text_of(data, "name")); /* there with the title before it */
    itd_parties_add(p, "title", text_of(elements, "title"));
    itd_parties_add(p, "firstName", parts[0]);
    itd_parties_add(p, "middleName", parts[1]);
    itd_parties_add(p, "lastName", parts[2]);
}

static void add_birth(itd_parties *p, const itd_json *birth)
{
    int64_t year = 0, month = 0, day = 0;
    (void)(itd_json_int64(&year, itd_json_member(birth, "year")) &&
           itd_json_int64(&month, itd_json_member(birth, "month")) &&
           itd_json_int64(&day, itd_json_member(birth, "day")));
    if (year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31)
        return;
    const itd_date date = {.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
    if (itd_date_is_valid(date))
        itd_record_add_date(p->record, 0, ITD_P_Person_birthDate, date, ITD_SV_NONE);
}

static void add_address(itd_parties *p, const itd_json *address)
{
    static const char *const keys[] = {"care_of",  "po_box", "premises",    "address_line_1", "address_line_2",
                                       "locality", "region", "postal_code", "country"};
    itd_sv parts[sizeof keys / sizeof keys[0]];
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        parts[i] = text_of(address, keys[i]);
    itd_parties_add(p, "address", itd_record_join(p->record, ", ", parts, sizeof keys / sizeof keys[0]));
}

/* Whose id is a number is registered in the UK; the number is that of the register, whatever zeros were left out. */
static void add_registration(itd_parties *p, const itd_json *identification, itd_sv id)
{
    itd_sv number = text_of(identification, "registration_number"),
           country = text_of(identification, "country_registered");
    itd_sv key = itd_sv_slice(id, sizeof ITD_UK_PSC_PREFIX - 1, SIZE_MAX);
    bool numbered = !itd_sv_starts(key, ITD_SV("/"));
    if (numbered)
        itd_record_add_as(p->record, 0, ITD_P_LegalEntity_registrationNumber, key, number, ITD_SV_NONE);
    else
        itd_parties_add(p, "registrationNumber", number);
    itd_parties_add_country(p, "jurisdiction", numbered && country.size == 0 ? ITD_SV("GB") : country);
    itd_parties_add(p, "legalForm", text_of(identification, "legal_form"));
}

static itd_status on_party(void *context, const itd_stakes_party *party, itd_error *error)
{
    itd_parties *p = context;
    const itd_json *data = party->json;
    itd_sv kind = text_of(data, "kind");
    bool person = itd_sv_starts(kind, ITD_SV("individual"));
    itd_schema schema = person                                        ? ITD_S_Person
                        : itd_sv_starts(kind, ITD_SV("legal-person")) ? ITD_S_LegalEntity
                                                                      : ITD_S_Company;
    itd_parties_begin(p, party->id, schema, party->line, party->offset);
    add_names(p, data);
    if (person) {
        add_birth(p, itd_json_member(data, "date_of_birth"));
        itd_parties_add_country(p, "nationality", text_of(data, "nationality"));
        itd_parties_add_country(p, "country", text_of(data, "country_of_residence"));
    } else {
        add_registration(p, itd_json_member(data, "identification"), party->id);
    }
    add_address(p, itd_json_member(data, "address"));
    return itd_record_commit(p->record, error);
}

static itd_status read_uk_psc(itd_read *read, itd_error *error)
{
    itd_parties parties;
    ITD_TRY(itd_parties_open(&parties, read, error));
    itd_status status = itd_parties_read(&parties, itd_uk_psc_read, on_party, &parties, error);
    itd_parties_close(&parties);
    return status;
}

static int sniff(const itd_sniff *look)
{
    return itd_uk_psc_is(look->head) ? 90 : 0;
}

const itd_format itd_format_uk_psc = {
    .id = "uk-psc",
    .title = "people with significant control, Companies House (UK): the parties of a register",
    .sniff = sniff,
    .gather = itd_parties_gather,
    .read = read_uk_psc,
};
