"""Makes the table of words for kinds of holdings from data/read/holdings.tsv.

usage: holdings.py HOLDINGS OUT.c
"""
import sys

KINDS = ('shares', 'votes', 'board', 'control')
WORD_BYTES_MAX = 96  # ITD_MAPPING_WORD_BYTES_MAX


def fail(path, line, reason):
    sys.exit(f'{path}:{line}: {reason}')


def plain(word):
    """As mapping_words.c compares: lower case, of ASCII only letters and digits."""
    return ''.join(c for c in word.lower() if ord(c) > 127 or c.isalnum())


def main(holdings, out):
    words = {}
    with open(holdings, encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            fields = line.split('\t')
            if len(fields) != 2 or fields[0] not in KINDS:
                fail(holdings, number, 'a kind and its words are wanted')
            for word in (plain(w) for w in fields[1].split(',')):
                if not word or len(word.encode()) > WORD_BYTES_MAX - 2 or words.get(word, fields[0]) != fields[0]:
                    fail(holdings, number, f'"{word}" is empty, too long or means something else already')
                words[word] = fields[0]
    with open(out, 'w', encoding='utf-8') as file:
        file.write('/* Generated from data/read/holdings.tsv: words in byte order. */\n#include "read/holding.h"\n\n'
                   'const itd_holding_word itd_holding_words[] = {\n')
        for word, kind in sorted(words.items(), key=lambda w: w[0].encode()):
            file.write(f'    {{"{word}", ITD_STAKE_{kind.upper()}}},\n')
        file.write(f'}};\nconst size_t itd_holding_word_count = {len(words)};\n')


main(*sys.argv[1:])
