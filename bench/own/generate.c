/* An invented register of any size, the same for the same seed.
 *   bench_own_generate ENTITIES REGISTER LISTED_FEW LISTED_MANY
 * Two fifths are persons. A company has one to six owners, 1.2 stakes an entity on the whole; a few holders have very
 * many (of 12 million stakes the largest one has some 70,000), a few stakes make cycles, two fifths of the companies
 * state bands as the UK's register does. One entity in 2,000 is listed, and one in 10. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t seed = 6;

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014). */
static uint64_t next(void)
{
    uint64_t z = seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint64_t below(uint64_t limit)
{
    return next() % limit;
}

static double unit(void)
{
    return (double)(next() >> 11) / 9007199254740992.0;
}

static void put_id(FILE *out, uint64_t number, uint64_t persons)
{
    (void)fprintf(out, number < persons ? "P%08llu" : "C%08llu", (unsigned long long)number);
}

/* Of companies the first ones hold the most. */
static uint64_t some_owner(uint64_t persons, uint64_t entities)
{
    uint64_t companies = entities - persons, kind = below(100);
    if (kind < 62)
        return below(persons);
    if (kind < 98)
        return persons + (uint64_t)((double)companies * pow(unit(), 3.85));
    return persons + below(companies);
}

static unsigned owner_count(void)
{
    uint64_t at = below(100);
    return at < 36 ? 1 : at < 68 ? 2 : at < 85 ? 3 : at < 93 ? 4 : at < 97 ? 5 : 6;
}

static void put_stakes(FILE *out, uint64_t company, uint64_t persons, uint64_t entities)
{
    static const unsigned bands[][2] = {{250001, 500000}, {500001, 749999}, {750000, 1000000}};
    unsigned owners = owner_count(), left = 1000000;
    int banded = below(5) < 2;
    for (unsigned i = 0; i < owners; i++) {
        unsigned share = i + 1 == owners ? left : (unsigned)(unit() * left), low = share, high = share;
        left -= share;
        for (unsigned b = 0; banded && b < 3; b++)
            if (share >= bands[b][0] && share <= bands[b][1]) {
                low = bands[b][0];
                high = bands[b][1];
            }
        if (banded && share <= 250000)
            continue; /* not significant: not stated */
        put_id(out, some_owner(persons, entities), persons);
        (void)fputc(',', out);
        put_id(out, company, persons);
        (void)fprintf(out, ",%u,%u,shares\n", low, high);
    }
}

static FILE *open_new(const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        (void)fprintf(stderr, "usage: bench_own_generate ENTITIES REGISTER LISTED_FEW LISTED_MANY\n");
        return 2;
    }
    uint64_t entities = strtoull(argv[1], NULL, 10), persons = entities * 2 / 5;
    FILE *out = open_new(argv[2]), *few = open_new(argv[3]), *many = open_new(argv[4]);
    (void)fputs("owner,owned,share_min_ppm,share_max_ppm,kind\n", out);
    for (uint64_t company = persons; company < entities; company++)
        put_stakes(out, company, persons, entities);
    for (uint64_t n = 0; n < entities; n++) {
        if (below(2000) == 0) {
            put_id(few, n, persons);
            (void)fputc('\n', few);
        }
        if (below(10) == 0) {
            put_id(many, n, persons);
            (void)fputc('\n', many);
        }
    }
    return fclose(out) || fclose(few) || fclose(many);
}
