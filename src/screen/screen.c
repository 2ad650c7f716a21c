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

/* What a thread needs of one index. */
typedef struct searcher {
    itd_match_query *query; /* NULL until a question is asked */
    uint32_t *stamps;       /* by entity: the last question that looked at it */
} searcher;

struct itd_screener {
    const itd_screen_scope *scope;
    itd_matcher *matcher;
    itd_match_builder *builder;
    searcher *searchers; /* one an index */
    uint32_t stamp;
    ITD_VECTOR(candidate) candidates;
};

/* What one question needs while it runs. */
typedef struct run {
    itd_screener *screener;
    const itd_screen_scope *scope;
    const itd_question *question;
    itd_screen_stats *stats;
    itd_arena *arena;
} run;

static itd_status create_parts(itd_screener *screener, itd_error *error)
{
    const itd_screen_scope *scope = screener->scope;
    ITD_TRY(itd_matcher_create(&screener->matcher, error));
    ITD_TRY(itd_match_builder_create(&screener->builder, error));
    screener->searchers = itd_calloc(scope->index_count, sizeof *screener->searchers);
    if (!screener->searchers)
        return itd_fail_memory(error);
    for (size_t i = 0; i < scope->index_count; i++) {
        searcher *s = &screener->searchers[i];
        s->stamps = itd_calloc(scope->indexes[i]->entity_count + 1, sizeof *s->stamps);
        if (!s->stamps)
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

itd_status itd_screener_create(itd_screener **out, const itd_screen_scope *scope, itd_error *error)
{
    itd_screener *screener = itd_calloc(1, sizeof *screener);
    if (!screener)
        return itd_fail_memory(error);
    screener->scope = scope;
    itd_status status = create_parts(screener, error);
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
    for (size_t i = 0; screener->searchers && i < screener->scope->index_count; i++) {
        itd_match_query_destroy(screener->searchers[i].query);
        itd_free(screener->searchers[i].stamps);
    }
    itd_free(screener->searchers);
    itd_match_builder_destroy(screener->builder);
    itd_matcher_destroy(screener->matcher);
    itd_vector_finish(&screener->candidates);
    itd_free(screener);
}

static itd_status look_at(run *r, uint32_t at, size_t number, itd_error *error)
{
    const itd_index *index = r->scope->indexes[at];
    const itd_index_entity *entity = &index->entities[number];
    itd_match_result result;
    if (number < r->question->from || !itd_schema_related(r->question->entity.schema, entity->schema))
        return ITD_OK;
    itd_match_entity right = itd_index_match_entity(index, number);
    r->stats->candidates++;
    if (!itd_match_score(&result, r->screener->searchers[at].query, &right, r->scope->options->threshold_micro))
        return ITD_OK;
    candidate found = {result.score_micro, at, (uint32_t)number};
    if (itd_screen_is_wanted(index, entity, r->scope) && !itd_vector_push(&r->screener->candidates, found))
        return itd_fail_memory(error);
    return ITD_OK;
}

/* Once a question. */
static itd_status look_once(run *r, uint32_t at, size_t number, itd_error *error)
{
    uint32_t *stamps = r->screener->searchers[at].stamps;
    if (stamps[number] == r->screener->stamp)
        return ITD_OK;
    stamps[number] = r->screener->stamp;
    return look_at(r, at, number, error);
}

/* Entities that have an identifier of the question's. */
static itd_status look_at_identified(run *r, uint32_t at, const itd_match_entity *left, itd_error *error)
{
    const itd_index_search *search = &r->scope->searches[at];
    for (uint32_t f = 0; f < left->fact_count; f++) {
        uint64_t key = left->facts[f].key;
        size_t low = 0, high = search->identifier_count;
        if (left->facts[f].kind != ITD_FACT_IDENTIFIER)
            continue;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (search->identifiers[middle].key < key)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < search->identifier_count && search->identifiers[low].key == key; low++)
            ITD_TRY(look_once(r, at, search->identifiers[low].entity, error));
    }
    return ITD_OK;
}

static itd_status search_index(run *r, uint32_t at, const itd_match_entity *left, itd_error *error)
{
    const itd_index *index = r->scope->indexes[at];
    const uint32_t *names = NULL;
    size_t count = 0, from = r->question->from;
    /* Names stand by entity. */
    size_t from_name = from < index->entity_count ? index->entities[from].name_first : index->name_count;
    bool told =
        !r->scope->options->exhaustive && itd_match_candidates(&names, &count, r->screener->searchers[at].query,
                                                               r->scope->options->threshold_micro, (uint32_t)from_name);
    if (!told) {
        r->stats->mode = "scan";
        for (size_t e = from; e < index->entity_count; e++)
            ITD_TRY(look_at(r, at, e, error));
        return ITD_OK;
    }
    for (size_t i = 0; i < count; i++)
        ITD_TRY(look_once(r, at, r->scope->searches[at].entity_of_name[names[i]], error));
    return look_at_identified(r, at, left, error);
}

static itd_status ask(run *r, uint32_t at, const itd_match_entity *left, const itd_match_space *space, itd_error *error)
{
    searcher *s = &r->screener->searchers[at];
    const itd_match_space *right = &r->scope->searches[at].space;
    if (s->query)
        return itd_match_query_ask(s->query, left, space, right, error);
    return itd_match_query_create(&s->query, r->scope->options->algorithm, left, space, right, error);
}

/* The next question's number, which no entity bears. */
static void next_stamp(itd_screener *screener)
{
    if (++screener->stamp != 0)
        return;
    for (size_t i = 0; i < screener->scope->index_count; i++)
        memset(screener->searchers[i].stamps, 0,
               screener->scope->indexes[i]->entity_count * sizeof *screener->searchers[i].stamps);
    screener->stamp = 1;
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
    bool again = itd_match_score(&result, r->screener->searchers[c->index].query, &right, c->score_micro);
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
    next_stamp(screener);
    for (uint32_t i = 0; i < r->scope->index_count; i++) {
        ITD_TRY(ask(r, i, &left, &space, error));
        ITD_TRY(search_index(r, i, &left, error));
    }
    return fill_answer(answer, screener, r, error);
}

itd_status itd_screen_question(itd_answer *out, itd_screener *screener, const itd_question *question, itd_arena *arena,
                               itd_error *error)
{
    assert(out && screener && question && arena);
    int64_t started = itd_clock_us();
    itd_answer answer = {.id = question->id,
                         .query = question->query,
                         .profile = itd_match_profile(),
                         .generation = screener->scope->generation,
                         .stats = {.mode = "index"}};
    run r = {
        .screener = screener, .scope = screener->scope, .question = question, .stats = &answer.stats, .arena = arena};
    ITD_TRY(run_question(&answer, screener, &r, error));
    answer.stats.scored = answer.stats.candidates;
    answer.stats.elapsed_us = itd_clock_us() - started;
    *out = answer;
    return ITD_OK;
}
