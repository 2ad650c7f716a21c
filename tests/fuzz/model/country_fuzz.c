/* Any bytes: no country, or a code that has a name and that finds itself. */
#include <string.h>

#include "model/country.h"
#include "support/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *code = itd_country_find(itd_sv_make((const char *)data, size));
    if (!code)
        return 0;
    FUZZ_CHECK(itd_country_name(itd_sv_of(code)) != NULL);
    FUZZ_CHECK(itd_country_find(itd_sv_of(code)) == code);
    FUZZ_CHECK(itd_country_find(itd_sv_of(itd_country_name(itd_sv_of(code)))) == code);
    return 0;
}
