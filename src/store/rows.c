#include "store/rows.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>

itd_status itd_stored_read(itd_stored *out, const itd_sql_query *query, itd_sv record, itd_sv dataset, itd_error *error)
{
    itd_sv entity = itd_sql_bytes(query, 3), schema = itd_sql_bytes(query, 4), property = itd_sql_bytes(query, 5),
           reliability = itd_sql_bytes(query, 10), credibility = itd_sql_bytes(query, 11);
    itd_stored row = {.id = itd_sql_i64(query, 0),
                      .since = itd_sql_i64(query, 1),
                      .until = itd_sql_i64(query, 2),
                      .document = itd_sql_i64(query, 15)};
    itd_statement s = {.entity = entity.size ? entity : record,
                       .record = record,
                       .dataset = dataset,
                       .schema = itd_schema_find(schema),
                       .value = itd_sql_bytes(query, 6),
                       .original = itd_sql_bytes(query, 7),
                       .lang = itd_sql_bytes(query, 8),
                       .origin = itd_sql_bytes(query, 9),
                       .first_seen = itd_sql_bytes(query, 13),
                       .last_seen = itd_sql_bytes(query, 14),
                       .line = (uint64_t)itd_sql_i64(query, 16),
                       .offset = itd_sql_is_null(query, 17) ? ITD_NOWHERE : (uint64_t)itd_sql_i64(query, 17),
                       .span = (uint32_t)itd_sql_i64(query, 18),
                       .reliability = reliability.size ? reliability.data[0] : '\0',
                       .credibility = credibility.size ? credibility.data[0] : '\0',
                       .tlp = (uint8_t)itd_sql_i64(query, 12)};
    if (s.schema == ITD_SCHEMA_NONE)
        return itd_fail(error, ITD_EMISMATCH,
                        "statement %" PRId64 " has the schema \"%.*s\", which this program does not know", row.id,
                        ITD_SV_ARG(schema));
    s.property = property.size ? itd_property_find(s.schema, property) : ITD_P_OTHER;
    if (s.property == ITD_PROPERTY_NONE)
        return itd_fail(error, ITD_EMISMATCH,
                        "statement %" PRId64 " has the property \"%.*s\", which a %.*s of this program does not have",
                        row.id, ITD_SV_ARG(property), ITD_SV_ARG(schema));
    row.statement = s;
    *out = row;
    return ITD_OK;
}

itd_status itd_stored_prepare_insert(itd_sql_query **out, itd_sql *sql, itd_error *error)
{
    return itd_sql_prepare(
        out, sql,
        "INSERT INTO statement (record, since, entity, schema, property, value, original, lang, origin,"
        " reliability, credibility, tlp, first_seen, last_seen, document, line, offset, span)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        error);
}

itd_status itd_stored_insert(itd_sql_query *insert, int64_t record, int64_t since, int64_t document,
                             const itd_statement *s, itd_error *error)
{
    const struct {
        int at;
        itd_sv text;
    } some[] = {{7, s->original},
                {8, s->lang},
                {9, s->origin},
                {10, {&s->reliability, s->reliability != '\0'}},
                {11, {&s->credibility, s->credibility != '\0'}},
                {13, s->first_seen},
                {14, s->last_seen},
                {3, itd_sv_equal(s->entity, s->record) ? ITD_SV_NONE : s->entity}};
    itd_sql_bind_i64(insert, 1, record);
    itd_sql_bind_i64(insert, 2, since);
    itd_sql_bind_text(insert, 4, itd_sv_of(itd_schema_name(s->schema)));
    itd_sql_bind_text(insert, 5, s->property == ITD_P_OTHER ? ITD_SV("") : itd_sv_of(itd_property_name(s->property)));
    itd_sql_bind_text(insert, 6, s->value);
    itd_sql_bind_i64(insert, 12, s->tlp);
    for (size_t i = 0; i < sizeof some / sizeof some[0]; i++)
        itd_sql_bind_some(insert, some[i].at, some[i].text);
    const int64_t numbers[] = {document, (int64_t)s->line, (int64_t)s->offset, s->span};
    const bool there[] = {document != 0, s->line != 0, s->offset != ITD_NOWHERE, s->span != 0};
    for (int i = 0; i < 4; i++)
        if (there[i])
            itd_sql_bind_i64(insert, 15 + i, numbers[i]);
        else
            itd_sql_bind_null(insert, 15 + i);
    return itd_sql_do(insert, error);
}

static void add_number(itd_buffer *out, uint64_t number)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%" PRIu64, number);
    itd_content_text(out, itd_sv_make(text, (size_t)size));
}

static void hash_change(uint64_t out[ITD_CHANGES_BYTES / 8], itd_sv change)
{
    unsigned char bytes[ITD_CHANGES_BYTES];
    crypto_generichash_state state;
    for (size_t i = 0; i < sizeof bytes / crypto_generichash_BYTES_MAX; i++) {
        const unsigned char number = (unsigned char)i;
        (void)crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES_MAX);
        (void)crypto_generichash_update(&state, &number, 1);
        (void)crypto_generichash_update(&state, (const unsigned char *)change.data, change.size);
        (void)crypto_generichash_final(&state, bytes + i * crypto_generichash_BYTES_MAX, crypto_generichash_BYTES_MAX);
    }
    memcpy(out, bytes, sizeof bytes); /* little-endian, as base/pack.c makes sure of */
}

static void add(itd_generation_sum *sum)
{
    uint64_t hash[ITD_CHANGES_BYTES / 8];
    unsigned carry = 0;
    if (sum->scratch.failed)
        return;
    hash_change(hash, itd_buffer_view(&sum->scratch));
    for (size_t i = 0; i < ITD_CHANGES_BYTES / 8; i++) {
        unsigned __int128 part = (unsigned __int128)sum->sum.part[i] + hash[i] + carry;
        sum->sum.part[i] = (uint64_t)part;
        carry = (unsigned)(part >> 64);
    }
}

/* The scratch keeps its failure: it is told at the end. */
static itd_buffer *start(itd_generation_sum *sum, itd_sv kind)
{
    sum->scratch.size = 0;
    itd_content_text(&sum->scratch, kind);
    return &sum->scratch;
}

void itd_generation_statement(itd_generation_sum *sum, itd_sv content, const itd_statement *where, itd_sv document_hash)
{
    itd_buffer *out = start(sum, ITD_SV("+"));
    (void)itd_buffer_append(out, content);
    itd_content_text(out, where->first_seen);
    itd_content_text(out, where->last_seen);
    itd_content_text(out, document_hash);
    add_number(out, where->line);
    add_number(out, where->offset);
    add_number(out, where->span);
    add(sum);
}

void itd_generation_end_statement(itd_generation_sum *sum, itd_sv content)
{
    itd_buffer *out = start(sum, ITD_SV("-"));
    (void)itd_buffer_append(out, content);
    add(sum);
}

void itd_generation_version(itd_generation_sum *sum, itd_sv key, itd_sv hash)
{
    itd_buffer *out = start(sum, ITD_SV("v"));
    itd_content_text(out, key);
    itd_content_text(out, hash);
    add(sum);
}

void itd_generation_end_version(itd_generation_sum *sum, itd_sv key)
{
    itd_buffer *out = start(sum, ITD_SV("x"));
    itd_content_text(out, key);
    add(sum);
}

itd_status itd_generation_hash(unsigned char out[ITD_STORE_HASH], itd_generation_sum *sum, itd_sv previous,
                               const itd_generation *g, itd_error *error)
{
    static const unsigned char first[ITD_STORE_HASH];
    unsigned char bytes[ITD_CHANGES_BYTES];
    const uint64_t counts[] = {(uint64_t)g->imported, g->records, g->statements, g->added, g->changed, g->removed,
                               g->rejected,           g->orphans};
    assert(previous.size == 0 || previous.size == ITD_STORE_HASH);
    sum->scratch.size = 0;
    (void)itd_buffer_append(&sum->scratch, previous.size ? previous : itd_sv_make((const char *)first, sizeof first));
    itd_content_text(&sum->scratch, g->dataset);
    itd_content_text(&sum->scratch, g->version);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        add_number(&sum->scratch, counts[i]);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[sizeof bytes - 1 - i] = (unsigned char)(sum->sum.part[i / 8] >> (8 * (i % 8)));
    (void)itd_buffer_append(&sum->scratch, itd_sv_make((const char *)bytes, sizeof bytes));
    if (sum->scratch.failed)
        return itd_fail_memory(error);
    (void)crypto_generichash(out, ITD_STORE_HASH, (const unsigned char *)sum->scratch.data, sum->scratch.size, NULL, 0);
    return ITD_OK;
}
