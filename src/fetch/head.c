#include "fetch/head.h"

#include <assert.h>

bool itd_head_is_value(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7f)
            return false;
    return text.size > 0 && text.size < ITD_FETCH_FIELD_MAX;
}

static void keep(char out[ITD_FETCH_FIELD_MAX], itd_sv value)
{
    out[0] = '\0';
    if (!itd_head_is_value(value))
        return;
    memcpy(out, value.data, value.size);
    out[value.size] = '\0';
}

/* "bytes 100-199/200"; the total may be a star. */
static void take_range(itd_head *head, itd_sv value)
{
    uint64_t first, last, total = 0;
    itd_sv part;
    if (!itd_sv_starts_nocase(value, ITD_SV("bytes ")))
        return;
    value = itd_sv_trim(itd_sv_slice(value, 6, value.size));
    if (!itd_sv_split(&part, &value, '-') || !itd_sv_to_u64(&first, part))
        return;
    if (!itd_sv_split(&part, &value, '/') || !itd_sv_to_u64(&last, part) || last < first)
        return;
    if (!itd_sv_is(value, "*") && (!itd_sv_to_u64(&total, value) || total <= last))
        return;
    head->ranged = true;
    head->range_first = first;
    head->range_total = total;
}

static void take_status(itd_head *head, itd_sv line)
{
    uint64_t status;
    itd_sv word;
    *head = (itd_head){0};
    (void)itd_sv_split(&word, &line, ' ');
    line = itd_sv_trim(line);
    if (itd_sv_split(&word, &line, ' ') && word.size == 3 && itd_sv_to_u64(&status, word))
        head->status = (long)status;
}

void itd_head_line(itd_head *head, itd_sv line)
{
    assert(head);
    line = itd_sv_trim(line);
    if (itd_sv_starts_nocase(line, ITD_SV("HTTP/"))) {
        take_status(head, line);
        return;
    }
    size_t colon = itd_sv_find(line, ITD_SV(":"), 0);
    if (colon == SIZE_MAX)
        return;
    itd_sv name = itd_sv_slice(line, 0, colon);
    itd_sv value = itd_sv_trim(itd_sv_slice(line, colon + 1, line.size));
    if (itd_sv_equal_nocase(name, ITD_SV("ETag")))
        keep(head->etag, value);
    else if (itd_sv_equal_nocase(name, ITD_SV("Last-Modified")))
        keep(head->last_modified, value);
    else if (itd_sv_equal_nocase(name, ITD_SV("Content-Type")))
        keep(head->content_type, value);
    else if (itd_sv_equal_nocase(name, ITD_SV("Content-Range")))
        take_range(head, value);
}

const char *itd_head_range_validator(const char *etag, const char *last_modified)
{
    return etag[0] == '"' ? etag : last_modified;
}
