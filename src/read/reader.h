#ifndef ITD_READ_READER_H
#define ITD_READ_READER_H

#include "base/arena.h"
#include "base/input.h"
#include "model/statement.h"

/* A format is one file src/read/NAME.c and one row in src/read/formats.c. It turns bytes into records through
 * read/record.h; the order of its statements is free, a fold after it makes entities. */

/** Most files of one set: a file an asset is the largest. */
#define ITD_SOURCE_FILES_MAX 64
/** Longest single value that a reader accepts, in bytes. */
#define ITD_VALUE_BYTES_MAX ((size_t)1 << 20)
/** Most statements that one record may give: guards against a record that would fill memory. */
#define ITD_RECORD_STATEMENTS_MAX ((size_t)1 << 20)

typedef enum itd_reject_kind {
    ITD_REJECT_RECORD, /**< a record that breaks its format */
    ITD_REJECT_ORPHAN, /**< a row whose main record is missing */
} itd_reject_kind;

/** What was left out and why. Borrowed for the call. */
typedef struct itd_reject {
    itd_reject_kind kind;
    const char *file;
    uint64_t line;   /**< from 1; 0: none */
    uint64_t offset; /**< or ITD_NOWHERE */
    itd_sv record;   /**< the publisher's key when it is known */
    const char *reason;
} itd_reject;

/** One set of files that is read together; paths[0] names the set. */
typedef struct itd_source {
    const struct itd_format *format;
    const char *paths[ITD_SOURCE_FILES_MAX]; /**< roles are the format's own; NULL: that file is not there */
} itd_source;

/** A reading in progress. The caller fills the first part. */
typedef struct itd_read {
    const itd_source *source;
    itd_sv dataset;  /**< named by the user, or the plan's; empty only for formats whose records name their own (ftm,
                        statements) */
    const char *map; /**< path of a mapping file, or NULL */
    bool skip_bad;   /**< false: the first reject ends the reading with its reason */
    itd_statement_sink *statement;
    void *statement_context;
    itd_status (*reject)(void *context, const itd_reject *reject, itd_error *error); /**< told of each; may be NULL */
    void *reject_context;
    void (*progress)(void *context, uint64_t done, uint64_t total); /**< may be NULL; compressed bytes */
    void *progress_context;
    /** Told what the user should know of the source; `text` is borrowed for the call. May be NULL. */
    void (*note)(void *context, const char *text);
    void *note_context;
    /* Results. */
    uint64_t records, rejected, orphans;
    uint64_t unverified; /**< values that look like a wallet's address and fail its check; their record is read */
    char version[64]; /**< the publisher's own date or number of the list, ISO date where it is one; empty when it has
                         none */
} itd_read;

/** The start of a file, to tell what it is. */
typedef struct itd_sniff {
    const char *path; /**< for the name's sake only: content decides */
    itd_sv head;      /**< up to ITD_INPUT_PEEK_MAX decompressed bytes */
    bool whole;       /**< head is the whole file */
} itd_sniff;

typedef struct itd_format {
    const char *id;      /**< "ofac-csv" */
    const char *title;   /**< "OFAC SDN or consolidated list, CSV set" */
    const char *dataset; /**< default dataset id, or NULL when the content or the file's name decides */
    /** 0: not this; below 0: out of memory; else how sure (100: a signature that nothing else has). */
    int (*sniff)(const itd_sniff *look);
    /** May be NULL: a single file. Finds the siblings of `path` in its folder and orders source->paths by role;
     * `*dataset` may be set to a static id. Strings go to the arena. */
    itd_status (*gather)(itd_source *source, const char **dataset, const char *path, itd_arena *arena,
                         itd_error *error);
    itd_status (*read)(itd_read *read, itd_error *error);
} itd_format;
extern const itd_format itd_format_ofac_csv, itd_format_ofac_xml, itd_format_un_xml, itd_format_uk_conlist,
    itd_format_eu_journal, itd_format_eu_fsf_xml, itd_format_uksl_xml, itd_format_uksl_csv, itd_format_ftm,
    itd_format_statements, itd_format_csv, itd_format_jsonl, itd_format_us_csl, itd_format_statements_csv,
    itd_format_targets_simple, itd_format_ftm_delta, itd_format_senzing, itd_format_ofac_enhanced, itd_format_ca_sema,
    itd_format_au_dfat, itd_format_ch_seco, itd_format_ofac_advanced, itd_format_us_fincen, itd_format_us_bis_dpl,
    itd_format_ofac_wallets, itd_format_eu_fsf_csv, itd_format_jp_meti, itd_format_jp_mof, itd_format_bods,
    itd_format_uk_psc, itd_format_gleif, itd_format_icij;

/** Row by row, NULL past the last. */
const itd_format *itd_format_at(size_t index);
const itd_format *itd_format_find(const char *id);

typedef struct itd_source_entry {
    itd_source source;
    const char *dataset; /**< id, or NULL: records name their own, or the user has to name it */
    const char *note;    /**< the mapping that was guessed, as text, or NULL */
} itd_source_entry;

/** Deepest folder below one that a user named, and most files that one plan looks at. */
#define ITD_SOURCE_DEPTH_MAX 32
/** A folder of this name, in which `lists fetch` keeps what is no list yet or not any more, is passed by. */
#define ITD_SOURCE_OWN_FOLDER ".interdict"
#define ITD_SOURCE_COUNT_MAX ((size_t)1 << 20)

/** Sets of files that a user named: files and folders (a folder's files, then its folders, in byte order). */
typedef struct itd_source_list {
    itd_source_entry *entries;
    size_t count;
    const char **passed_over; /**< of folders: files that no format knows, hidden ones, links to folders, devices */
    size_t passed_count;
} itd_source_list;

/** Recognises and groups. A file named by the user that no format knows is ITD_EFORMAT, with what it looks like ("an
 * HTML page", "a PDF", "a ZIP archive", "UTF-16 text", "empty"). With `map` not NULL a CSV or JSONL file is read by the
 * mapping; without one a table of another kind is read by a mapping that is guessed from its header, but only when the
 * user named the file: those of folders are passed over. A set named through several of its files is one entry.
 * Everything goes to the arena. */
ITD_MUST_CHECK itd_status itd_sources_plan(itd_source_list *out, const char *const *paths, size_t path_count,
                                           const char *map, itd_arena *arena, itd_error *error);

#endif
