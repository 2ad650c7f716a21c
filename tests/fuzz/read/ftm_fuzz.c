/* Any bytes as FollowTheMoney entities and as statements. */
#include "feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    feed f = feed_open(data, size);
    feed_read(&itd_format_ftm, f.path, NULL);
    feed_read(&itd_format_statements, f.path, NULL);
    feed_close(&f);
    return 0;
}
