#ifndef INTERDICT_CLUSTERS_H
#define INTERDICT_CLUSTERS_H

#include "interdict/index.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Persons, companies and organisations that share an address, a telephone number, an electronic address, a director or
 * an agent. A cluster is a reason to look, not a finding: many who share an address never met. */

/** Kinds of keys, in the order in which they are printed. */
typedef enum itd_cluster_kind {
    ITD_CLUSTER_ADDRESS,  /**< its folded words in order, three of them at least, a digit among them */
    ITD_CLUSTER_PHONE,    /**< its digits without leading zeros, 7 to 15 of them */
    ITD_CLUSTER_EMAIL,    /**< in lower case */
    ITD_CLUSTER_DIRECTOR, /**< its id: Directorship */
    ITD_CLUSTER_AGENT,    /**< its id: Representation */
} itd_cluster_kind;
#define ITD_CLUSTER_KINDS 5
/** "address" …  Static. */
ITD_API const char *itd_cluster_kind_name(itd_cluster_kind kind);

/** Entities that share a key before it is common, unless the options name another number. */
#define ITD_CLUSTER_COMMON_DEFAULT 50
/** Longest key in bytes; a longer one is none, and counted as vague. */
#define ITD_CLUSTER_KEY_BYTES_MAX 1024

typedef struct itd_clusters_options {
    uint32_t common; /**< a key of more entities than this joins nobody: a registered agent's address, a switchboard;
                        0: ITD_CLUSTER_COMMON_DEFAULT */
} itd_clusters_options;

typedef struct itd_cluster_key {
    itd_cluster_kind kind;
    itd_sv key;            /**< as it is compared */
    itd_sv value;          /**< as it is written, the first in byte order; of a director or agent its name, or its id */
    const itd_sv *members; /**< ids, in byte order */
    size_t member_count;
} itd_cluster_key;

typedef struct itd_cluster_member {
    itd_sv id, name; /**< the first name in byte order, or empty */
} itd_cluster_member;

/** Borrowed for the call. */
typedef struct itd_cluster {
    uint64_t number; /**< from 1 */
    const itd_cluster_member *members;
    size_t member_count;
    const itd_cluster_key *keys; /**< that two of them share at least */
    size_t key_count;
} itd_cluster;

typedef struct itd_clusters_summary {
    uint64_t entities; /**< that have a key */
    uint64_t keys, shared, common;
    uint64_t clusters, clustered; /**< and entities in one */
    uint64_t vague;               /**< values that are no key: a town, a number that is too short */
    uint64_t rejected;            /**< records that were left out while reading */
} itd_clusters_summary;

/** Who gets the answer; either may be NULL. Anything but ITD_OK ends the work. */
typedef struct itd_clusters_sink {
    itd_status (*on_cluster)(void *user, const itd_cluster *cluster); /**< the largest first, then by first id */
    itd_status (*on_common)(void *user, const itd_cluster_key *key);  /**< after them, by kind, then the most first */
    void *user;
} itd_clusters_sink;

/** Reads FollowTheMoney files, lists and `case:PATH` and joins who shares a key, one by one and in chains.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ENOTFOUND | ITD_EIO | ITD_ELIMIT | ITD_ENOMEM | what the sink gave.
 *  Cost: O(n log n) of the keys. */
ITD_API ITD_MUST_CHECK itd_status itd_clusters_find(itd_clusters_summary *out, itd_context *context,
                                                    const itd_read_options *sources,
                                                    const itd_clusters_options *options, const itd_clusters_sink *sink,
                                                    itd_error *error);
/** A cluster, and a common key, as a JSON object on one line. */
ITD_API ITD_MUST_CHECK itd_status itd_cluster_json(itd_bytes *out, const itd_cluster *cluster, itd_error *error);
ITD_API ITD_MUST_CHECK itd_status itd_cluster_common_json(itd_bytes *out, const itd_cluster_key *key, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
