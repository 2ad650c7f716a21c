#ifndef ITD_INDEX_INDEX_H
#define ITD_INDEX_INDEX_H

#include "base/pack.h"
#include "index/archive.h"
#include "interdict/index.h"
#include "match/match.h"
#include "model/collection.h"

/* The compiled search index: every statement that was read, and the searchable entities made ready for matching.
 * Entities are numbered 0 … entity_count - 1 in byte order of their ids; numbers hold within one file. */

/** Version of what stands inside the sections; part of the text profile that a file carries. */
#define ITD_INDEX_LAYOUT "index-5"

/** A searchable entity. Flat: a row of a section. */
typedef struct itd_index_entity {
    uint32_t id, caption, document; /**< text numbers */
    uint32_t dataset;               /**< row of the dataset section */
    uint32_t name_first, name_count;
    uint32_t fact_first, fact_count;
    uint32_t attribute_first; /**< text numbers: programmes, topics, then countries, each once */
    uint16_t programme_count, topic_count, country_count;
    uint16_t schema;
    uint32_t reserved;
    uint64_t line, offset;
} itd_index_entity;

/** A dataset. Flat. */
typedef struct itd_index_dataset_row {
    uint32_t dataset, reserved; /**< text number */
    uint64_t entities;          /**< the publisher's records */
    char version[64];           /**< as itd_read gives it, ended by NUL */
} itd_index_dataset_row;

/** Sum of the hashes of all that a searchable entity's record says (model/content.h). Flat. */
typedef struct itd_index_digest {
    unsigned char bytes[32];
} itd_index_digest;

/** What is counted once, when the index is written. Flat. */
typedef struct itd_index_counts {
    uint64_t records;  /**< the publishers' records, searchable or not */
    uint64_t rejected; /**< records that were left out as broken */
    uint64_t orphans;  /**< rows that were left out because their main record is missing */
    uint64_t statements;
} itd_index_counts;

struct itd_index {
    itd_pack pack;
    char *path;
    const itd_index_entity *entities;
    const itd_index_digest *digests; /**< one an entity */
    const itd_match_name *names;
    const itd_match_fact *facts;
    const uint32_t *attributes;
    itd_archive archive;
    const uint32_t *text_offsets; /**< text_count + 1 */
    const char *text_heap;
    const itd_index_dataset_row *dataset_rows;
    const itd_index_counts *counts;
    itd_index_dataset *datasets;
    itd_match_space space;
    struct itd_index_lazy *lazy; /**< what is made when it is first needed; owned */
    size_t entity_count, name_count, fact_count, attribute_count, text_count, dataset_count;
};

/** What the writer is told of each dataset that was read. */
typedef struct itd_index_source {
    itd_sv dataset;
    const char *version;
    uint64_t rejected, orphans;
} itd_index_source;

/** Compiles a folded collection into `path`. `sources` gives the versions and what was left out; datasets that it does
 * not name have no version. Same collection, same bytes. @return ITD_OK | ITD_ENOMEM | ITD_EIO | ITD_ELIMIT */
ITD_MUST_CHECK itd_status itd_index_write(const char *path, const itd_collection *collection,
                                          const itd_index_source *sources, size_t source_count, itd_error *error);

/** That whatever an entity, name or word of an open index points to lies inside of the file: after it, matching reads
 *  nothing else, even of a file that was damaged or forged. What the file says is not looked at.
 *  @return ITD_OK | ITD_EFORMAT (what is damaged)   Cost: O(everything but statements, which are looked at when they
 * are read).  Threads: any number. */
ITD_MUST_CHECK itd_status itd_index_check(const itd_index *index, itd_error *error);

/** The profile that an index file carries: the matcher's and the layout's. Static. */
const char *itd_index_profile(void);

/** An identifier of an entity, by its key (itd_match_fact). */
typedef struct itd_index_identifier {
    uint64_t key;
    uint32_t entity, reserved;
} itd_index_identifier;

/** What candidates are found by. Borrowed from the index. */
typedef struct itd_index_search {
    itd_match_space space;                   /**< with its lexicon */
    const uint32_t *entity_of_name;          /**< by name */
    const itd_index_identifier *identifiers; /**< by key, then entity */
    size_t identifier_count;
} itd_index_search;

/** Made by the first call: the time of a pass over the vocabulary, the names and the facts. Threads: safe.
 *  @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_index_search_of(itd_index_search *out, const itd_index *index, itd_error *error);

/** A string by its number, in byte order of the strings that entities name; empty when the number is out of range. */
itd_sv itd_index_text(const itd_index *index, uint32_t text);
/** An entity ready for matching; entity < entity_count. */
itd_match_entity itd_index_match_entity(const itd_index *index, size_t entity);
#endif
