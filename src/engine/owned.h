#ifndef ITD_ENGINE_OWNED_H
#define ITD_ENGINE_OWNED_H

#include "engine/own.h"
#include "screen/screen.h"
#include "store/store.h"

/* Hits of kind "owned": whether or not a list names the question's own party, those who hold it are listed. */

/** Who is asked, and the indexes that it was judged with as its lists. Borrowed. Threads: one at a time. */
typedef struct itd_owned_scope {
    itd_own *own;
    const itd_index *const *indexes;
    size_t index_count;
    const itd_screen_options *options; /**< of the screening, which checks them: its filters and its limit */
    bool own_ids; /**< the ids of questions are their own; else one that is the number of its line is none */
} itd_owned_scope;

/** Is the question's id the number of its line, and an id of the register too? Who is meant cannot be told then, and
 * least of all when the question is asked again without its line. */
bool itd_owned_is_unclear(const itd_owned_scope *scope, const itd_question *question);

/** The hits of a question, best first, then by id; in the arena, their verdicts until the scope is asked again. `out`
 * is untouched where there are none. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_owned_hits(const itd_hit **out, size_t *count, const itd_owned_scope *scope,
                                         const itd_question *question, itd_arena *arena, itd_error *error);
/** The same of a verdict: of each party that carries it, or of the entity where that is listed itself, the records that
 * make it listed and that the filters let through; the party's bare id where no index has a record of it. A verdict
 * other than "not blocked" has a hit, or filters that its parties do not pass. */
ITD_MUST_CHECK itd_status itd_owned_hits_of(const itd_hit **out, size_t *count, const itd_owned_scope *scope,
                                            const itd_own_answer *answer, itd_arena *arena, itd_error *error);
/** Puts such hits in their places among those of an answer, and cuts it at the limit; 0: all are kept. */
ITD_MUST_CHECK itd_status itd_owned_join(itd_answer *answer, const itd_hit *hits, size_t count, size_t limit,
                                         itd_arena *arena, itd_error *error);
/** The order of hits: by score, highest first, then by id. */
int itd_owned_hit_order(const itd_hit *a, const itd_hit *b);
/** BLAKE2b-256 of what a person decides about: the entity, the verdict, its basis, rule and share, who carries it, and
 * through whom. Neither the day nor where a stake stands in its file is among it, nor what could change the verdict. */
void itd_owned_digest(unsigned char out[ITD_STORE_HASH], const itd_own_answer *own);

/** A graph judged with lists, as a screening under a case has it. All zeros: owners are not asked. */
typedef struct itd_owned_opened {
    itd_graph *graph;
    itd_owned_scope scope;
    const itd_read_options *registers;
    const char *listed; /**< file of listed parties beside the indexes; NULL: none */
    const char *regime, *as_of;
} itd_owned_opened;

/** Reads the registers and judges them; the rest is borrowed. Close it whatever comes out.
 *  @return as itd_graph_open and itd_own_create */
ITD_MUST_CHECK itd_status itd_owned_open(itd_owned_opened *opened, itd_context *context, itd_error *error);
void itd_owned_close(itd_owned_opened *opened);
/** `{"regime","as_of","registers":[],"hash"}`, and "listed":{"file","hash"} where there is such a file: what is needed
 * to do it again, and to see whether it is the same. */
void itd_owned_write(itd_json_writer *json, const itd_owned_opened *opened);

#endif
