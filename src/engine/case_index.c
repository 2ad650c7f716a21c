/* The compiled index of a case: made when it is needed, kept beside the case, and known by what it was made from. */
#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "engine/case.h"
#include "model/content.h"
#include "store/history.h"

/* Digits that say what an index was made from. */
#define NAME_BYTES ((size_t)8)
#define NAME_DIGITS (2 * NAME_BYTES)

static itd_status add_dataset(void *user, const itd_history_dataset *dataset, itd_error *error)
{
    (void)error;
    itd_content_text(user, dataset->dataset);
    itd_content_text(user, dataset->version);
    itd_content_text(user, dataset->hash);
    return ITD_OK;
}

/* The same case at the same generation under the same profile: nothing else gives this name. */
static itd_status name_of(char out[NAME_DIGITS + 1], itd_store *store, int64_t generation, itd_error *error)
{
    unsigned char hash[NAME_BYTES + 8];
    itd_buffer parts = {0};
    itd_content_text(&parts, itd_sv_of(store->id));
    itd_content_text(&parts, itd_sv_of(itd_index_profile()));
    itd_status status = itd_history_datasets(store, generation, add_dataset, &parts, error);
    if (status == ITD_OK && parts.failed)
        status = itd_fail_memory(error);
    if (status == ITD_OK) {
        (void)crypto_generichash(hash, sizeof hash, (const unsigned char *)parts.data, parts.size, NULL, 0);
        (void)sodium_bin2hex(out, NAME_DIGITS + 1, hash, NAME_BYTES);
    }
    itd_buffer_finish(&parts);
    return status;
}

/* CASE.0123456789abcdef.idx */
static bool is_kept_index(const char *name, const char *case_name)
{
    size_t size = strlen(case_name);
    return strncmp(name, case_name, size) == 0 && name[size] == '.' &&
           strspn(name + size + 1, "0123456789abcdef") == NAME_DIGITS &&
           strcmp(name + size + 1 + NAME_DIGITS, ".idx") == 0;
}

/* Indexes of older generations: nobody asks for them often enough to keep them. Who has one open goes on with it. */
static void remove_others(const char *case_path, const char *kept)
{
    char folder[PATH_MAX], path[PATH_MAX];
    const char *slash = strrchr(case_path, '/'), *name = slash ? slash + 1 : case_path;
    if (snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - case_path + 1) : 1, slash ? case_path : ".") >=
        (int)sizeof folder)
        return;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
        int size = snprintf(path, sizeof path, "%s%s%s", slash ? folder : "", slash ? "" : "", entry->d_name);
        if (is_kept_index(entry->d_name, name) && size < (int)sizeof path && strcmp(path, kept) != 0)
            (void)unlink(path);
    }
    if (dir)
        (void)closedir(dir);
}

itd_status itd_index_open_passing(itd_index **out, const itd_collection *collection, const itd_index_source *sources,
                                  size_t source_count, itd_error *error)
{
    char folder[PATH_MAX], path[PATH_MAX + 16];
    ITD_TRY(itd_folder_make_temporary(folder, sizeof folder, error));
    (void)snprintf(path, sizeof path, "%s/case.idx", folder);
    itd_status status = itd_index_write(path, collection, sources, source_count, error);
    if (status == ITD_OK)
        status = itd_index_open(out, path, error);
    (void)unlink(path);
    (void)rmdir(folder);
    return status;
}

/* To a path; or without one, opened at once. */
static itd_status build(itd_index **out, const char *path, itd_context *context, itd_store *store, int64_t generation,
                        itd_error *error)
{
    itd_collection *collection = NULL;
    itd_case_sources sources = {0};
    itd_arena arena;
    itd_arena_init(&arena, context->options.memory_max);
    itd_status status = itd_collection_create(&collection, context->options.memory_max, error);
    if (status == ITD_OK)
        status = itd_case_collect(collection, &sources, store, generation, &arena, error);
    if (status == ITD_OK)
        status = itd_collection_fold(collection, error);
    if (status == ITD_OK)
        status = path ? itd_index_write(path, collection, sources.items, sources.count, error)
                      : itd_index_open_passing(out, collection, sources.items, sources.count, error);
    itd_vector_finish(&sources);
    itd_collection_destroy(collection);
    itd_arena_finish(&arena);
    return status;
}

itd_status itd_case_index_open(itd_index **out, itd_context *context, itd_store *store, int64_t generation,
                               itd_error *error)
{
    char name[NAME_DIGITS + 1], path[PATH_MAX];
    int64_t newest = 0;
    itd_error ignored;
    ITD_TRY(name_of(name, store, generation, error));
    ITD_TRY(itd_history_newest(&newest, store, error));
    bool fits = snprintf(path, sizeof path, "%s.%s.idx", store->path, name) < (int)sizeof path;
    /* One that is damaged or of another program is made again. */
    if (fits && itd_index_open(out, path, &ignored) == ITD_OK)
        return ITD_OK;
    if (fits && generation == newest) {
        itd_status status = build(NULL, path, context, store, generation, &ignored);
        if (status == ITD_OK) {
            remove_others(store->path, path);
            return itd_index_open(out, path, error);
        }
        if (status != ITD_EIO) { /* else nothing can be written there */
            if (error)
                *error = ignored;
            return status;
        }
    }
    return build(out, NULL, context, store, generation, error);
}
