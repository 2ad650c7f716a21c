/* Any bytes as a card: none, or one whose texts end and whose validators can be sent. */
#include "support/fuzz.h"

#include <string.h>

#include "fetch/card.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    itd_card card;
    bool found = false;
    memset(&card, 0x55, sizeof card);
    FUZZ_CHECK(itd_card_parse(&card, &found, (itd_sv){(const char *)data, size}, NULL) == ITD_OK);
    if (!found) {
        FUZZ_CHECK(card.url[0] == 0x55); /* untouched */
        return 0;
    }
    FUZZ_CHECK(memchr(card.url, 0, sizeof card.url) && memchr(card.hash, 0, sizeof card.hash));
    FUZZ_CHECK(memchr(card.format, 0, sizeof card.format) && memchr(card.version, 0, sizeof card.version));
    FUZZ_CHECK(memchr(card.dataset, 0, sizeof card.dataset) && memchr(card.reason, 0, sizeof card.reason));
    FUZZ_CHECK(card.etag[0] == '\0' || itd_head_is_value(itd_sv_of(card.etag)));
    FUZZ_CHECK(card.last_modified[0] == '\0' || itd_head_is_value(itd_sv_of(card.last_modified)));
    FUZZ_CHECK(card.bytes <= INT64_MAX && card.entities <= INT64_MAX && card.rejected <= INT64_MAX);
    return 0;
}
