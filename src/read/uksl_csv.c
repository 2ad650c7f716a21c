#include <stdio.h>

#include "base/buffer.h"
#include "base/map.h"
#include "base/vector.h"
#include "read/csv_rows.h"
#include "read/uksl.h"

/* The UK Sanctions List as CSV: line 1 "Report Date: …", line 2 the header, then a row a name and address of a
 * designation. Rows of one Unique ID repeat everything else and need not be adjacent: each gives what no earlier row of
 * its designation has said. The list's index (Unique ID, OFSI Group ID, Name, Regime Name, Type …; the header is line
 * 1) is the same list with fewer columns. */

/** Most bytes kept to know what was said before; past it facts may repeat, and the fold drops them. */
#define UKSL_SEEN_BYTES_MAX ((size_t)1 << 26)
#define UKSL_WIDTH_MAX 96
#define UKSL_HEADER_MAX 80

static const char report_date[] = "Report Date";

/* What the first row of a designation says. */
typedef struct designation {
    uint64_t line, offset;
    itd_schema schema;
} designation;

typedef struct reading {
    itd_read *read;
    itd_record *record;
    itd_input *input;
    itd_csv *csv;
    size_t width;                    /* columns of the header */
    uint8_t columns[UKSL_WIDTH_MAX]; /* what each is, ITD_UKSL_COLUMNS when unknown */
    char unknown[UKSL_WIDTH_MAX][UKSL_HEADER_MAX];
    itd_intern ids;
    ITD_VECTOR(designation) designations; /* by number of the id */
    itd_intern seen;                      /* what was said before; seen_bytes of it */
    size_t seen_bytes;
    itd_buffer key;
    bool failed; /* out of memory */
} reading;

typedef struct uksl_row {
    itd_sv texts[ITD_UKSL_COLUMNS];
    uint32_t designation;
    const itd_csv_row *csv;
} uksl_row;

/* --- Head of the file --- */

/* A header of the list or of its index names these four, whatever their order. */
static bool is_header(const itd_sv *fields, size_t count)
{
    bool id = false, name = false, regime = false, type = false;
    for (size_t i = 0; i < count; i++) {
        uint8_t column = itd_uksl_column(fields[i]);
        id |= column == ITD_UKSL_UNIQUE_ID;
        name |= column == ITD_UKSL_NAME_6 || column == ITD_UKSL_WHOLE_NAME;
        regime |= column == ITD_UKSL_REGIME;
        type |= column == ITD_UKSL_TYPE;
    }
    return id && name && regime && type;
}

static int sniff(const itd_sniff *look)
{
    itd_sv rest = look->head, fields[UKSL_WIDTH_MAX];
    if (itd_sv_starts(rest, ITD_SV("\xEF\xBB\xBF")))
        rest = itd_sv_slice(rest, 3, SIZE_MAX);
    size_t count = itd_csv_look(&rest, ',', fields, UKSL_WIDTH_MAX);
    if (count > 0 && itd_sv_starts_nocase(itd_sv_trim(fields[0]), itd_sv_of(report_date)))
        count = itd_csv_look(&rest, ',', fields, UKSL_WIDTH_MAX);
    return count <= UKSL_WIDTH_MAX && is_header(fields, count) ? 100 : 0;
}

static itd_status fail_head(const reading *r, const itd_csv_row *row, itd_error *error, const char *reason)
{
    return itd_fail_at(error, ITD_EFORMAT, r->read->source->paths[0], row->line,
                       row->problem ? row->problem_offset : row->offset, "%s", reason);
}

static itd_status next_head_row(reading *r, itd_csv_row *row, itd_error *error)
{
    bool more = false;
    ITD_TRY(itd_csv_next(r->csv, row, &more, error));
    if (!more)
        return itd_fail_at(error, ITD_EFORMAT, r->read->source->paths[0], 1, itd_input_offset(r->input),
                           "the file ends before the header of the list");
    return row->problem ? fail_head(r, row, error, row->problem) : ITD_OK;
}

/* "Report Date: 02-Oct-2026", the date behind the colon or in a field of its own; kept as it is when it is no date that
 * is known. */
static void read_version(reading *r, const itd_csv_row *row)
{
    char day[32];
    itd_date date;
    itd_sv text = itd_sv_trim(itd_sv_slice(itd_sv_trim(row->fields[0]), sizeof report_date - 1, SIZE_MAX));
    while (text.size > 0 && (text.data[0] == ':' || text.data[0] == ' '))
        text = itd_sv_slice(text, 1, SIZE_MAX);
    if (text.size == 0 && row->count > 1)
        text = itd_sv_trim(row->fields[1]);
    if (text.size >= sizeof day)
        return;
    itd_sv slashes = {day, text.size}, blanks = text;
    for (size_t i = 0; i < text.size; i++)
        day[i] = text.data[i] == '-' ? '/' : text.data[i];
    bool known = itd_date_parse(&date, text) || itd_date_parse_day_first(&date, slashes);
    for (size_t i = 0; !known && i < text.size; i++)
        day[i] = text.data[i] == '-' ? ' ' : text.data[i];
    blanks.data = day;
    if (known || itd_date_parse_english(&date, blanks)) {
        itd_sv version = itd_date_format(r->read->version, date);
        r->read->version[version.size] = 0;
    } else {
        (void)snprintf(r->read->version, sizeof r->read->version, "%.*s", ITD_SV_ARG(text));
    }
}

static void keep_header(reading *r, size_t at, itd_sv name)
{
    name = itd_sv_slice(itd_sv_trim(name), 0, UKSL_HEADER_MAX - 1);
    if (itd_utf8_invalid_at(name) != SIZE_MAX) /* cut inside a character */
        name.size = itd_utf8_invalid_at(name);
    if (name.size > 0)
        memcpy(r->unknown[at], name.data, name.size);
}

static itd_status read_head(reading *r, itd_error *error)
{
    itd_csv_row row;
    ITD_TRY(next_head_row(r, &row, error));
    if (itd_sv_starts_nocase(itd_sv_trim(row.fields[0]), itd_sv_of(report_date))) {
        read_version(r, &row);
        ITD_TRY(next_head_row(r, &row, error));
    }
    if (row.count > UKSL_WIDTH_MAX)
        return fail_head(r, &row, error, "the header has more than 96 columns");
    if (!is_header(row.fields, row.count))
        return fail_head(r, &row, error, "the header names no Unique ID, name, regime and type");
    r->width = row.count;
    bool found[ITD_UKSL_COLUMNS] = {false};
    for (size_t i = 0; i < row.count; i++) {
        uint8_t column = itd_uksl_column(row.fields[i]);
        bool is_known = column != ITD_UKSL_COLUMNS && !found[column]; /* of two with the same words, the first */
        r->columns[i] = is_known ? column : ITD_UKSL_COLUMNS;
        if (is_known)
            found[column] = true;
        keep_header(r, i, row.fields[i]);
    }
    return ITD_OK;
}

/* --- Rows --- */

/* Is this the first row of its designation that says these columns so? Yes, too, when the room for knowing it is full.
 */
static bool is_new(reading *r, const uksl_row *row, size_t what, const itd_sv *texts, const uint8_t *columns,
                   size_t count)
{
    size_t size = 0;
    itd_buffer_clear(&r->key);
    itd_buffer_append_u64(&r->key, row->designation);
    itd_buffer_append_char(&r->key, '\x1F');
    itd_buffer_append_u64(&r->key, what);
    for (size_t i = 0; i < count; i++) {
        itd_buffer_append_char(&r->key, '\x1F');
        itd_buffer_append(&r->key, texts[columns[i]]);
        size += texts[columns[i]].size;
    }
    if (size == 0)
        return false;
    size_t before = r->seen.count;
    if (r->seen_bytes >= UKSL_SEEN_BYTES_MAX)
        return true;
    if (r->key.failed || itd_intern_add(&r->seen, itd_buffer_view(&r->key)) == ITD_MAP_NONE)
        return r->failed = true;
    r->seen_bytes += r->seen.count > before ? r->key.size : 0;
    return r->seen.count > before;
}

static void add_row(reading *r, const uksl_row *row, itd_uk_entry *entry)
{
    static const uint8_t frame[] = {ITD_UKSL_UNIQUE_ID, ITD_UKSL_REGIME}, first[] = {0};
    const itd_uksl_group *group;
    size_t number = 0;
    if (is_new(r, row, SIZE_MAX, row->texts, frame, 2))
        itd_uksl_add_frame(entry, row->texts[ITD_UKSL_UNIQUE_ID], row->texts[ITD_UKSL_REGIME]);
    for (; (group = itd_uksl_group_at(number)) != NULL; number++)
        if (is_new(r, row, number, row->texts, group->columns, group->count))
            group->add(entry, row->texts);
    for (size_t i = 0; i < r->width; i++) {
        itd_sv text = itd_sv_trim(row->csv->fields[i]);
        if (r->columns[i] == ITD_UKSL_COLUMNS && is_new(r, row, number + i, &text, first, 1))
            itd_uk_add_note(entry, r->unknown[i], text);
    }
}

/* Finds or makes the designation of the row; `*fault` when it cannot be its. */
static itd_status find_designation(reading *r, uksl_row *row, itd_schema schema, const char **fault, itd_error *error)
{
    uint32_t number = itd_intern_add(&r->ids, row->texts[ITD_UKSL_UNIQUE_ID]);
    if (number == ITD_MAP_NONE)
        return itd_fail_memory(error);
    if (number == r->designations.count) {
        designation fresh = {row->csv->line, row->csv->offset, schema};
        if (!itd_vector_push(&r->designations, fresh))
            return itd_fail_memory(error);
    } else if (r->designations.items[number].schema != schema) {
        *fault = "the type differs from that of an earlier row of this Unique ID";
    }
    row->designation = number;
    return ITD_OK;
}

static const char *fault_of(const reading *r, const itd_csv_row *csv, uksl_row *row)
{
    if (csv->problem)
        return csv->problem;
    if (csv->count != r->width)
        return "another number of columns than the header";
    size_t size = 0;
    for (size_t i = 0; i < r->width; i++) {
        size += csv->fields[i].size;
        if (r->columns[i] != ITD_UKSL_COLUMNS)
            row->texts[r->columns[i]] = itd_sv_trim(csv->fields[i]);
    }
    if (size > ITD_VALUE_BYTES_MAX / 2) /* a row must not fail later, when what it says counts as said */
        return "longer than half of ITD_VALUE_BYTES_MAX";
    if (row->texts[ITD_UKSL_UNIQUE_ID].size == 0)
        return "no Unique ID";
    if (itd_uksl_schema(row->texts[ITD_UKSL_TYPE]) == ITD_SCHEMA_NONE)
        return "the type is none of Individual, Entity and Ship";
    return NULL;
}

static itd_status take_row(reading *r, const itd_csv_row *csv, itd_error *error)
{
    uksl_row row = {.csv = csv};
    const char *fault = fault_of(r, csv, &row);
    itd_sv id = row.texts[ITD_UKSL_UNIQUE_ID];
    itd_schema schema = itd_uksl_schema(row.texts[ITD_UKSL_TYPE]);
    if (!fault)
        ITD_TRY(find_designation(r, &row, schema, &fault, error));
    if (fault)
        return itd_record_reject(r->record, ITD_REJECT_RECORD, id, csv->line,
                                 csv->problem ? csv->problem_offset : csv->offset, error, "%s", fault);
    const designation *of = &r->designations.items[row.designation];
    itd_uk_entry entry = {.record = r->record, .schema = schema};
    entry.part = itd_record_begin(r->record, id, false, schema, of->line, of->offset);
    entry.sanction = itd_uk_sanction(r->record, row.texts[ITD_UKSL_REGIME]);
    itd_record_at(r->record, csv->line, csv->offset, csv->span);
    add_row(r, &row, &entry);
    return r->failed ? itd_fail_memory(error) : itd_record_commit(r->record, error);
}

static itd_status read_rows(reading *r, itd_error *error)
{
    for (;;) {
        itd_csv_row row;
        bool more = false;
        ITD_TRY(itd_csv_next(r->csv, &row, &more, error));
        if (!more)
            return ITD_OK;
        ITD_TRY(take_row(r, &row, error));
        if (r->read->progress && row.line % 1024 == 0) {
            uint64_t done = 0, total = 0;
            itd_input_progress(r->input, &done, &total);
            r->read->progress(r->read->progress_context, done, total);
        }
    }
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    const char *path = read->source->paths[0], *slash = strrchr(path, '/');
    reading *r = itd_calloc(1, sizeof *r);
    if (!r)
        return itd_fail_memory(error);
    r->read = read;
    itd_intern_init(&r->ids, SIZE_MAX);
    itd_intern_init(&r->seen, SIZE_MAX);
    itd_status status = itd_input_open(&r->input, path, error);
    if (status == ITD_OK)
        status = itd_csv_create(&r->csv, r->input, NULL, error);
    if (status == ITD_OK)
        status = itd_record_create(&r->record, read, slash ? slash + 1 : path, error);
    if (status == ITD_OK)
        status = read_head(r, error);
    if (status == ITD_OK)
        status = read_rows(r, error);
    if (status != ITD_OK)
        itd_error_set_where(error, path);
    read->records = r->designations.count; /* rows are names and addresses: a designation is the record */
    itd_record_destroy(r->record);
    itd_csv_destroy(r->csv);
    itd_input_close(r->input);
    itd_intern_finish(&r->ids);
    itd_intern_finish(&r->seen);
    itd_vector_finish(&r->designations);
    itd_buffer_finish(&r->key);
    itd_free(r);
    return status;
}

const itd_format itd_format_uksl_csv = {
    .id = "uksl-csv",
    .title = "UK Sanctions List or its index, CSV",
    .dataset = "gb-uksl",
    .sniff = sniff,
    .read = read_list,
};
