#include "read/bods_set.h"

/* A file that has the subject of one of its declarations has all that it refers to; one that has none is a piece of a
 * publication, and what it refers to may be elsewhere. */
static bool is_whole(const itd_bods_set *set)
{
    for (size_t i = 0; i < set->statements.count; i++) {
        const itd_bods_record *subject = &set->records.items[set->statements.items[i].declared];
        if (subject->type == ITD_BODS_ENTITY || subject->type == ITD_BODS_PERSON)
            return true;
    }
    return false;
}

static const char *problem_of(const itd_bods_set *set, const itd_bods_statement *s)
{
    const itd_bods_record *declared = &set->records.items[s->declared];
    if (s->problem)
        return s->problem;
    if (declared->type == ITD_BODS_NOT_SEEN)
        return "declarationSubject: no record of the file";
    if (declared->type == ITD_BODS_RELATIONSHIP)
        return "declarationSubject: neither an entity nor a person";
    return s->component && !set->records.items[s->record].used
               ? "recordDetails.isComponent: no relationship names it among its componentRecords"
               : NULL;
}

static int32_t first_day(itd_date date)
{
    int32_t first = 0, last = 0;
    itd_date_span(&first, &last, date);
    return first;
}

/* What holds until a later statement of the record says it anew, or closes it. False: it never held. */
static bool cut(itd_stake *stake, itd_date until)
{
    if (until.year == 0)
        return true;
    if (stake->start.year && first_day(stake->start) >= first_day(until))
        return false;
    if (stake->end.year == 0 || first_day(stake->end) > first_day(until))
        stake->end = until;
    return true;
}

/* Nobody knows who it is: what it holds may be anybody's, so the company stands alone. */
static bool nobody(const itd_bods_set *set, uint32_t party)
{
    return party == UINT32_MAX || (set->records.items[party].unknown && !set->records.items[party].owned);
}

static itd_status send_statement(itd_bods_set *set, const itd_bods_statement *s, itd_date until, itd_error *error)
{
    if (s->subject == UINT32_MAX)
        return ITD_OK;
    for (uint32_t i = 0; i < s->stake_count; i++) {
        itd_stake stake = set->stakes.items[s->stake_first + i];
        if (nobody(set, s->party))
            stake = (itd_stake){.kind = ITD_STAKE_LINK, .start = stake.start, .end = stake.end};
        stake.owner = set->ids.texts[nobody(set, s->party) ? s->subject : s->party];
        stake.owned = set->ids.texts[s->subject];
        stake.line = s->line;
        if (!cut(&stake, until))
            continue;
        ITD_TRY(itd_stakes_send(set->reading, &stake, error));
    }
    return ITD_OK;
}

/* From the last statement back, so that the one after each is known; `date` becomes the day until which it holds. */
static void find_ends(itd_bods_set *set)
{
    for (size_t i = set->statements.count; i-- > 0;) {
        itd_bods_statement *s = &set->statements.items[i];
        itd_bods_record *record = &set->records.items[s->record];
        itd_date next = record->next;
        record->next = s->date;
        if (!s->closed)
            s->date = next;
    }
}

static itd_status tell_party(const itd_bods_set *set, const itd_bods_statement *s, itd_error *error)
{
    const itd_stakes_party party = {.id = set->ids.texts[s->record], .line = s->line, .offset = s->offset};
    itd_bods_type type = set->records.items[s->record].type;
    return type == ITD_BODS_ENTITY || type == ITD_BODS_PERSON ? itd_stakes_tell(set->reading, &party, error) : ITD_OK;
}

itd_status itd_bods_set_send(itd_bods_set *set, itd_error *error)
{
    bool whole = is_whole(set);
    find_ends(set);
    for (size_t i = 0; i < set->statements.count; i++) {
        const itd_bods_statement *s = &set->statements.items[i];
        const char *problem = whole ? problem_of(set, s) : NULL;
        if (problem) {
            const itd_stakes_place place = {s->line, s->offset};
            ITD_TRY(itd_stakes_reject(set->reading, set->input, &place, set->ids.texts[s->record], problem, error));
            continue;
        }
        ITD_TRY(tell_party(set, s, error));
        ITD_TRY(send_statement(set, s, s->date, error));
    }
    return ITD_OK;
}
