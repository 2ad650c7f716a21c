#include "fetch/retry.h"

#include <assert.h>

static bool may_pass(long status)
{
    return status == 408 || status == 425 || status == 429 || status == 500 || (status >= 502 && status <= 504);
}

int64_t itd_retry_wait_s(const itd_try *ended, unsigned retries)
{
    assert(ended && ended->number > 0);
    if (ended->end == ITD_TRY_REFUSED || (ended->end == ITD_TRY_ANSWERED && !may_pass(ended->status)))
        return -1;
    if (ended->end == ITD_TRY_NO_WAY && ended->number > 1)
        return -1;
    if (ended->number > retries || ended->retry_after_s > ITD_FETCH_WAIT_MAX_S)
        return -1;
    int64_t wait_s = ended->number <= 6 ? (int64_t)1 << (ended->number - 1) : ITD_FETCH_WAIT_MAX_S;
    return ended->retry_after_s > wait_s ? ended->retry_after_s : wait_s;
}
