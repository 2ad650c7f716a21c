#ifndef ITD_BASE_PROGRESS_H
#define ITD_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** A line on standard error that says how far a long job is; silent unless standard error is a terminal. */
typedef struct itd_progress {
    FILE *out; /**< NULL: silent */
    char label[48];
    uint64_t total; /**< 0: unknown */
    int64_t started_us, shown_us;
    bool shown;
} itd_progress;

/** `quiet` silences it everywhere. */
void itd_progress_start(itd_progress *progress, const char *label, uint64_t total, bool quiet);
/** Cheap: draws at most ten times a second. */
void itd_progress_update(itd_progress *progress, uint64_t done);
/** Clears the line. */
void itd_progress_end(itd_progress *progress);

/** Microseconds of a clock that only goes forward. */
int64_t itd_clock_us(void);
/** Microseconds since 1970-01-01 UTC, by the system's clock, which may be set back. */
int64_t itd_clock_utc_us(void);
/** Microseconds of processor time that this process has used. */
int64_t itd_clock_cpu_us(void);

#endif
