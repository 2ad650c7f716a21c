#include <assert.h>
#include <stdio.h>

#include "base/memory.h"
#include "engine/engine.h"
#include "match/match.h"

/** What an arena keeps between two questions at most. */
#define ARENA_KEPT_BYTES ((size_t)1 << 16)

itd_status itd_context_create(itd_context **out, const itd_context_options *options, itd_error *error)
{
    assert(out);
    itd_context *context = itd_calloc(1, sizeof *context);
    if (!context)
        return itd_fail_memory(error);
    if (options)
        context->options = *options;
    if (context->options.memory_max == 0)
        context->options.memory_max = ITD_MEMORY_MAX;
    if (context->options.spool_max == 0)
        context->options.spool_max = ITD_SPOOL_MAX;
    itd_status status = itd_pool_create(&context->pool, context->options.threads, error);
    if (status != ITD_OK) {
        itd_context_destroy(context);
        return status;
    }
    *out = context;
    return ITD_OK;
}

void itd_context_destroy(itd_context *context)
{
    if (!context)
        return;
    itd_pool_destroy(context->pool);
    itd_free(context);
}

const char *itd_version(void)
{
    return ITD_VERSION;
}

const char *itd_profile(void)
{
    return itd_match_profile();
}

void itd_bytes_free(itd_bytes *bytes)
{
    if (!bytes)
        return;
    itd_free(bytes->data);
    *bytes = (itd_bytes){0};
}

void itd_arenas_forget(itd_arena *arenas, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (arenas[i].used > ARENA_KEPT_BYTES)
            itd_arena_finish(&arenas[i]);
        else
            itd_arena_reset(&arenas[i]);
}

itd_status itd_engine_placed(itd_status status, const char *what, itd_sv id, itd_error *error)
{
    char where[ITD_ERROR_WHERE_MAX + 1];
    (void)snprintf(where, sizeof where, "%s %.*s", what, ITD_SV_ARG(itd_sv_slice(id, 0, 64)));
    itd_error_set_where(error, where);
    return status;
}

itd_buffer itd_bytes_take(itd_bytes *bytes)
{
    itd_buffer buffer = {.data = bytes->data, .capacity = bytes->capacity};
    *bytes = (itd_bytes){0};
    return buffer;
}

itd_status itd_bytes_give(itd_bytes *bytes, itd_buffer *buffer, itd_error *error)
{
    bool failed = buffer->failed;
    *bytes = (itd_bytes){buffer->data, failed ? 0 : buffer->size, buffer->capacity};
    *buffer = (itd_buffer){0};
    return failed ? itd_fail_memory(error) : ITD_OK;
}

bool itd_feature_info_at(itd_feature_info *out, size_t index)
{
    const itd_match_feature_info *feature = itd_match_feature_at(index);
    if (feature)
        *out = (itd_feature_info){feature->name, feature->description};
    return feature != NULL;
}

bool itd_format_info_at(itd_format_info *out, size_t index)
{
    const itd_format *format = itd_format_at(index);
    if (format)
        *out = (itd_format_info){format->id, format->title};
    return format != NULL;
}
