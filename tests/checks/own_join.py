#!/usr/bin/env python3
"""A real register (ftm/yente_zala: who owns what around a maker of drones) joined to a real list (the EU's consolidated act 269/2014) by `resolve` and its
rule, never by names; then every company judged. Who has to be found is told from the files themselves, by tax numbers that both print; the verdicts are
worked out by hand from the 14 statements of ownership, and stand below with the statement that each rests on.

usage: own_join.py --program INTERDICT

Prints TAP. Without the data (INTERDICT_DATA, else ../shared/data) it ends with 77.
"""
import argparse
import csv
import gzip
import io
import json
import os
import re
import subprocess
import sys
import tempfile

REGISTER, LIST = 'ftm/yente_zala/entities.ftm.json', 'lists/eu/journal/consolidated_32014R0269.csv.gz'
A, B, C, D, E, F, G = ('NK-' + tail for tail in ('aU5ybkbRFJucf8YMwsJvDw', 'abdzbEBkqyT29GyREbiURZ', '9Xa4Kg7Y7nfccE7VcZt6Q6', 'ERScv7cLkkvZ3ejz7xiToj',
                                                 'cPks3aTbes8k4aCerfBAzN', '56Edov9bas9puzaChH5pBy', 'SiYwWfxwLVrVeFswsvAvsm'))
# Day, entity, verdict, basis, share in ppm, flags. The listed person A holds 75 % of C from 2020-01-10 to 2022-11-22 and all of D from 2022-04-22 to
# 2023-10-22; a share of E that is not stated from 2024-03-22 to 2024-06-24; F was held until 2012; A sits on the board of G. Ends are days no longer held.
VERDICTS = [('2022-06-01', C, 'blocked', 'ownership', [750000, 750000], []), ('2022-06-01', D, 'blocked', 'ownership', [1000000, 1000000], []),
            ('2022-06-01', F, 'not_blocked', None, [0, 0], ['divested']), ('2022-06-01', G, 'not_blocked', None, [0, 0], ['signatory']),
            ('2022-11-21', C, 'blocked', 'ownership', [750000, 750000], []), ('2022-11-22', C, 'not_blocked', None, [0, 0], ['divested']),
            ('2023-06-01', D, 'blocked', 'ownership', [1000000, 1000000], []), ('2024-05-01', E, 'possible', 'ownership', [0, 1000000], []),
            ('2025-01-01', D, 'not_blocked', None, [0, 0], ['divested']), ('2025-01-01', E, 'not_blocked', None, [0, 0], ['divested'])]


class Run:
    def __init__(self, program, folder):
        self.program, self.folder, self.count, self.failed = program, folder, 0, 0

    def claim(self, holds, what):
        self.count += 1
        self.failed += not holds
        print(f'{"ok" if holds else "not ok"} {self.count} - {what}')

    def call(self, *args, exits=(0, 3, 10)):
        done = subprocess.run([self.program, *args], cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode not in exits:
            sys.exit(f'{args}: exit {done.returncode}: {done.stderr}')
        return done.stdout

    def own(self, day):
        lines = self.call('own', '-g', 'case:j.case', '-l', 'eu.idx', '--regime', 'eu', '--as-of', day, '--all', '--jsonl').splitlines()
        return {answer['entity']: answer for answer in map(json.loads, lines)}


def tax_numbers(text):
    return set(re.findall(r'(?<!\d)(?:\d{10}|\d{12})(?!\d)', text))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    program = os.path.abspath(parser.parse_args().program)
    data = os.environ.get('INTERDICT_DATA') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'shared', 'data')
    register, act = (os.path.abspath(os.path.join(data, name)) for name in (REGISTER, LIST))
    if not (os.path.exists(register) and os.path.exists(act)):
        print(f'skipped: {REGISTER} or {LIST} is not there')
        return 77
    with open(register, encoding='utf-8') as file:
        entities = [json.loads(line) for line in file]
    with gzip.open(act, 'rb') as file:
        rows = list(csv.DictReader(io.StringIO(file.read().decode())))
    listed = set().union(*(tax_numbers(' '.join(filter(None, row.values()))) for row in rows))
    wanted = {entity['id'] for entity in entities if set(entity['properties'].get('innCode', [])) & listed}
    with tempfile.TemporaryDirectory() as folder:
        run = Run(program, folder)
        run.call('case', 'init', 'j.case', '-q')
        run.call('case', 'import', 'j.case', register, '--skip-bad', '-q', '--by', 'test')
        run.call('case', 'import', 'j.case', act, '--skip-bad', '-q', '--by', 'test')
        run.call('index', '-q', '-o', 'eu.idx', '--skip-bad', act)
        apart = run.own('2022-06-01')
        run.claim(not any(apart[name]['verdict'] != 'not_blocked' for name in apart if name.startswith('NK-')), 'before anything is judged, ids do not meet')
        run.call('resolve', 'j.case', '--apply', '--by', 'test', '--jsonl', '-q')
        found = run.own('2022-06-01')
        run.claim(len(wanted) >= 5, f'{len(wanted)} parties of the register have a tax number that the act prints')
        for name in sorted(wanted):
            run.claim(found[name]['basis'] == 'listed', f'{name} is a listed party')
        days = {}
        for day, name, verdict, basis, share, flags in VERDICTS:
            answer = days.setdefault(day, run.own(day))[name]
            got = [answer[key] for key in ('verdict', 'basis', 'share_ppm', 'flags')]
            run.claim(got == [verdict, basis, share, flags], f'{day} {name}: {got}')
            if verdict == 'blocked':
                steps = answer['chains'][0]
                run.claim([answer['by'][0]['id'], steps[0]['owner'], steps[0]['owned'], steps[0]['share_ppm'], steps[0]['kind']] == [A, A, name, share, 'shares'],
                          f'{day} {name}: its chain is one step from {A}')
        run.claim(days['2022-06-01'][B]['basis'] == 'listed', 'the maker itself is listed by name')
        print(f'1..{run.count}')
        return 1 if run.failed else 0


if __name__ == '__main__':
    sys.exit(main())
