#!/usr/bin/env python3
"""Writes invented UK Sanctions Lists, as XML and as CSV, and holds what the program reads of them against what was written.

usage: facts_uksl.py --program INTERDICT

No public file of the whole list is small enough to be kept; its form is that of docs and of the index. 300 designations are made from a
fixed seed: names of each kind and strength, names in other scripts, births with unknown parts, papers, addresses, ships with numbers
with and without "IMO", firms with registers and parents. Both forms have to say the same, what was invented, and nothing else of the
kinds that are compared.
"""
import csv
import os
import random
import sys
import tempfile
from xml.sax.saxutils import escape

from facts import export, full, records_of, same

COUNT = 300
SYLLABLES = 'ka lo mir ten zu bra shi von del ost pra qui'.split()
COUNTRIES = ('Iran', 'Russia', 'Syria', 'Malta', 'Kenya')
SCRIPTS = ('Мирон Каван', 'ميرون كاوان', '米伦')
HEADER = ('Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Title,'
          'Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,Designation Type,Designation source,Sanctions '
          'Imposed,Other Information,UK Statement of Reasons,Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address '
          'Line 6,Address Postal Code,Address Country,Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National '
          'Identifier number,National Identifier additional information,Passport number,Passport additional information,Position,Gender,Town of '
          'birth,Country of birth,Type of entity,Subsidiaries,Parent company,Business registration number (s),IMO number,Current owner/operator '
          '(s),Previous owner/operator (s),Current believed flag of ship,Previous flags,Type of ship,Tonnage of ship,Length of ship,Year '
          'Built,Hull identification number (HIN)').split(',')


def word(r):
    return ''.join(r.choice(SYLLABLES) for _ in range(r.randint(2, 3))).upper()


def imo(r):
    digits = [r.randint(0, 9) for _ in range(6)]
    return ''.join(map(str, digits)) + str(sum(d * w for d, w in zip(digits, range(7, 1, -1))) % 10)


def date(r):
    return f'{r.randint(1, 28):02}/{r.randint(1, 12):02}/{r.randint(2001, 2026)}'


def invent(r, number):
    """One designation, its facts named by the columns of the CSV; lists are several rows there."""
    kind = r.choice(('Individual', 'Entity', 'Ship'))
    d = {'id': f'XXX{number:04}', 'kind': kind, 'group': str(90000 + number), 'regime': f'Regime {r.randint(1, 4)}', 'updated': date(r),
         'designated': date(r), 'source': r.choice(('UK', 'UN')), 'measures': r.sample(('Asset freeze', 'Travel Ban', 'Arms embargo'), r.randint(1, 3)),
         'reasons': f'Said to be {word(r)}.', 'other': f'Known for {word(r)}.', 'names': [], 'scripts': r.sample(SCRIPTS, r.randint(0, 2)),
         'addresses': [([f'{r.randint(1, 99)} {word(r)} Street', word(r)], f'{r.randint(1000, 9999)}', r.choice(COUNTRIES))
                       for _ in range(r.randint(0, 2))]}
    for i in range(r.randint(1, 4)):
        parts = [word(r) for _ in range(r.randint(0, 3) if kind == 'Individual' else 0)] + [word(r) + (f' {number}' if kind != 'Individual' else '')]
        d['names'].append((parts, 'Primary Name' if i == 0 else r.choice(('Alias', 'Primary Name Variation')), r.choice(('', 'Good quality', 'Low quality'))
                           if i else ''))
    if kind == 'Individual':
        d |= {'births': [r.choice((f'dd/mm/{year}', f'dd/{r.randint(1, 12):02}/{year}', f'{r.randint(1, 28):02}/{r.randint(1, 12):02}/{year}'))
                         for year in r.sample(range(1930, 1999), r.randint(0, 2))], 'nationalities': r.sample(COUNTRIES, r.randint(0, 2)),
              'positions': [f'Head of {word(r)}' for _ in range(r.randint(0, 2))], 'gender': r.choice(('', 'Male', 'Female')),
              'passports': [f'A{r.randint(100000, 999999)}' for _ in range(r.randint(0, 2))],
              'births_at': [(word(r), r.choice(COUNTRIES)) for _ in range(r.randint(0, 1))]}
    elif kind == 'Entity':
        d |= {'registers': [str(r.randint(1000000, 9999999)) for _ in range(r.randint(0, 2))], 'parents': [f'{word(r)} LTD' for _ in range(r.randint(0, 1))]}
    else:
        d |= {'imos': [imo(r)], 'prefix': r.random() < 0.5, 'flags': r.sample(COUNTRIES, 1), 'built': str(r.randint(1960, 2025))}
    return d


def tags(name, values, inside=''):
    return ''.join(f'<{name}>{inside and f"<{inside}>"}{escape(v)}{inside and f"</{inside}>"}</{name}>' for v in values)


def as_xml(designations):
    out = ['<?xml version="1.0" encoding="utf-8"?><Designations><DateGenerated>02/10/2026</DateGenerated>']
    for d in designations:
        out.append(f'<Designation><LastUpdated>{d["updated"]}</LastUpdated><DateDesignated>{d["designated"]}</DateDesignated><UniqueID>{d["id"]}'
                   f'</UniqueID><OFSIGroupID>{d["group"]}</OFSIGroupID><Names>')
        for parts, kind, strength in d['names']:
            out.append('<Name>' + ''.join(f'<Name{i}>{part}</Name{i}>' for i, part in enumerate(parts[:-1], 1)) + f'<Name6>{parts[-1]}</Name6>'
                       f'<NameType>{kind}</NameType>' + (f'<AliasStrength>{strength}</AliasStrength>' if strength else '') + '</Name>')
        out.append('</Names><NonLatinNames>' + tags('NonLatinName', d['scripts'], 'NameNonLatinScript') + f'</NonLatinNames><RegimeName>{d["regime"]}'
                   f'</RegimeName><IndividualEntityShip>{d["kind"]}</IndividualEntityShip><DesignationSource>{d["source"]}</DesignationSource>'
                   f'<SanctionsImposed>{"|".join(d["measures"])}</SanctionsImposed><OtherInformation>{d["other"]}</OtherInformation>'
                   f'<UKStatementofReasons>{d["reasons"]}</UKStatementofReasons><Addresses>')
        for lines, code, country in d['addresses']:
            out.append('<Address>' + ''.join(f'<AddressLine{i}>{text}</AddressLine{i}>' for i, text in enumerate(lines, 1)) +
                       f'<AddressPostalCode>{code}</AddressPostalCode><AddressCountry>{country}</AddressCountry></Address>')
        out.append('</Addresses>')
        if d['kind'] == 'Individual':
            out.append('<IndividualDetails><Individual><DOBs>' + tags('DOB', d['births']) + '</DOBs><Nationalities>' +
                       tags('Nationality', d['nationalities']) + '</Nationalities><PassportDetails>' +
                       tags('Passport', d['passports'], 'PassportNumber') + '</PassportDetails><Positions>' + tags('Position', d['positions']) +
                       '</Positions><Genders>' + tags('Gender', filter(None, [d['gender']])) + '</Genders><BirthDetails>' +
                       ''.join(f'<Location><TownOfBirth>{town}</TownOfBirth><CountryOfBirth>{country}</CountryOfBirth></Location>'
                               for town, country in d['births_at']) + '</BirthDetails></Individual></IndividualDetails>')
        elif d['kind'] == 'Entity':
            out.append('<EntityDetails><Entity><ParentCompanies>' + tags('ParentCompany', d['parents']) + '</ParentCompanies><BusinessRegistrationNumbers>' +
                       tags('BusinessRegistrationNumber', d['registers']) + '</BusinessRegistrationNumbers></Entity></EntityDetails>')
        else:
            out.append('<ShipDetails><Ship><IMONumbers>' + tags('IMONumber', [('IMO' if d['prefix'] else '') + n for n in d['imos']]) +
                       '</IMONumbers><CurrentBelievedFlagOfShips>' + tags('CurrentBelievedFlagOfShip', d['flags']) +
                       f'</CurrentBelievedFlagOfShips><YearBuilts><YearBuilt>{d["built"]}</YearBuilt></YearBuilts></Ship></ShipDetails>')
        out.append('</Designation>')
    return ''.join(out) + '</Designations>'


def csv_rows(d):
    """A row a name and address and the like: the n-th of each list stands in the n-th row, the common facts in all."""
    common = {'Last Updated': d['updated'], 'Unique ID': d['id'], 'OFSI Group ID': d['group'], 'Regime Name': d['regime'], 'Designation Type': d['kind'],
              'Designation source': d['source'], 'Sanctions Imposed': '|'.join(d['measures']), 'Other Information': d['other'],
              'UK Statement of Reasons': d['reasons'], 'Date Designated': d['designated']}
    lists = {'Name non-latin script': d['scripts'], 'D.O.B': d.get('births', []), 'Nationality(/ies)': d.get('nationalities', []),
             'Position': d.get('positions', []), 'Passport number': d.get('passports', []), 'Gender': list(filter(None, [d.get('gender')])),
             'Business registration number (s)': d.get('registers', []), 'Parent company': d.get('parents', []),
             'IMO number': [('IMO ' if d.get('prefix') else '') + n for n in d.get('imos', [])], 'Current believed flag of ship': d.get('flags', []),
             'Year Built': list(filter(None, [d.get('built')]))}
    rows = []
    for i in range(max(len(d['names']), len(d['addresses']), *map(len, lists.values()))):
        row = dict(common)
        parts, kind, strength = d['names'][min(i, len(d['names']) - 1)]
        row |= {f'Name {n}': part for n, part in enumerate(parts[:-1], 1)} | {'Name 6': parts[-1], 'Name type': kind, 'Alias strength': strength}
        if i < len(d['addresses']):
            lines, code, country = d['addresses'][i]
            row |= {f'Address Line {n}': text for n, text in enumerate(lines, 1)} | {'Address Postal Code': code, 'Address Country': country}
        row |= {column: values[i] for column, values in lists.items() if i < len(values)}
        for town, country in d.get('births_at', [])[i:i + 1]:
            row |= {'Town of birth': town, 'Country of birth': country}
        rows.append([row.get(column, '') for column in HEADER])
    return rows


def iso(text):
    day, month, year = text.split('/')
    return '-'.join([year] + ([month] if month.isdigit() else []) + ([day] if day.isdigit() else []))


def wanted_of(designations):
    facts = set()
    for d in designations:
        key = d['id']
        facts |= {('schema', key, {'Individual': 'Person', 'Entity': 'Organization', 'Ship': 'Vessel'}[d['kind']]), ('program', key, d['regime'])}
        for parts, kind, strength in d['names']:
            facts |= {('notes', key, f'{kind}: {" ".join(parts)}')} if kind == 'Primary Name Variation' else set()
            facts.add(('name' if kind == 'Primary Name' else 'weakAlias' if strength.startswith('Low') else 'alias', key, ' '.join(parts)))
        facts |= {('alias', key, name) for name in d['scripts']}
        facts |= {('listingDate', key, iso(d['designated'])), ('modifiedAt', key, iso(d['updated'])), ('reason', key, d['reasons']),
                  ('notes', key, d['other']), ('group', key, d['group'])}
        facts |= {('provisions', key, measure) for measure in d['measures']}
        facts |= {('address', key, full([*lines, code, country])) for lines, code, country in d['addresses']}
        facts |= {('birthDate', key, iso(day), day) for day in d.get('births', [])}
        facts |= {('nationality', key, name) for name in d.get('nationalities', [])} | {('position', key, name) for name in d.get('positions', [])}
        facts |= {('gender', key, d['gender'].lower())} if d.get('gender') else set()
        facts |= {('passport', key, number) for number in d.get('passports', [])}
        facts |= {kind for town, country in d.get('births_at', []) for kind in (('birthPlace', key, town), ('birthCountry', key, country))}
        facts |= {('registrationNumber', key, number) for number in d.get('registers', [])}
        facts |= {('relation', key, 'Parent company', name) for name in d.get('parents', [])}
        facts |= {('imoNumber', key, number) for number in d.get('imos', [])} | {('flag', key, name) for name in d.get('flags', [])}
        facts |= {('buildDate', key, d['built'])} if d.get('built') else set()
    return facts


def got_of(entities):
    records, parts = records_of({name: e for name, e in entities.items() if '-named-' not in name}, 'gb-uksl')
    facts = set()
    for key, e in records.items():
        facts.add(('schema', key, e.schema))
        for kind in ('name', 'alias', 'weakAlias', 'previousName', 'position', 'gender', 'birthPlace', 'registrationNumber', 'imoNumber', 'buildDate'):
            facts |= {(kind, key, value) for value in e.value[kind]}
        for kind in ('nationality', 'birthCountry', 'flag'):
            facts |= {(kind, key, value) for value in e.said[kind]}
        facts |= {('birthDate', key, *pair) for pair in e.pairs['birthDate']}
        facts |= {('group', key, note.rpartition(' ')[2]) if note.startswith('OFSI Group ID') else ('notes', key, note) for note in e.value['notes']
                  if not note.startswith('Designation source')}
        for _, part in parts[key]:
            if part.schema == 'Sanction':
                for kind in ('program', 'listingDate', 'modifiedAt', 'reason', 'provisions'):
                    facts |= {(kind, key, value) for value in part.value[kind]}
            elif part.schema == 'Address':
                facts.add(('address', key, part.one('full')))
            elif part.schema == 'Passport':
                facts |= {('passport', key, value) for value in part.value['passportNumber']}
            elif part.schema == 'UnknownLink':
                facts.add(('relation', key, part.one('role'), entities[part.one('object')].one('name')))
    return facts


def main(arguments):
    program, r, good = arguments[1], random.Random(4), True
    designations = [invent(r, number) for number in range(COUNT)]
    wanted = wanted_of(designations)
    with tempfile.TemporaryDirectory() as folder:
        for name in ('uksl.xml', 'uksl.csv'):
            path = os.path.join(folder, name)
            with open(path, 'w', encoding='utf-8', newline='') as file:
                if name.endswith('.xml'):
                    file.write(as_xml(designations))
                else:
                    file.write('Report Date: 02-Oct-2026\r\n')
                    csv.writer(file).writerows([HEADER, *(row for d in designations for row in csv_rows(d))])
            good &= same(name, wanted, got_of(export(program, path)))
    sys.exit(not good)


if __name__ == '__main__':
    main(sys.argv[1:])
