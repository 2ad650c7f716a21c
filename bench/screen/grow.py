#!/usr/bin/env python3
"""Writes a list of COUNT entities as FollowTheMoney, a line each, the same every time, made from an export of real lists.

    interdict export -l REAL.idx --format ftm | bench/screen/grow.py COUNT >LIST.ftm.json

Up to as many as the real lists have it is a sample of them. Beyond, entities are invented by the pattern of a real one: how many names it has,
of how many words, which of them are spellings of each other, in which script, with which legal forms and particles, dates and numbers.
Each word that tells is drawn from the words which names of that kind have at that place, as often as they have it, and is then there to be drawn again; now and then
it is one that was not there, as often as such turn up in the real lists (the exponent of Heaps' law is fitted to each kind, place and script): of another kind or place, or made up. So common words
stay common, rare ones rare, and the vocabulary grows as it would.
"""
import argparse
import collections
import difflib
import json
import math
import os
import random
import re
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'match'))
from mangle import SOUND  # noqa: E402

KINDS = {'Person': 'person', 'Vessel': 'ship', 'Airplane': 'plane', 'Organization': 'firm', 'LegalEntity': 'firm',
         'Company': 'firm'}
NAMES = ('name', 'alias', 'weakAlias', 'previousName')
DATES = ('birthDate', 'incorporationDate', 'buildDate')
NUMBERED = ('passportNumber', 'idNumber', 'taxNumber', 'innCode', 'ogrnCode', 'registrationNumber', 'imoNumber', 'mmsi',
            'phone', 'address', 'serialNumber', 'socialSecurityNumber', 'licenseNumber', 'callSign')
AS_IS = ('topics', 'nationality', 'citizenship', 'country', 'birthCountry', 'flag', 'gender', 'birthPlace', 'position',
         'type', 'title', 'sector', 'legalForm', 'website', 'tonnage', 'model')
STRUCTURE = 0.004  # a word that this share of names of a kind have stays where it is: particles, legal forms, "Trading"
SPELLINGS = 4      # of a word: variants recur, as Mohamed and Muhammad do


def script_of(word):
    for c in word:
        if c.isalpha():
            return 'LATIN' if ord(c) < 0x250 else unicodedata.name(c, '?').split()[0]
    return 'NONE'


def style_of(word):
    return str.upper if word.isupper() and len(word) > 1 else str.title if word[:1].isupper() else str


class Urn:
    """Words of one kind, place and script, as often as they are used."""

    def __init__(self):
        self.words, self.vocabulary, self.exponent = [], set(), 0.6
        self.others, self.shared = [], 0  # urns of the same script; how many of this one's words they have too

    def fit(self, dice):
        """How the vocabulary grows: V = k·n^exponent, from half of the words to all of them."""
        dice.shuffle(self.words)
        self.vocabulary = set(self.words)
        half = len(set(self.words[:len(self.words) // 2]))
        if half > 50:
            self.exponent = min(0.95, max(0.2, math.log2(len(self.vocabulary) / half)))

    def new(self, dice):
        a, b = self.words[int(dice.random() * len(self.words))], self.words[int(dice.random() * len(self.words))]
        word = a[:(len(a) + 1) // 2] + b[len(b) // 2:]
        while word in self.vocabulary or len(word) < 2:
            at = int(dice.random() * (len(word) + 1))
            word = word[:at] + dice.choice(a + b) + word[at + int(dice.random() * 2):]
        self.vocabulary.add(word)
        return word

    def draw(self, dice):
        if dice.random() * len(self.words) < self.exponent * len(self.vocabulary):
            if dice.random() < self.shared:
                other = dice.choice(self.others).words
                word = other[int(dice.random() * len(other))]
                self.vocabulary.add(word)
            else:
                word = self.new(dice)
        else:
            word = self.words[int(dice.random() * len(self.words))]
        self.words.append(word)
        return word


class Grower:
    def __init__(self, lines, seed=5):
        self.dice = random.Random(seed)
        raws = [json.loads(line) for line in lines]
        self.raws = [r for r in raws if r['schema'] in KINDS and r['properties'].get('name')]
        self.common = self.count_words()
        self.urns = collections.defaultdict(Urn)
        self.dates = collections.defaultdict(list)
        self.spellings = {}
        self.patterns = [self.pattern_of(r) for r in self.raws]
        for urn in self.urns.values():
            urn.fit(self.dice)
        scripts = collections.defaultdict(list)
        for (_, _, script), urn in self.urns.items():
            scripts[script].append(urn)
        for urns in scripts.values():
            sizes = collections.Counter(word for urn in urns for word in urn.vocabulary)
            for urn in urns:
                urn.others = [other for other in urns if other is not urn and other.words]
                if urn.others and urn.vocabulary:
                    urn.shared = sum(sizes[word] > 1 for word in urn.vocabulary) / len(urn.vocabulary)

    def count_words(self):
        counts, names = collections.Counter(), collections.Counter()
        for r in self.raws:
            kind = KINDS[r['schema']]
            for p in NAMES:
                for n in r['properties'].get(p, ()):
                    names[kind] += 1
                    counts.update((kind, w.lower()) for w in set(re.split(r'[\s,]+', n)))
        return {key for key, c in counts.items() if c >= STRUCTURE * names[key[0]]}

    def urn_of(self, kind, at, count, family, word):
        place = 'family' if family or at == count - 1 else 'given' if at == 0 else 'middle'
        return self.urns[(kind, place, script_of(word))]

    def name_pattern(self, name, kind, known, sources):
        """Pieces of a name: text, or the number of a word that is drawn and the case it is written in."""
        pieces = re.split(r'([\s,]+)', name)
        words = pieces[::2]
        comma = next((i for i, gap in enumerate(pieces[1::2]) if ',' in gap), -1)
        pattern = []
        for i, piece in enumerate(pieces):
            word = piece.lower()
            if i % 2 or len(word) < 2 or (kind, word) in self.common or any(c.isdigit() for c in word):
                pattern.append(piece)
                continue
            if word not in known:
                urn = self.urn_of(kind, i // 2, len(words), i // 2 <= comma, word)
                like = next((k for w, k in known.items() if w[0] == word[0] and abs(len(w) - len(word)) < 4 and
                             difflib.SequenceMatcher(None, w, word).ratio() > 0.6), None)
                known[word] = len(sources)
                sources.append(like if like is not None else urn)
                if like is None:
                    urn.words.append(word)
            pattern.append((known[word], style_of(piece)))
        return pattern

    def pattern_of(self, raw):
        """(schema, words to draw, names by property, the other properties as text with gaps for numbers and dates)."""
        kind, properties, known, sources = KINDS[raw['schema']], raw['properties'], {}, []
        names = [(p, [self.name_pattern(n, kind, known, sources) for n in properties[p]]) for p in NAMES if p in properties]
        rest = {p: properties[p] for p in AS_IS if p in properties}
        for p in DATES:
            if p in properties:
                self.dates[p].extend(properties[p])
                rest[p] = ['\x01' + p + '\x01'] * len(properties[p])
        for p in NUMBERED:
            if p in properties:
                rest[p] = [re.sub(r'\d+', lambda m: '\x01%d\x01' % len(m.group()), v) for v in properties[p]]
        return raw['schema'], sources, names, json.dumps(rest, ensure_ascii=False)[1:].split('\\u0001')

    def spelling(self, word):
        dice, known = self.dice, self.spellings.setdefault(word, [])
        if len(known) >= SPELLINGS:
            return known[int(dice.random() * SPELLINGS)]
        fits = [(a, b) for a, b in SOUND if a in word]
        at = int(dice.random() * len(word))
        other = word[:at] + word[at] + word[at:]
        if fits:
            a, b = dice.choice(fits)
            other = word.replace(a, b, 1)
        known.append(other)
        return other

    def fill(self, text):
        if text in self.dates:
            pool = self.dates[text]
            return pool[int(self.dice.random() * len(pool))]
        return str(int(self.dice.random() * 10 ** int(text))).zfill(int(text))

    def invent(self, number):
        schema, sources, names, rest = self.patterns[int(self.dice.random() * len(self.patterns))]
        drawn = []
        for source in sources:
            drawn.append(self.spelling(drawn[source]) if isinstance(source, int) else source.draw(self.dice))
        said = ', '.join('"%s": %s' % (p, json.dumps([''.join(x if isinstance(x, str) else x[1](drawn[x[0]]) for x in n) for n in many],
                                                      ensure_ascii=False)) for p, many in names)
        rest = ''.join(x if i % 2 == 0 else self.fill(x) for i, x in enumerate(rest))
        return '{"id":"grown-%d","schema":"%s","datasets":["grown"],"properties":{%s%s%s}\n' % (
            number, schema, said, ', ' if len(rest) > 1 else '', rest)

    def real(self, raw):
        kept = {p: v for p, v in raw['properties'].items() if p in NAMES + DATES + NUMBERED + AS_IS}
        return json.dumps({'id': raw['id'], 'schema': raw['schema'], 'datasets': ['grown'], 'properties': kept}, ensure_ascii=False) + '\n'

    def write(self, count, out):
        """The real ones first; what is invented does not depend on how many follow."""
        sample = self.raws if count >= len(self.raws) else random.Random(count).sample(self.raws, count)
        for raw in sample:
            out.write(self.real(raw))
        for number in range(len(sample), count):
            out.write(self.invent(number))


def main():
    options = argparse.ArgumentParser()
    options.add_argument('count', type=int)
    options.add_argument('--seed', type=int, default=5)
    options = options.parse_args()
    Grower(sys.stdin, options.seed).write(options.count, sys.stdout)


if __name__ == '__main__':
    main()
