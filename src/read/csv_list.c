#include "read/csv_list.h"

#include "read/naming.h"

/** Rows between two reports of progress. */
#define PROGRESS_ROWS 1024

/* --- The file --- */

static itd_status read_rows(itd_csv_list *list, const itd_csv_list_taker *taker, itd_error *error)
{
    const itd_read *read = list->read;
    for (uint64_t rows = 1;; rows++) {
        itd_csv_row row;
        bool more = false;
        ITD_TRY(itd_csv_next(list->csv, &row, &more, error));
        if (read->progress && (rows % PROGRESS_ROWS == 0 || !more)) {
            uint64_t done = 0, total = 0;
            itd_input_progress(list->input, &done, &total);
            read->progress(read->progress_context, done, total);
        }
        if (!more)
            return ITD_OK;
        ITD_TRY(taker->row(taker->context, &row, error));
    }
}

static void finish(itd_csv_list *list)
{
    itd_record_destroy(list->record);
    itd_csv_destroy(list->csv);
    itd_input_close(list->input);
    itd_intern_finish(&list->keys);
    itd_intern_finish(&list->said);
    itd_vector_finish(&list->firsts);
    itd_buffer_finish(&list->text);
}

itd_status itd_csv_list_read(itd_csv_list *list, itd_read *read, const itd_csv_list_taker *taker, itd_error *error)
{
    const char *path = read->source->paths[0];
    *list = (itd_csv_list){.read = read};
    itd_intern_init(&list->keys, SIZE_MAX);
    itd_intern_init(&list->said, SIZE_MAX);
    itd_status status = itd_input_open(&list->input, path, error);
    if (status == ITD_OK)
        status = itd_csv_create(&list->csv, list->input, &taker->options, error);
    if (status == ITD_OK)
        status = itd_record_create(&list->record, read, itd_document_of_path(path), error);
    if (status == ITD_OK)
        status = taker->head(taker->context, error);
    if (status == ITD_OK)
        status = read_rows(list, taker, error);
    if (status != ITD_OK)
        itd_error_set_where(error, path);
    finish(list);
    return status;
}

/* --- Head --- */

itd_status itd_csv_list_fail_head(const itd_csv_list *list, const itd_csv_row *row, itd_error *error,
                                  const char *reason, const char *column)
{
    return itd_fail_at(error, ITD_EFORMAT, list->read->source->paths[0], row->line,
                       row->problem ? row->problem_offset : row->offset, "%s%s", reason, column);
}

itd_status itd_csv_list_head(itd_csv_list *list, itd_csv_row *row, itd_error *error)
{
    bool more = false;
    *row = (itd_csv_row){.line = 1, .offset = itd_input_offset(list->input)};
    ITD_TRY(itd_csv_next(list->csv, row, &more, error));
    if (!more)
        return itd_csv_list_fail_head(list, row, error, "the file ends before the header of the list", "");
    return row->problem ? itd_csv_list_fail_head(list, row, error, row->problem, "") : ITD_OK;
}

void itd_csv_list_keep_name(char *out, size_t size, itd_sv name)
{
    name = itd_sv_slice(itd_sv_trim(name), 0, size - 1);
    if (itd_utf8_invalid_at(name) != SIZE_MAX)
        name.size = itd_utf8_invalid_at(name);
    if (name.size > 0)
        memcpy(out, name.data, name.size);
    out[name.size] = '\0';
}

/* --- Records of several rows --- */

itd_status itd_csv_list_find(itd_csv_list *list, uint32_t *number, bool *fresh, itd_sv key, itd_schema schema,
                             const itd_csv_row *row, itd_error *error)
{
    *number = itd_intern_add(&list->keys, key);
    if (*number == ITD_MAP_NONE)
        return itd_fail_memory(error);
    *fresh = *number == list->firsts.count;
    itd_csv_first first = {row->line, row->offset, schema};
    if (*fresh && !itd_vector_push(&list->firsts, first))
        return itd_fail_memory(error);
    return ITD_OK;
}

itd_status itd_csv_list_begin(itd_csv_list *list, itd_csv_of_record *of, const itd_csv_row *row, itd_error *error)
{
    of->fresh = of->taken = false;
    if (!of->fault) {
        ITD_TRY(itd_csv_list_find(list, &of->number, &of->fresh, of->key, of->schema, row, error));
        if (list->firsts.items[of->number].schema != of->schema)
            of->fault = of->differs;
    }
    if (of->fault)
        return itd_csv_list_reject(list, of->key, row, error, of->fault);
    const itd_csv_first *first = &list->firsts.items[of->number];
    of->part = itd_record_begin(list->record, of->key, false, of->schema, first->line, first->offset);
    of->taken = true;
    return ITD_OK;
}

bool itd_csv_list_is_new(itd_csv_list *list, uint32_t number, size_t what, const itd_sv *texts, const uint8_t *columns,
                         size_t count)
{
    size_t size = 0;
    itd_buffer_clear(&list->text);
    itd_buffer_append_u64(&list->text, number);
    itd_buffer_append_char(&list->text, ' ');
    itd_buffer_append_u64(&list->text, what);
    for (size_t i = 0; i < count; i++) {
        itd_buffer_append_char(&list->text, '\x1F');
        itd_buffer_append(&list->text, texts[columns[i]]);
        size += texts[columns[i]].size;
    }
    if (size == 0)
        return false;
    if (list->said_bytes >= ITD_CSV_SAID_BYTES_MAX)
        return true;
    size_t before = list->said.count;
    if (list->text.failed || itd_intern_add(&list->said, itd_buffer_view(&list->text)) == ITD_MAP_NONE)
        return list->failed = true;
    list->said_bytes += list->said.count > before ? list->text.size : 0;
    return list->said.count > before;
}

itd_status itd_csv_list_reject(itd_csv_list *list, itd_sv key, const itd_csv_row *row, itd_error *error,
                               const char *reason)
{
    return itd_record_reject(list->record, ITD_REJECT_RECORD, key, row->line,
                             row->problem ? row->problem_offset : row->offset, error, "%s", reason);
}

itd_status itd_csv_list_commit(itd_csv_list *list, itd_error *error)
{
    if (list->failed)
        return itd_fail_memory(error);
    ITD_TRY(itd_record_commit(list->record, error));
    if (list->firsts.count > 0)
        list->read->records = list->firsts.count;
    return ITD_OK;
}
