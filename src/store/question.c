#include "store/question.h"

#include <assert.h>
#include <sodium.h>

#include "base/memory.h"
#include "model/content.h"

struct itd_asking {
    itd_store *store;
    int64_t audit, set, count;
    int64_t like; /* the newest set: as long as the questions are its own, nothing is written */
    itd_sql_query *insert, *look;
    itd_buffer scratch;
    crypto_generichash_state state;
};

struct itd_asked_reader {
    itd_sql_query *query;
};

void itd_question_hash(unsigned char out[ITD_STORE_HASH], itd_sv content)
{
    (void)crypto_generichash(out, ITD_STORE_HASH, (const unsigned char *)content.data, content.size, NULL, 0);
}

static itd_status newest_set(int64_t *out, itd_store *store, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, store->sql, "SELECT coalesce(max(id), 0) FROM question_set", error));
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK)
        *out = row ? itd_sql_i64(query, 0) : 0;
    itd_sql_finish(query);
    return status;
}

itd_status itd_asking_begin(itd_asking **out, itd_store *store, int64_t audit, itd_error *error)
{
    assert(out && store && store->in_work);
    itd_asking *asking = itd_calloc(1, sizeof *asking);
    if (!asking)
        return itd_fail_memory(error);
    asking->store = store;
    asking->audit = audit;
    (void)crypto_generichash_init(&asking->state, NULL, 0, ITD_STORE_HASH);
    itd_status status = newest_set(&asking->like, store, error);
    asking->set = asking->like + 1;
    if (status == ITD_OK)
        status = itd_sql_prepare(&asking->look, store->sql,
                                 "SELECT id, hash FROM question WHERE question_set = ?1 AND position = ?2", error);
    if (status == ITD_OK)
        status =
            itd_sql_prepare(&asking->insert, store->sql, "INSERT INTO question VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);
    if (status != ITD_OK) {
        itd_asking_close(asking);
        return status;
    }
    *out = asking;
    return ITD_OK;
}

/* The questions so far were those of an older set, and the next one is not: they are written after all. */
static itd_status part_ways(itd_asking *asking, itd_error *error)
{
    itd_sql_query *copy = NULL;
    ITD_TRY(itd_sql_prepare(&copy, asking->store->sql,
                            "INSERT INTO question SELECT ?1, position, id, content, hash, ?2 FROM question WHERE "
                            "question_set = ?3 AND position < ?4",
                            error));
    itd_sql_bind_i64(copy, 1, asking->set);
    itd_sql_bind_i64(copy, 2, asking->audit);
    itd_sql_bind_i64(copy, 3, asking->like);
    itd_sql_bind_i64(copy, 4, asking->count);
    itd_status status = itd_sql_do(copy, error);
    itd_sql_finish(copy);
    asking->like = 0;
    return status;
}

static itd_status is_like(bool *out, itd_asking *asking, const itd_asked *question, itd_error *error)
{
    bool row = false;
    itd_sql_bind_i64(asking->look, 1, asking->like);
    itd_sql_bind_i64(asking->look, 2, asking->count);
    ITD_TRY(itd_sql_step(asking->look, &row, error));
    *out = row && itd_sv_equal(itd_sql_bytes(asking->look, 0), question->id) &&
           itd_sv_equal(itd_sql_bytes(asking->look, 1), question->hash);
    itd_sql_reset(asking->look);
    return ITD_OK;
}

static itd_status insert(itd_asking *asking, const itd_asked *question, itd_error *error)
{
    itd_sql_bind_i64(asking->insert, 1, asking->set);
    itd_sql_bind_i64(asking->insert, 2, asking->count);
    itd_sql_bind_text(asking->insert, 3, question->id);
    itd_sql_bind_text(asking->insert, 4, question->content);
    itd_sql_bind_blob(asking->insert, 5, question->hash);
    itd_sql_bind_i64(asking->insert, 6, asking->audit);
    return itd_sql_do(asking->insert, error);
}

itd_status itd_asking_add(itd_asking *asking, const itd_asked *question, itd_error *error)
{
    assert(asking && question && question->hash.size == ITD_STORE_HASH);
    bool like = false;
    itd_buffer_clear(&asking->scratch);
    itd_content_text(&asking->scratch, question->id);
    (void)itd_buffer_append(&asking->scratch, question->hash);
    if (asking->scratch.failed)
        return itd_fail_memory(error);
    if (asking->like)
        ITD_TRY(is_like(&like, asking, question, error));
    if (asking->like && !like)
        ITD_TRY(part_ways(asking, error));
    if (!like)
        ITD_TRY(insert(asking, question, error));
    (void)crypto_generichash_update(&asking->state, (const unsigned char *)asking->scratch.data, asking->scratch.size);
    asking->count++;
    return ITD_OK;
}

/* Takes away what this transaction wrote of a set that is there already. */
static itd_status drop(itd_asking *asking, itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, asking->store->sql, "DELETE FROM question WHERE question_set = ?1", error));
    itd_sql_bind_i64(query, 1, asking->set);
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

static itd_status add_set(itd_asking *asking, const unsigned char hash[ITD_STORE_HASH], itd_error *error)
{
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, asking->store->sql, "INSERT INTO question_set VALUES (?1, ?2, ?3, ?4)", error));
    itd_sql_bind_i64(query, 1, asking->set);
    itd_sql_bind_blob(query, 2, itd_sv_make((const char *)hash, ITD_STORE_HASH));
    itd_sql_bind_i64(query, 3, asking->count);
    itd_sql_bind_i64(query, 4, asking->audit);
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

itd_status itd_asking_end(int64_t *set, unsigned char hash[ITD_STORE_HASH], itd_asking *asking, itd_error *error)
{
    assert(set && hash && asking);
    unsigned char made[ITD_STORE_HASH];
    int64_t found = 0;
    (void)crypto_generichash_final(&asking->state, made, sizeof made);
    itd_status status =
        itd_question_set_find(&found, asking->store, itd_sv_make((const char *)made, sizeof made), error);
    if (status == ITD_OK && !asking->like) {
        ITD_TRY(drop(asking, error));
    } else if (status == ITD_ENOTFOUND) {
        if (asking->like) /* the beginning of that set */
            ITD_TRY(part_ways(asking, error));
        ITD_TRY(add_set(asking, made, error));
        found = asking->set;
    } else if (status != ITD_OK) {
        return status;
    }
    memcpy(hash, made, sizeof made);
    *set = found;
    return ITD_OK;
}

void itd_asking_close(itd_asking *asking)
{
    if (!asking)
        return;
    itd_sql_finish(asking->insert);
    itd_sql_finish(asking->look);
    itd_buffer_finish(&asking->scratch);
    itd_free(asking);
}

itd_status itd_question_set_find(int64_t *set, itd_store *store, itd_sv hash, itd_error *error)
{
    assert(set && store);
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, store->sql, "SELECT id FROM question_set WHERE hash = ?1", error));
    itd_sql_bind_blob(query, 1, hash);
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK && row)
        *set = itd_sql_i64(query, 0);
    itd_sql_finish(query);
    if (status == ITD_OK && !row)
        return itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE, "the case has no such questions");
    return status;
}

static itd_status set_is_there(itd_store *store, int64_t set, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(&query, store->sql, "SELECT 1 FROM question_set WHERE id = ?1", error));
    itd_sql_bind_i64(query, 1, set);
    itd_status status = itd_sql_step(query, &row, error);
    itd_sql_finish(query);
    if (status == ITD_OK && !row)
        return itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE, "the case has no set of questions %lld",
                           (long long)set);
    return status;
}

itd_status itd_asked_open(itd_asked_reader **out, itd_store *store, int64_t set, itd_error *error)
{
    assert(out && store);
    ITD_TRY(set_is_there(store, set, error));
    itd_asked_reader *reader = itd_calloc(1, sizeof *reader);
    if (!reader)
        return itd_fail_memory(error);
    itd_status status =
        itd_sql_prepare(&reader->query, store->sql,
                        "SELECT id, content, hash FROM question WHERE question_set = ?1 ORDER BY position", error);
    if (status != ITD_OK) {
        itd_free(reader);
        return status;
    }
    itd_sql_bind_i64(reader->query, 1, set);
    *out = reader;
    return ITD_OK;
}

itd_status itd_asked_next(itd_asked *out, bool *more, itd_asked_reader *reader, itd_error *error)
{
    assert(out && more && reader);
    ITD_TRY(itd_sql_step(reader->query, more, error));
    if (*more)
        *out = (itd_asked){itd_sql_bytes(reader->query, 0), itd_sql_bytes(reader->query, 1),
                           itd_sql_bytes(reader->query, 2)};
    return ITD_OK;
}

void itd_asked_close(itd_asked_reader *reader)
{
    if (!reader)
        return;
    itd_sql_finish(reader->query);
    itd_free(reader);
}
