/* The nodes of ICIJ's databases as a list: entities, officers, intermediaries and others, not addresses. docs/own.md
 * says what becomes of them. */
#include "read/icij.h"
#include "read/icij_role.h"
#include "read/parties.h"

/* The code of a country that nobody identified. */
#define NO_COUNTRY "XXX"

/* Codes are surer than words; a file may have words alone. */
static void add_countries(itd_parties *p, const itd_sv *cells)
{
    itd_sv part, rest = cells[ITD_ICIJ_COUNTRY_CODES].size ? cells[ITD_ICIJ_COUNTRY_CODES] : cells[ITD_ICIJ_COUNTRIES];
    while (itd_sv_split(&part, &rest, ';'))
        if (!itd_sv_is(itd_sv_trim(part), NO_COUNTRY))
            itd_parties_add_country(p, "country", itd_sv_trim(part));
}

static void add_date(itd_parties *p, const char *property, itd_sv text)
{
    itd_date date = {0};
    if (itd_icij_date(&date, text) && date.year != 0)
        itd_parties_put_date(p, property, date, text);
    else
        itd_parties_add(p, property, text);
}

static void add_names(itd_parties *p, const itd_sv *cells)
{
    itd_parties_add(p, "name", cells[ITD_ICIJ_NAME]);
    if (!itd_sv_equal(cells[ITD_ICIJ_ORIGINAL_NAME], cells[ITD_ICIJ_NAME]))
        itd_parties_add(p, "alias", cells[ITD_ICIJ_ORIGINAL_NAME]);
    itd_parties_add(p, "previousName", cells[ITD_ICIJ_FORMER_NAME]);
}

/* Officers and intermediaries are people, companies or trusts, and no file says which. */
static itd_status on_party(void *context, const itd_stakes_party *party, itd_error *error)
{
    itd_parties *p = context;
    const itd_sv *cells = party->cells;
    bool words = cells[ITD_ICIJ_JURISDICTION_WORDS].size > 0;
    itd_schema schema = itd_icij_is_entity(cells[ITD_ICIJ_CATEGORY]) ? ITD_S_Company : ITD_S_LegalEntity;
    itd_parties_begin(p, party->id, schema, party->line, party->offset);
    add_names(p, cells);
    add_countries(p, cells);
    itd_parties_add_country(p, "jurisdiction", cells[words ? ITD_ICIJ_JURISDICTION_WORDS : ITD_ICIJ_JURISDICTION]);
    add_date(p, "incorporationDate", cells[ITD_ICIJ_INCORPORATED]);
    add_date(p, "dissolutionDate", cells[ITD_ICIJ_CLOSED]);
    add_date(p, "dissolutionDate", cells[ITD_ICIJ_STRUCK_OFF]);
    itd_parties_add(p, "status", cells[ITD_ICIJ_STATUS]);
    itd_parties_add(p, "legalForm", cells[ITD_ICIJ_COMPANY_TYPE]);
    itd_parties_add(p, "registrationNumber", cells[ITD_ICIJ_NUMBER]);
    itd_parties_add(p, "address", cells[ITD_ICIJ_ADDRESS]);
    itd_parties_add(p, "notes", cells[ITD_ICIJ_NOTE]);
    return itd_record_commit(p->record, error);
}

static itd_status read_icij(itd_read *read, itd_error *error)
{
    itd_parties parties;
    ITD_TRY(itd_parties_open(&parties, read, error));
    itd_status status = itd_parties_read(&parties, itd_icij_read_nodes, on_party, &parties, error);
    itd_parties_close(&parties);
    return status;
}

/* Of edges no list is made: they say of no party who it is. */
static int sniff(const itd_sniff *look)
{
    return itd_icij_is_nodes(look->head) ? 90 : 0;
}

const itd_format itd_format_icij = {
    .id = "icij",
    .title = "nodes of the ICIJ's databases (Offshore Leaks), CSV: the parties of a register",
    .sniff = sniff,
    .gather = itd_parties_gather,
    .read = read_icij,
};
