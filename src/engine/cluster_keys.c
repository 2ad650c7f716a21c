/* What entities may share, made comparable. */
#include "engine/cluster_keys.h"

#include <stdlib.h>

#include "text/fold.h"

/* Words that an address has at least, and digits of a telephone number (E.164 has up to 15). */
#define ADDRESS_WORDS_MIN 3
#define PHONE_DIGITS_MIN 7
#define PHONE_DIGITS_MAX 15

typedef struct gathering {
    itd_cluster_keys *keys;
    const itd_collection *collection;
    itd_folder *folder;
    itd_text_words words;
    itd_buffer key; /* in the making */
} gathering;

static itd_sv text_of(const gathering *g, uint32_t text)
{
    return itd_collection_text(g->collection, text);
}

/* Notes that a member has the key that was made; an empty one is none. */
static itd_status note_use(gathering *g, itd_cluster_kind kind, uint32_t member, uint32_t value, itd_error *error)
{
    itd_cluster_keys *k = g->keys;
    if (g->key.failed)
        return itd_fail_memory(error);
    if (g->key.size <= 1 || g->key.size > ITD_CLUSTER_KEY_BYTES_MAX) {
        k->vague++;
        return ITD_OK;
    }
    uint32_t number = itd_intern_add(&k->texts, itd_buffer_view(&g->key));
    if (number == ITD_MAP_NONE)
        return itd_fail_memory(error);
    if (number == k->keys.count) {
        const itd_sv text = k->texts.texts[number];
        if (!itd_vector_push(&k->keys, ((itd_key){kind, itd_sv_slice(text, 1, SIZE_MAX), value})))
            return itd_fail_memory(error);
    }
    if (value < k->keys.items[number].value)
        k->keys.items[number].value = value;
    return itd_vector_push(&k->uses, ((itd_key_use){number, member})) ? ITD_OK : itd_fail_memory(error);
}

/* Keys of one kind never meet those of another: the kind is their first byte. */
static void begin_key(gathering *g, itd_cluster_kind kind)
{
    itd_buffer_clear(&g->key);
    (void)itd_buffer_append_char(&g->key, (char)('0' + kind));
}

static int by_text(const void *a, const void *b)
{
    const itd_sv *x = a, *y = b;
    int order = memcmp(x->data, y->data, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static bool has_digit(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

/* Its folded words in byte order, so that "1, Main St" and "Main St 1" are one. A town alone is no address. */
static itd_status add_address(gathering *g, itd_sv text, uint32_t member, uint32_t value, itd_error *error)
{
    itd_sv words[ITD_TEXT_WORDS_MAX];
    bool digit = false;
    ITD_TRY(itd_text_split(g->folder, &g->words, text, ITD_READING_MANDARIN, error));
    for (size_t i = 0; i < g->words.count; i++) {
        words[i] = itd_text_word_view(&g->words, i);
        digit |= has_digit(words[i]);
    }
    begin_key(g, ITD_CLUSTER_ADDRESS);
    qsort(words, g->words.count, sizeof *words, by_text);
    for (size_t i = 0; i < g->words.count && digit && g->words.count >= ADDRESS_WORDS_MIN; i++) {
        (void)itd_buffer_append(&g->key, i ? ITD_SV(" ") : ITD_SV(""));
        (void)itd_buffer_append(&g->key, words[i]);
    }
    return note_use(g, ITD_CLUSTER_ADDRESS, member, value, error);
}

static itd_status add_phone(gathering *g, itd_sv text, uint32_t member, uint32_t value, itd_error *error)
{
    begin_key(g, ITD_CLUSTER_PHONE);
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9' && (g->key.size > 1 || text.data[i] != '0'))
            (void)itd_buffer_append_char(&g->key, text.data[i]);
    bool whole = g->key.size > PHONE_DIGITS_MIN && g->key.size - 1 <= PHONE_DIGITS_MAX;
    if (!whole && !g->key.failed)
        begin_key(g, ITD_CLUSTER_PHONE);
    return note_use(g, ITD_CLUSTER_PHONE, member, value, error);
}

static itd_status add_email(gathering *g, itd_sv text, uint32_t member, uint32_t value, itd_error *error)
{
    itd_sv trimmed = itd_sv_trim(text);
    begin_key(g, ITD_CLUSTER_EMAIL);
    for (size_t i = 0; i < trimmed.size && memchr(trimmed.data, '@', trimmed.size); i++) {
        char c = trimmed.data[i];
        (void)itd_buffer_append_char(&g->key, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    return note_use(g, ITD_CLUSTER_EMAIL, member, value, error);
}

/* The first value of a property, 0 (the empty text) when there is none. */
static uint32_t value_of(const gathering *g, const itd_folded *entity, itd_property property)
{
    const itd_row *rows = itd_collection_rows(g->collection) + entity->row_first;
    itd_property here = itd_property_in(entity->schema, property);
    for (uint32_t i = 0; i < entity->row_count; i++)
        if (rows[i].property == here)
            return rows[i].value;
    return 0;
}

/* An address that is an entity of its own: all of it as it is written, else put together from its parts. */
static itd_status add_address_entity(gathering *g, uint32_t id, uint32_t member, itd_error *error)
{
    static const itd_property parts[] = {ITD_P_Address_postOfficeBox, ITD_P_Address_street, ITD_P_Address_street2,
                                         ITD_P_Address_postalCode, ITD_P_Address_city};
    uint32_t at = itd_collection_find(g->collection, text_of(g, id));
    if (at == ITD_MAP_NONE)
        return ITD_OK;
    const itd_folded *address = &itd_collection_entities(g->collection)[at];
    uint32_t full = itd_schema_is(address->schema, ITD_S_Address) ? value_of(g, address, ITD_P_Address_full) : 0;
    if (full)
        return add_address(g, text_of(g, full), member, full, error);
    itd_buffer text = {0};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        (void)itd_buffer_append(&text, text_of(g, value_of(g, address, parts[i])));
        (void)itd_buffer_append_char(&text, ' ');
    }
    itd_status status =
        text.failed ? itd_fail_memory(error) : add_address(g, itd_buffer_view(&text), member, id, error);
    itd_buffer_finish(&text);
    return status;
}

static itd_status add_row(gathering *g, const itd_folded *entity, const itd_row *row, itd_error *error)
{
    itd_sv text = text_of(g, row->value);
    if (row->property == itd_property_in(entity->schema, ITD_P_Thing_addressEntity))
        return add_address_entity(g, row->value, entity->id, error);
    switch (itd_property_typeof(row->property)) {
    case ITD_TYPE_ADDRESS:
        return add_address(g, text, entity->id, row->value, error);
    case ITD_TYPE_PHONE:
        return add_phone(g, text, entity->id, row->value, error);
    case ITD_TYPE_EMAIL:
        return add_email(g, text, entity->id, row->value, error);
    default:
        return ITD_OK;
    }
}

/* Everyone at the one end of a relation has everyone at the other as a key. */
static itd_status add_relation(gathering *g, const itd_folded *entity, itd_cluster_kind kind, itd_property from,
                               itd_property to, itd_error *error)
{
    const itd_row *rows = itd_collection_rows(g->collection) + entity->row_first;
    from = itd_property_in(entity->schema, from);
    to = itd_property_in(entity->schema, to);
    for (uint32_t i = 0; i < entity->row_count; i++)
        for (uint32_t k = 0; rows[i].property == from && k < entity->row_count; k++) {
            if (rows[k].property != to || rows[k].value == 0)
                continue;
            begin_key(g, kind);
            (void)itd_buffer_append(&g->key, text_of(g, rows[i].value));
            ITD_TRY(note_use(g, kind, rows[k].value, rows[i].value, error));
        }
    return ITD_OK;
}

static itd_status add_entity(gathering *g, const itd_folded *entity, itd_error *error)
{
    const itd_row *rows = itd_collection_rows(g->collection) + entity->row_first;
    if (itd_schema_is(entity->schema, ITD_S_Directorship))
        return add_relation(g, entity, ITD_CLUSTER_DIRECTOR, ITD_P_Directorship_director,
                            ITD_P_Directorship_organization, error);
    if (itd_schema_is(entity->schema, ITD_S_Representation))
        return add_relation(g, entity, ITD_CLUSTER_AGENT, ITD_P_Representation_agent, ITD_P_Representation_client,
                            error);
    if (!itd_schema_is(entity->schema, ITD_S_LegalEntity))
        return ITD_OK;
    for (uint32_t i = 0; i < entity->row_count; i++)
        ITD_TRY(add_row(g, entity, &rows[i], error));
    return ITD_OK;
}

static int by_key(const void *a, const void *b)
{
    const itd_key_use *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->member < y->member ? -1 : x->member > y->member;
}

static void sort_uses(itd_cluster_keys *keys)
{
    size_t kept = 0;
    if (keys->uses.count > 0)
        qsort(keys->uses.items, keys->uses.count, sizeof *keys->uses.items, by_key);
    for (size_t i = 0; i < keys->uses.count; i++)
        if (kept == 0 || by_key(&keys->uses.items[kept - 1], &keys->uses.items[i]) != 0)
            keys->uses.items[kept++] = keys->uses.items[i];
    keys->uses.count = kept;
}

itd_status itd_cluster_keys_gather(itd_cluster_keys *keys, const itd_collection *collection, size_t bytes_max,
                                   itd_error *error)
{
    gathering g = {.keys = keys, .collection = collection};
    const itd_folded *entities = itd_collection_entities(collection);
    *keys = (itd_cluster_keys){0};
    itd_intern_init(&keys->texts, bytes_max);
    itd_status status = itd_folder_create(&g.folder, error);
    for (size_t i = 0, count = itd_collection_entity_count(collection); i < count && status == ITD_OK; i++)
        status = add_entity(&g, &entities[i], error);
    if (status == ITD_OK)
        sort_uses(keys);
    itd_folder_destroy(g.folder);
    itd_text_words_finish(&g.words);
    itd_buffer_finish(&g.key);
    return status;
}

void itd_cluster_keys_finish(itd_cluster_keys *keys)
{
    itd_intern_finish(&keys->texts);
    itd_vector_finish(&keys->keys);
    itd_vector_finish(&keys->uses);
}
