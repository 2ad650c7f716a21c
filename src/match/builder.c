#include <stdlib.h>

#include "base/map.h"
#include "base/vector.h"
#include "match/internal.h"

/* Entities made ready: names cut into tokens, other evidence brought to keys. The vocabulary is a hash table while
 * entities are added, and sorted at the end. */

typedef struct prepared {
    itd_schema schema;
    uint32_t name_count, fact_count;
    size_t name_first, fact_first;
} prepared;

struct itd_match_builder {
    itd_buffer heap;
    ITD_VECTOR(itd_match_token) tokens;
    ITD_VECTOR(uint32_t) token_ids;
    ITD_VECTOR(itd_match_name) names;
    ITD_VECTOR(itd_match_fact) facts;
    ITD_VECTOR(prepared) entities;
    uint32_t *slots; /* token + 1; 0: free */
    size_t slot_count;
};

itd_status itd_match_builder_create(itd_match_builder **out, itd_error *error)
{
    itd_match_builder *builder = itd_calloc(1, sizeof *builder);
    if (!builder)
        return itd_fail_memory(error);
    *out = builder;
    return ITD_OK;
}

void itd_match_builder_destroy(itd_match_builder *builder)
{
    if (!builder)
        return;
    itd_buffer_finish(&builder->heap);
    itd_vector_finish(&builder->tokens);
    itd_vector_finish(&builder->token_ids);
    itd_vector_finish(&builder->names);
    itd_vector_finish(&builder->facts);
    itd_vector_finish(&builder->entities);
    itd_free(builder->slots);
    itd_free(builder);
}

void itd_match_builder_reset(itd_match_builder *builder)
{
    itd_buffer_clear(&builder->heap);
    builder->tokens.count = builder->token_ids.count = builder->names.count = builder->facts.count =
        builder->entities.count = 0;
    if (builder->slot_count)
        memset(builder->slots, 0, builder->slot_count * sizeof *builder->slots);
}

static bool heap_add(itd_match_builder *builder, uint32_t *at, itd_sv text)
{
    *at = (uint32_t)builder->heap.size;
    return itd_buffer_append(&builder->heap, text);
}

static bool slots_grow(itd_match_builder *builder)
{
    size_t count = builder->slot_count ? builder->slot_count * 2 : 64;
    uint32_t *slots = itd_calloc(count, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < builder->tokens.count; i++) {
        const itd_match_token *token = &builder->tokens.items[i];
        size_t at = itd_hash(builder->heap.data + token->text, token->size) & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = (uint32_t)i + 1;
    }
    itd_free(builder->slots);
    builder->slots = slots;
    builder->slot_count = count;
    return true;
}

/* Number of a token, new or known; ITD_MAP_NONE when out of memory. */
static uint32_t token_add(itd_match_builder *builder, const itd_named_token *named)
{
    if ((builder->tokens.count + 1) * 2 > builder->slot_count && !slots_grow(builder))
        return ITD_MAP_NONE;
    char marked[ITD_TEXT_WORD_MAX * 8 + 1];
    itd_sv text = named->text;
    if (named->mark) {
        marked[0] = named->mark;
        text.size = text.size < sizeof marked - 1 ? text.size : sizeof marked - 1;
        memcpy(marked + 1, text.data, text.size);
        text = (itd_sv){marked, text.size + 1};
    }
    size_t at = itd_hash_sv(text) & (builder->slot_count - 1);
    for (; builder->slots[at]; at = (at + 1) & (builder->slot_count - 1)) {
        const itd_match_token *token = &builder->tokens.items[builder->slots[at] - 1];
        if (itd_sv_equal((itd_sv){builder->heap.data + token->text, token->size}, text))
            return builder->slots[at] - 1;
    }
    itd_match_token token = {
        .size = (uint16_t)text.size, .class_ = named->class_, .form = named->form, .weight = named->weight};
    if (!heap_add(builder, &token.text, text) || !itd_vector_push(&builder->tokens, token))
        return ITD_MAP_NONE;
    builder->slots[at] = (uint32_t)builder->tokens.count;
    return (uint32_t)builder->tokens.count - 1;
}

/* True when the entity has a name of the same tokens already, of a kind that weighs as much. */
static bool name_is_known(const itd_match_builder *builder, size_t name_first, const itd_match_name *name)
{
    for (size_t i = name_first; i < builder->names.count; i++) {
        const itd_match_name *other = &builder->names.items[i];
        if (other->token_count == name->token_count &&
            (other->kind == name->kind || (other->kind != ITD_NAME_WEAK && name->kind != ITD_NAME_PRIMARY)) &&
            memcmp(builder->token_ids.items + other->token_first, builder->token_ids.items + name->token_first,
                   name->token_count * sizeof(uint32_t)) == 0)
            return true;
    }
    return false;
}

static itd_status name_add_reading(itd_match_builder *builder, itd_matcher *matcher, itd_sv text, itd_name_kind kind,
                                   itd_reading reading, size_t name_first, itd_error *error)
{
    itd_named_token tokens[ITD_MATCH_TOKENS_MAX];
    size_t count;
    itd_match_name name = {.text_size = (uint32_t)text.size, .kind = (uint8_t)kind};
    ITD_TRY(itd_name_tokens(tokens, &count, &name.flags, matcher, text, reading, error));
    if (count == 0)
        return ITD_OK;
    size_t ids_before = builder->token_ids.count;
    name.token_first = (uint32_t)ids_before;
    name.token_count = (uint16_t)count;
    for (size_t i = 0; i < count; i++) {
        uint32_t id = token_add(builder, &tokens[i]);
        if (id == ITD_MAP_NONE || !itd_vector_push(&builder->token_ids, id))
            return itd_fail_memory(error);
    }
    if (name_is_known(builder, name_first, &name)) {
        builder->token_ids.count = ids_before;
        return ITD_OK;
    }
    if (builder->names.count - name_first == ITD_MATCH_NAMES_MAX)
        return itd_fail(error, ITD_ELIMIT, "an entity has more than %d names (ITD_MATCH_NAMES_MAX)",
                        ITD_MATCH_NAMES_MAX);
    if (!heap_add(builder, &name.text, text) || !itd_vector_push(&builder->names, name))
        return itd_fail_memory(error);
    return ITD_OK;
}

static itd_status name_add(itd_match_builder *builder, itd_matcher *matcher, itd_sv text, itd_name_kind kind,
                           size_t name_first, itd_error *error)
{
    unsigned readings = itd_text_readings(text);
    for (int reading = 0; reading < ITD_READINGS; reading++)
        if (readings >> reading & 1)
            ITD_TRY(name_add_reading(builder, matcher, text, kind, (itd_reading)reading, name_first, error));
    return ITD_OK;
}

static bool name_kind_of(itd_name_kind *kind, itd_property property)
{
    if (property == ITD_P_Thing_name)
        *kind = ITD_NAME_PRIMARY;
    else if (property == ITD_P_Thing_alias)
        *kind = ITD_NAME_ALIAS;
    else if (property == ITD_P_Thing_previousName)
        *kind = ITD_NAME_PREVIOUS;
    else if (property == ITD_P_Thing_weakAlias)
        *kind = ITD_NAME_WEAK;
    else
        return false;
    return true;
}

static itd_sv value_of(const itd_entity *entity, itd_property property)
{
    for (size_t i = 0; i < entity->value_count; i++)
        if (entity->values[i].property == property)
            return entity->values[i].value;
    return ITD_SV_NONE;
}

/* A person of whom only the parts of the name are given. */
static itd_status name_add_parts(itd_match_builder *builder, itd_matcher *matcher, const itd_entity *entity,
                                 size_t name_first, itd_error *error)
{
    static const itd_property parts[] = {ITD_P_Person_firstName, ITD_P_Person_secondName, ITD_P_Person_middleName,
                                         ITD_P_Person_lastName};
    itd_buffer whole = {.size_max = ITD_TEXT_BYTES_MAX};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        itd_sv part = value_of(entity, parts[i]);
        if (part.size && whole.size)
            itd_buffer_append_char(&whole, ' ');
        itd_buffer_append(&whole, part);
    }
    itd_status status = whole.failed ? itd_fail_memory(error) : ITD_OK;
    if (status == ITD_OK && whole.size)
        status = name_add(builder, matcher, itd_buffer_view(&whole), ITD_NAME_PRIMARY, name_first, error);
    itd_buffer_finish(&whole);
    return status;
}

/* True when the entity has the same evidence already: countries are told by many properties, and an address by several
 * of its values. */
static bool fact_is_known(const itd_match_builder *builder, size_t fact_first, const itd_match_fact *fact)
{
    for (size_t i = fact_first; i < builder->facts.count; i++) {
        const itd_match_fact *other = &builder->facts.items[i];
        if (other->kind == fact->kind && other->key == fact->key && fact->property == ITD_P_Thing_address)
            return true;
    }
    return false;
}

static itd_status facts_add(itd_match_builder *builder, const itd_entity_value *value, size_t fact_first,
                            itd_error *error)
{
    itd_match_fact facts[ITD_FACTS_OF_VALUE_MAX];
    size_t count = itd_facts_of(facts, value);
    uint32_t text = 0;
    bool kept = false;
    for (size_t i = 0; i < count; i++) {
        if (facts[i].kind == ITD_FACT_COUNTRY && fact_is_known(builder, fact_first, &facts[i]))
            continue;
        if (!kept && !heap_add(builder, &text, value->value))
            return itd_fail_memory(error);
        kept = true;
        facts[i].text = text;
        facts[i].text_size = (uint32_t)value->value.size;
        if (builder->facts.count - fact_first == ITD_MATCH_FACTS_MAX)
            return itd_fail(error, ITD_ELIMIT,
                            "an entity has more than %d dates, countries, addresses and identifiers "
                            "(ITD_MATCH_FACTS_MAX)",
                            ITD_MATCH_FACTS_MAX);
        if (!itd_vector_push(&builder->facts, facts[i]))
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

/* Gives a name's acronym as another name of its entity. */
static itd_status acronym_add(itd_match_builder *builder, size_t parent, size_t name_first, itd_sv letters,
                              itd_error *error)
{
    itd_named_token token = itd_name_token(letters);
    if (letters.size == 0 || token.class_ != ITD_TOKEN_WORD)
        return ITD_OK;
    itd_match_name name = builder->names.items[parent];
    name.kind = ITD_NAME_ACRONYM;
    name.flags = 0;
    name.token_first = (uint32_t)builder->token_ids.count;
    name.token_count = 1;
    uint32_t id = token_add(builder, &token);
    if (id == ITD_MAP_NONE || !itd_vector_push(&builder->token_ids, id))
        return itd_fail_memory(error);
    if (name_is_known(builder, name_first, &name) || builder->names.count - name_first == ITD_MATCH_NAMES_MAX) {
        builder->token_ids.count--;
        return ITD_OK;
    }
    return itd_vector_push(&builder->names, name) ? ITD_OK : itd_fail_memory(error);
}

/* Acronyms of an organisation's names; where the schema does not say what the entity is, of names that have a word
 * which only organisations have. */
static itd_status acronyms_add(itd_match_builder *builder, itd_schema schema, size_t name_first, itd_error *error)
{
    bool organisation = itd_schema_is(schema, ITD_S_Organization);
    if (!organisation && schema != ITD_S_Thing && schema != ITD_S_LegalEntity)
        return ITD_OK;
    size_t name_end = builder->names.count;
    for (size_t n = name_first; n < name_end; n++) {
        const itd_match_name *name = &builder->names.items[n];
        itd_named_token tokens[ITD_MATCH_TOKENS_MAX];
        size_t count = name->token_count;
        bool telling = organisation;
        if (count < (size_t)ITD_ACRONYM_MIN || count > (size_t)ITD_ACRONYM_WORDS_MAX || name->kind == ITD_NAME_WEAK)
            continue;
        for (size_t i = 0; i < count; i++) {
            const itd_match_token *t = &builder->tokens.items[builder->token_ids.items[name->token_first + i]];
            tokens[i] = (itd_named_token){.text = {builder->heap.data + t->text, t->size}, .class_ = t->class_};
            tokens[i].mark = t->size && itd_is_mark(tokens[i].text.data[0]) ? tokens[i].text.data[0] : 0;
            telling = telling || t->class_ == ITD_TOKEN_GENERIC || t->class_ == ITD_TOKEN_LEGAL_FORM;
        }
        if (!telling)
            continue;
        char letters[2][ITD_ACRONYM_MAX]; /* both before one is added: the tokens lie in the heap, which moves then */
        size_t sizes[2];
        for (int whole = 0; whole <= 1; whole++)
            sizes[whole] = itd_acronym(letters[whole], tokens, count, whole);
        for (int whole = 0; whole <= 1; whole++)
            ITD_TRY(acronym_add(builder, n, name_first, (itd_sv){letters[whole], sizes[whole]}, error));
    }
    return ITD_OK;
}

itd_status itd_match_builder_add(itd_match_builder *builder, itd_matcher *matcher, const itd_entity *entity,
                                 itd_error *error)
{
    prepared made = {.schema = entity->schema, .name_first = builder->names.count, .fact_first = builder->facts.count};
    for (int kind = ITD_NAME_PRIMARY; kind <= ITD_NAME_WEAK; kind++) {
        for (size_t i = 0; i < entity->value_count; i++) {
            itd_name_kind found;
            if (name_kind_of(&found, entity->values[i].property) && (int)found == kind)
                ITD_TRY(name_add(builder, matcher, entity->values[i].value, found, made.name_first, error));
        }
    }
    if (builder->names.count == made.name_first)
        ITD_TRY(name_add_parts(builder, matcher, entity, made.name_first, error));
    ITD_TRY(acronyms_add(builder, entity->schema, made.name_first, error));
    for (size_t i = 0; i < entity->value_count; i++)
        ITD_TRY(facts_add(builder, &entity->values[i], made.fact_first, error));
    made.name_count = (uint32_t)(builder->names.count - made.name_first);
    made.fact_count = (uint32_t)(builder->facts.count - made.fact_first);
    return itd_vector_push(&builder->entities, made) ? ITD_OK : itd_fail_memory(error);
}

static int token_order(const void *a, const void *b, void *heap)
{
    const itd_match_token *x = a, *y = b;
    return itd_sv_compare((itd_sv){(const char *)heap + x->text, x->size},
                          (itd_sv){(const char *)heap + y->text, y->size});
}

itd_status itd_match_builder_finish(itd_match_builder *builder, itd_error *error)
{
    size_t count = builder->tokens.count;
    uint32_t *place = itd_malloc((count + 1) * sizeof *place);
    if (!place)
        return itd_fail_memory(error);
    itd_match_token *sorted = builder->tokens.items;
    uint32_t *texts = itd_malloc((count + 1) * sizeof *texts);
    if (!texts) {
        itd_free(place);
        return itd_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++)
        texts[i] = sorted[i].text; /* offsets rise with the numbers: tokens were added in order */
    if (count)
        qsort_r(sorted, count, sizeof *sorted, token_order, builder->heap.data);
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = count;
        while (low + 1 < high) {
            size_t middle = (low + high) / 2;
            if (texts[middle] <= sorted[i].text)
                low = middle;
            else
                high = middle;
        }
        place[low] = (uint32_t)i;
    }
    for (size_t i = 0; i < builder->token_ids.count; i++)
        builder->token_ids.items[i] = place[builder->token_ids.items[i]];
    itd_free(texts);
    itd_free(place);
    return ITD_OK;
}

itd_match_space itd_match_builder_space(const itd_match_builder *builder)
{
    return (itd_match_space){.heap = builder->heap.data,
                             .heap_size = builder->heap.size,
                             .tokens = builder->tokens.items,
                             .token_count = (uint32_t)builder->tokens.count,
                             .token_ids = builder->token_ids.items,
                             .token_id_count = builder->token_ids.count};
}

size_t itd_match_builder_count(const itd_match_builder *builder)
{
    return builder->entities.count;
}

itd_match_entity itd_match_builder_entity(const itd_match_builder *builder, size_t index)
{
    const prepared *made = &builder->entities.items[index];
    return (itd_match_entity){.schema = made->schema,
                              .names = builder->names.items + made->name_first,
                              .name_count = made->name_count,
                              .facts = builder->facts.items + made->fact_first,
                              .fact_count = made->fact_count};
}
