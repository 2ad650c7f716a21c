#ifndef ITD_FETCH_TRANSFER_H
#define ITD_FETCH_TRANSFER_H

#include "base/error.h"
#include "base/part.h"
#include "fetch/head.h"

/** Redirects that are followed, over HTTPS only. */
#define ITD_FETCH_REDIRECTS_MAX 5
/** A transfer that stays below this for as long as the time-out is given up: bytes a second. */
#define ITD_FETCH_SPEED_MIN 512
/** Longest time of one try, seconds, however steadily it drips. */
#define ITD_FETCH_TRY_MAX_S 7200

/** One file to be had. Texts are borrowed; validators are empty when there are none. */
typedef struct itd_transfer {
    const char *url;             /**< https:// */
    const char *secret;          /**< what no message may show; NULL: nothing */
    const char *ca_file;         /**< PEM; NULL: the system's */
    const char *etag;            /**< of the copy that is there: an answer 304 says that it is the newest */
    const char *last_modified;   /**< the same */
    const char *range_validator; /**< of what the part already holds */
    uint64_t bytes_max;          /**< a larger file is refused */
    uint32_t timeout_s;          /**< to connect; and how long it may be too slow */
    unsigned retries;
    /** The file begins anew in the part, which is empty: notes its validators for a later run. */
    itd_status (*on_begin)(void *user, const itd_head *head, itd_error *error);
    /** Bytes so far, and of the whole (0: not known). */
    void (*on_progress)(void *user, uint64_t done, uint64_t total);
    /** Something went wrong, and in `wait_s` seconds it is tried again. */
    void (*on_retry)(void *user, const char *what, int64_t wait_s);
    void *user;
} itd_transfer;

typedef struct itd_transferred {
    bool unchanged; /**< 304; the part holds nothing of use */
    itd_head head;  /**< of the last answer */
} itd_transferred;

/** Gets a file into `part`, from where the part ends when the server still has the same file. On failure the part keeps
 *  what came, so that a later call goes on, unless it is of no use.
 *  @return ITD_OK | ITD_EIO (network, server, certificate, disk) | ITD_EINVAL (no HTTPS address, no such CA file) |
 *          ITD_ELIMIT (larger than bytes_max) | ITD_ENOMEM
 *  Threads: any number, each with a part of its own. */
ITD_MUST_CHECK itd_status itd_transfer_run(itd_transferred *out, const itd_transfer *transfer, itd_part *part,
                                           itd_error *error);

/** True when an address is one of HTTPS and has no character that an address cannot have. */
bool itd_transfer_is_https(const char *url);

#endif
