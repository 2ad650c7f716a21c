#ifndef ITD_ENGINE_OWN_H
#define ITD_ENGINE_OWN_H

#include "engine/graph.h"
#include "own/explain.h"
#include "own/interest.h"

/** Of an index whether entities have topics: then those alone that have one of the regime's are listed. */
typedef struct itd_own_list_index {
    const itd_index *index;
    bool topical;
} itd_own_list_index;

#define ITD_OWN_LISTED_HASH ((size_t)32)

struct itd_own {
    const itd_graph *graph;
    itd_own_evaluation e;
    itd_own_interest interest; /**< worked out when an answer first asks for it, and again after a change */
    itd_arena arena;           /**< of the last answer */
    itd_own_summary summary;
    itd_own_list_index *lists; /**< that it was judged with */
    size_t list_count;
    char *listed_name;                              /**< of the file of listed parties; NULL: none */
    unsigned char listed_hash[ITD_OWN_LISTED_HASH]; /**< BLAKE2b-256 of the ids and categories in it, in their order */
    uint32_t *aliases; /**< numbers of the register's aliases, by entity; NULL until somebody asks */
};

/** Is the entity one of those of an index that are listed? False for an index that it was not judged with. */
bool itd_own_is_listing(const itd_own *own, const itd_index *index, const itd_index_entity *entity);
/** The other ids of a party, as numbers of aliases of the register. @return ITD_OK | ITD_ENOMEM.  Cost: O(log aliases),
 * the first time O(aliases log aliases). */
ITD_MUST_CHECK itd_status itd_own_aliases(const uint32_t **out, size_t *count, itd_own *own, itd_sv id,
                                          itd_error *error);

/** `"key":[low,high]`, and a step of a chain as a JSON object. */
void itd_own_put_range(itd_json_writer *json, const char *key, uint32_t low, uint32_t high);
void itd_own_put_step(itd_json_writer *json, const itd_own_step *step);
/** NULL is null. */
void itd_own_put_text_or_null(itd_json_writer *json, const char *key, const char *text);
/** The answer as a JSON object. */
void itd_own_answer_write(itd_json_writer *json, const itd_own_answer *answer);

#endif
