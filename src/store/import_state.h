#ifndef ITD_STORE_IMPORT_STATE_H
#define ITD_STORE_IMPORT_STATE_H

#include "base/sorter.h"
#include "base/vector.h"
#include "model/content.h"
#include "store/import.h"

/* What the two halves of an import share: import.c takes statements in, import_merge.c holds them against the case. */

/* What the sorter holds of a statement: its content (model/content.h), then where it stands as texts and numbers, most
 * significant byte first, then how long the content is. So what says the same is adjacent, the first place first. */
#define ITD_IMPORT_TAIL_BYTES (sizeof(uint32_t) + 2 * sizeof(uint64_t) + sizeof(uint32_t) + sizeof(uint32_t))

typedef struct itd_import_file {
    uint32_t source;
    itd_sv name;
    unsigned char hash[ITD_STORE_HASH];
    uint64_t bytes;
    int64_t id; /* 0: not in the case yet, as far as is known */
} itd_import_file;

/* What a source said of itself. */
typedef struct itd_import_list {
    uint32_t source;
    itd_sv dataset, version;
    uint64_t rejected, orphans;
} itd_import_list;

struct itd_import {
    itd_store *store;
    itd_sorter *sorter;
    size_t records_max;
    itd_arena arena;
    itd_buffer item;
    uint32_t source;
    uint64_t statements;
    ITD_VECTOR(itd_import_file) documents;
    ITD_VECTOR(itd_import_list)
    lists; /* one a source and dataset; statements of a dataset that no list names make one too */
};

#endif
