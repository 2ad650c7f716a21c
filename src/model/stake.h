#ifndef ITD_MODEL_STAKE_H
#define ITD_MODEL_STAKE_H

#include "base/date.h"
#include "base/error.h"

/* One statement that one party holds something in another: the row of a register. */

typedef enum itd_stake_kind {
    ITD_STAKE_SHARES,   /**< capital, proprietary rights */
    ITD_STAKE_VOTES,    /**< voting rights */
    ITD_STAKE_BOARD,    /**< the right to appoint the board, or a part of it */
    ITD_STAKE_CONTROL,  /**< direction in fact, by contract or otherwise */
    ITD_STAKE_DIRECTOR, /**< sits on the board or signs; owns nothing by it */
    ITD_STAKE_JOINT,    /**< the two hold their rights together, under an arrangement */
    ITD_STAKE_SAME,     /**< the two ids are one party: of a graph they are one entity with two names */
    /** Connected in a way that says nothing of ownership: for paths alone. A link of a party to itself says that the
     * register knows the party, and not who holds it. */
    ITD_STAKE_LINK,
} itd_stake_kind;
#define ITD_STAKE_KINDS 8

/** The whole, in parts per million. */
#define ITD_PPM_WHOLE UINT32_C(1000000)

/** Most days that a start or an end of a stake can mean. */
#define ITD_STAKE_DAYS_MAX 512

/** Views are borrowed: a sink copies what it keeps. */
typedef struct itd_stake {
    itd_sv owner, owned;                   /**< ids; of a joint arrangement its two parties */
    uint32_t share_min_ppm, share_max_ppm; /**< 0 … ITD_PPM_WHOLE, min <= max; both 0 where the kind needs no share */
    itd_stake_kind kind;
    itd_date start, end; /**< first day that it holds on, first day that it no longer does; no date: open */
    /** Days past those that a date means by itself within which it may lie too; with these it means at most
     * ITD_STAKE_DAYS_MAX days. 0: none. */
    uint16_t start_more, end_more;
    char reliability; /**< Admiralty grade of the source 'A' … 'F', or 0: none given */
    char credibility; /**< Admiralty grade of the claim '1' … '6', or 0 */
    uint64_t line;    /**< of the source file, from 1; 0: none */
} itd_stake;

/** Where stakes go. A callback's failure ends the work with that status. */
typedef itd_status itd_stake_sink(void *context, const itd_stake *stake, itd_error *error);

/** "shares", "votes" …  Static. */
const char *itd_stake_kind_name(itd_stake_kind kind);
/** False when it is no such name; "link" is not one that a register may write. */
bool itd_stake_kind_find(itd_stake_kind *out, itd_sv name);

#endif
