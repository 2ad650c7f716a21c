/* The chains of an answer as a picture, from the listed parties down. */
#include <assert.h>
#include <stdio.h>

#include "engine/own.h"
#include "engine/picture.h"

static bool add_step(itd_picture *p, const itd_own_step *step, uint32_t row, bool first)
{
    uint32_t from = 0, to = 0;
    if (!itd_picture_node_of(&from, p, step->owner) || !itd_picture_node_of(&to, p, step->owned))
        return false;
    assert(p->nodes.items);
    p->nodes.items[from].marked |= first;
    if (p->nodes.items[to].row < row + 1)
        p->nodes.items[to].row = row + 1;
    return itd_picture_add(p, &(itd_picture_edge){.from = from,
                                                  .to = to,
                                                  .share_min_ppm = step->share_min_ppm,
                                                  .share_max_ppm = step->share_max_ppm,
                                                  .kind = step->kind,
                                                  .grade = step->grade,
                                                  .source = step->source});
}

/* A node stands below all that lead to it, the entity below everything. */
static bool gather(itd_picture *p, const itd_own_answer *answer)
{
    uint32_t entity = 0, lowest = 0;
    for (size_t c = 0; c < answer->chain_count; c++)
        for (size_t s = 0; s < answer->chains[c].count; s++)
            if (!add_step(p, &answer->chains[c].steps[s], (uint32_t)s, s == 0))
                return false;
    if (!itd_picture_node_of(&entity, p, answer->entity))
        return false;
    assert(p->nodes.items);
    for (size_t i = 0; i < p->nodes.count; i++)
        if (i != entity && p->nodes.items[i].row > lowest)
            lowest = p->nodes.items[i].row;
    p->nodes.items[entity].row = p->nodes.count > 1 ? lowest + 1 : 0;
    p->nodes.items[entity].marked |= answer->judgement.basis == ITD_OWN_LISTED;
    p->nodes.items[entity].note = itd_own_verdict_name(answer->judgement.verdict);
    itd_picture_arrange(p);
    return true;
}

static itd_status draw(itd_bytes *out, const itd_own_answer *answer,
                       itd_status (*write_form)(itd_bytes *, const itd_picture *, itd_error *), itd_error *error)
{
    const char *basis = itd_own_basis_name(answer->judgement.basis);
    char rest[80];
    assert(out && answer);
    (void)snprintf(rest, sizeof rest, ": %s%s%s", itd_own_verdict_name(answer->judgement.verdict), basis ? ", " : "",
                   basis ? basis : "");
    itd_picture p = {.name = "own",
                     .title = answer->entity,
                     .title_rest = rest,
                     .below = itd_sv_of(answer->rule_id ? answer->rule_id : "no rule")};
    itd_status status = gather(&p, answer) ? write_form(out, &p, error) : itd_fail_memory(error);
    itd_picture_finish(&p);
    return status;
}

itd_status itd_own_answer_dot(itd_bytes *out, const itd_own_answer *answer, itd_error *error)
{
    return draw(out, answer, itd_picture_dot, error);
}

itd_status itd_own_answer_svg(itd_bytes *out, const itd_own_answer *answer, itd_error *error)
{
    return draw(out, answer, itd_picture_svg, error);
}
