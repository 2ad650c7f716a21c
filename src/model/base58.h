#ifndef ITD_MODEL_BASE58_H
#define ITD_MODEL_BASE58_H

#include "model/identifier_text.h"

/** Bytes of a base58check payload with its version and checksum: the addresses that are read here. */
#define ITD_BASE58CHECK_BYTES ((size_t)25)

/** Value of a base58 character (Bitcoin's alphabet), or -1. */
int itd_base58_value(char c);

/** Checks an address of 25 bytes: a version, 20 bytes of hash, four of double SHA-256. `value` becomes the text.
 * `versions` are those that are fine, ended by -1. Source: Bitcoin's base58check (bitcoin.it wiki, Base58Check
 * encoding).
 *  @return ITD_OK | ITD_EFORMAT */
itd_status itd_base58check_read(char *value, itd_sv text, const int *versions, itd_refusal refusal);

#endif
