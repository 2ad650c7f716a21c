/* What was fetched, told without reading it; and results as JSON. */
#include <assert.h>

#include "base/date.h"
#include "base/progress.h"
#include "engine/engine.h"
#include "fetch/shelf.h"
#include "interdict/fetch.h"

const char *itd_fetch_state_name(itd_fetch_state state)
{
    static const char *const names[] = {"new", "updated", "unchanged", "held", "failed"};
    return (size_t)state < sizeof names / sizeof names[0] ? names[state] : "unknown";
}

static void write_text(itd_json_writer *json, const char *key, const char *text)
{
    itd_json_key(json, key);
    if (text && text[0])
        itd_json_write_text(json, itd_sv_of(text));
    else
        itd_json_write_null(json);
}

static void write_number(itd_json_writer *json, const char *key, bool known, uint64_t number)
{
    itd_json_key(json, key);
    if (known)
        itd_json_write_u64(json, number);
    else
        itd_json_write_null(json);
}

itd_status itd_fetch_result_json(itd_bytes *out, const itd_fetch_result *result, itd_error *error)
{
    assert(out && result);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    write_text(&json, "dataset", result->dataset);
    write_text(&json, "status", itd_fetch_state_name(result->state));
    write_text(&json, "file", result->file);
    write_text(&json, "version", result->version);
    write_number(&json, "entities", true, result->entities);
    write_number(&json, "was_entities", true, result->was_entities);
    write_number(&json, "rejected", true, result->rejected);
    write_number(&json, "age_seconds", result->age_s >= 0, (uint64_t)result->age_s);
    write_text(&json, "held_file", result->held_file);
    write_text(&json, "reason", result->reason);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}

typedef struct told {
    itd_shelf_copy copy, held;
    char fetched_at[ITD_TIME_TEXT_MAX], checked_at[ITD_TIME_TEXT_MAX];
} told;

static void tell(const itd_publisher *publisher, const itd_shelf *shelf, told *t,
                 void (*on_fetched)(void *user, const itd_fetched *fetched), void *user)
{
    const itd_card *card = &t->copy.card, *held = &t->held.card;
    int64_t age_s = (itd_clock_utc_us() - card->checked_us) / 1000000;
    t->fetched_at[0] = t->checked_at[0] = '\0';
    if (t->copy.known) {
        (void)itd_time_format(t->fetched_at, card->fetched_us);
        (void)itd_time_format(t->checked_at, card->checked_us);
    }
    const itd_fetched fetched = {
        .dataset = publisher->dataset,
        .file = t->copy.there ? shelf->file : NULL,
        .held_file = t->held.known ? shelf->held : NULL,
        .version = card->version,
        .format = card->format,
        .address = card->url,
        .fetched_at = t->fetched_at,
        .checked_at = t->checked_at,
        .entities = card->entities,
        .age_s = !t->copy.known ? -1
                 : age_s > 0    ? age_s
                                : 0,
        .held_version = held->version,
        .held_reason = held->reason,
        .held_entities = held->entities,
    };
    on_fetched(user, &fetched);
}

itd_status itd_lists_fetched(const char *into, void (*on_fetched)(void *user, const itd_fetched *fetched), void *user,
                             itd_error *error)
{
    assert(into && on_fetched);
    const itd_publisher *publisher;
    itd_arena arena;
    itd_status status = ITD_OK;
    itd_arena_init(&arena, SIZE_MAX);
    for (size_t i = 0; status == ITD_OK && (publisher = itd_publisher_at(i)) != NULL; i++) {
        itd_shelf shelf;
        told t;
        if (!publisher->file)
            continue;
        itd_arena_reset(&arena);
        status = itd_shelf_name(&shelf, into, publisher->dataset, publisher->file, &arena, error);
        if (status == ITD_OK)
            status = itd_shelf_look(&t.copy, shelf.file, shelf.card, false, error);
        if (status == ITD_OK)
            status = itd_shelf_look(&t.held, shelf.held, shelf.held_card, false, error);
        if (status == ITD_OK && (t.copy.there || t.held.known))
            tell(publisher, &shelf, &t, on_fetched, user);
    }
    itd_arena_finish(&arena);
    return status;
}
