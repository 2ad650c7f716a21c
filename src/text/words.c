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

void itd_nicknames_each(itd_sv word, itd_nickname_sink *sink, void *context)
{
    uint32_t low = 0, high = itd_text_nicknames_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (itd_sv_compare(pooled(itd_text_nicknames[middle].left), word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < itd_text_nicknames_count && itd_sv_equal(pooled(itd_text_nicknames[low].left), word); low++)
        sink(context, pooled(itd_text_nicknames[low].right));
}
