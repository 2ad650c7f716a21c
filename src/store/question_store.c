/* Sets of questions that have a name. */
#include <assert.h>

#include "store/question.h"

static itd_status check_name(itd_sv name, itd_error *error)
{
    if (itd_sv_trim(name).size == 0)
        return itd_fail(error, ITD_EINVAL, "the name of the stored questions is empty");
    if (name.size > ITD_QUESTION_STORE_NAME_MAX)
        return itd_fail(error, ITD_EINVAL, "the name of the stored questions has more than %d bytes",
                        ITD_QUESTION_STORE_NAME_MAX);
    if (itd_utf8_invalid_at(name) != SIZE_MAX)
        return itd_fail(error, ITD_EINVAL, "the name of the stored questions is not valid UTF-8");
    return ITD_OK;
}

itd_status itd_question_store_name(itd_store *store, itd_sv name, int64_t set, itd_sv options, int64_t audit,
                                   itd_error *error)
{
    assert(store && store->in_work);
    ITD_TRY(check_name(name, error));
    itd_sql_query *query = NULL;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "INSERT INTO question_store (name, question_set, options, audit) SELECT ?1, ?2, ?3, ?4 "
                            "WHERE NOT EXISTS (SELECT 1 FROM (SELECT question_set, options FROM question_store "
                            "WHERE name = ?1 ORDER BY id DESC LIMIT 1) WHERE question_set = ?2 AND options = ?3)",
                            error));
    itd_sql_bind_text(query, 1, name);
    itd_sql_bind_i64(query, 2, set);
    itd_sql_bind_text(query, 3, options);
    itd_sql_bind_i64(query, 4, audit);
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

/* Nothing has that name: what has. */
static itd_status fail_unknown(itd_store *store, itd_sv name, itd_error *error)
{
    itd_sql_query *query = NULL;
    itd_buffer names = {.size_max = 256};
    bool row = true;
    ITD_TRY(
        itd_sql_prepare(&query, store->sql, "SELECT DISTINCT name FROM question_store ORDER BY name LIMIT 8", error));
    itd_status status = ITD_OK;
    while ((status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        (void)itd_buffer_append(&names, names.size > 0 ? ITD_SV(", ") : ITD_SV("; there are: "));
        (void)itd_buffer_append(&names, itd_sql_bytes(query, 0));
    }
    itd_sql_finish(query);
    if (status == ITD_OK)
        status = itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE,
                             "the case keeps no questions under the name '%.*s'%.*s",
                             ITD_SV_ARG(itd_sv_slice(name, 0, 64)), ITD_SV_ARG(itd_buffer_view(&names)));
    itd_buffer_finish(&names);
    return status;
}

itd_status itd_question_store_find(itd_question_store *out, itd_store *store, itd_sv name, itd_arena *arena,
                                   itd_error *error)
{
    assert(out && store && arena);
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(
        itd_sql_prepare(&query, store->sql,
                        "SELECT s.id, s.hash, n.options, s.count, n.audit FROM question_store n JOIN question_set s "
                        "ON s.id = n.question_set WHERE n.name = ?1 ORDER BY n.id DESC LIMIT 1",
                        error));
    itd_sql_bind_text(query, 1, name);
    itd_status status = itd_sql_step(query, &row, error);
    if (status == ITD_OK && row) {
        itd_question_store found = {.set = itd_sql_i64(query, 0),
                                    .hash = itd_arena_copy(arena, itd_sql_bytes(query, 1)),
                                    .options = itd_arena_copy(arena, itd_sql_bytes(query, 2)),
                                    .count = (uint64_t)itd_sql_i64(query, 3),
                                    .audit = itd_sql_i64(query, 4)};
        if (found.hash.data && found.options.data)
            *out = found;
        else
            status = itd_fail_memory(error);
    }
    itd_sql_finish(query);
    return status == ITD_OK && !row ? fail_unknown(store, name, error) : status;
}
