#include "read/stakes_send.h"

itd_status itd_stakes_reject(itd_stakes_reading *reading, const itd_input *input, const itd_stakes_place *place,
                             itd_sv record, const char *reason, itd_error *error)
{
    const itd_reject told = {.kind = ITD_REJECT_RECORD,
                             .file = itd_input_name(input),
                             .line = place->line,
                             .offset = place->offset,
                             .record = record,
                             .reason = reason};
    reading->rejected++;
    if (reading->reject)
        reading->reject(reading->reject_context, &told);
    return reading->skip_bad
               ? ITD_OK
               : itd_fail_at(error, ITD_EFORMAT, itd_input_name(input), place->line, place->offset, "%s", reason);
}

itd_status itd_stakes_send(itd_stakes_reading *reading, const itd_stake *stake, itd_error *error)
{
    ITD_TRY(reading->stake(reading->stake_context, stake, error));
    reading->stakes++;
    return ITD_OK;
}

itd_status itd_stakes_send_alone(itd_stakes_reading *reading, itd_sv party, itd_date start, itd_date end, uint64_t line,
                                 itd_error *error)
{
    const itd_stake alone = {
        .owner = party, .owned = party, .kind = ITD_STAKE_LINK, .start = start, .end = end, .line = line};
    return itd_stakes_send(reading, &alone, error);
}

itd_status itd_stakes_tell(const itd_stakes_reading *reading, const itd_stakes_party *party, itd_error *error)
{
    return reading->party ? reading->party(reading->party_context, party, error) : ITD_OK;
}

/* ---- addresses ---- */

typedef struct address {
    char text[ITD_STAKE_ID_BYTES_MAX];
    size_t size;
    bool full;
} address;

static void put(address *a, char c)
{
    if (a->size < sizeof a->text)
        a->text[a->size++] = c;
    else
        a->full = true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}

static void put_part(address *a, itd_sv part)
{
    bool blank = false, any = false;
    for (size_t i = 0; i < part.size; i++) {
        char c = part.data[i];
        if (is_blank(c)) {
            blank = any;
            continue;
        }
        if (!any && a->size > sizeof ITD_STAKES_ADDRESS - 1) {
            put(a, ',');
            put(a, ' ');
        }
        if (blank)
            put(a, ' ');
        put(a, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        blank = false;
        any = true;
    }
}

itd_status itd_stakes_send_address(itd_stakes_reading *reading, itd_sv party, const itd_sv *parts, size_t count,
                                   uint64_t line, itd_error *error)
{
    address a = {.size = 0};
    for (const char *c = ITD_STAKES_ADDRESS; *c; c++)
        put(&a, *c);
    for (size_t i = 0; i < count; i++)
        put_part(&a, parts[i]);
    if (a.size == sizeof ITD_STAKES_ADDRESS - 1)
        return ITD_OK;
    itd_sv id = {a.text, a.size};
    size_t whole = a.full ? itd_utf8_invalid_at(id) : SIZE_MAX; /* a character was cut through */
    const itd_stake stake = {.owner = party, .owned = itd_sv_slice(id, 0, whole), .kind = ITD_STAKE_LINK, .line = line};
    return itd_stakes_send(reading, &stake, error);
}

/* ---- small questions ---- */

bool itd_stakes_is_id(itd_sv id)
{
    return id.size > 0 && id.size <= ITD_STAKE_ID_BYTES_MAX && !memchr(id.data, '\0', id.size);
}

itd_sv itd_stakes_id(char room[ITD_STAKE_ID_BYTES_MAX], const char *prefix, itd_sv key)
{
    size_t before = strlen(prefix);
    if (!itd_stakes_is_id(key) || key.size > ITD_STAKE_ID_BYTES_MAX - before)
        return ITD_SV_NONE;
    memcpy(room, prefix, before);
    memcpy(room + before, key.data, key.size);
    return itd_sv_make(room, before + key.size);
}

bool itd_stakes_day(itd_date *out, itd_sv text)
{
    int64_t moment = 0;
    if (text.size == 0)
        return true;
    return (text.size <= 10 || itd_time_parse(&moment, text)) && itd_date_parse(out, itd_sv_slice(text, 0, 10));
}

bool itd_stakes_days_fit(itd_date start, itd_date end)
{
    int32_t start_first = 0, end_last = 0, other = 0;
    if (start.year == 0 || end.year == 0)
        return true;
    itd_date_span(&start_first, &other, start);
    itd_date_span(&other, &end_last, end);
    return start_first <= end_last;
}

void itd_stakes_progress(const itd_stakes_reading *reading, const itd_input *input)
{
    uint64_t done = 0, total = 0;
    if (!reading->progress)
        return;
    itd_input_progress(input, &done, &total);
    reading->progress(reading->progress_context, done, total);
}
