/* The EU's consolidated financial sanctions list (FSF) as the CSV that was published until 2018: semicolons, a header
 * of 59 columns, a row a name, an address, a birth, a paper or a citizenship, with what is said of the entity itself
 * again in each. Rows of one entity share its EU reference number and need not be adjacent. "Entity_logical_id" stands
 * in the header once for the entity and once for each kind of row. A line end inside a field is written "\n". */
#include "read/csv_list.h"
#include "read/eu_facts.h"
#include "read/wallets.h"

#define EU_COLUMNS_MAX 96

enum column {
    DATE,
    ENTITY_ID,
    SUBJECT_TYPE,
    ACT,
    ACT_DATE,
    ACT_URL,
    PROGRAMME,
    REMARK,
    NAME_ID,
    NAME_ACT,
    NAME_ACT_DATE,
    NAME_ACT_URL,
    NAME_PROGRAMME,
    LAST_NAME,
    FIRST_NAME,
    MIDDLE_NAME,
    WHOLE_NAME,
    GENDER,
    TITLE,
    FUNCTION,
    LANGUAGE,
    ADDRESS_ID,
    ADDRESS_ACT,
    ADDRESS_ACT_DATE,
    ADDRESS_ACT_URL,
    ADDRESS_PROGRAMME,
    NUMBER,
    STREET,
    POSTAL_CODE,
    CITY,
    COUNTRY,
    OTHER,
    BIRTH_ID,
    BIRTH_ACT,
    BIRTH_ACT_DATE,
    BIRTH_ACT_URL,
    BIRTH_PROGRAMME,
    BIRTH_DATE,
    BIRTH_PLACE,
    BIRTH_COUNTRY,
    PAPER_ID,
    PAPER_ACT,
    PAPER_ACT_DATE,
    PAPER_ACT_URL,
    PAPER_PROGRAMME,
    PAPER_NUMBER,
    PAPER_COUNTRY,
    CITIZEN_ID,
    CITIZEN_ACT,
    CITIZEN_ACT_DATE,
    CITIZEN_ACT_URL,
    CITIZEN_PROGRAMME,
    CITIZEN_COUNTRY,
    REFERENCE,
    COLUMNS,
    AGAIN = COLUMNS, /* a further Entity_logical_id */
    UNKNOWN
};

static const char *const names[COLUMNS] = {
    "Date_file",
    "Entity_logical_id",
    "Subject_type",
    "Leba_numtitle",
    "Leba_publication_date",
    "Leba_url",
    "Programme",
    "Entity_remark",
    "Naal_logical_id",
    "Naal_leba_numtitle",
    "Naal_leba_publication_date",
    "Naal_leba_url",
    "Naal_programme",
    "Naal_lastname",
    "Naal_firstname",
    "Naal_middlename",
    "Naal_wholename",
    "Naal_gender",
    "Naal_title",
    "Naal_function",
    "Naal_language",
    "Addr_logical_id",
    "Addr_leba_numtitle",
    "Addr_leba_publication_date",
    "Addr_leba_url",
    "Addr_programme",
    "Addr_number",
    "Addr_street",
    "Addr_zipcode",
    "Addr_city",
    "Addr_country",
    "Addr_other",
    "Birt_logical_id",
    "Birt_leba_numtitle",
    "Birt_leba_publication_date",
    "Birt_leba_url",
    "Birt_programme",
    "Birt_date",
    "Birt_place",
    "Birt_country",
    "Iden_logical_id",
    "Iden_leba_numtitle",
    "Iden_leba_publication_date",
    "Iden_leba_url",
    "Iden_programme",
    "Iden_number",
    "Iden_country",
    "Citi_logical_id",
    "Citi_leba_numtitle",
    "Citi_leba_publication_date",
    "Citi_leba_url",
    "Citi_programme",
    "Citi_country",
    "EU_ref_num",
};

typedef struct reading {
    itd_csv_list list;
    size_t width;                    /* columns of the header */
    uint8_t columns[EU_COLUMNS_MAX]; /* what each is */
    char unknown[EU_COLUMNS_MAX][64];
    ITD_VECTOR(bool) named; /* by number of the entity: has it its primary name? */
    itd_arena arena;        /* of the row */
} reading;

/* One row: texts by column, and whose it is. */
typedef struct eu_row {
    itd_sv texts[COLUMNS];
    uint32_t number;
    const itd_csv_row *csv;
} eu_row;

/* --- Head of the file --- */

static uint8_t column_of(itd_sv header)
{
    header = itd_sv_trim(header);
    if (itd_sv_starts_nocase(header, itd_sv_of(names[DATE]))) /* "Date_filexxxx" */
        return DATE;
    for (size_t i = 0; i < COLUMNS; i++)
        if (itd_sv_equal_nocase(header, itd_sv_of(names[i])))
            return (uint8_t)i;
    return UNKNOWN;
}

static int sniff(const itd_sniff *look)
{
    itd_sv rest = look->head, fields[EU_COLUMNS_MAX];
    bool found[UNKNOWN + 1] = {false};
    if (itd_sv_starts(rest, ITD_SV("\xEF\xBB\xBF")))
        rest = itd_sv_slice(rest, 3, SIZE_MAX);
    size_t count = itd_csv_look(&rest, ';', fields, EU_COLUMNS_MAX);
    for (size_t i = 0; i < count && i < EU_COLUMNS_MAX; i++)
        found[column_of(fields[i])] = true;
    return found[DATE] && found[ENTITY_ID] && found[SUBJECT_TYPE] && found[WHOLE_NAME] && found[REFERENCE] ? 100 : 0;
}

static itd_status read_head(void *context, itd_error *error)
{
    static const uint8_t needed[] = {DATE, ENTITY_ID, SUBJECT_TYPE, PROGRAMME, WHOLE_NAME, REFERENCE};
    reading *r = context;
    itd_csv_row row;
    bool found[UNKNOWN + 1] = {false};
    ITD_TRY(itd_csv_list_head(&r->list, &row, error));
    if (row.count > EU_COLUMNS_MAX)
        return itd_csv_list_fail_head(&r->list, &row, error, "the header has more than 96 columns", "");
    r->width = row.count;
    for (size_t i = 0; i < row.count; i++) {
        uint8_t column = column_of(row.fields[i]);
        if (column == ENTITY_ID && found[ENTITY_ID])
            column = AGAIN;
        else if (column < COLUMNS && found[column])
            return itd_csv_list_fail_head(&r->list, &row, error, "the header names a column twice: ", names[column]);
        found[column] = true;
        r->columns[i] = column;
        itd_csv_list_keep_name(r->unknown[i], sizeof r->unknown[i], row.fields[i]);
    }
    for (size_t i = 0; i < sizeof needed; i++)
        if (!found[needed[i]])
            return itd_csv_list_fail_head(&r->list, &row, error, "the header has no column ", names[needed[i]]);
    return ITD_OK;
}

/* --- Facts --- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Line ends as they are meant; in one line (`flat`) they and all other white space are one blank. */
static itd_sv clean(reading *r, itd_sv text, bool flat)
{
    char *out = text.size ? itd_arena_alloc(&r->arena, text.size) : NULL;
    size_t size = 0;
    if (!out) {
        r->list.failed |= text.size > 0;
        return ITD_SV_NONE;
    }
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\\' && i + 1 < text.size && text.data[i + 1] == 'n') {
            c = '\n';
            i++;
        }
        if (flat && is_blank(c))
            c = ' ';
        if (!(flat && c == ' ' && size > 0 && out[size - 1] == ' '))
            out[size++] = c;
    }
    return itd_sv_trim(itd_sv_make(out, size));
}

#define LINE(column) clean(r, row->texts[column], true)

/* "1210/2003 (OJ L169)", its day and address, with the sanction that it is of, once. `first` is the column of the
 * title. The programme of the act of a fact says something where it is another one. */
static void add_act(reading *r, const eu_row *row, itd_eu_entry *entry, size_t first)
{
    static const uint8_t columns[] = {0, 1, 2, 3};
    const itd_sv *t = &row->texts[first];
    itd_sv words[] = {t[0], t[1], itd_sv_equal(t[3], row->texts[PROGRAMME]) ? ITD_SV_NONE : t[3]};
    if (!itd_csv_list_is_new(&r->list, row->number, ACT, t, columns, 4))
        return;
    itd_part sanction = itd_eu_sanction(entry, row->texts[PROGRAMME]);
    itd_record_add(entry->record, sanction, ITD_P_Interval_summary, itd_record_join(entry->record, " ", words, 3));
    itd_record_add(entry->record, sanction, ITD_P_Interval_sourceUrl, t[2]);
}

static void add_name(reading *r, const eu_row *row, itd_eu_entry *entry)
{
    const itd_eu_name name = {
        .whole = LINE(WHOLE_NAME),
        .first = LINE(FIRST_NAME),
        .middle = LINE(MIDDLE_NAME),
        .last = LINE(LAST_NAME),
        .gender = row->texts[GENDER],
        .title = LINE(TITLE),
        .function = LINE(FUNCTION),
        .language = row->texts[LANGUAGE],
    };
    entry->named = r->named.items[row->number];
    itd_eu_add_name(entry, &name);
    r->named.items[row->number] = entry->named;
}

/* "PHONE[1 23]\nFAX[4 56]", or words. */
static itd_sv add_contacts(reading *r, const eu_row *row, itd_eu_entry *entry)
{
    itd_sv rest = clean(r, row->texts[OTHER], false), piece, remark = ITD_SV_NONE;
    while (itd_sv_split(&piece, &rest, '\n')) {
        piece = clean(r, piece, true);
        size_t open = itd_sv_find(piece, ITD_SV("["), 0);
        if (open != SIZE_MAX && open > 0 && piece.data[piece.size - 1] == ']') {
            itd_eu_add_contact(entry, itd_sv_slice(piece, 0, open),
                               itd_sv_slice(piece, open + 1, piece.size - open - 2));
        } else {
            itd_sv both[] = {remark, piece};
            remark = itd_record_join(entry->record, "\n", both, 2);
        }
    }
    return remark;
}

static void add_address(reading *r, const eu_row *row, itd_eu_entry *entry)
{
    itd_sv street[] = {LINE(NUMBER), LINE(STREET)};
    const itd_eu_address address = {
        .key = row->texts[ADDRESS_ID],
        .street = itd_record_join(entry->record, " ", street, 2),
        .postal_code = LINE(POSTAL_CODE),
        .city = LINE(CITY),
        .country = row->texts[COUNTRY],
        .remark = add_contacts(r, row, entry),
    };
    itd_eu_add_address(entry, &address);
    itd_record_add_wallets(entry->record, 0, address.remark);
}

static void add_birth(reading *r, const eu_row *row, itd_eu_entry *entry)
{
    const itd_eu_birth birth = {
        .date = row->texts[BIRTH_DATE], .place = LINE(BIRTH_PLACE), .country = row->texts[BIRTH_COUNTRY]};
    itd_eu_add_birth(entry, &birth);
}

/* "AB12 (passport-National passport) (issued 1990)": the number, "code-words" of its kind, a remark. What has another
 * form is a number as a whole. */
static void add_paper(reading *r, const eu_row *row, itd_eu_entry *entry)
{
    itd_eu_paper paper = {
        .key = row->texts[PAPER_ID], .number = LINE(PAPER_NUMBER), .country = row->texts[PAPER_COUNTRY]};
    itd_sv text = paper.number;
    for (size_t open = 0; (open = itd_sv_find(text, ITD_SV("("), open)) != SIZE_MAX; open++) {
        size_t code = open + 1, close = itd_sv_find(text, ITD_SV(")"), open);
        while (code < text.size && text.data[code] >= 'a' && text.data[code] <= 'z')
            code++;
        if (close == SIZE_MAX || code == open + 1 || code >= close || text.data[code] != '-')
            continue;
        paper.number = itd_sv_trim(itd_sv_slice(text, 0, open));
        paper.type = itd_sv_slice(text, open + 1, code - open - 1);
        paper.words = itd_sv_slice(text, code + 1, close - code - 1);
        paper.remark = itd_sv_trim(itd_sv_slice(text, close + 1, SIZE_MAX));
        if (paper.remark.size > 1 && paper.remark.data[0] == '(' && paper.remark.data[paper.remark.size - 1] == ')')
            paper.remark = itd_sv_slice(paper.remark, 1, paper.remark.size - 2);
        break;
    }
    itd_eu_add_paper(entry, &paper);
}

static void add_citizenship(reading *r, const eu_row *row, itd_eu_entry *entry)
{
    (void)r;
    itd_eu_add_citizenship(entry, row->texts[CITIZEN_COUNTRY]);
}

/* Kinds of rows: the column of their number, which the four of their act follow, and how many columns are their facts.
 */
static const struct {
    uint8_t first, count;
    void (*add)(reading *r, const eu_row *row, itd_eu_entry *entry);
} kinds[] = {
    {NAME_ID, LANGUAGE + 1 - NAME_ID, add_name},
    {ADDRESS_ID, OTHER + 1 - ADDRESS_ID, add_address},
    {BIRTH_ID, BIRTH_COUNTRY + 1 - BIRTH_ID, add_birth},
    {PAPER_ID, PAPER_COUNTRY + 1 - PAPER_ID, add_paper},
    {CITIZEN_ID, CITIZEN_COUNTRY + 1 - CITIZEN_ID, add_citizenship},
};

static bool is_new(reading *r, const eu_row *row, uint8_t first, size_t count)
{
    uint8_t columns[COLUMNS];
    for (size_t i = 0; i < count; i++)
        columns[i] = (uint8_t)(first + i);
    return itd_csv_list_is_new(&r->list, row->number, first, row->texts, columns, count);
}

static void add_row(reading *r, const eu_row *row, itd_eu_entry *entry)
{
    static const uint8_t only[] = {0};
    if (is_new(r, row, PROGRAMME, 1))
        (void)itd_eu_sanction(entry, row->texts[PROGRAMME]);
    add_act(r, row, entry, ACT);
    if (is_new(r, row, ENTITY_ID, 1))
        itd_eu_add_note(entry, "logicalId", row->texts[ENTITY_ID]);
    if (is_new(r, row, REMARK, 1))
        itd_eu_add_remark(entry, clean(r, row->texts[REMARK], false));
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (is_new(r, row, kinds[i].first, kinds[i].count)) {
            kinds[i].add(r, row, entry);
            add_act(r, row, entry, kinds[i].first + 1u);
        }
    for (size_t i = 0; i < r->width; i++) {
        itd_sv text = itd_sv_trim(row->csv->fields[i]);
        if (r->columns[i] == UNKNOWN && itd_csv_list_is_new(&r->list, row->number, COLUMNS + i, &text, only, 1))
            itd_eu_add_note(entry, r->unknown[i], text);
    }
}

/* --- Rows --- */

static const char *fault_of(const reading *r, const itd_csv_row *csv, eu_row *row)
{
    size_t size = 0;
    itd_sv again = ITD_SV_NONE;
    if (csv->problem)
        return csv->problem;
    if (csv->count != r->width)
        return "another number of columns than the header";
    for (size_t i = 0; i < r->width; i++) {
        itd_sv text = itd_sv_trim(csv->fields[i]);
        size += text.size;
        if (r->columns[i] < COLUMNS)
            row->texts[r->columns[i]] = text;
        else if (r->columns[i] == AGAIN && text.size > 0)
            again = text;
    }
    if (size > ITD_VALUE_BYTES_MAX / 2) /* a row must not fail later, when what it says counts as said */
        return "longer than half of ITD_VALUE_BYTES_MAX";
    if (row->texts[REFERENCE].size == 0)
        return "no EU_ref_num";
    if (itd_eu_schema(row->texts[SUBJECT_TYPE]) == ITD_SCHEMA_NONE)
        return "Subject_type is neither P nor E";
    if (again.size > 0 && row->texts[ENTITY_ID].size > 0 && !itd_sv_equal(again, row->texts[ENTITY_ID]))
        return "the facts of the row name another Entity_logical_id than the row";
    return NULL;
}

/* "04/07/2018", once. */
static void take_version(reading *r, itd_sv text)
{
    itd_date date;
    itd_read *read = r->list.read;
    if (read->version[0] || !itd_date_parse_day_first(&date, text))
        return;
    itd_sv version = itd_date_format(read->version, date);
    read->version[version.size] = 0;
}

static itd_status take_row(void *context, const itd_csv_row *csv, itd_error *error)
{
    reading *r = context;
    eu_row row = {.csv = csv};
    const char *fault = fault_of(r, csv, &row);
    itd_csv_of_record of = {.key = row.texts[REFERENCE],
                            .schema = itd_eu_schema(row.texts[SUBJECT_TYPE]),
                            .fault = fault,
                            .differs = "Subject_type differs from that of an earlier row of this EU_ref_num"};
    ITD_TRY(itd_csv_list_begin(&r->list, &of, csv, error));
    if (!of.taken)
        return ITD_OK;
    if (of.fresh && !itd_vector_push(&r->named, false))
        return itd_fail_memory(error);
    row.number = of.number;
    itd_eu_entry entry = {.record = r->list.record, .schema = of.schema};
    itd_arena_reset(&r->arena);
    take_version(r, row.texts[DATE]);
    itd_record_at(entry.record, csv->line, csv->offset, csv->span);
    add_row(r, &row, &entry);
    return itd_csv_list_commit(&r->list, error);
}

static itd_status read_list(itd_read *read, itd_error *error)
{
    reading *r = itd_calloc(1, sizeof *r);
    if (!r)
        return itd_fail_memory(error);
    const itd_csv_list_taker taker = {.options = {.delimiter = ';', .encoding = ITD_CSV_UTF8_OR_CP1252},
                                      .head = read_head,
                                      .row = take_row,
                                      .context = r};
    itd_arena_init(&r->arena, SIZE_MAX);
    itd_status status = itd_csv_list_read(&r->list, read, &taker, error);
    itd_arena_finish(&r->arena);
    itd_vector_finish(&r->named);
    itd_free(r);
    return status;
}

const itd_format itd_format_eu_fsf_csv = {
    .id = "eu-fsf-csv",
    .title = "EU consolidated financial sanctions list (FSF), CSV of before",
    .dataset = "eu-fsf",
    .sniff = sniff,
    .read = read_list,
};
