#include "model/content.h"

#include <stdlib.h>

#include "base/memory.h"
#include "support/cm.h"

static void texts_keep_their_order_and_come_back(void **state)
{
    (void)state;
    /* In byte order. */
    static const itd_sv texts[] = {{"", 0},  {"\0", 1},  {"\0\0", 2}, {"\0\1", 2}, {"\0\xff", 2}, {"\1", 1},
                                   {"a", 1}, {"a\0", 2}, {"a\0b", 3}, {"ab", 2},   {"\xff", 1}};
    itd_buffer last = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        itd_buffer now = {0};
        itd_content_text(&now, texts[i]);
        assert_false(now.failed);
        if (i > 0)
            assert_true(itd_sv_compare(itd_buffer_view(&last), itd_buffer_view(&now)) < 0);
        itd_buffer_finish(&last);
        last = now;
        itd_buffer copy = {0};
        assert_true(itd_buffer_append(&copy, itd_buffer_view(&now)));
        char *rest = copy.data;
        size_t size = copy.size;
        itd_sv text;
        assert_true(itd_content_take(&text, &rest, &size));
        assert_true(itd_sv_equal(text, texts[i]));
        assert_int_equal(size, 0);
        assert_false(itd_content_take(&text, &rest, &size));
        itd_buffer_finish(&copy);
    }
    itd_buffer_finish(&last);
}

static void a_cut_text_is_not_taken(void **state)
{
    (void)state;
    char bytes[] = {'a', '\0', '\xff', 'b', '\0'};
    char *rest = bytes;
    size_t size = sizeof bytes;
    itd_sv text;
    assert_false(itd_content_take(&text, &rest, &size));
}

static void every_field_that_says_something_counts(void **state)
{
    (void)state;
    const itd_statement plain = {.entity = ITD_SV("d-1"),
                                 .record = ITD_SV("d-1"),
                                 .dataset = ITD_SV("d"),
                                 .schema = ITD_S_Person,
                                 .property = ITD_P_Thing_name,
                                 .value = ITD_SV("Kim")};
    itd_statement changed[11];
    for (size_t i = 0; i < 11; i++)
        changed[i] = plain;
    changed[0].entity = ITD_SV("d-2");
    changed[1].record = ITD_SV("d-2");
    changed[2].dataset = ITD_SV("e");
    changed[3].schema = ITD_S_Organization;
    changed[4].property = ITD_P_Thing_alias;
    changed[5].value = ITD_SV("KIM");
    changed[6].original = ITD_SV("Kim.");
    changed[7].lang = ITD_SV("kor");
    changed[8].origin = ITD_SV("us");
    changed[9].reliability = 'A';
    changed[10].tlp = ITD_TLP_RED;
    itd_buffer one = {0}, other = {0};
    itd_content_append(&one, &plain);
    for (size_t i = 0; i < 11; i++) {
        itd_buffer_clear(&other);
        itd_content_append(&other, &changed[i]);
        assert_false(itd_sv_equal(itd_buffer_view(&one), itd_buffer_view(&other)));
    }
    itd_statement moved = plain;
    moved.line = 7;
    moved.offset = 70;
    moved.document = ITD_SV("elsewhere.csv");
    moved.first_seen = ITD_SV("2026-01-01");
    itd_buffer_clear(&other);
    itd_content_append(&other, &moved);
    assert_true(itd_sv_equal(itd_buffer_view(&one), itd_buffer_view(&other)));
    itd_buffer_finish(&one);
    itd_buffer_finish(&other);
}

static void sums_do_not_know_an_order(void **state)
{
    (void)state;
    static const itd_sv texts[] = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}};
    itd_content_sum up = {0}, down = {0};
    for (size_t i = 0; i < 4; i++) {
        itd_content_add(&up, texts[i]);
        itd_content_add(&down, texts[3 - i]);
    }
    assert_memory_equal(&up, &down, sizeof up);
    itd_content_subtract(&up, texts[1]);
    assert_memory_not_equal(&up, &down, sizeof up);
    itd_content_add(&up, texts[1]);
    assert_memory_equal(&up, &down, sizeof up);
    for (size_t i = 0; i < 4; i++)
        itd_content_subtract(&up, texts[i]);
    const itd_content_sum none = {0};
    assert_memory_equal(&up, &none, sizeof up);
}

static void a_sum_of_one_is_its_hash(void **state)
{
    (void)state;
    /* b2sum -l 256 of "abc" */
    static const unsigned char expected[ITD_CONTENT_HASH_SIZE] = {
        0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72, 0x31, 0x71, 0xef, 0x3f, 0xee, 0x98, 0x57, 0x9b,
        0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb, 0x3e, 0x42, 0x72, 0x62, 0xc8, 0xc0, 0x68, 0xd5, 0x23, 0x19};
    itd_content_sum sum = {0};
    unsigned char bytes[ITD_CONTENT_HASH_SIZE];
    itd_content_add(&sum, ITD_SV("abc"));
    itd_content_bytes(bytes, &sum);
    for (size_t i = 0; i < sizeof bytes; i++) /* the number's first byte is the hash's last */
        assert_int_equal(bytes[i], expected[sizeof bytes - 1 - i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_keep_their_order_and_come_back),
        cmocka_unit_test(a_cut_text_is_not_taken),
        cmocka_unit_test(every_field_that_says_something_counts),
        cmocka_unit_test(sums_do_not_know_an_order),
        cmocka_unit_test(a_sum_of_one_is_its_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
