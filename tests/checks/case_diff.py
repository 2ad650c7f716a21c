#!/usr/bin/env python3
"""Imports real lists, one after the other, into a case and holds `case diff` and `case export` against two computations of its own.

usage: case_diff.py --program INTERDICT

Without the lists (INTERDICT_DATA, else ../shared/data) it ends with 77. Of each step from one list to the next:

1. Records, from the raw files by a parser of this script's own: which ids came, which went, and which differ. A record of
   OFAC's CSV is the rows with its ent_num in all files of the set, as a set; every field counts but alt_num, by which OFAC
   numbers the rows of names and which says nothing of anybody. A record of the UN's XML is its element; every element in it
   counts with its text and children, as a set. White space at the ends of a field is gone, runs of it are one blank; "-0-" and
   elements without text and children are nothing. Ids that came and went have to be the same as the program's. Records that
   differ so have to be among those that the program says have changed; those that it says beside them have to differ when
   runs of white space are left as they are (the program keeps a comment as it is written).
2. Statements, from an index of each file by itself: what `export --format statements` says of the one and not of the other, as a set,
   has to be what the diff says, statement by statement.
3. `case export --generation G` has to be `export` of an index of that list: as entities byte for byte, as statements without
   where they stand (a statement that two lists share names the first one) and without saying one twice (a case keeps what stands
   at several places once).
"""
import argparse
import collections
import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

STEPS = [
    ('us-ofac-sdn', 'csv', ['ofac/sdn-2021-07', 'ofac/sdn-2023-07']),
    ('us-ofac-cons', 'csv', ['ofac/cons-2016-09-16', 'ofac/cons-2025-12-19', 'ofac/cons-2026-01-08']),
    ('un-sc', 'un', ['un/un_consolidated_%s.xml.gz' % day for day in
                     ('2018-10-29', '2020-11-30', '2025-04-19', '2026-01-28', '2026-02-27')]),
]
PLACE = ('document', 'line', 'offset', 'span')
TOLD = ('entity_id', 'schema', 'prop', 'value', 'original_value', 'lang')
failures = 0


def check(good, text, *more):
    global failures
    print('%s  %s' % ('ok  ' if good else 'FAIL', text))
    if not good:
        failures += 1
        for line in more:
            print('      %s' % (line,))


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 3):
        sys.exit('%s ended with %d: %s' % (' '.join(command), done.returncode, done.stderr.decode()[-800:]))
    return done.stdout


def text_of(path):
    with open(path, 'rb') as file:
        data = file.read()
    return gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data


def plain(text, exact=False):
    text = (text or '').strip() if exact else ' '.join((text or '').split())
    return '' if text == '-0-' else text


def rows_of(folder, role, exact):
    """Rows of the file of a set, whatever the rest of its name is."""
    for name in sorted(os.listdir(folder)):
        if re.fullmatch(r'(sdn|cons)_?%s\.csv(\.gz)?' % role, name, re.I) or re.fullmatch(r'%s\.csv(\.gz)?' % role, name, re.I):
            data = text_of(os.path.join(folder, name)).replace(b'\x1a', b'')
            try:
                data = data.decode('utf-8')
            except UnicodeDecodeError:
                data = data.decode('cp1252', 'replace')
            return [[plain(cell, exact) for cell in row] for row in csv.reader(io.StringIO(data, newline='')) if len(row) > 1]
    return []


def raw_csv(dataset, path, exact):
    """{id: set of rows}; rows of an entity that has no main row are no record."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    main = rows_of(folder, 'sdn', exact) or rows_of(folder, 'prim', exact)
    records = {row[0]: {('main', *row)} for row in main}
    for role in ('alt', 'add', 'comments'):
        for row in rows_of(folder, role, exact):
            if row[0] in records:
                records[row[0]].add((role, *(row[:1] + row[2:] if role == 'alt' else row)))
    return {'%s-%s' % (dataset, key): frozenset(rows) for key, rows in records.items()}


def shape(element, exact):
    children = frozenset(filter(None, (shape(child, exact) for child in element)))
    text = '' if len(element) else plain(element.text, exact)
    return (element.tag, text, children) if text or children else None


def raw_un(dataset, path, exact):
    root = tree.fromstring(text_of(path))
    return {'%s-%s' % (dataset, plain(element.findtext('DATAID'))): shape(element, exact)
            for element in list(root.find('INDIVIDUALS')) + list(root.find('ENTITIES'))}


def statements_of(lines):
    return {tuple(sorted((key, value) for key, value in json.loads(line).items() if key not in PLACE)) for line in lines.splitlines()}


def told(statement):
    return tuple(statement.get(key, '') for key in TOLD)


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--program', required=True)
    program = os.path.abspath(options.parse_args().program)
    lists = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'lists')
    if not os.path.isdir(lists):
        print('no lists under', lists)
        return 77
    raws_of = {'csv': raw_csv, 'un': raw_un}
    for dataset, kind, files in STEPS:
        with tempfile.TemporaryDirectory(prefix='itd-diff-') as work:
            case = os.path.join(work, 'x.case')
            run(program, 'case', 'init', case)
            raws, exports = [], []
            for number, name in enumerate(files, 1):
                path = os.path.join(lists, name)
                source = path
                if os.path.isdir(path) and 'cons_prim.csv' in os.listdir(path):
                    source = os.path.join(path, 'cons_prim.csv')
                elif os.path.isdir(path) and 'consolidated.xml' in os.listdir(path):
                    source = os.path.join(path, 'consolidated.xml')
                run(program, 'case', 'import', case, source, '--skip-bad', '--by', 'a tester')
                index = os.path.join(work, 'x.idx')
                run(program, 'index', '-o', index, source, '--skip-bad')
                raws.append(None if kind == 'csv' and source.endswith('.xml') else [raws_of[kind](dataset, path, exact) for exact in (False, True)])
                fresh = run(program, 'export', '-l', index, '--format', 'ftm')
                held = run(program, 'case', 'export', case, '--format', 'ftm', '--generation', str(number))
                check(fresh == held, '%s: %s as entities, %d lines' % (dataset, name, fresh.count(b'\n')))
                exports.append(statements_of(run(program, 'export', '-l', index, '--format', 'statements')))
            for number, name in enumerate(files, 1):
                held = statements_of(run(program, 'case', 'export', case, '--format', 'statements', '--generation', str(number)))
                check(held == exports[number - 1], '%s: generation %d holds %d statements' % (dataset, number, len(held)),
                      *list(held ^ exports[number - 1])[:5])
            for a, b in sorted({(b - 1, b) for b in range(1, len(files))} | {(0, len(files) - 1)}):
                diff(program, case, dataset, kind, files, a, b, raws, exports)
    return 1 if failures else 0


def diff(program, case, dataset, kind, files, a, b, raws, exports):
    title = '%s: %s to %s' % (dataset, files[a], files[b])
    changes = [json.loads(line) for line in run(program, 'case', 'diff', case, '--dataset', dataset, '--from', str(a + 1), '--to', str(b + 1),
                                                '--jsonl').splitlines()]
    said = collections.defaultdict(set)
    signs = {'added': set(), 'removed': set()}
    for change in changes:
        said[change['change']].add(change['id'])
        for sign in signs:
            signs[sign].update(map(told, change['statements'][sign]))
    check(len(changes) == len({c['id'] for c in changes}), title + ': each record once')
    keys = [{tuple(dict(s).get(k, '') for k in TOLD) for s in exports[i]} for i in (a, b)]
    for sign, wanted in (('added', keys[1] - keys[0]), ('removed', keys[0] - keys[1])):
        check(signs[sign] == wanted, '%s: %d statements %s' % (title, len(wanted), sign),
              'more: %d %s' % (len(signs[sign] - wanted), list(signs[sign] - wanted)[:4]), 'less: %d %s' % (len(wanted - signs[sign]), list(wanted - signs[sign])[:4]))
    if raws[a] is None or raws[b] is None:
        return
    old, new = raws[a][0], raws[b][0]
    came, went = set(new) - set(old), set(old) - set(new)
    check(said['added'] == came, '%s: %d records added' % (title, len(came)), sorted(said['added'] ^ came)[:9])
    check(said['removed'] == went, '%s: %d records removed' % (title, len(went)), sorted(said['removed'] ^ went)[:9])
    differ, differ_exactly = ({key for key in set(old) & set(new) if raws[a][exact][key] != raws[b][exact][key]} for exact in (0, 1))
    beside = said['changed'] - differ
    check(differ <= said['changed'], '%s: %d records changed' % (title, len(differ)), sorted(differ - said['changed'])[:9])
    check(beside <= differ_exactly, '%s: %d more in white space alone' % (title, len(beside)), sorted(beside - differ_exactly)[:9])


if __name__ == '__main__':
    sys.exit(main())
