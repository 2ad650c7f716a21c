#ifndef ITD_STORE_PAGE_SUM_H
#define ITD_STORE_PAGE_SUM_H

#include <stddef.h>
#include <stdint.h>

/** Bytes that a sum takes. */
#define STORE_PAGE_SUM_BYTES 8

/** Sum of the first `size` bytes (a multiple of 8) of page `number`. Part of the file format: it never changes.
 *
 *  Strength: damage that stays within eight aligned bytes (a flipped bit, a lost byte) always changes the sum, and so
 *  does the same content under another page number: each step is a bijection of what came before. Of other damage one
 *  case in 2^64 passes. It is no protection against somebody who forges pages: that is what the chain of the audit is
 * for. Cost: eight bytes in about two cycles.  Threads: pure. */
uint64_t store_page_sum(const unsigned char *page, size_t size, uint32_t number);
/** The sum that the last eight bytes of a page hold, and putting it there. `size` is that of the whole page. */
uint64_t store_page_sum_get(const unsigned char *page, size_t size);
void store_page_sum_put(unsigned char *page, size_t size, uint32_t number);

#endif
