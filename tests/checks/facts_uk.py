#!/usr/bin/env python3
"""Holds the facts of the UK's lists, as the csv module and an XML tree have them, against what the program exports, both ways.

usage: facts_uk.py --program INTERDICT

Of every ConList and of the index of the UK Sanctions List: names with their kind and strength, names in other scripts, births with
their precision, places, nationalities, titles, posts, addresses, numbers of passports and national papers, dates of listing,
designation and change, programmes, measures. Ends with 77 when the files are not there.
"""
import calendar
import collections
import csv
import io
import re
import sys

from facts import content, export, full, iso, line, records_of, run, same

FILES = [f'lists/uk/ConList_{day}' for day in ('2014-04-02.csv.gz', '2018-04-13.csv.gz', '2023-06-05.csv.gz', '2025-04-14.csv.gz',
                                               'sample_2020-04-27.csv')]
FILES.append('lists/uk/UK_Sanctions_List_index_2025-08-11.csv')
SCHEMA = {'individual': 'Person', 'entity': 'Organization', 'ship': 'Vessel'}
# Cells that hold more than a number: what follows it ("No. 555627", "(31)", a second register) stands in the paper's summary.
MORE = {('passport', '13440', '8208555627'): '8208', ('passport', '16669', '070376981831'): '0703769818',
        ('national', '15441', '321547600026521041104686952'): '321547600026521'}
NAMES = ('name', 'alias', 'previousName', 'weakAlias')


def rows(path):
    raw = content(path)
    try:
        text = raw.decode('utf-8-sig')
    except UnicodeDecodeError:
        text = raw.decode('cp1252')
    return [row for row in csv.reader(io.StringIO(text, newline='')) if row]


def listed(text):
    """The values of a cell: "(1) one (2) two", "(1)-(3) same", "(1-3) same" and "1) one 2) two"; else the cell as it is."""
    text = text.strip()
    values = [text]
    if re.match(r'\((1|a)[)-]', text):
        values = re.split(r'\((?:\d\d?|[a-z])(?:-\d+)?\)(?:(?:-| to )\(\d+\))?', text)
    elif re.match(r'(1|a)\)', text):
        values = re.split(r'(?:^|(?<= ))(?:\d+|[a-z])\)', text)
    return [value for value in (clean(value) for value in values) if value.strip('-. ')]


def clean(value):
    value = value.strip()
    while value and value[-1] in ',;':
        value = value[:-1].strip()
    return value


def conlist(path):
    _, header, *body = rows(path)
    header = [name.strip() for name in header]
    facts = set()
    for cells in body:
        of = collections.defaultdict(str, zip(header, (cell.strip() for cell in cells)))
        key, person = of['Group ID'], of['Group Type'].lower() == 'individual'
        facts.add(('schema', key, SCHEMA[of['Group Type'].lower()]))
        name = ' '.join(filter(None, (of[f'Name {i}'] for i in range(1, 7))))
        kind = {'Primary name': 'name', 'Prime Alias': 'name', 'FKA': 'previousName'}.get(of['Alias Type'], 'alias')
        kind = 'weakAlias' if of['Alias Quality'].startswith('Low') and kind != 'name' else kind
        facts.add((kind, key, name))
        facts |= {('alias', key, value) for value in listed(of['Name Non-Latin Script'])}
        facts.add(('program', key, of['Regime']))
        for column, fact in (('Listed On', 'listingDate'), ('Last Updated', 'modifiedAt'), ('UK Sanctions List Date Designated', 'startDate')):
            facts |= {(fact, key, of['Regime'], iso(of[column]))} if of[column] else set()
        where = full([of[f'Address {i}'] for i in range(1, 7)] + [of['Post/Zip Code'], of['Country']])
        facts |= {('address', key, where)} if where else set()
        if not person:
            continue
        for value in listed(of['DOB']):
            # a day that the calendar lacks is a note
            facts |= {('birthDate', key, day(value), value)} if day(value) else set()
        for column, fact in (('Title', 'title'), ('Town of Birth', 'birthPlace'), ('Country of Birth', 'birthCountry'),
                             ('Nationality', 'nationality'), ('Position', 'position')):
            facts |= {(fact, key, value) for value in listed(of[column])}
        for column, fact in (('Passport Number', 'passport'), ('National Identification Number', 'national')):
            facts |= {(fact, key, digits(one)) for value in listed(of[column]) for one in sentences(value) if digits(one)}
    return 'gb-ofsi', {(*fact[:2], MORE[fact]) if fact in MORE else fact for fact in facts}


def day(value):
    """The ISO form of "03/04/1970", "00/04/1970", "00/00/1970", "04/1970"; nothing where there is no such day."""
    value = '00/' + value if re.fullmatch(r'\d\d/\d{4}', value) else value
    match = re.fullmatch(r'(\d\d)/(\d\d)/(\d{4})', value)
    if not match:
        return iso(value)
    d, m, y = map(int, match.groups())
    if m > 12 or (d and not m) or (d and d > calendar.monthrange(y, m)[1]):
        return ''
    return iso(value)


def sentences(value):
    """"753173718. 737047558": each sentence a number and nothing else."""
    pieces = value.split('. ')
    return pieces if all(re.fullmatch(r'[A-Z0-9 ]+\.?', piece) for piece in pieces) else [value]


def digits(value):
    return ''.join(c for c in value if c.isdigit())


def index(path):
    header, *body = rows(path)
    facts = set()
    for cells in body:
        of = dict(zip(header, (cell.strip() for cell in cells)))
        key = of['Unique ID']
        facts |= {('schema', key, SCHEMA[of['Type'].lower()]), ('program', key, of['Regime Name'])}
        facts |= {('name', key, of['Name'])} if of['Name'] else set()
        facts.add(('listingDate', key, of['Regime Name'], iso(of['Date Designated'].replace('-', '/'))))
        facts |= {('provisions', key, measure) for measure in of['Sanctions Imposed'].split(', ') if measure.strip('-')}
        facts |= {('group', key, of['OFSI Group ID'])} if of['OFSI Group ID'] else set()
    return 'gb-uksl', facts


def got_of(entities, dataset, wanted):
    records, parts = records_of({name: e for name, e in entities.items() if '-named-' not in name}, dataset)
    facts, kinds = set(), {fact[0] for fact in wanted}
    for key, e in records.items():
        facts.add(('schema', key, e.schema))
        for kind in (*NAMES, 'title', 'position', 'birthPlace'):
            facts |= {(kind, key, value) for value in e.value[kind]}
        for kind in ('nationality', 'birthCountry'):
            facts |= {(kind, key, value) for value in e.said[kind]}
        facts |= {('birthDate', key, *pair) for pair in e.pairs['birthDate']}
        facts |= {('group', key, note.rpartition(' ')[2]) for note in e.value['notes'] if note.startswith('OFSI Group ID')}
        for _, part in parts[key]:
            if part.schema == 'Sanction':
                for kind in ('program', 'provisions'):
                    facts |= {(kind, key, value) for value in part.value[kind]}
                for kind in ('listingDate', 'modifiedAt', 'startDate'):
                    facts |= {(kind, key, part.one('program'), value) for value in part.value[kind]}
            elif part.schema == 'Address':
                facts.add(('address', key, part.one('full')))
            elif part.schema in ('Passport', 'Identification') and e.schema == 'Person':
                said = part.said['passportNumber'] | part.said['number']
                facts |= {('passport' if part.schema == 'Passport' else 'national', key, digits(value)) for value in said}
    return {fact for fact in facts if fact[0] in kinds}


def check(program, name, path):
    dataset, wanted = index(path) if 'index' in name else conlist(path)
    return same(name, wanted, got_of(export(program, path), dataset, wanted))


if __name__ == '__main__':
    run(sys.argv[1:], FILES, check)
