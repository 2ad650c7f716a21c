#include <sys/stat.h>

#include "read/naming.h"
#include "support/faults.h"
#include "support/read_bench.h"

static const char ftm_line[] = "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"X\"]}}\n";
static const char map_text[] = "dataset mine\nname = column \"who\"\n";

static itd_status plan(itd_source_list *list, itd_arena *arena, const char *path, const char *map, itd_error *error)
{
    *list = (itd_source_list){0};
    itd_arena_init(arena, SIZE_MAX);
    return itd_sources_plan(list, &path, 1, map, arena, error);
}

static void files_are_known_by_content(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        itd_sv content;
        const char *format; /* or what it looks like */
        bool known;
    } rows[] = {
        {"a.txt", ITD_SV("{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"X\"]}}\n"), "ftm", true},
        {"a.dat", ITD_SV("{\"properties\":{\"name\":\"}\\\"{\"},\"id\":\"a\"}"), "ftm", true},
        {"s", ITD_SV("{\"entity_id\":\"a\",\"schema\":\"P\",\"prop\":\"name\",\"value\":1}\n"), "statements", true},
        {"t.txt", ITD_SV("id;full name;dob\n"), "csv", true},
        {"t.tsv", ITD_SV("\xEF\xBB\xBFName\tCountry\nx\ty\n"), "csv", true},
        {"j", ITD_SV("{\"name\":\"x\",\"dob\":\"1970\"}\n{\"name\":"), "jsonl", true},
        {"e", ITD_SV(""), "an empty file", false},
        {"e", ITD_SV(" \n\t"), "white space only", false},
        {"sdn.csv", ITD_SV("<!DOCTYPE html><html><body>404</body></html>"), "an HTML page", false},
        {"h", ITD_SV("<?xml version=\"1.0\"?>\n<html xmlns=\"x\">"), "an HTML page", false},
        {"un.xml", ITD_SV("<?xml version=\"1.0\"?><other/>"), "XML of another kind", false},
        {"x", ITD_SV("%PDF-1.7"), "a PDF", false},
        {"x.xlsx", ITD_SV("PK\x03\x04\x14\0"), "a ZIP archive (an xlsx, ods or docx document is one too)", false},
        {"x.xls", ITD_SV("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "an old Microsoft Office document (xls or doc)", false},
        {"u", ITD_SV("\xFF\xFEn\0a\0"), "UTF-16 text", false},
        {"u", ITD_SV("n\0a\0m\0e\0,\0i\0d\0\n\0"), "UTF-16 text", false},
        {"u", ITD_SV("\0n\0a\0m\0e\0,\0i\0d\0\n"), "UTF-16 text", false},
        {"p", ITD_SV("\x89PNG\r\n\x1A\n"), "an image (PNG)", false},
        {"w", ITD_SV("RIFF\x01\x02\x03\x04WEBPVP8 "), "an image (WebP)", false},
        {"b", ITD_SV("abc\0\x01\x02\x03\x04\x05\x06\x07\x08"), "binary data", false},
        {"j", ITD_SV("[{\"name\":\"x\"}]"), "a JSON array (one object a line is what can be read)", false},
        {"j", ITD_SV("{\n \"id\": \"a\", \"schema\": \"P\", \"properties\": {}}"),
         "a JSON document of another shape (one object a line is what can be read)", false},
        {"j", ITD_SV("{\"op\":\"ADD\",\"entity\":{\"id\":1}}\n"), "ftm-delta", true},
        {"j", ITD_SV("{\"names\":[{\"name\":1}]}\n"), "JSON lines of another shape", false},
        {"c", ITD_SV("alpha,beta,gamma\n1,2,3\n"),
         "a CSV file whose columns are not known (a mapping file tells what they mean)", false},
        {"t", ITD_SV("Once upon a time\nthere was\n"), "plain text", false},
        {"m.csv", ITD_SV("id,name\r1,Kim\r"), "text whose lines end in a bare CR (LF or CR LF is what can be read)",
         false},
        {"l", ITD_SV("caf\xE9 au lait\nand more\n"), "text that is not UTF-8", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench_folder folder;
        itd_arena arena;
        itd_source_list list;
        itd_error error = {0};
        bench_make(&folder);
        const char *path = bench_file(&folder, rows[i].name, rows[i].content);
        itd_status status = plan(&list, &arena, path, NULL, &error);
        if (rows[i].known) {
            if (status != ITD_OK || strcmp(list.entries[0].source.format->id, rows[i].format) != 0)
                fail_msg("row %zu: %s", i, status == ITD_OK ? list.entries[0].source.format->id : error.message);
        } else {
            char want[256];
            (void)snprintf(want, sizeof want, "not a format that is known: it looks like %s", rows[i].format);
            if (status != ITD_EFORMAT || strcmp(error.message, want) != 0 || strcmp(error.where, path) != 0)
                fail_msg("row %zu: %s: %s", i, itd_status_name(status), error.message);
        }
        itd_arena_finish(&arena);
        bench_remove(&folder);
    }
}

static void truncated_gzip_is_refused(void **state)
{
    (void)state;
    /* "name\n" by gzip, its last bytes missing */
    static const char broken[] = "\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03\xCB\x4B";
    bench_folder folder;
    itd_arena arena;
    itd_source_list list;
    itd_error error = {0};
    bench_make(&folder);
    const char *path = bench_file(&folder, "x.gz", itd_sv_make(broken, sizeof broken - 1));
    assert_int_equal(plan(&list, &arena, path, NULL, &error), ITD_EFORMAT);
    assert_string_equal(error.where, path);
    itd_arena_finish(&arena);
    bench_remove(&folder);
}

static void folders_in_byte_order(void **state)
{
    (void)state;
    bench_folder folder;
    itd_arena arena;
    itd_source_list list;
    itd_error error = {0};
    char inner[256], file[300], hidden[256], link[256], back[256];
    bench_make(&folder);
    (void)bench_file(&folder, "b.json", itd_sv_of(ftm_line));
    (void)bench_file(&folder, "B.json", itd_sv_of(ftm_line));
    (void)bench_file(&folder, "a.txt", ITD_SV("hello\n"));
    (void)bench_file(&folder, "customers.csv", ITD_SV("id,name\n1,x\n"));
    (void)bench_file(&folder, ".hidden", itd_sv_of(ftm_line));
    (void)snprintf(inner, sizeof inner, "%s/aa", folder.path);
    (void)snprintf(file, sizeof file, "%s/x.json", inner);
    (void)snprintf(hidden, sizeof hidden, "%s/.git", folder.path);
    (void)snprintf(link, sizeof link, "%s/link", folder.path);
    (void)snprintf(back, sizeof back, "%s/loop", folder.path);
    assert_int_equal(mkdir(inner, 0777), 0);
    assert_int_equal(mkdir(hidden, 0777), 0);
    FILE *f = fopen(file, "wb");
    (void)fputs(ftm_line, f);
    (void)fclose(f);
    assert_int_equal(symlink(file, link), 0);
    assert_int_equal(symlink(folder.path, back), 0);
    assert_int_equal(plan(&list, &arena, folder.path, NULL, &error), ITD_OK);
    static const char *const entries[] = {"B.json", "b.json", "link"}, *const passed[] = {".hidden", "a.txt",
                                                                                          "customers.csv", "loop",
                                                                                          ".git"};
    assert_int_equal(list.count, 3); /* aa/x.json is the same file as link */
    for (size_t i = 0; i < list.count; i++)
        assert_string_equal(itd_document_of_path(list.entries[i].source.paths[0]), entries[i]);
    assert_int_equal(list.passed_count, 5);
    for (size_t i = 0; i < list.passed_count; i++)
        assert_string_equal(itd_document_of_path(list.passed_over[i]), passed[i]);
    itd_arena_finish(&arena);
    /* With a mapping the tables and JSON lines of a folder are read by it. */
    const char *map = bench_file(&folder, "m.map", itd_sv_of(map_text));
    assert_int_equal(plan(&list, &arena, folder.path, map, &error), ITD_OK);
    assert_int_equal(list.count, 6);
    assert_string_equal(list.entries[0].source.format->id, "jsonl");
    assert_string_equal(list.entries[1].source.format->id, "csv");
    assert_string_equal(list.entries[0].dataset, "mine");
    assert_null(list.entries[0].note);
    itd_arena_finish(&arena);
    (void)unlink(link);
    (void)unlink(back);
    (void)unlink(file);
    (void)rmdir(inner);
    (void)rmdir(hidden);
    bench_remove(&folder);
}

static void a_guess_is_shown(void **state)
{
    (void)state;
    bench_folder folder;
    itd_arena arena;
    itd_source_list list;
    itd_error error = {0};
    bench_make(&folder);
    const char *path = bench_file(&folder, "my.list.csv", ITD_SV("id,name\n1,x\n"));
    assert_int_equal(plan(&list, &arena, path, NULL, &error), ITD_OK);
    assert_string_equal(list.entries[0].dataset, "my.list");
    assert_non_null(strstr(list.entries[0].note, "\nname = column \"name\"\n"));
    itd_arena_finish(&arena);
    bench_remove(&folder);
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    char path[4096], *end;
    itd_arena arena;
    itd_source_list list;
    itd_error error = {0};
    bench_folder folder;
    bench_make(&folder);
    (void)snprintf(path, sizeof path, "%s", folder.path);
    end = path + strlen(path);
    for (int i = 0; i <= ITD_SOURCE_DEPTH_MAX; i++, end += 2) {
        (void)strcpy(end, "/d");
        assert_int_equal(mkdir(path, 0777), 0);
        itd_status status = plan(&list, &arena, folder.path, NULL, &error);
        assert_int_equal(status, i < ITD_SOURCE_DEPTH_MAX ? ITD_OK : ITD_ELIMIT);
        itd_arena_finish(&arena);
    }
    for (; end > path + strlen(folder.path); end -= 2) {
        *end = '\0';
        (void)rmdir(path);
    }
    bench_remove(&folder);
}

static void what_cannot_be_planned(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        itd_status status;
    } rows[] = {{"-", ITD_EINVAL}, {"/nonexistent/x", ITD_ENOTFOUND}, {"/dev/null", ITD_EINVAL}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_arena arena;
        itd_source_list list;
        itd_error error = {0};
        assert_int_equal(plan(&list, &arena, rows[i].path, NULL, &error), rows[i].status);
        assert_string_equal(error.where, rows[i].path);
        itd_arena_finish(&arena);
    }
}

static void datasets_of_paths(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"/a/b/x.ftm.json", "x"},   {"x.entities.ftm.json.gz", "x"},
        {"my.list.CSV", "my.list"}, {"entities.ftm.json", "entities"},
        {".json", ".json"},         {"plain", "plain"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_true(itd_sv_is(itd_dataset_of_path(rows[i][0]), rows[i][1]));
}

static void every_format_is_found_by_its_id(void **state)
{
    (void)state;
    const itd_format *format;
    size_t count = 0;
    for (; (format = itd_format_at(count)) != NULL; count++) {
        assert_ptr_equal(itd_format_find(format->id), format);
        assert_true(format->title[0] && format->sniff && format->read);
    }
    assert_true(count >= 7);
    assert_null(itd_format_find("nonesuch"));
    assert_null(itd_format_at(count + 1));
}

static itd_status plan_folder(void *context, itd_error *error)
{
    itd_arena arena;
    itd_source_list list;
    itd_status status = plan(&list, &arena, context, NULL, error);
    itd_arena_finish(&arena);
    return status;
}

static void memory_fails_in_turn(void **state)
{
    (void)state;
    bench_folder folder;
    bench_make(&folder);
    (void)bench_file(&folder, "a.json", itd_sv_of(ftm_line));
    (void)bench_file(&folder, "c.csv", ITD_SV("id,name\n1,x\n"));
    (void)bench_file(&folder, "j.json", ITD_SV("{\"name\":\"x\"}\n"));
    (void)bench_file(&folder, "t.txt", ITD_SV("x\n"));
    assert_true(faults_each(ITD_FAULT_MEMORY, plan_folder, NULL, folder.path) > 10);
    assert_true(faults_each(ITD_FAULT_MEMORY, plan_folder, NULL, folder.files[1]) > 10);
    assert_true(faults_each(ITD_FAULT_MEMORY, plan_folder, NULL, folder.files[2]) > 10);
    bench_remove(&folder);
}

#define UN                                                                                                             \
    "<?xml version=\"1.0\"?><CONSOLIDATED_LIST dateGenerated=\"2026-01-15T00:00:00.000Z\"><INDIVIDUALS/>"              \
    "<ENTITIES/></CONSOLIDATED_LIST>"
#define FTM "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"X\"]}}\n"

static void a_name_that_promises_something_else_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *content, *message; /* NULL: read */
    } rows[] = {
        {"list.csv", UN, "not what its name says: it looks like UN Security Council consolidated list, XML"},
        {"list.CSV", FTM, "not what its name says: it looks like FollowTheMoney entities, one JSON object a line"},
        {"list.xml", FTM, "not what its name says: it looks like FollowTheMoney entities, one JSON object a line"},
        {"list.json", "id;full name;dob\n1;x;\n",
         "not what its name says: it looks like CSV with a header, by a mapping"},
        {"SDN.CSV", "id,name\n1,x\n", "not what its name says: it looks like CSV with a header, by a mapping"},
        {"sdn.xml.gz", UN, "not what its name says: it looks like UN Security Council consolidated list, XML"},
        {"list.xml", UN, NULL},
        {"list.csv", "id,name\n1,x\n", NULL},
        {"list.ndjson.zst", FTM, NULL},
        {"sdn.csv.old", UN, NULL},
        {"csv", UN, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench_folder folder;
        itd_arena arena;
        itd_source_list list;
        itd_error error = {0};
        bench_make(&folder);
        const char *path = bench_file(&folder, rows[i].name, itd_sv_of(rows[i].content));
        itd_status status = plan(&list, &arena, path, NULL, &error);
        if (status != (rows[i].message ? ITD_EFORMAT : ITD_OK) ||
            (rows[i].message && strcmp(error.message, rows[i].message) != 0))
            fail_msg("row %zu: %s: %s", i, itd_status_name(status), error.message);
        itd_arena_finish(&arena);
        bench_remove(&folder);
    }
}

static void a_publishers_file_in_a_folder_is_never_passed_over(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        itd_status status;
    } rows[] = {{"sdn.csv", ITD_EFORMAT}, {"ConList.csv", ITD_EFORMAT}, {"notes.csv", ITD_OK}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench_folder folder;
        itd_arena arena;
        itd_source_list list;
        itd_error error = {0};
        bench_make(&folder);
        const char *path = bench_file(&folder, rows[i].name, ITD_SV("<html><body>404</body></html>"));
        char parent[512];
        (void)snprintf(parent, sizeof parent, "%.*s", (int)(strrchr(path, '/') - path), path);
        itd_status status = plan(&list, &arena, parent, NULL, &error);
        if (status != rows[i].status)
            fail_msg("row %zu: %s: %s", i, itd_status_name(status), error.message);
        itd_arena_finish(&arena);
        bench_remove(&folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_promises_something_else_is_refused),
        cmocka_unit_test(a_publishers_file_in_a_folder_is_never_passed_over),
        cmocka_unit_test(files_are_known_by_content),
        cmocka_unit_test(truncated_gzip_is_refused),
        cmocka_unit_test(folders_in_byte_order),
        cmocka_unit_test(a_guess_is_shown),
        cmocka_unit_test(depth_has_a_limit),
        cmocka_unit_test(what_cannot_be_planned),
        cmocka_unit_test(datasets_of_paths),
        cmocka_unit_test(every_format_is_found_by_its_id),
        cmocka_unit_test(memory_fails_in_turn),
    };
    return cmocka_run_group_tests_name("sources", tests, NULL, NULL);
}
