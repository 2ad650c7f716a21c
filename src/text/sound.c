#include <string.h>
#include <threads.h>

#include "text/edits.h"

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Class of a sound in the key; 0: none is kept. */
static char key_class(char c)
{
    static const char of_letter[26] = {/* a */ 'a', 'p', 'k', 't', 'a', 'f', 'k', 0,   'a', 's', 'k', 'l', 'm',
                                       /* n */ 'm', 'a', 'p', 'k', 'r', 's', 't', 'a', 'f', 'f', 'k', 'a', 's'};
    if (c >= 'a' && c <= 'z')
        return of_letter[c - 'a'];
    switch (c) {
    case 'S': /* sh */
    case 'C': /* ch */
    case 'Z': /* zh */
    case 'T': /* ts */
        return 's';
    case 'X': /* kh */
        return 'k';
    default:
        return c;
    }
}

/* Letters that are one sound together; the first of a row that fits is taken. */
static const struct {
    char from[5], size, to;
} digraphs[] = {{"aa", 2, 'a'},  {"bh", 2, 'b'}, {"ch", 2, 'C'},   {"ck", 2, 'k'},  {"dzh", 3, 'j'}, {"dh", 2, 'd'},
                {"dj", 2, 'j'},  {"ee", 2, 'i'}, {"gh", 2, 'g'},   {"ie", 2, 'i'},  {"ij", 2, 'i'},  {"iy", 2, 'i'},
                {"ii", 2, 'i'},  {"kh", 2, 'X'}, {"ks", 2, 'x'},   {"ou", 2, 'u'},  {"oo", 2, 'u'},  {"ph", 2, 'f'},
                {"qu", 2, 'k'},  {"rh", 2, 'r'}, {"shch", 4, 'S'}, {"sch", 3, 'S'}, {"sh", 2, 'S'},  {"tsch", 4, 'C'},
                {"tch", 3, 'C'}, {"ts", 2, 'T'}, {"tz", 2, 'T'},   {"th", 2, 't'},  {"wh", 2, 'w'},  {"yy", 2, 'i'},
                {"zh", 2, 'Z'}};

/* Where the rows of a letter begin; they end where those of the next letter do. */
static const uint8_t digraph_first[27] = {0,  1,  2,  4,  7,  8,  8,  9,  9,  13, 13, 15, 15, 15,
                                          15, 17, 18, 19, 20, 23, 28, 28, 28, 29, 29, 30, 31};

static size_t make_phone(char *out, const char *text, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size;) {
        size_t used = 0;
        char sound = 0;
        unsigned letter = (unsigned)(text[i] - 'a');
        for (unsigned d = letter < 26 ? digraph_first[letter] : 0; letter < 26 && d < digraph_first[letter + 1]; d++) {
            size_t length = (size_t)digraphs[d].size;
            if (size - i >= length && memcmp(text + i, digraphs[d].from, length) == 0) {
                used = length;
                sound = digraphs[d].to;
                break;
            }
        }
        if (!used) {
            used = 1;
            sound = text[i];
            if (sound == 'q' || (sound == 'c' && !(i + 1 < size && strchr("eiy", text[i + 1]))))
                sound = 'k';
            else if (sound == 'c')
                sound = 's';
            else if (sound == 'y')
                sound = i + 1 < size && is_vowel(text[i + 1]) ? 'y' : 'i';
        }
        if (n == 0 || out[n - 1] != sound || is_digit(sound))
            out[n++] = sound;
        i += used;
    }
    return n;
}

/* A digit in a word is a copyist's slip for the letter that looks like it; '1' is l or i, and left out. */
static char slip_class(char c)
{
    return c == '0' ? 'a' : c == '5' ? 's' : c == '8' ? 'p' : 0;
}

static void make_costs(void);
static once_flag costs_once = ONCE_FLAG_INIT;

void itd_sound_init(itd_sound *out, itd_sv word)
{
    call_once(&costs_once, make_costs); /* whatever is compared was made ready here */
    size_t size = word.size < ITD_DISTANCE_MAX ? word.size : ITD_DISTANCE_MAX;
    memcpy(out->text, word.data, size);
    out->size = (uint8_t)size;
    out->phone_size = (uint8_t)make_phone(out->phone, word.data, size);
    unsigned n = 0;
    bool letters = false;
    for (size_t i = 0; i < size; i++)
        letters = letters || !is_digit(word.data[i]);
    for (unsigned i = 0; i < out->phone_size; i++) {
        char class_ = letters && is_digit(out->phone[i]) ? slip_class(out->phone[i]) : key_class(out->phone[i]);
        if (class_ == 0 || (n && out->key[n - 1] == class_ && !is_digit(class_)))
            continue;
        out->key[n++] = class_;
    }
    out->key_size = (uint8_t)n;
}

/* Pairs of sounds that writers and copyists take for one another. */
static const char near_pairs[] = "kgkckqgqckvwvbvfwfwuszsScskxzZzTSCSZCTTssTCjZjjyjijggXkXhXdtpbgjCZTz";
/* And letters that look alike: what a scanner reads. */
static const char look_pairs[] = "unechbil";
static const char slip_pairs[] =
    "mnilrnlrnmuvaoqpocgqtfhnuywsazsdfgklpoertyuirtqwweioasdfghhjjkzxxccvvbbnqaedrftgyhujikolsxdcfvgbjm";

static unsigned pair_cost(char a, char b)
{
    if (a == b)
        return 0;
    static const char looks[] = "0o1l1i5s8b";
    for (size_t i = 0; looks[i]; i += 2)
        if ((looks[i] == a && looks[i + 1] == b) || (looks[i] == b && looks[i + 1] == a))
            return NEAR;
    if (is_digit(a) || is_digit(b))
        return 2 * EDIT;
    for (size_t i = 0; look_pairs[i]; i += 2)
        if ((look_pairs[i] == a && look_pairs[i + 1] == b) || (look_pairs[i] == b && look_pairs[i + 1] == a))
            return LOOK;
    if (is_vowel(a) && is_vowel(b))
        return (a == 'i' && b == 'y') || (a == 'y' && b == 'i') ? 25 : VOWEL;
    for (size_t i = 0; near_pairs[i]; i += 2)
        if ((near_pairs[i] == a && near_pairs[i + 1] == b) || (near_pairs[i] == b && near_pairs[i + 1] == a))
            return NEAR;
    for (size_t i = 0; slip_pairs[i]; i += 2)
        if ((slip_pairs[i] == a && slip_pairs[i + 1] == b) || (slip_pairs[i] == b && slip_pairs[i + 1] == a))
            return SLIP;
    return EDIT;
}

static uint8_t costs[128][128];
const uint8_t (*itd_edit_costs(void))[128]
{
    return costs;
}

static void make_costs(void)
{
    for (int a = 0; a < 128; a++)
        for (int b = 0; b < 128; b++)
            costs[a][b] = (uint8_t)pair_cost((char)a, (char)b);
}

/* A letter that is there in one word and not in the other; `before` and `after` stand beside it. */
unsigned itd_edit_gap(char c, char before, char after)
{
    if (c == before || c == after)
        return DOUBLED;
    if (is_digit(c))
        return 2 * EDIT;
    if (is_vowel(c))
        return VOWEL;
    return c == 'h' || c == 'w' || c == 'j' ? WEAK_LETTER : EDIT;
}

/* Cost of each letter of a word to be there alone. */
static void make_gaps(uint8_t *gaps, const char *text, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        gaps[i] =
            (uint8_t)(itd_edit_gap(text[i], i ? text[i - 1] : 0, i + 1 < size ? text[i + 1] : 0) + (i ? 0 : HEAD));
}

/* Weighted edits with swaps of neighbours (optimal string alignment); `limit` and more are all the same. */
static unsigned weighted(itd_sv left, itd_sv right, unsigned limit)
{
    const char *a = left.data, *b = right.data;
    unsigned size_a = (unsigned)left.size, size_b = (unsigned)right.size;
    uint16_t rows[3][ITD_DISTANCE_MAX + 1];
    uint8_t gaps_a[ITD_DISTANCE_MAX], gaps_b[ITD_DISTANCE_MAX];
    uint16_t *old = rows[0], *above = rows[1], *here = rows[2];
    make_gaps(gaps_a, a, size_a);
    make_gaps(gaps_b, b, size_b);
    above[0] = 0;
    for (unsigned j = 1; j <= size_b; j++)
        above[j] = (uint16_t)(above[j - 1] + gaps_b[j - 1]);
    for (unsigned i = 1; i <= size_a; i++) {
        char x = a[i - 1];
        const uint8_t *cost = costs[(unsigned char)x & 127];
        here[0] = (uint16_t)(above[0] + gaps_a[i - 1]);
        unsigned least = here[0];
        for (unsigned j = 1; j <= size_b; j++) {
            char y = b[j - 1];
            unsigned pair = cost[(unsigned char)y & 127];
            if (pair > LOOK && i == 1 && j == 1)
                pair += HEAD;
            unsigned best = above[j - 1] + pair, gap = (unsigned)above[j] + gaps_a[i - 1];
            best = gap < best ? gap : best;
            gap = (unsigned)here[j - 1] + gaps_b[j - 1];
            best = gap < best ? gap : best;
            if (i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y && x != y && !is_digit(x) && !is_digit(y)) {
                gap = (unsigned)old[j - 2] + SWAP;
                best = gap < best ? gap : best;
            }
            if (j > 1 && looks_like(x, b[j - 2], y) && (gap = (unsigned)above[j - 2] + NEAR) < best)
                best = gap;
            if (i > 1 && looks_like(y, a[i - 2], x) && (gap = (unsigned)old[j - 1] + NEAR) < best)
                best = gap;
            here[j] = (uint16_t)best;
            least = best < least ? best : least;
        }
        /* A swap or a pair of letters may still come from the row above: its least is no less than this one's less
         * what they save. */
        if (least >= limit + SWAP)
            return limit;
        uint16_t *spare = old;
        old = above;
        above = here;
        here = spare;
    }
    return above[size_b] < limit ? above[size_b] : limit;
}

/* What a pair of words may cost before it is no longer one word: short words bear less. */
static unsigned budget(unsigned longer)
{
    static const uint16_t of_size[] = {0, 0, 65, 135, 135, 145, 165, 190, 220, 250};
    return longer < sizeof of_size / sizeof of_size[0] ? of_size[longer] : 240 + 20 * (longer - 9);
}

unsigned itd_edit_similarity(unsigned cost, unsigned longer)
{
    /* Thousandths: an edit in n letters costs 1.2/n, in three letters or two more. */
    unsigned drop = cost * (longer <= 2 ? 16 : 12) / longer;
    /* What is far off is likelier another word than a bad copy: it counts double. */
    drop += drop > DROP_FAR ? drop - DROP_FAR : 0;
    return cost >= budget(longer) || drop >= 1000 ? 0 : 1000 - drop;
}

unsigned itd_sound_similarity_gated(itd_letters a, itd_letters b)
{
    unsigned longer = (unsigned)(a.text.size > b.text.size ? a.text.size : b.text.size);
    unsigned cost = weighted(a.text, b.text, budget(longer) + 1);
    unsigned best = itd_edit_similarity(cost, longer);
    unsigned phones = (unsigned)(a.phone.size > b.phone.size ? a.phone.size : b.phone.size);
    if (best < ITD_EDIT_ENOUGH && phones > 1) {
        unsigned more = weighted(a.phone, b.phone, budget(phones) + 1);
        unsigned other = itd_edit_similarity(more + ITD_EDIT_PHONE_MORE, phones);
        best = other > best ? other : best;
    }
    return best;
}

unsigned itd_sound_similarity(const itd_sound *a, const itd_sound *b)
{
    if (a->size == b->size && memcmp(a->text, b->text, a->size) == 0)
        return 1000;
    if (a->size < 2 || b->size < 2)
        return 0;
    itd_pattern pattern;
    itd_pattern_init(&pattern, (itd_sv){a->key, a->key_size});
    if (!itd_sound_keys_near(&pattern, itd_sound_slack(a->size), (itd_sv){b->key, b->key_size},
                             itd_sound_slack(b->size)))
        return 0;
    itd_pattern_init(&pattern, (itd_sv){a->phone, a->phone_size});
    if (!itd_sound_phones_near(&pattern, (itd_sv){b->phone, b->phone_size}))
        return 0;
    return itd_sound_similarity_gated(itd_sound_letters(a), itd_sound_letters(b));
}
