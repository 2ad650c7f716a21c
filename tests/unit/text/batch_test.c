/* One word against many at once gives what word by word gives. */
#include "text/batch.h"

#include "support/cm.h"
#include "support/random.h"

enum { QUESTIONS = 3000, LETTERS_MOST = 18 };

static uint64_t seed = 11;

static itd_sv random_word(char *out)
{
    static const char letters[] = "aeioukcmnrvwdlsbzhpytqgj5";
    size_t size = 1 + random_below(&seed, LETTERS_MOST), known = 3 + random_below(&seed, sizeof letters - 4);
    for (size_t i = 0; i < size; i++)
        out[i] = letters[random_below(&seed, known)];
    return (itd_sv){out, size};
}

/* A word with a few letters changed, as those that pass the gates are. */
static itd_sv slip(char *out, itd_sv word)
{
    size_t size = word.size;
    memcpy(out, word.data, size);
    for (uint64_t times = random_below(&seed, 4); times && size > 1; times--) {
        size_t at = random_below(&seed, size);
        switch (random_below(&seed, 3)) {
        case 0:
            out[at] = (char)('a' + random_below(&seed, 26));
            break;
        case 1:
            memmove(out + at, out + at + 1, size - at - 1);
            size--;
            break;
        default:
            if (at + 1 < size) {
                char first = out[at];
                out[at] = out[at + 1];
                out[at + 1] = first;
            }
        }
    }
    return (itd_sv){out, size};
}

static void check(const itd_sound *one, const itd_sound *others, const itd_batch_word *words, unsigned count,
                  size_t *alike)
{
    itd_batch batch;
    itd_batch_side side = {.count = count};
    uint16_t similar[ITD_BATCH_WORDS];
    if (!itd_batch_init(&batch, itd_sound_letters(one)))
        return;
    for (unsigned k = 0; k < count; k++) {
        side.words[k] = &words[k];
        side.sizes[k] = others[k].size;
        side.phone_sizes[k] = others[k].phone_size;
    }
    itd_batch_similarity(similar, &batch, &side);
    for (unsigned k = 0; k < count; k++) {
        unsigned alone = itd_sound_similarity_gated(itd_sound_letters(one), itd_sound_letters(&others[k]));
        if (similar[k] != alone)
            fail_msg("%.*s | %.*s: %u at once, %u alone", one->size, one->text, others[k].size, others[k].text,
                     similar[k], alone);
        *alike += alone > 0;
    }
}

static void at_once_is_as_alone(void **state)
{
    (void)state;
    size_t compared = 0, alike = 0;
    for (int q = 0; q < QUESTIONS; q++) {
        char text[LETTERS_MOST], other[LETTERS_MOST];
        itd_sound one, others[ITD_BATCH_WORDS];
        itd_batch_word words[ITD_BATCH_WORDS];
        itd_sv word = random_word(text);
        unsigned count = 0, wanted = 1 + (unsigned)random_below(&seed, ITD_BATCH_WORDS);
        itd_sound_init(&one, word);
        while (count < wanted) {
            itd_sound_init(&others[count], random_below(&seed, 3) ? slip(other, word) : random_word(other));
            if (itd_batch_word_init(&words[count], itd_sound_letters(&others[count])))
                count++;
            else if (word.size > ITD_BATCH_LETTERS || memchr(word.data, '5', word.size))
                word = random_word(text);
        }
        itd_sound_init(&one, word);
        check(&one, others, words, count, &alike);
        compared += count;
    }
    assert_true(compared > QUESTIONS && alike > QUESTIONS);
}

static unsigned phone_edits(size_t size_a, size_t size_b)
{
    return itd_phone_edits(size_a, size_b);
}

/* Words whose phones are as few edits away as they may be are kept by the first look, and no others by the second. */
static void gates_keep_what_is_near(void **state)
{
    (void)state;
    enum { WORDS = 40 };
    size_t near = 0, away = 0;
    for (int q = 0; q < QUESTIONS; q++) {
        char text[LETTERS_MOST], other[LETTERS_MOST];
        itd_sound one, others[WORDS];
        itd_batch_word codes[WORDS];
        uint32_t looks[WORDS], words[WORDS];
        bool fits[WORDS], kept[WORDS] = {false};
        itd_batch batch;
        itd_batch_gate gate;
        itd_pattern pattern;
        itd_sv word = random_word(text);
        itd_sound_init(&one, word);
        itd_sv phone = {one.phone, one.phone_size};
        for (uint32_t k = 0; k < WORDS; k++) {
            itd_sound_init(&others[k], random_below(&seed, 3) ? slip(other, word) : random_word(other));
            itd_sv sounds = {others[k].phone, others[k].phone_size};
            fits[k] = itd_batch_word_init(&codes[k], itd_sound_letters(&others[k]));
            looks[k] = itd_batch_look(itd_phone_mask(sounds), others[k].phone_size);
            words[k] = k;
        }
        size_t count = 1 + random_below(&seed, WORDS);
        itd_pattern_init(&pattern, phone);
        itd_batch_gate_init(&gate, itd_phone_mask(phone), one.phone_size, phone_edits);
        size_t left = itd_batch_pass(words, count, &gate, looks);
        bool batched = itd_batch_init(&batch, itd_sound_letters(&one));
        if (batched)
            left = itd_batch_near(words, left, &gate, &batch, codes, looks);
        for (size_t i = 0; i < left; i++) {
            assert_true(words[i] < count && (i == 0 || words[i] > words[i - 1])); /* in their order */
            kept[words[i]] = true;
        }
        for (uint32_t k = 0; k < count; k++) {
            bool may = itd_sound_phones_near(&pattern, (itd_sv){others[k].phone, others[k].phone_size});
            if (may && !kept[k])
                fail_msg("%.*s is lost beside %.*s", others[k].size, others[k].text, one.size, one.text);
            if (!may && kept[k] && batched && fits[k])
                fail_msg("%.*s is kept beside %.*s", others[k].size, others[k].text, one.size, one.text);
            near += may;
            away += !kept[k];
        }
    }
    assert_true(near > QUESTIONS && away > QUESTIONS);
}

/* A pair of which one has many more sounds, all of which the other lacks, and the most that a gate bears. */
static void gates_bear_what_the_longer_word_may(void **state)
{
    (void)state;
    for (unsigned size = 1; size <= ITD_DISTANCE_MAX; size++) {
        itd_batch_gate gate;
        itd_batch_gate_init(&gate, 0, size, phone_edits);
        for (unsigned other = 1; other <= ITD_DISTANCE_MAX; other++) {
            uint32_t word = 0, look = itd_batch_look(0, other);
            unsigned edits = itd_phone_edits(size, other), more = other > size ? other - size : size - other;
            bool passes = itd_batch_pass(&word, 1, &gate, &look) == 1;
            if (passes != (more <= edits) && other < ITD_BATCH_LOOK_MOST)
                fail_msg("%u sounds beside %u", size, other);
            uint32_t many = itd_batch_look(((1u << edits) - 1) << 1, other);
            word = 0;
            if (more <= edits && itd_batch_pass(&word, 1, &gate, &many) != 1)
                fail_msg("%u sounds beside %u, %u of them new", size, other, edits);
        }
    }
}

static void what_does_not_fit_is_told(void **state)
{
    (void)state;
    itd_sound sound;
    itd_batch_word word;
    itd_sound_init(&sound, ITD_SV("abcdefghijklmnop"));
    assert_int_equal(sound.size, ITD_BATCH_LETTERS);
    assert_true(itd_batch_word_init(&word, itd_sound_letters(&sound)));
    itd_sound_init(&sound, ITD_SV("abcdefghijklmnopr"));
    assert_false(itd_batch_word_init(&word, itd_sound_letters(&sound)));
    itd_sound_init(&sound, ITD_SV("ab1"));
    assert_false(itd_batch_word_init(&word, itd_sound_letters(&sound)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(at_once_is_as_alone), cmocka_unit_test(gates_keep_what_is_near),
                                       cmocka_unit_test(gates_bear_what_the_longer_word_may),
                                       cmocka_unit_test(what_does_not_fit_is_told)};
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
