#include "model/content.h"

#include <assert.h>
#include <sodium.h>

static size_t count_nuls(itd_sv text)
{
    size_t count = 0;
    while (text.size > 0) {
        const char *nul = memchr(text.data, '\0', text.size);
        if (!nul)
            break;
        count++;
        text = itd_sv_slice(text, (size_t)(nul - text.data) + 1, SIZE_MAX);
    }
    return count;
}

/* A NUL becomes two bytes. @return where it ends */
static char *write_with_nuls(char *to, itd_sv text)
{
    for (size_t i = 0; i < text.size; i++) {
        *to++ = text.data[i];
        if (text.data[i] == '\0')
            *to++ = '\xff';
    }
    return to;
}

static void append_text(itd_buffer *out, itd_sv text)
{
    size_t nuls = count_nuls(text);
    if (!itd_buffer_reserve(out, text.size + nuls + 2))
        return;
    char *to = out->data + out->size;
    if (nuls > 0)
        to = write_with_nuls(to, text);
    else if (text.size > 0)
        to = (char *)memcpy(to, text.data, text.size) + text.size;
    memcpy(to, "\0\1", 2);
    out->size = (size_t)(to - out->data) + 2;
}

void itd_content_text(itd_buffer *out, itd_sv text)
{
    append_text(out, text);
}

bool itd_content_take(itd_sv *text, char **rest, size_t *size)
{
    char *from = *rest, *to = from;
    size_t at = 0;
    while (at < *size) {
        char *nul = memchr(from + at, '\0', *size - at);
        if (!nul || (size_t)(nul - from) + 1 >= *size)
            return false;
        size_t plain = (size_t)(nul - (from + at));
        if (to != from + at)
            memmove(to, from + at, plain);
        to += plain;
        at += plain + 2;
        if (nul[1] == '\1') {
            *text = itd_sv_make(from, (size_t)(to - from));
            *rest = from + at;
            *size -= at;
            return true;
        }
        *to++ = '\0';
    }
    return false;
}

void itd_content_append(itd_buffer *out, const itd_statement *s)
{
    const char grades[4] = {s->reliability ? s->reliability : '-', s->credibility ? s->credibility : '-',
                            (char)('0' + s->tlp), '\0'};
    const itd_sv texts[] = {s->dataset,  s->record,
                            s->entity,   itd_sv_of(itd_property_name(s->property)),
                            s->value,    itd_sv_of(itd_schema_name(s->schema)),
                            s->original, s->lang,
                            s->origin,   itd_sv_of(grades)};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        append_text(out, texts[i]);
}

static void hash_of(uint64_t out[4], itd_sv bytes)
{
    unsigned char hash[ITD_CONTENT_HASH_SIZE];
    (void)crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.data, bytes.size, NULL, 0);
    memcpy(out, hash, sizeof hash); /* little-endian, as pack.c makes sure of */
}

void itd_content_add(itd_content_sum *sum, itd_sv bytes)
{
    uint64_t hash[4];
    unsigned carry = 0;
    hash_of(hash, bytes);
    for (size_t i = 0; i < 4; i++) {
        unsigned __int128 part = (unsigned __int128)sum->part[i] + hash[i] + carry;
        sum->part[i] = (uint64_t)part;
        carry = (unsigned)(part >> 64);
    }
}

void itd_content_subtract(itd_content_sum *sum, itd_sv bytes)
{
    uint64_t hash[4];
    unsigned borrow = 0;
    hash_of(hash, bytes);
    for (size_t i = 0; i < 4; i++) {
        unsigned __int128 part = (unsigned __int128)sum->part[i] - hash[i] - borrow;
        sum->part[i] = (uint64_t)part;
        borrow = (part >> 64) != 0;
    }
}

void itd_content_bytes(unsigned char out[ITD_CONTENT_HASH_SIZE], const itd_content_sum *sum)
{
    for (size_t i = 0; i < ITD_CONTENT_HASH_SIZE; i++)
        out[i] = (unsigned char)(sum->part[3 - i / 8] >> (8 * (7 - i % 8)));
}
