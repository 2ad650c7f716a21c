/* The k shortest simple paths against all simple paths, sorted. */
#include "graph/paths.h"

#include <stdlib.h>
#include <string.h>

#include "support/cm.h"
#include "support/faults.h"
#include "support/random.h"

#define NODES_MAX 7
#define ARCS_MAX 24
#define ALL_MAX 20000

typedef struct small {
    uint32_t nodes, arcs;
    uint32_t from[ARCS_MAX], to[ARCS_MAX], length[ARCS_MAX];
    uint32_t out_first[NODES_MAX + 1], out_head[ARCS_MAX], out_name[ARCS_MAX];
    uint32_t in_first[NODES_MAX + 1], in_head[ARCS_MAX], in_name[ARCS_MAX];
} small;

static uint32_t name_of(void *user, uint32_t arc, bool back)
{
    const small *s = user;
    return back ? s->in_name[arc] : s->out_name[arc];
}

static uint32_t length_of(void *user, uint32_t name)
{
    return ((const small *)user)->length[name];
}

static void make(small *s, uint64_t *seed)
{
    *s = (small){.nodes = 2 + (uint32_t)random_below(seed, NODES_MAX - 1)};
    s->arcs = 1 + (uint32_t)random_below(seed, ARCS_MAX);
    for (uint32_t a = 0; a < s->arcs; a++) {
        s->from[a] = (uint32_t)random_below(seed, s->nodes);
        s->to[a] = (uint32_t)random_below(seed, s->nodes);
        s->length[a] = (uint32_t)random_below(seed, 5);
    }
    for (uint32_t v = 0, out = 0, in = 0; v < s->nodes; v++) {
        for (uint32_t a = 0; a < s->arcs; a++) {
            if (s->from[a] == v) {
                s->out_head[out] = s->to[a];
                s->out_name[out++] = a;
            }
            if (s->to[a] == v) {
                s->in_head[in] = s->from[a];
                s->in_name[in++] = a;
            }
        }
        s->out_first[v + 1] = out;
        s->in_first[v + 1] = in;
    }
}

static itd_path_graph graph_of(small *s, bool both_ways)
{
    return (itd_path_graph){.forth = {s->nodes, s->out_first, s->out_head, 1},
                            .back = {both_ways ? s->nodes : 0, s->in_first, s->in_head, 1},
                            .name = name_of,
                            .length = length_of,
                            .user = s};
}

typedef struct all {
    uint64_t lengths[ALL_MAX];
    size_t count;
    bool seen[NODES_MAX];
} all;

static void walk(all *out, const small *s, bool both_ways, uint32_t at, uint32_t to, uint64_t length)
{
    if (at == to) {
        assert_true(out->count < ALL_MAX);
        out->lengths[out->count++] = length;
        return;
    }
    out->seen[at] = true;
    for (uint32_t a = 0; a < s->arcs; a++) {
        if (s->length[a] == 0)
            continue;
        if (s->from[a] == at && !out->seen[s->to[a]])
            walk(out, s, both_ways, s->to[a], to, length + s->length[a]);
        if (both_ways && s->to[a] == at && s->from[a] != at && !out->seen[s->from[a]])
            walk(out, s, both_ways, s->from[a], to, length + s->length[a]);
    }
    out->seen[at] = false;
}

static int by_length(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool same_path(const itd_path *a, const itd_path *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = a->steps[i].name == b->steps[i].name && a->steps[i].back == b->steps[i].back;
    return same;
}

static void check_path(const small *s, const itd_path *path, uint32_t from, uint32_t to)
{
    bool seen[NODES_MAX] = {false};
    uint64_t length = 0;
    uint32_t at = from;
    for (size_t i = 0; i < path->count; i++) {
        const itd_path_step *step = &path->steps[i];
        assert_int_equal(step->from, at);
        assert_false(seen[at]);
        seen[at] = true;
        assert_int_equal(step->back ? s->to[step->name] : s->from[step->name], step->from);
        assert_int_equal(step->back ? s->from[step->name] : s->to[step->name], step->to);
        length += s->length[step->name];
        at = step->to;
    }
    assert_int_equal(at, to);
    assert_int_equal(length, path->length);
}

static void test_against_all(void **state)
{
    uint64_t seed = 17;
    all *every = malloc(sizeof *every);
    (void)state;
    assert_non_null(every);
    for (unsigned i = 0; i < 3000; i++) {
        small s;
        itd_path paths[40];
        itd_arena arena;
        itd_error error = {0};
        size_t found = 0, k = 1 + random_below(&seed, 40);
        bool both_ways = random_below(&seed, 2), truncated = false;
        make(&s, &seed);
        itd_path_graph g = graph_of(&s, both_ways);
        itd_arena_init(&arena, SIZE_MAX);
        assert_int_equal(itd_graph_k_paths(paths, &found, &truncated, &g, 0, 1, k, &arena, &error), ITD_OK);
        assert_false(truncated);
        every->count = 0;
        memset(every->seen, 0, sizeof every->seen);
        walk(every, &s, both_ways, 0, 1, 0);
        qsort(every->lengths, every->count, sizeof every->lengths[0], by_length);
        assert_int_equal(found, every->count < k ? every->count : k);
        for (size_t p = 0; p < found; p++) {
            check_path(&s, &paths[p], 0, 1);
            assert_int_equal(paths[p].length, every->lengths[p]);
            for (size_t q = 0; q < p; q++)
                assert_false(same_path(&paths[p], &paths[q]));
        }
        itd_arena_finish(&arena);
    }
    free(every);
}

static void test_what_is_refused(void **state)
{
    small s;
    itd_path path;
    itd_arena arena;
    itd_error error = {0};
    uint64_t seed = 3;
    size_t found = 0;
    bool truncated = false;
    (void)state;
    make(&s, &seed);
    itd_path_graph g = graph_of(&s, false);
    itd_arena_init(&arena, SIZE_MAX);
    assert_int_equal(itd_graph_k_paths(&path, &found, &truncated, &g, 0, 1, 0, &arena, &error), ITD_EINVAL);
    assert_int_equal(itd_graph_k_paths(&path, &found, &truncated, &g, 0, 1, ITD_PATHS_MAX + 1, &arena, &error),
                     ITD_EINVAL);
    assert_int_equal(itd_graph_k_paths(&path, &found, &truncated, &g, 1, 1, 1, &arena, &error), ITD_EINVAL);
    itd_arena_finish(&arena);
}

static uint32_t same_name(void *user, uint32_t arc, bool back)
{
    (void)user;
    (void)back;
    return arc;
}

static uint32_t one(void *user, uint32_t name)
{
    (void)user;
    (void)name;
    return 1;
}

/* A path of more arcs than are shown is passed over, and that is said. */
static void test_limit_of_arcs(void **state)
{
    enum { NODES = ITD_PATH_ARCS_MAX + 2 };
    static uint32_t first[NODES + 1], head[NODES];
    itd_path path;
    itd_arena arena;
    itd_error error = {0};
    size_t found = 9;
    bool truncated = false;
    (void)state;
    for (uint32_t v = 0; v < NODES; v++) {
        first[v + 1] = v + 1 < NODES ? v + 1 : v;
        head[v] = v + 1;
    }
    const itd_path_graph g = {.forth = {NODES, first, head, 1}, .name = same_name, .length = one};
    itd_arena_init(&arena, SIZE_MAX);
    assert_int_equal(itd_graph_k_paths(&path, &found, &truncated, &g, 0, NODES - 1, 1, &arena, &error), ITD_OK);
    assert_int_equal(found, 0);
    assert_true(truncated);
    assert_int_equal(itd_graph_k_paths(&path, &found, &truncated, &g, 1, NODES - 1, 1, &arena, &error), ITD_OK);
    assert_int_equal(found, 1);
    assert_false(truncated);
    itd_arena_finish(&arena);
}

static itd_status run(void *context, itd_error *error)
{
    itd_path paths[8];
    itd_arena arena;
    size_t found = 0;
    bool truncated = false;
    itd_path_graph g = graph_of(context, true);
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_graph_k_paths(paths, &found, &truncated, &g, 0, 1, 8, &arena, error);
    itd_arena_finish(&arena);
    return status;
}

static void test_failures(void **state)
{
    small s;
    uint64_t seed = 5;
    (void)state;
    make(&s, &seed);
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, &s) > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_all),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_limit_of_arcs),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
