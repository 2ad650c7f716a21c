/* Whether the numbers of an index file stay inside of its sections. Opening looks at the header alone, so a file that
 * was damaged later, or made to do harm, is found here, before anything follows its numbers. */
#include "index/index.h"

static itd_status fail_section(const itd_index *index, const char *what, size_t number, itd_error *error)
{
    return itd_fail_at(error, ITD_EFORMAT, index->path, 0, ITD_NOWHERE,
                       "%s %zu of the index is damaged: build it again from its lists", what, number);
}

static bool fits(uint64_t first, uint64_t count, size_t all)
{
    return first <= all && count <= all - first;
}

static bool entity_fits(const itd_index *index, const itd_index_entity *e)
{
    return e->schema < ITD_SCHEMA_COUNT && e->dataset < index->dataset_count && e->name_count <= ITD_MATCH_NAMES_MAX &&
           fits(e->name_first, e->name_count, index->name_count) && e->fact_count <= ITD_MATCH_FACTS_MAX &&
           fits(e->fact_first, e->fact_count, index->fact_count) &&
           fits(e->attribute_first, (uint64_t)e->programme_count + e->topic_count + e->country_count,
                index->attribute_count);
}

static bool name_fits(const itd_index *index, const itd_match_name *n)
{
    return n->kind <= ITD_NAME_ACRONYM && n->token_count <= ITD_MATCH_TOKENS_MAX &&
           fits(n->token_first, n->token_count, index->space.token_id_count) &&
           fits(n->text, n->text_size, index->space.heap_size);
}

static bool fact_fits(const itd_index *index, const itd_match_fact *f)
{
    return f->property < ITD_PROPERTY_COUNT && f->kind <= ITD_FACT_ADDRESS &&
           fits(f->text, f->text_size, index->space.heap_size);
}

static bool token_fits(const itd_index *index, const itd_match_token *t)
{
    return t->class_ <= ITD_TOKEN_GENERIC && fits(t->text, t->size, index->space.heap_size);
}

/* Texts follow one another, each with its NUL. */
static bool text_fits(const itd_index *index, size_t text)
{
    uint32_t from = index->text_offsets[text], to = index->text_offsets[text + 1];
    return from < to && to <= index->text_offsets[index->text_count] && index->text_heap[to - 1] == '\0';
}

itd_status itd_index_check(const itd_index *index, itd_error *error)
{
    for (size_t i = 0; i < index->entity_count; i++)
        if (!entity_fits(index, &index->entities[i]))
            return fail_section(index, "entity", i, error);
    for (size_t i = 0; i < index->text_count; i++)
        if (!text_fits(index, i))
            return fail_section(index, "text", i, error);
    for (size_t i = 0; i < index->name_count; i++)
        if (!name_fits(index, &index->names[i]))
            return fail_section(index, "name", i, error);
    for (size_t i = 0; i < index->fact_count; i++)
        if (!fact_fits(index, &index->facts[i]))
            return fail_section(index, "fact", i, error);
    for (size_t i = 0; i < index->space.token_count; i++)
        if (!token_fits(index, &index->space.tokens[i]))
            return fail_section(index, "word", i, error);
    for (size_t i = 0; i < index->space.token_id_count; i++)
        if (index->space.token_ids[i] >= index->space.token_count)
            return fail_section(index, "number of a word", i, error);
    return itd_archive_check(&index->archive, error);
}
