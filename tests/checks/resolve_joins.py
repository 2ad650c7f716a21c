#!/usr/bin/env python3
"""Holds `interdict resolve` against joins that need no name: the UN's reference that the UK list writes beside its entries, and numbers of
documents and ships that two lists have in common, both read straight from the publishers' files.

usage: resolve_joins.py [--program INTERDICT] [--pairs PAIRS.jsonl] [--json FILE]

Without --pairs the lists are put into a new case and `INTERDICT resolve CASE --threshold 0.5 --jsonl` is run. Prints TAP: tables as comments, and
a case a claim. Ends with 77 when the lists are not there.
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
EU = ('lists/eu/eu_fsf_1_1_sample_2020-04-15.xml', 'lists/eu/journal/consolidated_32017R1509.csv')
THRESHOLDS = (500000, 600000, 700000, 750000, 800000, 850000, 900000, 950000, 980000, 1000000)
REFERENCE = re.compile(r'\b([A-Z]{2}[ie])\.?\s*0*(\d+)\b', re.I)


def content(name):
    with open(os.path.join(DATA, name), 'rb') as file:
        data = file.read()
    return gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data


def references(text):
    return {(kind.lower(), int(number)) for kind, number in REFERENCE.findall(text)}


def numbers(text):
    """The numbers of documents in a field: "(1) A12 34 (2) B77" are two. Only what is long enough not to be met by chance."""
    found = set()
    for part in re.split(r'\(\s*(?:\d{1,2}|[a-z])\s*\)|[;,]', text):
        token = re.split(r'\(|\bissued\b|\bexpir|:', part.strip(), maxsplit=1, flags=re.I)[0]
        token = re.sub(r'[^A-Z0-9]', '', token.upper())
        if len(token) >= 7 and sum(c.isdigit() for c in token) >= 5 and len(set(token)) >= 4 and len(token) <= 24:
            found.add(token)
    return found


def imo(text):
    return {'IMO' + number for number in re.findall(r'\bIMO[^0-9]{0,12}([0-9]{7})\b', text, re.I)}


def read_un():
    found = {}
    for e in ElementTree.fromstring(content(UN)).iter():
        if e.tag not in ('INDIVIDUAL', 'ENTITY'):
            continue
        papers = set()
        for paper in e.findall('INDIVIDUAL_DOCUMENT'):
            papers |= numbers(paper.findtext('NUMBER') or '')
        found['un-sc-' + e.findtext('DATAID').strip()] = (references(e.findtext('REFERENCE_NUMBER') or ''), papers)
    return found


def read_uk():
    text = content(UK).decode('utf-8-sig')
    rows = csv.DictReader(io.StringIO(text.split('\n', 1)[1], newline=''))
    found = {}
    for row in rows:
        refs, papers = found.setdefault('gb-ofsi-' + row['Group ID'].strip(), (set(), set()))
        more = row['Other Information']
        for said in re.findall(r'\(UN Ref\):\s*([^()]{4,60})', more):
            refs |= references(said[:12])
        papers |= numbers(row['Passport Number']) | numbers(row['National Identification Number'])
        papers |= {n for said in re.findall(r'\(Business Reg No\):([^()]*)', more) for n in numbers(said)}
        if row['Group Type'] == 'Ship':
            papers |= {'IMO' + n for n in re.findall(r'\(IMO number\):\s*([0-9]{7})', more)}
    return found


def read_ofac():
    found = collections.defaultdict(lambda: (set(), set()))
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
        papers = found['us-ofac-sdn-' + row[0].strip()][1]
        for said in (row[11] + comments[row[0]]).split(';'):
            if re.search(r'\b(Passport|No\.|ID Number|Number|Cedula|Registration)\b', said):
                for token in re.findall(r'(?:Passport|No\.|Number|Cedula|ID)\s+([A-Z0-9][A-Z0-9/. -]{5,30})', said):
                    papers |= numbers(re.split(r' (?=[a-z(])', token)[0])
            papers |= imo(said) if row[2] == 'vessel' else set()
    return dict(found)


def read_eu():
    found = {}
    for e in ElementTree.fromstring(content(EU[0])).iter():
        if e.tag.endswith('}sanctionEntity'):
            papers = set()
            for paper in e.iter():
                if paper.tag.endswith('}identification'):
                    papers |= numbers(paper.get('number') or '')
            found['eu-fsf-' + e.get('euReferenceNumber')] = (set(), papers)
    for row in csv.DictReader(io.StringIO(content(EU[1]).decode('utf-8-sig'), newline='')):
        if not row['recordId']:
            continue
        papers = set()
        for column in ('passportNumber', 'idNumber', 'registrationNumber', 'taxNumber'):
            papers |= numbers(row[column] or '')
        if row['schema'] == 'Vessel':
            papers |= {'IMO' + n for n in re.findall(r'[0-9]{7}', row['imoNumber'] or '')}
        found['eu-journal-%s-%s-%s' % (row['celex'], row['annex'], row['recordId'])] = (set(), papers)
    return found


def dataset(key):
    return next(d for d in ('us-ofac-sdn', 'un-sc', 'gb-ofsi', 'eu-fsf', 'eu-journal') if key.startswith(d + '-'))


def run(program, *args, want=(0,), out=None):
    done = subprocess.run([program, *args], stdout=out or subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in want:
        sys.exit('%s: exit %d\n%s' % (' '.join(args), done.returncode, done.stderr.decode()))
    return done.stdout


def resolve(program, folder):
    case, pairs = os.path.join(folder, 'lists.case'), os.path.join(folder, 'pairs.jsonl')
    run(program, 'case', 'init', case)
    run(program, 'case', 'import', case, '--skip-bad', '-q', *(os.path.join(DATA, n) for n in (OFAC, UN, UK, *EU)), want=(0, 3))
    with open(pairs, 'wb') as out:
        run(program, 'resolve', case, '--threshold', '0.5', '--jsonl', '-q', want=(10,), out=out)
    return pairs


def at_least(right, count):
    """Lower end of the one-sided 95 % interval of a share (Wilson)."""
    if count == 0:
        return 0.0
    z, p = 1.6449, right / count
    return (p + z * z / (2 * count) - z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))) / (1 + z * z / count)


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--program', default=os.path.join(ROOT, 'build', 'interdict'))
    options.add_argument('--pairs')
    options.add_argument('--json')
    options = options.parse_args()
    if not all(os.path.exists(os.path.join(DATA, n)) for n in (OFAC, UN, UK, *EU)):
        print('# the lists are not there: %s' % DATA)
        return 77
    un, uk, ofac, eu = read_un(), read_uk(), read_ofac(), read_eu()
    everyone = {**un, **uk, **ofac, **eu}
    by_ref = collections.defaultdict(set)
    for key, (refs, _) in un.items():
        for ref in refs:
            by_ref[ref].add(key)
    same_ref = {tuple(sorted((a, b))) for a, (refs, _) in uk.items() for ref in refs for b in by_ref[ref]}
    by_paper = collections.defaultdict(set)
    for key, (_, papers) in everyone.items():
        for paper in papers:
            by_paper[paper].add(key)
    same_paper = {tuple(sorted(pair)) for keys in by_paper.values() if len(keys) <= 8 for pair in itertools.combinations(keys, 2)}
    # A number that two records have by chance is no join: where both have a reference, and another one, the UN keeps them apart.
    apart = {p for p in same_paper if all(refs_of(everyone, key) for key in p) and not refs_of(everyone, p[0]) & refs_of(everyone, p[1])}
    across = {p for p in same_paper - apart if dataset(p[0]) != dataset(p[1])}
    print('# records: %d OFAC, %d UN, %d UK, %d EU' % (len(ofac), len(un), len(uk), len(eu)))
    print('# UK entries with a UN reference: %d, of which the UN list still has %d' % (
        sum(bool(r) for r, _ in uk.values()), len({p[0] for p in same_ref})))
    print('# pairs with a document in common: %d across lists, %d within one; %d more that the UN keeps apart' % (
        len(across), len(same_paper) - len(apart) - len(across), len(apart)))
    with tempfile.TemporaryDirectory(prefix='itd-joins-') as folder:
        path = options.pairs or resolve(options.program, folder)
        with open(path, encoding='utf-8') as lines:
            pairs = [json.loads(line) for line in lines]
    score = {(p['left'], p['right']): p['score_micro'] for p in pairs}
    table = measure(score, everyone, same_ref, same_paper, across)
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as out:
            json.dump(table, out, indent=1)
    return claims(pairs, score, table, everyone, same_ref, across)


def refs_of(everyone, key):
    return everyone.get(key, NOBODY)[0]


def measure(score, everyone, same_ref, same_paper, across):
    """By threshold. Judged by reference: both records have one; they are one entity when the references are the same."""
    judged = {p: s for p, s in score.items() if refs_of(everyone, p[0]) and refs_of(everyone, p[1])}
    between = {p: s for p, s in judged.items() if dataset(p[0]) != dataset(p[1])}
    table = []
    print('# by UN reference (UK with UN)                     by document        all pairs')
    print('# from    found  right  precision  at least  recall   recall (n=%4d)   across  within one list' % len(across))
    for t in THRESHOLDS:
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


NOBODY = (set(), set())


def clusters(ruled):
    """Records that are one with others, entities that they are, and how many of these stand on two, three and four lists."""
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
        sets[root(key)].add(dataset(key).replace('eu-fsf', 'eu-journal'))
    spread = collections.Counter(len(s) for s in sets.values())
    return len(parent), len(sets), spread[2], spread[3], spread[4]


def claims(pairs, score, table, everyone, same_ref, across):
    results = []

    def claim(good, what):
        results.append(good)
        print('%sok %d - %s' % ('' if good else 'not ', len(results), what))

    claim(len(score) == len(pairs) and all(a < b for a, b in score), 'each pair once, the lower id on the left')
    order = [(-p['score_micro'], p['left'], p['right']) for p in pairs]
    claim(order == sorted(order), 'best first, then by id')
    claim(all(sum(c['micro'] for c in p['contributions']) == p['score_micro'] for p in pairs), 'contributions add up to the score')
    claim(all(p['judgement'] is None for p in pairs), 'nobody has judged, and nothing says so')
    ruled = {(p['left'], p['right']) for p in pairs if p.get('rule')}
    judged = [p for p in ruled if refs_of(everyone, p[0]) and refs_of(everyone, p[1])]
    wrong = [p for p in judged if not refs_of(everyone, p[0]) & refs_of(everyone, p[1])]
    papers = [p for p in ruled if everyone.get(p[0], NOBODY)[1] & everyone.get(p[1], NOBODY)[1]]
    print('# the rule: %d pairs, %d of them within one list; %d judged by reference, %d wrong; %d have the document in both files as read here' % (
        len(ruled), sum(dataset(a) == dataset(b) for a, b in ruled), len(judged), len(wrong), len(papers)))
    print('# it makes one of %d records: %d entities, of which %d are on two lists, %d on three, %d on four' % clusters(ruled))
    claim(not wrong, 'what the rule merges, the UN calls one: %s' % wrong[:3])
    claim(len(ruled) > 0.8 * len(across), 'the rule merges most of what has a document in common')
    top = next(row for row in table if row['threshold'] == 0.7)
    claim(top['recall'] >= 0.99 and top['document_recall'] >= 0.99, 'from 0.7 at least 99 % of both joins are found')
    missed = [p for p in same_ref if score.get(p, 0) < 500000]
    for pair in sorted(missed)[:10]:
        print('# missed by reference: %s %s' % pair)
    for pair in sorted(p for p in across if score.get(p, 0) < 500000)[:20]:
        print('# missed by document: %s %s' % pair)
    print('1..%d' % len(results))
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
