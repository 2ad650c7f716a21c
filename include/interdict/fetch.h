#ifndef INTERDICT_FETCH_H
#define INTERDICT_FETCH_H

#include "interdict/context.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A list that has lost more than this share of its entities is held. */
#define ITD_FETCH_SHRINK_PERCENT_MAX 10
/** Seconds to connect, and that a transfer may be too slow, unless the options say otherwise. */
#define ITD_FETCH_TIMEOUT_S 60
/** Longest such time that options may ask for. */
#define ITD_FETCH_TIMEOUT_S_MAX 3600
/** Tries after the first one, unless the options say otherwise, and most that they may ask for. */
#define ITD_FETCH_RETRIES 4
#define ITD_FETCH_RETRIES_MAX 20
/** Largest file that is taken, bytes, unless the options say otherwise. */
#define ITD_FETCH_BYTES_MAX ((uint64_t)1 << 30)

/** What came of a dataset. */
typedef enum itd_fetch_state {
    ITD_FETCH_NEW,       /**< the first copy */
    ITD_FETCH_UPDATED,   /**< another one than before */
    ITD_FETCH_UNCHANGED, /**< the copy that is there is the newest */
    ITD_FETCH_HELD,      /**< what came is put aside until a person accepts it */
    ITD_FETCH_FAILED,    /**< nothing came that could be used */
} itd_fetch_state;

/** "new", "updated", "unchanged", "held", "failed". Static. */
ITD_API const char *itd_fetch_state_name(itd_fetch_state state);

/** One dataset. Borrowed for the call. */
typedef struct itd_fetch_result {
    const char *dataset;
    itd_fetch_state state;
    const char *file;      /**< the last good copy; NULL: there is none */
    const char *held_file; /**< what is put aside; NULL: nothing */
    const char *version;   /**< of what came, or of the last good copy when nothing did; empty: not known */
    uint64_t entities;     /**< the same */
    uint64_t was_entities; /**< of the last good copy before */
    uint64_t rejected;     /**< records of what came that cannot be read */
    int64_t age_s;         /**< since the publisher last said that `file` is the newest; -1: no copy, or not known */
    const char *reason;    /**< of HELD and FAILED; else NULL */
    bool acceptable;       /**< what is held can be read, and so accepted */
} itd_fetch_result;

/** All zeros but `into`: every list that can be had goes there. */
typedef struct itd_fetch_options {
    const char *const *datasets; /**< to be fetched; none and no `accept`: all that have an address */
    size_t dataset_count;
    const char *const *accept; /**< whose held copy becomes the copy; nothing is fetched for it */
    size_t accept_count;
    const char *into;    /**< folder, made when it is not there */
    const char *from;    /**< HTTPS address instead of the publisher's; with one dataset only */
    const char *ca_file; /**< certificates to trust instead of the system's, PEM */
    uint32_t timeout_s;  /**< 0: ITD_FETCH_TIMEOUT_S */
    uint64_t bytes_max;  /**< 0: ITD_FETCH_BYTES_MAX */
    uint32_t retries;    /**< at most ITD_FETCH_RETRIES_MAX */
    bool skip_bad;       /**< a list with broken records is taken; else it is held */
    /** The token of that name, for addresses that need one; NULL when there is none. May be NULL. */
    const char *(*token)(void *user, const char *name);
    void (*on_note)(void *user, const char *text); /**< may be NULL */
    void *user;
} itd_fetch_options;

/** Fetches lists, one after the other, each into `into`/DATASET. A copy that is there is replaced only by one that is
 *  whole, can be read, and is not held; whatever fails, it stays. `on_result` gets one result a dataset, also of those
 *  that failed. A process that is killed loses nothing but the rest of its own download, which the next one goes on
 *  with.
 *  @return ITD_OK (look at the results) | ITD_EINVAL (options, unknown dataset) | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_lists_fetch(itd_context *context, const itd_fetch_options *options,
                                                  void (*on_result)(void *user, const itd_fetch_result *result),
                                                  void *user, itd_error *error);

/** The result as a JSON object on one line, without the line's end. */
ITD_API ITD_MUST_CHECK itd_status itd_fetch_result_json(itd_bytes *out, const itd_fetch_result *result,
                                                        itd_error *error);

/** What is there of a dataset. Borrowed for the call; texts are empty when not known. */
typedef struct itd_fetched {
    const char *dataset;
    const char *file;      /**< the last good copy; NULL: none */
    const char *held_file; /**< put aside; NULL: nothing */
    const char *version, *format, *address;
    const char *fetched_at, *checked_at; /**< when its bytes came; when it was last said to be the newest (UTC) */
    uint64_t entities;
    int64_t age_s; /**< since checked_at; -1: not known */
    const char *held_version, *held_reason;
    uint64_t held_entities;
} itd_fetched;

/** Tells of each dataset of which `into` has a copy or something held, in the order of publishers. Files are not read,
 *  only what is noted of them.
 *  @return ITD_OK (also when there is no such folder) | ITD_EIO | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_lists_fetched(const char *into,
                                                    void (*on_fetched)(void *user, const itd_fetched *fetched),
                                                    void *user, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
