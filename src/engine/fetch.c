/* `lists fetch`: gets the publishers' lists and decides which become the copies that are indexed. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/progress.h"
#include "engine/fetch_judge.h"
#include "fetch/answer.h"
#include "fetch/shelf.h"
#include "fetch/transfer.h"
#include "interdict/fetch.h"

/* One dataset. */
typedef struct fetch_job {
    itd_context *context;
    const itd_fetch_options *options;
    const itd_publisher *publisher;
    itd_arena arena;
    itd_shelf shelf;
    itd_part *part;
    itd_shelf_copy copy, held; /* as they are; the copy's card holds facts of it when `read` */
    bool read;
    itd_card card;      /* of what comes */
    const char *url;    /* what is asked */
    const char *secret; /* in it; NULL: nothing */
    bool again;         /* the same address may be asked for what is newer than the card says */
    itd_progress progress;
    itd_fetch_result result;
    char reason[ITD_ERROR_MESSAGE_MAX + ITD_ERROR_WHERE_MAX + 64];
} fetch_job;

static void note(const fetch_job *job, const char *text)
{
    char line[ITD_ERROR_MESSAGE_MAX + 128];
    (void)snprintf(line, sizeof line, "%s: %s", job->publisher->dataset, text);
    if (job->options->on_note)
        job->options->on_note(job->options->user, line);
}

static int64_t now_us(void)
{
    int64_t now = itd_clock_utc_us();
    return now - now % 1000000; /* people read it */
}

static itd_fetch_facts facts_of(const itd_card *card)
{
    itd_fetch_facts facts = {.entities = card->entities, .rejected = card->rejected};
    memcpy(facts.format, card->format, sizeof facts.format);
    memcpy(facts.version, card->version, sizeof facts.version);
    memcpy(facts.dataset, card->dataset, sizeof facts.dataset);
    return facts;
}

static void set_facts(itd_card *card, const itd_fetch_facts *facts)
{
    memcpy(card->format, facts->format, sizeof card->format);
    memcpy(card->version, facts->version, sizeof card->version);
    memcpy(card->dataset, facts->dataset, sizeof card->dataset);
    card->entities = facts->entities;
    card->rejected = facts->rejected;
}

/* ---- the address ---- */

/* An address of the user's own may carry a password or a token in its query: neither is kept or shown. */
static itd_status own_address(fetch_job *job, itd_error *error)
{
    const char *url = job->options->from, *query = strpbrk(url, "?#"), *at = strchr(url, '@');
    itd_sv shown = itd_sv_slice(itd_sv_of(url), 0, query ? (size_t)(query - url) : strlen(url));
    job->url = url;
    if (!itd_transfer_is_https(url))
        return itd_fail(error, ITD_EIO, "the address of --from has to be one of HTTPS: https://…");
    if (at && (!query || at < query))
        shown = ITD_SV("https://…");
    job->secret = shown.size == strlen(url) ? NULL : query && query[1] ? query + 1 : url + 8;
    job->again = !job->secret;
    (void)snprintf(job->card.url, sizeof job->card.url, "%.*s", ITD_SV_ARG(shown));
    return ITD_OK;
}

/* The publisher's, with the token put in. */
static itd_status publishers_address(fetch_job *job, itd_error *error)
{
    const itd_publisher *p = job->publisher;
    if (!p->address)
        return itd_fail(error, ITD_EIO, "cannot be fetched: %s", p->note ? p->note : "no address is known");
    const char *dollar = strchr(p->address, '$');
    job->url = p->address;
    job->again = true;
    (void)snprintf(job->card.url, sizeof job->card.url, "%s", p->address);
    if (!dollar)
        return ITD_OK;
    const char *key = dollar + 1;
    job->secret = job->options->token ? job->options->token(job->options->user, key) : NULL;
    if (!job->secret || !job->secret[0])
        return itd_fail(error, ITD_EIO, "needs a token in the environment variable %s: %s (%s)", key,
                        p->note ? p->note : "", p->page ? p->page : "");
    job->url = itd_arena_format(&job->arena, "%.*s%s", (int)(dollar - p->address), p->address, job->secret).data;
    if (!job->url)
        return itd_fail_memory(error);
    return itd_transfer_is_https(job->url) ? ITD_OK : itd_fail(error, ITD_EIO, "%s is not a token: it has blanks", key);
}

/* ---- the transfer ---- */

static itd_status on_begin(void *user, const itd_head *head, itd_error *error)
{
    fetch_job *job = user;
    memcpy(job->card.etag, head->etag, sizeof job->card.etag);
    memcpy(job->card.last_modified, head->last_modified, sizeof job->card.last_modified);
    return itd_card_write(&job->card, job->shelf.part_card, error);
}

static void on_progress(void *user, uint64_t done, uint64_t total)
{
    fetch_job *job = user;
    job->progress.total = total;
    itd_progress_update(&job->progress, done);
}

static void on_retry(void *user, const char *what, int64_t wait_s)
{
    char text[ITD_ERROR_MESSAGE_MAX + 64];
    itd_progress_end(&((fetch_job *)user)->progress);
    (void)snprintf(text, sizeof text, "%s; trying again in %" PRId64 " s", what, wait_s);
    note(user, text);
}

/* What an earlier run left of a download, if it is of this address. */
static itd_status look_at_part(fetch_job *job, itd_card *part, itd_error *error)
{
    bool found;
    *part = (itd_card){0};
    if (itd_part_size(job->part) > 0 && job->again)
        ITD_TRY(itd_card_read(part, &found, job->shelf.part_card, error));
    if (strcmp(part->url, job->card.url) != 0)
        *part = (itd_card){0};
    return ITD_OK;
}

static itd_status transfer(fetch_job *job, itd_transferred *out, itd_error *error)
{
    const itd_fetch_options *o = job->options;
    const itd_shelf_copy *newest = job->held.known ? &job->held : &job->copy;
    bool may_ask = job->again && newest->known && strcmp(newest->card.url, job->card.url) == 0;
    char label[48];
    itd_card part;
    ITD_TRY(look_at_part(job, &part, error));
    itd_transfer t = {
        .url = job->url,
        .secret = job->secret,
        .ca_file = o->ca_file,
        .etag = may_ask ? newest->card.etag : "",
        .last_modified = may_ask ? newest->card.last_modified : "",
        .range_validator = itd_head_range_validator(part.etag, part.last_modified),
        .bytes_max = o->bytes_max ? o->bytes_max : ITD_FETCH_BYTES_MAX,
        .timeout_s = o->timeout_s ? o->timeout_s : ITD_FETCH_TIMEOUT_S,
        .retries = o->retries,
        .on_begin = on_begin,
        .on_progress = on_progress,
        .on_retry = on_retry,
        .user = job,
    };
    memcpy(job->card.etag, part.etag, sizeof part.etag);
    memcpy(job->card.last_modified, part.last_modified, sizeof part.last_modified);
    (void)snprintf(label, sizeof label, "fetching %s", job->publisher->dataset);
    itd_progress_start(&job->progress, label, 0, !job->context->options.progress);
    itd_status status = itd_transfer_run(out, &t, job->part, error);
    itd_progress_end(&job->progress);
    return status;
}

/* ---- what to do with it ---- */

/* Where in the file it cannot be read; the file's own name is that of the download. */
static void tell_unreadable(fetch_job *job, const itd_error *why)
{
    char place[48] = "";
    if (why->line > 0)
        (void)snprintf(place, sizeof place, "line %" PRIu64 ": ", why->line);
    else if (why->offset != ITD_NOWHERE)
        (void)snprintf(place, sizeof place, "byte %" PRIu64 ": ", why->offset);
    (void)snprintf(job->card.reason, sizeof job->card.reason, "it cannot be read: %s%.*s", place,
                   ITD_ERROR_MESSAGE_MAX - 96, why->message);
}

/* Reads a file; `job->card` gets what is in it, and in `reason` why it may not take the copy's place. */
static itd_status weigh(fetch_job *job, const char *path, bool *readable, itd_error *error)
{
    itd_fetch_facts now, was = facts_of(&job->copy.card);
    itd_error why = {.offset = ITD_NOWHERE};
    job->card.reason[0] = '\0';
    itd_status status = itd_fetch_examine(&now, job->context, path, job->options->skip_bad, &why);
    *readable = status == ITD_OK;
    job->result.acceptable = status == ITD_OK;
    if (status == ITD_ENOMEM || status == ITD_EIO) {
        if (error)
            *error = why;
        return status;
    }
    if (!*readable) {
        tell_unreadable(job, &why);
        return ITD_OK;
    }
    set_facts(&job->card, &now);
    itd_fetch_judge(job->card.reason, job->publisher, job->read ? &was : NULL, &now);
    return ITD_OK;
}

static void is_copy(fetch_job *job, itd_fetch_state state)
{
    job->result.state = state;
    job->copy.there = job->copy.known = job->read = true;
    job->copy.card = job->card;
    job->held = (itd_shelf_copy){0};
}

static void is_held(fetch_job *job)
{
    job->result.state = ITD_FETCH_HELD;
    job->held = (itd_shelf_copy){.there = true, .known = true, .card = job->card};
}

static itd_fetch_state state_of_new(const fetch_job *job)
{
    return job->copy.there ? ITD_FETCH_UPDATED : ITD_FETCH_NEW;
}

/* What is held, looked at again: options or the copy may be others now. */
static itd_status settle_held(fetch_job *job, itd_error *error)
{
    bool readable;
    ITD_TRY(weigh(job, job->shelf.held, &readable, error));
    itd_fetch_state state = state_of_new(job);
    if (job->card.reason[0] == '\0') {
        ITD_TRY(itd_shelf_accept(&job->shelf, &job->card, error));
        is_copy(job, state);
        return ITD_OK;
    }
    ITD_TRY(itd_card_write(&job->card, job->shelf.held_card, error));
    is_held(job);
    return ITD_OK;
}

static itd_status settle_new(fetch_job *job, itd_error *error)
{
    bool readable;
    ITD_TRY(weigh(job, job->shelf.part, &readable, error));
    itd_fetch_state state = state_of_new(job);
    if (job->card.reason[0] == '\0') {
        ITD_TRY(itd_shelf_keep(&job->shelf, job->part, &job->card, error));
        is_copy(job, state);
        return ITD_OK;
    }
    ITD_TRY(itd_shelf_hold(&job->shelf, job->part, &job->card, error));
    is_held(job);
    return ITD_OK;
}

/* The copy is the newest. */
static itd_status confirm(fetch_job *job, itd_error *error)
{
    itd_card card = job->copy.card;
    card.checked_us = job->card.checked_us;
    memcpy(card.url, job->card.url, sizeof card.url);
    memcpy(card.etag, job->card.etag, sizeof card.etag);
    memcpy(card.last_modified, job->card.last_modified, sizeof card.last_modified);
    ITD_TRY(itd_card_write(&card, job->shelf.card, error));
    ITD_TRY(itd_shelf_drop_held(&job->shelf, error));
    job->card = card;
    is_copy(job, ITD_FETCH_UNCHANGED);
    return ITD_OK;
}

static itd_status not_modified(fetch_job *job, itd_error *error)
{
    const itd_card *newest = job->held.known ? &job->held.card : &job->copy.card;
    int64_t now = job->card.checked_us;
    job->card = *newest;
    job->card.checked_us = now;
    return job->held.known ? settle_held(job, error) : confirm(job, error);
}

/* A whole file has come. */
static itd_status take(fetch_job *job, const itd_head *head, itd_error *error)
{
    itd_status status = itd_answer_check(job->shelf.part, error);
    if (status != ITD_OK) { /* of no use to a later run either */
        if (error)
            error->where[0] = '\0';
        ITD_TRY(itd_part_cut(job->part, 0, NULL));
        return status;
    }
    if (head->etag[0] || head->last_modified[0]) {
        memcpy(job->card.etag, head->etag, sizeof job->card.etag);
        memcpy(job->card.last_modified, head->last_modified, sizeof job->card.last_modified);
    }
    ITD_TRY(itd_shelf_hash(job->card.hash, &job->card.bytes, job->shelf.part, error));
    if (job->read && strcmp(job->card.hash, job->copy.card.hash) == 0) {
        ITD_TRY(itd_part_cut(job->part, 0, error));
        return confirm(job, error);
    }
    if (job->held.known && strcmp(job->card.hash, job->held.card.hash) == 0) {
        ITD_TRY(itd_part_cut(job->part, 0, error));
        return settle_held(job, error);
    }
    return settle_new(job, error);
}

/* ---- one dataset ---- */

/* What is there, and what is in it: from the card, else read again. */
static itd_status look(fetch_job *job, itd_error *error)
{
    itd_fetch_facts facts;
    itd_error ignored;
    ITD_TRY(itd_shelf_look(&job->held, job->shelf.held, job->shelf.held_card, true, error));
    ITD_TRY(itd_shelf_look(&job->copy, job->shelf.file, job->shelf.card, true, error));
    job->read = job->copy.known;
    if (!job->copy.there || job->copy.known)
        return ITD_OK;
    note(job, "what is noted of the copy does not fit to it; it is read again");
    itd_status status = itd_fetch_examine(&facts, job->context, job->shelf.file, true, &ignored);
    if (status == ITD_ENOMEM)
        return itd_fail_memory(error);
    if (status != ITD_OK)
        return ITD_OK; /* a copy that cannot be read may be replaced by whatever can */
    set_facts(&job->copy.card, &facts);
    job->read = true;
    return itd_shelf_hash(job->copy.card.hash, &job->copy.card.bytes, job->shelf.file, error);
}

static itd_status open_shelf(fetch_job *job, itd_error *error)
{
    const char *file = job->publisher->file;
    if (!file)
        return itd_fail(error, ITD_EIO, "cannot be fetched: %s", job->publisher->note ? job->publisher->note : "");
    ITD_TRY(itd_shelf_name(&job->shelf, job->options->into, job->publisher->dataset, file, &job->arena, error));
    return itd_shelf_open(&job->part, &job->shelf, error);
}

static itd_status open_and_look(fetch_job *job, itd_error *error)
{
    ITD_TRY(open_shelf(job, error));
    ITD_TRY(look(job, error));
    job->result.was_entities = job->copy.card.entities;
    return ITD_OK;
}

static itd_status get(fetch_job *job, itd_error *error)
{
    itd_transferred came;
    ITD_TRY(job->options->from ? own_address(job, error) : publishers_address(job, error));
    ITD_TRY(transfer(job, &came, error));
    job->card.fetched_us = job->card.checked_us = now_us();
    return came.unchanged ? not_modified(job, error) : take(job, &came.head, error);
}

static itd_status take_held(fetch_job *job, itd_error *error)
{
    bool readable;
    if (!job->held.known)
        return itd_fail(error, ITD_EIO, "nothing is held");
    job->card = job->held.card;
    ITD_TRY(weigh(job, job->shelf.held, &readable, error));
    if (!readable)
        return itd_fail(error, ITD_EIO, "cannot be accepted: %s", job->card.reason);
    job->card.reason[0] = '\0';
    itd_fetch_state state = state_of_new(job);
    ITD_TRY(itd_shelf_accept(&job->shelf, &job->card, error));
    is_copy(job, state);
    return ITD_OK;
}

static itd_status fetch(fetch_job *job, itd_error *error)
{
    ITD_TRY(open_and_look(job, error));
    return get(job, error);
}

static itd_status accept(fetch_job *job, itd_error *error)
{
    ITD_TRY(open_and_look(job, error));
    return take_held(job, error);
}

/* A dataset that is named and accepted too: what is held is the newest of it, so there is one answer, not two. */
static itd_status accept_or_fetch(fetch_job *job, itd_error *error)
{
    ITD_TRY(open_and_look(job, error));
    return job->held.known ? take_held(job, error) : get(job, error);
}

/* The card that the result speaks of. */
static void fill_result(fetch_job *job)
{
    itd_fetch_result *r = &job->result;
    const itd_card *card = r->state == ITD_FETCH_HELD ? &job->held.card : &job->copy.card;
    int64_t age_s = (now_us() - job->copy.card.checked_us) / 1000000;
    r->dataset = job->publisher->dataset;
    r->file = job->copy.there ? job->shelf.file : NULL;
    r->held_file = job->held.known ? job->shelf.held : NULL;
    r->version = card->version;
    r->entities = card->entities;
    r->rejected = card->rejected;
    r->age_s = !job->copy.known ? -1 : age_s > 0 ? age_s : 0;
    r->acceptable = r->acceptable && r->state == ITD_FETCH_HELD;
    r->reason = r->state == ITD_FETCH_HELD ? card->reason : r->state == ITD_FETCH_FAILED ? job->reason : NULL;
}

typedef void on_result_function(void *user, const itd_fetch_result *result);

/* @return ITD_OK (whatever came of it) | ITD_ENOMEM */
static itd_status run_job(fetch_job *job, itd_status (*work)(fetch_job *job, itd_error *error),
                          on_result_function *on_result, void *user, itd_error *error)
{
    itd_error why = {.offset = ITD_NOWHERE};
    itd_arena_init(&job->arena, job->context->options.memory_max);
    itd_status status = work(job, &why);
    if (status == ITD_ENOMEM) {
        if (error)
            *error = why;
    } else {
        if (status != ITD_OK) {
            job->result.state = ITD_FETCH_FAILED;
            (void)itd_error_format(job->reason, sizeof job->reason, &why);
        }
        fill_result(job);
        on_result(user, &job->result);
        status = ITD_OK;
    }
    itd_part_close(job->part);
    itd_arena_finish(&job->arena);
    return status;
}

/* ---- all of them ---- */

static itd_status check_names(const char *const *names, size_t count, itd_error *error)
{
    for (size_t i = 0; i < count; i++)
        if (!itd_publisher_find(names[i]))
            return itd_fail(error, ITD_EINVAL, "no publisher of \"%s\" is known; 'interdict lists' names them",
                            names[i]);
    return ITD_OK;
}

static itd_status check_options(const itd_fetch_options *o, itd_error *error)
{
    if (!o->into || !o->into[0])
        return itd_fail(error, ITD_EINVAL, "no folder is named");
    if (o->from && (o->dataset_count != 1 || o->accept_count > 0))
        return itd_fail(error, ITD_EINVAL, "another address is for one dataset: name it");
    if (o->timeout_s > ITD_FETCH_TIMEOUT_S_MAX)
        return itd_fail(error, ITD_EINVAL, "a time-out is at most ITD_FETCH_TIMEOUT_S_MAX (%d) seconds",
                        ITD_FETCH_TIMEOUT_S_MAX);
    if (o->retries > ITD_FETCH_RETRIES_MAX)
        return itd_fail(error, ITD_EINVAL, "retries are at most ITD_FETCH_RETRIES_MAX (%d)", ITD_FETCH_RETRIES_MAX);
    ITD_TRY(check_names(o->datasets, o->dataset_count, error));
    return check_names(o->accept, o->accept_count, error);
}

/* Of all lists those are left out that cannot be had without more, unless there is a copy that would grow old unseen.
 */
static bool is_left_out(const fetch_job *job)
{
    char text[ITD_ERROR_MESSAGE_MAX + 1], path[4096];
    const char *address = job->publisher->address, *dollar = address ? strchr(address, '$') : NULL;
    itd_mapping copy;
    if (!address)
        return true;
    if (!dollar || (job->options->token && job->options->token(job->options->user, dollar + 1)))
        return false;
    (void)snprintf(path, sizeof path, "%s/%s/%s", job->options->into, job->publisher->dataset, job->publisher->file);
    if (itd_mapping_open(&copy, path, NULL) == ITD_OK) {
        itd_mapping_close(&copy);
        return false;
    }
    (void)snprintf(text, sizeof text, "left out: %s", job->publisher->note ? job->publisher->note : "it needs a token");
    note(job, text);
    return true;
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

itd_status itd_lists_fetch(itd_context *context, const itd_fetch_options *options,
                           void (*on_result)(void *user, const itd_fetch_result *result), void *user, itd_error *error)
{
    assert(context && options && on_result);
    const itd_publisher *publisher;
    const itd_fetch_options *o = options;
    ITD_TRY(check_options(o, error));
    for (size_t i = 0; i < o->accept_count; i++) {
        fetch_job job = {.context = context, .options = o, .publisher = itd_publisher_find(o->accept[i])};
        bool named = is_among(o->accept[i], o->datasets, o->dataset_count);
        if (!is_among(o->accept[i], o->accept, i))
            ITD_TRY(run_job(&job, named ? accept_or_fetch : accept, on_result, user, error));
    }
    for (size_t i = 0; i < o->dataset_count; i++) {
        fetch_job job = {.context = context, .options = o, .publisher = itd_publisher_find(o->datasets[i])};
        if (!is_among(o->datasets[i], o->accept, o->accept_count) && !is_among(o->datasets[i], o->datasets, i))
            ITD_TRY(run_job(&job, fetch, on_result, user, error));
    }
    if (o->accept_count + o->dataset_count > 0)
        return ITD_OK;
    for (size_t i = 0; (publisher = itd_publisher_at(i)) != NULL; i++) {
        fetch_job job = {.context = context, .options = o, .publisher = publisher};
        if (!is_left_out(&job))
            ITD_TRY(run_job(&job, fetch, on_result, user, error));
    }
    return ITD_OK;
}
