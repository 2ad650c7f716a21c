#include "base/buffer.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/fault.h"
#include "support/cm.h"
#include "support/random.h"

static void appends_add_up(void **state)
{
    (void)state;
    itd_buffer buffer = {0};
    assert_true(itd_buffer_append(&buffer, ITD_SV("a\0b")));
    assert_true(itd_buffer_append(&buffer, ITD_SV_NONE));
    assert_true(itd_buffer_append_char(&buffer, ';'));
    assert_true(itd_buffer_append_u64(&buffer, UINT64_MAX));
    assert_true(itd_buffer_append_char(&buffer, ';'));
    assert_true(itd_buffer_append_i64(&buffer, INT64_MIN));
    assert_true(itd_buffer_format(&buffer, ";%s", "formatted"));
    assert_true(
        itd_sv_equal(itd_buffer_view(&buffer), ITD_SV("a\0b;18446744073709551615;-9223372036854775808;formatted")));
    itd_buffer_clear(&buffer);
    assert_int_equal(itd_buffer_view(&buffer).size, 0);
    itd_buffer_finish(&buffer);
    assert_null(buffer.data);
    itd_buffer_finish(NULL);
}

static void numbers_are_written_as_printf_writes_them(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 5000; i++) {
        itd_buffer buffer = {0};
        uint64_t value = random_next(&seed) >> random_below(&seed, 64);
        char want[64];
        (void)snprintf(want, sizeof want, "%" PRIu64 "%" PRId64, value, (int64_t)(0 - value));
        assert_true(itd_buffer_append_u64(&buffer, value) && itd_buffer_append_i64(&buffer, (int64_t)(0 - value)));
        assert_true(itd_sv_is(itd_buffer_view(&buffer), want));
        itd_buffer_finish(&buffer);
    }
}

static void cap_is_kept(void **state)
{
    (void)state;
    itd_buffer buffer = {.size_max = 10};
    assert_true(itd_buffer_append(&buffer, ITD_SV("12345678")));
    assert_true(itd_buffer_append_char(&buffer, '9') && itd_buffer_append_char(&buffer, '0'));
    assert_false(itd_buffer_append_char(&buffer, 'x'));
    assert_true(buffer.failed && itd_sv_is(itd_buffer_view(&buffer), "1234567890"));
    assert_false(itd_buffer_append(&buffer, ITD_SV_NONE)); /* a failure stays until the buffer is cleared */
    itd_buffer_clear(&buffer);
    assert_false(itd_buffer_append(&buffer, ITD_SV("12345678901")));
    itd_buffer_clear(&buffer);
    assert_true(itd_buffer_append(&buffer, ITD_SV("1234567890")));
    itd_buffer_finish(&buffer);
    assert_int_equal(buffer.size_max, 10);

    itd_buffer uncapped = {0};
    assert_false(itd_buffer_reserve(&uncapped, ITD_BUFFER_BYTES_MAX + 1));
    itd_buffer_clear(&uncapped);
    assert_false(itd_buffer_reserve(&uncapped, SIZE_MAX));
    assert_int_equal(uncapped.capacity, 0);
}

static void a_refused_growth_keeps_the_content(void **state)
{
    (void)state;
    itd_buffer buffer = {0};
    static const char much[4096];
    assert_true(itd_buffer_append(&buffer, ITD_SV("kept")));
    itd_fault_arm(ITD_FAULT_MEMORY, 0);
    assert_false(itd_buffer_append(&buffer, (itd_sv){much, sizeof much}));
    itd_fault_disarm(ITD_FAULT_MEMORY);
    assert_false(itd_buffer_append_char(&buffer, 'x')); /* there is room, but what comes out must not have holes */
    assert_true(itd_sv_is(itd_buffer_view(&buffer), "kept"));
    itd_buffer_finish(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appends_add_up),
        cmocka_unit_test(numbers_are_written_as_printf_writes_them),
        cmocka_unit_test(cap_is_kept),
        cmocka_unit_test(a_refused_growth_keeps_the_content),
    };
    return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
