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
    return itd_owned_hits_of(out, count, scope, own, arena, error);
}

itd_status itd_owned_join(itd_answer *answer, const itd_hit *hits, size_t count, size_t limit, itd_arena *arena,
                          itd_error *error)
{
    size_t all = answer->hit_count + count, shown = limit && all > limit ? limit : all, named = 0, owned = 0;
    itd_hit *joined = itd_arena_alloc_array(arena, shown, sizeof *joined);
    if (!joined)
        return itd_fail_memory(error);
    for (size_t i = 0; i < shown; i++) {
        bool by_owners = owned < count &&
                         (named == answer->hit_count || itd_owned_hit_order(&hits[owned], &answer->hits[named]) < 0);
        joined[i] = by_owners ? hits[owned++] : answer->hits[named++];
    }
    answer->hits = joined;
    answer->hit_count = shown;
    answer->truncated |= shown < all;
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

/* That a party is listed itself is said already where its name has met. */
static bool is_said(const itd_answer *answer, const itd_hit *hit)
{
    if (!hit->own || hit->own->judgement.basis != ITD_OWN_LISTED)
        return false;
    for (size_t i = 0; i < answer->hit_count; i++)
        if (itd_sv_equal(answer->hits[i].id, hit->id))
            return true;
    return false;
}

/* Those of the hits that say more than the answer does. */
static const itd_hit *drop_said(size_t *count, const itd_answer *answer, const itd_hit *hits, itd_arena *arena)
{
    itd_hit *kept = itd_arena_alloc_array(arena, *count, sizeof *kept);
    size_t all = *count;
    *count = 0;
    for (size_t i = 0; kept && i < all; i++)
        if (!is_said(answer, &hits[i]))
            kept[(*count)++] = hits[i];
    return kept;
}

static itd_status on_answered(void *user, const itd_question *question, itd_answer *answer, itd_arena *arena,
                              itd_error *error)
{
    const itd_hit *hits = NULL;
    size_t count = 0;
    const itd_owned_scope *scope = user;
    ITD_TRY(itd_owned_hits(&hits, &count, scope, question, arena, error));
    if (count == 0)
        return ITD_OK;
    hits = drop_said(&count, answer, hits, arena);
    return hits ? itd_owned_join(answer, hits, count, scope->options->limit, arena, error) : itd_fail_memory(error);
}

itd_status itd_screen_owned(itd_context *context, const itd_index *const *indexes, size_t index_count,
                            const itd_screen_options *options, itd_own *own, itd_questions *questions,
                            itd_status (*on_answer)(void *user, const itd_answer *answer), void *user, itd_error *error)
{
    assert(own);
    itd_owned_scope scope = {.own = own, .indexes = indexes, .index_count = index_count, .options = options};
    const itd_screen_watch watch = {.on_answer = on_answered, .user = &scope};
    return itd_screen_watched(context, indexes, index_count, options, &watch, questions, on_answer, user, error);
}
