#!/usr/bin/env python3
"""Counts the EU's lists straight from their files, with nothing but Python's own XML and CSV modules.

usage: count_eu.py [--program INTERDICT]

Takes the files under $INTERDICT_DATA/lists/eu (../shared/data where that is not set) and ends with 77 when they are not
there. Prints a line of JSON a file. With --program the counts are held against `INTERDICT lists stats FILE --skip-bad
--jsonl`; ends with 1 when any differs.
"""
import collections
import csv
import gzip
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as tree

FSF_SCHEMA = {'person': 'Person', 'enterprise': 'Organization', 'P': 'Person', 'E': 'Organization'}


def fsf_xml(path):
    """A key that comes twice counts once, and as a record left out."""
    root = tree.parse(path).getroot()
    space = root.tag.partition('}')[0] + '}'
    keys, schema, programmes, names, weak, rejected = set(), collections.Counter(), collections.Counter(), set(), 0, 0
    for entity in root.findall(space + 'sanctionEntity'):
        key = entity.get('euReferenceNumber')
        if key in keys:
            rejected += 1
            continue
        keys.add(key)
        schema[FSF_SCHEMA[entity.find(space + 'subjectType').get('code')]] += 1
        for programme in {r.get('programme') for r in entity.findall(space + 'regulation')}:
            programmes[programme] += 1
        for alias in entity.findall(space + 'nameAlias'):
            names.add((key, alias.get('strong') == 'false', ' '.join(alias.get('wholeName').split())))
    weak = sum(w for _, w, _ in names)
    return {'dataset': 'eu-fsf', 'version': root.get('generationDate')[:10], 'entities': len(keys),
            'by_schema': dict(schema), 'by_programme': dict(programmes), 'names': len(names), 'weak_names': weak,
            'rejected': rejected, 'orphans': 0}


def fsf_csv(path):
    """The first name of an entity is its name, all others are aliases."""
    with open(path, encoding='utf-8', newline='') as file:
        header, *rows = csv.reader(file, delimiter=';')
    at = {name: i for i, name in reversed(list(enumerate(header)))}
    schema, programmes, names = {}, set(), set()
    first, facts = {}, collections.defaultdict(set)
    for row in rows:
        assert len(row) == len(header)
        key = row[at['EU_ref_num']]
        schema[key] = FSF_SCHEMA[row[at['Subject_type']]]
        programmes.add((key, row[at['Programme']]))
        name = ' '.join(row[at['Naal_wholename']].split())
        if name:
            names.add((key, 'name' if first.setdefault(key, row[at['Naal_logical_id']]) == row[at['Naal_logical_id']] else 'alias', name))
        for kind in ('Naal', 'Addr', 'Birt', 'Iden', 'Citi'):
            if row[at[kind + '_logical_id']]:
                facts[kind].add(row[at[kind + '_logical_id']])
    day, month, year = rows[0][0].split('/')
    return {'dataset': 'eu-fsf', 'version': f'{year}-{month}-{day}', 'entities': len(schema),
            'by_schema': dict(collections.Counter(schema.values())),
            'by_programme': dict(collections.Counter(code for _, code in programmes)), 'names': len(names), 'weak_names': 0,
            'rejected': 0, 'orphans': 0, 'facts': {kind: len(ids) for kind, ids in facts.items()}}


def journal(path):
    with (gzip.open if path.endswith('.gz') else open)(path, 'rb') as file:
        text = file.read().decode()
    schema, programmes, names = collections.Counter(), collections.defaultdict(set), set()
    keys, imo = {}, set()
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=''))):
        act = row.get('celex') or row['amendmentCelex']
        key = (act, row['annex'], row['recordId'] or number)
        if key not in keys:
            schema[row['schema']] += 1
        assert keys.setdefault(key, (row['schema'], row['name'])) == (row['schema'], row['name'])
        programmes[row['programKey']].add(key)
        names.add((key, 'name', row['name']))
        for kind in ('alias', 'weakAlias', 'previousName'):
            for values in csv.reader([row[kind]], delimiter=';', skipinitialspace=True):
                names.update((key, kind, value.strip()) for value in values if value.strip())
        imo.update(row['imoNumber'].split('; ') if row['imoNumber'] else ())
    facts = {'imo': len(imo)}
    return {'dataset': 'eu-journal', 'entities': len(keys), 'by_schema': dict(schema),
            'by_programme': {code: len(of) for code, of in programmes.items()}, 'names': len(names),
            'weak_names': sum(kind == 'weakAlias' for _, kind, _ in names), 'rejected': 0, 'orphans': 0, 'facts': facts}


COUNTS = [('eu_fsf_1_1_sample_2020-04-15.xml', fsf_xml), ('eu_fsf_csv-old-format_sample_2018-07-04.csv', fsf_csv)]


def compare(program, path, counted):
    command = [program, 'lists', 'stats', path, '--skip-bad', '--jsonl', '--quiet']
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    if run.returncode not in (0, 3) or not run.stdout.strip():
        print(f'{path}: the program ends with {run.returncode}', file=sys.stderr)
        return False
    said = json.loads(run.stdout.splitlines()[0])
    differ = [key for key in counted if key != 'facts' and counted[key] != said[key]]
    for key in differ:
        print(f'{path}: {key}: counted {counted[key]}, the program says {said[key]}', file=sys.stderr)
    return not differ


def main(arguments):
    program = arguments[1] if arguments[:1] == ['--program'] else None
    root = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'lists', 'eu')
    if not os.path.isdir(root):
        print(f'{root} is not there', file=sys.stderr)
        sys.exit(77)
    good = True
    journals = sorted(os.listdir(os.path.join(root, 'journal')))
    for name, count in COUNTS + [('journal/' + name, journal) for name in journals if '.csv' in name]:
        path = os.path.join(root, name)
        counted = count(path)
        print(json.dumps({'file': name, **counted}, ensure_ascii=False))
        good &= program is None or compare(program, path, counted)
    sys.exit(not good)


if __name__ == '__main__':
    main(sys.argv[1:])
