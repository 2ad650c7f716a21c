#include "store/page_sum.h"

#include <assert.h>
#include <string.h>

/* Odd, so that to multiply by them loses nothing; first digits of the fractions of the
 * square roots of 2 (its last bit set), 3, 5 and 7. */
#define K0 UINT64_C(0x6A09E667F3BCC909)
#define K1 UINT64_C(0xBB67AE8584CAA73B)
#define K2 UINT64_C(0x3C6EF372FE94F82B)
#define K3 UINT64_C(0xA54FF53A5F1D36F1)

#define LANES ((size_t)4)

static uint64_t load(const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap64(word);
}

/* A bijection of `state` for each word, and of the word for each state. The turn between the two products carries what
 * the first one piled up at the top to the bottom, from where the second one spreads it. */
static uint64_t step(uint64_t state, uint64_t word)
{
    state = (state ^ word) * K0;
    state = state << 32 | state >> 32;
    return state * K1;
}

/* Four lanes side by side, as a processor multiplies faster than it waits for a product. A change within one word
 * changes its lane for certain, and a changed lane the sum for certain, for the lanes are taken up one after the other.
 */
uint64_t store_page_sum(const unsigned char *page, size_t size, uint32_t number)
{
    assert(page && size % 8 == 0);
    uint64_t lane[LANES] = {K0, K1, K2, K3};
    size_t at = 0;
    for (; size - at >= 8 * LANES; at += 8 * LANES) {
        lane[0] = step(lane[0], load(page + at));
        lane[1] = step(lane[1], load(page + at + 8));
        lane[2] = step(lane[2], load(page + at + 16));
        lane[3] = step(lane[3], load(page + at + 24));
    }
    for (size_t i = 0; at < size; at += 8, i++)
        lane[i] = step(lane[i], load(page + at));
    uint64_t sum = step(K2 ^ size, number);
    for (size_t i = 0; i < LANES; i++)
        sum = step(sum, lane[i]);
    sum ^= sum >> 32;
    sum *= K3;
    return sum ^ sum >> 29;
}

uint64_t store_page_sum_get(const unsigned char *page, size_t size)
{
    return load(page + size - STORE_PAGE_SUM_BYTES);
}

void store_page_sum_put(unsigned char *page, size_t size, uint32_t number)
{
    uint64_t sum = store_page_sum(page, size - STORE_PAGE_SUM_BYTES, number);
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
        sum = __builtin_bswap64(sum);
    memcpy(page + size - STORE_PAGE_SUM_BYTES, &sum, sizeof sum);
}
