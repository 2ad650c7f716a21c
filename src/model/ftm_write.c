#include "model/ftm_write.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"
#include "model/ftm_keys.h"
#include "model/other.h"

_Static_assert(ITD_P_ID == 0 && ITD_P_OTHER == 1, "an entity's rows begin with these");

/* Rows of one property, or of one name that the model does not have. Their values ascend. */
typedef struct group {
    itd_sv name;
    const itd_row *next, *end;
} group;

static int compare_groups(const void *a, const void *b)
{
    return itd_sv_compare(((const group *)a)->name, ((const group *)b)->name);
}

static itd_sv name_of(const itd_collection *collection, const itd_row *row)
{
    itd_sv name, written;
    if (row->property != ITD_P_OTHER)
        return itd_sv_of(itd_property_name(row->property));
    itd_other_split(&name, &written, itd_collection_text(collection, row->original));
    return name;
}

static int compare_others(const void *a, const void *b, void *collection)
{
    const itd_row *left = a, *right = b;
    int order = itd_sv_compare(name_of(collection, left), name_of(collection, right));
    return order ? order : (left->value > right->value) - (left->value < right->value);
}

/* Appends groups of rows whose names are adjacent. */
static size_t make_groups(group *groups, size_t made, const itd_collection *collection, const itd_row *rows,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool same =
            i > 0 && rows[i].property == rows[i - 1].property &&
            (rows[i].property != ITD_P_OTHER || itd_sv_equal(name_of(collection, &rows[i]), groups[made - 1].name));
        if (!same)
            groups[made++] = (group){.name = name_of(collection, &rows[i]), .next = &rows[i]};
        groups[made - 1].end = &rows[i] + 1;
    }
    return made;
}

/* The values of groups of one name, ascending, each once: two schemata of an entity may know a name by two properties,
 * and one may have it that another lacks. */
static void write_values(itd_json_writer *json, const itd_collection *collection, group *groups, size_t count)
{
    uint32_t last = UINT32_MAX;
    for (;;) {
        group *lowest = NULL;
        for (size_t g = 0; g < count; g++)
            if (groups[g].next < groups[g].end && (!lowest || groups[g].next->value < lowest->next->value))
                lowest = &groups[g];
        if (!lowest)
            return;
        if (lowest->next->value != last)
            itd_json_write_text(json, itd_collection_text(collection, lowest->next->value));
        last = lowest->next++->value;
    }
}

static void write_groups(itd_json_writer *json, const itd_collection *collection, group *groups, size_t count)
{
    qsort(groups, count, sizeof *groups, compare_groups);
    itd_json_key(json, ITD_FTM_PROPERTIES);
    itd_json_begin_object(json);
    for (size_t g = 0, end; g < count; g = end) {
        char name[ITD_OTHER_NAME_MAX + 1];
        for (end = g + 1; end < count && itd_sv_equal(groups[end].name, groups[g].name); end++)
            ;
        (void)snprintf(name, sizeof name, "%.*s", ITD_SV_ARG(groups[g].name));
        itd_json_key(json, name);
        itd_json_begin_array(json);
        write_values(json, collection, groups + g, end - g);
        itd_json_end_array(json);
    }
    itd_json_end_object(json);
}

static itd_status write_properties(itd_json_writer *json, const itd_collection *collection, const itd_row *rows,
                                   size_t count, itd_error *error)
{
    group of_model[ITD_PROPERTY_COUNT], *groups = of_model;
    itd_row *others = NULL; /* a copy, for they are sorted by value, not by name */
    itd_status status = ITD_OK;
    size_t first = 0, other_count = 0, made = 0;
    while (first < count && rows[first].property == ITD_P_ID)
        first++;
    while (first + other_count < count && rows[first + other_count].property == ITD_P_OTHER)
        other_count++;
    if (other_count > 0) {
        others = itd_realloc_array(NULL, other_count, sizeof *others);
        groups = itd_realloc_array(NULL, other_count + ITD_PROPERTY_COUNT, sizeof *groups);
        if (!others || !groups) {
            status = itd_fail_memory(error);
            goto out;
        }
        memcpy(others, rows + first, other_count * sizeof *others);
        qsort_r(others, other_count, sizeof *others, compare_others, (void *)(uintptr_t)collection);
        made = make_groups(groups, 0, collection, others, other_count);
    }
    first += other_count;
    made = make_groups(groups, made, collection, rows + first, count - first);
    write_groups(json, collection, groups, made);
out:
    itd_free(others);
    if (groups != of_model)
        itd_free(groups);
    return status;
}

/* Datasets are few and rows are many: each round takes the next one in byte order. Text numbers are that order. */
static void write_datasets(itd_json_writer *json, const itd_collection *collection, const itd_row *rows, size_t count)
{
    uint32_t last = 0; /* the empty text: none */
    itd_json_key(json, ITD_FTM_DATASETS);
    itd_json_begin_array(json);
    for (;;) {
        uint32_t next = UINT32_MAX;
        for (size_t i = 0; i < count; i++)
            if (rows[i].dataset > last && rows[i].dataset < next)
                next = rows[i].dataset;
        if (next == UINT32_MAX)
            break;
        itd_json_write_text(json, itd_collection_text(collection, next));
        last = next;
    }
    itd_json_end_array(json);
}

/* Other ids of the entity: what ITD_P_ID says besides its own. */
static void write_referents(itd_json_writer *json, const itd_collection *collection, const itd_row *rows, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count && rows[i].property == ITD_P_ID; i++) {
        if (rows[i].value == rows[i].entity || (i > 0 && rows[i].value == rows[i - 1].value))
            continue;
        if (!any) {
            itd_json_key(json, ITD_FTM_REFERENTS);
            itd_json_begin_array(json);
            any = true;
        }
        itd_json_write_text(json, itd_collection_text(collection, rows[i].value));
    }
    if (any)
        itd_json_end_array(json);
}

static void write_text_of(itd_json_writer *json, const char *key, const itd_collection *collection, uint32_t text)
{
    if (text == 0)
        return;
    itd_json_key(json, key);
    itd_json_write_text(json, itd_collection_text(collection, text));
}

static void write_seen(itd_json_writer *json, const itd_collection *collection, const itd_row *rows, size_t count)
{
    uint32_t first = 0, last = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].first_seen && (!first || rows[i].first_seen < first))
            first = rows[i].first_seen;
        if (rows[i].last_seen > last)
            last = rows[i].last_seen;
    }
    write_text_of(json, ITD_FTM_FIRST_SEEN, collection, first);
    write_text_of(json, ITD_FTM_LAST_SEEN, collection, last);
}

static itd_status end_line(itd_buffer *out, size_t before, itd_error *error)
{
    if (itd_buffer_append_char(out, '\n') && !out->failed)
        return ITD_OK;
    out->size = before;
    return itd_fail_memory(error);
}

itd_status itd_ftm_write_entity(itd_buffer *out, const itd_collection *collection, const itd_folded *entity,
                                itd_error *error)
{
    const itd_row *rows = itd_collection_rows(collection) + entity->row_first;
    size_t before = out->size, count = entity->row_count;
    itd_json_writer json;
    itd_json_writer_init(&json, out);
    itd_json_begin_object(&json);
    write_text_of(&json, ITD_FTM_ID, collection, entity->id);
    itd_json_key(&json, ITD_FTM_SCHEMA);
    itd_json_write_text(&json, itd_sv_of(itd_schema_name(entity->schema)));
    itd_status status = write_properties(&json, collection, rows, count, error);
    if (status != ITD_OK) {
        out->size = before;
        return status;
    }
    write_datasets(&json, collection, rows, count);
    write_referents(&json, collection, rows, count);
    write_seen(&json, collection, rows, count);
    if (entity->record != entity->id)
        write_text_of(&json, ITD_FTM_RECORD, collection, entity->record);
    itd_json_end_object(&json);
    return end_line(out, before, error);
}

static void write_number(itd_json_writer *json, const char *key, uint64_t value)
{
    itd_json_key(json, key);
    itd_json_write_u64(json, value);
}

static void write_grade(itd_json_writer *json, const char *key, char grade)
{
    if (!grade)
        return;
    itd_json_key(json, key);
    itd_json_write_text(json, itd_sv_make(&grade, 1));
}

static void write_place(itd_json_writer *json, const itd_row *row)
{
    if (row->line)
        write_number(json, ITD_STATEMENT_LINE, row->line);
    if (row->offset != ITD_NOWHERE)
        write_number(json, ITD_STATEMENT_OFFSET, row->offset);
    if (row->span)
        write_number(json, ITD_STATEMENT_SPAN, row->span);
}

static void write_original(itd_json_writer *json, const itd_collection *collection, const itd_row *row)
{
    itd_sv name, written = itd_collection_text(collection, row->original);
    if (row->property == ITD_P_OTHER)
        itd_other_split(&name, &written, written);
    if (written.size == 0)
        return;
    itd_json_key(json, ITD_STATEMENT_ORIGINAL);
    itd_json_write_text(json, written);
}

itd_status itd_ftm_write_statement(itd_buffer *out, const itd_collection *collection, const itd_row *row,
                                   itd_error *error)
{
    static const char *const markings[] = ITD_TLP_NAMES;
    size_t before = out->size;
    itd_json_writer json;
    itd_json_writer_init(&json, out);
    itd_json_begin_object(&json);
    write_text_of(&json, ITD_STATEMENT_ENTITY, collection, row->entity);
    if (row->record != row->entity)
        write_text_of(&json, ITD_STATEMENT_RECORD, collection, row->record);
    write_text_of(&json, ITD_STATEMENT_DATASET, collection, row->dataset);
    itd_json_key(&json, ITD_STATEMENT_SCHEMA);
    itd_json_write_text(&json, itd_sv_of(itd_schema_name(row->schema)));
    itd_json_key(&json, ITD_STATEMENT_PROPERTY);
    itd_json_write_text(&json, name_of(collection, row));
    write_text_of(&json, ITD_STATEMENT_VALUE, collection, row->value);
    write_original(&json, collection, row);
    write_text_of(&json, ITD_STATEMENT_LANG, collection, row->lang);
    write_text_of(&json, ITD_STATEMENT_FIRST_SEEN, collection, row->first_seen);
    write_text_of(&json, ITD_STATEMENT_LAST_SEEN, collection, row->last_seen);
    write_text_of(&json, ITD_STATEMENT_ORIGIN, collection, row->origin);
    write_text_of(&json, ITD_STATEMENT_DOCUMENT, collection, row->document);
    write_place(&json, row);
    write_grade(&json, ITD_STATEMENT_RELIABILITY, row->reliability);
    write_grade(&json, ITD_STATEMENT_CREDIBILITY, row->credibility);
    if (row->tlp != ITD_TLP_CLEAR) {
        itd_json_key(&json, ITD_STATEMENT_TLP);
        itd_json_write_text(&json, itd_sv_of(markings[row->tlp]));
    }
    itd_json_end_object(&json);
    return end_line(out, before, error);
}
