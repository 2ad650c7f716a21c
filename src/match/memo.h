#ifndef ITD_MATCH_MEMO_H
#define ITD_MATCH_MEMO_H

#include "base/buffer.h"
#include "base/vector.h"

/* What words of earlier questions were worth to a vocabulary: names share their words, and a word is held against the
 * vocabulary once. Answers do not depend on it. When it is full it is emptied. One a thread. */

/** Items, and bytes of words, that are kept. */
#define ITD_MEMO_ITEMS_MAX ((size_t)1 << 22)
#define ITD_MEMO_LETTERS_MAX ((size_t)1 << 22)

typedef enum itd_memo_kind { ITD_MEMO_SIMILARITY, ITD_MEMO_PIECE, ITD_MEMO_LEAD } itd_memo_kind;

/** One thing that was found of a word. */
typedef struct itd_memo_item {
    uint32_t token;
    uint16_t similarity;
    uint16_t kind; /**< itd_memo_kind */
} itd_memo_item;

typedef struct itd_memo_entry {
    uint32_t text, size;
    uint32_t first, count; /**< of items */
} itd_memo_entry;

typedef struct itd_memo {
    ITD_VECTOR(itd_memo_item) items;
    ITD_VECTOR(itd_memo_entry) entries;
    itd_buffer letters;
    uint32_t *slots; /**< entries by the hash of their word; 0: none, else its number and one */
    size_t slot_count;
} itd_memo;

void itd_memo_finish(itd_memo *memo);
void itd_memo_clear(itd_memo *memo);
/** The word's entry, or NULL. */
const itd_memo_entry *itd_memo_find(const itd_memo *memo, itd_sv word);
/** Begins the entry of a word that has none: items that are pushed from here on are its. False when out of memory. */
bool itd_memo_begin(itd_memo *memo, itd_sv word);
/** Ends it: from here on it is found. One that is not ended is as if it had not begun. */
void itd_memo_end(itd_memo *memo);

#endif
