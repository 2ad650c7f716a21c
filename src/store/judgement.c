#include "store/judgement.h"

#include <assert.h>

static const itd_sv words[] = {
    [ITD_JUDGEMENT_SPLIT] = {"split", 5}, [ITD_JUDGEMENT_MERGE] = {"merge", 5}, [ITD_JUDGEMENT_UNSURE] = {"unsure", 6}};

itd_sv itd_judgement_word(itd_judgement_kind kind)
{
    assert(kind < sizeof words / sizeof words[0]);
    return words[kind];
}

bool itd_judgement_kind_find(itd_judgement_kind *out, itd_sv word)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_equal(word, words[i])) {
            *out = (itd_judgement_kind)i;
            return true;
        }
    return false;
}

/* Of a row. A word that is none of ours was not written by this program: nothing is merged by it. */
static itd_judgement_kind kind_of(itd_sv word)
{
    itd_judgement_kind kind = ITD_JUDGEMENT_UNSURE;
    (void)itd_judgement_kind_find(&kind, word);
    return kind;
}

static itd_status is_known(itd_store *store, itd_sv id, itd_error *error)
{
    itd_sql_query *query = NULL;
    bool row = false;
    ITD_TRY(itd_sql_prepare(
        &query, store->sql,
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM dataset d JOIN record r ON r.dataset = d.id AND r.key = ?1)"
        " OR EXISTS (SELECT 1 FROM question WHERE id = ?1) OR EXISTS (SELECT 1 FROM alert WHERE query = ?1)"
        " OR EXISTS (SELECT 1 FROM alert WHERE hit = ?1)",
        error));
    itd_sql_bind_text(query, 1, id);
    itd_status status = itd_sql_step(query, &row, error);
    itd_sql_finish(query);
    if (status == ITD_OK && !row)
        return itd_fail_at(error, ITD_ENOTFOUND, store->path, 0, ITD_NOWHERE,
                           "the case knows no record, hit or question '%.*s'", ITD_SV_ARG(itd_sv_slice(id, 0, 120)));
    return status;
}

static void in_order(itd_sv *left, itd_sv *right)
{
    if (itd_sv_compare(*left, *right) <= 0)
        return;
    itd_sv kept = *left;
    *left = *right;
    *right = kept;
}

static itd_status check(const itd_judgement *j, itd_error *error)
{
    if (itd_sv_equal(j->left, j->right))
        return itd_fail(error, ITD_EINVAL, "'%.*s' is one with itself: name two",
                        ITD_SV_ARG(itd_sv_slice(j->left, 0, 120)));
    if (itd_sv_trim(j->reason).size == 0)
        return itd_fail(error, ITD_EINVAL, "a judgement needs a reason");
    if (j->reason.size > ITD_JUDGEMENT_REASON_MAX)
        return itd_fail(error, ITD_EINVAL, "a reason has at most %zu bytes", ITD_JUDGEMENT_REASON_MAX);
    if (itd_utf8_invalid_at(j->reason) != SIZE_MAX)
        return itd_fail(error, ITD_EINVAL, "the reason is not valid UTF-8");
    if (itd_sv_trim(j->person).size == 0)
        return itd_fail(error, ITD_EINVAL, "a judgement needs a person");
    return ITD_OK;
}

itd_status itd_judgement_add(itd_store *store, const itd_judgement *judgement, itd_error *error)
{
    assert(store && store->in_work && judgement);
    itd_sv left = judgement->left, right = judgement->right;
    itd_sql_query *query = NULL;
    ITD_TRY(check(judgement, error));
    ITD_TRY(is_known(store, left, error));
    ITD_TRY(is_known(store, right, error));
    in_order(&left, &right);
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "INSERT INTO judgement (left, right, judgement, reason, person, made, audit) VALUES (?1, "
                            "?2, ?3, ?4, ?5, ?6, ?7)",
                            error));
    itd_sql_bind_text(query, 1, left);
    itd_sql_bind_text(query, 2, right);
    itd_sql_bind_text(query, 3, itd_judgement_word(judgement->kind));
    itd_sql_bind_text(query, 4, judgement->reason);
    itd_sql_bind_text(query, 5, judgement->person);
    itd_sql_bind_i64(query, 6, judgement->made);
    itd_sql_bind_i64(query, 7, judgement->audit);
    itd_status status = itd_sql_do(query, error);
    itd_sql_finish(query);
    return status;
}

itd_status itd_judgement_newest(itd_judgement *out, bool *found, itd_store *store, itd_sv left, itd_sv right,
                                itd_arena *arena, itd_error *error)
{
    assert(out && found && store && arena);
    itd_sql_query *query = NULL;
    in_order(&left, &right);
    ITD_TRY(
        itd_sql_prepare(&query, store->sql,
                        "SELECT judgement, reason, person, made, audit FROM judgement WHERE left = ?1 AND right = ?2 "
                        "ORDER BY id DESC LIMIT 1",
                        error));
    itd_sql_bind_text(query, 1, left);
    itd_sql_bind_text(query, 2, right);
    itd_status status = itd_sql_step(query, found, error);
    if (status == ITD_OK && *found) {
        itd_judgement j = {.left = itd_arena_copy(arena, left),
                           .right = itd_arena_copy(arena, right),
                           .kind = kind_of(itd_sql_bytes(query, 0)),
                           .reason = itd_arena_copy(arena, itd_sql_bytes(query, 1)),
                           .person = itd_arena_copy(arena, itd_sql_bytes(query, 2)),
                           .made = itd_sql_i64(query, 3),
                           .audit = itd_sql_i64(query, 4)};
        if (j.left.data && j.right.data && j.reason.data && j.person.data)
            *out = j;
        else
            status = itd_fail_memory(error);
    }
    itd_sql_finish(query);
    return status;
}

itd_status itd_judgement_each(itd_store *store,
                              itd_status (*on_judgement)(void *user, const itd_judgement *judgement, itd_error *error),
                              void *user, itd_error *error)
{
    assert(store && on_judgement);
    itd_sql_query *query = NULL;
    bool row = true;
    ITD_TRY(itd_sql_prepare(&query, store->sql,
                            "SELECT left, right, judgement, reason, person, made, audit FROM judgement WHERE id IN "
                            "(SELECT max(id) FROM judgement GROUP BY left, right) ORDER BY left, right",
                            error));
    itd_status status = ITD_OK;
    while (status == ITD_OK && (status = itd_sql_step(query, &row, error)) == ITD_OK && row) {
        const itd_judgement j = {.left = itd_sql_bytes(query, 0),
                                 .right = itd_sql_bytes(query, 1),
                                 .kind = kind_of(itd_sql_bytes(query, 2)),
                                 .reason = itd_sql_bytes(query, 3),
                                 .person = itd_sql_bytes(query, 4),
                                 .made = itd_sql_i64(query, 5),
                                 .audit = itd_sql_i64(query, 6)};
        status = on_judgement(user, &j, error);
    }
    itd_sql_finish(query);
    return status;
}
