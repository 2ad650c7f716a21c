/* Which list may take another's place; the table of publishers; accepting what is held, with everything failing in
 * turn. What needs a server is in tests/integration/fetch.py and fetch_held.py. */
#include "interdict/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/fetch_judge.h"
#include "fetch/shelf.h"
#include "support/faults.h"

static void each_row_of_the_table_is_whole(void **state)
{
    (void)state;
    const itd_publisher *p;
    size_t fetched = 0;
    for (size_t i = 0; (p = itd_publisher_at(i)) != NULL; i++) {
        itd_sv id, rest = itd_sv_of(p->formats);
        assert_ptr_equal(itd_publisher_find(p->dataset), p);
        assert_true(p->title && p->publisher && p->licence && p->source && (p->address || p->note));
        assert_true(!p->address || (p->file && p->rhythm && strncmp(p->address, "https://", 8) == 0));
        fetched += p->address != NULL;
        while (itd_sv_split(&id, &rest, ' ')) {
            bool known = false;
            itd_format_info format;
            for (size_t f = 0; itd_format_info_at(&format, f); f++)
                known = known || itd_sv_is(id, format.id);
            if (!known)
                fail_msg("%s: no format %.*s", p->dataset, ITD_SV_ARG(id));
        }
    }
    assert_true(fetched >= 8);
    assert_null(itd_publisher_find("nobody"));
}

static itd_fetch_facts facts(const char *format, const char *dataset, uint64_t entities)
{
    itd_fetch_facts f = {.entities = entities};
    (void)snprintf(f.format, sizeof f.format, "%s", format);
    (void)snprintf(f.dataset, sizeof f.dataset, "%s", dataset);
    return f;
}

static void what_is_held(void **state)
{
    (void)state;
    const itd_publisher *un = itd_publisher_find("un-sc"), *uk = itd_publisher_find("gb-uksl");
    static const struct {
        const char *format, *dataset;
        uint64_t was, now; /* was 0: there was none */
        const char *reason;
    } rows[] = {
        {"un-xml", "un-sc", 0, 1, ""},
        {"un-xml", "un-sc", 0, 0, "no entities"},
        {"un-xml", "un-sc", 1000, 900, ""},
        {"un-xml", "un-sc", 1000, 899, "shrunk from 1000 to 899"},
        {"un-xml", "un-sc", 1009, 909, ""}, /* a tenth is 100.9 */
        {"un-xml", "un-sc", 1009, 908, "shrunk"},
        {"un-xml", "un-sc", 9, 9, ""},
        {"un-xml", "un-sc", 9, 8, "shrunk"},
        {"un-xml", "un-sc", 10, 9, ""},
        {"un-xml", "un-sc", 10, 100000, ""},
        {"un-xml", "un-sc", UINT64_MAX, UINT64_MAX / 10 * 9 + 5, ""},
        {"un-xml", "un-sc", UINT64_MAX, UINT64_MAX / 10 * 9, "shrunk"},
        {"un-xml", "us-csl", 10, 10, "another list: us-csl"},
        {"csv", "un-sc", 10, 10, "changed from un-xml to csv"},
        {"csv", "un-sc", 0, 10, "format is csv, not un-xml"},
    };
    char reason[ITD_ERROR_MESSAGE_MAX + 1];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_fetch_facts was = facts("un-xml", "un-sc", rows[i].was);
        itd_fetch_facts now = facts(rows[i].format, rows[i].dataset, rows[i].now);
        itd_fetch_judge(reason, un, rows[i].was ? &was : NULL, &now);
        if ((reason[0] == '\0') != (rows[i].reason[0] == '\0') || !strstr(reason, rows[i].reason))
            fail_msg("row %zu: %s", i, reason);
    }
    /* Both forms are read; one in the other's place is looked at. */
    itd_fetch_facts was = facts("uksl-xml", "gb-uksl", 5), now = facts("uksl-csv", "gb-uksl", 5);
    itd_fetch_judge(reason, uk, NULL, &now);
    assert_string_equal(reason, "");
    itd_fetch_judge(reason, uk, &was, &now);
    assert_non_null(strstr(reason, "changed from uksl-xml to uksl-csv"));
}

/* ---- a folder with a copy and something held ---- */

typedef struct place {
    char folder[64];
    itd_arena arena;
    itd_shelf shelf;
} place;

static void un_list(char *out, size_t room, int count)
{
    (void)snprintf(out, room,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<CONSOLIDATED_LIST dateGenerated=\"2026-01-15T00:00:00.000Z\"><INDIVIDUALS>");
    for (int i = 0; i < count; i++) {
        size_t size = strlen(out);
        (void)snprintf(out + size, room - size,
                       "<INDIVIDUAL><DATAID>%d</DATAID><FIRST_NAME>Qasim</FIRST_NAME></INDIVIDUAL>", 7000 + i);
    }
    size_t size = strlen(out);
    (void)snprintf(out + size, room - size, "</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>\n");
}

static void put_list(const place *p, int count, bool held)
{
    char text[4096];
    itd_part *part = NULL;
    itd_card card = {.format = "un-xml", .version = "2026-01-15", .dataset = "un-sc", .reason = "it has shrunk"};
    un_list(text, sizeof text, count);
    assert_int_equal(itd_shelf_open(&part, &p->shelf, NULL), ITD_OK);
    assert_int_equal(itd_part_cut(part, 0, NULL), ITD_OK);
    assert_int_equal(itd_part_write(part, text, strlen(text), NULL), ITD_OK);
    assert_int_equal(itd_shelf_hash(card.hash, &card.bytes, p->shelf.part, NULL), ITD_OK);
    card.entities = (uint64_t)count;
    if (held)
        assert_int_equal(itd_shelf_hold(&p->shelf, part, &card, NULL), ITD_OK);
    else
        assert_int_equal(itd_shelf_keep(&p->shelf, part, &card, NULL), ITD_OK);
    itd_part_close(part);
}

static int set_up(void **state)
{
    place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    (void)snprintf(p->folder, sizeof p->folder, "/tmp/itd-fetch-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    itd_arena_init(&p->arena, SIZE_MAX);
    if (itd_shelf_name(&p->shelf, p->folder, "un-sc", "un-consolidated.xml", &p->arena, NULL) != ITD_OK)
        return -1;
    put_list(p, 20, false);
    put_list(p, 10, true);
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    place *p = *state;
    const itd_shelf *s = &p->shelf;
    char own[128];
    const char *files[] = {s->file, s->card, s->held, s->held_card, s->part, s->part_card};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        (void)unlink(files[i]);
    (void)snprintf(own, sizeof own, "%s/" ITD_SHELF_OWN_FOLDER, s->folder);
    (void)rmdir(s->held_folder);
    (void)rmdir(s->part_folder);
    (void)rmdir(own);
    (void)rmdir(s->folder);
    int result = rmdir(p->folder);
    itd_arena_finish(&p->arena);
    free(p);
    return result;
}

typedef struct seen {
    size_t count;
    itd_fetch_state state;
    uint64_t entities, was_entities;
    char reason[512], json[2048];
    bool file, held;
} seen;

static void on_result(void *user, const itd_fetch_result *r)
{
    seen *s = user;
    itd_bytes json = {0};
    s->count++;
    s->state = r->state;
    s->entities = r->entities;
    s->was_entities = r->was_entities;
    s->file = r->file != NULL;
    s->held = r->held_file != NULL;
    (void)snprintf(s->reason, sizeof s->reason, "%s", r->reason ? r->reason : "");
    if (itd_fetch_result_json(&json, r, NULL) == ITD_OK)
        (void)snprintf(s->json, sizeof s->json, "%.*s", (int)json.size, json.data);
    itd_bytes_free(&json);
}

/* A result that says "failed" stands for what the system refused. */
static itd_status accept(const place *p, seen *s, itd_error *error)
{
    static const char *const names[] = {"un-sc"};
    itd_context *context = NULL;
    const itd_context_options one = {.threads = 1};
    const itd_fetch_options options = {.accept = names, .accept_count = 1, .into = p->folder};
    *s = (seen){.count = 0};
    itd_status status = itd_context_create(&context, &one, error);
    if (status == ITD_OK)
        status = itd_lists_fetch(context, &options, on_result, s, error);
    itd_context_destroy(context);
    if (status == ITD_OK && s->json[0] == '\0')
        return itd_fail_memory(error);
    if (status == ITD_OK && s->state == ITD_FETCH_FAILED && error) {
        (void)snprintf(error->message, sizeof error->message, "%.400s", s->reason);
        status = ITD_EIO;
    }
    return status;
}

static void accepting(void **state)
{
    const place *p = *state;
    seen s;
    assert_int_equal(accept(p, &s, NULL), ITD_OK);
    assert_int_equal(s.count, 1);
    assert_int_equal(s.state, ITD_FETCH_UPDATED);
    assert_true(s.entities == 10 && s.was_entities == 20 && s.file && !s.held);
    assert_non_null(strstr(s.json, "\"status\":\"updated\""));
    assert_non_null(strstr(s.json, "\"version\":\"2026-01-15\",\"entities\":10,\"was_entities\":20,"));
    assert_non_null(strstr(s.json, "\"reason\":null"));
    assert_int_equal(accept(p, &s, NULL), ITD_OK);
    assert_int_equal(s.state, ITD_FETCH_FAILED);
    assert_non_null(strstr(s.reason, "nothing is held"));
    assert_true(s.entities == 10 && s.file);
}

static itd_status accept_anew(void *context, itd_error *error)
{
    seen s;
    return accept(context, &s, error);
}

/* The copy is one of the two, whole; then both are as they were. */
static void one_of_the_two(void *context)
{
    const place *p = context;
    itd_shelf_copy copy;
    assert_int_equal(itd_shelf_look(&copy, p->shelf.file, p->shelf.card, true, NULL), ITD_OK);
    assert_true(copy.there);
    if (copy.known)
        assert_true(copy.card.entities == 10 || copy.card.entities == 20);
    put_list(p, 20, false);
    put_list(p, 10, true);
}

static void accepting_with_faults(void **state)
{
    place *p = *state;
    assert_true(faults_each(ITD_FAULT_WRITE, accept_anew, one_of_the_two, p) >= 3);
    put_list(p, 20, false);
    put_list(p, 10, true);
    assert_true(faults_each(ITD_FAULT_MEMORY, accept_anew, one_of_the_two, p) > 10);
}

static void on_fetched(void *user, const itd_fetched *f)
{
    seen *s = user;
    s->count++;
    s->entities = f->entities;
    s->was_entities = f->held_entities;
    s->file = f->file != NULL;
    s->held = f->held_file != NULL;
    (void)snprintf(s->reason, sizeof s->reason, "%s|%s|%s|%s", f->dataset, f->version, f->format, f->held_reason);
}

static itd_status look(void *context, itd_error *error)
{
    const place *p = context;
    seen s = {.count = 0};
    itd_status status = itd_lists_fetched(p->folder, on_fetched, &s, error);
    if (status == ITD_OK) {
        assert_int_equal(s.count, 1);
        assert_true(s.file && s.held && s.entities == 20 && s.was_entities == 10);
        assert_string_equal(s.reason, "un-sc|2026-01-15|un-xml|it has shrunk");
    }
    return status;
}

static void what_is_there_is_told(void **state)
{
    place *p = *state;
    seen s = {.count = 0};
    assert_true(faults_each(ITD_FAULT_MEMORY, look, NULL, p) > 1);
    assert_int_equal(itd_lists_fetched("/no/such/folder", on_fetched, &s, NULL), ITD_OK);
    assert_int_equal(s.count, 0);
}

static void wrong_options(void **state)
{
    const place *p = *state;
    static const char *const un[] = {"un-sc", "ca-sema"}, *const nobody[] = {"nobody"};
    const itd_fetch_options rows[] = {
        {.datasets = un, .dataset_count = 1},
        {.datasets = nobody, .dataset_count = 1, .into = p->folder},
        {.accept = nobody, .accept_count = 1, .into = p->folder},
        {.datasets = un, .dataset_count = 2, .into = p->folder, .from = "https://example.org/"},
        {.into = p->folder, .from = "https://example.org/"},
        {.datasets = un, .dataset_count = 1, .into = p->folder, .timeout_s = ITD_FETCH_TIMEOUT_S_MAX + 1},
        {.datasets = un, .dataset_count = 1, .into = p->folder, .retries = ITD_FETCH_RETRIES_MAX + 1},
    };
    itd_context *context = NULL;
    seen s = {.count = 0};
    assert_int_equal(itd_context_create(&context, NULL, NULL), ITD_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_error error = {0};
        assert_int_equal(itd_lists_fetch(context, &rows[i], on_result, &s, &error), ITD_EINVAL);
        assert_true(error.message[0] != '\0');
    }
    assert_int_equal(s.count, 0);
    itd_context_destroy(context);
    assert_string_equal(itd_fetch_state_name(ITD_FETCH_HELD), "held");
    assert_string_equal(itd_fetch_state_name((itd_fetch_state)99), "unknown");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_of_the_table_is_whole),
        cmocka_unit_test(what_is_held),
        TEST(accepting),
        TEST(accepting_with_faults),
        TEST(what_is_there_is_told),
        TEST(wrong_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
