#include <stdio.h>

#include "read/csv_rows.h"
#include "read/naming.h"
#include "read/ofac_set.h"
#include "read/ofac_text.h"
#include "read/siblings.h"

/* The SDN list and the consolidated non-SDN list as the CSV sets that OFAC publishes: a main file, addresses, alternate
 * names and the ends of long Remarks, joined by ent_num. No header, CRLF, "-0-" for nothing, a final 0x1A. Source:
 * dat_spec.txt (2016-08-30). */

/* What the files are called, in the order of itd_ofac_file. */
static const char *const set_names[2][ITD_OFAC_FILES] = {
    {"sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv"},
    {"cons_prim.csv", "cons_add.csv", "cons_alt.csv", "cons_comments.csv"},
};
static const char *const set_datasets[2] = {"us-ofac-sdn", "us-ofac-cons"};

/* Characters after which Remarks are cut, and of those, how many may be blanks that were trimmed. */
#define REMARKS_CHARACTERS_MAX 1000
#define REMARKS_TRIMMED_MAX 2

/* Rows of a file's start that are looked at. */
#define SNIFF_ROWS 32

enum {
    COLUMN_NUMBER,
    COLUMN_NAME,
    COLUMN_TYPE,
    COLUMN_PROGRAMME,
    COLUMN_TITLE,
    COLUMN_CALL_SIGN,
    COLUMN_VESSEL_TYPE,
    COLUMN_TONNAGE,
    COLUMN_GRT,
    COLUMN_FLAG,
    COLUMN_OWNER,
    COLUMN_REMARKS
};

/* --- What a file is --- */

/* Set and file that a name stands for; false when OFAC does not use that name. */
static bool known_name(itd_sv name, size_t *set, itd_ofac_file *file)
{
    for (size_t s = 0; s < 2; s++)
        for (itd_ofac_file f = 0; f < ITD_OFAC_FILES; f++)
            if (itd_sv_equal_nocase(name, itd_sv_of(set_names[s][f]))) {
                *set = s;
                *file = f;
                return true;
            }
    return false;
}

static bool is_number(itd_sv text)
{
    uint64_t number;
    return itd_sv_to_u64(&number, itd_sv_trim(text));
}

/* Could the row be one of that file? */
static bool fits(const itd_sv *fields, size_t count, itd_ofac_file file)
{
    if (count != itd_ofac_columns(file) || !is_number(fields[0]))
        return false;
    switch (file) {
    case ITD_OFAC_MAIN: /* a type is never left out */
        return fields[COLUMN_TYPE].size > 0 && itd_ofac_schema(fields[COLUMN_TYPE]) != ITD_SCHEMA_NONE;
    case ITD_OFAC_ADD:
        return is_number(fields[1]);
    case ITD_OFAC_ALT:
        return is_number(fields[1]) && itd_sv_trim(fields[2]).size == 3 && fields[2].data[1] == 'k';
    default:
        return true;
    }
}

typedef struct look {
    size_t rows, fit[ITD_OFAC_FILES];
    size_t cons; /* rows with a code of the consolidated list only */
} look;

static look look_at_head(itd_sv head, bool whole)
{
    look seen = {0};
    itd_sv fields[ITD_OFAC_COLUMNS_MAX];
    if (itd_sv_ends(head, ITD_SV("\x1A")))
        head.size--;
    while (!whole && head.size > 0 && head.data[head.size - 1] != '\n')
        head.size--; /* the last row is cut */
    while (seen.rows < SNIFF_ROWS) {
        size_t count = itd_csv_look(&head, ',', fields, ITD_OFAC_COLUMNS_MAX);
        if (count == 0)
            break;
        seen.rows++;
        for (itd_ofac_file f = 0; f < ITD_OFAC_FILES; f++)
            seen.fit[f] += fits(fields, count, f);
        seen.cons += count == ITD_OFAC_COLUMNS_MAX && itd_ofac_is_cons_programme(fields[COLUMN_PROGRAMME]);
    }
    return seen;
}

/* The file that most of the rows are of, or ITD_OFAC_FILES. A stray row does not decide. */
static itd_ofac_file file_of(const look *seen)
{
    for (itd_ofac_file f = 0; f < ITD_OFAC_FILES; f++)
        if (seen->rows > 0 && 2 * seen->fit[f] > seen->rows)
            return f;
    return ITD_OFAC_FILES;
}

static int sniff(const itd_sniff *sniffed)
{
    size_t set;
    itd_ofac_file named = ITD_OFAC_FILES;
    bool has_name = known_name(itd_sibling_name(sniffed->path), &set, &named);
    if (sniffed->head.size == 0 || (unsigned char)(sniffed->head.data[0] - '0') > 9)
        return 0;
    look seen = look_at_head(sniffed->head, sniffed->whole);
    itd_ofac_file file = file_of(&seen);
    if (file == ITD_OFAC_FILES)
        return 0;
    if (has_name && named == file)
        return 100;
    /* Without the name only rows that are like no other's tell. */
    return file == ITD_OFAC_MAIN ? 90 : file == ITD_OFAC_ALT ? 60 : 0;
}

/* --- The files of a set --- */

static bool is_of_a_set(itd_sv name)
{
    size_t set;
    itd_ofac_file file;
    return known_name(name, &set, &file);
}

static itd_status find_siblings(itd_source *source, size_t set, const char *path, itd_arena *arena, itd_error *error)
{
    itd_siblings beside;
    ITD_TRY(itd_siblings_find(&beside, path, is_of_a_set, arena, error));
    for (size_t i = 0; i < beside.count; i++) {
        size_t other;
        itd_ofac_file file;
        if (known_name(itd_sibling_name(beside.paths[i]), &other, &file) && other == set && !source->paths[file])
            source->paths[file] = beside.paths[i];
    }
    return ITD_OK;
}

/* A file whose name OFAC does not use: what its rows say. */
static itd_status look_inside(const char *path, size_t *set, itd_ofac_file *file, itd_error *error)
{
    itd_input *input = NULL;
    itd_sv head;
    look seen = {0};
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error);
    if (status == ITD_OK)
        seen = look_at_head(head, head.size < ITD_INPUT_PEEK_MAX);
    itd_input_close(input);
    if (status != ITD_OK)
        return status;
    *file = file_of(&seen);
    *set = 2 * seen.cons > seen.rows;
    return *file == ITD_OFAC_FILES ? itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE, "not a file of an OFAC set")
                                   : ITD_OK;
}

static itd_status gather(itd_source *source, const char **dataset, const char *path, itd_arena *arena, itd_error *error)
{
    itd_source found = *source;
    size_t set = 0;
    itd_ofac_file file = ITD_OFAC_MAIN;
    bool named = known_name(itd_sibling_name(path), &set, &file);
    if (!named)
        ITD_TRY(look_inside(path, &set, &file, error));
    found.paths[file] = itd_arena_copy(arena, itd_sv_of(path)).data;
    if (!found.paths[file])
        return itd_fail_memory(error);
    if (named)
        ITD_TRY(find_siblings(&found, set, path, arena, error));
    if (!found.paths[ITD_OFAC_MAIN])
        return itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE,
                           "part of an OFAC set whose main file, %s, is missing beside it", set_names[set][0]);
    *source = found;
    *dataset = set_datasets[set];
    return ITD_OK;
}

/* --- Records --- */

typedef struct reading {
    itd_read *read;
    itd_record *record;
    itd_ofac_set set;
    itd_ofac_names *names;
    itd_buffer remarks;
    size_t cut; /* Remarks without their end */
} reading;

/* Names first: a record may be linked to one that stands after it. */
static itd_status index_names(reading *r, itd_error *error)
{
    itd_ofac_set *set = &r->set;
    for (size_t i = 0; i < set->mains.count; i++) {
        const itd_ofac_row *main = &set->files[ITD_OFAC_MAIN].rows.items[i];
        itd_sv id = itd_arena_format(&set->arena, "%.*s-%.*s", ITD_SV_ARG(r->read->dataset),
                                     ITD_SV_ARG(itd_sv_trim(main->fields[0])));
        if (!id.data)
            return itd_fail_memory(error);
        ITD_TRY(itd_ofac_names_add(r->names, main->fields[COLUMN_NAME], id, true, error));
        const itd_ofac_row *alts = set->files[ITD_OFAC_ALT].rows.items;
        for (uint32_t a = set->mains.items[i].first[ITD_OFAC_ALT]; a != UINT32_MAX; a = alts[a].next)
            ITD_TRY(itd_ofac_names_add(r->names, itd_ofac_text(alts[a].fields[3]), id, false, error));
    }
    return ITD_OK;
}

static void add_alt(const itd_ofac_entry *entry, const itd_ofac_row *row)
{
    itd_record_at(entry->record, row->line, row->offset, row->span);
    itd_sv name = itd_ofac_text(row->fields[3]), remarks = itd_ofac_text(row->fields[4]);
    if (name.size > 0)
        itd_ofac_add_name(entry, name, itd_ofac_name_kind_of(row->fields[2]), false);
    itd_sv words[] = {name, remarks};
    if (remarks.size > 0)
        itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, itd_record_join(entry->record, ": ", words, 2));
}

static void add_add(const itd_ofac_entry *entry, const itd_ofac_row *row)
{
    itd_record_at(entry->record, row->line, row->offset, row->span);
    itd_ofac_address address = {.key = itd_ofac_text(row->fields[1]),
                                .street = row->fields[2],
                                .city_state_postal = row->fields[3],
                                .country = row->fields[4],
                                .remarks = row->fields[5]};
    itd_ofac_add_address(entry, &address);
}

/* Did OFAC cut the text, and not continue it? A whole one of that length ends with a point. */
static bool is_cut(const reading *r, size_t number)
{
    itd_sv text = itd_ofac_text(r->set.files[ITD_OFAC_MAIN].rows.items[number].fields[COLUMN_REMARKS]);
    size_t characters = 0;
    for (size_t i = 0; i < text.size; i++)
        characters += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return r->set.mains.items[number].first[ITD_OFAC_COMMENTS] == UINT32_MAX &&
           characters >= REMARKS_CHARACTERS_MAX - REMARKS_TRIMMED_MAX && !itd_sv_ends(text, ITD_SV("."));
}

/* All pieces but the last, which ends in the middle of a word or of a number: it is no fact, only a note. */
static void add_cut_remarks(const itd_ofac_entry *entry, itd_sv remarks)
{
    size_t last = remarks.size;
    while (last > 0 && remarks.data[last - 1] != ';')
        last--;
    itd_sv words[] = {itd_sv_slice(remarks, last, SIZE_MAX), ITD_SV("\xE2\x80\xA6")}; /* an ellipsis */
    itd_ofac_add_remarks(entry, itd_sv_slice(remarks, 0, last));
    if (itd_sv_trim(words[0]).size > 0)
        itd_record_add(entry->record, entry->part, ITD_P_Thing_notes, itd_record_join(entry->record, "", words, 2));
}

static void tell_cut(const reading *r)
{
    char text[96];
    if (r->cut == 0 || !r->read->note)
        return;
    (void)snprintf(text, sizeof text, "%zu remark%s at 1000 characters without %s continuation", r->cut,
                   r->cut == 1 ? " ends" : "s end", r->cut == 1 ? "its" : "their");
    r->read->note(r->read->note_context, text);
}

/* Remarks are cut after 1000 characters, in the middle of a word; the comments go on there. */
static itd_status join_remarks(reading *r, itd_sv *out, size_t number, itd_error *error)
{
    const itd_ofac_row *main = &r->set.files[ITD_OFAC_MAIN].rows.items[number];
    const itd_ofac_row *comments = r->set.files[ITD_OFAC_COMMENTS].rows.items;
    uint32_t next = r->set.mains.items[number].first[ITD_OFAC_COMMENTS];
    itd_sv remarks = itd_ofac_text(main->fields[COLUMN_REMARKS]);
    *out = remarks;
    if (next == UINT32_MAX)
        return ITD_OK;
    itd_buffer_clear(&r->remarks);
    if (remarks.size > 0)
        itd_buffer_append(&r->remarks, main->fields[COLUMN_REMARKS]);
    for (; next != UINT32_MAX; next = comments[next].next)
        if (itd_ofac_text(comments[next].fields[1]).size > 0)
            itd_buffer_append(&r->remarks, comments[next].fields[1]);
    *out = itd_buffer_view(&r->remarks);
    return r->remarks.failed ? itd_fail_memory(error) : ITD_OK;
}

static itd_status emit(reading *r, size_t number, itd_error *error)
{
    itd_ofac_set *set = &r->set;
    const itd_ofac_row *main = &set->files[ITD_OFAC_MAIN].rows.items[number];
    const itd_sv *fields = main->fields;
    itd_sv remarks;
    ITD_TRY(join_remarks(r, &remarks, number, error));
    itd_record_set_document(r->record, set->files[ITD_OFAC_MAIN].document);
    itd_ofac_entry entry = {.record = r->record, .schema = itd_ofac_schema(fields[COLUMN_TYPE]), .names = r->names};
    entry.part = itd_record_begin(r->record, fields[COLUMN_NUMBER], false, entry.schema, main->line, main->offset);
    itd_record_at(r->record, main->line, main->offset, main->span);
    itd_ofac_add_name(&entry, fields[COLUMN_NAME], ITD_OFAC_NAME_PRIMARY, false);
    itd_ofac_add_programmes(&entry, fields[COLUMN_PROGRAMME]);
    itd_ofac_add_field(&entry, "position", "Title", fields[COLUMN_TITLE]);
    itd_ofac_add_field(&entry, "callSign", "Call sign", fields[COLUMN_CALL_SIGN]);
    itd_ofac_add_field(&entry, "type", "Vessel type", fields[COLUMN_VESSEL_TYPE]);
    itd_ofac_add_field(&entry, "tonnage", "Tonnage", fields[COLUMN_TONNAGE]);
    itd_ofac_add_field(&entry, "grossRegisteredTonnage", "Gross registered tonnage", fields[COLUMN_GRT]);
    itd_ofac_add_field(&entry, "flag", "Vessel flag", fields[COLUMN_FLAG]);
    itd_ofac_add_field(&entry, "owner", "Vessel owner", fields[COLUMN_OWNER]);
    bool cut = is_cut(r, number);
    r->cut += cut;
    if (cut)
        add_cut_remarks(&entry, remarks);
    else
        itd_ofac_add_remarks(&entry, remarks);
    if (set->mains.items[number].first[ITD_OFAC_ALT] != UINT32_MAX)
        itd_record_set_document(r->record, set->files[ITD_OFAC_ALT].document);
    const itd_ofac_row *rows = set->files[ITD_OFAC_ALT].rows.items;
    for (uint32_t n = set->mains.items[number].first[ITD_OFAC_ALT]; n != UINT32_MAX; n = rows[n].next)
        add_alt(&entry, &rows[n]);
    if (set->mains.items[number].first[ITD_OFAC_ADD] != UINT32_MAX)
        itd_record_set_document(r->record, set->files[ITD_OFAC_ADD].document);
    rows = set->files[ITD_OFAC_ADD].rows.items;
    for (uint32_t n = set->mains.items[number].first[ITD_OFAC_ADD]; n != UINT32_MAX; n = rows[n].next)
        add_add(&entry, &rows[n]);
    return itd_record_commit(r->record, error);
}

static itd_status read_set(itd_read *read, itd_error *error)
{
    reading r = {.read = read};
    itd_ofac_set_init(&r.set, ITD_OFAC_SET_BYTES_MAX);
    itd_status status =
        itd_record_create(&r.record, read, itd_document_of_path(read->source->paths[ITD_OFAC_MAIN]), error);
    if (status == ITD_OK)
        status = itd_ofac_names_create(&r.names, ITD_OFAC_SET_BYTES_MAX, error);
    if (status == ITD_OK)
        status = itd_ofac_set_read(&r.set, read, r.record, error);
    if (status == ITD_OK)
        status = index_names(&r, error);
    for (size_t i = 0; status == ITD_OK && i < r.set.mains.count; i++)
        status = emit(&r, i, error);
    if (status == ITD_OK)
        tell_cut(&r);
    itd_buffer_finish(&r.remarks);
    itd_ofac_names_destroy(r.names);
    itd_record_destroy(r.record);
    itd_ofac_set_finish(&r.set);
    return status;
}

const itd_format itd_format_ofac_csv = {
    .id = "ofac-csv",
    .title = "OFAC SDN or consolidated list, CSV set",
    .sniff = sniff,
    .gather = gather,
    .read = read_set,
};
