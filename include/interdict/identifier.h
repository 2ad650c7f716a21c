#ifndef INTERDICT_IDENTIFIER_H
#define INTERDICT_IDENTIFIER_H

#include "interdict/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Longest normal form of any identifier, in bytes, without the ending NUL. */
#define ITD_IDENTIFIER_MAX 128

/** An identifier in its normal form. */
typedef struct itd_identifier {
    const char *kind;                   /**< the kind's name, static: "imo-ship", "iban", … */
    char value[ITD_IDENTIFIER_MAX + 1]; /**< normal form, NUL-terminated ASCII */
} itd_identifier;

/** Brings an identifier as people write it into its normal form, and checks it.
 *
 *  @param out   written on success only
 *  @param kind  the kind's name: "imo-ship", "imo-company", "mmsi", "iban", "bic", "lei", "isin", "inn", "ogrn",
 * "passport", "btc", "eth", "trx", "xmr", "ltc", "tail-number"
 *  @param text  UTF-8, `size` bytes, need not end in NUL
 *  @param error filled on failure; may be NULL
 *  @return ITD_OK | ITD_EFORMAT (not such an identifier; the message says why, the offset where) | ITD_ENOTFOUND (no
 * such kind)
 *
 *  Cost: O(size), no allocation.  Threads: safe.
 */
ITD_API ITD_MUST_CHECK itd_status itd_identifier_parse(itd_identifier *out, const char *kind, const char *text,
                                                       size_t size, itd_error *error);

/** Names of all kinds, in table order; NULL past the last. Static. */
ITD_API const char *itd_identifier_kind(size_t index);

#ifdef __cplusplus
}
#endif

#endif
