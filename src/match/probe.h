#ifndef ITD_MATCH_PROBE_H
#define ITD_MATCH_PROBE_H

#include "match/internal.h"
#include "text/batch.h"

/* A word of the question, or some joined, on its way through the vocabulary: what hold.c and pieces.c share. */

typedef struct itd_probe {
    itd_match_query *query;
    const itd_match_lexicon *lexicon;
    const itd_word *word;
    uint32_t column;
    bool joined, marked;
    itd_sound sound; /**< of the word without its mark */
    itd_pattern key, phone;
    uint32_t mask;  /**< itd_phone_mask */
    uint16_t known; /**< as of a member */
    bool batched;   /**< compared with many at once */
    itd_batch batch;
    itd_memo *memo; /**< that learns what is found; or NULL */
} itd_probe;

/** Takes what was found of a word. @return ITD_OK | ITD_ENOMEM | ITD_ELIMIT (ITD_MATCH_CELLS_MAX) */
ITD_MUST_CHECK itd_status itd_probe_take(const itd_probe *probe, itd_memo_item item, itd_error *error);
/** Words that this one may have been written of. Errors as above. */
ITD_MUST_CHECK itd_status itd_probe_hold_pieces(const itd_probe *probe, itd_error *error);
/** The same, of a vocabulary that is gone through. */
ITD_MUST_CHECK itd_status itd_probe_pieces_directly(const itd_probe *probe, const itd_word *words, uint32_t count,
                                                    itd_error *error);

#endif
