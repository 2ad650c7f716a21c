#include "store/vfs.h"

#include <pthread.h>

#include "store/page_sum.h"
#include "support/random.h"
#include "support/vfs_case.h"

static void page_sum_is_part_of_the_format(void **state)
{
    (void)state;
    unsigned char page[512];
    for (size_t i = 0; i < sizeof page; i++)
        page[i] = (unsigned char)(i * 31 + 7);
    /* As a second program in another language computes them. */
    assert_true(store_page_sum(page, 504, 1) == UINT64_C(0x9621a8a0408e60fb));
    assert_true(store_page_sum(page, 504, 2) == UINT64_C(0x58251081bd7e0a40));
    assert_true(store_page_sum(page, 8, 1) == UINT64_C(0x942d28840fcf2e63));
    memset(page, 0, sizeof page);
    assert_true(store_page_sum(page, 504, 1) != 0);
}

/* Every change of one, two or three bytes within a word, every flipped pair of bits of a small page. */
static void page_sum_sees_small_damage(void **state)
{
    (void)state;
    unsigned char page[96];
    uint64_t seed = 5;
    for (size_t i = 0; i < sizeof page; i++)
        page[i] = (unsigned char)random_next(&seed);
    const uint64_t sum = store_page_sum(page, sizeof page, 3);
    for (size_t a = 0; a < sizeof page * 8; a++) {
        page[a / 8] ^= (unsigned char)(1U << a % 8);
        assert_true(store_page_sum(page, sizeof page, 3) != sum);
        for (size_t b = a + 1; b < sizeof page * 8; b++) {
            page[b / 8] ^= (unsigned char)(1U << b % 8);
            assert_true(store_page_sum(page, sizeof page, 3) != sum);
            page[b / 8] ^= (unsigned char)(1U << b % 8);
        }
        page[a / 8] ^= (unsigned char)(1U << a % 8);
    }
    for (int i = 0; i < 100000; i++) {
        unsigned char word[8];
        size_t at = random_below(&seed, sizeof page / 8) * 8;
        uint64_t noise = random_next(&seed);
        memcpy(word, page + at, 8);
        memcpy(page + at, &noise, 8);
        if (memcmp(word, page + at, 8) != 0)
            assert_true(store_page_sum(page, sizeof page, 3) != sum);
        memcpy(page + at, word, 8);
        assert_true(store_page_sum(page, sizeof page, (uint32_t)i + 4) != sum);
    }
}

static const unsigned page_sizes[] = {512, 1024, 2048, 4096, 8192, 16384, 32768, 65536};
static const char *const journals[] = {"wal", "delete", "truncate", "persist", "memory"};

static void what_was_written_is_read(void **state)
{
    const place *here = *state;
    for (size_t i = 0; i < sizeof page_sizes / sizeof page_sizes[0]; i++) {
        for (size_t j = 0; j < sizeof journals / sizeof journals[0]; j++) {
            itd_error error = {0};
            itd_store_vfs_checked checked = {0};
            make_case(here->path, page_sizes[i], 300, journals[j]);
            assert_int_equal(itd_store_vfs_check(&checked, here->path, &error), ITD_OK);
            assert_int_equal(checked.page_bytes, page_sizes[i]);
            struct stat about;
            assert_int_equal(stat(here->path, &about), 0);
            assert_int_equal((uint64_t)checked.pages * checked.page_bytes, about.st_size);
            sqlite3 *db = open_case(here->path);
            assert_answer(db, "PRAGMA integrity_check", "ok");
            assert_answer(db, "SELECT count(*)||' '||sum(length(body)) FROM t", "300 180000");
            assert_int_equal(itd_store_vfs_damage(db, &error), ITD_OK);
            assert_int_equal(sqlite3_close(db), SQLITE_OK);
            empty_folder(here);
        }
    }
}

/* Whatever moves pages about leaves each with its sum. */
static void pages_that_move_keep_their_sums(void **state)
{
    const place *here = *state;
    for (size_t j = 0; j < sizeof journals / sizeof journals[0]; j++) {
        char sql[256], other[128];
        sqlite3 *db = open_case(here->path);
        (void)snprintf(sql, sizeof sql,
                       "PRAGMA page_size=512; PRAGMA secure_delete=OFF; PRAGMA auto_vacuum=INCREMENTAL;"
                       "PRAGMA journal_mode=%s; PRAGMA cache_size=5;",
                       journals[j]);
        run(db, sql);
        run(db, "CREATE TABLE t(a,b); BEGIN;"
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<400)"
                " INSERT INTO t SELECT i, zeroblob(i%11*200) FROM n;"
                "CREATE TABLE gone AS SELECT * FROM t; CREATE TABLE last AS SELECT * FROM t WHERE a<9;"
                "DROP TABLE gone; COMMIT;"
                "DELETE FROM t WHERE a%2; PRAGMA incremental_vacuum(40); SAVEPOINT s; DELETE FROM t; ROLLBACK TO s;"
                "RELEASE s; UPDATE t SET b=zeroblob(900) WHERE a%3=0;");
        run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
        check_is_good(here->path);
        run(db, "VACUUM");
        run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
        check_is_good(here->path);
        (void)snprintf(other, sizeof other, "%s/other.case", here->folder);
        (void)snprintf(sql, sizeof sql, "VACUUM INTO '%s'", other);
        run(db, sql);
        assert_answer(db, "PRAGMA integrity_check", "ok");
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        check_is_good(here->path);
        check_is_good(other);
        db = open_case(other);
        assert_answer(db, "SELECT count(*) FROM t", "200");
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        empty_folder(here);
    }
}

static void a_vacuum_that_changes_the_page_size_is_refused(void **state)
{
    const place *here = *state;
    static const unsigned sizes[][2] = {{4096, 512}, {512, 4096}};
    for (size_t i = 0; i < 2; i++) {
        char sql[64];
        make_case(here->path, sizes[i][0], 300, "delete");
        sqlite3 *db = open_case(here->path);
        (void)snprintf(sql, sizeof sql, "PRAGMA page_size=%u; VACUUM", sizes[i][1]);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_IOERR_WRITE);
        assert_answer(db, "PRAGMA integrity_check", "ok");
        assert_answer(db, "SELECT count(*) FROM t", "300");
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        check_is_good(here->path);
        empty_folder(here);
    }
}

/* Reads all: every page of the tables, and those that are free. */
static bool query_finds_it(const char *path, uint64_t *offset)
{
    itd_error error = {.offset = ITD_NOWHERE};
    char text[256] = "";
    sqlite3 *db = open_case(path);
    int result = ask(db, "PRAGMA integrity_check", text, sizeof text);
    itd_status status = itd_store_vfs_damage(db, &error);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    if (status == ITD_OK)
        return false;
    assert_int_equal(status, ITD_EFORMAT);
    assert_true(result == SQLITE_IOERR_DATA || strncmp(text, "ok", 3) != 0);
    *offset = error.offset;
    return true;
}

static void expect_damage(const place *here, size_t at, unsigned page_bytes, bool query)
{
    char wanted[64];
    itd_error error = {.offset = ITD_NOWHERE};
    const size_t page = at / page_bytes;
    if (itd_store_vfs_check(NULL, here->path, &error) != ITD_EFORMAT)
        fail_msg("damage of byte %zu is not found", at);
    (void)snprintf(wanted, sizeof wanted, "page %zu is damaged", page + 1);
    if (page > 0) {
        assert_string_equal(error.message, wanted);
        assert_int_equal(error.offset, page * page_bytes);
    }
    if (query) {
        uint64_t offset = 0;
        assert_true(query_finds_it(here->path, &offset));
        assert_true(page == 0 || offset == page * page_bytes);
    }
}

/* `bits` 8: each bit of each byte; 1: one bit of each byte. A query over all takes longer: after one flip in `every`.
 */
static void flip_all(const place *here, unsigned page_bytes, unsigned rows, unsigned bits, unsigned every)
{
    make_case(here->path, page_bytes, rows, "wal");
    size_t size, flips = 0;
    unsigned char *bytes = get_file(here->path, &size);
    assert_true(size >= (size_t)4 * page_bytes);
    for (size_t i = 0; i < size; i++) {
        for (unsigned bit = 0; bit < bits; bit++, flips++) {
            unsigned turn = bits == 8 ? bit : (unsigned)(i % 8);
            put_byte(here->path, i, (unsigned char)(bytes[i] ^ 1U << turn));
            expect_damage(here, i, page_bytes, flips % every == 0);
        }
        put_byte(here->path, i, bytes[i]);
    }
    check_is_good(here->path);
    free(bytes);
    empty_folder(here);
}

static void each_flipped_bit_is_found(void **state)
{
    flip_all(*state, 512, 3, 8, 13);
    flip_all(*state, 1024, 4, 8, 101);
    flip_all(*state, 4096, 40, 1, 29);
}

static void a_page_in_the_wrong_place_is_found(void **state)
{
    const place *here = *state;
    make_case(here->path, 1024, 60, "wal");
    size_t size;
    unsigned char *bytes = get_file(here->path, &size);
    const size_t pages = size / 1024;
    assert_true(pages > 8);
    for (size_t a = 1; a < pages; a++) {
        for (size_t b = a + 1; b < pages; b++) {
            unsigned char *other = malloc(size);
            assert_non_null(other);
            memcpy(other, bytes, size);
            memcpy(other + a * 1024, bytes + b * 1024, 1024);
            memcpy(other + b * 1024, bytes + a * 1024, 1024);
            put_file(here->path, other, size);
            expect_damage(here, a * 1024, 1024, false);
            free(other);
        }
    }
    free(bytes);
}

static void a_file_cut_short_or_too_long_is_found(void **state)
{
    const place *here = *state;
    make_case(here->path, 1024, 60, "wal");
    size_t size;
    unsigned char *bytes = get_file(here->path, &size);
    for (size_t cut = 0; cut < size; cut += cut < 1100 || cut > size - 1100 ? 1 : 512) {
        itd_error error = {0};
        put_file(here->path, bytes, cut);
        assert_int_equal(itd_store_vfs_check(NULL, here->path, &error), ITD_EFORMAT);
        assert_true(error.message[0] != '\0');
        if (cut >= 1024) {
            char wanted[80];
            (void)snprintf(wanted, sizeof wanted, "page %zu is missing: the file was cut short", cut / 1024 + 1);
            assert_string_equal(error.message, wanted);
            assert_int_equal(error.offset, cut / 1024 * 1024);
        }
    }
    unsigned char *longer = calloc(1, size + 1024);
    assert_non_null(longer);
    memcpy(longer, bytes, size);
    for (size_t more = 1; more <= 1024; more += 341) {
        itd_error error = {0};
        put_file(here->path, longer, size + more);
        assert_int_equal(itd_store_vfs_check(NULL, here->path, &error), ITD_EFORMAT);
        assert_int_equal(error.offset, size);
    }
    free(longer);
    free(bytes);
}

static void what_is_no_case_is_told(void **state)
{
    const place *here = *state;
    itd_error error = {0};
    char text[64];
    assert_int_equal(itd_store_vfs_check(NULL, here->path, &error), ITD_ENOTFOUND);
    put_file(here->path, "", 0);
    assert_int_equal(itd_store_vfs_check(NULL, here->path, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "empty file"));
    put_file(here->path, "id,name\n", 8);
    assert_int_equal(itd_store_vfs_check(NULL, here->path, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "no case file"));
    sqlite3 *db = open_case(here->path);
    assert_int_equal(ask(db, "SELECT count(*) FROM sqlite_master", text, sizeof text), SQLITE_IOERR_DATA);
    assert_int_equal(itd_store_vfs_damage(db, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "no case file"));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);

    /* A database of another program: read and written by neither. */
    empty_folder(here);
    assert_int_equal(sqlite3_open(here->path, &db), SQLITE_OK);
    run(db, "CREATE TABLE t(a)");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(itd_store_vfs_check(NULL, here->path, &error), ITD_EFORMAT);
    assert_non_null(strstr(error.message, "without room for sums"));
    db = open_case(here->path);
    assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES(1)", NULL, NULL, NULL), SQLITE_IOERR_DATA);
    assert_int_equal(itd_store_vfs_damage(db, &error), ITD_EFORMAT);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(sqlite3_open(here->path, &db), SQLITE_OK);
    assert_answer(db, "SELECT count(*) FROM t", "0");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);

    /* A new database without room for sums is not begun. */
    empty_folder(here);
    assert_int_equal(sqlite3_open_v2(here->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, ITD_STORE_VFS),
                     SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(db, "CREATE TABLE t(a)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void opening_says_what_is_wrong(void **state)
{
    const place *here = *state;
    itd_error error = {0};
    sqlite3 *db = NULL;
    char folder[128];
    assert_int_equal(itd_store_vfs_open(&db, "", SQLITE_OPEN_READWRITE, &error), ITD_EINVAL);
    assert_int_equal(itd_store_vfs_open(&db, here->path, SQLITE_OPEN_READWRITE, &error), ITD_ENOTFOUND);
    assert_string_equal(error.where, here->path);
    assert_int_equal(itd_store_vfs_open(&db, here->folder, SQLITE_OPEN_READWRITE, &error), ITD_EIO);
    (void)snprintf(folder, sizeof folder, "%s/none/x.case", here->folder);
    assert_int_equal(itd_store_vfs_open(&db, folder, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &error),
                     ITD_ENOTFOUND);
    assert_null(db);
    assert_int_equal(itd_store_vfs_register(&error), ITD_OK);
    assert_int_equal(itd_store_vfs_register(&error), ITD_OK);
    assert_string_not_equal(sqlite3_vfs_find(NULL)->zName, ITD_STORE_VFS);
    db = open_case(here->path);
    char *name = NULL;
    assert_int_equal(sqlite3_file_control(db, "main", SQLITE_FCNTL_VFSNAME, &name), SQLITE_OK);
    assert_memory_equal(name, ITD_STORE_VFS "/", sizeof ITD_STORE_VFS);
    sqlite3_free(name);
    assert_answer(db, "PRAGMA mmap_size=1000000", "0");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void damage_met_by_a_query_is_named(void **state)
{
    const place *here = *state;
    make_case(here->path, 1024, 200, "wal");
    size_t size;
    unsigned char *bytes = get_file(here->path, &size);
    put_byte(here->path, 16 * 1024 + 77, (unsigned char)(bytes[16 * 1024 + 77] ^ 4));
    free(bytes);
    sqlite3 *db = open_case(here->path);
    itd_error error = {0};
    char text[600];
    assert_answer(db, "SELECT count(*) FROM sqlite_master", "2");
    assert_int_equal(itd_store_vfs_damage(db, &error), ITD_OK);
    assert_int_equal(ask(db, "SELECT sum(length(name)+length(body)) FROM t", text, sizeof text), SQLITE_IOERR_DATA);
    assert_int_equal(itd_store_vfs_damage(db, &error), ITD_EFORMAT);
    assert_string_equal(error.message, "page 17 is damaged");
    assert_int_equal(error.offset, 16 * 1024);
    assert_string_equal(error.where, here->path);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* As some builds of SQLite read overflow pages: past the cache, a page without its end. */
static void parts_of_pages_are_compared_too(void **state)
{
    const place *here = *state;
    sqlite3_file *file = NULL;
    unsigned char part[4096];
    size_t size;
    make_case(here->path, 1024, 60, "wal");
    unsigned char *bytes = get_file(here->path, &size);
    sqlite3 *db = open_case(here->path);
    assert_int_equal(sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, (void *)&file), SQLITE_OK);
    const size_t spans[][2] = {{2048, 1016}, {2048 + 3, 7}, {100, 1}, {1000, 100}, {3000, 3000}, {0, 1016}};
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        assert_int_equal(file->pMethods->xRead(file, part, (int)spans[i][1], (sqlite3_int64)spans[i][0]), SQLITE_OK);
        assert_memory_equal(part, bytes + spans[i][0], spans[i][1]);
    }
    put_byte(here->path, 4096 + 1000, (unsigned char)(bytes[4096 + 1000] ^ 1));
    assert_int_equal(file->pMethods->xRead(file, part, 100, 4096), SQLITE_IOERR_DATA);
    assert_int_equal(file->pMethods->xRead(file, part, 100, 3072), SQLITE_OK);
    assert_int_equal(file->pMethods->xRead(file, part, 100, (sqlite3_int64)size), SQLITE_IOERR_DATA);
    assert_int_equal(file->pMethods->xWrite(file, part, 100, 2048), SQLITE_IOERR_WRITE);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    free(bytes);
}

/* The page that SQLite locks bytes of lies at one gibibyte; for this test, lower. */
static void the_page_that_is_locked_has_no_sum(void **state)
{
    const place *here = *state;
    const unsigned at = 0x4000;
    int usual = sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, at);
    itd_error error = {0};
    for (int rollback = 0; rollback < 2; rollback++) {
        make_case(here->path, 1024, 200, rollback ? "delete" : "wal");
        check_is_good(here->path);
        sqlite3 *db = open_case(here->path);
        assert_answer(db, "PRAGMA integrity_check", "ok");
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
        put_byte(here->path, at + 5, 1);
        assert_int_equal(itd_store_vfs_check(NULL, here->path, &error), ITD_EFORMAT);
        assert_string_equal(error.message, "page 17 is damaged");
        empty_folder(here);
    }
    (void)sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, usual);
}

/* Accounts whose sum stays the same: what a reader sees is never half a transfer. */
typedef struct readers {
    const char *path;
    _Atomic bool over;
    _Atomic size_t reads;
} readers;

static void *read_sums(void *context)
{
    readers *r = context;
    sqlite3 *db = open_case(r->path);
    (void)sqlite3_busy_timeout(db, 10000);
    while (!r->over || r->reads < 20) {
        assert_answer(db, "SELECT sum(amount)||' '||count(*) FROM account", "100000 1000");
        r->reads++;
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return NULL;
}

static void readers_and_a_writer_side_by_side(void **state)
{
    const place *here = *state;
    sqlite3 *db = open_case(here->path);
    run(db, "PRAGMA page_size=512; PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=20;"
            "CREATE TABLE account(id INTEGER PRIMARY KEY, amount INT, pad BLOB);"
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<999)"
            " INSERT INTO account SELECT i, 100, zeroblob(100) FROM n;");
    (void)sqlite3_busy_timeout(db, 10000);
    readers r = {.path = here->path};
    pthread_t threads[3];
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_sums, &r), 0);
    uint64_t seed = 9;
    for (int i = 0; i < 400; i++) {
        char sql[200];
        unsigned from = (unsigned)random_below(&seed, 1000), to = (unsigned)random_below(&seed, 1000);
        (void)snprintf(sql, sizeof sql,
                       "BEGIN IMMEDIATE; UPDATE account SET amount=amount-5 WHERE id=%u;"
                       "UPDATE account SET amount=amount+5 WHERE id=%u; COMMIT;",
                       from, to);
        run(db, sql);
        if (i % 50 == 0)
            check_is_good(here->path);
    }
    r.over = true;
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_true(r.reads >= 20);
    run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    check_is_good(here->path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_sum_is_part_of_the_format),
        cmocka_unit_test(page_sum_sees_small_damage),
        PLACE_TEST(what_was_written_is_read),
        PLACE_TEST(pages_that_move_keep_their_sums),
        PLACE_TEST(a_vacuum_that_changes_the_page_size_is_refused),
        PLACE_TEST(each_flipped_bit_is_found),
        PLACE_TEST(a_page_in_the_wrong_place_is_found),
        PLACE_TEST(a_file_cut_short_or_too_long_is_found),
        PLACE_TEST(what_is_no_case_is_told),
        PLACE_TEST(opening_says_what_is_wrong),
        PLACE_TEST(damage_met_by_a_query_is_named),
        PLACE_TEST(parts_of_pages_are_compared_too),
        PLACE_TEST(the_page_that_is_locked_has_no_sum),
        PLACE_TEST(readers_and_a_writer_side_by_side),
    };
    return cmocka_run_group_tests_name("store/vfs", tests, NULL, NULL);
}
