#ifndef ITD_MODEL_IDENTIFIER_TEXT_H
#define ITD_MODEL_IDENTIFIER_TEXT_H

#include "model/identifier.h"

/* What several kinds of identifiers need. */

/** Where a reader says what is wrong. */
typedef struct itd_refusal {
    const char **why;
    size_t *where;
} itd_refusal;

static inline itd_status itd_refuse(itd_refusal refusal, const char *why, size_t where)
{
    *refusal.why = why;
    *refusal.where = where;
    return ITD_EFORMAT;
}

static inline bool itd_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
/** Upper case only. */
static inline bool itd_is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/** An identifier as people write it, without its separators (blanks, hyphens, points, colons, slashes) and in upper
 * case, with the place that each character had. */
typedef struct itd_compact {
    char text[ITD_IDENTIFIER_MAX + 1];
    uint16_t at[ITD_IDENTIFIER_MAX + 1]; /**< capped at UINT16_MAX; at[size] is the size of the source */
    size_t size;
} itd_compact;

/** ASCII letters and digits only. `label` ("IMO") and a "NUMBER" or "NO" after it may stand before the identifier;
 * NULL: none. @return ITD_OK | ITD_EFORMAT */
itd_status itd_compact_read(itd_compact *out, const char *label, const char *text, size_t size, itd_refusal refusal);
/** Takes `word` off the front; false when it is not there. */
bool itd_compact_drop(itd_compact *compact, const char *word);
/** Index of the first character that is no digit, or SIZE_MAX. */
size_t itd_compact_not_digit(const itd_compact *compact);

/** Letters as 10 … 35, digits as themselves, read as one decimal number, modulo 97. Source: ISO/IEC 7064. */
unsigned itd_mod97(unsigned so_far, const char *text, size_t size);

#endif
