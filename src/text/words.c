#include "text/words.h"

static itd_sv pooled(uint32_t offset)
{
    return itd_sv_of(itd_text_pooled(offset));
}

/* FNV-1a, as compile.py has it. Source: G. Fowler, L. C. Noll, K.-P. Vo, RFC 9923. */
static uint32_t hash_of(itd_sv word)
{
    uint32_t hash = 0x811C9DC5;
    for (size_t i = 0; i < word.size; i++)
        hash = (hash ^ (unsigned char)word.data[i]) * 0x01000193;
    return hash;
}

const itd_text_word_row *itd_word_find(itd_sv word)
{
    for (uint32_t at = hash_of(word);; at++) {
        uint32_t row = itd_word_slots[at & (itd_word_slots_count - 1)];
        if (row == 0)
            return NULL;
        const itd_text_word_row *found = &itd_word_list[row - 1];
        if (itd_sv_equal((itd_sv){itd_text_pooled(found->text), found->size}, word))
            return found;
    }
}

/* The first phrase that is not before `words`. */
static uint32_t phrase_bound(itd_sv words)
{
    uint32_t low = 0, high = itd_text_phrases_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const itd_text_phrase_row *row = &itd_text_phrases[middle];
        if (itd_sv_compare((itd_sv){itd_text_pooled(row->text), row->size}, words) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const itd_text_phrase_row *itd_phrase_find(itd_sv words)
{
    uint32_t at = phrase_bound(words);
    if (at == itd_text_phrases_count)
        return NULL;
    const itd_text_phrase_row *row = &itd_text_phrases[at];
    return itd_sv_equal((itd_sv){itd_text_pooled(row->text), row->size}, words) ? row : NULL;
}

bool itd_phrase_starts(itd_sv word)
{
    for (uint32_t at = hash_of(word);; at++) {
        uint32_t row = itd_phrase_slots[at & (itd_phrase_slots_count - 1)];
        if (row == 0)
            return false;
        const itd_text_phrase_row *phrase = &itd_text_phrases[row - 1];
        itd_sv text = {itd_text_pooled(phrase->text), phrase->size};
        if (itd_sv_starts(text, word) && (text.size == word.size || text.data[word.size] == ' '))
            return true;
    }
}

/* The first pair whose left word is `word`; `count` when there is none. */
static uint32_t first_pair(const itd_text_pair_row *pairs, uint32_t count, const uint32_t *slots, uint32_t slot_count,
                           itd_sv word)
{
    for (uint32_t at = hash_of(word);; at++) {
        uint32_t row = slots[at & (slot_count - 1)];
        if (row == 0)
            return count;
        if (itd_sv_equal(pooled(pairs[row - 1].left), word))
            return row - 1;
    }
}

bool itd_words_differ(itd_sv a, itd_sv b)
{
    const itd_text_word_row *row_a = itd_word_find(a), *row_b = row_a ? itd_word_find(b) : NULL;
    if (!row_b || row_a == row_b || (row_a->form && row_a->form == row_b->form))
        return false;
    uint32_t at = first_pair(itd_text_variants, itd_text_variants_count, itd_variant_slots, itd_variant_slots_count, a);
    for (; at < itd_text_variants_count && itd_sv_equal(pooled(itd_text_variants[at].left), a); at++)
        if (itd_sv_equal(pooled(itd_text_variants[at].right), b))
            return false;
    return true;
}

void itd_nicknames_each(itd_sv word, itd_nickname_sink *sink, void *context)
{
    uint32_t low =
        first_pair(itd_text_nicknames, itd_text_nicknames_count, itd_nickname_slots, itd_nickname_slots_count, word);
    for (; low < itd_text_nicknames_count && itd_sv_equal(pooled(itd_text_nicknames[low].left), word); low++)
        sink(context, pooled(itd_text_nicknames[low].right));
}
