#include "base/fault.h"
#include "support/faults.h"
#include "support/folder.h"

/* All addresses here are invented: hashes of a text with the version and the checksum of their kind. */
#define BTC "1f63BDvocNvmBuVDXaLFDujYasRV3xAGX"
#define BTC_SCRIPT "32M6xiiNMWhJrMbvLdEvfrGfh7A91Lvdyu"
#define ETH "0x073402fc1ace4ac3ee8c6d23ef7a90d17fd0a30f"
#define TRX "TAdJ3EbexLVsvMy7ooE3mNbsTNcjbQE9ce"
#define LTC "LKt3JPXktGcz1zbePfZdXEyVkoEhY2ZBY3"
#define DASH "XbLvsRspmKbWv8W55QtZ6kbXNvT7TzvDvH"
#define BROKEN "1f63BDvocNvmBuVDXaLFDujYasRV3xAGY"

#define NAME(asset) "sanctioned_addresses_" asset ".txt"

static void put(folder *r, const char *name, const char *text)
{
    folder_write(r, name, text, strlen(text));
}

static void assert_told(const folder *r, const char *text)
{
    if (!strstr(r->notes.data, text))
        fail_msg("nobody is told \"%s\" among\n%s", text, r->notes.data);
}

static void an_address_is_a_record(void **state)
{
    (void)state;
    folder r;
    folder_start(&r);
    put(&r, NAME("XBT"), "\xEF\xBB\xBF" BTC "\n\n  " BTC_SCRIPT " \r\n");
    r.skip_bad = false;
    if (folder_run(&r, NAME("XBT")) != ITD_OK)
        fail_msg("%s", r.error.message);
    assert_string_equal(r.format, "ofac-wallets");
    assert_string_equal(r.dataset, "us-ofac-wallets");
    assert_int_equal(r.read.records, 2);
    assert_string_equal(r.notes.data, "");
    assert_said(&r, "us-ofac-wallets-XBT-" BTC "|CryptoWallet|id|");
    assert_said(&r, "us-ofac-wallets-XBT-" BTC "|CryptoWallet|publicKey|" BTC "|||" NAME("XBT") "|1\n");
    assert_said(&r, "us-ofac-wallets-XBT-" BTC "|CryptoWallet|currencySymbol|XBT|");
    assert_said(&r, "us-ofac-wallets-XBT-" BTC "|CryptoWallet|topics|sanction|");
    assert_said(&r, "us-ofac-wallets-XBT-" BTC "-sanction|Sanction|entity|us-ofac-wallets-XBT-" BTC "|");
    assert_said(&r, "us-ofac-wallets-XBT-" BTC "-sanction|Sanction|authority|Office of Foreign Assets Control|");
    assert_said(&r, "us-ofac-wallets-XBT-" BTC_SCRIPT "|CryptoWallet|publicKey|" BTC_SCRIPT "|||" NAME("XBT") "|3\n");
    folder_end(&r);
}

/* One file, or the folder: the same set, assets in byte order, and of two files of one asset the plain one. */
static void the_files_of_a_folder_are_one_list(void **state)
{
    (void)state;
    folder r;
    folder_start(&r);
    put(&r, NAME("XBT"), BTC "\n");
    put(&r, "sanctioned_addresses_eth.txt", ETH "\n");
    put(&r, NAME("USDT"), ETH "\n" TRX "\n" BTC "\n");
    put(&r, NAME("XBT") ".gz", "is not looked at");
    put(&r, NAME("X-T"), "is no asset");
    put(&r, NAME("LONGERTHANSIXTEEN"), "is no asset");
    put(&r, "notes.txt", "is another file");
    const char *const names[] = {"", NAME("USDT"), NAME("XBT")};
    for (size_t i = 0; i < 3; i++) {
        r.skip_bad = false;
        if (folder_run(&r, names[i]) != ITD_OK)
            fail_msg("%s", r.error.message);
        assert_int_equal(r.read.records, 5);
        const char *last = r.statements.data;
        static const char *const order[] = {"us-ofac-wallets-ETH-" ETH "|", "us-ofac-wallets-USDT-" ETH "|",
                                            "us-ofac-wallets-USDT-" TRX "|", "us-ofac-wallets-USDT-" BTC "|",
                                            "us-ofac-wallets-XBT-" BTC "|"};
        for (size_t o = 0; o < 5; o++) {
            const char *at = strstr(r.statements.data, order[o]);
            assert_non_null(at);
            assert_true(at >= last);
            last = at;
        }
    }
    folder_end(&r);
}

static void what_does_not_verify_is_kept_and_told(void **state)
{
    (void)state;
    folder r;
    folder_start(&r);
    put(&r, NAME("XBT"), BTC "\n" BROKEN "\n" TRX "\n");
    put(&r, NAME("DASH"), DASH "\n");
    put(&r, NAME("BCH"), BTC "\nqpinventedandnotchecked\nbitcoincash:qpinventedtoo\n" BROKEN "\n");
    put(&r, NAME("LTC"), LTC "\n");
    r.skip_bad = false;
    if (folder_run(&r, "") != ITD_OK)
        fail_msg("%s", r.error.message);
    assert_int_equal(r.read.records, 9);
    assert_said(&r, "us-ofac-wallets-XBT-" BROKEN "|CryptoWallet|notes|Address that does not verify: " BROKEN "|");
    assert_not_said(&r, "us-ofac-wallets-XBT-" BROKEN "|CryptoWallet|publicKey|");
    assert_told(&r, "us-ofac-wallets-XBT-" BROKEN ": the address does not verify and is kept as a note\n");
    assert_said(&r, "us-ofac-wallets-XBT-" TRX "|CryptoWallet|publicKey|" TRX "|");
    assert_told(&r,
                "us-ofac-wallets-XBT-" TRX ": the address verifies as one of the kind \"trx\", not as one of XBT\n");
    assert_said(&r, "us-ofac-wallets-DASH-" DASH "|CryptoWallet|publicKey|" DASH "|");
    assert_told(&r, "1 address of DASH taken as written: no check of that form is known\n");
    assert_said(&r, "us-ofac-wallets-BCH-bitcoincash:qpinventedtoo|CryptoWallet|publicKey|");
    assert_told(&r, "2 addresses of BCH taken as written: no check of that form is known\n");
    assert_told(&r, "us-ofac-wallets-BCH-" BROKEN ": the address does not verify and is kept as a note\n");
    assert_null(strstr(r.notes.data, "LTC"));
    folder_end(&r);
}

static void broken_lines(void **state)
{
    (void)state;
    char text[1024];
    folder r;
    folder_start(&r);
    /* the longest address, and one that is longer */
    char longest[258];
    memset(longest, 'a', 257);
    longest[257] = 0;
    (void)snprintf(text, sizeof text, BTC "\ntwo words\n" BTC "\n%.256s\n%.257s\n", longest, longest);
    put(&r, NAME("XBT"), text);
    assert_int_equal(folder_run(&r, NAME("XBT")), ITD_OK);
    static const char *const reasons[] = {
        "record|" NAME("XBT") "|2|34||not one word of at most 256 letters and digits, as addresses are\n",
        "record|" NAME("XBT") "|3|44|XBT-" BTC "|the address occurs twice\n",
        "record|" NAME("XBT") "|5|335||not one word of at most 256 letters and digits, as addresses are\n",
    };
    for (size_t i = 0; i < 3; i++)
        if (!strstr(r.rejects.data, reasons[i]))
            fail_msg("no \"%s\" among\n%s", reasons[i], r.rejects.data);
    assert_int_equal(r.read.rejected, 3);
    assert_int_equal(r.read.records, 2);
    r.skip_bad = false;
    assert_int_equal(folder_run(&r, NAME("XBT")), ITD_EFORMAT);
    assert_int_equal(r.error.line, 2);
    folder_end(&r);
}

static void limit_source_files(void **state)
{
    (void)state;
    char name[64];
    folder r;
    folder_start(&r);
    for (int i = 0; i <= ITD_SOURCE_FILES_MAX; i++) {
        (void)snprintf(name, sizeof name, NAME("A%d"), i);
        put(&r, name, DASH "\n");
        itd_status status = folder_run(&r, name);
        if (i < ITD_SOURCE_FILES_MAX) {
            assert_int_equal(status, ITD_OK);
            assert_int_equal(r.read.records, i + 1);
        } else {
            assert_int_equal(status, ITD_ELIMIT);
            assert_non_null(strstr(r.error.message, "more than ITD_SOURCE_FILES_MAX (64) files"));
        }
    }
    folder_end(&r);
}

static void what_is_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        itd_sv head;
        int sure;
    } looks[] = {
        {"x/" NAME("XBT"), ITD_SV(BTC "\n" BTC_SCRIPT "\n"), 100},
        {NAME("XBT") ".gz", ITD_SV(BTC), 100},
        {"Sanctioned_Addresses_xbt.TXT", ITD_SV(BTC "\nshort\n" BTC), 100},
        {"addresses.txt", ITD_SV(BTC), 0},
        {NAME(""), ITD_SV(BTC), 0},
        {NAME("XBT"), ITD_SV("<!doctype html>\n<html>\n"), 0},
        {NAME("XBT"), ITD_SV("\n\n"), 0},
        {NAME("XBT"), ITD_SV(""), 0},
    };
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        itd_sniff look = {.path = looks[i].path, .head = looks[i].head};
        assert_int_equal(itd_format_ofac_wallets.sniff(&look), looks[i].sure);
    }
    /* read by force, without a name that tells */
    itd_error error = {0};
    itd_source source = {.format = &itd_format_ofac_wallets, .paths = {"addresses.txt"}};
    itd_read read = {.source = &source, .dataset = ITD_SV("d")};
    assert_int_equal(itd_format_ofac_wallets.read(&read, &error), ITD_EFORMAT);
    assert_string_equal(error.message, "the name does not tell the asset, as sanctioned_addresses_XBT.txt does");
}

static itd_status drop(void *context, const itd_statement *statement, itd_error *error)
{
    (void)error;
    *(size_t *)context += statement->value.size;
    return ITD_OK;
}

static itd_status read_quietly(void *context, itd_error *error)
{
    const char *path = context;
    size_t size = 0;
    itd_source_list plan;
    itd_arena arena;
    itd_arena_init(&arena, SIZE_MAX);
    itd_status status = itd_sources_plan(&plan, &path, 1, NULL, &arena, error);
    if (status == ITD_OK) {
        itd_read read = {.source = &plan.entries[0].source,
                         .dataset = ITD_SV("us-ofac-wallets"),
                         .statement = drop,
                         .statement_context = &size};
        status = plan.entries[0].source.format->read(&read, error);
    }
    itd_arena_finish(&arena);
    return status;
}

static void each_allocation_fails(void **state)
{
    (void)state;
    folder r;
    folder_start(&r);
    put(&r, NAME("XBT"), BTC "\n" BROKEN "\n");
    put(&r, NAME("ETH"), ETH "\n");
    assert_true(faults_each(ITD_FAULT_MEMORY, read_quietly, NULL, r.paths[0]) > 20);
    folder_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_a_record),
        cmocka_unit_test(the_files_of_a_folder_are_one_list),
        cmocka_unit_test(what_does_not_verify_is_kept_and_told),
        cmocka_unit_test(broken_lines),
        cmocka_unit_test(limit_source_files),
        cmocka_unit_test(what_is_its_own),
        cmocka_unit_test(each_allocation_fails),
    };
    return cmocka_run_group_tests_name("ofac_wallets", tests, NULL, NULL);
}
