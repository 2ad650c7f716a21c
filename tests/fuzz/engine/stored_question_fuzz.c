/* Any bytes as what a case keeps of a question and of the options of a screening: each is refused, or comes back as it
 * was when it is written again. */
#include "engine/question_json.h"
#include "engine/screen_options.h"
#include "support/fuzz.h"

static void check_question(itd_sv bytes, itd_json_document *document, itd_arena *arena)
{
    itd_question first, second;
    itd_buffer once = {0}, twice = {0};
    itd_error error = {.offset = ITD_NOWHERE};
    itd_status status = itd_question_parse(&first, ITD_SV("id"), bytes, document, arena, &error);
    FUZZ_CHECK(status == ITD_OK || (status != ITD_ENOMEM && error.message[0]));
    if (status != ITD_OK)
        return;
    FUZZ_CHECK(first.entity.schema < ITD_SCHEMA_COUNT && first.said == first.entity.value_count);
    for (size_t i = 0; i < first.said; i++)
        FUZZ_CHECK(first.entity.values[i].property < ITD_PROPERTY_COUNT);
    FUZZ_CHECK(itd_question_content(&once, &first, arena, &error) == ITD_OK);
    FUZZ_CHECK(itd_question_parse(&second, ITD_SV("id"), itd_buffer_view(&once), document, arena, &error) == ITD_OK);
    FUZZ_CHECK(itd_question_content(&twice, &second, arena, &error) == ITD_OK);
    FUZZ_CHECK(itd_sv_equal(itd_buffer_view(&once), itd_buffer_view(&twice)));
    itd_buffer_finish(&once);
    itd_buffer_finish(&twice);
}

static void check_options(itd_sv bytes, itd_json_document *document, itd_arena *arena)
{
    const itd_json *root = NULL;
    itd_screen_options options;
    itd_buffer once = {0}, twice = {0};
    itd_json_writer json;
    itd_error error = {.offset = ITD_NOWHERE};
    if (itd_json_parse(document, bytes, &root, &error) != ITD_OK ||
        itd_screen_options_read(&options, root, arena, &error) != ITD_OK)
        return;
    itd_json_writer_init(&json, &once);
    itd_screen_options_write(&json, &options);
    FUZZ_CHECK(itd_json_parse(document, itd_buffer_view(&once), &root, &error) == ITD_OK);
    FUZZ_CHECK(itd_screen_options_read(&options, root, arena, &error) == ITD_OK);
    itd_json_writer_init(&json, &twice);
    itd_screen_options_write(&json, &options);
    FUZZ_CHECK(itd_sv_equal(itd_buffer_view(&once), itd_buffer_view(&twice)));
    itd_buffer_finish(&once);
    itd_buffer_finish(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const itd_sv bytes = itd_sv_make((const char *)data, size);
    itd_json_document *document = NULL;
    itd_error error = {0};
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    FUZZ_CHECK(itd_json_document_create(&document, &error) == ITD_OK);
    check_question(bytes, document, &arena);
    check_options(bytes, document, &arena);
    itd_json_document_destroy(document);
    itd_arena_finish(&arena);
    return 0;
}
