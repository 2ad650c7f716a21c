/* What is written is what is read: the statements form gives back every field; the FollowTheMoney form gives the same
 * lines again, from statements made up here and from real files. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "model/ftm_write.h"
#include "read/reader.h"
#include "support/cm.h"

enum { ROUNDS = 30, STATEMENTS = 80 };

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
    static const char *const ids[] = {"a", "b-1", "c \"quoted\"", "d\\e", "id-00000001"};
    static const char *const datasets[] = {"list-a", "list-b"};
    static const char *const values[] = {"KIM", "KIM\tChol", "a \"name\"", "\xEA\xB9\x80", "x\nsecond line", "</p>"};
    static const char *const others[] = {"", "", "eng", "2024-01-01"};
    static const itd_property properties[] = {ITD_P_Thing_name, ITD_P_Thing_alias, ITD_P_Thing_country,
                                              ITD_P_Thing_summary};
    static const itd_schema schemata[] = {ITD_S_Thing, ITD_S_LegalEntity, ITD_S_Company};
    itd_statement s = {.entity = pick(state, ids, 5),
                       .dataset = pick(state, datasets, 2),
                       .schema = schemata[random_next(state) % 3],
                       .property = properties[random_next(state) % 4],
                       .value = pick(state, values, 6),
                       .original = pick(state, others, 4),
                       .lang = pick(state, others, 4),
                       .first_seen = pick(state, others, 4),
                       .last_seen = pick(state, others, 4),
                       .origin = pick(state, others, 4),
                       .document = pick(state, others, 4),
                       .line = random_next(state) % 3,
                       .offset = random_next(state) % 2 ? ITD_NOWHERE : random_next(state),
                       .span = (uint32_t)(random_next(state) % 3),
                       .reliability = (char)(random_next(state) % 3 ? 0 : 'A' + (int)(random_next(state) % 6)),
                       .credibility = (char)(random_next(state) % 3 ? 0 : '1' + (int)(random_next(state) % 6)),
                       .tlp = (uint8_t)(random_next(state) % 5)};
    if (random_next(state) % 5 == 0) {
        static const char *const names[] = {"aaa", "birthDate", "other", "zz top", "aaa\tA", "zz top\tx\ty"};
        s.property = ITD_P_OTHER;
        s.original = pick(state, names, 6);
    }
    s.record = random_next(state) % 2 ? s.entity : pick(state, ids, 5);
    if (random_next(state) % 6 == 0) {
        s.property = ITD_P_ID;
        s.value = random_next(state) % 2 ? s.entity : ITD_SV("formerly");
    }
    return s;
}

static void fold(itd_collection *c)
{
    itd_error error = {0};
    if (itd_collection_fold(c, &error) != ITD_OK)
        fail_msg("%s", error.message);
}

/* `rejected` counts what was left out; NULL: nothing may be. */
static itd_collection *read_file(const itd_format *format, const char *path, uint64_t *rejected)
{
    itd_collection *c = NULL;
    itd_error error = {0};
    assert_int_equal(itd_collection_create(&c, SIZE_MAX, NULL), ITD_OK);
    itd_source source = {.format = format, .paths = {path}};
    itd_read read = {
        .source = &source, .skip_bad = rejected != NULL, .statement = itd_collection_add, .statement_context = c};
    if (format->read(&read, &error) != ITD_OK)
        fail_msg("%s: %s at line %llu", path, error.message, (unsigned long long)error.line);
    if (rejected)
        *rejected = read.rejected;
    fold(c);
    return c;
}

static void write_lines(itd_buffer *out, const itd_collection *c, const itd_format *format)
{
    itd_buffer_clear(out);
    if (format == &itd_format_ftm)
        for (size_t i = 0; i < itd_collection_entity_count(c); i++)
            assert_int_equal(itd_ftm_write_entity(out, c, &itd_collection_entities(c)[i], NULL), ITD_OK);
    else
        for (size_t i = 0; i < itd_collection_row_count(c); i++)
            assert_int_equal(itd_ftm_write_statement(out, c, &itd_collection_rows(c)[i], NULL), ITD_OK);
}

/* Through a file of its own and back. */
static itd_collection *through_file(const itd_buffer *lines, const itd_format *format)
{
    char path[] = "/tmp/itd-round-trip-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, lines->data, lines->size), (ssize_t)lines->size);
    assert_int_equal(close(file), 0);
    itd_collection *c = read_file(format, path, NULL);
    assert_int_equal(unlink(path), 0);
    return c;
}

static void assert_same_bytes(const itd_buffer *a, const itd_buffer *b)
{
    size_t at = 0;
    while (at < a->size && at < b->size && a->data[at] == b->data[at])
        at++;
    if (at < a->size || at < b->size)
        fail_msg("differs at byte %zu:\n%.120s\n%.120s", at, a->data + (at > 60 ? at - 60 : 0),
                 b->data + (at > 60 ? at - 60 : 0));
}

static itd_collection *random_collection(uint64_t *random)
{
    itd_collection *c = NULL;
    assert_int_equal(itd_collection_create(&c, SIZE_MAX, NULL), ITD_OK);
    for (int i = 0; i < STATEMENTS; i++) {
        itd_statement s = random_statement(random);
        assert_int_equal(itd_collection_add(c, &s, NULL), ITD_OK);
    }
    fold(c);
    return c;
}

static void round_trips(void **state)
{
    (void)state;
    uint64_t random = 7;
    itd_buffer first = {0}, second = {0};
    for (int round = 0; round < ROUNDS; round++) {
        itd_collection *c = random_collection(&random), *back;
        const itd_format *const formats[] = {&itd_format_statements, &itd_format_ftm};
        for (size_t f = 0; f < 2; f++) {
            write_lines(&first, c, formats[f]);
            back = through_file(&first, formats[f]);
            write_lines(&second, back, formats[f]);
            assert_same_bytes(&first, &second);
            assert_int_equal(itd_collection_entity_count(back), itd_collection_entity_count(c));
            if (formats[f] == &itd_format_statements) { /* and from there to the other form */
                write_lines(&first, c, &itd_format_ftm);
                write_lines(&second, back, &itd_format_ftm);
                assert_same_bytes(&first, &second);
                assert_int_equal(itd_collection_row_count(back), itd_collection_row_count(c));
            }
            itd_collection_destroy(back);
        }
        itd_collection_destroy(c);
    }
    itd_buffer_finish(&first);
    itd_buffer_finish(&second);
}

static void real_files(void **state)
{
    (void)state;
    static const char *const files[] = {"ftm/yente_zala/entities.ftm.json", "ftm/yente_parteispenden/entities.ftm.json",
                                        "ftm/eu_authorities.ftm.json", "ftm/sa_wiki_peps.entities.ftm.json.gz"};
    const char *root = getenv("INTERDICT_DATA");
    itd_buffer first = {0}, second = {0};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/%s", root && root[0] ? root : "../shared/data", files[i]);
        if (access(path, R_OK) != 0)
            skip();
        uint64_t rejected = 0;
        itd_collection *c = read_file(&itd_format_ftm, path, &rejected);
        assert_true(itd_collection_entity_count(c) > 50);
        for (int f = 0; f < 2; f++) {
            const itd_format *format = f ? &itd_format_ftm : &itd_format_statements;
            write_lines(&first, c, format);
            itd_collection *back = through_file(&first, format);
            write_lines(&second, back, format);
            assert_same_bytes(&first, &second);
            itd_collection_destroy(back);
        }
        print_message("# %s: %zu entities, %llu lines left out\n", files[i], itd_collection_entity_count(c),
                      (unsigned long long)rejected);
        itd_collection_destroy(c);
    }
    itd_buffer_finish(&first);
    itd_buffer_finish(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(round_trips), cmocka_unit_test(real_files)};
    return cmocka_run_group_tests_name("round_trip", tests, NULL, NULL);
}
