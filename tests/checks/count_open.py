#!/usr/bin/env python3
"""Counts what OpenSanctions and those who use its forms publish straight from the files, with nothing but Python's own modules.

usage: count_open.py [--program INTERDICT]

Takes the files under $INTERDICT_DATA/ftm (../shared/data where that is not set), and ends with 77 when they are not there.
Prints a line of JSON a file. With --program the counts are held against `INTERDICT lists stats FILE --skip-bad --jsonl`;
ends with 1 when any differs.
"""
import collections
import csv
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'ftm')
EDGES = {'Associate', 'Directorship', 'Employment', 'Family', 'Membership', 'Occupancy', 'Ownership', 'Payment', 'Representation',
         'Succession', 'UnknownLink'}
NAMES = {'name', 'alias', 'previousName', 'weakAlias'}


def text_of(path):
    with open(path, 'rb') as file:
        data = file.read()
    return (gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data).decode('utf-8-sig')


def lines_of(path):
    return [line for line in text_of(path).split('\n') if line.strip()]


class Tally:
    """Entities and their distinct values; `place` tells lines apart, as a statement's own place does."""

    def __init__(self):
        self.schema, self.statements, self.names = {}, set(), set()

    def entity(self, key, schema):
        self.schema[key] = schema

    def say(self, key, prop, value, *place):
        self.statements.add((key, prop, value, *place))
        if prop in NAMES:
            self.names.add((key, prop, value))

    def result(self, **more):
        return {'entities': len(self.schema), 'by_schema': dict(sorted(collections.Counter(self.schema.values()).items())),
                'names': len(self.names), 'weak_names': sum(name[1] == 'weakAlias' for name in self.names),
                'statements': len(self.statements), 'relations': sum(s in EDGES for s in self.schema.values()), **more}


def is_entity(value):
    return isinstance(value, dict) and 'id' in value and 'schema' in value


def values_of(value):
    return value if isinstance(value, list) else [value]


def take_entity(tally, entity, place):
    """One FollowTheMoney object: its values, then the entities that are nested in it."""
    key = entity['id']
    tally.entity(key, entity['schema'])
    datasets = entity.get('datasets') or ['']
    for dataset in datasets:
        tally.say(key, 'id', key, dataset, place)
    for referent in entity.get('referents', []):
        tally.say(key, 'id', referent, datasets[0], place)
    derived = {'id', 'caption', 'schema', 'properties', 'datasets', 'referents', 'first_seen', 'last_seen', 'last_change',
               'target'}
    stray = [(prop, value) for prop, value in entity.items() if prop not in derived]
    for prop, values in list(entity['properties'].items()) + stray:
        for value in values_of(values):
            if is_entity(value):
                take_entity(tally, value, place)
                # "familyPerson" and the like say what the nested entity says itself
                if key in (v['id'] if is_entity(v) else v for vs in value['properties'].values() for v in values_of(vs)):
                    continue
                value = value['id']
            if value is None or not str(value).strip():
                continue
            tally.say(key, prop, json.dumps(value) if isinstance(value, (dict, list)) else str(value), datasets[0], place)


def entities(path):
    tally = Tally()
    for number, line in enumerate(lines_of(path)):
        take_entity(tally, json.loads(line), number)
    return tally.result(format='ftm')


def cell(text):
    """Values between semicolons, quoted as in CSV where they need it."""
    return next(csv.reader([text], delimiter=';'), []) if '\n' not in text and '\r' not in text else \
        next(csv.reader(io.StringIO(text, newline=''), delimiter=';'), [])


def imo_ship(text):
    """IMO Resolution A.1117(30): the seventh digit is that of the sum of the first six, weighted 7 to 2."""
    digits = text[3:]
    return text.startswith('IMO') and digits.isdigit() and len(digits) == 7 and \
        sum(int(d) * w for d, w in zip(digits, range(7, 1, -1))) % 10 == int(digits[6])


def simple(path):
    tally = Tally()
    plain = {'name': 'name', 'aliases': 'alias', 'birth_date': 'birthDate', 'countries': 'country', 'addresses': 'address',
             'phones': 'phone', 'emails': 'email', 'dataset': 'dataset', 'last_change': 'last_change',
             'identifiers': 'identifier'}
    programmes, facts, version = collections.Counter(), collections.Counter(), ''
    for row in csv.DictReader(io.StringIO(text_of(path), newline='')):
        key = row['id']
        tally.entity(key, row['schema'])
        tally.say(key, 'id', key)
        for column, prop in plain.items():
            for value in cell(row[column]) if column != 'name' else [row[column]]:
                if value.strip():
                    tally.say(key, prop, value.strip())
                    facts['ships by IMO number'] += row['schema'] == 'Vessel' and prop == 'identifier' and imo_ship(value)
        sanctions = {value.strip() for value in cell(row['sanctions'])} if row['sanctions'] else set()
        for value in sanctions:
            part = key + ' sanction ' + value
            tally.say(part, 'id', part)
            tally.say(part, 'entity', key)
            if value:
                tally.say(part, 'summary', value)
        codes = cell(row.get('program_ids', ''))
        if codes and len(cell(row['sanctions'])) != 1:
            tally.say(key + ' programmes', 'id', '')
            tally.say(key + ' programmes', 'entity', key)
        for code in codes:
            tally.say(key + ' programmes', 'programId', code)
            programmes[code] += 1
        version = max(version, row['last_seen'])
    return tally.result(format='targets-simple', version=version, by_programme=dict(programmes), facts=dict(facts))


def senzing(path):
    tally = Tally()
    schemata = {'PERSON': 'Person', 'ORGANIZATION': 'Organization', None: 'LegalEntity'}
    props = {'GENDER': 'gender', 'DATE_OF_BIRTH': 'birthDate', 'PLACE_OF_BIRTH': 'birthPlace', 'NATIONALITY': 'nationality',
             'CITIZENSHIP': 'country', 'WEBSITE_ADDRESS': 'website', 'URL': 'sourceUrl', 'LAST_CHANGE': 'LAST_CHANGE'}
    known = {'DATA_SOURCE', 'RECORD_ID', 'RECORD_TYPE'}
    relations = 0
    for line in lines_of(path):
        record = json.loads(line)
        key = record['RECORD_ID']
        tally.entity(key, schemata[record['RECORD_TYPE']])
        tally.say(key, 'id', key)
        groups = [{k: v for k, v in record.items() if not isinstance(v, list)}]
        for value in record.values():
            groups += value if isinstance(value, list) else []
        for group in groups:
            if 'NAME_FULL' in group:
                tally.say(key, 'name' if group['NAME_TYPE'] == 'PRIMARY' else 'alias', group['NAME_FULL'])
            elif 'OTHER_ID_TYPE' in group:
                tally.say(key, group['OTHER_ID_TYPE'], group['OTHER_ID_NUMBER'])
            elif 'TRUSTED_ID_TYPE' in group:
                tally.say(key, group['TRUSTED_ID_TYPE'].lower() + 'Id', group['TRUSTED_ID_NUMBER'])
            elif 'REL_POINTER_KEY' in group:
                relations += 1
                part = f'{key} {group["REL_ANCHOR_KEY"]} {group["REL_POINTER_KEY"]}'
                for prop in ('REL_ANCHOR_DOMAIN', 'REL_ANCHOR_KEY', 'REL_POINTER_DOMAIN', 'REL_POINTER_KEY', 'id'):
                    tally.say(part, prop, group.get(prop, part))
            else:
                for name, value in group.items():
                    if name not in known:
                        tally.say(key, props[name], value)
    return {**tally.result(format='senzing', dataset='OS_WD_PERSONS'), 'relations': relations}


def delta(index):
    """The base, where it is there, with every line of the deltas done to it, one after the other."""
    folder, state = os.path.dirname(index), {}
    base = os.path.join(folder, 'entities.ftm.json')
    versions = list(json.loads(text_of(index))['versions'])
    for number, line in enumerate(lines_of(base) if os.path.exists(base) else []):
        entity = json.loads(line)
        state[entity['id']] = (entity, ('base', number))
    for version in versions:
        for number, line in enumerate(lines_of(os.path.join(folder, version, 'entities.delta.json'))):
            change = json.loads(line)
            key = change['entity']['id']
            state.pop(key, None)
            if change['op'] != 'DEL':
                state[key] = (change['entity'], (version, number))
    tally = Tally()
    for entity, place in state.values():
        take_entity(tally, entity, place)
    return tally.result(format='ftm-delta', version=versions[-1])


def joined(program):
    """The deltas of the second folder on the base of the first."""
    with tempfile.TemporaryDirectory() as folder:
        deltas = os.path.realpath(os.path.join(ROOT, 'yente_delta', 't2'))
        for name in os.listdir(deltas):
            os.symlink(os.path.join(deltas, name), os.path.join(folder, name))
        os.symlink(os.path.realpath(os.path.join(ROOT, 'yente_delta', 't1', 'entities.ftm.json')),
                   os.path.join(folder, 'entities.ftm.json'))
        path = os.path.join(folder, 'delta.json')
        counted = delta(path)
        print(json.dumps({'file': 'yente_delta, t2 on t1', **counted}))
        return program is None or compare(program, path, counted)


FILES = {
    'yente_delta/t1/delta.json': delta,
    'yente_delta/t2/delta.json': delta,
    'sa_wiki_peps.senzing.json': senzing,
    'opensanctions_csv/interpol_red_notices.targets.simple.csv.gz': simple,
    'opensanctions_csv/ua_war_sanctions.targets.simple.csv.gz': simple,
    'eu_authorities.ftm.json': entities,
    'yente_zala/entities.ftm.json': entities,
    'yente_parteispenden/entities.ftm.json': entities,
    'nomenklatura_donations.ijson': entities,
    'sa_wiki_peps.entities.ftm.json.gz': entities,
    'sa_wiki_peps.targets.nested.json': entities,
}


def compare(program, path, counted):
    command = [program, 'lists', 'stats', path, '--skip-bad', '--jsonl']
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode not in (0, 3) or not run.stdout.strip():
        print(f'{path}: the program ends with {run.returncode}: {run.stderr}', file=sys.stderr)
        return False
    said = json.loads(run.stdout.splitlines()[0])
    same = True
    for key in sorted(counted.keys() - {'facts'}):
        if counted[key] != said.get(key):
            print(f'{path}: {key}: counted {counted[key]}, the program says {said.get(key)}', file=sys.stderr)
            same = False
    return same


def main(arguments):
    program = arguments[1] if arguments[:1] == ['--program'] else None
    if not os.path.isdir(ROOT):
        print(f'{ROOT} is not there', file=sys.stderr)
        sys.exit(77)
    good = True
    for name, count in FILES.items():
        path = os.path.join(ROOT, name)
        counted = {'rejected': 0, 'orphans': 0, **count(path)}
        print(json.dumps({'file': name, **counted}, ensure_ascii=False))
        good &= program is None or compare(program, path, counted)
    good &= joined(program)
    sys.exit(not good)


if __name__ == '__main__':
    main(sys.argv[1:])
