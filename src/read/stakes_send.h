#ifndef ITD_READ_STAKES_SEND_H
#define ITD_READ_STAKES_SEND_H

#include "read/stakes_csv.h"

/* What readers of registers have in common once a record is taken apart. */

/** Longest reason of a reject, with its NUL. */
#define ITD_STAKES_REASON_MAX 320
/** What the id of an address starts with. */
#define ITD_STAKES_ADDRESS "address:"

/** Where a record stands. */
typedef struct itd_stakes_place {
    uint64_t line, offset;
} itd_stakes_place;

/** Counts and tells a reject. @return ITD_OK under skip_bad, else ITD_EFORMAT with its place */
ITD_MUST_CHECK itd_status itd_stakes_reject(itd_stakes_reading *reading, const itd_input *input,
                                            const itd_stakes_place *place, itd_sv record, const char *reason,
                                            itd_error *error);
/** Hands a stake to the sink and counts it. */
ITD_MUST_CHECK itd_status itd_stakes_send(itd_stakes_reading *reading, const itd_stake *stake, itd_error *error);
/** The register knows the party, and does not say who holds it: a link of the party to itself. The id is one.
 *  @param start, end  as those of a stake */
ITD_MUST_CHECK itd_status itd_stakes_send_alone(itd_stakes_reading *reading, itd_sv party, itd_date start, itd_date end,
                                                uint64_t line, itd_error *error);
/** Links a party to its address, whose id is ITD_STAKES_ADDRESS and the parts that are not empty, in upper case (ASCII)
 * with single blanks, a comma between parts, at most ITD_STAKE_ID_BYTES_MAX bytes; what is longer is cut. Without any
 * part nothing is sent. */
ITD_MUST_CHECK itd_status itd_stakes_send_address(itd_stakes_reading *reading, itd_sv party, const itd_sv *parts,
                                                  size_t count, uint64_t line, itd_error *error);

/** Tells of a party, where anybody wants to know. */
ITD_MUST_CHECK itd_status itd_stakes_tell(const itd_stakes_reading *reading, const itd_stakes_party *party,
                                          itd_error *error);

/** `prefix` and the publisher's key, as an id, in `room`. ITD_SV_NONE: the key is none, or both are too long together.
 */
itd_sv itd_stakes_id(char room[ITD_STAKE_ID_BYTES_MAX], const char *prefix, itd_sv key);
/** Can this be an id? Not empty, no NUL, at most ITD_STAKE_ID_BYTES_MAX bytes. */
bool itd_stakes_is_id(itd_sv id);
/** Takes a date or the day of a time; an empty text leaves `out` as it is. False: neither. */
bool itd_stakes_day(itd_date *out, itd_sv text);
/** False: it certainly ends before it starts. Dates that are open fit. */
bool itd_stakes_days_fit(itd_date start, itd_date end);

/** Tells how far the reading is. */
void itd_stakes_progress(const itd_stakes_reading *reading, const itd_input *input);

#endif
