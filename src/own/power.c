/* Power in companies that hold each other: the index of Shapley and Shubik, exact or drawn. */
#include <math.h>

#include "base/memory.h"
#include "own/owners.h"

typedef struct playing {
    const itd_above *above;
    uint32_t *weight;          /* by stake: twice the middle of what its owner has, 0 but for the first of a pair */
    uint64_t *total;           /* by entity: of what is stated there */
    uint64_t *got;             /* by entity: of what those have who are in */
    bool *in;                  /* by entity */
    uint32_t *queue, *touched; /* those who joined, and what they hold */
    uint32_t touched_count;
} playing;

static void finish(playing *p)
{
    itd_free(p->weight);
    itd_free(p->total);
    itd_free(p->got);
    itd_free(p->in);
    itd_free(p->queue);
    itd_free(p->touched);
}

/* Votes where any are stated, else shares. */
static void weigh(playing *p, uint32_t company, int32_t day)
{
    const itd_register *r = &p->above->r;
    unsigned kind = ITD_STAKE_SHARES;
    uint64_t least = 0; /* what all have at least: it bounds each from above */
    uint32_t count, end = r->in_first[company + 1];
    for (uint32_t s = r->in_first[company]; s < end; s++)
        if (itd_term_kind(r->term[s]) == ITD_STAKE_VOTES)
            kind = ITD_STAKE_VOTES;
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, day);
        least += pair.min_ppm[kind];
    }
    for (uint32_t s = r->in_first[company]; s < end; s += count) {
        itd_own_pair pair;
        count = itd_own_pair_size(r, s, end);
        itd_own_pair_of(&pair, r, s, count, day);
        uint64_t others = least - pair.min_ppm[kind], left = others < ITD_PPM_WHOLE ? ITD_PPM_WHOLE - others : 0;
        uint32_t most = pair.max_ppm[kind] < left ? pair.max_ppm[kind] : (uint32_t)left;
        p->weight[s] = pair.min_ppm[kind] + (most > pair.min_ppm[kind] ? most : pair.min_ppm[kind]);
        p->total[company] += p->weight[s];
    }
}

static bool set_up(playing *p, int32_t day)
{
    size_t n = (size_t)p->above->r.entity_count + 1, m = (size_t)p->above->r.stake_count + 1;
    p->weight = itd_calloc(m, sizeof *p->weight);
    p->total = itd_calloc(n, sizeof *p->total);
    p->got = itd_calloc(n, sizeof *p->got);
    p->in = itd_calloc(n, sizeof *p->in);
    p->queue = itd_calloc(n, sizeof *p->queue);
    p->touched = itd_calloc(n + m, sizeof *p->touched);
    if (!p->weight || !p->total || !p->got || !p->in || !p->queue || !p->touched)
        return false;
    for (uint32_t v = 0; v < p->above->r.entity_count; v++)
        weigh(p, v, day);
    return true;
}

static void begin(playing *p)
{
    for (uint32_t i = 0; i < p->touched_count; i++) {
        p->got[p->touched[i]] = 0;
        p->in[p->touched[i]] = false;
    }
    p->touched_count = 0;
}

/* A root joins, and with it all that is controlled now. Does the company turn? */
static bool join(playing *p, uint32_t root)
{
    const itd_register *r = &p->above->r;
    uint32_t count = 0;
    p->in[root] = true;
    p->touched[p->touched_count++] = root;
    p->queue[count++] = root;
    for (uint32_t at = 0; at < count; at++)
        for (uint32_t k = r->out_first[p->queue[at]]; k < r->out_first[p->queue[at] + 1]; k++) {
            uint32_t company = r->out[k].owned, weight = p->weight[r->out[k].stake];
            if (weight == 0)
                continue;
            if (p->got[company] == 0)
                p->touched[p->touched_count++] = company;
            p->got[company] += weight;
            if (p->in[company] || 2 * p->got[company] <= p->total[company])
                continue;
            p->in[company] = true;
            p->queue[count++] = company;
        }
    return p->in[0];
}

/* ---- every set ---- */

static bool find_winners(playing *p, bool *wins)
{
    uint32_t roots = p->above->root_count;
    for (uint32_t set = 0; set < UINT32_C(1) << roots; set++) {
        begin(p);
        for (uint32_t i = 0; i < roots; i++)
            if (set >> i & 1)
                wins[set] = join(p, p->above->root[i]);
    }
    return wins[(UINT32_C(1) << roots) - 1];
}

/* The part of all orders in which a root comes right after a set that its joining turns. */
static uint32_t value_of(const bool *wins, uint32_t root, uint32_t roots)
{
    uint64_t swings[ITD_POWER_EXACT_MAX] = {0}, factorial[ITD_POWER_EXACT_MAX + 1] = {1};
    unsigned __int128 sum = 0;
    for (uint32_t i = 1; i <= roots; i++)
        factorial[i] = factorial[i - 1] * i;
    for (uint32_t set = 0; set < UINT32_C(1) << roots; set++)
        if (!(set >> root & 1) && !wins[set] && wins[set | UINT32_C(1) << root])
            swings[__builtin_popcount(set)]++;
    for (uint32_t size = 0; size < roots; size++)
        sum += (unsigned __int128)swings[size] * factorial[size] * factorial[roots - 1 - size];
    return (uint32_t)((sum * ITD_PPM_WHOLE + factorial[roots] / 2) / factorial[roots]);
}

static itd_status find_exact(uint32_t *power_ppm, playing *p, itd_error *error)
{
    uint32_t roots = p->above->root_count;
    bool *wins = itd_calloc((size_t)1 << roots, sizeof *wins);
    if (!wins)
        return itd_fail_memory(error);
    bool any = find_winners(p, wins);
    for (uint32_t i = 0; i < roots; i++)
        power_ppm[i] = any ? value_of(wins, i, roots) : 0;
    itd_free(wins);
    return ITD_OK;
}

/* ---- orders that are drawn ---- */

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint32_t draw(uint64_t *seed, uint32_t below)
{
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    z ^= z >> 31;
    return (uint32_t)(((unsigned __int128)z * below) >> 64);
}

static itd_status find_drawn(uint32_t *power_ppm, itd_power *how, playing *p, itd_error *error)
{
    uint32_t roots = p->above->root_count, turned = 0;
    uint64_t seed = 1954;
    uint32_t *order = itd_calloc((size_t)roots + 1, sizeof *order),
             *count = itd_calloc((size_t)roots + 1, sizeof *count);
    how->orders = ITD_POWER_ORDERS;
    for (uint32_t i = 0; order && i < roots; i++)
        order[i] = i;
    for (uint32_t k = 0; order && count && k < ITD_POWER_ORDERS; k++) {
        begin(p);
        for (uint32_t i = 0; i < roots; i++) {
            uint32_t other = i + draw(&seed, roots - i), root = order[other];
            order[other] = order[i];
            order[i] = root;
            if (!join(p, p->above->root[root]))
                continue;
            count[root]++;
            turned++;
            break;
        }
    }
    for (uint32_t i = 0; count && i < roots; i++)
        power_ppm[i] = (uint32_t)(((uint64_t)count[i] * ITD_PPM_WHOLE + ITD_POWER_ORDERS / 2) / ITD_POWER_ORDERS);
    how->error_ppm =
        turned == 0 ? 0 : (uint32_t)ceil(1e6 * sqrt(log(2.0 * roots / ITD_POWER_RISK) / (2.0 * ITD_POWER_ORDERS)));
    itd_status status = order && count ? ITD_OK : itd_fail_memory(error);
    itd_free(order);
    itd_free(count);
    return status;
}

itd_status itd_power_find(uint32_t *power_ppm, itd_power *how, const itd_above *above, int32_t day, itd_error *error)
{
    playing p = {.above = above};
    uint64_t work = (uint64_t)above->r.stake_count + 1;
    itd_status status = set_up(&p, day) ? ITD_OK : itd_fail_memory(error);
    *how = (itd_power){0};
    if (status == ITD_OK && above->root_count <= ITD_POWER_EXACT_MAX &&
        work << above->root_count <= ITD_POWER_EXACT_WORK_MAX)
        status = find_exact(power_ppm, &p, error);
    else if (status == ITD_OK)
        status = find_drawn(power_ppm, how, &p, error);
    finish(&p);
    return status;
}
