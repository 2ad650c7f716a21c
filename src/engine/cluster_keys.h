#ifndef ITD_ENGINE_CLUSTER_KEYS_H
#define ITD_ENGINE_CLUSTER_KEYS_H

#include "base/vector.h"
#include "interdict/clusters.h"
#include "model/collection.h"

/* Who has which key, gathered from folded entities. */

typedef struct itd_key {
    itd_cluster_kind kind;
    itd_sv text;    /**< as it is compared; in the intern table */
    uint32_t value; /**< as it is written: the lowest text number that gave it; of a director or agent that of its id */
} itd_key;

/** An entity, by the text number of its id, has a key. */
typedef struct itd_key_use {
    uint32_t key, member;
} itd_key_use;

typedef struct itd_cluster_keys {
    itd_intern texts; /**< kind and key; key n is text n */
    ITD_VECTOR(itd_key) keys;
    ITD_VECTOR(itd_key_use) uses; /**< afterwards by key, then member, each once */
    uint64_t vague;
} itd_cluster_keys;

/** @return ITD_OK | ITD_ENOMEM | ITD_EIO (folding). `keys` is to be finished whatever happens. */
ITD_MUST_CHECK itd_status itd_cluster_keys_gather(itd_cluster_keys *keys, const itd_collection *collection,
                                                  size_t bytes_max, itd_error *error);
void itd_cluster_keys_finish(itd_cluster_keys *keys);

#endif
