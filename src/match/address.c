#include "base/map.h"
#include "match/evidence.h"
#include "model/country.h"
#include "model/identifier_text.h"

/* Addresses as sets of telling words: not those that any address has, nor its country, which is evidence of its own.
 * Places are spelled in many ways, so a word is its consonants and digits: Kandahar, Kandehar; letters past ASCII count
 * as vowels. */

enum { WORDS_MAX = 24, TEXT_MAX = 16, BONES_MAX = 14, BONES_MIN = 2, LETTERS_MIN = 4, DIGITS_MIN = 3 };

typedef struct address_words {
    uint64_t words[WORDS_MAX]; /* hashes of bones */
    unsigned count;
} address_words;

/* Words of any address, of four letters at least: shorter ones never tell. */
static bool is_common(itd_sv word)
{
    static const char *const common[] = {
        "street",      "road",     "avenue",   "building",  "floor",   "district",   "province",   "region",
        "city",        "suite",    "office",   "apartment", "block",   "unit",       "house",      "room",
        "state",       "county",   "village",  "town",      "near",    "next",       "republic",   "ulitsa",
        "prospekt",    "pereulok", "calle",    "carrera",   "avenida", "colonia",    "barrio",     "municipality",
        "governorate", "oblast",   "north",    "south",     "east",    "west",       "centre",     "center",
        "tower",       "plaza",    "square",   "zone",      "free",    "industrial", "area",       "number",
        "edificio",    "local",    "piso",     "apto",      "rayon",   "krai",       "federation", "former",
        "previous",    "address",  "opposite", "behind",    "main"};
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (itd_sv_is(word, common[i]))
            return true;
    return false;
}

/* A word while it is read: all of it, and its consonants and digits. */
typedef struct reading {
    char text[TEXT_MAX], bones[BONES_MAX];
    size_t text_size, bone_count, letters, digits;
} reading;

static void read_letter(reading *w, char c)
{
    bool digit = itd_is_digit(c);
    w->letters += !digit;
    w->digits += digit;
    if (w->text_size < TEXT_MAX)
        w->text[w->text_size++] = c;
    bool bone = digit || (c >= 'a' && c <= 'z' && !strchr("aeiouyhw", c));
    bool again = w->bone_count && w->bones[w->bone_count - 1] == c && !digit;
    if (bone && !again && w->bone_count < BONES_MAX)
        w->bones[w->bone_count++] = c;
}

static void add_word(address_words *out, const reading *w)
{
    bool tells = w->digits ? w->digits >= DIGITS_MIN
                           : w->bone_count >= BONES_MIN && w->letters >= LETTERS_MIN &&
                                 !is_common((itd_sv){w->text, w->text_size});
    if (!tells || out->count == WORDS_MAX)
        return;
    uint64_t word = itd_hash(w->bones, w->bone_count);
    for (unsigned i = 0; i < out->count; i++)
        if (out->words[i] == word)
            return;
    out->words[out->count++] = word;
}

/* The address without the country at its end. */
static itd_sv without_country(itd_sv address)
{
    size_t last = address.size;
    while (last > 0 && address.data[last - 1] != ',')
        last--;
    return itd_country_find(itd_sv_slice(address, last, address.size - last)) ? itd_sv_slice(address, 0, last)
                                                                              : address;
}

static void words_of(address_words *out, itd_sv address)
{
    reading word = {.text_size = 0};
    out->count = 0;
    address = without_country(address);
    for (size_t i = 0; i <= address.size; i++) {
        char c = i < address.size ? address.data[i] : ' ';
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        if ((c >= 'a' && c <= 'z') || itd_is_digit(c) || (unsigned char)c >= 0xC0) {
            read_letter(&word, c);
        } else if ((unsigned char)c < 0x80 && c != '\'') { /* not within a character, nor an apostrophe */
            add_word(out, &word);
            word.text_size = word.bone_count = word.letters = word.digits = 0;
        }
    }
}

uint64_t itd_address_key(itd_sv address)
{
    address_words words;
    words_of(&words, address);
    uint64_t key = 0;
    for (unsigned i = 0; i < words.count; i++)
        key |= (uint64_t)1 << (words.words[i] & 63);
    return key;
}

unsigned itd_address_common(unsigned *fewer, itd_sv a, itd_sv b)
{
    address_words x, y;
    words_of(&x, a);
    words_of(&y, b);
    unsigned common = 0;
    for (unsigned i = 0; i < x.count; i++)
        for (unsigned j = 0; j < y.count; j++)
            common += x.words[i] == y.words[j];
    *fewer = x.count < y.count ? x.count : y.count;
    return common;
}
