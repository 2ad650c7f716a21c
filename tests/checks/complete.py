#!/usr/bin/env python3
"""Screens mangled names of real lists with and without --exhaustive, at several thresholds: the same bytes.

usage: complete.py --program INTERDICT [--questions N] [--seed N]

Without the lists (INTERDICT_DATA, else ../shared/data) it ends with 77. The environment variable ITD_QUESTIONS says how many
questions are asked (2000); `make soak` asks more.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

LISTS = ['ofac/sdn-2023-07', 'ofac/cons-2026-01-08', 'un/un_consolidated_2026-02-27.xml.gz', 'uk/ConList_2025-04-14.csv.gz',
         'eu/eu_fsf_csv-old-format_sample_2018-07-04.csv', 'other/australia_dfat_regulation8_consolidated_2022-05-03.csv.gz',
         'other/canada_sema-lmes_2025-05.xml.gz', 'other/japan_meti_foreign_end_user_list_2025-09-29.json']
THRESHOLDS = ['0.45', '0.6', '0.7', '0.85', '0.95']
LETTERS = 'abcdefghijklmnopqrstuvwxyz0159'


def slip(dice, name):
    at = dice.randrange(len(name))
    kind = dice.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1:]
    if kind == 1:
        return name[:at] + dice.choice(LETTERS) + name[at:]
    if kind == 2:
        return name[:at] + dice.choice(LETTERS) + name[at + 1:]
    return name[:at] + name[at:at + 2][::-1] + name[at + 2:]


def mangle(dice, name, others):
    words = name.split() or [name]
    for _ in range(dice.randrange(4)):
        kind = dice.randrange(9)
        if kind == 0:
            dice.shuffle(words)
        elif kind == 1 and len(words) > 1:
            at = dice.randrange(len(words) - 1)
            words[at:at + 2] = [words[at] + words[at + 1]]
        elif kind == 2:
            at = dice.randrange(len(words))
            cut = dice.randrange(len(words[at]) + 1)
            words[at:at + 1] = [part for part in (words[at][:cut], words[at][cut:]) if part]
        elif kind == 3 and len(words) > 1:
            del words[dice.randrange(len(words))]
        elif kind == 4:
            words.insert(dice.randrange(len(words) + 1), dice.choice(dice.choice(others).split() or ['x']))
        elif kind == 5:
            at = dice.randrange(len(words))
            words[at] = words[at][0]
        else:
            at = dice.randrange(len(words))
            words[at] = slip(dice, words[at]) or words[at]
    return ' '.join(words)


def question(dice, number, entities, names):
    """A mangled name; now and then several, with a date, a country or an identifier of its own or of another entity."""
    entity = dice.choice(entities)
    own = [name for key in ('name', 'alias', 'weakAlias') for name in entity['properties'].get(key, [])] or ['x']
    out = {'id': str(number), 'schema': entity['schema'] if dice.randrange(3) else 'Thing', 'properties': {}}
    made = [mangle(dice, dice.choice(own), names) for _ in range(1 if dice.randrange(5) else 3)]
    out['properties']['name'] = [name if any(c.isalnum() for c in name) else 'x' for name in made]
    for key in ('birthDate', 'nationality', 'country', 'passportNumber', 'idNumber', 'imoNumber'):
        source = entity if dice.randrange(3) else dice.choice(entities)
        if dice.randrange(3) == 0 and source['properties'].get(key):
            out['properties'][key] = source['properties'][key][:2]
    return out


def screen(program, index, path, *more):
    done = subprocess.run([program, 'screen', '-l', index, '-i', path, '--jsonl', '--limit', '0', *more], stdout=subprocess.PIPE)
    if done.returncode not in (0, 10):
        sys.exit('screen ended with %d' % done.returncode)
    return done.stdout


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--program', required=True)
    options.add_argument('--questions', type=int, default=int(os.environ.get('ITD_QUESTIONS') or 2000))
    options.add_argument('--seed', type=int, default=5)
    options = options.parse_args()
    data = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'lists')
    if not os.path.isdir(data):
        print('SKIP: no lists under %s' % data)
        sys.exit(77)
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix='itd-complete-') as work:
        index, path = os.path.join(work, 'x.idx'), os.path.join(work, 'questions.jsonl')
        built = subprocess.run([options.program, 'index', '-q', '-o', index, '--skip-bad'] + [os.path.join(data, name) for name in LISTS],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if built.returncode not in (0, 3):  # 3: records were left out
            sys.exit('index ended with %d' % built.returncode)
        lines = subprocess.run([options.program, 'export', '-l', index, '--format', 'ftm'], check=True, stdout=subprocess.PIPE).stdout
        entities = [json.loads(line) for line in lines.splitlines()]
        entities = [e for e in entities if e['properties'].get('name')]
        names = [name for e in entities for name in e['properties']['name']]
        hits = asked = 0
        for share, threshold in enumerate(THRESHOLDS):
            count = options.questions // len(THRESHOLDS)
            with open(path, 'w', encoding='utf-8') as out:
                for number in range(count):
                    out.write(json.dumps(question(dice, share * count + number, entities, names), ensure_ascii=False) + '\n')
            found = screen(options.program, index, path, '--threshold', threshold)
            scored = screen(options.program, index, path, '--threshold', threshold, '--exhaustive')
            for one, other in zip(found.splitlines(), scored.splitlines()):
                if one != other:
                    sys.exit('at %s the search and the scan differ:\n%s\n%s' % (threshold, one.decode(), other.decode()))
            if found != scored:
                sys.exit('at %s the search and the scan differ in length' % threshold)
            asked += count
            hits += sum(len(json.loads(line)['hits']) for line in found.splitlines())
        if hits == 0 or asked == 0:
            sys.exit('nothing was hit, which proves nothing')
        print('%d questions over %d entities, %d hits: the same with and without --exhaustive' % (asked, len(entities), hits))


main()
