/* Layers, their tests, and the runs in which they become least fixed points. */
#include "own/evaluate.h"

#include <assert.h>

/* ---- layers and their tests ---- */

static bool is_of_class(itd_own_layer_id id)
{
    return id == ITD_OWN_LAYER_CATEGORY || id == ITD_OWN_LAYER_OF_CLASS;
}

static void take_tests(itd_own_layer *layer, const itd_own_rule *rule)
{
    layer->test_count = 0;
    layer->main = SIZE_MAX;
    if (!rule)
        return;
    assert(rule->test_count <= ITD_OWN_TESTS_MAX);
    for (size_t i = 0; i < rule->test_count; i++) {
        const itd_own_test *test = &rule->tests[i];
        if (test->basis == ITD_OWN_CONTROL_PRESUMED && layer->lower)
            continue; /* it can be rebutted */
        if (is_of_class(layer->id) && test->basis != ITD_OWN_OWNERSHIP)
            continue;
        layer->tests[layer->test_count++] = *test;
    }
}

/* What somebody of a class controls is of it (31 CFR 510.311), whatever else the rule asks. That is for a person to
 * judge, so it is never certain. */
static void add_class_tests(itd_own_layer *layer)
{
    static const itd_own_test tests[] = {
        {ITD_OWN_CONTROL, ITD_STAKE_VOTES, ITD_OWN_EACH, ITD_OWN_HALF_PPM + 1},
        {ITD_OWN_CONTROL, ITD_STAKE_BOARD, ITD_OWN_EACH, 0},
        {ITD_OWN_CONTROL, ITD_STAKE_CONTROL, ITD_OWN_EACH, 0},
    };
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        layer->tests[layer->test_count++] = tests[i];
}

/* Softens what is asked of shares and votes: `least` is enough where the test asks for more, and less than that by
 * `less`. Holders are summed; where those who act together are, also so. */
static void soften(itd_own_layer *layer, uint32_t least, uint32_t less)
{
    for (size_t i = 0, count = layer->test_count; i < count; i++) {
        itd_own_test *test = &layer->tests[i];
        if (test->kind != ITD_STAKE_SHARES && test->kind != ITD_STAKE_VOTES)
            continue;
        if (test->least_ppm > least)
            test->least_ppm = least;
        test->least_ppm = test->least_ppm > less ? test->least_ppm - less : 1;
        if (test->sum == ITD_OWN_JOINT) { /* partners count who are not blocked themselves */
            layer->tests[layer->test_count] = *test;
            test = &layer->tests[layer->test_count++];
        }
        test->sum = ITD_OWN_SUM;
    }
}

static void find_main(itd_own_layer *layer)
{
    for (size_t i = 0; i < layer->test_count && layer->main == SIZE_MAX; i++)
        if (layer->tests[i].kind == ITD_STAKE_SHARES && itd_own_sum_of(layer, &layer->tests[i]) == ITD_OWN_SUM)
            layer->main = i;
}

void itd_own_layer_set_up(itd_own_evaluation *e, itd_own_layer_id id)
{
    itd_own_layer *layer = &e->layers[id];
    layer->id = id;
    layer->lower = id == ITD_OWN_LAYER_CATEGORY || id == ITD_OWN_LAYER_BLOCKED;
    take_tests(layer, e->rule);
    if (id == ITD_OWN_LAYER_OF_CLASS)
        add_class_tests(layer);
    if (id == ITD_OWN_LAYER_CHECK)
        soften(layer, ITD_OWN_HALF_PPM, 0);
    if (id == ITD_OWN_LAYER_NEAR)
        soften(layer, ITD_OWN_HALF_PPM, ITD_OWN_NEAR_PPM - 1);
    if (id != ITD_OWN_LAYER_DIVESTED)
        find_main(layer);
}

itd_status itd_own_evaluation_init(itd_own_evaluation *e, const itd_register *r, const itd_own_regime *regime,
                                   int32_t day, itd_error *error)
{
    *e = (itd_own_evaluation){.r = r, .regime = regime, .rule = itd_own_regime_rule(regime, day), .day = day};
    for (unsigned id = 0; id < ITD_OWN_LAYERS; id++)
        itd_own_layer_set_up(e, (itd_own_layer_id)id);
    e->joint = itd_own_rule_is_joint(e->rule);
    e->state = itd_calloc((size_t)r->entity_count + 1, sizeof *e->state);
    e->marks = itd_calloc((size_t)r->entity_count + 1, sizeof *e->marks);
    if (e->joint)
        e->groups = itd_own_groups_create(r->entity_count);
    return e->state && e->marks && (e->groups || !e->joint) ? ITD_OK : itd_fail_memory(error);
}

void itd_own_evaluation_finish(itd_own_evaluation *e)
{
    for (unsigned id = 0; id < ITD_OWN_LAYERS; id++) {
        itd_free(e->layers[id].block);
        itd_vector_finish(&e->layers[id].queue);
        itd_vector_finish(&e->layers[id].due);
        itd_vector_finish(&e->layers[id].partners);
    }
    itd_own_groups_destroy(e->groups);
    itd_free(e->marks);
    itd_free(e->state);
    *e = (itd_own_evaluation){0};
}

void itd_own_mark(itd_own_evaluation *e, uint32_t entity, bool member)
{
    uint16_t *state = &e->state[entity];
    e->listed_count += !(*state & ITD_OWN_IS_LISTED);
    e->member_count += member && !(*state & ITD_OWN_IS_MEMBER);
    *state = (uint16_t)(*state | ITD_OWN_IS_LISTED | (member ? ITD_OWN_IS_MEMBER : 0));
}

/* ---- runs ---- */

/* Who is in a layer is often all that is asked once it has run. */
static void drop_sums(itd_own_layer *layer)
{
    itd_free(layer->block);
    layer->sums = layer->block = NULL;
}

static void forget(itd_own_evaluation *e, itd_own_layer *layer)
{
    uint16_t both = (uint16_t)(ITD_OWN_IN(layer->id) | ITD_OWN_DONE(layer->id));
    for (size_t i = 0; i < layer->queue.count; i++)
        e->state[layer->queue.items[i]] = (uint16_t)(e->state[layer->queue.items[i]] & ~both);
    layer->queue.count = layer->head = 0;
    itd_own_clear_due(e, layer);
    e->changes++;
    drop_sums(layer);
}

static bool begin(itd_own_evaluation *e, itd_own_layer *layer)
{
    forget(e, layer);
    layer->run = true;
    if (layer->main == SIZE_MAX)
        return true;
    layer->stride = layer->lower ? 1 : 2;
    layer->sums = layer->block = itd_calloc((size_t)e->r->entity_count * layer->stride + 1, sizeof *layer->block);
    return layer->sums != NULL;
}

/* What is blocked and what is possible, the sums of an entity side by side. */
static bool begin_both(itd_own_evaluation *e, itd_own_layer *blocked, itd_own_layer *possible)
{
    forget(e, possible);
    forget(e, blocked);
    blocked->run = possible->run = true;
    blocked->stride = possible->stride = 3;
    if (blocked->main == SIZE_MAX && possible->main == SIZE_MAX)
        return true;
    blocked->block = itd_calloc((size_t)e->r->entity_count * 3 + 1, sizeof *blocked->block);
    if (!blocked->block)
        return false;
    blocked->sums = blocked->main == SIZE_MAX ? NULL : blocked->block;
    possible->sums = blocked->block + 1;
    return true;
}

/* All members of another layer. */
static bool begin_with(itd_own_evaluation *e, itd_own_layer *layer, const itd_own_layer *below)
{
    bool good = true;
    for (size_t i = 0; i < below->queue.count && good; i++)
        if (itd_own_in(e, below->id, below->queue.items[i]))
            good = itd_own_join(e, layer, below->queue.items[i]);
    return good;
}

static bool begin_marked(itd_own_evaluation *e, itd_own_layer *layer, uint16_t mark)
{
    bool good = true;
    for (uint32_t n = 0; n < e->r->entity_count && good; n++)
        if (e->state[n] & mark)
            good = itd_own_join(e, layer, n);
    return good;
}

/* Of members, and of what they own: for certain, or possibly. */
static bool run_class(itd_own_evaluation *e, itd_own_layer *layer)
{
    bool good = begin(e, layer) && begin_marked(e, layer, ITD_OWN_IS_MEMBER) && itd_own_propagate(e, layer);
    drop_sums(layer);
    return good;
}

itd_status itd_own_evaluation_run(itd_own_evaluation *e, itd_error *error)
{
    itd_own_layer *category = &e->layers[ITD_OWN_LAYER_CATEGORY], *blocked = &e->layers[ITD_OWN_LAYER_BLOCKED];
    itd_own_layer *possible = &e->layers[ITD_OWN_LAYER_POSSIBLE], *of_class = &e->layers[ITD_OWN_LAYER_OF_CLASS];
    bool good = true;
    for (unsigned id = 0; id < ITD_OWN_LAYERS; id++)
        e->layers[id].run = false;
    forget(e, category);
    forget(e, of_class);
    if (e->member_count > 0)
        good = run_class(e, category) && run_class(e, of_class);
    good = good && begin_both(e, blocked, possible) && begin_marked(e, blocked, ITD_OWN_IS_LISTED);
    good = good && itd_own_propagate(e, blocked) && itd_own_propagate(e, possible);
    return good ? ITD_OK : itd_fail_memory(error);
}

/* Nothing that the layer of what is possible does not ask as well. */
static bool is_softer(const itd_own_layer *layer, const itd_own_layer *possible)
{
    bool softer = layer->test_count != possible->test_count;
    for (size_t i = 0; i < layer->test_count && !softer; i++)
        softer = layer->tests[i].least_ppm != possible->tests[i].least_ppm ||
                 itd_own_sum_of(layer, &layer->tests[i]) != itd_own_sum_of(possible, &possible->tests[i]);
    return softer;
}

itd_status itd_own_evaluation_flags(itd_own_evaluation *e, itd_error *error)
{
    bool good = true;
    itd_own_layer *layers[] = {&e->layers[ITD_OWN_LAYER_CHECK], &e->layers[ITD_OWN_LAYER_NEAR]};
    for (size_t i = 0; i < 2 && good; i++) {
        if (layers[i]->run)
            continue;
        good = begin(e, layers[i]);
        if (!is_softer(layers[i], &e->layers[ITD_OWN_LAYER_POSSIBLE]))
            continue;
        good = good && begin_with(e, layers[i], &e->layers[ITD_OWN_LAYER_POSSIBLE]) && itd_own_propagate(e, layers[i]);
        drop_sums(layers[i]);
    }
    if (good && !e->layers[ITD_OWN_LAYER_DIVESTED].run)
        good = begin(e, &e->layers[ITD_OWN_LAYER_DIVESTED]) && itd_own_divested(e);
    return good ? ITD_OK : itd_fail_memory(error);
}
