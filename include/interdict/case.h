#ifndef INTERDICT_CASE_H
#define INTERDICT_CASE_H

#include "interdict/export.h"
#include "interdict/lists.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A case file: what was read, generation by generation, what was decided, and who did what. Belongs to one thread at a
 * time; any number of processes may read one case while one writes to it.
 *
 * Every command is one transaction: after a crash a case is what it was before the command, or what it was to become.
 * Calls give, beside what each names, ITD_EFORMAT (not a case, or damaged), ITD_EBUSY (another process writes), ITD_EIO
 * and ITD_ENOMEM. */
typedef struct itd_case itd_case;

typedef struct itd_case_options {
    bool two_person; /**< no decision holds before a second person has made it too */
} itd_case_options;

/** Makes an empty case, whole or not at all. `options` NULL: defaults. @return ITD_OK | ITD_EINVAL (the name is taken)
 */
ITD_API ITD_MUST_CHECK itd_status itd_case_create(const char *path, const itd_case_options *options, itd_error *error);
/** `writing` false: nothing is written. @return ITD_OK | ITD_ENOTFOUND | ITD_EMISMATCH (of a newer program) */
ITD_API ITD_MUST_CHECK itd_status itd_case_open(itd_case **out, const char *path, bool writing, itd_error *error);
/** NULL is fine. */
ITD_API void itd_case_close(itd_case *the_case);
/** Work that was begun and did not finish, as a sentence; empty when there is none. Borrowed from the case. */
ITD_API const char *itd_case_left(const itd_case *the_case);

/** A generation of a dataset. Borrowed for the call. */
typedef struct itd_case_generation {
    itd_sv dataset, version;
    int64_t number;                   /**< through all datasets of the case, from 1 */
    int64_t imported, last_seen;      /**< microseconds UTC: when it came, and when it was last found unchanged */
    uint64_t entities, statements;    /**< that hold in it */
    uint64_t added, changed, removed; /**< entities, against the generation before it */
    uint64_t rejected, orphans;       /**< left out when it was read */
    bool is_new;                      /**< of an import: it was made by it; false: nothing had changed */
} itd_case_generation;

/** Reads lists into the case: a generation of each dataset whose content changed. Entities that a dataset does not have
 * any more end with the generation before; nothing is forgotten.
 *  @param person who does it, for the audit record
 *  @param on_generation told of each dataset, in the order of their ids, when everything is written; may be NULL
 *  @return ITD_OK | ITD_ENOTFOUND | ITD_ELIMIT (ITD_CASE_DATASET_MAX) | what on_generation gave
 *  Cost: a sort of what is read, on the disk; a hash a statement; rows for what changed. */
ITD_API ITD_MUST_CHECK itd_status itd_case_import(
    itd_case *the_case, itd_context *context, const itd_read_options *options, const char *person,
    itd_status (*on_generation)(void *user, const itd_case_generation *generation), void *user, itd_error *error);
/** Most entities of one dataset of a case; registers beyond it are compiled without one. */
#define ITD_CASE_DATASET_MAX 1000000

/** The newest generation that is not above `number` (0: any) and was imported by the end of `as_of` (an ISO date or
 * time, UTC; NULL: any); 0 when there is none.
 *  @return ITD_OK | ITD_EINVAL (`as_of` is no date) | ITD_ENOTFOUND (`number` is above the newest) */
ITD_API ITD_MUST_CHECK itd_status itd_case_find_generation(int64_t *out, itd_case *the_case, int64_t number,
                                                           const char *as_of, itd_error *error);

/** What a case holds after a generation. */
typedef struct itd_case_stats {
    const char *id;                /**< of the case: 32 hex digits */
    uint64_t entities, statements; /**< of all datasets */
    uint64_t generations;          /**< that there are, up to the one asked for */
    int64_t generation;
    bool two_person;
    const itd_case_generation *datasets; /**< the newest of each, by id */
    size_t dataset_count;
} itd_case_stats;

/** Borrowed from the case until its next call. */
ITD_API ITD_MUST_CHECK itd_status itd_case_stats_read(itd_case_stats *out, itd_case *the_case, int64_t generation,
                                                      itd_error *error);
/** `{"case","entities","statements","generations",…}` on one line. */
ITD_API ITD_MUST_CHECK itd_status itd_case_stats_json(itd_bytes *out, const itd_case_stats *stats, itd_error *error);
/** One generation: `{"dataset","version","generation",…}`. */
ITD_API ITD_MUST_CHECK itd_status itd_case_generation_json(itd_bytes *out, const itd_case_generation *generation,
                                                           itd_error *error);

/** A statement that came or went. Borrowed. */
typedef struct itd_case_statement {
    itd_sv entity, value, original, lang, document;
    const char *schema, *property;
    uint64_t line, offset; /**< 0 and ITD_NOWHERE when not known */
} itd_case_statement;

/** An entity that differs. Borrowed for the call. */
typedef struct itd_case_change {
    const char *change; /**< "added", "changed", "removed" */
    itd_sv id;
    const itd_case_statement *added, *removed;
    size_t added_count, removed_count;
    itd_sv json; /**< `{"change","id","statements":{"added":[],"removed":[]}}` */
} itd_case_change;

/** What differs in a dataset after two generations, by id. @param from 0: the dataset's generation before `to`;
 *  @param to 0: its newest
 *  @return ITD_OK | ITD_ENOTFOUND (no such dataset or generation) | what on_change gave */
ITD_API ITD_MUST_CHECK itd_status itd_case_diff(itd_case *the_case, const char *dataset, int64_t from, int64_t to,
                                                itd_status (*on_change)(void *user, const itd_case_change *change),
                                                void *user, itd_error *error);

/** Everything that the case held after a generation, as itd_export gives it. */
ITD_API ITD_MUST_CHECK itd_status itd_case_export(itd_case *the_case, itd_context *context, int64_t generation,
                                                  itd_export_format format,
                                                  itd_status (*on_line)(void *user, itd_sv line), void *user,
                                                  itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
