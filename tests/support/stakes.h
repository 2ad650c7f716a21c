#ifndef TEST_SUPPORT_STAKES_H
#define TEST_SUPPORT_STAKES_H

#include <stdio.h>

#include "read/stakes.h"
#include "support/cm.h"

/* What a reader of registers says, as text. */

typedef itd_status stakes_reader(itd_stakes_reading *reading, itd_input *input, itd_error *error);

typedef struct heard {
    char text[4096];    /* a line a stake: owner>owned least-most kind start..end grade line; no grade, no word */
    char rejects[4096]; /* line record reason */
    uint64_t stakes, rejected;
} heard;

static inline itd_status hear(void *context, const itd_stake *s, itd_error *error)
{
    heard *h = context;
    char start[ITD_DATE_TEXT_MAX] = "", end[ITD_DATE_TEXT_MAX] = "", grade[4] = "";
    (void)error;
    if (s->start.year)
        (void)itd_date_format(start, s->start);
    if (s->end.year)
        (void)itd_date_format(end, s->end);
    if (s->reliability)
        (void)snprintf(grade, sizeof grade, " %c%c", s->reliability, s->credibility);
    (void)snprintf(h->text + strlen(h->text), sizeof h->text - strlen(h->text), "%.*s>%.*s %u-%u %s %s..%s%s %u\n",
                   ITD_SV_ARG(s->owner), ITD_SV_ARG(s->owned), s->share_min_ppm, s->share_max_ppm,
                   itd_stake_kind_name(s->kind), start, end, grade, (unsigned)s->line);
    return ITD_OK;
}

static inline void hear_reject(void *context, const itd_reject *reject)
{
    heard *h = context;
    (void)snprintf(h->rejects + strlen(h->rejects), sizeof h->rejects - strlen(h->rejects), "%u %.*s %s\n",
                   (unsigned)reject->line, ITD_SV_ARG(reject->record), reject->reason);
}

/* Reads a text by a reader, whatever its head looks like. */
static inline itd_status read_stakes(heard *h, stakes_reader *read, const char *text, bool skip_bad, itd_error *error)
{
    itd_input *input = NULL;
    itd_stakes_reading asked = {
        .skip_bad = skip_bad, .stake = hear, .stake_context = h, .reject = hear_reject, .reject_context = h};
    *h = (heard){0};
    assert_int_equal(itd_input_open_memory(&input, "register", itd_sv_of(text), error), ITD_OK);
    itd_status status = read(&asked, input, error);
    itd_input_close(input);
    h->stakes = asked.stakes;
    h->rejected = asked.rejected;
    return status;
}

/* Reads a text as the form that its head shows, which has to be `id`. */
static inline itd_status read_register(heard *h, const char *id, const char *text, bool skip_bad, itd_error *error)
{
    const itd_stakes_format *format = itd_stakes_format_of(itd_sv_of(text));
    assert_non_null(format);
    assert_string_equal(format->id, id);
    return read_stakes(h, format->read, text, skip_bad, error);
}

#endif
