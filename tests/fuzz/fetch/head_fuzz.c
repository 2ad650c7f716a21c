/* Any bytes as the head of an answer: what is kept can be sent back as a line of a request. */
#include "support/fuzz.h"

#include <string.h>

#include "fetch/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_head head = {0};
    itd_sv line, rest = {(const char *)data, size};
    while (itd_sv_split(&line, &rest, '\n'))
        itd_head_line(&head, line);
    const char *const kept[] = {head.etag, head.last_modified, head.content_type};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        FUZZ_CHECK(kept[i][0] == '\0' || itd_head_is_value(itd_sv_of(kept[i])));
    FUZZ_CHECK(head.status >= 0 && head.status <= 999);
    FUZZ_CHECK(head.ranged || (head.range_first == 0 && head.range_total == 0));
    FUZZ_CHECK(head.range_total == 0 || head.range_first < head.range_total);
    const char *validator = itd_head_range_validator(head.etag, head.last_modified);
    FUZZ_CHECK(validator == head.last_modified || head.etag[0] == '"');
    return 0;
}
