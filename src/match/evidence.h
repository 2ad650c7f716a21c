#ifndef ITD_MATCH_EVIDENCE_H
#define ITD_MATCH_EVIDENCE_H

#include "match/match.h"

/* Evidence other than names: how values become facts, and how facts are weighed (docs/matching.md, section 4). */

/** Facts that one value gives at most. */
#define ITD_FACTS_OF_VALUE_MAX (2 * ITD_FACT_READINGS_MAX)
#define ITD_FACT_READINGS_MAX 4

/** What a value gives as evidence: nothing, one fact, an identifier one a reading, an address its country too. `text`
 * and `text_size` are left to the caller. Pure. Cost: O(size). */
size_t itd_facts_of(itd_match_fact out[static ITD_FACTS_OF_VALUE_MAX], const itd_entity_value *value);

/** A date's key: the years that it spans beyond the first (a range, or an approximate year), year, month, day. */
static inline uint64_t itd_date_key(unsigned span, unsigned year, unsigned month, unsigned day)
{
    return (uint64_t)span << 32 | (uint64_t)year << 16 | month << 8 | day;
}

/** Reads a date as lists and forms write it: any precision, approximate, a range of years, a decade. `birth`: a year
 * that is no year of birth by our calendar is none. False when it is no date. Pure. */
bool itd_date_read(uint64_t *out, itd_sv text, bool birth);

/** The telling words of an address as bits: two addresses that have one in common share a bit. */
uint64_t itd_address_key(itd_sv address);
/** Telling words that two addresses have in common; `*fewer` gets how many the one with fewer has. Words are compared
 * by their consonants and digits, as spellings of places vary. */
unsigned itd_address_common(unsigned *fewer, itd_sv a, itd_sv b);

/** What an identifier that is the same on both sides does to the score, beside its own weight. */
typedef enum itd_lift { ITD_LIFT_NONE, ITD_LIFT_SPECIFIC, ITD_LIFT_SETTLED } itd_lift;

/** What is held of a pair while its other evidence is weighed. */
typedef struct itd_evidence {
    const itd_match_entity *left, *right;
    const itd_match_space *left_space, *right_space;
    itd_match_contribution items[ITD_CONTRIBUTIONS_MAX];
    uint32_t count;
    int32_t sum;
    uint32_t identifier; /**< the item of an identifier that is the same; ITD_CONTRIBUTIONS_MAX: none */
    itd_lift lift;       /**< how far it lifts the score */
} itd_evidence;

void itd_evidence_add(itd_evidence *evidence, const char *feature, int32_t micro, const itd_match_fact *left,
                      const itd_match_fact *right);

/** Weighs one kind of other evidence. */
typedef void itd_evidence_feature(itd_evidence *evidence);
itd_evidence_feature itd_feature_schema, itd_feature_birth_date, itd_feature_country, itd_feature_gender,
    itd_feature_address, itd_feature_identifier;
void itd_features_weigh(itd_evidence *evidence);

/** The same identifier, at least; it carries more where ITD_LIFT_… asks for it. */
#define ITD_IDENTIFIER_SAME 150000

/** What each kind of evidence but identifiers adds at most, micro-units. */
enum {
    ITD_DATE_BEST = 150000,
    ITD_COUNTRY_BEST = 20000,
    ITD_GENDER_BEST = 5000,
    ITD_ADDRESS_BEST = 25000,
    ITD_EVIDENCE_BEST = ITD_DATE_BEST + ITD_COUNTRY_BEST + ITD_GENDER_BEST + ITD_ADDRESS_BEST,
};
/** The most that evidence but identifiers can add to any score of this question: what it has no value of adds nothing.
 * At most ITD_EVIDENCE_BEST. `same_year`: with entities that have a date in the same year; a date in no year of the
 * question's adds nothing. */
int32_t itd_evidence_best(const itd_match_entity *question, bool same_year);
/** Years of an entity's dates, modulo ITD_YEARS, a bit each: dates that add something to a score share one. */
uint64_t itd_years_of(const itd_match_entity *entity);

#endif
