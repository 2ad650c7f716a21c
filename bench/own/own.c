/* Judges a whole graph, then lists and unlists parties one at a time.
 *   bench_own GRAPH LISTED CHANGES      one object of JSON: CPU seconds, and microseconds of the changes */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "engine/own.h"
#include "read/stakes_csv.h"

static int fail(const itd_error *error)
{
    (void)fprintf(stderr, "bench_own: %s: %s\n", error->where, error->message);
    return 1;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static uint64_t seed = 20;

static uint64_t next(void)
{
    uint64_t z = seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* On the list or off it; microseconds. */
static double toggle(itd_own *own, uint32_t entity, itd_error *error)
{
    const itd_register *r = own->e.r;
    char id[ITD_STAKE_ID_BYTES_MAX + 1];
    itd_sv text = itd_register_id(r, entity);
    (void)snprintf(id, sizeof id, "%.*s", (int)text.size, text.data);
    bool listed = (own->e.state[entity] & ITD_OWN_IS_LISTED) != 0;
    int64_t began = itd_clock_us();
    itd_status status = listed ? itd_own_unlist(own, id, error) : itd_own_list(own, id, NULL, error);
    return status == ITD_OK ? (double)(itd_clock_us() - began) : -1;
}

static uint32_t largest_holder(const itd_register *r)
{
    uint32_t best = 0;
    for (uint32_t n = 0; n < r->entity_count; n++)
        if (r->out_first[n + 1] - r->out_first[n] > r->out_first[best + 1] - r->out_first[best])
            best = n;
    return best;
}

int main(int argc, char **argv)
{
    itd_context *context = NULL;
    itd_graph *graph = NULL;
    itd_own *own = NULL;
    itd_error error = {0};
    if (argc != 4) {
        (void)fprintf(stderr, "usage: bench_own GRAPH LISTED CHANGES\n");
        return 2;
    }
    const char *const paths[] = {argv[1]};
    const itd_read_options read = {.paths = paths, .path_count = 1};
    const itd_context_options one = {.threads = 1};
    const itd_own_options options = {.regime = "us-ofac", .as_of = "2025-01-01", .listed = argv[2]};
    if (itd_context_create(&context, &one, &error) != ITD_OK)
        return fail(&error);
    int64_t at = itd_clock_cpu_us();
    if (itd_graph_open(&graph, context, &read, &error) != ITD_OK)
        return fail(&error);
    int64_t opened = itd_clock_cpu_us();
    if (itd_own_create(&own, context, graph, &options, &error) != ITD_OK)
        return fail(&error);
    itd_own_summary about = itd_own_about(own);
    uint64_t low = 0, high = 0, bases[8] = {0};
    int64_t evaluating = itd_clock_cpu_us();
    if (itd_own_evaluation_run(&own->e, &error) != ITD_OK)
        return fail(&error);
    evaluating = itd_clock_cpu_us() - evaluating;
    int64_t judging = itd_clock_cpu_us();
    for (uint32_t n = 0; n < about.entities; n++) {
        itd_own_judgement judged;
        if (itd_own_judge(&judged, own, n, &error) != ITD_OK)
            return fail(&error);
        low += judged.share_min_ppm;
        high += judged.share_max_ppm;
        bases[judged.basis]++;
    }
    int64_t judged_us = itd_clock_cpu_us() - judging;
    size_t changes = strtoull(argv[3], NULL, 10);
    double *took = calloc(changes + 1, sizeof *took), worst = 0;
    for (size_t i = 0; about.entities && i < changes; i += 2) { /* each change, and back */
        uint32_t entity = (uint32_t)(next() % about.entities);
        took[i] = toggle(own, entity, &error);
        took[i + 1] = toggle(own, entity, &error);
    }
    if (changes > 0)
        qsort(took, changes, sizeof *took, by_value);
    uint32_t largest = largest_holder(own->e.r);
    for (int i = 0; i < 2; i++) {
        double us = toggle(own, largest, &error);
        worst = us > worst ? us : worst;
    }
    printf("{\"entities\":%llu,\"stakes\":%u,\"listed\":%llu,\"blocked\":%llu,\"possible\":%llu,\"open_s\":%.3f,"
           "\"evaluate_s\":%.3f,\"judge_s\":%.3f,\"ownership\":%llu,\"low\":%llu,\"high\":%llu,\"change_p50_us\":%.0f,"
           "\"change_p99_us\":%.0f,\"change_max_us\":%.0f,\"largest_stakes\":%u,\"largest_us\":%.0f}\n",
           (unsigned long long)about.entities, own->e.r->stake_count, (unsigned long long)about.listed,
           (unsigned long long)about.blocked, (unsigned long long)about.possible, (double)(opened - at) / 1e6,
           (double)evaluating / 1e6, (double)judged_us / 1e6, (unsigned long long)bases[ITD_OWN_OWNERSHIP],
           (unsigned long long)low, (unsigned long long)high, changes ? took[changes / 2] : 0,
           changes ? took[changes * 99 / 100] : 0, changes ? took[changes - 1] : 0,
           own->e.r->out_first[largest + 1] - own->e.r->out_first[largest], worst);
    free(took);
    itd_own_destroy(own);
    itd_graph_close(graph);
    itd_context_destroy(context);
    return 0;
}
