#include "own/regime.h"

const itd_own_regime *itd_own_regime_find(const char *id)
{
    for (size_t i = 0; i < itd_own_regime_count; i++)
        if (strcmp(itd_own_regimes[i].id, id) == 0)
            return &itd_own_regimes[i];
    return NULL;
}

const itd_own_rule *itd_own_regime_rule(const itd_own_regime *regime, int32_t day)
{
    for (size_t i = 0; i < regime->rule_count; i++)
        if (regime->rules[i].begin <= day && day < regime->rules[i].end)
            return &regime->rules[i];
    return NULL;
}

bool itd_own_regime_category(const itd_own_regime *regime, int32_t day, itd_sv name)
{
    for (size_t i = 0; i < regime->category_count; i++)
        if (regime->categories[i].begin <= day && day < regime->categories[i].end &&
            itd_sv_is(name, regime->categories[i].id))
            return true;
    return false;
}

bool itd_own_regime_has_category(const itd_own_regime *regime, int32_t day)
{
    for (size_t i = 0; i < regime->category_count; i++)
        if (regime->categories[i].begin <= day && day < regime->categories[i].end)
            return true;
    return false;
}

bool itd_own_category_known(itd_sv name)
{
    for (size_t r = 0; r < itd_own_regime_count; r++)
        for (size_t i = 0; i < itd_own_regimes[r].category_count; i++)
            if (itd_sv_is(name, itd_own_regimes[r].categories[i].id))
                return true;
    return false;
}
