#ifndef ITD_CLI_PROPERTY_H
#define ITD_CLI_PROPERTY_H

#include "cli/text.h"

/** Adds what people call a property of FollowTheMoney: "IMO number" for imoNumber, "wallet address" for publicKey; its
 * words in lower case where nothing else is known: "licence holder" for licenceHolder. */
void itd_cli_property(itd_cli_text *out, const char *property);

#endif
