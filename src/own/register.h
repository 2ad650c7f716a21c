#ifndef ITD_OWN_REGISTER_H
#define ITD_OWN_REGISTER_H

#include "base/pack.h"
#include "base/pool.h"
#include "model/stake.h"

/* A register of stakes, compiled: who holds what in whom, both ways round, on plain arrays. In memory, or mapped from a
 * file of the common form (base/pack.h, kind GRPH). Entities are 0 … entity_count - 1 in byte order of their ids,
 * stakes 0 … stake_count - 1 by what is owned, then by owner, then in the order in which they were read. */

/** Version of what stands inside the sections: the text profile of a file. */
#define ITD_REGISTER_LAYOUT "register-3"
#define ITD_PACK_REGISTER ITD_PACK_KIND('G', 'R', 'P', 'H')

/** Most stakes, and most files that they were read from. */
#define ITD_REGISTER_STAKES_MAX ((size_t)UINT32_MAX - 1)
#define ITD_REGISTER_FILES_MAX ((size_t)8192)

/** Most of a stake in one word: share_min_ppm and share_max_ppm (20 bits each), kind (3), reliability and credibility
 * (3 each; 0: none), dated, paired, number of the file (13). */
typedef uint64_t itd_term;

static inline uint32_t itd_term_min(itd_term term)
{
    return (uint32_t)term & 0xFFFFF;
}
static inline uint32_t itd_term_max(itd_term term)
{
    return (uint32_t)(term >> 20) & 0xFFFFF;
}
static inline itd_stake_kind itd_term_kind(itd_term term)
{
    return (itd_stake_kind)(term >> 40 & 7);
}
/** 0, or 1 for 'A' … 6 for 'F'. */
static inline unsigned itd_term_reliability(itd_term term)
{
    return (unsigned)(term >> 43) & 7;
}
static inline unsigned itd_term_credibility(itd_term term)
{
    return (unsigned)(term >> 46) & 7;
}
/** It has a start or an end. */
#define ITD_TERM_DATED (UINT64_C(1) << 49)
/** The register has another stake of the same two parties. */
#define ITD_TERM_PAIRED (UINT64_C(1) << 50)
static inline uint32_t itd_term_file(itd_term term)
{
    return (uint32_t)(term >> 51);
}

/** A date of a stake: days since 1970-01-01 of the first day that it can mean, times ITD_DAY_SPAN, plus how many days
 * it can mean beyond that. */
#define ITD_DAY_SPAN 512
#define ITD_START_OPEN INT32_MIN
#define ITD_END_OPEN INT32_MAX

/** A stake as its owner sees it. Flat. The term stands here once more: what a holder means for what it holds is then
 * read off one place. */
typedef struct itd_register_out {
    uint32_t owned, stake;
    itd_term term;
} itd_register_out;
/** Numbers of 32 bits from one of these to the next, for walks over `owned`. */
#define ITD_REGISTER_OUT_NUMBERS (sizeof(itd_register_out) / sizeof(uint32_t))

typedef struct itd_register {
    uint32_t entity_count, stake_count, file_count;
    const uint32_t *in_first; /**< entity_count + 1: the stakes in an entity are in_first[e] … in_first[e + 1] - 1 */
    const uint32_t *owner;    /**< by stake */
    const itd_term *term;     /**< by stake */
    const int32_t *start, *end;   /**< by stake */
    const uint32_t *line;         /**< by stake: of its file; 0: none */
    const uint32_t *out_first;    /**< entity_count + 1: what an entity holds */
    const itd_register_out *out;  /**< by owner, then owned, then stake */
    const uint32_t *id_first;     /**< entity_count + 1 */
    const char *id_heap;          /**< each ended by NUL */
    uint32_t alias_count;         /**< other ids of entities; 0: the three below may be NULL */
    const uint32_t *alias_first;  /**< alias_count + 1 */
    const char *alias_heap;       /**< each ended by NUL */
    const uint32_t *alias_entity; /**< whose id it is */
    const uint32_t *file_first;   /**< file_count + 1 */
    const char *file_heap;
    itd_pack pack; /**< of a mapped file */
    void **blocks; /**< of one in memory: what is to be freed; NULL ends them */
    bool mapped;
} itd_register;

/** NULL is fine. */
void itd_register_close(itd_register *r);
static inline itd_sv itd_register_id(const itd_register *r, uint32_t entity)
{
    return itd_sv_make(r->id_heap + r->id_first[entity], r->id_first[entity + 1] - r->id_first[entity] - 1);
}
/** Another id, by its number. */
static inline itd_sv itd_register_alias(const itd_register *r, uint32_t alias)
{
    return itd_sv_make(r->alias_heap + r->alias_first[alias], r->alias_first[alias + 1] - r->alias_first[alias] - 1);
}
/** The entity of an id, its own or another one of it. UINT32_MAX: not in the register. Cost: O(log entity_count). */
uint32_t itd_register_find(const itd_register *r, itd_sv id);
/** What a stake is in. Cost: O(log entity_count). */
uint32_t itd_register_owned(const itd_register *r, uint32_t stake);
/** Name of the file that a stake was read from. */
itd_sv itd_register_file(const itd_register *r, uint32_t stake);

/** BLAKE2b-256 of all that it says: the same for a file, and for what the file was compiled from.  Cost: a pass over
 * it.
 */
#define ITD_REGISTER_HASH ((size_t)32)
void itd_register_hash(unsigned char out[ITD_REGISTER_HASH], const itd_register *r);

/** Writes it whole or not at all; same register, same bytes. @return ITD_OK | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_register_write(const itd_register *r, const char *path, itd_error *error);
/** Maps a file and sees to it that whatever it points to lies inside: after that, work on it reads nothing else.
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_EIO | ITD_EFORMAT | ITD_EMISMATCH.  Cost: one pass over the numbers. */
ITD_MUST_CHECK itd_status itd_register_open(itd_register *out, const char *path, itd_error *error);
/** Reads all of it and compares checksums. */
ITD_MUST_CHECK itd_status itd_register_verify(const itd_register *r, const char *path, itd_error *error);

/** Stakes in any order become a register. Threads: one at a time. */
typedef struct itd_register_builder itd_register_builder;

/** `pool` lives longer than the builder; with more than one thread, ids are looked up beside the caller's reading.
 * NULL: all in the caller's thread. Same stakes, same register. @return ITD_OK | ITD_ENOMEM | ITD_EIO (no thread) */
ITD_MUST_CHECK itd_status itd_register_builder_create(itd_register_builder **out, itd_pool *pool, itd_error *error);
/** NULL is fine. */
void itd_register_builder_destroy(itd_register_builder *builder);
/** Stakes that follow are of this file, "own.csv". @return ITD_OK | ITD_ELIMIT (ITD_REGISTER_FILES_MAX) | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_register_builder_file(itd_register_builder *builder, itd_sv name, itd_error *error);
/** An itd_stake_sink; `builder` is the builder. A stake of kind ITD_STAKE_SAME is none: it makes the two ids one
 * entity, of which the first in byte order is the id, and the other is found. @return ITD_OK | ITD_EINVAL (an empty id,
 * one with a NUL; shares out of range) | ITD_ELIMIT | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_register_builder_add(void *builder, const itd_stake *stake, itd_error *error);
/** Ends it: `out` owns the arrays, the builder can only be destroyed. Cost: O(stakes + bytes of ids). */
ITD_MUST_CHECK itd_status itd_register_builder_take(itd_register *out, itd_register_builder *builder, itd_error *error);

#endif
