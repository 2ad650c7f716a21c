#ifndef ITD_MATCH_INTERNAL_H
#define ITD_MATCH_INTERNAL_H

#include "base/vector.h"
#include "match/evidence.h"
#include "match/match.h"
#include "match/memo.h"
#include "match/near.h"
#include "text/batch.h"
#include "text/distance.h"
#include "text/fold.h"
#include "text/foreign.h"

/* What the files of this room share. */

struct itd_matcher {
    itd_folder *folder;
    itd_text_words words;
    itd_buffer scratch;
};

/* itd_match_name.flags: a bit, and above it how many tokens stand before the first comma (0: no comma). */
enum { ITD_NAME_CUT = 1 << 0, ITD_NAME_COMMA_SHIFT = 1 };

/** A token before it has a place in a vocabulary. */
typedef struct itd_named_token {
    itd_sv text;
    uint8_t class_;
    char mark; /**< of a script that writes the sounds of a name otherwise than Latin (text/foreign.h); 0: none */
    uint16_t form, weight;
} itd_named_token;

/** Cuts a name into tokens; views lie in the matcher until its next call, or are static.
 *  `flags` gets itd_match_name.flags. At most ITD_MATCH_TOKENS_MAX tokens. */
ITD_MUST_CHECK itd_status itd_name_tokens(itd_named_token *tokens, size_t *count, uint8_t *flags, itd_matcher *matcher,
                                          itd_sv name, itd_reading reading, itd_error *error);

/** Puts right the words of legal forms: those with one slip, and those written apart or together with their
 * neighbour. @return ITD_OK | ITD_ENOMEM. Cost: O(words). */
ITD_MUST_CHECK itd_status itd_forms_repair(itd_text_words *words, itd_error *error);

/** Letters of an acronym, fewest and most. */
enum { ITD_ACRONYM_MIN = 3, ITD_ACRONYM_MAX = 8, ITD_ACRONYM_WORDS_MAX = 16 };
/** The letters that the words of an organisation's name begin with, small words left out; `whole`: with that of a legal
 * form such as "corporation". 0: it has none, or none of its own with a legal form. `out` has room for
 * ITD_ACRONYM_MAX. */
size_t itd_acronym(char *out, const itd_named_token *tokens, size_t count, bool whole);
/** A single word as the lists know it. `text` is borrowed. */
itd_named_token itd_name_token(itd_sv text);

/** A word in a set: what is looked at before its token is. */
typedef struct itd_sound_member {
    uint32_t
        letters; /**< in the letters of the set: of keys its phone and its text without a mark, of bones its sounds */
    uint16_t known;           /**< its form, and ITD_MEMBER_NUMBER */
    uint8_t phone_size, size; /**< of its phone, or its sounds; of its text, ITD_DISTANCE_MAX at most */
    bool marked;              /**< has it a mark */
    bool batched;             /**< it fits into codes */
    bool is_short;            /**< of its key one letter may have no counterpart, not two */
} itd_sound_member;
#define ITD_MEMBER_NUMBER 0x8000

/** Words found by what they sound like. */
typedef struct itd_sound_set {
    itd_near_set near;
    itd_sound_member *members; /**< as near.members */
    uint32_t *looks;           /**< as near.members: itd_batch_look of their phones or sounds */
    itd_batch_word *codes;     /**< as near.members: words compared with many at once */
    char *letters;
} itd_sound_set;

static inline itd_sv itd_member_phone(const itd_sound_set *set, uint32_t member)
{
    const itd_sound_member *m = &set->members[member];
    return (itd_sv){set->letters + m->letters, m->phone_size};
}

static inline itd_sv itd_member_text(const itd_sound_set *set, uint32_t member)
{
    const itd_sound_member *m = &set->members[member];
    return (itd_sv){set->letters + m->letters + m->phone_size, m->size};
}

/** What is looked at first of a vocabulary, and of the names made of it. Arrays that threads share. */
struct itd_match_lexicon {
    itd_sound_set keys;                     /**< keys and phones of words of two letters and more, without marks */
    itd_sound_set bones[ITD_FOREIGN_KINDS]; /**< bones and sounds of words of each kind */
    uint32_t *slots; /**< words by the hash of their text; 0: empty, else the word's number and one */
    uint32_t slot_mask;
    uint32_t *form_first;   /**< by form, and one more: into form_tokens */
    uint32_t *form_tokens;  /**< words of a form */
    uint32_t form_count;    /**< forms; 0 is none */
    uint32_t *name_first;   /**< by word, and one more: into names */
    uint32_t *names;        /**< names that have the word, in their order */
    uint16_t (*weights)[2]; /**< by name: sum of its words' weights [person] */
    uint64_t *begun;        /**< by letter, a to z: planes of the names that have a word which begins with it */
    uint64_t *dated;        /**< by year modulo ITD_YEARS: planes of the names whose entity has a date in it;
                               NULL: not told */
    const itd_match_name *name_rows; /**< borrowed */
    uint32_t name_count;             /**< 0: no names were given */
};

/** Words of 64 bits that have one for each name: a plane. */
static inline size_t itd_plane_size(const itd_match_lexicon *lexicon)
{
    return (size_t)lexicon->name_count / 64 + 1;
}
#define ITD_LETTERS 26
#define ITD_YEARS 64

/** A word of a space made ready for comparing. */
typedef struct itd_word {
    itd_sound sound;
    itd_sv text;
    uint16_t form, weight;
    uint8_t class_;
} itd_word;

void itd_word_init(itd_word *out, const itd_match_space *space, uint32_t token);
/** Words joined without a blank. */
void itd_word_init_joined(itd_word *out, const itd_match_space *space, const uint32_t *tokens, size_t count);
/** Similarity in thousandths by what is known and by sound. Pure and symmetric. */
unsigned itd_word_similarity(const itd_word *a, const itd_word *b);
/** The same without short forms of given names, which are worth ITD_SIMILARITY_NICKNAME. */
unsigned itd_word_similarity_plain(const itd_word *a, const itd_word *b);
/** The same when the first is words joined, which have to be closer than a single word. */
unsigned itd_word_similarity_joined(const itd_word *joined, const itd_word *b);
/** What is left of a similarity by sound of two words, none of them joined: less when the lists know them as different
 * ones. Never 0 where it was not. */
unsigned itd_word_unless_other(unsigned similarity, itd_letters a, itd_letters b);
#define ITD_SIMILARITY_NICKNAME 850
/** Words joined and a word are taken for one from here on. */
#define ITD_SIMILARITY_JOINED 800
/** The same letters, of which one or both are of a script that writes sounds otherwise. */
#define ITD_SIMILARITY_UNMARKED 990
/** A letter and a word that begins with it. */
#define ITD_SIMILARITY_INITIAL 750
/** Two different words of one form. */
unsigned itd_word_form_similarity(uint8_t class_);

/** Letters of a word that is part of another, at least; of one that may have slips; and sounds up to which it may have
 * but one. */
#define ITD_PIECE_MIN 2
#define ITD_PIECE_NEAR 4
#define ITD_PIECE_ONE_SLIP 7
#define ITD_PIECE_EDITS_MAX 2
/** Letters of the key of a long word, at least, whose parts may be spelled otherwise where their keys are the same; and
 * of the keys of these parts. */
#define ITD_WHOLE_KEY_MIN 8
#define ITD_PIECE_KEY_MIN 3
/** Edits that the phones of a part with a slip may have. */
static inline unsigned itd_piece_edits(size_t size_a, size_t size_b)
{
    return size_a > ITD_PIECE_ONE_SLIP || size_b > ITD_PIECE_ONE_SLIP ? ITD_PIECE_EDITS_MAX : 1;
}
/** May a word be two or three words written as one? The front or the back is the same letter by letter, and what is
 * left the other, which may have a slip; of three all are the same. `middle` is NULL when there are two. */
bool itd_word_has_pieces(const itd_sound *whole, const itd_sound *front, const itd_sound *middle,
                         const itd_sound *back);

/** The word by sound, without its mark. */
void itd_word_unmarked(itd_sound *out, const itd_word *word);

/** True when a word is what another is of a man: "Petrova" and "Petrov". */
bool itd_word_is_feminine(itd_sv word, itd_sv other);

/** No word weighs more. */
#define ITD_TOKEN_WEIGHT_MAX 1000
/** What a token weighs in a person's or in another name, thousandths. */
static inline unsigned itd_token_weight(const itd_match_token *token, bool person)
{
    switch (token->class_) {
    case ITD_TOKEN_LEGAL_FORM:
        return person ? 500 : 0;
    case ITD_TOKEN_GENERIC:
        return person ? 800 : token->weight;
    case ITD_TOKEN_TITLE:
        return person ? 50 : token->weight;
    default:
        return token->weight;
    }
}

/** Highest number of words that one word is held against as a whole. */
#define ITD_JOIN_MAX 3
/** Names of up to this many words have any two of them joined; longer ones neighbours, and the last word with the
 * first.
 */
#define ITD_JOIN_WORDS 3
/** May words at two places of a name of so many be joined, in this order? */
static inline bool itd_joins_two(size_t words, size_t first, size_t second)
{
    return first != second && (words <= ITD_JOIN_WORDS || first + 1 == second || second + 1 == first ||
                               (first + 1 == words && second == 0));
}
/** Three that stand together are joined in their order; where they are all the words, the first may have come last, or
 * the last first. */
#define ITD_JOIN_TURNS 3
static const uint8_t itd_join_turns[ITD_JOIN_TURNS][ITD_JOIN_MAX] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}};
static inline unsigned itd_joins_three(size_t words)
{
    return words == ITD_JOIN_MAX ? ITD_JOIN_TURNS : 1;
}

/* Name score: losses in thousandths of the weight at stake (docs/matching.md). */
enum {
    ITD_LOSS_OMISSION = 450,  /**< a word that only one of two names has */
    ITD_LOSS_CONFLICT = 1150, /**< a word on each side that the other contradicts */
};

/** A bit for a letter; 0 for what is none. */
static inline uint32_t itd_letter_bit(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (uint32_t)1 << (letter - 'a') : 0;
}
typedef struct itd_left_word {
    uint32_t distinct; /**< column of the similarities */
    uint32_t token;
    uint16_t weight[2]; /**< [person] */
    uint16_t form;
    uint8_t class_;
    char initial; /**< the letter when it is no more than one: what begins with it has no row, and is looked at in place
                   */
} itd_left_word;

typedef struct itd_left_join {
    uint32_t column;                     /**< of the similarities */
    uint8_t places[ITD_JOIN_MAX], count; /**< words of its name, in the order in which they are joined */
} itd_left_join;

typedef struct itd_left_name {
    uint32_t word_first, word_count;
    uint32_t join_first, join_count;
    uint32_t initials; /**< letters that stand alone in it: a bit each */
    const itd_match_name *name;
} itd_left_name;

/** What a word of the right vocabulary is worth to the question. */
typedef struct itd_word_row {
    uint64_t alike;   /**< bits of left words (number modulo 64) that it is alike to, by itself or joined */
    uint64_t touched; /**< and those that it may be a part of */
    uint32_t token;
    uint16_t best;  /**< highest similarity in any role */
    uint8_t pieces; /**< it may be a part of a left word */
} itd_word_row;

/** A word of which every name that has it, and other parts of the column's word, is looked at. */
typedef struct itd_lead {
    uint32_t token, column;
} itd_lead;

struct itd_match_query {
    itd_algorithm algorithm;
    itd_match_entity left; /* copies: only the arrays behind them are borrowed */
    itd_match_space left_space, right_space;
    ITD_VECTOR(itd_left_name) names;
    ITD_VECTOR(itd_left_word) words;
    ITD_VECTOR(itd_left_join) joins;
    ITD_VECTOR(itd_word) distinct, joined;
    ITD_VECTOR(uint64_t) column_bits; /* left words of each column, as itd_word_row.touched */
    uint32_t distinct_count;          /* columns 0 … distinct_count - 1; then joins */
    uint32_t column_count;
    uint32_t *row_of; /* by right token; 0: worth nothing */
    size_t row_of_capacity;
    ITD_VECTOR(itd_word_row) rows;
    ITD_VECTOR(uint16_t) similarities; /* rows × column_count */
    ITD_VECTOR(uint8_t) pieces;        /* rows × distinct_count: 1 where the word may be a part */
    ITD_VECTOR(itd_lead) leads;
    itd_match_lexicon *own;           /* of a right space that has none */
    const itd_match_lexicon *lexicon; /* of the right space; NULL: it is so small that all of it is looked at */
    itd_memo memo;                    /* of the lexicon */
    itd_near_found keys, bones;       /* of the lexicon; of whichever of its bones are asked */
    uint8_t *picked;                  /* by name of the lexicon: is it a candidate */
    size_t candidate_count;
    int32_t told_from;           /* the lowest threshold for which all names that reach it were picked, */
    uint32_t told_names;         /* from this name on; INT32_MAX: none was told */
    uint64_t *planes;            /* by word of the question's name, a bit for each name of the lexicon */
    uint64_t *same_year;         /* plane of the names whose entity has a date in a year of the question's */
    uint32_t *seen, *candidates; /* names */
    struct itd_ofac_left *ofac;
};

/** Words of a question's name that have bits of their own for the names that they touch; others share them. */
#define ITD_MATCH_PLANES 16
/** Right spaces of up to so many words are compared word by word. */
#define ITD_MATCH_DIRECT_MAX 48

/** The number of a word, or ITD_NEAR_NONE. */
uint32_t itd_lexicon_find(const itd_match_lexicon *lexicon, const itd_match_space *space, itd_sv text);

/** Holds each column against the right vocabulary: fills the rows and the leads.
 *  @return ITD_OK | ITD_ENOMEM | ITD_ELIMIT (ITD_MATCH_CELLS_MAX) */
ITD_MUST_CHECK itd_status itd_query_hold(itd_match_query *query, itd_error *error);
/** Rows, made when they are not there. @return ITD_OK | ITD_ENOMEM | ITD_ELIMIT (ITD_MATCH_CELLS_MAX) */
ITD_MUST_CHECK itd_status itd_query_set_similarity(itd_match_query *query, uint32_t token, uint32_t column,
                                                   unsigned similarity, itd_error *error);
ITD_MUST_CHECK itd_status itd_query_set_piece(itd_match_query *query, uint32_t token, uint32_t column,
                                              itd_error *error);
void itd_query_clear_rows(itd_match_query *query);

/** A name against a name. */
typedef struct itd_name_score {
    int32_t micro; /**< sum of the parts below, not below 0 */
    int32_t base, spelling, missing, conflict, number, single, common, order, legal, alias, form;
} itd_name_score;

/** Is it known that a name of the list does not reach a threshold, by its words and evidence but identifiers? */
bool itd_is_passed(const itd_match_query *query, const itd_match_name *name, int32_t threshold);

/** Never below what itd_name_align gives for the pair. */
int32_t itd_name_bound(const itd_match_query *query, const itd_left_name *left, const itd_match_name *right,
                       bool person);
void itd_name_align(itd_name_score *out, const itd_match_query *query, const itd_left_name *left,
                    const itd_match_name *right, bool person);

/** Largest sum of gains of one-to-one pairs. `gain` is rows × columns, row-major; `column_of` gets a column or -1 a
 * row. At most ITD_MATCH_TOKENS_MAX each way. Source: Kuhn-Munkres with potentials, O(n³). */
void itd_assign(int *column_of, const int32_t *gain, int rows, int columns);

struct itd_ofac_left;
ITD_MUST_CHECK itd_status itd_ofac_create(struct itd_ofac_left **out, const itd_match_entity *left,
                                          const itd_match_space *space, itd_error *error);
void itd_ofac_destroy(struct itd_ofac_left *left);
bool itd_ofac_score(itd_match_result *out, const struct itd_ofac_left *left, const itd_match_entity *right,
                    const itd_match_space *space, int32_t threshold_micro);
/** The score 0 … 100 of two names; 0: no hit. */
int itd_ofac_names(itd_sv query, itd_sv candidate);

static inline itd_sv itd_space_text(const itd_match_space *space, uint32_t text, uint32_t size)
{
    return (itd_sv){space->heap + text, size};
}

#endif
