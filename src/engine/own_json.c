/* An answer of `own` as JSON. */
#include <assert.h>

#include "engine/own.h"

void itd_own_put_range(itd_json_writer *json, const char *key, uint32_t low, uint32_t high)
{
    itd_json_key(json, key);
    itd_json_begin_array(json);
    itd_json_write_u64(json, low);
    itd_json_write_u64(json, high);
    itd_json_end_array(json);
}

void itd_own_put_text_or_null(itd_json_writer *json, const char *key, const char *text)
{
    itd_json_key(json, key);
    if (text)
        itd_json_write_text(json, itd_sv_of(text));
    else
        itd_json_write_null(json);
}

static void put_by(itd_json_writer *json, const itd_own_answer *answer)
{
    itd_json_key(json, "by");
    itd_json_begin_array(json);
    for (size_t i = 0; i < answer->by_count; i++) {
        itd_json_begin_object(json);
        itd_json_put_text(json, "id", answer->by[i].id);
        itd_own_put_range(json, "share_ppm", answer->by[i].share_min_ppm, answer->by[i].share_max_ppm);
        itd_json_end_object(json);
    }
    itd_json_end_array(json);
}

void itd_own_put_step(itd_json_writer *json, const itd_own_step *step)
{
    itd_json_begin_object(json);
    itd_json_put_text(json, "owner", step->owner);
    itd_json_put_text(json, "owned", step->owned);
    itd_own_put_range(json, "share_ppm", step->share_min_ppm, step->share_max_ppm);
    itd_json_put_text(json, "kind", itd_sv_of(step->kind));
    itd_json_put_text(json, "source", step->source);
    if (step->grade.size > 0)
        itd_json_put_text(json, "grade", step->grade);
    itd_json_end_object(json);
}

static void put_chains(itd_json_writer *json, const itd_own_answer *answer)
{
    itd_json_key(json, "chains");
    itd_json_begin_array(json);
    for (size_t i = 0; i < answer->chain_count; i++) {
        itd_json_begin_array(json);
        for (size_t s = 0; s < answer->chains[i].count; s++)
            itd_own_put_step(json, &answer->chains[i].steps[s]);
        itd_json_end_array(json);
    }
    itd_json_end_array(json);
}

static void put_rule(itd_json_writer *json, const itd_own_answer *answer)
{
    itd_json_key(json, "rule");
    if (!answer->rule_id) {
        itd_json_write_null(json);
        return;
    }
    itd_json_begin_object(json);
    itd_json_put_text(json, "id", itd_sv_of(answer->rule_id));
    itd_own_put_text_or_null(json, "from", answer->rule_from);
    itd_own_put_text_or_null(json, "to", answer->rule_to);
    itd_own_put_text_or_null(json, "source", answer->rule_source);
    itd_json_end_object(json);
}

static void put_open_ends(itd_json_writer *json, const itd_own_answer *answer)
{
    itd_json_key(json, "flags");
    itd_json_begin_array(json);
    for (size_t i = 0; i < answer->flag_count; i++)
        itd_json_write_text(json, itd_sv_of(answer->flags[i]));
    itd_json_end_array(json);
    itd_json_key(json, "unknown");
    itd_json_begin_array(json);
    for (size_t i = 0; i < answer->unknown_count; i++) {
        const itd_own_unknown *unknown = &answer->unknown[i];
        itd_json_begin_object(json);
        itd_json_put_text(json, "what", itd_sv_of(unknown->what));
        itd_json_put_text(json, "entity", unknown->entity);
        itd_own_put_range(json, "share_ppm", unknown->share_min_ppm, unknown->share_max_ppm);
        itd_json_end_object(json);
    }
    itd_json_end_array(json);
}

void itd_own_answer_write(itd_json_writer *json, const itd_own_answer *answer)
{
    itd_json_begin_object(json);
    itd_json_put_text(json, "entity", answer->entity);
    itd_json_put_text(json, "verdict", itd_sv_of(itd_own_verdict_name(answer->judgement.verdict)));
    itd_own_put_text_or_null(json, "basis", itd_own_basis_name(answer->judgement.basis));
    itd_own_put_range(json, "share_ppm", answer->judgement.share_min_ppm, answer->judgement.share_max_ppm);
    put_by(json, answer);
    put_chains(json, answer);
    put_rule(json, answer);
    put_open_ends(json, answer);
    itd_own_put_range(json, "economic_interest_ppm", answer->interest_min_ppm, answer->interest_max_ppm);
    itd_json_end_object(json);
}

itd_status itd_own_answer_json(itd_bytes *out, const itd_own_answer *answer, itd_error *error)
{
    assert(out && answer);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_own_answer_write(&json, answer);
    return itd_bytes_give(out, &buffer, error);
}
