#include "fetch/shelf.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>

#include "base/file.h"

#define HASH_BYTES 32
/* What is hashed at once. */
#define CHUNK_BYTES ((size_t)1 << 24)

itd_status itd_shelf_name(itd_shelf *out, const char *into, const char *dataset, const char *file, itd_arena *arena,
                          itd_error *error)
{
    assert(out && into && dataset && file);
    itd_shelf shelf;
    size_t size = strlen(into);
    const char *slash = size > 0 && into[size - 1] == '/' ? "" : "/";
    shelf.folder = itd_arena_format(arena, "%s%s%s", into, slash, dataset).data;
    if (!shelf.folder)
        return itd_fail_memory(error);
    const struct {
        const char **path;
        const char *below, *name;
    } parts[] = {
        {&shelf.file, "", file},
        {&shelf.card, ITD_SHELF_OWN_FOLDER "/", "copy.json"},
        {&shelf.held, ITD_SHELF_OWN_FOLDER "/held/", file},
        {&shelf.held_card, ITD_SHELF_OWN_FOLDER "/", "held.json"},
        {&shelf.part, ITD_SHELF_OWN_FOLDER "/part/", file},
        {&shelf.part_card, ITD_SHELF_OWN_FOLDER "/", "part.json"},
        {&shelf.held_folder, ITD_SHELF_OWN_FOLDER "/", "held"},
        {&shelf.part_folder, ITD_SHELF_OWN_FOLDER "/", "part"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        *parts[i].path = itd_arena_format(arena, "%s/%s%s", shelf.folder, parts[i].below, parts[i].name).data;
        if (!*parts[i].path)
            return itd_fail_memory(error);
    }
    *out = shelf;
    return ITD_OK;
}

itd_status itd_shelf_open(itd_part **part, const itd_shelf *shelf, itd_error *error)
{
    assert(part && shelf);
    ITD_TRY(itd_folder_make(shelf->held_folder, error));
    ITD_TRY(itd_folder_make(shelf->part_folder, error));
    return itd_part_open(part, shelf->part, error);
}

itd_status itd_shelf_hash(char hash[ITD_CARD_HASH_MAX], uint64_t *bytes, const char *path, itd_error *error)
{
    assert(hash && bytes && path);
    crypto_generichash_state state;
    unsigned char digest[HASH_BYTES];
    itd_mapping mapping;
    ITD_TRY(itd_mapping_open(&mapping, path, error));
    (void)crypto_generichash_init(&state, NULL, 0, sizeof digest);
    for (size_t at = 0; at < mapping.size; at += CHUNK_BYTES) {
        size_t left = mapping.size - at;
        (void)crypto_generichash_update(&state, mapping.data + at, left < CHUNK_BYTES ? left : CHUNK_BYTES);
    }
    (void)crypto_generichash_final(&state, digest, sizeof digest);
    *bytes = mapping.size;
    itd_mapping_close(&mapping);
    (void)sodium_bin2hex(hash, ITD_CARD_HASH_MAX, digest, sizeof digest);
    return ITD_OK;
}

/* Size of a file; false when there is none. */
static itd_status size_of(uint64_t *bytes, bool *there, const char *file, itd_error *error)
{
    itd_mapping mapping;
    itd_status status = itd_mapping_open(&mapping, file, error);
    *there = status == ITD_OK;
    if (status != ITD_OK)
        return status == ITD_ENOTFOUND ? ITD_OK : status;
    *bytes = mapping.size;
    itd_mapping_close(&mapping);
    return ITD_OK;
}

itd_status itd_shelf_look(itd_shelf_copy *out, const char *file, const char *card, bool check, itd_error *error)
{
    assert(out && file && card);
    itd_shelf_copy copy = {0};
    char hash[ITD_CARD_HASH_MAX];
    uint64_t bytes = 0;
    ITD_TRY(size_of(&bytes, &copy.there, file, error));
    if (copy.there)
        ITD_TRY(itd_card_read(&copy.card, &copy.known, card, error));
    copy.known = copy.known && copy.card.bytes == bytes;
    if (copy.known && check) {
        ITD_TRY(itd_shelf_hash(hash, &bytes, file, error));
        copy.known = strcmp(hash, copy.card.hash) == 0;
    }
    if (!copy.known)
        copy.card = (itd_card){0};
    *out = copy;
    return ITD_OK;
}

itd_status itd_shelf_drop_held(const itd_shelf *shelf, itd_error *error)
{
    ITD_TRY(itd_file_remove(shelf->held_card, error)); /* first, as a card without a file says nothing */
    return itd_file_remove(shelf->held, error);
}

itd_status itd_shelf_keep(const itd_shelf *shelf, itd_part *part, const itd_card *card, itd_error *error)
{
    ITD_TRY(itd_part_move(part, shelf->file, error));
    ITD_TRY(itd_card_write(card, shelf->card, error));
    ITD_TRY(itd_file_remove(shelf->part_card, error));
    return itd_shelf_drop_held(shelf, error);
}

itd_status itd_shelf_hold(const itd_shelf *shelf, itd_part *part, const itd_card *card, itd_error *error)
{
    ITD_TRY(itd_part_move(part, shelf->held, error));
    ITD_TRY(itd_card_write(card, shelf->held_card, error));
    return itd_file_remove(shelf->part_card, error);
}

itd_status itd_shelf_accept(const itd_shelf *shelf, const itd_card *card, itd_error *error)
{
    ITD_TRY(itd_file_move(shelf->held, shelf->file, error));
    ITD_TRY(itd_card_write(card, shelf->card, error));
    return itd_file_remove(shelf->held_card, error);
}
