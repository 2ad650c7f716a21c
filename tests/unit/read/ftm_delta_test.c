#include <sys/stat.h>

#include "model/collection.h"
#include "model/ftm_write.h"
#include "support/faults.h"
#include "support/read_bench.h"

#define ENTITY(id, name) "{\"id\":\"" id "\",\"schema\":\"Person\",\"properties\":{\"name\":[\"" name "\"]}}"
#define LINE(op, id, name) "{\"op\":\"" op "\",\"entity\":" ENTITY(id, name) "}\n"
#define DEL(id) "{\"op\":\"DEL\",\"entity\":{\"id\":\"" id "\"}}\n"

/* A folder with an index, a base and deltas, each in a folder of its version; as a version, "" is no delta. */
typedef struct set {
    bench_folder all, versions[3];
    const char *index, *base, *deltas[3];
} set;

static const char *const version_names[] = {"20240101-aaa", "20240102-bbb", "20240103-ccc"};

static const char default_index[] = "{\"versions\": {\n \"20240101-aaa\":\"https://x.example/1\",\n"
                                    " \"20240102-bbb\":\"https://x.example/2\",\n \"20240103-ccc\":\"\"},\n"
                                    " \"updated_at\":\"2024-01-03T14:47:29Z\"\n}";

static const char base[] = ENTITY("a", "A") "\n" ENTITY("b", "B") "\n" ENTITY("c", "C") "\n" ENTITY("d", "D") "\n";
static const char *const deltas[] = {"", LINE("ADD", "e", "E") LINE("MOD", "b", "B2") DEL("c") LINE("ADD", "f", "F"),
                                     DEL("f") LINE("MOD", "b", "B3") LINE("ADD", "c", "C2") DEL("d") DEL("nobody")};

static void make_set(set *s, const char *index, const char *base_text, const char *const texts[3])
{
    *s = (set){0};
    bench_make(&s->all);
    if (index)
        s->index = bench_file(&s->all, "delta.json", itd_sv_of(index));
    if (base_text)
        s->base = bench_file(&s->all, "entities.ftm.json", itd_sv_of(base_text));
    for (size_t i = 0; i < 3; i++) {
        if (!texts[i])
            continue;
        (void)snprintf(s->versions[i].path, sizeof s->versions[i].path, "%.80s/%s", s->all.path, version_names[i]);
        assert_int_equal(mkdir(s->versions[i].path, 0700), 0);
        s->deltas[i] = bench_file(&s->versions[i], "entities.delta.json", itd_sv_of(texts[i]));
    }
}

static void remove_set(set *s)
{
    for (size_t i = 0; i < 3; i++)
        if (s->versions[i].path[0])
            bench_remove(&s->versions[i]);
    bench_remove(&s->all);
}

/* What a path gives as entities: who said what and where is not part of it. */
static void entities_of(itd_buffer *out, const char *path)
{
    itd_arena arena;
    itd_source_list list;
    itd_collection *all = NULL;
    itd_error error = {0};
    itd_arena_init(&arena, SIZE_MAX);
    assert_int_equal(itd_collection_create(&all, SIZE_MAX, &error), ITD_OK);
    assert_int_equal(itd_sources_plan(&list, &path, 1, NULL, &arena, &error), ITD_OK);
    itd_read read = {.source = &list.entries[0].source,
                     .dataset = ITD_SV("d"),
                     .statement = itd_collection_add,
                     .statement_context = all};
    if (read.source->format->read(&read, &error) != ITD_OK || itd_collection_fold(all, &error) != ITD_OK)
        fail_msg("%s: %s", path, error.message);
    for (size_t i = 0; i < itd_collection_entity_count(all); i++)
        assert_int_equal(itd_ftm_write_entity(out, all, &itd_collection_entities(all)[i], &error), ITD_OK);
    itd_collection_destroy(all);
    itd_arena_finish(&arena);
}

/* Whatever version of the index the base is of. */
static void base_with_deltas_is_the_next_full_file(void **state)
{
    (void)state;
    static const char *const bases[] = {
        base,
        ENTITY("a", "A") "\n" ENTITY("b", "B2") "\n" ENTITY("d", "D") "\n" ENTITY("e", "E") "\n" ENTITY("f", "F") "\n",
        ENTITY("a", "A") "\n" ENTITY("b", "B3") "\n" ENTITY("c", "C2") "\n" ENTITY("e", "E") "\n",
    };
    bench_folder folder;
    itd_buffer want = {0};
    bench_make(&folder);
    entities_of(&want, bench_file(&folder, "full.json", itd_sv_of(bases[2])));
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        set s;
        itd_buffer got = {0};
        make_set(&s, default_index, bases[i], deltas);
        entities_of(&got, s.index);
        if (!itd_sv_equal(itd_buffer_view(&got), itd_buffer_view(&want)))
            fail_msg("base %zu gives\n%.*s", i, ITD_SV_ARG(itd_buffer_view(&got)));
        itd_buffer_finish(&got);
        remove_set(&s);
    }
    itd_buffer_finish(&want);
    bench_remove(&folder);
}

static void a_set_is_one_entry(void **state)
{
    (void)state;
    set s;
    bench_result r = {0};
    itd_error error = {0};
    make_set(&s, default_index, base, deltas);
    const char *const paths[] = {s.all.path, s.index, s.deltas[1], s.deltas[2]};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (bench_read(&r, paths[i], NULL, false, &error) != ITD_OK)
            fail_msg("%s: %s", paths[i], error.message);
        assert_string_equal(r.format, "ftm-delta");
        assert_int_equal(r.records, 4);
        assert_int_equal(r.statement_count, 8);
    }
    assert_non_null(strstr(r.statements.data, "b Person name=B3 [delta] 20240103-ccc/entities.delta.json:2:"));
    assert_non_null(strstr(r.statements.data, "a Person name=A [delta] entities.ftm.json:1:0+"));
    /* The base alone is what it is. */
    assert_int_equal(bench_read(&r, s.base, NULL, false, &error), ITD_OK);
    assert_string_equal(r.format, "ftm");
    assert_int_equal(r.records, 4);
    bench_free(&r);
    remove_set(&s);
}

static void what_is_not_there(void **state)
{
    (void)state;
    static const struct {
        const char *index, *base, *deltas[3], *message; /* or NULL */
        uint64_t records;
        const char *note;
    } rows[] = {
        {default_index, NULL, {"", LINE("ADD", "e", "E"), DEL("a")}, NULL, 1, "no entities.ftm.json beside the index"},
        {default_index, base, {NULL, LINE("ADD", "e", "E"), DEL("a")}, NULL, 4, "the oldest deltas"},
        {default_index, base, {"", NULL, DEL("a")}, "the delta of version 20240102-bbb is not there", 0, NULL},
        {default_index, base, {NULL, DEL("a"), NULL}, "the delta of version 20240103-ccc is not there", 0, NULL},
        {default_index, base, {NULL, NULL, NULL}, "none of the deltas that it names is there", 0, NULL},
        {"{\"versions\":{}}", base, {NULL, NULL, NULL}, NULL, 4, NULL},
        {"{\"versions\":[]}", base, {NULL, NULL, NULL}, "\"versions\" is not an object", 0, NULL},
        {"{\"versions\":{\"../x\":1}}", base, {NULL, NULL, NULL}, "\"../x\" cannot be the name of a version", 0, NULL},
        {"{\"versions\":{\"\":1}}", base, {NULL, NULL, NULL}, "\"\" cannot be the name of a version", 0, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        set s;
        bench_result r = {0};
        itd_error error = {.offset = ITD_NOWHERE};
        make_set(&s, rows[i].index, rows[i].base, rows[i].deltas);
        itd_status status = bench_read(&r, s.index, NULL, false, &error);
        if (rows[i].message) {
            if (status != ITD_EFORMAT || strcmp(error.message, rows[i].message) != 0 ||
                strcmp(error.where, s.index) != 0)
                fail_msg("row %zu: %s: %s", i, error.where, error.message);
        } else {
            if (status != ITD_OK || r.records != rows[i].records)
                fail_msg("row %zu: %s, %llu records", i, error.message, (unsigned long long)r.records);
            if (rows[i].note ? !strstr(r.notes.data, rows[i].note) : r.notes.size > 1)
                fail_msg("row %zu: notes %s", i, r.notes.data);
        }
        bench_free(&r);
        remove_set(&s);
    }
}

/* A line that is broken changes nothing, is told of once, and where. */
static void broken_lines(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "{\"op\":\"MOD\",\"entity\":{\"id\":\"a\",\"schema\":\"Persn\"}}\n{\"op\":\"PUT\",\"entity\":{\"id\":\"a\"}}\n"
        "{\"op\":\"DEL\",\"entity\":[]}\n{\"op\":\"DEL\",\"entity\":{}}\n{\"op\":\"DEL\",\"entity\":{\"id\":\"\"}}\n[]"
        "\n",
        NULL, NULL};
    set s;
    bench_result r = {0};
    itd_error error = {.offset = ITD_NOWHERE};
    make_set(&s, "{\"updated_at\":1,\"versions\":{\"20240101-aaa\":1}}", base, broken);
    assert_int_equal(bench_read(&r, s.index, NULL, true, &error), ITD_OK);
    assert_int_equal(r.records, 4);
    assert_int_equal(r.rejected, 6);
    static const char *const reasons[] = {"1:0 a unknown schema \"Persn\"\n",
                                          " op is none of ADD, MOD and DEL\n",
                                          " no entity\n",
                                          " no id\n",
                                          " id is empty\n",
                                          " not a JSON object\n"};
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (!strstr(r.rejects.data, reasons[i]))
            fail_msg("%s is not among\n%s", reasons[i], r.rejects.data);
    assert_int_equal(bench_read(&r, s.index, NULL, false, &error), ITD_EFORMAT);
    assert_string_equal(error.where, s.deltas[0]);
    assert_int_equal(error.line, 1);
    bench_free(&r);
    remove_set(&s);
}

static void one_delta_alone_and_a_large_index(void **state)
{
    (void)state;
    bench_folder folder;
    bench_result r = {0};
    itd_buffer large = {0};
    itd_error error = {.offset = ITD_NOWHERE};
    bench_make(&folder);
    const char *path = bench_file(&folder, "entities.delta.json", itd_sv_of(deltas[1]));
    assert_int_equal(bench_read(&r, path, NULL, false, &error), ITD_OK);
    assert_int_equal(r.records, 3);
    (void)itd_buffer_append(&large, ITD_SV("{\"versions\":\n"));
    for (size_t i = 0; i < 1100; i++)
        (void)itd_buffer_format(&large, "%1000s\n", "");
    path = bench_file(&folder, "delta.json", itd_buffer_view(&large));
    assert_int_equal(bench_read(&r, path, NULL, false, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_DELTA_INDEX_BYTES_MAX"));
    itd_buffer_finish(&large);
    bench_free(&r);
    bench_remove(&folder);
}

typedef struct fault_case {
    const char *path;
    bench_result result;
} fault_case;

static itd_status read_once(void *context, itd_error *error)
{
    fault_case *c = context;
    return bench_read(&c->result, c->path, NULL, true, error);
}

static void memory_fails_in_turn(void **state)
{
    (void)state;
    set s;
    fault_case c = {0};
    make_set(&s, default_index, base, deltas);
    c.path = s.deltas[1];
    assert_true(faults_each(ITD_FAULT_MEMORY, read_once, NULL, &c) > 5);
    bench_free(&c.result);
    remove_set(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_with_deltas_is_the_next_full_file),
        cmocka_unit_test(a_set_is_one_entry),
        cmocka_unit_test(what_is_not_there),
        cmocka_unit_test(broken_lines),
        cmocka_unit_test(one_delta_alone_and_a_large_index),
        cmocka_unit_test(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("ftm_delta", tests, NULL, NULL);
}
