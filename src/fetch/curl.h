#ifndef ITD_FETCH_CURL_H
#define ITD_FETCH_CURL_H

#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>

#include "base/error.h"

/** What is used of libcurl. It is loaded when a list is first fetched, not before: it brings some thirty libraries with
 * it, which would make every start of the program four times as long. */
typedef struct itd_curl {
    CURLcode (*global_init)(long flags);
    CURL *(*init)(void);
    CURLcode (*setopt)(CURL *curl, CURLoption option, ...);
    CURLcode (*perform)(CURL *curl);
    CURLcode (*getinfo)(CURL *curl, CURLINFO info, ...);
    void (*cleanup)(CURL *curl);
    const char *(*strerror)(CURLcode code);
    struct curl_slist *(*append)(struct curl_slist *list, const char *text);
    void (*free_all)(struct curl_slist *list);
} itd_curl;

/** Static. Loaded by the first call.
 *  @return ITD_OK | ITD_EIO (libcurl is not there, or does not start).  Threads: safe. */
ITD_MUST_CHECK itd_status itd_curl_get(const itd_curl **out, itd_error *error);

/** Options by the type of their value, which libcurl cannot check itself. */
CURLcode itd_curl_set_long(const itd_curl *lib, CURL *curl, CURLoption option, long value);
CURLcode itd_curl_set_size(const itd_curl *lib, CURL *curl, CURLoption option, curl_off_t value);
CURLcode itd_curl_set_pointer(const itd_curl *lib, CURL *curl, CURLoption option, const void *value);

#endif
