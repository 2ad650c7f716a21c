/* `screen` with a graph: who is on no list, but held by those who are. */
#include <assert.h>
#include <stdio.h>

#include <sodium.h>

#include "engine/owned.h"
#include "engine/watch.h"
#include "model/country.h"
#include "read/stakes_send.h"
#include "read/uk_psc.h"

/* Whether the id is more than the number of the question's line. */
static bool has_own_id(const itd_question *question)
{
    char line[24];
    (void)snprintf(line, sizeof line, "%llu", (unsigned long long)question->line);
    return question->line > 0 && !itd_sv_is(question->id, line);
}

bool itd_owned_is_unclear(const itd_owned_scope *scope, const itd_question *question)
{
    return !has_own_id(question) && itd_register_find(scope->own->e.r, question->id) != UINT32_MAX;
}

/* Countries that it names, and none of them the UK. */
static bool is_foreign(const itd_question *question)
{
    bool foreign = false;
    for (size_t i = 0; i < question->said && i < question->entity.value_count; i++) {
        const itd_entity_value *value = &question->entity.values[i];
        if (itd_property_typeof(value->property) != ITD_TYPE_COUNTRY)
            continue;
        const char *code = itd_country_find(value->value);
        if (code && strcmp(code, "gb") == 0)
            return false;
        foreign = true;
    }
    return foreign;
}

/* An identifier is an id by itself, or the number of a company of the UK. */
static uint32_t find_identifier(const itd_register *r, const itd_question *question, const itd_entity_value *value)
{
    char digits[ITD_UK_COMPANY_DIGITS], room[ITD_STAKE_ID_BYTES_MAX];
    uint32_t found = itd_register_find(r, value->value);
    bool number = strcmp(itd_property_name(value->property), "registrationNumber") == 0;
    if (found != UINT32_MAX || !number || is_foreign(question))
        return found;
    itd_sv id = itd_stakes_id(room, ITD_UK_PSC_PREFIX, itd_uk_company_number(digits, value->value));
    return id.size > 0 ? itd_register_find(r, id) : UINT32_MAX;
}

/* The entity of the graph that a question is about, by its id or an identifier; UINT32_MAX: none. */
static uint32_t find_entity(const itd_owned_scope *o, const itd_question *question)
{
    const itd_register *r = o->own->e.r;
    if (o->own_ids || has_own_id(question)) {
        uint32_t found = itd_register_find(r, question->id);
        if (found != UINT32_MAX)
            return found;
    }
    for (size_t i = 0; i < question->said && i < question->entity.value_count; i++) {
        const itd_entity_value *value = &question->entity.values[i];
        if (itd_property_typeof(value->property) != ITD_TYPE_IDENTIFIER)
            continue;
        uint32_t found = find_identifier(r, question, value);
        if (found != UINT32_MAX)
            return found;
    }
    return UINT32_MAX;
}

/* The record of a listed party, by its id; entities of an index are in byte order of their ids. */
static const itd_index_entity *find_record(const itd_index *index, itd_sv id)
{
    size_t low = 0, high = index->entity_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = itd_sv_compare(itd_index_text(index, index->entities[middle].id), id);
        if (order == 0)
            return &index->entities[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The same by any id of the party: a list knows it by one of its own. */
static const itd_index_entity *find_party(const itd_index *index, const itd_register *r, itd_sv id)
{
    const itd_index_entity *found = find_record(index, id);
    uint32_t entity = found || r->alias_count == 0 ? UINT32_MAX : itd_register_find(r, id);
    for (uint32_t a = 0; a < r->alias_count && entity != UINT32_MAX && !found; a++)
        if (r->alias_entity[a] == entity)
            found = find_record(index, itd_register_alias(r, a));
    return found;
}

/* "X 50 % of I, 40 % of T": the first chain that begins at the party. */
static itd_sv chain_text(const itd_own_answer *answer, itd_sv party, itd_arena *arena)
{
    itd_buffer text = {0};
    for (size_t c = 0; c < answer->chain_count && text.size == 0; c++) {
        const itd_own_chain *chain = &answer->chains[c];
        if (!itd_sv_equal(chain->steps[0].owner, party))
            continue;
        (void)itd_buffer_append(&text, party);
        for (size_t s = 0; s < chain->count; s++) {
            const itd_own_step *step = &chain->steps[s];
            (void)itd_buffer_format(&text, "%s %u to %u ppm %s of %.*s", s ? "," : "", step->share_min_ppm,
                                    step->share_max_ppm, step->kind, ITD_SV_ARG(step->owned));
        }
    }
    itd_sv copy = text.failed ? ITD_SV_NONE : itd_arena_copy(arena, itd_buffer_view(&text));
    itd_buffer_finish(&text);
    return copy;
}

static bool take_attributes(itd_hit *hit, const itd_index *index, const itd_index_entity *entity, itd_arena *arena)
{
    size_t count = (size_t)entity->programme_count + entity->topic_count;
    itd_sv *texts = itd_arena_alloc_array(arena, count, sizeof *texts);
    if (!texts)
        return false;
    for (size_t i = 0; i < count; i++)
        texts[i] = itd_index_text(index, index->attributes[entity->attribute_first + i]);
    hit->programmes = texts;
    hit->programme_count = entity->programme_count;
    hit->topics = texts + entity->programme_count;
    hit->topic_count = entity->topic_count;
    return true;
}

static bool make_hit(itd_hit *out, const itd_index *index, const itd_index_entity *entity, itd_sv party,
                     const itd_own_answer *answer, itd_arena *arena)
{
    itd_sv id = itd_index_text(index, entity->id), dataset = ITD_SV_NONE, version = ITD_SV_NONE;
    itd_contribution *contribution = itd_arena_alloc_array(arena, 1, sizeof *contribution);
    bool blocked = answer->judgement.verdict == ITD_OWN_BLOCKED;
    if (!contribution)
        return false;
    if (entity->dataset < index->dataset_count) {
        dataset = index->datasets[entity->dataset].dataset;
        version = index->datasets[entity->dataset].version;
    }
    itd_sv record = id;
    if (itd_sv_starts(id, dataset) && id.size > dataset.size)
        record = itd_sv_slice(id, dataset.size + 1, SIZE_MAX);
    *contribution = (itd_contribution){.feature = "ownership",
                                       .micro = blocked ? 1000000 : ITD_OWN_POSSIBLE_MICRO,
                                       .left = answer->entity,
                                       .right = chain_text(answer, party, arena)};
    *out = (itd_hit){
        .id = id,
        .dataset = dataset,
        .caption = itd_index_text(index, entity->caption),
        .schema = itd_schema_name(entity->schema),
        .kind = "owned",
        .own = answer,
        .score_micro = contribution->micro,
        .matched_query = answer->entity,
        .matched_list = id,
        .matched_by = "ownership",
        .contributions = contribution,
        .contribution_count = 1,
        .version = version,
        .record = record,
        .document = itd_index_text(index, entity->document),
        .digest = {(const char *)index->digests[entity - index->entities].bytes, sizeof index->digests[0].bytes},
        .line = entity->line,
        .offset = entity->offset};
    return contribution->right.data && take_attributes(out, index, entity, arena);
}

static bool comes_before(const itd_hit *a, const itd_hit *b)
{
    if (a->score_micro != b->score_micro)
        return a->score_micro > b->score_micro;
    return itd_sv_compare(a->id, b->id) < 0;
}

/* Puts a hit in its place among those that are there. */
static void insert(itd_hit *hits, size_t count, const itd_hit *hit)
{
    size_t at = count;
    for (; at > 0 && comes_before(hit, &hits[at - 1]); at--)
        hits[at] = hits[at - 1];
    hits[at] = *hit;
}

static itd_status make_hits(const itd_hit **out, size_t *out_count, const itd_owned_scope *o, const itd_own_answer *own,
                            itd_arena *arena, itd_error *error)
{
    itd_hit *hits = itd_arena_alloc_array(arena, own->by_count * o->index_count, sizeof *hits);
    size_t count = 0;
    if (!hits)
        return itd_fail_memory(error);
    for (size_t b = 0; b < own->by_count; b++)
        for (size_t i = 0; i < o->index_count; i++) {
            itd_hit hit;
            const itd_index_entity *entity = find_party(o->indexes[i], o->own->e.r, own->by[b].id);
            if (!entity)
                continue;
            if (!make_hit(&hit, o->indexes[i], entity, own->by[b].id, own, arena))
                return itd_fail_memory(error);
            insert(hits, count++, &hit);
        }
    *out = hits;
    *out_count = count;
    return ITD_OK;
}

itd_status itd_owned_hits(const itd_hit **out, size_t *count, const itd_owned_scope *scope,
                          const itd_question *question, itd_arena *arena, itd_error *error)
{
    assert(out && count && scope && question);
    *count = 0;
    uint32_t entity = find_entity(scope, question);
    if (entity == UINT32_MAX)
        return ITD_OK;
    itd_own_answer *own = itd_arena_alloc(arena, sizeof *own);
    if (!own)
        return itd_fail_memory(error);
    ITD_TRY(itd_own_ask_number(own, scope->own, entity, error));
    if (own->judgement.verdict == ITD_OWN_NOT_BLOCKED || own->judgement.basis == ITD_OWN_LISTED)
        return ITD_OK;
    return make_hits(out, count, scope, own, arena, error);
}

itd_status itd_owned_join(itd_answer *answer, const itd_hit *hits, size_t count, itd_arena *arena, itd_error *error)
{
    itd_hit *all = itd_arena_alloc_array(arena, answer->hit_count + count, sizeof *all);
    if (!all)
        return itd_fail_memory(error);
    if (answer->hit_count > 0)
        memcpy(all, answer->hits, answer->hit_count * sizeof *all);
    for (size_t i = 0; i < count; i++)
        insert(all, answer->hit_count++, &hits[i]);
    answer->hits = all;
    return ITD_OK;
}

/* ---- what a decision is about ---- */

static void hash_text(crypto_generichash_state *state, itd_sv text)
{
    uint64_t size = text.size;
    (void)crypto_generichash_update(state, (const unsigned char *)&size, sizeof size);
    if (size > 0)
        (void)crypto_generichash_update(state, (const unsigned char *)text.data, text.size);
}

static void hash_range(crypto_generichash_state *state, uint32_t low, uint32_t high)
{
    uint32_t range[2] = {low, high};
    (void)crypto_generichash_update(state, (const unsigned char *)range, sizeof range);
}

void itd_owned_digest(unsigned char out[ITD_STORE_HASH], const itd_own_answer *own)
{
    const itd_own_judgement *j = &own->judgement;
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, ITD_STORE_HASH);
    hash_text(&state, own->entity);
    hash_text(&state, itd_sv_of(itd_own_verdict_name(j->verdict)));
    hash_text(&state, itd_sv_of(itd_own_basis_name(j->basis)));
    hash_text(&state, itd_sv_of(own->rule_id));
    hash_text(&state, itd_sv_of(own->rule_from));
    hash_range(&state, j->share_min_ppm, j->share_max_ppm);
    for (size_t i = 0; i < own->by_count; i++) {
        hash_text(&state, own->by[i].id);
        hash_range(&state, own->by[i].share_min_ppm, own->by[i].share_max_ppm);
    }
    for (size_t c = 0; c < own->chain_count; c++) {
        hash_text(&state, ITD_SV("chain"));
        for (size_t s = 0; s < own->chains[c].count; s++) {
            const itd_own_step *step = &own->chains[c].steps[s];
            hash_text(&state, step->owner);
            hash_text(&state, step->owned);
            hash_text(&state, itd_sv_of(step->kind));
            hash_text(&state, step->grade);
            hash_range(&state, step->share_min_ppm, step->share_max_ppm);
        }
    }
    (void)crypto_generichash_final(&state, out, ITD_STORE_HASH);
}

/* ---- without a case ---- */

static itd_status on_answered(void *user, const itd_question *question, itd_answer *answer, itd_arena *arena,
                              itd_error *error)
{
    const itd_hit *hits = NULL;
    size_t count = 0;
    ITD_TRY(itd_owned_hits(&hits, &count, user, question, arena, error));
    return count > 0 ? itd_owned_join(answer, hits, count, arena, error) : ITD_OK;
}

itd_status itd_screen_owned(itd_context *context, const itd_index *const *indexes, size_t index_count,
                            const itd_screen_options *options, itd_own *own, itd_questions *questions,
                            itd_status (*on_answer)(void *user, const itd_answer *answer), void *user, itd_error *error)
{
    assert(own);
    itd_owned_scope scope = {.own = own, .indexes = indexes, .index_count = index_count};
    const itd_screen_watch watch = {.on_answer = on_answered, .user = &scope};
    return itd_screen_watched(context, indexes, index_count, options, &watch, questions, on_answer, user, error);
}
