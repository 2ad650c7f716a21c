#!/usr/bin/env python3
"""Holds the facts of the EU's lists, as an XML tree and the csv module have them, against what the program exports, both ways.

usage: facts_eu.py --program INTERDICT

Of the XML 1.1 (keys that come twice: the first of them): names with their strength, parts of the first name, titles, posts,
genders, births with their precision and their words, places, citizenships, addresses, papers with their kind, number, issuer and
dates, acts, programmes, remarks. Of the journal CSV: every column of every row. Ends with 77 when the files are not there.
"""
import csv
import io
import os
import re
import sys

from facts import content, data, export, full, iso, line, records_of, root_of, run, same

FOLDER = 'lists/eu/journal'
FILES = ['lists/eu/eu_fsf_1_1_sample_2020-04-15.xml', 'lists/eu/eu_fsf_csv-old-format_sample_2018-07-04.csv']
FILES += [f'{FOLDER}/{name}' for name in sorted(os.listdir(os.path.join(data(), FOLDER))) if '.csv' in name] \
    if os.path.isdir(os.path.join(data(), FOLDER)) else []
SCHEMA = {'P': 'Person', 'E': 'Organization'}
NOTHING = {'', '-', '00', 'UNKNOWN'}
META = ('celex', 'amendedCelex', 'amendmentCelex', 'recordId', 'programKey', 'annex', 'measure', 'startDate', 'reason', 'schema')
DATES = ('birthDate', 'incorporationDate')


def said(element, name):
    value = line(element.get(name))
    return '' if value in NOTHING else value


def country(element):
    return said(element, 'countryIso2Code') or said(element, 'countryDescription')


def fsf(root):
    facts, seen = set(), set()
    for e in root.findall('sanctionEntity'):
        key = e.get('euReferenceNumber')
        if key in seen:
            continue
        seen.add(key)
        schema = SCHEMA[e.find('subjectType').get('classificationCode')]
        strong = [x for x in e.findall('nameAlias') if x.get('strong') != 'false']
        first = min(strong, key=lambda x: int(x.get('logicalId'))) if strong else None  # the order differs between editions
        facts.add(('schema', key, schema))
        for x in e.findall('nameAlias'):
            name, weak = said(x, 'wholeName'), x.get('strong') == 'false'
            kind = 'weakAlias' if weak else 'name' if x is first else 'alias'
            facts.add((kind, key, name))
            if kind == 'name' and schema == 'Person':
                facts |= {(prop, key, said(x, prop)) for prop in ('firstName', 'middleName', 'lastName') if said(x, prop)}
            facts |= {('title', key, said(x, 'title'))} if said(x, 'title') else set()
            facts |= {('position', key, said(x, 'function'))} if said(x, 'function') else set()
            facts |= {('gender', key, x.get('gender'))} if x.get('gender') else set()
        for x in e.findall('birthdate'):
            day = x.get('birthdate') or '-'.join(filter(None, (x.get('year'), *(f'{int(x.get(part)):02}' for part in ('monthOfYear', 'dayOfMonth')
                                                                              if x.get(part)))))
            words = ('circa ' if x.get('circa') == 'true' else '') + day
            facts |= {('birthDate', key, iso(day), words)} if iso(day) else set()
            where = full(said(x, part) for part in ('place', 'city', 'region', 'zipCode'))
            facts |= {('birthPlace', key, where)} if where else set()
            facts |= {('birthCountry', key, country(x))} if country(x) else set()
        facts |= {('citizenship', key, country(x)) for x in e.findall('citizenship') if country(x)}
        for x in e.findall('address'):
            parts = [said(x, part) for part in ('street', 'poBox', 'zipCode', 'city', 'region')]
            facts |= {('remarks', key, x.get('logicalId'), text) for text in (said(x, 'place'), *(line(y.text) for y in x.findall('remark'))) if text}
            facts |= {('address', key, x.get('logicalId'), *parts, country(x))} if any(parts) or country(x) else set()
        for x in e.findall('identification'):
            number = said(x, 'number') or said(x, 'latinNumber')
            facts |= {('paper', key, x.get('logicalId'), said(x, 'identificationTypeDescription'), number, country(x), said(x, 'issuedBy'),
                       x.get('issuedDate') or x.get('validFrom') or '', x.get('validTo') or '')} if number else set()
        for x in e.findall('regulation'):
            facts |= {('program', key, x.get('programme')), ('startDate', key, x.get('programme'), x.get('entryIntoForceDate'))}
            facts |= {('listingDate', key, e.get('designationDate'))} if e.get('designationDate') else set()
            facts |= {('sourceUrl', key, line(x.findtext('publicationUrl')))}
        facts |= {('notes', key, line(x.text)) for path in ('remark', 'nameAlias/remark') for x in e.findall(path) if line(x.text)}
    return facts


def old(path):
    """The old CSV: a row a name, address, birth, number or citizenship; line ends of a field are "\\n"."""
    header, *rows = csv.reader(io.StringIO(content(path).decode('utf-8-sig'), newline=''), delimiter=';')
    facts, named = set(), set()
    for row in rows:
        of = {name: line(value.replace('\\n', ' ')) for name, value in reversed(list(zip(header, row)))}
        of = {name: '' if value in NOTHING else value for name, value in of.items()}
        key, schema = of['EU_ref_num'], SCHEMA[of['Subject_type']]
        facts |= {('schema', key, schema), ('program', key, of['Programme'])}
        name = of['Naal_wholename'] or ' '.join(filter(None, (of['Naal_firstname'], of['Naal_middlename'], of['Naal_lastname'])))
        if name:
            facts.add(('alias' if key in named else 'name', key, name))
            named.add(key)
        for column, kind in (('Naal_title', 'title'), ('Naal_function', 'position'), ('Naal_gender', 'gender')):
            facts |= {(kind, key, of[column])} if of[column] and schema == 'Person' else set()
        if schema == 'Person' and iso(of['Birt_date']):
            facts.add(('birthDate', key, iso(of['Birt_date']), of['Birt_date']))
        if schema == 'Person':
            facts |= {('birthPlace', key, of['Birt_place'])} if of['Birt_place'] else set()
            facts |= {('birthCountry', key, of['Birt_country'])} if of['Birt_country'] else set()
            facts |= {('citizenship', key, of['Citi_country'])} if of['Citi_country'] else set()
        parts = [' '.join(filter(None, (of['Addr_number'], of['Addr_street']))), '', of['Addr_zipcode'], of['Addr_city'], '', of['Addr_country']]
        facts |= {('address', key, of['Addr_logical_id'], *parts)} if any(parts) else set()
        match = re.fullmatch(r'(.*?) ?\(([a-z]+)-([^)]*)\).*', of['Iden_number'])
        number = (match[3], match[1]) if match else ('', of['Iden_number'])
        facts |= {('paper', key, of['Iden_logical_id'], *number, of['Iden_country'], '', '', '')} if number[1] else set()
        facts |= {('notes', key, of['Entity_remark'])} if of['Entity_remark'] else set()
    return facts


def fsf_got(entities, wanted):
    records, parts = records_of(entities, 'eu-fsf')
    facts = set()
    for key, e in records.items():
        facts.add(('schema', key, e.schema))
        for kind in ('name', 'alias', 'weakAlias', 'firstName', 'middleName', 'lastName', 'title', 'position', 'birthPlace'):
            facts |= {(kind, key, value) for value in e.value[kind]}
        for kind in ('gender', 'birthCountry', 'citizenship'):
            facts |= {(kind, key, value) for value in e.said[kind]}
        facts |= {('birthDate', key, *pair) for pair in e.pairs['birthDate']}
        facts |= {('notes', key, line(value)) for value in e.value['notes'] if ('notes', key, line(value)) in wanted}
        for name, part in parts[key]:
            if part.schema == 'Address':
                facts.add(('address', key, name.rpartition('-')[2],
                           *(part.one(prop) for prop in ('street', 'postOfficeBox', 'postalCode', 'city', 'region', 'country'))))
                facts |= {('remarks', key, name.rpartition('-')[2], line(value)) for value in part.value['remarks']}
            elif part.schema in ('Passport', 'Identification'):
                facts.add(('paper', key, name.rpartition('-')[2],
                           *(part.one(prop) for prop in ('type', 'number', 'country', 'authority', 'startDate', 'endDate'))))
            elif part.schema == 'Sanction':
                for kind in ('program', 'listingDate'):
                    facts |= {(kind, key, value) for value in part.value[kind]}
                facts |= {('startDate', key, part.one('program'), value) for value in part.value['startDate']}
                facts |= {('sourceUrl', key, value) for value in part.value['sourceUrl'] if ('sourceUrl', key, value) in wanted}
    return facts


def values(cell):
    return [value.strip() for row in csv.reader([cell], delimiter=';', skipinitialspace=True) for value in row if value.strip()]


def journal(path):
    """(column, act, annex, entry, value) of each value; an entry without a number goes by its row's name."""
    facts = set()
    for row in csv.DictReader(io.StringIO(content(path).decode(), newline='')):
        act = row.get('celex') or row['amendmentCelex']
        entry = row['name'].strip()
        facts |= {('schema', act, entry, row['schema']), ('program', act, entry, row['programKey']), ('provisions', act, entry, row['measure'])}
        for column in ('reason', 'startDate'):
            facts |= {(column, act, entry, row[column].strip())} if row[column].strip() else set()
        for column, cell in row.items():
            if column not in META:
                facts |= {(column, act, entry, value) for value in ([entry] if column == 'name' else values(cell))}
    return facts


def journal_got(entities, wanted):
    records, parts = records_of(entities, 'eu-journal')
    facts = set()
    for key, e in records.items():
        act, entry = key.partition('-')[0], e.one('name')
        facts.add(('schema', act, entry, e.schema))
        for prop, found in e.said.items():
            if prop not in ('id', 'topics', 'notes', 'addressEntity'):
                facts |= {(prop, act, entry, value) for value in found}
        for note in e.value['notes']:
            label, colon, rest = note.partition(': ')
            labelled = (label, act, entry, rest)
            facts.add(labelled if colon and labelled in wanted else ('notes', act, entry, note))
        for _, part in parts[key]:
            for prop in ('program', 'provisions', 'reason', 'startDate') if part.schema == 'Sanction' else ():
                facts |= {(prop, act, entry, value) for value in part.said[prop]}
    return facts


def check(program, name, path):
    if name.endswith('.xml'):
        wanted = fsf(root_of(path))
        got = fsf_got(export(program, path), wanted)
    elif 'old-format' in name:
        wanted = old(path)
        kinds = {fact[0] for fact in wanted}
        got = {fact for fact in fsf_got(export(program, path), wanted) if fact[0] in kinds}
    else:
        wanted = journal(path)
        got = journal_got(export(program, path), wanted) if wanted else set()
    return same(name, wanted, got)


if __name__ == '__main__':
    run(sys.argv[1:], FILES, check)
