#include "model/keccak.h"

#include <stdint.h>
#include <string.h>

#define ROUNDS 24
#define RATE ((size_t)136) /* bytes a block: 1600 bits less twice 256 */

static uint64_t rotate(uint64_t word, unsigned by)
{
    return by ? word << by | word >> (64 - by) : word;
}

/* The round constants come from a linear feedback shift register (x^8 + x^6 + x^5 + x^4 + 1). */
static uint64_t round_constant(unsigned char *state)
{
    uint64_t constant = 0;
    for (unsigned j = 0; j < 7; j++) {
        if (*state & 1)
            constant |= UINT64_C(1) << ((1u << j) - 1);
        *state = (unsigned char)(*state << 1 ^ (*state & 0x80 ? 0x71 : 0));
    }
    return constant;
}

static void mix_columns(uint64_t a[25])
{
    uint64_t c[5];
    for (unsigned x = 0; x < 5; x++)
        c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (unsigned i = 0; i < 25; i++)
        a[i] ^= c[(i + 4) % 5] ^ rotate(c[(i + 1) % 5], 1);
}

static void move_lanes(uint64_t a[25])
{
    unsigned x = 1, y = 0, by = 0;
    uint64_t lane = a[1];
    for (unsigned t = 0; t < 24; t++) {
        by = (by + t + 1) % 64;
        unsigned next = (2 * x + 3 * y) % 5;
        x = y;
        y = next;
        uint64_t moved = a[x + 5 * y];
        a[x + 5 * y] = rotate(lane, by);
        lane = moved;
    }
}

static void mix_rows(uint64_t a[25])
{
    for (unsigned y = 0; y < 25; y += 5) {
        uint64_t row[5];
        memcpy(row, a + y, sizeof row);
        for (unsigned x = 0; x < 5; x++)
            a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
}

static void permute(uint64_t a[25])
{
    unsigned char state = 1;
    for (unsigned round = 0; round < ROUNDS; round++) {
        mix_columns(a);
        move_lanes(a);
        mix_rows(a);
        a[0] ^= round_constant(&state);
    }
}

static void absorb(uint64_t a[25], const unsigned char *block)
{
    for (size_t i = 0; i < RATE; i++)
        a[i / 8] ^= (uint64_t)block[i] << (8 * (i % 8));
    permute(a);
}

void itd_keccak256(unsigned char out[ITD_KECCAK256_BYTES], const void *data, size_t size)
{
    uint64_t a[25] = {0};
    const unsigned char *bytes = data;
    for (; size >= RATE; bytes += RATE, size -= RATE)
        absorb(a, bytes);
    unsigned char last[RATE] = {0};
    if (size)
        memcpy(last, bytes, size);
    last[size] ^= 0x01;
    last[RATE - 1] ^= 0x80;
    absorb(a, last);
    for (size_t i = 0; i < ITD_KECCAK256_BYTES; i++)
        out[i] = (unsigned char)(a[i / 8] >> (8 * (i % 8)));
}
