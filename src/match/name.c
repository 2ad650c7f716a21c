#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "match/losses.h"
#include "match/pairing.h"

static bool skips(uint8_t class_, bool person)
{
    return class_ == ITD_TOKEN_LEGAL_FORM && !person;
}

static void fill_sides(itd_pairing *p)
{
    p->left.count = p->right.count = 0;
    for (int i = 0; i < (int)p->left_name->word_count; i++) {
        const itd_left_word *word = itd_left_word_at(p, i);
        if (skips(word->class_, p->person) || p->left_joined[i])
            continue;
        p->left.weight[p->left.count] = word->weight[p->person];
        p->left.class_[p->left.count] = word->class_;
        p->left.place[p->left.count++] = (uint8_t)i;
    }
    for (int j = 0; j < p->right_name->token_count; j++) {
        const itd_match_token *token = itd_right_word_at(p, j);
        if (skips(token->class_, p->person) || p->right_joined[j])
            continue;
        p->right.weight[p->right.count] = (uint16_t)itd_token_weight(token, p->person);
        p->right.class_[p->right.count] = token->class_;
        p->right.place[p->right.count++] = (uint8_t)j;
    }
}

static void assign_words(itd_pairing *p)
{
    int rows = p->left.count, columns = p->right.count;
    int32_t gain[ITD_MATCH_TOKENS_MAX * ITD_MATCH_TOKENS_MAX];
    bool simple = true;
    int in_column[ITD_MATCH_TOKENS_MAX] = {0};
    for (int i = 0; i < rows; i++) {
        int in_row = 0;
        p->column_of[i] = -1;
        for (int j = 0; j < columns; j++) {
            unsigned s = itd_similarity_at(p, p->left.place[i], p->right.place[j]);
            p->similarity[i][j] = (uint16_t)s;
            int apart = i > j ? i - j : j - i;
            /* Similarity counts first, then words that stand at the same place. */
            gain[i * columns + j] = s ? (int32_t)(s * (p->left.weight[i] + p->right.weight[j])) + 64 - apart : 0;
            if (s) {
                p->column_of[i] = j;
                simple = simple && in_row == 0 && in_column[j] == 0;
                in_row++;
                in_column[j]++;
            }
        }
    }
    if (!simple)
        itd_assign(p->column_of, gain, rows, columns);
}

static int32_t share(int64_t thousandths, int64_t weight)
{
    return (int32_t)(thousandths * 1000 / weight);
}

/* What is left over on the two sides after the assignment. */
typedef struct tally {
    int64_t weight, loss, left, right;       /* of all; of matched; unmatched */
    int left_significant, right_significant; /* words that tell something */
    int matched_significant;
    bool left_number, right_number, left_initial, right_initial; /* unmatched */
    int descents;                      /* pairs that stand before the one before them in the right name */
    bool scrambled;                    /* more than what stood last now standing first */
    int left_feminine, right_feminine; /* words that are the other's but for the ending of a woman's */
    unsigned longest;                  /* letters of the longest word */
    bool initials_only, family_missing, matched;
    int64_t evidence;                            /* what is the same, thousandths of a telling word */
    int64_t left_abbreviated, right_abbreviated; /* weight of words that only an initial stands for */
    bool left_other, right_other;                /* unmatched words that are not generic */
} tally;

static const itd_match_token *left_token(const itd_pairing *p, int i)
{
    return &p->query->left_space.tokens[itd_left_word_at(p, p->left.place[i])->token];
}

/* Letters of the shorter of two words. */
static unsigned shorter_of(const itd_pairing *p, int i, int j)
{
    unsigned left = left_token(p, i)->size, right = itd_right_word_at(p, p->right.place[j])->size;
    return left < right ? left : right;
}

/* How much of a word's weight a pair of this similarity is evidence of. */
static int64_t evidence_of(const itd_pairing *p, int i, int j, unsigned size, unsigned similarity)
{
    unsigned left = p->left.weight[i], right = p->right.weight[j], weight = left < right ? left : right;
    if (similarity <= EVIDENCE_FLOOR)
        return 0;
    return (int64_t)itd_evidence_weight(weight, size, p->person) * (similarity - EVIDENCE_FLOOR) /
           (1000 - EVIDENCE_FLOOR);
}

/* True when none of the words before the comma, a person's family name, has a counterpart. */
static bool family_is_missing(const itd_match_name *name, const bool *has_counterpart)
{
    int before = name->flags >> ITD_NAME_COMMA_SHIFT;
    if (before == 0 || before >= name->token_count)
        return false;
    for (int i = 0; i < before; i++)
        if (has_counterpart[i])
            return false;
    return true;
}

/* Organisations are seldom known by an initial. */
static unsigned paired_similarity(const itd_pairing *p, int i, int j)
{
    bool initial = (p->left.class_[i] == ITD_TOKEN_INITIAL) != (p->right.class_[j] == ITD_TOKEN_INITIAL);
    unsigned similarity = p->similarity[i][j];
    return initial && !p->person && similarity > INITIAL_OTHER && similarity < SAME ? INITIAL_OTHER : similarity;
}

/* A word that has no counterpart, and is more than a small or a generic one. */
static bool is_other(uint8_t class_, unsigned weight)
{
    return weight >= OTHER && class_ != ITD_TOKEN_GENERIC && class_ != ITD_TOKEN_PARTICLE;
}

static void count_gender(tally *t, const itd_pairing *p, int i, int j)
{
    const itd_match_token *left = left_token(p, i), *right = itd_right_word_at(p, p->right.place[j]);
    itd_sv l = itd_space_text(&p->query->left_space, left->text, left->size),
           r = itd_space_text(&p->query->right_space, right->text, right->size);
    t->left_feminine += itd_word_is_feminine(l, r);
    t->right_feminine += itd_word_is_feminine(r, l);
}

static void count_pair(tally *t, const itd_pairing *p, int i, int j)
{
    uint8_t left = p->left.class_[i], right = p->right.class_[j];
    unsigned weight = p->left.weight[i], other = p->right.weight[j], size = shorter_of(p, i, j),
             similarity = paired_similarity(p, i, j), more = weight > other ? weight : other;
    if (left != ITD_TOKEN_INITIAL && right != ITD_TOKEN_INITIAL)
        t->initials_only = false;
    else if (left != ITD_TOKEN_INITIAL)
        t->left_abbreviated += weight;
    else if (right != ITD_TOKEN_INITIAL)
        t->right_abbreviated += other;
    t->matched = true;
    t->evidence += evidence_of(p, i, j, size, similarity);
    t->loss += (1000 - (int64_t)similarity) * (weight + other);
    t->left_significant += itd_word_tells(left, more);
    t->matched_significant += itd_word_tells(left, more);
    t->right_significant += itd_word_tells(right, more);
    if (p->person && similarity < 1000)
        count_gender(t, p, i, j);
}

/* Letters of the longest word: a syllable has up to five, or six and ends in "ng" ("kyeong", "zhuang"). */
static void count_letters(tally *t, const char *text, unsigned size)
{
    if (size == SYLLABLE + 1 && text[size - 2] == 'n' && text[size - 1] == 'g')
        size = SYLLABLE;
    t->longest = size > t->longest ? size : t->longest;
}

/* The paired words of the left name in their order: how often that of the right name is another. */
static void count_order(tally *t, const itd_pairing *p)
{
    int first = -1, last = -1;
    for (int i = 0; i < p->left.count; i++) {
        if (p->column_of[i] < 0)
            continue;
        int place = p->right.place[p->column_of[i]];
        t->descents += place < last;
        first = first < 0 ? place : first;
        last = place;
    }
    t->scrambled = t->descents + (first < last) > 1;
}

static void count_families(tally *t, const itd_pairing *p, const bool *right_used)
{
    bool left_has[ITD_MATCH_TOKENS_MAX], right_has[ITD_MATCH_TOKENS_MAX];
    memcpy(left_has, p->left_joined, sizeof left_has);
    memcpy(right_has, p->right_joined, sizeof right_has);
    for (int i = 0; i < p->left.count; i++)
        left_has[p->left.place[i]] = p->column_of[i] >= 0;
    for (int j = 0; j < p->right.count; j++)
        right_has[p->right.place[j]] = right_used[j];
    t->family_missing = family_is_missing(p->left_name->name, left_has) || family_is_missing(p->right_name, right_has);
}

static void count_words(tally *t, const itd_pairing *p)
{
    bool right_used[ITD_MATCH_TOKENS_MAX];
    memset(right_used, 0, (size_t)p->right.count);
    t->initials_only = p->joined_significant == 0;
    t->matched = p->joined_significant > 0;
    t->weight = p->joined_weight;
    t->evidence = (p->joined_weight - p->joined_loss / 1000) / 2;
    t->loss = p->joined_loss;
    t->left_significant = t->right_significant = t->matched_significant = p->joined_significant;
    for (int i = 0; i < p->left.count; i++) {
        unsigned weight = p->left.weight[i];
        t->weight += weight;
        const itd_match_token *left = left_token(p, i);
        count_letters(t, p->query->left_space.heap + left->text, left->size);
        if (p->column_of[i] >= 0) {
            right_used[p->column_of[i]] = true;
            count_pair(t, p, i, p->column_of[i]);
            continue;
        }
        t->left += weight;
        t->left_significant += itd_word_tells(p->left.class_[i], weight);
        t->left_number |= p->left.class_[i] == ITD_TOKEN_NUMBER;
        t->left_initial |= p->left.class_[i] == ITD_TOKEN_INITIAL;
        t->left_other |= is_other(p->left.class_[i], weight);
    }
    for (int j = 0; j < p->right.count; j++) {
        unsigned weight = p->right.weight[j];
        t->weight += weight;
        const itd_match_token *right = itd_right_word_at(p, p->right.place[j]);
        count_letters(t, p->query->right_space.heap + right->text, right->size);
        if (right_used[j])
            continue;
        t->right += weight;
        t->right_significant += itd_word_tells(p->right.class_[j], weight);
        t->right_number |= p->right.class_[j] == ITD_TOKEN_NUMBER;
        t->right_initial |= p->right.class_[j] == ITD_TOKEN_INITIAL;
        t->right_other |= is_other(p->right.class_[j], weight);
    }
    count_order(t, p);
    if (p->person)
        count_families(t, p, right_used);
}

/* Legal forms: 0 the same class, 1 only one side has any, 2 of different classes. */
static int compare_legal(const itd_pairing *p)
{
    bool left_any = false, right_any = false;
    for (int i = 0; i < (int)p->left_name->word_count; i++) {
        const itd_left_word *word = itd_left_word_at(p, i);
        if (word->class_ != ITD_TOKEN_LEGAL_FORM || p->left_joined[i])
            continue;
        left_any = true;
        for (int j = 0; j < p->right_name->token_count; j++)
            if (itd_right_word_at(p, j)->class_ == ITD_TOKEN_LEGAL_FORM && itd_right_word_at(p, j)->form == word->form)
                return 0;
    }
    for (int j = 0; j < p->right_name->token_count; j++)
        right_any |= itd_right_word_at(p, j)->class_ == ITD_TOKEN_LEGAL_FORM && !p->right_joined[j];
    return left_any && right_any ? 2 : left_any || right_any ? 1 : 0;
}

static UChar32 next_point(itd_sv text, int32_t *at)
{
    UChar32 c;
    U8_NEXT((const uint8_t *)text.data, *at, (int32_t)text.size, c);
    return c;
}

/* The next character without regard to case; 0: the end. Marks and blanks are one blank, and none at either end, when
 * `letters_only`. */
static UChar32 next_letter(itd_sv text, int32_t *at, bool letters_only)
{
    bool blank = false, first = *at == 0;
    while (*at < (int32_t)text.size) {
        int32_t here = *at;
        UChar32 c = next_point(text, at);
        if (!letters_only || (c >= 0 && (u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK)))) {
            if (blank && !first) {
                *at = here;
                return ' ';
            }
            return c < 0 ? -1 : u_foldCase(c, U_FOLD_CASE_DEFAULT);
        }
        blank = true;
    }
    return 0;
}

static bool same_letters(itd_sv a, itd_sv b, bool letters_only)
{
    int32_t at_a = 0, at_b = 0;
    for (;;) {
        UChar32 x = next_letter(a, &at_a, letters_only), y = next_letter(b, &at_b, letters_only);
        if (x != y)
            return false;
        if (x == 0)
            return true;
    }
}

/* What another writing of the same words costs: nothing for case. */
static int32_t form_loss(const itd_pairing *p)
{
    const itd_match_name *l = p->left_name->name, *r = p->right_name;
    itd_sv a = itd_space_text(&p->query->left_space, l->text, l->text_size),
           b = itd_space_text(&p->query->right_space, r->text, r->text_size);
    if (a.size > INT32_MAX || b.size > INT32_MAX)
        return LOSS_FORM;
    return same_letters(a, b, false) ? 0 : same_letters(a, b, true) ? LOSS_PUNCTUATION : LOSS_FORM;
}

/* An acronym is the likelier to stand for the name the more letters it has. */
static int32_t acronym_loss(const itd_pairing *p)
{
    static const int32_t of_size[] = {LOSS_ACRONYM_3, LOSS_ACRONYM_4, LOSS_ACRONYM_5};
    const itd_match_name *l = p->left_name->name, *r = p->right_name;
    unsigned size = l->kind == ITD_NAME_ACRONYM ? p->query->distinct.items[itd_left_word_at(p, 0)->distinct].sound.size
                                                : itd_right_word_at(p, 0)->size;
    size = size < 3 ? 3 : size > 5 ? 5 : size;
    return l->kind == r->kind ? 1000000 : of_size[size - 3];
}

/* One word that contradicts another is seldom an alias, however many others are the same: of pairs of names that would
 * hit but for it, one in fifteen is of one entity. What is unlikely anyway loses nothing: it still is found by whoever
 * asks for low scores, and other evidence may lift it. */
static int32_t contradiction_loss(int32_t conflict, int32_t sum)
{
    int64_t more = -conflict > CONFLICT_SMALL ? (int64_t)(-conflict - CONFLICT_SMALL) * CONFLICT_MORE / 1000 : 0;
    int32_t room = sum > UNLIKELY ? sum - UNLIKELY : 0;
    more = more < CONFLICT_MORE_MAX ? more : CONFLICT_MORE_MAX;
    room -= room / 8; /* of two that lose, the better one stays the better */
    return more < room ? (int32_t)more : room;
}

/* Nothing but words that many names share, or initials, is the same. */
static int32_t common_loss(const itd_name_score *score, const tally *t, int significant)
{
    if (t->initials_only)
        return ITD_LOSS_COMMON;
    if (t->matched_significant)
        return 0;
    if (significant || t->left_other || t->right_other)
        return ITD_LOSS_COMMON;
    return score->spelling + score->missing + score->conflict ? LOSS_COMMON_BOTH : 0;
}

/* A word that an initial stands for is no counterpart while the initial's side has a word left over: "George P. Box" is
 * not George Potapov. */
static int32_t abbreviated_loss(const tally *t, bool person)
{
    if (!person)
        return 0;
    int64_t left = t->left < t->right_abbreviated ? t->left : t->right_abbreviated,
            right = t->right < t->left_abbreviated ? t->right : t->left_abbreviated;
    return share(1000 * (left + right), itd_conflict_weight(t->weight));
}

/* Where little is the same, what is not tells more: of one common word and one that is alike, against a name of five
 * words with two slips. */
static int32_t thin_loss(const itd_name_score *score, const tally *t, bool person)
{
    int64_t wanted = person ? EVIDENCE_PERSON : EVIDENCE_OTHER;
    if (t->evidence >= wanted)
        return 0;
    int64_t missing = score->single                                    ? THIN_MISSING_SINGLE
                      : person && t->longest && t->longest <= SYLLABLE ? THIN_MISSING_SYLLABLE
                      : person                                         ? THIN_MISSING
                                                                       : THIN_MISSING_OTHER;
    int64_t loss = -(score->spelling * (int64_t)(person ? THIN_SPELLING : THIN_SPELLING_OTHER) +
                     score->missing * missing + score->conflict * (int64_t)(person ? THIN_CONFLICT : 1000)) /
                   1000;
    return (int32_t)(loss * (wanted - t->evidence) / wanted);
}

void itd_name_align(itd_name_score *out, const itd_match_query *query, const itd_left_name *left,
                    const itd_match_name *right, bool person)
{
    itd_pairing p;
    p.query = query;
    p.left_name = left;
    p.right_name = right;
    p.person = person;
    memset(p.left_joined, 0, sizeof p.left_joined);
    memset(p.right_joined, 0, sizeof p.right_joined);
    p.joined_weight = p.joined_loss = 0;
    p.joined_significant = 0;
    itd_join_left_words(&p);
    itd_join_right_words(&p);
    fill_sides(&p);
    assign_words(&p);
    tally t = {0};
    count_words(&t, &p);
    *out = (itd_name_score){0};
    if (t.weight == 0 || !t.matched)
        return; /* nothing to compare, or nothing in common */
    int64_t missing, conflict;
    itd_unmatched_loss(&missing, &conflict, t.left, t.right);
    out->base = 1000000;
    out->spelling = -share(t.loss, t.weight);
    out->missing = -share(missing, t.weight);
    out->conflict = -share(conflict, itd_conflict_weight(t.weight));
    if (t.left_number || t.right_number)
        out->number = t.left_number && t.right_number ? -LOSS_NUMBER : -LOSS_NUMBER_MISSING;
    int fewer = t.left_significant < t.right_significant ? t.left_significant : t.right_significant;
    int more = t.left_significant < t.right_significant ? t.right_significant : t.left_significant;
    /* One word that is only alike, against a name that has others beside it, is no more than one against several. */
    bool loose = fewer == 1 && more == 1 && t.loss > 0 && p.left.count != p.right.count &&
                 (p.left.count == 1 || p.right.count == 1);
    if ((fewer == 1 && more >= 2) || (person && loose))
        out->single = person ? -LOSS_SINGLE : -LOSS_SINGLE_OTHER;
    out->common = -common_loss(out, &t, more);
    out->common -= abbreviated_loss(&t, person);
    int32_t thin = thin_loss(out, &t, person);
    /* One such ending may be dropped, two are another person. */
    if (t.left_feminine > 1 || t.right_feminine > 1)
        out->conflict -= LOSS_GENDER;
    int32_t contradicted = out->conflict; /* by words, and not by initials */
    if (person && t.left_initial && t.right_initial)
        out->conflict -= LOSS_INITIALS;
    if (t.family_missing)
        out->common -= LOSS_FAMILY;
    if (t.descents)
        out->order =
            person && t.scrambled && t.longest <= SYLLABLE && more <= SYLLABLES ? -LOSS_SYLLABLES : -LOSS_ORDER;
    bool acronym = left->name->kind == ITD_NAME_ACRONYM || right->kind == ITD_NAME_ACRONYM;
    int legal = person || acronym ? 0 : compare_legal(&p);
    out->legal = legal == 2 ? -LOSS_LEGAL : legal == 1 ? -LOSS_LEGAL_MISSING : 0;
    if (acronym)
        out->alias = -acronym_loss(&p);
    else if (left->name->kind == ITD_NAME_WEAK || right->kind == ITD_NAME_WEAK)
        out->alias = -LOSS_WEAK;
    else if (left->name->kind == ITD_NAME_PREVIOUS || right->kind == ITD_NAME_PREVIOUS)
        out->alias = -LOSS_PREVIOUS;
    bool same_words = !out->spelling && !out->missing && !out->conflict && !out->number && !out->legal;
    out->form = same_words && !out->order ? -form_loss(&p) : -LOSS_FORM;
    int32_t sum = out->base + out->spelling + out->missing + out->conflict + out->number + out->single + out->common +
                  out->order + out->legal + out->alias + out->form;
    contradicted = contradiction_loss(contradicted, sum);
    out->conflict -= contradicted;
    sum -= contradicted;
    thin = itd_thin_loss(sum, thin);
    out->common -= thin;
    sum -= thin;
    out->micro = sum > 0 ? sum : 0;
}
