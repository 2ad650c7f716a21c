#include <unistd.h>

#include "base/map.h"
#include "model/ftm_keys.h"
#include "read/ftm_line.h"
#include "read/looks.h"
#include "read/naming.h"

/* OpenSanctions' deltas: an index, delta.json, {"versions":{"20240527134702-zbn":"address",…}}, beside it a folder a
 * version with entities.delta.json, lines of {"op":"ADD"|"MOD"|"DEL","entity":{…}}, and the base that they change,
 * entities.ftm.json. What comes out is the base after all deltas in the index's order. Each line says what an entity is
 * from then on, so the last one of an entity decides and the base may be of any version of the index: the deltas are
 * read twice, first for which line is the last, and only ids are kept. docs/ftm.md says more. */

/** Largest index: some ten thousand versions. */
#define ITD_DELTA_INDEX_BYTES_MAX ((size_t)1 << 20)
/** Longest name of a version. */
#define VERSION_BYTES_MAX 63

enum path { INDEX, BASE };

/* A delta that is there. */
typedef struct delta_file {
    const char *path, *document;
} delta_file;

typedef struct delta {
    itd_read *read;
    itd_ftm_line line;
    itd_arena arena;   /* of the reading */
    itd_arena scratch; /* of a line */
    ITD_VECTOR(delta_file) files;
    itd_sv version; /* of the last delta */
    itd_intern ids;
    ITD_VECTOR(uint64_t) last; /* by id: the number of the last line that tells of it */
    uint64_t number;           /* of sound lines so far */
    itd_sv id;                 /* of the line */
    bool gone;                 /* it is deleted */
} delta;

static const char *const endings[] = {"", ".gz", ".zst"};

/* --- What belongs together --- */

/* The first key of the object that `head` starts with. */
static bool is_index(itd_sv head)
{
    itd_sv rest = itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")) ? itd_sv_slice(head, 3, SIZE_MAX) : head;
    rest = itd_sv_trim(rest);
    if (!itd_sv_starts(rest, ITD_SV("{")))
        return false;
    rest = itd_sv_trim(itd_sv_slice(rest, 1, SIZE_MAX));
    return (itd_sv_starts(rest, ITD_SV("\"versions\"")) || itd_sv_starts(rest, ITD_SV("\"updated_at\""))) &&
           itd_sv_find(rest, ITD_SV("\"versions\""), 0) != SIZE_MAX;
}

static itd_status look(bool *index, const char *path, itd_error *error)
{
    itd_input *input = NULL;
    itd_sv head;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = itd_input_peek(input, ITD_INPUT_PEEK_MAX, &head, error);
    if (status == ITD_OK)
        *index = is_index(head);
    itd_input_close(input);
    return status;
}

/* `*out` is the first of the files that is there, NULL when there is none. */
static itd_status find(const char **out, itd_sv folder, const char *name, itd_arena *arena, itd_error *error)
{
    *out = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        itd_sv path = itd_arena_format(arena, "%.*s%s%s", ITD_SV_ARG(folder), name, endings[i]);
        if (!path.data)
            return itd_fail_memory(error);
        if (access(path.data, F_OK) == 0) {
            *out = path.data;
            break;
        }
    }
    return ITD_OK;
}

/* With the slash at its end; empty: the working folder. */
static itd_sv folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return itd_sv_make(path, slash ? (size_t)(slash + 1 - path) : 0);
}

static itd_status gather(itd_source *source, const char **dataset, const char *path, itd_arena *arena, itd_error *error)
{
    bool index = false;
    const char *above = NULL;
    (void)dataset;
    ITD_TRY(look(&index, path, error));
    source->paths[INDEX] = path;
    if (!index) { /* a delta: the set of the index above it, or that delta alone */
        ITD_TRY(find(&above, folder_of(path), "../delta.json", arena, error));
        if (above)
            ITD_TRY(look(&index, above, error));
        if (!index)
            return ITD_OK;
        source->paths[INDEX] = above;
    }
    return find(&source->paths[BASE], folder_of(source->paths[INDEX]), "entities.ftm.json", arena, error);
}

/* --- The index --- */

static void note(const delta *d, const char *text)
{
    if (d->read->note)
        d->read->note(d->read->note_context, text);
}

/* A name that cannot lead out of the folder. */
static bool is_version(itd_sv name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (c < '0' || c > '9') && c != '-' && c != '_')
            return false;
    }
    return name.size > 0 && name.size <= VERSION_BYTES_MAX;
}

/* The oldest deltas may be missing, as the base has them; after the first that is there all must be. */
static itd_status take_version(delta *d, itd_sv version, bool *missing, itd_error *error)
{
    const char *index = d->read->source->paths[INDEX];
    delta_file file = {0};
    if (!is_version(version))
        return itd_fail_at(error, ITD_EFORMAT, index, 0, ITD_NOWHERE, "\"%.*s\" cannot be the name of a version",
                           ITD_SV_ARG(itd_sv_slice(version, 0, 64)));
    itd_sv name = itd_arena_format(&d->arena, "%.*s/entities.delta.json", ITD_SV_ARG(version));
    if (!name.data)
        return itd_fail_memory(error);
    ITD_TRY(find(&file.path, folder_of(index), name.data, &d->arena, error));
    file.document = name.data;
    *missing = !file.path;
    d->version = itd_arena_copy(&d->arena, version);
    if (!d->version.data)
        return itd_fail_memory(error);
    if (file.path)
        return itd_vector_push(&d->files, file) ? ITD_OK : itd_fail_memory(error);
    if (d->files.count > 0)
        return itd_fail_at(error, ITD_EFORMAT, index, 0, ITD_NOWHERE, "the delta of version %.*s is not there",
                           ITD_SV_ARG(version));
    return ITD_OK;
}

static itd_status take_index(delta *d, const itd_json *root, itd_error *error)
{
    const char *index = d->read->source->paths[INDEX];
    const itd_json *versions = itd_json_member(root, "versions"), *value;
    const void *cursor = NULL;
    itd_sv version;
    bool missing = false, any_missing = false;
    if (itd_json_typeof(versions) != ITD_JSON_OBJECT)
        return itd_fail_at(error, ITD_EFORMAT, index, 0, ITD_NOWHERE, "\"versions\" is not an object");
    while (itd_json_next_member(versions, &cursor, &version, &value)) {
        ITD_TRY(take_version(d, version, &missing, error));
        any_missing |= missing;
    }
    if (missing)
        return itd_fail_at(error, ITD_EFORMAT, index, 0, ITD_NOWHERE, "none of the deltas that it names is there");
    if (any_missing)
        note(d, "the oldest deltas of the index are not there: the base has to be as new as the first that is");
    memcpy(d->read->version, d->version.size ? d->version.data : "", d->version.size);
    d->read->version[d->version.size] = '\0';
    return ITD_OK;
}

static itd_status read_text(itd_buffer *out, const char *path, itd_error *error)
{
    itd_input *input = NULL;
    itd_sv line;
    bool more = true;
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = ITD_OK;
    while (status == ITD_OK) {
        status = itd_input_line(input, &line, &more, ITD_DELTA_INDEX_BYTES_MAX, error);
        if (status != ITD_OK || !more)
            break;
        if (out->size + line.size > ITD_DELTA_INDEX_BYTES_MAX)
            status = itd_fail_at(error, ITD_ELIMIT, path, 0, ITD_NOWHERE,
                                 "the index is larger than ITD_DELTA_INDEX_BYTES_MAX (%zu bytes)",
                                 ITD_DELTA_INDEX_BYTES_MAX);
        else if (!itd_buffer_append(out, line) || !itd_buffer_append_char(out, '\n'))
            status = itd_fail_memory(error);
    }
    itd_input_close(input);
    return status;
}

static itd_status read_index(delta *d, itd_error *error)
{
    const char *path = d->read->source->paths[INDEX];
    itd_json_document *json = NULL;
    const itd_json *root;
    itd_buffer text = {0};
    itd_status status = read_text(&text, path, error);
    if (status == ITD_OK)
        status = itd_json_document_create(&json, error);
    itd_sv bytes = itd_buffer_view(&text);
    if (itd_sv_starts(bytes, ITD_SV("\xEF\xBB\xBF")))
        bytes = itd_sv_slice(bytes, 3, SIZE_MAX);
    if (status == ITD_OK)
        status = itd_json_parse(json, bytes, &root, error);
    if (status == ITD_OK)
        status = take_index(d, root, error);
    itd_json_document_destroy(json);
    itd_buffer_finish(&text);
    return status;
}

/* --- Lines --- */

static itd_status parse_delta(void *context, const itd_json *object, itd_sv *key, itd_error *error)
{
    delta *d = context;
    itd_sv op = itd_json_text(itd_json_member(object, "op"));
    const itd_json *entity = itd_json_member(object, "entity");
    itd_arena_reset(&d->scratch);
    d->gone = itd_sv_is(op, "DEL");
    if (!d->gone && !itd_sv_is(op, "ADD") && !itd_sv_is(op, "MOD"))
        return itd_fail(error, ITD_EFORMAT, "op is none of ADD, MOD and DEL");
    if (itd_json_typeof(entity) != ITD_JSON_OBJECT)
        return itd_fail(error, ITD_EFORMAT, "no entity");
    if (d->gone) {
        const itd_json *id = itd_json_member(entity, ITD_FTM_ID);
        if (!id)
            return itd_fail(error, ITD_EFORMAT, "no id");
        ITD_TRY(itd_json_value(&d->id, id, ITD_FTM_ID, &d->scratch, error));
        *key = d->id;
        return d->id.size ? ITD_OK : itd_fail(error, ITD_EFORMAT, "id is empty");
    }
    ITD_TRY(itd_ftm_line_parse(&d->line, entity, key, error));
    d->id = *key;
    return ITD_OK;
}

static itd_status see_delta(void *context, const itd_line_place *place, itd_error *error)
{
    delta *d = context;
    (void)place;
    uint32_t id = itd_intern_add(&d->ids, d->id);
    uint64_t number = ++d->number;
    if (id == ITD_MAP_NONE || (id == d->last.count && !itd_vector_push(&d->last, number)))
        return itd_fail_memory(error);
    d->last.items[id] = number;
    return ITD_OK;
}

static itd_status send_delta(void *context, const itd_line_place *place, itd_error *error)
{
    delta *d = context;
    uint32_t id = itd_intern_find(&d->ids, d->id);
    uint64_t number = ++d->number;
    if (d->gone || id == ITD_MAP_NONE || d->last.items[id] != number)
        return ITD_OK;
    return itd_ftm_line_send(&d->line, place, error);
}

static itd_status parse_base(void *context, const itd_json *object, itd_sv *key, itd_error *error)
{
    delta *d = context;
    ITD_TRY(itd_ftm_line_parse(&d->line, object, key, error));
    d->id = *key;
    return ITD_OK;
}

static itd_status send_base(void *context, const itd_line_place *place, itd_error *error)
{
    delta *d = context;
    return itd_intern_find(&d->ids, d->id) == ITD_MAP_NONE ? itd_ftm_line_send(&d->line, place, error) : ITD_OK;
}

static itd_status read_deltas(delta *d, itd_read *read, const itd_json_line_reader *reader, itd_error *error)
{
    itd_status status = ITD_OK;
    d->number = 0;
    for (size_t i = 0; status == ITD_OK && i < d->files.count; i++) {
        status = itd_json_lines_read_file(read, d->files.items[i].path, d->files.items[i].document, reader, error);
        if (status != ITD_OK)
            itd_error_set_where(error, d->files.items[i].path);
    }
    return status;
}

static itd_status read_all(delta *d, itd_error *error)
{
    itd_read *read = d->read;
    const char *base = read->source->paths[BASE];
    const itd_json_line_reader see = {parse_delta, see_delta, d}, send = {parse_delta, send_delta, d},
                               whole = {parse_base, send_base, d};
    /* What is broken is told of when it is read for the second time. */
    itd_read quiet = {.source = read->source, .dataset = read->dataset, .skip_bad = true};
    bool index = false;
    ITD_TRY(look(&index, read->source->paths[INDEX], error));
    if (index) {
        ITD_TRY(read_index(d, error));
    } else {
        delta_file file = {read->source->paths[INDEX], itd_document_of_path(read->source->paths[INDEX])};
        if (!itd_vector_push(&d->files, file))
            return itd_fail_memory(error);
    }
    ITD_TRY(read_deltas(d, &quiet, &see, error));
    if (base)
        ITD_TRY(itd_json_lines_read_file(read, base, itd_document_of_path(base), &whole, error));
    else
        note(d, "no entities.ftm.json beside the index: of the base only what the deltas tell is there");
    ITD_TRY(read_deltas(d, read, &send, error));
    itd_others_note(&d->line.others, read);
    return ITD_OK;
}

static itd_status read_delta(itd_read *read, itd_error *error)
{
    delta d = {.read = read, .line = {.read = read}};
    itd_ftm_line_init(&d.line);
    itd_arena_init(&d.arena, SIZE_MAX);
    itd_arena_init(&d.scratch, SIZE_MAX);
    itd_intern_init(&d.ids, SIZE_MAX);
    itd_status status = read_all(&d, error);
    if (status != ITD_OK)
        itd_error_set_where(error, read->source->paths[INDEX]);
    itd_vector_finish(&d.files);
    itd_vector_finish(&d.last);
    itd_intern_finish(&d.ids);
    itd_arena_finish(&d.scratch);
    itd_arena_finish(&d.arena);
    itd_ftm_line_finish(&d.line);
    return status;
}

static int sniff(const itd_sniff *seen)
{
    static const char *const keys[] = {"op", "entity", NULL};
    unsigned count[2] = {0};
    if (itd_json_sniff_keys(seen->head, keys, count) && count[0] && count[1])
        return 95;
    return itd_looks_json(seen) && is_index(seen->head) ? 90 : 0;
}

const itd_format itd_format_ftm_delta = {
    .id = "ftm-delta",
    .title = "FollowTheMoney entities with OpenSanctions' deltas and their index",
    .sniff = sniff,
    .gather = gather,
    .read = read_delta,
};
