/* Whatever statements there are: a fold loses none, does not depend on their order, and changes nothing when it is done
 * again. Held against a plain list of lines, sorted as text. */
#include <stdio.h>
#include <stdlib.h>

#include "model/collection.h"
#include "support/cm.h"

enum { ROUNDS = 200, STATEMENTS_MAX = 120, LINE_MAX_BYTES = 256 };

static uint64_t random_next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static itd_sv pick(uint64_t *state, const char *const *from, size_t count)
{
    return itd_sv_of(from[random_next(state) % count]);
}

static itd_statement random_statement(uint64_t *state)
{
    static const char *const ids[] = {"a", "ab", "b", "id-00000001", "id-00000002", "id-0000000"};
    static const char *const values[] = {"", "KIM", "KIM Chol", "KIM Chol Su", "KIM Chol Sun", "\xEA\xB9\x80"};
    static const char *const others[] = {"", "", "", "eng", "x"};
    static const itd_schema schemata[] = {ITD_S_Thing, ITD_S_LegalEntity, ITD_S_Organization, ITD_S_Company};
    static const itd_property properties[] = {ITD_P_ID, ITD_P_Thing_name, ITD_P_Thing_alias};
    itd_statement s = {.entity = pick(state, ids, 6),
                       .record = pick(state, ids, 6),
                       .dataset = pick(state, others, 5),
                       .schema = schemata[random_next(state) % 4],
                       .property = properties[random_next(state) % 3],
                       .value = pick(state, values, 6),
                       .original = pick(state, others, 5),
                       .lang = pick(state, others, 5),
                       .first_seen = pick(state, others, 5),
                       .last_seen = pick(state, others, 5),
                       .origin = pick(state, others, 5),
                       .document = pick(state, others, 5),
                       .line = random_next(state) % 2,
                       .offset = random_next(state) % 2 ? ITD_NOWHERE : 7,
                       .span = (uint32_t)(random_next(state) % 2),
                       .reliability = random_next(state) % 3 ? 0 : 'B',
                       .credibility = random_next(state) % 3 ? 0 : '2',
                       .tlp = random_next(state) % 3 ? 0 : ITD_TLP_RED};
    return s;
}

static void show(char line[LINE_MAX_BYTES], itd_sv entity, itd_property property, itd_sv value, const itd_statement *s)
{
    (void)snprintf(line, LINE_MAX_BYTES,
                   "%.*s|%u|%.*s|%.*s|%.*s|%u|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%llu|%llu|%u|%d|%d|%u", ITD_SV_ARG(entity),
                   property, ITD_SV_ARG(value), ITD_SV_ARG(s->record), ITD_SV_ARG(s->dataset), s->schema,
                   ITD_SV_ARG(s->original), ITD_SV_ARG(s->lang), ITD_SV_ARG(s->first_seen), ITD_SV_ARG(s->last_seen),
                   ITD_SV_ARG(s->origin), ITD_SV_ARG(s->document), (unsigned long long)s->line,
                   (unsigned long long)s->offset, s->span, s->reliability, s->credibility, s->tlp);
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(a, b);
}

static size_t unique_lines(char (*lines)[LINE_MAX_BYTES], size_t count)
{
    size_t kept = 0;
    qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(lines[i], lines[kept - 1]) != 0)
            memmove(lines[kept++], lines[i], sizeof *lines);
    return kept;
}

static size_t rows_as_lines(char (*lines)[LINE_MAX_BYTES], const itd_collection *c)
{
    for (size_t i = 0; i < itd_collection_row_count(c); i++) {
        const itd_row *row = &itd_collection_rows(c)[i];
        const itd_statement s = {.record = itd_collection_text(c, row->record),
                                 .dataset = itd_collection_text(c, row->dataset),
                                 .schema = row->schema,
                                 .original = itd_collection_text(c, row->original),
                                 .lang = itd_collection_text(c, row->lang),
                                 .first_seen = itd_collection_text(c, row->first_seen),
                                 .last_seen = itd_collection_text(c, row->last_seen),
                                 .origin = itd_collection_text(c, row->origin),
                                 .document = itd_collection_text(c, row->document),
                                 .line = row->line,
                                 .offset = row->offset,
                                 .span = row->span,
                                 .reliability = row->reliability,
                                 .credibility = row->credibility,
                                 .tlp = row->tlp};
        show(lines[i], itd_collection_text(c, row->entity), row->property, itd_collection_text(c, row->value), &s);
    }
    return itd_collection_row_count(c);
}

static itd_collection *collect(const itd_statement *statements, size_t count)
{
    itd_collection *c = NULL;
    assert_int_equal(itd_collection_create(&c, SIZE_MAX, NULL), ITD_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(itd_collection_add(c, &statements[i], NULL), ITD_OK);
    assert_int_equal(itd_collection_fold(c, NULL), ITD_OK);
    return c;
}

static void assert_same(const itd_collection *a, const itd_collection *b)
{
    assert_int_equal(itd_collection_row_count(a), itd_collection_row_count(b));
    assert_int_equal(itd_collection_entity_count(a), itd_collection_entity_count(b));
    assert_int_equal(itd_collection_text_count(a), itd_collection_text_count(b));
    for (uint32_t i = 0; i < itd_collection_text_count(a); i++)
        assert_true(itd_sv_equal(itd_collection_text(a, i), itd_collection_text(b, i)));
    for (size_t i = 0; i < itd_collection_row_count(a); i++) { /* field by field: the padding is nobody's */
        const itd_row *x = &itd_collection_rows(a)[i], *y = &itd_collection_rows(b)[i];
        assert_memory_equal(x, y, offsetof(itd_row, tlp) + sizeof x->tlp);
    }
    for (size_t i = 0; i < itd_collection_entity_count(a); i++) {
        const itd_folded *x = &itd_collection_entities(a)[i], *y = &itd_collection_entities(b)[i];
        assert_true(x->id == y->id && x->record == y->record && x->schema == y->schema &&
                    x->row_first == y->row_first && x->row_count == y->row_count);
    }
}

static void assert_entities_cover_rows(const itd_collection *c)
{
    size_t next = 0;
    for (size_t i = 0; i < itd_collection_entity_count(c); i++) {
        const itd_folded *e = &itd_collection_entities(c)[i];
        assert_int_equal(e->row_first, next);
        assert_true(e->row_count > 0);
        for (size_t r = next; r < next + e->row_count; r++) {
            const itd_row *row = &itd_collection_rows(c)[r];
            assert_int_equal(row->entity, e->id);
            assert_true(itd_schema_is(e->schema, row->schema));
            assert_true(r == next || row->property > row[-1].property ||
                        (row->property == row[-1].property && row->value >= row[-1].value));
        }
        next += e->row_count;
        assert_int_equal(itd_collection_find(c, itd_collection_text(c, e->id)), i);
    }
    assert_int_equal(next, itd_collection_row_count(c));
}

static void folds(void **test_state)
{
    (void)test_state;
    static itd_statement statements[STATEMENTS_MAX];
    static char want[STATEMENTS_MAX][LINE_MAX_BYTES], got[STATEMENTS_MAX][LINE_MAX_BYTES];
    uint64_t random = 20261122;
    for (int round = 0; round < ROUNDS; round++) {
        size_t count = random_next(&random) % STATEMENTS_MAX;
        for (size_t i = 0; i < count; i++) {
            statements[i] = i > 0 && random_next(&random) % 4 == 0 ? statements[random_next(&random) % i]
                                                                   : random_statement(&random);
            show(want[i], statements[i].entity, statements[i].property, statements[i].value, &statements[i]);
        }
        itd_collection *first = collect(statements, count);
        size_t kept = unique_lines(want, count), rows = rows_as_lines(got, first);
        qsort(got, rows, sizeof *got, compare_lines);
        assert_int_equal(rows, kept); /* nothing lost, nothing made up, nothing twice */
        for (size_t i = 0; i < rows; i++)
            assert_string_equal(got[i], want[i]);
        assert_entities_cover_rows(first);

        for (size_t i = count; i > 1; i--) { /* another order */
            size_t other = random_next(&random) % i;
            itd_statement swapped = statements[other];
            statements[other] = statements[i - 1];
            statements[i - 1] = swapped;
        }
        itd_collection *second = collect(statements, count);
        assert_same(first, second);
        assert_int_equal(itd_collection_fold(second, NULL), ITD_OK); /* and once more */
        assert_same(first, second);
        for (size_t i = 0; i < count / 2; i++) /* what is there already adds nothing */
            assert_int_equal(itd_collection_add(second, &statements[i], NULL), ITD_OK);
        assert_int_equal(itd_collection_fold(second, NULL), ITD_OK);
        assert_same(first, second);
        itd_collection_destroy(first);
        itd_collection_destroy(second);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(folds)};
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
