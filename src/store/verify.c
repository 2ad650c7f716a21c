#include "store/verify.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>

#include "base/date.h"
#include "store/vfs.h"

static itd_status broken(const itd_store *store, itd_error *error, const char *what, itd_sv detail)
{
    return itd_fail_at(error, ITD_EFORMAT, store->path, 0, ITD_NOWHERE, "%s: %.*s", what, ITD_SV_ARG(detail));
}

/* SQLite's own look at its trees, indexes and constraints. */
static itd_status check_tables(itd_store *store, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, store->sql, "PRAGMA integrity_check(1)", error));
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK && row && !itd_sv_is(itd_sql_bytes(query, 0), "ok"))
        status = broken(store, error, "the case is damaged", itd_sql_bytes(query, 0));
    itd_sql_finish(query);
    if (status != ITD_OK)
        return status;
    ITD_TRY(itd_sql_prepare(&query, store->sql, "PRAGMA foreign_key_check", error));
    status = itd_sql_step(query, &row, error);
    if (status == ITD_OK && row)
        status = broken(store, error, "a row points to one that is not there, in table", itd_sql_bytes(query, 0));
    itd_sql_finish(query);
    return status;
}

typedef struct checking {
    itd_verify_report *report;
    itd_store *store;
} checking;

static itd_status check_kept(void *user, const itd_checkpoint *checkpoint, itd_error *error)
{
    checking *c = user;
    char time[ITD_TIME_TEXT_MAX];
    if (!itd_checkpoint_is_signed(checkpoint))
        return broken(c->store, error, "a checkpoint in the case was changed, or is not signed by its key; it is of",
                      itd_time_format(time, checkpoint->made));
    ITD_TRY(itd_checkpoint_fits(c->store, checkpoint, error));
    c->report->checkpoints++;
    return ITD_OK;
}

static itd_status check_given(checking *c, const itd_verify_options *options, itd_error *error)
{
    for (size_t i = 0; i < options->checkpoint_count; i++) {
        const itd_checkpoint *checkpoint = &options->checkpoints[i];
        char time[ITD_TIME_TEXT_MAX], hex[ITD_CHECKPOINT_KEY * 2 + 1];
        (void)itd_time_format(time, checkpoint->made);
        if (!itd_checkpoint_is_signed(checkpoint))
            return itd_fail(error, ITD_EFORMAT, "the checkpoint of %s was changed, or is not signed by its key", time);
        if (options->public_key && memcmp(options->public_key, checkpoint->key, ITD_CHECKPOINT_KEY) != 0)
            return itd_fail(error, ITD_EMISMATCH, "the checkpoint of %s is signed by another key: %s", time,
                            sodium_bin2hex(hex, sizeof hex, checkpoint->key, ITD_CHECKPOINT_KEY));
        ITD_TRY(itd_checkpoint_fits(c->store, checkpoint, error));
        c->report->checkpoints++;
    }
    return ITD_OK;
}

itd_status itd_store_verify(itd_verify_report *report, const char *path, const itd_verify_options *options,
                            itd_error *error)
{
    assert(report && path);
    itd_store *store = NULL;
    *report = (itd_verify_report){0};
    itd_store_vfs_checked pages = {0};
    itd_status status = itd_store_vfs_check(&pages, path, error);
    if (status != ITD_OK && status != ITD_ENOTFOUND) /* which is said better by opening it */
        return status;
    report->pages = pages.pages;
    ITD_TRY(itd_store_open(&store, path, false, error));
    checking c = {report, store};
    memcpy(report->case_id, store->id, sizeof report->case_id);
    status = itd_store_begin(store, error);
    if (status == ITD_OK)
        status = check_tables(store, error);
    if (status == ITD_OK)
        status = itd_verify_chain(report, store, error);
    if (status == ITD_OK)
        status = itd_checkpoint_each(store, check_kept, &c, error);
    if (status == ITD_OK && options)
        status = check_given(&c, options, error);
    if (status == ITD_OK)
        status = itd_verify_generations(report, store, error);
    itd_store_close(store);
    return status;
}
