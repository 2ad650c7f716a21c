#include "own/listed.h"

#include "own/regime.h"

/* Takes a field from the front of `rest`, quotes undone in `scratch`; NULL, or why it cannot be read. */
static const char *take_field(itd_sv *out, itd_sv *rest, char *scratch)
{
    size_t size = 0, at = 1;
    *rest = itd_sv_trim(*rest);
    if (rest->size == 0 || rest->data[0] != '"') {
        size_t comma = itd_sv_find(*rest, ITD_SV(","), 0);
        *out = itd_sv_trim(itd_sv_slice(*rest, 0, comma));
        *rest = comma == SIZE_MAX ? ITD_SV_NONE : itd_sv_slice(*rest, comma + 1, SIZE_MAX);
        return NULL;
    }
    for (; at < rest->size; at++) {
        if (rest->data[at] == '"' && !(at + 1 < rest->size && rest->data[at + 1] == '"'))
            break;
        at += rest->data[at] == '"';
        scratch[size++] = rest->data[at];
    }
    if (at >= rest->size)
        return "a quote that is never closed";
    itd_sv left = itd_sv_trim(itd_sv_slice(*rest, at + 1, SIZE_MAX));
    if (left.size > 0 && left.data[0] != ',')
        return "text after a closing quote";
    *out = (itd_sv){scratch, size};
    *rest = left.size > 0 ? itd_sv_slice(left, 1, SIZE_MAX) : ITD_SV_NONE;
    return NULL;
}

static const char *take_line(itd_sv *id, itd_sv *category, itd_sv line, char *scratch, char *more)
{
    *category = *id = ITD_SV_NONE;
    if (itd_utf8_invalid_at(line) != SIZE_MAX)
        return "not valid UTF-8";
    if (memchr(line.data, '\0', line.size))
        return "a NUL byte";
    const char *problem = take_field(id, &line, scratch);
    if (!problem && line.size > 0)
        problem = take_field(category, &line, more);
    if (problem)
        return problem;
    if (line.size > 0)
        return "more than an id and a category";
    if (id->size == 0)
        return "no id";
    if (category->size > 0 && !itd_own_category_known(*category))
        return "the category is not known: kp-government and kp-party are";
    return NULL;
}

static bool is_header(itd_sv line)
{
    return itd_sv_is(line, "id") || itd_sv_is(line, "id,category");
}

itd_status itd_listed_read(itd_listed_reading *reading, itd_input *input, itd_error *error)
{
    char scratch[ITD_LISTED_LINE_BYTES_MAX], more_scratch[ITD_LISTED_LINE_BYTES_MAX];
    reading->parties = reading->rejected = 0;
    for (;;) {
        itd_sv line, id, category;
        bool more = true;
        ITD_TRY(itd_input_line(input, &line, &more, ITD_LISTED_LINE_BYTES_MAX, error));
        if (!more)
            return ITD_OK;
        uint64_t number = itd_input_line_number(input);
        if (number == 1 && itd_sv_starts(line, ITD_SV("\xEF\xBB\xBF")))
            line = itd_sv_slice(line, 3, SIZE_MAX);
        line = itd_sv_trim(line);
        if (line.size == 0 || line.data[0] == '#' || (number == 1 && is_header(line)))
            continue;
        const char *problem = take_line(&id, &category, line, scratch, more_scratch);
        if (!problem) {
            ITD_TRY(reading->party(reading->context, id, category, error));
            reading->parties++;
            continue;
        }
        reading->rejected++;
        if (reading->reject)
            reading->reject(reading->reject_context, itd_input_name(input), number, id, problem);
        if (!reading->skip_bad)
            return itd_fail_at(error, ITD_EFORMAT, itd_input_name(input), number, ITD_NOWHERE, "%s", problem);
    }
}
