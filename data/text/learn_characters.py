#!/usr/bin/env python3
"""Learns what Chinese characters stand for in foreign names. Usage: learn_characters.py FOLDER >transcribing.tsv

FOLDER holds names in two scripts as mined from Wikidata (CC0; NETransliteration-COLING2018). Half of the names of the
smaller file, by a hash, is left for measuring. Names are first cut where their Mandarin readings fit best by sounds.tsv,
then twice by which sounds each character has most often stood for (hard expectation maximisation). Standard library only;
the same input gives the same bytes.
"""
import collections
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = open(os.path.join(HERE, 'learn_sounds.py'), encoding='utf-8').read().split('\ndef readings')[0]
exec(SOURCE)  # SOUNDS, lines, latin, phones, half
SPELLED = {'S': 'sh', 'C': 'ch', 'Z': 'zh', 'T': 'ts', 'X': 'kh', 'x': 'ks'}
FIRST = {'q': 'ch', 'x': 'sh'}
CHUNK_MAX, ROUNDS, LEAST, STANDS = 5, 2, 8, 27


def tables():
    pinyin, worth = {}, []
    for line in open(os.path.join(HERE, 'pinyin.tsv'), encoding='utf-8'):
        if line[0] != '#':
            syllable, characters = line.rstrip('\n').split('\t')
            first = FIRST.get(syllable[0]) or ('ts' if syllable[0] == 'c' and syllable[1:2] != 'h' else syllable[0])
            pinyin.update(dict.fromkeys(characters, phones(first + syllable[1:])))
    for line in open(os.path.join(HERE, 'sounds.tsv'), encoding='utf-8'):
        row = line.rstrip('\n').split('\t')
        if row[:2] == ['han', 'latin'] and row[2] != 'floor':
            worth.append([int(x) / 100 for x in row[3].split(' ')])
    return pinyin, worth


def by_reading(characters, sounds, pinyin, worth):
    """Sounds of each character, by the best alignment of the Mandarin reading; None when it is worth nothing."""
    x = [(p, i) for i, c in enumerate(characters) for p in pinyin[c]]
    n, m = len(x), len(sounds)
    best = [[(0.0, None)] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            options = []
            if i and j:
                options.append((best[i - 1][j - 1][0] + worth[x[i - 1][0]][sounds[j - 1]], (1, 1)))
            if i:
                options.append((best[i - 1][j][0] + worth[x[i - 1][0]][0], (1, 0)))
            if j:
                options.append((best[i][j - 1][0] + worth[0][sounds[j - 1]], (0, 1)))
            if options:
                best[i][j] = max(options, key=lambda o: o[0])
    if best[n][m][0] <= 0:
        return None
    chunks, i, j = [[] for _ in characters], n, m
    while i or j:
        di, dj = best[i][j][1]
        if dj:
            chunks[x[max(i, 1) - 1][1]].insert(0, sounds[j - 1])
        i, j = i - di, j - dj
    return [tuple(c[:CHUNK_MAX]) for c in chunks]


def by_counts(characters, sounds, counts, everything):
    """Sounds of each character, by how often it has stood for them."""
    total = sum(everything.values())

    def likely(c, chunk):
        found = counts[c]
        return math.log((found[chunk] + 3 * (everything[chunk] + 0.01) / total) / (sum(found.values()) + 3))

    n = len(sounds)
    best = [{0: (0.0, 0)}]
    for c in characters:
        row = {}
        for j, (score, _) in best[-1].items():
            for size in range(min(CHUNK_MAX, n - j) + 1):
                s = score + likely(c, sounds[j:j + size])
                if j + size not in row or s > row[j + size][0]:
                    row[j + size] = (s, size)
        best.append(row)
    chunks, j = [], n
    if n not in best[-1]:
        return None
    for row in reversed(best[1:]):
        chunks.insert(0, sounds[j - row[j][1]:j])
        j -= row[j][1]
    return chunks


def main():
    pinyin, worth = tables()
    names, stands = [], collections.Counter()
    for name in ('chinese_80', 'chinese_20'):
        for row in lines(os.path.join(sys.argv[1], 'wd_%s.tsv' % name)):
            a, b = latin(row[0]), row[1].replace(' ', '')
            stands.update(b)
            if (name == 'chinese_80' or half(row[0]) == 0) and len(a) >= 3 and len(b) >= 2 and all(c in pinyin for c in b):
                names.append((b, tuple(phones(a))))
    counts = collections.defaultdict(collections.Counter)
    kept = []
    for b, y in names[::2]:
        chunks = by_reading(b, y, pinyin, worth) if len(y) > 1 else None
        if chunks:
            kept.append((b, y))
            for c, chunk in zip(b, chunks):
                counts[c][chunk] += 1
    for _ in range(ROUNDS):
        everything = sum(counts.values(), collections.Counter())
        fresh = collections.defaultdict(collections.Counter)
        for b, y in kept:
            for c, chunk in zip(b, by_counts(b, y, counts, everything) or ()):
                fresh[c][chunk] += 1
        counts = fresh
    print('# Chinese characters that foreign names are written with, for their sound, and what they stand for most often, in')
    print('# Latin; without it, their Mandarin reading: character<TAB>Latin.')
    print('# Source: learn_characters.py over names mined from Wikidata (CC0; NETransliteration-COLING2018).')
    for c, n in sorted(stands.items(), key=lambda x: (-x[1], x[0])):
        if n < STANDS or c not in pinyin:
            continue
        ranked = sorted(counts[c].items(), key=lambda x: (-x[1], x[0]))
        chunk = next((k for k, _ in ranked if k), ()) if sum(counts[c].values()) >= LEAST else ()
        print(c + ('\t' + ''.join(SPELLED.get(SOUNDS[i - 1], SOUNDS[i - 1]) for i in chunk) if chunk else ''))


main()
