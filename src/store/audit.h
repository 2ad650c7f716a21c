#ifndef ITD_STORE_AUDIT_H
#define ITD_STORE_AUDIT_H

#include "store/store.h"

/* The chain of who did what: one record a command, each with the hash of the one before it, of what it says, and of
 * every row that the command added. A record is never changed.
 *
 * Its content is JSON without blanks: {"number","time","person","command","program","previous","rows", then what the
 * command says of itself}. `previous` is the hash of the record before it (of the first: itd_audit_genesis), `rows`
 * that of audit_rows.h, both as hex. The hash of a record is BLAKE2b-256 over the 32 bytes of the previous hash and the
 * bytes of the content. Nothing in the chain tells that records at its end were taken away: that needs a checkpoint
 * (store/checkpoint.h). */

/** Longest content of one record. */
#define ITD_AUDIT_CONTENT_MAX ((size_t)1 << 24)
/** Longest name of a person, in bytes. */
#define ITD_AUDIT_PERSON_MAX 255

/** What a command says of itself. Borrowed. */
typedef struct itd_audit_entry {
    const char *command; /**< "import", "screen", "decide" … */
    itd_sv person;       /**< who ran it; never empty */
    int64_t now;
    itd_sv content; /**< a JSON object of the command's own: inputs with their hashes, options, generation, profile,
                       hash of the result. Without blanks between its parts, and without a key of the record's own;
                       empty: nothing to say */
} itd_audit_entry;

/** The number that the record of the transaction under way will have: rows of the command carry it. */
ITD_MUST_CHECK itd_status itd_audit_number(int64_t *out, itd_store *store, itd_error *error);
/** Appends the record: the last write of a transaction. Hashes all rows that carry its number.
 *  @return ITD_OK | ITD_EINVAL (no person, content that is no such object) | ITD_ELIMIT | as itd_sql_step
 *  Cost: linear in those rows. */
ITD_MUST_CHECK itd_status itd_audit_append(itd_store *store, const itd_audit_entry *entry, itd_error *error);

/** A record as it is kept. Borrowed from the reader until its next step. */
typedef struct itd_audit_record {
    int64_t number;
    itd_sv content; /**< JSON */
    itd_sv hash;    /**< bytes; ITD_STORE_HASH of them, if nobody touched it */
} itd_audit_record;

typedef struct itd_audit_reader itd_audit_reader;

/** Records by number, from `from` on. */
ITD_MUST_CHECK itd_status itd_audit_reader_open(itd_audit_reader **out, itd_store *store, int64_t from,
                                                itd_error *error);
/** `*more` false: past the last. */
ITD_MUST_CHECK itd_status itd_audit_reader_next(itd_audit_reader *reader, itd_audit_record *record, bool *more,
                                                itd_error *error);
/** NULL is fine. */
void itd_audit_reader_close(itd_audit_reader *reader);

/** Number and hash of the last record; without one, 0 and itd_audit_genesis. */
ITD_MUST_CHECK itd_status itd_audit_head(int64_t *number, unsigned char hash[ITD_STORE_HASH], itd_store *store,
                                         itd_error *error);
/** BLAKE2b-256 over the previous hash and a content. */
void itd_audit_link(unsigned char out[ITD_STORE_HASH], const unsigned char previous[ITD_STORE_HASH], itd_sv content);

#endif
