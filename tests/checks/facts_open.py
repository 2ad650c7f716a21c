#!/usr/bin/env python3
"""Holds every value of the files in open formats against what the program exports, both ways: nothing is lost, nothing is added.

usage: facts_open.py --program INTERDICT

FollowTheMoney entities, flat and nested, OpenSanctions' targets.simple.csv and Senzing records are taken apart by count_open.py.
Deltas: the base with all deltas done to it by this script is written as one full file; the program has to say the same of the full
file as of the base with its deltas. Each FollowTheMoney file that the program writes (`export --format ftm`) has to say the same as the
file that it was read from. Ends with 77 when the files are not there.
"""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

import count_open
from facts import data, export, run, same

FILES = [f'ftm/{name}' for name in count_open.FILES] + ['ftm/aleph_samples.ijson', 'ftm/yente_delta/t1/entities.ftm.json']


class Keeper(count_open.Tally):
    """Keeps what count_open counts."""
    last = None

    def __init__(self):
        super().__init__()
        Keeper.last = self


count_open.Tally = Keeper


def wanted_of(name, path):
    count_open.FILES.get(name.removeprefix('ftm/'), count_open.entities)(path)
    tally = Keeper.last
    simple = '.simple.' in name
    return {(kind_of(prop, value) if simple else prop, key, plain(value)) for key, prop, value, *_ in tally.statements
            if key in tally.schema and prop != 'id'} | \
        {('schema', key, schema) for key, schema in tally.schema.items()}


def plain(value):
    """Objects among the values without the blanks that differ."""
    try:
        return json.dumps(json.loads(value)) if value.startswith('{') else value.strip()
    except ValueError:
        return value.strip()


def imo_company(value):
    """IMO Circular Letter 1554: the first six digits, weighted 8 6 4 2 9 7, and the check of the seventh by 11."""
    digits = value.removeprefix('IMO')
    if not re.fullmatch(r'\d{7}', digits):
        return False
    rest = sum(int(d) * w for d, w in zip(digits, (8, 6, 4, 2, 9, 7))) % 11
    return (11 - rest) % 10 == int(digits[6])


def kind_of(prop, value):
    """targets.simple.csv does not say what kind of identifier each is: a ship's number is recognised by its check."""
    if prop in ('identifier', 'idNumber', 'registrationNumber'):
        return 'identifier'
    return 'identifier' if prop == 'imoNumber' and (count_open.imo_ship(value) or imo_company(value)) else prop


def got_of(entities, wanted, simple):
    keys = {fact[1] for fact in wanted}
    facts = {('schema', name, e.schema) for name, e in entities.items()}
    facts |= {(kind_of(prop, said) if simple else prop, name, plain(said)) for name, e in entities.items() for prop, found in e.said.items() if prop != 'id' for said in found}
    return {fact for fact in facts if fact[1] in keys}


def said_by_export(program, path):
    """The statements of what the program wrote as FollowTheMoney, read again."""
    with tempfile.TemporaryDirectory() as folder:
        index, copy = os.path.join(folder, 'x.idx'), os.path.join(folder, 'copy.ftm.json')
        subprocess.run([program, 'index', '-q', '-o', index, path], check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        with open(copy, 'wb') as file:
            subprocess.run([program, 'export', '-l', index, '--format', 'ftm'], check=True, stdout=file)
        return values_of(export(program, copy))


def values_of(entities):
    return {(name, e.schema, prop, value) for name, e in entities.items() for prop, found in e.value.items() for value in found}


def check_delta(program):
    """The next full file, made by this script out of the base and its deltas."""
    root = os.path.join(data(), 'ftm', 'yente_delta')
    with tempfile.TemporaryDirectory() as folder:
        for entry in os.listdir(os.path.join(root, 't2')):
            os.symlink(os.path.realpath(os.path.join(root, 't2', entry)), os.path.join(folder, entry))
        base = os.path.join(root, 't1', 'entities.ftm.json')
        os.symlink(os.path.realpath(base), os.path.join(folder, 'entities.ftm.json'))
        with open(base, encoding='utf-8') as file:
            state = {entity['id']: entity for entity in map(json.loads, file)}
        before = dict(state)
        with open(os.path.join(root, 't2', 'delta.json'), encoding='utf-8') as file:
            versions = list(json.load(file)['versions'])
        for version in versions:
            with open(os.path.join(root, 't2', version, 'entities.delta.json'), encoding='utf-8') as file:
                for change in map(json.loads, file):
                    state.pop(change['entity']['id'], None)
                    if change['op'] != 'DEL':
                        state[change['entity']['id']] = change['entity']
        full = os.path.join(folder, 'next', 'full.ftm.json')
        os.mkdir(os.path.dirname(full))
        with open(full, 'w', encoding='utf-8') as file:
            file.writelines(json.dumps(entity) + '\n' for entity in state.values())
        by_delta, by_full = (values_of(export(program, path)) for path in (os.path.join(folder, 'delta.json'), full))
        assert state != before, 'the deltas change nothing'
        for fact in sorted(by_delta ^ by_full)[:20]:
            print(f'deltas: {"only the full file" if fact in by_full else "only the deltas"} says {fact}', file=sys.stderr)
        print(json.dumps({'file': 'yente_delta, t2 on t1', 'facts': len(by_full)}))
        return by_delta == by_full


def check_statements_csv(program, name, path):
    """The file as OpenSanctions' statements.csv would have it: a row a value. It has to say what the entities say."""
    wanted = wanted_of(name, path)
    schema = {key: value for kind, key, value in wanted if kind == 'schema'}
    header = ('canonical_id', 'entity_id', 'prop', 'prop_type', 'schema', 'value', 'dataset', 'lang', 'original_value', 'external',
              'first_seen', 'last_seen', 'origin', 'id')
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, 'statements.csv')
        with open(copy, 'w', encoding='utf-8', newline='') as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            for number, (prop, key, value) in enumerate(sorted(fact for fact in wanted if fact[0] != 'schema')):
                writer.writerow({'canonical_id': key, 'entity_id': key, 'prop': prop, 'prop_type': 'string', 'schema': schema[key],
                                 'value': value, 'dataset': 'invented', 'external': 'f', 'id': str(number)})
        return same(name + ' as statements.csv', wanted, got_of(export(program, copy), wanted, False))


def check(program, name, path):
    wanted = wanted_of(name, path)
    entities = export(program, path)
    good = same(name, wanted, got_of(entities, wanted, '.simple.' in name))
    if name.endswith('t1/entities.ftm.json'):
        good &= check_delta(program) & check_statements_csv(program, name, path)
    if 'zala' in name:
        good &= check_statements_csv(program, name, path)
    if name.endswith(('.ijson', 'ftm.json', 'ftm.json.gz')):
        again, before = said_by_export(program, path), values_of(entities)
        for fact in sorted(again ^ before)[:20]:
            print(f'{name}: {"only the copy" if fact in again else "only the original"} says {fact}', file=sys.stderr)
        good &= again == before
    return good


if __name__ == '__main__':
    run(sys.argv[1:], FILES, check)
