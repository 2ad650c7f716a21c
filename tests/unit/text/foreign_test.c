#include "support/cm.h"
#include "text/foreign.h"

static itd_sound sound_of(const char *word)
{
    itd_sound sound;
    itd_sound_init(&sound, itd_sv_of(word));
    return sound;
}

/* Words as they come out of folding, with their marks; spellings by ourselves. */
static const struct {
    const char *left, *right;
    unsigned least, most;
} rows[] = {
    {"~mhmd", "mohammed", 700, 960}, /* محمد */
    {"~mhmd", "ahmadinejad", 0, 0},
    {"~khamnyy", "khamenei", 700, 960},
    {"~qdhafy", "gaddafi", 620, 960},
    {"}toranpu", "trump", 650, 960},
    {"}puchin", "putin", 650, 960},
    {"}toranpu", "putin", 0, 0},
    {"|peulasi", "brno", 0, 0},
    {"|makron", "macron", 700, 960},
    {"|klinton", "clinton", 700, 960},
    {"{tranp", "trump", 620, 960},
    {"{klinton", "clinton", 700, 960},
    {"{bulel", "blair", 620, 960},
    {"{tranp", "merkel", 0, 0},
    {"{maklon", "}makuron", 620, 960},   /* 马克龙, マクロン */
    {"\x7fshuto", "chouteau", 620, 960}, /* Шуто */
    {"\x7f"
     "dzheykobs",
     "jacobs", 700, 960},                 /* Джейкобс */
    {"\x7frouzman", "roseman", 700, 960}, /* Роузман */
    {"\x7fshuto", "squire", 0, 0},
    {"\x7fklinton", "{klinton", 700, 960}, /* Клинтон, 克林顿 */
    {"~mh", "mo", 0, 780},                 /* short words tell little */
    {"~a", "a", 0, 0},
    {"~", "a", 0, 0},
    {"~~", "~", 0, 0},
    {"plain", "plane", 0, 0}, /* no mark: not for this function */
};

static void words_are_held_by_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_sound left = sound_of(rows[i].left), right = sound_of(rows[i].right);
        unsigned similarity = itd_foreign_similarity(&left, &right, false);
        assert_int_equal(similarity, itd_foreign_similarity(&right, &left, false));
        if (similarity < rows[i].least || similarity > rows[i].most)
            fail_msg("%s %s: %u", rows[i].left, rows[i].right, similarity);
    }
}

/* Whatever is alike is within the reach of its bones. */
static void bones_hold_what_is_alike(void **state)
{
    (void)state;
    static const char letters[] = "aeioubdfghjklmnprstvwyz";
    uint32_t seed = 5;
    unsigned alike = 0;
    for (int n = 0; n < 200000; n++) {
        char words[2][10];
        for (int w = 0; w < 2; w++) {
            size_t size = 3 + (seed >> 8) % 6;
            for (size_t i = 0; i < size; i++) {
                seed = seed * 1664525 + 1013904223;
                words[w][i] = letters[(seed >> 16) % (sizeof letters - 1)];
            }
            words[w][size] = 0;
        }
        words[0][0] = "{|}~\x7f"[(seed >> 20) % 5];
        itd_sound left = sound_of(words[0]), right = sound_of(words[1]);
        char x[ITD_DISTANCE_MAX], y[ITD_DISTANCE_MAX];
        size_t size_x = itd_foreign_bones(x, &left), size_y = itd_foreign_bones(y, &right);
        unsigned similarity = itd_foreign_similarity(&left, &right, false);
        assert_int_equal(similarity, itd_foreign_similarity(&right, &left, false));
        if (!similarity)
            continue;
        alike++;
        itd_pattern pattern;
        itd_pattern_init(&pattern, (itd_sv){x, size_x});
        assert_true(itd_levenshtein(&pattern, (itd_sv){y, size_y}) <=
                    itd_foreign_slack(size_x < size_y ? size_x : size_y, false));
    }
    assert_true(alike > 20);
    assert_true(alike < 10000); /* words drawn at random are rarely alike */
}

enum { WORDS = 40, LONGEST = 20 };

static itd_sound random_sound(uint32_t *seed, bool marked)
{
    static const char letters[] = "aeioubdfghjklmnprstvwyz";
    char word[LONGEST + 2];
    size_t size = 0, letters_count;
    if (marked)
        word[size++] = "{|}~\x7f"[(*seed >> 8) % 5];
    letters_count = 2 + (*seed >> 16) % (LONGEST - 2);
    for (size_t i = 0; i < letters_count; i++) {
        *seed = *seed * 1664525 + 1013904223;
        word[size++] = letters[(*seed >> 16) % (i % 2 ? 5 : sizeof letters - 1)];
    }
    itd_sound sound;
    itd_sound_init(&sound, (itd_sv){word, size});
    return sound;
}

/* Words held against one at once are worth what each is alone; those that are passed over are alike to nothing. */
static void many_at_once_are_as_alone(void **state)
{
    (void)state;
    uint32_t seed = 9;
    size_t alike = 0, passed_over = 0, longer = 0;
    if (!itd_batch_can())
        skip();
    for (int q = 0; q < 4000; q++) {
        itd_sound one = random_sound(&seed, q % 2);
        itd_foreign_sounds own, others[WORDS];
        itd_batch_word codes[WORDS];
        uint32_t looks[WORDS], words[WORDS];
        uint8_t kind = (uint8_t)(q % 2 ? seed % ITD_FOREIGN_KINDS : 1 + seed % (ITD_FOREIGN_KINDS - 1));
        unsigned least = q % 3 ? 1 : 800, count = 0;
        int16_t worths[ITD_BATCH_WORDS];
        bool kept[WORDS] = {false};
        itd_foreign_sounds_init(&own, &one);
        for (uint32_t k = 0; k < WORDS; k++) {
            itd_sound other = random_sound(&seed, false);
            itd_foreign_sounds_init(&others[k], k % 4 ? &other : &one); /* some that are alike */
            itd_sv sounds = {(const char *)others[k].at, others[k].size};
            itd_foreign_codes(&codes[k], sounds);
            looks[k] = itd_batch_look(0, others[k].size);
            words[count++] = k;
        }
        itd_foreign_reach reach;
        itd_foreign_reach_init(&reach, &own, least);
        if (!reach.batched)
            continue;
        itd_foreign_reach_kind(&reach, kind);
        size_t left = itd_batch_may(words, count, &reach.sounds, codes, looks);
        for (size_t i = 0; i < left; i += ITD_BATCH_WORDS) {
            unsigned some = left - i < ITD_BATCH_WORDS ? (unsigned)(left - i) : ITD_BATCH_WORDS;
            itd_batch_align(worths, &reach.sounds, words + i, some, codes, looks);
            for (unsigned k = 0; k < some; k++) {
                const itd_foreign_sounds *other = &others[words[i + k]];
                kept[words[i + k]] = true;
                longer += other->size > ITD_BATCH_LETTERS;
                if (other->size < 2 || other->size > ITD_BATCH_LETTERS)
                    continue;
                unsigned alone = itd_foreign_similarity_of(&own, kind, (itd_sv){(const char *)other->at, other->size});
                assert_int_equal(itd_foreign_similarity_worth(&own, kind, other->size, worths[k]), alone);
                alike += alone > 0;
            }
        }
        for (uint32_t k = 0; k < WORDS; k++) {
            unsigned alone =
                itd_foreign_similarity_of(&own, kind, (itd_sv){(const char *)others[k].at, others[k].size});
            if (!kept[k])
                assert_true(alone < least);
            passed_over += !kept[k];
        }
    }
    assert_true(alike > 1000 && passed_over > 1000 && longer > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_held_by_sound),
                                       cmocka_unit_test(bones_hold_what_is_alike),
                                       cmocka_unit_test(many_at_once_are_as_alone)};
    return cmocka_run_group_tests_name("foreign", tests, NULL, NULL);
}
