#include "base/memory.h"
#include "match/probe.h"

/* Words of the question that are not looked for in the vocabulary: they are held against the words of those names that
 * are looked at for another reason, each once. */

static itd_status complete_token(itd_match_query *q, uint32_t token, itd_error *error)
{
    if (q->completed[token] == q->completion)
        return ITD_OK;
    q->completed[token] = q->completion;
    for (size_t i = 0; i < q->lazy.count; i++)
        ITD_TRY(itd_probe_hold_token(&q->lazy.items[i], token, error));
    return ITD_OK;
}

itd_status itd_query_complete_name(itd_match_query *q, const itd_match_name *name, itd_error *error)
{
    const uint32_t *ids = q->right_space.token_ids + name->token_first;
    for (uint32_t i = 0; q->lazy.count && i < name->token_count; i++)
        ITD_TRY(complete_token(q, ids[i], error));
    return ITD_OK;
}

itd_status itd_match_complete(itd_match_query *query, const itd_match_entity *right, itd_error *error)
{
    if (query->algorithm != ITD_ALGORITHM_LOGIC)
        return ITD_OK;
    for (uint32_t n = 0; query->lazy.count && n < right->name_count; n++)
        ITD_TRY(itd_query_complete_name(query, &right->names[n], error));
    return ITD_OK;
}

itd_status itd_match_hold(itd_match_query *query, itd_error *error)
{
    return query->algorithm == ITD_ALGORITHM_LOGIC ? itd_query_hold(query, error) : ITD_OK;
}
