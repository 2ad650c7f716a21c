#include "model/ftm_keys.h"
#include "read/ftm_line.h"

/* FollowTheMoney entities, one JSON object a line, others nested in it or not. Every value of every property is one
 * statement, as it stands in the file. Source: FollowTheMoney 3.8.4; OpenSanctions' bulk data (entities.ftm.json,
 * targets.nested.json).
 */

static itd_status parse(void *context, const itd_json *object, itd_sv *key, itd_error *error)
{
    return itd_ftm_line_parse(context, object, key, error);
}

static itd_status send(void *context, const itd_line_place *place, itd_error *error)
{
    return itd_ftm_line_send(context, place, error);
}

static itd_status read_ftm(itd_read *read, itd_error *error)
{
    itd_ftm_line line = {.read = read};
    itd_json_line_reader reader = {parse, send, &line};
    itd_ftm_line_init(&line);
    itd_status status = itd_json_lines_read(read, &reader, error);
    if (status == ITD_OK)
        itd_others_note(&line.others, read);
    itd_ftm_line_finish(&line);
    return status;
}

static int sniff(const itd_sniff *look)
{
    static const char *const keys[] = {ITD_FTM_ID, ITD_FTM_SCHEMA, ITD_FTM_PROPERTIES, NULL};
    unsigned seen[3] = {0};
    if (!itd_json_sniff_keys(look->head, keys, seen))
        return 0;
    if (seen[0] && seen[2]) /* the schema may come after properties that are longer than the head */
        return seen[1] ? 95 : 85;
    return 0;
}

const itd_format itd_format_ftm = {
    .id = "ftm",
    .title = "FollowTheMoney entities, one JSON object a line",
    .sniff = sniff,
    .read = read_ftm,
};
