#include <assert.h>

#include "match/internal.h"

void itd_assign(int *column_of, const int32_t *gain, int rows, int columns)
{
    enum { N = ITD_MATCH_TOKENS_MAX };
    assert(rows >= 0 && rows <= N && columns >= 0 && columns <= N);
    /* Costs are the negated gains of a square; what is missing costs nothing. Rows and columns from 1. */
    int n = rows > columns ? rows : columns;
    int64_t potential_row[N + 1] = {0}, potential_column[N + 1] = {0};
    int row_of[N + 1] = {0}, way[N + 1] = {0};
    for (int row = 1; row <= n; row++) {
        int64_t least[N + 1];
        bool used[N + 1] = {false};
        for (int j = 0; j <= n; j++)
            least[j] = INT64_MAX;
        int column = 0;
        row_of[0] = row;
        do {
            used[column] = true;
            int i = row_of[column], next = 0;
            int64_t delta = INT64_MAX;
            for (int j = 1; j <= n; j++) {
                if (used[j])
                    continue;
                int64_t cost = i <= rows && j <= columns ? -(int64_t)gain[(i - 1) * columns + j - 1] : 0;
                int64_t reduced = cost - potential_row[i] - potential_column[j];
                if (reduced < least[j]) {
                    least[j] = reduced;
                    way[j] = column;
                }
                if (least[j] < delta) {
                    delta = least[j];
                    next = j;
                }
            }
            for (int j = 0; j <= n; j++) {
                if (used[j]) {
                    potential_row[row_of[j]] += delta;
                    potential_column[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        } while (row_of[column]);
        do {
            int before = way[column];
            row_of[column] = row_of[before];
            column = before;
        } while (column);
    }
    for (int i = 0; i < rows; i++)
        column_of[i] = -1;
    for (int j = 1; j <= columns; j++)
        if (row_of[j] <= rows && gain[(row_of[j] - 1) * columns + j - 1] > 0)
            column_of[row_of[j] - 1] = j - 1;
}
