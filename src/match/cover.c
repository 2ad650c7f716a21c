#include "match/losses.h"
#include "match/pairing.h"

/* What a name of a list reaches at best that has counterparts of few words of a question's: when that is not enough,
 * names that have more of them are all that has to be looked for (docs/matching.md, "Two words at least"). */

/* What is known of a name of the right side that has counterparts of some words. */
typedef struct rest {
    int64_t weight;      /* of all words of the name */
    int64_t alone;       /* of those that have no counterpart */
    int64_t counterpart; /* the most that words of the other name may weigh that are paired */
    bool letters_only;   /* nothing but letters that stand alone are paired */
    int words;           /* paired */
    uint32_t last;       /* the last of them */
    int telling;         /* without counterpart */
} rest;

static void sum_up(rest *out, const itd_match_query *q, const itd_left_name *name, bool forms, uint64_t touched,
                   bool person)
{
    *out = (rest){.letters_only = true};
    for (uint32_t i = 0; i < name->word_count; i++) {
        const itd_left_word *word = &q->words.items[name->word_first + i];
        out->weight += word->weight[person];
        if (!person && word->class_ == ITD_TOKEN_LEGAL_FORM)
            continue; /* no pair is made of it, and it weighs nothing */
        if (!(touched >> i & 1) && !itd_is_passed_over(word, forms)) {
            out->alone += word->weight[person];
            out->telling += itd_word_tells(word->class_, word->weight[person]);
            continue;
        }
        /* A word that begins with the letter costs more, 0.25 (w + w'), than it saves: for a name that is untouched
         * otherwise it is best to have the letter itself. */
        if (word->class_ != ITD_TOKEN_INITIAL)
            out->letters_only = false;
        out->words++;
        out->last = i;
        out->counterpart += word->initial && !word->form ? word->weight[person] : (unsigned)ITD_TOKEN_WEIGHT_MAX;
    }
}

/* The most that is left when a single word of the name is paired, and what the right name has beside it does not tell.
 */
static int32_t best_of_one(const rest *r, const itd_left_word *word, unsigned size, int64_t counterpart, bool person)
{
    int32_t whole = itd_bound_of_weights(r->weight + counterpart, r->alone, 0), missing = 1000000 - whole;
    bool tells = itd_word_tells(word->class_, counterpart < SIGNIFICANT ? word->weight[person] : SIGNIFICANT);
    bool single = tells && r->telling > 0;
    int64_t wanted = person ? EVIDENCE_PERSON : EVIDENCE_OTHER,
            evidence = itd_evidence_weight(word->weight[person], size, person);
    int32_t best = whole - LOSS_FORM;
    if (single)
        best -= person ? LOSS_SINGLE : LOSS_SINGLE_OTHER;
    if (!tells)
        best -= LOSS_COMMON_BOTH;
    if (missing <= 0 || evidence >= wanted)
        return best;
    int64_t rate = single ? THIN_MISSING_SINGLE : person ? THIN_MISSING : THIN_MISSING_OTHER;
    int64_t thin = missing * rate / 1000 * (wanted - evidence) / wanted - 1;
    return best - itd_thin_loss(best, thin > 0 ? (int32_t)thin : 0) + ITD_BOUND_SLACK;
}

/* The most that is left when the right name has a telling word beside the one that is paired: what is left over on
 * both sides contradicts. The loss rises with the weight of that word up to what is left over here; past that it is no
 * less than of the latter alone. */
static int32_t best_with_another(const rest *r)
{
    int32_t least = itd_bound_of_weights(r->weight + r->counterpart + SIGNIFICANT, r->alone, SIGNIFICANT);
    int64_t all = r->alone * 2 * ITD_LOSS_CONFLICT * 1000 / ITD_CONFLICT_WEIGHT;
    int32_t most = 1000000 + ITD_BOUND_SLACK - (int32_t)all;
    return (least > most ? least : most) - LOSS_FORM;
}

/* No name that has counterparts of nothing but these words scores more. */
static int32_t best_of(const itd_match_query *q, const itd_left_name *name, bool forms, uint64_t touched, bool person)
{
    rest r;
    sum_up(&r, q, name, forms, touched, person);
    if (r.words == 0)
        return 0;
    const itd_left_word *word = &q->words.items[name->word_first + r.last];
    /* Two letters may be one word joined. */
    bool letter = r.letters_only && r.words == 1;
    if (r.words > 1 || word->initial || r.alone == 0)
        return itd_bound_of_weights(r.weight + r.counterpart, r.alone, 0) - (letter ? ITD_LOSS_COMMON : 0);
    unsigned size = q->left_space.tokens[word->token].size;
    int32_t best = best_of_one(&r, word, size, r.counterpart, person), other = best_with_another(&r);
    best = other > best ? other : best;
    if (word->weight[person] < SIGNIFICANT) { /* a pair of two light words tells nothing */
        other = best_of_one(&r, word, size, SIGNIFICANT - 1, person);
        best = other > best ? other : best;
    }
    return best;
}

bool itd_cover_reaches(const itd_match_query *q, const itd_left_name *name, bool forms, uint64_t touched, int32_t need)
{
    return best_of(q, name, forms, touched, true) >= need ||
           (!itd_schema_is(q->left.schema, ITD_S_Person) && best_of(q, name, forms, touched, false) >= need);
}
