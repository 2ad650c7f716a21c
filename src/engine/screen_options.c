#include "engine/screen_options.h"

#include <assert.h>

static void write_list(itd_json_writer *json, const char *key, const char *const *list, size_t count)
{
    if (count == 0)
        return;
    itd_json_key(json, key);
    itd_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        itd_json_write_text(json, itd_sv_of(list[i]));
    itd_json_end_array(json);
}

static void write_true(itd_json_writer *json, const char *key, bool value)
{
    if (!value)
        return;
    itd_json_key(json, key);
    itd_json_write_bool(json, true);
}

void itd_screen_options_write(itd_json_writer *json, const itd_screen_options *options)
{
    itd_json_begin_object(json);
    itd_json_key(json, "threshold_micro");
    itd_json_write_i64(json, options->threshold_micro);
    itd_json_key(json, "limit");
    itd_json_write_i64(json, options->limit);
    itd_json_key(json, "algorithm");
    itd_json_write_text(json, options->algorithm == ITD_ALGORITHM_OFAC ? ITD_SV("ofac") : ITD_SV("logic"));
    write_list(json, "schema", &options->schema, options->schema != NULL);
    write_list(json, "countries", options->countries, options->country_count);
    write_list(json, "datasets", options->datasets, options->dataset_count);
    write_list(json, "topics", options->topics, options->topic_count);
    write_list(json, "programmes", options->programmes, options->programme_count);
    write_true(json, "exhaustive", options->exhaustive);
    write_true(json, "skip_bad", options->skip_bad);
    itd_json_end_object(json);
}

static itd_status read_list(const char *const **out, size_t *count, const itd_json *array, itd_arena *arena,
                            itd_error *error)
{
    size_t size = itd_json_count(array);
    const char **list = itd_arena_alloc_array(arena, size, sizeof *list);
    if (!list)
        return itd_fail_memory(error);
    for (size_t i = 0; i < size; i++) {
        list[i] = itd_arena_copy(arena, itd_json_text(itd_json_item(array, i))).data;
        if (!list[i])
            return itd_fail_memory(error);
    }
    *out = list;
    *count = size;
    return ITD_OK;
}

static bool read_number(int64_t *out, const itd_json *object, const char *key, int64_t most)
{
    return itd_json_int64(out, itd_json_member(object, key)) && *out >= 0 && *out <= most;
}

itd_status itd_screen_options_read(itd_screen_options *out, const itd_json *object, itd_arena *arena, itd_error *error)
{
    assert(out && arena);
    itd_screen_options o = {0};
    int64_t threshold = 0, limit = 0;
    size_t schemata = 0;
    const char *const *schema = NULL;
    itd_sv algorithm = itd_json_text(itd_json_member(object, "algorithm"));
    if (itd_json_typeof(object) != ITD_JSON_OBJECT || !read_number(&threshold, object, "threshold_micro", 1000000) ||
        !read_number(&limit, object, "limit", UINT32_MAX))
        return itd_fail(error, ITD_EFORMAT, "the options of the screening are damaged");
    if (!itd_sv_is(algorithm, "logic") && !itd_sv_is(algorithm, "ofac"))
        return itd_fail(error, ITD_EMISMATCH, "this program knows no algorithm \"%.*s\"",
                        ITD_SV_ARG(itd_sv_slice(algorithm, 0, 64)));
    o.algorithm = itd_sv_is(algorithm, "ofac") ? ITD_ALGORITHM_OFAC : ITD_ALGORITHM_LOGIC;
    o.threshold_micro = (int32_t)threshold;
    o.limit = (uint32_t)limit;
    o.exhaustive = itd_json_typeof(itd_json_member(object, "exhaustive")) == ITD_JSON_BOOL;
    o.skip_bad = itd_json_typeof(itd_json_member(object, "skip_bad")) == ITD_JSON_BOOL;
    ITD_TRY(read_list(&schema, &schemata, itd_json_member(object, "schema"), arena, error));
    ITD_TRY(read_list(&o.countries, &o.country_count, itd_json_member(object, "countries"), arena, error));
    ITD_TRY(read_list(&o.datasets, &o.dataset_count, itd_json_member(object, "datasets"), arena, error));
    ITD_TRY(read_list(&o.topics, &o.topic_count, itd_json_member(object, "topics"), arena, error));
    ITD_TRY(read_list(&o.programmes, &o.programme_count, itd_json_member(object, "programmes"), arena, error));
    o.schema = schemata > 0 ? schema[0] : NULL;
    *out = o;
    return ITD_OK;
}
