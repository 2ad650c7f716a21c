/* The hits of a verdict: the records of those who carry it. */
#include <assert.h>
#include <stdlib.h>

#include <sodium.h>

#include "base/vector.h"
#include "engine/owned.h"
#include "engine/picture.h"
#include "model/country.h"

typedef struct making {
    const itd_owned_scope *scope;
    const itd_own_answer *answer;
    itd_arena *arena;
    itd_screen_scope filters; /* what itd_screen_is_wanted asks of it */
    ITD_VECTOR(itd_hit) hits;
} making;

/* A record of a party, in one of the indexes. */
typedef struct found {
    const itd_index *index;
    const itd_index_entity *entity;
} found;

/* ---- filters ---- */

static bool take_filters(making *m)
{
    const itd_screen_options *o = m->scope->options;
    const char **countries = itd_arena_alloc_array(m->arena, o->country_count, sizeof *countries);
    m->filters = (itd_screen_scope){.options = o, .countries = countries};
    for (size_t i = 0; countries && i < o->country_count; i++) {
        countries[i] = itd_country_find(itd_sv_of(o->countries[i]));
        assert(countries[i]); /* the options were checked */
    }
    return countries != NULL;
}

/* Who has no record has nothing that a filter asks for. */
static bool wants_records(const making *m)
{
    const itd_screen_options *o = m->scope->options;
    return o->country_count || o->dataset_count || o->topic_count || o->programme_count;
}

/* ---- one hit ---- */

static bool is_known_by(const itd_own_chain *chain, itd_sv party)
{
    return chain->count > 0 && itd_sv_equal(chain->steps[0].owner, party);
}

/* "X 50 % shares of I, 40 % shares of T": the first chain that begins at the party. */
static itd_sv chain_text(const making *m, itd_sv party)
{
    itd_buffer text = {0};
    const itd_own_answer *answer = m->answer;
    const itd_own_chain *chain = NULL;
    for (size_t c = 0; c < answer->chain_count && !chain; c++)
        chain = is_known_by(&answer->chains[c], party) ? &answer->chains[c] : NULL;
    (void)itd_buffer_append(&text, party);
    if (answer->judgement.basis == ITD_OWN_LISTED)
        (void)itd_buffer_append(&text, ITD_SV(", which is listed itself"));
    else if (answer->by_count == 0)
        (void)itd_buffer_append(&text, ITD_SV(", through listed parties that are not shown"));
    else if (!chain)
        (void)itd_buffer_append(&text, ITD_SV(", through more chains than are shown"));
    for (size_t s = 0; chain && answer->judgement.basis != ITD_OWN_LISTED && s < chain->count; s++) {
        const itd_own_step *step = &chain->steps[s];
        (void)itd_buffer_append(&text, s ? ITD_SV(", ") : ITD_SV(" "));
        itd_picture_put_stake(&text, step->kind, step->share_min_ppm, step->share_max_ppm);
        (void)itd_buffer_format(&text, " of %.*s", ITD_SV_ARG(step->owned));
    }
    itd_sv copy = text.failed ? ITD_SV_NONE : itd_arena_copy(m->arena, itd_buffer_view(&text));
    itd_buffer_finish(&text);
    return copy;
}

/* What all hits of the verdict have in common; false: no memory. */
static bool start_hit(itd_hit *out, const making *m, itd_sv id, itd_sv party)
{
    const itd_own_answer *answer = m->answer;
    itd_contribution *contribution = itd_arena_alloc_array(m->arena, 1, sizeof *contribution);
    if (!contribution)
        return false;
    *contribution =
        (itd_contribution){.feature = "ownership",
                           .micro = answer->judgement.verdict == ITD_OWN_BLOCKED ? 1000000 : ITD_OWN_POSSIBLE_MICRO,
                           .left = answer->entity,
                           .right = chain_text(m, party)};
    *out = (itd_hit){.id = id,
                     .dataset = ITD_SV(""),
                     .kind = "owned",
                     .own = answer,
                     .carrier = party,
                     .score_micro = contribution->micro,
                     .matched_query = answer->entity,
                     .matched_list = id,
                     .matched_by = "ownership",
                     .contributions = contribution,
                     .contribution_count = 1,
                     .version = ITD_SV(""),
                     .record = id,
                     .offset = ITD_NOWHERE};
    return contribution->right.data != NULL;
}

static bool take_attributes(itd_hit *hit, const found *f, itd_arena *arena)
{
    const itd_index_entity *entity = f->entity;
    size_t count = (size_t)entity->programme_count + entity->topic_count;
    itd_sv *texts = itd_arena_alloc_array(arena, count, sizeof *texts);
    if (!texts)
        return false;
    for (size_t i = 0; i < count; i++)
        texts[i] = itd_index_text(f->index, f->index->attributes[entity->attribute_first + i]);
    hit->programmes = texts;
    hit->programme_count = entity->programme_count;
    hit->topics = texts + entity->programme_count;
    hit->topic_count = entity->topic_count;
    return true;
}

static itd_status add_record(making *m, const found *f, itd_sv party, itd_error *error)
{
    itd_hit hit;
    const itd_index *index = f->index;
    const itd_index_entity *entity = f->entity;
    if (!start_hit(&hit, m, itd_index_text(index, entity->id), party) || !take_attributes(&hit, f, m->arena))
        return itd_fail_memory(error);
    if (entity->dataset < index->dataset_count) {
        hit.dataset = index->datasets[entity->dataset].dataset;
        hit.version = index->datasets[entity->dataset].version;
    }
    if (itd_sv_starts(hit.id, hit.dataset) && hit.id.size > hit.dataset.size)
        hit.record = itd_sv_slice(hit.id, hit.dataset.size + 1, SIZE_MAX);
    hit.caption = itd_index_text(index, entity->caption);
    hit.schema = itd_schema_name(entity->schema);
    hit.document = itd_index_text(index, entity->document);
    hit.digest = itd_sv_make((const char *)index->digests[entity - index->entities].bytes, ITD_STORE_HASH);
    hit.line = entity->line;
    hit.offset = entity->offset;
    return itd_vector_push(&m->hits, hit) ? ITD_OK : itd_fail_memory(error);
}

/* Of whom no index has a record the id is known, and that it stands in the file of listed parties. */
static itd_status add_unrecorded(making *m, itd_sv party, itd_error *error)
{
    itd_hit hit;
    unsigned char *digest = itd_arena_alloc(m->arena, ITD_STORE_HASH);
    const char *file = m->scope->own->listed_name;
    if (!digest || !start_hit(&hit, m, party, party))
        return itd_fail_memory(error);
    (void)crypto_generichash(digest, ITD_STORE_HASH, (const unsigned char *)party.data, party.size, NULL, 0);
    hit.caption = party;
    hit.schema = itd_schema_name(ITD_S_LegalEntity);
    hit.document = itd_sv_of(file ? file : "");
    hit.digest = itd_sv_make((const char *)digest, ITD_STORE_HASH);
    return itd_vector_push(&m->hits, hit) ? ITD_OK : itd_fail_memory(error);
}

/* ---- the records of a party ---- */

/* The record of an id; entities of an index are in byte order of theirs. */
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

/* Adds the records of an id: those that make it listed, or the others. */
static itd_status add_records_of(making *m, itd_sv id, itd_sv party, bool listing, size_t *seen, itd_error *error)
{
    for (size_t i = 0; i < m->scope->index_count; i++) {
        const itd_index *index = m->scope->indexes[i];
        const found f = {index, find_record(index, id)};
        if (!f.entity || itd_own_is_listing(m->scope->own, index, f.entity) != listing)
            continue;
        ++*seen;
        if (itd_screen_is_wanted(index, f.entity, &m->filters))
            ITD_TRY(add_record(m, &f, party, error));
    }
    return ITD_OK;
}

/* A list knows a party by one of its ids. Where no record makes it listed, a file of listed parties does, and any
 * record will do. */
static itd_status add_party(making *m, itd_sv party, itd_error *error)
{
    const itd_register *r = m->scope->own->e.r;
    const uint32_t *aliases = NULL;
    size_t alias_count = 0, seen = 0;
    ITD_TRY(itd_own_aliases(&aliases, &alias_count, m->scope->own, party, error));
    for (int listing = 1; listing >= 0 && seen == 0; listing--) {
        ITD_TRY(add_records_of(m, party, party, listing, &seen, error));
        for (size_t a = 0; a < alias_count; a++)
            ITD_TRY(add_records_of(m, itd_register_alias(r, aliases[a]), party, listing, &seen, error));
    }
    return seen == 0 && !wants_records(m) ? add_unrecorded(m, party, error) : ITD_OK;
}

/* ---- */

int itd_owned_hit_order(const itd_hit *a, const itd_hit *b)
{
    if (a->score_micro != b->score_micro)
        return a->score_micro > b->score_micro ? -1 : 1;
    return itd_sv_compare(a->id, b->id);
}

static int compare_hits(const void *a, const void *b)
{
    const itd_hit *x = a, *y = b;
    int order = itd_owned_hit_order(x, y);
    if (order == 0)
        order = itd_sv_compare(x->dataset, y->dataset);
    return order ? order : itd_sv_compare(x->digest, y->digest);
}

static itd_status make_hits(making *m, itd_error *error)
{
    const itd_own_answer *answer = m->answer;
    if (!take_filters(m))
        return itd_fail_memory(error);
    if (answer->judgement.basis == ITD_OWN_LISTED)
        return add_party(m, answer->entity, error);
    for (size_t b = 0; b < answer->by_count; b++)
        ITD_TRY(add_party(m, answer->by[b].id, error));
    /* Who carries it is not known, so no filter can tell either: a verdict is never passed over in silence. */
    return answer->by_count == 0 ? add_unrecorded(m, answer->entity, error) : ITD_OK;
}

itd_status itd_owned_hits_of(const itd_hit **out, size_t *count, const itd_owned_scope *scope,
                             const itd_own_answer *answer, itd_arena *arena, itd_error *error)
{
    assert(out && count && scope && scope->options && answer && arena);
    *count = 0;
    if (answer->judgement.verdict == ITD_OWN_NOT_BLOCKED)
        return ITD_OK;
    making m = {.scope = scope, .answer = answer, .arena = arena};
    itd_status status = make_hits(&m, error);
    itd_hit *hits = status == ITD_OK ? itd_arena_alloc_array(arena, m.hits.count, sizeof *hits) : NULL;
    if (status == ITD_OK && !hits)
        status = itd_fail_memory(error);
    if (status == ITD_OK && m.hits.count > 0) {
        qsort(m.hits.items, m.hits.count, sizeof *m.hits.items, compare_hits);
        memcpy(hits, m.hits.items, m.hits.count * sizeof *hits);
        *out = hits;
        *count = m.hits.count;
    }
    itd_vector_finish(&m.hits);
    return status;
}
