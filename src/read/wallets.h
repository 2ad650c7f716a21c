#ifndef ITD_READ_WALLETS_H
#define ITD_READ_WALLETS_H

#include "read/record.h"

/** Longest text that is searched for wallets. */
#define ITD_WALLET_TEXT_BYTES_MAX ((size_t)1 << 18)

/** Wallet addresses that stand in running text (reasons, remarks): each whose checksum verifies becomes a CryptoWallet
 * part "wallet-<asset>-<address>", held by `holder` where that can hold one; each that has the form of one and does not
 * verify is told to the user. The text itself is the caller's to keep. BTC, ETH, TRX, LTC and XMR.
 * Cost: O(text). */
void itd_record_add_wallets(itd_record *record, itd_part holder, itd_sv text);

#endif
