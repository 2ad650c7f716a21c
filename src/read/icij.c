#include "read/icij.h"

#include "read/csv_rows.h"
#include "read/icij_role.h"
#include "read/stakes_send.h"

#define NAMES_MAX 4
#define PROGRESS_ROWS 4096

/* A column under the names that it has had. */
typedef struct column {
    const char *names[NAMES_MAX];
    bool needed;
} column;

enum { FROM, TO, TYPE, NAME, LABEL, START, END };
static const column edge_columns[] = {
    [FROM] = {{"source", "node_id_start", "START_ID", "node_1"}, true},
    [TO] = {{"target", "node_id_end", "END_ID", "node_2"}, true},
    [TYPE] = {{"data.type", "rel_type", "TYPE"}, true},
    [NAME] = {{"data.properties.name", "link"}, false},
    [LABEL] = {{"label"}, false},
    [START] = {{"data.properties.date_start", "start_date"}, false},
    [END] = {{"data.properties.date_end", "end_date"}, false},
};
static const column node_columns[ITD_ICIJ_CELLS] = {
    [ITD_ICIJ_ID] = {{"node_id", "id"}, true},
    [ITD_ICIJ_CATEGORY] = {{"labels(n)", "data.categories.0"}, false},
    [ITD_ICIJ_ADDRESS] = {{"address"}, false},
    [ITD_ICIJ_NAME] = {{"name", "data.properties.name"}, false},
    [ITD_ICIJ_ORIGINAL_NAME] = {{"original_name"}, false},
    [ITD_ICIJ_FORMER_NAME] = {{"former_name", "data.properties.former_name"}, false},
    [ITD_ICIJ_COUNTRY_CODES] = {{"country_codes"}, false},
    [ITD_ICIJ_COUNTRIES] = {{"countries", "data.properties.country"}, false},
    [ITD_ICIJ_JURISDICTION] = {{"jurisdiction", "data.properties.jurisdiction"}, false},
    [ITD_ICIJ_JURISDICTION_WORDS] = {{"jurisdiction_description"}, false},
    [ITD_ICIJ_INCORPORATED] = {{"incorporation_date", "data.properties.registrationDate"}, false},
    [ITD_ICIJ_CLOSED] = {{"closed_date"}, false},
    [ITD_ICIJ_STRUCK_OFF] = {{"struck_off_date", "data.properties.struck_off_date"}, false},
    [ITD_ICIJ_STATUS] = {{"status", "data.properties.status"}, false},
    [ITD_ICIJ_COMPANY_TYPE] = {{"company_type", "type"}, false},
    [ITD_ICIJ_NUMBER] = {{"ibcRUC"}, false},
    [ITD_ICIJ_NOTE] = {{"note"}, false},
};
#define EDGE_COLUMNS (sizeof edge_columns / sizeof edge_columns[0])
#define NODE_COLUMNS ((size_t)ITD_ICIJ_CELLS)
#define AT_MAX NODE_COLUMNS
_Static_assert(EDGE_COLUMNS <= AT_MAX, "room for the columns of both");

typedef struct table {
    const column *columns;
    size_t count, at[AT_MAX]; /* by column: its field, or SIZE_MAX */
    size_t fields;            /* of the header */
    itd_csv_row row;
} table;

typedef struct reading {
    itd_stakes_reading *to;
    const itd_input *input;
    itd_status (*send)(const struct reading *r, const table *t, const char **problem, itd_error *error);
} reading;

static bool take_header(table *t, const itd_sv *fields, size_t count)
{
    bool whole = true;
    t->fields = count;
    for (size_t c = 0; c < t->count; c++) {
        t->at[c] = SIZE_MAX;
        for (size_t n = 0; n < NAMES_MAX && t->columns[c].names[n] && t->at[c] == SIZE_MAX; n++)
            for (size_t f = 0; f < count && t->at[c] == SIZE_MAX; f++)
                if (itd_sv_is(itd_sv_trim(fields[f]), t->columns[c].names[n]))
                    t->at[c] = f;
        whole = whole && (t->at[c] != SIZE_MAX || !t->columns[c].needed);
    }
    return whole;
}

static itd_sv cell(const table *t, size_t which)
{
    return t->at[which] == SIZE_MAX ? ITD_SV_NONE : itd_sv_trim(t->row.fields[t->at[which]]);
}

/* ---- rows ---- */

static itd_status send_edge(const reading *r, const table *t, const char **problem, itd_error *error)
{
    itd_stake stakes[ITD_ICIJ_STAKES_MAX];
    itd_date start = {0}, end = {0};
    char rooms[2][ITD_STAKE_ID_BYTES_MAX];
    itd_sv from = itd_stakes_id(rooms[0], ITD_ICIJ_PREFIX, cell(t, FROM)),
           to = itd_stakes_id(rooms[1], ITD_ICIJ_PREFIX, cell(t, TO));
    if (from.size == 0 || to.size == 0)
        *problem = "an end of the edge: missing, or more than 1024 bytes (ITD_STAKE_ID_BYTES_MAX)";
    else if (!itd_icij_date(&start, cell(t, START)) || !itd_icij_date(&end, cell(t, END)))
        *problem = "a date that is none (DD/MM/YYYY, DD-MON-YYYY, YYYY-MM-DD, YYYY)";
    else if (!itd_stakes_days_fit(start, end))
        *problem = "it ends before it starts";
    if (*problem)
        return ITD_OK;
    size_t count = itd_icij_role(stakes, cell(t, TYPE), cell(t, NAME), cell(t, LABEL));
    for (size_t i = 0; i < count; i++) {
        stakes[i].owner = from;
        stakes[i].owned = to;
        stakes[i].start = start;
        stakes[i].end = end;
        stakes[i].line = t->row.line;
        ITD_TRY(itd_stakes_send(r->to, &stakes[i], error));
    }
    return ITD_OK;
}

static bool has_column(const table *t, size_t which)
{
    return t->at[which] != SIZE_MAX;
}

/* Newer databases are a file a category, and do not say which: only entities have numbers, and of those without a
 * status only addresses have an address. */
static itd_sv category_of(const table *t)
{
    if (has_column(t, ITD_ICIJ_CATEGORY))
        return cell(t, ITD_ICIJ_CATEGORY);
    if (has_column(t, ITD_ICIJ_NUMBER))
        return ITD_SV("Entity");
    bool addresses = has_column(t, ITD_ICIJ_ADDRESS) && has_column(t, ITD_ICIJ_NAME) && !has_column(t, ITD_ICIJ_STATUS);
    return addresses ? ITD_SV("Address") : ITD_SV_NONE;
}

bool itd_icij_is_entity(itd_sv category)
{
    return itd_sv_find(category, ITD_SV("Entity"), 0) != SIZE_MAX || itd_sv_is(category, "Company");
}

static itd_status tell_node(const reading *r, const table *t, itd_sv id, itd_error *error)
{
    itd_sv cells[ITD_ICIJ_CELLS];
    for (size_t i = 0; i < ITD_ICIJ_CELLS; i++)
        cells[i] = cell(t, i);
    cells[ITD_ICIJ_CATEGORY] = category_of(t);
    const itd_stakes_party party = {.id = id, .cells = cells, .line = t->row.line, .offset = t->row.offset};
    return cells[ITD_ICIJ_NAME].size > 0 ? itd_stakes_tell(r->to, &party, error) : ITD_OK;
}

static itd_status send_node(const reading *r, const table *t, const char **problem, itd_error *error)
{
    char room[ITD_STAKE_ID_BYTES_MAX];
    itd_sv id = itd_stakes_id(room, ITD_ICIJ_PREFIX, cell(t, ITD_ICIJ_ID)), address = cell(t, ITD_ICIJ_ADDRESS);
    bool is_address = itd_sv_find(category_of(t), ITD_SV("Address"), 0) != SIZE_MAX;
    uint64_t line = t->row.line;
    if (id.size == 0) {
        *problem = "the id of the node: missing, or more than 1024 bytes (ITD_STAKE_ID_BYTES_MAX)";
        return ITD_OK;
    }
    if (is_address && address.size == 0)
        address = cell(t, ITD_ICIJ_NAME);
    if (!is_address)
        ITD_TRY(tell_node(r, t, id, error));
    if (!is_address || address.size == 0)
        ITD_TRY(itd_stakes_send_alone(r->to, id, (itd_date){0}, (itd_date){0}, line, error));
    return itd_stakes_send_address(r->to, id, &address, 1, line, error);
}

/* ---- files ---- */

static itd_status read_row(const reading *r, const table *t, itd_error *error)
{
    const char *problem = t->row.problem;
    if (!problem && t->row.count != t->fields)
        problem = t->row.count < t->fields ? "fewer fields than the header has" : "more fields than the header has";
    if (!problem)
        ITD_TRY(r->send(r, t, &problem, error));
    if (!problem)
        return ITD_OK;
    const itd_stakes_place place = {t->row.line, t->row.offset};
    return itd_stakes_reject(r->to, r->input, &place, ITD_SV_NONE, problem, error);
}

static itd_status read_rows(const reading *r, table *t, itd_csv *csv, itd_error *error)
{
    bool more = true;
    ITD_TRY(itd_csv_next(csv, &t->row, &more, error));
    if (!more || t->row.problem || !take_header(t, t->row.fields, t->row.count))
        return itd_fail_at(error, ITD_EFORMAT, itd_input_name(r->input), 1, ITD_NOWHERE, "%s",
                           more && t->row.problem ? t->row.problem : "the header is none of ICIJ's");
    for (uint64_t rows = 0;; rows++) {
        ITD_TRY(itd_csv_next(csv, &t->row, &more, error));
        if (!more)
            return ITD_OK;
        if (rows % PROGRESS_ROWS == 0)
            itd_stakes_progress(r->to, r->input);
        ITD_TRY(read_row(r, t, error));
    }
}

static itd_status read_table(const reading *r, table *t, itd_input *input, itd_error *error)
{
    itd_csv *csv = NULL;
    const itd_csv_options options = {.row_bytes_max = ITD_STAKE_ROW_BYTES_MAX};
    r->to->stakes = r->to->rejected = 0;
    ITD_TRY(itd_csv_create(&csv, input, &options, error));
    itd_status status = read_rows(r, t, csv, error);
    itd_csv_destroy(csv);
    return status;
}

itd_status itd_icij_read_edges(itd_stakes_reading *to, itd_input *input, itd_error *error)
{
    const reading r = {to, input, send_edge};
    table t = {.columns = edge_columns, .count = EDGE_COLUMNS};
    return read_table(&r, &t, input, error);
}

itd_status itd_icij_read_nodes(itd_stakes_reading *to, itd_input *input, itd_error *error)
{
    const reading r = {to, input, send_node};
    table t = {.columns = node_columns, .count = NODE_COLUMNS};
    return read_table(&r, &t, input, error);
}

/* ---- what a file is ---- */

/* The columns that have to be there, and one of those that only these files have. */
static bool is_table(itd_sv head, const column *columns, size_t count, const char *const *marks)
{
    itd_sv fields[ITD_ICIJ_COLUMNS_MAX];
    table t = {.columns = columns, .count = count};
    if (itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")))
        head = itd_sv_slice(head, 3, SIZE_MAX);
    size_t found = itd_csv_look(&head, ',', fields, ITD_ICIJ_COLUMNS_MAX);
    if (found > ITD_ICIJ_COLUMNS_MAX || !take_header(&t, fields, found))
        return false;
    for (; *marks; marks++)
        for (size_t f = 0; f < found; f++)
            if (itd_sv_is(itd_sv_trim(fields[f]), *marks))
                return true;
    return false;
}

bool itd_icij_is_edges(itd_sv head)
{
    static const char *const marks[] = {"data.type", "rel_type", "START_ID", NULL};
    return is_table(head, edge_columns, EDGE_COLUMNS, marks);
}

bool itd_icij_is_nodes(itd_sv head)
{
    static const char *const marks[] = {"sourceID", "labels(n)", "data.categories.0", NULL};
    return is_table(head, node_columns, NODE_COLUMNS, marks);
}
