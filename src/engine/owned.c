/* A graph judged with the lists of a screening, and what a case keeps of it. */
#include "engine/owned.h"

#include <assert.h>
#include <stdlib.h>

#include <sodium.h>

#include "base/memory.h"
#include "engine/case.h"

itd_status itd_owned_open(itd_owned_opened *opened, itd_context *context, itd_error *error)
{
    assert(opened && opened->registers && context && !opened->graph);
    const itd_read_options *o = opened->registers;
    const itd_own_options options = {.regime = opened->regime,
                                     .as_of = opened->as_of,
                                     .listed = opened->listed,
                                     .indexes = opened->scope.indexes,
                                     .index_count = opened->scope.index_count,
                                     .skip_bad = o->skip_bad,
                                     .on_reject = o->on_reject,
                                     .user = o->user};
    const itd_read_options registers = {.paths = o->paths,
                                        .path_count = o->path_count,
                                        .skip_bad = o->skip_bad,
                                        .on_reject = o->on_reject,
                                        .on_note = o->on_note,
                                        .user = o->user}; /* a mapping is the questions' own */
    ITD_TRY(itd_graph_open(&opened->graph, context, &registers, error));
    return itd_own_create(&opened->scope.own, context, opened->graph, &options, error);
}

void itd_owned_close(itd_owned_opened *opened)
{
    itd_own_destroy(opened->scope.own);
    itd_graph_close(opened->graph);
    opened->scope.own = NULL;
    opened->graph = NULL;
}

/* By a name that is the same from every folder. */
static void write_path(itd_json_writer *json, const char *path)
{
    const char *of_case = itd_case_path(path);
    char *whole = realpath(of_case ? of_case : path, NULL);
    itd_buffer text = {0};
    (void)itd_buffer_format(&text, "%s%s", of_case && whole ? "case:" : "", whole ? whole : path);
    json->out->failed |= text.failed;
    itd_json_write_text(json, itd_buffer_view(&text));
    itd_buffer_finish(&text);
    (free)(whole); /* the C library's own */
}

void itd_owned_write(itd_json_writer *json, const itd_owned_opened *opened)
{
    unsigned char hash[ITD_REGISTER_HASH];
    char hex[2 * ITD_REGISTER_HASH + 1];
    itd_register_hash(hash, &opened->graph->r);
    itd_json_begin_object(json);
    itd_json_put_text(json, "regime", itd_sv_of(opened->regime));
    itd_json_put_text(json, "as_of", itd_sv_of(opened->as_of));
    itd_json_key(json, "registers");
    itd_json_begin_array(json);
    for (size_t i = 0; i < opened->registers->path_count; i++)
        write_path(json, opened->registers->paths[i]);
    itd_json_end_array(json);
    itd_json_put_text(json, "hash", itd_sv_of(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash)));
    if (opened->listed) {
        const itd_own *own = opened->scope.own;
        itd_json_key(json, "listed");
        itd_json_begin_object(json);
        itd_json_key(json, "file");
        write_path(json, opened->listed);
        itd_json_put_text(json, "hash",
                          itd_sv_of(sodium_bin2hex(hex, sizeof hex, own->listed_hash, sizeof own->listed_hash)));
        itd_json_end_object(json);
    }
    itd_json_end_object(json);
}
