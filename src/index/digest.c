/* One hash for all that a record says, so that a decision knows whether the record is still what it was. */
#include "index/digest.h"

#include "base/buffer.h"
#include "base/memory.h"

static itd_statement statement_of(const itd_collection *c, const itd_row *r)
{
    return (itd_statement){.entity = itd_collection_text(c, r->entity),
                           .record = itd_collection_text(c, r->record),
                           .dataset = itd_collection_text(c, r->dataset),
                           .schema = r->schema,
                           .property = r->property,
                           .value = itd_collection_text(c, r->value),
                           .original = itd_collection_text(c, r->original),
                           .lang = itd_collection_text(c, r->lang),
                           .origin = itd_collection_text(c, r->origin),
                           .reliability = r->reliability,
                           .credibility = r->credibility,
                           .tlp = r->tlp};
}

static bool says_the_same(const itd_row *a, const itd_row *b)
{
    return a->record == b->record && a->schema == b->schema && a->origin == b->origin &&
           a->reliability == b->reliability && a->credibility == b->credibility && a->tlp == b->tlp;
}

/* Rows that differ in their place alone lie within a run of the same entity, property, value, dataset, language and
 * original (model/collection.c sorts by these first). */
static bool is_repeated(const itd_row *rows, size_t at)
{
    const itd_row *row = &rows[at];
    while (at-- > 0) {
        const itd_row *other = &rows[at];
        if (other->entity != row->entity || other->property != row->property || other->value != row->value ||
            other->dataset != row->dataset || other->lang != row->lang || other->original != row->original)
            return false;
        if (says_the_same(other, row))
            return true;
    }
    return false;
}

itd_status itd_index_digests(itd_index_digest *out, const itd_index_entity *entities, size_t count,
                             const itd_collection *collection, itd_error *error)
{
    itd_status status = ITD_OK;
    const itd_row *rows = itd_collection_rows(collection);
    size_t row_count = itd_collection_row_count(collection);
    itd_buffer bytes = {0};
    itd_content_sum *sums = itd_calloc(count + 1, sizeof *sums);
    uint32_t *places = itd_calloc(itd_collection_text_count(collection), sizeof *places); /* of a record: + 1 */
    if (!sums || !places) {
        status = itd_fail_memory(error);
        goto out;
    }
    for (size_t e = 0; e < count; e++)
        places[entities[e].id] = (uint32_t)e + 1;
    for (size_t i = 0; i < row_count; i++) {
        uint32_t place = places[rows[i].record];
        if (place == 0 || is_repeated(rows, i))
            continue;
        itd_statement statement = statement_of(collection, &rows[i]);
        itd_buffer_clear(&bytes);
        itd_content_append(&bytes, &statement);
        if (bytes.failed) {
            status = itd_fail_memory(error);
            goto out;
        }
        itd_content_add(&sums[place - 1], itd_buffer_view(&bytes));
    }
    for (size_t e = 0; e < count; e++)
        itd_content_bytes(out[e].bytes, &sums[e]);
out:
    itd_buffer_finish(&bytes);
    itd_free(sums);
    itd_free(places);
    return status;
}
