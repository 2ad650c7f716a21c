#!/usr/bin/env python3
"""Cantonese readings as people in Hong Kong spell their names. Usage: cantonese.py Unihan_Readings.txt >cantonese.tsv

Of the characters that hanja.tsv has, those of names; kCantonese gives Jyutping, of which the Hong Kong Government's
spelling (as its directories of names have it, without tones) is made by rule. Standard library only.
"""
import collections
import os
import re
import sys

FIRST = {'gw': 'kw', 'kw': 'kw', 'ng': 'ng', 'b': 'p', 'd': 't', 'g': 'k', 'z': 'ch', 'c': 'ch', 'j': 'y', 's': 's'}
FINAL = {'aa': 'a', 'aai': 'ai', 'aau': 'au', 'aam': 'am', 'aan': 'an', 'aang': 'ang', 'aap': 'ap', 'aat': 'at', 'aak': 'ak', 'am': 'am',
         'eoi': 'ui', 'eon': 'un', 'eot': 'ut', 'oe': 'eu', 'oeng': 'eung', 'oek': 'euk', 'ou': 'o', 'yu': 'u', 'yun': 'uen', 'yut': 'uet'}
WHOLE = {'si': 'sze', 'zi': 'chi', 'ci': 'chi', 'jyu': 'yu', 'jyun': 'yuen', 'jyut': 'yuet', 'zyu': 'chu', 'syu': 'shu', 'zou': 'cho',
         'gam': 'kam', 'm': 'ng', 'syun': 'suen', 'san': 'san', 'seon': 'shun', 'seoi': 'shui', 'ceoi': 'tsui', 'cung': 'chung',
         'coi': 'choi', 'zang': 'tsang', 'coek': 'cheuk', 'zoek': 'cheuk', 'sau': 'sau', 'wu': 'wu', 'ji': 'yi', 'jing': 'ying'}


def spelled(jyutping):
    if jyutping in WHOLE:
        return WHOLE[jyutping]
    first = next((f for f in FIRST if jyutping.startswith(f)), '')
    if not first and jyutping[0] not in 'aeiou':
        first = jyutping[0]
    final = jyutping[len(first):]
    return FIRST.get(first, first) + FINAL.get(final, final)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    wanted = {c for line in open(os.path.join(here, 'hanja.tsv'), encoding='utf-8') if line[0] != '#' for c in line.split('\t')[1].strip()}
    found = collections.defaultdict(list)
    for line in open(sys.argv[1], encoding='utf-8'):
        row = line.rstrip('\n').split('\t')
        if len(row) == 3 and row[1] == 'kCantonese' and chr(int(row[0][2:], 16)) in wanted:
            found[spelled(re.sub('[0-9]', '', row[2].split(' ')[0]))].append(chr(int(row[0][2:], 16)))
    print('# Cantonese readings of Chinese characters of names, as people in Hong Kong spell them: syllable<TAB>characters.')
    print('# Source: cantonese.py over the Unicode Han Database 14, kCantonese (Unicode licence).')
    for syllable in sorted(found):
        print(syllable + '\t' + ''.join(sorted(found[syllable])))


main()
