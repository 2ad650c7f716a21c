"""Makes the table of header words from data/read/headers.tsv.

usage: headers.py HEADERS PROPERTIES OUT.c
"""
import sys


def fail(path, line, reason):
    sys.exit(f'{path}:{line}: {reason}')


def rows(path, columns):
    with open(path, encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip('\n')
            if line and not line.startswith('#'):
                fields = line.split('\t')
                if len(fields) < columns:
                    fail(path, number, f'{len(fields)} columns, not {columns}')
                yield number, fields


def plain(word):
    """As mapping_words.c compares: lower case, of ASCII only letters and digits."""
    return ''.join(c for c in word.lower() if ord(c) > 127 or c.isalnum())


def main(headers, properties, out):
    known = {fields[1] for _, fields in rows(properties, 2)} | {'@id', '@schema'}
    words = {}
    for number, (meaning, many, text) in rows(headers, 3):
        if meaning not in known or many not in ('one', 'many'):
            fail(headers, number, f'no such meaning: {meaning} {many}')
        for word in (plain(w) for w in text.split(',')):
            if not word or words.get(word, (meaning, many)) != (meaning, many):
                fail(headers, number, f'"{word}" is empty or means something else already')
            words[word] = (meaning, many)
    with open(out, 'w', encoding='utf-8') as file:
        file.write('/* Generated from data/read/headers.tsv: words in byte order. */\n#include "read/mapping_words.h"\n\n'
                   'const itd_mapping_word_row itd_mapping_words[] = {\n')
        for word, (meaning, many) in sorted(words.items(), key=lambda w: w[0].encode()):
            file.write(f'    {{"{word}", "{meaning}", {"true" if many == "many" else "false"}}},\n')
        file.write(f'}};\nconst size_t itd_mapping_word_count = {len(words)};\n')


main(*sys.argv[1:])
