#ifndef ITD_READ_HOLDING_H
#define ITD_READ_HOLDING_H

#include "model/stake.h"

/** A word for a kind of holding in its plain form. Generated from data/read/holdings.tsv, in byte order. */
typedef struct itd_holding_word {
    const char *word;
    itd_stake_kind kind;
} itd_holding_word;

extern const itd_holding_word itd_holding_words[];
extern const size_t itd_holding_word_count;

/** What a holding's type says in words, whatever their case: the kind, shares, votes, board or control; and with a band
 * ("voting-rights-50-to-75-percent") the bounds. `out` has its kind and shares set, both shares 0 where the type says
 * nothing of them. False: the words are not known.  Threads: safe. */
bool itd_holding_read(itd_stake *out, itd_sv type);

#endif
