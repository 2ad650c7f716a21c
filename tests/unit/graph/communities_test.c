/* Communities: connected, of the modularity that is said, and of nearly the largest that any division has. */
#include "graph/communities.h"

#include <math.h>
#include <string.h>

#include "support/faults.h"
#include "support/links.h"

static double modularity_of(const small_links *s, const uint32_t *community)
{
    double ends = 0, inside = 0, square = 0;
    double strength[SMALL_NODES_MAX] = {0};
    for (uint32_t v = 0; v < s->count; v++)
        for (uint32_t w = 0; w < s->count; w++)
            if (s->linked[v][w]) {
                ends++;
                inside += community[v] == community[w];
                strength[community[v]]++;
            }
    for (uint32_t c = 0; c < s->count; c++)
        square += strength[c] * strength[c];
    return ends > 0 ? inside / ends - square / (ends * ends) : 0;
}

/* Over all divisions: node v into a group that is there, or into a new one. */
static double best_of(const small_links *s, uint32_t *community, uint32_t v, uint32_t groups)
{
    double best = -1;
    if (v == s->count)
        return modularity_of(s, community);
    for (uint32_t c = 0; c <= groups; c++) {
        community[v] = c;
        double here = best_of(s, community, v + 1, groups + (c == groups));
        best = here > best ? here : best;
    }
    return best;
}

static void check_connected(const small_links *s, const uint32_t *community, uint32_t count)
{
    uint32_t next = 0;
    for (uint32_t v = 0; v < s->count; v++) {
        bool reached[SMALL_NODES_MAX];
        uint32_t others = 0;
        assert_true(community[v] <= next && community[v] < count); /* numbered by their lowest node */
        next += community[v] == next;
        for (uint32_t w = 0; w < s->count; w++)
            others |= (uint32_t)(community[w] != community[v]) << w;
        (void)small_links_reach(reached, s, v, others);
        for (uint32_t w = 0; w < s->count; w++)
            assert_int_equal(reached[w], community[w] == community[v]);
    }
    assert_int_equal(next, count);
}

static void test_against_divisions(void **state)
{
    uint64_t seed = 2019;
    double lost = 0;
    (void)state;
    for (unsigned i = 0; i < 300; i++) {
        small_links s;
        uint32_t community[SMALL_NODES_MAX], other[SMALL_NODES_MAX];
        itd_communities how = {0};
        itd_error error = {0};
        small_links_draw(&s, &seed, 8);
        assert_int_equal(itd_graph_communities(community, &how, &s.links.csr, &error), ITD_OK);
        double said = modularity_of(&s, community), best = best_of(&s, other, 0, 0);
        assert_true(fabs(said - how.modularity_micro / 1e6) < 2e-6);
        check_connected(&s, community, how.count);
        assert_true(said >= 0 && said <= best + 1e-12);
        lost += best - said;
        assert_true(best - said < 0.1); /* none is far from the best */
        itd_links_finish(&s.links);
    }
    assert_true(lost / 300 < 0.005); /* and most are the best */
}

/* Two triangles with one link between: 7 links; inside 6 of 7, each has 7 of 14 ends: 6/7 - 1/2 = 0.357142. */
static void test_by_hand(void **state)
{
    static const itd_link pairs[] = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}};
    small_links s;
    uint32_t community[SMALL_NODES_MAX];
    itd_communities how = {0};
    itd_error error = {0};
    (void)state;
    small_links_make(&s, 7, pairs, 7);
    assert_int_equal(itd_graph_communities(community, &how, &s.links.csr, &error), ITD_OK);
    assert_int_equal(how.count, 3);
    assert_int_equal(how.modularity_micro, 357142);
    for (uint32_t v = 0; v < 6; v++)
        assert_int_equal(community[v], v / 3);
    assert_int_equal(community[6], 2); /* alone */
    itd_links_finish(&s.links);
}

/* A ring of 30 groups of five, each linked to all of its own and once to the next: every group is found. */
static void test_ring_of_groups(void **state)
{
    enum { GROUPS = 30, SIZE = 5, NODES = GROUPS * SIZE };
    itd_link pairs[GROUPS * (SIZE * (SIZE - 1) / 2 + 1)];
    uint32_t community[NODES];
    size_t count = 0;
    itd_links links;
    itd_communities how = {0};
    itd_error error = {0};
    (void)state;
    for (uint32_t g = 0; g < GROUPS; g++) {
        for (uint32_t a = 0; a < SIZE; a++)
            for (uint32_t b = 0; b < a; b++)
                pairs[count++] = (itd_link){g * SIZE + a, g * SIZE + b};
        pairs[count++] = (itd_link){g * SIZE, (g + 1) % GROUPS * SIZE + 1};
    }
    assert_int_equal(itd_links_init(&links, NODES, pairs, count, &error), ITD_OK);
    assert_int_equal(itd_graph_communities(community, &how, &links.csr, &error), ITD_OK);
    /* Of modularity the best takes two neighbours together (Fortunato, Barthélemy 2007): 15 pairs, or the 30 groups. */
    assert_true(how.count >= GROUPS / 2 && how.count <= GROUPS);
    for (size_t v = 0; v < NODES; v++)
        assert_int_equal(community[v], community[v / SIZE * SIZE]);
    /* 30 groups: inside 300 of 330, each 1/30: 0.909090 - 0.033333 = 0.875757; 15 pairs: 315 / 330 - 1/15 = 0.887878 */
    assert_true(how.modularity_micro >= 875757);
    itd_links_finish(&links);
}

/* A chain of 64 needs more than one round; where rounds are over, what is found is a division all the same. */
static void test_limit_of_rounds(void **state)
{
    enum { NODES = 64 };
    itd_link pairs[NODES - 1];
    uint32_t community[NODES];
    int32_t modularity[2];
    itd_links links;
    itd_error error = {0};
    (void)state;
    for (uint32_t v = 0; v + 1 < NODES; v++)
        pairs[v] = (itd_link){v, v + 1};
    assert_int_equal(itd_links_init(&links, NODES, pairs, NODES - 1, &error), ITD_OK);
    for (uint32_t i = 0; i < 2; i++) {
        itd_communities how = {.rounds_max = i ? 0 : 1};
        double inside = 0, square = 0, strength[NODES] = {0};
        assert_int_equal(itd_graph_communities(community, &how, &links.csr, &error), ITD_OK);
        for (uint32_t v = 0; v < NODES; v++) {
            assert_true(community[v] < how.count);
            strength[community[v]] += v == 0 || v + 1 == NODES ? 1 : 2;
            inside += v + 1 < NODES && community[v] == community[v + 1];
        }
        for (uint32_t c = 0; c < how.count; c++)
            square += strength[c] * strength[c];
        modularity[i] = how.modularity_micro;
        assert_true(fabs(inside / (NODES - 1) - square / (4.0 * (NODES - 1) * (NODES - 1)) - modularity[i] / 1e6) <
                    2e-6);
    }
    assert_true(modularity[0] < modularity[1]);
    itd_links_finish(&links);
}

static itd_status run(void *context, itd_error *error)
{
    uint32_t community[3];
    itd_communities how = {0};
    return itd_graph_communities(community, &how, context, error);
}

static void test_failures(void **state)
{
    static const itd_link pairs[] = {{0, 1}, {1, 2}};
    small_links s;
    (void)state;
    small_links_make(&s, 3, pairs, 2);
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, &s.links.csr) > 15);
    itd_links_finish(&s.links);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_divisions), cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_ring_of_groups),    cmocka_unit_test(test_limit_of_rounds),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
