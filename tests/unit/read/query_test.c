#include "read/query.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/input.h"
#include "support/faults.h"

/* A question as text: id|schema|query|property=value,… */
static void show(itd_buffer *out, itd_sv id, itd_sv text, const itd_entity *e)
{
    (void)itd_buffer_format(out, "%.*s|%s|%.*s|", ITD_SV_ARG(id), itd_schema_name(e->schema), ITD_SV_ARG(text));
    for (size_t i = 0; i < e->value_count; i++)
        (void)itd_buffer_format(out, "%s%s=%.*s", i ? "," : "", itd_property_name(e->values[i].property),
                                ITD_SV_ARG(e->values[i].value));
    (void)itd_buffer_append_char(out, '\n');
}

typedef struct run {
    itd_sv input;
    const char *map;
    itd_buffer out, note;
} run;

static itd_status read_all(void *context, itd_error *error)
{
    run *r = context;
    itd_query_reader *reader = NULL;
    itd_arena arena;
    bool more = true;
    itd_arena_init(&arena, SIZE_MAX);
    itd_buffer_clear(&r->out);
    itd_buffer_clear(&r->note);
    itd_status status = itd_query_reader_open_memory(&reader, "in", r->input, r->map, error);
    if (status == ITD_OK && !itd_buffer_format(&r->note, "%s", itd_query_reader_note(reader)))
        status = itd_fail_memory(error);
    while (status == ITD_OK && more) {
        itd_query q = {0};
        const char *passed;
        status = itd_query_next(&q, &more, reader, &arena, error);
        if (status == ITD_OK)
            status = itd_query_reader_passed_over(&passed, reader, error);
        if (status == ITD_OK && more) {
            assert_true(itd_sv_equal(q.id, q.entity.id));
            show(&r->out, q.id, q.text, &q.entity);
        }
    }
    itd_query_reader_close(reader);
    itd_arena_finish(&arena);
    if (status == ITD_OK && (r->out.failed || r->note.failed || !itd_buffer_append_char(&r->out, '\0')))
        status = itd_fail_memory(error);
    return status;
}

static void free_run(run *r)
{
    itd_buffer_finish(&r->out);
    itd_buffer_finish(&r->note);
}

static const struct {
    const char *what, *input, *want;
} rows[] = {
    {"nothing", "", ""},
    {"bare names, commas included, blank lines counted", "KIM, Jong Un\r\n\r\n  \n Third Floor \n",
     "1|Thing|KIM, Jong Un|name=KIM, Jong Un\n4|Thing|Third Floor|name=Third Floor\n"},
    {"a byte order mark, no line end", "\xEF\xBB\xBFKorea Daesong Bank",
     "1|Thing|Korea Daesong Bank|name=Korea Daesong Bank\n"},
    {"markup that is no document is a name", "<b>Kim</b>\n", "1|Thing|<b>Kim</b>|name=<b>Kim</b>\n"},
    {"markup that ends where it begins is a name", "<b/>\n", "1|Thing|<b/>|name=<b/>\n"},
    {"one header word is a header", "name\n\"KIM, Jong Un\"\nRI, Sol Ju\n",
     "2|Thing|KIM, Jong Un|name=KIM, Jong Un\n3|Thing|RI, Sol Ju|name=RI, Sol Ju\n"},
    {"a first line that is no header", "Smith, John\nname, x\n",
     "1|Thing|Smith, John|name=Smith, John\n2|Thing|name, x|name=name, x\n"},
    {"CSV with known columns",
     "Customer ID;Full Name;Date of Birth;Nationality;Segment\n7;\"Pak, Song Chol\";27.03.1964;North "
     "Korea;retail\n\n;X;;;\n",
     "7|Thing|Pak, Song Chol|name=Pak, Song Chol,birthDate=1964-03-27,nationality=kp\n4|Thing|X|name=X\n"},
    {"CSV with first and last names, and a type",
     "id,type,first name,last name,imo\na,individual,Jong Un,Kim,\nb,vessel,,Chong Chon Gang,7937317\n",
     "a|Person|Jong Un Kim|firstName=Jong Un,lastName=Kim,name=Jong Un Kim\n"
     "b|Vessel|Chong Chon Gang|notes=lastName: Chong Chon Gang,imoNumber=7937317,name=Chong Chon Gang\n"},
    {"several values in a column", "id,name,aliases,countries\n1,Zao,Alpha; Beta ;;Gamma,ru;Syria\n",
     "1|Thing|Zao|name=Zao,alias=Alpha,alias=Beta,alias=Gamma,country=ru,country=sy\n"},
    {"FollowTheMoney",
     "{\"id\":\"Q1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A\",\"B\"],\"birthDate\":[\"1970\"]}}\n",
     "Q1|Person|A|name=A,name=B,birthDate=1970\n"},
    {"FollowTheMoney without a schema; a property that is not known",
     "{\"id\":7,\"properties\":{\"imoNumber\":\"7937317\",\"name\":\"S\",\"nothing\":[1]}}",
     "7|Thing|S|imoNumber=7937317,name=S\n"},
    {"simple, one without an id",
     "{\"name\":\"Kim\"}\n\n{\"id\":\"x\",\"name\":[\"A\",\"B\"],\"schema\":\"company\",\"lei\":\"L\",\"extra\":{\"a\":"
     "1}}\n",
     "1|Thing|Kim|name=Kim\nx|Company|A|name=A,name=B,leiCode=L\n"},
    {"synonyms",
     "{\"customer_id\":12,\"full_name\":\"K\",\"dob\":\"19700102\",\"passport\":[\"A1\",null,\"\"],\"type\":"
     "\"individual\",\"country\":\"DPRK\"}",
     "12|Person|K|name=K,birthDate=1970-01-02,passportNumber=A1,country=kp\n"},
    {"first and last name", "{\"first_name\":\"Jong Un\",\"surname\":\"Kim\",\"sex\":\"M\"}",
     "1|Thing|Jong Un Kim|firstName=Jong Un,lastName=Kim,gender=male,name=Jong Un Kim\n"},
    {"only an identifier", "{\"imo\":7937317}", "1|Thing|7937317|imoNumber=7937317\n"},
    {"other scripts", "{\"имя\":\"Ким\"}\n{\"姓名\":\"金\"}\n", "1|Thing|Ким|name=Ким\n2|Thing|金|name=金\n"},
};

static void questions_of_every_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        run r = {.input = itd_sv_of(rows[i].input)};
        itd_error error = {0};
        if (read_all(&r, &error) != ITD_OK)
            fail_msg("%s: %s", rows[i].what, error.message);
        if (strcmp(r.out.data, rows[i].want) != 0)
            fail_msg("%s: gives\n%s", rows[i].what, r.out.data);
        free_run(&r);
    }
}

static void what_is_no_question(void **state)
{
    (void)state;
    static const struct {
        itd_sv input;
        uint64_t line;
        const char *message;
    } bad[] = {
        {ITD_SV("%PDF-1.7 x"), 0, "no questions: it looks like a PDF"},
        {ITD_SV("<?xml version=\"1.0\"?><a/>"), 0, "no questions: it looks like XML of another kind"},
        {ITD_SV("<!DOCTYPE html><html>"), 0, "no questions: it looks like an HTML page"},
        {ITD_SV("<LIST generated=\"2024\">\n  <NAME>Kim</NAME>\n</LIST>\n"), 0,
         "no questions: it looks like XML of another kind"},
        {ITD_SV("K\0i\0m\0 \0J\0o\0n\0g\0"), 0, "no questions: it looks like UTF-16 text"},
        {ITD_SV("PK\x03\x04\0\0\0\0"), 0,
         "no questions: it looks like a ZIP archive (an xlsx, ods or docx document is one too)"},
        {ITD_SV("[{\"name\":\"x\"}]"), 0,
         "no questions: it looks like a JSON array (one object a line is what can be read)"},
        {ITD_SV("Kim\nK\xE9m\n"), 2, "invalid UTF-8 in name at its byte 1"},
        {ITD_SV("{\"name\":\"x\"}\n{\"name\":\n"), 2, NULL},
        {ITD_SV("{\"name\":\"x\"}\nKim\n"), 2, NULL},
        {ITD_SV("{\"name\":\"x\"}\n[1]\n"), 2, "not a JSON object"},
        {ITD_SV("{\"name\":\"x\"}\n{\"id\":\"1\"}\n"), 2, "neither a name nor anything else to ask for"},
        {ITD_SV("{\"name\":{\"a\":1}}"), 1, "name holds an object, which is no value of it"},
        {ITD_SV("{\"name\":\"x\",\"schema\":\"Persn\"}"), 1, "unknown schema \"Persn\""},
        {ITD_SV("{\"name\":\"x\",\"schema\":5}"), 1, "the schema is not a text"},
        {ITD_SV("{\"name\":\"a\\u0000b\"}"), 1, "NUL byte in name at its byte 1"},
        {ITD_SV("{\"properties\":[]}"), 1, "properties is not an object"},
        {ITD_SV("{\"id\":[1],\"name\":\"x\"}"), 1, "the id is not a text"},
        {ITD_SV("id,name\n1,a\n2,b,c\n"), 3, "the row has more fields than the header has columns"},
        {ITD_SV("id,name\n1,a\n2,\n"), 3, "neither a name nor anything else to ask for"},
        {ITD_SV("id,name\n1,a\n2,\"x"), 3, NULL},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        run r = {.input = bad[i].input};
        itd_error error = {0};
        itd_status status = read_all(&r, &error);
        if (status != ITD_EFORMAT || error.line != bad[i].line || strcmp(error.where, "in") != 0 ||
            (bad[i].message && strcmp(error.message, bad[i].message) != 0))
            fail_msg("row %zu: %s, %s:%llu \"%s\"", i, itd_status_name(status), error.where,
                     (unsigned long long)error.line, error.message);
        free_run(&r);
    }
}

static void notes_say_how_it_was_taken(void **state)
{
    (void)state;
    static const char *const notes[][2] = {
        {"Kim\n", ""},
        {"{\"name\":\"x\",\"mood\":1}\n{\"mood\":2,\"hat\":3,\"dob\":\"1970\"}\n", "not used: \"mood\", \"hat\""},
        {"{\"id\":\"1\",\"properties\":{\"name\":\"x\",\"mood\":[]}}\n", "not used: \"mood\""},
        /* A word that a simple question may use is no property of FollowTheMoney. */
        {"{\"properties\":{\"name\":\"x\",\"dob\":[],\"nmae\":[],\"birthdate\":[]}}\n",
         "not used: \"dob\" (did you mean birthDate?), \"nmae\" (did you mean name?), \"birthdate\" (did you mean "
         "birthDate?)"},
        {"id,type,Full name,mood\n",
         "columns guessed: id = \"id\", schema = \"type\", name = \"Full name\"; not used: \"mood\""},
    };
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        run r = {.input = itd_sv_of(notes[i][0])};
        itd_query_reader *reader = NULL;
        assert_int_equal(itd_query_reader_open_memory(&reader, "in", r.input, NULL, NULL), ITD_OK);
        assert_string_equal(itd_query_reader_note(reader), notes[i][1]);
        itd_query_reader_close(reader);
    }
}

/* Reads on after each record that is no question; gives what was passed over. */
static void read_with_leavings(itd_sv input, uint64_t *asked, uint64_t *bad, char *passed, size_t size)
{
    itd_query_reader *reader = NULL;
    itd_query q;
    itd_arena arena;
    const char *text = NULL;
    bool more = true;
    itd_arena_init(&arena, SIZE_MAX);
    *asked = *bad = 0;
    assert_int_equal(itd_query_reader_open_memory(&reader, "in", input, NULL, NULL), ITD_OK);
    while (more) {
        if (itd_query_next(&q, &more, reader, &arena, NULL) == ITD_OK)
            *asked += more;
        else if (itd_query_reader_goes_on(reader))
            ++*bad;
        else
            break;
    }
    assert_false(more);
    assert_int_equal(itd_query_reader_passed_over(&text, reader, NULL), ITD_OK);
    assert_true(snprintf(passed, size, "%s", text) < (int)size);
    itd_query_reader_close(reader);
    itd_arena_finish(&arena);
}

static void what_is_passed_over_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *input;
        uint64_t asked, bad;
        const char *passed;
    } cases[] = {
        {"", 0, 0, ""},
        {"Kim\n", 1, 0, ""},
        {"\n", 0, 0, "1 blank line passed over"},
        {"\nKim\n\t \r\n\nLee", 2, 0, "3 blank lines passed over"},
        {"Kim\nK\xE9m\nLee\n", 2, 1, ""},
        {"id,name,country\n\n1,Kim,kp\n,, \n2,\"\",\"\"\n3,Lee,xyzzy\n4,a,b,c\n5,\"x", 2, 3,
         "1 blank line passed over; 1 value could not be read and is not compared, first: country \"xyzzy\" in line "
         "6"},
        {"{\"name\":\"x\",\"dob\":\"32/13/"
         "1999\"}\n{\"name\":\n{\"name\":\"\"}\n\n{\"name\":\"y\",\"country\":[\"Nowhere"
         "\",\"kp\"]}",
         2, 2,
         "1 blank line passed over; 2 values could not be read and are not compared, first: birthDate \"32/13/1999\" "
         "in "
         "line 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t asked, bad;
        char passed[256];
        read_with_leavings(itd_sv_of(cases[i].input), &asked, &bad, passed, sizeof passed);
        if (asked != cases[i].asked || bad != cases[i].bad || strcmp(passed, cases[i].passed) != 0)
            fail_msg("row %zu: %llu asked, %llu bad, \"%s\"", i, (unsigned long long)asked, (unsigned long long)bad,
                     passed);
    }
}

/* Keys that the first look did not reach are named with their line; past the cap they are counted. */
static void keys_that_come_later_are_named(void **state)
{
    (void)state;
    itd_buffer text = {0};
    uint64_t asked, bad;
    char passed[2048];
    (void)itd_buffer_append(&text, ITD_SV("{\"name\":\"x\",\"mood\":1}\n"));
    uint64_t line = 2;
    for (; text.size < ITD_INPUT_PEEK_MAX; line++)
        (void)itd_buffer_append(&text, ITD_SV("{\"name\":\"somebody\"}\n"));
    (void)itd_buffer_format(&text, "{\"name\":\"x\",\"mood\":1,\"birthdat\":1}\n{\"properties\":{\"name\":\"x\"");
    for (int i = 0; i < 16; i++)
        (void)itd_buffer_format(&text, ",\"zzzzzzzz%02d\":1", i);
    (void)itd_buffer_append(&text, ITD_SV("}}\n"));
    read_with_leavings(itd_buffer_view(&text), &asked, &bad, passed, sizeof passed);
    assert_int_equal(asked, line + 1);
    assert_int_equal(bad, 0);
    char want[128];
    (void)snprintf(want, sizeof want,
                   "also not used: \"birthdat\" (line %llu; did you mean birthDate?), \"zzzzzzzz00\"",
                   (unsigned long long)line);
    if (strncmp(passed, want, strlen(want)) != 0)
        fail_msg("%s", passed);
    assert_non_null(strstr(passed, "\"zzzzzzzz13\""));
    assert_null(strstr(passed, "zzzzzzzz14"));
    assert_non_null(strstr(passed, "; other keys that are not used: 2 times"));
    itd_buffer_finish(&text);
}

static void too_many_values(void **state)
{
    (void)state;
    itd_buffer text = {0};
    itd_error error = {0};
    for (size_t n = ITD_QUERY_VALUES_MAX; n <= ITD_QUERY_VALUES_MAX + 1; n++) {
        itd_buffer_clear(&text);
        (void)itd_buffer_append(&text, ITD_SV("{\"name\":["));
        for (size_t i = 0; i < n; i++)
            (void)itd_buffer_append(&text, i ? ITD_SV(",\"n\"") : ITD_SV("\"n\""));
        (void)itd_buffer_append(&text, ITD_SV("]}"));
        run r = {.input = itd_buffer_view(&text)};
        assert_int_equal(read_all(&r, &error), n == ITD_QUERY_VALUES_MAX ? ITD_OK : ITD_ELIMIT);
        free_run(&r);
    }
    assert_int_equal(error.line, 1);
    itd_buffer_finish(&text);
}

static void pairs(void **state)
{
    (void)state;
    static const char input[] = "{\"id\":\"p1\",\"left\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"A\"]}},"
                                "\"right\":{\"id\":\"r\",\"name\":\"B\"}}\n"
                                "\n{\"left\":{},\"right\":{\"properties\":{}}}\n{\"id\":3,\"left\":{},\"right\":1}\n";
    itd_pair_reader *reader = NULL;
    itd_pair pair = {0};
    itd_error error;
    itd_arena arena;
    bool more = false;
    itd_buffer out = {0};
    itd_arena_init(&arena, SIZE_MAX);
    assert_int_equal(itd_pair_reader_open_memory(&reader, "in", itd_sv_of(input), &error), ITD_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(itd_pair_next(&pair, &more, reader, &arena, &error), ITD_OK);
        assert_true(more);
        show(&out, pair.id, pair.left.id, &pair.left);
        show(&out, pair.id, pair.right.id, &pair.right);
    }
    (void)itd_buffer_append_char(&out, '\0');
    assert_string_equal(out.data, "p1|Person||name=A\np1|Thing|r|name=B\n3|Thing||\n3|Thing||\n");
    assert_int_equal(itd_pair_next(&pair, &more, reader, &arena, &error), ITD_EFORMAT);
    assert_int_equal(error.line, 4);
    assert_string_equal(error.message, "\"right\" is not an entity");
    assert_int_equal(itd_pair_next(&pair, &more, reader, &arena, &error), ITD_OK);
    assert_false(more);
    itd_pair_reader_close(reader);
    itd_buffer_finish(&out);
    itd_arena_finish(&arena);
}

static void missing_file(void **state)
{
    (void)state;
    itd_query_reader *reader = NULL;
    itd_pair_reader *pair_reader = NULL;
    assert_int_equal(itd_query_reader_open(&reader, "/nonexistent/x", NULL, NULL), ITD_ENOTFOUND);
    assert_int_equal(itd_pair_reader_open(&pair_reader, "/nonexistent/x", NULL), ITD_ENOTFOUND);
    itd_query_reader_close(NULL);
    itd_pair_reader_close(NULL);
}

static itd_status read_pairs(void *context, itd_error *error)
{
    itd_sv input = *(itd_sv *)context;
    itd_pair_reader *reader = NULL;
    itd_pair pair;
    itd_arena arena;
    bool more = true;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_pair_reader_open_memory(&reader, "in", input, error);
    while (status == ITD_OK && more)
        status = itd_pair_next(&pair, &more, reader, &arena, error);
    itd_pair_reader_close(reader);
    itd_arena_finish(&arena);
    return status;
}

static void memory_fails_in_turn(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        run r = {.input = itd_sv_of(rows[i].input)};
        assert_true(faults_each(ITD_FAULT_MEMORY, read_all, NULL, &r) > 0);
        free_run(&r);
    }
    itd_sv pair = ITD_SV("{\"left\":{\"name\":\"A\"},\"right\":{\"id\":4,\"surname\":\"B\"}}");
    assert_true(faults_each(ITD_FAULT_MEMORY, read_pairs, NULL, &pair) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_of_every_kind),
        cmocka_unit_test(what_is_no_question),
        cmocka_unit_test(notes_say_how_it_was_taken),
        cmocka_unit_test(what_is_passed_over_is_said),
        cmocka_unit_test(keys_that_come_later_are_named),
        cmocka_unit_test(too_many_values),
        cmocka_unit_test(pairs),
        cmocka_unit_test(missing_file),
        cmocka_unit_test(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
