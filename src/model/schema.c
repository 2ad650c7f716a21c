#include "model/schema.h"

#include <assert.h>

#include "model/name_slots.h"
#include "model/vocabulary_table.h"

static bool set_has(const itd_vocabulary_set *set, itd_schema schema)
{
    return set->words[schema / 64] >> (schema % 64) & 1;
}

itd_schema itd_schema_find(itd_sv name)
{
    return itd_name_slots_find(itd_vocabulary_schema_slots, ITD_VOCABULARY_SCHEMA_SLOTS, name);
}

const char *itd_schema_name(itd_schema schema)
{
    assert(schema < ITD_SCHEMA_COUNT);
    return itd_vocabulary_schemata[schema].name;
}

bool itd_schema_is(itd_schema schema, itd_schema ancestor)
{
    if (schema >= ITD_SCHEMA_COUNT || ancestor >= ITD_SCHEMA_COUNT)
        return false;
    return set_has(&itd_vocabulary_ancestors[schema], ancestor);
}

bool itd_schema_related(itd_schema a, itd_schema b)
{
    return itd_schema_is(a, b) || itd_schema_is(b, a);
}

itd_schema itd_schema_merge_all(const itd_schema *schemata, size_t count)
{
    itd_vocabulary_set common;
    memset(&common, 0xFF, sizeof common);
    for (size_t i = 0; i < count; i++) {
        if (schemata[i] >= ITD_SCHEMA_COUNT)
            return ITD_SCHEMA_NONE;
        for (size_t w = 0; w < ITD_VOCABULARY_SET_WORDS; w++)
            common.words[w] &= itd_vocabulary_descendants[schemata[i]].words[w];
    }
    itd_schema found = ITD_SCHEMA_NONE;
    for (itd_schema s = 0; s < ITD_SCHEMA_COUNT; s++) {
        if (!set_has(&common, s))
            continue;
        uint64_t above = 0; /* further members of the set that `s` descends from */
        for (size_t w = 0; w < ITD_VOCABULARY_SET_WORDS; w++) {
            uint64_t self = s / 64 == w ? UINT64_C(1) << (s % 64) : 0;
            above |= itd_vocabulary_ancestors[s].words[w] & common.words[w] & ~self;
        }
        if (above)
            continue;
        if (found != ITD_SCHEMA_NONE)
            return ITD_SCHEMA_NONE;
        found = s;
    }
    return found;
}

itd_schema itd_schema_merge(itd_schema a, itd_schema b)
{
    if (itd_schema_is(a, b))
        return a;
    if (itd_schema_is(b, a))
        return b;
    return itd_schema_merge_all((itd_schema[]){a, b}, 2);
}

bool itd_schema_is_abstract(itd_schema schema)
{
    assert(schema < ITD_SCHEMA_COUNT);
    return itd_vocabulary_schemata[schema].is_abstract;
}

bool itd_schema_is_matchable(itd_schema schema)
{
    assert(schema < ITD_SCHEMA_COUNT);
    return itd_vocabulary_schemata[schema].is_matchable;
}

bool itd_schema_is_edge(itd_schema schema, itd_property *source, itd_property *target)
{
    assert(schema < ITD_SCHEMA_COUNT);
    const itd_vocabulary_schema *s = &itd_vocabulary_schemata[schema];
    if (s->edge_source == ITD_PROPERTY_NONE)
        return false;
    if (source)
        *source = s->edge_source;
    if (target)
        *target = s->edge_target;
    return true;
}

bool itd_schema_is_part(itd_schema schema)
{
    return itd_schema_is(schema, ITD_S_Address) || itd_schema_is(schema, ITD_S_Identification) ||
           itd_schema_is(schema, ITD_S_Sanction);
}

itd_property itd_property_in(itd_schema schema, itd_property property)
{
    if (schema >= ITD_SCHEMA_COUNT || property >= ITD_PROPERTY_COUNT)
        return ITD_PROPERTY_NONE;
    const itd_vocabulary_property *p = &itd_vocabulary_properties[property];
    if (p->owner != ITD_SCHEMA_NONE && !itd_schema_is(schema, p->owner))
        return ITD_PROPERTY_NONE;
    return itd_vocabulary_effective[schema][p->column];
}

itd_property itd_property_find(itd_schema schema, itd_sv name)
{
    if (schema >= ITD_SCHEMA_COUNT)
        return ITD_PROPERTY_NONE;
    uint16_t column = itd_name_slots_find(itd_vocabulary_name_slots, ITD_VOCABULARY_NAME_SLOTS, name);
    return column == UINT16_MAX ? ITD_PROPERTY_NONE : itd_vocabulary_effective[schema][column];
}

const char *itd_property_name(itd_property property)
{
    assert(property < ITD_PROPERTY_COUNT);
    return itd_vocabulary_properties[property].name;
}

const char *itd_property_qname(itd_property property)
{
    assert(property < ITD_PROPERTY_COUNT);
    return itd_vocabulary_properties[property].qname;
}

itd_property_type itd_property_typeof(itd_property property)
{
    assert(property < ITD_PROPERTY_COUNT);
    return (itd_property_type)itd_vocabulary_properties[property].type;
}

bool itd_property_is_matchable(itd_property property)
{
    assert(property < ITD_PROPERTY_COUNT);
    return itd_vocabulary_properties[property].is_matchable;
}
