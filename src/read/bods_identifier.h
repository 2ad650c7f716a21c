#ifndef ITD_READ_BODS_IDENTIFIER_H
#define ITD_READ_BODS_IDENTIFIER_H

#include "base/sv.h"

/** The property of an identifier of BODS by its scheme, or by what that is called where it has none: "leiCode",
 * "registrationNumber", "taxNumber" … "idNumber" where neither says what kind it is. Static. */
const char *itd_bods_identifier(itd_sv scheme, itd_sv scheme_name, bool person);

#endif
