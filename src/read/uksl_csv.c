#include <stdio.h>

#include "read/csv_list.h"
#include "read/uksl.h"

/* The UK Sanctions List as CSV: line 1 "Report Date: …", line 2 the header, then a row a name and address of a
 * designation. Rows of one Unique ID repeat everything else and need not be adjacent: each gives what no earlier row of
 * its designation has said. The list's index (Unique ID, OFSI Group ID, Name, Regime Name, Type …; the header is line
 * 1) is the same list with fewer columns. */

#define UKSL_WIDTH_MAX 96
#define UKSL_HEADER_MAX 80

static const char report_date[] = "Report Date";

typedef struct reading {
    itd_csv_list list;
    size_t width;                    /* columns of the header */
    uint8_t columns[UKSL_WIDTH_MAX]; /* what each is, ITD_UKSL_COLUMNS when unknown */
    char unknown[UKSL_WIDTH_MAX][UKSL_HEADER_MAX];
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

/* "Report Date: 02-Oct-2026", the date behind the colon or in a field of its own; kept as it is when it is no date that
 * is known. */
static void read_version(itd_read *read, const itd_csv_row *row)
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
        itd_sv version = itd_date_format(read->version, date);
        read->version[version.size] = 0;
    } else {
        (void)snprintf(read->version, sizeof read->version, "%.*s", ITD_SV_ARG(text));
    }
}

static itd_status read_head(void *context, itd_error *error)
{
    reading *r = context;
    itd_csv_row row;
    ITD_TRY(itd_csv_list_head(&r->list, &row, error));
    if (itd_sv_starts_nocase(itd_sv_trim(row.fields[0]), itd_sv_of(report_date))) {
        read_version(r->list.read, &row);
        ITD_TRY(itd_csv_list_head(&r->list, &row, error));
    }
    if (row.count > UKSL_WIDTH_MAX)
        return itd_csv_list_fail_head(&r->list, &row, error, "the header has more than 96 columns", "");
    if (!is_header(row.fields, row.count))
        return itd_csv_list_fail_head(&r->list, &row, error, "the header names no Unique ID, name, regime and type",
                                      "");
    r->width = row.count;
    bool found[ITD_UKSL_COLUMNS] = {false};
    for (size_t i = 0; i < row.count; i++) {
        uint8_t column = itd_uksl_column(row.fields[i]);
        bool is_known = column != ITD_UKSL_COLUMNS && !found[column]; /* of two with the same words, the first */
        r->columns[i] = is_known ? column : ITD_UKSL_COLUMNS;
        if (is_known)
            found[column] = true;
        itd_csv_list_keep_name(r->unknown[i], sizeof r->unknown[i], row.fields[i]);
    }
    return ITD_OK;
}

/* --- Rows --- */

static void add_row(reading *r, const uksl_row *row, itd_uk_entry *entry)
{
    static const uint8_t frame[] = {ITD_UKSL_UNIQUE_ID, ITD_UKSL_REGIME}, first[] = {0};
    const itd_uksl_group *group;
    size_t number = 0;
    if (itd_csv_list_is_new(&r->list, row->designation, SIZE_MAX, row->texts, frame, 2))
        itd_uksl_add_frame(entry, row->texts[ITD_UKSL_UNIQUE_ID], row->texts[ITD_UKSL_REGIME]);
    for (; (group = itd_uksl_group_at(number)) != NULL; number++)
        if (itd_csv_list_is_new(&r->list, row->designation, number, row->texts, group->columns, group->count))
            group->add(entry, row->texts);
    for (size_t i = 0; i < r->width; i++) {
        itd_sv text = itd_sv_trim(row->csv->fields[i]);
        if (r->columns[i] == ITD_UKSL_COLUMNS &&
            itd_csv_list_is_new(&r->list, row->designation, number + i, &text, first, 1))
            itd_uk_add_note(entry, r->unknown[i], text);
    }
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

static itd_status take_row(void *context, const itd_csv_row *csv, itd_error *error)
{
    reading *r = context;
    uksl_row row = {.csv = csv};
    const char *fault = fault_of(r, csv, &row);
    itd_csv_of_record of = {.key = row.texts[ITD_UKSL_UNIQUE_ID],
                            .schema = itd_uksl_schema(row.texts[ITD_UKSL_TYPE]),
                            .fault = fault,
                            .differs = "the type differs from that of an earlier row of this Unique ID"};
    ITD_TRY(itd_csv_list_begin(&r->list, &of, csv, error));
    if (!of.taken)
        return ITD_OK;
    row.designation = of.number;
    itd_uk_entry entry = {.record = r->list.record, .part = of.part, .schema = of.schema};
    entry.sanction = itd_uk_sanction(entry.record, row.texts[ITD_UKSL_REGIME]);
    itd_record_at(entry.record, csv->line, csv->offset, csv->span);
    add_row(r, &row, &entry);
    return itd_csv_list_commit(&r->list, error);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    reading *r = itd_calloc(1, sizeof *r);
    if (!r)
        return itd_fail_memory(error);
    const itd_csv_list_taker taker = {.head = read_head, .row = take_row, .context = r};
    itd_status status = itd_csv_list_read(&r->list, read, &taker, error);
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
