#include "model/stake.h"

static const char *const names[ITD_STAKE_KINDS] = {"shares",   "votes", "board", "control",
                                                   "director", "joint", "same",  "link"};

const char *itd_stake_kind_name(itd_stake_kind kind)
{
    return names[kind];
}

bool itd_stake_kind_find(itd_stake_kind *out, itd_sv name)
{
    for (unsigned i = 0; i < ITD_STAKE_LINK; i++)
        if (itd_sv_is(name, names[i])) {
            *out = (itd_stake_kind)i;
            return true;
        }
    return false;
}
