/* A register as a file. */
#include "own/register.h"

#include <assert.h>

#include <sodium.h>

#include "base/memory.h"
#include "own/names.h"

/* Sections; one that changes its form gets another number, and ITD_REGISTER_LAYOUT another name. */
enum {
    SECTION_IN_FIRST = 1,
    SECTION_OWNER,
    SECTION_TERM,
    SECTION_START,
    SECTION_END,
    SECTION_LINE,
    SECTION_OUT_FIRST,
    SECTION_OUT,
    SECTION_ID_FIRST,
    SECTION_ID_HEAP,
    SECTION_FILE_FIRST,
    SECTION_FILE_HEAP,
    SECTION_ALIAS_FIRST,
    SECTION_ALIAS_HEAP,
    SECTION_ALIAS_ENTITY,
};

_Static_assert(sizeof(itd_register_out) == 16 && sizeof(itd_term) == 8, "no padding in files");

void itd_register_close(itd_register *r)
{
    if (!r)
        return;
    if (r->mapped)
        itd_pack_close(&r->pack);
    for (void **block = r->blocks; block && *block; block++)
        itd_free(*block);
    itd_free(r->blocks);
    *r = (itd_register){0};
}

uint32_t itd_register_find(const itd_register *r, itd_sv id)
{
    uint32_t found = itd_names_find(r->id_first, r->id_heap, r->entity_count, id);
    if (found != UINT32_MAX || r->alias_count == 0)
        return found;
    uint32_t alias = itd_names_find(r->alias_first, r->alias_heap, r->alias_count, id);
    return alias == UINT32_MAX ? alias : r->alias_entity[alias];
}

uint32_t itd_register_owned(const itd_register *r, uint32_t stake)
{
    uint32_t low = 0, high = r->entity_count;
    assert(stake < r->stake_count);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (r->in_first[middle] <= stake)
            low = middle;
        else
            high = middle;
    }
    return low;
}

itd_sv itd_register_file(const itd_register *r, uint32_t stake)
{
    uint32_t file = itd_term_file(r->term[stake]);
    if (file >= r->file_count)
        return ITD_SV_NONE;
    return (itd_sv){r->file_heap + r->file_first[file], r->file_first[file + 1] - r->file_first[file] - 1};
}

typedef struct section {
    uint32_t id;
    const void *bytes;
    size_t size;
} section;

/** Most sections of a file. */
#define SECTIONS ((size_t)15)

/* The sections of a register, in the order in which they are written. */
static size_t list_sections(section out[SECTIONS], const itd_register *r)
{
    size_t n = r->entity_count, m = r->stake_count, f = r->file_count, count = r->alias_count ? SECTIONS : SECTIONS - 3;
    const section sections[SECTIONS] = {
        {SECTION_IN_FIRST, r->in_first, (n + 1) * sizeof *r->in_first},
        {SECTION_OWNER, r->owner, m * sizeof *r->owner},
        {SECTION_TERM, r->term, m * sizeof *r->term},
        {SECTION_START, r->start, m * sizeof *r->start},
        {SECTION_END, r->end, m * sizeof *r->end},
        {SECTION_LINE, r->line, m * sizeof *r->line},
        {SECTION_OUT_FIRST, r->out_first, (n + 1) * sizeof *r->out_first},
        {SECTION_OUT, r->out, m * sizeof *r->out},
        {SECTION_ID_FIRST, r->id_first, (n + 1) * sizeof *r->id_first},
        {SECTION_ID_HEAP, r->id_heap, r->id_first[n]},
        {SECTION_FILE_FIRST, r->file_first, (f + 1) * sizeof *r->file_first},
        {SECTION_FILE_HEAP, r->file_heap, r->file_first[f]},
        {SECTION_ALIAS_FIRST, r->alias_first, (r->alias_count + 1u) * sizeof *r->alias_first},
        {SECTION_ALIAS_HEAP, r->alias_heap, r->alias_count ? r->alias_first[r->alias_count] : 0},
        {SECTION_ALIAS_ENTITY, r->alias_entity, r->alias_count * sizeof *r->alias_entity},
    };
    memcpy(out, sections, count * sizeof *out);
    return count;
}

static itd_status write_sections(itd_pack_writer *writer, const itd_register *r, itd_error *error)
{
    section sections[SECTIONS];
    size_t count = list_sections(sections, r);
    for (size_t i = 0; i < count; i++)
        ITD_TRY(itd_pack_writer_add(writer, sections[i].id, sections[i].bytes, sections[i].size, error));
    return ITD_OK;
}

void itd_register_hash(unsigned char out[ITD_REGISTER_HASH], const itd_register *r)
{
    section sections[SECTIONS];
    size_t count = list_sections(sections, r);
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, ITD_REGISTER_HASH);
    for (size_t i = 0; i < count; i++) {
        uint64_t head[2] = {sections[i].id, sections[i].size};
        (void)crypto_generichash_update(&state, (const unsigned char *)head, sizeof head);
        if (sections[i].size > 0)
            (void)crypto_generichash_update(&state, sections[i].bytes, sections[i].size);
    }
    (void)crypto_generichash_final(&state, out, ITD_REGISTER_HASH);
}

itd_status itd_register_write(const itd_register *r, const char *path, itd_error *error)
{
    itd_pack_writer *writer = NULL;
    ITD_TRY(itd_pack_writer_create(&writer, path, ITD_PACK_REGISTER, error));
    itd_status status = write_sections(writer, r, error);
    if (status != ITD_OK) {
        itd_pack_writer_abort(writer);
        return status;
    }
    return itd_pack_writer_commit(writer, ITD_REGISTER_LAYOUT, NULL, itd_pack_writer_hash(writer, SECTION_ID_HEAP),
                                  error);
}

static itd_status damaged(const char *path, const char *what, itd_error *error)
{
    return itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE,
                       "%s: damaged, build the graph again from its registers", what);
}

static itd_status take(const itd_register *r, uint32_t id, size_t item_size, const void *items_out, size_t *count,
                       const char *path, itd_error *error)
{
    const void *bytes = NULL;
    size_t size = 0;
    if (!itd_pack_get(&r->pack, id, &bytes, &size) || size % item_size != 0)
        return itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE, "section %u is missing or damaged", id);
    memcpy((void *)items_out, &bytes, sizeof bytes);
    *count = size / item_size;
    return ITD_OK;
}

static bool is_rising(const uint32_t *first, size_t count, size_t end, uint32_t step_min)
{
    uint32_t broken = first[0] != 0;
    for (size_t i = 0; i < count; i++)
        broken |= first[i + 1] < first[i] || first[i + 1] - first[i] < step_min;
    return !broken && first[count] == end;
}

static bool all_below(const uint32_t *numbers, size_t count, uint32_t limit)
{
    uint32_t broken = 0;
    for (size_t i = 0; i < count; i++)
        broken |= numbers[i] >= limit;
    return !broken;
}

static bool texts_end(const uint32_t *first, const char *heap, size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++)
        good &= heap[first[i + 1] - 1] == '\0';
    return good;
}

static bool term_holds(const itd_register *r, itd_term term)
{
    return itd_term_min(term) <= itd_term_max(term) && itd_term_max(term) <= ITD_PPM_WHOLE &&
           itd_term_kind(term) < ITD_STAKE_KINDS && itd_term_file(term) < r->file_count;
}

static bool terms_hold(const itd_register *r)
{
    uint32_t broken = 0;
    for (size_t i = 0; i < r->stake_count; i++)
        broken |= !term_holds(r, r->term[i]);
    for (size_t i = 0; i < r->stake_count; i++)
        broken |=
            r->out[i].owned >= r->entity_count || r->out[i].stake >= r->stake_count || !term_holds(r, r->out[i].term);
    return !broken;
}

static itd_status check(const itd_register *r, const char *path, size_t heap, size_t file_heap, itd_error *error)
{
    if (!is_rising(r->in_first, r->entity_count, r->stake_count, 0) ||
        !is_rising(r->out_first, r->entity_count, r->stake_count, 0))
        return damaged(path, "places of stakes", error);
    if (!is_rising(r->id_first, r->entity_count, heap, 1) || !texts_end(r->id_first, r->id_heap, r->entity_count))
        return damaged(path, "ids", error);
    if (!is_rising(r->file_first, r->file_count, file_heap, 1) ||
        !texts_end(r->file_first, r->file_heap, r->file_count))
        return damaged(path, "names of files", error);
    if (!all_below(r->owner, r->stake_count, r->entity_count) || !terms_hold(r))
        return damaged(path, "stakes", error);
    return ITD_OK;
}

/* A register in which no two ids are one has none of these. */
static itd_status take_aliases(itd_register *r, const char *path, itd_error *error)
{
    const void *bytes = NULL;
    size_t size = 0, count = 0, heap = 0, entities = 0;
    if (!itd_pack_get(&r->pack, SECTION_ALIAS_FIRST, &bytes, &size))
        return ITD_OK;
    ITD_TRY(take(r, SECTION_ALIAS_FIRST, 4, &r->alias_first, &count, path, error));
    ITD_TRY(take(r, SECTION_ALIAS_HEAP, 1, &r->alias_heap, &heap, path, error));
    ITD_TRY(take(r, SECTION_ALIAS_ENTITY, 4, &r->alias_entity, &entities, path, error));
    if (count == 0 || count - 1 != entities || count > UINT32_MAX || !is_rising(r->alias_first, entities, heap, 1) ||
        !texts_end(r->alias_first, r->alias_heap, entities) || !all_below(r->alias_entity, entities, r->entity_count))
        return damaged(path, "other ids", error);
    r->alias_count = (uint32_t)entities;
    return ITD_OK;
}

static itd_status take_all(itd_register *r, const char *path, itd_error *error)
{
    size_t in = 0, out = 0, ids = 0, files = 0, heap = 0, file_heap = 0, counts[6] = {0};
    const struct {
        uint32_t id;
        size_t item_size;
        const void *items;
        size_t *count;
    } sections[] = {
        {SECTION_IN_FIRST, 4, &r->in_first, &in},  {SECTION_OUT_FIRST, 4, &r->out_first, &out},
        {SECTION_ID_FIRST, 4, &r->id_first, &ids}, {SECTION_FILE_FIRST, 4, &r->file_first, &files},
        {SECTION_ID_HEAP, 1, &r->id_heap, &heap},  {SECTION_FILE_HEAP, 1, &r->file_heap, &file_heap},
        {SECTION_OWNER, 4, &r->owner, &counts[0]}, {SECTION_TERM, 8, &r->term, &counts[1]},
        {SECTION_START, 4, &r->start, &counts[2]}, {SECTION_END, 4, &r->end, &counts[3]},
        {SECTION_LINE, 4, &r->line, &counts[4]},   {SECTION_OUT, 16, &r->out, &counts[5]},
    };
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        ITD_TRY(take(r, sections[i].id, sections[i].item_size, sections[i].items, sections[i].count, path, error));
    for (size_t i = 1; i < 6; i++)
        if (counts[i] != counts[0])
            return damaged(path, "stakes", error);
    if (in == 0 || in != out || in != ids || files == 0 || in > UINT32_MAX || counts[0] > ITD_REGISTER_STAKES_MAX)
        return damaged(path, "counts", error);
    r->entity_count = (uint32_t)in - 1;
    r->stake_count = (uint32_t)counts[0];
    r->file_count = (uint32_t)files - 1;
    ITD_TRY(check(r, path, heap, file_heap, error));
    return take_aliases(r, path, error);
}

itd_status itd_register_open(itd_register *out, const char *path, itd_error *error)
{
    assert(out && path);
    itd_register r = {.mapped = true};
    ITD_TRY(itd_pack_open(&r.pack, path, ITD_PACK_REGISTER, error));
    itd_status status = ITD_OK;
    if (strncmp(r.pack.header->profile, ITD_REGISTER_LAYOUT, sizeof r.pack.header->profile) != 0)
        status = itd_fail_at(error, ITD_EMISMATCH, path, 0, ITD_NOWHERE,
                             "of the form %.*s, this program reads %s: build the graph again from its registers",
                             ITD_PACK_PROFILE_MAX, r.pack.header->profile, ITD_REGISTER_LAYOUT);
    if (status == ITD_OK)
        status = take_all(&r, path, error);
    if (status != ITD_OK) {
        itd_pack_close(&r.pack);
        return status;
    }
    *out = r;
    return ITD_OK;
}

itd_status itd_register_verify(const itd_register *r, const char *path, itd_error *error)
{
    return r->mapped ? itd_pack_verify(&r->pack, path, error) : ITD_OK;
}
