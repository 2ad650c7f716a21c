#!/usr/bin/env python3
"""Compiles the word lists of this folder into a C table. Usage: compile.py OUT.c FILE.tsv…

Standard library only. The same input gives the same bytes.
"""
import hashlib
import os
import re
import sys
import unicodedata

CODE_POINTS = 0x2C00  # what the direct table covers; the rest goes through ICU
SPECIAL = {'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ł': 'l', 'ı': 'i', 'þ': 'th', 'ŋ': 'ng',
           'ħ': 'h', 'ŧ': 't', 'ə': 'a', 'ɛ': 'e', 'ɔ': 'o', 'ƒ': 'f', 'ĸ': 'q', 'ſ': 's', 'ƀ': 'b', 'ɓ': 'b', 'ɗ': 'd',
           'ɖ': 'd', 'ǝ': 'a', 'ɣ': 'g', 'ɩ': 'i', 'ɨ': 'i', 'ƙ': 'k', 'ƚ': 'l', 'ɲ': 'n', 'ƞ': 'n', 'ɵ': 'o', 'ƥ': 'p',
           'ƭ': 't', 'ʈ': 't', 'ʊ': 'u', 'ʋ': 'v', 'ƴ': 'y', 'ƶ': 'z', 'ʒ': 'z', 'ȥ': 'z', 'ǥ': 'g', 'ɦ': 'h', 'ɍ': 'r',
           'ɏ': 'y', 'ɉ': 'j', 'ȼ': 'c', 'ɇ': 'e', 'ʉ': 'u', 'ɑ': 'a', 'ʃ': 'sh', 'ȷ': 'j', 'ẞ': 'ss'}
APOSTROPHES = "'`´‘’‛ʼʻʹʾʿˈˊˋ′՚׳\u05f3\u05f4\u2032\uff07"
ABJAD_MARK = '~'  # as ITD_MARK_ABJAD
HAN_FIRST, HAN_END = 0x3400, 0xA000  # as ITD_TEXT_HAN_FIRST and _END
HAN_SOUND = 0x8000                  # as ITD_TEXT_HAN_SOUND
KANA_FIRST, KANA_END = 0x30A1, 0x30FB
BREAK, NONE, JOIN = ' ', None, ''
# Arabic letters that are one in the keys of spellings, as key_point of fold.c has them.
SPELLING_KEY = str.maketrans({**dict.fromkeys('آأإٱ', 'ا'), **dict.fromkeys('ىی', 'ي'), 'ک': 'ك', **dict.fromkeys('ةہە', 'ه'), 'ـ': None})
# Hebrew letters with a geresh are other sounds; the Arabic letters for them stand in their place, as fold.c has it.
GERESH = {'ג': 'ج', 'ז': 'ژ', 'צ': 'چ', 'ץ': 'چ', 'ת': 'ث'}
CLASSES = ['word', 'initial', 'number', 'legal', 'title', 'particle', 'generic']


def rows(path):
    with open(path, encoding='utf-8') as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip('\n')
            if line and not line.startswith('#'):
                yield number, line.split('\t')


def letter_table(letters):
    """Latin text of each code point below CODE_POINTS: None says ask ICU."""
    table = [NONE] * CODE_POINTS
    for cp in range(CODE_POINTS):
        c = chr(cp)
        low = c.lower()
        category = unicodedata.category(c)
        if c in APOSTROPHES:
            table[cp] = JOIN
        elif cp < 0x80:
            table[cp] = low if c.isalnum() else BREAK
        elif low in letters:
            table[cp] = letters[low]
        elif low in SPECIAL:
            table[cp] = SPECIAL[low]
        elif category == 'Mn' and 0x0900 <= cp < 0x1AB0:
            table[cp] = NONE  # vowels of Indic and neighbouring scripts
        elif category in ('Mn', 'Me', 'Cf', 'Lm', 'Sk'):
            table[cp] = JOIN
        elif category == 'Nd':
            table[cp] = str(unicodedata.decimal(c))
        elif category[0] in 'ZPSC' and category not in ('Cn', 'Co'):
            base = unicodedata.normalize('NFKC', c)
            table[cp] = base.lower() if base != c and base.isascii() and base.isalnum() else BREAK
        else:
            base = ''.join(x for x in unicodedata.normalize('NFKD', low) if unicodedata.category(x) != 'Mn')
            out = ''.join(SPECIAL.get(x, letters.get(x, x)) for x in base)
            if out.isascii() and out.isalnum():
                table[cp] = out.lower()
            elif category in ('No', 'Nl'):
                table[cp] = BREAK
    return table


def hangul(c):
    """Mirrors hangul.c: one syllable in the spelling that lists use most."""
    i = ord(c) - 0xAC00
    first = ['k', 'kk', 'n', 't', 'tt', 'r', 'm', 'p', 'pp', 's', 'ss', '', 'j', 'jj', 'ch', 'kh', 'th', 'ph', 'h']
    vowel = ['a', 'ae', 'ya', 'yae', 'o', 'e', 'yo', 'ye', 'o', 'wa', 'wae', 'oe', 'yo', 'u', 'wo', 'we', 'wi', 'yu',
             'u', 'ui', 'i']
    last = ['', 'k', 'k', 'k', 'n', 'n', 'n', 't', 'l', 'k', 'm', 'l', 'l', 'l', 'l', 'l', 'm', 'p', 'p', 't', 't',
            'ng', 't', 't', 'k', 't', 'p', 't']
    return first[i // 588] + vowel[i % 588 // 28] + last[i % 28]


def korean_variants(c):
    """How a Korean syllable of names is written: as the North does, in McCune-Reischauer without its marks, in the South's
    Revised Romanisation, and as people write their own names."""
    i = ord(c) - 0xAC00
    first = ['k g', 'kk gg', 'n r', 't d', 'tt dd', 'r l n', 'm', 'p b', 'pp bb', 's', 'ss s', '', 'j ch', 'jj', 'ch', 'k kh', 't th', 'p ph', 'h']
    vowel = ['a ah', 'ae ai', 'ya', 'yae', 'o eo u', 'e', 'yo yeo you yu', 'ye', 'o', 'wa', 'wae', 'oe oi oy', 'yo', 'u oo', 'wo weo', 'we', 'wi',
             'yu yoo', 'u eu', 'ui eui', 'i ee']
    last = {0: '', 1: 'k g', 4: 'n', 8: 'l', 16: 'm', 17: 'p b', 21: 'ng'}
    if i % 28 not in last:
        return []
    out = set()
    firsts, vowels, lasts = (part.split(' ') for part in (first[i // 588], vowel[i % 588 // 28], last[i % 28]))
    for a in firsts:
        for b in vowels:
            for z in lasts:
                if (b == 'ah' and z) or (a == 'n' and i // 588 == 5 and b[0] in 'yi') or (a == 'r' and i // 588 == 2 and b[0] not in 'yi'):
                    continue
                out.add(a + b + z)
                if a == 's' and b[0] == 'i':
                    out.add('sh' + b + z)
                if a == '' and b[0] == 'u':
                    out.add('w' + ('oo' if b == 'oo' else b) + z if b != 'u' else 'woo' + z)
                if a == '' and b == 'i':
                    out.add('yi' + z)
                if i // 588 == 5 and b[0] in 'yi':
                    out.add(b + z)  # the South leaves the r out
    return sorted(out)


def hangul_of(first, vowel, last=0):
    return chr(0xAC00 + (first * 21 + vowel) * 28 + last)


def transcribed(syllable):
    """A Mandarin syllable as Korean writes it for its sound. Source: rules of the National Institute of Korean Language,
    notice 1986-1 of the Ministry of Education (table 5)."""
    firsts = dict(b=7, p=17, m=6, f=17, d=3, t=16, n=2, l=5, g=0, k=15, h=18, j=12, q=14, x=9, zh=12, ch=14, sh=9, r=5, z=13, c=14, s=10)
    a, ya, eo, e, yeo, ye, o, wa, u, wo, we, wi, yu, eu, i = 0, 2, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16, 17, 18, 20
    n, ng, l = 4, 21, 8
    initial = next((x for x in (syllable[:2], syllable[:1]) if x in firsts), '')
    final, first = syllable[len(initial):], firsts.get(initial, 11)
    if final == 'i' and initial in ('zh', 'ch', 'sh', 'r', 'z', 'c', 's'):
        return hangul_of(first, eu)
    if initial in ('j', 'q', 'x') and final[:1] == 'u':
        final = 'v' + final[1:]
    alone = {'yi': 'i', 'ya': 'ia', 'yao': 'iao', 'ye': 'ie', 'you': 'iu', 'yan': 'ian', 'yin': 'in', 'yang': 'iang', 'ying': 'ing',
             'yong': 'iong', 'wu': 'u', 'wa': 'ua', 'wo': 'uo', 'wai': 'uai', 'wei': 'ui', 'wan': 'uan', 'wen': 'un', 'wang': 'uang',
             'weng': 'ong', 'yu': 'v', 'yue': 've', 'yuan': 'van', 'yun': 'vn', 'er': 'er'}
    if not initial:
        final = alone.get(syllable, syllable)
    soft = initial in ('j', 'q')  # these swallow the y
    simple = {'a': (a, 0), 'o': (o, 0), 'e': (eo, 0), 'i': (i, 0), 'u': (u, 0), 'v': (wi, 0), 'an': (a, n), 'en': (eo, n), 'ang': (a, ng),
              'eng': (eo, ng), 'er': (eo, l), 'ia': (a if soft else ya, 0), 'ie': (e if soft else ye, 0), 'iu': (u if soft else yu, 0),
              'ian': (e if soft else ye, n), 'in': (i, n), 'iang': (a if soft else ya, ng), 'ing': (i, ng), 'ua': (wa, 0), 'uo': (wo, 0),
              'uan': (wa, n), 'un': (wo if not initial else u, n), 'uang': (wa, ng), 'ong': (u if initial else wo, ng),
              've': (we, 0), 'vn': (wi, n), 'iong': (u if soft else yu, ng), 'ue': (we, 0)}
    double = {'ai': (a, i), 'ei': (e, i), 'ao': (a, o), 'ou': (eo, u), 'iao': (a if soft else ya, o), 'uai': (wa, i), 'ui': (u, i)}
    if final in simple:
        return hangul_of(first, *simple[final])
    if final == 'ui' and not initial:
        return hangul_of(11, we) + hangul_of(11, i)
    if final in double:
        return hangul_of(first, double[final][0]) + hangul_of(11, double[final][1])
    if final == 'van':
        return hangul_of(first, wi) + hangul_of(11, a, n)
    return ''


ENDINGS = [  # of Cyrillic words, by the end of the first form: the longest that fits
    ('ство', 'ство ства ству ством стве ств'), ('ция', 'ция ции цию цией ций'), ('ия', 'ия ии ию ией ий'), ('ие', 'ие ия ию ием ии ий'),
    ('кий', 'кий кая кое кого кой кому ком ким ких кую кие'), ('ний', 'ний няя нее него ней нему нем ним них нюю ние'),
    ('ый', 'ый ая ое ого ой ому ом ым ых ую ые'), ('ой', 'ой ая ое ого ому ом ым ых ую ые'), ('ий', 'ий а е ого ой ому им их у і'),
    ('ы', 'ы ая ае ага ай аму ым ых ую ыя'), ('і', 'і ая ае ага ай аму ім іх ую ія'),
    ('а', 'а ы и у ой е'), ('я', 'я и ю ей е'), ('ь', 'ь и ю я ью ей'), ('о', 'о а у ом е'), ('', ' а у ом е ы и ов')]


def inflected(word):
    """All forms of a Cyrillic word that has a star behind it."""
    if not word.endswith('*'):
        return [word]
    word = word[:-1]
    for end, others in ENDINGS:
        if word.endswith(end):
            return [word[:len(word) - len(end)] + x for x in others.split(' ')]


def is_syllabic(text):
    return all('\u4e00' <= c <= '\u9fff' or '\uac00' <= c <= '\ud7a3' for c in text)


def fold(text, table, where):
    """Words of a list entry as the program folds them; entries in scripts that need ICU are given in Latin."""
    out = []
    for run in re.findall('[\uac00-\ud7a3]+', text):  # short Korean words are written a syllable a word
        text = text.replace(run, ' ' + (' ' if len(run) <= 4 else '').join(hangul(c) for c in run) + ' ', 1)
    for c in unicodedata.normalize('NFC', text):
        if ord(c) >= CODE_POINTS or table[ord(c)] is NONE:
            raise SystemExit('%s: %r needs a dictionary; write the entry in Latin' % (where, c))
        out.append(table[ord(c)])
    return [w for w in ''.join(out).split(' ') if w]


def c_string(text):
    return '"' + ''.join(c if c.isascii() and c.isprintable() and c not in '"\\?' else ''.join('\\%03o' % b for b in c.encode()) for c in text) + '"'


class Pool:
    """Strings in one array, each once, ended by NUL."""

    def __init__(self):
        self.at, self.parts, self.size = {'': 0}, ['\0'], 1

    def add(self, text):
        if text not in self.at:
            self.at[text] = self.size
            self.parts.append(text + '\0')
            self.size += len(text.encode()) + 1
        return self.at[text]

    def emit(self, out, name):
        data = ''.join(self.parts).encode()
        out.append('const unsigned char %s[%d] = {' % (name, len(data)))
        for i in range(0, len(data), 32):
            out.append(','.join(str(b) for b in data[i:i + 32]) + ',')
        out.append('};')


def main():
    target, files = sys.argv[1], {os.path.basename(p): p for p in sys.argv[2:]}
    letters, scripts = {}, {}
    for number, row in rows(files['letters.tsv']):
        letters[row[0]] = row[1]
    table = letter_table(letters)
    words = {}      # folded word → [class, group, weight]
    phrases = {}    # tuple of folded words → canonical word
    groups = {}

    def group(name):
        return groups.setdefault(name, len(groups) + 1)

    def word(text, class_, form, weight, override=False):
        if override or text not in words:
            words[text] = [CLASSES.index(class_), form, weight]

    def load(name, handle):
        for number, row in rows(files[name]):
            handle(row, '%s:%d' % (files[name], number))

    pinyin = {}

    def mandarin(row, where):
        for c in row[1]:
            pinyin[ord(c)] = row[0]

    load('pinyin.tsv', mandarin)
    compounds = {}
    common_weights = {row[0]: row[1] for _, row in rows(files['common_words.tsv'])}

    def number_word(row, where):
        for w in fold(row[1], table, where):
            if len(w) == 1 and w.isalpha():
                word(w, 'initial', group('number ' + row[0]), 300)  # "I" may be a number or stand for a name
            elif len(row) > 2:
                word(w, row[2], group('number ' + row[0]), 600)
            else:
                word(w, 'number', group('number ' + row[0]), 1000)

    def compound(text, where):
        """One word in Latin for characters that are one wherever they stand."""
        for c in text:
            if c < '\uac00' and ord(c) not in pinyin:
                raise SystemExit('%s: no reading of %r' % (where, c))
        return compounds.setdefault(text, ''.join(hangul(c) if c >= '\uac00' else pinyin[ord(c)] for c in text))

    def legal(row, where):
        folded = [compound(row[1], where)] if is_syllabic(row[1]) else fold(row[1], table, where)
        form = group('legal ' + row[0])
        joined = ''.join(folded)
        if len(folded) > 1:
            canonical = joined if len(joined) <= 24 else joined[:24]
            phrases.setdefault(tuple(folded), canonical)
            word(canonical, 'legal', form, 80)
        elif folded:
            word(joined, 'legal', form, 80)

    def title(row, where):
        folded = fold(row[0], table, where)
        weight = 50 if row[1] in ('vessel', 'aka') else 300  # in names of others than persons
        if len(folded) > 1:
            phrases.setdefault(tuple(folded), ''.join(folded))
        word(''.join(folded), 'title', group('title ' + row[1]), weight)

    def particle(row, where):
        for w in fold(row[1], table, where):
            word(w, 'particle', group('particle ' + row[0]), 100)

    def generic(row, where):
        folded = fold(row[1], table, where)
        if len(folded) == 1:
            word(folded[0], 'generic', group('generic ' + row[0]) if row[0] else 0, int(row[2]))

    def organisation(row, where):
        """Words that are translated, by group; those of other scripts than Latin weigh what the Latin ones do."""
        latin = [w for w in row[1:] if w.isascii()]
        known = 'generic ' + row[0] in groups
        form = group(('generic ' if known else 'same ') + row[0])
        for w in latin:
            word(w, 'generic' if known else 'word', form, 450 if known else int(common_weights.get(w, 900)))
            words[w][1] = words[w][1] or form
        class_, weight = ('generic', 450) if known else (CLASSES[words[latin[0]][0]], words[latin[0]][2])
        for text in row[1:]:
            if is_syllabic(text):
                word(compound(text, where), class_, form, weight)
            elif not text.isascii():
                for w in inflected(text):
                    for x in fold(w, table, where):
                        abjad = '\u0590' <= w[0] < '\u0780'
                        word(ABJAD_MARK + x if abjad else x, class_, form, weight)

    load('particles.tsv', particle)
    load('numbers.tsv', number_word)
    load('legal_forms.tsv', legal)
    load('titles.tsv', title)
    load('generic_words.tsv', generic)
    load('org_words.tsv', organisation)

    def joined(row, where):
        phrases.setdefault(tuple(fold(row[1], table, where)), row[0])

    load('joined_words.tsv', joined)

    def common(row, where):
        if row[0] in words:
            if words[row[0]][0] == 0:
                words[row[0]][2] = int(row[1])
        else:
            words[row[0]] = [0, 0, int(row[1])]

    load('common_words.tsv', common)

    def same(row, where):
        for w in row[1:]:
            if w in words and words[w][0] == 0:
                words[w][1] = group('same ' + row[0])
            elif w not in words:
                words[w] = [0, group('same ' + row[0]), 1000]

    load('same_words.tsv', same)
    nicknames = set()

    def nickname(row, where):
        a, b = row[0], row[1]
        nicknames.add((a, b))
        nicknames.add((b, a))

    load('nicknames.tsv', nickname)

    def variants(words):
        for a in words:
            for b in words:
                if a != b and len(a) > 1 and len(b) > 1:
                    nicknames.add((a, b))

    load('variants.tsv', lambda row, where: variants(sorted(set(row))))
    wade = {}
    for number, row in rows(files['wade.tsv']):  # without its apostrophes: what has none is the likelier
        if row[1] not in wade or row[0][0] in 'bdgjz':
            wade[row[1]] = row[0]
    for syllable in set(pinyin.values()):
        if len(syllable) <= 6:
            wade.setdefault(syllable, syllable)
    load('wade.tsv', lambda row, where: variants(row))
    for number, row in rows(files['hanja.tsv']):
        variants(korean_variants(row[0]))
    name_variants = set()

    def variant(row, where):
        name_variants.add((row[0], row[1]))
        name_variants.add((row[1], row[0]))

    load('name_variants.tsv', variant)
    spellings = {}

    def spelling(row, where):
        key = row[0].translate(SPELLING_KEY)
        for letter, sound in GERESH.items():
            key = re.sub(letter + '[%s]' % APOSTROPHES, sound, key)
        spellings.setdefault(''.join(c for c in key if c not in APOSTROPHES), row[1])

    load('spellings_own.tsv', spelling)
    load('spellings.tsv', spelling)
    look = {}

    def lookalike(row, where):
        look[ord(row[0])] = row[1]

    load('lookalikes.tsv', lookalike)
    hanja = {}

    def reading(row, where):
        for c in row[1]:
            hanja.setdefault(ord(c), ord(row[0]))

    load('hanja.tsv', reading)
    cantonese = {}

    def spelled_in_hong_kong(row, where):
        for c in row[1]:
            cantonese[ord(c)] = row[0]

    load('cantonese.tsv', spelled_in_hong_kong)
    japanese = {}

    def japanese_name(row, where):
        for written in row[2].split(' '):
            japanese[('1' if row[0] == 'family' else '2') + written.replace('々', '')] = row[1]  # the mark of repetition is none of the letters

    load('japanese.tsv', japanese_name)
    kana = {}

    def kana_row(row, where):
        kana[ord(row[0])] = row[1]

    load('kana.tsv', kana_row)
    sino = {}  # 1: family name, 2: given name, 3: of a Korean, 4: the family name tells a Korean, 5: by sound

    def reading_of_hangul(row, where):
        sino['1' + row[0]] = row[1].rstrip('*')
        if len(row) > 2:
            sino['2' + row[0]], sino['3' + row[0]] = row[2], row[3]
        if row[1].endswith('*'):
            sino['4' + row[0]] = ''

    load('hangul_pinyin.tsv', reading_of_hangul)
    often = 'zhang zhu jia zhao qiu chong cao fa fang feng fei fu fan jing qu chi'.split(' ')  # of those that Korean writes alike
    for syllable in often + sorted(set(pinyin.values()), key=lambda x: (x[0] == 'c' and x[1:2] != 'h', x)):
        if transcribed(syllable):
            sino.setdefault('5' + transcribed(syllable), syllable)
    transcribing = {}

    def transcribes(row, where):
        transcribing[ord(row[0])] = row[1] if len(row) > 1 else ''

    load('transcribing.tsv', transcribes)

    families = ['latin', 'cyrillic', 'abjad', 'kana', 'hangul', 'han']  # as the marks of foreign.h, from the last one down
    worth, floors = {}, {}

    def sound(row, where):
        pair = (families.index(row[0]), families.index(row[1]))
        if row[2] == 'floor':
            floors[pair] = int(row[3])
        else:
            worth.setdefault(pair, []).append([int(n) for n in row[3].split(' ')])

    load('sounds.tsv', sound)

    syllables = set(pinyin.values())
    for number, row in rows(files['hanja.tsv']):
        syllables.update(korean_variants(row[0]))
    for w in syllables:  # of Chinese and Korean names: known, so that they are told apart
        if len(w) > 1:
            words.setdefault(w, [0, 0, 1000])

    def slots(keys):
        """Where the rows of a word begin, by its hash (FNV-1a, as itd_text_hash): 1 + the row, 0 where there is none."""
        firsts, size = {}, 16
        for row, key in enumerate(keys, 1):
            firsts.setdefault(key, row)
        while size < 2 * len(firsts):
            size *= 2
        table = [0] * size
        for key, row in firsts.items():
            at = 0x811C9DC5
            for byte in key.encode():
                at = (at ^ byte) * 0x01000193 & 0xFFFFFFFF
            while table[at % size]:
                at += 1
            table[at % size] = row
        return ['%d,' % row for row in table]

    pool, out = Pool(), []
    letter_rows = []
    for latin in table:
        letter_rows.append(0xFFFF if latin is NONE else 0xFFFE if latin == BREAK else pool.add(latin))
    word_rows = []
    for text in sorted(words, key=lambda w: w.encode()):
        class_, form, weight = words[text]
        word_rows.append('{%d,%d,%d,%d,%d},' % (pool.add(text), len(text), class_, form, weight))
    phrase_rows = []
    for p in sorted(phrases):
        text = ' '.join(p)
        phrase_rows.append('{%d,%d,%d,%d},' % (pool.add(text), len(text), pool.add(phrases[p]), len(p)))
    nickname_rows = ['{%d,%d},' % (pool.add(a), pool.add(b)) for a, b in sorted(nicknames)]
    variant_rows = ['{%d,%d},' % (pool.add(a), pool.add(b)) for a, b in sorted(name_variants)]
    spelling_rows = ['{%d,%d},' % (pool.add(a), pool.add(b)) for a, b in sorted(spellings.items(), key=lambda x: x[0].encode())]
    japanese_rows = ['{%d,%d},' % (pool.add(a), pool.add(b)) for a, b in sorted(japanese.items(), key=lambda x: x[0].encode())]
    wade_rows = ['{%d,%d},' % (pool.add(a), pool.add(b)) for a, b in sorted(wade.items())]
    sino_rows = ['{%d,%d},' % (pool.add(a), pool.add(b)) for a, b in sorted(sino.items(), key=lambda x: x[0].encode())]
    compound_rows = ['{%d,%d},' % (pool.add(a), pool.add(b)) for a, b in sorted(compounds.items(), key=lambda x: x[0].encode())]
    look_rows = ['{%d,%d},' % (cp, ord(look[cp])) for cp in sorted(look)]
    hanja_rows = ['{%d,%d},' % (cp, hanja[cp]) for cp in sorted(hanja)]
    syllables = sorted(set(pinyin.values()))
    sound_of_rows = ['{%d,%d},' % (cp, pool.add(transcribing[cp])) for cp in sorted(transcribing) if transcribing[cp]]
    cantonese_rows = ['{%d,%d},' % (cp, pool.add(cantonese[cp])) for cp in sorted(cantonese)]
    han_rows = ['%d,' % (0 if cp not in pinyin else syllables.index(pinyin[cp]) + 1 | (HAN_SOUND if cp in transcribing else 0))
                for cp in range(HAN_FIRST, HAN_END)]
    syllable_rows = ['%d,' % pool.add(x) for x in [''] + syllables]
    sound_rows = []
    for a in range(1, len(families)):
        for b in range(len(families)):
            pair, turned = ((a, b), False) if (a, b) in worth else ((b, a), True)
            if a == b:  # the same either way round
                worth[pair] = [[(worth[pair][i][j] + worth[pair][j][i]) // 2 for j in range(32)] for i in range(32)]
            values = list(zip(*worth[pair])) if turned else worth[pair]
            assert len(values) == 32 and all(len(row) == 32 for row in values)
            sound_rows.append('{%d,{%s}},' % (floors[pair], ','.join('{%s}' % ','.join(map(str, row)) for row in values)))
    korean_bytes = bytearray(11172 // 8 + 1)
    for cp in hanja.values():
        korean_bytes[(cp - 0xAC00) // 8] |= 1 << (cp - 0xAC00) % 8
    kana_rows = ['%d,' % (pool.add(kana[cp]) if cp in kana else 0) for cp in range(KANA_FIRST, KANA_END)]
    out.append('/* Generated by data/text/compile.py from the lists beside it. */')
    out.append('#include "text/tables.h"')
    pool.emit(out, 'itd_text_pool')
    out.append('const uint16_t itd_text_letters[ITD_TEXT_LETTERS] = {')
    assert pool.at and max(x for x in letter_rows if x < 0xFFFE) < 0xFFFE
    for i in range(0, len(letter_rows), 16):
        out.append(','.join(str(x) for x in letter_rows[i:i + 16]) + ',')
    out.append('};')
    for name, type_, data in (('word_list', 'itd_text_word_row', word_rows), ('text_phrases', 'itd_text_phrase_row', phrase_rows),
                              ('text_nicknames', 'itd_text_pair_row', nickname_rows), ('text_variants', 'itd_text_pair_row', variant_rows),
                              ('text_spellings', 'itd_text_pair_row', spelling_rows),
                              ('text_compounds', 'itd_text_pair_row', compound_rows),
                              ('text_sino', 'itd_text_pair_row', sino_rows), ('text_japanese', 'itd_text_pair_row', japanese_rows),
                              ('text_wade', 'itd_text_pair_row', wade_rows),
                              ('text_lookalikes', 'itd_text_code_row', look_rows), ('text_hanja', 'itd_text_code_row', hanja_rows),
                              ('text_han', 'uint16_t', han_rows),
                              ('text_cantonese', 'itd_text_code_row', cantonese_rows),
                              ('text_han_sounds', 'itd_text_code_row', sound_of_rows), ('text_han_syllables', 'uint32_t', syllable_rows),
                              ('text_sounds', 'itd_text_sound_table', sound_rows),
                              ('text_korean_syllables', 'uint8_t', ['%d,' % b for b in korean_bytes]),
                              ('text_kana', 'uint32_t', kana_rows),
                              ('word_slots', 'uint32_t', slots(sorted(words, key=lambda w: w.encode()))),
                              ('phrase_slots', 'uint32_t', slots([p[0] for p in sorted(phrases)])),
                              ('nickname_slots', 'uint32_t', slots([a for a, b in sorted(nicknames)])),
                              ('variant_slots', 'uint32_t', slots([a for a, b in sorted(name_variants)]))):
        out.append('const %s itd_%s[%d] = {' % (type_, name, len(data)))
        out += data
        out.append('};')
        out.append('const uint32_t itd_%s_count = %d;' % (name, len(data)))
    out.append('const char itd_text_tables_hash[] = "%s";' % hashlib.blake2b('\n'.join(out).encode(), digest_size=16).hexdigest())
    with open(target, 'w', encoding='ascii') as f:
        f.write('\n'.join(out) + '\n')


main()
