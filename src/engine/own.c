/* `own`: a graph, a list, a rule and a day become verdicts. */
#include "engine/own.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include <sodium.h>

#include "base/memory.h"
#include "base/progress.h"
#include "own/listed.h"

const char *itd_own_verdict_name(itd_own_verdict verdict)
{
    static const char *const names[] = {"not_blocked", "possible", "blocked"};
    return names[verdict];
}

const char *itd_own_basis_name(itd_own_basis basis)
{
    static const char *const names[] = {NULL, "listed", "category", "ownership", "control", "control_presumed"};
    return names[basis];
}

bool itd_own_regime_at(itd_own_regime_info *out, size_t index)
{
    if (index < itd_own_regime_count)
        *out = (itd_own_regime_info){itd_own_regimes[index].id, itd_own_regimes[index].title};
    return index < itd_own_regime_count;
}

static itd_status take_regime(const itd_own_regime **out, const char *id, itd_error *error)
{
    char known[ITD_ERROR_MESSAGE_MAX] = "";
    size_t size = 0;
    *out = id ? itd_own_regime_find(id) : NULL;
    if (*out)
        return ITD_OK;
    for (size_t i = 0; i < itd_own_regime_count && size < sizeof known; i++)
        size += (size_t)snprintf(known + size, sizeof known - size, "%s%s", i ? ", " : "", itd_own_regimes[i].id);
    return itd_fail(error, ITD_EINVAL, "no such regime: %s; there are %s", id ? id : "", known);
}

static itd_status take_day(int32_t *out, const char *text, itd_error *error)
{
    itd_date date;
    int32_t last = 0;
    if (!text || strlen(text) != 10 || !itd_date_parse(&date, itd_sv_of(text)) || date.day == 0)
        return itd_fail(error, ITD_EINVAL, "%s is no day: YYYY-MM-DD is wanted", text ? text : "nothing");
    itd_date_span(out, &last, date);
    return ITD_OK;
}

/* ---- who is listed ---- */

typedef struct listing {
    itd_own *own;
    const itd_own_options *options;
    crypto_generichash_state hash;
} listing;

static void hash_text(crypto_generichash_state *state, itd_sv text)
{
    uint64_t size = text.size;
    (void)crypto_generichash_update(state, (const unsigned char *)&size, sizeof size);
    if (size > 0)
        (void)crypto_generichash_update(state, (const unsigned char *)text.data, text.size);
}

static itd_status on_party(void *context, itd_sv id, itd_sv category, itd_error *error)
{
    (void)error;
    listing *l = context;
    itd_own *own = l->own;
    hash_text(&l->hash, id);
    hash_text(&l->hash, category);
    uint32_t entity = itd_register_find(own->e.r, id);
    if (entity == UINT32_MAX) {
        own->summary.absent++;
        return ITD_OK;
    }
    own->summary.present++;
    itd_own_mark(&own->e, entity, itd_own_regime_category(own->e.regime, own->e.day, category));
    return ITD_OK;
}

static void on_bad_line(void *context, const char *file, uint64_t line, itd_sv id, const char *reason)
{
    const itd_own_options *options = ((listing *)context)->options;
    const itd_rejected told = {.file = file, .line = line, .offset = ITD_NOWHERE, .record = id, .reason = reason};
    if (options->on_reject)
        options->on_reject(options->user, &told);
}

static itd_status read_listed(itd_own *own, const itd_own_options *options, itd_error *error)
{
    listing l = {.own = own, .options = options};
    itd_listed_reading reading = {
        .skip_bad = options->skip_bad, .party = on_party, .context = &l, .reject = on_bad_line, .reject_context = &l};
    itd_input *input = NULL;
    ITD_TRY(itd_input_open(&input, options->listed, error));
    (void)crypto_generichash_init(&l.hash, NULL, 0, ITD_OWN_LISTED_HASH);
    itd_status status = itd_listed_read(&reading, input, error);
    (void)crypto_generichash_final(&l.hash, own->listed_hash, ITD_OWN_LISTED_HASH);
    itd_sv name = itd_graph_file_name(itd_input_name(input));
    own->listed_name = itd_calloc(name.size + 1, 1);
    if (own->listed_name)
        memcpy(own->listed_name, name.data, name.size);
    else if (status == ITD_OK)
        status = itd_fail_memory(error);
    itd_input_close(input);
    own->summary.rejected += reading.rejected;
    return status;
}

/* One of those that stand for being listed under the regime. */
static bool has_topic(const itd_own_regime *regime, const itd_index *index, const itd_index_entity *entity)
{
    const uint32_t *topics = index->attributes + entity->attribute_first + entity->programme_count;
    for (uint32_t i = 0; i < entity->topic_count; i++)
        for (size_t t = 0; t < regime->topic_count; t++)
            if (itd_sv_is(itd_index_text(index, topics[i]), regime->topics[t]))
                return true;
    return false;
}

bool itd_own_is_listing(const itd_own *own, const itd_index *index, const itd_index_entity *entity)
{
    for (size_t i = 0; i < own->list_count; i++)
        if (own->lists[i].index == index)
            return !own->lists[i].topical || has_topic(own->e.regime, index, entity);
    return false;
}

/* An index in which entities have topics holds others beside those that are listed; one without is listed whole. */
static itd_status mark_index(itd_own *own, const itd_index *index, itd_error *error)
{
    itd_own_list_index *list = &own->lists[own->list_count];
    ITD_TRY(itd_index_check(index, error));
    list->index = index;
    for (size_t i = 0; i < index->entity_count && !list->topical; i++)
        list->topical = index->entities[i].topic_count > 0;
    own->list_count++;
    for (size_t i = 0; i < index->entity_count; i++) {
        const itd_index_entity *entity = &index->entities[i];
        uint32_t number = itd_register_find(own->e.r, itd_index_text(index, entity->id));
        if (number != UINT32_MAX && (!list->topical || has_topic(own->e.regime, index, entity)))
            itd_own_mark(&own->e, number, false);
    }
    return ITD_OK;
}

/* ---- ids ---- */

static int by_entity(const void *a, const void *b, void *context)
{
    const itd_register *r = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    if (r->alias_entity[x] != r->alias_entity[y])
        return r->alias_entity[x] < r->alias_entity[y] ? -1 : 1;
    return (x > y) - (x < y);
}

itd_status itd_own_aliases(const uint32_t **out, size_t *count, itd_own *own, itd_sv id, itd_error *error)
{
    const itd_register *r = own->e.r;
    uint32_t entity = r->alias_count ? itd_register_find(r, id) : UINT32_MAX;
    size_t low = 0, high = r->alias_count;
    *count = 0;
    if (entity == UINT32_MAX)
        return ITD_OK;
    if (!own->aliases) {
        own->aliases = itd_calloc(r->alias_count, sizeof *own->aliases);
        if (!own->aliases)
            return itd_fail_memory(error);
        for (uint32_t a = 0; a < r->alias_count; a++)
            own->aliases[a] = a;
        qsort_r(own->aliases, r->alias_count, sizeof *own->aliases, by_entity, (void *)(uintptr_t)r);
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->alias_entity[own->aliases[middle]] < entity)
            low = middle + 1;
        else
            high = middle;
    }
    *out = own->aliases + low;
    while (low + *count < r->alias_count && r->alias_entity[own->aliases[low + *count]] == entity)
        ++*count;
    return ITD_OK;
}

/* ---- judging ---- */

static itd_status set_up(itd_own *own, const itd_own_options *options, itd_error *error)
{
    const itd_own_regime *regime = NULL;
    int32_t day = 0;
    ITD_TRY(take_regime(&regime, options->regime, error));
    ITD_TRY(take_day(&day, options->as_of, error));
    ITD_TRY(itd_own_evaluation_init(&own->e, &own->graph->r, regime, day, error));
    if (options->listed)
        ITD_TRY(read_listed(own, options, error));
    own->lists = itd_calloc(options->index_count + 1, sizeof *own->lists);
    if (!own->lists)
        return itd_fail_memory(error);
    for (size_t i = 0; i < options->index_count; i++)
        ITD_TRY(mark_index(own, options->indexes[i], error));
    int64_t started = itd_clock_us();
    ITD_TRY(itd_own_evaluation_run(&own->e, error));
    own->summary.elapsed_us = itd_clock_us() - started;
    return ITD_OK;
}

itd_status itd_own_create(itd_own **out, itd_context *context, const itd_graph *graph, const itd_own_options *options,
                          itd_error *error)
{
    assert(out && context && graph && options);
    itd_own *own = itd_calloc(1, sizeof *own);
    if (!own)
        return itd_fail_memory(error);
    own->graph = graph;
    itd_arena_init(&own->arena, context->options.memory_max);
    itd_status status = set_up(own, options, error);
    if (status != ITD_OK) {
        itd_own_destroy(own);
        return status;
    }
    *out = own;
    return ITD_OK;
}

void itd_own_destroy(itd_own *own)
{
    if (!own)
        return;
    itd_own_evaluation_finish(&own->e);
    itd_own_interest_finish(&own->interest);
    itd_arena_finish(&own->arena);
    itd_free(own->lists);
    itd_free(own->listed_name);
    itd_free(own->aliases);
    itd_free(own);
}

itd_own_summary itd_own_about(const itd_own *own)
{
    itd_own_summary summary = own->summary;
    summary.entities = own->e.r->entity_count;
    summary.listed = own->e.listed_count;
    summary.blocked = summary.possible = 0;
    for (uint32_t n = 0; n < own->e.r->entity_count; n++) {
        bool blocked = itd_own_in(&own->e, ITD_OWN_LAYER_BLOCKED, n);
        summary.blocked += blocked;
        summary.possible += !blocked && itd_own_in(&own->e, ITD_OWN_LAYER_POSSIBLE, n);
    }
    return summary;
}

itd_status itd_own_judge(itd_own_judgement *out, const itd_own *own, uint32_t entity, itd_error *error)
{
    assert(entity < own->e.r->entity_count);
    return itd_own_judgement_of(out, &own->e, entity) ? ITD_OK : itd_fail_memory(error);
}

static itd_status find(uint32_t *out, const itd_own *own, const char *id, itd_error *error)
{
    *out = itd_register_find(own->e.r, itd_sv_of(id));
    return *out == UINT32_MAX ? itd_fail(error, ITD_ENOTFOUND, "no such entity in the graph: %s", id) : ITD_OK;
}

itd_status itd_own_list(itd_own *own, const char *id, const char *category, itd_error *error)
{
    uint32_t entity = 0;
    itd_sv name = itd_sv_of(category);
    ITD_TRY(find(&entity, own, id, error));
    if (name.size > 0 && !itd_own_category_known(name))
        return itd_fail(error, ITD_EINVAL, "no such category: %s", category);
    itd_own_interest_finish(&own->interest);
    bool member = name.size > 0 && itd_own_regime_category(own->e.regime, own->e.day, name);
    return itd_own_evaluation_list(&own->e, entity, member, error);
}

itd_status itd_own_unlist(itd_own *own, const char *id, itd_error *error)
{
    uint32_t entity = 0;
    ITD_TRY(find(&entity, own, id, error));
    itd_own_interest_finish(&own->interest);
    return itd_own_evaluation_unlist(&own->e, entity, error);
}

itd_status itd_own_ask_number(itd_own_answer *out, itd_own *own, uint32_t entity, itd_error *error)
{
    assert(out && own && entity < own->e.r->entity_count);
    itd_arena_reset(&own->arena);
    ITD_TRY(itd_own_evaluation_flags(&own->e, error));
    if (!own->interest.low_ppm)
        ITD_TRY(itd_own_interest_run(&own->interest, &own->e, error));
    ITD_TRY(itd_own_explain(out, &own->e, entity, &own->arena, error));
    assert(own->interest.low_ppm && own->interest.high_ppm);
    out->interest_min_ppm = own->interest.low_ppm[entity];
    out->interest_max_ppm = own->interest.high_ppm[entity];
    return ITD_OK;
}

itd_status itd_own_ask(itd_own_answer *out, itd_own *own, const char *id, itd_error *error)
{
    uint32_t entity = 0;
    ITD_TRY(find(&entity, own, id, error));
    return itd_own_ask_number(out, own, entity, error);
}
