/* Links between the parties of a graph, told by their best statements. */
#include "engine/graph_ways.h"

#include <assert.h>

#include "own/pair.h"

itd_status itd_ways_init(itd_ways *out, const itd_register *r, const char *as_of, itd_error *error)
{
    itd_date date;
    int32_t last = 0;
    itd_ways w = {.r = r, .any_day = as_of == NULL};
    if (as_of && (strlen(as_of) != 10 || !itd_date_parse(&date, itd_sv_of(as_of)) || date.day == 0))
        return itd_fail(error, ITD_EINVAL, "%s is no day: YYYY-MM-DD is wanted", as_of);
    if (as_of)
        itd_date_span(&w.day, &last, date);
    *out = w;
    return ITD_OK;
}

itd_status itd_ways_entity(uint32_t *out, const itd_register *r, itd_sv id, itd_error *error)
{
    uint32_t found = itd_register_find(r, id);
    if (found == UINT32_MAX)
        return itd_fail(error, ITD_ENOTFOUND, "no such entity in the graph: %.*s", ITD_SV_ARG(id));
    *out = found;
    return ITD_OK;
}

static bool counts(const itd_ways *w, uint32_t stake)
{
    if (w->without_suspicions && itd_own_is_suspicion(w->r->term[stake]))
        return false;
    return w->any_day || itd_own_holds(w->r, stake, w->day) != ITD_NOT_HELD;
}

uint32_t itd_ways_length(const itd_ways *w, uint32_t stake)
{
    itd_term term = w->r->term[stake];
    unsigned worse = 0;
    if (!counts(w, stake))
        return 0;
    worse += itd_term_reliability(term) > 1 ? itd_term_reliability(term) - 1 : 0;
    worse += itd_term_credibility(term) > 1 ? itd_term_credibility(term) - 1 : 0;
    return ITD_GRAPH_STEP_LENGTH + worse * ITD_GRAPH_GRADE_LENGTH;
}

bool itd_ways_is_first(const itd_register *r, uint32_t stake)
{
    if (!(r->term[stake] & ITD_TERM_PAIRED) || stake == 0 || r->owner[stake - 1] != r->owner[stake])
        return true;
    return itd_register_owned(r, stake - 1) != itd_register_owned(r, stake);
}

/* A statement before a suspicion, then the shorter to walk. */
static bool is_better(const itd_ways *w, uint32_t stake, uint32_t than)
{
    bool suspicion = itd_own_is_suspicion(w->r->term[stake]), other = itd_own_is_suspicion(w->r->term[than]);
    return suspicion != other ? other : itd_ways_length(w, stake) < itd_ways_length(w, than);
}

uint32_t itd_ways_best(const itd_ways *w, uint32_t first, uint32_t *statements)
{
    const itd_register *r = w->r;
    uint32_t best = UINT32_MAX, end = first + 1;
    if (r->term[first] & ITD_TERM_PAIRED)
        end = first + itd_own_pair_size(r, first, r->in_first[itd_register_owned(r, first) + 1]);
    *statements = 0;
    for (uint32_t stake = first; stake < end; stake++) {
        if (!counts(w, stake))
            continue;
        ++*statements;
        if (best == UINT32_MAX || is_better(w, stake, best))
            best = stake;
    }
    return best;
}

/* The first stake of an owner in what is owned, UINT32_MAX when there is none: owners rise. */
static uint32_t first_of(const itd_register *r, uint32_t owner, uint32_t owned)
{
    uint32_t low = r->in_first[owned], high = r->in_first[owned + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (r->owner[middle] < owner)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->in_first[owned + 1] && r->owner[low] == owner ? low : UINT32_MAX;
}

uint32_t itd_ways_between(const itd_ways *w, uint32_t a, uint32_t b)
{
    uint32_t found = UINT32_MAX, best = UINT32_MAX, statements;
    const uint32_t first[] = {first_of(w->r, a, b), first_of(w->r, b, a)};
    for (unsigned i = 0; i < 2; i++) {
        uint32_t here = first[i] == UINT32_MAX ? UINT32_MAX : itd_ways_best(w, first[i], &statements);
        if (here != UINT32_MAX && (best == UINT32_MAX || is_better(w, here, best))) {
            best = here;
            found = first[i];
        }
    }
    return found;
}

bool itd_ways_step(itd_graph_step *out, const itd_ways *w, uint32_t first, bool against, itd_arena *arena)
{
    const itd_register *r = w->r;
    uint32_t statements = 0, stake = itd_ways_best(w, first, &statements);
    assert(stake != UINT32_MAX);
    itd_term term = r->term[stake];
    itd_sv file = itd_register_file(r, stake);
    *out = (itd_graph_step){
        .owner = itd_register_id(r, r->owner[stake]),
        .owned = itd_register_id(r, itd_register_owned(r, stake)),
        .share_min_ppm = itd_term_min(term),
        .share_max_ppm = itd_term_max(term),
        .kind = itd_stake_kind_name(itd_term_kind(term)),
        .source = r->line[stake] ? itd_arena_format(arena, "%.*s:%u", ITD_SV_ARG(file), r->line[stake])
                                 : itd_arena_copy(arena, file),
        .grade = itd_term_reliability(term)
                     ? itd_arena_format(arena, "%c%c", (char)('A' + itd_term_reliability(term) - 1),
                                        (char)('0' + itd_term_credibility(term)))
                     : ITD_SV(""),
        .statements = statements,
        .against = against,
        .suspected = itd_own_is_suspicion(term),
    };
    return out->source.data && out->grade.data;
}

void itd_ways_step_write(itd_json_writer *json, const itd_graph_step *step)
{
    itd_json_begin_object(json);
    itd_json_put_text(json, "owner", step->owner);
    itd_json_put_text(json, "owned", step->owned);
    itd_json_key(json, "share_ppm");
    itd_json_begin_array(json);
    itd_json_write_u64(json, step->share_min_ppm);
    itd_json_write_u64(json, step->share_max_ppm);
    itd_json_end_array(json);
    itd_json_put_text(json, "kind", itd_sv_of(step->kind));
    itd_json_put_text(json, "source", step->source);
    itd_json_key(json, "grade");
    if (step->grade.size > 0)
        itd_json_write_text(json, step->grade);
    else
        itd_json_write_null(json);
    itd_json_key(json, "suspected");
    itd_json_write_bool(json, step->suspected);
    itd_json_put_u64(json, "statements", step->statements);
    itd_json_key(json, "against");
    itd_json_write_bool(json, step->against);
    itd_json_end_object(json);
}
