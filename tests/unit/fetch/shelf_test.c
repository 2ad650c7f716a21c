/* Where copies are kept, what is noted of them, and what fails on the way. */
#include "fetch/shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "fetch/answer.h"
#include "support/faults.h"

typedef struct place {
    char folder[64];
    itd_arena arena;
    itd_shelf shelf;
} place;

static int set_up(void **state)
{
    place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    (void)snprintf(p->folder, sizeof p->folder, "/tmp/itd-shelf-XXXXXX");
    if (!mkdtemp(p->folder))
        return -1;
    itd_arena_init(&p->arena, SIZE_MAX);
    if (itd_shelf_name(&p->shelf, p->folder, "un-sc", "list.xml", &p->arena, NULL) != ITD_OK)
        return -1;
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

static void put_text(const char *path, itd_sv text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.data, 1, text.size, file), text.size);
    assert_int_equal(fclose(file), 0);
}

static bool holds(const char *path, const char *text)
{
    itd_mapping mapping;
    if (itd_mapping_open(&mapping, path, NULL) != ITD_OK)
        return text == NULL;
    bool same = text && itd_sv_equal((itd_sv){(const char *)mapping.data, mapping.size}, itd_sv_of(text));
    itd_mapping_close(&mapping);
    return same;
}

static itd_card card_of(const char *path)
{
    itd_card card = {.url = "https://example.org/list", .etag = "\"a\"", .entities = 7, .fetched_us = 1767225600000000};
    assert_int_equal(itd_shelf_hash(card.hash, &card.bytes, path, NULL), ITD_OK);
    return card;
}

/* A download of that text, as another process left it. */
static itd_part *open_with(const place *p, const char *text)
{
    itd_part *part = NULL;
    assert_int_equal(itd_shelf_open(&part, &p->shelf, NULL), ITD_OK);
    assert_int_equal(itd_part_cut(part, 0, NULL), ITD_OK);
    assert_int_equal(itd_part_write(part, text, strlen(text), NULL), ITD_OK);
    return part;
}

static void keep(const place *p, const char *text)
{
    itd_part *part = open_with(p, text);
    itd_card card = card_of(p->shelf.part);
    assert_int_equal(itd_shelf_keep(&p->shelf, part, &card, NULL), ITD_OK);
    itd_part_close(part);
}

static void the_names_of_things(void **state)
{
    place *p = *state;
    itd_shelf shelf;
    assert_int_equal(itd_shelf_name(&shelf, "/a/b/", "un-sc", "x.xml", &p->arena, NULL), ITD_OK);
    assert_string_equal(shelf.file, "/a/b/un-sc/x.xml");
    assert_string_equal(shelf.card, "/a/b/un-sc/.interdict/copy.json");
    assert_string_equal(shelf.held, "/a/b/un-sc/.interdict/held/x.xml");
    assert_string_equal(shelf.part, "/a/b/un-sc/.interdict/part/x.xml");
    /* b2sum -l 256 of the three bytes */
    char hash[ITD_CARD_HASH_MAX];
    uint64_t bytes;
    keep(p, "abc");
    assert_int_equal(itd_shelf_hash(hash, &bytes, p->shelf.file, NULL), ITD_OK);
    assert_string_equal(hash, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_int_equal(bytes, 3);
}

static void a_card_comes_back_as_it_was(void **state)
{
    place *p = *state;
    itd_card card = {.url = "https://example.org/list?x",
                     .etag = "W/\"a\\b\"",
                     .last_modified = "Thu, 15 Jan 2026 00:00:00 GMT",
                     .hash = "00ff",
                     .format = "un-xml",
                     .version = "2026-01-15",
                     .dataset = "un-sc",
                     .reason = "it has shrunk\n\"by half\"",
                     .bytes = 1ull << 40,
                     .entities = 3,
                     .rejected = 2,
                     .fetched_us = 1767225600000000,
                     .checked_us = 1767225601000000};
    itd_card back;
    bool found;
    keep(p, "abc");
    assert_int_equal(itd_card_write(&card, p->shelf.card, NULL), ITD_OK);
    assert_int_equal(itd_card_read(&back, &found, p->shelf.card, NULL), ITD_OK);
    assert_true(found);
    assert_string_equal(back.url, card.url);
    assert_string_equal(back.etag, card.etag);
    assert_string_equal(back.last_modified, card.last_modified);
    assert_string_equal(back.hash, card.hash);
    assert_string_equal(back.format, card.format);
    assert_string_equal(back.version, card.version);
    assert_string_equal(back.dataset, card.dataset);
    assert_string_equal(back.reason, card.reason);
    assert_true(back.bytes == card.bytes && back.entities == 3 && back.rejected == 2);
    assert_true(back.fetched_us == card.fetched_us && back.checked_us == card.checked_us);
    assert_int_equal(itd_card_read(&back, &found, "/no/such/card", NULL), ITD_OK);
    assert_false(found);
}

static void what_is_no_card(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "{",
                                        "[]",
                                        "7",
                                        "{\"etag\":7}",
                                        "{\"bytes\":-1}",
                                        "{\"bytes\":\"1\"}",
                                        "{\"entities\":1.5}",
                                        "{\"checked_at\":\"soon\"}",
                                        "{\"checked_at\":5}",
                                        "{\"version\":\"a\\u0000b\"}"};
    itd_card card;
    bool found = true;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(itd_card_parse(&card, &found, itd_sv_of(texts[i]), NULL), ITD_OK);
        if (found)
            fail_msg("a card: %s", texts[i]);
    }
    /* Longer than its field; one byte less is one. */
    char text[sizeof card.version + 16];
    for (int more = 0; more < 2; more++) {
        (void)snprintf(text, sizeof text, "{\"version\":\"%0*d\"}", (int)sizeof card.version - 1 + more, 0);
        assert_int_equal(itd_card_parse(&card, &found, itd_sv_of(text), NULL), ITD_OK);
        assert_int_equal(found, more == 0);
    }
    /* Nothing known is a card; what would break out of a request's line is not taken over. */
    assert_int_equal(itd_card_parse(&card, &found, ITD_SV("{\"etag\":\"a\\r\\nb\",\"other\":[]}"), NULL), ITD_OK);
    assert_true(found);
    assert_string_equal(card.etag, "");
}

static void cards_have_a_size(void **state)
{
    place *p = *state;
    itd_card card;
    bool found;
    static char text[ITD_CARD_BYTES_MAX + 1];
    memset(text, ' ', sizeof text);
    memcpy(text, "{}", 2);
    keep(p, "abc");
    put_text(p->shelf.card, itd_sv_make(text, ITD_CARD_BYTES_MAX));
    assert_int_equal(itd_card_read(&card, &found, p->shelf.card, NULL), ITD_OK);
    assert_true(found);
    put_text(p->shelf.card, itd_sv_make(text, sizeof text));
    assert_int_equal(itd_card_read(&card, &found, p->shelf.card, NULL), ITD_OK);
    assert_false(found);
}

static void a_card_tells_of_one_file(void **state)
{
    place *p = *state;
    const itd_shelf *s = &p->shelf;
    itd_shelf_copy copy;
    assert_int_equal(itd_shelf_look(&copy, s->file, s->card, true, NULL), ITD_OK);
    assert_true(!copy.there && !copy.known);
    keep(p, "first");
    assert_int_equal(itd_shelf_look(&copy, s->file, s->card, true, NULL), ITD_OK);
    assert_true(copy.there && copy.known && copy.card.entities == 7);
    put_text(s->file, ITD_SV("fir5t"));
    assert_int_equal(itd_shelf_look(&copy, s->file, s->card, true, NULL), ITD_OK);
    assert_true(copy.there && !copy.known && copy.card.entities == 0);
    put_text(s->file, ITD_SV("longer"));
    assert_int_equal(itd_shelf_look(&copy, s->file, s->card, false, NULL), ITD_OK);
    assert_true(copy.there && !copy.known);
    assert_int_equal(unlink(s->file), 0);
    assert_int_equal(itd_shelf_look(&copy, s->file, s->card, true, NULL), ITD_OK);
    assert_true(!copy.there && !copy.known);
}

static void held_and_accepted(void **state)
{
    place *p = *state;
    const itd_shelf *s = &p->shelf;
    itd_shelf_copy held;
    keep(p, "first");
    itd_part *part = open_with(p, "second");
    itd_card card = card_of(s->part);
    assert_int_equal(itd_shelf_hold(s, part, &card, NULL), ITD_OK);
    itd_part_close(part);
    assert_true(holds(s->file, "first") && holds(s->held, "second") && holds(s->part, NULL));
    assert_int_equal(itd_shelf_look(&held, s->held, s->held_card, true, NULL), ITD_OK);
    assert_true(held.known);
    assert_int_equal(itd_shelf_accept(s, &card, NULL), ITD_OK);
    assert_true(holds(s->file, "second") && holds(s->held, NULL) && holds(s->held_card, NULL));
    /* A new copy does away with what was held. */
    part = open_with(p, "third");
    card = card_of(s->part);
    assert_int_equal(itd_shelf_hold(s, part, &card, NULL), ITD_OK);
    itd_part_close(part);
    keep(p, "fourth");
    assert_true(holds(s->file, "fourth") && holds(s->held, NULL) && holds(s->held_card, NULL));
}

static void one_process_at_a_time(void **state)
{
    place *p = *state;
    itd_part *first = NULL, *second = NULL;
    itd_error error = {0};
    assert_int_equal(itd_shelf_open(&first, &p->shelf, NULL), ITD_OK);
    assert_int_equal(itd_shelf_open(&second, &p->shelf, &error), ITD_EIO);
    assert_non_null(strstr(error.message, "another process"));
    itd_part_close(first);
    assert_int_equal(itd_shelf_open(&second, &p->shelf, NULL), ITD_OK);
    itd_part_close(second);
    itd_part_close(NULL);
    assert_true(holds(p->shelf.part, NULL)); /* an empty one leaves nothing */
}

static void a_part_is_gone_on_with(void **state)
{
    place *p = *state;
    itd_part *part = open_with(p, "0123456789");
    itd_part_close(part);
    assert_int_equal(itd_shelf_open(&part, &p->shelf, NULL), ITD_OK);
    assert_int_equal(itd_part_size(part), 10);
    assert_string_equal(itd_part_path(part), p->shelf.part);
    assert_int_equal(itd_part_cut(part, 4, NULL), ITD_OK);
    assert_int_equal(itd_part_write(part, "ab", 2, NULL), ITD_OK);
    itd_part_close(part);
    assert_true(holds(p->shelf.part, "0123ab"));
    assert_int_equal(unlink(p->shelf.part), 0);
    /* Neither a link to somewhere else nor a folder is written to. */
    assert_int_equal(symlink("/tmp/itd-elsewhere", p->shelf.part), 0);
    assert_int_equal(itd_part_open(&part, p->shelf.part, NULL), ITD_EIO);
    assert_int_equal(unlink(p->shelf.part), 0);
    assert_int_equal(itd_part_open(&part, p->folder, NULL), ITD_EIO);
}

/* ---- everything that can fail, fails ---- */

static itd_status keep_one(void *context, itd_error *error)
{
    const place *p = context;
    itd_part *part = NULL;
    itd_status status = itd_shelf_open(&part, &p->shelf, error);
    if (status == ITD_OK)
        status = itd_part_cut(part, 0, error);
    if (status == ITD_OK)
        status = itd_part_write(part, "second", 6, error);
    if (status == ITD_OK) {
        itd_card card = card_of(p->shelf.part);
        status = itd_shelf_keep(&p->shelf, part, &card, error);
    }
    itd_part_close(part);
    return status;
}

/* The copy is the old one or the new one, and no card tells of the wrong one. */
static void whole(void *context)
{
    const place *p = context;
    itd_shelf_copy copy;
    bool old = holds(p->shelf.file, "first");
    assert_true(old || holds(p->shelf.file, "second"));
    assert_int_equal(itd_shelf_look(&copy, p->shelf.file, p->shelf.card, true, NULL), ITD_OK);
    assert_true(copy.known || !old);
    keep(p, "first");
}

static itd_status hold_and_accept(void *context, itd_error *error)
{
    const place *p = context;
    itd_part *part = NULL;
    itd_card card;
    itd_status status = itd_shelf_open(&part, &p->shelf, error);
    if (status == ITD_OK)
        status = itd_part_write(part, "second", itd_part_size(part) == 0 ? 6 : 0, error);
    if (status == ITD_OK) {
        card = card_of(p->shelf.part);
        status = itd_shelf_hold(&p->shelf, part, &card, error);
    }
    itd_part_close(part);
    if (status == ITD_OK)
        status = itd_shelf_accept(&p->shelf, &card, error);
    return status;
}

static void every_write_and_allocation(void **state)
{
    place *p = *state;
    keep(p, "first");
    assert_true(faults_each(ITD_FAULT_WRITE, keep_one, whole, p) >= 8);
    keep(p, "first");
    assert_true(faults_each(ITD_FAULT_MEMORY, keep_one, whole, p) >= 4);
    keep(p, "first");
    assert_true(faults_each(ITD_FAULT_WRITE, hold_and_accept, whole, p) >= 8);
    keep(p, "first");
    assert_true(faults_each(ITD_FAULT_MEMORY, hold_and_accept, whole, p) >= 4);
}

static itd_status read_card(void *context, itd_error *error)
{
    const place *p = context;
    itd_shelf_copy copy;
    itd_status status = itd_shelf_look(&copy, p->shelf.file, p->shelf.card, true, error);
    if (status == ITD_OK)
        assert_true(copy.known);
    return status;
}

static void every_allocation_of_reading(void **state)
{
    place *p = *state;
    keep(p, "first");
    assert_true(faults_each(ITD_FAULT_MEMORY, read_card, NULL, p) >= 1);
}

static void folders(void **state)
{
    place *p = *state;
    struct stat about;
    char path[128], *deep;
    (void)snprintf(path, sizeof path, "%s//un-sc/", p->folder);
    assert_int_equal(itd_folder_make(path, NULL), ITD_OK);
    assert_int_equal(stat(p->shelf.folder, &about), 0);
    assert_int_equal(itd_folder_make(path, NULL), ITD_OK);
    put_text(p->shelf.file, ITD_SV("x"));
    assert_int_equal(itd_folder_make(p->shelf.file, NULL), ITD_EIO);
    deep = malloc(5000);
    assert_non_null(deep);
    memset(deep, 'a', 4999);
    deep[4999] = '\0';
    assert_int_equal(itd_folder_make(deep, NULL), ITD_ELIMIT);
    free(deep);
    assert_int_equal(itd_file_remove(p->shelf.held, NULL), ITD_OK);
    assert_int_equal(itd_file_remove(p->folder, NULL), ITD_EIO);
    assert_int_equal(itd_file_move("/no/such/file", p->shelf.file, NULL), ITD_EIO);
}

static void what_is_no_list(void **state)
{
    place *p = *state;
    static const struct {
        const char *text, *says; /* NULL: nothing */
    } rows[] = {
        {"<?xml version=\"1.0\"?><CONSOLIDATED_LIST/>", NULL},
        {"name\n<html>\n", NULL},
        {"<!-- <html> --><a/>", NULL},
        {"<!-- <html>", NULL},
        {"{\"html\":1}", NULL},
        {"", "empty"},
        {"<!DOCTYPE HTML>", "an HTML page, not"},
        {"\xef\xbb\xbf\n <!doctype html>", "an HTML page"},
        {"<HTML><TITLE> Sign in </TITLE>", "(\"Sign in\")"},
        {"<?xml version=\"1.0\"?>\n<!-- a --><!-- b -->\n<!DOCTYPE html>", "an HTML page"},
        {"<head><title>\xff</title>", "an HTML page, not"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_error error = {0};
        itd_part *part = open_with(p, rows[i].text);
        itd_status status = itd_answer_check(p->shelf.part, &error);
        itd_part_close(part);
        if ((status == ITD_OK) != (rows[i].says == NULL) || (rows[i].says && !strstr(error.message, rows[i].says)))
            fail_msg("%s: %s", rows[i].text, error.message);
    }
    /* A long title is cut between characters. */
    itd_error error = {0};
    char page[512] = "<html><title>a";
    for (int i = 0; i < 60; i++)
        (void)snprintf(page + strlen(page), 8, "\xc3\xa9");
    (void)snprintf(page + strlen(page), 16, "</title>");
    itd_part *part = open_with(p, page);
    assert_int_equal(itd_answer_check(p->shelf.part, &error), ITD_EFORMAT);
    itd_part_close(part);
    assert_int_equal(itd_utf8_invalid_at(itd_sv_of(error.message)), SIZE_MAX);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_names_of_things),
        TEST(a_card_comes_back_as_it_was),
        TEST(what_is_no_card),
        TEST(cards_have_a_size),
        TEST(a_card_tells_of_one_file),
        TEST(held_and_accepted),
        TEST(one_process_at_a_time),
        TEST(a_part_is_gone_on_with),
        TEST(every_write_and_allocation),
        TEST(every_allocation_of_reading),
        TEST(folders),
        TEST(what_is_no_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
