#ifndef ITD_MODEL_KECCAK_H
#define ITD_MODEL_KECCAK_H

#include <stddef.h>

#define ITD_KECCAK256_BYTES 32

/** Keccak-256 with the padding of the Keccak submission (0x01), as Ethereum and Monero use it; SHA3-256 pads otherwise.
 * Source: The Keccak reference, version 3.0 (2011). */
void itd_keccak256(unsigned char out[ITD_KECCAK256_BYTES], const void *data, size_t size);

#endif
