/* Any bytes, as every kind: either refused with a reason and an offset inside the text, or a normal form that parses to
 * itself. A key is made of what was there. */
#include <string.h>

#include "model/identifier.h"
#include "support/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (size_t i = 0; itd_identifier_kind(i); i++) {
        itd_identifier once, twice;
        itd_error error = {.offset = ITD_NOWHERE};
        itd_status status = itd_identifier_parse(&once, itd_identifier_kind(i), (const char *)data, size, &error);
        if (status != ITD_OK) {
            FUZZ_CHECK(status == ITD_EFORMAT && error.offset <= size && error.message[0] != '\0');
            continue;
        }
        FUZZ_CHECK(itd_identifier_parse(&twice, once.kind, once.value, strlen(once.value), NULL) == ITD_OK);
        FUZZ_CHECK(strcmp(once.value, twice.value) == 0);
    }
    for (itd_property p = 0; p < ITD_PROPERTY_COUNT; p++) {
        itd_identifier key, again;
        bool strong = false;
        if (itd_property_typeof(p) != ITD_TYPE_IDENTIFIER ||
            !itd_identifier_key(&key, &strong, p, itd_sv_make((const char *)data, size)))
            continue;
        itd_identifier_reading readings[ITD_IDENTIFIER_READINGS_MAX];
        size_t count = itd_identifier_readings(readings, p, itd_sv_make((const char *)data, size));
        FUZZ_CHECK(count > 0 && count <= ITD_IDENTIFIER_READINGS_MAX);
        FUZZ_CHECK(strcmp(readings[0].identifier.value, key.value) == 0);
        FUZZ_CHECK(key.value[0] != '\0' && strlen(key.value) <= ITD_IDENTIFIER_MAX);
        if (strcmp(key.kind, "bare") != 0)
            FUZZ_CHECK(itd_identifier_key(&again, &strong, p, itd_sv_of(key.value)) && again.kind == key.kind &&
                       strcmp(again.value, key.value) == 0);
    }
    return 0;
}
