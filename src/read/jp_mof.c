/* Japan's list of asset freezes (Ministry of Finance), its sheets as one CSV, the sheet's name in front of every row. A
 * sheet has a few rows that say what it is, a header, then a row a record; the columns differ from sheet to sheet and
 * are known by their names. The number of the notice starts again in each sheet, so a record is named by the number of
 * the sheet and its own, "13-2"; a sheet without a number by a hash of its name. "*39" and "2(#47)" say that the record
 * is also on another sheet: only the first number outside of parentheses is its own. */
#include "read/jp_mof.h"
#include "read/csv_list.h"
#include "read/list_rows.h"
#include "read/xml_record.h"

#define MOF_COLUMNS_MAX 32
/** Most bytes that the rows before a header may have: they say what the sheet is. */
#define MOF_TITLE_BYTES_MAX ((size_t)1 << 14)
/** Rows of a file's start that are looked at. */
#define SNIFF_ROWS 32
/** Longest header, without its blanks, that is looked at. */
#define HEADER_BYTES_MAX 64

/* As they stand in headers, without blanks and line ends. */
static const struct {
    const char *text;
    uint8_t column;
} headers[] = {
    {"告示日付", ITD_MOF_NOTICE_DATE}, {"告示番号", ITD_MOF_NUMBER},      {"日本語表記", ITD_MOF_JAPANESE},
    {"英語表記", ITD_MOF_ENGLISH},     {"別称・旧称", ITD_MOF_ALIASES},   {"別称・別名", ITD_MOF_ALIASES},
    {"役職", ITD_MOF_POSITION},        {"生年月日", ITD_MOF_BIRTH_DATE},  {"国籍", ITD_MOF_NATIONALITY},
    {"旅券番号", ITD_MOF_PASSPORT},    {"身分証番号", ITD_MOF_ID_NUMBER}, {"住所・所在地", ITD_MOF_ADDRESS},
    {"所在地", ITD_MOF_ADDRESS},       {"住所", ITD_MOF_ADDRESS},         {"その他の情報", ITD_MOF_OTHER},
};

typedef struct reading {
    itd_csv_list list;
    itd_buffer sheet, title, key; /* of the sheet under way; of the row */
    size_t width;                 /* columns of the sheet's header; 0 before it */
    uint8_t columns[MOF_COLUMNS_MAX];
    char unknown[MOF_COLUMNS_MAX][64];
    bool persons, bodies; /* what the sheet is said to hold */
} reading;

/* --- Sheets --- */

/* The header's words without blanks, wide blanks and line ends. */
static uint8_t column_of(itd_sv header)
{
    char text[HEADER_BYTES_MAX];
    itd_sv wide = ITD_SV("　");
    size_t size = 0;
    for (size_t i = 0; i < header.size && size < sizeof text; i++) {
        char c = header.data[i];
        if (itd_sv_starts(itd_sv_slice(header, i, SIZE_MAX), wide))
            i += wide.size - 1;
        else if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            text[size++] = c;
    }
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (itd_sv_is(itd_sv_make(text, size), headers[i].text))
            return headers[i].column;
    return ITD_MOF_COLUMNS;
}

static bool is_header(const itd_sv *fields, size_t count)
{
    bool date = false, name = false;
    for (size_t i = 1; i < count; i++) {
        uint8_t column = column_of(fields[i]);
        date |= column == ITD_MOF_NOTICE_DATE;
        name |= column == ITD_MOF_JAPANESE;
    }
    return date && name;
}

static int sniff(const itd_sniff *look)
{
    itd_sv rest = look->head, fields[MOF_COLUMNS_MAX];
    if (itd_sv_starts(rest, ITD_SV("\xEF\xBB\xBF")))
        rest = itd_sv_slice(rest, 3, SIZE_MAX);
    for (size_t row = 0; row < SNIFF_ROWS; row++) {
        size_t count = itd_csv_look(&rest, ',', fields, MOF_COLUMNS_MAX);
        if (count == 0)
            break;
        if (is_header(fields, count < MOF_COLUMNS_MAX ? count : MOF_COLUMNS_MAX))
            return 100;
    }
    return 0;
}

static void start_sheet(reading *r, itd_sv sheet)
{
    itd_buffer_clear(&r->sheet);
    itd_buffer_clear(&r->title);
    itd_buffer_append(&r->sheet, sheet);
    r->width = 0;
    r->persons = itd_sv_find(sheet, ITD_SV("個人"), 0) != SIZE_MAX;
    r->bodies = itd_sv_find(sheet, ITD_SV("団体"), 0) != SIZE_MAX;
}

static itd_status take_header(reading *r, const itd_csv_row *csv, itd_error *error)
{
    bool found[ITD_MOF_COLUMNS + 1] = {false};
    for (size_t i = 1; i < csv->count; i++) {
        uint8_t column = column_of(csv->fields[i]);
        itd_csv_list_keep_name(r->unknown[i], sizeof r->unknown[i], csv->fields[i]);
        if (column < ITD_MOF_COLUMNS && found[column])
            return itd_csv_list_fail_head(&r->list, csv, error, "the header names a column twice: ", r->unknown[i]);
        found[column] = true;
        r->columns[i] = column;
    }
    if (!found[ITD_MOF_NUMBER])
        return itd_csv_list_fail_head(&r->list, csv, error, "the header has no column ", "告示番号");
    r->width = csv->count;
    return ITD_OK;
}

static itd_status take_title(reading *r, const itd_csv_row *csv, itd_error *error)
{
    for (size_t i = 1; i < csv->count; i++) {
        itd_sv text = itd_sv_trim(csv->fields[i]);
        if (r->title.size + text.size > MOF_TITLE_BYTES_MAX)
            return itd_csv_list_reject(&r->list, ITD_SV_NONE, csv, error,
                                       "no header after 16384 bytes of text (MOF_TITLE_BYTES_MAX)");
        if (text.size > 0 && r->title.size > 0)
            itd_buffer_append_char(&r->title, '\n');
        itd_buffer_append(&r->title, text);
    }
    return r->title.failed ? itd_fail_memory(error) : ITD_OK;
}

/* --- Keys --- */

/* The first digits outside of parentheses: 2 of "2(*39)", 39 of "*39". */
static itd_sv own_number(itd_sv text)
{
    size_t start = 0;
    while (start < text.size && text.data[start] != '(' && (text.data[start] < '0' || text.data[start] > '9'))
        start++;
    size_t end = start;
    while (end < text.size && text.data[end] >= '0' && text.data[end] <= '9')
        end++;
    return itd_sv_slice(text, start, end - start);
}

/* "13" of "13.北朝鮮…", and the name behind it; without a number a hash of the name. */
static itd_sv sheet_number(char hash[ITD_XML_HASH_TEXT_MAX], itd_sv sheet, itd_sv *name)
{
    size_t size = 0;
    while (size < sheet.size && sheet.data[size] >= '0' && sheet.data[size] <= '9')
        size++;
    if (size > 0 && size < sheet.size && sheet.data[size] == '.') {
        *name = itd_sv_trim(itd_sv_slice(sheet, size + 1, SIZE_MAX));
        return itd_sv_slice(sheet, 0, size);
    }
    *name = sheet;
    itd_xml_hash(hash, &sheet, 1);
    return itd_sv_of(hash);
}

/* --- Rows --- */

/* A sheet of persons, of bodies, or of both: then a date of birth or a gender makes a person, and the others are legal
 * entities of a kind that is not said. */
static itd_schema schema_of(const reading *r, const itd_sv *t)
{
    if (r->persons != r->bodies)
        return r->persons ? ITD_S_Person : ITD_S_Organization;
    bool person = t[ITD_MOF_BIRTH_DATE].size > 0 || itd_sv_find(t[ITD_MOF_OTHER], ITD_SV("生年月日"), 0) != SIZE_MAX ||
                  itd_sv_find(t[ITD_MOF_OTHER], ITD_SV("性別"), 0) != SIZE_MAX;
    return person ? ITD_S_Person : ITD_S_LegalEntity;
}

static itd_status take_record(reading *r, const itd_csv_row *csv, itd_error *error)
{
    itd_sv texts[ITD_MOF_COLUMNS] = {0};
    char hash[ITD_XML_HASH_TEXT_MAX];
    itd_sv programme;
    for (size_t i = 1; i < r->width; i++)
        if (r->columns[i] < ITD_MOF_COLUMNS)
            texts[r->columns[i]] = itd_sv_trim(csv->fields[i]);
    itd_sv number = own_number(texts[ITD_MOF_NUMBER]),
           sheet = sheet_number(hash, itd_buffer_view(&r->sheet), &programme);
    if (number.size == 0)
        return itd_csv_list_reject(&r->list, texts[ITD_MOF_NUMBER], csv, error, "row has no number of a notice");
    if (texts[ITD_MOF_JAPANESE].size == 0 && texts[ITD_MOF_ENGLISH].size == 0)
        return itd_csv_list_reject(&r->list, texts[ITD_MOF_NUMBER], csv, error, "record has no name");
    itd_buffer_clear(&r->key);
    itd_buffer_append(&r->key, sheet);
    itd_buffer_append_char(&r->key, '-');
    itd_buffer_append(&r->key, number);
    if (r->key.failed || r->title.failed)
        return itd_fail_memory(error);
    uint32_t at;
    bool fresh = false;
    itd_schema schema = schema_of(r, texts);
    itd_sv key = itd_buffer_view(&r->key);
    ITD_TRY(itd_csv_list_find(&r->list, &at, &fresh, key, schema, csv, error));
    if (!fresh)
        return itd_csv_list_reject(&r->list, key, csv, error, "an earlier row of the sheet has this number");
    itd_uk_entry entry = {.record = r->list.record, .schema = schema};
    entry.part = itd_record_begin(entry.record, key, false, schema, csv->line, csv->offset);
    itd_record_at(entry.record, csv->line, csv->offset, csv->span);
    itd_list_add_sanction(&entry, "Ministry of Finance", programme, "sanction");
    itd_record_add(entry.record, entry.sanction, ITD_P_Sanction_reason, itd_buffer_view(&r->title));
    itd_jp_mof_add_facts(&entry, texts);
    for (size_t i = 1; i < r->width; i++)
        if (r->columns[i] == ITD_MOF_COLUMNS)
            itd_uk_add_note(&entry, r->unknown[i], csv->fields[i]);
    return itd_csv_list_commit(&r->list, error);
}

static bool is_empty(const itd_csv_row *csv)
{
    for (size_t i = 1; i < csv->count; i++)
        if (itd_sv_trim(csv->fields[i]).size > 0)
            return false;
    return true;
}

static itd_status take_row(void *context, const itd_csv_row *csv, itd_error *error)
{
    reading *r = context;
    if (csv->problem)
        return itd_csv_list_reject(&r->list, ITD_SV_NONE, csv, error, csv->problem);
    if (csv->count > MOF_COLUMNS_MAX)
        return itd_csv_list_reject(&r->list, ITD_SV_NONE, csv, error, "more than 32 columns");
    itd_sv sheet = itd_sv_trim(csv->fields[0]);
    if (!itd_sv_equal(sheet, itd_buffer_view(&r->sheet)))
        start_sheet(r, sheet);
    if (r->sheet.failed || r->title.failed)
        return itd_fail_memory(error);
    if (is_empty(csv))
        return ITD_OK;
    if (is_header(csv->fields, csv->count))
        return take_header(r, csv, error);
    if (r->width == 0)
        return take_title(r, csv, error);
    if (csv->count != r->width)
        return itd_csv_list_reject(&r->list, ITD_SV_NONE, csv, error,
                                   "another number of columns than the header of the sheet");
    return take_record(r, csv, error);
}

static itd_status no_head(void *context, itd_error *error)
{
    (void)context, (void)error;
    return ITD_OK;
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    reading *r = itd_calloc(1, sizeof *r);
    if (!r)
        return itd_fail_memory(error);
    const itd_csv_list_taker taker = {.head = no_head, .row = take_row, .context = r};
    itd_status status = itd_csv_list_read(&r->list, read, &taker, error);
    itd_buffer_finish(&r->sheet);
    itd_buffer_finish(&r->title);
    itd_buffer_finish(&r->key);
    itd_free(r);
    return status;
}

const itd_format itd_format_jp_mof = {
    .id = "jp-mof-csv",
    .title = "Japan's list of asset freezes, its sheets as CSV",
    .dataset = "jp-mof",
    .sniff = sniff,
    .read = read_list,
};
