#ifndef INTERDICT_AUDIT_H
#define INTERDICT_AUDIT_H

#include "interdict/case.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Who did what in a case, and whether a case is what was written to it. docs/case.md tells how the records are made and
 * how to check them without this library. */

/** A record of the chain: one a command that wrote to the case. Borrowed for the call. */
typedef struct itd_case_record {
    int64_t number;
    itd_sv time, person, command, program; /**< time in UTC; program: its version */
    itd_sv what;                           /**< what the command said of itself, in short, for people */
    itd_sv content;                        /**< the record as it is kept: a JSON object without blanks */
    itd_sv hash;                           /**< hex */
} itd_case_record;

/** Records from `from` on, by number; 0: all. Nothing is verified on the way.
 *  @return ITD_OK | ITD_EFORMAT (a record is no record any more) | what on_record gave */
ITD_API ITD_MUST_CHECK itd_status itd_case_audit(itd_case *the_case, int64_t from,
                                                 itd_status (*on_record)(void *user, const itd_case_record *record),
                                                 void *user, itd_error *error);
/** A record as a JSON object on one line, without the line's end: its content and its `hash`. */
ITD_API ITD_MUST_CHECK itd_status itd_case_record_json(itd_bytes *out, const itd_case_record *record, itd_error *error);
/** All that is needed to check the chain elsewhere, as lines of JSON: what the case is, its records with their contents
 * byte for byte, its checkpoints. */
ITD_API ITD_MUST_CHECK itd_status itd_case_audit_export(itd_case *the_case,
                                                        itd_status (*on_line)(void *user, itd_sv line), void *user,
                                                        itd_error *error);

/** Hex of a public key, with its NUL. */
#define ITD_PUBLIC_KEY_TEXT 65
/** Draws a key to sign checkpoints with and writes its file, which its owner alone may read.
 *  @return ITD_OK | ITD_EINVAL (something of that name is there) | ITD_EIO | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_signing_key_create(char public_key[ITD_PUBLIC_KEY_TEXT], const char *path,
                                                         itd_error *error);
/** Signs the end of the chain with the key of a file, keeps the checkpoint in the case and gives its line, without the
 * line's end. @return ITD_OK | ITD_ENOTFOUND (no such key) | ITD_EIO (others may read the key, …) | ITD_EFORMAT */
ITD_API ITD_MUST_CHECK itd_status itd_case_checkpoint(itd_bytes *out, itd_case *the_case, const char *key_path,
                                                      itd_error *error);

/** Most checkpoints of one file. */
#define ITD_CASE_CHECKPOINTS_MAX 4096

typedef struct itd_case_verify_options {
    const char *checkpoints; /**< file of checkpoints that were kept elsewhere, a line each; NULL: none */
    const char *public_key;  /**< hex of the key that signed them; NULL: any key will do */
} itd_case_verify_options;

/** What was found sound. */
typedef struct itd_case_verified {
    char id[33];      /**< of the case */
    uint64_t pages;   /**< of the file */
    uint64_t records; /**< of the chain */
    char head[65];    /**< hash of the last */
    uint64_t checkpoints, generations, statements;
} itd_case_verified;

/** Reads a whole case and compares it with its sums, hashes and signatures. `options` may be NULL. `out` tells how far
 * it came, also on failure.
 *  @return ITD_OK | ITD_EFORMAT (the first thing that is broken, in words) | ITD_ENOTFOUND (the case or the file of
 * checkpoints) | ITD_EINVAL (public_key is no key) | ITD_ELIMIT | ITD_EMISMATCH (the case is of a newer program)
 *  Cost: one pass over the file and over its rows; memory does not grow with the statements. */
ITD_API ITD_MUST_CHECK itd_status itd_case_verify(itd_case_verified *out, const char *path,
                                                  const itd_case_verify_options *options, itd_error *error);
/** `{"ok",…}` on one line; `broken` NULL: nothing is, else the message. */
ITD_API ITD_MUST_CHECK itd_status itd_case_verified_json(itd_bytes *out, const itd_case_verified *verified,
                                                         const char *broken, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
