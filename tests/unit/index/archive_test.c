#include "index/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "index/archive_form.h"
#include "index/layout.h"
#include "support/faults.h"

typedef struct made {
    char folder[32], path[48];
    itd_collection *collection;
    itd_pack pack;
    itd_archive archive;
} made;

static void start(made *m)
{
    *m = (made){.folder = "/tmp/itd-archive-XXXXXX"};
    assert_non_null(mkdtemp(m->folder));
    (void)snprintf(m->path, sizeof m->path, "%s/a", m->folder);
    assert_int_equal(itd_collection_create(&m->collection, SIZE_MAX, NULL), ITD_OK);
}

static void finish(made *m)
{
    itd_pack_close(&m->pack);
    itd_collection_destroy(m->collection);
    (void)unlink(m->path);
    assert_int_equal(rmdir(m->folder), 0);
}

static itd_status write_archive(void *context, itd_error *error)
{
    made *m = context;
    itd_pack_writer *writer = NULL;
    const unsigned char ids[ITD_PACK_HASH_SIZE] = {0};
    itd_status status = itd_pack_writer_create(&writer, m->path, ITD_PACK_INDEX, error);
    if (status == ITD_OK)
        status = itd_archive_write(writer, m->collection, error);
    if (status == ITD_OK)
        return itd_pack_writer_commit(writer, "profile", NULL, ids, error);
    itd_pack_writer_abort(writer);
    return status;
}

static void section(const made *m, uint32_t id, const void *out, size_t *size)
{
    const void *bytes = NULL;
    assert_true(itd_pack_get(&m->pack, id, &bytes, size));
    memcpy((void *)(uintptr_t)out, &bytes, sizeof bytes);
}

static void fold_and_open(made *m)
{
    itd_archive *a = &m->archive;
    size_t size;
    assert_int_equal(itd_collection_fold(m->collection, NULL), ITD_OK);
    assert_int_equal(write_archive(m, NULL), ITD_OK);
    assert_int_equal(itd_pack_open(&m->pack, m->path, ITD_PACK_INDEX, NULL), ITD_OK);
    *a = (itd_archive){.path = m->path, .row_count = itd_collection_row_count(m->collection)};
    section(m, ITD_SECTION_ARCHIVE, &a->bytes, &a->size);
    section(m, ITD_SECTION_ARCHIVE_BLOCKS, &a->blocks, &size);
    a->block_count = size / sizeof *a->blocks;
    section(m, ITD_SECTION_ARCHIVE_HASH, &a->hash, &size);
    assert_int_equal(size, ITD_ARCHIVE_HASH);
}

static void add(made *m, itd_statement s)
{
    assert_int_equal(itd_collection_add(m->collection, &s, NULL), ITD_OK);
}

static itd_statement plain(const char *entity, const char *value)
{
    return (itd_statement){.entity = itd_sv_of(entity),
                           .record = itd_sv_of(entity),
                           .dataset = ITD_SV("inv"),
                           .schema = ITD_S_Person,
                           .property = ITD_P_Thing_name,
                           .value = itd_sv_of(value),
                           .document = ITD_SV("a.csv"),
                           .offset = ITD_NOWHERE};
}

static void add_some(made *m)
{
    itd_statement s = plain("inv-1", "Orlin Vassek");
    add(m, s);
    s.lang = ITD_SV("bul");
    s.original = ITD_SV("Орлин");
    s.first_seen = ITD_SV("2020-01-01");
    s.last_seen = ITD_SV("2021-01-01");
    s.origin = ITD_SV("clerk");
    s.line = UINT64_MAX;
    s.offset = 0;
    s.span = UINT32_MAX;
    s.reliability = 'F';
    s.credibility = '6';
    s.tlp = ITD_TLP_RED;
    add(m, s);
    s = plain("inv-2", "Tesk");
    s.dataset = ITD_SV("other");
    s.document = ITD_SV("");
    s.schema = ITD_S_Company;
    s.line = 7;
    s.offset = UINT64_MAX - 1;
    add(m, s);
    s.property = ITD_P_Thing_notes;
    s.value = ITD_SV("");
    add(m, s);
    s.property = ITD_P_ID;
    s.value = s.entity;
    add(m, s);
}

static void same_text(itd_sv got, const made *m, uint32_t text)
{
    itd_sv wanted = itd_collection_text(m->collection, text);
    assert_int_equal(got.size, wanted.size);
    assert_true(wanted.size == 0 || memcmp(got.data, wanted.data, wanted.size) == 0);
}

static void same_row(const itd_statement *s, const made *m, const itd_row *r)
{
    same_text(s->entity, m, r->entity);
    same_text(s->record, m, r->record);
    same_text(s->dataset, m, r->dataset);
    same_text(s->value, m, r->value);
    same_text(s->original, m, r->original);
    same_text(s->lang, m, r->lang);
    same_text(s->first_seen, m, r->first_seen);
    same_text(s->last_seen, m, r->last_seen);
    same_text(s->origin, m, r->origin);
    same_text(s->document, m, r->document);
    assert_int_equal(s->schema, r->schema);
    assert_int_equal(s->property, r->property);
    assert_true(s->line == r->line && s->offset == r->offset && s->span == r->span);
    assert_true(s->reliability == r->reliability && s->credibility == r->credibility && s->tlp == r->tlp);
}

static void comes_back(const made *m)
{
    itd_archive_reader *reader = NULL;
    itd_statement s;
    bool more = true;
    size_t count = 0;
    assert_int_equal(itd_archive_open(&reader, &m->archive, NULL), ITD_OK);
    while (true) {
        assert_int_equal(itd_archive_next(&s, &more, reader, NULL), ITD_OK);
        if (!more)
            break;
        same_row(&s, m, itd_collection_rows(m->collection) + count++);
    }
    assert_int_equal(count, itd_collection_row_count(m->collection));
    assert_int_equal(itd_archive_next(&s, &more, reader, NULL), ITD_OK); /* the end stays the end */
    assert_false(more);
    itd_archive_close(reader);
}

static void every_statement_comes_back(void **state)
{
    (void)state;
    made m;
    start(&m);
    add_some(&m);
    fold_and_open(&m);
    assert_int_equal(m.archive.row_count, 5);
    assert_int_equal(m.archive.block_count, 1);
    comes_back(&m);
    finish(&m);
}

static void nothing_comes_back_as_nothing(void **state)
{
    (void)state;
    made m;
    start(&m);
    fold_and_open(&m);
    assert_int_equal(m.archive.block_count, 0);
    comes_back(&m);
    finish(&m);
}

/* Blocks end behind the statement that fills them, and the next one starts from nothing. */
static void many_blocks(void **state)
{
    (void)state;
    enum { COUNT = 40 };
    const size_t size = ITD_ARCHIVE_BLOCK_BYTES / 4;
    char *value = malloc(size), id[16];
    uint32_t seed = 1;
    made m;
    start(&m);
    assert_non_null(value);
    for (int i = 0; i < COUNT; i++) {
        for (size_t k = 0; k < size; k++)
            value[k] = (char)('a' + ((seed = seed * 1664525 + 1013904223) >> 24) % 26);
        (void)snprintf(id, sizeof id, "big-%d", i);
        itd_statement s = plain(id, "");
        s.value = itd_sv_make(value, size);
        s.line = (uint64_t)(COUNT - i);
        add(&m, s);
    }
    free(value);
    add_some(&m);
    fold_and_open(&m);
    assert_in_range(m.archive.block_count, COUNT / 4, COUNT / 4 + 2);
    assert_in_range(m.archive.blocks[0].raw_size, ITD_ARCHIVE_BLOCK_BYTES, ITD_ARCHIVE_BLOCK_BYTES + size);
    comes_back(&m);
    finish(&m);
}

static void a_statement_may_be_too_long(void **state)
{
    (void)state;
    itd_error error = {0};
    char *value = calloc(1, ITD_ARCHIVE_RAW_MAX);
    made m;
    start(&m);
    assert_non_null(value);
    itd_statement s = plain("inv-1", "");
    s.value = itd_sv_make(value, ITD_ARCHIVE_RAW_MAX - 1024);
    add(&m, s);
    fold_and_open(&m);
    comes_back(&m);
    s.value.size = ITD_ARCHIVE_RAW_MAX;
    add(&m, s);
    free(value);
    assert_int_equal(itd_collection_fold(m.collection, NULL), ITD_OK);
    assert_int_equal(write_archive(&m, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_ARCHIVE_RAW_MAX"));
    finish(&m);
}

static itd_status read_all(const itd_archive *archive)
{
    itd_archive_reader *reader = NULL;
    itd_statement s;
    bool more = true;
    itd_status status = itd_archive_open(&reader, archive, NULL);
    while (status == ITD_OK && more)
        status = itd_archive_next(&s, &more, reader, NULL);
    itd_archive_close(reader);
    return status;
}

static void every_bit_counts(void **state)
{
    (void)state;
    made m;
    start(&m);
    add_some(&m);
    fold_and_open(&m);
    char *bytes = malloc(m.archive.size + 1);
    assert_non_null(bytes);
    itd_archive damaged = m.archive;
    damaged.bytes = bytes;
    memcpy(bytes, m.archive.bytes, m.archive.size);
    assert_int_equal(read_all(&damaged), ITD_OK);
    for (size_t bit = 0; bit < 8 * m.archive.size; bit++) {
        bytes[bit / 8] ^= (char)(1 << bit % 8);
        if (read_all(&damaged) != ITD_EFORMAT && memcmp(bytes, m.archive.bytes, m.archive.size) != 0) {
            /* Some bits of a frame's header say nothing: then all statements are as they were. */
            assert_int_equal(read_all(&damaged), ITD_OK);
            const itd_archive whole = m.archive;
            m.archive = damaged;
            comes_back(&m);
            m.archive = whole;
        }
        bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    const unsigned char other[ITD_ARCHIVE_HASH] = {0};
    damaged.hash = other;
    assert_int_equal(read_all(&damaged), ITD_EFORMAT);
    free(bytes);
    finish(&m);
}

/* A statement with all that can stand there; each number in turn is too large, and each shorter block is damaged. */
static void a_block_is_read_with_care(void **state)
{
    (void)state;
    static const char numbers[] = "\x7F\x3F\x08\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x02\x02\x02\x03"
                                  "AB\x04";
    static const size_t texts = 10, property = 2, schema = 13, tlp = 19;
    const size_t size = sizeof numbers - 1;
    itd_archive_cursor c = {.numbers = {numbers, size}, .texts = {"0123456789", texts}};
    assert_true(itd_archive_take(&c));
    assert_int_equal(c.numbers.size + c.texts.size, 0);
    assert_true(c.statement.property == 4 && c.statement.schema == 2 && c.statement.line == 1 &&
                c.statement.offset == 1 && c.statement.span == 3 && c.statement.tlp == ITD_TLP_RED);
    for (size_t cut = 0; cut < size; cut++) {
        c = (itd_archive_cursor){.numbers = {numbers, cut}, .texts = {"0123456789", texts}};
        assert_false(itd_archive_take(&c));
    }
    for (size_t cut = 0; cut < texts; cut++) {
        c = (itd_archive_cursor){.numbers = {numbers, size}, .texts = {"0123456789", cut}};
        assert_false(itd_archive_take(&c));
    }
    const struct {
        size_t at;
        unsigned char value;
    } wrong[] = {{property, 1}, {schema, ITD_SCHEMA_COUNT}, {tlp, ITD_TLP_RED + 1}, {4, 127}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char copy[sizeof numbers];
        memcpy(copy, numbers, sizeof numbers);
        copy[wrong[i].at] = (char)wrong[i].value;
        c = (itd_archive_cursor){.numbers = {copy, size}, .texts = {"0123456789", texts}};
        assert_false(itd_archive_take(&c));
    }
    static const char endless[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01";
    c = (itd_archive_cursor){.numbers = {endless, sizeof endless - 1}};
    assert_false(itd_archive_take(&c));
}

static itd_status write_and_read(void *context, itd_error *error)
{
    made *m = context;
    itd_archive_reader *reader = NULL;
    itd_statement s;
    bool more = true;
    ITD_TRY(write_archive(m, error));
    itd_status status = itd_archive_open(&reader, &m->archive, error);
    while (status == ITD_OK && more)
        status = itd_archive_next(&s, &more, reader, error);
    itd_archive_close(reader);
    return status;
}

static void each_allocation_and_write_fails(void **state)
{
    (void)state;
    made m;
    start(&m);
    add_some(&m);
    fold_and_open(&m);
    assert_true(faults_each(ITD_FAULT_MEMORY, write_and_read, NULL, &m) > 5);
    assert_true(faults_each(ITD_FAULT_WRITE, write_archive, NULL, &m) > 3);
    finish(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_comes_back),
        cmocka_unit_test(nothing_comes_back_as_nothing),
        cmocka_unit_test(many_blocks),
        cmocka_unit_test(a_statement_may_be_too_long),
        cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(a_block_is_read_with_care),
        cmocka_unit_test(each_allocation_and_write_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
