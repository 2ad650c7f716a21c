#include "read/mapping.h"

#include "support/faults.h"
#include "support/read_bench.h"

static void a_mapping_comes_back_as_written(void **state)
{
    (void)state;
    /* First as a person writes it, then as it is rendered; the second has to be its own rendering. */
    static const char *const rows[][2] = {
        {"# mine\nname = column Name\r\n\n", "schema LegalEntity\nname = column \"Name\"\nrest notes\n"},
        {"schema Person # people\nschema column \"Art\"\ntype firm Company\ntype \"Schiff \\\"X\\\"\" Vessel\ndataset "
         "d\n"
         "delimiter semicolon\nencoding windows-1252\nid column A column B\nids whole\n"
         "name = column \"First\" column \"Last\"\nbirthDate = column DOB date day-first split \"/\\t\"\ncountry = "
         "\"kp\"\n"
         "address = \"No. \" column Nr join \"\"\nrest drop",
         "schema Person\nschema column \"Art\"\ntype \"firm\" Company\ntype \"Schiff \\\"X\\\"\" Vessel\ndataset "
         "\"d\"\n"
         "delimiter semicolon\nencoding windows-1252\nid column \"A\" column \"B\" join \"-\"\nids whole\n"
         "name = column \"First\" column \"Last\" join \" \"\nbirthDate = column \"DOB\" split \"/\\t\" date "
         "day-first\n"
         "country = \"kp\"\naddress = \"No. \" column \"Nr\" join \"\"\nrest drop\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_arena arena;
        itd_mapping mapping;
        itd_error error = {0};
        itd_arena_init(&arena, SIZE_MAX);
        for (int pass = 0; pass < 2; pass++) {
            itd_buffer text = {0};
            if (itd_mapping_parse(&mapping, itd_sv_of(rows[i][pass]), "m", &arena, &error) != ITD_OK)
                fail_msg("%s", error.message);
            itd_mapping_render(&text, &mapping);
            (void)itd_buffer_append_char(&text, '\0');
            assert_string_equal(text.data, rows[i][1]);
            itd_buffer_finish(&text);
        }
        itd_arena_finish(&arena);
    }
}

static void what_is_wrong_in_a_mapping(void **state)
{
    (void)state;
    static const struct {
        itd_sv text;
        uint64_t line;
        const char *message;
    } rows[] = {
        {ITD_SV(""), 0, "mapping has no rule such as: name = column \"Name\""},
        {ITD_SV("\nnmae = column x"), 2, "no schema has a property \"nmae\""},
        {ITD_SV("id2 = column x"), 1, "no schema has a property \"id2\""},
        {ITD_SV("name column x"), 1, "\"=\" is missing after \"name\""},
        {ITD_SV("name = "), 1, "no column and no text"},
        {ITD_SV("name = column"), 1, "the name of a column is missing"},
        {ITD_SV("name = column \"\""), 1, "the name of a column is empty"},
        {ITD_SV("name = \"\""), 1, "a text is empty"},
        {ITD_SV("name = x"), 1, "neither column, a \"text\", join, split nor date: \"x\""},
        {ITD_SV("name = column x split \"\""), 1, "the text to split at is empty"},
        {ITD_SV("name = column x date tuesday"), 1, "unknown form of dates \"tuesday\""},
        {ITD_SV("name = column \"x"), 1, "a quote is not closed"},
        {ITD_SV("name = column \"x\\q\""), 1, "after a backslash only \", \\, t and n can stand"},
        {ITD_SV("\"name\" = column x"), 1, "a line starts with a word, not a text"},
        {ITD_SV("schema Persn"), 1, "unknown schema \"Persn\""},
        {ITD_SV("schema"), 1, "the name of a schema is missing"},
        {ITD_SV("schema Person Company"), 1, "not expected here: \"Company\""},
        {ITD_SV("type x"), 1, "the name of a schema is missing"},
        {ITD_SV("delimiter ;"), 1, "a delimiter is comma, semicolon, tab or pipe, not \";\""},
        {ITD_SV("encoding latin"), 1, "unknown word \"latin\""},
        {ITD_SV("rest"), 1, "a word is missing"},
        {ITD_SV("name = column x\0"), 0, "NUL byte"},
        {ITD_SV("name = column \xFF"), 0, "invalid UTF-8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_arena arena;
        itd_mapping mapping;
        itd_error error = {0};
        itd_arena_init(&arena, SIZE_MAX);
        itd_status status = itd_mapping_parse(&mapping, rows[i].text, "m", &arena, &error);
        if (status != ITD_EFORMAT || error.line != rows[i].line || strcmp(error.message, rows[i].message) != 0)
            fail_msg("row %zu: %s %llu \"%s\"", i, itd_status_name(status), (unsigned long long)error.line,
                     error.message);
        itd_arena_finish(&arena);
    }
}

static void limits_are_reached(void **state)
{
    (void)state;
    static const struct {
        const char *start, *again, *limit;
        size_t most;
    } rows[] = {
        {"", "name = column x\n", "ITD_MAPPING_RULES_MAX", ITD_MAPPING_RULES_MAX},
        {"name = column x\n", "type a Person\n", "ITD_MAPPING_TYPES_MAX", ITD_MAPPING_TYPES_MAX},
        {"name =", " column x", "ITD_MAPPING_PIECES_MAX", ITD_MAPPING_PIECES_MAX},
        {"name = column x\n", "#", "ITD_MAPPING_BYTES_MAX", ITD_MAPPING_BYTES_MAX - 16},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t more = 0; more < 2; more++) {
            itd_arena arena;
            itd_mapping mapping;
            itd_error error = {0};
            itd_buffer text = {0};
            itd_arena_init(&arena, SIZE_MAX);
            (void)itd_buffer_append(&text, itd_sv_of(rows[i].start));
            for (size_t n = 0; n < rows[i].most + more; n++)
                (void)itd_buffer_append(&text, itd_sv_of(rows[i].again));
            itd_status status = itd_mapping_parse(&mapping, itd_buffer_view(&text), "m", &arena, &error);
            assert_int_equal(status, more ? ITD_ELIMIT : ITD_OK);
            assert_true(!more || strstr(error.message, rows[i].limit));
            itd_buffer_finish(&text);
            itd_arena_finish(&arena);
        }
}

static void dates_that_mean_one_thing(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        itd_date_form form;
        const char *want;
    } rows[] = {
        {"1964-03-27", ITD_DATE_ANY, "1964-03-27"},
        {"19640327", ITD_DATE_ANY, "1964-03-27"},
        {"1964/03/27", ITD_DATE_ANY, "1964-03-27"},
        {"1964.03.27", ITD_DATE_ANY, "1964-03-27"},
        {"1964", ITD_DATE_ANY, "1964"},
        {"27/03/1964", ITD_DATE_ANY, "1964-03-27"},
        {"03/27/1964", ITD_DATE_ANY, "1964-03-27"},
        {"04/03/1964", ITD_DATE_ANY, "1964"},
        {"04/04/1964", ITD_DATE_ANY, "1964-04-04"},
        {"04.03.1964", ITD_DATE_ANY, "1964-03-04"},
        {"27 Mar 1964", ITD_DATE_ANY, "1964-03-27"},
        {"04/03/1964", ITD_DATE_DAY_FIRST, "1964-03-04"},
        {"04/03/1964", ITD_DATE_MONTH_FIRST, "1964-04-03"},
        {"1964-03", ITD_DATE_ISO, "1964-03"},
        {"04/03/1964", ITD_DATE_ISO, NULL},
        {"Mar 1964", ITD_DATE_ENGLISH, "1964-03"},
        {"circa", ITD_DATE_ANY, NULL},
        {"99999999", ITD_DATE_ANY, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_date date;
        char text[ITD_DATE_TEXT_MAX];
        bool read = itd_mapping_date(&date, itd_sv_of(rows[i].text), rows[i].form);
        if (read != (rows[i].want != NULL) || (read && !itd_sv_is(itd_date_format(text, date), rows[i].want)))
            fail_msg("%s", rows[i].text);
    }
}

static void words_of_headers(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"Full Name", "name"},
        {"full_name", "name"},
        {"  D.O.B. ", "birthDate"},
        {"Prénom", "firstName"},
        {"PRÉNOM", "firstName"},
        {"ФАМИЛИЯ", "lastName"},
        {"Імʼя", NULL},
        {"ІМ'Я", "name"},
        {"国籍", "nationality"},
        {"Passport No.", "passportNumber"},
        {"IMO-Number", "imoNumber"},
        {"Type", "@schema"},
        {"Customer ID", "@id"},
        {"nonsense", NULL},
        {"", NULL},
        {"...", NULL},
    };
    bool many;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *meaning = itd_mapping_word(itd_sv_of(rows[i][0]), &many);
        if (!meaning != !rows[i][1] || (meaning && strcmp(meaning, rows[i][1]) != 0))
            fail_msg("%s: %s", rows[i][0], meaning ? meaning : "not known");
    }
    char longest[400];
    memset(longest, 'n', sizeof longest);
    assert_null(itd_mapping_word(itd_sv_make(longest, sizeof longest), &many));
    assert_int_equal(itd_mapping_delimiter(ITD_SV("\"a,b,c\";d\nx,y,z,w")), ';');
    assert_int_equal(itd_mapping_delimiter(ITD_SV("a|b|c")), '|');
    assert_int_equal(itd_mapping_delimiter(ITD_SV("a")), ',');
}

typedef struct table_case {
    const char *what, *name, *content, *map, *statements, *rejects;
} table_case;

static const table_case tables[] = {
    {"guessed: quotes, line ends inside, several values, types, what is left", "t.csv",
     "ID,Type,Name,aliases,DOB,Country,IMO,Mood\r\n7,vessel,\"Chong \"\"C\"\"\",\"A;\r\nB\",,North "
     "Korea,7937317,calm\r\n",
     NULL,
     "t-7 Vessel id=t-7 [t] t.csv:2:43+0\nt-7 Vessel name=Chong \"C\" [t] t.csv:2:43+56\n"
     "t-7 Vessel alias=A [t] t.csv:2:43+56\nt-7 Vessel alias=B [t] t.csv:2:43+56\n"
     "t-7 Vessel country=kp (North Korea) [t] t.csv:2:43+56\nt-7 Vessel imoNumber=7937317 [t] t.csv:2:43+56\n"
     "t-7 Vessel notes=Mood: calm [t] t.csv:2:43+56\n",
     ""},
    {"guessed: the key of a node", "t.csv", "node_id,name,country\n12,Two,Malta\n", NULL,
     "t-12 LegalEntity id=t-12 [t] t.csv:2:21+0\nt-12 LegalEntity name=Two [t] t.csv:2:21+12\n"
     "t-12 LegalEntity country=mt (Malta) [t] t.csv:2:21+12\n",
     ""},
    {"by a mapping: key of two columns, constant, join, date, whole ids; bad rows", "t.csv",
     "a;b;c;d\n1;2;x;04.03.1964\n;;y;\n3;4;v;w;z\n5;6;\"q\n",
     "schema Person\ndelimiter semicolon\nids whole\nid column a column b\nname = \"Mr\" column c\nbirthDate = column "
     "d date "
     "day-first\ncountry = \"Syria\"\nrest drop\n",
     "1-2 Person id=1-2 [t] t.csv:2:8+0\n1-2 Person name=Mr x [t] t.csv:2:8+16\n"
     "1-2 Person birthDate=1964-03-04 (04.03.1964) [t] t.csv:2:8+16\n1-2 Person country=sy (Syria) [t] t.csv:2:8+16\n",
     "3:25  record has no key\n4:30  the row has more fields than the header has columns\n5:44  a quote"},
    {"JSON lines: arrays, numbers, what is left, nested", "t.json",
     "{\"id\":1,\"name\":[\"A\",null,\"B\"],\"dob\":1970,\"mood\":[\"x\",\"\",2]}\n{\"id\":2,\"name\":\"C\",\"deep\":{"
     "\"a\":1}}\n{\"name\":\"D\"}\n",
     NULL,
     "t-1 Person id=t-1 [t] t.json:1:0+0\nt-1 Person name=A [t] t.json:1:0+59\nt-1 Person name=B [t] t.json:1:0+59\n"
     "t-1 Person birthDate=1970 [t] t.json:1:0+59\nt-1 Person notes=mood: x [t] t.json:1:0+59\nt-1 Person notes=mood: "
     "2 [t] t.json:1:0+59\n",
     "2:60 2 \"deep\" holds an object: a mapping takes texts and numbers\n3:95  record has no key\n"},
};

static void tables_become_statements(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        bench_folder folder;
        bench_result r = {0};
        itd_error error = {0};
        bench_make(&folder);
        const char *path = bench_file(&folder, tables[i].name, itd_sv_of(tables[i].content));
        const char *map = tables[i].map ? bench_file(&folder, "m.map", itd_sv_of(tables[i].map)) : NULL;
        if (bench_read(&r, path, map, true, &error) != ITD_OK)
            fail_msg("%s: %s", tables[i].what, error.message);
        if (strcmp(r.statements.data, tables[i].statements) != 0)
            fail_msg("%s: gives\n%s", tables[i].what, r.statements.data);
        if (strncmp(r.rejects.data, tables[i].rejects, strlen(tables[i].rejects)) != 0)
            fail_msg("%s: rejects\n%s", tables[i].what, r.rejects.data);
        bench_free(&r);
        bench_remove(&folder);
    }
}

static void rows_without_a_key(void **state)
{
    (void)state;
    bench_folder folder;
    bench_result r = {0};
    itd_error error = {0};
    bench_make(&folder);
    const char *path = bench_file(&folder, "t.csv", ITD_SV("name,country\nA,ru\nA,ru\nB,ru\n"));
    assert_int_equal(bench_read(&r, path, NULL, false, &error), ITD_OK);
    assert_int_equal(r.records, 3);
    char first[64], second[64], third[64];
    assert_int_equal(sscanf(r.statements.data, "%60s", first), 1);
    const char *at = strstr(strstr(r.statements.data, "country"), "\n") + 1;
    assert_int_equal(sscanf(at, "%60s", second), 1);
    assert_int_equal(sscanf(strstr(strstr(at, "country"), "\n") + 1, "%60s", third), 1);
    assert_string_equal(first, second);
    assert_string_not_equal(first, third);
    assert_true(strncmp(first, "t-row", 5) == 0 && strlen(first) == 21);
    bench_free(&r);
    bench_remove(&folder);
}

/* JSON lines have keys in any order; what they say is hashed as it stands. */
static void lines_without_a_key(void **state)
{
    (void)state;
    bench_folder folder;
    bench_result r = {0};
    itd_error error = {0};
    bench_make(&folder);
    const char *path = bench_file(
        &folder, "t.json",
        ITD_SV("\xEF\xBB\xBF{\"a\":\"x\",\"kind\":\"ship\",\"deep\":[[1]]}\n{\"a\":\"x\",\"kind\":\"?\"}\n"));
    const char *map =
        bench_file(&folder, "m.map",
                   ITD_SV("schema Person\nschema column kind\nname = column a\nemail = column kind\nrest drop\n"));
    assert_int_equal(bench_read(&r, path, map, false, &error), ITD_OK);
    assert_string_equal(r.format, "jsonl");
    assert_int_equal(r.records, 2);
    assert_non_null(strstr(r.statements.data, " Vessel name=x ["));
    assert_non_null(strstr(r.statements.data, " Vessel notes=email: ship ["));
    assert_non_null(strstr(r.statements.data, " Person email=? ["));
    bench_free(&r);
    bench_remove(&folder);
}

/* A guess from keys of which none is a name; only a user who names the format gets here. */
static void nothing_to_guess_from(void **state)
{
    (void)state;
    static const itd_format *const formats[] = {&itd_format_csv, &itd_format_jsonl, &itd_format_csv};
    bench_folder folder;
    bench_make(&folder);
    const char *paths[] = {bench_file(&folder, "t.csv", ITD_SV("a,b\n1,2\n")),
                           bench_file(&folder, "t.json", ITD_SV("{\"a\":1}\n")),
                           bench_file(&folder, "t.yaml", ITD_SV("Vessel:\n  label: Vessel\n"))};
    for (size_t i = 0; i < 3; i++) {
        itd_source source = {.format = formats[i], .paths = {paths[i]}};
        itd_read read = {.source = &source, .dataset = ITD_SV("d"), .statement = bench_on_statement};
        itd_error error = {0};
        assert_int_equal(formats[i]->read(&read, &error), ITD_EFORMAT);
        assert_string_equal(error.where, paths[i]);
        assert_non_null(strstr(error.message, "a mapping file is needed"));
    }
    bench_remove(&folder);
}

static void headers_that_do_not_fit(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"a,b\n1,2\n", "name = column c\n", "the header has no column \"c\""},
        {"", "name = column c\n", NULL},
        {"\"a\n", "name = column a\n", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench_folder folder;
        bench_result r = {0};
        itd_error error = {0};
        bench_make(&folder);
        const char *path = bench_file(&folder, "t.csv", itd_sv_of(rows[i][0]));
        const char *map = bench_file(&folder, "m.map", itd_sv_of(rows[i][1]));
        assert_int_equal(bench_read(&r, path, map, true, &error), ITD_EFORMAT);
        assert_string_equal(error.where, path);
        assert_true(!rows[i][2] || strcmp(error.message, rows[i][2]) == 0);
        bench_free(&r);
        bench_remove(&folder);
    }
}

/* Rows counted in the files by other means. */
static void real_files(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint64_t records;
    } rows[] = {
        {"ftm/opensanctions_csv/interpol_red_notices.targets.simple.csv.gz", 6561},
        {"ftm/opensanctions_csv/ua_war_sanctions.targets.simple.csv.gz", 5600},
        {"lists/other/us_dod_chinese_military_companies.csv", 397},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char path[4096];
        bench_result r = {0};
        itd_error error = {0};
        if (!bench_data(path, rows[i].name)) {
            print_message("%s is not there\n", path);
            skip();
        }
        if (bench_read(&r, path, NULL, false, &error) != ITD_OK)
            fail_msg("%s: %s", path, error.message);
        assert_int_equal(r.records, rows[i].records);
        bench_free(&r);
    }
}

typedef struct fault_case {
    const char *path, *map;
    bench_result result;
} fault_case;

static itd_status read_once(void *context, itd_error *error)
{
    fault_case *c = context;
    return bench_read(&c->result, c->path, c->map, true, error);
}

static void memory_fails_in_turn(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        bench_folder folder;
        fault_case c = {0};
        bench_make(&folder);
        c.path = bench_file(&folder, tables[i].name, itd_sv_of(tables[i].content));
        c.map = tables[i].map ? bench_file(&folder, "m.map", itd_sv_of(tables[i].map)) : NULL;
        assert_true(faults_each(ITD_FAULT_MEMORY, read_once, NULL, &c) > 20);
        bench_free(&c.result);
        bench_remove(&folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mapping_comes_back_as_written),
        cmocka_unit_test(what_is_wrong_in_a_mapping),
        cmocka_unit_test(limits_are_reached),
        cmocka_unit_test(dates_that_mean_one_thing),
        cmocka_unit_test(words_of_headers),
        cmocka_unit_test(tables_become_statements),
        cmocka_unit_test(rows_without_a_key),
        cmocka_unit_test(lines_without_a_key),
        cmocka_unit_test(nothing_to_guess_from),
        cmocka_unit_test(headers_that_do_not_fit),
        cmocka_unit_test(real_files),
        cmocka_unit_test(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("mapping", tests, NULL, NULL);
}
