/* The options of a screening, checked and prepared once for all its questions. */
#include <assert.h>

#include "base/vector.h"
#include "interdict/nearest.h"
#include "model/country.h"
#include "screen/screen.h"

static itd_status find_countries(itd_screen_scope *scope, itd_arena *arena, itd_error *error)
{
    const itd_screen_options *o = scope->options;
    scope->countries = itd_arena_alloc_array(arena, o->country_count, sizeof *scope->countries);
    if (!scope->countries)
        return itd_fail_memory(error);
    for (size_t i = 0; i < o->country_count; i++) {
        scope->countries[i] = itd_country_find(itd_sv_of(o->countries[i]));
        if (!scope->countries[i])
            return itd_fail(error, ITD_EINVAL, "no country is called '%s'; its ISO 3166 code will do", o->countries[i]);
    }
    return ITD_OK;
}

static itd_status take_searches(itd_screen_scope *scope, itd_arena *arena, itd_error *error)
{
    itd_index_search *searches = itd_arena_alloc_array(arena, scope->index_count, sizeof *searches);
    if (!searches)
        return itd_fail_memory(error);
    for (size_t i = 0; i < scope->index_count; i++)
        ITD_TRY(itd_index_search_of(&searches[i], scope->indexes[i], error));
    scope->searches = searches;
    return ITD_OK;
}

static itd_status join_generations(itd_screen_scope *scope, itd_arena *arena, itd_error *error)
{
    itd_sv joined = itd_index_about(scope->indexes[0]).generation;
    for (size_t i = 1; i < scope->index_count; i++) {
        itd_sv next = itd_index_about(scope->indexes[i]).generation;
        joined = itd_arena_format(arena, "%.*s+%.*s", ITD_SV_ARG(joined), ITD_SV_ARG(next));
        if (!joined.data)
            return itd_fail_memory(error);
    }
    scope->generation = joined;
    return ITD_OK;
}

static itd_status fail_schema(const char *asked, itd_error *error)
{
    itd_nearest near = {.wrong = itd_sv_of(asked)};
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++)
        itd_nearest_offer(&near, itd_sv_of(itd_schema_name(s)));
    if (near.best.data)
        return itd_fail(error, ITD_EINVAL, "no schema is called '%s'; did you mean %s?", asked, near.best.data);
    return itd_fail(error, ITD_EINVAL, "no schema is called '%s'", asked);
}

/* Two files of one generation hold the same entities: every hit would come twice. */
static itd_status refuse_repeats(const itd_index *const *indexes, size_t count, itd_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const itd_index_info one = itd_index_about(indexes[i]);
        for (size_t j = 0; j < i; j++) {
            const itd_index_info other = itd_index_about(indexes[j]);
            if (itd_sv_equal(one.generation, other.generation))
                return itd_fail(error, ITD_EINVAL, "%s and %s are the same index: every hit would be there twice",
                                other.path, one.path);
        }
    }
    return ITD_OK;
}

itd_status itd_screen_scope_init(itd_screen_scope *out, const itd_index *const *indexes, size_t index_count,
                                 const itd_screen_options *options, itd_arena *arena, itd_error *error)
{
    assert(out && indexes && options && arena);
    itd_screen_scope scope = {
        .indexes = indexes, .index_count = index_count, .options = options, .schema = ITD_S_Thing};
    if (index_count == 0)
        return itd_fail(error, ITD_EINVAL, "there is no index to screen against");
    for (size_t i = 0; i < index_count; i++)
        ITD_TRY(itd_index_check(indexes[i], error));
    ITD_TRY(refuse_repeats(indexes, index_count, error));
    if (options->threshold_micro < 0 || options->threshold_micro > 1000000)
        return itd_fail(error, ITD_EINVAL, "a threshold lies between 0 and 1");
    if (options->schema) {
        scope.schema = itd_schema_find(itd_sv_of(options->schema));
        if (scope.schema == ITD_SCHEMA_NONE)
            return fail_schema(options->schema, error);
    }
    ITD_TRY(find_countries(&scope, arena, error));
    ITD_TRY(take_searches(&scope, arena, error));
    ITD_TRY(join_generations(&scope, arena, error));
    *out = scope;
    return ITD_OK;
}
