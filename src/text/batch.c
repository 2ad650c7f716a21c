#include "text/batch.h"

#include <string.h>
#include <threads.h>

#include "text/edits.h"

static unsigned code_of(char c)
{
    static const char others[] = "SCZTX";
    if (c >= 'a' && c <= 'z')
        return (unsigned)(c - 'a');
    const char *at = c ? strchr(others, c) : NULL;
    return at ? 26 + (unsigned)(at - others) : ITD_BATCH_NONE;
}

static char letter_of(unsigned code)
{
    return code < 26 ? (char)('a' + code) : "SCZTX"[code - 26];
}

static bool take(uint8_t *out, itd_sv letters)
{
    memset(out, ITD_BATCH_NONE, ITD_BATCH_LETTERS);
    if (letters.size > ITD_BATCH_LETTERS)
        return false;
    for (size_t i = 0; i < letters.size; i++) {
        out[i] = (uint8_t)code_of(letters.data[i]);
        if (out[i] == ITD_BATCH_NONE)
            return false;
    }
    return true;
}

bool itd_batch_word_init(itd_batch_word *out, itd_letters word)
{
    bool fits = take(out->text, word.text) && take(out->phone, word.phone);
    if (!fits)
        memset(out, ITD_BATCH_NONE, sizeof *out);
    return fits;
}

void itd_batch_gate_init(itd_batch_gate *out, uint32_t mask, unsigned size,
                         unsigned (*edits_of)(size_t size_a, size_t size_b))
{
    enum { PAST = ITD_DISTANCE_MAX + 1, FAR = ITD_PHONE_EDITS_MAX };
    *out = (itd_batch_gate){.mask = itd_batch_look(mask, 0), .least = PAST, .more = {PAST, PAST}};
    out->edits = edits_of(size, 0);
    for (unsigned other = size > FAR ? size - FAR : 0; other < PAST && other <= size + FAR; other++) {
        unsigned edits = edits_of(size, other), held = other < ITD_BATCH_LOOK_MOST ? other : ITD_BATCH_LOOK_MOST;
        if (other > size + edits || size > other + edits)
            continue;
        out->least = held < out->least ? held : out->least;
        out->most = held;
        for (unsigned k = 0; k < 2; k++)
            if (edits > out->edits + k && held < out->more[k])
                out->more[k] = held;
    }
}

static size_t pass_plain(uint32_t *words, size_t count, const itd_batch_gate *gate, const uint32_t *looks)
{
    size_t passed = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t look = looks[words[i]], size = look >> ITD_BATCH_LOOK_SIZE;
        unsigned edits = gate->edits + (size >= gate->more[0]) + (size >= gate->more[1]);
        if (size >= gate->least && size <= gate->most && itd_masks_near(gate->mask, look & ITD_BATCH_LOOK_MASK, edits))
            words[passed++] = words[i];
    }
    return passed;
}

#if defined(__x86_64__)

#include <immintrin.h>
#define WIDE __attribute__((target("avx2")))

bool itd_batch_can(void)
{
    return __builtin_cpu_supports("avx2");
}

/* What edits cost, by numbers of letters. */
static uint8_t pair_costs[ITD_BATCH_NONE][32], gap_costs[32];
static once_flag costs_once = ONCE_FLAG_INIT;

static void make_costs(void)
{
    const uint8_t(*costs)[128] = itd_edit_costs();
    for (unsigned a = 0; a < ITD_BATCH_NONE; a++) {
        for (unsigned b = 0; b < ITD_BATCH_NONE; b++)
            pair_costs[a][b] = costs[(unsigned char)letter_of(a)][(unsigned char)letter_of(b)];
        gap_costs[a] = (uint8_t)itd_edit_gap(letter_of(a), '\0', '\0');
    }
}

static void take_costs(itd_batch_costs *out, const uint8_t *codes, itd_sv word)
{
    for (unsigned i = 0; i < word.size; i++) {
        out->pairs[i] = pair_costs[codes[i]];
        out->own_gaps[i] = (uint16_t)(itd_edit_gap(word.data[i], i ? word.data[i - 1] : '\0',
                                                   i + 1 < word.size ? word.data[i + 1] : '\0') +
                                      (i ? 0 : HEAD));
    }
}

bool itd_batch_init(itd_batch *out, itd_letters word)
{
    out->word = word;
    if (!itd_batch_can() || word.phone.size == 0 || !itd_batch_word_init(&out->codes, word))
        return false;
    memset(out->low, 0, sizeof out->low);
    memset(out->high, 0, sizeof out->high);
    for (unsigned i = 0; i < word.phone.size; i++) {
        unsigned code = out->codes.phone[i], bit = 1u << i;
        out->low[code] |= (uint8_t)bit;
        out->high[code] |= (uint8_t)(bit >> 8);
    }
    out->plain = itd_sv_equal(word.text, word.phone);
    call_once(&costs_once, make_costs);
    take_costs(&out->text, out->codes.text, word.text);
    if (!out->plain)
        take_costs(&out->phone, out->codes.phone, word.phone);
    return true;
}

/* Sixteen numbers below 32, looked up in a table. */
WIDE static __m128i look_up(const uint8_t table[32], __m128i codes)
{
    __m128i first = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)table), codes);
    __m128i second = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(table + 16)), codes);
    return _mm_blendv_epi8(first, second, _mm_cmpgt_epi8(codes, _mm_set1_epi8(15)));
}

/* Letters of the words, first letters together, then second ones: `out[i]` has the i-th of each. */
WIDE static void turn(__m128i out[16], const uint8_t *const rows[16])
{
    __m128i a[16], b[16];
    for (size_t i = 0; i < 16; i++)
        a[i] = _mm_loadu_si128((const __m128i *)rows[i]);
    for (size_t i = 0; i < 8; i++) {
        b[2 * i] = _mm_unpacklo_epi8(a[i], a[i + 8]);
        b[2 * i + 1] = _mm_unpackhi_epi8(a[i], a[i + 8]);
    }
    for (size_t i = 0; i < 8; i++) {
        a[2 * i] = _mm_unpacklo_epi8(b[i], b[i + 8]);
        a[2 * i + 1] = _mm_unpackhi_epi8(b[i], b[i + 8]);
    }
    for (size_t i = 0; i < 8; i++) {
        b[2 * i] = _mm_unpacklo_epi8(a[i], a[i + 8]);
        b[2 * i + 1] = _mm_unpackhi_epi8(a[i], a[i + 8]);
    }
    for (size_t i = 0; i < 8; i++) {
        out[2 * i] = _mm_unpacklo_epi8(b[i], b[i + 8]);
        out[2 * i + 1] = _mm_unpackhi_epi8(b[i], b[i + 8]);
    }
}

WIDE static unsigned take_side(__m128i out[16], const itd_batch_side *side, bool phones)
{
    static const itd_batch_word none = {{0}, {0}};
    const uint8_t *rows[16];
    unsigned longest = 0;
    for (unsigned k = 0; k < ITD_BATCH_WORDS; k++) {
        const itd_batch_word *word = k < side->count ? side->words[k] : &none;
        unsigned size = k >= side->count ? 0 : phones ? side->phone_sizes[k] : side->sizes[k];
        rows[k] = phones ? word->phone : word->text;
        longest = size > longest ? size : longest;
    }
    turn(out, rows);
    return longest;
}

WIDE static __m256i widen(__m128i bytes)
{
    return _mm256_cvtepu8_epi16(bytes);
}

/* Phones of words, turned. */
WIDE static unsigned take_phones(__m128i out[16], const itd_batch_word *codes, const uint32_t *looks,
                                 const uint32_t *words, unsigned count, uint8_t sizes[16])
{
    const uint8_t *rows[16];
    unsigned longest = 0;
    for (unsigned k = 0; k < ITD_BATCH_WORDS; k++) {
        uint32_t word = words[k < count ? k : 0];
        rows[k] = codes[word].phone;
        sizes[k] = (uint8_t)(looks[word] >> ITD_BATCH_LOOK_SIZE);
        longest = sizes[k] > longest ? sizes[k] : longest;
    }
    turn(out, rows);
    return longest < ITD_BATCH_LETTERS ? longest : ITD_BATCH_LETTERS;
}

/* Sixteen columns of bits, each as in itd_levenshtein. */
WIDE static __m256i levenshtein(const itd_batch *batch, const __m128i *letters, unsigned longest, __m256i sizes)
{
    unsigned size = (unsigned)batch->word.phone.size;
    __m256i one = _mm256_set1_epi16(1), ones = _mm256_set1_epi16(-1);
    __m256i last = _mm256_set1_epi16((short)(1u << (size - 1)));
    __m256i up = ones, down = _mm256_setzero_si256(), distance = _mm256_set1_epi16((short)size);
    for (unsigned i = 0; i < longest; i++) {
        __m128i low = look_up(batch->low, letters[i]), high = look_up(batch->high, letters[i]);
        __m256i equal = _mm256_set_m128i(_mm_unpackhi_epi8(low, high), _mm_unpacklo_epi8(low, high));
        __m256i sum = _mm256_add_epi16(_mm256_and_si256(equal, up), up);
        __m256i diagonal = _mm256_or_si256(_mm256_or_si256(_mm256_xor_si256(sum, up), equal), down);
        __m256i right_up = _mm256_or_si256(down, _mm256_andnot_si256(_mm256_or_si256(diagonal, up), ones));
        __m256i right_down = _mm256_and_si256(up, diagonal);
        __m256i here = _mm256_cmpgt_epi16(sizes, _mm256_set1_epi16((short)i)); /* words that have this letter */
        __m256i more = _mm256_cmpeq_epi16(_mm256_and_si256(right_up, last), last),
                less = _mm256_cmpeq_epi16(_mm256_and_si256(right_down, last), last);
        distance = _mm256_sub_epi16(distance, _mm256_and_si256(more, here));
        distance = _mm256_add_epi16(distance, _mm256_and_si256(less, here));
        right_up = _mm256_or_si256(_mm256_slli_epi16(right_up, 1), one);
        right_down = _mm256_slli_epi16(right_down, 1);
        up = _mm256_or_si256(right_down, _mm256_andnot_si256(_mm256_or_si256(diagonal, right_up), ones));
        down = _mm256_and_si256(right_up, diagonal);
    }
    return distance;
}

/* A bit for each lane that is true. */
WIDE static unsigned truths(__m256i lanes)
{
    __m128i low = _mm256_castsi256_si128(lanes), high = _mm256_extracti128_si256(lanes, 1);
    return (unsigned)_mm_movemask_epi8(_mm_packs_epi16(low, high));
}

/* Which of sixteen words are near, a bit each. */
WIDE static unsigned near_of(const uint32_t *words, unsigned count, const itd_batch_gate *gate, const itd_batch *batch,
                             const itd_batch_word *codes, const uint32_t *looks)
{
    __m128i letters[16];
    uint8_t bytes[16];
    unsigned longest = take_phones(letters, codes, looks, words, count, bytes);
    __m256i sizes = widen(_mm_loadu_si128((const __m128i *)bytes));
    __m256i distance = levenshtein(batch, letters, longest, sizes);
    /* A lane that is true is all ones: one less. */
    __m256i most = _mm256_set1_epi16((short)gate->edits);
    for (unsigned k = 0; k < 2; k++)
        most = _mm256_sub_epi16(most, _mm256_cmpgt_epi16(sizes, _mm256_set1_epi16((short)((int)gate->more[k] - 1))));
    __m256i far = _mm256_cmpgt_epi16(distance, most);
    __m128i fit = _mm_xor_si128(_mm_cmpeq_epi8(letters[0], _mm_set1_epi8(ITD_BATCH_NONE)), _mm_set1_epi8(-1));
    return ~(truths(far) & (unsigned)_mm_movemask_epi8(fit)) & ((1u << count) - 1);
}

WIDE size_t itd_batch_near(uint32_t *words, size_t count, const itd_batch_gate *gate, const itd_batch *batch,
                           const itd_batch_word *codes, const uint32_t *looks)
{
    size_t near = 0;
    for (size_t i = 0; i < count; i += ITD_BATCH_WORDS) {
        unsigned some = count - i < ITD_BATCH_WORDS ? (unsigned)(count - i) : ITD_BATCH_WORDS;
        unsigned bits = near_of(words + i, some, gate, batch, codes, looks);
        for (; bits; bits &= bits - 1)
            words[near++] = words[i + (unsigned)__builtin_ctz(bits)];
    }
    return near;
}

/* Lanes whose letters are `first` and then `second`. */
WIDE static __m256i are(__m128i first, char a, __m128i second, char b)
{
    __m128i both = _mm_and_si128(_mm_cmpeq_epi8(first, _mm_set1_epi8((char)code_of(a))),
                                 _mm_cmpeq_epi8(second, _mm_set1_epi8((char)code_of(b))));
    return _mm256_cvtepi8_epi16(both);
}

/* `best`, or what `cost` adds to `from` where the lane is set, if that is less. */
WIDE static __m256i or_from(__m256i best, __m256i from, unsigned cost, __m256i lanes)
{
    __m256i other = _mm256_add_epi16(from, _mm256_set1_epi16((short)cost));
    return _mm256_min_epu16(best, _mm256_or_si256(other, _mm256_xor_si256(lanes, _mm256_set1_epi16(-1))));
}

/* The letter of which two others are the look; 0: none. */
static char looks_of(char first, char second)
{
    return looks_like('m', first, second)   ? 'm'
           : looks_like('w', first, second) ? 'w'
           : looks_like('d', first, second) ? 'd'
                                            : '\0';
}

/* Lanes whose two letters look like `one`. */
WIDE static __m256i look_like(char one, __m128i first, __m128i second)
{
    return one == 'm'   ? are(first, 'r', second, 'n')
           : one == 'w' ? are(first, 'v', second, 'v')
                        : are(first, 'c', second, 'l');
}

/* One row of weighted edits, as in sound.c: the word's letter `i`, counted from 1, against each letter of the words. */
WIDE static void fill_row(__m256i *here, const __m256i *above, const __m256i *old, const itd_batch_costs *t,
                          itd_sv word, unsigned i, const __m128i *letters, const __m256i *gaps, unsigned longest)
{
    char x = word.data[i - 1], before = i > 1 ? word.data[i - 2] : '\0';
    char look = before ? looks_of(before, x) : '\0';
    bool looked = x == 'm' || x == 'w' || x == 'd', swaps = before && before != x;
    __m256i own_gap = _mm256_set1_epi16((short)t->own_gaps[i - 1]);
    here[0] = _mm256_add_epi16(above[0], own_gap);
    for (unsigned j = 1; j <= longest; j++) {
        __m128i y = letters[j - 1];
        __m256i pair = widen(look_up(t->pairs[i - 1], y));
        if (i == 1 && j == 1) {
            __m256i far = _mm256_cmpgt_epi16(pair, _mm256_set1_epi16(LOOK));
            pair = _mm256_add_epi16(pair, _mm256_and_si256(far, _mm256_set1_epi16(HEAD)));
        }
        __m256i best = _mm256_add_epi16(above[j - 1], pair);
        best = _mm256_min_epu16(best, _mm256_add_epi16(above[j], own_gap));
        best = _mm256_min_epu16(best, _mm256_add_epi16(here[j - 1], gaps[j - 1]));
        if (swaps && j > 1)
            best = or_from(best, old[j - 2], SWAP, are(letters[j - 2], x, y, before));
        if (looked && j > 1)
            best = or_from(best, above[j - 2], NEAR, look_like(x, letters[j - 2], y));
        if (look)
            best = or_from(best, old[j - 1], NEAR, are(y, look, y, look));
        here[j] = best;
    }
}

/* What it costs that each letter of the words stands alone. */
WIDE static void make_gaps(__m256i *gaps, const uint8_t costs[32], const __m128i *letters, unsigned longest)
{
    for (unsigned j = 0; j < longest; j++) {
        __m128i same = j ? _mm_cmpeq_epi8(letters[j], letters[j - 1]) : _mm_setzero_si128();
        if (j + 1 < ITD_BATCH_LETTERS)
            same = _mm_or_si128(same, _mm_cmpeq_epi8(letters[j], letters[j + 1]));
        __m128i gap = _mm_blendv_epi8(look_up(costs, letters[j]), _mm_set1_epi8(DOUBLED), same);
        gaps[j] = _mm256_add_epi16(widen(gap), _mm256_set1_epi16(j ? 0 : HEAD));
    }
}

/* Weighted edits between the word, or its phone, and each of the others. */
WIDE static void weigh(uint16_t out[ITD_BATCH_WORDS], const itd_batch *batch, const itd_batch_side *side, bool phones)
{
    __m128i letters[16];
    __m256i gaps[ITD_BATCH_LETTERS], rows[3][ITD_BATCH_LETTERS + 1];
    __m256i *old = rows[0], *above = rows[1], *here = rows[2];
    itd_sv word = phones ? batch->word.phone : batch->word.text;
    const itd_batch_costs *costs = phones && !batch->plain ? &batch->phone : &batch->text;
    unsigned longest = take_side(letters, side, phones);
    make_gaps(gaps, gap_costs, letters, longest);
    above[0] = _mm256_setzero_si256();
    for (unsigned j = 1; j <= longest; j++)
        above[j] = _mm256_add_epi16(above[j - 1], gaps[j - 1]);
    for (unsigned i = 1; i <= word.size; i++) {
        fill_row(here, above, old, costs, word, i, letters, gaps, longest);
        __m256i *spare = old;
        old = above;
        above = here;
        here = spare;
    }
    for (unsigned k = 0; k < side->count; k++)
        memcpy(&out[k], (const char *)&above[phones ? side->phone_sizes[k] : side->sizes[k]] + k * sizeof out[k],
               sizeof out[k]);
}

/* May the phones be more alike than the letters? Not where they are the same. */
static bool asks_phones(const itd_batch *batch, const itd_batch_side *side, unsigned k, unsigned similarity)
{
    const itd_batch_word *word = side->words[k];
    bool plain =
        batch->plain && side->sizes[k] == side->phone_sizes[k] && memcmp(word->text, word->phone, side->sizes[k]) == 0;
    return similarity < ITD_EDIT_ENOUGH && !plain && (batch->word.phone.size > 1 || side->phone_sizes[k] > 1);
}

void itd_batch_similarity(uint16_t out[ITD_BATCH_WORDS], const itd_batch *batch, const itd_batch_side *side)
{
    uint16_t costs[ITD_BATCH_WORDS];
    itd_batch_side asked = {.count = 0};
    uint8_t places[ITD_BATCH_WORDS];
    weigh(costs, batch, side, false);
    for (unsigned k = 0; k < side->count; k++) {
        unsigned size = (unsigned)batch->word.text.size, longer = size > side->sizes[k] ? size : side->sizes[k];
        out[k] = (uint16_t)itd_edit_similarity(costs[k], longer);
        if (!asks_phones(batch, side, k, out[k]))
            continue;
        places[asked.count] = (uint8_t)k;
        asked.words[asked.count] = side->words[k];
        asked.phone_sizes[asked.count++] = side->phone_sizes[k];
    }
    if (asked.count == 0)
        return;
    weigh(costs, batch, &asked, true);
    for (unsigned k = 0; k < asked.count; k++) {
        unsigned size = (unsigned)batch->word.phone.size,
                 longer = size > asked.phone_sizes[k] ? size : asked.phone_sizes[k];
        unsigned other = itd_edit_similarity(costs[k] + ITD_EDIT_PHONE_MORE, longer);
        if (other > out[places[k]])
            out[places[k]] = (uint16_t)other;
    }
}

/* One edit more: a sound less on either side. */
WIDE static void bear(__m256i *gone, __m256i *come)
{
    __m256i ones = _mm256_set1_epi32(-1);
    *gone = _mm256_and_si256(*gone, _mm256_add_epi32(*gone, ones));
    *come = _mm256_and_si256(*come, _mm256_add_epi32(*come, ones));
}

WIDE static __m256i none_left(__m256i gone, __m256i come)
{
    return _mm256_cmpeq_epi32(_mm256_or_si256(gone, come), _mm256_setzero_si256());
}

WIDE static size_t pass_wide(uint32_t *words, size_t count, const itd_batch_gate *gate, const uint32_t *looks)
{
    enum { LANES = 8 };
    size_t passed = 0, whole = count - count % LANES;
    __m256i own = _mm256_set1_epi32((int)gate->mask), letters = _mm256_set1_epi32(ITD_BATCH_LOOK_MASK);
    __m256i below = _mm256_set1_epi32((int)gate->least - 1), above = _mm256_set1_epi32((int)gate->most + 1);
    __m256i more = _mm256_set1_epi32((int)gate->more[0] - 1), most = _mm256_set1_epi32((int)gate->more[1] - 1);
    for (size_t i = 0; i < whole; i += LANES) {
        __m256i which = _mm256_loadu_si256((const __m256i *)(words + i));
        __m256i look = _mm256_i32gather_epi32((const int *)looks, which, sizeof *looks);
        __m256i size = _mm256_srli_epi32(look, ITD_BATCH_LOOK_SIZE), others = _mm256_and_si256(look, letters);
        __m256i gone = _mm256_andnot_si256(others, own), come = _mm256_andnot_si256(own, others);
        for (unsigned edits = gate->edits; edits; edits--)
            bear(&gone, &come);
        __m256i near = none_left(gone, come);
        bear(&gone, &come);
        near = _mm256_or_si256(near, _mm256_and_si256(_mm256_cmpgt_epi32(size, more), none_left(gone, come)));
        bear(&gone, &come);
        near = _mm256_or_si256(near, _mm256_and_si256(_mm256_cmpgt_epi32(size, most), none_left(gone, come)));
        near = _mm256_and_si256(near, _mm256_cmpgt_epi32(size, below));
        near = _mm256_and_si256(near, _mm256_cmpgt_epi32(above, size));
        unsigned bits = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(near));
        for (; bits; bits &= bits - 1)
            words[passed++] = words[i + (unsigned)__builtin_ctz(bits)];
    }
    memmove(words + passed, words + whole, (count - whole) * sizeof *words);
    return passed + pass_plain(words + passed, count - whole, gate, looks);
}

/* What sounds are worth. */
WIDE static __m256i worths(const itd_batch_row row, __m128i sounds)
{
    __m128i low = look_up(row[0], sounds), high = look_up(row[1], sounds);
    return _mm256_set_m128i(_mm_unpackhi_epi8(low, high), _mm_unpacklo_epi8(low, high));
}

WIDE static unsigned may_of(const uint32_t *words, unsigned count, const itd_batch_sounds *sounds,
                            const itd_batch_word *codes, const uint32_t *looks)
{
    __m128i letters[16];
    uint8_t bytes[16];
    unsigned longest = take_phones(letters, codes, looks, words, count, bytes);
    __m128i all = _mm_loadu_si128((const __m128i *)bytes);
    __m256i sizes = widen(all), sum = _mm256_setzero_si256();
    for (unsigned j = 0; j < longest; j++) {
        __m256i here = _mm256_cmpgt_epi16(sizes, _mm256_set1_epi16((short)j));
        sum = _mm256_adds_epi16(sum, _mm256_and_si256(here, worths(sounds->best, letters[j])));
    }
    __m256i few = _mm256_cmpgt_epi16(worths(sounds->need, _mm_and_si128(all, _mm_set1_epi8(31))), sum);
    __m256i fit = _mm256_cmpgt_epi16(_mm256_set1_epi16(ITD_BATCH_LETTERS + 1), sizes);
    return ~truths(_mm256_and_si256(few, fit)) & ((1u << count) - 1);
}

WIDE size_t itd_batch_may(uint32_t *words, size_t count, const itd_batch_sounds *sounds, const itd_batch_word *codes,
                          const uint32_t *looks)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i += ITD_BATCH_WORDS) {
        unsigned some = count - i < ITD_BATCH_WORDS ? (unsigned)(count - i) : ITD_BATCH_WORDS;
        unsigned bits = may_of(words + i, some, sounds, codes, looks);
        for (; bits; bits &= bits - 1)
            words[kept++] = words[i + (unsigned)__builtin_ctz(bits)];
    }
    return kept;
}

/* Sums that leave what 16 bits hold are far below what any likeness needs, and stay there. */
WIDE void itd_batch_align(int16_t out[ITD_BATCH_WORDS], const itd_batch_sounds *sounds, const uint32_t *words,
                          unsigned count, const itd_batch_word *codes, const uint32_t *looks)
{
    __m128i letters[16];
    uint8_t sizes[16];
    __m256i gaps[ITD_BATCH_LETTERS], row[ITD_BATCH_LETTERS + 1];
    unsigned longest = take_phones(letters, codes, looks, words, count, sizes);
    row[0] = _mm256_setzero_si256();
    for (unsigned j = 0; j < longest; j++) {
        gaps[j] = worths(*sounds->gaps, letters[j]);
        row[j + 1] = _mm256_adds_epi16(row[j], gaps[j]);
    }
    for (unsigned i = 0; i < sounds->size; i++) {
        __m256i own = _mm256_set1_epi16(sounds->own_gaps[i]), corner = row[0];
        row[0] = _mm256_adds_epi16(row[0], own);
        for (unsigned j = 0; j < longest; j++) {
            __m256i pair = _mm256_adds_epi16(corner, worths(*sounds->pairs[i], letters[j]));
            corner = row[j + 1];
            pair = _mm256_max_epi16(pair, _mm256_adds_epi16(row[j], gaps[j]));
            row[j + 1] = _mm256_max_epi16(pair, _mm256_adds_epi16(corner, own));
        }
    }
    for (unsigned k = 0; k < count; k++) {
        unsigned size = sizes[k] <= ITD_BATCH_LETTERS ? sizes[k] : 0;
        memcpy(&out[k], (const char *)&row[size] + k * sizeof out[k], sizeof out[k]);
    }
}

#else

bool itd_batch_can(void)
{
    return false;
}

static size_t pass_wide(uint32_t *words, size_t count, const itd_batch_gate *gate, const uint32_t *looks)
{
    return pass_plain(words, count, gate, looks);
}

bool itd_batch_init(itd_batch *out, itd_letters word)
{
    out->word = word;
    return false;
}

size_t itd_batch_near(uint32_t *words, size_t count, const itd_batch_gate *gate, const itd_batch *batch,
                      const itd_batch_word *codes, const uint32_t *looks)
{
    (void)words, (void)gate, (void)batch, (void)codes, (void)looks;
    return count;
}

void itd_batch_similarity(uint16_t out[ITD_BATCH_WORDS], const itd_batch *batch, const itd_batch_side *side)
{
    (void)batch;
    memset(out, 0, side->count * sizeof *out);
}

size_t itd_batch_may(uint32_t *words, size_t count, const itd_batch_sounds *sounds, const itd_batch_word *codes,
                     const uint32_t *looks)
{
    (void)words, (void)sounds, (void)codes, (void)looks;
    return count;
}

void itd_batch_align(int16_t out[ITD_BATCH_WORDS], const itd_batch_sounds *sounds, const uint32_t *words,
                     unsigned count, const itd_batch_word *codes, const uint32_t *looks)
{
    (void)sounds, (void)words, (void)codes, (void)looks;
    memset(out, 0, count * sizeof *out);
}

#endif

size_t itd_batch_pass(uint32_t *words, size_t count, const itd_batch_gate *gate, const uint32_t *looks)
{
    return itd_batch_can() ? pass_wide(words, count, gate, looks) : pass_plain(words, count, gate, looks);
}
