#include "text/words.h"

static itd_sv pooled(uint32_t offset)
{
    return itd_sv_of(itd_text_pooled(offset));
}

const itd_text_word_row *itd_word_find(itd_sv word)
{
    uint32_t low = 0, high = itd_word_list_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const itd_text_word_row *row = &itd_word_list[middle];
        int order = itd_sv_compare((itd_sv){itd_text_pooled(row->text), row->size}, word);
        if (order == 0)
            return row;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
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
    uint32_t at = phrase_bound(word);
    if (at == itd_text_phrases_count)
        return false;
    itd_sv phrase = pooled(itd_text_phrases[at].text);
    return itd_sv_starts(phrase, word) && (phrase.size == word.size || phrase.data[word.size] == ' ');
}

/* The first pair whose left word is not before `word`. */
static uint32_t pair_bound(const itd_text_pair_row *pairs, uint32_t count, itd_sv word)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (itd_sv_compare(pooled(pairs[middle].left), word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool itd_words_differ(itd_sv a, itd_sv b)
{
    const itd_text_word_row *row_a = itd_word_find(a), *row_b = row_a ? itd_word_find(b) : NULL;
    if (!row_b || row_a == row_b || (row_a->form && row_a->form == row_b->form))
        return false;
    uint32_t at = pair_bound(itd_text_variants, itd_text_variants_count, a);
    for (; at < itd_text_variants_count && itd_sv_equal(pooled(itd_text_variants[at].left), a); at++)
        if (itd_sv_equal(pooled(itd_text_variants[at].right), b))
            return false;
    return true;
}

void itd_nicknames_each(itd_sv word, itd_nickname_sink *sink, void *context)
{
    uint32_t low = pair_bound(itd_text_nicknames, itd_text_nicknames_count, word);
    for (; low < itd_text_nicknames_count && itd_sv_equal(pooled(itd_text_nicknames[low].left), word); low++)
        sink(context, pooled(itd_text_nicknames[low].right));
}
