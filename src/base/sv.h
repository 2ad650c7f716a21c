#ifndef ITD_BASE_SV_H
#define ITD_BASE_SV_H

#include <stdbool.h>
#include <string.h>

#include "interdict/status.h"

/* String views: borrowed bytes with a length. Nothing here allocates. */

#define ITD_SV(literal) ((itd_sv){"" literal, sizeof(literal) - 1})
#define ITD_SV_NONE ((itd_sv){NULL, 0})
/** For printf: `printf("%.*s", ITD_SV_ARG(v))`. */
#define ITD_SV_ARG(v) (int)((v).size), (v).data ? (v).data : ""

static inline itd_sv itd_sv_of(const char *text)
{
    return text ? (itd_sv){text, strlen(text)} : ITD_SV_NONE;
}

static inline itd_sv itd_sv_make(const char *data, size_t size)
{
    return (itd_sv){data, size};
}

static inline bool itd_sv_equal(itd_sv a, itd_sv b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool itd_sv_is(itd_sv a, const char *text)
{
    return itd_sv_equal(a, itd_sv_of(text));
}

/** Byte order, shorter first among equals: <0, 0, >0. */
int itd_sv_compare(itd_sv a, itd_sv b);
/** Equality without regard to ASCII case. */
bool itd_sv_equal_nocase(itd_sv a, itd_sv b);
bool itd_sv_starts(itd_sv text, itd_sv prefix);
bool itd_sv_starts_nocase(itd_sv text, itd_sv prefix);
bool itd_sv_ends(itd_sv text, itd_sv suffix);
/** Byte position of the first `needle` at or after `from`, or SIZE_MAX. */
size_t itd_sv_find(itd_sv text, itd_sv needle, size_t from);
size_t itd_sv_find_nocase(itd_sv text, itd_sv needle, size_t from);
/** Without white space (ASCII blanks, and U+00A0) at both ends. */
itd_sv itd_sv_trim(itd_sv text);
/** `size` is cut to what is there. */
itd_sv itd_sv_slice(itd_sv text, size_t from, size_t size);
/** Takes the part before the next `separator` from `*rest`; false when nothing is left. An empty text has no parts,
 * and a separator at the very end none after it. */
bool itd_sv_split(itd_sv *part, itd_sv *rest, char separator);
/** Decimal digits only, whole text; false when it is not a number or does not fit. */
bool itd_sv_to_u64(uint64_t *out, itd_sv text);

/** Byte at which `text` stops being valid UTF-8 (no surrogates, no overlong forms, at most U+10FFFF), or SIZE_MAX when
 * it is valid. */
size_t itd_utf8_invalid_at(itd_sv text);

#endif
