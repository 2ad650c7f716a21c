/* Components against who reaches whom, and their order against the arcs. */
#include "graph/csr.h"

#include <stdlib.h>
#include <string.h>

#include "support/cm.h"
#include "support/faults.h"
#include "support/random.h"

#define NODES_MAX 12

typedef struct small {
    uint32_t first[NODES_MAX + 1], head[NODES_MAX * NODES_MAX], count;
    bool reach[NODES_MAX][NODES_MAX];
} small;

static void make(small *s, uint64_t *seed)
{
    uint64_t density = 1 + random_below(seed, 6);
    *s = (small){.count = 1 + (uint32_t)random_below(seed, NODES_MAX)};
    for (uint32_t v = 0; v < s->count; v++) {
        s->first[v + 1] = s->first[v];
        s->reach[v][v] = true;
        for (uint32_t w = 0; w < s->count; w++)
            if (random_below(seed, 12) < density) {
                s->head[s->first[v + 1]++] = w;
                s->reach[v][w] = true;
            }
    }
    for (uint32_t k = 0; k < s->count; k++)
        for (uint32_t v = 0; v < s->count; v++)
            for (uint32_t w = 0; w < s->count; w++)
                s->reach[v][w] |= s->reach[v][k] && s->reach[k][w];
}

static void test_against_reach(void **state)
{
    uint64_t seed = 72;
    (void)state;
    for (unsigned i = 0; i < 3000; i++) {
        small s;
        uint32_t component[NODES_MAX], order[NODES_MAX], count = 0;
        itd_error error = {0};
        make(&s, &seed);
        const itd_csr g = {s.count, s.first, s.head, 1};
        assert_int_equal(itd_graph_scc(component, order, &count, &g, &error), ITD_OK);
        bool seen[NODES_MAX] = {false};
        for (uint32_t v = 0; v < s.count; v++) {
            assert_true(component[v] < count);
            assert_false(seen[order[v]]);
            seen[order[v]] = true;
            assert_true(v == 0 || component[order[v - 1]] <= component[order[v]]);
            for (uint32_t w = 0; w < s.count; w++) {
                assert_int_equal(component[v] == component[w], s.reach[v][w] && s.reach[w][v]);
                assert_true(!s.reach[v][w] || component[v] >= component[w]);
            }
        }
    }
}

/* As deep as it is long: no recursion. */
static void test_a_long_chain(void **state)
{
    enum { NODES = 1000000 };
    uint32_t *first = malloc((NODES + 1) * sizeof *first), *head = malloc(NODES * sizeof *head);
    uint32_t *component = malloc(NODES * sizeof *component), count = 0;
    itd_error error = {0};
    (void)state;
    assert_true(first && head && component);
    for (uint32_t v = 0; v <= NODES; v++)
        first[v] = v;
    for (uint32_t v = 0; v < NODES; v++)
        head[v] = (v + 1) % NODES;
    itd_csr g = {NODES, first, head, 1};
    assert_int_equal(itd_graph_scc(component, NULL, &count, &g, &error), ITD_OK);
    assert_int_equal(count, 1);
    first[NODES] = NODES - 1; /* the circle is open now */
    assert_int_equal(itd_graph_scc(component, NULL, &count, &g, &error), ITD_OK);
    assert_int_equal(count, NODES);
    free(first);
    free(head);
    free(component);
}

static itd_status run(void *context, itd_error *error)
{
    static const uint32_t first[] = {0, 1, 2}, head[] = {1, 0};
    uint32_t component[2], count = 0;
    (void)context;
    const itd_csr g = {2, first, head, 1};
    return itd_graph_scc(component, NULL, &count, &g, error);
}

static void test_failures(void **state)
{
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, NULL) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_reach),
        cmocka_unit_test(test_a_long_chain),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
