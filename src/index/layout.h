#ifndef ITD_INDEX_LAYOUT_H
#define ITD_INDEX_LAYOUT_H

/* Sections of an index file. A section that changes its form gets another number, and ITD_INDEX_LAYOUT another name; so
 * does a change of what properties and schemata are numbered. */
typedef enum itd_index_section {
    ITD_SECTION_DATASETS = 1,   /**< itd_index_dataset_row[] */
    ITD_SECTION_TEXT_OFFSETS,   /**< uint32_t[], one more than texts */
    ITD_SECTION_TEXT_HEAP,      /**< the texts, each followed by NUL */
    ITD_SECTION_ENTITIES = 6,   /**< itd_index_entity[]: the searchable ones */
    ITD_SECTION_ATTRIBUTES,     /**< uint32_t[]: text numbers */
    ITD_SECTION_NAMES,          /**< itd_match_name[] */
    ITD_SECTION_FACTS,          /**< itd_match_fact[] */
    ITD_SECTION_TOKENS,         /**< itd_match_token[] */
    ITD_SECTION_TOKEN_IDS,      /**< uint32_t[] */
    ITD_SECTION_MATCH_HEAP,     /**< texts of tokens, names and facts */
    ITD_SECTION_COUNTS,         /**< one itd_index_counts */
    ITD_SECTION_DIGESTS,        /**< itd_index_digest[]: one a searchable entity */
    ITD_SECTION_ARCHIVE,        /**< blocks of all statements, compressed: archive.h */
    ITD_SECTION_ARCHIVE_BLOCKS, /**< itd_archive_block[] */
    ITD_SECTION_ARCHIVE_HASH,   /**< of the blocks before they were compressed */
} itd_index_section;

#endif
