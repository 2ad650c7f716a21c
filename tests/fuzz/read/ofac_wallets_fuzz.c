/* Any bytes as a file of addresses, the asset by the first of them: refused with reason and place, or read into
 * statements that hold. */
#include <stdlib.h>

#include "fuzz/read/feed.h"

static char folder[] = "/tmp/itd-wallets-XXXXXX";

static void remove_folder(void)
{
    (void)rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const assets[] = {"XBT", "BCH", "USDT", "DASH"};
    static bool made;
    if (!made) {
        made = true;
        FUZZ_CHECK(mkdtemp(folder) && atexit(remove_folder) == 0);
    }
    if (size == 0)
        return 0;
    char path[128];
    feed f = feed_open(data + 1, size - 1);
    (void)snprintf(path, sizeof path, "%s/sanctioned_addresses_%s.txt", folder, assets[data[0] % 4]);
    FUZZ_CHECK(symlink(f.path, path) == 0);
    itd_sniff look = {
        path, itd_sv_make((const char *)data + 1, size - 1 < ITD_INPUT_PEEK_MAX ? size - 1 : ITD_INPUT_PEEK_MAX),
        size <= ITD_INPUT_PEEK_MAX};
    (void)itd_format_ofac_wallets.sniff(&look);
    feed_read(&itd_format_ofac_wallets, path, NULL);
    (void)unlink(path);
    feed_close(&f);
    return 0;
}
