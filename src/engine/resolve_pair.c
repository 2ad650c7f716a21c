#include "engine/resolve_pair.h"

#include <assert.h>

#include "engine/answer_json.h"
#include "engine/engine.h"

struct itd_explainer {
    itd_matcher *matcher;
    itd_match_builder *left, *right;
};

static const itd_property name_properties[] = {[ITD_NAME_PRIMARY] = ITD_P_Thing_name,
                                               [ITD_NAME_ALIAS] = ITD_P_Thing_alias,
                                               [ITD_NAME_PREVIOUS] = ITD_P_Thing_previousName,
                                               [ITD_NAME_WEAK] = ITD_P_Thing_weakAlias};

/* Names of other kinds are made of these. */
static bool is_said(const itd_match_name *name)
{
    return name->kind < sizeof name_properties / sizeof name_properties[0];
}

/* A number that is read in several ways is one value; its readings follow each other. */
static bool is_reading_of_last(const itd_match_entity *entity, uint32_t fact)
{
    return fact > 0 && entity->facts[fact].text == entity->facts[fact - 1].text &&
           entity->facts[fact].property == entity->facts[fact - 1].property;
}

static itd_sv heap_text(const itd_index *index, uint32_t text, uint32_t size)
{
    return (itd_sv){index->space.heap + text, size};
}

itd_status itd_resolve_question(itd_question *out, const itd_index *index, size_t entity, itd_arena *arena,
                                itd_error *error)
{
    assert(out && index && entity < index->entity_count && arena);
    const itd_index_entity *row = &index->entities[entity];
    itd_match_entity known = itd_index_match_entity(index, entity);
    itd_entity_value *values =
        itd_arena_alloc_array(arena, (size_t)known.name_count + known.fact_count, sizeof *values);
    size_t count = 0;
    if (!values)
        return itd_fail_memory(error);
    for (uint32_t i = 0; i < known.name_count; i++) {
        const itd_match_name *name = &known.names[i];
        if (!is_said(name))
            continue;
        values[count++] =
            (itd_entity_value){name_properties[name->kind], heap_text(index, name->text, name->text_size)};
    }
    for (uint32_t i = 0; i < known.fact_count; i++) {
        const itd_match_fact *fact = &known.facts[i];
        if (!is_reading_of_last(&known, i))
            values[count++] = (itd_entity_value){fact->property, heap_text(index, fact->text, fact->text_size)};
    }
    itd_sv id = itd_index_text(index, row->id);
    *out = (itd_question){.id = id,
                          .query = itd_index_text(index, row->caption),
                          .entity = {.id = id, .schema = row->schema, .values = values, .value_count = count},
                          .offset = ITD_NOWHERE,
                          .said = count};
    return ITD_OK;
}

itd_status itd_explainer_create(itd_explainer **out, itd_error *error)
{
    itd_explainer *explainer = itd_calloc(1, sizeof *explainer);
    if (!explainer)
        return itd_fail_memory(error);
    itd_status status = itd_matcher_create(&explainer->matcher, error);
    if (status == ITD_OK)
        status = itd_match_builder_create(&explainer->left, error);
    if (status == ITD_OK)
        status = itd_match_builder_create(&explainer->right, error);
    if (status != ITD_OK) {
        itd_explainer_destroy(explainer);
        return status;
    }
    *out = explainer;
    return ITD_OK;
}

void itd_explainer_destroy(itd_explainer *explainer)
{
    if (!explainer)
        return;
    itd_match_builder_destroy(explainer->left);
    itd_match_builder_destroy(explainer->right);
    itd_matcher_destroy(explainer->matcher);
    itd_free(explainer);
}

static itd_status prepare(itd_match_entity *out, itd_match_space *space, itd_match_builder *builder,
                          itd_matcher *matcher, const itd_entity *entity, itd_error *error)
{
    itd_match_builder_reset(builder);
    ITD_TRY(itd_match_builder_add(builder, matcher, entity, error));
    ITD_TRY(itd_match_builder_finish(builder, error));
    *space = itd_match_builder_space(builder);
    *out = itd_match_builder_entity(builder, 0);
    return ITD_OK;
}

static itd_status fill_side(itd_resolve_side *out, const itd_index *index, size_t entity, const itd_question *question,
                            itd_sv name, itd_arena *arena, itd_error *error)
{
    const itd_index_entity *row = &index->entities[entity];
    itd_match_entity known = itd_index_match_entity(index, entity);
    size_t names = 0;
    for (uint32_t i = 0; i < known.name_count; i++)
        names += is_said(&known.names[i]);
    size_t count = question->entity.value_count - names;
    itd_resolve_value *values = itd_arena_alloc_array(arena, count, sizeof *values);
    itd_sv kept = itd_arena_copy(arena, name);
    if (!values || !kept.data)
        return itd_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        const itd_entity_value *value = &question->entity.values[names + i];
        values[i] = (itd_resolve_value){itd_property_name(value->property), value->value};
    }
    *out = (itd_resolve_side){.id = question->id,
                              .dataset = index->datasets[row->dataset].dataset,
                              .caption = question->query,
                              .schema = itd_schema_name(row->schema),
                              .name = kept,
                              .values = values,
                              .value_count = count};
    return ITD_OK;
}

static itd_status fill_pair(itd_resolve_pair *out, const itd_index *index, const size_t entities[2],
                            const itd_question questions[2], const itd_match_result *result, itd_arena *arena,
                            itd_error *error)
{
    itd_resolve_pair pair = {.score_micro = result->score_micro,
                             .matched_by = itd_property_name(result->matched_by),
                             .contribution_count = result->contribution_count};
    ITD_TRY(fill_side(&pair.left, index, entities[0], &questions[0], result->matched_left, arena, error));
    ITD_TRY(fill_side(&pair.right, index, entities[1], &questions[1], result->matched_right, arena, error));
    if (!itd_contributions_copy(&pair.contributions, result, arena))
        return itd_fail_memory(error);
    *out = pair;
    return ITD_OK;
}

itd_status itd_resolve_explain(itd_resolve_pair *out, itd_explainer *explainer, const itd_index *index, size_t left,
                               size_t right, itd_arena *arena, itd_error *error)
{
    const size_t entities[2] = {left, right};
    itd_question questions[2];
    itd_match_entity sides[2];
    itd_match_space spaces[2];
    itd_match_query *query = NULL;
    itd_match_result result;
    for (int i = 0; i < 2; i++) {
        ITD_TRY(itd_resolve_question(&questions[i], index, entities[i], arena, error));
        ITD_TRY(prepare(&sides[i], &spaces[i], i ? explainer->right : explainer->left, explainer->matcher,
                        &questions[i].entity, error));
    }
    ITD_TRY(itd_match_query_create(&query, ITD_ALGORITHM_LOGIC, &sides[0], &spaces[0], &spaces[1], error));
    bool scored = itd_match_score(&result, query, &sides[1], 0);
    assert(scored); /* every score reaches 0 */
    (void)scored;
    itd_status status = fill_pair(out, index, entities, questions, &result, arena, error);
    if (status == ITD_OK && itd_resolve_rule_holds(out, &sides[0], &sides[1]))
        out->rule = ITD_RESOLVE_RULE;
    itd_match_query_destroy(query);
    return status;
}

static void write_both(itd_json_writer *json, const char *key, itd_sv left, itd_sv right)
{
    itd_json_key(json, key);
    itd_json_begin_object(json);
    itd_json_put_text(json, "left", left);
    itd_json_put_text(json, "right", right);
    itd_json_end_object(json);
}

/* Values of one property follow each other, but for an identifier of which a record's papers say more. */
static void write_values(itd_json_writer *json, const char *key, const itd_resolve_side *side)
{
    itd_json_key(json, key);
    itd_json_begin_object(json);
    for (size_t i = 0; i < side->value_count; i++) {
        bool known = false;
        for (size_t k = 0; !known && k < i; k++)
            known = side->values[k].property == side->values[i].property;
        if (known)
            continue;
        itd_json_key(json, side->values[i].property);
        itd_json_begin_array(json);
        for (size_t k = i; k < side->value_count; k++)
            if (side->values[k].property == side->values[i].property)
                itd_json_write_text(json, side->values[k].value);
        itd_json_end_array(json);
    }
    itd_json_end_object(json);
}

static void write_judgement(itd_json_writer *json, const itd_resolve_pair *pair)
{
    itd_json_key(json, "judgement");
    if (!pair->judgement) {
        itd_json_write_null(json);
        return;
    }
    itd_json_write_text(json, itd_sv_of(pair->judgement));
    if (pair->implied) {
        itd_json_key(json, "implied");
        itd_json_write_bool(json, true);
    } else {
        itd_json_put_text(json, "by", pair->person);
    }
}

void itd_resolve_pair_write(itd_buffer *out, const itd_resolve_pair *pair)
{
    const itd_resolve_side *l = &pair->left, *r = &pair->right;
    itd_json_writer json;
    itd_json_writer_init(&json, out);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "left", l->id);
    itd_json_put_text(&json, "right", r->id);
    itd_score_write(&json, pair->score_micro, pair->contributions, pair->contribution_count);
    write_judgement(&json, pair);
    if (pair->rule)
        itd_json_put_text(&json, "rule", itd_sv_of(pair->rule));
    write_both(&json, "dataset", l->dataset, r->dataset);
    write_both(&json, "schema", itd_sv_of(l->schema), itd_sv_of(r->schema));
    write_both(&json, "caption", l->caption, r->caption);
    itd_json_key(&json, "matched");
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "left", l->name);
    itd_json_put_text(&json, "right", r->name);
    itd_json_put_text(&json, "by", itd_sv_of(pair->matched_by));
    itd_json_end_object(&json);
    itd_json_key(&json, "evidence");
    itd_json_begin_object(&json);
    write_values(&json, "left", l);
    write_values(&json, "right", r);
    itd_json_end_object(&json);
    itd_json_end_object(&json);
}
