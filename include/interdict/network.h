#ifndef INTERDICT_NETWORK_H
#define INTERDICT_NETWORK_H

#include "interdict/graph.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A graph as a network: who is linked to whom, whatever the link is and whichever way it points. Who stands between the
 * others, who comes together, and who would part a gang from a bureau. A measure says where to look, never what is so.
 */

/** Borrows its graph. Threads: one at a time. */
typedef struct itd_network itd_network;

typedef struct itd_network_options {
    const char *as_of;       /**< YYYY-MM-DD: links that hold on that day, or may; NULL: all that was ever stated */
    bool without_suspicions; /**< statements with a grade worse than C2 make no link */
} itd_network_options;

typedef struct itd_network_info {
    uint64_t entities;            /**< of the graph that have a link */
    uint64_t links, suspected;    /**< pairs that are linked; by suspicions alone */
    uint64_t components, largest; /**< connected parts; entities of the largest */
} itd_network_info;

/** @return ITD_OK | ITD_EINVAL (the day) | ITD_ELIMIT (more links than ITD_LINKS_MAX of src/graph/links.h) |
 * ITD_ENOMEM. Cost: O(stakes). */
ITD_API ITD_MUST_CHECK itd_status itd_network_create(itd_network **out, itd_context *context, const itd_graph *graph,
                                                     const itd_network_options *options, itd_error *error);
/** NULL is fine. */
ITD_API void itd_network_destroy(itd_network *network);
ITD_API itd_network_info itd_network_about(const itd_network *network);

typedef enum itd_network_measure {
    ITD_NETWORK_BETWEENNESS,  /**< part of the shortest ways between two others that an entity lies on */
    ITD_NETWORK_PAGERANK,     /**< where a walker is found who goes from what is held to its holders, along links and
                                 joint arrangements both ways */
    ITD_NETWORK_COMMUNITIES,  /**< groups with more links inside than chance would give them */
    ITD_NETWORK_ARTICULATION, /**< entities whose loss alone parts the network */
} itd_network_measure;
#define ITD_NETWORK_MEASURES 4
/** "betweenness" …; NULL past the last. Static. */
ITD_API const char *itd_network_measure_name(unsigned measure);

#define ITD_NETWORK_LIMIT_DEFAULT 20

typedef struct itd_network_question {
    itd_network_measure measure;
    uint32_t searches; /**< of betweenness: entities to search from; 0: all, or as many as work allows */
    uint32_t limit;    /**< most rows; 0: all */
} itd_network_question;

/** How an answer was come by. */
typedef struct itd_network_answer {
    uint64_t found;           /**< rows that there are; entities without a link make none */
    uint32_t searches;        /**< of betweenness */
    bool exact;               /**< false: values were sampled */
    uint32_t error_micro;     /**< betweenness: by how much any value may be off, rounded up; holds for all together but
                                 for a risk of 1 in 100 */
    int32_t modularity_micro; /**< of communities */
} itd_network_answer;

/** An entity, or of communities a group. Borrowed for the call. */
typedef struct itd_network_row {
    uint64_t rank; /**< from 1 */
    itd_sv entity;
    uint32_t links, suspected; /**< of the entity; of a group those inside */
    uint32_t value_micro;      /**< betweenness, PageRank: in millionths, rounded to the nearest */
    uint32_t parts, cut_off;   /**< articulation: into how many its part of the network falls; entities that are no
                                  longer linked to the largest of them */
    uint32_t outside;          /**< of a group: links to other groups */
    const itd_sv *members;     /**< of a group, in byte order */
    size_t member_count;
    const itd_network_answer *answer; /**< that the row is of */
} itd_network_row;

/** Rows by value, then by id; groups by size, then by their first member; `on_row` ends the work by giving anything but
 * ITD_OK.
 *  @return ITD_OK | ITD_ENOMEM | what on_row gave.  Cost, source and threads: src/graph/central.h, links.h,
 * communities.h. */
ITD_API ITD_MUST_CHECK itd_status itd_network_ask(itd_network_answer *out, itd_network *network,
                                                  const itd_network_question *question,
                                                  itd_status (*on_row)(void *user, const itd_network_row *row),
                                                  void *user, itd_error *error);
/** The row as a JSON object on one line. */
ITD_API ITD_MUST_CHECK itd_status itd_network_row_json(itd_bytes *out, itd_network_measure measure,
                                                       const itd_network_row *row, itd_error *error);

/** Two groups of entities, each by ids, by a file of ids (a line each, "-" is standard input), or both. */
typedef struct itd_brokers_question {
    const char *const *from, *const *to;
    size_t from_count, to_count;
    const char *from_file, *to_file; /**< or NULL */
} itd_brokers_question;

/** An entity of a cut. */
typedef struct itd_broker {
    itd_sv id;
    uint32_t links, suspected;
} itd_broker;

/** The fewest entities whose loss leaves no way from one group to the other. Borrowed until the next answer. */
typedef struct itd_brokers {
    const itd_sv *from, *to; /**< in byte order */
    size_t from_count, to_count;
    bool linked;             /**< there is a way at all */
    bool separable;          /**< false: some of the two groups are linked directly, and no loss of others parts them */
    const itd_broker *cut;   /**< nearest to `from` */
    const itd_broker *other; /**< nearest to `to`: as many; the same when there is no other cut of that size */
    size_t size;             /**< of either */
    bool unique;             /**< no other set of that size does */
    const itd_graph_path *ways; /**< `size` of them, which share nobody but the groups: fewer losses would not do */
    const itd_graph_step *direct;
    size_t direct_count;
    const itd_graph_step *among; /**< all links between those who are in a group or on one of the ways */
    size_t among_count;
    uint64_t by_from, by_to; /**< what remains: entities still linked to a group, itself among them */
    uint64_t apart;          /**< linked to either before, to neither after */
} itd_brokers;

/** @return ITD_OK | ITD_ENOTFOUND (no such entity) | ITD_EINVAL (a group is empty; an entity is in both) | ITD_ELIMIT
 * (ITD_SEPARATE_MAX of src/graph/separate.h) | ITD_EFORMAT (a file) | ITD_EIO | ITD_ENOMEM.  Cost and source:
 * src/graph/separate.h. */
ITD_API ITD_MUST_CHECK itd_status itd_network_brokers(itd_brokers *out, itd_network *network,
                                                      const itd_brokers_question *question, itd_error *error);
/** The answer as a JSON object on one line. */
ITD_API ITD_MUST_CHECK itd_status itd_brokers_json(itd_bytes *out, const itd_brokers *brokers, itd_error *error);
/** The ways with the brokers on them as a picture: Graphviz DOT, or SVG. Suspected links are dashed. */
ITD_API ITD_MUST_CHECK itd_status itd_brokers_dot(itd_bytes *out, const itd_brokers *brokers, itd_error *error);
ITD_API ITD_MUST_CHECK itd_status itd_brokers_svg(itd_bytes *out, const itd_brokers *brokers, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
