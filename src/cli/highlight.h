#ifndef ITD_CLI_HIGHLIGHT_H
#define ITD_CLI_HIGHLIGHT_H

#include "cli/terminal.h"

/** Words of a name that are looked at, and letters of a word; what is longer stays plain. */
#define ITD_CLI_HIGHLIGHT_WORDS_MAX 64
#define ITD_CLI_HIGHLIGHT_LETTERS_MAX 48

/** Adds a clean name with the letters that it shares with `other`, word by word, in bold: whole words that are the
 * same, and what agrees of words that are nearly so. Plain where there is no colour. It shows the eye where to look;
 * the score's own reasons stand in its contributions. Cost: O(|name| × |other|). */
void itd_cli_highlight(itd_cli_text *out, const itd_cli_terminal *terminal, itd_sv name, itd_sv other);

#endif
