/* Sets of strings in which those are found that differ in a few letters, held against looking at every one. */
#include "match/near.h"

#include "base/memory.h"
#include "support/cm.h"
#include "text/distance.h"

enum { STRINGS = 3000, QUESTIONS = 600, SIZE_MAX_ASKED = 14 };

static uint64_t seed = 4;
static uint32_t next_random(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static uint8_t random_string(char *out)
{
    uint8_t size = (uint8_t)next_random(SIZE_MAX_ASKED + 1);
    for (uint8_t i = 0; i < size; i++)
        out[i] = (char)('a' + next_random(4));
    return size;
}

typedef struct world {
    char letters[STRINGS * SIZE_MAX_ASKED];
    itd_near_item items[STRINGS];
    itd_near_set set;
    itd_near_found found;
} world;

static world *world_create(void)
{
    world *w = itd_calloc(1, sizeof *w);
    assert_non_null(w);
    for (uint32_t i = 0; i < STRINGS; i++) {
        w->items[i] = (itd_near_item){.text = i * SIZE_MAX_ASKED, .token = i};
        w->items[i].size = random_string(w->letters + w->items[i].text);
        w->items[i].slack = (uint8_t)(1 + next_random(2));
    }
    assert_int_equal(itd_near_set_init(&w->set, w->items, STRINGS, w->letters, NULL), ITD_OK);
    assert_int_equal(itd_near_found_init(&w->found, &w->set, NULL), ITD_OK);
    return w;
}

static void world_destroy(world *w)
{
    itd_near_found_finish(&w->found);
    itd_near_set_finish(&w->set);
    itd_free(w);
}

static bool is_found(const world *w, uint32_t string)
{
    size_t times = 0;
    for (uint32_t i = 0; i < w->found.count; i++)
        times += w->found.strings[i] == string;
    assert_in_range(times, 0, 1);
    return times == 1;
}

/* Every string whose words bear it is found, whoever takes out how many letters. */
static void finds_all_within_reach(void **state)
{
    (void)state;
    world *w = world_create();
    size_t within = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        char text[SIZE_MAX_ASKED];
        uint8_t size = random_string(text);
        unsigned slack = 1 + next_random(2);
        itd_pattern pattern;
        itd_pattern_init(&pattern, (itd_sv){text, size});
        itd_near_find(&w->found, &w->set, (itd_sv){text, size}, slack);
        for (uint32_t k = 0; k < STRINGS; k++) {
            const itd_near_item *item = &w->items[k];
            itd_sv other = {w->letters + item->text, item->size};
            if (!itd_sound_keys_near(&pattern, slack, other, item->slack))
                continue;
            /* Words whose keys are long are long: they bear two. */
            if ((size > ITD_NEAR_PREFIX && item->slack == 1 && item->size < ITD_NEAR_TWO_FROM) ||
                (item->size > ITD_NEAR_PREFIX && slack == 1 && size < ITD_NEAR_TWO_FROM))
                continue;
            uint32_t string = itd_near_exact(&w->set, other);
            assert_int_not_equal(string, ITD_NEAR_NONE);
            within++;
            if (!is_found(w, string))
                fail_msg("%.*s bears %u and does not find %.*s, which bears %u", size, text, slack, (int)other.size,
                         other.data, item->slack);
        }
    }
    assert_true(within > QUESTIONS);
    world_destroy(w);
}

/* Every string that has all but one letter in common is found where only those are asked for. */
static void finds_all_within_one_letter(void **state)
{
    (void)state;
    world *w = world_create();
    size_t within = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        char text[SIZE_MAX_ASKED];
        uint8_t size = random_string(text);
        itd_pattern pattern;
        itd_pattern_init(&pattern, (itd_sv){text, size});
        itd_near_find_tight(&w->found, &w->set, (itd_sv){text, size});
        for (uint32_t k = 0; k < STRINGS; k++) {
            itd_sv other = {w->letters + w->items[k].text, w->items[k].size};
            if (!itd_sound_keys_near(&pattern, 1, other, 1))
                continue;
            within++;
            if (!is_found(w, itd_near_exact(&w->set, other)))
                fail_msg("%.*s does not find %.*s", size, text, (int)other.size, other.data);
        }
    }
    assert_true(within > QUESTIONS);
    world_destroy(w);
}

static void knows_each_string_and_its_words(void **state)
{
    (void)state;
    world *w = world_create();
    size_t members = 0;
    for (uint32_t k = 0; k < STRINGS; k++) {
        itd_sv text = {w->letters + w->items[k].text, w->items[k].size};
        uint32_t string = itd_near_exact(&w->set, text);
        assert_int_not_equal(string, ITD_NEAR_NONE);
        bool has = false;
        for (uint32_t m = w->set.first[string]; m < w->set.first[string + 1]; m++)
            has = has || w->set.members[m] == w->items[k].token;
        assert_true(has);
    }
    for (uint32_t s = 0; s < w->set.count; s++)
        members += w->set.first[s + 1] - w->set.first[s];
    assert_int_equal(members, STRINGS);
    assert_int_equal(itd_near_exact(&w->set, ITD_SV("zzz")), ITD_NEAR_NONE);
    assert_int_equal(itd_near_exact(&w->set, ITD_SV("zzzzzzzzzzzzzzzzzz")), ITD_NEAR_NONE);
    world_destroy(w);
}

static void an_empty_set_has_nothing(void **state)
{
    (void)state;
    itd_near_set set;
    itd_near_found found;
    assert_int_equal(itd_near_set_init(&set, NULL, 0, "", NULL), ITD_OK);
    assert_int_equal(itd_near_found_init(&found, &set, NULL), ITD_OK);
    itd_near_find(&found, &set, ITD_SV("abc"), 2);
    assert_int_equal(found.count, 0);
    assert_int_equal(itd_near_exact(&set, ITD_SV("")), ITD_NEAR_NONE);
    itd_near_found_finish(&found);
    itd_near_set_finish(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_all_within_reach), cmocka_unit_test(finds_all_within_one_letter),
        cmocka_unit_test(knows_each_string_and_its_words), cmocka_unit_test(an_empty_set_has_nothing)};
    return cmocka_run_group_tests_name("near", tests, NULL, NULL);
}
