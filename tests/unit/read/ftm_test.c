#include "model/collection.h"
#include "model/ftm_write.h"
#include "read/others.h"
#include "support/faults.h"
#include "support/read_bench.h"

static void lines_become_statements(void **state)
{
    (void)state;
    static const struct {
        const char *what, *input, *statements, *rejects;
    } rows[] = {
        {"the dataset comes from the file's name; one value may stand alone",
         "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"X\",\" y \"],\"birthDate\":\"1970\"}}\n",
         "a Person id=a [x] x.ftm.json:1:0+81\na Person name=X [x] x.ftm.json:1:0+81\n"
         "a Person name= y  [x] x.ftm.json:1:0+81\na Person birthDate=1970 [x] x.ftm.json:1:0+81\n",
         ""},
        {"datasets, referents, times, record; derived keys are passed over; nothing is said by null and []",
         "\xEF\xBB\xBF\n{\"id\":\"a\",\"schema\":\"Address\",\"datasets\":[\"d\",\"e\"],\"referents\":[\"r\"],\"first_"
         "seen\":\"2020\","
         "\"last_seen\":\"2021\",\"record\":\"p\",\"caption\":\"c\",\"target\":true,\"last_change\":\"2021\",\"other\":"
         "null,"
         "\"more\":[],\"properties\":{\"city\":[null,\"\",\"C\"]}}",
         "a Address id=a [d of p 2020..2021] x.ftm.json:2:4+228\na Address id=r [d of p 2020..2021] "
         "x.ftm.json:2:4+228\n"
         "a Address city=C [d of p 2020..2021] x.ftm.json:2:4+228\na Address id=a [e of p 2020..2021] "
         "x.ftm.json:2:4+228\n",
         ""},
        {"numbers and booleans as their text",
         "{\"id\":7,\"schema\":\"Ownership\",\"properties\":{\"percentage\":[12.50,3,true]}}\n",
         "7 Ownership id=7 [x] x.ftm.json:1:0+72\n7 Ownership percentage=12.50 [x] x.ftm.json:1:0+72\n"
         "7 Ownership percentage=3 [x] x.ftm.json:1:0+72\n7 Ownership percentage=true [x] x.ftm.json:1:0+72\n",
         ""},
        {"what is rejected, with its place and reason",
         "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"n'ae\":[\"X\"]}}\n"
         "{\"id\":\"b\",\"schema\":\"Persn\",\"properties\":{}}\n"
         "{\"schema\":\"Person\",\"properties\":{}}\n"
         "{\"id\":\"\",\"schema\":\"Person\",\"properties\":{}}\n"
         "{\"id\":\"c\",\"properties\":{}}\n"
         "{\"id\":\"d\",\"schema\":\"Person\",\"properties\":{\"name\":[{\"id\":\"n\"}]}}\n"
         "{\"id\":\"e\",\"schema\":\"Person\",\"properties\":{\"name\":[[\"n\"]]}}\n"
         "{\"id\":\"f\",\"schema\":\"Person\",\"properties\":[]}\n"
         "{\"id\":\"f\",\"schema\":\"Person\",\"properties\":7}\n"
         "{\"id\":\"g\",\"schema\":\"Person\",\"myster'\":1}\n"
         "{\"id\":\"h\",\"schema\":\"Person\",\"properties\":{\"name\":\"a\\u0000b\"}}\n"
         "{\"id\":\"i\",\"schema\":\"Person\",\"properties\":{\"id\":\"x\"}}\n"
         "{\"id\":\"j\",\"schema\":\"Person\",\"datasets\":[\"\"]}\n"
         "{\"id\":\"k\",\"schema\":3}\n"
         "[]\n{\"id\":\n{\"id\":\"m\",\"schema\":\"Person\",\"properties\":{\"name\":\"\xFF\"}}\n",
         "",
         "1:0 a Person has no property \"n'ae\"\n2:57 b unknown schema \"Persn\"\n3:101  no id\n4:137  id is empty\n"
         "5:181 c no schema\n6:208 d name holds an object, which is no value of it\n7:272 e name is not a text\n"
         "8:331 f properties is not an object\n9:376 f properties is not an object\n10:420 g Person has no property "
         "\"myster'\"\n"
         "11:461 h NUL byte in name at its byte 1\n12:523 i Person has no property \"id\"\n13:576 j datasets is empty\n"
         "14:621 k the schema is not a text\n15:643  not a JSON object\n16:"},
    };
    bench_result r = {0};
    itd_error error = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench_folder folder;
        bench_make(&folder);
        const char *path = bench_file(&folder, "x.ftm.json", itd_sv_of(rows[i].input));
        itd_status status = bench_read(&r, path, NULL, true, &error);
        if (status != ITD_OK)
            fail_msg("%s: %s", rows[i].what, error.message);
        assert_string_equal(r.format, "ftm");
        if (strcmp(r.statements.data, rows[i].statements) != 0)
            fail_msg("%s: gives\n%s", rows[i].what, r.statements.data);
        if (strncmp(r.rejects.data, rows[i].rejects, strlen(rows[i].rejects)) != 0)
            fail_msg("%s: rejects\n%s", rows[i].what, r.rejects.data);
        bench_remove(&folder);
    }
    assert_int_equal(r.rejected, 17);
    assert_int_equal(r.records, 0);
    bench_free(&r);
}

static void what_the_model_lacks_is_kept(void **state)
{
    (void)state;
    char line[256];
    bench_folder folder;
    bench_result r = {0};
    itd_error error = {0};
    bench_make(&folder);
    const char *path = bench_file(
        &folder, "x.json",
        ITD_SV(
            "{\"id\":\"a\",\"schema\":\"Company\",\"datasets\":[\"d\",\"e\"],\"properties\":{\"abbreviation\":[\"Z\","
            "null,\" \",7],\"name\":\"Zala\"}}\n"
            "{\"id\":\"b\",\"schema\":\"Person\",\"properties\":{\"abbreviation\":\"B\",\"imoNumber\":[\"1\"],"
            "\"empty\":[]}}\n"
            "{\"id\":\"c\",\"schema\":\"Company\",\"properties\":{\"abbreviation\":[{\"id\":\"n\"}]}}\n"
            "{\"id\":\"d\",\"schema\":\"Company\",\"properties\":{\"\":[\"x\"]}}\n"
            "{\"id\":\"e\",\"schema\":\"Company\",\"properties\":{\"\u00e9\":[\"x\"]}}\n"
            "{\"id\":\"f\",\"schema\":\"Company\",\"properties\":{\"a\tb\":[\"x\"]}}\n"));
    assert_int_equal(bench_read(&r, path, NULL, true, &error), ITD_OK);
    assert_string_equal(r.statements.data,
                        "a Company id=a [d] x.json:1:0+111\na Company other=Z (abbreviation) [d] x.json:1:0+111\n"
                        "a Company other=7 (abbreviation) [d] x.json:1:0+111\na Company name=Zala [d] x.json:1:0+111\n"
                        "a Company id=a [e] x.json:1:0+111\n"
                        "b Person id=b [x] x.json:2:112+91\nb Person other=B (abbreviation) [x] x.json:2:112+91\n"
                        "b Person other=1 (imoNumber) [x] x.json:2:112+91\n"
                        "c Company id=c [x] x.json:3:204+72\n"
                        "c Company other={\"id\":\"n\"} (abbreviation) [x] x.json:3:204+72\n");
    assert_int_equal(r.rejected, 3);
    assert_non_null(strstr(r.rejects.data, " d Company has no property \"\"\n"));
    assert_string_equal(r.notes.data, "kept as they are, not in the model: Company:abbreviation, Person:abbreviation, "
                                      "Person:imoNumber\n");

    itd_buffer many = {0}; /* one more than a note names, each twice */
    for (size_t i = 0; i < (size_t)2 * (ITD_OTHERS_NAMED_MAX + 1); i++)
        (void)itd_buffer_format(&many,
                                "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"p%zu\",\"value\":\"v\"%s}\n",
                                i / 2, i % 2 ? ",\"original_value\":\"V\"" : "");
    path = bench_file(&folder, "y.json", itd_buffer_view(&many));
    assert_int_equal(bench_read(&r, path, NULL, false, &error), ITD_OK);
    assert_string_equal(r.notes.data, "kept as they are, not in the model: Person:p0, Person:p1, Person:p2, Person:p3, "
                                      "Person:p4, …\n");
    (void)snprintf(line, sizeof line, "\na Person other=v (p%d\tV) [y] ", ITD_OTHERS_NAMED_MAX);
    assert_non_null(strstr(r.statements.data, line));
    itd_buffer_finish(&many);
    bench_remove(&folder);
    bench_free(&r);
}

/* Entities in entities become entities of their own; other objects their JSON text, where no property is known. */
static void what_is_nested(void **state)
{
    (void)state;
    bench_folder folder;
    bench_result r = {0};
    itd_error error = {0};
    bench_make(&folder);
    const char *path = bench_file(
        &folder, "n.json",
        ITD_SV("{\"id\":\"p\",\"schema\":\"Person\",\"datasets\":[\"d\"],\"properties\":{\"name\":[\"P\"],"
               "\"familyPerson\":["
               "{\"id\":\"f\",\"schema\":\"Family\",\"properties\":{\"person\":[\"p\"],\"relative\":[{\"id\":\"q\","
               "\"schema\":"
               "\"Person\",\"datasets\":[\"e\",\"g\"],\"referents\":[\"r\"],\"last_seen\":\"2024\",\"properties\":{"
               "\"name\":"
               "[\"Q\"]}}]}}],\"mystery\":[{\"id\":\"m\",\"schema\":\"Note\",\"properties\":{}}],\"alias\":[\"A\"]}}\n"
               "{\"id\":\"s\",\"schema\":\"Person\",\"birthCountry\":[\"SA\"],\"links\":{\"self\":\"u\",\"n\":[1,2.50,"
               "true,null,"
               "\"\\\"\"]},\"deep\":[[\"x\"]],\"properties\":{\"name\":\"S\"}}\n"
               "{\"id\":\"t\",\"schema\":\"Person\",\"properties\":{\"name\":[{\"id\":\"n\",\"schema\":\"Person\"}]}}\n"
               "{\"id\":\"u\",\"schema\":\"Person\",\"properties\":{\"a\":[{\"id\":\"n\",\"schema\":\"Persn\"}]}}\n"
               "{\"id\":\"v\",\"schema\":\"Person\",\"properties\":{\"a\":[{\"id\":\"\",\"schema\":\"Person\"}]}}\n"));
    assert_int_equal(bench_read(&r, path, NULL, true, &error), ITD_OK);
    assert_string_equal(
        r.statements.data,
        "p Person id=p [d] n.json:1:0+346\np Person name=P [d] n.json:1:0+346\n"
        "p Person other=m (mystery) [d] n.json:1:0+346\np Person alias=A [d] n.json:1:0+346\n"
        "f Family id=f [n] n.json:1:0+346\nf Family person=p [n] n.json:1:0+346\n"
        "f Family relative=q [n] n.json:1:0+346\nm Note id=m [n] n.json:1:0+346\n"
        "q Person id=q [e ..2024] n.json:1:0+346\nq Person id=r [e ..2024] n.json:1:0+346\n"
        "q Person name=Q [e ..2024] n.json:1:0+346\nq Person id=q [g ..2024] n.json:1:0+346\n"
        "s Person id=s [n] n.json:2:347+140\ns Person birthCountry=SA [n] n.json:2:347+140\n"
        "s Person other={\"self\":\"u\",\"n\":[1,2.50,true,null,\"\\\"\"]} (links) [n] n.json:2:347+140\n"
        "s Person other=[\"x\"] (deep) [n] n.json:2:347+140\ns Person name=S [n] n.json:2:347+140\n");
    assert_string_equal(r.rejects.data, "3:488 t name holds an object, which is no value of it\n"
                                        "4:570 u unknown schema \"Persn\"\n"
                                        "5:648 v the id of a nested entity is empty\n");
    assert_int_equal(r.records, 4); /* p, q, m and s; a Family is a relation */
    bench_remove(&folder);
    bench_free(&r);
}

static void first_reject_ends_the_reading(void **state)
{
    (void)state;
    bench_folder folder;
    bench_result r = {0};
    itd_error error = {0};
    bench_make(&folder);
    const char *path = bench_file(&folder, "x.json",
                                  ITD_SV("{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":\"X\"}}\n"
                                         "{\"id\":\"b\",\"schema\":\"Persn\",\"properties\":{}}\n"));
    assert_int_equal(bench_read(&r, path, NULL, false, &error), ITD_EFORMAT);
    assert_string_equal(error.where, path);
    assert_int_equal(error.line, 2);
    assert_string_equal(error.message, "record b: unknown schema \"Persn\"");
    bench_remove(&folder);
    bench_free(&r);
}

static void statements_keep_every_field(void **state)
{
    (void)state;
    static const char input[] =
        "{\"entity_id\":\"a\",\"record\":\"p\",\"dataset\":\"d\",\"schema\":\"Person\",\"prop\":\"id\",\"value\":\"a\"}"
        "\n"
        "{\"entity_id\":\"b\",\"schema\":\"Person\",\"prop\":\"id\",\"value\":\"b\"}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\",\"value\":\"Kim\",\"original_value\":\"KIM\","
        "\"lang\":\"kor\","
        "\"first_seen\":\"2020\",\"last_seen\":\"2021\",\"origin\":\"o\",\"document\":\"doc\",\"line\":5,\"offset\":0,"
        "\"span\":7,"
        "\"reliability\":\"B\",\"credibility\":\"2\",\"tlp\":\"amber+strict\",\"prop_type\":\"name\",\"canonical_id\":"
        "null}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"n'ae\",\"value\":\"Kim\"}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\"}\n"
        "{\"schema\":\"Person\",\"prop\":\"name\",\"value\":\"x\"}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\",\"value\":\"x\",\"line\":-1}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\",\"value\":\"x\",\"span\":4294967296}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\",\"value\":\"x\",\"reliability\":\"G\"}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\",\"value\":\"x\",\"credibility\":3}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\",\"value\":\"x\",\"tlp\":\"pink\"}\n"
        "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\",\"value\":\"x\",\"what\":1}\n"
        "{\"entity_id\":\"a\",\"schema\":\"P\",\"prop\":\"name\",\"value\":\"x\"}\n";
    static const char *const reasons[] = {"Person has no property \"n'ae\"",
                                          "no value",
                                          "no entity_id",
                                          "line is not a whole number from 0 to 9223372036854775807",
                                          "span is not a whole number from 0 to 4294967295",
                                          "reliability is not a grade from A to F",
                                          "credibility is not a grade from 1 to 6",
                                          "unknown marking \"pink\"",
                                          "unknown key \"what\"",
                                          "unknown schema \"P\""};
    bench_folder folder;
    bench_result r = {0};
    itd_error error = {0};
    bench_make(&folder);
    const char *path = bench_file(&folder, "s.statements.ndjson", itd_sv_of(input));
    assert_int_equal(bench_read(&r, path, NULL, true, &error), ITD_OK);
    assert_string_equal(r.format, "statements");
    assert_string_equal(r.statements.data, "a Person id=a [d of p] :0:-1+0\nb Person id=b [s] :0:-1+0\n"
                                           "a Person name=Kim (KIM) [s 2020..2021] doc:5:0+7\n");
    assert_int_equal(r.records, 1);
    assert_int_equal(r.rejected, sizeof reasons / sizeof reasons[0]);
    const char *at = r.rejects.data;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        const char *found = strstr(at, reasons[i]);
        if (!found)
            fail_msg("\"%s\" is not in its place among\n%s", reasons[i], r.rejects.data);
        at = found;
    }
    bench_remove(&folder);
    bench_free(&r);
}

/* Reads a file into a collection and writes it in one of the two forms. */
static void write_again(itd_buffer *out, const char *path, bool as_statements)
{
    itd_arena arena;
    itd_source_list list;
    itd_collection *all = NULL;
    itd_error error = {0};
    itd_arena_init(&arena, SIZE_MAX);
    assert_int_equal(itd_collection_create(&all, SIZE_MAX, &error), ITD_OK);
    assert_int_equal(itd_sources_plan(&list, &path, 1, NULL, &arena, &error), ITD_OK);
    itd_read read = {
        .source = &list.entries[0].source, .skip_bad = true, .statement = itd_collection_add, .statement_context = all};
    assert_int_equal(read.source->format->read(&read, &error), ITD_OK);
    if (itd_collection_fold(all, &error) != ITD_OK)
        fail_msg("%s: %s", path, error.message);
    itd_buffer_clear(out);
    if (as_statements)
        for (size_t i = 0; i < itd_collection_row_count(all); i++)
            assert_int_equal(itd_ftm_write_statement(out, all, &itd_collection_rows(all)[i], &error), ITD_OK);
    else
        for (size_t i = 0; i < itd_collection_entity_count(all); i++)
            assert_int_equal(itd_ftm_write_entity(out, all, &itd_collection_entities(all)[i], &error), ITD_OK);
    itd_collection_destroy(all);
    itd_arena_finish(&arena);
}

/* Statements come back in every field; entities written again are the same entities. */
static void check_round_trip(const char *path)
{
    for (int as_statements = 0; as_statements < 2; as_statements++) {
        bench_folder folder;
        itd_buffer first = {0}, second = {0};
        bench_make(&folder);
        write_again(&first, path, as_statements);
        assert_true(first.size > 0);
        write_again(&second, bench_file(&folder, "again.json", itd_buffer_view(&first)), as_statements);
        if (!itd_sv_equal(itd_buffer_view(&first), itd_buffer_view(&second))) {
            size_t at = 0;
            while (at < first.size && at < second.size && first.data[at] == second.data[at])
                at++;
            fail_msg("%s (%s): differs at byte %zu: %.120s", path, as_statements ? "statements" : "entities", at,
                     second.data + (at < second.size ? at : 0));
        }
        itd_buffer_finish(&first);
        itd_buffer_finish(&second);
        bench_remove(&folder);
    }
}

static uint64_t random_state;

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014). */
static size_t below(size_t limit)
{
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (size_t)((z ^ (z >> 31)) % limit);
}

static void random_value(itd_buffer *out)
{
    static const char *const pieces[] = {"a",   "Kim", "\\\"",           "\\\\", "\\u00e9", "é",   "김",
                                         "\\n", " ",   "\\ud83d\\ude00", "/",    "{",       "\\t", "\\u0001"};
    (void)itd_buffer_append(out, ITD_SV("\"v"));
    for (size_t n = below(6); n > 0; n--)
        (void)itd_buffer_append(out, itd_sv_of(pieces[below(sizeof pieces / sizeof pieces[0])]));
    (void)itd_buffer_append_char(out, '"');
}

static void random_entities(itd_buffer *out)
{
    for (size_t e = 0; e < 20; e++) {
        itd_schema schema = (itd_schema)below(ITD_SCHEMA_COUNT);
        (void)itd_buffer_format(out, "{\"id\":\"e%zu\",\"schema\":\"%s\",\"properties\":{", e, itd_schema_name(schema));
        unsigned written = 0;
        for (itd_property p = ITD_P_OTHER + 1; p < ITD_PROPERTY_COUNT; p++) {
            if (itd_property_find(schema, itd_sv_of(itd_property_name(p))) != p || below(6) != 0)
                continue;
            (void)itd_buffer_format(out, "%s\"%s\":[", written++ ? "," : "", itd_property_name(p));
            for (size_t n = below(3) + 1; n > 0; n--) {
                random_value(out);
                if (n > 1)
                    (void)itd_buffer_append_char(out, ',');
            }
            (void)itd_buffer_append_char(out, ']');
        }
        static const char *const later[] = {"aaa", "other", "shoeSize", "zz top"};
        for (size_t n = 0; n < 4; n++) {
            if (below(3) != 0)
                continue;
            (void)itd_buffer_format(out, "%s\"%s\":[", written++ ? "," : "", later[n]);
            random_value(out);
            (void)itd_buffer_append_char(out, ',');
            random_value(out);
            (void)itd_buffer_append_char(out, ']');
        }
        (void)itd_buffer_format(out, "}%s%s%s}\n", below(2) ? ",\"datasets\":[\"d\",\"b\"]" : "",
                                below(2) ? ",\"referents\":[\"r\"]" : "", below(2) ? ",\"last_seen\":\"2020\"" : "");
    }
}

static void random_entities_come_back(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        bench_folder folder;
        itd_buffer text = {0};
        random_state = seed;
        random_entities(&text);
        bench_make(&folder);
        check_round_trip(bench_file(&folder, "random.json", itd_buffer_view(&text)));
        bench_remove(&folder);
        itd_buffer_finish(&text);
    }
}

/* Counted in the files by other means: entities, nested ones too, their values, "datasets" past the first and
 * "referents"; records are entities that are no Address, Sanction, Identification or edge. */
static const struct {
    const char *name;
    uint64_t records, rejected, statements;
} real[] = {
    {"ftm/aleph_samples.ijson", 21, 0, 10169},
    {"ftm/eu_authorities.ftm.json", 151, 0, 1361},
    {"ftm/nomenklatura_donations.ijson", 95, 0, 2857},
    {"ftm/sa_wiki_peps.entities.ftm.json.gz", 707, 0, 19662},
    {"ftm/sa_wiki_peps.targets.nested.json", 9, 0, 167},
    {"ftm/yente_delta/t1/entities.ftm.json", 6, 0, 172},
    {"ftm/yente_parteispenden/entities.ftm.json", 96, 0, 2860},
    {"ftm/yente_zala/entities.ftm.json", 17, 0, 2080},
};

static void real_files(void **state)
{
    (void)state;
    char path[4096];
    bench_result r = {0};
    itd_error error = {0};
    for (size_t i = 0; i < sizeof real / sizeof real[0]; i++) {
        if (!bench_data(path, real[i].name)) {
            print_message("%s is not there\n", path);
            skip();
        }
        if (bench_read(&r, path, NULL, true, &error) != ITD_OK)
            fail_msg("%s: %s", path, error.message);
        if (r.records != real[i].records || r.rejected != real[i].rejected || r.statement_count != real[i].statements)
            fail_msg("%s: %llu records, %llu rejected, %llu statements", path, (unsigned long long)r.records,
                     (unsigned long long)r.rejected, (unsigned long long)r.statement_count);
        check_round_trip(path);
    }
    bench_free(&r);
}

static void a_list_of_a_later_model_is_whole(void **state)
{
    (void)state;
    static const struct {
        itd_schema schema;
        size_t count;
    } want[] = {{ITD_S_Sanction, 41}, {ITD_S_Ownership, 14}, {ITD_S_Company, 11},     {ITD_S_Address, 11},
                {ITD_S_Person, 6},    {ITD_S_Family, 4},     {ITD_S_Directorship, 3}, {ITD_S_Passport, 1}};
    char path[4096];
    size_t counts[ITD_SCHEMA_COUNT] = {0}, abbreviations = 0;
    itd_collection *all = NULL;
    itd_error error = {0};
    if (!bench_data(path, "ftm/yente_zala/entities.ftm.json")) {
        print_message("%s is not there\n", path);
        skip();
    }
    itd_source source = {.format = &itd_format_ftm, .paths = {path}};
    itd_read read = {.source = &source, .statement = itd_collection_add};
    assert_int_equal(itd_collection_create(&all, SIZE_MAX, &error), ITD_OK);
    read.statement_context = all;
    if (itd_format_ftm.read(&read, &error) != ITD_OK || itd_collection_fold(all, &error) != ITD_OK)
        fail_msg("%s", error.message);
    assert_int_equal(itd_collection_entity_count(all), 91);
    for (size_t i = 0; i < 91; i++)
        counts[itd_collection_entities(all)[i].schema]++;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
        assert_int_equal(counts[want[i].schema], want[i].count);
    for (size_t i = 0; i < itd_collection_row_count(all); i++) {
        const itd_row *row = &itd_collection_rows(all)[i];
        abbreviations += row->property == ITD_P_OTHER;
        assert_true(row->property != ITD_P_OTHER || itd_sv_is(itd_collection_text(all, row->original), "abbreviation"));
    }
    assert_int_equal(abbreviations, 4);
    itd_collection_destroy(all);
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
    bench_folder folder;
    fault_case c = {0};
    bench_make(&folder);
    c.path = bench_file(&folder, "x.json",
                        ITD_SV("{\"id\":1,\"schema\":\"Person\",\"datasets\":[\"d\",\"e\"],\"referents\":[\"r\"],"
                               "\"properties\":{\"name\":[\"X\",7],\"shoeSize\":43,\"a\":[{\"b\":1},"
                               "{\"id\":\"n\",\"schema\":\"Note\",\"properties\":{}}]}}\n"
                               "{\"id\":\"b\"}\n"));
    assert_true(faults_each(ITD_FAULT_MEMORY, read_once, NULL, &c) > 5);
    c.path = bench_file(&folder, "y.json",
                        ITD_SV("{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"name\",\"value\":3}\n"
                               "{\"entity_id\":\"a\",\"schema\":\"Person\",\"prop\":\"shoeSize\",\"value\":43,"
                               "\"original_value\":\"43 EU\"}\n"));
    assert_true(faults_each(ITD_FAULT_MEMORY, read_once, NULL, &c) > 5);
    bench_free(&c.result);
    bench_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_statements),
        cmocka_unit_test(what_the_model_lacks_is_kept),
        cmocka_unit_test(what_is_nested),
        cmocka_unit_test(first_reject_ends_the_reading),
        cmocka_unit_test(statements_keep_every_field),
        cmocka_unit_test(random_entities_come_back),
        cmocka_unit_test(real_files),
        cmocka_unit_test(a_list_of_a_later_model_is_whole),
        cmocka_unit_test(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("ftm", tests, NULL, NULL);
}
