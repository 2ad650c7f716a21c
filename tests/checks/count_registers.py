#!/usr/bin/env python3
"""Works out what registers say of who holds what in whom straight from the files, with nothing but Python's own modules.

usage: count_registers.py [--program INTERDICT]

Takes the files under $INTERDICT_DATA/ownership (../shared/data where that is not set), and ends with 77 when they are not
there. Prints a line of JSON a file: entities, stakes, rejects. With --program these are held against `INTERDICT graph build
--skip-bad --json`, and every pair of parties, with kind and bounds of a statement and the number of statements, against
`INTERDICT path --jsonl`, with the days around its start and end; of lib_cove_0.4 every *-valid-* file has to be read and every
*-invalid-* one refused with a reason. Read as lists, files have to give as many parties and names, and of each party the names,
dates, nationalities and numbers that Python finds. Ends with 1 when any differs.
"""
import collections
import csv
import datetime
import decimal
import glob
import gzip
import io
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

ROOT = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'ownership')
WHOLE = 1000000


def text_of(path):
    with open(path, 'rb') as file:
        data = file.read()
    return (gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data).decode('utf-8-sig')


def alone(party):
    return (party, party, 'link', 0, 0, '', '')


def day(text):
    """The day of a date or a time, day first or as ISO has it; empty where the text is no whole date."""
    text = (text or '')[:10]
    if re.fullmatch(r'\d\d/\d\d/\d{4}', text):
        return '-'.join(reversed(text.split('/')))
    return text if re.fullmatch(r'\d{4}-\d\d-\d\d', text) else ''


# ---- BODS 0.4 ----

CONTROL = {'otherInfluenceOrControl', 'settlor', 'trustee', 'protector', 'rightsGrantedByContract', 'nominator',
           'controlViaCompanyRulesOrArticles', 'controlByLegalFramework'}
DIRECTOR = {'seniorManagingOfficial', 'boardMember', 'boardChair'}
LINK = {'rightsToProfitOrIncome', 'conditionalRightsGrantedByContract', 'enjoymentAndUseOfAssets', 'nominee',
        'rightToProfitOrIncomeFromAssets'}


def interest_of(interest, component):
    kind = interest.get('type')
    name = ('votes' if kind == 'votingRights' else 'board' if kind == 'appointmentOfBoard' else
            'control' if kind in CONTROL else 'director' if kind in DIRECTOR else 'link' if kind in LINK else 'shares')
    share = {key: decimal.Decimal(value) * 10000 for key, value in (interest.get('share') or {}).items()}
    low, high = 0, WHOLE
    if 'exact' in share:
        low, high = math.floor(share['exact']), math.ceil(share['exact'])
    else:
        low = math.floor(share.get('minimum', low))
        high = math.ceil(share.get('maximum', high))
        if 'exclusiveMinimum' in share:
            low = math.floor(share['exclusiveMinimum']) + (share['exclusiveMinimum'] % 1 == 0)
        if 'exclusiveMaximum' in share:
            high = math.ceil(share['exclusiveMaximum']) - (share['exclusiveMaximum'] % 1 == 0)
    if name not in ('shares', 'votes') and not (name == 'board' and share):
        low = high = 0
    if name in ('shares', 'votes') and interest.get('directOrIndirect') == 'indirect':
        name, low, high = ('link', 0, 0) if component else (name, 0, high)
    return name, low, high


def bods(text):
    statements, stakes = json.loads(text, parse_float=decimal.Decimal), []
    unknown, subjects = {}, set()
    for statement in statements:
        details = statement['recordDetails']
        said = details.get('personType') or (details.get('entityType') or {}).get('type') or ''
        unknown[statement['recordId']] = said.startswith(('anonymous', 'unknown'))
        if isinstance(details.get('subject'), str):
            subjects.add(details['subject'])
    for statement in statements:
        details = statement['recordDetails']
        subject, party = details.get('subject'), details.get('interestedParty')
        if statement['recordType'] != 'relationship' or not isinstance(subject, str):
            continue
        nobody = not isinstance(party, str) or (unknown.get(party) and party not in subjects)
        for interest in details.get('interests') or [{}]:
            stakes.append(alone(subject) if nobody else
                          (party, subject, *interest_of(interest, details.get('componentRecords')),
                           day(interest.get('startDate')), day(interest.get('endDate'))))
    return stakes, 0


# ---- GLEIF ----

RELATIONS = {'IS_DIRECTLY_CONSOLIDATED_BY': (('control', 0, 0), ('shares', 0, WHOLE)),
             'IS_ULTIMATELY_CONSOLIDATED_BY': (('control', 0, 0), ('shares', 0, WHOLE)),
             'IS_FUND-MANAGED_BY': (('control', 0, 0),), 'IS_SUBFUND_OF': (('control', 0, 0),)}


def address_of(parts):
    parts = [' '.join(part.split()) for part in parts]
    text = ', '.join(part for part in parts if part)
    return 'address:' + re.sub('[a-z]', lambda letter: letter.group().upper(), text)


def tree_of(element):
    """An element as JSON has it: {name: text or members}; of the same name a list, of periods always one."""
    children, out = list(element), {}
    if not children:
        return (element.text or '').strip()
    for child in children:
        name = child.tag.split('}')[1]
        value = [tree_of(item) for item in child] if name in ('RelationshipPeriods',) else tree_of(child)
        out[name] = ([*out[name], value] if isinstance(out[name], list) else [out[name], value]) if name in out else value
    return out


def gleif(text):
    if text.startswith('<'):
        root = tree.fromstring(text)
        records = [tree_of(record) for record in root[1]]
    else:
        records = json.loads(text)
    stakes = []
    for record in records:
        if 'Relationship' in record:
            said = record['Relationship']
            periods = [p for p in said['RelationshipPeriods'] if p['PeriodType'] == 'RELATIONSHIP_PERIOD']
            deleted = ((record.get('Extension') or {}).get('Deletion') or {}).get('DeletedAt')
            for period in periods or [{}]:
                days = (day(period.get('StartDate')), min(filter(None, (day(period.get('EndDate')), day(deleted))), default=''))
                for what in RELATIONS[said['RelationshipType']]:
                    stakes.append((said['EndNode']['NodeID'], said['StartNode']['NodeID'], *what, *days))
        elif 'ExceptionCategory' in record:
            stakes.append(alone(record['LEI']))
        else:
            stakes.append(alone(record['LEI']))
            for kind in ('LegalAddress', 'HeadquartersAddress'):
                address = record['Entity'][kind]
                parts = []
                for key in ('FirstAddressLine', 'AdditionalAddressLine', 'City', 'Region', 'Country', 'PostalCode'):
                    value = address.get(key, '')
                    parts += value if isinstance(value, list) else [value]
                stakes.append((record['LEI'], address_of(parts), 'link', 0, 0, '', ''))
    return stakes, 0


# ---- the UK's people with significant control ----

BANDS = {'25-to-50-percent': (250001, 500000), '50-to-75-percent': (500001, 749999), '75-to-100-percent': (750000, WHOLE)}


def psc(text):
    record = json.loads(text)
    company, data = 'gb-coh-' + record.get('company_number', ''), record['data']
    kind = data['kind']
    if kind.startswith('totals'):
        return [], 0
    if kind.startswith(('super-secure', 'exemptions')) or kind.endswith('statement'):
        return [alone(company)], 0
    if not kind.endswith('person-with-significant-control'):
        return [], 1
    said = data.get('identification') or {}
    owner = 'gb-coh-' + data['links']['self']
    if said.get('country_registered') == 'United Kingdom':
        owner = 'gb-coh-' + said['registration_number'].zfill(8)
    stakes, days = [], (day(data.get('notified_on')), day(data.get('ceased_on')))
    for nature in data.get('natures_of_control', []):
        for start, name in (('ownership-of-shares-', 'shares'), ('voting-rights-', 'votes')):
            if nature.startswith(start):
                stakes.append((owner, company, name, *BANDS[nature[len(start):]], *days))
    if not stakes:
        stakes.append((owner, company, 'shares', 0, WHOLE, *days))
    if 'address' in data:
        keys = ('premises', 'locality', 'region', 'postal_code')
        stakes.append((owner, address_of([data['address'][key] for key in keys]), 'link', 0, 0, '', ''))
    return stakes, 0


# ---- ICIJ ----

def edges(text):
    stakes = []
    for row in csv.DictReader(io.StringIO(text, newline='')):
        role = (row['label'] + ' | ' + row['data.properties.name']).lower()
        ends, found = ('icij-' + row['source'], 'icij-' + row['target']), []
        if row['data.type'] == 'is officer of':
            if re.search('shareholder|owner|benefici', role):
                found.append(('shares', WHOLE if re.search('sole (shareholder|owner|beneficial owner)', role) else 0, WHOLE))
            if 'protector' in role:
                found.append(('control', 0, 0))
            if re.search('director|president|secretary|signatory|attorney|council', role):
                found.append(('director', 0, 0))
        days = (day(row['data.properties.date_start']), day(row['data.properties.date_end']))
        stakes += [(*ends, *what, *days) for what in found or [('link', 0, 0)]]
    return stakes, 0


def nodes(text):
    rows = list(csv.reader(io.StringIO(text, newline='')))
    stakes, rejected, head = [], 0, rows[0]
    for fields in rows[1:]:
        if len(fields) != len(head):
            rejected += 1
            continue
        row = dict(zip(head, fields))
        key = 'icij-' + (row.get('node_id') or row['id'])
        is_address = 'Address' in row.get('labels(n)', row.get('data.categories.0', ''))
        address = row.get('address', '').strip()
        if is_address and not address:
            address = row.get('name', row.get('data.properties.name', '')).strip()
        if not is_address or not address:
            stakes.append(alone(key))
        if address:
            stakes.append((key, address_of([address]), 'link', 0, 0, '', ''))
    return stakes, rejected


# ---- who the parties are ----

SCHEMES = {'LEI': 'leiCode', 'RFC': 'taxNumber', 'TAXID': 'taxNumber', 'PASSPORT': 'passportNumber', 'IDCARD': 'idNumber'}


def bods_parties(text):
    """What each party is called and known by: {id: {(property, value)}}. Of a record its last statement counts."""
    last = {s['recordId']: s for s in json.loads(text) if s['recordType'] != 'relationship'}
    out = {}
    for key, statement in last.items():
        said, values = statement['recordDetails'], set()
        for name in said.get('names', []):
            kind = {'legal': 'name', None: 'name', 'former': 'previousName', 'birth': 'previousName'}.get(name.get('type'), 'alias')
            values.add((kind, name['fullName']))
        values |= {('name', said[key]) for key in ['name'] if said.get(key)}
        values |= {('alias', name) for name in said.get('alternateNames', [])}
        values |= {('birthDate', said[key]) for key in ['birthDate'] if key in said}
        values |= {('incorporationDate', said[key]) for key in ['foundingDate'] if key in said}
        values |= {('nationality', country['code'].lower()) for country in said.get('nationalities', []) if 'code' in country}
        for one in said.get('identifiers', []):
            country, _, register = (one.get('scheme') or '').partition('-')
            if re.fullmatch('[A-Z]{1,3}', country) and one.get('id'):
                values.add((SCHEMES.get(register, 'registrationNumber'), one['id']))
        out[key] = values
    return out


def gleif_parties(text):
    out, kinds = collections.defaultdict(set), {'PREVIOUS_LEGAL_NAME': 'previousName'}
    if text.startswith('<'):
        for record in tree.fromstring(text).iter('{http://www.gleif.org/data/schema/leidata/2016}LEIRecord'):
            find = '{http://www.gleif.org/data/schema/leidata/2016}'
            values = out[record.find(find + 'LEI').text]
            values.add(('name', record.find(f'.//{find}LegalName').text.strip()))
            for kind in ('OtherEntityName', 'TransliteratedOtherEntityName'):
                for name in record.iter(find + kind):
                    values.add((kinds.get(name.get('type'), 'alias'), name.text.strip()))
            number = record.find(f'.//{find}RegistrationAuthorityEntityID')
            values |= {('registrationNumber', number.text.strip())} if number is not None else set()
            made = record.find(f'.//{find}EntityCreationDate')
            values |= {('incorporationDate', made.text[:10])} if made is not None else set()
    else:
        for record in json.loads(text):
            said, values = record['Entity'], out[record['LEI']]
            values.add(('name', said['LegalName'].strip()))
            for kind in ('OtherEntityName', 'TransliteratedOtherEntityName'):
                for name in said.get(kind + 's', []):
                    values.add((kinds.get(name['type'], 'alias'), name[kind].strip()))
            number = said.get('RegistrationAuthority', {}).get('RegistrationAuthorityEntityID')
            values |= {('registrationNumber', number)} if number else set()
            values |= {('incorporationDate', said['EntityCreationDate'][:10])} if 'EntityCreationDate' in said else set()
    for key, values in out.items():
        values.add(('leiCode', key))
    return out


def psc_parties(text):
    data = json.loads(text)['data']
    named = data.get('name_elements') or {}
    name = ' '.join(filter(None, (named.get('forename'), named.get('middle_name'), named.get('surname')))) or data.get('name')
    if not name:
        return {}
    (stake, *_), _ = psc(text)
    values, birth = {('name', name)}, data.get('date_of_birth')
    values |= {('birthDate', '{year:04}-{month:02}'.format(**birth))} if birth else set()
    number = stake[0].removeprefix('gb-coh-')
    values |= {('registrationNumber', number)} if number.isdigit() else set()
    return {stake[0]: values}


MONTHS = dict(zip('JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(), range(1, 13)))


def iso(text):
    """13-NOV-2013 or 13/11/2013 as a date; other texts stay."""
    found = re.fullmatch(r'(\d\d)[-/]([A-Z]{3}|\d\d)[-/](\d{4})', text)
    return '{}-{:02}-{}'.format(found[3], int(MONTHS.get(found[2], 0) or found[2]), found[1]) if found else text


def icij_parties(text):
    """Nodes that have a name and are no addresses."""
    rows, out = list(csv.reader(io.StringIO(text, newline=''))), {}
    columns = {'name': 'name', 'data.properties.name': 'name', 'former_name': 'previousName',
               'data.properties.former_name': 'previousName', 'ibcRUC': 'registrationNumber',
               'incorporation_date': 'incorporationDate', 'data.properties.registrationDate': 'incorporationDate'}
    for fields in rows[1:]:
        row = dict(zip(rows[0], (field.strip() for field in fields)))
        kind = row.get('labels(n)', row.get('data.categories.0', ''))
        if len(fields) != len(rows[0]) or 'Address' in kind or not (row.get('name') or row.get('data.properties.name')):
            continue
        values = {(columns[key], iso(value) if 'Date' in columns[key] else value) for key, value in row.items()
                  if key in columns and value}
        out.setdefault('icij-' + (row.get('node_id') or row['id']), set()).update(values)
    return out


NAMES = ('name', 'alias', 'previousName')


def same_parties(program, path, parties):
    """The program reads the file as a list: as many entities and names, and of each the same values."""
    with tempfile.TemporaryDirectory() as folder:
        index = os.path.join(folder, 'x.idx')
        told = subprocess.run([program, 'lists', 'stats', '--skip-bad', '--jsonl', '-q', path], capture_output=True, text=True,
                              check=False)
        stats = json.loads(told.stdout) if told.stdout else {}
        names = sum(property in NAMES for values in parties.values() for property, _ in values)
        counts = {'entities': len(parties), 'names': names}
        print(json.dumps({'parties of': os.path.basename(path), **counts}))
        if {key: stats.get(key) for key in counts} != counts:
            print(f'{path}: {stats} {told.stderr} and not {counts}', file=sys.stderr)
            return False
        if not parties:
            return True
        built_index = subprocess.run([program, 'index', '-q', '--skip-bad', '-o', index, path], capture_output=True, check=False)
        if built_index.returncode not in (0, 3):
            print(f'{path}: {built_index.stderr}', file=sys.stderr)
            return False
        lines = subprocess.run([program, 'export', '-q', '-l', index], capture_output=True, text=True, check=True).stdout
    kept = {property for values in parties.values() for property, _ in values} | set(NAMES)
    said = {}
    for line in lines.splitlines():
        entity = json.loads(line)
        said[entity['id']] = {(property, value) for property, values in entity['properties'].items() for value in values
                              if property in kept}
    for key in sorted(set(said) | set(parties)):
        if said.get(key) != parties.get(key):
            print(f'{path}: {key}: {said.get(key)} and not {parties.get(key)}', file=sys.stderr)
    return said == parties


LISTS = [('bods/lib_cove_0.4/sample_300_statements.json', bods_parties), ('bods/0.4_examples/*.json', bods_parties),
         ('gleif/lei-*data*.xml', gleif_parties), ('gleif/lei-*data*.json', gleif_parties), ('uk_psc/*.json', psc_parties),
         ('icij_bahamas/*nodes*', icij_parties), ('icij_power_players/All-nodes.csv', icij_parties)]


def all_parties(program):
    good = True
    for pattern, read in LISTS:
        for path in sorted(glob.glob(os.path.join(ROOT, pattern))):
            if not path.endswith(('-out.json', 'unknown_kind.json')):
                good &= same_parties(program, path, read(text_of(path)))
    return good


# ---- held against the program ----

def built(program, path, graph):
    run = subprocess.run([program, 'graph', 'build', '-o', graph, '--skip-bad', '--json', '-q', path], capture_output=True,
                         text=True, check=False)
    return json.loads(run.stdout) if run.returncode in (0, 3) and run.stdout else run.stderr


def path(program, graph, owner, owned, *more):
    run = subprocess.run([program, 'path', '-g', graph, '-k', '1', '--jsonl', '-q', *more, '--', owner, owned], capture_output=True,
                         text=True, check=False)
    return json.loads(run.stdout)['steps'] if run.stdout else []


def same_days(program, graph, owner, owned, start, end):
    """It holds on the first day and on the one before the last, and not on the days around them."""
    one = datetime.timedelta(days=1)
    first, last = (datetime.date.fromisoformat(text) if text else None for text in (start, end))
    asked = [(first - one, 0), (first, 1)] if first else []
    asked += [(last - one, 1), (last, 0)] if last else []
    if first and last and first >= last:
        asked = [(first, 0)]
    return all(any((step['owner'], step['owned']) == (owner, owned) for step in
                   path(program, graph, owner, owned, '--as-of', str(when))) == holds for when, holds in asked)


def same_pairs(program, graph, stakes, name):
    pairs, good, dated = collections.defaultdict(list), True, 0
    for owner, owned, *what in stakes:
        if owner != owned:
            pairs[owner, owned].append(what)
    for (owner, owned), whats in pairs.items():
        steps = path(program, graph, owner, owned)
        step = steps[0] if len(steps) == 1 and not steps[0]['against'] else {}
        if (owned, owner) in pairs and not step:
            continue  # both hold something in each other: the path tells one of the two
        same = [step.get('kind'), *step.get('share_ppm', [])] in [what[:3] for what in whats]
        if not same or step.get('statements') != len(whats):
            print(f'{name}: {owner} in {owned}: {steps} and not {whats}', file=sys.stderr)
            good = False
        if len({(start, end) for *_, start, end in whats}) == 1 and whats[0][3:] != ['', '']:
            dated += 1
            if not same_days(program, graph, owner, owned, *whats[0][3:]):
                print(f'{name}: {owner} in {owned}: other days than {whats}', file=sys.stderr)
                good = False
    if dated:
        print(json.dumps({'file': name, 'pairs': len(pairs), 'pairs with days': dated}))
    return good


def compare(program, path, name, stakes, rejected):
    with tempfile.TemporaryDirectory() as folder:
        graph = os.path.join(folder, 'g.itg')
        said = built(program, path, graph)
        expected = {'entities': len({party for stake in stakes for party in stake[:2]}), 'stakes': len(stakes),
                    'rejected': rejected}
        if not isinstance(said, dict) or {key: said[key] for key in expected} != expected:
            print(f'{name}: {said} and not {expected}', file=sys.stderr)
            return False
        return same_pairs(program, graph, stakes, name) if len(stakes) < 2000 else True


def cove(program):
    """Files named after what is right or wrong with them."""
    good, counts = True, collections.Counter()
    for path in sorted(glob.glob(os.path.join(ROOT, 'bods/lib_cove_0.4/**/*-*valid-*.json'), recursive=True)):
        name = os.path.basename(path)
        with tempfile.TemporaryDirectory() as folder:
            run = subprocess.run([program, 'graph', 'build', '-o', os.path.join(folder, 'g.itg'), '-q', path],
                                 capture_output=True, text=True, check=False)
        read, valid = run.returncode == 0, '-valid-' in name
        reason = name in run.stderr and ': ' in run.stderr.split(name, 1)[-1]
        counts['valid' if valid else 'invalid', 'read' if read else 'refused'] += 1
        if read != valid or not (read or reason):
            print(f'{name}: {run.returncode} {run.stderr}', file=sys.stderr)
            good = False
    print(json.dumps({' '.join(key): count for key, count in sorted(counts.items())}))
    return good


def mapped_elsewhere():
    """The mapping of GLEIF's records to statements that comes with them: a statement a relationship or exception, of control."""
    good = True
    for path in sorted(glob.glob(os.path.join(ROOT, 'gleif', 'r*-out.json'))):
        with open(path, encoding='utf-8') as file:
            held = [s for s in json.load(file) if s['statementType'] == 'ownershipOrControlStatement']
        stakes, _ = gleif(text_of(path.replace('-out.json', '.json')))
        mine = sum(stake[2] == 'control' or stake[0] == stake[1] for stake in stakes)
        kinds = {interest['type'] for statement in held for interest in statement['interests']}
        if mine != len(held) or kinds != {'other-influence-or-control'}:
            print(f'{path}: {len(held)} statements of {kinds}, {mine} here', file=sys.stderr)
            good = False
    return good


def golden_copy(text):
    """XML of GLEIF in the layout of its Golden Copy in JSON: text under "$", attributes under "@name", repeated elements in arrays,
    names of extensions behind their prefix."""
    root = tree.fromstring(text)
    holder = {'LEIRecords': 'records', 'RelationshipRecords': 'relations', 'ReportingExceptions': 'exceptions'}

    def name_of(element):
        space, name = element.tag[1:].split('}')
        return ('gleif:' if '/extensions/' in space else '') + name

    def value_of(element):
        out = {'@' + key.replace('{http://www.w3.org/XML/1998/namespace}', 'xml:'): value for key, value in element.attrib.items()}
        if not len(element):
            return {**out, '$': element.text or ''}
        for child in element:
            name, value = name_of(child), value_of(child)
            out[name] = [*(out[name] if isinstance(out[name], list) else [out[name]]), value] if name in out else value
        return out

    records = [value_of(record) for record in root[1]]
    if name_of(root[1]) == 'RelationshipRecords':
        records = [{'RelationshipRecord': record} for record in records]
    return json.dumps({holder[name_of(root[1])]: records}, ensure_ascii=False)


def in_golden_copy(program):
    """Every XML file of GLEIF says the same in the other layout, for graphs and for lists."""
    good = True
    for path in sorted(glob.glob(os.path.join(ROOT, 'gleif', '*data*.xml'))):
        text = text_of(path)
        with tempfile.TemporaryDirectory() as folder:
            other = os.path.join(folder, os.path.basename(path).replace('.xml', '.golden.json'))
            with open(other, 'w', encoding='utf-8') as file:
                file.write(golden_copy(text))
            good &= compare(program, other, os.path.basename(other), *gleif(text))
            if 'lei-' in path:
                good &= same_parties(program, other, gleif_parties(text))
    return good


FILES = [('bods/lib_cove_0.4/sample_300_statements.json', bods), ('bods/0.4_examples/*.json', bods), ('gleif/*data*.xml', gleif),
         ('gleif/*data*.json', gleif), ('uk_psc/*.json', psc), ('icij_bahamas/*nodes*', nodes),
         ('icij_power_players/All-edges.csv', edges), ('icij_power_players/All-nodes.csv', nodes)]


def main(arguments):
    program = arguments[1] if arguments[:1] == ['--program'] else None
    if not os.path.isdir(ROOT):
        print(f'{ROOT} is not there', file=sys.stderr)
        sys.exit(77)
    good = mapped_elsewhere()
    for pattern, read in FILES:
        for path in sorted(glob.glob(os.path.join(ROOT, pattern))):
            name = os.path.basename(path)
            if name.endswith('-out.json'):
                continue
            stakes, rejected = read(text_of(path))
            kinds = collections.Counter(stake[2] for stake in stakes)
            print(json.dumps({'file': name, 'stakes': len(stakes), 'rejected': rejected, **kinds}))
            good &= program is None or compare(program, path, name, stakes, rejected)
    if program:
        good &= cove(program)
        good &= all_parties(program)
        good &= in_golden_copy(program)
    sys.exit(not good)


if __name__ == '__main__':
    main(sys.argv[1:])
