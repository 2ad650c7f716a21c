/* Any bytes as lines of a delta, or as an index of deltas that are not there. */
#include "feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    feed f = feed_open(data, size);
    feed_read(&itd_format_ftm_delta, f.path, NULL);
    feed_close(&f);
    return 0;
}
