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

/** How a value of `property` is compared: its normal form by the property's kind when it verifies, otherwise ("bare")
 * upper-case letters and digits only. `strong`: the kind has a check that passed, or is unique by construction (LEI,
 * IMO, wallets …). Passport values may carry a country, "A123 (KP)": the number is what counts. False when nothing is
 * left to compare: no digit but zeros, or more than ITD_IDENTIFIER_MAX characters. A bare wallet keeps upper and lower
 * case. Cost: O(size).  Threads: safe. */
bool itd_identifier_key(itd_identifier *out, bool *strong, itd_property property, itd_sv value);

#endif
