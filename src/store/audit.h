#ifndef ITD_STORE_AUDIT_H
#define ITD_STORE_AUDIT_H

#include "store/store.h"

/* The chain of who did what: one record a command, each with the hash of the one before it, of what it says, and of
 * every row that the command added. A record is never changed. */

/** What a command says of itself. Borrowed. */
typedef struct itd_audit_entry {
    const char *command; /**< "import", "screen", "decide" … */
    itd_sv person;       /**< who ran it */
    int64_t now;
    itd_sv content; /**< a JSON object of the command's own: inputs with their hashes, options, generation, profile,
                       hash of the result */
} itd_audit_entry;

/** The number that the record of the transaction under way will have: rows of the command carry it. */
ITD_MUST_CHECK itd_status itd_audit_number(int64_t *out, itd_store *store, itd_error *error);
/** Appends the record: the last write of a transaction. Hashes all rows that carry its number. */
ITD_MUST_CHECK itd_status itd_audit_append(itd_store *store, const itd_audit_entry *entry, itd_error *error);

#endif
