#ifndef ITD_MODEL_CONTENT_H
#define ITD_MODEL_CONTENT_H

#include "base/buffer.h"
#include "model/statement.h"

/* What a statement says, as bytes that are the same on every machine, and sums of their hashes. Where it stands in a
 * document and when it was seen are no part of it: a list that only moves its rows says the same. Property and schema
 * go by name, so that the bytes outlive a renumbering of the vocabulary. */

#define ITD_CONTENT_HASH_SIZE 32

/** Appends a text so that byte order of what was appended is byte order of the texts, whatever bytes they hold: NUL
 * becomes 00 FF, and 00 01 ends it. The buffer's `failed` tells of memory. */
void itd_content_text(itd_buffer *out, itd_sv text);
/** Takes such a text from the front of `*rest`; its bytes are decoded in place, which is why they are not const. False
 * when there is none. */
bool itd_content_take(itd_sv *text, char **rest, size_t *size);

/** Appends dataset, record, entity, property, value, schema, original, language, origin, grades and marking, in this
 * order: sorted, they are together by record, then by entity. */
void itd_content_append(itd_buffer *out, const itd_statement *statement);

/** A sum of hashes: what a set of statements says, in whatever order it is added up. Starts as all zeros. */
typedef struct itd_content_sum {
    uint64_t part[ITD_CONTENT_HASH_SIZE / 8]; /**< one number of 256 bits, least first */
} itd_content_sum;

/** BLAKE2b-256 of `bytes`, added modulo 2^256. Cost: one hash. */
void itd_content_add(itd_content_sum *sum, itd_sv bytes);
/** Takes an addend away again. */
void itd_content_subtract(itd_content_sum *sum, itd_sv bytes);
/** The number as bytes, the most significant first. */
void itd_content_bytes(unsigned char out[ITD_CONTENT_HASH_SIZE], const itd_content_sum *sum);

#endif
