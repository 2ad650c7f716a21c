#include "base/progress.h"

#include <time.h>
#include <unistd.h>

#define DRAW_INTERVAL_US 100000

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t itd_clock_us(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t itd_clock_utc_us(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t itd_clock_cpu_us(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

void itd_progress_start(itd_progress *progress, const char *label, uint64_t total, bool quiet)
{
    int64_t now = itd_clock_us();
    *progress = (itd_progress){
        .out = !quiet && isatty(STDERR_FILENO) ? stderr : NULL, .total = total, .started_us = now, .shown_us = now};
    (void)snprintf(progress->label, sizeof progress->label, "%s", label);
}

void itd_progress_update(itd_progress *progress, uint64_t done)
{
    if (!progress->out)
        return;
    int64_t now = itd_clock_us();
    if (now - progress->shown_us < DRAW_INTERVAL_US)
        return;
    progress->shown_us = now;
    progress->shown = true;
    double seconds = (double)(now - progress->started_us) / 1e6;
    if (progress->total) {
        double share = done < progress->total ? (double)done / (double)progress->total : 1.0;
        (void)fprintf(progress->out, "\r%s %3.0f %%  %.0f s\033[K", progress->label, share * 100, seconds);
    } else {
        (void)fprintf(progress->out, "\r%s %llu  %.0f s\033[K", progress->label, (unsigned long long)done, seconds);
    }
    (void)fflush(progress->out);
}

void itd_progress_end(itd_progress *progress)
{
    if (progress->out && progress->shown) {
        (void)fputs("\r\033[K", progress->out);
        (void)fflush(progress->out);
    }
    progress->shown = false;
}
