#ifndef ITD_FETCH_HEAD_H
#define ITD_FETCH_HEAD_H

#include "base/sv.h"

/** Longest value of a field that is kept, with its NUL. A longer validator is as good as none: it is not kept. */
#define ITD_FETCH_FIELD_MAX 512

/** What the head of an answer says, as far as it matters here. */
typedef struct itd_head {
    long status;                             /**< 0: no answer yet */
    char etag[ITD_FETCH_FIELD_MAX];          /**< with its quotes and W/, as sent; empty: none */
    char last_modified[ITD_FETCH_FIELD_MAX]; /**< as sent; empty: none */
    char content_type[ITD_FETCH_FIELD_MAX];  /**< empty: none */
    bool ranged;                             /**< a range is named: */
    uint64_t range_first;                    /**< byte at which it begins */
    uint64_t range_total;                    /**< size of the whole; 0: not said */
} itd_head;

/** Takes one line of a head, with or without its end. A status line begins a new head: of several answers (redirects)
 * the last one counts. What is not understood is passed over.  Cost: O(line).  Threads: safe. */
void itd_head_line(itd_head *head, itd_sv line);

/** The validator that names these very bytes, for a range that has to fit to what is there: a strong ETag, else
 * Last-Modified; empty when there is none (RFC 9110, 13.1.5). */
const char *itd_head_range_validator(const char *etag, const char *last_modified);

/** True when a text can be a field's value: not empty, no control characters, short enough. */
bool itd_head_is_value(itd_sv text);

#endif
