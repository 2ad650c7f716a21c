/* `export`: everything that was read, back out of the compiled file. */
#include <assert.h>

#include "base/memory.h"
#include "engine/case.h"
#include "model/ftm_write.h"

static itd_status give(itd_buffer *line, itd_status (*on_line)(void *user, itd_sv line), void *user, itd_error *error)
{
    itd_status status = on_line(user, itd_buffer_view(line));
    itd_buffer_clear(line);
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the lines");
}

static itd_status write_all(const itd_collection *collection, itd_export_format format, itd_buffer *line,
                            itd_status (*on_line)(void *user, itd_sv line), void *user, itd_error *error)
{
    if (format == ITD_EXPORT_FTM) {
        const itd_folded *entities = itd_collection_entities(collection);
        for (size_t i = 0, count = itd_collection_entity_count(collection); i < count; i++) {
            ITD_TRY(itd_ftm_write_entity(line, collection, &entities[i], error));
            ITD_TRY(give(line, on_line, user, error));
        }
        return ITD_OK;
    }
    const itd_row *rows = itd_collection_rows(collection);
    for (size_t i = 0, count = itd_collection_row_count(collection); i < count; i++) {
        ITD_TRY(itd_ftm_write_statement(line, collection, &rows[i], error));
        ITD_TRY(give(line, on_line, user, error));
    }
    return ITD_OK;
}

itd_status itd_export_collection(const itd_collection *collection, itd_export_format format,
                                 itd_status (*on_line)(void *user, itd_sv line), void *user, itd_error *error)
{
    itd_buffer line = {0};
    itd_status status = write_all(collection, format, &line, on_line, user, error);
    itd_buffer_finish(&line);
    return status;
}

static itd_status read_archive(itd_collection *collection, const itd_archive *archive, itd_error *error)
{
    itd_archive_reader *reader = NULL;
    itd_statement statement;
    bool more = true;
    ITD_TRY(itd_archive_open(&reader, archive, error));
    itd_status status;
    while ((status = itd_archive_next(&statement, &more, reader, error)) == ITD_OK && more) {
        status = itd_collection_add(collection, &statement, error);
        if (status != ITD_OK)
            break;
    }
    itd_archive_close(reader);
    if (status == ITD_EINVAL) /* such a statement was never written */
        return itd_fail_at(error, ITD_EFORMAT, archive->path, 0, ITD_NOWHERE,
                           "the statements are damaged: build the index again from its lists");
    return status;
}

itd_status itd_export(itd_context *context, const itd_index *index, itd_export_format format,
                      itd_status (*on_line)(void *user, itd_sv line), void *user, itd_error *error)
{
    assert(context && index && on_line);
    itd_collection *collection = NULL;
    itd_status status = itd_collection_create(&collection, context->options.memory_max, error);
    if (status == ITD_OK)
        status = read_archive(collection, &index->archive, error);
    if (status == ITD_OK)
        status = itd_collection_fold(collection, error);
    if (status == ITD_OK)
        status = itd_export_collection(collection, format, on_line, user, error);
    itd_collection_destroy(collection);
    return status;
}
