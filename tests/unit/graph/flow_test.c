/* Largest flows against the least of all cuts. */
#include "graph/flow.h"

#include <stdbool.h>
#include <string.h>

#include "support/cm.h"
#include "support/faults.h"
#include "support/random.h"

#define NODES_MAX 8
#define ARCS_MAX 24

static uint64_t cut_of(const itd_flow_network *net, uint32_t side)
{
    uint64_t sum = 0;
    for (uint32_t a = 0; a < net->arc_count; a++)
        if ((side >> net->arcs[a].from & 1) && !(side >> net->arcs[a].to & 1))
            sum += net->arcs[a].capacity;
    return sum;
}

/* The least cut, and the smallest and the largest side of the source of all that are least. */
static uint64_t least_cut(const itd_flow_network *net, uint32_t *smallest, uint32_t *largest)
{
    uint64_t least = UINT64_MAX;
    for (uint32_t side = 0; side < UINT32_C(1) << net->node_count; side++) {
        if (!(side >> net->source & 1) || (side >> net->sink & 1))
            continue;
        uint64_t cut = cut_of(net, side);
        if (cut < least) {
            *smallest = side;
            *largest = 0;
            least = cut;
        }
        if (cut == least) { /* least cuts are closed under both */
            *smallest &= side;
            *largest |= side;
        }
    }
    return least;
}

static void check_flow(const itd_flow_network *net, const itd_flow *flow)
{
    int64_t left[NODES_MAX] = {0};
    for (uint32_t a = 0; a < net->arc_count; a++) {
        assert_true(flow->arc[a] <= net->arcs[a].capacity);
        left[net->arcs[a].from] -= (int64_t)flow->arc[a];
        left[net->arcs[a].to] += (int64_t)flow->arc[a];
    }
    for (uint32_t v = 0; v < net->node_count; v++)
        assert_int_equal(left[v], v == net->source ? -(int64_t)flow->value : v == net->sink ? (int64_t)flow->value : 0);
}

static void test_against_cuts(void **state)
{
    uint64_t seed = 1970;
    (void)state;
    for (unsigned i = 0; i < 3000; i++) {
        itd_flow_arc arcs[ARCS_MAX];
        itd_flow flow;
        itd_error error = {0};
        itd_flow_network net = {
            .node_count = 2 + (uint32_t)random_below(&seed, NODES_MAX - 1), .arcs = arcs, .sink = 1};
        net.arc_count = (uint32_t)random_below(&seed, ARCS_MAX + 1);
        for (uint32_t a = 0; a < net.arc_count; a++)
            arcs[a] = (itd_flow_arc){(uint32_t)random_below(&seed, net.node_count),
                                     (uint32_t)random_below(&seed, net.node_count), random_below(&seed, 10)};
        uint32_t smallest = 0, largest = 0;
        uint64_t least = least_cut(&net, &smallest, &largest);
        assert_int_equal(itd_graph_max_flow(&flow, &net, 1000, &error), ITD_OK);
        assert_int_equal(flow.value, least);
        check_flow(&net, &flow);
        for (uint32_t v = 0; v < net.node_count; v++) {
            assert_int_equal(flow.side[v] == ITD_FLOW_SOURCE, smallest >> v & 1);
            assert_int_equal(flow.side[v] == ITD_FLOW_SINK, !(largest >> v & 1));
        }
        itd_flow_finish(&flow);
    }
}

/* A net in which a way has to be taken back: 0 - 2 - 3 - 1 first, then 0 - 3 and 2 - 1. By hand: 2 + 3. */
static void test_by_hand(void **state)
{
    static const itd_flow_arc arcs[] = {{0, 2, 3}, {2, 3, 2}, {3, 1, 2}, {0, 3, 2}, {2, 1, 3}};
    const itd_flow_network net = {4, 5, arcs, 0, 1};
    itd_flow flow;
    itd_error error = {0};
    (void)state;
    assert_int_equal(itd_graph_max_flow(&flow, &net, 5, &error), ITD_OK);
    assert_int_equal(flow.value, 5);
    itd_flow_finish(&flow);
}

static void test_limits(void **state)
{
    static const itd_flow_arc arcs[] = {{0, 1, 7}, {0, 1, ITD_FLOW_UNBOUNDED}};
    const itd_flow_network bounded = {2, 1, arcs, 0, 1}, unbounded = {2, 2, arcs, 0, 1},
                           large = {2, ITD_FLOW_ARCS_MAX + 1, arcs, 0, 1};
    itd_flow flow = {.value = 99};
    itd_error error = {0};
    (void)state;
    assert_int_equal(itd_graph_max_flow(&flow, &bounded, 6, &error), ITD_ELIMIT);
    assert_int_equal(itd_graph_max_flow(&flow, &unbounded, ITD_FLOW_VALUE_MAX, &error), ITD_ELIMIT);
    assert_int_equal(itd_graph_max_flow(&flow, &large, 6, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_FLOW_ARCS_MAX"));
    assert_int_equal(flow.value, 99); /* untouched */
    assert_int_equal(itd_graph_max_flow(&flow, &bounded, 7, &error), ITD_OK);
    assert_int_equal(flow.value, 7);
    itd_flow_finish(&flow);
}

static itd_status run(void *context, itd_error *error)
{
    static const itd_flow_arc arcs[] = {{0, 2, 3}, {2, 1, 2}};
    const itd_flow_network net = {3, 2, arcs, 0, 1};
    itd_flow flow = {0};
    (void)context;
    itd_status status = itd_graph_max_flow(&flow, &net, 100, error);
    itd_flow_finish(&flow);
    return status;
}

static void test_failures(void **state)
{
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, run, NULL, NULL) >= 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_cuts),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
