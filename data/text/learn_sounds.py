#!/usr/bin/env python3
"""Learns how the sounds of one script are written in another. Usage: learn_sounds.py TEXT_WORDS FOLDER >sounds.tsv

FOLDER holds names in two scripts as mined from Wikidata (CC0; NETransliteration-COLING2018); TEXT_WORDS is
build/bench/text/text_words. Half of the names, by a hash, is left for measuring. Hard expectation maximisation of a
memoryless pair model: each sound of a word stands for one sound of the other, or for none; what a pair is worth is the
logarithm of how much oftener it occurs than by chance. Standard library only; the same input gives the same bytes.
"""
import gzip
import math
import os
import random
import subprocess
import sys
import unicodedata

SOUNDS = 'abcdefghijklmnopqrstuvwxyzSCZTX'
PLACE = {c: i + 1 for i, c in enumerate(SOUNDS)}
COUNT = len(SOUNDS) + 1
# As src/text/sound.c writes one letter a sound.
DIGRAPHS = [d.split(':') for d in 'aa:a bh:b ch:C ck:k dzh:j dh:d dj:j ee:i gh:g ie:i ij:i iy:i ii:i kh:X ks:x ou:u oo:u '
            'ph:f qu:k rh:r shch:S sch:S sh:S tsch:C tch:C ts:T tz:T th:t wh:w yy:i zh:Z'.split()]
SPECIAL = {'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ł': 'l', 'ı': 'i', 'þ': 'th', 'ə': 'a'}
FAMILIES = ['latin', 'cyrillic', 'abjad', 'kana', 'hangul', 'han']
MARKS = {'\x7f': 'cyrillic', '~': 'abjad', '}': 'kana', '|': 'hangul', '{': 'han'}
PAIRS_MAX, ROUNDS, NOISE = 9000, 4, 0.08
FALSE_SHARE = 0.004  # of pairs drawn at random that a table may take for one name
R = random.Random(7)


def half(text):
    h = 2166136261
    for b in text.encode():
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    return h >> 8 & 1


def lines(path):
    with (open(path, encoding='utf-8') if os.path.exists(path) else gzip.open(path + '.gz', 'rt', encoding='utf-8')) as f:
        return [l.rstrip('\n').split('\t') for l in f]


def latin(word):
    word = ''.join(SPECIAL.get(c, c) for c in word.lower())
    return ''.join(c for c in unicodedata.normalize('NFKD', word) if c.isascii() and c.isalnum())


def phones(text):
    out, i = '', 0
    while i < len(text):
        for a, b in DIGRAPHS:
            if text.startswith(a, i):
                sound, used = b, len(a)
                break
        else:
            sound, used, after = text[i], 1, text[i + 1:i + 2]
            if sound == 'q' or (sound == 'c' and not (after and after in 'eiy')):
                sound = 'k'
            elif sound == 'c':
                sound = 's'
            elif sound == 'y':
                sound = 'y' if after and after in 'aeiouy' else 'i'
        i += used
        if out[-1:] != sound:
            out += sound
    return [PLACE[c] for c in out if c in PLACE]


def readings(program, names):
    """The marked words of each name."""
    out = subprocess.run([program], input='\n'.join(names) + '\n', stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in out.splitlines():
        best = []
        for reading in line.split(' | '):
            words = [w for w in reading.split(' ') if w[:1] in MARKS]
            best = words or best
        yield best


def gather(program, folder):
    found = {f: [] for f in FAMILIES[1:]}

    def take(rows, family, separator=''):
        words = [(latin(a), b) for a, b in rows]
        for (a, _), w in zip(words, readings(program, [b + separator for _, b in words])):
            if len(a) >= 3 and len(w) == 1 and MARKS[w[0][0]] == family:
                found[family].append((phones(w[0][1:]), phones(a)))

    for name, family, separator in (('russian_20', 'cyrillic', ''), ('arabic_20', 'abjad', ''), ('arabic_80', 'abjad', ''), ('hebrew_20', 'abjad', ''),
                                    ('katakana_20', 'kana', ''), ('chinese_20', 'han', '·李'), ('chinese_80', 'han', '·李')):
        rows = [(r[0], r[1].replace(' ', '')) for r in lines(os.path.join(folder, 'wd_%s.tsv' % name))]
        rows = [r for r in rows if name.endswith('80') or half(r[0]) == 0]
        if separator:
            words = [(latin(a), b) for a, b in rows]
            for (a, _), w in zip(words, readings(program, [b + separator for _, b in words])):
                if len(a) >= 3 and len(w) == 2:
                    found[family].append((phones(w[0][1:]), phones(a)))
        else:
            R.shuffle(rows)
            take(rows[:PAIRS_MAX], family)
    rows = [r for r in lines(os.path.join(folder, 'wd_korean.tsv')) if len(r) == 2 and half(r[0]) == 0]
    rows = [r for r in rows if len(r[0].split()) == len(r[1].split()) == 2]
    for (a, _), w in zip(rows, readings(program, [r[1] for r in rows])):
        a = [latin(x) for x in a.split()]
        if len(w) == 2 and w[0][0] == '|' and min(map(len, a)) >= 3:
            found['hangul'].append(([phones(x[1:]) for x in w], [phones(x) for x in a]))
    return found


def start():
    table = [[0.0005] * COUNT for _ in range(COUNT)]
    for i in range(1, COUNT):
        table[i][i], table[i][0], table[0][i] = 0.03, 0.002, 0.002
        for j in range(1, COUNT):
            if i != j and SOUNDS[i - 1] in 'aeiouy' and SOUNDS[j - 1] in 'aeiouy':
                table[i][j] = 0.004
    return table


def align(x, y, table, trace=True):
    n, m = len(x), len(y)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            options = []
            if i and j:
                options.append(best[i - 1][j - 1] + table[x[i - 1]][y[j - 1]])
            if i:
                options.append(best[i - 1][j] + table[x[i - 1]][0])
            if j:
                options.append(best[i][j - 1] + table[0][y[j - 1]])
            best[i][j] = max(options) if options else 0.0
    pairs, i, j = [], n, m
    while trace and (i or j):
        if i and j and best[i][j] == best[i - 1][j - 1] + table[x[i - 1]][y[j - 1]]:
            i, j = i - 1, j - 1
            pairs.append((x[i], y[j]))
        elif i and best[i][j] == best[i - 1][j] + table[x[i - 1]][0]:
            i -= 1
            pairs.append((x[i], 0))
        else:
            j -= 1
            pairs.append((0, y[j]))
    return best[n][m], pairs


def ordered(pair, table):
    """Names of two words: which word is which."""
    if not isinstance(pair[0][0], list):
        return [pair]
    (a, b), (x, y) = pair
    straight = align(a, x, table, False)[0] + align(b, y, table, False)[0]
    turned = align(a, y, table, False)[0] + align(b, x, table, False)[0]
    return [(a, x), (b, y)] if straight >= turned else [(a, y), (b, x)]


def learn(pairs):
    pairs = R.sample(pairs, min(len(pairs), PAIRS_MAX // (2 if isinstance(pairs[0][0][0], list) else 1)))
    table = start()
    for _ in range(ROUNDS):
        logs = [[math.log(p) for p in row] for row in table]
        found = []
        for pair in pairs:
            for x, y in ordered(pair, logs):
                if x and y:
                    score, path = align(x, y, logs)
                    found.append((score / (len(x) + len(y)), path))
        found.sort(key=lambda f: f[0])
        counts = [[0.3] * COUNT for _ in range(COUNT)]
        for _, path in found[int(len(found) * NOISE):]:
            for a, b in path:
                counts[a][b] += 1
        total = sum(map(sum, counts))
        table = [[c / total for c in row] for row in counts]
    logs = [[math.log(p) for p in row] for row in table]
    return table, [o for pair in pairs for o in ordered(pair, logs) if o[0] and o[1]]


def worth(table):
    left = [sum(row) for row in table]
    right = [sum(row[j] for row in table) for j in range(COUNT)]
    a, b = sum(left[1:]), sum(right[1:])
    return [[0 if i == j == 0 else math.log(table[i][j]) - (math.log(left[i] / a) if i else 0) - (math.log(right[j] / b) if j else 0)
             for j in range(COUNT)] for i in range(COUNT)]


def through_latin(first, second):
    """Pairs of sounds of two scripts: both stand for one sound in Latin."""
    right = [sum(row[j] for row in first) for j in range(COUNT)]
    total = [sum(row[j] for row in second) for j in range(COUNT)]
    out = [[1e-5] * COUNT for _ in range(COUNT)]
    for i in range(COUNT):
        for k in range(COUNT):
            for j in range(COUNT):
                if i or k:
                    out[i][k] += first[i][j] * second[k][j] / max(right[j], total[j], 1e-9)
    s = sum(map(sum, out))
    return [[p / s for p in row] for row in out]


def floor(table, pairs):
    """What FALSE_SHARE of pairs drawn at random reaches: the alignment's worth over its length and four."""
    drawn = []
    for _ in range(8000):
        x, y = R.choice(pairs)[0], R.choice(pairs)[1]
        drawn.append(align(x, y, table, False)[0] / (len(x) + len(y) + 4))
    drawn.sort(reverse=True)
    at = drawn[int(len(drawn) * FALSE_SHARE)]
    right = sum(align(x, y, table, False)[0] / (len(x) + len(y) + 4) >= at for x, y in pairs[:2000]) / min(2000, len(pairs))
    return at, right


def main():
    found = gather(sys.argv[1], sys.argv[2])
    tables, out = {}, []
    for family in FAMILIES[1:]:
        R.seed(family)  # a family's table does not depend on the others
        tables[family], pairs = learn(found[family])
        table = worth(tables[family])
        at, right = floor(table, pairs)
        print('%s: %d pairs, floor %.2f passed by %.3f' % (family, len(pairs), at, right), file=sys.stderr)
        out.append((family, 'latin', at, table))
    for i, a in enumerate(FAMILIES[1:]):
        for b in FAMILIES[1:][i:]:
            table = worth(through_latin(tables[a], tables[b]))
            pairs = [(x, y) for x, _ in R.sample(out_pairs(found[a]), 400) for _, y in [(0, R.choice(out_pairs(found[b]))[0])]]
            out.append((a, b, floor(table, pairs)[0], table))
    print('# What it is worth, in hundredths of a natural logarithm, that a sound of one script stands where a sound of another')
    print('# does, or none ("-"): script<TAB>script<TAB>sound<TAB>a number for each sound, in the order of the line of letters; and')
    print('# the floor under which an alignment, over its length and four, says nothing.')
    print('# Source: learn_sounds.py over half of the pairs of names mined from Wikidata (CC0; NETransliteration-COLING2018).')
    for a, b, at, table in out:
        print('%s\t%s\tfloor\t%d' % (a, b, round(at * 100)))
        for i in range(COUNT):
            print('%s\t%s\t%s\t%s' % (a, b, '-' if i == 0 else SOUNDS[i - 1], ' '.join(str(round(v * 100)) for v in table[i])))


def out_pairs(pairs):
    if pairs and isinstance(pairs[0][0][0], list):
        return [(x, y) for p in pairs for x, y in zip(*p)]
    return pairs


main()
