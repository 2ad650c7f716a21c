#include <stdio.h>

#include "base/buffer.h"
#include "base/map.h"
#include "model/identifier.h"
#include "model/other.h"
#include "read/csv_columns.h"
#include "read/naming.h"

/* OpenSanctions' targets.simple.csv: a row an entity that is a target. Ids are kept. Cells with several values hold
 * them between semicolons, those with semicolons, quotes or line ends quoted as in CSV. What the file does not tell is
 * not made up: it has no topics, no kinds of identifiers, and does not say which of several sanctions a programme
 * belongs to. docs/ftm.md says what becomes of each column. */

enum column {
    ID,
    SCHEMA,
    NAME,
    ALIASES,
    BIRTH_DATE,
    COUNTRIES,
    ADDRESSES,
    IDENTIFIERS,
    SANCTIONS,
    PHONES,
    EMAILS,
    PROGRAM_IDS,
    DATASET,
    FIRST_SEEN,
    LAST_SEEN,
    LAST_CHANGE
};

static const char *const names[] = {"id",        "schema",      "name",      "aliases",     "birth_date", "countries",
                                    "addresses", "identifiers", "sanctions", "phones",      "emails",     "program_ids",
                                    "dataset",   "first_seen",  "last_seen", "last_change", NULL};

static const itd_csv_columns columns = {names, 1U << ID | 1U << SCHEMA | 1U << NAME | 1U << ALIASES | 1U << BIRTH_DATE |
                                                   1U << COUNTRIES | 1U << IDENTIFIERS | 1U << SANCTIONS};

/* Columns whose values are those of one property, where the schema has it. */
static const struct {
    enum column column;
    const char *property;
} plain[] = {
    {ALIASES, "alias"}, {BIRTH_DATE, "birthDate"}, {COUNTRIES, "country"}, {ADDRESSES, "address"},
    {PHONES, "phone"},  {EMAILS, "email"},         {DATASET, ""},          {LAST_CHANGE, ""},
};

typedef struct simple {
    itd_read *read;
    itd_buffer value;
    itd_schema schema;
} simple;

/* Takes a quoted value from the start of `rest`; false when it is none, as in files that quote nothing. */
static bool take_quoted(simple *s, itd_sv *rest)
{
    if (rest->size < 2 || rest->data[0] != '"')
        return false;
    itd_buffer_clear(&s->value);
    for (size_t i = 1; i < rest->size; i++) {
        if (rest->data[i] != '"') {
            (void)itd_buffer_append_char(&s->value, rest->data[i]);
        } else if (i + 1 < rest->size && rest->data[i + 1] == '"') {
            (void)itd_buffer_append_char(&s->value, '"');
            i++;
        } else {
            if (i + 1 < rest->size && rest->data[i + 1] != ';')
                return false;
            *rest = i + 1 < rest->size ? itd_sv_slice(*rest, i + 2, SIZE_MAX) : ITD_SV_NONE;
            return true;
        }
    }
    return false;
}

/* The next value of a cell, which may be empty; false past the last. */
static bool next_value(simple *s, itd_sv *value, itd_sv *rest, bool *more)
{
    if (!*more)
        return false;
    const char *end = rest->data + rest->size;
    if (take_quoted(s, rest)) {
        *value = itd_buffer_view(&s->value);
        *more = rest->size > 0 || (rest->data && rest->data == end);
        return true;
    }
    size_t at = itd_sv_find(*rest, ITD_SV(";"), 0);
    *more = at != SIZE_MAX;
    *value = itd_sv_slice(*rest, 0, *more ? at : rest->size);
    *rest = *more ? itd_sv_slice(*rest, at + 1, SIZE_MAX) : ITD_SV_NONE;
    return true;
}

/* As that property where the schema has it, else under the column's own name. */
static void add(simple *s, itd_record *record, const char *property, const char *column, itd_sv value)
{
    itd_property p = itd_property_find(s->schema, itd_sv_of(property));
    if (p != ITD_PROPERTY_NONE && p != ITD_P_ID)
        itd_record_add(record, 0, p, value);
    else
        itd_record_add_as(record, 0, ITD_P_OTHER, value, itd_sv_of(column), ITD_SV_NONE);
}

/* The file does not tell of what kind an identifier is; two kinds say it themselves, with their check digits. */
static void add_identifier(simple *s, itd_record *record, itd_sv value)
{
    static const char *const kinds[] = {"imoNumber", "leiCode", "idNumber", "registrationNumber"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        itd_property p = itd_property_find(s->schema, itd_sv_of(kinds[i]));
        itd_identifier identifier;
        bool strong = false;
        if (p == ITD_PROPERTY_NONE || (i == 0 && !itd_sv_starts_nocase(value, ITD_SV("IMO"))) ||
            (i < 2 && !(itd_identifier_key(&identifier, &strong, p, value) && strong)))
            continue;
        itd_record_add(record, 0, p, value);
        return;
    }
    add(s, record, "", "identifiers", value);
}

static itd_part sanction_of(itd_record *record, const char *suffix)
{
    itd_part part = itd_record_part(record, ITD_S_Sanction, itd_sv_of(suffix));
    itd_record_link(record, part, ITD_P_Sanction_entity, 0);
    return part;
}

/* A Sanction a value, also an empty one: it says that there is one of which nothing more is said. With several the
 * programmes stand on one of their own. */
static void add_sanctions(simple *s, itd_record *record, const itd_csv_cells *cells)
{
    itd_sv value, rest = cells->texts[SANCTIONS];
    itd_part last = 0;
    size_t count = 0;
    char suffix[32];
    bool more = rest.size > 0;
    while (next_value(s, &value, &rest, &more)) {
        value = itd_sv_trim(value);
        (void)snprintf(suffix, sizeof suffix, "sanction-%016llx", (unsigned long long)itd_hash_sv(value));
        last = sanction_of(record, suffix);
        itd_record_add(record, last, ITD_P_Interval_summary, value);
        count++;
    }
    rest = cells->texts[PROGRAM_IDS];
    more = rest.size > 0;
    if (more && count != 1)
        last = sanction_of(record, "sanction-programmes");
    while (next_value(s, &value, &rest, &more))
        itd_record_add(record, last, ITD_P_Sanction_programId, value);
}

static void add_columns(simple *s, itd_record *record, const itd_csv_cells *cells)
{
    itd_sv value, rest;
    bool more;
    add(s, record, "name", names[NAME], cells->texts[NAME]);
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        rest = cells->texts[plain[i].column];
        more = rest.size > 0;
        while (next_value(s, &value, &rest, &more))
            add(s, record, plain[i].property, names[plain[i].column], value);
    }
    rest = cells->texts[IDENTIFIERS];
    more = rest.size > 0;
    while (next_value(s, &value, &rest, &more))
        if (itd_sv_trim(value).size > 0)
            add_identifier(s, record, itd_sv_trim(value));
    add_sanctions(s, record, cells);
    for (size_t i = 0; i < cells->more_count; i++) {
        itd_sv name = cells->more[i].name;
        itd_sv parts[] = {name, cells->more[i].text};
        if (itd_other_name_fits(s->schema, name))
            itd_record_add_as(record, 0, ITD_P_OTHER, cells->more[i].text, name, ITD_SV_NONE);
        else /* a name that cannot be kept, or that of a property: said with the value */
            itd_record_add_as(record, 0, ITD_P_OTHER, itd_record_join(record, ": ", parts, 2), ITD_SV("column"),
                              ITD_SV_NONE);
    }
}

/* The latest time at which the publisher saw an entity is the closest the file comes to a version. */
static void see_version(itd_read *read, itd_sv last_seen)
{
    if (last_seen.size && itd_sv_compare(last_seen, itd_sv_make(read->version, strlen(read->version))) > 0)
        (void)snprintf(read->version, sizeof read->version, "%.*s", ITD_SV_ARG(last_seen));
}

static itd_status take(void *context, itd_record *record, const itd_csv_cells *cells, itd_error *error)
{
    simple *s = context;
    const itd_sv *t = cells->texts;
    const itd_csv_row *row = cells->row;
    const char *fault = NULL;
    s->schema = itd_schema_find(t[SCHEMA]);
    if (t[ID].size == 0)
        fault = "no id";
    else if (s->schema == ITD_SCHEMA_NONE)
        fault = "unknown schema";
    if (fault)
        return itd_record_reject(record, ITD_REJECT_RECORD, t[ID], row->line, row->offset, error, "%s", fault);
    (void)itd_record_begin(record, t[ID], true, s->schema, row->line, row->offset);
    itd_record_at(record, row->line, row->offset, row->span);
    itd_record_set_seen(record, t[FIRST_SEEN], t[LAST_SEEN]);
    add_columns(s, record, cells);
    if (s->value.failed)
        return itd_fail_memory(error);
    see_version(s->read, t[LAST_SEEN]);
    return itd_record_commit(record, error);
}

static itd_status read_targets(itd_read *read, itd_error *error)
{
    simple s = {.read = read};
    itd_csv_taker taker = {&columns, take, &s};
    if (read->dataset.size == 0)
        read->dataset = itd_dataset_of_path(read->source->paths[0]);
    itd_status status = itd_csv_columns_read(read, &taker, error);
    itd_buffer_finish(&s.value);
    return status;
}

static int sniff(const itd_sniff *look)
{
    return itd_csv_columns_look(&columns, look->head) ? 95 : 0;
}

const itd_format itd_format_targets_simple = {
    .id = "targets-simple",
    .title = "OpenSanctions targets.simple.csv",
    .sniff = sniff,
    .read = read_targets,
};
