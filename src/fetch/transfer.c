/* Downloads by libcurl: what it may do is set here, and nowhere else. */
#include "fetch/transfer.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fetch/curl.h"
#include "fetch/retry.h"

/* Longest line of a request's head that is made here. */
#define LINE_BYTES_MAX (ITD_FETCH_FIELD_MAX + 64)

/* One try. */
typedef struct attempt {
    const itd_curl *lib;
    const itd_transfer *transfer;
    itd_part *part;
    CURL *curl;
    struct curl_slist *lines;
    itd_head head;
    bool begun;       /* a body is being taken */
    bool useless;     /* nobody wants the rest of this answer */
    uint64_t from;    /* bytes of the part that were asked to be gone on from */
    itd_status stop;  /* why the body could not be taken */
    itd_error *error; /* of `stop` */
    char said[CURL_ERROR_SIZE];
} attempt;

bool itd_transfer_is_https(const char *url)
{
    if (!itd_sv_starts_nocase(itd_sv_of(url), ITD_SV("https://")))
        return false;
    for (const char *p = url; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == 0x7f)
            return false;
    return url[8] != '\0' && url[8] != '/';
}

static size_t on_head(char *data, size_t one, size_t size, void *user)
{
    attempt *a = user;
    (void)one;
    itd_head_line(&a->head, itd_sv_make(data, size));
    return size;
}

/* The file from its start: what the part holds is of another one. */
static itd_status begin_anew(attempt *a)
{
    ITD_TRY(itd_part_cut(a->part, 0, a->error));
    return a->transfer->on_begin ? a->transfer->on_begin(a->transfer->user, &a->head, a->error) : ITD_OK;
}

/* The first bytes of a body, or its end when it has none: what are they of? */
static itd_status begin(attempt *a)
{
    a->begun = true;
    if (a->head.status == 200)
        return begin_anew(a);
    /* A range that does not fit to what is there would make a file of two. */
    a->useless = a->head.status != 206 || !a->head.ranged || a->from == 0 || a->head.range_first != a->from;
    return ITD_OK;
}

static size_t on_body(char *data, size_t one, size_t size, void *user)
{
    attempt *a = user;
    (void)one;
    if (!a->begun)
        a->stop = begin(a);
    if (a->stop != ITD_OK || a->useless)
        return 0;
    if (size > a->transfer->bytes_max - itd_part_size(a->part))
        a->stop = itd_fail(a->error, ITD_ELIMIT, "larger than %" PRIu64 " bytes, the most that is taken",
                           a->transfer->bytes_max);
    else
        a->stop = itd_part_write(a->part, data, size, a->error);
    return a->stop == ITD_OK ? size : 0;
}

static int on_progress(void *user, curl_off_t total, curl_off_t done, curl_off_t up_total, curl_off_t up)
{
    attempt *a = user;
    (void)up_total;
    (void)up;
    uint64_t before = a->head.status == 206 ? a->from : 0;
    if (a->transfer->on_progress && done > 0)
        a->transfer->on_progress(a->transfer->user, before + (uint64_t)done, total > 0 ? before + (uint64_t)total : 0);
    return 0;
}

/* Adds "NAME: VALUE" to the request. */
static itd_status add_line(attempt *a, const char *name, const char *value)
{
    char line[LINE_BYTES_MAX];
    (void)snprintf(line, sizeof line, "%s: %s", name, value);
    struct curl_slist *longer = a->lib->append(a->lines, line);
    if (!longer)
        return itd_fail_memory(a->error);
    a->lines = longer;
    return ITD_OK;
}

static itd_status add_lines(attempt *a)
{
    const itd_transfer *t = a->transfer;
    char range[48];
    ITD_TRY(add_line(a, "Accept-Encoding", "identity")); /* the publisher's bytes; a range counts them */
    if (t->etag && t->etag[0])
        ITD_TRY(add_line(a, "If-None-Match", t->etag));
    if (t->last_modified && t->last_modified[0])
        ITD_TRY(add_line(a, "If-Modified-Since", t->last_modified));
    if (a->from == 0)
        return ITD_OK;
    (void)snprintf(range, sizeof range, "bytes=%" PRIu64 "-", a->from);
    ITD_TRY(add_line(a, "Range", range));
    return add_line(a, "If-Range", t->range_validator);
}

/* HTTPS alone, also for what a server sends on to. */
static CURLcode set_protocols(const attempt *a)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    CURLcode code = itd_curl_set_pointer(a->lib, a->curl, CURLOPT_PROTOCOLS_STR, "https");
    return code ? code : itd_curl_set_pointer(a->lib, a->curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
#else
    CURLcode code = itd_curl_set_long(a->lib, a->curl, CURLOPT_PROTOCOLS, (long)CURLPROTO_HTTPS);
    return code ? code : itd_curl_set_long(a->lib, a->curl, CURLOPT_REDIR_PROTOCOLS, (long)CURLPROTO_HTTPS);
#endif
}

/* The functions that libcurl calls back; what each is must agree with its documentation. */
static CURLcode set_callbacks(const attempt *a)
{
    size_t (*take_head)(char *, size_t, size_t, void *) = on_head;
    size_t (*take_body)(char *, size_t, size_t, void *) = on_body;
    int (*take_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t) = on_progress;
    CURLcode code = a->lib->setopt(a->curl, CURLOPT_HEADERFUNCTION, take_head);
    if (!code)
        code = a->lib->setopt(a->curl, CURLOPT_WRITEFUNCTION, take_body);
    return code ? code : a->lib->setopt(a->curl, CURLOPT_XFERINFOFUNCTION, take_progress);
}

static itd_status set_up(attempt *a)
{
    const itd_transfer *t = a->transfer;
    ITD_TRY(add_lines(a));
    const struct {
        CURLoption option;
        long value;
    } numbers[] = {
        {CURLOPT_FOLLOWLOCATION, 1},
        {CURLOPT_MAXREDIRS, ITD_FETCH_REDIRECTS_MAX},
        {CURLOPT_CONNECTTIMEOUT, (long)t->timeout_s},
        {CURLOPT_LOW_SPEED_LIMIT, ITD_FETCH_SPEED_MIN},
        {CURLOPT_LOW_SPEED_TIME, (long)t->timeout_s},
        {CURLOPT_TIMEOUT, ITD_FETCH_TRY_MAX_S},
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_NOPROGRESS, 0},
        {CURLOPT_SSL_VERIFYPEER, 1},
        {CURLOPT_SSL_VERIFYHOST, 2},
        {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    };
    const struct {
        CURLoption option;
        const void *value;
    } pointers[] = {
        {CURLOPT_URL, t->url},          {CURLOPT_HTTPHEADER, a->lines}, {CURLOPT_USERAGENT, "interdict/" ITD_VERSION},
        {CURLOPT_XFERINFODATA, a},      {CURLOPT_HEADERDATA, a},        {CURLOPT_WRITEDATA, a},
        {CURLOPT_ERRORBUFFER, a->said},
    };
    CURLcode code = set_protocols(a);
    for (size_t i = 0; !code && i < sizeof numbers / sizeof numbers[0]; i++)
        code = itd_curl_set_long(a->lib, a->curl, numbers[i].option, numbers[i].value);
    for (size_t i = 0; !code && i < sizeof pointers / sizeof pointers[0]; i++)
        code = itd_curl_set_pointer(a->lib, a->curl, pointers[i].option, pointers[i].value);
    if (!code)
        code = itd_curl_set_size(a->lib, a->curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->bytes_max);
    if (!code && t->ca_file)
        code = itd_curl_set_pointer(a->lib, a->curl, CURLOPT_CAINFO, t->ca_file);
    if (!code)
        code = set_callbacks(a);
    if (code == CURLE_OUT_OF_MEMORY)
        return itd_fail_memory(a->error);
    return code == CURLE_OK ? ITD_OK : itd_fail(a->error, ITD_EIO, "libcurl: %s", a->lib->strerror(code));
}

/* Why the network gave nothing, in words of our own where curl's are those of its options. */
static const char *words_of(const attempt *a, CURLcode code)
{
    bool secret = a->transfer->secret && a->transfer->secret[0] && strstr(a->said, a->transfer->secret);
    switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
        return "sent on to an address that is not HTTPS: refused";
    case CURLE_TOO_MANY_REDIRECTS:
        return "sent on more often than ITD_FETCH_REDIRECTS_MAX (5) times";
    case CURLE_FILESIZE_EXCEEDED:
        return "larger than the most that is taken";
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
        return "the connection was cut before the end";
    default:
        return a->said[0] && !secret ? a->said : a->lib->strerror(code);
    }
}

/* What will be the same at the next try. */
static bool is_lasting(CURLcode code)
{
    static const CURLcode lasting[] = {CURLE_UNSUPPORTED_PROTOCOL,
                                       CURLE_URL_MALFORMAT,
                                       CURLE_TOO_MANY_REDIRECTS,
                                       CURLE_FILESIZE_EXCEEDED,
                                       CURLE_PEER_FAILED_VERIFICATION,
                                       CURLE_SSL_CACERT_BADFILE,
                                       CURLE_SSL_ISSUER_ERROR,
                                       CURLE_SSL_CERTPROBLEM,
                                       CURLE_SSL_CIPHER,
                                       CURLE_NOT_BUILT_IN,
                                       CURLE_OUT_OF_MEMORY};
    for (size_t i = 0; i < sizeof lasting / sizeof lasting[0]; i++)
        if (code == lasting[i])
            return true;
    return false;
}

/* The name is not known, or there is no network towards it. */
static bool is_no_way(const attempt *a, CURLcode code)
{
    long number = 0;
    if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY)
        return true;
    return code == CURLE_COULDNT_CONNECT && a->lib->getinfo(a->curl, CURLINFO_OS_ERRNO, &number) == CURLE_OK &&
           (number == ENETUNREACH || number == EHOSTUNREACH || number == ENETDOWN);
}

/* Looks at a whole answer. */
static itd_status judge_answer(attempt *a, itd_try *ended, itd_error *error)
{
    char later[64] = "";
    if (ended->retry_after_s > 0)
        (void)snprintf(later, sizeof later, " and asks to come back in %" PRId64 " s", ended->retry_after_s);
    ended->end = ITD_TRY_ANSWERED;
    ended->status = a->head.status;
    if (a->head.status == 304)
        return ITD_OK;
    if (a->head.status == 416 && a->from > 0) { /* it has become shorter: from the start */
        ended->end = ITD_TRY_BROKEN;
        ITD_TRY(itd_part_cut(a->part, 0, error));
        return itd_fail(error, ITD_EIO, "the server has no more bytes where the last download ended");
    }
    if (a->head.status != 200 && a->head.status != 206)
        return itd_fail(error, ITD_EIO, "the server answers with status %ld%s", a->head.status, later);
    if (a->useless) {
        ended->end = ITD_TRY_BROKEN;
        ITD_TRY(itd_part_cut(a->part, 0, error));
        return itd_fail(error, ITD_EIO, "the server sends another range than was asked for");
    }
    uint64_t size = itd_part_size(a->part);
    if (a->head.status == 206 && a->head.range_total > 0 && a->head.range_total != size) {
        ended->end = ITD_TRY_BROKEN;
        return itd_fail(error, ITD_EIO, "the server speaks of %" PRIu64 " bytes and sent %" PRIu64, a->head.range_total,
                        size);
    }
    return ITD_OK;
}

/* What a try came to; `ended` says whether another one is of use. */
static itd_status judge(attempt *a, CURLcode code, itd_try *ended, itd_error *error)
{
    curl_off_t after_s = 0;
    if (a->lib->getinfo(a->curl, CURLINFO_RETRY_AFTER, &after_s) == CURLE_OK)
        ended->retry_after_s = (int64_t)after_s;
    if (a->stop == ITD_OK && code == CURLE_OK && !a->begun)
        a->stop = begin(a);
    if (a->stop != ITD_OK) {
        ended->end = ITD_TRY_REFUSED;
        return a->stop;
    }
    if (code == CURLE_OK || a->useless)
        return judge_answer(a, ended, error);
    ended->end = is_lasting(code) ? ITD_TRY_REFUSED : is_no_way(a, code) ? ITD_TRY_NO_WAY : ITD_TRY_BROKEN;
    if (code == CURLE_OUT_OF_MEMORY)
        return itd_fail_memory(error);
    if (code == CURLE_FILESIZE_EXCEEDED)
        return itd_fail(error, ITD_ELIMIT, "larger than %" PRIu64 " bytes, the most that is taken",
                        a->transfer->bytes_max);
    return itd_fail(error, ITD_EIO, "%s", words_of(a, code));
}

/* A peer that goes away while we write must not end the program, and handlers of signals are our host's own: the signal
 * is held back in this thread and taken out of the way. */
static CURLcode perform(const attempt *a)
{
    sigset_t pipe, before, pending;
    const struct timespec at_once = {0};
    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    bool was_pending = sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
    bool blocked = pthread_sigmask(SIG_BLOCK, &pipe, &before) == 0;
    CURLcode code = a->lib->perform(a->curl);
    if (!blocked)
        return code;
    if (!was_pending)
        (void)sigtimedwait(&pipe, NULL, &at_once);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

static itd_status try_once(itd_transferred *out, const itd_transfer *transfer, itd_part *part, itd_try *ended,
                           itd_error *error)
{
    attempt a = {.transfer = transfer, .part = part, .error = error};
    bool names_it = transfer->range_validator && transfer->range_validator[0];
    ended->end = ITD_TRY_REFUSED;
    ended->status = 0;
    ended->retry_after_s = 0;
    if (!names_it) /* nothing says that the rest would be of the same file */
        ITD_TRY(itd_part_cut(part, 0, error));
    a.from = itd_part_size(part);
    ITD_TRY(itd_curl_get(&a.lib, error));
    a.curl = a.lib->init();
    if (!a.curl)
        return itd_fail_memory(error);
    itd_status status = set_up(&a);
    if (status == ITD_OK)
        status = judge(&a, perform(&a), ended, error);
    a.lib->cleanup(a.curl);
    a.lib->free_all(a.lines);
    if (a.head.status == 200 || status == ITD_OK)
        out->head = a.head;
    out->unchanged = status == ITD_OK && a.head.status == 304;
    return status;
}

static void wait_s(int64_t seconds)
{
    struct timespec left = {.tv_sec = (time_t)seconds};
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

static itd_status check(const itd_transfer *transfer, itd_error *error)
{
    if (!itd_transfer_is_https(transfer->url))
        return itd_fail(error, ITD_EINVAL, "a list is fetched over HTTPS only: the address has to begin with https://");
    if (transfer->ca_file && access(transfer->ca_file, R_OK) != 0) {
        (void)itd_fail_errno(error, transfer->ca_file, "read the certificates");
        return ITD_EIO;
    }
    return ITD_OK;
}

itd_status itd_transfer_run(itd_transferred *out, const itd_transfer *transfer, itd_part *part, itd_error *error)
{
    assert(out && transfer && part && transfer->bytes_max > 0 && transfer->timeout_s > 0);
    itd_transferred result = {0};
    itd_transfer now = *transfer;
    itd_error own;
    itd_error *told = error ? error : &own;
    ITD_TRY(check(transfer, told));
    if (itd_part_size(part) >= transfer->bytes_max)
        ITD_TRY(itd_part_cut(part, 0, told));
    for (itd_try ended = {.number = 1};; ended.number++) {
        itd_status status = try_once(&result, &now, part, &ended, told);
        if (status == ITD_OK) {
            *out = result;
            return ITD_OK;
        }
        int64_t seconds = itd_retry_wait_s(&ended, transfer->retries);
        if (seconds < 0)
            return status;
        if (transfer->on_retry)
            transfer->on_retry(transfer->user, told->message, seconds);
        wait_s(seconds);
        /* What came so far is of the file that the last answer with a body named. */
        if (result.head.status == 200)
            now.range_validator = itd_head_range_validator(result.head.etag, result.head.last_modified);
    }
}
