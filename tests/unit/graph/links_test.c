/* Links, components and articulation points against the matrix. */
#include "support/links.h"

#include <string.h>

#include "support/faults.h"

static void test_links(void **state)
{
    uint64_t seed = 7;
    (void)state;
    for (unsigned i = 0; i < 1000; i++) {
        small_links s;
        uint32_t pairs = 0;
        small_links_draw(&s, &seed, SMALL_NODES_MAX);
        const itd_csr *g = &s.links.csr;
        for (uint32_t v = 0; v < s.count; v++) {
            uint32_t arc = g->first[v];
            for (uint32_t w = 0; w < s.count; w++)
                if (s.linked[v][w]) {
                    assert_true(arc < g->first[v + 1]);
                    assert_int_equal(itd_csr_head(g, arc++), w);
                    pairs += v < w;
                }
            assert_int_equal(arc, g->first[v + 1]);
        }
        assert_int_equal(s.links.pair_count, pairs);
        itd_links_finish(&s.links);
    }
}

static void check_loss(const small_links *s, uint32_t lost, const itd_cutpoint *said)
{
    bool seen[SMALL_NODES_MAX] = {false}, reached[SMALL_NODES_MAX], own[SMALL_NODES_MAX];
    uint32_t parts = 0, largest = 0, others = small_links_reach(own, s, lost, 0) - 1;
    for (uint32_t v = 0; v < s->count; v++) {
        if (v == lost || !own[v] || seen[v])
            continue;
        uint32_t size = small_links_reach(reached, s, v, UINT32_C(1) << lost);
        for (uint32_t w = 0; w < s->count; w++)
            seen[w] |= reached[w];
        parts++;
        largest = size > largest ? size : largest;
    }
    assert_int_equal(said->parts, parts);
    assert_int_equal(said->largest, largest);
    assert_int_equal(said->others, others);
}

static void test_cutpoints(void **state)
{
    uint64_t seed = 447;
    (void)state;
    for (unsigned i = 0; i < 3000; i++) {
        small_links s;
        itd_cutpoint out[SMALL_NODES_MAX];
        uint32_t component[SMALL_NODES_MAX], size[SMALL_NODES_MAX], count = 0, lowest = 0;
        itd_error error = {0};
        small_links_draw(&s, &seed, SMALL_NODES_MAX);
        assert_int_equal(itd_graph_cutpoints(out, &s.links.csr, &error), ITD_OK);
        assert_int_equal(itd_graph_components(component, size, &count, &s.links.csr, &error), ITD_OK);
        for (uint32_t v = 0; v < s.count; v++) {
            bool reached[SMALL_NODES_MAX];
            check_loss(&s, v, &out[v]);
            assert_int_equal(size[component[v]], small_links_reach(reached, &s, v, 0));
            for (uint32_t w = 0; w < s.count; w++)
                assert_int_equal(component[v] == component[w], reached[w]);
            lowest += component[v] == lowest;
        }
        assert_int_equal(lowest, count); /* numbered by their lowest node */
        itd_links_finish(&s.links);
    }
}

/* Two triangles that share node 2, and 5 - 6 apart: by hand. */
static void test_by_hand(void **state)
{
    static const itd_link pairs[] = {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 2}, {5, 6}};
    small_links s;
    itd_cutpoint out[8];
    itd_error error = {0};
    (void)state;
    small_links_make(&s, 8, pairs, 7);
    assert_int_equal(itd_graph_cutpoints(out, &s.links.csr, &error), ITD_OK);
    assert_int_equal(out[2].parts, 2);
    assert_int_equal(out[2].largest, 2);
    assert_int_equal(out[2].others, 4);
    assert_int_equal(out[0].parts, 1);
    assert_int_equal(out[0].largest, 4);
    assert_int_equal(out[5].parts, 1);
    assert_int_equal(out[7].parts, 0);
    itd_links_finish(&s.links);
}

/* As deep as it is long: no recursion. Every inner node of a chain is an articulation point. */
static void test_a_long_chain(void **state)
{
    enum { NODES = 1000000 };
    itd_link *pairs = malloc(NODES * sizeof *pairs);
    itd_cutpoint *out = malloc(NODES * sizeof *out);
    itd_links links;
    itd_error error = {0};
    (void)state;
    assert_true(pairs && out);
    for (uint32_t v = 0; v + 1 < NODES; v++)
        pairs[v] = (itd_link){v + 1, v};
    assert_int_equal(itd_links_init(&links, NODES, pairs, NODES - 1, &error), ITD_OK);
    assert_int_equal(itd_graph_cutpoints(out, &links.csr, &error), ITD_OK);
    assert_int_equal(out[0].parts, 1);
    assert_int_equal(out[1].parts, 2);
    assert_int_equal(out[1].largest, NODES - 2);
    assert_int_equal(out[NODES / 2].parts, 2);
    assert_int_equal(out[NODES / 2].largest, NODES / 2);
    itd_links_finish(&links);
    free(pairs);
    free(out);
}

static void test_limit(void **state)
{
    static const itd_link one;
    itd_links links;
    itd_error error = {0};
    (void)state;
    assert_int_equal(itd_links_init(&links, 2, &one, ITD_LINKS_MAX + 1, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_LINKS_MAX"));
}

static itd_status run(void *context, itd_error *error)
{
    static const itd_link pairs[] = {{0, 1}, {1, 2}};
    itd_links links;
    itd_cutpoint out[3];
    bool reached[3] = {true, false, false};
    uint32_t count = 0;
    (void)context;
    itd_status status = itd_links_init(&links, 3, pairs, 2, error);
    if (status != ITD_OK)
        return status;
    status = itd_graph_cutpoints(out, &links.csr, error);
    if (status == ITD_OK)
        status = itd_graph_reach(reached, &count, &links.csr, NULL, error);
    itd_links_finish(&links);
    return status;
}

static void test_failures(void **state)
{
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, NULL) >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links),        cmocka_unit_test(test_cutpoints), cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_a_long_chain), cmocka_unit_test(test_limit),     cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
