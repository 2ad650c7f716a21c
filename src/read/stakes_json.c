#include "read/stakes_json.h"

#include "base/buffer.h"
#include "read/json_lines.h"
#include "read/json_walk.h"

#define PROGRESS_ITEMS 1024
#define PIECE_BYTES 16384

static itd_sv without_blank(itd_sv head)
{
    return itd_sv_trim(itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")) ? itd_sv_slice(head, 3, SIZE_MAX) : head);
}

bool itd_stakes_json_has(itd_sv head, const char *const *keys)
{
    itd_sv text = without_blank(head);
    if (itd_sv_starts(text, ITD_SV("["))) {
        text = itd_sv_trim(itd_sv_slice(text, 1, SIZE_MAX));
    }
    if (!itd_sv_starts(text, ITD_SV("{")))
        return false;
    for (size_t k = 0; keys[k]; k++) {
        bool found = false;
        itd_sv key = itd_sv_of(keys[k]);
        for (size_t at = 0; !found && (at = itd_sv_find(text, key, at)) != SIZE_MAX; at++)
            found = at > 0 && text.data[at - 1] == '"' && at + key.size < text.size &&
                    text.data[at + key.size] == '"' &&
                    itd_sv_starts(itd_sv_trim(itd_sv_slice(text, at + key.size + 1, 64)), ITD_SV(":"));
        if (!found)
            return false;
    }
    return true;
}

static itd_status take_text(const itd_stakes_json *j, itd_json_document *document, itd_sv text,
                            const itd_stakes_place *place, itd_error *error)
{
    const itd_json *root = NULL;
    itd_error found = {.offset = ITD_NOWHERE};
    itd_status status = itd_json_parse(document, text, &root, &found);
    if (status == ITD_EFORMAT || status == ITD_ELIMIT) {
        itd_stakes_place at = *place;
        at.offset += found.offset != ITD_NOWHERE ? found.offset : 0;
        return itd_stakes_reject(j->reading, j->input, &at, ITD_SV_NONE, found.message, error);
    }
    if (status != ITD_OK) {
        if (error)
            *error = found;
        return status;
    }
    if (itd_json_typeof(root) != ITD_JSON_OBJECT)
        return itd_stakes_reject(j->reading, j->input, place, ITD_SV_NONE, "not a JSON object", error);
    return j->take(j->context, root, place, error);
}

static itd_status read_lines(const itd_stakes_json *j, itd_json_document *document, itd_error *error)
{
    bool more = true;
    for (uint64_t lines = 0;; lines++) {
        itd_sv line;
        ITD_TRY(itd_input_line(j->input, &line, &more, 0, error));
        if (!more)
            return ITD_OK;
        itd_stakes_place place = {itd_input_line_number(j->input), itd_input_line_offset(j->input)};
        if (place.line == 1 && itd_sv_starts(line, ITD_SV("\xEF\xBB\xBF"))) {
            line = itd_sv_slice(line, 3, SIZE_MAX);
            place.offset += 3;
        }
        if (itd_sv_trim(line).size > 0)
            ITD_TRY(take_text(j, document, line, &place, error));
        if (lines % PROGRESS_ITEMS == 0)
            itd_stakes_progress(j->reading, j->input);
    }
}

static itd_status read_whole(itd_buffer *out, const itd_stakes_json *j, itd_error *error)
{
    char piece[PIECE_BYTES];
    size_t most = j->bytes_max ? j->bytes_max : ITD_JSON_ARRAY_BYTES_MAX;
    for (size_t got = 1; got > 0;) {
        ITD_TRY(itd_input_read(j->input, piece, sizeof piece, &got, error));
        if (out->size + got > most)
            return itd_fail(error, ITD_ELIMIT, "JSON of more than %zu bytes in one piece (ITD_JSON_ARRAY_BYTES_MAX)",
                            most);
        if (!itd_buffer_append(out, itd_sv_make(piece, got)))
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

/* Where the array begins that is the one member of the object that this text begins with; SIZE_MAX: it is none. */
static size_t held_at(const itd_stakes_json *j, itd_sv text)
{
    itd_sv rest = without_blank(text);
    const char *const *holder = j->holders;
    if (!holder || !itd_sv_starts(rest, ITD_SV("{")))
        return SIZE_MAX;
    rest = itd_sv_trim(itd_sv_slice(rest, 1, SIZE_MAX));
    if (!itd_sv_starts(rest, ITD_SV("\"")))
        return SIZE_MAX;
    rest = itd_sv_slice(rest, 1, SIZE_MAX);
    for (; *holder; holder++) {
        itd_sv after = itd_sv_slice(rest, strlen(*holder), SIZE_MAX);
        if (!itd_sv_starts(rest, itd_sv_of(*holder)) || !itd_sv_starts(after, ITD_SV("\"")))
            continue;
        after = itd_sv_trim(itd_sv_slice(after, 1, SIZE_MAX));
        if (!itd_sv_starts(after, ITD_SV(":")))
            continue;
        after = itd_sv_trim(itd_sv_slice(after, 1, SIZE_MAX));
        return itd_sv_starts(after, ITD_SV("[")) ? (size_t)(after.data - text.data) : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Stands at the array, and leaves out the bracket that closes the object around it. */
static bool enter_holder(itd_json_walk *walk, size_t at)
{
    itd_sv whole = itd_sv_trim(walk->text);
    for (size_t i = 0; i < at; i++)
        walk->line += walk->text.data[i] == '\n';
    walk->at = at;
    if (!itd_sv_ends(whole, ITD_SV("}")))
        return false;
    walk->text = itd_sv_slice(walk->text, 0, (size_t)(whole.data - walk->text.data) + whole.size - 1);
    return true;
}

static itd_status read_array(const itd_stakes_json *j, itd_json_document *document, itd_sv text, itd_error *error)
{
    itd_json_walk walk = {.text = text, .line = 1};
    size_t at = held_at(j, text);
    bool closed = at == SIZE_MAX || enter_holder(&walk, at);
    const char *reason = NULL;
    itd_sv item;
    itd_stakes_place place;
    while (itd_json_walk_next(&walk, &item, &place.line, &place.offset, &reason))
        ITD_TRY(take_text(j, document, item, &place, error));
    place = (itd_stakes_place){walk.line, walk.at};
    if (!reason && !closed)
        reason = "the object around the array is not closed";
    return reason ? itd_stakes_reject(j->reading, j->input, &place, ITD_SV_NONE, reason, error) : ITD_OK;
}

static itd_status read_piece(const itd_stakes_json *j, itd_json_document *document, bool array, itd_error *error)
{
    itd_buffer text = {0};
    itd_status status = read_whole(&text, j, error);
    if (status == ITD_OK)
        itd_stakes_progress(j->reading, j->input);
    if (status == ITD_OK && array)
        status = read_array(j, document, itd_buffer_view(&text), error);
    else if (status == ITD_OK)
        status = take_text(j, document, without_blank(itd_buffer_view(&text)), &(itd_stakes_place){1, 0}, error);
    itd_buffer_finish(&text);
    return status;
}

itd_status itd_stakes_json_read(const itd_stakes_json *j, itd_error *error)
{
    itd_json_document *document = NULL;
    itd_sv head, line;
    j->reading->stakes = j->reading->rejected = 0;
    ITD_TRY(itd_input_peek(j->input, ITD_INPUT_PEEK_MAX, &head, error));
    itd_sv rest = without_blank(head);
    bool array = itd_sv_starts(rest, ITD_SV("[")) || held_at(j, head) != SIZE_MAX;
    bool cut = itd_sv_split(&line, &rest, '\n') && !itd_sv_ends(itd_sv_trim(line), ITD_SV("}"));
    ITD_TRY(itd_json_document_create(&document, error));
    itd_status status = array || (j->alone && cut && head.size < ITD_INPUT_PEEK_MAX)
                            ? read_piece(j, document, array, error)
                            : read_lines(j, document, error);
    itd_json_document_destroy(document);
    if (status != ITD_OK)
        itd_error_set_where(error, itd_input_name(j->input));
    return status;
}
