#!/usr/bin/env python3
"""Reads OFAC's enhanced XML with a tree parser of its own and holds what it says against what the program reads of it.

usage: count_ofac.py --program INTERDICT [FILE…]

Without a FILE it takes the lists under $INTERDICT_DATA/lists (../shared/data where that is not set), and ends with 77 when
they are not there. Of each file the facts of both sides are compared as sets, each way: "kind, record, value …". Ends with
1 when any differs.
"""
import calendar
import collections
import gzip
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

FILES = ('ofac/enhanced-irgc-2024-08-28/sdn_enhanced_irgc.xml.gz',)
SCHEMA = {'Individual': 'Person', 'Entity': 'Organization', 'Aircraft': 'Airplane', 'Vessel': 'Vessel'}
MARKS = '\u200e\u200f\u202a\u202b\u202c\u202d\u202e'
# What the program makes of a relation of that name between a record and another, as its documentation says.
ENDS = {'Representation': ('agent', 'client'), 'Directorship': ('director', 'organization'), 'Ownership': ('asset', 'owner'),
        'UnknownLink': ('subject', 'object')}


def root_of(path):
    with open(path, 'rb') as file:
        data = file.read()
    root = tree.fromstring(gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data)
    for element in root.iter():
        element.tag = element.tag.rpartition('}')[2]
    return root


def said(element, path):
    return ' '.join((element.findtext(path) or '').split())


def years(first, last):
    """Dates as the program has them for a period: one where the period is a day, a month or a year, else a year each."""
    if first == last:
        return {first}
    if first[:4] == last[:4] and first[5:] == '01-01' and last[5:] == '12-31':
        return {first[:4]}
    year, month = int(first[:4]), int(first[5:7])
    if first[8:] == '01' and last == f'{first[:8]}{calendar.monthrange(year, month)[1]}':
        return {first[:7]}
    return {str(year) for year in range(int(first[:4]), int(last[:4]) + 1)}


def relation_schema(kind, near, far):
    if kind == 'Acting for or on behalf of' and near in ('Person', 'Organization'):
        return 'Representation'
    if kind == 'Leader or official of' and far in ('Organization', None):
        return 'Directorship'
    if kind == 'Owned or Controlled By' and near in ('Airplane', 'Vessel'):
        return 'Ownership'
    return 'UnknownLink'


def enhanced(root):
    facts = set()
    schema = {e.get('id'): SCHEMA[said(e, 'generalInfo/entityType')] for e in root.iterfind('entities/entity')}
    for e in root.iterfind('entities/entity'):
        key = e.get('id')
        facts.add(('schema', key, schema[key]))
        for name in e.iterfind('names/name'):
            kind = 'name' if said(name, 'isPrimary') == 'true' else {'F.K.A.': 'previousName'}.get(said(name, 'aliasType'), 'alias')
            for one in name.iterfind('translations/translation'):
                own = kind if said(one, 'isPrimary') == 'true' or kind != 'name' else 'alias'
                own = 'weakAlias' if said(name, 'isLowQuality') == 'true' else own
                facts.add((own, key, said(one, 'formattedFullName').strip(MARKS)))
        for path, kind in (('sanctionsPrograms/sanctionsProgram', 'program'), ('sanctionsTypes/sanctionsType', 'provisions'),
                           ('legalAuthorities/legalAuthority', 'reason')):
            facts |= {(kind, key, x.text) for x in e.iterfind(path)}
        facts |= {('listingDate', key, x.get('datePublished')) for x in e.iterfind('sanctionsLists/sanctionsList')}
        for address in e.iterfind('addresses/address'):
            parts = {said(p, 'type'): said(p, 'value') for p in address.iter('addressPart')}
            order = ('ADDRESS1', 'ADDRESS2', 'ADDRESS3', 'CITY', 'STATE/PROVINCE', 'REGION', 'POSTAL CODE')
            full = ', '.join(filter(None, [parts.get(p) for p in order] + [said(address, 'country')]))
            if full:
                facts.add(('address', key, full))
        for feature in e.iterfind('features/feature'):
            kind, value = said(feature, 'type'), said(feature, 'value')
            if kind == 'Birthdate':
                begin, end = said(feature, 'valueDate/fromDateBegin'), said(feature, 'valueDate/toDateEnd')
                facts |= {('birthDate', key, day) for day in years(begin, end)}
            elif kind == 'Place of Birth':
                facts.add(('birthPlace', key, value))
            elif kind == 'Gender':
                facts.add(('gender', key, value.lower()))
            elif kind.startswith('Digital Currency Address - '):
                facts.add(('wallet', key, value))
                facts.add(('wallet asset', key, kind[27:]))
            elif kind.startswith(('Additional Sanctions', 'Secondary sanctions', 'IFCA')):
                facts.add(('provisions', key, f'{kind} {value}'.rstrip('.')))
            elif kind == 'SWIFT/BIC':
                facts.add(('paper', key, kind, value))
            elif kind in ('Aircraft Model', 'Website', 'Email Address'):
                facts.add(({'Aircraft Model': 'model', 'Website': 'website', 'Email Address': 'email'}[kind], key, value))
        for paper in e.iterfind('identityDocuments/identityDocument'):
            kind, number = said(paper, 'type'), said(paper, 'documentNumber')
            facts.add(('paper', key, kind, number))
            for path, word in (('issueDate', 'issued'), ('expirationDate', 'expires')):
                if paper.find(path) is not None:
                    day, = years(said(paper, path + '/fromDateBegin'), said(paper, path + '/toDateEnd'))
                    facts.add((word, key, number, day))
        for relation in e.iterfind('relationships/relationship'):
            far = relation.find('relatedEntity').get('entityId')
            kind = said(relation, 'type')
            facts.add(('relation', key, relation.get('id'), relation_schema(kind, schema[key], schema.get(far)), far, kind))
    return facts


def read_by(program, path):
    """The same facts out of the statements that the program exports, and whether a relation has a share."""
    with tempfile.TemporaryDirectory() as folder:
        index = os.path.join(folder, 'x.idx')
        subprocess.run([program, 'index', '-o', index, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        run = subprocess.run([program, 'export', '-l', index, '--format', 'statements'], check=True, stdout=subprocess.PIPE, text=True)
    entities = collections.defaultdict(lambda: collections.defaultdict(set))
    schema = {}
    for line in run.stdout.splitlines():
        s = json.loads(line)
        schema[s['entity_id']] = s['schema']
        entities[s['entity_id']][s['prop']].add(s['value'])
    facts = set()
    for whole, said_of in entities.items():
        dataset, _, rest = whole[len('us-ofac-'):].partition('-')
        key, _, suffix = rest.partition('-')
        prefix = f'us-ofac-{dataset}-'
        if not suffix:
            facts.add(('schema', key, schema[whole]))
            for kind in ('name', 'alias', 'previousName', 'weakAlias', 'address', 'birthDate', 'birthPlace', 'gender', 'model',
                         'website', 'email'):
                facts |= {(kind, key, value) for value in said_of[kind]}
        elif schema[whole] == 'Sanction':
            for kind in ('program', 'provisions', 'reason', 'listingDate'):
                facts |= {(kind, key, value) for value in said_of[kind]}
        elif schema[whole] in ('Passport', 'Identification'):
            number, = said_of['passportNumber'] | said_of['number']
            kind, = said_of['type']
            facts.add(('paper', key, kind, number))
            facts |= {(word, key, number, day) for word, prop in (('issued', 'startDate'), ('expires', 'endDate'))
                      for day in said_of[prop]}
        elif schema[whole] == 'CryptoWallet':
            facts |= {('wallet', key, value) for value in said_of['publicKey']}
            facts |= {('wallet asset', key, value) for value in said_of['currencySymbol']}
        elif schema[whole] in ENDS:
            near, far = ENDS[schema[whole]]
            (a,), (b,), (role,) = said_of[near], said_of[far], said_of['role']
            if a != prefix + key or said_of['percentage'] or said_of['sharesCount']:
                facts.add(('no such relation', key, a, b, role))
            facts.add(('relation', key, suffix.partition('-')[2], schema[whole], b[len(prefix):], role))
    return facts


def same(path, program):
    wanted, got = enhanced(root_of(path)), read_by(program, path)
    for fact in sorted(wanted - got):
        print(f'{path}: the program does not say {fact}', file=sys.stderr)
    for fact in sorted(got - wanted):
        print(f'{path}: the file does not say {fact}', file=sys.stderr)
    counts = collections.Counter(fact[0] for fact in wanted)
    print(json.dumps({'file': path, 'facts': dict(sorted(counts.items()))}))
    return wanted == got


def main(arguments):
    program, paths = arguments[1], arguments[2:]
    if not paths:
        root = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'lists')
        paths = [os.path.join(root, name) for name in FILES]
        if not os.path.exists(paths[0]):
            print(f'{paths[0]} is not there', file=sys.stderr)
            sys.exit(77)
    results = [same(path, program) for path in paths]
    sys.exit(not all(results))


if __name__ == '__main__':
    main(sys.argv[1:])
