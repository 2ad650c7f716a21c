#include "base/memory.h"
#include "match/internal.h"
#include "text/tables.h"

/* The score of OFAC's public Sanctions List Search, emulated: a formula found by fitting a small set of published
 * scores; nothing is claimed beyond those (tests/unit/match/ofac_test.c). Double precision, in the order in which the
 * formula was fitted. */

/** Longest name in bytes that is looked at, and its words. */
#define OFAC_NAME_MAX 512
#define OFAC_WORDS_MAX 64

typedef struct ofac_name {
    itd_sv text;               /* as it stands in the list */
    char whole[OFAC_NAME_MAX]; /* upper case without blanks, commas, points and apostrophes */
    char words[OFAC_NAME_MAX]; /* upper case, one after the other */
    uint16_t first[OFAC_WORDS_MAX + 1];
    size_t whole_size, word_count;
} ofac_name;

struct itd_ofac_left {
    ofac_name *names;
    size_t count;
};

/* One upper-case ASCII letter for what is written as one in Latin; other bytes stay. */
static size_t upper_case(char *out, itd_sv text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size && n < OFAC_NAME_MAX;) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0xC3 && c <= 0xC9 && i + 1 < text.size) {
            uint32_t code_point = (uint32_t)(c & 0x1F) << 6 | ((unsigned char)text.data[i + 1] & 0x3F);
            uint16_t letter = itd_text_letters[code_point];
            const char *latin = letter < ITD_TEXT_LETTER_BREAK ? itd_text_pooled(letter) : "";
            if (latin[0] >= 'a' && latin[0] <= 'z' && latin[1] == '\0') {
                out[n++] = (char)(latin[0] - 'a' + 'A');
                i += 2;
                continue;
            }
        }
        out[n++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        i++;
    }
    return n;
}

static bool is_word_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static void prepare(ofac_name *out, itd_sv text)
{
    char upper[OFAC_NAME_MAX];
    size_t size = upper_case(upper, text), n = 0;
    out->text = text;
    out->whole_size = out->word_count = 0;
    out->first[0] = 0;
    bool in_word = false;
    for (size_t i = 0; i < size; i++) {
        char c = upper[i];
        if (c != ' ' && c != ',' && c != '.' && c != '\'')
            out->whole[out->whole_size++] = c;
        if (c == '\'' || c == '.')
            continue;
        if (!is_word_byte(c)) {
            in_word = false;
            continue;
        }
        if (!in_word) {
            if (out->word_count == OFAC_WORDS_MAX)
                break;
            out->word_count++;
            in_word = true;
        }
        out->words[n++] = c;
        out->first[out->word_count] = (uint16_t)n;
    }
}

static itd_sv word_at(const ofac_name *name, size_t index)
{
    return (itd_sv){name->words + name->first[index], (size_t)(name->first[index + 1] - name->first[index])};
}

/* Jaro's similarity raised for a common beginning of at most `cap` letters. */
static double jaro_winkler(itd_sv a, itd_sv b, size_t cap)
{
    if (a.size == 0 || b.size == 0)
        return 0;
    size_t longer = a.size > b.size ? a.size : b.size;
    size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;
    bool used_b[OFAC_NAME_MAX] = {false};
    char matched_a[OFAC_NAME_MAX];
    size_t m = 0;
    for (size_t i = 0; i < a.size; i++) {
        size_t from = i > window ? i - window : 0, to = i + window + 1 < b.size ? i + window + 1 : b.size;
        for (size_t j = from; j < to; j++) {
            if (!used_b[j] && a.data[i] == b.data[j]) {
                used_b[j] = true;
                matched_a[m++] = a.data[i];
                break;
            }
        }
    }
    if (m == 0)
        return 0;
    size_t differ = 0, at = 0, prefix = 0;
    for (size_t j = 0; j < b.size; j++)
        if (used_b[j])
            differ += b.data[j] != matched_a[at++];
    double matches = (double)m, t = (double)differ / 2.0;
    double j = (matches / (double)a.size + matches / (double)b.size + (matches - t) / matches) / 3.0;
    while (prefix < cap && prefix < a.size && prefix < b.size && a.data[prefix] == b.data[prefix])
        prefix++;
    return j + 0.1 * (double)prefix * (1.0 - j);
}

static unsigned levenshtein(itd_sv a, itd_sv b)
{
    itd_pattern pattern;
    itd_pattern_init(&pattern, a);
    return itd_levenshtein(&pattern, b);
}

/* Words of one first letter, half of whose letters agree. */
static bool comparable(itd_sv x, itd_sv y)
{
    size_t longer = x.size > y.size ? x.size : y.size;
    return x.data[0] == y.data[0] && 1.0 - (double)levenshtein(x, y) / (double)longer >= 0.5;
}

static double token_score(bool *any, const ofac_name *query, const ofac_name *candidate)
{
    bool has_long = false;
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < query->word_count; i++)
        has_long = has_long || word_at(query, i).size > 2;
    *any = false;
    for (size_t i = 0; i < query->word_count; i++) {
        itd_sv x = word_at(query, i);
        if (has_long && x.size <= 2)
            continue;
        double best = 0;
        for (size_t j = 0; j < candidate->word_count; j++) {
            itd_sv y = word_at(candidate, j);
            if (!comparable(x, y))
                continue;
            *any = true;
            double score = jaro_winkler(x, y, 4);
            best = score > best ? score : best;
        }
        sum += best;
        count++;
    }
    return count ? sum / (double)count : 0;
}

static int half_to_even(double value)
{
    int whole = (int)value;
    double rest = value - whole;
    return rest > 0.5 || (rest >= 0.5 && whole % 2) ? whole + 1 : whole;
}

static int upwards(double value)
{
    int whole = (int)value;
    return value > whole ? whole + 1 : whole;
}

static int score_names(const ofac_name *query, const ofac_name *candidate)
{
    bool any;
    double token = token_score(&any, query, candidate);
    if (!any)
        return 0;
    double whole =
        jaro_winkler((itd_sv){query->whole, query->whole_size}, (itd_sv){candidate->whole, candidate->whole_size}, 5);
    int by_whole = half_to_even(100.0 * whole), by_token = upwards(100.0 * token);
    int score = by_whole > by_token ? by_whole : by_token;
    return score > 100 ? 100 : score;
}

int itd_ofac_names(itd_sv query, itd_sv candidate)
{
    ofac_name left, right;
    prepare(&left, query);
    prepare(&right, candidate);
    return score_names(&left, &right);
}

itd_status itd_ofac_create(struct itd_ofac_left **out, const itd_match_entity *left, const itd_match_space *space,
                           itd_error *error)
{
    struct itd_ofac_left *made = itd_calloc(1, sizeof *made);
    if (made)
        made->names = itd_malloc((left->name_count + 1u) * sizeof *made->names);
    if (!made || !made->names) {
        itd_free(made);
        return itd_fail_memory(error);
    }
    made->count = left->name_count;
    for (uint32_t i = 0; i < left->name_count; i++)
        prepare(&made->names[i], itd_space_text(space, left->names[i].text, left->names[i].text_size));
    *out = made;
    return ITD_OK;
}

void itd_ofac_destroy(struct itd_ofac_left *left)
{
    if (!left)
        return;
    itd_free(left->names);
    itd_free(left);
}

bool itd_ofac_score(itd_match_result *out, const struct itd_ofac_left *left, const itd_match_entity *right,
                    const itd_match_space *space, int32_t threshold_micro)
{
    int best = -1;
    itd_sv best_left = ITD_SV_NONE, best_right = ITD_SV_NONE;
    for (uint32_t r = 0; r < right->name_count; r++) {
        ofac_name candidate;
        prepare(&candidate, itd_space_text(space, right->names[r].text, right->names[r].text_size));
        for (size_t l = 0; l < left->count; l++) {
            int score = score_names(&left->names[l], &candidate);
            if (score > best) {
                best = score;
                best_left = left->names[l].text;
                best_right = candidate.text;
            }
        }
    }
    int32_t micro = best > 0 ? best * 10000 : 0;
    if (micro < threshold_micro)
        return false;
    out->score_micro = micro;
    out->matched_by = ITD_P_Thing_name;
    out->matched_left = best_left;
    out->matched_right = best_right;
    out->contribution_count = micro ? 1 : 0;
    out->contributions[0] =
        (itd_match_contribution){.feature = "ofac_name", .micro = micro, .left = best_left, .right = best_right};
    return true;
}
