#include "read/stakes_csv.h"

#include <stdio.h>

#include "read/csv_rows.h"
#include "read/stakes_send.h"

enum { OWNER, OWNED, SHARE_MIN, SHARE_MAX, KIND, START, END, GRADE, COLUMNS };
#define NEEDED_COLUMNS 5 /* the first ones */
#define HEADER_FIELDS_MAX 64
#define PROGRESS_ROWS 65536

static const char *const column_names[COLUMNS] = {"owner", "owned", "share_min_ppm", "share_max_ppm",
                                                  "kind",  "start", "end",           "grade"};

typedef struct header {
    size_t at[COLUMNS]; /* SIZE_MAX: not there */
    size_t count;
} header;

/* NULL, or why these fields are no header. */
static const char *take_header(header *out, const itd_sv *fields, size_t count)
{
    for (size_t c = 0; c < COLUMNS; c++)
        out->at[c] = SIZE_MAX;
    out->count = count;
    for (size_t f = 0; f < count; f++) {
        size_t c = 0;
        while (c < COLUMNS && !itd_sv_is(itd_sv_trim(fields[f]), column_names[c]))
            c++;
        if (c == COLUMNS)
            return "a column that is not known: owner, owned, share_min_ppm, share_max_ppm, kind, start, end, grade "
                   "are";
        if (out->at[c] != SIZE_MAX)
            return "a column is named twice";
        out->at[c] = f;
    }
    for (size_t c = 0; c < NEEDED_COLUMNS; c++)
        if (out->at[c] == SIZE_MAX)
            return "the header of a register is owner,owned,share_min_ppm,share_max_ppm,kind[,start,end]";
    return NULL;
}

bool itd_stakes_csv_is(itd_sv head)
{
    itd_sv fields[HEADER_FIELDS_MAX];
    header found;
    if (itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")))
        head = itd_sv_slice(head, 3, SIZE_MAX);
    size_t count = itd_csv_look(&head, ',', fields, HEADER_FIELDS_MAX);
    if (count < 3 || count > HEADER_FIELDS_MAX)
        return false;
    bool owner = false, owned = false, share = false;
    for (size_t i = 0; i < count; i++) {
        owner |= itd_sv_is(itd_sv_trim(fields[i]), "owner");
        owned |= itd_sv_is(itd_sv_trim(fields[i]), "owned");
        share |= itd_sv_starts(itd_sv_trim(fields[i]), ITD_SV("share_"));
    }
    return (owner && owned && share) || take_header(&found, fields, count) == NULL;
}

static bool take_share(uint32_t *out, itd_sv text)
{
    uint64_t value = 0;
    if (text.size == 0 || text.size > 7 || !itd_sv_to_u64(&value, text) || value > ITD_PPM_WHOLE)
        return false;
    *out = (uint32_t)value;
    return true;
}

static const char *take_shares(itd_stake *stake, itd_sv low, itd_sv high)
{
    bool needed = stake->kind == ITD_STAKE_SHARES || stake->kind == ITD_STAKE_VOTES;
    if (low.size == 0 && high.size == 0 && !needed)
        return NULL;
    if (!take_share(&stake->share_min_ppm, low))
        return "share_min_ppm is no whole number from 0 to 1000000";
    if (!take_share(&stake->share_max_ppm, high))
        return "share_max_ppm is no whole number from 0 to 1000000";
    return stake->share_min_ppm > stake->share_max_ppm ? "share_min_ppm is above share_max_ppm" : NULL;
}

static const char *take_dates(itd_stake *stake, itd_sv start, itd_sv end)
{
    if (start.size > 0 && !itd_date_parse(&stake->start, start))
        return "start is no date (YYYY, YYYY-MM or YYYY-MM-DD)";
    if (end.size > 0 && !itd_date_parse(&stake->end, end))
        return "end is no date (YYYY, YYYY-MM or YYYY-MM-DD)";
    return itd_stakes_days_fit(stake->start, stake->end) ? NULL : "it ends before it starts";
}

static const char *take_grade(itd_stake *stake, itd_sv grade)
{
    if (grade.size == 0)
        return NULL;
    if (grade.size != 2 || grade.data[0] < 'A' || grade.data[0] > 'F' || grade.data[1] < '1' || grade.data[1] > '6')
        return "grade is no Admiralty grade (A1 to F6)";
    stake->reliability = grade.data[0];
    stake->credibility = grade.data[1];
    return NULL;
}

static itd_sv cell(const itd_csv_row *row, const header *head, size_t column)
{
    return head->at[column] == SIZE_MAX ? ITD_SV_NONE : itd_sv_trim(row->fields[head->at[column]]);
}

/* NULL, or why the row cannot be used. */
static const char *take_row(itd_stake *stake, const itd_csv_row *row, const header *head)
{
    const char *problem;
    *stake = (itd_stake){.line = row->line};
    if (row->problem)
        return row->problem;
    if (row->count != head->count)
        return row->count < head->count ? "fewer fields than the header has" : "more fields than the header has";
    stake->owner = cell(row, head, OWNER);
    stake->owned = cell(row, head, OWNED);
    if (stake->owner.size == 0)
        return "no owner";
    if (stake->owned.size == 0)
        return "nothing owned";
    if (stake->owner.size > ITD_STAKE_ID_BYTES_MAX || stake->owned.size > ITD_STAKE_ID_BYTES_MAX)
        return "an id of more than 1024 bytes (ITD_STAKE_ID_BYTES_MAX)";
    if (!itd_stake_kind_find(&stake->kind, cell(row, head, KIND)))
        return "kind is none of shares, votes, board, control, director, joint, same";
    if ((problem = take_shares(stake, cell(row, head, SHARE_MIN), cell(row, head, SHARE_MAX))) != NULL)
        return problem;
    if ((problem = take_dates(stake, cell(row, head, START), cell(row, head, END))) != NULL)
        return problem;
    return take_grade(stake, cell(row, head, GRADE));
}

static itd_status read_rows(itd_stakes_reading *reading, itd_csv *csv, const itd_input *input, itd_error *error)
{
    itd_csv_row row;
    header head;
    bool more = true;
    ITD_TRY(itd_csv_next(csv, &row, &more, error));
    if (!more)
        return itd_fail_at(error, ITD_EFORMAT, itd_input_name(input), 1, ITD_NOWHERE, "the file is empty");
    const char *problem = row.problem ? row.problem : take_header(&head, row.fields, row.count);
    if (problem)
        return itd_fail_at(error, ITD_EFORMAT, itd_input_name(input), row.line, ITD_NOWHERE, "%s", problem);
    for (uint64_t rows = 0;; rows++) {
        itd_stake stake;
        ITD_TRY(itd_csv_next(csv, &row, &more, error));
        if (!more)
            return ITD_OK;
        if (rows % PROGRESS_ROWS == 0)
            itd_stakes_progress(reading, input);
        problem = take_row(&stake, &row, &head);
        if (problem) {
            const itd_stakes_place place = {row.line, row.offset};
            ITD_TRY(itd_stakes_reject(reading, input, &place, stake.owned, problem, error));
            continue;
        }
        ITD_TRY(itd_stakes_send(reading, &stake, error));
    }
}

itd_status itd_stakes_csv_read(itd_stakes_reading *reading, itd_input *input, itd_error *error)
{
    itd_csv *csv = NULL;
    const itd_csv_options options = {.row_bytes_max = ITD_STAKE_ROW_BYTES_MAX};
    reading->stakes = reading->rejected = 0;
    ITD_TRY(itd_csv_create(&csv, input, &options, error));
    itd_status status = read_rows(reading, csv, input, error);
    itd_csv_destroy(csv);
    return status;
}
