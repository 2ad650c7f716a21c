#ifndef ITD_FETCH_CARD_H
#define ITD_FETCH_CARD_H

#include "base/error.h"
#include "fetch/head.h"

#define ITD_FETCH_URL_MAX 2048
/** Largest card that is read, bytes. */
#define ITD_CARD_BYTES_MAX ((size_t)1 << 16)
/** BLAKE2b-256 in hexadecimal, with its NUL. */
#define ITD_CARD_HASH_MAX 65

/** What is known of a file that was fetched; kept beside it as a small JSON object. Texts are empty and numbers 0 when
 * not known. */
typedef struct itd_card {
    char url[ITD_FETCH_URL_MAX]; /**< as in the table of publishers: a token stands by its name */
    char etag[ITD_FETCH_FIELD_MAX], last_modified[ITD_FETCH_FIELD_MAX];
    char hash[ITD_CARD_HASH_MAX];
    char format[64], version[64], dataset[64];
    char reason[ITD_ERROR_MESSAGE_MAX + 1]; /**< why it is held */
    uint64_t bytes, entities, rejected;
    int64_t fetched_us; /**< when its bytes came, UTC since 1970 */
    int64_t checked_us; /**< when the publisher last said that they are the newest */
} itd_card;

/** Reads a card. One that is damaged is as good as none, for all in it can be found out again.
 *  @param found  false: none that can be used
 *  @return ITD_OK | ITD_ENOMEM | ITD_EIO */
ITD_MUST_CHECK itd_status itd_card_read(itd_card *out, bool *found, const char *path, itd_error *error);
/** From its text. False when it is no card: not JSON, a field too long or of another type.  @return ITD_OK | ITD_ENOMEM
 */
ITD_MUST_CHECK itd_status itd_card_parse(itd_card *out, bool *found, itd_sv text, itd_error *error);
/** Writes it whole or not at all. @return ITD_OK | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_card_write(const itd_card *card, const char *path, itd_error *error);

#endif
