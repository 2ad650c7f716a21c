#include "store/work.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/date.h"
#include "base/input.h"

/* The 22nd field of proc(5)'s stat, after a name in brackets that may hold anything. The number of a process is given
 * again, in containers at once; number and start together are not. */
static itd_status started_at(int64_t *out, int64_t process, itd_error *error)
{
    char path[48];
    itd_input *input = NULL;
    itd_sv line;
    uint64_t ticks = 0;
    bool more = false;
    (void)snprintf(path, sizeof path, "/proc/%lld/stat", (long long)process);
    *out = 0;
    itd_status status = itd_input_open(&input, path, error);
    if (status == ITD_OK)
        status = itd_input_line(input, &line, &more, 0, error);
    if (status == ITD_OK && more) {
        size_t at = line.size;
        while (at > 0 && line.data[at - 1] != ')')
            at--;
        itd_sv part = ITD_SV_NONE, rest = itd_sv_trim(itd_sv_slice(line, at, line.size));
        for (int field = 3; field <= 22; field++)
            if (!itd_sv_split(&part, &rest, ' '))
                part = ITD_SV_NONE;
        if (itd_sv_to_u64(&ticks, part) && ticks <= INT64_MAX)
            *out = (int64_t)ticks;
    }
    itd_input_close(input);
    return status == ITD_ENOMEM ? status : ITD_OK; /* a system without such files, or a process that is gone */
}

/* Whether the process that began it is still there. */
static itd_status lives(bool *out, const itd_store_work *work, itd_error *error)
{
    int64_t started = 0;
    *out = false;
    if (work->process <= 0 || work->process > INT32_MAX)
        return ITD_OK;
    /* Signal 0 only asks; a process of another user is there too. */
    if (kill((pid_t)work->process, 0) != 0 && errno != EPERM)
        return ITD_OK;
    ITD_TRY(started_at(&started, work->process, error));
    *out = started == 0 || work->started == 0 || started == work->started;
    return ITD_OK;
}

static itd_status put(itd_store *store, const char *command, itd_sv person, int64_t now, itd_error *error)
{
    itd_sql_query *query = NULL;
    int64_t started = 0;
    ITD_TRY(started_at(&started, (int64_t)getpid(), error));
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "INSERT OR REPLACE INTO work (id, command, person, began, process, started)"
                            " VALUES (1, ?1, ?2, ?3, ?4, ?5)",
                            error));
    itd_sql_bind_text(query, 1, itd_sv_of(command));
    itd_sql_bind_text(query, 2, person);
    itd_sql_bind_i64(query, 3, now);
    itd_sql_bind_i64(query, 4, (int64_t)getpid());
    itd_sql_bind_i64(query, 5, started);
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

itd_status itd_store_work_begin(itd_store *store, const char *command, itd_sv person, int64_t now, itd_error *error)
{
    assert(store && store->writing && !store->in_work && command);
    ITD_TRY(itd_store_begin(store, error));
    itd_status status = put(store, command, person, now, error);
    if (status == ITD_OK)
        status = itd_store_commit(store, error);
    itd_store_rollback(store);
    return status;
}

itd_status itd_store_work_end(itd_store *store, itd_error *error)
{
    assert(store && store->writing && store->in_work);
    return itd_sql_run(store->sql, "DELETE FROM work", error);
}

itd_status itd_store_work_left(itd_store_work *out, bool *left, itd_store *store, itd_error *error)
{
    assert(out && left && store);
    itd_sql_query *query = NULL;
    bool row = false;
    itd_store_work work = {0};
    ITD_TRY(itd_sql_prepare(&query, store->sql, "SELECT command, person, began, process, started FROM work", error));
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK && row) {
        (void)snprintf(work.command, sizeof work.command, "%.*s", ITD_SV_ARG(itd_sql_bytes(query, 0)));
        (void)snprintf(work.person, sizeof work.person, "%.*s", ITD_SV_ARG(itd_sql_bytes(query, 1)));
        work.began = itd_sql_i64(query, 2);
        work.process = itd_sql_i64(query, 3);
        work.started = itd_sql_i64(query, 4);
    }
    itd_sql_finish(query);
    bool alive = false;
    if (status == ITD_OK && row)
        status = lives(&alive, &work, error);
    if (status != ITD_OK)
        return status;
    *left = row && !alive;
    if (*left)
        *out = work;
    return ITD_OK;
}

void itd_store_work_text(char *out, size_t size, const itd_store_work *work)
{
    char time[ITD_TIME_TEXT_MAX];
    (void)itd_time_format(time, work->began - work->began % 1000000);
    (void)snprintf(out, size, "the %s begun by %s at %s did not finish: the case is as it was before", work->command,
                   work->person, time);
}
