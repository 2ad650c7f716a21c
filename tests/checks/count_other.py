#!/usr/bin/env python3
"""Counts the lists of other publishers straight from their files, with nothing but Python's own modules.

usage: count_other.py [--program INTERDICT]

Takes the lists under $INTERDICT_DATA/lists/other (../shared/data where that is not set), and ends with 77 when they are not
there. Prints a line of JSON a list. With --program the counts are held against `INTERDICT lists stats FILE --skip-bad
--jsonl`; ends with 1 when any differs.
"""
import collections
import csv
import gzip
import io
import json
import os
import re
import sys
import xml.etree.ElementTree

from count_lists import compare


def text(path):
    with (gzip.open(path) if path.endswith('.gz') else open(path, 'rb')) as file:
        return file.read().decode('utf-8-sig')


def table(path, delimiter=','):
    return [row for row in csv.reader(io.StringIO(text(path), newline=''), delimiter=delimiter) if row]


def parts(value, separator):
    return {part.strip() for part in value.split(separator)} - {''}


def counted(schemata, programmes, names, weak=0, rejected=0, **more):
    return {'entities': sum(schemata.values()), 'by_schema': dict(schemata), 'by_programme': dict(programmes), 'names': names,
            'weak_names': weak, 'rejected': rejected, **more}


def us_csl(path):
    header, *rows = table(path)
    schemata, programmes = collections.Counter(), collections.Counter()
    names = rejected = 0
    kinds = {'': 'LegalEntity', 'Entity': 'Organization', 'Individual': 'Person', 'Vessel': 'Vessel', 'Aircraft': 'Airplane'}
    for row in rows:
        if row == header:
            continue
        if len(row) != len(header):
            rejected += 1
            continue
        record = dict(zip(header, row))
        schemata[kinds[record['type']]] += 1
        code = re.search(r'\(([^)]+?)( List)?\)', record['source']).group(1)
        for programme in parts(record['programs'], ';') or {code}:
            programmes[programme] += 1
        names += 1 + len(parts(record['alt_names'], '; '))
        # names between quotes in the remarks of OFAC's lists are weak: none in this edition
        assert "k.a. '" not in record['remarks']
    return counted(schemata, programmes, names, rejected=rejected)


def ca_sema(path):
    schemata, programmes = collections.Counter(), collections.Counter()
    for record in xml.etree.ElementTree.fromstring(text(path)):
        fact = {element.tag: (element.text or '').strip() for element in record}
        person = 'LastName' in fact or 'GivenName' in fact
        schemata['Vessel' if 'ShipIMONumber' in fact else 'Person' if person else 'Organization'] += 1
        programmes[fact['Country']] += 1
    same = counted(schemata, programmes, 0)
    del same['names']  # how a text of aliases comes apart is the reader's judgement
    return same


def au_dfat(path):
    header, *rows = table(path)
    schemata, programmes = collections.Counter(), collections.Counter()
    entities, committees, names, dprk = {}, collections.defaultdict(set), set(), collections.Counter()
    for row in rows:
        record = dict(zip(header, (value.strip() for value in row)))
        number = re.match(r'[0-9]+', record['Reference']).group()
        entities[number] = record['Type'].lower()
        committees[number].add(record['Committees'])
        name_type = record['Name Type'].lower()
        names.add((number, {'primary name': 'name', 'formerly known as': 'previous'}.get(name_type, 'alias'),
                   record['Name of Individual or Entity']))
        dprk[record['Committees']] += 'DPRK' in record['Committees']
    for number, kind in entities.items():
        schemata[{'individual': 'Person', 'entity': 'Organization'}[kind]] += 1
        programmes.update(committees[number])
    return counted(schemata, programmes, len(names), facts={'rows': len(rows), **+dprk})


def ch_seco(path):
    schemata, programmes = collections.Counter(), collections.Counter()
    root = xml.etree.ElementTree.fromstring(text(path))
    sets = {}
    for programme in root.iter('sanctions-program'):
        for part in programme.iter('sanctions-set'):
            sets[part.get('ssid')] = next(key.text for key in programme.iter('program-key') if key.get('lang') == 'eng')
    names = 0
    for target in root.iter('target'):
        schemata['Person' if target.find('individual') is not None else 'Organization'] += 1
        programmes.update({sets[part.text] for part in target.iter('sanctions-set-id')})
        names += sum(1 for _ in target.iter('name'))
    return counted(schemata, programmes, names, version=root.get('date'))


def us_fincen(path):
    header, *rows = table(path)
    programmes, kinds, names = collections.Counter(), {}, set()
    for row in rows:
        record = dict(zip(header, (value.strip() for value in row)))
        key = record['Measure'], record['Name']
        if key not in kinds:
            programmes[record['Measure']] += 1
        kinds.setdefault(key, record['Type'] or 'LegalEntity')
        names |= {(key, 'name', record['Name'])} | {(key, 'alias', alias) for alias in parts(record['Alias'], ';')}
    return counted(collections.Counter(kinds.values()), programmes, len(names))


def us_bis_dpl(path):
    header, *rows = table(path, '\t')
    keys = {(record['Name'].strip(), record['Effective_Date'].strip()) for record in (dict(zip(header, row)) for row in rows)}
    return counted({'LegalEntity': len(keys)}, {'DPL': len(keys)}, len(keys), facts={'rows': len(rows)})


def jp_meti(path):
    """Names that the table lost stand in the address, behind the country: all of these are Chinese. "Latin (日本語)" is two."""
    with open(path, encoding='utf-8') as file:
        records = json.load(file)
    names, programmes = set(), collections.Counter()
    for record in records:
        name = record['entity_name'] or record['addresses'][0].removeprefix("People's Republic of China ")
        programmes[record['source_list_name']] += 1
        for kind, text in [('name', name)] + [('alias', alias) for alias in record['aliases']]:
            text = text.strip()
            # the last bracket that stands as often open as closed from there on
            cuts = [i for i in range(1, len(text)) if text[i] == '(' and text[i:].count('(') == text[i:].count(')')]
            latin, inner = (text[:cuts[-1]].strip(), text[cuts[-1] + 1:-1].strip()) if cuts and text.endswith(')') else ('', '')
            wide = re.findall('[^ -~]', inner)
            if re.fullmatch('[ -~]+', latin) and len(wide) > 1 and 6 * len(wide) >= len(inner.encode()):
                names |= {(record['id'], kind, latin), (record['id'], 'alias', inner)}
            else:
                names.add((record['id'], kind, text))
    assert len({record['id'] for record in records}) == len(records)
    return counted(collections.Counter({'Organization': len(records)}), programmes, len(names))


def jp_mof(path):
    """Sheets of 団体 hold bodies, of 個人 persons; on the one of both a date of birth tells."""
    schemata, programmes, keys, facts = collections.Counter(), collections.Counter(), set(), collections.Counter()
    names, header = set(), None
    for sheet, *cells in table(path):
        if '告示日付' in cells[0]:
            header = sheet, [re.sub(r'\s', '', cell) for cell in cells]
            continue
        if header is None or header[0] != sheet:
            continue
        record = dict(zip(header[1], cells))
        position, _, programme = sheet.partition('.')
        key = position, re.sub(r'\(.*', '', record['告示番号']).strip('*#')
        assert key not in keys and key[1].isdigit()
        keys.add(key)
        kind = {('個人', True): 'Person', ('団体', True): 'Organization'}.get((sheet[-3:-1], True))
        schemata[kind or ('Person' if '生年月日' in record['その他の情報'] else 'LegalEntity')] += 1
        programmes[programme] += 1
        facts['passports'] += len(re.findall(r'(?<![0-9])[A-Z]{0,2} ?[0-9]{7,10}[A-Z]?(?![0-9])', record.get('旅券番号', '')))
        facts['men'] += '性別：男性' in record['その他の情報']
        names |= {(key, text) for text in (record['英語表記'].split('\n') + [record['日本語表記']]) if text}
    return {'entities': len(keys), 'by_schema': dict(schemata), 'by_programme': dict(programmes), 'rejected': 0,
            'facts': {**facts, 'names but for other ones': len(names)}}


LISTS = (
    ('us_csl_consolidated_partial_2023-11-30.csv.gz', us_csl),
    ('canada_sema-lmes_2025-05.xml.gz', ca_sema),
    ('canada_sema-lmes_2022.xml', ca_sema),
    ('australia_dfat_regulation8_consolidated_2022-05-03.csv.gz', au_dfat),
    ('switzerland_seco_format_example_2024-01-17.xml', ch_seco),
    ('us_fincen_special_measures.csv', us_fincen),
    ('us_bis_denied_persons_dpl.txt', us_bis_dpl),
    ('japan_meti_foreign_end_user_list_2025-09-29.json', jp_meti),
    ('japan_mof_dprk_sheets_2022-07-07.csv', jp_mof),
)


def main(arguments):
    program = arguments[1] if arguments[:1] == ['--program'] else None
    folder = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'lists', 'other')
    if not os.path.exists(os.path.join(folder, LISTS[0][0])):
        print(f'{folder} is not there', file=sys.stderr)
        sys.exit(77)
    good = True
    for name, count in LISTS:
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            continue
        result = {'file': path, **count(path)}
        print(json.dumps(result, ensure_ascii=False))
        if program:
            good &= compare(program, result)
    sys.exit(0 if good else 1)


main(sys.argv[1:])
