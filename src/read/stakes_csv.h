#ifndef ITD_READ_STAKES_CSV_H
#define ITD_READ_STAKES_CSV_H

#include "base/json.h"
#include "model/stake.h"
#include "read/reader.h"
#include "read/xml.h"

/* A register in its simplest form: CSV under the header
 * `owner,owned,share_min_ppm,share_max_ppm,kind,start,end`, its columns in any order. start and end may be absent, and
 * so may `grade`, an Admiralty grade such as B2. Dates are YYYY, YYYY-MM or YYYY-MM-DD; an empty one is open. The
 * shares of kinds other than shares and votes may be empty. */

/** Longest id of an entity, in bytes. */
#define ITD_STAKE_ID_BYTES_MAX ((size_t)1024)
/** Longest row of a register, in bytes. */
#define ITD_STAKE_ROW_BYTES_MAX ((size_t)1 << 16)

/** A party that a register describes, beside what it holds. Borrowed for the call. */
typedef struct itd_stakes_party {
    itd_sv id;               /**< as stakes have it */
    const itd_json *json;    /**< its record; NULL: not in JSON, or known to hold only at the end of the file */
    const itd_xml_node *xml; /**< or this */
    const itd_sv *cells;     /**< or the texts of its row, by the numbers of the form: icij.h */
    uint64_t line, offset;   /**< where the record stands */
} itd_stakes_party;

typedef struct itd_stakes_reading {
    bool skip_bad; /**< false: the first bad row ends the reading with its reason */
    itd_stake_sink *stake;
    void *stake_context;
    /** Told of each record that says who a party is, once it is known to hold; may be NULL. Only forms that have such
     * records tell: BODS, GLEIF (level 1), people with significant control, ICIJ (nodes). */
    itd_status (*party)(void *context, const itd_stakes_party *party, itd_error *error);
    void *party_context;
    void (*reject)(void *context, const itd_reject *reject); /**< told of each bad row; may be NULL */
    void *reject_context;
    void (*progress)(void *context, uint64_t done, uint64_t total); /**< may be NULL */
    void *progress_context;
    uint64_t stakes, rejected; /**< results */
} itd_stakes_reading;

/** Is this the head of such a file? The columns that have to be there are. */
bool itd_stakes_csv_is(itd_sv head);

/** Reads `input` from its start to its end.
 *  @return ITD_OK | ITD_EFORMAT (the header, or a bad row unless skip_bad) | ITD_ELIMIT (a row or id that is too long)
 * | ITD_EIO | ITD_ENOMEM | what the sink gave */
ITD_MUST_CHECK itd_status itd_stakes_csv_read(itd_stakes_reading *reading, itd_input *input, itd_error *error);

#endif
