#include "text/foreign.h"

#include <string.h>

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

static unsigned kind_of(itd_sv phone)
{
    return phone.size && itd_is_mark(phone.data[0]) ? (unsigned)(ITD_MARK_CYRILLIC - phone.data[0]) + 1 : 0;
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

/* Sounds of a word as rows or columns of a table; digits are none. */
static unsigned take(uint8_t *out, itd_sv phone, bool marked)
{
    unsigned n = 0;
    for (size_t i = marked; i < phone.size; i++) {
        unsigned place = place_of(phone.data[i]);
        if (place)
            out[n++] = (uint8_t)place;
    }
    return n;
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

static bool bones_may(const itd_sound *a, const itd_sound *b)
{
    char x[ITD_DISTANCE_MAX], y[ITD_DISTANCE_MAX];
    size_t size_x = itd_foreign_bones(x, a), size_y = itd_foreign_bones(y, b);
    if (size_x == 0 || size_y == 0)
        return false;
    itd_pattern pattern;
    itd_pattern_init(&pattern, (itd_sv){x, size_x});
    return itd_levenshtein(&pattern, (itd_sv){y, size_y}) <= itd_foreign_slack(size_x < size_y ? size_x : size_y);
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

unsigned itd_foreign_similarity(const itd_sound *a, const itd_sound *b)
{
    return bones_may(a, b)
               ? itd_foreign_similarity_gated((itd_sv){a->phone, a->phone_size}, (itd_sv){b->phone, b->phone_size})
               : 0;
}

unsigned itd_foreign_similarity_gated(itd_sv a, itd_sv b)
{
    unsigned kind_a = kind_of(a), kind_b = kind_of(b);
    if (kind_a < kind_b) { /* the table of the higher kind, whichever stands first */
        itd_sv other = a;
        a = b;
        b = other;
        unsigned kind = kind_a;
        kind_a = kind_b;
        kind_b = kind;
    }
    if (kind_a == 0)
        return 0;
    const itd_text_sound_table *table = &itd_text_sounds[(kind_a - 1) * (ITD_TEXT_SOUND_KINDS + 1) + kind_b];
    uint8_t x[ITD_DISTANCE_MAX], y[ITD_DISTANCE_MAX];
    unsigned size_x = take(x, a, true), size_y = take(y, b, kind_b != 0);
    if (size_x < 2 || size_y < 2)
        return 0;
    int worth = align(table, x, size_x, y, size_y);
    int over = worth / (int)(size_x + size_y + LENGTH_MORE) - table->floor + FLOOR_LOWER;
    if (worth <= 0 || over < 0)
        return 0;
    int rate = LOWEST + (HIGHEST - LOWEST) * over / FULL_RATE, whole = WHOLE_LEAST + WHOLE_RATE * worth / 100;
    int least = rate < whole ? rate : whole;
    return (unsigned)(least < HIGHEST ? least : HIGHEST);
}
