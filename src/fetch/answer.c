#include "fetch/answer.h"

#include <assert.h>

#include "base/input.h"

/* What is quoted of a page's title. */
#define TITLE_BYTES_MAX 80
#define CHUNK_BYTES ((size_t)1 << 15)

/* Passes a part that has a start and an end, and blanks. False when none begins here, or it does not end. */
static bool pass(itd_sv *head, itd_sv start, itd_sv end)
{
    *head = itd_sv_trim(*head);
    size_t at = itd_sv_starts(*head, start) ? itd_sv_find(*head, end, start.size) : SIZE_MAX;
    if (at == SIZE_MAX)
        return false;
    *head = itd_sv_slice(*head, at + end.size, head->size);
    return true;
}

static bool is_page(itd_sv head)
{
    if (itd_sv_starts(head, ITD_SV("\xef\xbb\xbf")))
        head = itd_sv_slice(head, 3, head.size);
    while (pass(&head, ITD_SV("<!--"), ITD_SV("-->")) || pass(&head, ITD_SV("<?"), ITD_SV("?>")))
        continue; /* comments, and what XHTML begins with */
    return itd_sv_starts_nocase(head, ITD_SV("<!doctype html")) || itd_sv_starts_nocase(head, ITD_SV("<html")) ||
           itd_sv_starts_nocase(head, ITD_SV("<head"));
}

/* What a page calls itself; empty when it does not. */
static itd_sv title_of(itd_sv page)
{
    size_t start = itd_sv_find_nocase(page, ITD_SV("<title>"), 0);
    size_t end = start == SIZE_MAX ? start : itd_sv_find_nocase(page, ITD_SV("</title>"), start);
    if (end == SIZE_MAX)
        return ITD_SV_NONE;
    itd_sv title = itd_sv_trim(itd_sv_slice(page, start + 7, end - start - 7));
    if (itd_utf8_invalid_at(title) != SIZE_MAX)
        return ITD_SV_NONE;
    size_t size = title.size < TITLE_BYTES_MAX ? title.size : TITLE_BYTES_MAX;
    while (size > 0 && size < title.size && ((unsigned char)title.data[size] & 0xC0) == 0x80)
        size--; /* no half character */
    return itd_sv_slice(title, 0, size);
}

static itd_status check_head(itd_input *input, itd_error *error)
{
    itd_sv head;
    ITD_TRY(itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error));
    if (head.size == 0)
        return itd_fail(error, ITD_EFORMAT, "the answer is empty");
    if (!is_page(head))
        return ITD_OK;
    itd_sv title = title_of(head);
    return itd_fail(error, ITD_EFORMAT, "the answer is an HTML page%s%.*s%s, not a list", title.size ? " (\"" : "",
                    ITD_SV_ARG(title), title.size ? "\")" : "");
}

itd_status itd_answer_check(const char *path, itd_error *error)
{
    assert(path);
    static _Thread_local char chunk[CHUNK_BYTES];
    itd_input *input = NULL;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = check_head(input, error);
    for (size_t got = 1; status == ITD_OK && got > 0;)
        status = itd_input_read(input, chunk, sizeof chunk, &got, error);
    itd_input_close(input);
    return status;
}
