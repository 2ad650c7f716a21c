#include "read/mapped.h"

#include <stdio.h>

#include "base/map.h"
#include "read/naming.h"

itd_status itd_mapped_prepare(itd_mapping *out, itd_read *read, itd_mapped_guess *guess, itd_arena *arena,
                              itd_error *error)
{
    const char *path = read->source->paths[0];
    if (read->map)
        ITD_TRY(itd_mapping_load(out, read->map, arena, error));
    else
        ITD_TRY(guess(out, path, arena, error));
    if (read->dataset.size == 0)
        read->dataset = out->dataset;
    if (read->dataset.size == 0)
        read->dataset = itd_dataset_of_path(path);
    return ITD_OK;
}

static itd_status render(itd_source_entry *entry, const itd_mapping *mapping, itd_arena *arena, itd_error *error)
{
    itd_buffer text = {0};
    itd_mapping_render(&text, mapping);
    itd_sv note = text.failed ? ITD_SV_NONE
                              : itd_arena_format(arena, "%s: read by this mapping, guessed from its columns:\n%.*s",
                                                 entry->source.paths[0], ITD_SV_ARG(itd_buffer_view(&text)));
    itd_buffer_finish(&text);
    entry->note = note.data;
    return note.data ? ITD_OK : itd_fail_memory(error);
}

itd_status itd_mapped_plan(itd_source_entry *entry, const char *map, itd_arena *arena, itd_error *error)
{
    itd_mapping mapping;
    const char *path = entry->source.paths[0];
    if (map) {
        ITD_TRY(itd_mapping_load(&mapping, map, arena, error));
    } else {
        bool csv = entry->source.format == &itd_format_csv;
        ITD_TRY((csv ? itd_mapped_guess_csv : itd_mapped_guess_jsonl)(&mapping, path, arena, error));
        ITD_TRY(render(entry, &mapping, arena, error));
    }
    itd_sv dataset = itd_arena_copy(arena, mapping.dataset.size ? mapping.dataset : itd_dataset_of_path(path));
    entry->dataset = dataset.data;
    return dataset.data ? ITD_OK : itd_fail_memory(error);
}

itd_status itd_mapped_begin(itd_record *record, const itd_mapping *mapping, itd_mapping_cell *cell, const void *row,
                            itd_sv whole, uint64_t line, uint64_t offset, itd_schema *schema, itd_arena *scratch,
                            itd_error *error)
{
    char hashed[32];
    itd_sv key = ITD_SV_NONE;
    ITD_TRY(itd_mapping_text(&key, &mapping->id, cell, row, scratch, error));
    if (mapping->id.piece_count == 0) {
        int size = snprintf(hashed, sizeof hashed, "row%016llx", (unsigned long long)itd_hash_sv(whole));
        key = itd_sv_make(hashed, (size_t)size);
    }
    *schema = itd_mapping_row_schema(mapping, cell, row);
    (void)itd_record_begin(record, key, mapping->keep_ids, *schema, line, offset);
    return ITD_OK;
}

static itd_status add(void *context, const itd_mapped_value *value, itd_error *error)
{
    (void)error; /* the record keeps its first failure for commit */
    itd_record_add_as(context, 0, value->property, value->value, value->original, ITD_SV_NONE);
    return ITD_OK;
}

itd_status itd_mapped_values(itd_record *record, const itd_mapping *mapping, itd_mapping_cell *cell, const void *row,
                             itd_schema schema, itd_arena *scratch, itd_error *error)
{
    return itd_mapping_apply(mapping, schema, false, cell, row, add, record, scratch, error);
}

void itd_mapped_note(itd_record *record, itd_schema schema, itd_sv name, itd_sv value)
{
    itd_property notes = itd_property_find(schema, ITD_SV("notes"));
    itd_sv parts[2] = {name, itd_sv_trim(value)};
    if (notes == ITD_PROPERTY_NONE)
        notes = itd_property_find(schema, ITD_SV("description"));
    if (parts[1].size > 0 && notes != ITD_PROPERTY_NONE)
        itd_record_add(record, 0, notes, itd_record_join(record, ": ", parts, 2));
}
