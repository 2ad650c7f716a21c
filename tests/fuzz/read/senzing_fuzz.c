/* Any bytes as records for Senzing. */
#include "feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    feed f = feed_open(data, size);
    feed_read(&itd_format_senzing, f.path, NULL);
    feed_close(&f);
    return 0;
}
