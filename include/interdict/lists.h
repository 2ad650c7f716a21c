#ifndef INTERDICT_LISTS_H
#define INTERDICT_LISTS_H

#include "interdict/context.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A publisher whose list the readers know. */
typedef struct itd_publisher {
    const char *dataset;   /**< "us-ofac-sdn" */
    const char *title;     /**< the list's name */
    const char *publisher; /**< who publishes it */
    const char *formats;   /**< formats that are read, by id, separated by blanks */
    const char *key;       /**< what the publisher calls its record key */
    const char *file;      /**< what a fetched copy is called; NULL: there is none */
    const char *address;   /**< of the file that is fetched; "$NAME" in it stands for a token; NULL: none */
    const char *page;      /**< of the publisher, for people; NULL: none */
    const char *licence;   /**< as the publisher states it */
    const char *rhythm;    /**< of updates; NULL: none */
    const char *note;      /**< why it cannot be fetched without more, or at all; NULL: it can */
    const char *source;    /**< of address, licence and rhythm, with its date */
} itd_publisher;

/** Row by row; NULL past the last. Static. */
ITD_API const itd_publisher *itd_publisher_at(size_t index);
/** By its dataset; NULL: not known. Static. */
ITD_API const itd_publisher *itd_publisher_find(const char *dataset);

/** A format that is read: for help and for errors. */
typedef struct itd_format_info {
    const char *id, *title;
} itd_format_info;
/** Fills `out`; false past the last. */
ITD_API bool itd_format_info_at(itd_format_info *out, size_t index);

/** A record that was left out. Borrowed for the call. */
typedef struct itd_rejected {
    const char *file;
    uint64_t line;   /**< from 1; 0: none */
    uint64_t offset; /**< byte, or ITD_NOWHERE */
    itd_sv record;   /**< the publisher's key; may be empty */
    const char *reason;
    bool orphan; /**< a row whose main record is missing */
} itd_rejected;

/** What is to be read, and who is told what. */
typedef struct itd_read_options {
    const char *const *paths; /**< files and folders */
    size_t path_count;
    const char *dataset; /**< for lists that do not name their own; NULL: the publisher's, else from the file's name */
    const char *map;     /**< mapping file for CSV and JSONL; NULL: guessed */
    bool skip_bad;       /**< leave broken records out and go on */
    void (*on_reject)(void *user, const itd_rejected *rejected); /**< may be NULL */
    /** What the user should know: columns guessed, files passed over, properties that the model does not have. May be
     * NULL. */
    void (*on_note)(void *user, const char *text);
    void *user;
} itd_read_options;

typedef struct itd_count {
    itd_sv name;
    uint64_t count;
} itd_count;

/** One set of files, counted. Entities are the publisher's records; what is made from a record (addresses, documents,
 * sanctions, relations) is not among them. */
typedef struct itd_list_stats {
    const char *file, *format;
    itd_sv dataset;
    itd_sv version; /**< the publisher's; a list that names none has "content-" and a hash of what was read */
    uint64_t entities, names, weak_names, statements, relations, rejected, orphans;
    uint64_t unverified; /**< values that look like a wallet's address and fail its check: text only, each told through
                            on_note */
    const itd_count *by_schema; /**< by name */
    size_t schema_count;
    const itd_count
        *by_programme; /**< by the publisher's code as written; a record counts once under each of its programmes */
    size_t programme_count;
    int64_t elapsed_us;
} itd_list_stats;

/** Reads each set and counts it; `on_stats` gets one a set, in order, borrowed for the call.
 *  @return ITD_OK | ITD_EFORMAT | ITD_ENOTFOUND | ITD_EIO | ITD_ELIMIT | ITD_ENOMEM */
ITD_API ITD_MUST_CHECK itd_status itd_lists_stats(itd_context *context, const itd_read_options *options,
                                                  void (*on_stats)(void *user, const itd_list_stats *stats), void *user,
                                                  itd_error *error);

/** The answer as a JSON object on one line, without the line's end. */
ITD_API ITD_MUST_CHECK itd_status itd_list_stats_json(itd_bytes *out, const itd_list_stats *stats, itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
