#include "own/pair.h"

/* A day against a date that may be coarse: on or after it? */
static itd_surety reached(int32_t code, int32_t day)
{
    int32_t first = code >= 0 ? code / ITD_DAY_SPAN : -((-code + ITD_DAY_SPAN - 1) / ITD_DAY_SPAN);
    int32_t last = first + (code - first * ITD_DAY_SPAN);
    return day >= last ? ITD_CERTAIN : day >= first ? ITD_PERHAPS : ITD_NOT_HELD;
}

itd_surety itd_own_holds(const itd_register *r, uint32_t stake, int32_t day)
{
    if (!(r->term[stake] & ITD_TERM_DATED))
        return ITD_CERTAIN;
    itd_surety begun = r->start[stake] == ITD_START_OPEN ? ITD_CERTAIN : reached(r->start[stake], day);
    itd_surety ended = r->end[stake] == ITD_END_OPEN ? ITD_NOT_HELD : reached(r->end[stake], day);
    itd_surety lasts = (itd_surety)(ITD_CERTAIN - ended);
    return begun < lasts ? begun : lasts;
}

bool itd_own_is_suspicion(itd_term term)
{
    return itd_term_credibility(term) > 2 || itd_term_reliability(term) > 3;
}

itd_surety itd_own_counts(const itd_register *r, uint32_t stake, int32_t day)
{
    itd_surety holds = itd_own_holds(r, stake, day);
    return holds == ITD_CERTAIN && itd_own_is_suspicion(r->term[stake]) ? ITD_PERHAPS : holds;
}

static void raise(uint8_t *surety, itd_surety by)
{
    if (*surety < by)
        *surety = (uint8_t)by;
}

/* The right to appoint: without a share it is the right itself, a majority; with one it is that part of the board. */
static itd_surety of_board(itd_term term, itd_surety counts)
{
    uint32_t low = itd_term_min(term), high = itd_term_max(term);
    if (high > 0 && high <= ITD_OWN_HALF_PPM)
        return ITD_NOT_HELD;
    return high == 0 || low > ITD_OWN_HALF_PPM ? counts : ITD_PERHAPS;
}

/* How the statements of shares, and those of votes, agree. */
typedef struct statements {
    bool sure, seen;
    bool vague; /* one says that there is a holding and nothing of its size */
} statements;

static void take_share(itd_own_pair *out, statements *said, itd_term term, itd_surety counts)
{
    unsigned k = itd_term_kind(term);
    uint32_t low = itd_term_min(term), high = itd_term_max(term);
    if (low == 0 && high == ITD_PPM_WHOLE) {
        said->vague = true;
        return;
    }
    out->min_ppm[k] = !said->seen || low < out->min_ppm[k] ? low : out->min_ppm[k];
    out->max_ppm[k] = high > out->max_ppm[k] ? high : out->max_ppm[k];
    said->seen = true;
    said->sure |= counts == ITD_CERTAIN;
}

static void take(itd_own_pair *out, statements said[2], itd_term term, itd_surety counts)
{
    switch (itd_term_kind(term)) {
    case ITD_STAKE_SHARES:
    case ITD_STAKE_VOTES:
        take_share(out, &said[itd_term_kind(term)], term, counts);
        break;
    case ITD_STAKE_BOARD:
        raise(&out->board, of_board(term, counts));
        break;
    case ITD_STAKE_CONTROL:
        raise(&out->control, counts);
        break;
    case ITD_STAKE_DIRECTOR:
        raise(&out->director, counts);
        break;
    case ITD_STAKE_JOINT:
        raise(&out->joint, counts);
        break;
    case ITD_STAKE_SAME:
    case ITD_STAKE_LINK:
        return;
    }
    out->loose |= counts == ITD_PERHAPS;
}

void itd_own_pair_of_any(itd_own_pair *out, const itd_register *r, uint32_t first, uint32_t count, int32_t day)
{
    statements said[2] = {{0}, {0}};
    *out = (itd_own_pair){0};
    for (uint32_t s = first; s < first + count; s++) {
        itd_surety counts = itd_own_counts(r, s, day);
        if (counts != ITD_NOT_HELD)
            take(out, said, r->term[s], counts);
        else
            out->ended |= r->end[s] != ITD_END_OPEN && reached(r->end[s], day) != ITD_NOT_HELD;
    }
    for (unsigned k = 0; k < 2; k++) {
        if (!said[k].sure)
            out->min_ppm[k] = 0; /* none of the statements need be so */
        if (said[k].vague && !(said[k].seen && said[k].sure))
            out->max_ppm[k] = ITD_PPM_WHOLE; /* nothing sure bounds it */
    }
}
