#ifndef ITD_CLI_DISPLAY_H
#define ITD_CLI_DISPLAY_H

#include "cli/text.h"

/* Text of lists and questions is written by others. Before a person sees it, what could move the cursor, recolour the
 * screen or reorder the line is taken out; programs get it untouched through JSON and CSV. */

/** One character of UTF-8 from the front of `rest`, which moves on. Bytes that are not UTF-8 give U+FFFD, a byte at a
 * time. False at the end. Cost: O(1). */
bool itd_cli_next_character(uint32_t *out, itd_sv *rest);

/** Columns that a character takes on a terminal: 0 (combining), 1 or 2 (wide). */
size_t itd_cli_character_width(uint32_t character);

/** Columns that clean text takes. */
size_t itd_cli_width(itd_sv text);

/** Adds `raw` fit for a terminal: control characters and bidirectional overrides become U+FFFD, line ends and tabs
 * become blanks, invisible direction marks are left out. */
void itd_cli_clean(itd_cli_text *out, itd_sv raw);

/** Adds what fits into `width` columns; what is cut ends in "…". `text` is clean. */
void itd_cli_cut(itd_cli_text *out, itd_sv text, size_t width);

/** The next line of clean text when lines hold `width` columns: broken at blanks, a longer word anywhere. `rest` moves
 * on. False at the end. */
bool itd_cli_wrap(itd_sv *line, itd_sv *rest, size_t width);

/** Adds `text` in lines of at most `width` columns; every line but the first starts with `indent` blanks. */
void itd_cli_paragraph(itd_cli_text *out, itd_sv text, size_t indent, size_t width);

#endif
