/* Fewest nodes whose loss parts two groups, against all sets of nodes. */
#include "graph/separate.h"

#include <string.h>

#include "support/faults.h"
#include "support/links.h"

/* Are the groups parted without the nodes of `lost`? Links from one group to the other are not walked. */
static bool parted(const small_links *s, const uint8_t *role, uint32_t lost)
{
    bool reached[SMALL_NODES_MAX] = {false};
    for (uint32_t v = 0; v < s->count; v++)
        reached[v] = role[v] == ITD_SEPARATE_FROM;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t v = 0; v < s->count; v++)
            for (uint32_t w = 0; w < s->count; w++) {
                bool direct = role[v] == ITD_SEPARATE_FROM && role[w] == ITD_SEPARATE_TO;
                if (!reached[v] || !s->linked[v][w] || reached[w] || direct || (lost >> w & 1))
                    continue;
                if (role[w] == ITD_SEPARATE_TO)
                    return false;
                reached[w] = more = true;
            }
    }
    return true;
}

static uint32_t fewest(const small_links *s, const uint8_t *role, uint32_t *sets)
{
    uint32_t least = UINT32_MAX, can = 0;
    for (uint32_t v = 0; v < s->count; v++)
        can |= (uint32_t)(role[v] == ITD_SEPARATE_OTHER) << v;
    for (uint32_t lost = 0; lost < UINT32_C(1) << s->count; lost++) {
        uint32_t size = (uint32_t)__builtin_popcount(lost);
        if ((lost & ~can) || size > least || !parted(s, role, lost))
            continue;
        *sets = size < least ? 1 : *sets + 1;
        least = size;
    }
    return least;
}

static uint32_t set_of(const uint32_t *nodes, uint32_t count)
{
    uint32_t set = 0;
    for (uint32_t i = 0; i < count; i++) {
        assert_true(i == 0 || nodes[i - 1] < nodes[i]);
        set |= UINT32_C(1) << nodes[i];
    }
    return set;
}

/* Each way is one, and no node between is on two of them. */
static void check_ways(const small_links *s, const uint8_t *role, const itd_separation *out)
{
    uint32_t used = 0;
    for (uint32_t w = 0; w < out->size; w++) {
        const uint32_t *way = out->way + out->way_first[w];
        uint32_t count = out->way_first[w + 1] - out->way_first[w];
        assert_true(count >= 3);
        assert_int_equal(role[way[0]], ITD_SEPARATE_FROM);
        assert_int_equal(role[way[count - 1]], ITD_SEPARATE_TO);
        for (uint32_t i = 0; i + 1 < count; i++)
            assert_true(s->linked[way[i]][way[i + 1]]);
        for (uint32_t i = 1; i + 1 < count; i++) {
            assert_int_equal(role[way[i]], ITD_SEPARATE_OTHER);
            assert_false(used >> way[i] & 1);
            used |= UINT32_C(1) << way[i];
        }
    }
}

static void check_sides(const small_links *s, const uint8_t *role, const itd_separation *out)
{
    bool by[3][SMALL_NODES_MAX] = {{false}};
    uint32_t lost = set_of(out->cut, out->size);
    for (uint32_t from = 0; from < s->count; from++) {
        bool reached[SMALL_NODES_MAX];
        uint32_t barred = lost;
        for (uint32_t v = 0; v < s->count; v++)
            if (role[from] != ITD_SEPARATE_OTHER && role[v] != ITD_SEPARATE_OTHER && role[v] != role[from])
                barred |= UINT32_C(1) << v;
        (void)small_links_reach(reached, s, from, barred);
        for (uint32_t v = 0; v < s->count; v++)
            by[role[from]][v] |= reached[v];
    }
    for (uint32_t v = 0; v < s->count; v++) {
        assert_int_equal(out->side[v] == ITD_SEPARATE_CUT, lost >> v & 1);
        if (lost >> v & 1)
            continue;
        assert_int_equal(out->side[v] == ITD_SEPARATE_BY_FROM, by[ITD_SEPARATE_FROM][v]);
        assert_int_equal(out->side[v] == ITD_SEPARATE_BY_TO, by[ITD_SEPARATE_TO][v]);
    }
}

static void check_direct(const small_links *s, const uint8_t *role, const itd_separation *out)
{
    uint32_t direct = 0;
    for (uint32_t v = 0; v < s->count; v++)
        for (uint32_t w = 0; w < s->count; w++)
            direct += role[v] == ITD_SEPARATE_FROM && role[w] == ITD_SEPARATE_TO && s->linked[v][w];
    assert_int_equal(out->direct_count, direct);
    for (uint32_t i = 0; i < direct; i++)
        assert_true(role[out->direct[i].a] == ITD_SEPARATE_FROM && role[out->direct[i].b] == ITD_SEPARATE_TO &&
                    s->linked[out->direct[i].a][out->direct[i].b]);
}

static void test_against_sets(void **state)
{
    uint64_t seed = 1927;
    (void)state;
    for (unsigned i = 0; i < 2000; i++) {
        small_links s;
        itd_separation out;
        itd_error error = {0};
        uint8_t role[SMALL_NODES_MAX] = {ITD_SEPARATE_FROM, ITD_SEPARATE_TO};
        uint32_t sets = 0;
        small_links_draw(&s, &seed, 10);
        for (uint32_t v = 2; v < s.count; v++)
            role[v] = (uint8_t)(random_below(&seed, 6) < 4 ? ITD_SEPARATE_OTHER : 1 + random_below(&seed, 2));
        assert_int_equal(itd_graph_separate(&out, &s.links.csr, role, &error), ITD_OK);
        assert_int_equal(out.size, fewest(&s, role, &sets));
        assert_true(parted(&s, role, set_of(out.cut, out.size)));
        assert_true(parted(&s, role, set_of(out.other, out.size)));
        assert_int_equal(memcmp(out.cut, out.other, out.size * sizeof *out.cut) == 0, sets == 1);
        check_ways(&s, role, &out);
        check_sides(&s, role, &out);
        check_direct(&s, role, &out);
        itd_separation_finish(&out);
        itd_links_finish(&s.links);
    }
}

/* More nodes between two than can be lost: ITD_SEPARATE_MAX + 1 of them, each linked to both; one fewer is a cut. */
static void test_limit(void **state)
{
    const size_t between = ITD_SEPARATE_MAX + 1, nodes = between + 2;
    itd_link *pairs = malloc(2 * between * sizeof *pairs);
    uint8_t *role = calloc(nodes, 1);
    (void)state;
    assert_true(pairs && role);
    role[0] = ITD_SEPARATE_FROM;
    role[1] = ITD_SEPARATE_TO;
    for (size_t v = 0; v < between; v++) {
        pairs[2 * v] = (itd_link){0, (uint32_t)v + 2};
        pairs[2 * v + 1] = (itd_link){(uint32_t)v + 2, 1};
    }
    for (uint32_t less = 0; less < 2; less++) {
        itd_links links;
        itd_separation out;
        itd_error error = {0};
        assert_int_equal(itd_links_init(&links, (uint32_t)nodes, pairs, 2 * (between - less), &error), ITD_OK);
        assert_int_equal(itd_graph_separate(&out, &links.csr, role, &error), less ? ITD_OK : ITD_ELIMIT);
        if (less) {
            assert_int_equal(out.size, ITD_SEPARATE_MAX);
            itd_separation_finish(&out);
        } else {
            assert_non_null(strstr(error.message, "ITD_SEPARATE_MAX"));
        }
        itd_links_finish(&links);
    }
    free(pairs);
    free(role);
}

static itd_status run(void *context, itd_error *error)
{
    static const uint8_t role[] = {ITD_SEPARATE_FROM, ITD_SEPARATE_OTHER, ITD_SEPARATE_TO};
    itd_separation out = {0};
    itd_status status = itd_graph_separate(&out, context, role, error);
    itd_separation_finish(&out);
    return status;
}

static void test_failures(void **state)
{
    static const itd_link pairs[] = {{0, 1}, {1, 2}, {0, 2}};
    small_links s;
    (void)state;
    small_links_make(&s, 3, pairs, 3);
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, &s.links.csr) > 10);
    itd_links_finish(&s.links);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_sets),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
