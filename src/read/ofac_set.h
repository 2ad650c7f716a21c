#ifndef ITD_READ_OFAC_SET_H
#define ITD_READ_OFAC_SET_H

#include "base/buffer.h"
#include "base/map.h"
#include "base/vector.h"
#include "read/csv_rows.h"
#include "read/record.h"

/* The rows of an OFAC CSV set in memory, joined by ent_num: the files of a set are small (the largest is 6 MB), and a
 * record needs rows of all four. */

/** Most bytes that the rows of one set may take in memory. */
#define ITD_OFAC_SET_BYTES_MAX ((size_t)1 << 30)

/** Files of a set, as they lie in itd_source.paths. */
typedef enum itd_ofac_file {
    ITD_OFAC_MAIN,
    ITD_OFAC_ADD,
    ITD_OFAC_ALT,
    ITD_OFAC_COMMENTS,
    ITD_OFAC_FILES
} itd_ofac_file;

/** Columns of each file. */
#define ITD_OFAC_COLUMNS_MAX 12
size_t itd_ofac_columns(itd_ofac_file file);

typedef struct itd_ofac_row {
    uint64_t line, offset;
    uint32_t span;
    uint32_t next;  /**< the next row of the same file for the same record, or UINT32_MAX */
    itd_sv *fields; /**< itd_ofac_columns of them, copied, not trimmed */
} itd_ofac_row;

typedef struct itd_ofac_rows {
    ITD_VECTOR(itd_ofac_row) rows;
    const char *document; /**< name of the file in statements */
} itd_ofac_rows;

typedef struct itd_ofac_main {
    uint32_t first[ITD_OFAC_FILES], last[ITD_OFAC_FILES]; /**< rows of the other files, UINT32_MAX: none */
} itd_ofac_main;

typedef struct itd_ofac_set {
    itd_ofac_rows files[ITD_OFAC_FILES];
    ITD_VECTOR(itd_ofac_main) mains; /**< one for each row of the main file */
    itd_map by_number;               /**< ent_num to row of the main file, or that it is broken */
    itd_arena arena;
    uint64_t bytes_done;
} itd_ofac_set;

/** All zeros plus this. */
void itd_ofac_set_init(itd_ofac_set *set, size_t bytes_max);
void itd_ofac_set_finish(itd_ofac_set *set);
/** Reads all files of `read->source`. Malformed rows and orphans are rejected through `record`; rows that belong to a
 * rejected main row are passed over, they went with it.
 *  @return ITD_OK | ITD_EFORMAT (a reject that is not to be skipped) | ITD_ELIMIT (ITD_OFAC_SET_BYTES_MAX) | ITD_ENOMEM
 * | what reading returns */
ITD_MUST_CHECK itd_status itd_ofac_set_read(itd_ofac_set *set, itd_read *read, itd_record *record, itd_error *error);

/** The `gather` of a format that is one file: the SDN list, or the consolidated one when its name begins with "cons".
 */
ITD_MUST_CHECK itd_status itd_ofac_gather_file(itd_source *source, const char **dataset, const char *path,
                                               itd_arena *arena, itd_error *error);

#endif
