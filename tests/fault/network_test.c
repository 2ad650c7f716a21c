/* Networks, brokers, owners and clusters with each of the project's own allocations failing in turn: each ends in an
 * error that says so and leaves nothing behind. Leaks show in the build with -Db_sanitize=address. */
#include "interdict/interdict.h"

#include <string.h>

#include "support/faults.h"
#include "support/folder.h"

static const char register_rows[] =
    "owner,owned,share_min_ppm,share_max_ppm,kind,start,end,grade\nA,B,1,600000,shares,,,A1\nB,C,300000,300000,shares,,"
    ",\n"
    "A,C,1,1,votes,,,\nC,D,1,1,shares,,,D4\nD,E,0,0,control,,,\nE,C,1,1,shares,,,\nX,B,0,0,control,2020,,C3\n";
static const char entities[] =
    "{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Alpha\"],\"address\":[\"1 Main St, Road Town\"],"
    "\"phone\":[\"+44 20 7946 0000\"]}}\n"
    "{\"id\":\"b\",\"schema\":\"Company\",\"properties\":{\"address\":[\"1 Main St, Road "
    "Town\"],\"email\":[\"b@b.b\"]}}\n"
    "{\"id\":\"c\",\"schema\":\"Company\",\"properties\":{\"addressEntity\":[\"d\"],\"phone\":[\"+44 20 7946 "
    "0000\"]}}\n"
    "{\"id\":\"d\",\"schema\":\"Address\",\"properties\":{\"street\":[\"1 Main St\"],\"city\":[\"Road Town\"]}}\n"
    "{\"id\":\"e\",\"schema\":\"Directorship\",\"properties\":{\"director\":[\"p\"],\"organization\":[\"a\",\"q\"]}}\n";

typedef struct trying {
    const char *path;
    itd_context *context;
    itd_graph *graph;
    itd_status (*work)(itd_context *context, const itd_graph *graph, itd_error *error);
} trying;

static itd_status take_row(void *user, const itd_network_row *row)
{
    (void)user;
    return row->rank > 0 ? ITD_OK : ITD_ESTOP;
}

static itd_status ask_measures(itd_context *context, const itd_graph *graph, itd_error *error)
{
    itd_network *network = NULL;
    const itd_network_options options = {.as_of = "2025-01-01"};
    itd_status status = itd_network_create(&network, context, graph, &options, error);
    for (unsigned m = 0; m < ITD_NETWORK_MEASURES && status == ITD_OK; m++) {
        const itd_network_question question = {.measure = (itd_network_measure)m};
        itd_network_answer answer;
        status = itd_network_ask(&answer, network, &question, take_row, NULL, error);
    }
    itd_network_destroy(network);
    return status;
}

static itd_status ask_brokers(itd_context *context, const itd_graph *graph, itd_error *error)
{
    static const char *const from[] = {"A"}, *const to[] = {"D", "E"};
    const itd_network_options options = {0};
    const itd_brokers_question question = {.from = from, .from_count = 1, .to = to, .to_count = 2};
    itd_network *network = NULL;
    itd_brokers brokers;
    itd_bytes bytes = {0};
    itd_status status = itd_network_create(&network, context, graph, &options, error);
    if (status == ITD_OK)
        status = itd_network_brokers(&brokers, network, &question, error);
    if (status == ITD_OK) {
        assert_int_equal(brokers.size, 1); /* C */
        status = itd_brokers_json(&bytes, &brokers, error);
    }
    if (status == ITD_OK)
        status = itd_brokers_svg(&bytes, &brokers, error);
    if (status == ITD_OK)
        status = itd_brokers_dot(&bytes, &brokers, error);
    itd_bytes_free(&bytes);
    itd_network_destroy(network);
    return status;
}

static itd_status ask_owners(itd_context *context, const itd_graph *graph, itd_error *error)
{
    const itd_owners_options options = {.as_of = "2025-01-01", .threshold_ppm = 1, .all = true};
    itd_owners *owners = NULL;
    itd_bytes bytes = {0};
    itd_status status = itd_owners_create(&owners, context, graph, "C", &options, error);
    if (status == ITD_OK)
        status = itd_owners_json(&bytes, itd_owners_get(owners), error);
    itd_bytes_free(&bytes);
    itd_owners_destroy(owners);
    return status;
}

/* The graph and the context are there: what reads them is tested elsewhere. */
static itd_status run_on_graph(void *context, itd_error *error)
{
    const trying *t = context;
    return t->work(t->context, t->graph, error);
}

static itd_status take_cluster(void *user, const itd_cluster *cluster)
{
    itd_bytes bytes = {0};
    itd_status status = itd_cluster_json(&bytes, cluster, user);
    itd_bytes_free(&bytes);
    return status;
}

static itd_status take_common(void *user, const itd_cluster_key *key)
{
    itd_bytes bytes = {0};
    itd_status status = itd_cluster_common_json(&bytes, key, user);
    itd_bytes_free(&bytes);
    return status;
}

static itd_status run_clusters(void *context, itd_error *error)
{
    const trying *t = context;
    const itd_context_options options = {.threads = 1};
    const itd_read_options sources = {.paths = &t->path, .path_count = 1};
    const itd_clusters_options clusters = {.common = 2};
    itd_error inner = {0};
    const itd_clusters_sink sink = {take_cluster, take_common, &inner};
    itd_clusters_summary summary;
    itd_context *made = NULL;
    itd_status status = itd_context_create(&made, &options, error);
    if (status == ITD_OK)
        status = itd_clusters_find(&summary, made, &sources, &clusters, &sink, error);
    if (status == ITD_OK) {
        assert_int_equal(summary.common, 1);   /* the address, of a, b and c */
        assert_int_equal(summary.clusters, 1); /* a and c by their number, a and q by their director */
        assert_int_equal(summary.clustered, 3);
    }
    itd_context_destroy(made);
    return status;
}

static void each(itd_status (*work)(itd_context *, const itd_graph *, itd_error *))
{
    folder f;
    itd_error error = {0};
    const itd_context_options options = {.threads = 1};
    folder_start(&f);
    folder_write(&f, "r.csv", register_rows, strlen(register_rows));
    trying t = {.path = f.paths[0], .work = work};
    const itd_read_options sources = {.paths = &t.path, .path_count = 1};
    assert_int_equal(itd_context_create(&t.context, &options, &error), ITD_OK);
    if (itd_graph_open(&t.graph, t.context, &sources, &error) != ITD_OK)
        fail_msg("%s", error.message);
    assert_true(faults_each(ITD_FAULT_MEMORY, run_on_graph, NULL, &t) > 30);
    itd_graph_close(t.graph);
    itd_context_destroy(t.context);
    folder_end(&f);
}

static void measures(void **state)
{
    (void)state;
    each(ask_measures);
}

static void brokers(void **state)
{
    (void)state;
    each(ask_brokers);
}

static void owners(void **state)
{
    (void)state;
    each(ask_owners);
}

static void clusters(void **state)
{
    (void)state;
    folder f;
    folder_start(&f);
    folder_write(&f, "e.ftm.json", entities, strlen(entities));
    trying t = {.path = f.paths[0]};
    assert_true(faults_each(ITD_FAULT_MEMORY, run_clusters, NULL, &t) > 30);
    folder_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures),
        cmocka_unit_test(brokers),
        cmocka_unit_test(owners),
        cmocka_unit_test(clusters),
    };
    return cmocka_run_group_tests_name("fault/network", tests, NULL, NULL);
}
