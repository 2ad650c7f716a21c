/* The chain of a case as people and programs read it. */
#include <assert.h>
#include <inttypes.h>
#include <sodium.h>

#include "base/progress.h"
#include "engine/case.h"
#include "interdict/audit.h"
#include "store/checkpoint.h"

/* Of the text for people: deeper than this a record does not go, and longer the text does not get. */
#define WHAT_DEPTH_MAX 4
#define WHAT_BYTES_MAX 600

static bool is_hash(itd_sv text)
{
    if (text.size != (size_t)ITD_STORE_HASH * 2)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!strchr("0123456789abcdef", text.data[i]))
            return false;
    return true;
}

static void say(itd_buffer *out, itd_sv key, const itd_json *value, const char *between, unsigned depth);

/* A file without its folders. */
static itd_sv name_of(itd_sv path)
{
    size_t at = path.size;
    while (at > 0 && path.data[at - 1] != '/')
        at--;
    return itd_sv_slice(path, at, path.size);
}

/* A value with its name; hashes, sizes, and what is none, zero or false, go without saying. */
static void say_scalar(itd_buffer *out, itd_sv key, const itd_json *value, const char *between)
{
    char scratch[64];
    itd_sv text = itd_json_scalar(value, scratch, sizeof scratch);
    if (itd_sv_is(key, "file") || itd_sv_is(key, "dataset")) { /* speak for themselves */
        text = itd_sv_is(key, "file") ? name_of(text) : text;
        key = ITD_SV_NONE;
    }
    if (text.size == 0 || is_hash(text) || itd_sv_is(text, "0") || itd_sv_is(text, "false") ||
        itd_sv_is(text, "null") || itd_sv_is(key, "bytes"))
        return;
    itd_buffer_format(out, "%s%.*s", out->size ? between : "", ITD_SV_ARG(key));
    if (!itd_sv_is(text, "true"))
        itd_buffer_format(out, "%s%.*s", key.size ? " " : "", ITD_SV_ARG(itd_sv_slice(text, 0, 120)));
}

static void say_members(itd_buffer *out, const itd_json *object, unsigned depth)
{
    const void *cursor = NULL;
    itd_sv key;
    const itd_json *value = NULL;
    for (const char *between = "; "; itd_json_next_member(object, &cursor, &key, &value); between = ", ")
        say(out, key, value, between, depth + 1);
}

static void say(itd_buffer *out, itd_sv key, const itd_json *value, const char *between, unsigned depth)
{
    if (depth > WHAT_DEPTH_MAX || out->size > WHAT_BYTES_MAX)
        return;
    switch (itd_json_typeof(value)) {
    case ITD_JSON_ARRAY:
        for (size_t i = 0; i < itd_json_count(value) && out->size <= WHAT_BYTES_MAX; i++)
            say(out, itd_json_typeof(itd_json_item(value, i)) == ITD_JSON_OBJECT ? ITD_SV_NONE : key,
                itd_json_item(value, i), between, depth + 1);
        break;
    case ITD_JSON_OBJECT:
        say_members(out, value, depth);
        break;
    default:
        say_scalar(out, key, value, between);
        break;
    }
}

/* What stands behind the record's own members. */
static void say_content(itd_buffer *out, const itd_json *root)
{
    static const char *const own[] = {"number", "time", "person", "command", "program", "previous", "rows"};
    const void *cursor = NULL;
    itd_sv key;
    const itd_json *value = NULL;
    while (itd_json_next_member(root, &cursor, &key, &value)) {
        bool is_own = false;
        for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
            is_own |= itd_sv_is(key, own[i]);
        if (!is_own)
            say(out, key, value, "; ", 0);
    }
    if (out->size > WHAT_BYTES_MAX) {
        /* Not in the middle of a character. */
        size_t size = WHAT_BYTES_MAX;
        while (size > 0 && ((unsigned char)out->data[size] & 0xc0) == 0x80)
            size--;
        out->size = size;
        (void)itd_buffer_append(out, ITD_SV("…"));
    }
}

static itd_status tell(itd_json_document *document, itd_buffer *what, const itd_audit_record *kept,
                       itd_status (*on_record)(void *user, const itd_case_record *record), void *user, itd_error *error)
{
    char hash[2 * ITD_STORE_HASH + 1];
    const itd_json *root = NULL;
    itd_status status = itd_json_parse(document, kept->content, &root, error);
    if (status == ITD_ENOMEM)
        return status;
    if (status != ITD_OK || itd_json_typeof(root) != ITD_JSON_OBJECT || kept->hash.size != ITD_STORE_HASH ||
        kept->content.data[kept->content.size - 1] != '}')
        return itd_fail(error, ITD_EFORMAT, "audit record %" PRId64 " was changed", kept->number);
    itd_buffer_clear(what);
    say_content(what, root);
    if (what->failed)
        return itd_fail_memory(error);
    (void)sodium_bin2hex(hash, sizeof hash, (const unsigned char *)kept->hash.data, kept->hash.size);
    const itd_case_record record = {.number = kept->number,
                                    .time = itd_json_text(itd_json_member(root, "time")),
                                    .person = itd_json_text(itd_json_member(root, "person")),
                                    .command = itd_json_text(itd_json_member(root, "command")),
                                    .program = itd_json_text(itd_json_member(root, "program")),
                                    .what = itd_buffer_view(what),
                                    .content = kept->content,
                                    .hash = itd_sv_of(hash)};
    status = on_record(user, &record);
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the records");
}

itd_status itd_case_audit(itd_case *the_case, int64_t from,
                          itd_status (*on_record)(void *user, const itd_case_record *record), void *user,
                          itd_error *error)
{
    assert(the_case && on_record);
    itd_audit_reader *reader = NULL;
    itd_json_document *document = NULL;
    itd_buffer what = {0};
    itd_audit_record kept;
    bool more = true;
    itd_status status = itd_json_document_create(&document, error);
    if (status == ITD_OK)
        status = itd_audit_reader_open(&reader, the_case->store, from, error);
    while (status == ITD_OK) {
        status = itd_audit_reader_next(reader, &kept, &more, error);
        if (status != ITD_OK || !more)
            break;
        status = tell(document, &what, &kept, on_record, user, error);
    }
    itd_audit_reader_close(reader);
    itd_json_document_destroy(document);
    itd_buffer_finish(&what);
    if (status != ITD_OK)
        itd_error_set_where(error, the_case->store->path);
    return status;
}

itd_status itd_case_record_json(itd_bytes *out, const itd_case_record *record, itd_error *error)
{
    assert(out && record && record->content.size >= 2);
    itd_buffer buffer = itd_bytes_take(out);
    (void)itd_buffer_append(&buffer, itd_sv_slice(record->content, 0, record->content.size - 1));
    itd_buffer_format(&buffer, "%s\"hash\":\"%.*s\"}", record->content.size > 2 ? "," : "", ITD_SV_ARG(record->hash));
    return itd_bytes_give(out, &buffer, error);
}

/* ---- export ---- */

typedef struct exporting {
    itd_buffer line;
    itd_status (*on_line)(void *user, itd_sv line);
    void *user;
} exporting;

static itd_status give_line(exporting *e, itd_error *error)
{
    if (e->line.failed)
        return itd_fail_memory(error);
    itd_status status = e->on_line(e->user, itd_buffer_view(&e->line));
    return status == ITD_OK ? ITD_OK : itd_fail(error, status, "stopped by the receiver of the lines");
}

/* What the first record takes for the hash before it is made of these. */
static itd_status export_case(exporting *e, itd_store *store, itd_error *error)
{
    itd_sql_query *query = NULL;
    itd_json_writer json;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT key, value FROM meta WHERE key IN ('case', 'created', 'two_person') ORDER BY key",
                            error));
    itd_buffer_clear(&e->line);
    itd_json_writer_init(&json, &e->line);
    itd_json_begin_object(&json);
    itd_json_key(&json, "format");
    itd_json_write_text(&json, ITD_SV("interdict-audit-1"));
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        char key[16];
        itd_sv name = itd_sql_bytes(query, 0);
        (void)snprintf(key, sizeof key, "%.*s", ITD_SV_ARG(name));
        itd_json_key(&json, key);
        itd_json_write_text(&json, itd_sql_bytes(query, 1));
    }
    itd_json_end_object(&json);
    itd_sql_finish(query);
    return status == ITD_OK ? give_line(e, error) : status;
}

static itd_status export_records(exporting *e, itd_store *store, itd_error *error)
{
    itd_audit_reader *reader = NULL;
    itd_audit_record record;
    bool more = false;
    ITD_TRY(itd_audit_reader_open(&reader, store, INT64_MIN, error));
    itd_status status;
    while ((status = itd_audit_reader_next(reader, &record, &more, error)) == ITD_OK && more) {
        char hash[2 * ITD_STORE_HASH + 1] = "";
        itd_json_writer json;
        if (record.hash.size == ITD_STORE_HASH)
            (void)sodium_bin2hex(hash, sizeof hash, (const unsigned char *)record.hash.data, record.hash.size);
        itd_buffer_clear(&e->line);
        itd_json_writer_init(&json, &e->line);
        itd_json_begin_object(&json);
        itd_json_key(&json, "number");
        itd_json_write_i64(&json, record.number);
        itd_json_key(&json, "content");
        itd_json_write_text(&json, record.content);
        itd_json_key(&json, "hash");
        itd_json_write_text(&json, itd_sv_of(hash));
        itd_json_end_object(&json);
        if ((status = give_line(e, error)) != ITD_OK)
            break;
    }
    itd_audit_reader_close(reader);
    return status;
}

static itd_status export_checkpoint(void *user, const itd_checkpoint *checkpoint, itd_error *error)
{
    exporting *e = user;
    char line[ITD_CHECKPOINT_LINE_MAX];
    itd_buffer_clear(&e->line);
    (void)itd_buffer_append(&e->line, itd_checkpoint_line(line, checkpoint));
    return give_line(e, error);
}

itd_status itd_case_audit_export(itd_case *the_case, itd_status (*on_line)(void *user, itd_sv line), void *user,
                                 itd_error *error)
{
    assert(the_case && on_line);
    itd_store *store = the_case->store;
    exporting e = {.on_line = on_line, .user = user};
    itd_status status = itd_store_begin(store, error); /* one state of the case */
    if (status == ITD_OK)
        status = export_case(&e, store, error);
    if (status == ITD_OK)
        status = export_records(&e, store, error);
    if (status == ITD_OK)
        status = itd_checkpoint_each(store, export_checkpoint, &e, error);
    itd_store_rollback(store);
    itd_buffer_finish(&e.line);
    return status;
}

/* ---- checkpoints ---- */

itd_status itd_signing_key_create(char public_key[ITD_PUBLIC_KEY_TEXT], const char *path, itd_error *error)
{
    assert(public_key && path);
    itd_signing_key key;
    ITD_TRY(itd_signing_key_make(&key, path, error));
    (void)sodium_bin2hex(public_key, ITD_PUBLIC_KEY_TEXT, key.public_key, sizeof key.public_key);
    itd_signing_key_wipe(&key);
    return ITD_OK;
}

itd_status itd_case_checkpoint(itd_bytes *out, itd_case *the_case, const char *key_path, itd_error *error)
{
    assert(out && the_case && the_case->store->writing && key_path);
    itd_signing_key key;
    itd_checkpoint checkpoint;
    char line[ITD_CHECKPOINT_LINE_MAX];
    ITD_TRY(itd_signing_key_read(&key, key_path, error));
    itd_buffer buffer = itd_bytes_take(out);
    itd_store *store = the_case->store;
    itd_status status = itd_store_begin(store, error);
    if (status == ITD_OK)
        status = itd_checkpoint_make(&checkpoint, store, &key, itd_clock_utc_us(), error);
    itd_signing_key_wipe(&key);
    /* The line first: a checkpoint that is kept was given out too. */
    if (status == ITD_OK && !itd_buffer_append(&buffer, itd_checkpoint_line(line, &checkpoint)))
        status = itd_fail_memory(error);
    if (status == ITD_OK)
        status = itd_store_commit(store, error);
    itd_store_rollback(store);
    if (status != ITD_OK)
        buffer.size = 0;
    itd_status given = itd_bytes_give(out, &buffer, NULL);
    return status == ITD_OK ? given : status;
}
