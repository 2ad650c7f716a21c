/* What was held once: companies that were possible before stakes ended, and are not any more. Property that was blocked
 * before a sale stays blocked after it (OFAC FAQ 402), so a reader has to know.
 *
 * On the day before stakes end, under the rule of that day and with the list of today, those are judged whose stakes
 * they are, and then what is held by whom among them was possible: a register of its own that reaches up to the listed
 * parties, and is small where few hold anything of such companies. */
#include <stdlib.h>

#include "own/evaluate.h"

/* Of a stake that has ended: the last day that it held on for certain. */
static int32_t last_day(int32_t end)
{
    int32_t first = end >= 0 ? end / ITD_DAY_SPAN : -((-end + ITD_DAY_SPAN - 1) / ITD_DAY_SPAN);
    return first - 1;
}

/* Stakes in a company end after a day; or an arrangement, and it is the party's companies that may have been held. */
typedef struct ended {
    int32_t day;
    uint32_t party;
    bool holdings;
} ended;

/* Marks of an entity. All but the first are of the day at work. */
enum {
    REACHED = 1, /* a listed party may have held some of it at some time, through others too */
    SEEN = 2,
    WAITS = 4,
    BELOW = 8,   /* stakes in it have ended, or it was held by such a company */
    SPREAD = 16, /* so its companies are below too */
};

typedef struct past {
    itd_own_evaluation *e;   /* of today */
    itd_own_evaluation then; /* of the day at work; its layers have no queues */
    bool groups;             /* some rule of the regime looks at groups */
    uint8_t *marks;
    ITD_VECTOR(ended) ends;
    ITD_VECTOR(uint32_t) reached, seen, waiting;
} past;

static bool is_hold(itd_stake_kind kind)
{
    return kind <= ITD_STAKE_CONTROL;
}

/* ---- what may have been held, and until when ---- */

static bool reach(past *p, uint32_t entity)
{
    if (p->marks[entity] & REACHED)
        return true;
    p->marks[entity] |= REACHED;
    return itd_vector_push(&p->reached, entity);
}

/* Whatever the day is: what listed parties hold, and what is held by that and by those who act together with it. */
static bool reach_all(past *p)
{
    const itd_register *r = p->e->r;
    const itd_own_layer *blocked = &p->e->layers[ITD_OWN_LAYER_BLOCKED];
    bool good = true;
    for (size_t i = 0; i < blocked->queue.count && good; i++)
        if (p->e->state[blocked->queue.items[i]] & ITD_OWN_IS_LISTED)
            good = reach(p, blocked->queue.items[i]);
    for (size_t i = 0; i < p->reached.count && good; i++) {
        uint32_t entity = p->reached.items[i];
        for (uint32_t k = r->out_first[entity]; k < r->out_first[entity + 1] && good; k++) {
            itd_stake_kind kind = itd_term_kind(r->out[k].term);
            if (is_hold(kind) || (p->groups && kind == ITD_STAKE_JOINT))
                good = reach(p, r->out[k].owned);
        }
        for (uint32_t s = r->in_first[entity]; s < r->in_first[entity + 1] && good && p->groups; s++)
            if (itd_term_kind(r->term[s]) == ITD_STAKE_JOINT)
                good = reach(p, r->owner[s]);
    }
    return good;
}

static bool put_end(past *p, int32_t day, uint32_t party, bool holdings)
{
    const ended end = {day, party, holdings};
    return itd_vector_push(&p->ends, end);
}

static bool gather_ends(past *p)
{
    const itd_register *r = p->e->r;
    bool good = true;
    for (size_t i = 0; i < p->reached.count; i++) {
        uint32_t entity = p->reached.items[i];
        for (uint32_t s = r->in_first[entity]; s < r->in_first[entity + 1] && good; s++) {
            itd_stake_kind kind = itd_term_kind(r->term[s]);
            if (!(r->term[s] & ITD_TERM_DATED) || r->end[s] == ITD_END_OPEN || last_day(r->end[s]) >= p->e->day)
                continue;
            int32_t day = last_day(r->end[s]);
            if (is_hold(kind) && !itd_own_in(p->e, ITD_OWN_LAYER_POSSIBLE, entity))
                good = put_end(p, day, entity, false);
            else if (p->groups && kind == ITD_STAKE_JOINT)
                good = put_end(p, day, entity, true) && put_end(p, day, r->owner[s], true);
            if (good && p->groups && kind == ITD_STAKE_CONTROL) /* rights of the entity were its controller's */
                good = put_end(p, day, entity, true);
        }
    }
    return good;
}

static int by_day(const void *a, const void *b)
{
    const ended *x = a, *y = b;
    int order = (x->day > y->day) - (x->day < y->day);
    return order != 0 ? order : (x->party > y->party) - (x->party < y->party);
}

/* ---- one day ---- */

static bool is_in(const past *p, itd_own_layer_id layer, uint32_t entity)
{
    return (p->then.state[entity] & ITD_OWN_DONE(layer)) != 0;
}

static void put_in(past *p, itd_own_layer_id layer, uint32_t entity)
{
    p->then.state[entity] = (uint16_t)(p->then.state[entity] | ITD_OWN_IN(layer) | ITD_OWN_DONE(layer));
    p->then.changes++;
}

static bool wait_for(past *p, uint32_t entity)
{
    if (p->marks[entity] & WAITS)
        return true;
    p->marks[entity] |= WAITS;
    return itd_vector_push(&p->waiting, entity);
}

/* Looks at an entity from now on. Listed parties are what they are. */
static bool see(past *p, uint32_t entity)
{
    uint16_t today = p->e->state[entity];
    if (p->marks[entity] & SEEN)
        return true;
    p->marks[entity] |= SEEN;
    if (today & ITD_OWN_IS_LISTED)
        put_in(p, ITD_OWN_LAYER_POSSIBLE, entity);
    if ((today & ITD_OWN_IS_MEMBER) && itd_own_regime_has_category(p->e->regime, p->then.day))
        put_in(p, ITD_OWN_LAYER_OF_CLASS, entity);
    return itd_vector_push(&p->seen, entity) && wait_for(p, entity);
}

/* Who may have held an entity on the day, and whom what it held counted for. Of a listed party only whether it is of a
 * class is open. */
static bool climb(past *p, uint32_t entity)
{
    const itd_register *r = p->e->r;
    const itd_own_ally *allies = NULL;
    size_t count = 0;
    bool good = true, known = is_in(p, ITD_OWN_LAYER_POSSIBLE, entity) && p->e->member_count == 0;
    for (uint32_t s = r->in_first[entity]; s < r->in_first[entity + 1] && good && !known; s++)
        if (is_hold(itd_term_kind(r->term[s])) && (p->marks[r->owner[s]] & REACHED) &&
            itd_own_counts(r, s, p->then.day) != ITD_NOT_HELD)
            good = see(p, r->owner[s]);
    if (good && p->then.joint)
        good = itd_own_allies_of(&allies, &count, &p->then, entity);
    for (size_t i = 0; i < count && good; i++)
        good = !(p->marks[allies[i].party] & REACHED) || see(p, allies[i].party);
    return good;
}

/* A company in which stakes have ended, or held by such a one. What is possible today needs no flag. */
static bool see_below(past *p, uint32_t company)
{
    if (!(p->marks[company] & REACHED) || (p->marks[company] & BELOW) ||
        itd_own_in(p->e, ITD_OWN_LAYER_POSSIBLE, company))
        return true;
    p->marks[company] |= BELOW;
    return see(p, company) && wait_for(p, company);
}

/* The companies of a party: those that are looked at are so again, and where the party stands below an end, and was
 * possible, all of them are. */
static bool spread(past *p, uint32_t party, bool below)
{
    const itd_register *r = p->e->r;
    bool good = true;
    for (uint32_t k = r->out_first[party], end = r->out_first[party + 1]; k < end && good;) {
        itd_own_pair pair;
        uint32_t company = r->out[k].owned, first = k;
        while (k < end && r->out[k].owned == company)
            k++;
        itd_own_pair_with(&pair, r, r->out[first].term, r->out[first].stake, k - first, p->then.day);
        if (below && itd_own_is_hold(&pair))
            good = see_below(p, company);
        if (good && (p->marks[company] & SEEN))
            good = wait_for(p, company);
    }
    return good;
}

/* The same of those whose holdings count for it. */
static bool spread_all(past *p, uint32_t party, bool below)
{
    const itd_register *r = p->e->r;
    bool good = spread(p, party, below);
    if (!p->then.joint)
        return good;
    for (uint32_t k = r->out_first[party]; k < r->out_first[party + 1] && good; k++) {
        itd_stake_kind kind = itd_term_kind(r->out[k].term);
        if ((kind == ITD_STAKE_JOINT || kind == ITD_STAKE_CONTROL) &&
            itd_own_counts(r, r->out[k].stake, p->then.day) != ITD_NOT_HELD)
            good = spread(p, r->out[k].owned, below);
    }
    for (uint32_t s = r->in_first[party]; s < r->in_first[party + 1] && good; s++)
        if (itd_term_kind(r->term[s]) == ITD_STAKE_JOINT && itd_own_counts(r, s, p->then.day) != ITD_NOT_HELD)
            good = spread(p, r->owner[s], below);
    return good;
}

static bool is_met(bool *met, const past *p, itd_own_layer_id id, uint32_t company)
{
    const itd_own_layer *layer = &p->then.layers[id];
    *met = false;
    for (size_t t = 0; t < layer->test_count && !*met; t++)
        if (!itd_own_test_met(met, &p->then, layer, &layer->tests[t], company))
            return false;
    return true;
}

/* Is it possible, and of a class, by those of whom that is known? */
static bool judge(bool *joined, past *p, uint32_t company)
{
    bool met = false, classes = p->e->member_count > 0;
    if (classes && !is_in(p, ITD_OWN_LAYER_OF_CLASS, company)) {
        if (!is_met(&met, p, ITD_OWN_LAYER_OF_CLASS, company))
            return false;
        if (met)
            put_in(p, ITD_OWN_LAYER_OF_CLASS, company);
        *joined |= met;
    }
    if (is_in(p, ITD_OWN_LAYER_POSSIBLE, company))
        return true;
    if (!is_met(&met, p, ITD_OWN_LAYER_POSSIBLE, company))
        return false;
    met |= classes && itd_own_class_held(&p->then, company);
    if (met)
        put_in(p, ITD_OWN_LAYER_POSSIBLE, company);
    *joined |= met;
    return true;
}

static bool settle(past *p, uint32_t company)
{
    bool joined = false;
    p->marks[company] = (uint8_t)(p->marks[company] & ~WAITS);
    if (!judge(&joined, p, company))
        return false;
    bool below = is_in(p, ITD_OWN_LAYER_POSSIBLE, company) && (p->marks[company] & (BELOW | SPREAD)) == BELOW;
    if (below) {
        p->marks[company] |= SPREAD;
        if (!itd_own_join(p->e, &p->e->layers[ITD_OWN_LAYER_DIVESTED], company))
            return false;
    }
    return !(joined || below) || spread_all(p, company, (p->marks[company] & SPREAD) != 0);
}

static void begin_day(past *p, int32_t day)
{
    p->then.day = day;
    p->then.rule = itd_own_regime_rule(p->e->regime, day);
    p->then.joint = itd_own_rule_is_joint(p->then.rule);
    itd_own_layer_set_up(&p->then, ITD_OWN_LAYER_POSSIBLE);
    itd_own_layer_set_up(&p->then, ITD_OWN_LAYER_OF_CLASS);
    if (p->then.groups)
        itd_own_groups_reset(p->then.groups);
}

static void end_day(past *p)
{
    for (size_t i = 0; i < p->seen.count; i++) {
        p->marks[p->seen.items[i]] &= REACHED;
        p->then.state[p->seen.items[i]] = 0;
    }
    p->seen.count = p->waiting.count = 0;
}

/* The least fixed point of whoever is looked at. Those above a company are all known before it is judged. */
static bool run_day(past *p, const ended *ends, size_t count)
{
    bool good = true;
    begin_day(p, ends[0].day);
    if (!p->then.rule || p->then.rule->test_count == 0)
        return true; /* only listed parties were blocked */
    for (size_t i = 0; i < count && good; i++)
        good = ends[i].holdings ? spread(p, ends[i].party, true) : see_below(p, ends[i].party);
    for (size_t climbed = 0, settled = 0; good;) {
        if (climbed < p->seen.count)
            good = climb(p, p->seen.items[climbed++]);
        else if (settled < p->waiting.count)
            good = settle(p, p->waiting.items[settled++]);
        else
            break;
    }
    end_day(p);
    return good;
}

/* ---- all days ---- */

static bool run(past *p)
{
    const itd_register *r = p->e->r;
    if (!reach_all(p) || !gather_ends(p))
        return false;
    if (p->ends.count == 0)
        return true;
    p->then.state = itd_calloc((size_t)r->entity_count + 1, sizeof *p->then.state);
    if (p->groups)
        p->then.groups = itd_own_groups_create(r->entity_count);
    if (!p->then.state || (p->groups && !p->then.groups))
        return false;
    qsort(p->ends.items, p->ends.count, sizeof p->ends.items[0], by_day);
    bool good = true;
    for (size_t first = 0, end; first < p->ends.count && good; first = end) {
        for (end = first; end < p->ends.count && p->ends.items[end].day == p->ends.items[first].day;)
            end++;
        good = run_day(p, &p->ends.items[first], end - first);
    }
    return good;
}

bool itd_own_divested(itd_own_evaluation *e)
{
    past p = {.e = e, .then = {.r = e->r, .regime = e->regime}};
    for (size_t i = 0; i < e->regime->rule_count; i++)
        p.groups |= itd_own_rule_is_joint(&e->regime->rules[i]);
    p.marks = itd_calloc((size_t)e->r->entity_count + 1, sizeof *p.marks);
    bool good = p.marks && run(&p);
    itd_own_evaluation_finish(&p.then);
    itd_vector_finish(&p.ends);
    itd_vector_finish(&p.reached);
    itd_vector_finish(&p.seen);
    itd_vector_finish(&p.waiting);
    itd_free(p.marks);
    return good;
}
