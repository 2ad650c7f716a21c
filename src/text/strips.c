#include "text/strips.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

/* Strips are never passed on: all that takes one is a part of its caller. */
#pragma GCC diagnostic ignored "-Wpsabi"

/* Without AVX2 a compiler makes two or more of each step; the answers are the same. */
typedef uint8_t strip __attribute__((vector_size(ITD_STRIP)));

#define STEP static inline __attribute__((always_inline))

itd_status itd_strips_init(itd_strips *out, const char *letters, const uint32_t *starts, uint32_t count,
                           itd_error *error)
{
    itd_strips s = {0};
    size_t places = 0;
    for (uint32_t i = 0; i < count; i++)
        s.counts[starts[i + 1] - starts[i]]++;
    for (size_t size = 0; size <= ITD_DISTANCE_MAX; size++) {
        s.first[size] = size ? s.first[size - 1] + s.counts[size - 1] : 0;
        s.letter[size] = (uint32_t)places;
        places += (s.counts[size] + ITD_STRIP - 1) / ITD_STRIP * size;
    }
    s.letters = itd_calloc((places + 1) * ITD_STRIP, 1);
    if (!s.letters)
        return itd_fail_memory(error);
    for (uint32_t i = 0; i < count; i++) {
        size_t size = starts[i + 1] - starts[i];
        uint32_t at = i - s.first[size];
        assert(at < s.counts[size]);
        char *place = s.letters + (s.letter[size] + (at / ITD_STRIP) * size) * ITD_STRIP + at % ITD_STRIP;
        for (size_t k = 0; k < size; k++)
            place[k * ITD_STRIP] = letters[starts[i] + k];
    }
    *out = s;
    return ITD_OK;
}

void itd_strips_finish(itd_strips *strips)
{
    itd_free(strips->letters);
    *strips = (itd_strips){0};
}

/* A bit for each letter of the word, in each lane: of one byte, or of two for longer words. */
enum { PARTS_MAX = 2 };
typedef struct bits {
    strip part[PARTS_MAX];
} bits;

/* The letters of a word, each once, and where they stand in it. */
typedef struct places {
    unsigned count, size, parts;
    strip letters[ITD_STRIP_WORD_MAX];
    bits bits[ITD_STRIP_WORD_MAX];
} places;

STEP strip all_of(unsigned byte)
{
    return (strip){0} + (uint8_t)byte;
}

STEP void places_init(places *out, itd_sv word, unsigned parts)
{
    uint8_t letters[ITD_STRIP_WORD_MAX];
    uint16_t at[ITD_STRIP_WORD_MAX];
    out->count = 0;
    out->size = (unsigned)word.size;
    out->parts = parts;
    for (unsigned i = 0; i < word.size; i++) {
        unsigned k = 0;
        while (k < out->count && letters[k] != (uint8_t)word.data[i])
            k++;
        if (k == out->count) {
            letters[out->count] = (uint8_t)word.data[i];
            at[out->count++] = 0;
        }
        at[k] |= (uint16_t)(1u << i);
    }
    for (unsigned k = 0; k < out->count; k++) {
        out->letters[k] = all_of(letters[k]);
        for (unsigned b = 0; b < parts; b++)
            out->bits[k].part[b] = all_of(at[k] >> 8 * b & 0xFF);
    }
}

STEP strip load(const char *letters)
{
    strip out;
    memcpy(&out, letters, sizeof out);
    return out;
}

/* Where each letter of a place stands in the word. */
STEP void where(bits *out, const places *p, const char *place, unsigned parts)
{
    strip letters = load(place);
    for (unsigned b = 0; b < parts; b++)
        out->part[b] = (strip){0};
    for (unsigned k = 0; k < p->count; k++) {
        strip equal = (strip)(letters == p->letters[k]);
        for (unsigned b = 0; b < parts; b++)
            out->part[b] |= equal & p->bits[k].part[b];
    }
}

/* a + b. What leaves the highest part is lost. */
STEP void add_bits(bits *out, const bits *a, const bits *b, unsigned parts)
{
    strip carry = {0}; /* all ones where there is one */
    for (unsigned k = 0; k < parts; k++) {
        strip sum = a->part[k] + b->part[k], all = sum - carry;
        carry = (strip)(sum < a->part[k]) | (strip)(all < sum);
        out->part[k] = all;
    }
}

STEP void double_bits(bits *x, unsigned parts)
{
    for (unsigned k = parts; k-- > 0;)
        x->part[k] = (x->part[k] + x->part[k]) | (k ? x->part[k - 1] >> 7 : (strip){0});
}

STEP strip count_bits(const strip *bits_of_lanes)
{
    strip x = *bits_of_lanes;
    x -= x >> 1 & all_of(0x55);
    x = (x & all_of(0x33)) + (x >> 2 & all_of(0x33));
    return (x + (x >> 4)) & all_of(0x0F);
}

/* Letters in common, as in itd_common_letters. */
STEP strip common_of(const places *p, const char *letters, size_t size, unsigned parts)
{
    bits left, equal, sum;
    strip common = {0};
    for (unsigned b = 0; b < parts; b++)
        left.part[b] = all_of(0xFF);
    for (size_t i = 0; i < size; i++) {
        where(&equal, p, letters + i * ITD_STRIP, parts);
        for (unsigned b = 0; b < parts; b++)
            equal.part[b] &= left.part[b];
        add_bits(&sum, &left, &equal, parts);
        for (unsigned b = 0; b < parts; b++)
            left.part[b] = sum.part[b] | (left.part[b] & ~equal.part[b]);
    }
    for (unsigned b = 0; b < parts; b++) {
        strip taken = ~left.part[b] & all_of(((1u << p->size) - 1) >> 8 * b & 0xFF);
        common += count_bits(&taken);
    }
    return common;
}

/* Edits, as in itd_levenshtein. */
STEP strip edits_of(const places *p, const char *letters, size_t size, unsigned parts)
{
    bits up, down, equal, sum, diagonal, right_up, right_down;
    strip distance = all_of(p->size), last = all_of(1u << (p->size - 1) % 8);
    unsigned highest = parts - 1;
    for (unsigned b = 0; b < parts; b++) {
        up.part[b] = all_of(0xFF);
        down.part[b] = (strip){0};
    }
    for (size_t i = 0; i < size; i++) {
        where(&equal, p, letters + i * ITD_STRIP, parts);
        for (unsigned b = 0; b < parts; b++)
            sum.part[b] = equal.part[b] & up.part[b];
        add_bits(&sum, &sum, &up, parts);
        for (unsigned b = 0; b < parts; b++) {
            diagonal.part[b] = (sum.part[b] ^ up.part[b]) | equal.part[b] | down.part[b];
            right_up.part[b] = down.part[b] | ~(diagonal.part[b] | up.part[b]);
            right_down.part[b] = up.part[b] & diagonal.part[b];
        }
        /* A lane that is true is all ones: one less. */
        distance -= (strip)((right_up.part[highest] & last) == last);
        distance += (strip)((right_down.part[highest] & last) == last);
        double_bits(&right_up, parts);
        double_bits(&right_down, parts);
        right_up.part[0] |= all_of(1);
        for (unsigned b = 0; b < parts; b++) {
            up.part[b] = right_down.part[b] | ~(diagonal.part[b] | right_up.part[b]);
            down.part[b] = right_up.part[b] & diagonal.part[b];
        }
    }
    return distance;
}

/* Adds the strings of a strip whose lane is not 0: what is said of them and one. */
STEP void add(itd_strips_found *found, uint32_t first, const strip *lanes, unsigned count)
{
    uint64_t words[ITD_STRIP / 8];
    memcpy(words, lanes, sizeof words);
    for (unsigned w = 0; w < ITD_STRIP / 8; w++) {
        while (words[w]) {
            unsigned shift = (unsigned)__builtin_ctzll(words[w]) & ~7u, at = w * 8 + shift / 8;
            if (at < count) {
                found->strings[found->count] = first + at;
                found->missing[found->count++] = (uint8_t)((words[w] >> shift & 0xFF) - 1);
            }
            words[w] &= ~((uint64_t)0xFF << shift);
        }
    }
}

/* What is asked: letters in common, or edits. */
typedef struct request {
    itd_sv word;
    const itd_strips_limits *limits;
    bool common;
} request;

STEP void all_strips(itd_strips_found *found, const itd_strips *s, const request *r, bool common, unsigned parts)
{
    places p;
    places_init(&p, r->word, parts);
    for (size_t size = 0; size <= ITD_DISTANCE_MAX; size++) {
        uint32_t left = r->limits->of[size] == ITD_STRIPS_NONE ? 0 : s->counts[size];
        const char *letters = s->letters + (size_t)s->letter[size] * ITD_STRIP;
        for (uint32_t first = s->first[size]; left; first += ITD_STRIP, letters += size * ITD_STRIP) {
            strip counts = common ? common_of(&p, letters, size, parts) : edits_of(&p, letters, size, parts);
            strip limit = all_of(r->limits->of[size]);
            strip near = (strip)(common ? counts >= limit : counts <= limit);
            unsigned some = left < ITD_STRIP ? left : ITD_STRIP;
            strip said = ((common ? all_of((unsigned)size) - counts : counts) + all_of(1)) & near;
            add(found, first, &said, some);
            left -= some;
        }
    }
}

STEP void hold(itd_strips_found *found, const itd_strips *s, const request *r)
{
    bool one = r->word.size <= 8;
    if (r->common && one)
        all_strips(found, s, r, true, 1);
    else if (r->common)
        all_strips(found, s, r, true, PARTS_MAX);
    else if (one)
        all_strips(found, s, r, false, 1);
    else
        all_strips(found, s, r, false, PARTS_MAX);
}

static void one_by_one(itd_strips_found *found, const itd_strips *s, const itd_pattern *pattern, const request *r)
{
    char string[ITD_DISTANCE_MAX];
    for (size_t size = 0; size <= ITD_DISTANCE_MAX; size++) {
        unsigned limit = r->limits->of[size];
        const char *letters = s->letters + (size_t)s->letter[size] * ITD_STRIP;
        for (uint32_t i = 0; limit != ITD_STRIPS_NONE && i < s->counts[size]; i++) {
            const char *place = letters + (i / ITD_STRIP) * size * ITD_STRIP + i % ITD_STRIP;
            for (size_t k = 0; k < size; k++)
                string[k] = place[k * ITD_STRIP];
            itd_sv other = {string, size};
            unsigned count = r->common ? itd_common_letters(pattern, other) : itd_levenshtein(pattern, other);
            if (r->common ? count < limit : count > limit)
                continue;
            found->strings[found->count] = s->first[size] + i;
            found->missing[found->count++] = (uint8_t)(r->common ? size - count : count);
        }
    }
}

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2")))
static bool is_wide(void)
{
    return __builtin_cpu_supports("avx2");
}
#else
#define WIDE
static bool is_wide(void)
{
    return false;
}
#endif

/* The same, in registers of 32 bytes. */
WIDE static void hold_wide(itd_strips_found *found, const itd_strips *s, const request *r)
{
    hold(found, s, r);
}

static void hold_plain(itd_strips_found *found, const itd_strips *s, const request *r)
{
    hold(found, s, r);
}

static void hold_all(itd_strips_found *found, const itd_strips *s, const itd_pattern *pattern, const request *r)
{
    if (r->word.size > ITD_STRIP_WORD_MAX)
        one_by_one(found, s, pattern, r);
    else if (is_wide())
        hold_wide(found, s, r);
    else
        hold_plain(found, s, r);
}

void itd_strips_common(itd_strips_found *found, const itd_strips *strips, const itd_pattern *pattern, itd_sv word,
                       const itd_strips_limits *least)
{
    hold_all(found, strips, pattern, &(request){word, least, true});
}

void itd_strips_edits(itd_strips_found *found, const itd_strips *strips, const itd_pattern *pattern, itd_sv word,
                      const itd_strips_limits *most)
{
    hold_all(found, strips, pattern, &(request){word, most, false});
}
