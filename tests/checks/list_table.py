#!/usr/bin/env python3
"""Writes docs/lists.md's tables: what the program says of every public file that the tests know, and what is not read and why.

usage: list_table.py --program INTERDICT [--write]

Goes through every file under $INTERDICT_DATA/lists and $INTERDICT_DATA/ftm (../shared/data where that is not set) with
`INTERDICT lists stats FILE --skip-bad --rejects --jsonl`. Without --write it ends with 1 when the committed tables are not what
the program says now, with 77 when the files are not there.
"""
import fnmatch
import json
import os
import subprocess
import sys

PAGE = 'docs/lists.md'
START, END = '<!-- what follows is written by tests/checks/list_table.py -->', '<!-- end of what is written -->'
COLUMNS = ('format', 'dataset', 'version', 'entities', 'names', 'weak_names', 'statements', 'relations', 'rejected', 'orphans',
           'unverified')

# Files that no reader takes, and why. Each pattern has to match a file that is not read.
UNREAD = (
    ('*/README.md', 'about the data, not a list'),
    ('lists/DPRK_FACTS.md', 'about the data, not a list'),
    ('lists/uk/UKSL_FORMAT.md', 'describes a format'),
    ('lists/eu/journal/FORMAT.md', 'describes a format'),
    ('lists/eu/sanctions_map_programs.csv', 'the EU\'s programmes: names nobody'),
    ('lists/other/programs/*.yml', 'descriptions of programmes: name nobody'),
    ('ftm/schema/*', 'the FollowTheMoney model, not entities'),
    ('*.xsd', 'an XML schema'),
    ('*dat_spec.txt', 'describes a format'),
    ('lists/ofac/sdn-changes/*', 'a year\'s changes of the SDN list in running text'),
    ('lists/ofac/*/*.pip', 'another form of the set whose CSV files are beside it'),
    ('lists/ofac/*/*.PIP', 'another form of the set whose CSV files are beside it'),
    ('lists/ofac/*/*.ff', 'another form of the set whose CSV files are beside it'),
    ('lists/ofac/*/*.ff.gz', 'another form of the set whose CSV files are beside it'),
    ('lists/ofac/*/SDN.DEL', 'another form of the set whose CSV files are beside it'),
    ('lists/ofac/newest-alt-add/*', 'aliases, addresses and remarks of a list whose main file, sdn.csv, is not there: all would be '
                                    'orphans'),
    ('lists/uk/*.ods', 'a spreadsheet; the CSV beside it says the same'),
    ('lists/un/malformed/*', 'not well-formed XML: kept to see that it is refused'),
    ('lists/other/china_mofcom_export_control_lists_2026-07.json', 'a project\'s own JSON of an export control list, not a format of '
                                                                   'its publisher'),
    ('lists/other/israel_mod_crypto_wallets.csv', 'collected by hand from orders in PDF; not a format of its publisher'),
    ('lists/other/us_state_dtc_itar_debarred_2018-01-24.csv', 'no column has a name that a mapping could be guessed from; read with '
                                                              '`--map`'),
    ('ftm/*/entities.delta.json', 'an empty delta: nothing changed between two versions; its index names it'),
)

# Why records, rows or values of a file were left out: each file that has any has to be here.
LEFT_OUT = (
    ('lists/eu/eu_fsf_1_1_sample_2020-04-15.xml', 'one key stands twice in this sample, the second time with another name; the second '
                                                  'is left out'),
    ('lists/other/us_csl_consolidated_partial_2023-11-30.csv.gz', 'the file was cut off in the middle of its last row'),
    ('lists/ofac/crypto-2024-09-27/sanctioned_addresses_ARB.txt', 'one address among those of XMR is a payment id (64 hexadecimal '
                                                                  'digits), one among those of XBT is an address of TRON'),
    ('lists/ofac/sdn-2023-07/sdn.csv.gz', 'alt.csv and add.csv were published two weeks after sdn.csv: what belongs to the people and '
                                          'companies listed in between has no main row. One wallet address is labelled XMR and is '
                                          'a payment id (64 hexadecimal digits), not an address'),
    ('lists/ofac/sdn-2021-07/sdn.csv.gz', 'one wallet address is labelled XMR and is a payment id (64 hexadecimal digits), one is '
                                          'labelled ETH and a digit short; both stay as text'),
)


def data():
    return os.environ.get('INTERDICT_DATA') or '../shared/data'


def real_files():
    """Every file of lists and ftm below the data folder, in byte order."""
    found = []
    for top in ('lists', 'ftm'):
        for folder, _, names in os.walk(os.path.join(data(), top)):
            found += [os.path.relpath(os.path.join(folder, name), data()) for name in names]
    return sorted(found)


def stats(program, name):
    """What the program says of a file, or (None, why not)."""
    path = os.path.join(data(), name)
    run = subprocess.run([program, 'lists', 'stats', path, '--skip-bad', '--rejects', '--jsonl'], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True, check=False)
    if run.returncode in (0, 3):
        lines = run.stdout.splitlines()
        assert len(lines) == 1, f'{path}: {len(lines)} sets'
        return json.loads(lines[0]), None
    assert run.returncode == 1 and not run.stdout, f'{path}: ends with {run.returncode}'
    return None, run.stderr.splitlines()[-1].removeprefix('interdict: ').removeprefix(path).lstrip(':')


def read_all(program):
    """(sets, unread): the sets by the name of their main file, each with the files that stand for it; and why others are not."""
    sets, unread = {}, {}
    for name in real_files():
        said, why = stats(program, name)
        if said is None:
            unread[name] = why
            continue
        main = os.path.relpath(os.path.normpath(said['file']), data())
        known = sets.setdefault(main, {'said': said, 'files': []})
        assert known['said'] | {'file': ''} == said | {'file': ''}, f'{name}: another answer than {main}'
        known['files'].append(name)
    for main, found in sets.items():
        found['files'] = sorted(set(found['files']) - {main})
    return sets, unread


def number(value):
    return f'{value:,}' if isinstance(value, int) else value


def row(cells):
    return '| ' + ' | '.join(cells) + ' |\n'


def table_of_sets(sets):
    text = row(('file', *(c.replace('_', ' ') for c in COLUMNS))) + row(('---', '---', '---', '---', *['---:'] * 8))
    for main in sorted(sets):
        files = sets[main]['files']
        beside = sorted(os.path.relpath(name, os.path.dirname(main)) for name in files)
        cell = f'`{main}`' + (' with ' + ', '.join(f'`{name}`' for name in beside) if beside else '')
        text += row([cell, *(number(sets[main]['said'][column]) for column in COLUMNS)])
    return text


def table_of_unread(unread):
    reasons, used = {}, set()
    for name in unread:
        found = [(pattern, why) for pattern, why in UNREAD if fnmatch.fnmatchcase(name, pattern)]
        assert found, f'{name}: is not read ({unread[name]}), and nothing says why'
        used |= {pattern for pattern, _ in found}
        reasons.setdefault(found[0][1], []).append(name)
    idle = [pattern for pattern, _ in UNREAD if pattern not in used]
    assert not idle, f'no file is unread for {idle}'
    text = row(('not read', 'why')) + row(('---', '---'))
    for why in sorted(reasons, key=lambda why: reasons[why][0]):
        names = reasons[why]
        cell = ', '.join(f'`{name}`' for name in names) if len(names) < 12 else \
            f'{len(names)} files of `{os.path.commonpath(names)}`'
        text += row((cell, why))
    return text


def table_of_left_out(sets):
    text = row(('file', 'rejected', 'orphans', 'unverified', 'why')) + row(('---', '---:', '---:', '---:', '---'))
    why = dict(LEFT_OUT)
    for main in sorted(sets):
        said = sets[main]['said']
        if not (said['rejected'] or said['orphans'] or said['unverified']):
            assert main not in why, f'{main}: nothing is left out any more'
            continue
        assert main in why, f'{main}: something is left out, and nothing says why'
        text += row((f'`{main}`', number(said['rejected']), number(said['orphans']), number(said['unverified']), why.pop(main)))
    assert not why, f'not read: {sorted(why)}'
    return text


def written(program):
    sets, unread = read_all(program)
    files = sum(1 + len(found['files']) for found in sets.values())
    total = {column: sum(found['said'][column] for found in sets.values()) for column in COLUMNS[3:]}
    return (f'{START}\n\n{number(files)} files are read as {number(len(sets))} sets: {number(total["entities"])} entities, '
            f'{number(total["names"])} names, {number(total["statements"])} statements, {number(total["relations"])} relations. '
            f'{number(len(unread))} files are not read.\n\n## What is read\n\n{table_of_sets(sets)}\n'
            f'## What is left out, and why\n\nEach one is a row of `tests/expected_rejects.tsv`.\n\n{table_of_left_out(sets)}\n'
            f'## What is not read\n\n{table_of_unread(unread)}\n{END}\n')


def main(arguments):
    program = arguments[arguments.index('--program') + 1]
    if not os.path.isdir(os.path.join(data(), 'lists')):
        print(f'{data()} is not there', file=sys.stderr)
        sys.exit(77)
    with open(PAGE, encoding='utf-8') as file:
        page = file.read()
    before, _, rest = page.partition(START)
    after = rest.partition(END + '\n')[2]
    now = before + written(program) + after
    if '--write' in arguments:
        with open(PAGE, 'w', encoding='utf-8') as file:
            file.write(now)
    elif now != page:
        old, new = page.splitlines(), now.splitlines()
        for line in old:
            if line not in new:
                print(f'{PAGE}: - {line}', file=sys.stderr)
        for line in new:
            if line not in old:
                print(f'{PAGE}: + {line}', file=sys.stderr)
        print(f'{PAGE} is behind: python3 tests/checks/list_table.py --program {program} --write', file=sys.stderr)
        sys.exit(1)


if __name__ == '__main__':
    main(sys.argv[1:])
