/* Any bytes as a file that a user names: a format knows it, or the refusal says what it looks like. Every format's look
 * gives the same answer twice. */
#include "feed.h"

#include "read/looks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    feed f = feed_open(data, size);
    const char *path = f.path;
    itd_arena arena;
    itd_source_list list = {0};
    itd_error error = {.offset = ITD_NOWHERE};
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_sources_plan(&list, &path, 1, NULL, &arena, &error);
    FUZZ_CHECK(status == ITD_OK ? list.count == 1 && list.entries[0].source.paths[0] != NULL
                                : status != ITD_ENOMEM && error.message[0] && error.where[0]);
    itd_sniff look = {path, {(const char *)data, size < ITD_INPUT_PEEK_MAX ? size : ITD_INPUT_PEEK_MAX}, true};
    const itd_format *format;
    for (size_t i = 0; (format = itd_format_at(i)) != NULL; i++) {
        int sure = format->sniff(&look);
        FUZZ_CHECK(sure >= 0 && sure <= 100 && format->sniff(&look) == sure);
    }
    FUZZ_CHECK(itd_looks_like(&look)[0] != '\0');
    itd_arena_finish(&arena);
    feed_close(&f);
    return 0;
}
