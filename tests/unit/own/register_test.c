/* Stakes in, a register out; the register as a file, whole, damaged and foreign; limits. */
#include <unistd.h>

#include "own/names.h"
#include "support/faults.h"
#include "support/own.h"
#include "support/random.h"

static void test_ids_are_in_byte_order(void **state)
{
    itd_register r;
    (void)state;
    own_register(&r, "b,a,1,1,shares,,\nB,\xC3\xA4,1,1,shares,,\nab,abc,1,1,shares,,\n10,9,1,1,shares,,\n");
    static const char *const wanted[] = {"10", "9", "B", "a", "ab", "abc", "b", "\xC3\xA4"};
    assert_int_equal(r.entity_count, 8);
    for (uint32_t i = 0; i < 8; i++) {
        assert_true(itd_sv_is(itd_register_id(&r, i), wanted[i]));
        assert_int_equal(itd_register_find(&r, itd_sv_of(wanted[i])), i);
    }
    assert_int_equal(itd_register_find(&r, ITD_SV("")), UINT32_MAX);
    assert_int_equal(itd_register_find(&r, ITD_SV("abcd")), UINT32_MAX);
    itd_register_close(&r);
}

static int by_bytes(const void *a, const void *b)
{
    return itd_sv_compare(*(const itd_sv *)a, *(const itd_sv *)b);
}

/* Many ids with long beginnings in common, shorter ones that are the beginning of others: sorted as the library does.
 */
static void test_sorting_many_ids(void **state)
{
    enum { COUNT = 40000 };
    static char texts[COUNT][48];
    static itd_sv views[COUNT];
    static const char letters[] = "aaaaaaaaabbbbbbbbbbbbbbcccccccccc";
    static const char *const starts[] = {"", "gb-psc-0000000", "gb-psc-00000001234567890123", "z", "\xF0\x9F\x90\x91"};
    itd_names names = {0};
    itd_error error = {0};
    uint64_t seed = 9;
    uint32_t *rank = NULL, count = 0;
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        uint32_t number = 0;
        char digits[8] = "";
        if (i % 4 != 0)
            (void)snprintf(digits, sizeof digits, "%u", (unsigned)random_below(&seed, 100000));
        (void)snprintf(texts[i], sizeof texts[i], "%s%.*s%s", starts[random_below(&seed, 5)],
                       (int)(1 + random_below(&seed, 12)), &letters[random_below(&seed, 20)], digits);
        views[i] = itd_sv_of(texts[i]);
        assert_int_equal(itd_names_add(&number, &names, views[i], itd_names_hash(views[i]), &error), ITD_OK);
        count = number >= count ? number + 1 : count;
    }
    assert_int_equal(names.count, count);
    static itd_radix_item room[2 * COUNT];
    itd_pool *pool = NULL;
    assert_true(count > 20000); /* enough to be sorted in parts */
    assert_int_equal(itd_pool_create(&pool, 3, &error), ITD_OK);
    assert_int_equal(itd_names_sort(&rank, &names, room, pool, &error), ITD_OK);
    itd_pool_destroy(pool);
    qsort(views, COUNT, sizeof views[0], by_bytes);
    uint32_t at = 0;
    for (size_t i = 0; i < COUNT; i++) {
        if (i > 0 && itd_sv_equal(views[i], views[i - 1]))
            continue;
        assert_true(itd_sv_equal(itd_names_text(&names, at), views[i]));
        assert_int_equal(itd_names_find(names.first, names.heap, names.count, views[i]), at);
        at++;
    }
    assert_int_equal(at, count);
    itd_free(rank);
    itd_names_finish(&names);
}

static void test_both_ways_round(void **state)
{
    itd_register r;
    (void)state;
    own_register(
        &r, "X,C,300000,300000,shares,,\nX,A,100000,200000,votes,2020-01-01,\nY,C,1,1,shares,,\nX,C,5,6,shares,,\n");
    uint32_t a = itd_register_find(&r, ITD_SV("A")), c = itd_register_find(&r, ITD_SV("C"));
    uint32_t x = itd_register_find(&r, ITD_SV("X"));
    assert_int_equal(r.stake_count, 4);
    assert_int_equal(r.in_first[c + 1] - r.in_first[c], 3);
    uint32_t s = r.in_first[c]; /* X twice, in the order of the file, then Y */
    assert_int_equal(r.owner[s], x);
    assert_int_equal(r.owner[s + 1], x);
    assert_int_equal(itd_term_min(r.term[s]), 300000);
    assert_int_equal(itd_term_max(r.term[s + 1]), 6);
    assert_true(r.term[s] & ITD_TERM_PAIRED && r.term[s + 1] & ITD_TERM_PAIRED && !(r.term[s + 2] & ITD_TERM_PAIRED));
    assert_int_equal(r.line[s], 2);
    assert_int_equal(r.line[s + 1], 5);
    assert_int_equal(r.out_first[x + 1] - r.out_first[x], 3);
    assert_int_equal(r.out[r.out_first[x]].owned, a);
    assert_int_equal(itd_term_kind(r.term[r.in_first[a]]), ITD_STAKE_VOTES);
    assert_true(r.term[r.in_first[a]] & ITD_TERM_DATED);
    for (uint32_t i = 0; i < 4; i++)
        assert_true(r.in_first[itd_register_owned(&r, i)] <= i && i < r.in_first[itd_register_owned(&r, i) + 1]);
    assert_true(itd_sv_is(itd_register_file(&r, 0), "r.csv"));
    itd_register_close(&r);
}

typedef struct sought {
    uint32_t owner, owned, number;
} sought;

static int by_owned(const void *a, const void *b)
{
    const sought *x = a, *y = b;
    if (x->owned != y->owned)
        return x->owned < y->owned ? -1 : 1;
    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static int by_owner(const void *a, const void *b)
{
    const sought *x = a, *y = b;
    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

enum { MANY = 30000 };

/* Ids of four digits, so that numbers are ranks; some hold much, some are held by many. */
static void many_stakes(sought *all, uint64_t seed)
{
    for (uint32_t i = 0; i < MANY; i++) {
        all[i] = (sought){(uint32_t)random_below(&seed, 3000), (uint32_t)random_below(&seed, 3000), i};
        if (i % 10 == 0)
            all[i].owner = 7;
        if (i % 11 == 0)
            all[i].owned = 2999;
    }
    for (uint32_t i = 0; i < 3000; i++)
        all[i].owner = i; /* each is there */
}

static void build_many(itd_register *r, const sought *all, unsigned threads)
{
    itd_register_builder *builder = NULL;
    itd_pool *pool = NULL;
    itd_error error = {0};
    if (threads > 0)
        assert_int_equal(itd_pool_create(&pool, threads, &error), ITD_OK);
    assert_int_equal(itd_register_builder_create(&builder, pool, &error), ITD_OK);
    for (uint32_t i = 0; i < MANY; i++) {
        char owner[5], owned[5];
        (void)snprintf(owner, sizeof owner, "%04u", all[i].owner);
        (void)snprintf(owned, sizeof owned, "%04u", all[i].owned);
        const itd_stake stake = {
            .owner = itd_sv_of(owner), .owned = itd_sv_of(owned), .share_max_ppm = i, .line = i + 1};
        assert_int_equal(itd_register_builder_add(builder, &stake, &error), ITD_OK);
    }
    assert_int_equal(itd_register_builder_take(r, builder, &error), ITD_OK);
    itd_register_builder_destroy(builder);
    itd_pool_destroy(pool);
}

/* As the library sorts them, with any number of threads. */
static void test_many_stakes_both_ways_round(void **state)
{
    static sought all[MANY], sorted[MANY];
    static const unsigned threads[] = {0, 1, 2, 5};
    (void)state;
    many_stakes(all, 3);
    for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
        itd_register r;
        build_many(&r, all, threads[t]);
        assert_int_equal(r.entity_count, 3000);
        assert_int_equal(r.stake_count, MANY);
        memcpy(sorted, all, sizeof all);
        qsort(sorted, MANY, sizeof sorted[0], by_owned);
        for (uint32_t s = 0; s < MANY; s++) {
            const sought *wanted = &sorted[s];
            bool paired = (s > 0 && sorted[s - 1].owner == wanted->owner && sorted[s - 1].owned == wanted->owned) ||
                          (s + 1 < MANY && wanted[1].owner == wanted->owner && wanted[1].owned == wanted->owned);
            assert_int_equal(r.owner[s], wanted->owner);
            assert_int_equal(r.line[s], wanted->number + 1);
            assert_int_equal(itd_term_max(r.term[s]), wanted->number);
            assert_int_equal((r.term[s] & ITD_TERM_PAIRED) != 0, paired);
            assert_int_equal(r.start[s], ITD_START_OPEN);
            assert_int_equal(r.end[s], ITD_END_OPEN);
            assert_true(r.in_first[wanted->owned] <= s && s < r.in_first[wanted->owned + 1]);
        }
        for (uint32_t s = 0; s < MANY; s++)
            sorted[s].number = s; /* a stake's number is its place */
        qsort(sorted, MANY, sizeof sorted[0], by_owner);
        for (uint32_t k = 0; k < MANY; k++) {
            assert_int_equal(r.out[k].owned, sorted[k].owned);
            assert_int_equal(r.out[k].stake, sorted[k].number);
            assert_true(r.out_first[sorted[k].owner] <= k && k < r.out_first[sorted[k].owner + 1]);
        }
        itd_register_close(&r);
    }
}

static itd_status add(itd_register_builder *builder, const char *owner, uint32_t low, uint32_t high)
{
    itd_error error = {0};
    const itd_stake stake = {
        .owner = itd_sv_of(owner), .owned = ITD_SV("C"), .share_min_ppm = low, .share_max_ppm = high};
    return itd_register_builder_add(builder, &stake, &error);
}

static void test_what_is_refused(void **state)
{
    itd_register_builder *builder = NULL;
    itd_error error = {0};
    (void)state;
    assert_int_equal(itd_register_builder_create(&builder, NULL, &error), ITD_OK);
    assert_int_equal(add(builder, "", 1, 1), ITD_EINVAL);
    assert_int_equal(add(builder, "X", 2, 1), ITD_EINVAL);
    assert_int_equal(add(builder, "X", 1, 1000001), ITD_EINVAL);
    const itd_stake stake = {.owner = ITD_SV("a\0b"), .owned = ITD_SV("C")};
    assert_int_equal(itd_register_builder_add(builder, &stake, &error), ITD_EINVAL);
    itd_register_builder_destroy(builder);
}

static void test_limit_of_files(void **state)
{
    itd_register_builder *builder = NULL;
    itd_error error = {0};
    char name[16];
    (void)state;
    assert_int_equal(itd_register_builder_create(&builder, NULL, &error), ITD_OK);
    for (unsigned i = 0; i < ITD_REGISTER_FILES_MAX; i++) {
        (void)snprintf(name, sizeof name, "%u", i);
        assert_int_equal(itd_register_builder_file(builder, itd_sv_of(name), &error), ITD_OK);
    }
    assert_int_equal(itd_register_builder_file(builder, ITD_SV("17"), &error), ITD_OK); /* known */
    assert_int_equal(itd_register_builder_file(builder, ITD_SV("one more"), &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_REGISTER_FILES_MAX"));
    itd_register_builder_destroy(builder);
}

static void test_limit_of_ids(void **state)
{
    itd_names names = {.bytes_max = 8};
    itd_error error = {0};
    uint32_t number = 0;
    (void)state;
    assert_int_equal(itd_names_add(&number, &names, ITD_SV("abc"), 1, &error), ITD_OK);
    assert_int_equal(itd_names_add(&number, &names, ITD_SV("def"), 2, &error), ITD_OK);
    assert_int_equal(number, 1);
    assert_int_equal(itd_names_add(&number, &names, ITD_SV("g"), 3, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_NAMES_BYTES_MAX"));
    itd_names_finish(&names);
}

/* ---- as a file ---- */

#define ROWS                                                                                                           \
    "X,A,250001,500000,shares,2020-01-01,2024\nA,B,500000,500000,votes,,\nX,B,,,control,,\nX,A,1,1,shares,,\n"         \
    "A,Z,,,same,,\n"

static void test_written_and_read(void **state)
{
    const char *path = "/tmp/itd-register-test.itg";
    itd_register made, read;
    itd_error error = {0};
    (void)state;
    own_register(&made, ROWS);
    assert_int_equal(itd_register_write(&made, path, &error), ITD_OK);
    assert_int_equal(itd_register_open(&read, path, &error), ITD_OK);
    assert_int_equal(itd_register_verify(&read, path, &error), ITD_OK);
    assert_int_equal(read.entity_count, made.entity_count);
    assert_int_equal(read.stake_count, made.stake_count);
    assert_memory_equal(read.in_first, made.in_first, (made.entity_count + 1) * sizeof *made.in_first);
    assert_memory_equal(read.owner, made.owner, made.stake_count * sizeof *made.owner);
    assert_memory_equal(read.term, made.term, made.stake_count * sizeof *made.term);
    assert_memory_equal(read.start, made.start, made.stake_count * sizeof *made.start);
    assert_memory_equal(read.end, made.end, made.stake_count * sizeof *made.end);
    assert_memory_equal(read.out, made.out, made.stake_count * sizeof *made.out);
    assert_int_equal(itd_register_find(&read, ITD_SV("X")), itd_register_find(&made, ITD_SV("X")));
    itd_register_close(&read);
    itd_register_close(&made);
    (void)unlink(path);
}

/* ---- ids that are one ---- */

enum { SAME_IDS = 12, SAME_ROWS = 40, SAME_ROUNDS = 300 };

static size_t put_id(char *out, size_t room, unsigned number, unsigned other)
{
    return (size_t)(other ? snprintf(out, room, "~%u~%u", number, other) : snprintf(out, room, "id%02u", number));
}

/* A register of which some rows use other names of an entity is the register that always uses the first. */
static void test_other_ids(void **state)
{
    static char plain[1 << 14], other[1 << 14];
    uint64_t seed = 17;
    (void)state;
    for (int round = 0; round < SAME_ROUNDS; round++) {
        size_t plain_size = 0, other_size = 0;
        bool used[SAME_IDS][3] = {{false}};
        for (unsigned row = 0; row < SAME_ROWS; row++) {
            for (unsigned side = 0; side < 2; side++) {
                unsigned id = (unsigned)random_below(&seed, SAME_IDS), which = (unsigned)random_below(&seed, 3);
                used[id][which] = true;
                plain_size += put_id(plain + plain_size, sizeof plain - plain_size, id, 0);
                other_size += put_id(other + other_size, sizeof other - other_size, id, which);
                plain[plain_size++] = other[other_size++] = ',';
            }
            plain_size += (size_t)snprintf(plain + plain_size, sizeof plain - plain_size, "1,%u,shares,,\n", row + 1);
            other_size += (size_t)snprintf(other + other_size, sizeof other - other_size, "1,%u,shares,,\n", row + 1);
        }
        for (unsigned id = 0; id < SAME_IDS; id++) {
            for (unsigned which = 1; which < 3; which++) {
                if (!used[id][1] && !used[id][2])
                    continue;
                char row[64];
                size_t size = put_id(row, sizeof row, id, which);
                row[size++] = ',';
                size +=
                    put_id(row + size, sizeof row - size, id, which == 1 ? 0 : 1); /* the second by way of the first */
                other_size +=
                    (size_t)snprintf(other + other_size, sizeof other - other_size, "%.*s,,,same,,\n", (int)size, row);
                if (!used[id][0])
                    used[id][0] = true;
            }
        }
        itd_register one, many;
        own_register(&one, plain);
        own_register(&many, other);
        assert_int_equal(one.entity_count, many.entity_count);
        assert_int_equal(one.stake_count, many.stake_count);
        assert_int_equal(many.stake_count, SAME_ROWS);
        assert_memory_equal(one.in_first, many.in_first, (one.entity_count + 1) * sizeof *one.in_first);
        assert_memory_equal(one.out_first, many.out_first, (one.entity_count + 1) * sizeof *one.out_first);
        assert_memory_equal(one.owner, many.owner, SAME_ROWS * sizeof *one.owner);
        assert_memory_equal(one.term, many.term, SAME_ROWS * sizeof *one.term);
        assert_memory_equal(one.out, many.out, SAME_ROWS * sizeof *one.out);
        for (unsigned id = 0; id < SAME_IDS; id++) {
            for (unsigned which = 0; which < 3; which++) {
                char text[16];
                itd_sv whole = {text, put_id(text, sizeof text, id, 0)};
                uint32_t wanted = itd_register_find(&one, whole);
                itd_sv name = {text, put_id(text, sizeof text, id, which)};
                if (which == 0 || used[id][1] || used[id][2])
                    assert_int_equal(itd_register_find(&many, name), wanted);
            }
        }
        itd_register_close(&one);
        itd_register_close(&many);
    }
}

static void test_other_ids_in_a_file(void **state)
{
    const char *path = "/tmp/itd-register-same.itg";
    itd_register made, read;
    itd_error error = {0};
    (void)state;
    own_register(&made, "X,A,1,2,shares,,\nB,A,,,same,,\nC,B,,,same,,\nX,C,3,4,shares,,\nD,D,,,same,,\n");
    assert_int_equal(made.entity_count, 3); /* A, D, X */
    assert_int_equal(made.alias_count, 2);
    assert_int_equal(itd_register_write(&made, path, &error), ITD_OK);
    assert_int_equal(itd_register_open(&read, path, &error), ITD_OK);
    assert_int_equal(read.alias_count, 2);
    for (const char *id = "ABC"; *id; id++)
        assert_int_equal(itd_register_find(&read, (itd_sv){id, 1}), 0);
    assert_int_equal(itd_register_find(&read, ITD_SV("D")), 1);
    assert_int_equal(itd_register_find(&read, ITD_SV("E")), UINT32_MAX);
    assert_int_equal(read.in_first[1], 2); /* both stakes are in A */
    itd_register_close(&read);
    itd_register_close(&made);
    (void)unlink(path);
}

static void test_empty_register(void **state)
{
    const char *path = "/tmp/itd-register-empty.itg";
    itd_register made, read;
    itd_error error = {0};
    (void)state;
    own_register(&made, "");
    assert_int_equal(made.entity_count, 0);
    assert_int_equal(itd_register_find(&made, ITD_SV("X")), UINT32_MAX);
    assert_int_equal(itd_register_write(&made, path, &error), ITD_OK);
    assert_int_equal(itd_register_open(&read, path, &error), ITD_OK);
    assert_int_equal(read.stake_count, 0);
    itd_register_close(&read);
    itd_register_close(&made);
    (void)unlink(path);
}

/* Whatever byte is another: refused at opening or by the check of all, or the numbers still point inside. */
static void test_damaged(void **state)
{
    const char *path = "/tmp/itd-register-damaged.itg";
    static unsigned char bytes[1 << 16];
    itd_register made;
    itd_error error = {0};
    (void)state;
    own_register(&made, ROWS);
    assert_int_equal(itd_register_write(&made, path, &error), ITD_OK);
    itd_register_close(&made);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    assert_true(size > 0 && size < sizeof bytes);
    for (size_t at = 0; at < size; at++) {
        itd_register r;
        bytes[at] ^= 0xFF;
        file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, size, file), size);
        (void)fclose(file);
        bytes[at] ^= 0xFF;
        itd_status status = itd_register_open(&r, path, &error);
        if (status != ITD_OK) {
            assert_true(status == ITD_EFORMAT || status == ITD_EMISMATCH);
            assert_true(error.message[0] != '\0');
            continue;
        }
        for (uint32_t s = 0; s < r.stake_count; s++) {
            assert_true(r.owner[s] < r.entity_count && r.out[s].owned < r.entity_count);
            (void)itd_own_counts(&r, s, own_day("2024-01-01"));
            (void)itd_register_file(&r, s);
        }
        assert_int_equal(itd_register_verify(&r, path, &error), ITD_EFORMAT);
        itd_register_close(&r);
    }
    (void)unlink(path);
}

static itd_status build_and_write(void *context, itd_error *error)
{
    itd_register_builder *builder = NULL;
    itd_register r = {0};
    itd_status status = itd_register_builder_create(&builder, NULL, error);
    for (unsigned i = 0; i < 100 && status == ITD_OK; i++) {
        char owner[8];
        (void)snprintf(owner, sizeof owner, "P%u", i);
        const itd_stake stake = {.owner = itd_sv_of(owner), .owned = ITD_SV("C"), .share_max_ppm = 10};
        status = itd_register_builder_add(builder, &stake, error);
    }
    if (status == ITD_OK)
        status = itd_register_builder_take(&r, builder, error);
    itd_register_builder_destroy(builder);
    if (status == ITD_OK)
        status = itd_register_write(&r, context, error);
    itd_register_close(&r);
    return status;
}

static void test_failures(void **state)
{
    char path[] = "/tmp/itd-register-failing.itg";
    (void)state;
    assert_true(faults_each(ITD_FAULT_MEMORY, build_and_write, NULL, path) > 5);
    assert_true(faults_each(ITD_FAULT_WRITE, build_and_write, NULL, path) > 2);
    (void)unlink(path);
}

typedef struct judging {
    itd_register r;
} judging;

/* Every allocation of a judgement fails in turn: of one that looks at groups and flags. */
static itd_status judge_gb(void *context, itd_error *error)
{
    judging *j = context;
    itd_own_evaluation e = {0};
    itd_arena arena;
    itd_own_answer answer;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_own_evaluation_init(&e, &j->r, itd_own_regime_find("gb"), own_day("2025-01-01"), error);
    if (status == ITD_OK) {
        itd_own_mark(&e, itd_register_find(&j->r, ITD_SV("X")), false);
        status = itd_own_evaluation_run(&e, error);
    }
    if (status == ITD_OK)
        status = itd_own_evaluation_flags(&e, error);
    for (uint32_t n = 0; n < j->r.entity_count && status == ITD_OK; n++)
        status = itd_own_explain(&answer, &e, n, &arena, error);
    if (status == ITD_OK)
        status = itd_own_evaluation_unlist(&e, itd_register_find(&j->r, ITD_SV("X")), error);
    if (status == ITD_OK)
        status = itd_own_evaluation_list(&e, itd_register_find(&j->r, ITD_SV("Y")), true, error);
    itd_own_evaluation_finish(&e);
    itd_arena_finish(&arena);
    return status;
}

static void test_failures_of_judging(void **state)
{
    judging j;
    (void)state;
    own_register(&j.r,
                 "X,A,300000,300000,shares,,\nY,A,300000,300000,shares,,\nX,Y,,,joint,,\nA,B,600000,600000,shares,,\n"
                 "B,C,510000,510000,shares,,2024-01-01\nY,Z,,,control,,\nZ,C,500000,500000,shares,,\n");
    assert_true(faults_each(ITD_FAULT_MEMORY, judge_gb, NULL, &j) > 10);
    itd_register_close(&j.r);
}

/* ---- who is listed ---- */

typedef struct heard {
    char text[512];
} heard;

static itd_status hear(void *context, itd_sv id, itd_sv category, itd_error *error)
{
    heard *h = context;
    (void)error;
    (void)snprintf(h->text + strlen(h->text), sizeof h->text - strlen(h->text), "%.*s|%.*s\n", ITD_SV_ARG(id),
                   ITD_SV_ARG(category));
    return ITD_OK;
}

static itd_status listen(heard *h, itd_listed_reading *reading, const char *text, itd_error *error)
{
    itd_input *input = NULL;
    *h = (heard){0};
    reading->party = hear;
    reading->context = h;
    assert_int_equal(itd_input_open_memory(&input, "listed", itd_sv_of(text), error), ITD_OK);
    itd_status status = itd_listed_read(reading, input, error);
    itd_input_close(input);
    return status;
}

static void test_listed(void **state)
{
    heard h;
    itd_listed_reading reading = {0};
    itd_error error = {0};
    (void)state;
    assert_int_equal(listen(&h, &reading,
                            "\xEF\xBB\xBFid,category\nX\n\n# no\n Y , kp-party \n\"a, \"\"b\"\"\",kp-government\n",
                            &error),
                     ITD_OK);
    assert_string_equal(h.text, "X|\nY|kp-party\na, \"b\"|kp-government\n");
    static const struct {
        const char *text, *reason;
    } bad[] = {{"X\nY,who\n", "category"},         {"X\n\"Y\n", "never closed"},       {"X\n,kp-party\n", "no id"},
               {"X\nY,kp-party,z\n", "more than"}, {"X\n\"Y\"z\n", "after a closing"}, {"X\n\xFF\n", "UTF-8"}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(listen(&h, &reading, bad[i].text, &error), ITD_EFORMAT);
        assert_int_equal(error.line, 2);
        assert_non_null(strstr(error.message, bad[i].reason));
    }
    itd_listed_reading skipping = {.skip_bad = true};
    assert_int_equal(listen(&h, &skipping, "X,who\nY\n", &error), ITD_OK);
    assert_string_equal(h.text, "Y|\n");
    assert_int_equal(skipping.rejected, 1);
}

static void test_listed_line_too_long(void **state)
{
    static char text[ITD_LISTED_LINE_BYTES_MAX + 8];
    heard h;
    itd_listed_reading reading = {0};
    itd_error error = {0};
    (void)state;
    memset(text, 'x', sizeof text - 1);
    assert_int_equal(listen(&h, &reading, text, &error), ITD_ELIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_are_in_byte_order),
        cmocka_unit_test(test_sorting_many_ids),
        cmocka_unit_test(test_both_ways_round),
        cmocka_unit_test(test_many_stakes_both_ways_round),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_limit_of_files),
        cmocka_unit_test(test_limit_of_ids),
        cmocka_unit_test(test_written_and_read),
        cmocka_unit_test(test_other_ids),
        cmocka_unit_test(test_other_ids_in_a_file),
        cmocka_unit_test(test_empty_register),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_failures_of_judging),
        cmocka_unit_test(test_listed),
        cmocka_unit_test(test_listed_line_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
