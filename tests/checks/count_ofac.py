#!/usr/bin/env python3
"""Reads OFAC's enhanced and plain XML with a tree parser of its own and holds what they say against what the program reads:
of the enhanced XML from itself, of the advanced XML from the plain XML of the same day beside it.

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
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

FILES = ('ofac/enhanced-irgc-2024-08-28/sdn_enhanced_irgc.xml.gz', 'ofac/cons-2016-09-16/cons_advanced.xml.gz')
# What the plain XML states as the advanced one does.
ALIKE = ('schema', 'name', 'alias', 'previousName', 'weakAlias', 'program', 'birthDate', 'birthPlace', 'address', 'paper', 'website',
         'email', 'linked')
SCHEMA = {'Individual': 'Person', 'Entity': 'Organization', 'Aircraft': 'Airplane', 'Vessel': 'Vessel'}
MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()
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


def plain(root):
    """Facts of consolidated.xml. Names in small letters: the advanced XML keeps the case of the source."""
    facts = set()
    name = lambda e: ', '.join(filter(None, (said(e, 'lastName'), said(e, 'firstName')))).lower()
    keys = {name(e): said(e, 'uid') for e in root.iterfind('sdnEntry')}
    for e in root.iterfind('sdnEntry'):
        key, kind = said(e, 'uid'), said(e, 'sdnType') or said(e, 'nspType')
        facts |= {('schema', key, SCHEMA[kind]), ('name', key, name(e))}
        for aka in e.iterfind('akaList/aka'):
            strong = 'previousName' if said(aka, 'type').startswith('f') else 'alias'
            facts.add(('weakAlias' if said(aka, 'category') == 'weak' else strong, key, name(aka)))
        facts |= {('program', key, x.text) for x in e.iterfind('programList/program')}
        for day in e.iterfind('dateOfBirthList/dateOfBirthItem/dateOfBirth'):
            facts |= {('birthDate', key, d) for d in english(day.text)}
        facts |= {('birthPlace', key, said(x, '.')) for x in e.iterfind('placeOfBirthList/placeOfBirthItem/placeOfBirth')}
        for address in e.iterfind('addressList/address'):
            order = ('address1', 'address2', 'address3', 'city', 'stateOrProvince', 'postalCode', 'country')
            full = ', '.join(filter(None, (said(address, part).removeprefix('Region: ') for part in order)))
            if full:
                facts.add(('address', key, said(address, 'uid'), full))
        for paper in e.iterfind('idList/id'):
            kind, number = said(paper, 'idType'), re.sub(r' \(.*\)$', '', said(paper, 'idNumber'))
            if kind in ('Website', 'Email Address'):
                facts.add(({'Website': 'website', 'Email Address': 'email'}[kind], key, number))
            elif kind in ('Registration ID', 'Tax ID No.', 'Government Gazette Number', 'Passport', 'SWIFT/BIC', 'UK Company Number'):
                facts.add(('paper', key, kind, number))
        for other in re.findall(r'\(Linked To: (.*?)\)(?:;|$|\.)', said(e, 'remarks')):
            facts.add(('linked', key, keys.get(other.lower(), other)))
    return facts


def english(text):
    """Dates of "27 Mar 1964", "Mar 1964", "circa 1964"; a year each of "1960 to 1962"."""
    parts = [re.fullmatch(r'(?:(\d\d) )?(?:(\w{3}) )?(\d{4})', part).groups() for part in re.sub('^circa ', '', text).split(' to ')]
    if len(parts) == 2:
        return {str(year) for year in range(int(parts[0][2]), int(parts[1][2]) + 1)}
    day, month, year = parts[0]
    return {'-'.join(filter(None, (year, month and f'{MONTHS.index(month) + 1:02}', day)))}


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
        elif schema[whole] == 'Address':
            facts |= {('address id', key, suffix.partition('-')[2], value) for value in said_of['full']}
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


def advanced_alike(facts):
    """What of the program's reading of an advanced XML the plain one states too, in the form of plain()."""
    alike = set()
    for fact in facts:
        if fact[0] in ('name', 'alias', 'previousName', 'weakAlias'):
            alike.add((fact[0], fact[1], fact[2].lower()))
        elif fact[0] == 'relation' and fact[5] == 'Owned or Controlled By':
            alike.add(('linked', fact[1], fact[4]))
        elif fact[0] == 'address id':
            alike.add(('address', *fact[1:]))
        elif fact[0] == 'paper' and fact[2] not in ('Registration ID', 'Tax ID No.', 'Government Gazette Number', 'Passport', 'SWIFT/BIC',
                                                     'UK Company Number'):
            continue
        elif fact[0] in ALIKE and fact[0] != 'address':
            alike.add(fact)
    return alike


def same(path, program):
    got = read_by(program, path)
    if 'advanced' in path:
        beside = os.path.join(os.path.dirname(path), 'consolidated.xml')
        wanted, got = plain(root_of(beside)), advanced_alike(got)
        wanted = {fact for fact in wanted if fact[0] in ALIKE}
    else:
        wanted = enhanced(root_of(path))
        got = {fact for fact in got if fact[0] != 'address id'}
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
