/* Any bytes as the parties of a register, in each of its forms. */
#include "feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const itd_format *const formats[] = {&itd_format_bods, &itd_format_uk_psc, &itd_format_gleif, &itd_format_icij};
    feed f = feed_open(data, size);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        feed_read(formats[i], f.path, NULL);
    feed_close(&f);
    return 0;
}
