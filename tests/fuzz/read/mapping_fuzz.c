/* Any bytes: a mapping, a line "---", and a table or JSON lines that it reads. A mapping that parses is rendered as
 * text that is its own rendering. */
#include "feed.h"

#include "read/mapping.h"

static void check_mapping(itd_sv text)
{
    itd_arena arena;
    itd_mapping mapping;
    itd_error error = {.offset = ITD_NOWHERE};
    itd_buffer first = {0}, second = {0};
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_mapping_parse(&mapping, text, "m", &arena, &error);
    FUZZ_CHECK(status == ITD_OK || ((status == ITD_EFORMAT || status == ITD_ELIMIT) && error.message[0]));
    if (status == ITD_OK) {
        itd_mapping_render(&first, &mapping);
        FUZZ_CHECK(!first.failed &&
                   itd_mapping_parse(&mapping, itd_buffer_view(&first), "m", &arena, &error) == ITD_OK);
        itd_mapping_render(&second, &mapping);
        FUZZ_CHECK(itd_sv_equal(itd_buffer_view(&first), itd_buffer_view(&second)));
    }
    itd_buffer_finish(&first);
    itd_buffer_finish(&second);
    itd_arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_sv all = {(const char *)data, size};
    size_t cut = itd_sv_find(all, ITD_SV("\n---\n"), 0);
    itd_sv map = itd_sv_slice(all, 0, cut == SIZE_MAX ? size : cut);
    itd_sv rest = cut == SIZE_MAX ? all : itd_sv_slice(all, cut + 5, size);
    feed mapping = feed_open(data, map.size), table = feed_open((const uint8_t *)rest.data, rest.size);
    check_mapping(map);
    feed_read(&itd_format_csv, table.path, cut == SIZE_MAX ? NULL : mapping.path);
    feed_read(&itd_format_jsonl, table.path, cut == SIZE_MAX ? NULL : mapping.path);
    feed_close(&mapping);
    feed_close(&table);
    return 0;
}
