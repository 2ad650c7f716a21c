#ifndef ITD_CLI_SUGGEST_H
#define ITD_CLI_SUGGEST_H

#include <stddef.h>

/** Longest word that is looked at; longer ones get no suggestion. */
#define ITD_CLI_SUGGEST_MAX 64

/** Edits (insert, delete, replace, swap of neighbours) between two words, each at most ITD_CLI_SUGGEST_MAX bytes;
 * SIZE_MAX when one is longer. Optimal string alignment. Cost: O(|a| × |b|), no allocation. */
size_t itd_cli_edits(const char *a, const char *b);

/** Keeps the nearest of the words that it is offered. */
typedef struct itd_cli_suggestion {
    const char *wrong; /**< set by the caller; the rest starts as zeros */
    const char *best;  /**< NULL: none is near enough */
    size_t edits;
} itd_cli_suggestion;

/** Near enough: the wrong word starts it (two letters at least), or at most a third of the wrong word's letters, and
 * one at least, are edits. The first of equals stays. */
void itd_cli_suggest(itd_cli_suggestion *suggestion, const char *word);

#endif
