#include "match/internal.h"
#include "text/words.h"

/* Weight of a word that no list knows, by its length: a long word is rarely met by chance. */
static uint16_t plain_weight(size_t size)
{
    static const uint16_t of_size[] = {0, 300, 600, 750, 900};
    return size < sizeof of_size / sizeof of_size[0] ? of_size[size] : 1000;
}

static bool all_digits(itd_sv text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0;
}

itd_named_token itd_name_token(itd_sv text)
{
    const itd_text_word_row *row = itd_word_find(text);
    if (row)
        text = (itd_sv){itd_text_pooled(row->text), row->size};
    itd_named_token token = {.text = text};
    if (row) {
        token.class_ = row->class_;
        token.form = row->form;
        token.weight = row->weight;
        if (row->class_ == ITD_TOKEN_WORD && plain_weight(text.size) < row->weight)
            token.weight = plain_weight(text.size);
    } else if (all_digits(text)) {
        token.class_ = ITD_TOKEN_NUMBER;
        token.weight = 900;
    } else {
        token.class_ = text.size == 1 ? ITD_TOKEN_INITIAL : ITD_TOKEN_WORD;
        token.weight = plain_weight(text.size);
    }
    return token;
}

/* The longest phrase that begins at word `first`; `*used` words of it. */
static const itd_text_phrase_row *longest_phrase(itd_buffer *scratch, const itd_text_words *words, size_t first,
                                                 size_t *used)
{
    const itd_text_phrase_row *found = NULL;
    itd_buffer_clear(scratch);
    if (!itd_phrase_starts(itd_text_word_view(words, first)))
        return NULL;
    for (size_t n = 0; n < ITD_PHRASE_WORDS_MAX && first + n < words->count; n++) {
        if ((n && !itd_buffer_append_char(scratch, ' ')) ||
            !itd_buffer_append(scratch, itd_text_word_view(words, first + n)))
            break;
        const itd_text_phrase_row *row = n ? itd_phrase_find(itd_buffer_view(scratch)) : NULL;
        if (row) {
            found = row;
            *used = n + 1;
        }
    }
    return found;
}

/* Letters that stand alone, one after the other, are a legal form when the lists know them so: "S A R L". */
static const itd_text_word_row *spelled_form(const itd_text_words *words, size_t first, size_t *used)
{
    char letters[6];
    const itd_text_word_row *found = NULL;
    for (size_t n = 0; n < sizeof letters && first + n < words->count && words->items[first + n].size == 1; n++) {
        letters[n] = itd_text_word_view(words, first + n).data[0];
        const itd_text_word_row *row = n ? itd_word_find((itd_sv){letters, n + 1}) : NULL;
        if (row && row->class_ == ITD_TOKEN_LEGAL_FORM) {
            found = row;
            *used = n + 1;
        }
    }
    return found;
}

/* "No." before a number says that it is one. */
static bool announces_number(const itd_text_words *words, size_t at)
{
    itd_sv text = itd_text_word_view(words, at);
    return at + 1 < words->count && (itd_sv_equal(text, ITD_SV("no")) || itd_sv_equal(text, ITD_SV("nr"))) &&
           all_digits(itd_text_word_view(words, at + 1));
}

/* Family names of Russians and their neighbours, and names by the father, are spelled by their letters. */
static bool is_east_slavic(itd_sv text)
{
    static const char *const ends[] = {"ov",  "ev",  "in",   "yn",  "ova",  "eva",
                                       "ina", "yna", "vich", "vna", "enko", "chuk"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (text.size > strlen(ends[i]) + 2 && itd_sv_ends(text, itd_sv_of(ends[i])))
            return true;
    return false;
}

/* Words of scripts that write the sounds of a name otherwise than Latin does. */
static char mark_of(const itd_text_word *word, itd_sv text)
{
    if ((word->flags & ITD_TEXT_KNOWN) || word->size <= 1)
        return 0;
    if (word->script == ITD_SCRIPT_CYRILLIC) /* what the lists know is spelled as it is in Latin */
        return (word->flags & ITD_TEXT_SOUNDS) && !itd_word_find(text) && !is_east_slavic(text) ? ITD_MARK_CYRILLIC : 0;
    if (word->flags & ITD_TEXT_SOUNDS)
        return word->script == ITD_SCRIPT_HAN ? ITD_MARK_HAN : ITD_MARK_HANGUL;
    if (word->script & ITD_SCRIPT_KANA)
        return ITD_MARK_KANA;
    return word->script & (ITD_SCRIPT_ABJAD | ITD_SCRIPT_OTHER) ? ITD_MARK_ABJAD : 0;
}

/* What the lists know of a word only where it stands in its own script: words that are translated. */
static void know_marked(itd_named_token *token)
{
    char text[64];
    if (!token->mark || token->text.size >= sizeof text)
        return;
    text[0] = token->mark;
    memcpy(text + 1, token->text.data, token->text.size);
    const itd_text_word_row *row = itd_word_find((itd_sv){text, token->text.size + 1});
    if (row) {
        token->class_ = row->class_;
        token->form = row->form;
        token->weight = row->weight;
    }
}

/* "J.U.": letters with points that the lists do not know as a legal form or the like. */
static bool initials(const itd_text_word *word, itd_sv text)
{
    const itd_text_word_row *row = itd_word_find(text);
    return (word->flags & ITD_TEXT_DOTTED) && text.size == 2 && (!row || row->class_ == ITD_TOKEN_WORD);
}

itd_status itd_name_tokens(itd_named_token *tokens, size_t *count, uint8_t *flags, itd_matcher *matcher, itd_sv name,
                           itd_reading reading, itd_error *error)
{
    const itd_text_words *words = &matcher->words;
    ITD_TRY(itd_text_split(matcher->folder, &matcher->words, name, reading, error));
    ITD_TRY(itd_forms_repair(&matcher->words, error));
    size_t n = 0;
    *flags = words->cut ? ITD_NAME_CUT : 0;
    for (size_t i = 0; i < words->count;) {
        if (n == ITD_MATCH_TOKENS_MAX) {
            *flags |= ITD_NAME_CUT;
            break;
        }
        const itd_text_word *word = &words->items[i];
        itd_sv text = itd_text_word_view(words, i);
        size_t used = 1;
        const itd_text_phrase_row *phrase = longest_phrase(&matcher->scratch, words, i, &used);
        if (matcher->scratch.failed)
            return itd_fail_memory(error);
        const itd_text_word_row *form = phrase ? NULL : spelled_form(words, i, &used);
        if (phrase || form) {
            tokens[n++] = itd_name_token(itd_sv_of(itd_text_pooled(phrase ? phrase->word : form->text)));
        } else if (announces_number(words, i)) {
            used = 1;
        } else if (initials(word, text)) {
            for (size_t k = 0; k < 2 && n < ITD_MATCH_TOKENS_MAX; k++)
                tokens[n++] = itd_name_token(itd_sv_slice(text, k, 1));
        } else {
            tokens[n] = itd_name_token(text);
            tokens[n].mark = mark_of(word, text);
            know_marked(&tokens[n++]);
        }
        i += used;
        if ((words->items[i - 1].flags & ITD_TEXT_COMMA) && *flags >> ITD_NAME_COMMA_SHIFT == 0)
            *flags |= (uint8_t)(n << ITD_NAME_COMMA_SHIFT);
    }
    *count = n;
    return ITD_OK;
}
