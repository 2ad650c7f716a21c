#include "model/programmes.h"

#include <assert.h>
#include <stdlib.h>

static bool is_code(uint16_t property)
{
    return property == ITD_P_Sanction_program || property == ITD_P_Thing_program;
}

static bool is_id(uint16_t property)
{
    return property == ITD_P_Sanction_programId || property == ITD_P_Thing_programId;
}

/* What `source` states, for the entity at row `target`. */
static bool add_stated(itd_programme_list *list, const itd_row *rows, const itd_folded *source, uint32_t target)
{
    bool has_code = false;
    for (uint32_t i = 0; i < source->row_count; i++)
        has_code |= is_code(rows[source->row_first + i].property);
    for (uint32_t i = 0; i < source->row_count; i++) {
        const itd_row *row = &rows[source->row_first + i];
        if (!(has_code ? is_code(row->property) : is_id(row->property)))
            continue;
        itd_programme programme = {target, row->value};
        if (!itd_vector_push(list, programme))
            return false;
    }
    return true;
}

static int compare(const void *a, const void *b, void *context)
{
    const itd_programme *x = a, *y = b;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    if (x->text == y->text)
        return 0;
    return itd_sv_compare(itd_collection_text(context, x->text), itd_collection_text(context, y->text));
}

static bool collect(itd_programme_list *list, const itd_collection *collection)
{
    const itd_folded *entities = itd_collection_entities(collection);
    const itd_row *rows = itd_collection_rows(collection);
    size_t count = itd_collection_entity_count(collection);
    for (size_t e = 0; e < count; e++) {
        const itd_folded *entity = &entities[e];
        if (entity->schema != ITD_S_Sanction) {
            if (!add_stated(list, rows, entity, (uint32_t)e))
                return false;
            continue;
        }
        for (uint32_t i = 0; i < entity->row_count; i++) {
            const itd_row *row = &rows[entity->row_first + i];
            if (row->property != ITD_P_Sanction_entity)
                continue;
            uint32_t target = itd_collection_find(collection, itd_collection_text(collection, row->value));
            if (target != ITD_MAP_NONE && !add_stated(list, rows, entity, target))
                return false;
        }
    }
    return true;
}

itd_status itd_programmes_collect(itd_programme_list *out, const itd_collection *collection, itd_error *error)
{
    assert(out && collection);
    itd_programme_list list = {0};
    if (!collect(&list, collection)) {
        itd_vector_finish(&list);
        return itd_fail_memory(error);
    }
    if (list.count)
        qsort_r(list.items, list.count, sizeof list.items[0], compare, (void *)(uintptr_t)collection);
    size_t kept = 0;
    for (size_t i = 0; i < list.count; i++)
        if (kept == 0 || list.items[i].entity != list.items[kept - 1].entity ||
            list.items[i].text != list.items[kept - 1].text)
            list.items[kept++] = list.items[i];
    list.count = kept;
    *out = list;
    return ITD_OK;
}
