#!/usr/bin/env python3
"""Holds `interdict resolve` against joins that need no name: the UN's reference that the UK list writes beside its entries, numbers of documents,
registers and ships that two lists have in common, and days of birth; all read straight from the publishers' files.

usage: resolve_joins.py [--program INTERDICT] [--threshold T] [--threads N] [--pairs PAIRS.jsonl] [--json FILE]

Without --pairs OFAC's SDN list, the UN's, the UK's, and the EU's sample and Official Journal are put into a new case and `INTERDICT resolve CASE
--threshold T --jsonl` is run; tables begin at T. Prints TAP: tables as comments, and a case a claim. Ends with 77 when the lists are not there.
"""
import argparse
import collections
import csv
import gzip
import io
import itertools
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.environ.get('INTERDICT_DATA') or os.path.join(ROOT, '..', 'shared', 'data')
OFAC, UN, UK = 'lists/ofac/sdn-2023-07', 'lists/un/un_consolidated_2026-02-27.xml.gz', 'lists/uk/ConList_2025-04-14.csv.gz'
EU, JOURNAL = 'lists/eu/eu_fsf_1_1_sample_2020-04-15.xml', 'lists/eu/journal'
THRESHOLDS = (500000, 600000, 700000, 750000, 800000, 850000, 900000, 950000, 980000, 1000000)
# A little below what docs/resolve.md has measured. The precision is what a merge without a person is held to.
PRECISION, JUDGED, RULE_RECALL, RECALL = 0.999, 1900, 0.84, 0.99
MONTHS = {name: i + 1 for i, name in enumerate('jan feb mar apr may jun jul aug sep oct nov dec'.split())}
REFERENCE = re.compile(r'\b([A-Z]{2}[ie])\.?\s*0*(\d+)\b', re.I)


def content(name):
    with open(os.path.join(DATA, name), 'rb') as file:
        data = file.read()
    return gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data


def references(text):
    return {(kind.lower(), int(number)) for kind, number in REFERENCE.findall(text)}


def numbers(text):
    """The numbers of documents in a field: "(1) A12 34 (2) OGRN: B77" are two. Only what is long enough not to be met by chance."""
    found = set()
    for part in re.split(r'\(\s*(?:\d{1,2}|[a-z])\s*\)|[;,]', text):
        part = re.split(r'\(|\bissued\b|\bexpir', part.strip(), maxsplit=1, flags=re.I)[0]
        token = ''
        for word in re.sub(r'[:.]+(?=\s|$)|:', ' ', part.upper()).split():
            if any(c.isdigit() for c in word):
                token += word
            elif token and any(c.isdigit() for c in token):
                break
            else:
                token = word if len(word) <= 2 and word not in ('ID', 'NO') else ''
        token = re.sub(r'^[A-Z]{3,}(?=\d)', '', re.sub(r'[^A-Z0-9]', '', token))
        if len(token) >= 7 and sum(c.isdigit() for c in token) >= 5 and len(set(token)) >= 4 and len(token) <= 24:
            found.add(token)
    return found


DAYS = (r'\b(?P<y>[12]\d{3})-(?P<m>\d\d)-(?P<d>\d\d)\b', r'\b(?P<d>\d\d?)[./](?P<m>\d\d?)[./](?P<y>[12]\d{3})\b',
        r'\b(?P<d>\d\d?) (?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?P<y>[12]\d{3})\b', r'\b(?P<y>(?:19|20)\d\d)\b')


def days(text):
    """Days of birth in a field, as (year, month, day); a year alone, or with a month, as (year, 0, 0)."""
    found = set()
    for form in DAYS:
        for date in re.finditer(form, text, re.I):
            y, m, d = (date.groupdict().get(part) or '0' for part in 'ymd')
            m, d = int(MONTHS.get(m.lower(), m)), int(d)
            found.add((int(y), m, d) if m and d else (int(y), 0, 0))
        text = re.sub(form, ' ', text, flags=re.I)
    return found


def imo(text):
    return {'IMO' + number for number in re.findall(r'\bIMO[^0-9]{0,12}([0-9]{7})\b', text, re.I)}


BIRTHS = ('INDIVIDUAL_DATE_OF_BIRTH/DATE', 'INDIVIDUAL_DATE_OF_BIRTH/YEAR', 'INDIVIDUAL_ALIAS/DATE_OF_BIRTH')


def read_un():
    found = {}
    for e in ElementTree.fromstring(content(UN)).iter():
        if e.tag not in ('INDIVIDUAL', 'ENTITY'):
            continue
        papers = set()
        for paper in e.findall('INDIVIDUAL_DOCUMENT'):
            papers |= numbers(paper.findtext('NUMBER') or '')
        births = days('; '.join(date.text or '' for path in BIRTHS for date in e.findall(path)))
        found['un-sc-' + e.findtext('DATAID').strip()] = (references(e.findtext('REFERENCE_NUMBER') or ''), papers, births)
    return found


def read_uk():
    text = content(UK).decode('utf-8-sig')
    rows = csv.DictReader(io.StringIO(text.split('\n', 1)[1], newline=''))
    found = {}
    for row in rows:
        refs, papers, births = found.setdefault('gb-ofsi-' + row['Group ID'].strip(), (set(), set(), set()))
        births |= days(row['DOB'])
        more = row['Other Information']
        for said in re.findall(r'\(UN Ref\):\s*([^()]{4,60})', more):
            refs |= references(said[:12])
        papers |= numbers(row['Passport Number']) | numbers(row['National Identification Number'])
        papers |= {n for said in re.findall(r'\(Business Reg No\):([^()]*)', more) for n in numbers(said)}
        if row['Group Type'] == 'Ship':
            papers |= {'IMO' + n for n in re.findall(r'\(IMO number\):\s*([0-9]{7})', more)}
    return found


def read_ofac():
    found = collections.defaultdict(lambda: (set(), set(), set()))
    comments = collections.defaultdict(str)
    folder = os.path.join(DATA, OFAC)
    for name in os.listdir(folder):
        if 'comments' in name.lower() and name.lower().endswith(('.csv', '.gz')):
            for row in csv.reader(io.StringIO(content(os.path.join(OFAC, name)).decode('utf-8', 'replace'), newline='')):
                if len(row) > 1:
                    comments[row[0]] += row[1]
    main = [n for n in os.listdir(folder) if n.lower().startswith('sdn.csv')][0]
    for row in csv.reader(io.StringIO(content(os.path.join(OFAC, main)).decode('utf-8', 'replace'), newline='')):
        if len(row) < 12:
            continue
        _, papers, births = found['us-ofac-sdn-' + row[0].strip()]
        births |= {day for said in re.findall(r'DOB ([^;]*)', row[11] + comments[row[0]]) if 'to' not in said for day in days(said)}
        for said in (row[11] + comments[row[0]]).split(';'):
            if re.search(r'\b(Passport|ID|No\.|Number|Cedula|Registration)', said) and not re.search(r'\b(Phone|Telephone|Fax)\b', said):
                papers |= numbers(said)
            papers |= imo(said) if row[2] == 'vessel' else set()
    return dict(found)


def read_eu(exported):
    found, nameless = {}, {}
    for e in ElementTree.fromstring(content(EU)).iter():
        if e.tag.endswith('}sanctionEntity'):
            papers, births = set(), set()
            for part in e.iter():
                if part.tag.endswith('}identification'):
                    papers |= numbers(part.get('number') or '')
                elif part.tag.endswith('}birthdate'):
                    births |= days(part.get('birthdate') or '')
            found['eu-fsf-' + e.get('euReferenceNumber')] = (set(), papers, births)
    for name in journal():
        for row in csv.DictReader(io.StringIO(content(name).decode('utf-8-sig'), newline='')):
            key = 'eu-journal-%s-%s-%s' % (row['celex'], row['annex'], row['recordId'])
            if row['recordId']:
                found[key] = read_act(row)
            else:
                nameless.setdefault((key, row['name'].strip()), []).append(row)
    # Where the act prints no number the program makes an id: such a row is known by its act, annex and name.
    for key, name in exported:
        rows = nameless.get((re.sub(r'[0-9a-f]{16}$', '', key), name), ())
        if len(rows) == 1:
            found[key] = read_act(rows[0])
    return found


def read_act(row):
    papers = set()
    for column in ('passportNumber', 'idNumber', 'registrationNumber', 'taxNumber', 'innCode', 'ogrnCode'):
        papers |= numbers(row[column] or '')
    if row['schema'] == 'Vessel':
        papers |= {'IMO' + n for n in re.findall(r'[0-9]{7}', row['imoNumber'] or '')}
    return set(), papers, days(row['birthDate'] or '')


def journal():
    folder = os.path.join(DATA, JOURNAL)
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [os.path.join(JOURNAL, name) for name in names if name.startswith('consolidated_')]


def dataset(key):
    return next(d for d in ('us-ofac-sdn', 'un-sc', 'gb-ofsi', 'eu-fsf', 'eu-journal') if key.startswith(d + '-'))


def run(program, *args, want=(0,), out=None):
    done = subprocess.run([program, *args], stdout=out or subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in want:
        sys.exit('%s: exit %d\n%s' % (' '.join(args), done.returncode, done.stderr.decode()))
    return done.stdout


def export(program, folder):
    """Ids and names of the journal's entities."""
    index = os.path.join(folder, 'journal.idx')
    run(program, 'index', '-q', '--skip-bad', '-o', index, *(os.path.join(DATA, n) for n in journal()), want=(0, 3))
    records = map(json.loads, run(program, 'export', '-q', '-l', index).splitlines())
    return [(record['id'], name) for record in records for name in record.get('properties', {}).get('name', ())]


def resolve(options, folder):
    case, pairs = os.path.join(folder, 'lists.case'), os.path.join(folder, 'pairs.jsonl')
    run(options.program, 'case', 'init', case)
    run(options.program, 'case', 'import', case, '--skip-bad', '-q', *(os.path.join(DATA, n) for n in (OFAC, UN, UK, EU, *journal())), want=(0, 3))
    with open(pairs, 'wb') as out:
        run(options.program, 'resolve', case, '--threshold', options.threshold, '--threads', options.threads, '--jsonl', '-q', want=(10,), out=out)
    return pairs


def at_least(right, count):
    """Lower end of the one-sided 95 % interval of a share (Wilson)."""
    if count == 0:
        return 0.0
    z, p = 1.6449, right / count
    return (p + z * z / (2 * count) - z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))) / (1 + z * z / count)


def joins(un, uk, ofac, eu):
    """Pairs of a UK and a UN record with a reference in common, and pairs of two lists with a number in common."""
    everyone = {**un, **uk, **ofac, **eu}
    by_ref = collections.defaultdict(set)
    for key, (refs, *_) in un.items():
        for ref in refs:
            by_ref[ref].add(key)
    same_ref = {tuple(sorted((a, b))) for a, (refs, *_) in uk.items() for ref in refs for b in by_ref[ref]}
    by_paper = collections.defaultdict(set)
    for key, (_, papers, _) in everyone.items():
        for paper in papers:
            by_paper[paper].add(key)
    same_paper = {tuple(sorted(pair)) for keys in by_paper.values() if len(keys) <= 8 for pair in itertools.combinations(keys, 2)}
    # A number that a publisher wrote beside the wrong one is no join: who has another reference, or was born on other days, is another.
    apart = {p for p in same_paper if differ(everyone, p, 0) or differ(everyone, p, 2)}
    across = {p for p in same_paper - apart if dataset(p[0]) != dataset(p[1])}
    print('# records: %d OFAC, %d UN, %d UK, %d EU' % (len(ofac), len(un), len(uk), len(eu)))
    print('# UK entries with a UN reference: %d, of which the UN list still has %d' % (
        sum(bool(r) for r, *_ in uk.values()), len({p[0] for p in same_ref})))
    print('# pairs with a document in common: %d across lists, %d within one; %d more with other references or days of birth' % (
        len(across), len(same_paper) - len(apart) - len(across), len(apart)))
    return same_ref, across


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--program', default=os.path.join(ROOT, 'build', 'interdict'))
    options.add_argument('--threshold', default='0.5')
    options.add_argument('--threads', default='1')
    options.add_argument('--pairs')
    options.add_argument('--json')
    options = options.parse_args()
    if not all(os.path.exists(os.path.join(DATA, n)) for n in (OFAC, UN, UK, EU)) or not journal():
        print('# the lists are not there: %s' % DATA)
        return 77
    with tempfile.TemporaryDirectory(prefix='itd-joins-') as folder:
        un, uk, ofac, eu = read_un(), read_uk(), read_ofac(), read_eu(export(options.program, folder))
        path = options.pairs or resolve(options, folder)
        with open(path, encoding='utf-8') as lines:
            pairs = [json.loads(line) for line in lines]
    everyone = {**un, **uk, **ofac, **eu}
    same_ref, across = joins(un, uk, ofac, eu)
    score = {(p['left'], p['right']): p['score_micro'] for p in pairs}
    table = measure(score, everyone, same_ref, across, float(options.threshold))
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as out:
            json.dump(table, out, indent=1)
    return claims(pairs, table, everyone, same_ref, across)


def refs_of(everyone, key):
    return everyone.get(key, NOBODY)[0]


def differ(everyone, pair, what):
    """Both have it (0: references, 1: numbers, 2: days of birth) and none in common."""
    left, right = (everyone.get(key, NOBODY)[what] for key in pair)
    return bool(left and right and not left & right) and not (what == 2 and any(nearly(a, b) for a in left for b in right))


def nearly(a, b):
    """Publishers mistype a day of birth, or write the month first: of year, month and day one is wrong, or two are swapped. A year holds its days."""
    if not (a[2] and b[2]):
        return a[0] == b[0]
    return sum(x == y for x, y in zip(a, b)) >= 2 or a == (b[0], b[2], b[1])


def born_together(everyone, pair):
    left, right = (everyone.get(key, NOBODY)[2] for key in pair)
    return any(day[2] for day in left & right)


def verdict(everyone, pair):
    """(is the pair one, by what), or (None, ''). The UN's reference outweighs a number, a number that two lists have outweighs a day of birth."""
    left, right = (everyone.get(key, NOBODY) for key in pair)
    if left[0] and right[0]:
        return bool(left[0] & right[0]), 'reference'
    if left[1] & right[1]:
        return True, 'number'
    if any(n.startswith('IMO') for n in left[1]) and any(n.startswith('IMO') for n in right[1]):
        return False, 'number'
    if born_together(everyone, pair) or differ(everyone, pair, 2):
        return born_together(everyone, pair), 'day of birth'
    return None, ''


def measure(score, everyone, same_ref, across, least):
    """By threshold. Judged by reference: both records have one; they are one entity when the references are the same."""
    judged = {p: s for p, s in score.items() if refs_of(everyone, p[0]) and refs_of(everyone, p[1])}
    between = {p: s for p, s in judged.items() if dataset(p[0]) != dataset(p[1])}
    table = []
    print('# by UN reference (UK with UN)                     by document        all pairs')
    print('# from    found  right  precision  at least  recall   recall (n=%4d)   across  within one list' % len(across))
    for t in (t for t in THRESHOLDS if t >= least * 1e6):
        found = [p for p, s in between.items() if s >= t]
        right = sum(p in same_ref for p in found)
        papers = sum(score.get(p, 0) >= t for p in across)
        all_across = sum(s >= t and dataset(p[0]) != dataset(p[1]) for p, s in score.items())
        within = sum(s >= t and dataset(p[0]) == dataset(p[1]) for p, s in score.items())
        row = {'threshold': t / 1e6, 'found': len(found), 'right': right, 'precision': right / max(len(found), 1),
               'at_least': at_least(right, len(found)), 'recall': right / max(len(same_ref), 1),
               'document_recall': papers / max(len(across), 1), 'across': all_across, 'within': within}
        table.append(row)
        print('# %.2f   %6d %6d     %.4f    %.4f  %.4f           %.4f   %6d  %6d' % (
            t / 1e6, len(found), right, row['precision'], row['at_least'], row['recall'], row['document_recall'], all_across, within))
    return table


NOBODY = (set(), set(), set())


def entities(ruled):
    """The sets of records that pairs make one."""
    parent = {}

    def root(key):
        parent.setdefault(key, key)
        while parent[key] != key:
            key = parent[key]
        return key

    for a, b in ruled:
        parent[root(a)] = root(b)
    sets = collections.defaultdict(set)
    for key in parent:
        sets[root(key)].add(key)
    return list(sets.values())


def claim_form(claim, pairs):
    claim(len({(p['left'], p['right']) for p in pairs}) == len(pairs) and all(p['left'] < p['right'] for p in pairs),
          'each pair once, the lower id on the left')
    order = [(-p['score_micro'], p['left'], p['right']) for p in pairs]
    claim(order == sorted(order), 'best first, then by id')
    claim(all(sum(c['micro'] for c in p['contributions']) == p['score_micro'] for p in pairs), 'contributions add up to the score')
    claim(all(p['judgement'] is None for p in pairs), 'nobody has judged, and nothing says so')


def claim_precision(claim, ruled, everyone):
    verdicts = {pair: verdict(everyone, pair) for pair in ruled}
    for by in ('reference', 'number', 'day of birth'):
        said = [right for right, why in verdicts.values() if why == by]
        print('# the rule, judged by %s: %d pairs, %d right' % (by, len(said), sum(said)))
    judged = sum(right is not None for right, _ in verdicts.values())
    wrong = sorted(pair for pair, (right, _) in verdicts.items() if right is False)
    print('# the rule: %d pairs, %d of them within one list; %d judged, %d wrong: precision %.5f, at least %.5f (95 %%)' % (
        len(ruled), sum(dataset(a) == dataset(b) for a, b in ruled), judged, len(wrong), 1 - len(wrong) / max(judged, 1),
        at_least(judged - len(wrong), judged)))
    apart_from_number = [verdict({key: (e[0], set(), e[2]) for key, e in ((k, everyone.get(k, NOBODY)) for k in pair)}, pair)[0] for pair in ruled]
    print('# the rule, judged by what it does not ask for, reference or day of birth: %d pairs, %d right' % (
        sum(right is not None for right in apart_from_number), sum(right is True for right in apart_from_number)))
    both = [pair for pair in ruled if all(any(day[2] for day in everyone.get(key, NOBODY)[2]) for key in pair)]
    print('# the rule, pairs with days of birth in both files: %d; %d have one in common, of %d all differ in more than a slip' % (
        len(both), sum(born_together(everyone, pair) for pair in both), sum(differ(everyone, pair, 2) for pair in both)))
    claim(judged >= JUDGED, 'at least %d pairs of the rule can be judged: %d' % (JUDGED, judged))
    claim(len(wrong) <= (1 - PRECISION) * judged, 'of the pairs of the rule at least %.1f %% are one: wrong %s' % (100 * PRECISION, wrong[:5]))


def claim_entities(claim, ruled, everyone, across):
    """What a pair joins, others join further: an entity of many records is as wrong as its worst pair."""
    made = entities(ruled)
    spread = collections.Counter(len({dataset(key).replace('eu-fsf', 'eu-journal') for key in keys}) for keys in made)
    print('# it makes %d entities of %d records, of which %d are on two lists, %d on three, %d on four' % (
        len(made), sum(map(len, made)), spread[2], spread[3], spread[4]))
    torn = [sorted(keys) for keys in made if any(differ(everyone, pair, 0) for pair in itertools.combinations(keys, 2))]
    print('# entities with records of which the UN keeps some apart: %d of %d with two references or more' % (
        len(torn), sum(sum(bool(refs_of(everyone, key)) for key in keys) > 1 for keys in made)))
    claim(not torn, 'no entity of the rule has two references of the UN: %s' % torn[:3])
    entity = {key: i for i, keys in enumerate(made) for key in keys}
    joined = sum(a in entity and entity[a] == entity.get(b) for a, b in across)
    print('# the rule makes one of %d of %d pairs with a number in common: recall %.4f' % (joined, len(across), joined / max(len(across), 1)))
    claim(joined >= RULE_RECALL * len(across), 'the rule makes one of at least %.0f %% of what has a number in common' % (100 * RULE_RECALL))
    return entity


def claims(pairs, table, everyone, same_ref, across):
    results = []

    def claim(good, what):
        results.append(bool(good))
        print('%sok %d - %s' % ('' if good else 'not ', len(results), what))

    claim_form(claim, pairs)
    ruled = {(p['left'], p['right']) for p in pairs if p.get('rule')}
    claim_precision(claim, ruled, everyone)
    entity = claim_entities(claim, ruled, everyone, across)
    queue = [p['score_micro'] for p in pairs if p['left'] not in entity or entity[p['left']] != entity.get(p['right'])]
    print('# the queue that is left: ' + ', '.join('%d from %.2f' % (sum(s >= row['threshold'] * 1e6 for s in queue), row['threshold']) for row in table))
    print('# the rule makes one of %d of %d pairs with a reference in common' % (
        sum(a in entity and entity[a] == entity.get(b) for a, b in same_ref), len(same_ref)))
    top = next(row for row in table if row['threshold'] == 0.7)
    claim(top['recall'] >= RECALL and top['document_recall'] >= RECALL, 'from 0.7 at least %.0f %% of both joins are found' % (100 * RECALL))
    found = {(p['left'], p['right']) for p in pairs}
    for pair in sorted(p for p in same_ref if p not in found)[:10]:
        print('# missed by reference: %s %s' % pair)
    for pair in sorted(p for p in across if p not in found)[:20]:
        print('# missed by number: %s %s' % pair)
    print('1..%d' % len(results))
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
