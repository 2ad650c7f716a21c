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
    itd_pattern pattern;
    uint16_t edits[ITD_BATCH_WORDS], similar[ITD_BATCH_WORDS];
    if (!itd_batch_init(&batch, itd_sound_letters(one)))
        return;
    for (unsigned k = 0; k < count; k++) {
        side.words[k] = &words[k];
        side.sizes[k] = others[k].size;
        side.phone_sizes[k] = others[k].phone_size;
    }
    itd_batch_levenshtein(edits, &batch, &side);
    itd_batch_similarity(similar, &batch, &side);
    itd_pattern_init(&pattern, (itd_sv){one->phone, one->phone_size});
    for (unsigned k = 0; k < count; k++) {
        assert_int_equal(edits[k], itd_levenshtein(&pattern, (itd_sv){others[k].phone, others[k].phone_size}));
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

static void masks_are_near_as_alone(void **state)
{
    (void)state;
    size_t near = 0;
    if (!itd_batch_can())
        skip();
    for (int q = 0; q < QUESTIONS; q++) {
        uint32_t masks[8], mask = (uint32_t)random_next(&seed) & 0xFFF;
        unsigned count = 1 + (unsigned)random_below(&seed, 8), edits = (unsigned)random_below(&seed, 5);
        for (unsigned i = 0; i < 8; i++)
            masks[i] = (uint32_t)random_next(&seed) & 0xFFF;
        unsigned found = itd_batch_masks(mask, masks, count, edits);
        assert_int_equal(found >> count, 0);
        for (unsigned i = 0; i < count; i++) {
            assert_int_equal(found >> i & 1, itd_masks_near(mask, masks[i], edits));
            near += found >> i & 1;
        }
    }
    assert_true(near > QUESTIONS);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(at_once_is_as_alone), cmocka_unit_test(masks_are_near_as_alone),
                                       cmocka_unit_test(what_does_not_fit_is_told)};
    return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
