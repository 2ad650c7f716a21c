#include "engine/judged.h"

#include <assert.h>
#include <stdlib.h>

#include "base/vector.h"

#define NONE UINT32_MAX

typedef struct itd_judged_pair {
    uint32_t left, right; /* left < right */
    itd_judgement_kind kind;
    itd_sv person;
} itd_judged_pair;

/* A record that is on a tree of records that are one. */
typedef struct itd_judged_node {
    uint32_t parent, size;            /* a root is its own parent; size of its tree */
    uint32_t apart_first, apart_last; /* of a root: the list of who its members are not one with */
} itd_judged_node;

typedef struct itd_judged_apart {
    uint32_t other, next;
    bool unsure; /* nobody says that they are two */
} itd_judged_apart;

static uint32_t root_of(const itd_judged *judged, uint32_t node)
{
    while (judged->nodes.items[node].parent != node)
        node = judged->nodes.items[node].parent;
    return node;
}

static void append_apart(itd_judged *judged, uint32_t root, uint32_t first, uint32_t last)
{
    itd_judged_node *node = &judged->nodes.items[root];
    if (first == NONE)
        return;
    if (node->apart_first == NONE)
        node->apart_first = first;
    else
        judged->apart.items[node->apart_last].next = first;
    node->apart_last = last;
}

/* The smaller tree under the larger one: none grows deeper than the logarithm of its size. */
static void unite(itd_judged *judged, uint32_t a, uint32_t b)
{
    a = root_of(judged, a);
    b = root_of(judged, b);
    if (a == b)
        return;
    if (judged->nodes.items[a].size < judged->nodes.items[b].size) {
        uint32_t kept = a;
        a = b;
        b = kept;
    }
    itd_judged_node *under = &judged->nodes.items[b];
    under->parent = a;
    judged->nodes.items[a].size += under->size;
    append_apart(judged, a, under->apart_first, under->apart_last);
}

static bool set_apart(itd_judged *judged, uint32_t a, uint32_t b, bool unsure)
{
    for (int side = 0; side < 2; side++) {
        itd_judged_apart apart = {.other = side ? a : b, .next = NONE, .unsure = unsure};
        uint32_t at = (uint32_t)judged->apart.count;
        if (!itd_vector_push(&judged->apart, apart))
            return false;
        append_apart(judged, root_of(judged, side ? b : a), at, at);
    }
    return true;
}

static uint32_t node_of(itd_judged *judged, itd_sv id)
{
    uint32_t at = itd_intern_add(&judged->ids, id);
    if (at == ITD_MAP_NONE || at < judged->nodes.count)
        return at;
    itd_judged_node node = {.parent = at, .size = 1, .apart_first = NONE, .apart_last = NONE};
    return itd_vector_push(&judged->nodes, node) ? at : ITD_MAP_NONE;
}

bool itd_judged_add(itd_judged *judged, itd_sv left, itd_sv right, itd_judgement_kind kind, itd_sv person)
{
    uint32_t a = node_of(judged, left), b = node_of(judged, right);
    if (a == ITD_MAP_NONE || b == ITD_MAP_NONE)
        return false;
    itd_sv kept = itd_arena_copy(&judged->ids.arena, person);
    itd_judged_pair pair = {a < b ? a : b, a < b ? b : a, kind, kept};
    if (!kept.data || !itd_vector_push(&judged->pairs, pair))
        return false;
    if (kind != ITD_JUDGEMENT_MERGE)
        return set_apart(judged, a, b, kind == ITD_JUDGEMENT_UNSURE);
    unite(judged, a, b);
    return true;
}

static int compare_pairs(const void *a, const void *b)
{
    const itd_judged_pair *x = a, *y = b;
    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    return (x->right > y->right) - (x->right < y->right);
}

static itd_status add(void *user, const itd_judgement *j, itd_error *error)
{
    return itd_judged_add(user, j->left, j->right, j->kind, j->person) ? ITD_OK : itd_fail_memory(error);
}

itd_status itd_judged_load(itd_judged *out, itd_store *store, itd_error *error)
{
    assert(out && store);
    itd_judged judged = {0};
    itd_intern_init(&judged.ids, SIZE_MAX);
    itd_status status = itd_judgement_each(store, add, &judged, error);
    if (status != ITD_OK) {
        itd_judged_finish(&judged);
        return status;
    }
    judged.sorted = judged.pairs.count;
    if (judged.sorted > 0)
        qsort(judged.pairs.items, judged.sorted, sizeof judged.pairs.items[0], compare_pairs);
    *out = judged;
    return ITD_OK;
}

void itd_judged_finish(itd_judged *judged)
{
    itd_intern_finish(&judged->ids);
    itd_vector_finish(&judged->nodes);
    itd_vector_finish(&judged->pairs);
    itd_vector_finish(&judged->apart);
}

static const itd_judged_pair *pair_of(const itd_judged *judged, uint32_t a, uint32_t b)
{
    const itd_judged_pair wanted = {.left = a < b ? a : b, .right = a < b ? b : a};
    return judged->sorted == 0 ? NULL
                               : bsearch(&wanted, judged->pairs.items, judged->sorted, sizeof wanted, compare_pairs);
}

static bool are_apart(const itd_judged *judged, uint32_t root, uint32_t other_root, bool unsure_too)
{
    uint32_t at = judged->nodes.items[root].apart_first;
    for (; at != NONE; at = judged->apart.items[at].next) {
        const itd_judged_apart *apart = &judged->apart.items[at];
        if ((unsure_too || !apart->unsure) && root_of(judged, apart->other) == other_root)
            return true;
    }
    return false;
}

itd_judged_state itd_judged_of(const itd_judged *judged, itd_sv left, itd_sv right)
{
    uint32_t a = itd_intern_find(&judged->ids, left);
    uint32_t b = a == ITD_MAP_NONE ? a : itd_intern_find(&judged->ids, right);
    if (b == ITD_MAP_NONE)
        return (itd_judged_state){.judged = false};
    const itd_judged_pair *pair = pair_of(judged, a, b);
    if (pair)
        return (itd_judged_state){.judged = true, .kind = pair->kind, .person = pair->person};
    uint32_t x = root_of(judged, a), y = root_of(judged, b);
    if (x == y)
        return (itd_judged_state){.judged = true, .implied = true, .kind = ITD_JUDGEMENT_MERGE};
    if (are_apart(judged, x, y, false))
        return (itd_judged_state){.judged = true, .implied = true, .kind = ITD_JUDGEMENT_SPLIT};
    return (itd_judged_state){.judged = false};
}

/* Roots of two records; false when one of them was never judged. */
static bool roots(uint32_t *x, uint32_t *y, const itd_judged *judged, itd_sv left, itd_sv right)
{
    uint32_t a = itd_intern_find(&judged->ids, left), b = itd_intern_find(&judged->ids, right);
    if (a == ITD_MAP_NONE || b == ITD_MAP_NONE)
        return false;
    *x = root_of(judged, a);
    *y = root_of(judged, b);
    return true;
}

bool itd_judged_may_join(const itd_judged *judged, itd_sv left, itd_sv right)
{
    uint32_t x, y;
    return !roots(&x, &y, judged, left, right) || !are_apart(judged, x, y, true);
}

bool itd_judged_are_one(const itd_judged *judged, itd_sv left, itd_sv right)
{
    uint32_t x, y;
    return roots(&x, &y, judged, left, right) && x == y;
}

bool itd_judged_conflict(itd_sv *left, itd_sv *right, const itd_judged *judged, itd_sv of)
{
    uint32_t at = itd_intern_find(&judged->ids, of);
    if (at == ITD_MAP_NONE)
        return false;
    uint32_t root = root_of(judged, at);
    for (size_t i = 0; i < judged->pairs.count; i++) {
        const itd_judged_pair *pair = &judged->pairs.items[i];
        if (pair->kind != ITD_JUDGEMENT_SPLIT || root_of(judged, pair->left) != root ||
            root_of(judged, pair->right) != root)
            continue;
        *left = judged->ids.texts[pair->left];
        *right = judged->ids.texts[pair->right];
        return true;
    }
    return false;
}

const char *itd_judged_term(itd_judgement_kind kind)
{
    return kind == ITD_JUDGEMENT_MERGE ? "positive" : kind == ITD_JUDGEMENT_SPLIT ? "negative" : "unsure";
}
