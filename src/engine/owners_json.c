/* An answer of `owners` as JSON. */
#include <assert.h>

#include "engine/own.h"
#include "interdict/owners.h"

static void put_chain(itd_json_writer *json, const itd_owners_chain *chain)
{
    itd_json_begin_object(json);
    if (chain->share_max_ppm > 0)
        itd_own_put_range(json, "share_ppm", chain->share_min_ppm, chain->share_max_ppm);
    itd_json_key(json, "steps");
    itd_json_begin_array(json);
    for (size_t i = 0; i < chain->count; i++)
        itd_own_put_step(json, &chain->steps[i]);
    itd_json_end_array(json);
    itd_json_end_object(json);
}

static void put_owner(itd_json_writer *json, const itd_owners_owner *owner)
{
    itd_json_begin_object(json);
    itd_json_put_text(json, "id", owner->id);
    itd_own_put_text_or_null(json, "standing", owner->standing);
    itd_own_put_range(json, "shares_ppm", owner->shares_min_ppm, owner->shares_max_ppm);
    itd_own_put_range(json, "votes_ppm", owner->votes_min_ppm, owner->votes_max_ppm);
    itd_own_put_text_or_null(json, "control", owner->control);
    itd_json_put_u64(json, "power_ppm", owner->power_ppm);
    itd_json_key(json, "chains");
    itd_json_begin_array(json);
    for (size_t i = 0; i < owner->chain_count; i++)
        put_chain(json, &owner->chains[i]);
    itd_json_end_array(json);
    itd_json_key(json, "more_chains");
    itd_json_write_bool(json, owner->more_chains);
    itd_json_end_object(json);
}

itd_status itd_owners_json(itd_bytes *out, const itd_owners_answer *answer, itd_error *error)
{
    assert(out && answer);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_put_text(&json, "entity", answer->entity);
    itd_json_put_u64(&json, "threshold_ppm", answer->threshold_ppm);
    itd_json_key(&json, "owners");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < answer->count; i++)
        put_owner(&json, &answer->owners[i]);
    itd_json_end_array(&json);
    itd_json_put_u64(&json, "holders", answer->holders);
    itd_json_put_u64(&json, "above", answer->above);
    itd_own_put_range(&json, "unknown_ppm", answer->unknown_min_ppm, answer->unknown_max_ppm);
    itd_json_key(&json, "power_exact");
    itd_json_write_bool(&json, answer->power_exact);
    itd_json_put_u64(&json, "power_error_ppm", answer->power_error_ppm);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
