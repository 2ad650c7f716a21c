#ifndef ITD_FETCH_RETRY_H
#define ITD_FETCH_RETRY_H

#include <stdbool.h>
#include <stdint.h>

/** Longest wait between two tries, seconds. A server that asks for more is not waited for. */
#define ITD_FETCH_WAIT_MAX_S 120

/** How one try ended. */
typedef enum itd_try_end {
    ITD_TRY_ANSWERED, /**< with a status */
    ITD_TRY_BROKEN,   /**< by something that may pass: no connection, cut off, too slow */
    ITD_TRY_NO_WAY,   /**< by a name that nobody knows or a network that is not there: once more, soon */
    ITD_TRY_REFUSED,  /**< by something that will not: certificate, redirects, size */
} itd_try_end;

typedef struct itd_try {
    itd_try_end end;
    long status;           /**< of an answer, else 0 */
    int64_t retry_after_s; /**< what the server asked for; 0: nothing */
    unsigned number;       /**< from 1 */
} itd_try;

/** Seconds to wait before the next try (1, 2, 4 … or what the server asks for), or -1: there is no use, or no try is
 * left of 1 + `retries` (of two where there is no way: who is offline need not wait for each list). Answers worth
 * another try are 408, 425, 429, 500, 502, 503 and 504. */
int64_t itd_retry_wait_s(const itd_try *ended, unsigned retries);

#endif
