#include "read/query_notes.h"

#include <inttypes.h>

#include "interdict/nearest.h"
#include "model/ftm_keys.h"

/** Of a key or value that a note quotes. */
#define QUOTED_MAX 64

void itd_query_notes_init(itd_query_notes *notes)
{
    *notes = (itd_query_notes){0};
    itd_intern_init(&notes->keys, SIZE_MAX);
}

void itd_query_notes_finish(itd_query_notes *notes)
{
    itd_intern_finish(&notes->keys);
    itd_buffer_finish(&notes->opening);
    itd_buffer_finish(&notes->later);
    itd_buffer_finish(&notes->unread_at);
    itd_buffer_finish(&notes->passed);
}

itd_status itd_query_notes_table(itd_query_notes *notes, const itd_mapping *m, const itd_table *table, itd_error *error)
{
    itd_buffer *note = &notes->opening;
    unsigned count = 0;
    (void)itd_buffer_format(note, "columns guessed: ");
    if (m->id.piece_count)
        (void)itd_buffer_format(note, "id = \"%.*s\", ", ITD_SV_ARG(m->id.pieces[0].text));
    if (m->schema_column.size)
        (void)itd_buffer_format(note, "schema = \"%.*s\", ", ITD_SV_ARG(m->schema_column));
    for (size_t i = 0; i < m->rule_count; i++) {
        (void)itd_buffer_format(note, "%s%.*s =", i ? ", " : "", ITD_SV_ARG(m->rules[i].property));
        for (size_t p = 0; p < m->rules[i].piece_count; p++)
            (void)itd_buffer_format(note, " \"%.*s\"", ITD_SV_ARG(m->rules[i].pieces[p].text));
    }
    for (size_t i = 0; i < table->column_count; i++)
        if (!table->used[i])
            (void)itd_buffer_format(note, "%s\"%.*s\"", count++ ? ", " : "; not used: ", ITD_SV_ARG(table->columns[i]));
    return note->failed ? itd_fail_memory(error) : ITD_OK;
}

/* The property that was meant: what the word means in a simple question, else the nearest that is compared. */
static itd_sv meant_by(itd_sv key)
{
    itd_nearest near = {.wrong = key};
    itd_sv meaning = itd_query_meaning(key);
    if (meaning.size > 0)
        return meaning;
    for (itd_property p = 0; p < ITD_PROPERTY_COUNT; p++)
        if (itd_property_is_matchable(p) && itd_query_knows_property(itd_sv_of(itd_property_name(p))))
            itd_nearest_offer(&near, itd_sv_of(itd_property_name(p)));
    return near.best;
}

static void name_key(itd_query_notes *notes, itd_sv key, uint64_t line)
{
    itd_buffer *note = line ? &notes->later : &notes->opening;
    if (itd_intern_find(&notes->keys, key) != ITD_MAP_NONE)
        return;
    if (notes->keys.count == ITD_QUERY_NOTE_KEYS_MAX) {
        notes->others++;
        return;
    }
    if (itd_intern_add(&notes->keys, key) == ITD_MAP_NONE)
        note->failed = true;
    itd_sv meant = meant_by(key);
    (void)itd_buffer_format(note, "%s\"%.*s\"",
                            note->size > 0 ? ", "
                            : line         ? "also not used: "
                                           : "not used: ",
                            ITD_SV_ARG(itd_sv_slice(key, 0, QUOTED_MAX)));
    if (line)
        (void)itd_buffer_format(note, " (line %" PRIu64 "%s", line, meant.size > 0 ? "; " : "");
    else if (meant.size > 0)
        (void)itd_buffer_format(note, " (");
    if (meant.size > 0)
        (void)itd_buffer_format(note, "did you mean %.*s?", ITD_SV_ARG(meant));
    if (line || meant.size > 0)
        (void)itd_buffer_append_char(note, ')');
}

itd_status itd_query_notes_object(itd_query_notes *notes, const itd_json *object, uint64_t line, itd_error *error)
{
    const itd_json *properties = itd_json_member(object, ITD_FTM_PROPERTIES), *value;
    const void *cursor = NULL;
    itd_sv key;
    while (itd_json_next_member(properties ? properties : object, &cursor, &key, &value))
        if (properties ? !itd_query_knows_property(key) : !itd_query_knows_key(key))
            name_key(notes, key, line);
    return notes->opening.failed || notes->later.failed ? itd_fail_memory(error) : ITD_OK;
}

itd_status itd_query_notes_draft(itd_query_notes *notes, const itd_query_draft *draft, uint64_t line, itd_error *error)
{
    if (draft->unread == 0)
        return ITD_OK;
    if (notes->unread == 0)
        (void)itd_buffer_format(&notes->unread_at, "%s \"%.*s\" in line %" PRIu64,
                                itd_property_name(draft->unread_property),
                                ITD_SV_ARG(itd_sv_slice(draft->unread_text, 0, QUOTED_MAX)), line);
    notes->unread += draft->unread;
    return notes->unread_at.failed ? itd_fail_memory(error) : ITD_OK;
}

itd_status itd_query_notes_passed_over(const char **out, itd_query_notes *notes, uint64_t blank, itd_error *error)
{
    itd_buffer *text = &notes->passed;
    itd_buffer_clear(text);
    if (blank > 0)
        (void)itd_buffer_format(text, "%" PRIu64 " blank line%s passed over", blank, blank == 1 ? "" : "s");
    if (notes->unread > 0)
        (void)itd_buffer_format(text, "%s%" PRIu64 " value%s could not be read and %s not compared, first: %.*s",
                                text->size > 0 ? "; " : "", notes->unread, notes->unread == 1 ? "" : "s",
                                notes->unread == 1 ? "is" : "are", ITD_SV_ARG(itd_buffer_view(&notes->unread_at)));
    if (notes->later.size > 0)
        (void)itd_buffer_format(text, "%s%.*s", text->size > 0 ? "; " : "", ITD_SV_ARG(itd_buffer_view(&notes->later)));
    if (notes->others > 0)
        (void)itd_buffer_format(text, "%sother keys that are not used: %zu times", text->size > 0 ? "; " : "",
                                notes->others);
    if (!itd_buffer_append_char(text, '\0'))
        return itd_fail_memory(error);
    *out = text->data;
    return ITD_OK;
}
