"""Makes the table behind model/country.h from the list of countries.

usage: countries.py COUNTRIES OUT.h OUT.c
"""
import sys
import unicodedata

from tables import fail, lines, rows, slot_lines, slots

FOLD_FIRST, FOLD_LAST = 0xC0, 0x24F  # Latin letters with accents
LETTERS = {'ß': 'ss', 'ı': 'i', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'æ': 'ae', 'œ': 'oe', 'ħ': 'h'}
DROPPED = ".'`’‘ʼ´"


def letter(char):
    """A Latin letter without its accents, in lower case; empty when it has no such form."""
    char = LETTERS.get(char.lower(), char.lower())
    plain = ''.join(c for c in unicodedata.normalize('NFKD', char) if not unicodedata.combining(c))
    return plain if plain.isascii() and plain.isalnum() else ''


def fold(text):
    """The key of a name, as country.c makes it."""
    out = []
    for char in text.replace('&', ' and '):
        if char in DROPPED or unicodedata.combining(char):
            continue
        out.append(letter(char) if char.isascii() or FOLD_FIRST <= ord(char) <= FOLD_LAST else char)
        out[-1] = out[-1] or ' '
    key = ' '.join(''.join(out).split())
    return key[4:] if key.startswith('the ') else key


def read(path):
    countries, keys, weak = {}, {}, []
    for line, (code, codes, name, others, nationalities) in rows(path, 5):
        if code in countries:
            fail(path, line, f'{code} stands there twice')
        countries[code] = (len(countries), name)
        for text in [code, name, *filter(None, '|'.join((codes, others, nationalities)).split('|'))]:
            weak.append((line, fold(text), countries[code][0]))
    for line, key, number in weak:
        if not key:
            fail(path, line, 'an entry without letters')
        if keys.setdefault(key, number) != number:
            fail(path, line, f'"{key}" means two countries')
    return countries, keys


def main(path, header_path, table_path):
    countries, keys = read(path)
    with open(header_path, 'w', encoding='utf-8') as file:
        file.write(f'/* Generated from data/model/countries.tsv. */\n'
                   f'#define ITD_COUNTRY_COUNT {len(countries)}\n#define ITD_COUNTRY_SLOTS {len(slots(keys))}\n'
                   f'#define ITD_COUNTRY_KEY_MAX {max(len(k.encode()) for k in keys)}\n'
                   f'#define ITD_COUNTRY_FOLD_FIRST 0x{FOLD_FIRST:X}\n#define ITD_COUNTRY_FOLD_LAST 0x{FOLD_LAST:X}\n')
    with open(table_path, 'w', encoding='utf-8') as file:
        file.write('/* Generated from data/model/countries.tsv. */\n#include "model/country_table.h"\n\n')
        file.write('const itd_country_row itd_country_rows[ITD_COUNTRY_COUNT] = {\n' + lines(
            f'{{"{code}", "{name}"}}' for code, (_, name) in countries.items()) + '};\n\n')
        file.write('const itd_name_slot itd_country_slots[ITD_COUNTRY_SLOTS] = {\n' + slot_lines(keys) + '};\n\n')
        file.write('const char itd_country_letters[ITD_COUNTRY_FOLD_LAST - ITD_COUNTRY_FOLD_FIRST + 1][4] = {\n' + lines(
            f'"{letter(chr(c))}"' for c in range(FOLD_FIRST, FOLD_LAST + 1)) + '};\n')


main(*sys.argv[1:])
