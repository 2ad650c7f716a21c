#ifndef ITD_STORE_CHECKPOINT_H
#define ITD_STORE_CHECKPOINT_H

#include "store/audit.h"

/* A checkpoint says under a signature which record the chain of a case ended with. Kept where nobody who can write to
 * the case can reach it, it shows that records were taken away at the end, or that the whole chain was written anew.
 *
 * As text it is one line of JSON without blanks:
 * {"format":"interdict-checkpoint-1","case","number","hash","time","key", "signature"}. Signed, by Ed25519 (RFC 8032),
 * are the bytes of the line up to the comma before "signature", and "}". */

#define ITD_CHECKPOINT_KEY 32
#define ITD_CHECKPOINT_SIGNATURE 64
/** Longest line of a checkpoint. */
#define ITD_CHECKPOINT_LINE_MAX 640

typedef struct itd_checkpoint {
    char case_id[33];
    int64_t number; /**< of the record; 0: there was none yet */
    unsigned char hash[ITD_STORE_HASH];
    int64_t made;
    unsigned char key[ITD_CHECKPOINT_KEY]; /**< public */
    unsigned char signature[ITD_CHECKPOINT_SIGNATURE];
} itd_checkpoint;

/** A key to sign with. Wipe it with itd_signing_key_wipe. */
typedef struct itd_signing_key {
    unsigned char public_key[ITD_CHECKPOINT_KEY];
    unsigned char seed[32]; /**< RFC 8032 calls it the private key */
} itd_signing_key;

/** Draws a key and writes its file: three lines, "interdict-key-1", "public HEX", "secret HEX" (the seed).
 *  @return as itd_secret_create */
ITD_MUST_CHECK itd_status itd_signing_key_make(itd_signing_key *out, const char *path, itd_error *error);
/** @return as itd_secret_read | ITD_EFORMAT (not such a file, or its halves do not belong together) */
ITD_MUST_CHECK itd_status itd_signing_key_read(itd_signing_key *out, const char *path, itd_error *error);
void itd_signing_key_wipe(itd_signing_key *key);

/** Signs the head of the chain and keeps the checkpoint in the case too; inside of a transaction. */
ITD_MUST_CHECK itd_status itd_checkpoint_make(itd_checkpoint *out, itd_store *store, const itd_signing_key *key,
                                              int64_t now, itd_error *error);
/** The line, without its end, into ITD_CHECKPOINT_LINE_MAX bytes. */
itd_sv itd_checkpoint_line(char *out, const itd_checkpoint *checkpoint);
/** Takes a line apart. It has to be what itd_checkpoint_line writes, byte for byte. @return ITD_OK | ITD_EFORMAT |
 * ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_checkpoint_parse(itd_checkpoint *out, itd_sv line, itd_error *error);
/** Whether the signature is that of the checkpoint's own key. */
bool itd_checkpoint_is_signed(const itd_checkpoint *checkpoint);
/** Whether it is of this case, and the chain still has its record with its hash. The chain itself is not looked at.
 *  @return ITD_OK | ITD_EMISMATCH (another case) | ITD_EFORMAT (the record is another one, or gone) | … */
ITD_MUST_CHECK itd_status itd_checkpoint_fits(itd_store *store, const itd_checkpoint *checkpoint, itd_error *error);

/** Those that the case keeps, oldest first. @return ITD_OK | ITD_EFORMAT (one was damaged) | what the callback gave */
ITD_MUST_CHECK itd_status itd_checkpoint_each(itd_store *store,
                                              itd_status (*on_checkpoint)(void *user, const itd_checkpoint *checkpoint,
                                                                          itd_error *error),
                                              void *user, itd_error *error);

#endif
