/* `case diff`: what came and went between two generations. */
#include <assert.h>
#include <inttypes.h>

#include "base/memory.h"
#include "engine/case.h"

typedef struct telling {
    ITD_VECTOR(itd_case_statement) statements;
    itd_buffer json;
    itd_status (*on_change)(void *user, const itd_case_change *change);
    void *user;
} telling;

static void write_statements(itd_json_writer *json, const char *key, const itd_case_statement *list, size_t count)
{
    itd_json_key(json, key);
    itd_json_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        const itd_case_statement *s = &list[i];
        itd_json_begin_object(json);
        itd_json_put_text(json, "entity_id", s->entity);
        itd_json_put_text(json, "schema", itd_sv_of(s->schema));
        itd_json_put_text(json, "prop", itd_sv_of(s->property));
        itd_json_put_text(json, "value", s->value);
        if (s->original.size)
            itd_json_put_text(json, "original_value", s->original);
        if (s->lang.size)
            itd_json_put_text(json, "lang", s->lang);
        if (s->document.size)
            itd_json_put_text(json, "document", s->document);
        if (s->line) {
            itd_json_key(json, "line");
            itd_json_write_u64(json, s->line);
        }
        if (s->offset != ITD_NOWHERE) {
            itd_json_key(json, "offset");
            itd_json_write_u64(json, s->offset);
        }
        itd_json_end_object(json);
    }
    itd_json_end_array(json);
}

static bool add_statements(telling *t, const itd_statement *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        itd_case_statement s = {.entity = list[i].entity,
                                .value = list[i].value,
                                .original = list[i].original,
                                .lang = list[i].lang,
                                .document = list[i].document,
                                .schema = itd_schema_name(list[i].schema),
                                .property = itd_property_name(list[i].property),
                                .line = list[i].line,
                                .offset = list[i].offset};
        if (!itd_vector_push(&t->statements, s))
            return false;
    }
    return true;
}

static itd_status tell(void *user, const itd_record_change *record, itd_error *error)
{
    static const char *const names[] = {
        [ITD_CHANGE_ADDED] = "added", [ITD_CHANGE_CHANGED] = "changed", [ITD_CHANGE_REMOVED] = "removed"};
    telling *t = user;
    itd_json_writer json;
    t->statements.count = 0;
    if (!itd_vector_reserve(&t->statements, record->added_count + record->removed_count + 1) ||
        !add_statements(t, record->added, record->added_count) ||
        !add_statements(t, record->removed, record->removed_count))
        return itd_fail_memory(error);
    itd_case_change change = {.change = names[record->change],
                              .id = record->id,
                              .added = t->statements.items,
                              .added_count = record->added_count,
                              .removed = t->statements.items + record->added_count,
                              .removed_count = record->removed_count};
    itd_buffer_clear(&t->json);
    itd_json_writer_init(&json, &t->json);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "change", itd_sv_of(change.change));
    itd_json_put_text(&json, "id", change.id);
    itd_json_key(&json, "statements");
    itd_json_begin_object(&json);
    write_statements(&json, "added", change.added, change.added_count);
    write_statements(&json, "removed", change.removed, change.removed_count);
    itd_json_end_object(&json);
    itd_json_end_object(&json);
    if (t->json.failed)
        return itd_fail_memory(error);
    change.json = itd_buffer_view(&t->json);
    itd_status status = t->on_change(t->user, &change);
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the changes");
}

/* The newest generations of a dataset: the last, and the one before it. */
typedef struct last_two {
    int64_t to_max, last, before;
} last_two;

static itd_status note_generation(void *user, const itd_history_dataset *generation, itd_error *error)
{
    last_two *l = user;
    (void)error;
    if (l->to_max > 0 && generation->generation > l->to_max)
        return ITD_OK;
    l->before = l->last;
    l->last = generation->generation;
    return ITD_OK;
}

static itd_status find_range(int64_t *from, int64_t *to, itd_case *the_case, const char *dataset, itd_error *error)
{
    last_two l = {.to_max = *to};
    int64_t newest = 0;
    ITD_TRY(itd_case_find_generation(&newest, the_case, *to > *from ? *to : *from, NULL, error));
    ITD_TRY(itd_history_generations(the_case->store, itd_sv_of(dataset), note_generation, &l, error));
    if (*to == 0)
        *to = l.last > *from ? l.last : *from; /* `from` may be a generation of another dataset */
    if (*from == 0)
        *from = l.before;
    if (*from > *to)
        return itd_fail(error, ITD_EINVAL, "generation %" PRId64 " comes after generation %" PRId64, *from, *to);
    return ITD_OK;
}

itd_status itd_case_diff(itd_case *the_case, const char *dataset, int64_t from, int64_t to,
                         itd_status (*on_change)(void *user, const itd_case_change *change), void *user,
                         itd_error *error)
{
    assert(the_case && dataset && on_change && from >= 0 && to >= 0);
    telling t = {.on_change = on_change, .user = user};
    ITD_TRY(find_range(&from, &to, the_case, dataset, error));
    itd_status status = itd_history_diff(the_case->store, itd_sv_of(dataset), from, to, tell, &t, error);
    itd_vector_finish(&t.statements);
    itd_buffer_finish(&t.json);
    return status;
}
