/* Registers in JSON: an array, an object a line, one object alone; which head looks like what; what breaks off; limits.
 */
#include "read/stakes_json.h"

#include <stdio.h>

#include "read/json_lines.h"
#include "support/cm.h"

typedef struct heard {
    itd_stakes_reading reading;
    itd_stakes_json json;
    char text[256]; /* line.offset of each object; a ! before those that are rejected */
} heard;

static itd_status take(void *context, const itd_json *object, const itd_stakes_place *place, itd_error *error)
{
    heard *h = context;
    (void)error;
    assert_int_equal(itd_json_typeof(object), ITD_JSON_OBJECT);
    (void)snprintf(h->text + strlen(h->text), sizeof h->text - strlen(h->text), "%u.%u ", (unsigned)place->line,
                   (unsigned)place->offset);
    return ITD_OK;
}

static void reject(void *context, const itd_reject *reject)
{
    heard *h = context;
    (void)snprintf(h->text + strlen(h->text), sizeof h->text - strlen(h->text), "!%u.%u ", (unsigned)reject->line,
                   (unsigned)reject->offset);
}

static itd_status hear(heard *h, const char *text, size_t bytes_max, bool alone, itd_error *error)
{
    static const char *const holders[] = {"kept", "held", NULL};
    itd_input *input = NULL;
    assert_int_equal(itd_input_open_memory(&input, "register", itd_sv_of(text), error), ITD_OK);
    *h = (heard){
        .reading = {.skip_bad = true, .reject = reject, .reject_context = h},
        .json = {
            .input = input, .take = take, .context = h, .bytes_max = bytes_max, .alone = alone, .holders = holders}};
    h->json.reading = &h->reading;
    itd_status status = itd_stakes_json_read(&h->json, error);
    itd_input_close(input);
    return status;
}

static void test_shapes(void **state)
{
    static const struct {
        const char *text;
        bool alone;
        const char *expected;
    } all[] = {
        {"{}\n\n {}", false, "1.0 3.4 "},
        {"\xEF\xBB\xBF{}\n{}", false, "1.3 2.6 "},
        {"[]", false, ""},
        {"\xEF\xBB\xBF [\n{},\n{ \"a\": [1,\"]\"]}]\n", false, "2.6 3.10 "},
        {"[{},5,{]", false, "1.1 !1.4 !1.7 !1.8 "},
        {"[{}", false, "1.1 !1.3 "},
        {"[{}}", false, "1.1 !1.3 "},
        {"[{}] {}", false, "1.1 !1.5 "},
        {"{\n}", true, "1.0 "},
        {"{\n}\n{}", true, "!1.4 "},
        {"{}\n{}", true, "1.0 2.3 "},
        /* the one member of an object */
        {"{\"held\":[{},\n{}]}", false, "1.9 2.13 "},
        {"\xEF\xBB\xBF\n{ \"held\" :\n[{}] }\n", true, "3.16 "},
        {"{\"kept\":[]}", false, ""},
        {"{\"held\":[{}]", false, "1.9 !1.12 "},
        {"{\"held\":[{}],\"more\":1}", false, "1.9 !1.12 "},
        {"{\"held\":[{},{}", false, "1.9 !1.13 "},
        {"{\"held\":[7]}", false, "!1.9 "},
        {"{\"other\":[{}]}", false, "1.0 "},
        {"{\"helden\":[{}]}", false, "1.0 "},
        {"{\"held\":{}}", false, "1.0 "},
        {"{}\nnull\n{\"a\"}\n{}", false, "1.0 !2.3 !3.12 4.14 "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        heard h;
        itd_error error = {0};
        if (hear(&h, all[i].text, 0, all[i].alone, &error) != ITD_OK || strcmp(h.text, all[i].expected) != 0)
            fail_msg("%s: %s %s", all[i].text, h.text, error.message);
    }
}

static void test_limit(void **state)
{
    heard h;
    itd_error error = {0};
    (void)state;
    assert_int_equal(hear(&h, "[{},{}]", 7, false, &error), ITD_OK);
    assert_int_equal(hear(&h, "[{},{}]", 6, false, &error), ITD_ELIMIT);
    assert_non_null(strstr(error.message, "ITD_JSON_ARRAY_BYTES_MAX"));
    assert_string_equal(error.where, "register");
    assert_int_equal(hear(&h, "{\n}", 2, true, &error), ITD_ELIMIT);
    assert_int_equal(hear(&h, "{}\n{}", 2, true, &error), ITD_OK); /* lines come one by one */
}

static void test_heads(void **state)
{
    static const char *const keys[] = {"a", "b", NULL};
    static const char *const good[] = {"{\"a\":1,\"b\":2}",
                                       "\xEF\xBB\xBF\n [ {\"x\": {\"b\" : 1}, \"a\":", "[{\"a\":1},{\"b\":"};
    static const char *const bad[] = {
        "", "{\"a\":1}", "[{\"a\":\"b\"}]", "[[{\"a\":1,\"b\":2}]]", "\"a\":1,\"b\":2", "{\"ab\":1,\"ba\":2}"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(itd_stakes_json_has(itd_sv_of(good[i]), keys));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(itd_stakes_json_has(itd_sv_of(bad[i]), keys));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_heads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
