/* An answer of `brokers` as JSON and as a picture. */
#include <assert.h>
#include <stdio.h>

#include "engine/network.h"
#include "engine/picture.h"

static void put_ids(itd_json_writer *json, const char *key, const itd_sv *ids, size_t count)
{
    itd_json_key(json, key);
    itd_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        itd_json_write_text(json, ids[i]);
    itd_json_end_array(json);
}

static void put_cut(itd_json_writer *json, const char *key, const itd_broker *cut, size_t count)
{
    itd_json_key(json, key);
    itd_json_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        itd_json_begin_object(json);
        itd_json_put_text(json, "entity", cut[i].id);
        itd_json_put_u64(json, "links", cut[i].links);
        itd_json_put_u64(json, "suspected", cut[i].suspected);
        itd_json_end_object(json);
    }
    itd_json_end_array(json);
}

static void put_steps(itd_json_writer *json, const itd_graph_step *steps, size_t count)
{
    itd_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        itd_ways_step_write(json, &steps[i]);
    itd_json_end_array(json);
}

static void put_bool(itd_json_writer *json, const char *key, bool value)
{
    itd_json_key(json, key);
    itd_json_write_bool(json, value);
}

itd_status itd_brokers_json(itd_bytes *out, const itd_brokers *brokers, itd_error *error)
{
    assert(out && brokers);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    put_ids(&json, "from", brokers->from, brokers->from_count);
    put_ids(&json, "to", brokers->to, brokers->to_count);
    put_bool(&json, "linked", brokers->linked);
    put_bool(&json, "separable", brokers->separable);
    itd_json_put_u64(&json, "size", brokers->size);
    put_cut(&json, "cut", brokers->cut, brokers->size);
    put_bool(&json, "unique", brokers->unique);
    put_cut(&json, "other", brokers->other, brokers->size);
    itd_json_key(&json, "ways");
    itd_json_begin_array(&json);
    for (size_t i = 0; i < brokers->size; i++)
        put_steps(&json, brokers->ways[i].steps, brokers->ways[i].count);
    itd_json_end_array(&json);
    itd_json_key(&json, "direct");
    put_steps(&json, brokers->direct, brokers->direct_count);
    itd_json_key(&json, "remains");
    itd_json_begin_object(&json);
    itd_json_put_u64(&json, "from", brokers->by_from);
    itd_json_put_u64(&json, "to", brokers->by_to);
    itd_json_put_u64(&json, "apart", brokers->apart);
    itd_json_end_object(&json);
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}

/* ---- the picture ---- */

/* A step of a way stands a row below the one before it. */
static bool place_step(itd_picture *p, const itd_graph_step *step, uint32_t row)
{
    uint32_t above = 0, below = 0;
    if (!itd_picture_node_of(&above, p, step->against ? step->owned : step->owner) ||
        !itd_picture_node_of(&below, p, step->against ? step->owner : step->owned))
        return false;
    assert(p->nodes.items);
    if (p->nodes.items[below].row < row + 1)
        p->nodes.items[below].row = row + 1;
    return true;
}

/* An arrow leads from whoever holds. */
static bool add_link(itd_picture *p, const itd_graph_step *step)
{
    itd_picture_edge edge = {.share_min_ppm = step->share_min_ppm,
                             .share_max_ppm = step->share_max_ppm,
                             .kind = step->kind,
                             .grade = step->grade,
                             .source = step->source,
                             .suspected = step->suspected};
    return itd_picture_node_of(&edge.from, p, step->owner) && itd_picture_node_of(&edge.to, p, step->owned) &&
           itd_picture_add(p, &edge);
}

/* Puts a group into a row of its own. */
static bool place_group(itd_picture *p, const itd_sv *ids, size_t count, uint32_t row, const char *note)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t node = 0;
        if (!itd_picture_node_of(&node, p, ids[i]))
            return false;
        p->nodes.items[node].row = row;
        p->nodes.items[node].note = note;
    }
    return true;
}

static bool mark_cut(itd_picture *p, const itd_brokers *b)
{
    for (size_t i = 0; i < b->size; i++) {
        uint32_t node = 0;
        if (!itd_picture_node_of(&node, p, b->cut[i].id))
            return false;
        p->nodes.items[node].marked = true;
    }
    return true;
}

static bool gather(itd_picture *p, const itd_brokers *b)
{
    uint32_t lowest = 0;
    bool good = place_group(p, b->from, b->from_count, 0, "from");
    for (size_t w = 0; w < b->size && good; w++)
        for (size_t s = 0; s < b->ways[w].count && good; s++)
            good = place_step(p, &b->ways[w].steps[s], (uint32_t)s);
    good = good && place_group(p, b->to, b->to_count, 0, "to");
    for (size_t i = 0; i < p->nodes.count && good; i++)
        if (!p->nodes.items[i].note && p->nodes.items[i].row > lowest)
            lowest = p->nodes.items[i].row;
    good = good && place_group(p, b->to, b->to_count, lowest + 1, "to") && mark_cut(p, b);
    for (size_t i = 0; i < b->among_count && good; i++)
        good = add_link(p, &b->among[i]);
    itd_picture_arrange(p);
    return good;
}

static itd_status draw(itd_bytes *out, const itd_brokers *b,
                       itd_status (*write_form)(itd_bytes *, const itd_picture *, itd_error *), itd_error *error)
{
    char rest[80];
    assert(out && b);
    if (!b->linked)
        (void)snprintf(rest, sizeof rest, ": no way between the two groups");
    else
        (void)snprintf(rest, sizeof rest, ": %zu whose loss parts the two groups%s", b->size,
                       b->separable ? "" : ", but for direct links");
    itd_picture p = {.name = "brokers",
                     .title = ITD_SV("brokers"),
                     .title_rest = rest,
                     .below = ITD_SV("an arrow leads from whoever holds; dashed: a suspicion, its grade beside it")};
    itd_status status = gather(&p, b) ? write_form(out, &p, error) : itd_fail_memory(error);
    itd_picture_finish(&p);
    return status;
}

itd_status itd_brokers_dot(itd_bytes *out, const itd_brokers *brokers, itd_error *error)
{
    return draw(out, brokers, itd_picture_dot, error);
}

itd_status itd_brokers_svg(itd_bytes *out, const itd_brokers *brokers, itd_error *error)
{
    return draw(out, brokers, itd_picture_svg, error);
}
