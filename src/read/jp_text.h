#ifndef ITD_READ_JP_TEXT_H
#define ITD_READ_JP_TEXT_H

#include "base/date.h"
#include "base/sv.h"

/* How Japanese lists write. Nothing here allocates. */

/** The country that a Japanese text starts with ("北朝鮮平壌特別市" North Korea), the longest name winning; `*size` are
 * the bytes of its name. NULL when it starts with none that is known here: those that Japan's lists name, and the
 * larger ones. Static code. */
const char *itd_jp_country(itd_sv text, size_t *size);

/** "1957年4月15日", "1938年", "2016.12.9", "1957-04-15"; a word may follow ("改訂"). False when it is no date. */
bool itd_jp_date(itd_date *out, itd_sv text);

/** Latin letters or digits first, then another script in parentheses, "Air Koryo (高麗航空)": two names. False when the
 * text has another form; both are views into it. */
bool itd_jp_two_names(itd_sv *first, itd_sv *second, itd_sv text);

/** Has the text kana? Then it is Japanese; characters of Chinese origin alone do not tell. */
bool itd_jp_is_kana(itd_sv text);

/** The next piece of a text between any of the separators (texts, ended by NULL), trimmed, also of the wide blank;
 * empty ones are passed over. False at the end. */
bool itd_jp_piece(itd_sv *piece, itd_sv *rest, const char *const *separators);

#endif
