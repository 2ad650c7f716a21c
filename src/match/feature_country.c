#include "match/internal.h"

/* Nationality, citizenship, seat, flag: any country that both name. A state that followed another one, a part of it, or
 * a place that two claim neither helps nor contradicts. North and South Korea are two. Of 1,402 people that two lists
 * have nine share no country, of 106 firms and ships none. */
enum { SAME_COUNTRY = ITD_COUNTRY_BEST, OTHER_COUNTRY = -120000, OTHER_SEAT = -150000 };

#define TWO(a, b) ((uint64_t)(a) << 8 | (b))
#define FOUR(a, b, c, d) (TWO(a, b) << 16 | TWO(c, d))

/* One row a state that is no more, or a place under another's rule, and a state that papers may name instead. */
static const uint64_t related[][2] = {
    {FOUR('s', 'u', 'h', 'h'), TWO('r', 'u')},
    {FOUR('s', 'u', 'h', 'h'), TWO('u', 'a')},
    {FOUR('s', 'u', 'h', 'h'), TWO('b', 'y')},
    {FOUR('s', 'u', 'h', 'h'), TWO('k', 'z')},
    {FOUR('s', 'u', 'h', 'h'), TWO('u', 'z')},
    {FOUR('s', 'u', 'h', 'h'), TWO('k', 'g')},
    {FOUR('s', 'u', 'h', 'h'), TWO('t', 'j')},
    {FOUR('s', 'u', 'h', 'h'), TWO('t', 'm')},
    {FOUR('s', 'u', 'h', 'h'), TWO('g', 'e')},
    {FOUR('s', 'u', 'h', 'h'), TWO('a', 'm')},
    {FOUR('s', 'u', 'h', 'h'), TWO('a', 'z')},
    {FOUR('s', 'u', 'h', 'h'), TWO('m', 'd')},
    {FOUR('s', 'u', 'h', 'h'), TWO('e', 'e')},
    {FOUR('s', 'u', 'h', 'h'), TWO('l', 'v')},
    {FOUR('s', 'u', 'h', 'h'), TWO('l', 't')},
    {FOUR('y', 'u', 'c', 's'), TWO('r', 's')},
    {FOUR('y', 'u', 'c', 's'), TWO('m', 'e')},
    {FOUR('y', 'u', 'c', 's'), TWO('h', 'r')},
    {FOUR('y', 'u', 'c', 's'), TWO('b', 'a')},
    {FOUR('y', 'u', 'c', 's'), TWO('s', 'i')},
    {FOUR('y', 'u', 'c', 's'), TWO('m', 'k')},
    {FOUR('y', 'u', 'c', 's'), TWO('x', 'k')},
    {FOUR('y', 'u', 'c', 's'), FOUR('c', 's', 'x', 'x')},
    {FOUR('c', 's', 'x', 'x'), TWO('r', 's')},
    {FOUR('c', 's', 'x', 'x'), TWO('m', 'e')},
    {FOUR('c', 's', 'x', 'x'), TWO('x', 'k')},
    {FOUR('c', 's', 'h', 'h'), TWO('c', 'z')},
    {FOUR('c', 's', 'h', 'h'), TWO('s', 'k')},
    {TWO('h', 'k'), TWO('c', 'n')},
    {TWO('m', 'o'), TWO('c', 'n')},
    {TWO('t', 'w'), TWO('c', 'n')},
    {TWO('x', 'k'), TWO('r', 's')},
    {TWO('p', 's'), TWO('i', 'l')},
    {TWO('e', 'h'), TWO('m', 'a')},
    {TWO('s', 's'), TWO('s', 'd')},
    {TWO('p', 'r'), TWO('u', 's')},
};

/* Parts of a state that another holds. */
static const uint64_t held[][2] = {
    {TWO('u', 'a'), TWO('r', 'u')}, /* Crimea, Donetsk, Luhansk */
    {TWO('g', 'e'), TWO('r', 'u')}, /* Abkhazia */
    {TWO('m', 'd'), TWO('r', 'u')}, /* Transnistria */
    {TWO('a', 'z'), TWO('a', 'm')}, /* Nagorno-Karabakh */
    {TWO('c', 'y'), TWO('t', 'r')}, /* Northern Cyprus */
};

/* The state of a part such as "ua-cri"; `part` says that it is one. */
static uint64_t state_of(uint64_t key, bool *part)
{
    unsigned bytes = 0;
    while (bytes < 8 && key >> (8 * bytes))
        bytes++;
    *part = bytes > 3 && (key >> (8 * (bytes - 3)) & 255) == '-';
    return *part ? key >> (8 * (bytes - 2)) : key;
}

static bool stands_for(uint64_t a, uint64_t b)
{
    for (size_t i = 0; i < sizeof related / sizeof related[0]; i++)
        if (related[i][0] == a && related[i][1] == b)
            return true;
    return false;
}

static bool is_related(uint64_t a, uint64_t b)
{
    bool part_a, part_b;
    uint64_t x = state_of(a, &part_a), y = state_of(b, &part_b);
    if (part_a || part_b) {
        for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
            if ((part_a && x == held[i][0] && y == held[i][1]) || (part_b && y == held[i][0] && x == held[i][1]))
                return true;
        if (x == y)
            return true;
    }
    return stands_for(x, y) || stands_for(y, x);
}

void itd_feature_country(itd_evidence *evidence)
{
    const itd_match_fact *left = NULL, *right = NULL;
    bool known = false; /* two that are related */
    bool person =
        itd_schema_is(evidence->left->schema, ITD_S_Person) || itd_schema_is(evidence->right->schema, ITD_S_Person);
    for (uint32_t i = 0; i < evidence->left->fact_count; i++) {
        const itd_match_fact *l = &evidence->left->facts[i];
        if (l->kind != ITD_FACT_COUNTRY)
            continue;
        for (uint32_t j = 0; j < evidence->right->fact_count; j++) {
            const itd_match_fact *r = &evidence->right->facts[j];
            if (r->kind != ITD_FACT_COUNTRY)
                continue;
            if (r->key == l->key) {
                itd_evidence_add(evidence, "country", SAME_COUNTRY, l, r);
                return;
            }
            known = known || is_related(l->key, r->key);
            if (!left) {
                left = l;
                right = r;
            }
        }
    }
    if (left && !known)
        itd_evidence_add(evidence, "country", person ? OTHER_COUNTRY : OTHER_SEAT, left, right);
}
