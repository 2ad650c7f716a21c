/* Scores pairs or screens names, for quality.py. Reads standard input:
 *   pairs:   schema TAB left TAB right            → a score in micro-units a line
 *   screen:  L TAB id TAB schema TAB name TAB …   the list, names of one entity a line
 *            Q TAB id TAB schema TAB name         a question → "id TAB score TAB id TAB score …", ten best
 * `screen` prints its speed to standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "match/match.h"

enum { BEST = 10, FIELDS_MAX = 256 };

static itd_matcher *matcher;
static itd_error error;

static void must(itd_status status)
{
    if (status != ITD_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
}

static size_t split(char *line, char **fields)
{
    size_t n = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at && n < FIELDS_MAX; n++) {
        fields[n] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return n;
}

static void add(itd_match_builder *builder, const char *schema, char **names, size_t count)
{
    itd_entity_value values[FIELDS_MAX];
    for (size_t i = 0; i < count; i++)
        values[i] = (itd_entity_value){i ? ITD_P_Thing_alias : ITD_P_Thing_name, itd_sv_of(names[i])};
    itd_entity entity = {.schema = itd_schema_find(itd_sv_of(schema)), .values = values, .value_count = count};
    must(itd_match_builder_add(builder, matcher, &entity, &error));
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void pairs(bool explain)
{
    itd_match_builder *left, *right;
    must(itd_match_builder_create(&left, &error));
    must(itd_match_builder_create(&right, &error));
    char *line = NULL, *fields[FIELDS_MAX];
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        if (split(line, fields) < 3)
            exit(2);
        itd_match_builder_reset(left);
        itd_match_builder_reset(right);
        add(left, fields[0], fields + 1, 1);
        add(right, fields[0], fields + 2, 1);
        must(itd_match_builder_finish(left, &error));
        must(itd_match_builder_finish(right, &error));
        itd_match_space ls = itd_match_builder_space(left), rs = itd_match_builder_space(right);
        itd_match_entity le = itd_match_builder_entity(left, 0), re = itd_match_builder_entity(right, 0);
        itd_match_query *query;
        must(itd_match_query_create(&query, ITD_ALGORITHM_LOGIC, &le, &ls, &rs, &error));
        itd_match_result result;
        itd_match_score(&result, query, &re, 0);
        printf("%d", result.score_micro);
        for (uint32_t i = 0; explain && i < result.contribution_count; i++)
            printf(" %s %d", result.contributions[i].feature, result.contributions[i].micro);
        putchar('\n');
        itd_match_query_destroy(query);
    }
    free(line);
    itd_match_builder_destroy(left);
    itd_match_builder_destroy(right);
}

static void screen(int32_t threshold)
{
    itd_match_builder *list, *question;
    must(itd_match_builder_create(&list, &error));
    must(itd_match_builder_create(&question, &error));
    char *line = NULL, *fields[FIELDS_MAX], **ids = NULL;
    size_t capacity = 0, count = 0, id_capacity = 0;
    double setup = 0, scan = 0, worst = 0;
    int queries = 0;
    itd_match_space space = {0};
    itd_match_lexicon *lexicon = NULL;
    while (getline(&line, &capacity, stdin) > 0) {
        size_t n = split(line, fields);
        if (n < 4)
            exit(2);
        if (fields[0][0] == 'L') {
            if (count == id_capacity)
                ids = realloc(ids, (id_capacity = id_capacity * 2 + 1024) * sizeof *ids);
            ids[count++] = strdup(fields[1]);
            add(list, fields[2], fields + 3, n - 3);
            continue;
        }
        if (!lexicon) {
            must(itd_match_builder_finish(list, &error));
            space = itd_match_builder_space(list);
            double start = now();
            must(itd_match_lexicon_create(&lexicon, &space, &error));
            fprintf(stderr, "%zu entities, %u tokens, lexicon %.1f ms\n", count, space.token_count,
                    1e3 * (now() - start));
            space.lexicon = lexicon;
        }
        double start = now();
        itd_match_builder_reset(question);
        add(question, fields[2], fields + 3, 1);
        must(itd_match_builder_finish(question, &error));
        itd_match_space ls = itd_match_builder_space(question);
        itd_match_entity le = itd_match_builder_entity(question, 0);
        itd_match_query *query;
        must(itd_match_query_create(&query, ITD_ALGORITHM_LOGIC, &le, &ls, &space, &error));
        double ready = now();
        struct {
            int32_t score;
            size_t entity;
        } best[BEST + 1];
        int found = 0;
        for (size_t e = 0; e < count; e++) {
            itd_match_entity right = itd_match_builder_entity(list, e);
            itd_match_result result;
            if (!itd_match_score(&result, query, &right, threshold))
                continue;
            int at = found < BEST ? found++ : BEST;
            for (; at > 0 && best[at - 1].score < result.score_micro; at--)
                best[at] = best[at - 1];
            best[at].score = result.score_micro;
            best[at].entity = e;
        }
        double done = now();
        itd_match_query_destroy(query);
        setup += ready - start;
        scan += done - ready;
        worst = done - start > worst ? done - start : worst;
        queries++;
        printf("%s", fields[1]);
        for (int i = 0; i < found; i++)
            printf("\t%d\t%s", best[i].score, ids[best[i].entity]);
        putchar('\n');
    }
    if (queries)
        fprintf(stderr, "%d queries: set-up %.2f ms, scan %.2f ms, worst %.2f ms\n", queries, 1e3 * setup / queries,
                1e3 * scan / queries, 1e3 * worst);
    for (size_t i = 0; i < count; i++)
        free(ids[i]);
    free(ids);
    free(line);
    itd_match_lexicon_destroy(lexicon);
    itd_match_builder_destroy(list);
    itd_match_builder_destroy(question);
}

int main(int count, char **arguments)
{
    must(itd_matcher_create(&matcher, &error));
    if (count > 1 && strcmp(arguments[1], "screen") == 0)
        screen(count > 2 ? atoi(arguments[2]) : 700000);
    else
        pairs(count > 2 && strcmp(arguments[2], "explain") == 0);
    itd_matcher_destroy(matcher);
    return 0;
}
