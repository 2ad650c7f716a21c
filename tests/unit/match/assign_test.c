#include "match/internal.h"
#include "support/cm.h"

static uint64_t seed = 42;
static uint32_t next_random(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33);
}

/* The best sum by trying everything. */
static int64_t best_sum(const int32_t *gain, int rows, int columns, int row, unsigned used)
{
    if (row == rows)
        return 0;
    int64_t best = best_sum(gain, rows, columns, row + 1, used);
    for (int j = 0; j < columns; j++) {
        if (used >> j & 1)
            continue;
        int64_t sum = gain[row * columns + j] + best_sum(gain, rows, columns, row + 1, used | 1u << j);
        best = sum > best ? sum : best;
    }
    return best;
}

static void sum_is_the_largest(void **state)
{
    (void)state;
    for (int round = 0; round < 3000; round++) {
        int rows = (int)(next_random() % 6), columns = (int)(next_random() % 6);
        int32_t gain[36];
        for (int i = 0; i < rows * columns; i++)
            gain[i] = next_random() % 3 ? (int32_t)(next_random() % 50) : 0;
        int column_of[6];
        itd_assign(column_of, gain, rows, columns);
        int64_t sum = 0;
        unsigned used = 0;
        for (int i = 0; i < rows; i++) {
            if (column_of[i] < 0)
                continue;
            assert_true(column_of[i] < columns && !(used >> column_of[i] & 1));
            used |= 1u << column_of[i];
            sum += gain[i * columns + column_of[i]];
        }
        assert_int_equal(sum, best_sum(gain, rows, columns, 0, 0));
    }
}

static void largest_size(void **state)
{
    (void)state;
    enum { N = ITD_MATCH_TOKENS_MAX };
    static int32_t gain[N * N];
    int column_of[N];
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            gain[i * N + j] = i + j == N - 1 ? 1000 : 1;
    itd_assign(column_of, gain, N, N);
    for (int i = 0; i < N; i++)
        assert_int_equal(column_of[i], N - 1 - i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sum_is_the_largest), cmocka_unit_test(largest_size)};
    return cmocka_run_group_tests_name("assign", tests, NULL, NULL);
}
