#ifndef ITD_MODEL_IDENTIFIER_H
#define ITD_MODEL_IDENTIFIER_H

#include <stdbool.h>

#include "interdict/identifier.h"
#include "model/schema.h"

/** Reads one kind of identifier into `value` (ITD_IDENTIFIER_MAX + 1 bytes); on ITD_EFORMAT `why` and `where` (a byte)
 * are set. */
typedef itd_status itd_identifier_reader(char *value, const char *text, size_t size, const char **why, size_t *where);

itd_identifier_reader itd_identifier_read_imo_ship, itd_identifier_read_imo_company, itd_identifier_read_mmsi,
    itd_identifier_read_iban, itd_identifier_read_bic, itd_identifier_read_lei, itd_identifier_read_isin,
    itd_identifier_read_inn, itd_identifier_read_ogrn, itd_identifier_read_passport, itd_identifier_read_btc,
    itd_identifier_read_eth, itd_identifier_read_trx, itd_identifier_read_xmr, itd_identifier_read_ltc,
    itd_identifier_read_tail_number;

/** What it tells that two values are the same. */
typedef enum itd_identifier_trust {
    ITD_TRUST_PLAIN,
    ITD_TRUST_SPECIFIC, /**< unchecked, but of a document or register and long enough not to be met by chance */
    ITD_TRUST_READ,     /**< passes the check of a kind, where the property does not say that it is of that kind */
    ITD_TRUST_CHECKED,  /**< of a property of that kind, or LEI and ISIN anywhere: their form tells */
} itd_identifier_trust;

/** Readings of one value at most. */
#define ITD_IDENTIFIER_READINGS_MAX 4
typedef struct itd_identifier_reading {
    itd_identifier identifier;
    itd_identifier_trust trust;
} itd_identifier_reading;

/** All keys by which a value of `property` is compared, the one of itd_identifier_key first; they differ. A tax,
 * registration or other general number is also read as each kind that it verifies as ("9074729" as IMO9074729), and
 * without a country in parentheses. 0 where itd_identifier_key finds nothing. Cost: O(size).  Threads: safe. */
size_t itd_identifier_readings(itd_identifier_reading out[static ITD_IDENTIFIER_READINGS_MAX], itd_property property,
                               itd_sv value);

/** How a value of `property` is compared: its normal form by the property's kind when it verifies, otherwise ("bare")
 * upper-case letters and digits only. `strong`: the kind has a check that passed, or is unique by construction (LEI,
 * IMO, wallets …). Passport values may carry a country, "A123 (KP)": the number is what counts. False when nothing is
 * left to compare: no digit but zeros, or more than ITD_IDENTIFIER_MAX characters. A bare wallet keeps upper and lower
 * case. Cost: O(size).  Threads: safe. */
bool itd_identifier_key(itd_identifier *out, bool *strong, itd_property property, itd_sv value);

#endif
