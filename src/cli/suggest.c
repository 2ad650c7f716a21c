#include "cli/suggest.h"

#include <stdint.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t itd_cli_edits(const char *a, const char *b)
{
    size_t m = strlen(a), n = strlen(b);
    if (m > ITD_CLI_SUGGEST_MAX || n > ITD_CLI_SUGGEST_MAX)
        return SIZE_MAX;
    size_t rows[3][ITD_CLI_SUGGEST_MAX + 1];
    size_t *above2 = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t *free_row = above2;
        above2 = above;
        above = row;
        row = free_row;
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return row[n];
}

void itd_cli_suggest(itd_cli_suggestion *suggestion, const char *word)
{
    size_t length = strlen(suggestion->wrong), edits = itd_cli_edits(suggestion->wrong, word);
    size_t most = length / 3 > 0 ? length / 3 : 1;
    if (length == 1)
        most = 0; /* any letter is one edit from any other */
    if (length >= 2 && strncmp(suggestion->wrong, word, length) == 0)
        edits = least(edits, 1);
    if (edits <= most && (!suggestion->best || edits < suggestion->edits)) {
        suggestion->best = word;
        suggestion->edits = edits;
    }
}
