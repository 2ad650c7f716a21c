/* A relation of FollowTheMoney becomes stakes: its kinds, its bounds, its days. */
#include "engine/graph_relation.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "read/holding.h"
#include "read/percentage.h"
#include "read/stakes_send.h"

/* How much of a value a reason shows. */
#define SHOWN_BYTES_MAX 64
/* Shares, votes, board, control: a relation is of each at most once. */
#define KINDS_MAX (ITD_STAKE_CONTROL + 1)

typedef struct relation {
    itd_relations *all;
    const itd_folded *entity;
    const itd_row *bad; /* why it cannot be used; NULL: it can */
    char reason[ITD_STAKES_REASON_MAX];
} relation;

/* The days that a start or an end can mean. */
typedef struct days {
    bool given, wide; /* wide: more than one stake can say */
    int32_t first, last;
    itd_date date; /* with `more` these days, unless they are wide */
    uint16_t more;
} days;

/* What is to be sent for every pair of parties. */
typedef struct holding {
    itd_stake stakes[KINDS_MAX];
    size_t count;
    days start, end;
} holding;

static itd_sv text_of(const relation *r, uint32_t text)
{
    return itd_collection_text(r->all->collection, text);
}

/* The values of a property: `*count` rows from the first on. */
static const itd_row *rows_of(const relation *r, itd_property property, size_t *count)
{
    const itd_row *rows = itd_collection_rows(r->all->collection) + r->entity->row_first;
    size_t at = 0;
    itd_property here = itd_property_in(r->entity->schema, property);
    *count = 0;
    while (at < r->entity->row_count && rows[at].property != here)
        at++;
    while (at + *count < r->entity->row_count && rows[at + *count].property == here)
        ++*count;
    return rows + at;
}

/* ---- what cannot be used ---- */

/* Always false. */
static bool refuse(relation *r, const itd_row *row, const char *why)
{
    itd_sv value = text_of(r, row->value), shown = itd_sv_slice(value, 0, SHOWN_BYTES_MAX);
    if (value.size > shown.size) /* no character is cut through */
        while (shown.size > 0 && ((unsigned char)value.data[shown.size] & 0xC0) == 0x80)
            shown.size--;
    r->bad = row;
    (void)snprintf(r->reason, sizeof r->reason, "%s \"%.*s\"%s: %s", itd_property_name(row->property),
                   ITD_SV_ARG(shown), value.size > shown.size ? "…" : "", why);
    return false;
}

/* A document is a file's name alone; where a file of that name was named, its path is. */
static const char *path_of(const relation *r, itd_sv document)
{
    const itd_read_options *options = r->all->options;
    for (size_t i = 0; i < options->path_count; i++)
        if (itd_sv_equal(itd_graph_file_name(options->paths[i]), document))
            return options->paths[i];
    return document.data;
}

static itd_status reject(const relation *r, itd_error *error)
{
    const itd_read_options *options = r->all->options;
    const itd_rejected told = {.file = path_of(r, text_of(r, r->bad->document)),
                               .line = r->bad->line,
                               .offset = ITD_NOWHERE,
                               .record = text_of(r, r->entity->id),
                               .reason = r->reason};
    r->all->rejected++;
    if (options->on_reject)
        options->on_reject(options->user, &told);
    return options->skip_bad ? ITD_OK
                             : itd_fail_at(error, ITD_EFORMAT, told.file, told.line, told.offset, "%s (record %.*s)",
                                           r->reason, ITD_SV_ARG(itd_sv_slice(told.record, 0, SHOWN_BYTES_MAX)));
}

/* ---- days ---- */

/* Of several dates the first day and the last one that any of them can mean: it is not known which of them is so. */
static bool take_days(days *out, relation *r, itd_property property)
{
    size_t count = 0;
    const itd_row *rows = rows_of(r, property, &count);
    *out = (days){.given = count > 0, .first = INT32_MAX, .last = INT32_MIN};
    for (size_t i = 0; i < count; i++) {
        itd_date date;
        int32_t first = 0, last = 0;
        if (!itd_date_parse(&date, text_of(r, rows[i].value)))
            return refuse(r, &rows[i], "no date (YYYY, YYYY-MM or YYYY-MM-DD)");
        itd_date_span(&first, &last, date);
        if (first <= out->first && last >= out->last)
            out->date = date; /* it can mean all that the others can */
        else if (first < out->first || last > out->last)
            out->date = (itd_date){0};
        out->first = first < out->first ? first : out->first;
        out->last = last > out->last ? last : out->last;
    }
    if (count == 0 || out->date.year != 0)
        return true;
    if (out->last - out->first > ITD_RELATION_DAYS_APART_MAX)
        return refuse(r, &rows[count - 1], "it and another one lie more than a century apart");
    out->wide = out->last - out->first >= ITD_STAKE_DAYS_MAX;
    out->date = itd_date_of_day(out->first);
    out->more = out->wide ? 0 : (uint16_t)(out->last - out->first);
    return true;
}

static bool take_period(holding *out, relation *r)
{
    size_t count = 0;
    if (!take_days(&out->start, r, ITD_P_Interval_startDate) || !take_days(&out->end, r, ITD_P_Interval_endDate))
        return false;
    if (out->start.given && out->end.given && out->start.first > out->end.last)
        return refuse(r, rows_of(r, ITD_P_Interval_endDate, &count), "it ends before it starts");
    return true;
}

/* ---- kinds and shares ---- */

/* Several percentages of one relation are a range. */
static bool take_percentages(bool *given, uint32_t *low, uint32_t *high, relation *r)
{
    size_t count = 0;
    const itd_row *rows = rows_of(r, ITD_P_Ownership_percentage, &count);
    *given = count > 0;
    *low = count ? ITD_PPM_WHOLE : 0;
    *high = count ? 0 : ITD_PPM_WHOLE;
    for (size_t i = 0; i < count; i++) {
        uint32_t from = 0, to = 0;
        const char *why = itd_percentage_read(&from, &to, text_of(r, rows[i].value));
        if (why)
            return refuse(r, &rows[i], why);
        *low = from < *low ? from : *low;
        *high = to > *high ? to : *high;
    }
    return true;
}

static itd_stake *find_kind(holding *h, itd_stake_kind kind)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->stakes[i].kind == kind)
            return &h->stakes[i];
    return NULL;
}

static void add_kind(holding *h, const itd_stake *said)
{
    itd_stake *have = find_kind(h, said->kind);
    if (!have) {
        h->stakes[h->count++] = *said;
        return;
    }
    have->share_min_ppm = said->share_min_ppm < have->share_min_ppm ? said->share_min_ppm : have->share_min_ppm;
    have->share_max_ppm = said->share_max_ppm > have->share_max_ppm ? said->share_max_ppm : have->share_max_ppm;
}

/* The kinds that its types name. True in *unknown: one of them is none that is known. */
static void take_kinds(holding *h, bool *unknown, relation *r)
{
    size_t count = 0;
    const itd_row *rows = rows_of(r, ITD_P_Ownership_ownershipType, &count);
    *unknown = false;
    for (size_t i = 0; i < count; i++) {
        itd_stake said = {.kind = ITD_STAKE_SHARES};
        itd_sv type = text_of(r, rows[i].value);
        if (itd_holding_read(&said, type)) {
            add_kind(h, &said);
            continue;
        }
        *unknown = true;
        if (r->all->unknown_type.size == 0)
            r->all->unknown_type = type;
    }
    if (count == 0)
        add_kind(h, &(itd_stake){.kind = ITD_STAKE_SHARES});
}

/* Who controls a company by owning it may hold shares of it too. A type that is not known may stand for shares or for
 * something else: shares that may be none. */
static bool take_holding(holding *h, relation *r)
{
    bool given = false, unknown = false;
    uint32_t low = 0, high = 0;
    if (!take_percentages(&given, &low, &high, r))
        return false;
    take_kinds(h, &unknown, r);
    for (size_t i = 0; i < h->count; i++) {
        itd_stake *stake = &h->stakes[i];
        bool sized = stake->kind == ITD_STAKE_SHARES || stake->kind == ITD_STAKE_VOTES;
        if (stake->kind != ITD_STAKE_CONTROL && (given || (sized && stake->share_max_ppm == 0))) {
            stake->share_min_ppm = low;
            stake->share_max_ppm = high;
        }
    }
    if ((unknown || find_kind(h, ITD_STAKE_CONTROL)) && !find_kind(h, ITD_STAKE_SHARES))
        h->stakes[h->count++] = (itd_stake){.share_min_ppm = unknown ? 0 : low, .share_max_ppm = high};
    r->all->unknown_types += unknown;
    return true;
}

/* ---- sending ---- */

/* On the days from first to before last it perhaps holds, on no other: as many stakes as that takes. */
static itd_status add_perhaps(relation *r, itd_stake stake, int32_t first, int32_t last, itd_error *error)
{
    while (first < last) {
        int32_t part = last - first < ITD_STAKE_DAYS_MAX ? last - first : ITD_STAKE_DAYS_MAX - 1;
        stake.start = stake.end = itd_date_of_day(first);
        stake.start_more = stake.end_more = (uint16_t)part;
        ITD_TRY(itd_register_builder_add(r->all->builder, &stake, error));
        first += part;
    }
    return ITD_OK;
}

/* Days that one stake cannot mean go into stakes of their own; the stake itself holds between them. */
static itd_status add_dated(relation *r, const holding *h, itd_stake stake, itd_error *error)
{
    const days *start = &h->start, *end = &h->end;
    int32_t from = start->wide ? start->last : start->first, to = end->wide ? end->first : end->last;
    if (start->wide)
        ITD_TRY(add_perhaps(r, stake, start->first, end->given && end->last < start->last ? end->last : start->last,
                            error));
    if (end->wide)
        ITD_TRY(add_perhaps(r, stake, start->given && start->first > end->first ? start->first : end->first, end->last,
                            error));
    if ((start->wide || end->wide) && start->given && end->given && from >= to)
        return ITD_OK; /* nothing is between them */
    stake.start = start->wide ? itd_date_of_day(from) : start->date;
    stake.start_more = start->more;
    stake.end = end->wide ? itd_date_of_day(to) : end->date;
    stake.end_more = end->more;
    return itd_register_builder_add(r->all->builder, &stake, error);
}

static bool are_ids(relation *r, const itd_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        itd_sv id = text_of(r, rows[i].value);
        if (id.size > 0 && memchr(id.data, '\0', id.size))
            return refuse(r, &rows[i], "an id with a NUL in it");
    }
    return true;
}

/* Every source with every target. */
static itd_status add_pairs(relation *r, const holding *h, const itd_row *froms, size_t from_count, const itd_row *tos,
                            size_t to_count, itd_error *error)
{
    ITD_TRY(itd_register_builder_file(r->all->builder, text_of(r, froms[0].document), error));
    for (size_t k = 0; k < h->count; k++)
        for (size_t i = 0; i < from_count; i++)
            for (size_t j = 0; j < to_count; j++) {
                itd_stake stake = h->stakes[k];
                stake.owner = text_of(r, froms[i].value);
                stake.owned = text_of(r, tos[j].value);
                stake.line = froms[0].line;
                stake.reliability = froms[0].reliability;
                stake.credibility = froms[0].credibility;
                if (stake.owner.size > 0 && stake.owned.size > 0)
                    ITD_TRY(add_dated(r, h, stake, error));
            }
    return ITD_OK;
}

/* FollowTheMoney's old way to say whose part an organisation is. It says nothing of shares: a link. */
static itd_status add_parents(relation *r, itd_error *error)
{
    size_t count = 0;
    const itd_row *rows = rows_of(r, ITD_P_LegalEntity_parent, &count);
    if (!are_ids(r, rows, count))
        return reject(r, error);
    for (size_t i = 0; i < count; i++) {
        itd_stake stake = {.owner = text_of(r, rows[i].value),
                           .owned = text_of(r, r->entity->id),
                           .kind = ITD_STAKE_LINK,
                           .line = rows[i].line,
                           .reliability = rows[i].reliability,
                           .credibility = rows[i].credibility};
        ITD_TRY(itd_register_builder_file(r->all->builder, text_of(r, rows[i].document), error));
        if (stake.owner.size > 0)
            ITD_TRY(itd_register_builder_add(r->all->builder, &stake, error));
    }
    return ITD_OK;
}

itd_status itd_relation_add(itd_relations *all, const itd_folded *entity, itd_error *error)
{
    relation r = {.all = all, .entity = entity};
    itd_property from = ITD_PROPERTY_NONE, to = ITD_PROPERTY_NONE;
    size_t from_count = 0, to_count = 0;
    holding h = {.count = 0};
    if (itd_schema_is(entity->schema, ITD_S_LegalEntity))
        return add_parents(&r, error);
    if (!itd_schema_is_edge(entity->schema, &from, &to))
        return ITD_OK;
    const itd_row *froms = rows_of(&r, from, &from_count), *tos = rows_of(&r, to, &to_count);
    if (from_count == 0 || to_count == 0)
        return ITD_OK;
    bool owns = itd_schema_is(entity->schema, ITD_S_Ownership);
    if (!owns)
        h.stakes[h.count++].kind =
            itd_schema_is(entity->schema, ITD_S_Directorship) ? ITD_STAKE_DIRECTOR : ITD_STAKE_LINK;
    if (!are_ids(&r, froms, from_count) || !are_ids(&r, tos, to_count) || !take_period(&h, &r) ||
        (owns && !take_holding(&h, &r)))
        return reject(&r, error);
    return add_pairs(&r, &h, froms, from_count, tos, to_count, error);
}
