/* Sets of strings in which those are found that differ in a few letters, held against looking at every one. */
#include "match/near.h"

#include "base/memory.h"
#include "support/cm.h"

enum { STRINGS = 3000, QUESTIONS = 600, SIZE_MAX_ASKED = 20 };

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
    }
    assert_int_equal(itd_near_set_init(&w->set, w->items, STRINGS, w->letters, true, NULL), ITD_OK);
    assert_int_equal(itd_near_found_init(&w->found, w->set.count, w->set.member_count, NULL), ITD_OK);
    return w;
}

static void world_destroy(world *w)
{
    itd_near_found_finish(&w->found);
    itd_near_set_finish(&w->set);
    itd_free(w);
}

/* What is said of each string: letters without counterpart, or edits; -1 where it was not found. */
static void read_found(int *said, const world *w)
{
    for (uint32_t s = 0; s < w->set.count; s++)
        said[s] = -1;
    for (uint32_t i = 0; i < w->found.count; i++) {
        assert_int_equal(said[w->found.strings[i]], -1); /* each once */
        said[w->found.strings[i]] = w->found.missing[i];
    }
}

/* Exactly those are found that have enough letters in common, with one letter missing and with two, whichever way. */
static void finds_what_has_letters_in_common(void **state)
{
    (void)state;
    world *w = world_create();
    int *said = itd_malloc(STRINGS * sizeof *said);
    size_t within = 0;
    assert_non_null(said);
    for (int i = 0; i < QUESTIONS; i++) {
        char text[SIZE_MAX_ASKED];
        itd_sv own = {text, random_string(text)};
        unsigned own_slack = 1 + next_random(2), slack = 1 + next_random(2);
        bool tight = own_slack == 1 && slack == 1;
        itd_pattern pattern;
        itd_pattern_init(&pattern, own);
        if (tight)
            itd_near_find_tight(&w->found, &w->set, &pattern, own);
        else
            itd_near_find_common(&w->found, &w->set, &pattern, own, own_slack, slack);
        read_found(said, w);
        for (uint32_t s = 0; s < w->set.count; s++) {
            itd_sv other = itd_near_text(&w->set, s);
            int missing = (int)(other.size - itd_common_letters(&pattern, other));
            bool near = itd_sound_keys_near(&pattern, own_slack, other, slack);
            if (said[s] != (near ? missing : -1))
                fail_msg("%.*s bears %u, %.*s bears %u: %d", ITD_SV_ARG(own), own_slack, ITD_SV_ARG(other), slack,
                         said[s]);
            within += near;
        }
    }
    assert_true(within > QUESTIONS);
    itd_free(said);
    world_destroy(w);
}

static void finds_what_is_few_edits_away(void **state)
{
    (void)state;
    world *w = world_create();
    int *said = itd_malloc(STRINGS * sizeof *said);
    size_t within = 0;
    assert_non_null(said);
    for (int i = 0; i < QUESTIONS; i++) {
        char text[SIZE_MAX_ASKED];
        itd_sv own = {text, random_string(text)};
        itd_strips_limits most;
        itd_pattern pattern;
        if (own.size == 0)
            continue;
        for (size_t size = 0; size <= ITD_DISTANCE_MAX; size++)
            most.of[size] = (uint8_t)(next_random(5) ? next_random(4) : ITD_STRIPS_NONE);
        itd_pattern_init(&pattern, own);
        itd_near_find_edits(&w->found, &w->set, &pattern, own, &most);
        read_found(said, w);
        for (uint32_t s = 0; s < w->set.count; s++) {
            itd_sv other = itd_near_text(&w->set, s);
            unsigned edits = itd_levenshtein(&pattern, other);
            bool near = most.of[other.size] != ITD_STRIPS_NONE && edits <= most.of[other.size];
            if (said[s] != (near ? (int)edits : -1))
                fail_msg("%.*s and %.*s, %u edits: %d", ITD_SV_ARG(own), ITD_SV_ARG(other), edits, said[s]);
            within += near;
        }
    }
    assert_true(within > QUESTIONS);
    itd_free(said);
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
    itd_pattern pattern;
    itd_pattern_init(&pattern, ITD_SV("abc"));
    assert_int_equal(itd_near_set_init(&set, NULL, 0, "", true, NULL), ITD_OK);
    assert_int_equal(itd_near_found_init(&found, set.count, set.member_count, NULL), ITD_OK);
    itd_near_find_common(&found, &set, &pattern, ITD_SV("abc"), 2, 2);
    assert_int_equal(found.count, 0);
    itd_near_find_tight(&found, &set, &pattern, ITD_SV("abc"));
    assert_int_equal(found.count, 0);
    assert_int_equal(itd_near_exact(&set, ITD_SV("")), ITD_NEAR_NONE);
    itd_near_found_finish(&found);
    itd_near_set_finish(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_has_letters_in_common), cmocka_unit_test(finds_what_is_few_edits_away),
        cmocka_unit_test(knows_each_string_and_its_words), cmocka_unit_test(an_empty_set_has_nothing)};
    return cmocka_run_group_tests_name("near", tests, NULL, NULL);
}
