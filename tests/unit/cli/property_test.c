#include "cli/property.h"

#include <string.h>

#include "support/cm.h"

static void properties_as_people_call_them(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"imoNumber", "IMO number"},
        {"mmsi", "MMSI"},
        {"leiCode", "LEI"},
        {"isinCode", "ISIN"},
        {"iban", "IBAN"},
        {"swiftBic", "BIC"},
        {"publicKey", "wallet address"},
        {"passportNumber", "passport number"},
        {"idNumber", "ID number"},
        {"socialSecurityNumber", "social security number"},
        {"callSign", "call sign"},
        {"innCode", "INN"},
        {"number", "document number"},
        {"ibcRuc", "ibc ruc"},
        {"registrationNumber", "registration number"},
        {"code", "code"},
        {"aPropertyWithAWordThatIsLongerThanAnyOfTheRestofthemodelcouldeverhave",
         "a property with a word that is longer than any of the restofthemodelcouldeverhave"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        itd_cli_text out = {0};
        itd_cli_property(&out, rows[i][0]);
        assert_string_equal(itd_cli_text_string(&out), rows[i][1]);
        itd_cli_text_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(properties_as_people_call_them)};
    return cmocka_run_group_tests_name("property", tests, NULL, NULL);
}
