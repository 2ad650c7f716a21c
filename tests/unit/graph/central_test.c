/* What goes through a node, against all shortest ways one by one; where a walker is found, against the linear system.
 */
#include "graph/central.h"

#include <math.h>
#include <string.h>

#include "support/faults.h"
#include "support/links.h"

typedef struct tracing {
    const small_links *s;
    uint32_t to, way[SMALL_NODES_MAX];
    uint32_t shortest, ways, on[SMALL_NODES_MAX]; /* how many ways there are of that length, and through each node */
} tracing;

/* Every way without a node twice, of `length` nodes so far. */
static void trace(tracing *t, uint32_t length)
{
    uint32_t at = t->way[length - 1];
    if (at == t->to) {
        if (length < t->shortest) {
            t->shortest = length;
            t->ways = 0;
            memset(t->on, 0, sizeof t->on);
        }
        if (length == t->shortest) {
            t->ways++;
            for (uint32_t i = 1; i + 1 < length; i++)
                t->on[t->way[i]]++;
        }
        return;
    }
    for (uint32_t w = 0; w < t->s->count && length < t->shortest && length < SMALL_NODES_MAX; w++) {
        bool seen = false;
        for (uint32_t i = 0; i < length; i++)
            seen |= t->way[i] == w;
        if (!seen && t->s->linked[at][w]) {
            t->way[length] = w;
            trace(t, length + 1);
        }
    }
}

static void test_against_ways(void **state)
{
    uint64_t seed = 2001;
    itd_pool *pool = NULL;
    itd_error error = {0};
    (void)state;
    assert_int_equal(itd_pool_create(&pool, 2, &error), ITD_OK);
    for (unsigned i = 0; i < 300; i++) {
        small_links s;
        double value[SMALL_NODES_MAX], sum[SMALL_NODES_MAX] = {0};
        itd_betweenness how;
        small_links_draw(&s, &seed, 9);
        assert_int_equal(itd_graph_betweenness(value, &how, &s.links.csr, 0, pool, &error), ITD_OK);
        assert_int_equal(how.searches, s.count);
        assert_true(how.error == 0);
        for (uint32_t from = 0; from < s.count; from++)
            for (uint32_t to = 0; to < s.count; to++) {
                tracing t = {.s = &s, .to = to, .way = {from}, .shortest = UINT32_MAX};
                if (from != to)
                    trace(&t, 1);
                for (uint32_t v = 0; v < s.count && t.ways > 0; v++)
                    sum[v] += (double)t.on[v] / t.ways;
            }
        for (uint32_t v = 0; v < s.count; v++) {
            double pairs = s.count > 2 ? (s.count - 1.0) * (s.count - 2.0) : 1;
            assert_true(fabs(value[v] - sum[v] / pairs) < 1e-12);
        }
        itd_links_finish(&s.links);
    }
    itd_pool_destroy(pool);
}

static void draw_large(itd_links *out, uint32_t nodes, size_t count, uint64_t seed)
{
    itd_link *pairs = malloc(count * sizeof *pairs);
    itd_error error = {0};
    assert_non_null(pairs);
    for (size_t i = 0; i < count; i++) /* the lower a number, the more links */
        pairs[i] = (itd_link){(uint32_t)random_below(&seed, 1 + random_below(&seed, nodes)),
                              (uint32_t)random_below(&seed, nodes)};
    assert_int_equal(itd_links_init(out, nodes, pairs, count, &error), ITD_OK);
    free(pairs);
}

/* Sampled values lie within the bound that is said, which is of use, and are the same bits at any number of threads. */
static void test_sampled(void **state)
{
    enum { NODES = 3000, SEARCHES = 600 };
    itd_links links;
    itd_pool *one = NULL, *three = NULL;
    itd_error error = {0};
    itd_betweenness exact, sampled, again;
    double *a = malloc(NODES * sizeof *a), *b = malloc(NODES * sizeof *b), *c = malloc(NODES * sizeof *c);
    (void)state;
    assert_true(a && b && c);
    draw_large(&links, NODES, 6000, 17);
    assert_int_equal(itd_pool_create(&one, 1, &error), ITD_OK);
    assert_int_equal(itd_pool_create(&three, 3, &error), ITD_OK);
    assert_int_equal(itd_graph_betweenness(a, &exact, &links.csr, NODES + 5, three, &error), ITD_OK);
    assert_int_equal(itd_graph_betweenness(b, &sampled, &links.csr, SEARCHES, one, &error), ITD_OK);
    assert_int_equal(itd_graph_betweenness(c, &again, &links.csr, SEARCHES, three, &error), ITD_OK);
    assert_int_equal(exact.searches, NODES);
    assert_int_equal(sampled.searches, SEARCHES);
    /* sqrt(ln(2 * 3000 / 0.01) / (2 * 600)) = sqrt(13.3047 / 1200) = 0.10530 */
    assert_true(fabs(sampled.error - 0.10530 * 3000 / 2999) < 1e-4);
    assert_memory_equal(b, c, NODES * sizeof *b);
    double worst = 0;
    for (uint32_t v = 0; v < NODES; v++)
        worst = fabs(a[v] - b[v]) > worst ? fabs(a[v] - b[v]) : worst;
    assert_true(worst > 0 && worst <= sampled.error);
    itd_pool_destroy(one);
    itd_pool_destroy(three);
    itd_links_finish(&links);
    free(a);
    free(b);
    free(c);
}

/* As many searches as the work allows: a graph of so many arcs that fewer than all nodes are searched from. */
static void test_limit_of_work(void **state)
{
    enum { NODES = 70000 };
    static const itd_link none;
    itd_links links;
    itd_pool *pool = NULL;
    itd_error error = {0};
    itd_betweenness how;
    double *value = malloc(NODES * sizeof *value);
    (void)state;
    assert_non_null(value);
    assert_int_equal(itd_links_init(&links, NODES, &none, 0, &error), ITD_OK);
    assert_int_equal(itd_pool_create(&pool, 1, &error), ITD_OK);
    assert_int_equal(itd_graph_betweenness(value, &how, &links.csr, 0, pool, &error), ITD_OK);
    assert_int_equal(how.searches, ITD_BETWEENNESS_WORK_MAX / (NODES + 1));
    assert_true(how.searches < NODES && how.error > 0);
    itd_pool_destroy(pool);
    itd_links_finish(&links);
    free(value);
}

/* x = base + d (A x + what is lost / n), by Gauss and Jordan. */
static void solve(double *x, const small_links *s, const uint32_t *out_count)
{
    double a[SMALL_NODES_MAX][SMALL_NODES_MAX + 1], n = s->count, d = ITD_PAGERANK_DAMPING;
    for (uint32_t v = 0; v < s->count; v++) {
        for (uint32_t u = 0; u < s->count; u++)
            a[v][u] = (v == u) - (out_count[u] == 0 ? d / n : s->linked[u][v] ? d / out_count[u] : 0);
        a[v][s->count] = (1 - d) / n;
    }
    for (uint32_t c = 0; c < s->count; c++)
        for (uint32_t v = 0; v < s->count; v++) {
            double factor = v == c ? 0 : a[v][c] / a[c][c];
            for (uint32_t u = 0; u <= s->count && v != c; u++)
                a[v][u] -= factor * a[c][u];
        }
    for (uint32_t v = 0; v < s->count; v++)
        x[v] = a[v][s->count] / a[v][v];
}

static void test_pagerank(void **state)
{
    uint64_t seed = 1998;
    itd_pool *pool = NULL;
    itd_error error = {0};
    (void)state;
    assert_int_equal(itd_pool_create(&pool, 2, &error), ITD_OK);
    for (unsigned i = 0; i < 500; i++) {
        small_links s = {.count = 1 + (uint32_t)random_below(&seed, SMALL_NODES_MAX)};
        uint32_t first[SMALL_NODES_MAX + 1] = {0}, head[SMALL_NODES_MAX * SMALL_NODES_MAX], out[SMALL_NODES_MAX] = {0};
        double value[SMALL_NODES_MAX], wanted[SMALL_NODES_MAX], off = 0;
        itd_pagerank how;
        for (uint32_t v = 0; v < s.count; v++) { /* one-way arcs, from `head` to v */
            first[v + 1] = first[v];
            for (uint32_t u = 0; u < s.count; u++)
                if (u != v && random_below(&seed, 4) == 0) {
                    s.linked[u][v] = true;
                    head[first[v + 1]++] = u;
                    out[u]++;
                }
        }
        const itd_csr in = {s.count, first, head, 1};
        assert_int_equal(itd_graph_pagerank(value, &how, &in, out, pool, &error), ITD_OK);
        solve(wanted, &s, out);
        for (uint32_t v = 0; v < s.count; v++)
            off += fabs(value[v] - wanted[v]);
        assert_true(how.error <= ITD_PAGERANK_CHANGE && how.rounds < ITD_PAGERANK_ROUNDS_MAX);
        assert_true(off <= how.error + 1e-13);
    }
    itd_pool_destroy(pool);
}

/* A star, whose walkers are at its middle and at its ends by turns: nothing comes to rest later. The sum of 4,000 ends
 * is rounded a little differently each time, so that rounds end by their limit, with values as good as can be. */
static void test_limit_of_pagerank(void **state)
{
    enum { ENDS = 4000 };
    uint32_t *first = calloc(ENDS + 2, sizeof *first), *head = calloc(ENDS, 2 * sizeof *head);
    uint32_t *out = calloc(ENDS + 1, sizeof *out);
    double *value = calloc(ENDS + 1, sizeof *value);
    itd_pagerank how;
    itd_error error = {0};
    (void)state;
    assert_true(first && head && out && value);
    for (uint32_t v = 0; v < ENDS; v++) {
        head[v] = v + 1;
        head[ENDS + v] = 0;
        first[v + 1] = ENDS + v;
        out[v + 1] = 1;
    }
    first[ENDS + 1] = 2 * ENDS;
    out[0] = ENDS;
    const itd_csr in = {ENDS + 1, first, head, 1};
    assert_int_equal(itd_graph_pagerank(value, &how, &in, out, NULL, &error), ITD_OK);
    assert_int_equal(how.rounds, ITD_PAGERANK_ROUNDS_MAX);
    assert_true(how.error > ITD_PAGERANK_CHANGE && how.error < 1e-11);
    /* m = 0.15 / n + 0.85 * ENDS * e and e = 0.15 / n + 0.85 * m / ENDS, where n is ENDS + 1 */
    double n = ENDS + 1, middle = (0.15 / n + 0.85 * 0.15 * ENDS / n) / (1 - 0.85 * 0.85);
    assert_true(fabs(value[0] - middle) < 1e-11);
    free(first);
    free(head);
    free(out);
    free(value);
}

typedef struct failing {
    small_links s;
    itd_pool *pool;
} failing;

static itd_status run(void *context, itd_error *error)
{
    failing *f = context;
    double value[3];
    itd_betweenness how;
    itd_pagerank rank;
    static const uint32_t out[] = {1, 2, 1};
    itd_status status = itd_graph_betweenness(value, &how, &f->s.links.csr, 0, f->pool, error);
    return status == ITD_OK ? itd_graph_pagerank(value, &rank, &f->s.links.csr, out, f->pool, error) : status;
}

static void test_failures(void **state)
{
    static const itd_link pairs[] = {{0, 1}, {1, 2}};
    failing f;
    itd_error error = {0};
    (void)state;
    small_links_make(&f.s, 3, pairs, 2);
    assert_int_equal(itd_pool_create(&f.pool, 1, &error), ITD_OK);
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, &f) >= 10);
    itd_pool_destroy(f.pool);
    itd_links_finish(&f.s.links);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_ways),      cmocka_unit_test(test_sampled),
        cmocka_unit_test(test_limit_of_work),     cmocka_unit_test(test_pagerank),
        cmocka_unit_test(test_limit_of_pagerank), cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
