#include "base/json_scan.h"

#include "base/json.h"

_Static_assert(ITD_JSON_DEPTH_MAX <= 64, "a bit a level");

typedef struct scan {
    const unsigned char *start, *at, *end;
    uint64_t objects; /* a bit a level: it is an object */
    unsigned depth;
    const char *why; /* NULL: well so far */
    bool too_deep;
} scan;

static bool wrong(scan *s, const char *why)
{
    s->why = why;
    return false;
}

static void skip_blanks(scan *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\r' || *s->at == '\t'))
        s->at++;
}

static bool is_digit(const scan *s)
{
    return s->at < s->end && *s->at >= '0' && *s->at <= '9';
}

static bool scan_digits(scan *s)
{
    if (!is_digit(s))
        return wrong(s, "a digit is missing");
    while (is_digit(s))
        s->at++;
    return true;
}

/* json-c keeps the text of a fraction but not of an integer, so an integer has to fit. */
static bool integer_fits(const unsigned char *from, const unsigned char *to)
{
    static const char most_positive[] = "18446744073709551615", most_negative[] = "9223372036854775808";
    const char *most = *from == '-' ? most_negative : most_positive;
    size_t most_size = *from == '-' ? sizeof most_negative - 1 : sizeof most_positive - 1;
    from += *from == '-';
    size_t size = (size_t)(to - from);
    return size < most_size || (size == most_size && memcmp(from, most, size) <= 0);
}

static bool scan_number(scan *s)
{
    const unsigned char *from = s->at;
    bool whole = true;
    if (*s->at == '-')
        s->at++;
    if (s->at < s->end && *s->at == '0')
        s->at++; /* no digit may follow; what does is found by the caller */
    else if (!scan_digits(s))
        return false;
    if (s->at < s->end && *s->at == '.') {
        s->at++;
        whole = false;
        if (!scan_digits(s))
            return false;
    }
    if (s->at < s->end && (*s->at | 0x20) == 'e') {
        s->at++;
        whole = false;
        if (s->at < s->end && (*s->at == '+' || *s->at == '-'))
            s->at++;
        if (!scan_digits(s))
            return false;
    }
    if (!whole || integer_fits(from, s->at))
        return true;
    s->at = from;
    return wrong(s, "an integer does not fit 64 bits");
}

static bool scan_literal(scan *s, const char *literal, size_t size)
{
    if ((size_t)(s->end - s->at) < size || memcmp(s->at, literal, size) != 0)
        return wrong(s, "a value is missing");
    s->at += size;
    return true;
}

/* Four hexadecimal digits. */
static bool scan_hex(scan *s, unsigned *out)
{
    unsigned value = 0;
    for (int i = 0; i < 4; i++, s->at++) {
        unsigned c = s->at < s->end ? *s->at : 0;
        unsigned letter = c | 0x20;
        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if (letter >= 'a' && letter <= 'f')
            value = value * 16 + (letter - 'a' + 10);
        else
            return wrong(s, "\\u needs four hexadecimal digits");
    }
    *out = value;
    return true;
}

/* At the backslash. */
static bool scan_escape(scan *s, bool is_key)
{
    const unsigned char *from = s->at++;
    unsigned char c = s->at < s->end ? *s->at : 0;
    if (c != 'u') {
        if (c == 0 || !strchr("\"\\/bfnrt", c))
            return wrong(s, "no such escape");
        s->at++;
        return true;
    }
    unsigned unit, low = 0;
    s->at++;
    if (!scan_hex(s, &unit))
        return false;
    if (unit == 0 && is_key) {
        s->at = from;
        return wrong(s, "a key holds a NUL");
    }
    if (unit < 0xD800 || unit > 0xDFFF)
        return true;
    bool paired = unit < 0xDC00 && s->end - s->at >= 2 && s->at[0] == '\\' && s->at[1] == 'u';
    if (paired) {
        s->at += 2;
        if (!scan_hex(s, &low))
            return false;
    }
    if (low >= 0xDC00 && low <= 0xDFFF)
        return true;
    s->at = from;
    return wrong(s, "a surrogate has no partner");
}

/* True for eight bytes none of which is a quote, a backslash or a control character. */
static bool eight_are_plain(const unsigned char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = UINT64_C(0x8080808080808080);
    uint64_t word;
    memcpy(&word, at, sizeof word);
    uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
    uint64_t found = ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | ((word - ones * 0x20) & ~word);
    return (found & highs) == 0;
}

static bool scan_string(scan *s, bool is_key)
{
    const unsigned char *from = s->at++;
    for (;;) {
        while (s->end - s->at >= 8 && eight_are_plain(s->at))
            s->at += 8;
        while (s->at < s->end && *s->at != '"' && *s->at != '\\' && *s->at >= 0x20)
            s->at++;
        if (s->at == s->end) {
            s->at = from;
            return wrong(s, "a string has no end");
        }
        if (*s->at == '"') {
            s->at++;
            return true;
        }
        if (*s->at < 0x20)
            return wrong(s, "a control character stands in a string");
        if (!scan_escape(s, is_key))
            return false;
    }
}

static bool open_level(scan *s, bool object)
{
    if (s->depth == ITD_JSON_DEPTH_MAX) {
        s->too_deep = true;
        return wrong(s, "too deep");
    }
    uint64_t bit = UINT64_C(1) << s->depth;
    s->objects = object ? s->objects | bit : s->objects & ~bit;
    s->depth++;
    s->at++;
    skip_blanks(s);
    return true;
}

static bool in_object(const scan *s)
{
    return (s->objects >> (s->depth - 1) & 1) != 0;
}

static bool scan_key(scan *s)
{
    skip_blanks(s);
    if (s->at == s->end || *s->at != '"')
        return wrong(s, "a key is missing");
    if (!scan_string(s, true))
        return false;
    skip_blanks(s);
    if (s->at == s->end || *s->at != ':')
        return wrong(s, "a colon is missing");
    s->at++;
    skip_blanks(s);
    return true;
}

/* A string, number or literal. */
static bool scan_scalar(scan *s)
{
    switch (s->at < s->end ? *s->at : 0) {
    case '"':
        return scan_string(s, false);
    case 't':
        return scan_literal(s, "true", 4);
    case 'f':
        return scan_literal(s, "false", 5);
    case 'n':
        return scan_literal(s, "null", 4);
    case '-':
        return scan_number(s);
    default:
        return is_digit(s) ? scan_number(s) : wrong(s, "a value is missing");
    }
}

/* After a value inside of something: closes what ends here, and goes on to the next value. */
static bool scan_after(scan *s)
{
    while (s->depth > 0) {
        skip_blanks(s);
        unsigned char c = s->at < s->end ? *s->at : 0;
        if (c == ',') {
            s->at++;
            if (in_object(s))
                return scan_key(s);
            skip_blanks(s);
            return true;
        }
        if (c != (in_object(s) ? '}' : ']'))
            return wrong(s, s->at == s->end ? "the text ends inside of a value" : "a comma or the end is missing");
        s->at++;
        s->depth--;
    }
    return true;
}

static bool scan_value(scan *s)
{
    do {
        unsigned char c = s->at < s->end ? *s->at : 0;
        if (c == '{' || c == '[') {
            bool object = c == '{';
            if (!open_level(s, object))
                return false;
            bool empty = s->at < s->end && *s->at == (object ? '}' : ']');
            if (!empty && object && !scan_key(s))
                return false;
            if (!empty)
                continue;
        } else if (!scan_scalar(s)) {
            return false;
        }
        if (!scan_after(s))
            return false;
    } while (s->depth > 0);
    return true;
}

itd_status itd_json_scan(itd_sv *value, itd_sv text, itd_error *error)
{
    size_t invalid = itd_utf8_invalid_at(text);
    if (invalid != SIZE_MAX)
        return itd_fail_at(error, ITD_EFORMAT, NULL, 0, invalid, "JSON: not valid UTF-8");
    const unsigned char *bytes = (const unsigned char *)(text.data ? text.data : "");
    scan s = {.start = bytes, .at = bytes, .end = bytes + text.size};
    skip_blanks(&s);
    const unsigned char *first = s.at;
    if (scan_value(&s)) {
        const unsigned char *last = s.at;
        skip_blanks(&s);
        if (s.at == s.end) {
            *value = (itd_sv){(const char *)first, (size_t)(last - first)};
            return ITD_OK;
        }
        s.why = "something follows the value";
    }
    uint64_t offset = (uint64_t)(s.at - s.start);
    if (s.too_deep)
        return itd_fail_at(error, ITD_ELIMIT, NULL, 0, offset, "JSON: more than %d levels", ITD_JSON_DEPTH_MAX);
    return itd_fail_at(error, ITD_EFORMAT, NULL, 0, offset, "JSON: %s", s.why);
}
