/* Reads each set of files into a sink that only counts: the speed of the readers without the fold.
 *   bench_read [-n RUNS] FILE…      a line a set: statements, the median of its CPU seconds */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "read/reader.h"

#define RUNS_MAX 100

static itd_status count(void *context, const itd_statement *statement, itd_error *error)
{
    (void)statement;
    (void)error;
    ++*(uint64_t *)context;
    return ITD_OK;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static itd_status measure(const itd_source_entry *entry, unsigned runs, itd_error *error)
{
    int64_t took_us[RUNS_MAX];
    uint64_t statements = 0;
    for (unsigned i = 0; i < runs; i++) {
        statements = 0;
        itd_read read = {.source = &entry->source,
                         .dataset = itd_sv_of(entry->dataset),
                         .skip_bad = true,
                         .statement = count,
                         .statement_context = &statements};
        int64_t began = itd_clock_cpu_us();
        itd_status status = entry->source.format->read(&read, error);
        if (status != ITD_OK)
            return status;
        took_us[i] = itd_clock_cpu_us() - began;
    }
    qsort(took_us, runs, sizeof took_us[0], by_value);
    printf("%s %llu %.6f\n", entry->source.format->id, (unsigned long long)statements, (double)took_us[runs / 2] / 1e6);
    return ITD_OK;
}

int main(int argc, char **argv)
{
    unsigned runs = 5;
    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        runs = (unsigned)strtoul(argv[2], NULL, 10);
        argv += 2;
        argc -= 2;
    }
    if (argc < 2 || runs == 0 || runs > RUNS_MAX) {
        fprintf(stderr, "usage: bench_read [-n RUNS] FILE...\n");
        return 2;
    }
    itd_arena arena;
    itd_source_list list;
    itd_error error = {0};
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_sources_plan(&list, (const char *const *)argv + 1, (size_t)argc - 1, NULL, &arena, &error);
    for (size_t i = 0; status == ITD_OK && i < list.count; i++)
        status = measure(&list.entries[i], runs, &error);
    itd_arena_finish(&arena);
    if (status != ITD_OK)
        fprintf(stderr, "bench_read: %s: %s\n", error.where, error.message);
    return status == ITD_OK ? 0 : 1;
}
