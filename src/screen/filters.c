/* What the user lets through: countries, datasets, topics, programmes. */
#include <assert.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/map.h"
#include "interdict/nearest.h"
#include "model/country.h"
#include "screen/screen.h"

/** Values that a message names when none is near the one that was asked for. */
#define NAMED_MAX 8

static bool is_one_of(itd_sv text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (itd_sv_is(text, list[i]))
            return true;
    return false;
}

static bool has_attribute(const itd_index *index, uint32_t first, uint32_t attributes, const char *const *wanted,
                          size_t count)
{
    for (uint32_t i = 0; i < attributes; i++)
        if (is_one_of(itd_index_text(index, index->attributes[first + i]), wanted, count))
            return true;
    return false;
}

bool itd_screen_is_wanted(const itd_index *index, const itd_index_entity *entity, const itd_screen_scope *scope)
{
    const itd_screen_options *o = scope->options;
    uint32_t topics = entity->attribute_first + entity->programme_count, countries = topics + entity->topic_count;
    if (o->dataset_count && !is_one_of(index->datasets[entity->dataset].dataset, o->datasets, o->dataset_count))
        return false;
    if (o->programme_count &&
        !has_attribute(index, entity->attribute_first, entity->programme_count, o->programmes, o->programme_count))
        return false;
    if (o->topic_count && !has_attribute(index, topics, entity->topic_count, o->topics, o->topic_count))
        return false;
    return o->country_count == 0 ||
           has_attribute(index, countries, entity->country_count, scope->countries, o->country_count);
}

/* Told of values of a kind, with repeats; true ends the telling. */
typedef bool see(void *context, itd_sv value);

static bool see_attributes(const itd_index *index, uint32_t first, uint32_t count, see *told, void *context)
{
    for (uint32_t i = 0; i < count; i++)
        if (told(context, itd_index_text(index, index->attributes[first + i])))
            return true;
    return false;
}

typedef enum filter { SCHEMA, COUNTRY, DATASET, TOPIC, PROGRAMME } filter;
static const char *const filter_names[] = {"schema", "country", "dataset", "topic", "programme"};

static bool see_entity(filter kind, const itd_index *index, const itd_index_entity *e, see *told, void *context)
{
    uint32_t topics = e->attribute_first + e->programme_count;
    switch (kind) {
    case SCHEMA:
        return told(context, itd_sv_of(itd_schema_name(e->schema)));
    case COUNTRY:
        return see_attributes(index, topics + e->topic_count, e->country_count, told, context);
    case TOPIC:
        return see_attributes(index, topics, e->topic_count, told, context);
    case PROGRAMME:
        return see_attributes(index, e->attribute_first, e->programme_count, told, context);
    case DATASET:
        break;
    }
    return false;
}

static void see_all(filter kind, const itd_screen_scope *scope, see *told, void *context)
{
    for (size_t i = 0; i < scope->index_count; i++) {
        const itd_index *index = scope->indexes[i];
        for (size_t d = 0; kind == DATASET && d < index->dataset_count; d++)
            if (told(context, index->datasets[d].dataset))
                return;
        for (size_t e = 0; kind != DATASET && e < index->entity_count; e++)
            if (see_entity(kind, index, &index->entities[e], told, context))
                return;
    }
}

typedef struct wanted {
    itd_sv value;
    itd_schema schema; /* of SCHEMA, whose relatives will do */
    bool found;
} wanted;

static bool is_it(void *context, itd_sv value)
{
    wanted *w = context;
    return w->found = w->schema == ITD_SCHEMA_NONE ? itd_sv_equal(value, w->value)
                                                   : itd_schema_related(w->schema, itd_schema_find(value));
}

typedef struct gathered {
    itd_intern seen;
    bool failed;
} gathered;

static bool gather(void *context, itd_sv value)
{
    gathered *g = context;
    g->failed = itd_intern_add(&g->seen, value) == ITD_MAP_NONE;
    return g->failed;
}

static int by_bytes(const void *a, const void *b)
{
    return itd_sv_compare(*(const itd_sv *)a, *(const itd_sv *)b);
}

/* The nearest value that there is; where none is near, the first of them. */
static bool say_others(itd_buffer *message, filter kind, const itd_screen_scope *scope, itd_sv shown)
{
    itd_nearest near = {.wrong = shown};
    gathered g = {0};
    itd_intern_init(&g.seen, SIZE_MAX);
    see_all(kind, scope, gather, &g);
    for (size_t i = 0; i < g.seen.count; i++)
        itd_nearest_offer(&near, g.seen.texts[i]);
    if (near.best.data) {
        (void)itd_buffer_format(message, "; did you mean %.*s?", ITD_SV_ARG(near.best));
    } else if (!g.failed && g.seen.count > 0) {
        qsort(g.seen.texts, g.seen.count, sizeof *g.seen.texts, by_bytes);
        for (size_t i = 0; i < g.seen.count && i < NAMED_MAX; i++)
            (void)itd_buffer_format(message, "%s%.*s", i ? ", " : "; there is ",
                                    ITD_SV_ARG(itd_sv_slice(g.seen.texts[i], 0, ITD_NEAREST_MAX)));
        if (g.seen.count > NAMED_MAX)
            (void)itd_buffer_format(message, " and %zu more", g.seen.count - NAMED_MAX);
    }
    bool whole = !g.failed && !message->failed;
    itd_intern_finish(&g.seen);
    return whole;
}

static itd_status check_value(filter kind, const itd_screen_scope *scope, const char *asked, wanted w, itd_error *error)
{
    see_all(kind, scope, is_it, &w);
    if (w.found)
        return ITD_OK;
    itd_buffer message = {.size_max = SIZE_MAX};
    itd_sv code = w.value, shown = itd_sv_of(asked);
    (void)itd_buffer_format(&message, "no index that was given holds the %s '%s'", filter_names[kind], asked);
    if (kind == COUNTRY && !itd_sv_equal(code, shown))
        (void)itd_buffer_format(&message, " (%.*s)", ITD_SV_ARG(code));
    itd_status status = ITD_EINVAL;
    /* A country that is known is rightly spelt. */
    if (message.failed || (kind != COUNTRY && !say_others(&message, kind, scope, shown)))
        status = itd_fail_memory(error);
    else
        (void)itd_fail(error, status, "%.*s", ITD_SV_ARG(itd_buffer_view(&message)));
    itd_buffer_finish(&message);
    return status;
}

itd_status itd_screen_filters_check(const itd_screen_scope *scope, itd_error *error)
{
    assert(scope);
    const itd_screen_options *o = scope->options;
    const struct {
        filter kind;
        const char *const *values;
        size_t count;
    } lists[] = {{COUNTRY, o->countries, o->country_count},
                 {DATASET, o->datasets, o->dataset_count},
                 {TOPIC, o->topics, o->topic_count},
                 {PROGRAMME, o->programmes, o->programme_count},
                 {SCHEMA, &o->schema, o->schema != NULL}};
    for (size_t l = 0; l < sizeof lists / sizeof lists[0]; l++) {
        for (size_t i = 0; i < lists[l].count; i++) {
            const char *asked = lists[l].values[i], *value = lists[l].kind == COUNTRY ? scope->countries[i] : asked;
            wanted w = {.value = itd_sv_of(value), .schema = lists[l].kind == SCHEMA ? scope->schema : ITD_SCHEMA_NONE};
            ITD_TRY(check_value(lists[l].kind, scope, asked, w, error));
        }
    }
    return ITD_OK;
}
