#include "screen/screen.h"

#include <assert.h>
#include <stdlib.h>

#include "base/progress.h"
#include "base/vector.h"

/* An entity at or above the threshold. */
typedef struct candidate {
    int32_t score_micro;
    uint32_t index, entity;
} candidate;

struct itd_screener {
    itd_matcher *matcher;
    itd_match_builder *builder;
    ITD_VECTOR(candidate) candidates;
};

/* What one question needs while it runs. */
typedef struct run {
    const itd_screen_scope *scope;
    const itd_question *question;
    itd_match_query **queries; /* one an index */
    itd_arena *arena;
} run;

itd_status itd_screener_create(itd_screener **out, itd_error *error)
{
    itd_screener *screener = itd_calloc(1, sizeof *screener);
    if (!screener)
        return itd_fail_memory(error);
    itd_status status = itd_matcher_create(&screener->matcher, error);
    if (status == ITD_OK)
        status = itd_match_builder_create(&screener->builder, error);
    if (status != ITD_OK) {
        itd_screener_destroy(screener);
        return status;
    }
    *out = screener;
    return ITD_OK;
}

void itd_screener_destroy(itd_screener *screener)
{
    if (!screener)
        return;
    itd_match_builder_destroy(screener->builder);
    itd_matcher_destroy(screener->matcher);
    itd_vector_finish(&screener->candidates);
    itd_free(screener);
}

static itd_status scan(itd_screener *screener, run *r, uint32_t at, itd_screen_stats *stats, itd_error *error)
{
    const itd_index *index = r->scope->indexes[at];
    for (size_t e = 0; e < index->entity_count; e++) {
        const itd_index_entity *entity = &index->entities[e];
        if (!itd_schema_related(r->question->entity.schema, entity->schema))
            continue;
        itd_match_entity right = itd_index_match_entity(index, e);
        itd_match_result result;
        stats->candidates++;
        if (!itd_match_score(&result, r->queries[at], &right, r->scope->options->threshold_micro))
            continue;
        candidate found = {result.score_micro, at, (uint32_t)e};
        if (itd_screen_is_wanted(index, entity, r->scope) && !itd_vector_push(&screener->candidates, found))
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

static itd_sv id_of(const run *r, const candidate *c)
{
    const itd_index *index = r->scope->indexes[c->index];
    return itd_index_text(index, index->entities[c->entity].id);
}

static int compare_candidates(const void *a, const void *b, void *context)
{
    const candidate *x = a, *y = b;
    if (x->score_micro != y->score_micro)
        return x->score_micro > y->score_micro ? -1 : 1;
    int order = itd_sv_compare(id_of(context, x), id_of(context, y));
    if (order != 0)
        return order;
    return (x->index > y->index) - (x->index < y->index);
}

static bool copy_views(const itd_sv **out, const itd_index *index, uint32_t first, uint32_t count, itd_arena *arena)
{
    itd_sv *views = itd_arena_alloc_array(arena, count, sizeof *views);
    for (uint32_t i = 0; views && i < count; i++)
        views[i] = itd_index_text(index, index->attributes[first + i]);
    *out = views;
    return views != NULL;
}

bool itd_contributions_copy(const itd_contribution **out, const itd_match_result *result, itd_arena *arena)
{
    itd_contribution *list = itd_arena_alloc_array(arena, result->contribution_count, sizeof *list);
    if (!list)
        return false;
    int64_t sum = 0;
    for (uint32_t i = 0; i < result->contribution_count; i++) {
        const itd_match_contribution *c = &result->contributions[i];
        list[i] = (itd_contribution){.feature = c->feature,
                                     .micro = c->micro,
                                     .left = itd_arena_copy(arena, c->left),
                                     .right = itd_arena_copy(arena, c->right),
                                     .property = c->property == ITD_P_ID ? NULL : itd_property_name(c->property)};
        if (!list[i].left.data || !list[i].right.data)
            return false;
        sum += c->micro;
    }
    assert(sum == result->score_micro);
    *out = list;
    return true;
}

/* The publisher's key: the id without its dataset. */
static itd_sv record_key(itd_sv id, itd_sv dataset)
{
    if (itd_sv_starts(id, dataset) && id.size > dataset.size && id.data[dataset.size] == '-')
        return itd_sv_slice(id, dataset.size + 1, id.size);
    return id;
}

static itd_sv digest_of(const itd_index *index, uint32_t entity)
{
    return itd_sv_make((const char *)index->digests[entity].bytes, sizeof index->digests->bytes);
}

static bool fill_hit(itd_hit *hit, const run *r, const candidate *c)
{
    const itd_index *index = r->scope->indexes[c->index];
    const itd_index_entity *entity = &index->entities[c->entity];
    itd_match_entity right = itd_index_match_entity(index, c->entity);
    itd_match_result result;
    bool again = itd_match_score(&result, r->queries[c->index], &right, c->score_micro);
    assert(again && result.score_micro == c->score_micro);
    (void)again;
    const itd_index_dataset *dataset = &index->datasets[entity->dataset];
    *hit = (itd_hit){.id = itd_index_text(index, entity->id),
                     .dataset = dataset->dataset,
                     .caption = itd_index_text(index, entity->caption),
                     .schema = itd_schema_name(entity->schema),
                     .kind = "name",
                     .score_micro = result.score_micro,
                     .matched_query = itd_arena_copy(r->arena, result.matched_left),
                     .matched_list = itd_arena_copy(r->arena, result.matched_right),
                     .matched_by = itd_property_name(result.matched_by),
                     .programme_count = entity->programme_count,
                     .topic_count = entity->topic_count,
                     .version = dataset->version,
                     .document = itd_index_text(index, entity->document),
                     .digest = digest_of(index, c->entity),
                     .line = entity->line,
                     .offset = entity->offset,
                     .contribution_count = result.contribution_count};
    hit->record = record_key(hit->id, hit->dataset);
    return hit->matched_query.data && hit->matched_list.data &&
           copy_views(&hit->programmes, index, entity->attribute_first, entity->programme_count, r->arena) &&
           copy_views(&hit->topics, index, entity->attribute_first + entity->programme_count, entity->topic_count,
                      r->arena) &&
           itd_contributions_copy(&hit->contributions, &result, r->arena);
}

/* Shows all hits to who looks on, and takes out what it hides. */
static itd_status sift(itd_answer *answer, itd_screener *screener, const run *r, itd_error *error)
{
    size_t found = screener->candidates.count, cleared = 0, kept = 0;
    candidate *candidates = screener->candidates.items;
    itd_sighting *seen = itd_arena_alloc_array(r->arena, found, sizeof *seen);
    bool *hidden = itd_arena_alloc_array(r->arena, found, sizeof *hidden);
    if (!seen || !hidden)
        return itd_fail_memory(error);
    for (size_t i = 0; i < found; i++) {
        const candidate *c = &candidates[i];
        seen[i] = (itd_sighting){id_of(r, c), digest_of(r->scope->indexes[c->index], c->entity), c->score_micro};
    }
    ITD_TRY(r->scope->sieve(r->scope->sieve_user, r->question, seen, found, hidden, &cleared, error));
    for (size_t i = 0; i < found; i++)
        if (!hidden[i])
            candidates[kept++] = candidates[i];
    screener->candidates.count = kept;
    answer->under_case = true;
    answer->cleared = cleared;
    return ITD_OK;
}

static itd_status fill_answer(itd_answer *answer, itd_screener *screener, run *r, itd_error *error)
{
    size_t found = screener->candidates.count, limit = r->scope->options->limit;
    if (found)
        qsort_r(screener->candidates.items, found, sizeof screener->candidates.items[0], compare_candidates, r);
    if (r->scope->sieve)
        ITD_TRY(sift(answer, screener, r, error));
    found = screener->candidates.count;
    size_t shown = limit && found > limit ? limit : found;
    itd_hit *hits = itd_arena_alloc_array(r->arena, shown, sizeof *hits);
    if (!hits)
        return itd_fail_memory(error);
    for (size_t i = 0; i < shown; i++)
        if (!fill_hit(&hits[i], r, &screener->candidates.items[i]))
            return itd_fail_memory(error);
    answer->hits = hits;
    answer->hit_count = shown;
    answer->truncated = shown < found;
    return ITD_OK;
}

/* A question of dates and countries alone finds nothing, ever: that is not "nobody is listed". */
static bool asks_for_something(const itd_match_entity *entity)
{
    for (uint32_t i = 0; i < entity->fact_count; i++)
        if (entity->facts[i].kind == ITD_FACT_IDENTIFIER)
            return true;
    return entity->name_count > 0;
}

static itd_status run_question(itd_answer *answer, itd_screener *screener, run *r, itd_error *error)
{
    itd_match_builder_reset(screener->builder);
    ITD_TRY(itd_match_builder_add(screener->builder, screener->matcher, &r->question->entity, error));
    ITD_TRY(itd_match_builder_finish(screener->builder, error));
    itd_match_space space = itd_match_builder_space(screener->builder);
    itd_match_entity left = itd_match_builder_entity(screener->builder, 0);
    if (!asks_for_something(&left))
        return itd_fail(error, ITD_EFORMAT, "neither a name nor an identifier to ask for");
    screener->candidates.count = 0;
    for (uint32_t i = 0; i < r->scope->index_count; i++) {
        ITD_TRY(itd_match_query_create(&r->queries[i], r->scope->options->algorithm, &left, &space,
                                       &r->scope->spaces[i], error));
        ITD_TRY(scan(screener, r, i, &answer->stats, error));
    }
    return fill_answer(answer, screener, r, error);
}

itd_status itd_screen_question(itd_answer *out, itd_screener *screener, const itd_screen_scope *scope,
                               const itd_question *question, itd_arena *arena, itd_error *error)
{
    assert(out && screener && scope && question && arena);
    int64_t started = itd_clock_us();
    run r = {.scope = scope, .question = question, .arena = arena};
    itd_answer answer = {.id = question->id,
                         .query = question->query,
                         .profile = itd_match_profile(),
                         .generation = scope->generation,
                         .stats = {.mode = "scan"}};
    r.queries = itd_arena_alloc_array(arena, scope->index_count, sizeof *r.queries);
    if (!r.queries)
        return itd_fail_memory(error);
    itd_status status = run_question(&answer, screener, &r, error);
    for (size_t i = 0; i < scope->index_count; i++)
        itd_match_query_destroy(r.queries[i]);
    if (status != ITD_OK)
        return status;
    answer.stats.scored = answer.stats.candidates;
    answer.stats.elapsed_us = itd_clock_us() - started;
    *out = answer;
    return ITD_OK;
}
