#include "read/ofac_set.h"

#include "read/naming.h"
#include "read/ofac_text.h"

#define NONE UINT32_MAX
/* In by_number: a main row of that number was rejected. */
#define BROKEN (UINT32_MAX - 1)

size_t itd_ofac_columns(itd_ofac_file file)
{
    static const size_t columns[ITD_OFAC_FILES] = {
        [ITD_OFAC_MAIN] = ITD_OFAC_COLUMNS_MAX, [ITD_OFAC_ADD] = 6, [ITD_OFAC_ALT] = 5, [ITD_OFAC_COMMENTS] = 2};
    return columns[file];
}

void itd_ofac_set_init(itd_ofac_set *set, size_t bytes_max)
{
    *set = (itd_ofac_set){0};
    itd_arena_init(&set->arena, bytes_max);
}

void itd_ofac_set_finish(itd_ofac_set *set)
{
    for (size_t i = 0; i < ITD_OFAC_FILES; i++)
        itd_vector_finish(&set->files[i].rows);
    itd_vector_finish(&set->mains);
    itd_map_finish(&set->by_number);
    itd_arena_finish(&set->arena);
}

static itd_status fail_arena(const itd_ofac_set *set, itd_error *error)
{
    if (set->arena.used_max != SIZE_MAX && set->arena.used + ITD_CSV_ROW_BYTES_MAX > set->arena.used_max)
        return itd_fail(error, ITD_ELIMIT, "the rows of the set take more than %zu bytes (ITD_OFAC_SET_BYTES_MAX)",
                        set->arena.used_max);
    return itd_fail_memory(error);
}

/* The reason why a row cannot be one of that file, or NULL. */
static const char *fault_of(const itd_csv_row *row, itd_ofac_file file)
{
    static const char *const counts[ITD_OFAC_FILES] = {
        [ITD_OFAC_MAIN] = "a row of the main file has 12 columns",
        [ITD_OFAC_ADD] = "a row of addresses has 6 columns",
        [ITD_OFAC_ALT] = "a row of alternate names has 5 columns",
        [ITD_OFAC_COMMENTS] = "a row of comments has 2 columns",
    };
    uint64_t number;
    if (row->problem)
        return row->problem;
    if (row->count != itd_ofac_columns(file))
        return counts[file];
    if (!itd_sv_to_u64(&number, itd_sv_trim(row->fields[0])))
        return "ent_num is not a number";
    if (file != ITD_OFAC_MAIN)
        return NULL;
    if (itd_ofac_schema(row->fields[2]) == ITD_SCHEMA_NONE)
        return "SDN_Type is none of individual, vessel, aircraft and -0-";
    if (itd_ofac_text(row->fields[1]).size == 0)
        return "SDN_Name is empty";
    return NULL;
}

static itd_status reject_row(itd_record *record, const itd_csv_row *row, const char *fault, size_t columns,
                             itd_error *error)
{
    uint64_t offset = row->problem ? row->problem_offset : row->offset, number;
    itd_sv key = itd_sv_trim(row->fields[0]);
    if (!itd_sv_to_u64(&number, key))
        key = ITD_SV_NONE;
    if (!row->problem && row->count != columns)
        return itd_record_reject(record, ITD_REJECT_RECORD, key, row->line, offset, error, "%s, this one %zu", fault,
                                 row->count);
    return itd_record_reject(record, ITD_REJECT_RECORD, key, row->line, offset, error, "%s", fault);
}

/* A number that is known to be broken takes its rows with it. */
static itd_status remember_broken(itd_ofac_set *set, itd_sv number, itd_error *error)
{
    uint64_t value;
    number = itd_sv_trim(number);
    if (!itd_sv_to_u64(&value, number) || itd_map_get(&set->by_number, number) != ITD_MAP_NONE)
        return ITD_OK;
    itd_sv copy = itd_arena_copy(&set->arena, number);
    if (!copy.data)
        return fail_arena(set, error);
    return itd_map_put(&set->by_number, copy, BROKEN) ? ITD_OK : itd_fail_memory(error);
}

/* A copy of the row; an array of fields and their bytes lie together. */
static itd_status keep_row(itd_ofac_set *set, itd_ofac_row *out, const itd_csv_row *row, itd_error *error)
{
    size_t size = 0;
    for (size_t i = 0; i < row->count; i++)
        size += row->fields[i].size;
    char *block = itd_arena_alloc(&set->arena, row->count * sizeof(itd_sv) + size);
    if (!block)
        return fail_arena(set, error);
    *out = (itd_ofac_row){row->line, row->offset, row->span, NONE, (itd_sv *)(void *)block};
    char *to = block + row->count * sizeof(itd_sv);
    for (size_t i = 0; i < row->count; i++) {
        out->fields[i] = itd_sv_make(to, row->fields[i].size);
        to = mempcpy(to, row->fields[i].data, row->fields[i].size);
    }
    return ITD_OK;
}

static itd_status add_main(itd_ofac_set *set, itd_record *record, const itd_csv_row *row, itd_error *error)
{
    uint32_t known = itd_map_get(&set->by_number, itd_sv_trim(row->fields[0]));
    if (known != ITD_MAP_NONE && known != BROKEN)
        return itd_record_reject(record, ITD_REJECT_RECORD, itd_sv_trim(row->fields[0]), row->line, row->offset, error,
                                 "ent_num occurs twice, first on line %llu",
                                 (unsigned long long)set->files[ITD_OFAC_MAIN].rows.items[known].line);
    itd_ofac_row kept;
    ITD_TRY(keep_row(set, &kept, row, error));
    itd_ofac_main none = {{NONE, NONE, NONE, NONE}, {NONE, NONE, NONE, NONE}};
    uint32_t number = (uint32_t)set->mains.count;
    if (!itd_vector_push(&set->files[ITD_OFAC_MAIN].rows, kept) || !itd_vector_push(&set->mains, none) ||
        !itd_map_put(&set->by_number, itd_sv_trim(kept.fields[0]), number))
        return itd_fail_memory(error);
    return ITD_OK;
}

static itd_status add_other(itd_ofac_set *set, itd_record *record, itd_ofac_file file, const itd_csv_row *row,
                            itd_error *error)
{
    itd_sv key = itd_sv_trim(row->fields[0]);
    uint32_t main = itd_map_get(&set->by_number, key);
    if (main == BROKEN)
        return ITD_OK;
    if (main == ITD_MAP_NONE)
        return itd_record_reject(record, ITD_REJECT_ORPHAN, key, row->line, row->offset, error,
                                 "no record of that ent_num in %s", set->files[ITD_OFAC_MAIN].document);
    itd_ofac_rows *rows = &set->files[file];
    itd_ofac_row kept;
    ITD_TRY(keep_row(set, &kept, row, error));
    uint32_t number = (uint32_t)rows->rows.count;
    if (!itd_vector_push(&rows->rows, kept))
        return itd_fail_memory(error);
    itd_ofac_main *of = &set->mains.items[main];
    if (of->first[file] == NONE)
        of->first[file] = number;
    else
        rows->rows.items[of->last[file]].next = number;
    of->last[file] = number;
    return ITD_OK;
}

static itd_status read_rows(itd_ofac_set *set, itd_read *read, itd_record *record, itd_ofac_file file, itd_input *input,
                            itd_csv *csv, itd_error *error)
{
    for (;;) {
        itd_csv_row row;
        bool more = false;
        ITD_TRY(itd_csv_next(csv, &row, &more, error));
        if (!more)
            return ITD_OK;
        const char *fault = fault_of(&row, file);
        if (fault) {
            ITD_TRY(reject_row(record, &row, fault, itd_ofac_columns(file), error));
            if (file == ITD_OFAC_MAIN)
                ITD_TRY(remember_broken(set, row.fields[0], error));
        } else if (file == ITD_OFAC_MAIN) {
            ITD_TRY(add_main(set, record, &row, error));
        } else {
            ITD_TRY(add_other(set, record, file, &row, error));
        }
        if (read->progress && row.line % 1024 == 0) {
            uint64_t done = 0, total = 0;
            itd_input_progress(input, &done, &total);
            read->progress(read->progress_context, set->bytes_done + done, 0);
        }
    }
}

static itd_status read_file(itd_ofac_set *set, itd_read *read, itd_record *record, itd_ofac_file file, itd_error *error)
{
    const char *path = read->source->paths[file];
    itd_input *input = NULL;
    itd_csv *csv = NULL;
    if (!path)
        return ITD_OK;
    set->files[file].document = itd_document_of_path(path);
    itd_record_set_document(record, set->files[file].document);
    itd_status status = itd_input_open(&input, path, error);
    if (status != ITD_OK)
        return status;
    status = itd_csv_create(&csv, input, NULL, error);
    if (status == ITD_OK)
        status = read_rows(set, read, record, file, input, csv, error);
    if (status != ITD_OK)
        itd_error_set_where(error, path);
    uint64_t done = 0, total = 0;
    itd_input_progress(input, &done, &total);
    set->bytes_done += done;
    itd_csv_destroy(csv);
    itd_input_close(input);
    return status;
}

itd_status itd_ofac_set_read(itd_ofac_set *set, itd_read *read, itd_record *record, itd_error *error)
{
    for (itd_ofac_file file = ITD_OFAC_MAIN; file < ITD_OFAC_FILES; file++)
        ITD_TRY(read_file(set, read, record, file, error));
    return ITD_OK;
}

itd_status itd_ofac_gather_file(itd_source *source, const char **dataset, const char *path, itd_arena *arena,
                                itd_error *error)
{
    const char *slash = strrchr(path, '/');
    itd_sv kept = itd_arena_copy(arena, itd_sv_of(path));
    if (!kept.data)
        return itd_fail_memory(error);
    source->paths[0] = kept.data;
    *dataset =
        itd_sv_starts_nocase(itd_sv_of(slash ? slash + 1 : path), ITD_SV("cons")) ? "us-ofac-cons" : "us-ofac-sdn";
    return ITD_OK;
}
