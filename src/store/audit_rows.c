#include "store/audit_rows.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>

#include "base/memory.h"

/* What is added to a table of a later version of the case is not hashed into older records: such a column comes with a
 * table, or a record's `program`, of its own. The order is part of the format. */
static const itd_audit_table tables[] = {
    {"dataset", "id, name", "id"},
    {"document", "id, name, hash, bytes", "id"},
    {"generation",
     "number, dataset, version, imported, records, statements, added, changed, removed, rejected, orphans, hash",
     "number"},
    {"generation_document", "generation, document", "generation, document"},
    {"sighting", "id, generation, seen, version", "id"},
    {"question_set", "id, hash, count", "id"},
    {"question", "question_set, position, id, content, hash", "question_set, position"},
    {"question_store", "id, name, question_set, options", "id"},
    {"alert", "id, query, hit, question, record, rules, score_micro", "id"},
    {"decision", "id, query, hit, decision, reason, person, second, made, until, question, record, rules, approves",
     "id"},
    {"judgement", "id, left, right, judgement, reason, person, made", "id"},
};
#define TABLES (sizeof tables / sizeof tables[0])

struct itd_audit_rows {
    itd_sql_query *queries[TABLES];
};

const itd_audit_table *itd_audit_table_at(size_t index)
{
    return index < TABLES ? &tables[index] : NULL;
}

static void add_u64(crypto_generichash_state *state, unsigned char letter, uint64_t value)
{
    unsigned char bytes[9] = {letter};
    for (int i = 0; i < 8; i++)
        bytes[1 + i] = (unsigned char)(value >> (56 - 8 * i));
    (void)crypto_generichash_update(state, bytes, sizeof bytes);
}

static void add_bytes(crypto_generichash_state *state, unsigned char letter, itd_sv bytes)
{
    add_u64(state, letter, bytes.size);
    (void)crypto_generichash_update(state, (const unsigned char *)bytes.data, bytes.size);
}

static void add_column(crypto_generichash_state *state, const itd_sql_query *query, int column)
{
    switch (itd_sql_type_of(query, column)) {
    case ITD_SQL_NULL:
        add_u64(state, 'n', 0);
        break;
    case ITD_SQL_INTEGER:
        add_u64(state, 'i', 8);
        {
            unsigned char bytes[8];
            uint64_t value = (uint64_t)itd_sql_i64(query, column);
            for (int i = 0; i < 8; i++)
                bytes[i] = (unsigned char)(value >> (56 - 8 * i));
            (void)crypto_generichash_update(state, bytes, sizeof bytes);
        }
        break;
    case ITD_SQL_TEXT:
        add_bytes(state, 't', itd_sql_bytes(query, column));
        break;
    case ITD_SQL_BLOB:
        add_bytes(state, 'b', itd_sql_bytes(query, column));
        break;
    case ITD_SQL_REAL: /* written by no command: a letter that no sound row has */
        add_bytes(state, 'f', itd_sql_bytes(query, column));
        break;
    }
}

static itd_status add_table(crypto_generichash_state *state, const char *name, itd_sql_query *query, itd_error *error)
{
    bool row = false;
    itd_status status;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        (void)crypto_generichash_update(state, (const unsigned char *)"r", 1);
        add_bytes(state, 't', itd_sv_of(name));
        for (int i = 0; i < itd_sql_columns(query); i++)
            add_column(state, query, i);
    }
    itd_sql_reset(query);
    return status;
}

itd_status itd_audit_rows_create(itd_audit_rows **out, itd_store *store, itd_error *error)
{
    assert(out && store);
    itd_audit_rows *rows = itd_calloc(1, sizeof *rows);
    if (!rows)
        return itd_fail_memory(error);
    for (size_t i = 0; i < TABLES; i++) {
        char text[256];
        int size = snprintf(text, sizeof text, "SELECT %s FROM %s WHERE audit = ?1 ORDER BY %s", tables[i].columns,
                            tables[i].name, tables[i].key);
        assert(size > 0 && (size_t)size < sizeof text);
        (void)size;
        itd_status status = itd_sql_prepare(&rows->queries[i], store->sql, text, error);
        if (status != ITD_OK) {
            itd_audit_rows_destroy(rows);
            return status;
        }
    }
    *out = rows;
    return ITD_OK;
}

void itd_audit_rows_destroy(itd_audit_rows *rows)
{
    if (!rows)
        return;
    for (size_t i = 0; i < TABLES; i++)
        itd_sql_finish(rows->queries[i]);
    itd_free(rows);
}

itd_status itd_audit_rows_hash(unsigned char out[ITD_STORE_HASH], itd_audit_rows *rows, int64_t number,
                               itd_error *error)
{
    assert(out && rows);
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, ITD_STORE_HASH);
    for (size_t i = 0; i < TABLES; i++) {
        itd_sql_bind_i64(rows->queries[i], 1, number);
        ITD_TRY(add_table(&state, tables[i].name, rows->queries[i], error));
    }
    (void)crypto_generichash_final(&state, out, ITD_STORE_HASH);
    return ITD_OK;
}

itd_status itd_audit_genesis(unsigned char out[ITD_STORE_HASH], itd_store *store, itd_error *error)
{
    assert(out && store);
    itd_sql_query *query = NULL;
    crypto_generichash_state state;
    (void)crypto_generichash_init(&state, NULL, 0, ITD_STORE_HASH);
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT key, value FROM meta WHERE key IN ('case', 'created', 'two_person') ORDER BY key",
                            error));
    itd_status status = add_table(&state, "meta", query, error);
    itd_sql_finish(query);
    if (status == ITD_OK)
        (void)crypto_generichash_final(&state, out, ITD_STORE_HASH);
    return status;
}
