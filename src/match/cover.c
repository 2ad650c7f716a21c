#include "match/losses.h"
#include "match/pairing.h"

/* Which words of a question have to be looked for. A name that has none of those that are looked for is left with
 * counterparts of the others at most; when even at their best it stays below what is wanted, the others need not be
 * looked for (docs/matching.md, "Words that are not looked for"). */

/* What a name of the right side is at its best that has counterparts of nothing but the words passed over. */
typedef struct rest {
    int64_t weight;      /* of all words of the name */
    int64_t alone;       /* of those that have no counterpart */
    int64_t counterpart; /* the most that words of the other name may weigh that are paired */
    bool letters_only;   /* nothing but letters that stand alone are paired */
    int words;           /* paired, other than by the word that was dropped */
    int telling;         /* without counterpart */
} rest;

static void sum_up(rest *out, const itd_match_query *q, const itd_left_name *name, const itd_cover *cover, bool person)
{
    *out = (rest){.letters_only = true};
    for (uint32_t i = 0; i < name->word_count; i++) {
        const itd_left_word *word = &q->words.items[name->word_first + i];
        out->weight += word->weight[person];
        if (!person && word->class_ == ITD_TOKEN_LEGAL_FORM)
            continue; /* no pair is made of it, and it weighs nothing */
        if (!itd_is_passed_over(cover, word, i)) {
            out->alone += word->weight[person];
            out->telling += itd_word_tells(word->class_, word->weight[person]);
            continue;
        }
        /* A word that begins with the letter costs more, 0.25 (w + w'), than it saves: for a name that is untouched
         * otherwise it is best to have the letter itself. */
        if (word->class_ != ITD_TOKEN_INITIAL)
            out->letters_only = false;
        out->words += i != cover->dropped;
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

/* No name that has counterparts of nothing but the words passed over scores more. */
static int32_t best_untouched(const itd_match_query *q, const itd_left_name *name, const itd_cover *cover, bool person)
{
    rest r;
    sum_up(&r, q, name, cover, person);
    if (r.counterpart == 0)
        return 0;
    if (cover->dropped == ITD_COVER_ALL || r.words > 0 || r.alone == 0)
        return itd_bound_of_weights(r.weight + r.counterpart, r.alone, 0) - (r.letters_only ? ITD_LOSS_COMMON : 0);
    const itd_left_word *word = &q->words.items[name->word_first + cover->dropped];
    unsigned size = q->left_space.tokens[word->token].size;
    int32_t best = best_of_one(&r, word, size, r.counterpart, person), other = best_with_another(&r);
    best = other > best ? other : best;
    if (word->weight[person] < SIGNIFICANT) { /* a pair of two light words tells nothing */
        other = best_of_one(&r, word, size, SIGNIFICANT - 1, person);
        best = other > best ? other : best;
    }
    return best;
}

static bool is_enough(const itd_match_query *q, const itd_left_name *name, const itd_cover *cover, int32_t need)
{
    return best_untouched(q, name, cover, true) < need &&
           (itd_schema_is(q->left.schema, ITD_S_Person) || best_untouched(q, name, cover, false) < need);
}

/* What a word costs when it is looked for, in names gathered: the vocabulary, unless it is remembered, and the names.
 */
static uint64_t cost_of(const itd_match_query *q, const itd_left_word *word)
{
    enum { VOCABULARY_LEAST = 3000, VOCABULARY_SHARE = 8, SPELLINGS = 2 };
    const itd_match_lexicon *lexicon = q->lexicon;
    itd_sv text = q->distinct.items[word->distinct].text;
    if (q->column_states.items[word->distinct] == ITD_COLUMN_HELD)
        return 0;
    const itd_memo_entry *entry = itd_memo_find(&q->memo, text);
    if (entry)
        return entry->names;
    uint32_t token = itd_lexicon_find(lexicon, &q->right_space, text);
    uint64_t names = token == ITD_NEAR_NONE ? 0 : lexicon->name_first[token + 1] - lexicon->name_first[token];
    return VOCABULARY_LEAST + q->right_space.token_count / VOCABULARY_SHARE + names * SPELLINGS;
}

/* Drops the dearest word that may be. */
static void drop_dearest(itd_cover *cover, const itd_match_query *q, const itd_left_name *name, int32_t need)
{
    uint64_t saved = 0;
    uint32_t dropped = ITD_COVER_ALL;
    for (uint32_t i = 0; i < name->word_count; i++) {
        const itd_left_word *word = &q->words.items[name->word_first + i];
        cover->dropped = ITD_COVER_ALL;
        if (itd_is_passed_over(cover, word, i) || word->class_ == ITD_TOKEN_INITIAL)
            continue;
        uint64_t cost = cost_of(q, word);
        cover->dropped = i;
        if (cost > saved && is_enough(q, name, cover, need)) {
            saved = cost;
            dropped = i;
        }
    }
    cover->dropped = dropped;
}

static bool cover_name(itd_cover *out, const itd_match_query *q, const itd_left_name *name, int32_t need)
{
    for (int forms = 1; forms >= 0; forms--) {
        *out = (itd_cover){.passes_forms = forms, .dropped = ITD_COVER_ALL};
        if (is_enough(q, name, out, need)) {
            drop_dearest(out, q, name, need);
            return true;
        }
    }
    return false;
}

itd_status itd_query_cover(bool *told, itd_match_query *q, int32_t need, itd_error *error)
{
    if (!itd_vector_reserve(&q->covers, q->names.count))
        return itd_fail_memory(error);
    *told = true;
    for (size_t n = 0; *told && n < q->names.count; n++)
        *told = cover_name(&q->covers.items[n], q, &q->names.items[n], need);
    if (!*told)
        return ITD_OK;
    for (size_t n = 0; n < q->names.count; n++) {
        const itd_left_name *name = &q->names.items[n];
        for (uint32_t i = 0; i < name->word_count; i++)
            if (i != q->covers.items[n].dropped)
                ITD_TRY(itd_query_hold_column(q, q->words.items[name->word_first + i].distinct, error));
    }
    for (uint32_t column = q->distinct_count; column < q->column_count; column++)
        ITD_TRY(itd_query_hold_column(q, column, error));
    for (uint32_t column = 0; column < q->distinct_count; column++)
        ITD_TRY(itd_query_hold_lazily(q, column, error));
    return ITD_OK;
}
