/* OpenSanctions' two CSV forms, and the columns that both are read by. */
#include "model/collection.h"
#include "read/csv_columns.h"
#include "support/faults.h"
#include "support/read_bench.h"

#define STATEMENTS                                                                                                     \
    "canonical_id,entity_id,prop,prop_type,schema,value,dataset,lang,original_value,external,first_seen,last_seen,"    \
    "origin,id\n"
#define SIMPLE                                                                                                         \
    "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\"," \
    "\"phones\",\"emails\",\"program_ids\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n"

typedef struct open_reading {
    itd_buffer text; /* entity|Schema|property|value|original|lang|dataset|first..last|origin|line */
    itd_buffer rejects;
    itd_read read;
    itd_error error;
} open_reading;

static itd_status on_statement(void *context, const itd_statement *s, itd_error *error)
{
    open_reading *r = context;
    (void)error;
    assert_true(itd_sv_starts(s->entity, s->record));
    (void)itd_buffer_format(&r->text, "%.*s|%s|%s|%.*s|%.*s|%.*s|%.*s|%.*s..%.*s|%.*s|%llu\n", ITD_SV_ARG(s->entity),
                            itd_schema_name(s->schema), itd_property_name(s->property), ITD_SV_ARG(s->value),
                            ITD_SV_ARG(s->original), ITD_SV_ARG(s->lang), ITD_SV_ARG(s->dataset),
                            ITD_SV_ARG(s->first_seen), ITD_SV_ARG(s->last_seen), ITD_SV_ARG(s->origin),
                            (unsigned long long)s->line);
    return ITD_OK;
}

static itd_status on_reject(void *context, const itd_reject *reject, itd_error *error)
{
    open_reading *r = context;
    (void)error;
    (void)itd_buffer_format(&r->rejects, "%llu %.*s|%s\n", (unsigned long long)reject->line, ITD_SV_ARG(reject->record),
                            reject->reason);
    return ITD_OK;
}

/* Reads a file as the program does: it has to be known as `format`. */
static itd_status read_open(open_reading *r, const char *format, const char *path, const char *dataset, bool skip_bad)
{
    itd_arena arena;
    itd_source_list list;
    itd_arena_init(&arena, SIZE_MAX);
    itd_buffer_clear(&r->text);
    itd_buffer_clear(&r->rejects);
    r->error = (itd_error){.offset = ITD_NOWHERE};
    itd_status status = itd_sources_plan(&list, &path, 1, NULL, &arena, &r->error);
    if (status == ITD_OK) {
        assert_string_equal(list.entries[0].source.format->id, format);
        r->read = (itd_read){.source = &list.entries[0].source,
                             .dataset = itd_sv_of(dataset),
                             .skip_bad = skip_bad,
                             .statement = on_statement,
                             .statement_context = r,
                             .reject = on_reject,
                             .reject_context = r};
        status = list.entries[0].source.format->read(&r->read, &r->error);
        r->read.source = NULL;
    }
    itd_arena_finish(&arena);
    if (status == ITD_OK && (!itd_buffer_append_char(&r->text, '\0') || !itd_buffer_append_char(&r->rejects, '\0')))
        status = itd_fail_memory(&r->error);
    return status;
}

static void open_finish(open_reading *r)
{
    itd_buffer_finish(&r->text);
    itd_buffer_finish(&r->rejects);
}

static void statements_keep_their_columns(void **state)
{
    (void)state;
    open_reading r = {0};
    bench_folder folder;
    bench_make(&folder);
    const char *path = bench_file(
        &folder, "x.statements.csv",
        ITD_SV(STATEMENTS
               "NK-1,src-7,id,id,Person,5f2b,list_a,,,f,2024-01-01T00:00:00,2024-02-01T00:00:00,,h1\n"
               "NK-1,src-7,name,name,Person,\"KIM, \"\"Jong\"\" Un\",list_a,kor,kim jong un,f,2024-01-01,2024-02-01,"
               "reviewed,h2\n"
               "NK-1,src-8,country,country,LegalEntity,kp,list_b,,DPRK,t,,,,h3\n"
               "NK-1,src-8,shoeSize,string,Person,43,list_b,,43 EU,0,,,,\n"
               "NK-1,src-8,shoeSize,string,Person,44,,,44,,,,,\n"
               ",own,id,id,Address,own,,,,,,,,\n"
               ",own,full,address,Address,Street 1,,,,,,,,\n"));
    assert_int_equal(read_open(&r, "statements-csv", path, NULL, false), ITD_OK);
    assert_string_equal(
        r.text.data,
        "NK-1|Person|id|src-7|5f2b||list_a|2024-01-01T00:00:00..2024-02-01T00:00:00|entity_id src-7|2\n"
        "NK-1|Person|name|KIM, \"Jong\" Un|kim jong un|kor|list_a|2024-01-01..2024-02-01|reviewed; entity_id src-7|3\n"
        "NK-1|LegalEntity|country|kp|DPRK||list_b|..|entity_id src-8; external|4\n"
        "NK-1|Person|other|43|shoeSize\t43 EU||list_b|..|entity_id src-8|5\n"
        "NK-1|Person|other|44|shoeSize||x|..|entity_id src-8|6\n"
        "own|Address|id|own|||x|..||7\nown|Address|full|Street 1|||x|..||8\n");
    assert_int_equal(r.read.records, 1);

    path =
        bench_file(&folder, "y.csv",
                   ITD_SV("\xEF\xBB\xBFvalue,PROP,schema,entity_id,colour\nX,name,Person,a,blue\nY,name,Person,a,\n"));
    assert_int_equal(read_open(&r, "statements-csv", path, "d", false), ITD_OK);
    assert_string_equal(r.text.data, "a|Person|name|X|||d|..|colour blue|2\na|Person|name|Y|||d|..||3\n");
    open_finish(&r);
    bench_remove(&folder);
}

static void broken_statements_are_rejected(void **state)
{
    (void)state;
    open_reading r = {0};
    bench_folder folder;
    bench_make(&folder);
    const char *path = bench_file(&folder, "x.csv",
                                  ITD_SV("entity_id,schema,prop,value\n"
                                         ",Person,name,x\na,Persn,name,x\na,Person,n'ame,x\na,Person,name,\n"
                                         "a,Person,name\na,Person,name,x,y\na,Person,name,\xFF\na,Person,name,ok\n"
                                         "a,Person,name,\"open\n"));
    assert_int_equal(read_open(&r, "statements-csv", path, NULL, true), ITD_OK);
    assert_string_equal(r.text.data, "a|Person|name|ok|||x|..||9\n");
    static const char *const reasons[] = {"2 |no entity_id\n",
                                          "3 a|unknown schema \"Persn\"\n",
                                          "4 a|Person has no property \"n'ame\"\n",
                                          "5 a|no value\n",
                                          "6 |another number of fields than the header has columns\n",
                                          "7 |another number of fields than the header has columns\n",
                                          "8 |",
                                          "10 |"};
    const char *at = r.rejects.data;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (strncmp(at, reasons[i], strlen(reasons[i])) != 0)
            fail_msg("\"%s\" is not in its place among\n%s", reasons[i], r.rejects.data);
        at = strchr(at, '\n') + 1;
    }
    assert_int_equal(r.read.rejected, 8);
    assert_int_equal(read_open(&r, "statements-csv", path, NULL, false), ITD_EFORMAT);
    assert_string_equal(r.error.where, path);
    assert_int_equal(r.error.line, 2);
    open_finish(&r);
    bench_remove(&folder);
}

static void targets_keep_their_columns(void **state)
{
    (void)state;
    open_reading r = {0};
    bench_folder folder;
    bench_make(&folder);
    const char *path =
        bench_file(&folder, "mine.targets.simple.csv",
                   ITD_SV(SIMPLE "\"NK-a\",\"Person\",\"Ann\",\"A;\"\"B; "
                                 "\"\"\"\"C\"\"\"\"\"\";D\",\"1970;1971-02\",\"kp;cn\",\"Street 1\",\"77\","
                                 "\"\"\"Red; 1\nand 2\"\"\",\"+85\",\"a@b.example\",\"P-1;P-2\",\"List A;List "
                                 "B\",\"2024-01-01\",\"2024-03-01\","
                                 "\"2024-02-01\"\n"
                                 "\"NK-b\",\"Vessel\",\"Bo\",\"\",\"1999\",\"\",\"\",\"123456789;IMO9074729;"
                                 "IMO9074728\",\"One;\",\"+86\",\"\","
                                 "\"P-3\",\"List A\",\"\",\"2024-02-01\",\"\"\n"
                                 "\"NK-c\",\"Company\",\"\",\"x\"\" "
                                 "y;\",\"\",\"\",\"\",\"IMO9999990;529900T8BM49AURSDO55\",\"\"\"\"\"\",\"\",\"\",\"\","
                                 "\"\",\"\",\"\",\"\"\n"));
    assert_int_equal(read_open(&r, "targets-simple", path, NULL, false), ITD_OK);
    static const char *const lines[] = {
        "NK-a|Person|id|NK-a|||mine|2024-01-01..2024-03-01||2\n",
        "NK-a|Person|name|Ann|||mine|2024-01-01..2024-03-01||2\n",
        "NK-a|Person|alias|A||",
        "NK-a|Person|alias|B; \"C\"||",
        "NK-a|Person|alias|D||",
        "NK-a|Person|birthDate|1970||",
        "NK-a|Person|birthDate|1971-02||",
        "NK-a|Person|country|kp||",
        "NK-a|Person|country|cn||",
        "NK-a|Person|address|Street 1||",
        "NK-a|Person|idNumber|77||",
        "NK-a|Person|phone|+85||",
        "NK-a|Person|email|a@b.example||",
        "NK-a|Person|other|List A|dataset|",
        "NK-a|Person|other|List B|dataset|",
        "NK-a|Person|other|2024-02-01|last_change|",
        "|Sanction|summary|Red; 1\nand 2||",
        "|Sanction|entity|NK-a||",
        "|Sanction|programId|P-1||",
        "|Sanction|programId|P-2||",
        "NK-b|Vessel|other|1999|birth_date|",
        "NK-b|Vessel|registrationNumber|123456789||",
        "NK-b|Vessel|imoNumber|IMO9074729||",
        "NK-b|Vessel|registrationNumber|IMO9074728||",
        "NK-b|Vessel|other|+86|phones|",
        "|Sanction|summary|One||",
        "NK-b-sanction-programmes|Sanction|entity|NK-b||",
        "NK-b-sanction-programmes|Sanction|programId|P-3||",
        "NK-c|Company|alias|x\" y||",
        "NK-c|Company|idNumber|IMO9999990||",
        "NK-c|Company|leiCode|529900T8BM49AURSDO55||",
        "|Sanction|entity|NK-c||",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (!strstr(r.text.data, lines[i]))
            fail_msg("no statement \"%s\" in\n%s", lines[i], r.text.data);
    assert_null(strstr(r.text.data, "topics"));
    assert_null(strstr(r.text.data, "|name|||"));
    size_t sanctions = 0, statements = 0;
    for (const char *at = r.text.data; (at = strstr(at, "|Sanction|entity|")) != NULL; at++)
        sanctions++;
    for (const char *at = r.text.data; (at = strstr(at, "||mine|")) != NULL; at++)
        statements++;
    assert_int_equal(sanctions, 5); /* one; "One", one without details, that of the programmes; one without details */
    assert_int_equal(statements, 43);
    assert_int_equal(r.read.records, 3);
    assert_string_equal(r.read.version, "2024-03-01");
    open_finish(&r);
    bench_remove(&folder);
}

static void odd_targets(void **state)
{
    (void)state;
    open_reading r = {0};
    bench_folder folder;
    bench_make(&folder);
    /* Quotes that quote nothing, schemata without names, columns of another day. */
    const char *path =
        bench_file(&folder, "x.csv",
                   ITD_SV("id,schema,name,aliases,birth_date,countries,identifiers,sanctions,colour,alias\n"
                          "a,Person,N,\"\"\"B\"\" Ltd;\"\"open;\"\"q\"\";\",,,,,blue,z\n"
                          "b,Sanction,N,,,,,,,\n"
                          ",Person,N,,,,,,,\n"
                          "c,Persn,N,,,,,,,\n"
                          "d,Person,N,,,\n"));
    assert_int_equal(read_open(&r, "targets-simple", path, "d", true), ITD_OK);
    assert_string_equal(r.text.data, "a|Person|id|a|||d|..||2\na|Person|name|N|||d|..||2\n"
                                     "a|Person|alias|\"B\" Ltd|||d|..||2\na|Person|alias|\"open|||d|..||2\n"
                                     "a|Person|alias|q|||d|..||2\na|Person|other|blue|colour||d|..||2\n"
                                     "a|Person|other|alias: z|column||d|..||2\n"
                                     "b|Sanction|id|b|||d|..||3\nb|Sanction|other|N|name||d|..||3\n");
    assert_string_equal(r.rejects.data, "4 |no id\n5 c|unknown schema\n"
                                        "6 |another number of fields than the header has columns\n");
    open_finish(&r);
    bench_remove(&folder);
}

static const char *const names[] = {"a", "b", NULL};
static const itd_csv_columns two = {names, 3};

static itd_status take(void *context, itd_record *record, const itd_csv_cells *cells, itd_error *error)
{
    (void)record;
    (void)error;
    *(size_t *)context += cells->texts[0].size + cells->texts[1].size;
    return ITD_OK;
}

static void headers(void **state)
{
    (void)state;
    itd_buffer wide = {0};
    for (size_t i = 0; i <= ITD_CSV_COLUMNS_MAX; i++)
        (void)itd_buffer_format(&wide, "%s%s", i ? "," : "", i < 2 ? names[i] : "x");
    const struct {
        itd_sv content;
        const char *message; /* or NULL */
        bool known;
    } rows[] = {
        {ITD_SV("a,b\n1,2\n"), NULL, true},
        {ITD_SV("\xEF\xBB\xBF"
                "B,other, A \n1,2,3\n"),
         NULL, true},
        {ITD_SV("a,x\n"), "the header has no column b", false},
        {ITD_SV(""), "no header: the file is empty", false},
        {ITD_SV("a,b,a\n"), "the header names a column twice: a", true},
        {ITD_SV("a,\"b"), "header: ", false},
        {itd_buffer_view(&wide), "the header has more columns than ITD_CSV_COLUMNS_MAX", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench_folder folder;
        size_t seen = 0;
        itd_error error = {.offset = ITD_NOWHERE};
        bench_make(&folder);
        const char *path = bench_file(&folder, "x.csv", rows[i].content);
        itd_source source = {.paths = {path}};
        itd_read read = {.source = &source};
        itd_csv_taker taker = {&two, take, &seen};
        assert_int_equal(itd_csv_columns_look(&two, rows[i].content), rows[i].known);
        itd_status status = itd_csv_columns_read(&read, &taker, &error);
        if (rows[i].message) {
            assert_int_equal(status, ITD_EFORMAT);
            assert_string_equal(error.where, path);
            if (strncmp(error.message, rows[i].message, strlen(rows[i].message)) != 0)
                fail_msg("row %zu: %s", i, error.message);
        } else {
            assert_int_equal(status, ITD_OK);
            assert_int_equal(seen, 2);
        }
        bench_remove(&folder);
    }
    itd_buffer_finish(&wide);
}

/* Ships that are found by their IMO numbers: counted by tests/checks/count_open.py, with the check digit's own rule. */
static void real_ships(void **state)
{
    (void)state;
    char path[4096];
    size_t ships = 0;
    itd_collection *all = NULL;
    itd_error error = {0};
    if (!bench_data(path, "ftm/opensanctions_csv/ua_war_sanctions.targets.simple.csv.gz")) {
        print_message("%s is not there\n", path);
        skip();
    }
    itd_source source = {.format = &itd_format_targets_simple, .paths = {path}};
    itd_read read = {.source = &source, .statement = itd_collection_add};
    assert_int_equal(itd_collection_create(&all, SIZE_MAX, &error), ITD_OK);
    read.statement_context = all;
    if (itd_format_targets_simple.read(&read, &error) != ITD_OK || itd_collection_fold(all, &error) != ITD_OK)
        fail_msg("%s", error.message);
    for (size_t i = 0; i < itd_collection_row_count(all); i++)
        ships += itd_collection_rows(all)[i].property == ITD_P_Vessel_imoNumber;
    assert_int_equal(read.records, 5600);
    assert_int_equal(ships, 1337);
    assert_true(itd_sv_is(read.dataset, "ua_war_sanctions"));
    itd_collection_destroy(all);
}

typedef struct fault_case {
    const char *format, *path;
    open_reading reading;
} fault_case;

static itd_status read_once(void *context, itd_error *error)
{
    fault_case *c = context;
    itd_status status = read_open(&c->reading, c->format, c->path, NULL, true);
    *error = c->reading.error;
    open_finish(&c->reading);
    c->reading = (open_reading){0};
    return status;
}

static void memory_fails_in_turn(void **state)
{
    (void)state;
    bench_folder folder;
    fault_case c = {0};
    bench_make(&folder);
    c.format = "statements-csv";
    c.path = bench_file(&folder, "s.csv",
                        ITD_SV(STATEMENTS "NK-1,src-7,id,id,Person,5f2b,list_a,,,f,,,,h1\n"
                                          "NK-1,src-7,shoeSize,,Person,4,list_a,,four,t,,,\"o\",h1\n,b,,,,,,,,,,,,\n"));
    assert_true(faults_each(ITD_FAULT_MEMORY, read_once, NULL, &c) > 5);
    c.format = "targets-simple";
    c.path = bench_file(&folder, "t.csv",
                        ITD_SV(SIMPLE "a,Person,N,\"\"\"b\"\";c\",1970,kp,S,1,X,2,e@f.example,P,D,2024,2025,2026\n"));
    assert_true(faults_each(ITD_FAULT_MEMORY, read_once, NULL, &c) > 5);
    bench_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_keep_their_columns),
        cmocka_unit_test(broken_statements_are_rejected),
        cmocka_unit_test(targets_keep_their_columns),
        cmocka_unit_test(odd_targets),
        cmocka_unit_test(headers),
        cmocka_unit_test(real_ships),
        cmocka_unit_test(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("open_csv", tests, NULL, NULL);
}
