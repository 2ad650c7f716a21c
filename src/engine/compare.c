/* `compare`: pairs in batches, shared out over threads, in order. */
#include <assert.h>

#include "base/memory.h"
#include "engine/engine.h"
#include "match/match.h"
#include "read/query.h"
#include "screen/screen.h"

/** Pairs that are in memory at once, and those that one thread takes at a time. */
#define COMPARE_BATCH ((size_t)1024)
#define COMPARE_GRAIN ((size_t)16)

typedef struct worker {
    itd_matcher *matcher;
    itd_match_builder *left, *right;
} worker;

typedef struct batch {
    itd_algorithm algorithm;
    worker *workers;
    itd_arena *arenas; /* one a pair */
    itd_pair pairs[COMPARE_BATCH];
    itd_comparison results[COMPARE_BATCH];
    size_t count;
    bool more; /* pairs may follow */
} batch;

static itd_status prepare(itd_match_entity *out, itd_match_space *space, itd_match_builder *builder,
                          itd_matcher *matcher, const itd_entity *entity, itd_error *error)
{
    itd_match_builder_reset(builder);
    ITD_TRY(itd_match_builder_add(builder, matcher, entity, error));
    ITD_TRY(itd_match_builder_finish(builder, error));
    *space = itd_match_builder_space(builder);
    *out = itd_match_builder_entity(builder, 0);
    return ITD_OK;
}

static itd_status compare_pair(batch *b, worker *w, size_t at, itd_error *error)
{
    const itd_pair *pair = &b->pairs[at];
    itd_match_entity left, right;
    itd_match_space left_space, right_space;
    itd_match_query *query = NULL;
    itd_match_result result;
    b->results[at] = (itd_comparison){.id = pair->id, .profile = itd_match_profile()};
    ITD_TRY(prepare(&left, &left_space, w->left, w->matcher, &pair->left, error));
    ITD_TRY(prepare(&right, &right_space, w->right, w->matcher, &pair->right, error));
    ITD_TRY(itd_match_query_create(&query, b->algorithm, &left, &left_space, &right_space, error));
    itd_status status = ITD_OK;
    if (itd_match_score(&result, query, &right, 0)) {
        b->results[at].score_micro = result.score_micro;
        b->results[at].contribution_count = result.contribution_count;
        if (!itd_contributions_copy(&b->results[at].contributions, &result, &b->arenas[at]))
            status = itd_fail_memory(error);
    }
    itd_match_query_destroy(query);
    return status;
}

static itd_status compare_some(void *context, size_t begin, size_t end, unsigned number, itd_error *error)
{
    batch *b = context;
    for (size_t i = begin; i < end; i++) {
        itd_status status = compare_pair(b, &b->workers[number], i, error);
        if (status != ITD_OK)
            return itd_engine_placed(status, "pair", b->pairs[i].id, error);
    }
    return ITD_OK;
}

static itd_status read_batch(batch *b, itd_pair_reader *reader, itd_error *error)
{
    size_t bytes = 0;
    for (b->count = 0; b->count < COMPARE_BATCH && bytes < ITD_BATCH_BYTES_MAX; b->count++) {
        ITD_TRY(itd_pair_next(&b->pairs[b->count], &b->more, reader, &b->arenas[b->count], error));
        if (!b->more)
            break;
        bytes += b->arenas[b->count].used;
    }
    return ITD_OK;
}

static itd_status run(itd_context *context, batch *b, itd_pair_reader *reader,
                      itd_status (*on_pair)(void *user, const itd_comparison *comparison), void *user, itd_error *error)
{
    do {
        ITD_TRY(read_batch(b, reader, error));
        ITD_TRY(itd_pool_for(context->pool, b->count, COMPARE_GRAIN, compare_some, b, error));
        for (size_t i = 0; i < b->count; i++) {
            itd_status status = on_pair(user, &b->results[i]);
            if (status != ITD_OK)
                return itd_fail(error, status, "stopped by the receiver of the pairs");
        }
        itd_arenas_forget(b->arenas, b->count);
    } while (b->more);
    return ITD_OK;
}

static itd_status create_workers(batch *b, unsigned threads, itd_error *error)
{
    b->workers = itd_calloc(threads, sizeof *b->workers);
    b->arenas = itd_calloc(COMPARE_BATCH, sizeof *b->arenas);
    if (!b->workers || !b->arenas)
        return itd_fail_memory(error);
    for (size_t i = 0; i < COMPARE_BATCH; i++)
        itd_arena_init(&b->arenas[i], SIZE_MAX);
    for (unsigned i = 0; i < threads; i++) {
        ITD_TRY(itd_matcher_create(&b->workers[i].matcher, error));
        ITD_TRY(itd_match_builder_create(&b->workers[i].left, error));
        ITD_TRY(itd_match_builder_create(&b->workers[i].right, error));
    }
    return ITD_OK;
}

static void finish_batch(batch *b, unsigned threads)
{
    for (unsigned i = 0; b->workers && i < threads; i++) {
        itd_match_builder_destroy(b->workers[i].left);
        itd_match_builder_destroy(b->workers[i].right);
        itd_matcher_destroy(b->workers[i].matcher);
    }
    for (size_t i = 0; b->arenas && i < COMPARE_BATCH; i++)
        itd_arena_finish(&b->arenas[i]);
    itd_free(b->workers);
    itd_free(b->arenas);
    itd_free(b);
}

itd_status itd_compare(itd_context *context, itd_algorithm algorithm, const char *path,
                       itd_status (*on_pair)(void *user, const itd_comparison *comparison), void *user,
                       itd_error *error)
{
    assert(context && path && on_pair);
    itd_pair_reader *reader = NULL;
    unsigned threads = itd_pool_threads(context->pool);
    batch *b = itd_calloc(1, sizeof *b);
    if (!b)
        return itd_fail_memory(error);
    b->algorithm = algorithm;
    itd_status status = create_workers(b, threads, error);
    if (status == ITD_OK)
        status = itd_pair_reader_open(&reader, path, error);
    if (status == ITD_OK)
        status = run(context, b, reader, on_pair, user, error);
    itd_pair_reader_close(reader);
    finish_batch(b, threads);
    return status;
}
