#include "base/memory.h"
#include "match/internal.h"

/* Rows: what words of the right vocabulary are worth to the columns of a question. Only words that are worth something
 * have one. */

static itd_status fail_cells(itd_error *error)
{
    return itd_fail(error, ITD_ELIMIT, "too many words on both sides: more than %zu similarities (ITD_MATCH_CELLS_MAX)",
                    ITD_MATCH_CELLS_MAX);
}

void itd_query_clear_rows(itd_match_query *q)
{
    for (size_t row = 1; row < q->rows.count; row++)
        q->row_of[q->rows.items[row].token] = 0;
    q->rows.count = q->similarities.count = q->pieces.count = q->leads.count = 0;
}

static itd_status add_row(itd_match_query *q, uint32_t token, itd_error *error)
{
    size_t cells = (q->rows.count + 1) * q->column_count;
    if (cells > ITD_MATCH_CELLS_MAX)
        return fail_cells(error);
    if (!itd_vector_push(&q->rows, ((itd_word_row){.token = token})) ||
        !itd_vector_reserve(&q->similarities, q->column_count) || !itd_vector_reserve(&q->pieces, q->distinct_count))
        return itd_fail_memory(error);
    memset(q->similarities.items + q->similarities.count, 0, q->column_count * sizeof *q->similarities.items);
    memset(q->pieces.items + q->pieces.count, 0, q->distinct_count);
    q->similarities.count += q->column_count;
    q->pieces.count += q->distinct_count;
    return ITD_OK;
}

/* The row of a right token, made when it has none. Row 0 means none. */
static itd_status row_for(itd_word_row **out, itd_match_query *q, uint32_t token, itd_error *error)
{
    if (!q->row_of[token]) {
        if (q->rows.count == 0)
            ITD_TRY(add_row(q, token, error));
        ITD_TRY(add_row(q, token, error));
        q->row_of[token] = (uint32_t)q->rows.count - 1;
    }
    *out = &q->rows.items[q->row_of[token]];
    return ITD_OK;
}

itd_status itd_query_set_similarity(itd_match_query *q, uint32_t token, uint32_t column, unsigned similarity,
                                    itd_error *error)
{
    itd_word_row *row;
    ITD_TRY(row_for(&row, q, token, error));
    uint16_t *cell = &q->similarities.items[(size_t)q->row_of[token] * q->column_count + column];
    if (similarity > *cell)
        *cell = (uint16_t)similarity;
    if (similarity > row->best)
        row->best = (uint16_t)similarity;
    row->alike |= q->column_bits.items[column];
    row->touched |= q->column_bits.items[column];
    return ITD_OK;
}

itd_status itd_query_set_piece(itd_match_query *q, uint32_t token, uint32_t column, itd_error *error)
{
    itd_word_row *row;
    ITD_TRY(row_for(&row, q, token, error));
    q->pieces.items[(size_t)q->row_of[token] * q->distinct_count + column] = 1;
    row->touched |= q->column_bits.items[column];
    row->best = 1000;
    row->pieces = 1;
    return ITD_OK;
}
