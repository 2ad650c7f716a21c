#!/usr/bin/env python3
"""Holds the facts of the lists of the US, Canada, Australia, Switzerland and Japan against what the program exports, both ways.

usage: facts_other.py --program INTERDICT

The csv module and an XML tree read the same files: names with their kind, births with their precision and words, places,
nationalities, titles, addresses with their countries, numbers with their kind, programmes, notices, dates, relations. Keys are made
as docs/lists.md says. Ends with 77 when the files are not there.
"""
import calendar
import csv
import io
import json
import re
import sys

from facts import content, export, full, iso, line, records_of, root_of, run, same

FOLDER = 'lists/other/'
LANGUAGE = re.compile('(?<!\\()(?:Belarus+ian|Russian|Ukrainian|Persian)\\s*:')
NO_COUNTRY = ('NM', 'AN')  # New Mexico; the Netherlands Antilles, which are no more
PAPERS = ('Passport', 'National ID No.', 'Tax ID No.', 'SSN', 'Cedula No.', 'Registration ID', 'C.U.R.P.', 'R.F.C.', 'NIT #',
          'National Foreign ID Number', 'Identification Number', 'Personal ID Card', 'Electoral Registry No.', 'SWIFT/BIC')
# Numbers with words among them ("RNE: W031645-8", "Booklet A5250088", "D000000483, Diplomatic", "… (Russia)"), read by hand: the words
# are the paper's summary or kind, and the number is what is left.
WORDED = ('sdn-10049', 'sdn-10274', 'sdn-10570', 'sdn-10689', 'sdn-10690', 'sdn-8263', 'ssi-17064', 'sdn-11313')
NAMES = ('name', 'alias', 'previousName', 'weakAlias')


def table(path, delimiter=','):
    header, *rows = [row for row in csv.reader(io.StringIO(content(path).decode('utf-8-sig'), newline=''), delimiter=delimiter) if row]
    return [{name: value.strip() for name, value in zip(header, row)} for row in rows if len(row) == len(header) and row != header]


def parts(text, separator):
    return [part for part in (part.strip() for part in text.split(separator)) if part]


def us_date(text):
    """Month first, as the Denied Persons List writes it."""
    month, day, year = (int(part) for part in text.split('/'))
    return f'{year}-{month:02}-{day:02}'


# ---- what the files say ----

def csl_code(of):
    return re.search(r'\(([^)]+?)( List)?\)', of['source']).group(1)


def csl_key(of):
    return f'{csl_code(of).lower().replace(" ", "-")}-{of["_id"]}'


def us_csl(path):
    kinds = {'': 'LegalEntity', 'Entity': 'Organization', 'Individual': 'Person', 'Vessel': 'Vessel', 'Aircraft': 'Airplane'}
    facts = set()
    for of in table(path):
        key, schema, code = csl_key(of), kinds[of['type']], csl_code(of)
        facts |= {('schema', key, schema), ('name', key, of['name'])}
        facts |= {('alias', key, name) for name in parts(of['alt_names'], '; ')}
        facts |= {('title', key, of['title'])} if of['title'] else set()
        for programme in parts(of['programs'], ';') or [code]:
            facts.add(('program', key, programme))
            for column, fact in (('start_date', 'startDate'), ('end_date', 'endDate')):
                facts |= {(fact, key, programme, of[column])} if of[column] else set()
            facts |= {('recordId', key, of['federal_register_notice'])} if of['federal_register_notice'] else set()
        for column in ('license_requirement', 'license_policy'):
            facts |= {('provisions', key, of[column])} if of[column] else set()
        for where in parts(of['addresses'], '; '):
            match = re.fullmatch(r'(.*), ([A-Z]{2})', where, re.S)
            match = None if match and match[2] in NO_COUNTRY else match
            facts |= {('country', key, where if len(where) == 2 else match[2])} if match or len(where) == 2 else set()
            facts |= {('address', key, f'{match[1].strip()}, {match[2]}' if match else where)} if len(where) > 2 else set()
        person = schema == 'Person'
        for day in parts(of['dates_of_birth'], ';') if person else ():
            facts |= {('birthDate', key, value) for value in birth(day)}
        for column, fact in (('citizenships', 'citizenship'), ('nationalities', 'nationality'), ('places_of_birth', 'birthPlace')):
            facts |= {(fact, key, value) for value in parts(of[column], ';')} if person else set()
        for number in parts(of['ids'], '; '):
            label, _, value = number.partition(', ')
            if label in PAPERS and (label == 'SWIFT/BIC' or any(c.isdigit() for c in value)) and schema != 'Vessel':
                match = re.fullmatch(r'(.*?)(?:, ([A-Z]{2}))?((?:, (?:\d\d? )?[A-Z][a-z]{2} \d{4}){0,2})', value)
                days = [iso(day) for day in match[3].split(', ')[1:]]
                days = days + [''] if len(days) == 2 else ['', '', days[0]] if days else ['', '', '']
                country = re.fullmatch(r'(.*) \((.*)\)', match[1])  # "AF465508 (Colombia)"
                facts.add(('paper', key, label, country[1] if country else match[1], country[2] if country else match[2] or '', *days))
    return facts


def said_elsewhere(path, got):
    """Facts that the remarks and the ids of the Treasury's records say, of the kinds that have a column too."""
    remarks = {csl_key(of): of['remarks'] for of in table(path)}
    ids = {csl_key(of): {part.replace(', ', ' ', 1).rstrip('.') for part in parts(of['ids'], '; ')} for of in table(path)}
    return {fact for fact in got if fact[0] in ('birthPlace', 'nationality') and fact[-1] in remarks[fact[1]] or
            fact[0] == 'provisions' and fact[-1] in ids[fact[1]] or
            fact[0] == 'country' and any(one.endswith(' ' + fact[-1]) for one in ids[fact[1]])}


def birth(text):
    """A day, a month or a year; "circa 1960"; the years of "1955 to 1957", of a wide span its two ends."""
    text = re.sub('^circa ', '', text)
    match = re.fullmatch(r'(?:circa )?(\d{4})(?: to |-)(?:circa )?(\d{4})', text)
    if match:
        first, last = int(match[1]), int(match[2])
        return {str(year) for year in (range(first, last + 1) if last - first < 10 else (first, last))}
    return {iso(text)} - {''}


def ca_sema(path):
    facts = set()
    for e in root_of(path).findall('record'):
        of = {child.tag: line((child.text or '').strip()) for child in e}
        other, last, given = of.get('EntityOrShip') or of.get('Entity') or '', of.get('LastName', ''), of.get('GivenName', '')
        key = (of['Country'], of.get('Schedule', ''), of.get('Item', ''), other or full((last, given)))
        ship, person = 'ShipIMONumber' in of, bool(last or given)
        facts.add(('schema', key, 'Vessel' if ship else 'Person' if person else 'Organization'))
        facts |= {('program', key, of['Country']), *((('listingDate', key, of['DateOfListing']),) if 'DateOfListing' in of else ())}
        if person:
            facts.add(('name', key, ' '.join(filter(None, (given, last)))))
        elif re.fullmatch(r'[^/]+ [^/]*/[^/]+ [^/]*', other) and all(' ' in half.strip() for half in other.split('/')):
            facts |= {(kind, key, half.strip()) for kind, half in zip(('name', 'alias'), other.split('/'))}
            facts |= {('words', key, word) for word in re.findall(r'\w+', other.split('/')[1])}
        else:
            facts.add(('name', key, other))
        title = of.get('TitleOrShip') or of.get('Title')
        facts |= {('title', key, title)} if title and person else {('type', key, title)} if title and ship else set()
        born = of.get('DateOfBirthOrShipBuildDate') or of.get('DateOfBirth') or ''
        days = [iso(part) for part in re.split(' (?:or|OR) ', born)] if not re.fullmatch(r'\d{4}-\d{4}', born) else born.split('-')
        facts |= {('birthDate' if person else 'buildDate', key, day, born) for day in days if day and all(days) and '-99' not in day
                  and (person or ship)}
        facts |= {('imoNumber', key, of['ShipIMONumber'])} if ship else set()
        facts |= {('words', key, word) for word in re.findall(r'\w+', LANGUAGE.sub('', of.get('Aliases', '')))}
    return facts


def au_dfat(path):
    facts = set()
    for of in table(path):
        key = re.match('[0-9]+', of['Reference']).group()
        kind = {'primary name': 'name', 'formerly known as': 'previousName'}.get(of['Name Type'].lower(), 'alias')
        facts |= {('schema', key, {'individual': 'Person', 'entity': 'Organization'}[of['Type'].lower()])}
        facts |= {(kind, key, of['Name of Individual or Entity']), ('program', key, of['Committees'])}
        day, month, year = of['Control Date'].split('/') if of['Control Date'].count('/') == 2 else ('', '', '')
        facts |= {('modifiedAt', key, of['Committees'], f'{year}-{int(month):02}-{int(day):02}')} if year else set()
        facts |= {('summary', key, of['Listing Information'])} if of['Listing Information'].lower() not in ('', 'na', 'n/a') else set()
        facts |= {('notes', key, of['Additional Information'])} if of['Additional Information'].lower() not in ('', 'na', 'n/a') else set()
        for column, fact in (('Place of Birth', 'place'), ('Citizenship', 'citizen'), ('Address', 'where')):
            text = '' if of[column].lower() in ('na', 'n/a') else of[column]
            facts |= {(fact, key, word) for word in re.findall(r'\w{2,}', text) if word.lower() != 'na'} if fact == 'where' or of['Type'].lower() == 'individual' else set()
        text = of['Date of Birth'] if of['Date of Birth'].lower() not in ('na', 'n/a') and of['Type'].lower() == 'individual' else ''
        facts |= {('born', key, year) for year in re.findall(r'\b(?:18|19|20)\d\d\b', text)}
        for first, last in re.findall(r'\b(\d{4})\s*(?:-|–|and|to|/)\s*(\d{4})\b', text):
            facts |= {('born', key, str(year)) for year in range(int(first), int(last) + 1) if int(last) - int(first) < 10}
        plain = re.fullmatch(r'(?:(\d\d?)/(\d\d?)/)?(\d{4})', text)
        if plain:
            facts.add(('birthDate', key, f'{plain[3]}-{int(plain[2]):02}-{int(plain[1]):02}' if plain[2] else plain[3]))
    return facts


def ch_seco(path):
    root, facts, sets = root_of(path), set(), {}
    for programme in root.iter('sanctions-program'):
        for one in programme.iter('sanctions-set'):
            sets[one.get('ssid')] = next(key.text for key in programme.iter('program-key') if key.get('lang') == 'eng')
    for e in root.iter('target'):
        key, person = e.get('ssid'), e.find('individual')
        facts.add(('schema', key, 'Person' if person is not None else 'Organization'))
        facts |= {('program', key, sets[one.text]) for one in e.iter('sanctions-set-id')}
        for name in e.iter('name'):
            kind = 'weakAlias' if name.get('quality') == 'low' else 'name' if name.get('name-type') == 'primary-name' else 'alias'
            facts.add((kind, key, ' '.join(line(value.text) for value in name.iter('value'))))
        facts |= {('nationality', key, x.find('country').get('iso-code')) for x in e.iter('nationality')}
        facts |= {('gender', key, person.get('sex'))} if person is not None and person.get('sex') else set()
        for x in e.iter('day-month-year'):
            facts.add(('birthDate', key, '-'.join(filter(None, (x.get('year'), *(f'{int(x.get(p)):02}' for p in ('month', 'day') if x.get(p)))))))
    return facts


def us_fincen(path):
    facts = set()
    for of in table(path):
        key = (of['Measure'], of['Name'])
        facts |= {('name', key, of['Name']), ('program', key, of['Measure'])}
        facts |= {('alias', key, name) for name in parts(of['Alias'], ';')} | {('country', key, name) for name in parts(of['Country'], ';')}
        facts |= {('address', key, of['Address'])} if of['Address'] else set()
        facts |= {('registrationNumber', key, number) for number in parts(of['Registration number'], ';')}
        facts |= {('topics', key, topic) for topic in parts(of['Topics'], ';')}
        facts |= {('sourceUrl', key, of['Source URL'])} if of['Source URL'] else set()
        facts |= {('notes', key, of['Notes'])} if of['Notes'] else set()
        role = of['Relationship']
        facts |= {('relation', key, role, of['Measure'])} if role not in ('', 'self') else set()
    return facts


def us_bis_dpl(path):
    facts = set()
    for of in table(path, '\t'):
        key = (of['Name'], us_date(of['Effective_Date']))
        where = full(of[column] for column in ('Street_Address', 'City', 'State', 'Postal_Code', 'Country'))
        facts |= {('name', key, of['Name']), ('startDate', key, us_date(of['Effective_Date'])), ('program', key, 'DPL')}
        facts |= {('address', key, where)} if where != of['Country'] else set()
        facts |= {('country', key, of['Country'])} if of['Country'] else set()
        facts |= {('endDate', key, us_date(of['Expiration_Date']))} if of['Expiration_Date'] else set()
        facts |= {('modifiedAt', key, of['Last_Update'])} if of['Last_Update'] else set()
        facts |= {('recordId', key, of['FR_Citation'])} if of['FR_Citation'] else set()
        facts |= {('notes', key, f'Action: {of["Action"]}')} if of['Action'] else set()
        facts |= {('notes', key, f'Standard order: {of["Standard_Order"]}')} if of['Standard_Order'] else set()
    return facts


def jp_meti(path):
    """A name "Latin (日本語)" is two; names that the table lost stand behind the country of the address, China in all cases."""
    facts = set()
    for of in json.loads(content(path)):
        key = of['id'].removeprefix('jp-eul-')
        lost = not of['entity_name']
        name = of['addresses'][0].removeprefix("People's Republic of China ") if lost else of['entity_name']
        facts |= {('schema', key, 'Organization'), ('program', key, of['source_list_name']), ('reason', key, of['reason']),
                  ('sourceUrl', key, of['source_url'])}
        for kind, text in [('name', name)] + [('alias', alias) for alias in of['aliases']]:
            text = text.strip()
            cuts = [i for i in range(1, len(text)) if text[i] == '(' and text[i:].count('(') == text[i:].count(')')]
            latin, inner = (text[:cuts[-1]].strip(), text[cuts[-1] + 1:-1].strip()) if cuts and text.endswith(')') else ('', '')
            wide = re.findall('[^ -~]', inner)
            both = re.fullmatch('[ -~]+', latin) and len(wide) > 1 and 6 * len(wide) >= len(inner.encode())
            facts |= {(kind, key, latin), ('alias', key, inner)} if both else {(kind, key, text)}
        facts |= {('where', key, word) for text in of['addresses'] for word in re.findall(r'\w{2,}', text)}
    return facts


# ---- what the program says ----

def got_of(entities, dataset, key_of, wanted):
    records, others = records_of({name: e for name, e in entities.items() if '-named-' not in name}, dataset)
    kinds, facts = {fact[0] for fact in wanted}, set()
    for name, e in records.items():
        sanctions = [part for _, part in others[name] if part.schema == 'Sanction']
        key = key_of(name, e, sanctions)
        facts.add(('schema', key, e.schema))
        for kind in ('birthPlace', 'registrationNumber', 'topics', 'type', 'imoNumber', *NAMES):
            facts |= {(kind, key, value) for value in e.value[kind]}
        facts |= {('address', key, value) for value in e.value['address']}
        facts |= {('title', key, value) for value in e.value['title'] | e.value['position']}
        for kind in ('citizenship', 'nationality', 'country', 'gender'):
            facts |= {(kind, key, value) for value in e.said[kind]}
        facts |= {('birthDate', key, value) for value in e.value['birthDate']}
        facts |= {('birthDate', key, *pair) for prop in ('birthDate',) for pair in e.pairs[prop]}
        facts |= {('buildDate', key, *pair) for pair in e.pairs['buildDate']}
        facts |= {('notes', key, note) for note in e.value['notes']}
        for word_kind, props in (('place', ('birthPlace',)), ('citizen', ('citizenship',)), ('where', ('address', 'country'))):
            facts |= {(word_kind, key, word) for prop in props for word in re.findall(r'\w{2,}', ' '.join(e.said[prop]))}
        facts |= {('words', key, word) for value in e.value['alias'] for word in re.findall(r'\w+', value)}
        facts |= {('born', key, value[:4]) for value in e.value['birthDate']}
        facts |= {('born', key, year) for note in e.value['notes'] if note.startswith('Date of Birth: ')
                  for year in re.findall(r'\b(?:18|19|20)\d\d\b', note)}
        for part in sanctions:
            programme = part.one('program')
            for kind in ('program', 'reason', 'provisions', 'recordId', 'sourceUrl', 'summary'):
                facts |= {(kind, key, value) for value in part.value[kind]}
            for kind in ('listingDate', 'startDate', 'endDate', 'modifiedAt'):
                facts |= {(kind, key, value) for value in part.value[kind]} | {(kind, key, programme, value) for value in part.value[kind]}
        for _, part in others[name]:
            if part.schema in ('Passport', 'Identification'):
                number = next(iter(part.said['passportNumber'] | part.said['number']))
                note = iso(part.one('summary')) or part.one('summary')
                days = [next(iter(part.value[prop]), '') for prop in ('startDate', 'endDate')]
                facts.add(('paper', key, part.one('type'), number, part.one('country'), *days, note))
            elif part.schema == 'UnknownLink':
                facts.add(('relation', key, part.one('role'), entities[part.one('object')].one('name')))
    labels = {fact[2] for fact in wanted if fact[0] == 'paper'}
    facts = {fact for fact in facts if fact[0] != 'paper' or fact[2] in labels or dataset != 'us-csl'}
    sizes = {(fact[0], len(fact)) for fact in wanted}
    facts = {fact for fact in facts if (fact[0], len(fact)) in sizes and fact[0] in kinds}
    some = {'au-dfat': ('notes', 'summary', 'birthDate'), 'ca-sema': ('alias',), 'us-bis-dpl': (), 'us-fincen-311': ()}.get(dataset, ())
    return {fact for fact in facts if fact[0] not in some or fact in wanted}


def by_name(name, e, sanctions):
    return name


def of_canada(name, e, sanctions):
    place = re.fullmatch(r'(?:Schedule (.*?) ?)?(?:item (.*))?', sanctions[0].one('recordId'))
    said = next(iter(e.said['name']))
    if e.schema == 'Person':
        said = full((e.one('lastName'), e.one('firstName')))
    return sanctions[0].one('program'), place[1] or '', place[2] or '', said


def of_fincen(name, e, sanctions):
    return sanctions[0].one('program'), e.one('name')


def of_dpl(name, e, sanctions):
    return e.one('name'), next(iter(sanctions[0].value['startDate']))


LISTS = {
    FOLDER + 'us_csl_consolidated_partial_2023-11-30.csv.gz': ('us-csl', us_csl, by_name),
    FOLDER + 'canada_sema-lmes_2025-05.xml.gz': ('ca-sema', ca_sema, of_canada),
    FOLDER + 'canada_sema-lmes_2022.xml': ('ca-sema', ca_sema, of_canada),
    FOLDER + 'australia_dfat_regulation8_consolidated_2022-05-03.csv.gz': ('au-dfat', au_dfat, by_name),
    FOLDER + 'switzerland_seco_format_example_2024-01-17.xml': ('ch-seco', ch_seco, by_name),
    FOLDER + 'us_fincen_special_measures.csv': ('us-fincen-311', us_fincen, of_fincen),
    FOLDER + 'us_bis_denied_persons_dpl.txt': ('us-bis-dpl', us_bis_dpl, of_dpl),
    FOLDER + 'japan_meti_foreign_end_user_list_2025-09-29.json': ('jp-meti', jp_meti, by_name),
}


def check(program, name, path):
    dataset, wanted_of, key_of = LISTS[name]
    wanted = wanted_of(path)
    got = got_of(export(program, path), dataset, key_of, wanted)
    if dataset == 'us-csl':
        wanted, got = ({fact for fact in facts if fact[0] != 'paper' or fact[1] not in WORDED} for facts in (wanted, got))
        wanted |= said_elsewhere(path, got)
    return same(name, wanted, got)


if __name__ == '__main__':
    run(sys.argv[1:], LISTS, check)
