/* Any bytes as questions and as pairs: each is refused with its line, or has an id, a text and values that are text. */
#include "read/query.h"

#include "feed.h"

static void check_entity(const itd_entity *entity)
{
    FUZZ_CHECK(entity->schema < ITD_SCHEMA_COUNT && entity->value_count <= ITD_QUERY_VALUES_MAX);
    for (size_t i = 0; i < entity->value_count; i++) {
        const itd_entity_value *v = &entity->values[i];
        FUZZ_CHECK(v->property > ITD_P_ID && v->property < ITD_PROPERTY_COUNT);
        FUZZ_CHECK(v->value.size > 0 && feed_is_text(v->value));
    }
}

static void check_queries(itd_sv bytes)
{
    itd_query_reader *reader = NULL;
    itd_query query;
    itd_arena arena;
    itd_error error = {.offset = ITD_NOWHERE};
    uint64_t line = 0;
    bool more = true;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_query_reader_open_memory(&reader, "in", bytes, NULL, &error);
    while (status == ITD_OK && more) {
        status = itd_query_next(&query, &more, reader, &arena, &error);
        if (status != ITD_OK || !more)
            break;
        FUZZ_CHECK(query.line > line && query.id.size > 0 && query.text.size > 0 && query.entity.value_count > 0);
        FUZZ_CHECK(feed_is_text(query.id) && feed_is_text(query.text));
        check_entity(&query.entity);
        line = query.line;
    }
    FUZZ_CHECK(status == ITD_OK || (status != ITD_ENOMEM && error.message[0] && error.where[0]));
    itd_query_reader_close(reader);
    itd_arena_finish(&arena);
}

static void check_pairs(itd_sv bytes)
{
    itd_pair_reader *reader = NULL;
    itd_pair pair;
    itd_arena arena;
    itd_error error = {.offset = ITD_NOWHERE};
    bool more = true;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_pair_reader_open_memory(&reader, "in", bytes, &error);
    while (status == ITD_OK && more) {
        status = itd_pair_next(&pair, &more, reader, &arena, &error);
        if (status != ITD_OK || !more)
            break;
        FUZZ_CHECK(feed_is_text(pair.id));
        check_entity(&pair.left);
        check_entity(&pair.right);
    }
    FUZZ_CHECK(status == ITD_OK || (status != ITD_ENOMEM && error.message[0] && error.where[0]));
    itd_pair_reader_close(reader);
    itd_arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_queries(itd_sv_make((const char *)data, size));
    check_pairs(itd_sv_make((const char *)data, size));
    return 0;
}
