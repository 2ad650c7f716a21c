#!/usr/bin/env python3
"""Counts OFAC CSV sets, UK ConLists and the index of the UK Sanctions List straight from their files, with nothing
but the csv module.

usage: count_lists.py [--program INTERDICT] [FILE…]

Without a FILE it takes the lists under $INTERDICT_DATA/lists (../shared/data where that is not set), and ends with 77 when
they are not there. Each FILE is the main file of an OFAC set (sdn.csv, cons_prim.csv, also .gz, in any case), a ConList or the
index. Prints a line of JSON a list. With --program the counts are held against `INTERDICT lists stats FILE --skip-bad --jsonl`; ends with 1 when
any differs.
"""
import collections
import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys

SIBLINGS = {'sdn.csv': ('alt.csv', 'add.csv', 'sdn_comments.csv'),
            'cons_prim.csv': ('cons_alt.csv', 'cons_add.csv', 'cons_comments.csv')}
LISTS = ('ofac/sdn-2016-10-11/SDN.CSV', 'ofac/sdn-2021-07/sdn.csv.gz', 'ofac/sdn-2023-07/sdn.csv.gz',
         'ofac/cons-2016-09-16/cons_prim.csv', 'ofac/cons-2025-12-19/cons_prim.csv', 'uk/ConList_2014-04-02.csv.gz',
         'uk/ConList_2018-04-13.csv.gz', 'uk/ConList_2023-06-05.csv.gz', 'uk/ConList_2025-04-14.csv.gz',
         'uk/ConList_sample_2020-04-27.csv', 'uk/UK_Sanctions_List_index_2025-08-11.csv')
OFAC_SCHEMA = {'individual': 'Person', 'vessel': 'Vessel', 'aircraft': 'Airplane', '-0-': 'Organization'}
UK_SCHEMA = {'Individual': 'Person', 'Entity': 'Organization', 'Ship': 'Vessel'}
WEAK = re.compile(r"^[afn]\.k\.a\. '(.+)'\.?$", re.S)


def rows(path):
    with open(path, 'rb') as file:
        data = file.read()
    if data[:2] == b'\x1f\x8b':
        data = gzip.decompress(data)
    try:
        text = data.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = data.decode('cp1252')
    return [row for row in csv.reader(io.StringIO(text, newline='')) if row and row != ['\x1a']]


def bare(name):
    return re.sub(r'\.(gz|zst)$', '', name.lower())


def sibling(main, name):
    folder = os.path.dirname(main) or '.'
    found = sorted((f for f in os.listdir(folder) if bare(f) == name), key=lambda f: (bare(f) != f.lower(), f))
    return rows(os.path.join(folder, found[0])) if found else []


def ofac(path):
    main = rows(path)
    alt, add, comments = (sibling(path, name) for name in SIBLINGS[bare(os.path.basename(path))])
    known = {row[0] for row in main}
    orphans = sum(row[0] not in known for row in alt + add + comments)
    rest = collections.defaultdict(str)
    for number, text in comments:
        rest[number] += text
    schema, programmes, names, weak = (collections.Counter() for _ in range(4))
    facts = collections.Counter()
    of = collections.defaultdict(set)
    for row in main:
        number, name, kind, codes = row[0], row[1], row[2].strip(), row[3].strip()
        schema[OFAC_SCHEMA[kind]] += 1
        of[number].add(name.strip())
        for code in set(codes.split('] [')):
            programmes[code] += 1
        if any(code.startswith('DPRK') for code in codes.split('] [')):
            facts['dprk'] += 1
            facts['dprk ' + OFAC_SCHEMA[kind]] += 1
        remarks = ('' if row[11].strip() == '-0-' else row[11]) + rest[number]
        pieces = [piece.strip() for piece in remarks.split(';')]
        weak[number] = len({m.group(1).strip() for m in map(WEAK.match, pieces) if m})
        facts['links'] += len({re.sub(r'\.$', '', p) for p in pieces if p.startswith('Linked To:')})
    for row in alt:
        if row[0] in known:
            of[row[0]].add((row[2], row[3].strip()))
    return {'dataset': 'us-ofac-cons' if 'cons' in os.path.basename(path).lower() else 'us-ofac-sdn',
            'entities': len(main), 'by_schema': dict(schema), 'by_programme': dict(programmes),
            'names': sum(map(len, of.values())) + sum(weak.values()), 'weak_names': sum(weak.values()), 'orphans': orphans,
            'facts': dict(facts)}


def uk(path):
    (_, date, *_), header, *body = rows(path)
    at = {name.strip(): i for i, name in enumerate(header)}
    schema, programmes = collections.Counter(), collections.Counter()
    groups, regimes, strong, weak = {}, collections.defaultdict(set), set(), set()
    for row in body:
        group = row[at['Group ID']].strip()
        groups[group] = row[at['Group Type']].strip()
        regimes[group].add(row[at['Regime']].strip())
        name = ' '.join(filter(None, (row[at[f'Name {i}']].strip() for i in range(1, 7))))
        quality = row[at['Alias Quality']] if 'Alias Quality' in at else ''
        primary = row[at['Alias Type']] in ('Primary name', 'Prime Alias')
        if quality.startswith('Low') and not primary:
            weak.add((group, name))
        else:
            kind = 'name' if primary else 'previousName' if row[at['Alias Type']] == 'FKA' else 'alias'
            strong.add((group, kind, name))
        script = row[at['Name Non-Latin Script']].strip() if 'Name Non-Latin Script' in at else ''
        for text in re.split(r'\(\d+\)', script) if script.startswith('(1)') else [script]:
            if text.strip(' ,;\n'):
                strong.add((group, 'alias', text.strip(' ,;\n')))
    for group, kind in groups.items():
        schema[UK_SCHEMA[kind]] += 1
        for regime in regimes[group]:
            programmes[regime] += 1
    day, month, year = date.split('/')
    return {'dataset': 'gb-ofsi', 'version': f'{year}-{month}-{day}', 'entities': len(groups),
            'by_schema': dict(schema), 'by_programme': dict(programmes), 'names': len(strong) + len(weak), 'weak_names': len(weak),
            'orphans': 0, 'facts': {'rows': len(body)}}


def uk_index(path):
    header, *body = rows(path)
    schema, programmes, names, measures = (collections.Counter() for _ in range(4))
    for row in body:
        of = dict(zip(header, (text.strip() for text in row)))
        schema[UK_SCHEMA[of['Type']]] += 1
        programmes[of['Regime Name']] += 1
        names['all'] += of['Name'] != ''
        measures.update(of['Sanctions Imposed'].split(', '))
    korea = [row for row in body if row[header.index('Regime Name')] == "Democratic People's Republic of Korea"]
    return {'dataset': 'gb-uksl', 'entities': len({row[0] for row in body}), 'by_schema': dict(schema),
            'by_programme': dict(programmes), 'names': names['all'], 'weak_names': 0, 'orphans': 0, 'rejected': 0,
            'facts': {'dprk': dict(collections.Counter(UK_SCHEMA[row[header.index('Type')]] for row in korea))}}


def count(path):
    name = bare(os.path.basename(path))
    return {'file': path, **(ofac(path) if name in SIBLINGS else uk_index(path) if 'index' in name else uk(path))}


def compare(program, counted):
    command = [program, 'lists', 'stats', counted['file'], '--skip-bad', '--jsonl']
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode not in (0, 3) or not run.stdout.strip():
        print(f'{counted["file"]}: the program ends with {run.returncode}', file=sys.stderr)
        return False
    said = json.loads(run.stdout.splitlines()[0])
    same = True
    for key in sorted(counted.keys() & said.keys() - {'file'}):
        if counted[key] != said[key]:
            print(f'{counted["file"]}: {key}: counted {counted[key]}, the program says {said[key]}', file=sys.stderr)
            same = False
    return same


def main(arguments):
    program = None
    if arguments[:1] == ['--program']:
        program, arguments = arguments[1], arguments[2:]
    if not arguments:
        root = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'lists')
        arguments = [os.path.join(root, name) for name in LISTS]
        if not os.path.exists(arguments[0]):
            print(f'{arguments[0]} is not there', file=sys.stderr)
            sys.exit(77)
    good = True
    for path in arguments:
        counted = count(path)
        print(json.dumps(counted, ensure_ascii=False))
        good &= program is None or compare(program, counted)
    sys.exit(not good)


if __name__ == '__main__':
    main(sys.argv[1:])
