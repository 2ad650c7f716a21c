#include "match/memo.h"

#include <string.h>

#include "base/map.h"
#include "base/memory.h"

enum { SLOTS_FIRST = 1024 };

void itd_memo_finish(itd_memo *memo)
{
    itd_vector_finish(&memo->items);
    itd_vector_finish(&memo->entries);
    itd_buffer_finish(&memo->letters);
    itd_free(memo->slots);
    *memo = (itd_memo){0};
}

void itd_memo_clear(itd_memo *memo)
{
    memo->items.count = memo->entries.count = 0;
    itd_buffer_clear(&memo->letters);
    if (memo->slot_count)
        memset(memo->slots, 0, memo->slot_count * sizeof *memo->slots);
}

static itd_sv word_of(const itd_memo *memo, const itd_memo_entry *entry)
{
    return (itd_sv){memo->letters.data + entry->text, entry->size};
}

static size_t slot_of(const itd_memo *memo, itd_sv word)
{
    size_t at = itd_hash_sv(word) & (memo->slot_count - 1);
    while (memo->slots[at] && !itd_sv_equal(word_of(memo, &memo->entries.items[memo->slots[at] - 1]), word))
        at = (at + 1) & (memo->slot_count - 1);
    return at;
}

const itd_memo_entry *itd_memo_find(const itd_memo *memo, itd_sv word)
{
    if (memo->slot_count == 0)
        return NULL;
    uint32_t number = memo->slots[slot_of(memo, word)];
    return number ? &memo->entries.items[number - 1] : NULL;
}

static bool grow(itd_memo *memo)
{
    size_t count = memo->slot_count ? memo->slot_count * 2 : SLOTS_FIRST;
    uint32_t *slots = itd_calloc(count, sizeof *slots);
    if (!slots)
        return false;
    itd_free(memo->slots);
    memo->slots = slots;
    memo->slot_count = count;
    for (size_t i = 0; i < memo->entries.count; i++)
        slots[slot_of(memo, word_of(memo, &memo->entries.items[i]))] = (uint32_t)i + 1;
    return true;
}

bool itd_memo_begin(itd_memo *memo, itd_sv word)
{
    if (memo->items.count >= ITD_MEMO_ITEMS_MAX || memo->letters.size >= ITD_MEMO_LETTERS_MAX)
        itd_memo_clear(memo);
    if ((memo->entries.count + 1) * 2 > memo->slot_count && !grow(memo))
        return false;
    itd_memo_entry entry = {
        .text = (uint32_t)memo->letters.size, .size = (uint32_t)word.size, .first = (uint32_t)memo->items.count};
    return itd_buffer_append(&memo->letters, word) && itd_vector_push(&memo->entries, entry);
}

void itd_memo_end(itd_memo *memo)
{
    itd_memo_entry *entry = &memo->entries.items[memo->entries.count - 1];
    entry->count = (uint32_t)memo->items.count - entry->first;
    memo->slots[slot_of(memo, word_of(memo, entry))] = (uint32_t)memo->entries.count;
}
