/* The Denied Persons List of the US (Bureau of Industry and Security), tab-separated. It numbers nobody: a record is
 * named by a hash of its name and effective date, and rows that share both are addresses of one. */
#include "read/list_rows.h"

enum column {
    NAME,
    STREET,
    CITY,
    STATE,
    COUNTRY,
    POSTAL_CODE,
    EFFECTIVE,
    EXPIRATION,
    STANDARD_ORDER,
    LAST_UPDATE,
    ACTION,
    CITATION,
    COLUMNS
};

static const char *const columns[COLUMNS] = {
    "Name",           "Street_Address",  "City",           "State",       "Country", "Postal_Code",
    "Effective_Date", "Expiration_Date", "Standard_Order", "Last_Update", "Action",  "FR_Citation",
};

static itd_status take(itd_list *list, itd_error *error)
{
    const itd_sv *t = list->texts;
    bool begun;
    itd_uk_entry entry;
    if (t[NAME].size == 0)
        return itd_list_reject(list, t[NAME], error, "record has no name");
    itd_sv said[] = {t[NAME], t[EFFECTIVE]}, key = itd_list_hash_key(list, said, 2);
    if (list->key.failed)
        return itd_fail_memory(error);
    ITD_TRY(itd_list_begin(list, &begun, &entry, key, ITD_S_LegalEntity, error));
    if (!begun)
        return ITD_OK;
    itd_list_add_sanction(&entry, "Bureau of Industry and Security", ITD_SV("DPL"), "export.control");
    itd_list_add_sanction_date(&entry, ITD_P_Interval_startDate, "Effective date", t[EFFECTIVE],
                               itd_date_parse_month_first);
    itd_list_add_sanction_date(&entry, ITD_P_Interval_endDate, "Expiration date", t[EXPIRATION],
                               itd_date_parse_month_first);
    itd_list_add_sanction_date(&entry, ITD_P_Interval_modifiedAt, "Last update", t[LAST_UPDATE], itd_date_parse);
    itd_record_add(entry.record, entry.sanction, ITD_P_Interval_recordId, t[CITATION]);
    itd_record_add(entry.record, entry.part, ITD_P_Thing_name, t[NAME]);
    itd_list_address address = {
        .street = t[STREET], .city = t[CITY], .state = t[STATE], .postal_code = t[POSTAL_CODE], .country = t[COUNTRY]};
    itd_list_add_address(&entry, &address);
    itd_uk_add_note(&entry, "Standard order", t[STANDARD_ORDER]);
    itd_uk_add_note(&entry, "Action", t[ACTION]);
    return itd_list_commit(list, error);
}

static const itd_list_kind kind = {
    .columns = columns,
    .count = COLUMNS,
    .needed = EFFECTIVE + 1,
    .delimiter = '\t',
    .merge = true,
    .every = (1u << (POSTAL_CODE + 1)) - 1,
    .take = take,
};

static int sniff(const itd_sniff *look)
{
    return itd_list_sniff(look, &kind);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    return itd_list_read(read, &kind, error);
}

const itd_format itd_format_us_bis_dpl = {
    .id = "us-bis-dpl",
    .title = "US Denied Persons List, tab-separated",
    .dataset = "us-bis-dpl",
    .sniff = sniff,
    .read = read_list,
};
