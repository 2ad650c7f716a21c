#include "text/arabic.h"

#include "text/distance.h"

enum {
    SERVED_MIN = 3, /* letters of the name that follows "abdul" */
    LONE_MIN = 5,   /* and of one that follows "abdu" or "abdi" */
    HEAD_MIN = 3,   /* letters before "addin" or "ullah" */
    LONG_HEAD_MIN = 4,
    END_MIN = 4, /* letters of a spoilt "ullah" or "uddine" */
    END_MAX = 7,
    BEHIND_MIN = 4 /* letters of a name written behind "Abdullah" or "Nasrallah" without a blank */
};

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool ends(itd_sv word, const char *end)
{
    return itd_sv_ends(word, itd_sv_of(end));
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Family names made of Abdulla and the like, and Abdullah itself, which are one word everywhere. */
static bool is_one_word(itd_sv rest)
{
    static const char *const names[] = {"ah",   "a",     "lah",  "la",  "lahi", "ahi", "lahu", "lha",
                                        "laah", "laahi", "laye", "aye", "lai",  "lay", "lo"};
    static const char *const ends_of_families[] = {"ov", "ev", "in", "ova", "eva", "ina", "off", "ow", "evich", "oglu"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (itd_sv_is(rest, names[i]))
            return true;
    if (itd_sv_starts(rest, ITD_SV("lah")))
        return true; /* Abdollahinejad */
    for (size_t i = 0; i < sizeof ends_of_families / sizeof ends_of_families[0]; i++)
        if (rest.size <= strlen(ends_of_families[i]) + 3 && ends(rest, ends_of_families[i]))
            return true;
    return false;
}

/* Abd al-… with its article in any spelling: how many letters stand before the name; 0: it is no such word. */
static size_t servant_size(itd_sv word)
{
    /* A copyist's 8 for b is none of the letters of a name. */
    if (word.size < 5 || word.data[0] != 'a' || (word.data[1] != 'b' && word.data[1] != '8') || word.data[2] != 'd')
        return 0;
    size_t at = 3;
    while (at < word.size && at < 5 && is_vowel(word.data[at]))
        at++;
    if (at == 3 || at == word.size)
        return 0;
    char letter = word.data[at];
    itd_sv from = itd_sv_slice(word, at, word.size), after = itd_sv_slice(word, at + 1, word.size);
    bool doubled = after.size && after.data[0] == letter;
    /* The article takes the sound of the letter that follows: Abdurrahman, Abdessalam. */
    bool article = letter == 'l' || (memchr("rsndtz", letter, 6) && (doubled || after.size == 0));
    if (article)
        return after.size == 0 || (after.size >= SERVED_MIN && !is_one_word(after)) ? at + 1 : 0;
    /* Or it is left out: Abdurahman, Abdikarim. */
    bool lone = memchr("rsndtz", letter, 6) || (at == 4 && word.data[3] == 'i');
    return lone && from.size >= LONE_MIN && !is_one_word(from) ? at : 0;
}

/* Letters of "addin", "uddine", "aldin" at the end. */
static size_t faith_size(itd_sv word)
{
    static const char *const forms[] = {"din", "dine", "deen", "dein", "dyn", "dinne"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        size_t size = strlen(forms[i]);
        if (!ends(word, forms[i]) || word.size < size + 2)
            continue;
        size_t at = word.size - size;
        bool doubled = word.data[at - 1] == 'd' || word.data[at - 1] == 'l';
        at -= doubled;
        size_t vowels = 0;
        while (at > 0 && is_vowel(word.data[at - 1]) && vowels < 2) {
            at--;
            vowels++;
        }
        char vowel = word.data[at];
        if (vowels == 0)
            continue;
        if (at == 0 && doubled)
            return word.size;
        if (at >= HEAD_MIN && doubled && vowel != 'i')
            return word.size - at;
        bool izz = at >= 3 && word.data[at - 1] == 'z' && word.data[at - 2] == 'z' && vowel == 'e'; /* Ezzedine */
        if (izz && !doubled)
            return word.size - at;
        if (at >= LONG_HEAD_MIN && !doubled && (vowel == 'u' || (vowel == 'o' && vowels == 2)))
            return word.size - at;
    }
    return 0;
}

/* Letters of "ullah", "allah", "ollah" at the end. */
static size_t god_size(itd_sv word)
{
    static const char *const forms[] = {"llah", "lah", "lla"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        size_t size = strlen(forms[i]);
        if (!ends(word, forms[i]) || word.size < size + 1 + HEAD_MIN)
            continue;
        size_t at = word.size - size - 1;
        char vowel = word.data[at];
        if (vowel == 'u' || (i == 0 && (vowel == 'a' || vowel == 'o' || vowel == 'i')) || (i == 1 && vowel == 'o'))
            return word.size - at;
    }
    return 0;
}

/* "adbul", "abdlu", "abxdul": letters of a spoilt "abdul" at the beginning; 0: there is none. All its consonants have
 * to be there: "Abulfazl" is no such name. */
static size_t spoilt_servant_size(itd_sv word)
{
    static const char *const forms[] = {"abdul", "abdel", "abdal", "abdol"};
    if (itd_sv_starts(word, ITD_SV("abd")))
        return word.size >= 5 + LONG_HEAD_MIN && word.data[3] == 'l' && is_vowel(word.data[4]) ? 5 : 0;
    for (size_t size = 5; size <= 6 && word.size >= size + LONG_HEAD_MIN; size++) {
        itd_sv front = itd_sv_slice(word, 0, size);
        if (!memchr(front.data, 'b', size) || !memchr(front.data, 'd', size) || !memchr(front.data, 'l', size))
            continue;
        for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
            if (itd_one_slip(front, itd_sv_of(forms[i])) && !is_one_word(itd_sv_slice(word, size, word.size)))
                return size;
    }
    return 0;
}

/* The letter twice, or a digit that a copyist took for one. */
static bool has_mark(itd_sv text, char doubled)
{
    for (size_t i = 0; i < text.size; i++)
        if ((text.data[i] >= '0' && text.data[i] <= '9') ||
            (i && text.data[i] == doubled && text.data[i - 1] == doubled))
            return true;
    return false;
}

/* Abdullah in one of its spellings. */
static bool has_servant(itd_sv word)
{
    for (size_t at = 0; at + 3 <= word.size; at++)
        if (memcmp(word.data + at, "abd", 3) == 0)
            return true;
    return false;
}

/* "ullsh", "0llah", "uddiin": letters of a spoilt ending behind a name of four letters and more; 0: there is none. The
 * doubled letter has to be there, or a digit that a copyist took a letter for. `*form` gets what it was. */
static size_t spoilt_end_size(itd_sv word, size_t *form)
{
    static const char *const forms[] = {"ullah", "allah", "ollah", "uddin", "eddin", "eddine", "addin"};
    itd_sv tail = itd_sv_slice(word, word.size - (word.size < END_MAX ? word.size : END_MAX), END_MAX);
    if (word.size < END_MIN + LONG_HEAD_MIN || !(has_mark(tail, 'l') || has_mark(tail, 'd')) || has_servant(word))
        return 0;
    char last = word.data[word.size - 1];
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        itd_sv whole = itd_sv_of(forms[i]);
        /* "Caracalla" and "Carolla" want nothing but their h, "Abdullahi" has its own ending, "Jallal" is no "Jallah".
         */
        if (whole.data[1] == 'l' && (is_vowel(last) || (whole.data[0] == 'a' && is_letter(last) && last != 'h')))
            continue;
        *form = i;
        for (size_t size = whole.size - 1; size <= whole.size + 1 && word.size >= size + LONG_HEAD_MIN; size++) {
            itd_sv end = itd_sv_slice(word, word.size - size, size);
            if (has_mark(end, whole.data[1]) && itd_one_slip(end, whole))
                return size;
        }
    }
    return 0;
}

/* Letters of a name that ends in "ullah" before another one: "Hojatollahghoreishi", "Abdullahyahya"; 0: there is none.
 * What begins with i is an ending and a name behind it: "Abdollahinejad" is one family name, as "Abdullahzade" is. */
static size_t god_before(itd_sv word)
{
    static const char *const ends_of_families[] = {"zade", "zadeh", "nejad", "nezhad", "pour",
                                                   "poor", "oglu",  "yev",   "yan"};
    for (size_t at = HEAD_MIN + 1; at + 4 + BEHIND_MIN <= word.size; at++) {
        if (word.data[at] != 'l' || !is_vowel(word.data[at - 1]) || memcmp(word.data + at, "llah", 4) != 0 ||
            word.data[at + 4] == 'i')
            continue;
        itd_sv behind = itd_sv_slice(word, at + 4, word.size);
        bool family = false;
        for (size_t i = 0; i < sizeof ends_of_families / sizeof ends_of_families[0]; i++)
            family = family || ends(behind, ends_of_families[i]);
        return family ? 0 : at + 4;
    }
    return 0;
}

/* Letters before "Abdullah" at the end: "Ahmedabdullah"; 0: there are none. */
static size_t before_servant_of_god(itd_sv word)
{
    static const char *const forms[] = {"abdullah", "abdallah", "abdollah"};
    if (word.size < HEAD_MIN + 8 || !has_servant(word))
        return 0;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (ends(word, forms[i]) && word.size >= strlen(forms[i]) + HEAD_MIN)
            return word.size - strlen(forms[i]);
    return 0;
}

/* What is written before God, or the faith, where a letter of these is spoilt. */
static size_t cut_spoilt(itd_sv *parts, itd_sv word)
{
    size_t form = 0, size = spoilt_end_size(word, &form);
    if (!size)
        return 1;
    bool faith = form > 2;
    parts[0] = itd_sv_slice(word, 0, word.size - size);
    parts[1] = faith ? ITD_SV("al") : ITD_SV("allah");
    parts[2] = ITD_SV("din");
    return faith ? 3 : 2;
}

size_t itd_arabic_cut(itd_sv *parts, itd_sv word)
{
    parts[0] = word;
    size_t behind = god_before(word);
    if (!behind)
        behind = before_servant_of_god(word);
    if (behind) {
        parts[0] = itd_sv_slice(word, 0, behind);
        parts[1] = itd_sv_slice(word, behind, word.size);
        return 2;
    }
    size_t size = servant_size(word);
    size = size ? size : spoilt_servant_size(word);
    if (size) {
        parts[0] = ITD_SV("abd");
        parts[1] = ITD_SV("al");
        parts[2] = itd_sv_slice(word, size, word.size);
        return parts[2].size ? 3 : 2;
    }
    size = faith_size(word);
    if (size) {
        itd_sv head = itd_sv_slice(word, 0, word.size - size);
        size_t n = 0;
        if (head.size)
            parts[n++] = head;
        parts[n++] = ITD_SV("al");
        parts[n++] = ITD_SV("din");
        return n;
    }
    if (itd_sv_starts(word, ITD_SV("abd")))
        return 1;
    size = god_size(word);
    /* Another word before Abdullah, without a blank, is not cut in the middle of it. */
    if (size && !itd_sv_ends(itd_sv_slice(word, 0, word.size - size), ITD_SV("abd"))) {
        parts[0] = itd_sv_slice(word, 0, word.size - size);
        parts[1] = ITD_SV("allah");
        return 2;
    }
    return cut_spoilt(parts, word);
}
