/* Whether a case is what was written to it. */
#include <assert.h>
#include <sodium.h>

#include "base/input.h"
#include "base/vector.h"
#include "engine/case.h"
#include "interdict/audit.h"
#include "store/verify.h"

typedef ITD_VECTOR(itd_checkpoint) checkpoints;

static itd_status take_line(checkpoints *out, const itd_input *input, itd_sv line, itd_error *error)
{
    itd_checkpoint checkpoint;
    if (out->count == ITD_CASE_CHECKPOINTS_MAX)
        return itd_fail_at(error, ITD_ELIMIT, itd_input_name(input), 0, ITD_NOWHERE, "more than %d checkpoints",
                           ITD_CASE_CHECKPOINTS_MAX);
    itd_status status = itd_checkpoint_parse(&checkpoint, itd_sv_trim(line), error);
    if (status == ITD_EFORMAT)
        return itd_fail_at(error, status, itd_input_name(input), itd_input_line_number(input), ITD_NOWHERE,
                           "this is no checkpoint, or one that was changed");
    if (status == ITD_OK && !itd_vector_push(out, checkpoint))
        status = itd_fail_memory(error);
    return status;
}

static itd_status read_checkpoints(checkpoints *out, const char *path, itd_error *error)
{
    itd_input *input = NULL;
    itd_sv line;
    bool more = false;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status;
    while ((status = itd_input_line(input, &line, &more, 0, error)) == ITD_OK && more)
        if (itd_sv_trim(line).size > 0 && (status = take_line(out, input, line, error)) != ITD_OK)
            break;
    if (status == ITD_OK && out->count == 0) /* else all would seem to fit */
        status = itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE, "there is no checkpoint in it");
    itd_input_close(input);
    return status;
}

static bool take_key(unsigned char out[ITD_CHECKPOINT_KEY], const char *text)
{
    size_t size = 0;
    return strlen(text) == (size_t)ITD_CHECKPOINT_KEY * 2 &&
           sodium_hex2bin(out, ITD_CHECKPOINT_KEY, text, strlen(text), NULL, &size, NULL) == 0 &&
           size == ITD_CHECKPOINT_KEY;
}

itd_status itd_case_verify(itd_case_verified *out, const char *path, const itd_case_verify_options *options,
                           itd_error *error)
{
    assert(out && path);
    unsigned char key[ITD_CHECKPOINT_KEY];
    checkpoints given = {0};
    itd_verify_options wanted = {0};
    itd_verify_report report = {0};
    itd_status status = ITD_OK;
    *out = (itd_case_verified){0};
    if (options && options->public_key) {
        if (!take_key(key, options->public_key))
            return itd_fail(error, ITD_EINVAL, "\"%.80s\" is no public key: it has 64 hexadecimal digits",
                            options->public_key);
        wanted.public_key = key;
    }
    if (options && options->checkpoints)
        status = read_checkpoints(&given, options->checkpoints, error);
    if (status == ITD_OK) {
        wanted.checkpoints = given.items;
        wanted.checkpoint_count = given.count;
        status = itd_store_verify(&report, path, &wanted, error);
    }
    memcpy(out->id, report.case_id, sizeof out->id);
    (void)sodium_bin2hex(out->head, sizeof out->head, report.head, sizeof report.head);
    out->pages = report.pages;
    out->records = report.records;
    out->checkpoints = report.checkpoints;
    out->generations = report.generations;
    out->statements = report.statements;
    itd_vector_finish(&given);
    return status;
}

itd_status itd_case_verified_json(itd_bytes *out, const itd_case_verified *v, const char *broken, itd_error *error)
{
    assert(out && v);
    itd_buffer buffer = itd_bytes_take(out);
    itd_json_writer json;
    const struct {
        const char *key;
        uint64_t number;
    } numbers[] = {{"pages", v->pages},
                   {"records", v->records},
                   {"checkpoints", v->checkpoints},
                   {"generations", v->generations},
                   {"statements", v->statements}};
    itd_json_writer_init(&json, &buffer);
    itd_json_begin_object(&json);
    itd_json_key(&json, "ok");
    itd_json_write_bool(&json, !broken);
    itd_json_key(&json, "case");
    itd_json_write_text(&json, itd_sv_of(v->id));
    if (broken) {
        itd_json_key(&json, "broken");
        itd_json_write_text(&json, itd_sv_of(broken));
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        itd_json_key(&json, numbers[i].key);
        itd_json_write_u64(&json, numbers[i].number);
    }
    if (!broken) {
        itd_json_key(&json, "head");
        itd_json_write_text(&json, itd_sv_of(v->head));
    }
    itd_json_end_object(&json);
    return itd_bytes_give(out, &buffer, error);
}
