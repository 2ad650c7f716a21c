#include "text/foreign.h"

#include <assert.h>
#include <string.h>
#include <threads.h>

#include "text/tables.h"

/* Similarities in thousandths. What an alignment is worth counts in two ways, and the lower one holds: by itself, as
 * short words are easily alike, and over its length, as long words may be alike in a part. */
enum {
    HIGHEST = 955,
    LOWEST = 740,
    FULL_RATE = 80,    /* hundredths over the floor at which a word is as good as spelled alike */
    WHOLE_LEAST = 690, /* for an alignment worth nothing */
    WHOLE_RATE = 31,   /* more for each whole unit that it is worth */
    FLOOR_LOWER = 8,   /* hundredths by which the floors of the tables are too high */
    LENGTH_MORE = 4    /* letters that the length is counted longer, so that short words need more */
};

uint8_t itd_foreign_kind(itd_sv word)
{
    return word.size && itd_is_mark(word.data[0]) ? (uint8_t)(ITD_MARK_CYRILLIC - word.data[0] + 1) : 0;
}

static unsigned place_of(char sound)
{
    static const char others[] = "SCZTX";
    if (sound >= 'a' && sound <= 'z')
        return (unsigned)(sound - 'a') + 1;
    for (unsigned i = 0; others[i]; i++)
        if (others[i] == sound)
            return 27 + i;
    return 0;
}

static_assert(ITD_FOREIGN_KINDS == ITD_TEXT_SOUND_KINDS + 1 && ITD_FOREIGN_SOUNDS_MAX == ITD_TEXT_SOUNDS_MAX,
              "as the tables are");

void itd_foreign_sounds_init(itd_foreign_sounds *out, const itd_sound *sound)
{
    out->kind = itd_foreign_kind((itd_sv){sound->phone, sound->phone_size});
    out->size = 0;
    for (unsigned i = out->kind != 0; i < sound->phone_size; i++) {
        unsigned place = place_of(sound->phone[i]);
        if (place)
            out->at[out->size++] = (uint8_t)place;
    }
}

size_t itd_foreign_bones(char *out, const itd_sound *sound)
{
    /* Lips, teeth, hisses, throat, l and r, m, n; vowels, h, w and y are none. */
    static const char of_letter[26] = {0,   'A', 'D', 'B', 0,   'A', 'D', 0, 0,   'C', 'D', 'E', 'F',
                                       'G', 0,   'A', 'D', 'E', 'C', 'B', 0, 'A', 0,   'C', 0,   'C'};
    size_t n = 0;
    for (unsigned i = itd_sound_is_marked(sound); i < sound->phone_size; i++) {
        char c = sound->phone[i];
        char bone = c >= 'a' && c <= 'z' ? of_letter[c - 'a'] : c == 'X' ? 'D' : strchr("SCZT", c) ? 'C' : 0;
        if (bone && (n == 0 || out[n - 1] != bone))
            out[n++] = bone;
    }
    return n;
}

static bool bones_may(const itd_sound *a, const itd_sound *b, bool joined)
{
    char x[ITD_DISTANCE_MAX], y[ITD_DISTANCE_MAX];
    size_t size_x = itd_foreign_bones(x, a), size_y = itd_foreign_bones(y, b);
    if (size_x == 0 || size_y == 0)
        return false;
    itd_pattern pattern;
    itd_pattern_init(&pattern, (itd_sv){x, size_x});
    return itd_levenshtein(&pattern, (itd_sv){y, size_y}) <=
           itd_foreign_slack(size_x < size_y ? size_x : size_y, joined);
}

/* Best alignment of the two rows of sounds. */
static int align(const itd_text_sound_table *table, const uint8_t *a, unsigned size_a, const uint8_t *b,
                 unsigned size_b)
{
    int row[ITD_DISTANCE_MAX + 1];
    row[0] = 0;
    for (unsigned j = 1; j <= size_b; j++)
        row[j] = row[j - 1] + table->worth[0][b[j - 1]];
    for (unsigned i = 0; i < size_a; i++) {
        const int16_t *worth = table->worth[a[i]];
        int corner = row[0];
        row[0] += worth[0];
        for (unsigned j = 1; j <= size_b; j++) {
            int pair = corner + worth[b[j - 1]], left = row[j - 1] + table->worth[0][b[j - 1]], up = row[j] + worth[0];
            corner = row[j];
            row[j] = pair > left ? pair : left;
            row[j] = row[j] > up ? row[j] : up;
        }
    }
    return row[size_b];
}

/* The table of two kinds: that of the higher one. */
static const itd_text_sound_table *table_of(unsigned kind_a, unsigned kind_b)
{
    unsigned higher = kind_a > kind_b ? kind_a : kind_b, lower = kind_a > kind_b ? kind_b : kind_a;
    return &itd_text_sounds[(higher - 1) * ITD_FOREIGN_KINDS + lower];
}

static unsigned similarity_of(const itd_text_sound_table *table, int worth, unsigned sizes)
{
    int over = worth / (int)(sizes + LENGTH_MORE) - table->floor + FLOOR_LOWER;
    if (worth <= 0 || over < 0)
        return 0;
    int rate = LOWEST + (HIGHEST - LOWEST) * over / FULL_RATE, whole = WHOLE_LEAST + WHOLE_RATE * worth / 100;
    int least = rate < whole ? rate : whole;
    return (unsigned)(least < HIGHEST ? least : HIGHEST);
}

/* What an alignment has to be worth for a similarity. */
static int worth_for(const itd_text_sound_table *table, unsigned sizes, unsigned least)
{
    int similarity = (int)least, over = 0, whole = 1;
    if (similarity > LOWEST)
        over = ((similarity - LOWEST) * FULL_RATE + HIGHEST - LOWEST - 1) / (HIGHEST - LOWEST);
    if (similarity > WHOLE_LEAST)
        whole = ((similarity - WHOLE_LEAST) * 100 + WHOLE_RATE - 1) / WHOLE_RATE;
    int rate = (over + table->floor - FLOOR_LOWER) * (int)(sizes + LENGTH_MORE);
    return rate > whole ? rate : whole;
}

void itd_foreign_codes(itd_batch_word *out, itd_sv sounds)
{
    memset(out, 0, sizeof *out);
    memcpy(out->phone, sounds.data, sounds.size < ITD_BATCH_LETTERS ? sounds.size : ITD_BATCH_LETTERS);
}

/* Rows of the tables as one of the word's sounds sees them: by kind of the word, of the others, and the sound. */
static int16_t worths[ITD_FOREIGN_KINDS][ITD_FOREIGN_KINDS][ITD_FOREIGN_SOUNDS_MAX][ITD_FOREIGN_SOUNDS_MAX];
static itd_batch_row rows[ITD_FOREIGN_KINDS][ITD_FOREIGN_KINDS][ITD_FOREIGN_SOUNDS_MAX];
static once_flag rows_once = ONCE_FLAG_INIT;

static void make_rows(void)
{
    for (unsigned own = 0; own < ITD_FOREIGN_KINDS; own++) {
        for (unsigned kind = own == 0; kind < ITD_FOREIGN_KINDS; kind++) {
            const itd_text_sound_table *table = table_of(own, kind);
            for (unsigned a = 0; a < ITD_FOREIGN_SOUNDS_MAX; a++) {
                for (unsigned b = 0; b < ITD_FOREIGN_SOUNDS_MAX; b++) {
                    worths[own][kind][a][b] = own >= kind ? table->worth[a][b] : table->worth[b][a];
                    itd_batch_put(rows[own][kind][a], b, worths[own][kind][a][b]);
                }
            }
        }
    }
}

void itd_foreign_reach_init(itd_foreign_reach *out, const itd_foreign_sounds *word, unsigned least)
{
    call_once(&rows_once, make_rows);
    out->word = word;
    out->batched = itd_batch_can() && word->size >= 2 && word->size <= ITD_BATCH_LETTERS;
    out->least = least;
}

/* The most that sounds of the word may add that find no other: they are alone. */
static int most_alone(int alone, unsigned own, unsigned size)
{
    return alone * (alone > 0 ? (int)own : own > size ? (int)(own - size) : 0);
}

void itd_foreign_reach_kind(itd_foreign_reach *reach, uint8_t kind)
{
    const itd_foreign_sounds *word = reach->word;
    itd_batch_sounds *out = &reach->sounds;
    int16_t best[ITD_FOREIGN_SOUNDS_MAX];
    int alone = INT16_MIN;
    memcpy(best, worths[word->kind][kind][0], sizeof best);
    out->gaps = &rows[word->kind][kind][0];
    out->size = word->size;
    for (unsigned i = 0; i < word->size; i++) {
        const int16_t *worth = worths[word->kind][kind][word->at[i]];
        out->pairs[i] = &rows[word->kind][kind][word->at[i]];
        out->own_gaps[i] = worth[0];
        alone = worth[0] > alone ? worth[0] : alone;
        for (unsigned b = 0; b < ITD_FOREIGN_SOUNDS_MAX; b++)
            best[b] = worth[b] > best[b] ? worth[b] : best[b];
    }
    const itd_text_sound_table *table = table_of(word->kind, kind);
    for (unsigned b = 0; b < ITD_FOREIGN_SOUNDS_MAX; b++) {
        itd_batch_put(out->best, b, best[b]);
        int need = worth_for(table, word->size + b, reach->least) - most_alone(alone, word->size, b);
        itd_batch_put(out->need, b, b < 2 || need > INT16_MAX ? INT16_MAX : need);
    }
}

unsigned itd_foreign_similarity_of(const itd_foreign_sounds *word, uint8_t kind, itd_sv sounds)
{
    if ((word->kind == 0 && kind == 0) || word->size < 2 || sounds.size < 2)
        return 0;
    const itd_text_sound_table *table = table_of(word->kind, kind);
    const uint8_t *other = (const uint8_t *)sounds.data;
    unsigned size = (unsigned)sounds.size;
    int worth = word->kind >= kind ? align(table, word->at, word->size, other, size)
                                   : align(table, other, size, word->at, word->size);
    return similarity_of(table, worth, word->size + size);
}

unsigned itd_foreign_similarity_worth(const itd_foreign_sounds *word, uint8_t kind, unsigned size, int worth)
{
    return similarity_of(table_of(word->kind, kind), worth, word->size + size);
}

unsigned itd_foreign_similarity(const itd_sound *a, const itd_sound *b, bool joined)
{
    itd_foreign_sounds x, y;
    if (!bones_may(a, b, joined))
        return 0;
    itd_foreign_sounds_init(&x, a);
    itd_foreign_sounds_init(&y, b);
    return itd_foreign_similarity_of(&x, y.kind, (itd_sv){(const char *)y.at, y.size});
}
