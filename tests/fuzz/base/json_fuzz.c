/* Any bytes: either refused with a reason and an offset inside the text, or a tree that written out reads back as the
 * same tree. */
#include "support/fuzz.h"

#include "base/json.h"

static void write_value(itd_json_writer *writer, const itd_json *value)
{
    char scratch[32];
    const void *cursor = NULL;
    const itd_json *member;
    itd_sv key, number;
    switch (itd_json_typeof(value)) {
    case ITD_JSON_OBJECT:
        itd_json_begin_object(writer);
        while (itd_json_next_member(value, &cursor, &key, &member)) {
            FUZZ_CHECK(key.data[key.size] == '\0' && itd_json_member(value, key.data) == member);
            itd_json_key(writer, key.data);
            write_value(writer, member);
        }
        itd_json_end_object(writer);
        break;
    case ITD_JSON_ARRAY:
        itd_json_begin_array(writer);
        for (size_t i = 0; i < itd_json_count(value); i++)
            write_value(writer, itd_json_item(value, i));
        itd_json_end_array(writer);
        break;
    case ITD_JSON_STRING:
        itd_json_write_text(writer, itd_json_text(value));
        break;
    case ITD_JSON_BOOL:
        itd_json_write_bool(writer, itd_sv_is(itd_json_scalar(value, scratch, sizeof scratch), "true"));
        break;
    case ITD_JSON_NUMBER:
        number = itd_json_scalar(value, scratch, sizeof scratch);
        FUZZ_CHECK(number.size > 0);
        itd_json_write_text(writer, number); /* a string is as good: what counts is that the text stays the same */
        break;
    case ITD_JSON_NULL:
        itd_json_write_null(writer);
        break;
    case ITD_JSON_NONE:
        FUZZ_CHECK(itd_json_typeof(value) != ITD_JSON_NONE);
        break;
    }
}

static bool round_trip(itd_buffer *out, itd_sv text, itd_error *error)
{
    itd_json_document *document = NULL;
    itd_json_writer writer;
    const itd_json *root = NULL;
    FUZZ_CHECK(itd_json_document_create(&document, error) == ITD_OK);
    bool well = itd_json_parse(document, text, &root, error) == ITD_OK;
    if (well) {
        itd_json_writer_init(&writer, out);
        write_value(&writer, root);
        FUZZ_CHECK(!out->failed && writer.depth == 0);
    } else {
        FUZZ_CHECK(!root && error->message[0] && error->offset <= text.size);
    }
    itd_json_document_destroy(document);
    return well;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_buffer once = {0}, twice = {0};
    itd_error error = {0};
    if (round_trip(&once, (itd_sv){(const char *)data, size}, &error)) {
        FUZZ_CHECK(round_trip(&twice, itd_buffer_view(&once), &error));
        FUZZ_CHECK(itd_sv_equal(itd_buffer_view(&once), itd_buffer_view(&twice)));
    }
    itd_buffer_finish(&twice);
    itd_buffer_finish(&once);
    return 0;
}
