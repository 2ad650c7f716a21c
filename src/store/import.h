#ifndef ITD_STORE_IMPORT_H
#define ITD_STORE_IMPORT_H

#include "store/store.h"

/* Lists into a case. What is read is sorted on the disk, so that memory does not grow with it, and held against what
 * the case has, record by record: what says the same is left alone. */

/** Most records of one dataset; a larger register is compiled straight into an index or a graph. */
#define ITD_IMPORT_RECORDS_MAX 1000000
/** Longest version of a dataset, in bytes; those of several sources are joined by "+". */
#define ITD_IMPORT_VERSION_MAX 63

typedef struct itd_import itd_import;

/** `sort_bytes`: memory for sorting. `records_max`: ITD_IMPORT_RECORDS_MAX, or less for a test. */
ITD_MUST_CHECK itd_status itd_import_create(itd_import **out, itd_store *store, size_t sort_bytes, size_t records_max,
                                            itd_error *error);
/** NULL is fine. */
void itd_import_destroy(itd_import *import);

/** The statements that follow are of another source, whose files are told by itd_import_document. */
void itd_import_next_source(itd_import *import);
/** A file of the current source: its name as statements carry it. `hash`: BLAKE2b-256 of the file. */
ITD_MUST_CHECK itd_status itd_import_document(itd_import *import, itd_sv name, const unsigned char hash[ITD_STORE_HASH],
                                              uint64_t bytes, itd_error *error);
/** An itd_statement_sink; `context` is the import.
 *  @return ITD_OK | ITD_EINVAL (a property that the statement's schema does not have) | as itd_sorter_add */
ITD_MUST_CHECK itd_status itd_import_add(void *context, const itd_statement *statement, itd_error *error);
/** What the current source was: a dataset that has nothing in it any more is known from here. */
ITD_MUST_CHECK itd_status itd_import_dataset(itd_import *import, itd_sv dataset, const char *version, uint64_t rejected,
                                             uint64_t orphans, itd_error *error);

/** What became of a dataset. */
typedef struct itd_import_result {
    itd_sv dataset, version;
    int64_t generation;               /**< the one that holds now */
    int64_t imported;                 /**< when that one came */
    bool is_new;                      /**< false: the case knew all of it; only the sighting was noted */
    uint64_t records, statements;     /**< that hold now */
    uint64_t added, changed, removed; /**< records */
    uint64_t rejected, orphans;
} itd_import_result;

/** Makes a generation of each dataset that says something new, in byte order of their ids; inside of a transaction.
 * `progress` may be NULL: told how many statements are in.
 *  @return ITD_OK | ITD_ELIMIT (records) | ITD_EIO | ITD_EBUSY | ITD_ENOMEM: undo the transaction */
ITD_MUST_CHECK itd_status itd_import_finish(itd_import *import, int64_t now, int64_t audit,
                                            itd_status (*on_result)(void *user, const itd_import_result *result,
                                                                    itd_error *error),
                                            void (*progress)(void *user, uint64_t done, uint64_t total), void *user,
                                            itd_error *error);

#endif
