#!/usr/bin/env python3
"""Holds the facts of OFAC's CSV sets and plain XML against what the program exports, both ways.

usage: facts_ofac.py --program INTERDICT

The csv module and an XML tree read the same files: names with their kind and strength, programmes, addresses by their number with
what belongs to them, posts, what is said of ships, and out of the remarks births with their precision, places, nationalities,
citizenships, genders, passports with number, country and dates, and links. A list of the same day in both forms gives the same
births, places and links. Ends with 77 when the files are not there. The other XML forms are in count_ofac.py.
"""
import collections
import os
import re
import sys

from count_lists import SIBLINGS, bare, rows, sibling
from facts import export, full, iso, line, records_of, root_of, run, same

SETS = ('sdn-2016-10-11/SDN.CSV', 'sdn-2021-07/sdn.csv.gz', 'sdn-2023-07/sdn.csv.gz', 'cons-2016-09-16/cons_prim.csv',
        'cons-2025-12-19/cons_prim.csv')
TREES = ('cons-2016-09-16/consolidated.xml', 'cons-2026-01-08/consolidated.xml', 'samples-xml/consolidated_sample.xml',
         'samples-xml/sdn_sample.xml', 'samples-xml/sdn_sample2.xml')
FILES = [f'lists/ofac/{name}' for name in SETS + TREES]
SCHEMA = {'individual': 'Person', 'vessel': 'Vessel', 'aircraft': 'Airplane', '-0-': 'Organization', 'entity': 'Organization'}
NAMES = ('name', 'alias', 'previousName', 'weakAlias')
QUOTED = re.compile(r"([afn])\.k\.a\. '(.+)'", re.S)
DAY = r'(?:\d\d? )?(?:[A-Z][a-z]{2} )?\d{4}'
PASSPORT = re.compile(rf'(?:alt\. )?Passport (\S+)(?: \(([^)]*)\))?(?: issued ({DAY}))?(?: expires ({DAY}))?')


def text(value):
    value = value.strip()
    return '' if value == '-0-' else value


def births(said):
    """The days that words such as "circa 1960", "1961 to 1963" or "Sep 1964" stand for."""
    bare_words = re.sub('circa ', '', said)
    both = re.fullmatch(rf'({DAY})(?: to |-)({DAY})', bare_words)
    if not both:
        return {iso(bare_words)} - {''}
    first, last = iso(both[1]), iso(both[2])
    if first[:7] == last[:7] and len(first) >= 7:
        return {first[:7]}
    years = int(first[:4]), int(last[:4])
    return {str(year) for year in (range(years[0], years[1] + 1) if years[1] - years[0] < 10 else years)}


def remarked(key, remarks, person):
    """Facts of the pieces of the remarks that this script knows."""
    facts = set()
    for piece in (piece.strip() for piece in remarks.split(';')):
        stripped = piece[:-1] if piece.endswith('.') else piece
        bare_piece = re.sub('^(?i:alt)\\. ', '', stripped)
        quoted = QUOTED.fullmatch(stripped)
        if quoted:
            facts.add(('weakAlias', key, quoted[2].strip()))
        elif bare_piece.startswith('DOB ') and person:
            facts |= {('birthDate', key, day, bare_piece[4:].strip()) for day in births(bare_piece[4:].strip())}
        elif re.match('(?i:POB:? ?)', bare_piece) and person:
            facts.add(('birthPlace', key, re.sub('^(?i:POB:? ?)', '', bare_piece).strip()))
        elif re.match('(?i:nationality:? )', bare_piece) and person:
            facts.add(('nationality', key, bare_piece.partition(' ')[2].strip()))
        elif re.match('citizen ', bare_piece) and person:
            facts.add(('citizenship', key, bare_piece[8:].strip()))
        elif bare_piece in ('Gender Male', 'Gender Female') and person:
            facts.add(('gender', key, bare_piece[7:].lower()))
        elif re.match('Other Vessel (Call Sign|Type|Flag) ', bare_piece):
            kind, said = re.match('Other Vessel (Call Sign|Type|Flag) (.*)', bare_piece).groups()
            facts.add(({'Call Sign': 'callSign', 'Type': 'type', 'Flag': 'flag'}[kind], key, said))
        elif re.match('\\(?Linked To: ', piece):
            facts.add(('linked', key, without_point(re.fullmatch('(\\()?Linked To: (.*?)(?(1)\\)\\.?)', piece)[2])))
        elif PASSPORT.fullmatch(stripped) and person:
            number, country, issued, expires = PASSPORT.fullmatch(stripped).groups(default='')
            facts.add(('passport', key, number, country, iso(issued), iso(expires)))
    return facts


def without_point(name):
    """"ALPHA S.A." keeps the point of its legal form: names are compared without any point at their end."""
    return name.strip().rstrip('.').lower()


def csv_set(path):
    main = rows(path)
    alt, add, comments = (sibling(path, name) for name in SIBLINGS[bare(os.path.basename(path))])
    facts, rest, person = set(), collections.defaultdict(str), {}
    for number, more in comments:
        rest[number] += more
    for row in main:
        key, schema = row[0], SCHEMA[row[2].strip()]
        person[key] = schema == 'Person'
        facts |= {('schema', key, schema), ('name', key, row[1].strip())}
        facts |= {('program', key, code) for code in text(row[3]).split('] [')} - {('program', key, '')}
        facts |= {('position', key, text(row[4]))} if text(row[4]) and schema == 'Person' else set()
        if schema == 'Vessel':
            for value, kind in zip(row[5:10], ('callSign', 'type', 'tonnage', 'grossRegisteredTonnage', 'flag')):
                facts |= {(kind, key, text(value).replace(',', '') if 'onnage' in kind else text(value))} if text(value) else set()
            facts |= {('owner', key, text(row[10]))} if text(row[10]) else set()
            facts -= {('flag', key, 'None Identified'), ('flag', key, 'Unknown')}
        remarks = text(row[11]) + rest[key]
        if not rest[key] and 998 <= len(remarks) and not remarks.endswith('.'):
            remarks = remarks.rpartition(';')[0]  # OFAC cut it there
        facts |= remarked(key, remarks, schema == 'Person')
    for row in alt:
        if row[0] in person:
            facts.add(({'fka': 'previousName'}.get(row[2].strip(), 'alias'), row[0], row[3].strip()))
    for row in add:
        where = full(text(cell) for cell in row[2:5])
        if row[0] in person and (where or text(row[5])):
            facts.add(('address', row[0], row[1], where, text(row[5])))
    return facts


def tree(root):
    facts = set()
    name_of = lambda e: full((line(e.findtext('lastName')), line(e.findtext('firstName'))))
    for e in root.findall('sdnEntry'):
        key, schema = line(e.findtext('uid')), SCHEMA[line(e.findtext('sdnType') or e.findtext('nspType')).lower()]
        person = schema == 'Person'
        facts |= {('schema', key, schema), ('name', key, name_of(e))}
        facts |= {('position', key, line(e.findtext('title')))} if line(e.findtext('title')) and person else set()
        for aka in e.iterfind('akaList/aka'):
            kind = 'weakAlias' if line(aka.findtext('category')) == 'weak' else \
                'previousName' if line(aka.findtext('type')).startswith('f') else 'alias'
            facts.add((kind, key, name_of(aka)))
        facts |= {('program', key, line(x.text)) for x in e.iterfind('programList/program')}
        for x in e.iterfind('addressList/address'):
            parts = [line(x.findtext(part)) for part in ('address1', 'address2', 'address3', 'city', 'stateOrProvince',
                                                                                'postalCode', 'country')]
            facts |= {('address', key, line(x.findtext('uid')), full(parts), '')} if any(parts) else set()
        if person:
            facts |= {('birthDate', key, day, line(x.text)) for x in e.iter('dateOfBirth') for day in births(line(x.text))}
            facts |= {('birthPlace', key, line(x.text)) for x in e.iter('placeOfBirth')}
            facts |= {('nationality', key, line(x.findtext('country'))) for x in e.iter('nationality')}
            facts |= {('citizenship', key, line(x.findtext('country'))) for x in e.iter('citizenship')}
            for x in e.iterfind('idList/id'):
                if line(x.findtext('idType')) == 'Gender':
                    facts.add(('gender', key, line(x.findtext('idNumber')).lower()))
                elif line(x.findtext('idType')) == 'Passport':
                    facts.add(('passport', key, line(x.findtext('idNumber')), line(x.findtext('idCountry')), iso(line(x.findtext('issueDate'))),
                               iso(line(x.findtext('expirationDate')))))
        for x in e.iterfind('vesselInfo'):
            for tag, kind in (('callSign', 'callSign'), ('vesselType', 'type'), ('tonnage', 'tonnage'),
                              ('grossRegisteredTonnage', 'grossRegisteredTonnage'), ('vesselFlag', 'flag'), ('vesselOwner', 'owner')):
                facts |= {(kind, key, line(x.findtext(tag)))} if line(x.findtext(tag)) not in ('', 'None Identified', 'Unknown') else set()
        facts |= {fact for fact in remarked(key, line(e.findtext('remarks')), person)}
    return facts


def got_of(entities, dataset, wanted):
    records, parts = records_of({name: e for name, e in entities.items() if '-named-' not in name}, dataset)
    facts, passports = set(), {fact[1:] for fact in wanted if fact[0] == 'passport'}
    name_of = lambda id_: next(iter(entities[id_].value['name']))
    for key, e in records.items():
        facts.add(('schema', key, e.schema))
        for kind in (*NAMES, 'position', 'birthPlace', 'gender', 'callSign', 'type', 'tonnage', 'grossRegisteredTonnage'):
            facts |= {(kind, key, value) for value in e.value[kind]}
        for kind in ('nationality', 'citizenship', 'flag'):
            facts |= {(kind, key, value) for value in e.said[kind]}
        facts |= {('birthDate', key, *pair) for pair in e.pairs['birthDate']}
        facts |= {('owner', key, name_of(v) if v == s else s) for v, s in e.pairs['owner']}
        for name, part in parts[key]:
            if part.schema == 'Address':
                facts.add(('address', key, name.rpartition('-')[2], part.one('full'), part.one('remarks')))
            elif part.schema == 'Sanction':
                facts |= {('program', key, value) for value in part.value['program']}
            elif part.schema == 'UnknownLink' and part.one('role') == 'Linked To':
                facts |= {('linked', key, without_point(name_of(v) if v == s else s)) for v, s in part.pairs['object']}
            elif part.schema == 'Passport' and part.one('type').startswith('Passport'):
                fact = (key, part.one('passportNumber'), part.one('country'), next(iter(part.value['startDate']), ''),
                        next(iter(part.value['endDate']), ''))
                facts |= {('passport', *fact)} if fact in passports else set()
    return facts


def check(program, name, path):
    dataset = 'us-ofac-cons' if 'cons' in os.path.basename(name).lower() else 'us-ofac-sdn'
    wanted = tree(root_of(path)) if name.endswith('.xml') else csv_set(path)
    return same(name, wanted, got_of(export(program, path), dataset, wanted))


if __name__ == '__main__':
    run(sys.argv[1:], FILES, check)
