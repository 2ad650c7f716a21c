#include "base/memory.h"
#include "match/internal.h"
#include "text/words.h"

/* Legal forms that a slip has spoilt: "compnay", "lia bility", "companynordic". A name is known by its other words only
 * once these are told apart. */

enum { REST_MIN = 2 };

static const char *const forms[] = {
    "company",       "limited",     "liability",  "corporation",      "incorporated",  "aktsionernoe",
    "aktsionernoye", "obshchestvo", "publichnoe", "otvetstvennostyu", "ogranichennoy", "gesellschaft",
};

/* One letter more, fewer or other, or two neighbours swapped. */
static bool one_slip(itd_sv a, itd_sv b)
{
    size_t longer = a.size > b.size ? a.size : b.size, shorter = a.size + b.size - longer, front = 0, back = 0;
    if (longer - shorter > 1)
        return false;
    while (front < shorter && a.data[front] == b.data[front])
        front++;
    while (back < shorter - front && a.data[a.size - 1 - back] == b.data[b.size - 1 - back])
        back++;
    size_t left = longer - front - back;
    return left <= 1 ||
           (left == 2 && a.size == b.size && a.data[front] == b.data[front + 1] && a.data[front + 1] == b.data[front]);
}

static bool ends_with(itd_sv text, itd_sv end)
{
    return text.size >= end.size && memcmp(text.data + text.size - end.size, end.data, end.size) == 0;
}

static bool set_text(itd_text_words *words, size_t at, itd_sv text)
{
    words->items[at].offset = (uint32_t)words->text.size;
    words->items[at].size = (uint16_t)text.size;
    return itd_buffer_append(&words->text, text);
}

/* The first `size` letters become a word of their own. */
static bool cut_word(itd_text_words *words, size_t at, size_t size)
{
    if (words->count == words->capacity) {
        size_t capacity = words->capacity * 2 + 8;
        itd_text_word *items = itd_realloc_array(words->items, capacity, sizeof *items);
        if (!items)
            return false;
        words->items = items;
        words->capacity = capacity;
    }
    memmove(words->items + at + 1, words->items + at, (words->count - at) * sizeof *words->items);
    words->count++;
    words->items[at].size = (uint16_t)size;
    words->items[at].flags &= (uint8_t)~ITD_TEXT_COMMA;
    words->items[at + 1].offset += (uint32_t)size;
    words->items[at + 1].size = (uint16_t)(words->items[at + 1].size - size);
    return true;
}

/* Two words that are a form together. */
static bool join_words(itd_text_words *words, size_t at, itd_sv form)
{
    words->items[at].flags |= words->items[at + 1].flags & ITD_TEXT_COMMA;
    memmove(words->items + at + 1, words->items + at + 2, (words->count - at - 2) * sizeof *words->items);
    words->count--;
    return set_text(words, at, form);
}

static bool repair_word(itd_text_words *words, size_t at)
{
    itd_sv text = itd_text_word_view(words, at);
    itd_sv next = at + 1 < words->count ? itd_text_word_view(words, at + 1) : (itd_sv){"", 0};
    bool known = text.size < 2 || itd_word_find(text);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        itd_sv form = itd_sv_of(forms[i]);
        if (next.size && text.size + next.size == form.size && itd_sv_starts(form, text) && ends_with(form, next))
            return join_words(words, at, form);
        if (known || text.size + 1 < form.size)
            continue;
        if (text.size <= form.size + 1 && one_slip(text, form))
            return set_text(words, at, form);
        if (text.size >= form.size + REST_MIN && itd_sv_starts(text, form))
            return cut_word(words, at, form.size);
        if (text.size >= form.size + REST_MIN && ends_with(text, form))
            return cut_word(words, at, text.size - form.size);
    }
    return true;
}

itd_status itd_forms_repair(itd_text_words *words, itd_error *error)
{
    for (size_t i = 0; i < words->count && words->count < ITD_TEXT_WORDS_MAX; i++)
        if (!repair_word(words, i))
            return itd_fail_memory(error);
    return ITD_OK;
}
