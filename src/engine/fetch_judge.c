/* May this list take the place of the last good one? */
#include "engine/fetch_judge.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

typedef struct examination {
    itd_fetch_facts facts;
    size_t sets;
    uint64_t told; /* records that cannot be read */
} examination;

static void keep(char *out, size_t room, itd_sv text)
{
    (void)snprintf(out, room, "%.*s", ITD_SV_ARG(text));
}

static void on_stats(void *user, const itd_list_stats *stats)
{
    examination *e = user;
    e->sets++;
    keep(e->facts.format, sizeof e->facts.format, itd_sv_of(stats->format));
    keep(e->facts.version, sizeof e->facts.version, stats->version);
    keep(e->facts.dataset, sizeof e->facts.dataset, stats->dataset);
    e->facts.entities = stats->entities;
    e->facts.rejected = stats->rejected + stats->orphans;
}

static void on_reject(void *user, const itd_rejected *rejected)
{
    (void)rejected;
    ((examination *)user)->told++;
}

itd_status itd_fetch_examine(itd_fetch_facts *out, itd_context *context, const char *path, bool skip_bad,
                             itd_error *error)
{
    assert(out && context && path);
    examination e = {.sets = 0};
    const itd_read_options options = {
        .paths = &path, .path_count = 1, .skip_bad = skip_bad, .on_reject = on_reject, .user = &e};
    itd_status status = itd_lists_stats(context, &options, on_stats, &e, error);
    if (status == ITD_EFORMAT && e.told > 0 && error) {
        size_t size = strlen(error->message);
        (void)snprintf(error->message + size, sizeof error->message - size,
                       " (a broken record; --skip-bad leaves it out)");
    }
    ITD_TRY(status);
    if (e.sets != 1)
        return itd_fail(error, ITD_EFORMAT, "%zu lists in one file", e.sets);
    *out = e.facts;
    return ITD_OK;
}

static bool has_format(const itd_publisher *publisher, const char *format)
{
    itd_sv part, rest = itd_sv_of(publisher->formats);
    while (itd_sv_split(&part, &rest, ' '))
        if (itd_sv_is(part, format))
            return true;
    return false;
}

/* More than the allowed share is gone. */
static bool has_shrunk(uint64_t was, uint64_t now)
{
    return now < was &&
           (was - now) > was / 100 * ITD_FETCH_SHRINK_PERCENT_MAX + was % 100 * ITD_FETCH_SHRINK_PERCENT_MAX / 100;
}

void itd_fetch_judge(char reason[ITD_ERROR_MESSAGE_MAX + 1], const itd_publisher *publisher, const itd_fetch_facts *was,
                     const itd_fetch_facts *now)
{
    assert(reason && publisher && now);
    const size_t room = ITD_ERROR_MESSAGE_MAX + 1;
    reason[0] = '\0';
    if (was && was->format[0] && strcmp(was->format, now->format) != 0)
        (void)snprintf(reason, room, "its format has changed from %s to %s", was->format, now->format);
    else if (!has_format(publisher, now->format))
        (void)snprintf(reason, room, "its format is %s, not %s", now->format, publisher->formats);
    else if (strcmp(now->dataset, publisher->dataset) != 0)
        (void)snprintf(reason, room, "it is another list: %s", now->dataset);
    else if (now->entities == 0)
        (void)snprintf(reason, room, "it has no entities");
    else if (was && has_shrunk(was->entities, now->entities))
        (void)snprintf(reason, room, "it has shrunk from %" PRIu64 " to %" PRIu64 " entities, by more than %d %%",
                       was->entities, now->entities, ITD_FETCH_SHRINK_PERCENT_MAX);
}
