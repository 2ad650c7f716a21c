#ifndef ITD_MATCH_INTERNAL_H
#define ITD_MATCH_INTERNAL_H

#include "match/evidence.h"
#include "match/match.h"
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

/** Longest key of a word that a lexicon holds; longer ones are made again when needed. */
#define ITD_LEXICON_KEY_MAX 15
typedef struct itd_lexicon_key {
    uint8_t size; /**< UINT8_MAX: longer than the lexicon holds */
    char text[ITD_LEXICON_KEY_MAX];
} itd_lexicon_key;

/** What tells of each word of a vocabulary, before anything is computed, that it may be compared. Words stand by their
 * length, so that a column passes over whole lengths. */
struct itd_match_lexicon {
    uint32_t count;
    uint32_t first[ITD_DISTANCE_MAX + 2]; /**< words of `size` letters stand from first[size] to first[size + 1]; 0: one
                                             letter, or without vowels: always compared */
    uint32_t *tokens;                     /**< their numbers in the vocabulary */
    uint32_t *masks;                      /**< itd_sound.mask */
    uint32_t *bones;                      /**< itd_word_bones */
    itd_lexicon_key *keys;
};

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
/** The same for words that have passed the gates of itd_sound_similarity (`gated`), or have not (0 by sound then). */
unsigned itd_word_similarity_by(const itd_word *a, const itd_word *b, bool gated);
#define ITD_SIMILARITY_NICKNAME 850
/** True when `piece` looks like a part of `whole`, or sounds like one, as when two words were written as one. */
bool itd_word_is_piece(itd_sv piece, itd_sv piece_key, const itd_sound *whole, const itd_pattern *whole_pattern);

/** The consonants by which a word is known to scripts that do not write vowels: their number, and a bit for each sort.
 */
uint32_t itd_word_bones(const itd_sound *sound);
/** False when words of such bones have no similarity by their consonants. */
bool itd_word_bones_may(uint32_t a, uint32_t b);
/** The word by sound, without its mark. */
void itd_word_unmarked(itd_sound *out, const itd_word *word);

/** What a token weighs in a person's or in another name, thousandths. */
unsigned itd_token_weight(const itd_match_token *token, bool person);

/** Highest number of words that one word is held against as a whole. */
#define ITD_JOIN_MAX 3
/** Names of up to this many words have any two of them joined, longer ones only neighbours. */
#define ITD_JOIN_WORDS 3

/* Name score: losses in thousandths of the weight at stake (docs/matching.md). */
enum {
    ITD_LOSS_OMISSION = 450,  /**< a word that only one of two names has */
    ITD_LOSS_CONFLICT = 1150, /**< a word on each side that the other contradicts */
};

typedef struct itd_left_word {
    uint32_t distinct; /**< column of the similarities */
    uint32_t token;
    uint16_t weight[2]; /**< [person] */
    uint16_t form;
    uint8_t class_;
} itd_left_word;

typedef struct itd_left_join {
    uint32_t column;                     /**< of the similarities */
    uint8_t places[ITD_JOIN_MAX], count; /**< words of its name, in the order in which they are joined */
} itd_left_join;

typedef struct itd_left_name {
    uint32_t word_first, word_count;
    uint32_t join_first, join_count;
    const itd_match_name *name;
} itd_left_name;

/** What a word of the right vocabulary is worth to the question. */
typedef struct itd_word_row {
    uint64_t touched; /**< bits of left words (number modulo 64) that it may be matched with */
    uint16_t best;    /**< highest similarity in any role */
    uint8_t pieces;   /**< it may be a part of a left word */
} itd_word_row;

struct itd_match_query {
    itd_algorithm algorithm;
    itd_match_entity left; /* copies: only the arrays behind them are borrowed */
    itd_match_space left_space, right_space;
    itd_left_name *names;
    uint32_t name_count;
    itd_left_word *words;
    uint32_t word_count;
    itd_left_join *joins;
    uint32_t join_count;
    itd_word *distinct;
    itd_pattern *patterns;
    uint32_t distinct_count; /**< columns 0 … distinct_count - 1; then joins */
    uint32_t column_count;
    uint64_t *column_bits; /**< left words of each column, as itd_word_row.touched */
    uint32_t *row_of;      /**< by right token; 0: worth nothing */
    itd_word_row *rows;
    uint16_t *similarities; /**< rows × column_count */
    uint8_t *pieces;        /**< rows × distinct_count: 1 where the word may be a part */
    size_t row_count, row_capacity;
    bool too_many; /**< a row was refused for ITD_MATCH_CELLS_MAX */
    struct itd_ofac_left *ofac;
};

/** A name against a name. */
typedef struct itd_name_score {
    int32_t micro; /**< sum of the parts below, not below 0 */
    int32_t base, spelling, missing, conflict, number, single, common, order, legal, alias, form;
} itd_name_score;

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
