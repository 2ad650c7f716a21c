#include "text/fold.h"

#include <unicode/uchar.h>

#include "base/memory.h"
#include "text/hangul.h"
#include "text/split.h"
#include "text/syllables.h"

#define ZERO_WIDTH_NON_JOINER 0x200C

itd_status itd_folder_create(itd_folder **out, itd_error *error)
{
    itd_folder *folder = itd_calloc(1, sizeof *folder);
    if (!folder)
        return itd_fail_memory(error);
    UErrorCode code = U_ZERO_ERROR;
    folder->nfkc = unorm2_getNFKCCasefoldInstance(&code);
    if (U_FAILURE(code)) {
        itd_free(folder);
        return itd_icu_failed(code, "normalisation", error);
    }
    *out = folder;
    return ITD_OK;
}

void itd_folder_destroy(itd_folder *folder)
{
    if (!folder)
        return;
    if (folder->to_latin)
        utrans_close(folder->to_latin);
    itd_free(folder);
}

bool itd_folder_has_icu(const itd_folder *folder)
{
    return folder->to_latin != NULL;
}

void itd_text_words_finish(itd_text_words *words)
{
    itd_buffer_finish(&words->text);
    itd_free(words->items);
    *words = (itd_text_words){0};
}

/* Single letters with points between are one word: "S.A.". */
static void join_letters(itd_splitter *s)
{
    if (s->letters_run >= 2) {
        itd_text_word *first = &s->out->items[s->run_first];
        first->size = (uint16_t)s->letters_run;
        first->flags |= ITD_TEXT_DOTTED;
        s->out->count = s->run_first + 1;
    }
    s->letters_run = 0;
}

/* Ends the word; `dot`: because of a point. */
static void end_word(itd_splitter *s, bool dot)
{
    if (s->word.count == 0) {
        if (!dot)
            join_letters(s);
        s->dot = false;
        return;
    }
    bool glued = s->dot;
    size_t before = s->out->count;
    itd_split_word(s);
    if (glued && s->status == ITD_OK && s->out->count > before)
        s->out->items[before].flags |= ITD_TEXT_GLUED;
    bool letter = s->status == ITD_OK && s->out->count == before + 1 && s->out->items[before].size == 1 &&
                  !itd_is_digit(s->out->text.data[s->out->items[before].offset]);
    if (letter && (glued || s->letters_run == 0)) {
        if (s->letters_run == 0) {
            if (dot) {
                s->run_first = before;
                s->letters_run = 1;
            }
        } else {
            s->letters_run++;
        }
        if (!dot)
            join_letters(s);
    } else if (s->letters_run) {
        /* the run ended before this word: join what precedes it */
        itd_text_word last = s->out->count > before ? s->out->items[before] : (itd_text_word){0};
        size_t added = s->out->count - before, run = s->letters_run;
        if (run >= 2) {
            itd_text_word *items = s->out->items;
            items[s->run_first].size = (uint16_t)run;
            items[s->run_first].flags |= ITD_TEXT_DOTTED;
            memmove(items + s->run_first + 1, items + before, added * sizeof *items);
            s->out->count = s->run_first + 1 + added;
        }
        (void)last;
        s->letters_run = 0;
    }
    s->dot = dot;
}

static void add_point(itd_splitter *s, uint32_t c, unsigned script)
{
    itd_raw_word *word = &s->word;
    /* Latin and Cyrillic may mix by deceit; other scripts stand side by side without a blank. */
    unsigned alphabets = ITD_SCRIPT_LATIN | ITD_SCRIPT_CYRILLIC | ITD_SCRIPT_GREEK;
    bool digit = c < 0x80 && itd_is_digit((char)c);
    if (word->count && !digit && word->scripts &&
        ((word->scripts & alphabets) ? !(script & alphabets) : word->scripts != script))
        end_word(s, false);
    if (word->count == ITD_TEXT_WORD_MAX)
        end_word(s, false);
    word->code_points[word->count++] = c;
    if (!digit)
        word->scripts |= script;
    else if (!word->scripts && word->count == 1)
        word->scripts = 0;
}

/* A code point without an entry of its own: what NFKC case folding makes of it, mark, digit, sign or letter. */
static void read_other(itd_splitter *s, uint32_t c)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar in[2], out[64];
    int32_t in_size = 0;
    U16_APPEND_UNSAFE(in, in_size, c);
    int32_t size = unorm2_normalize(s->folder->nfkc, in, in_size, out, 64, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR)
        s->status = itd_fail_memory(s->error);
    if (U_FAILURE(code) || size < 0)
        return;
    for (int32_t i = 0; i < size;) {
        UChar32 folded = out[i++];
        if (U16_IS_LEAD(out[i - 1]) && i < size && U16_IS_TRAIL(out[i]))
            folded = 0x10000 + ((folded & 0x3FF) << 10) + (out[i++] & 0x3FF);
        uint32_t f = (uint32_t)folded;
        if (f < ITD_TEXT_LETTERS && itd_text_letters[f] != ITD_TEXT_LETTER_ICU) {
            if (itd_text_letters[f] == ITD_TEXT_LETTER_BREAK)
                end_word(s, false);
            else if (itd_text_pooled(itd_text_letters[f])[0])
                add_point(s, f, itd_script_of(f));
            continue;
        }
        uint32_t mask = U_GET_GC_MASK(folded);
        if (mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_LM_MASK | U_GC_SK_MASK)) {
            /* Signs of Indic and Thai vowels are what the transliterator reads. */
            if ((mask & U_GC_MN_MASK) && s->word.count && (s->word.scripts & ITD_SCRIPT_OTHER))
                add_point(s, f, ITD_SCRIPT_OTHER);
            else if (itd_kana_is(f) && s->word.count)
                add_point(s, f, ITD_SCRIPT_KANA);
        } else if (mask & U_GC_ND_MASK) {
            add_point(s, (uint32_t)('0' + u_charDigitValue(folded)), 0);
        } else if (mask & (U_GC_L_MASK | U_GC_MC_MASK | U_GC_NL_MASK)) {
            add_point(s, f, itd_script_of(f));
        } else {
            end_word(s, false);
        }
    }
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019 || c == 0x5F3 || c == 0x2032;
}

/* Hebrew letters with a geresh are other sounds: the Arabic letters for them stand in their place. */
static void read_geresh(itd_splitter *s, uint32_t c)
{
    static const uint32_t letters[][2] = {
        {0x5D2, 0x62C}, {0x5D6, 0x698}, {0x5E6, 0x686}, {0x5E5, 0x686}, {0x5EA, 0x62B}};
    if (s->word.count == 0 || s->word.scripts != ITD_SCRIPT_ABJAD || !is_apostrophe(c))
        return;
    uint32_t *last = &s->word.code_points[s->word.count - 1];
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (*last == letters[i][0]) {
            *last = letters[i][1];
            return;
        }
}

static void read_point(itd_splitter *s, uint32_t c)
{
    if (c == '.') {
        end_word(s, true);
        return;
    }
    if (c == ',' || c == 0x60C || c == 0xFF0C) {
        end_word(s, false);
        if (s->out->count)
            s->out->items[s->out->count - 1].flags |= ITD_TEXT_COMMA;
        return;
    }
    if (c == ZERO_WIDTH_NON_JOINER && s->word.scripts == ITD_SCRIPT_ABJAD) {
        end_word(s, false); /* Persian writes compounds so */
        return;
    }
    uint16_t letter = c < ITD_TEXT_LETTERS ? itd_text_letters[c] : ITD_TEXT_LETTER_ICU;
    if (letter == ITD_TEXT_LETTER_BREAK) {
        end_word(s, false);
    } else if (letter == ITD_TEXT_LETTER_ICU) {
        if (itd_hangul_is(c))
            add_point(s, c, ITD_SCRIPT_HANGUL);
        else
            read_other(s, c);
    } else if (letter == 0) {
        read_geresh(s, c);
        /* Marks and signs that vanish; but hard and soft signs are letters of their word, kept for the spellings. */
        if (s->word.count && u_isalpha((UChar32)c))
            add_point(s, c, itd_script_of(c));
    } else {
        add_point(s, c, itd_script_of(c));
    }
}

itd_status itd_text_split(itd_folder *folder, itd_text_words *out, itd_sv text, itd_reading reading, itd_error *error)
{
    itd_buffer_clear(&out->text);
    out->count = 0;
    out->cut = text.size > ITD_TEXT_BYTES_MAX;
    itd_splitter s;
    s.folder = folder;
    s.out = out;
    s.reading = reading;
    s.korean_name = itd_reads_sounds(reading) && itd_text_is_korean_name(text);
    s.status = ITD_OK;
    s.error = error;
    s.word.count = 0;
    s.word.scripts = 0;
    s.dot = false;
    s.letters_run = 0;
    s.run_first = 0;
    size_t size = out->cut ? ITD_TEXT_BYTES_MAX : text.size;
    for (size_t at = 0; at < size && s.status == ITD_OK;)
        read_point(&s, (unsigned char)text.data[at] < 0x80 ? (unsigned char)text.data[at++]
                                                           : itd_code_point_next(text.data, size, &at));
    end_word(&s, false);
    join_letters(&s);
    return s.status;
}

itd_status itd_text_fold(itd_folder *folder, itd_buffer *out, itd_sv text, itd_error *error)
{
    itd_text_words words = {0};
    itd_status status = itd_text_split(folder, &words, text, ITD_READING_MANDARIN, error);
    for (size_t i = 0; status == ITD_OK && i < words.count; i++)
        if ((i && !itd_buffer_append_char(out, ' ')) || !itd_buffer_append(out, itd_text_word_view(&words, i)))
            status = itd_fail_memory(error);
    itd_text_words_finish(&words);
    return status;
}
