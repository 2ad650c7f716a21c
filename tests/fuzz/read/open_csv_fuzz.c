/* Any bytes as OpenSanctions' statements.csv and targets.simple.csv. */
#include "feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    feed f = feed_open(data, size);
    feed_read(&itd_format_statements_csv, f.path, NULL);
    feed_read(&itd_format_targets_simple, f.path, NULL);
    feed_close(&f);
    return 0;
}
