#ifndef ITD_MODEL_BECH32_H
#define ITD_MODEL_BECH32_H

#include "model/identifier_text.h"

/** Checks a segregated-witness address whose human-readable part is `part` ("bc", "ltc"): bech32 for version 0, bech32m
 * for 1 to 16. `value` becomes the text in lower case. Sources: BIP 173 (2017), BIP 350 (2020).
 *  @return ITD_OK | ITD_EFORMAT */
itd_status itd_bech32_read(char *value, itd_sv text, const char *part, itd_refusal refusal);

/** True when the text begins with `part` and "1" in any case: then it is no base58. */
bool itd_bech32_looks_like(itd_sv text, const char *part);

#endif
