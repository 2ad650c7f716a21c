#ifndef ITD_BASE_AMOUNT_TABLE_H
#define ITD_BASE_AMOUNT_TABLE_H

#include "base/amount.h"

/** Inside of base/amount: codes and synonyms in byte order, made from data/assets.tsv. */
#define ITD_ASSET_NAME_MAX 8
typedef struct itd_asset_name {
    char name[ITD_ASSET_NAME_MAX + 1];
    const itd_asset *asset;
} itd_asset_name;

extern const itd_asset_name itd_asset_names[];
extern const size_t itd_asset_name_count;

#endif
