#!/usr/bin/env python3
"""Holds every fact of Japan's sheets of asset freezes against what the program exports, both ways.

usage: facts_mof.py --program INTERDICT

The csv module reads the same sheets, and a cell is taken apart by its own words: names in both scripts with their kind, other and former
names, positions, births, nationalities, birth places, genders, passports and papers with country and dates, addresses with their
country, numbers whose check digits hold, telephones, mail addresses, notices with their dates, what the sheet says of itself, and
every note. No property is left out. Ends with 77 when the file is not there.
"""
import csv
import io
import re
import sys

from facts import content, export, records_of, run, same

FILE = 'lists/other/japan_mof_dprk_sheets_2022-07-07.csv'
# The countries that these sheets name, read by hand; the longest that a text starts with counts.
COUNTRIES = {
    '北朝鮮': 'kp', '中華人民共和国': 'cn', '中国': 'cn', '中華人民共和国香港特別行政区': 'hk', '香港特別行政区': 'hk', 'イラン': 'ir',
    'スイス': 'ch', 'シリア': 'sy', 'ドイツ': 'de', 'インド': 'in', 'アラブ首長国連邦': 'ae', 'ロシア': 'ru', 'ロシア連邦': 'ru', 'リビア': 'ly',
    'ベトナム': 'vn', 'キューバ': 'cu', 'ミャンマー': 'mm', 'シンガポール': 'sg', '台湾': 'tw', 'Namibia': 'na', 'Panama': 'pa', 'Egypt': 'eg',
    'Singapore': 'sg', 'Russian Federation': 'ru', 'British Virgin Islands': 'vg', 'Virgin Islands, British': 'vg', 'Marshall Islands': 'mh',
}
DATE = '([0-9]{4})(?:[-.年]([0-9]{1,2})[-.月]([0-9]{1,2})日?|年)?'
NUMBERS = {'ロシア国家登録番号': 'registrationNumber', 'ナミビア国家登録番号': 'registrationNumber', '電話番号': 'phone', 'FAX番号': 'phone',
           'Eメールアドレス': 'email'}
LINKS = ('addressEntity', 'holder', 'entity', 'id')


def pieces(text, marks):
    return [piece for piece in (piece.strip() for piece in re.split(marks, text)) if piece]


def day(text):
    """ISO form of 1944-10-13, 2006.9.19, 2011年12月7日, 1938年; '' of anything else."""
    match = re.fullmatch(DATE, text)
    return '-'.join(f'{int(part):02}' for part in match.groups() if part) if match else ''


def nation(text):
    """The country that a text starts with."""
    return max(((len(name), code) for name, code in COUNTRIES.items() if text.startswith(name)), default=(0, ''))[1]


def company_imo(text):
    """Numbers of companies: the weighted sum of six digits, to 11 and to 10, is the seventh."""
    digits = re.fullmatch('(?:IMO ?)?([0-9]{7})', text)
    weights = (8, 6, 4, 2, 9, 7)
    return bool(digits) and (11 - sum(int(d) * w for d, w in zip(digits[1], weights)) % 11) % 10 == int(digits[1][6])


def bic(text):
    """Bank, country, place, perhaps a branch. All banks of these sheets are the North's; "DCBK KKPY" has its two halves run together wrongly."""
    return bool(re.fullmatch('[A-Z]{4}KP[A-Z0-9]{2}([A-Z0-9]{3})?', text.replace(' ', '')))


def names_of(key, of, person):
    spoken = [*pieces(of['英語表記'], '\n'), of['日本語表記']]
    facts = {('alias' if i else 'name', key, name) for i, name in enumerate(spoken)}
    kind, former = 'alias', 'f.k.a.' in of['別称']
    for line in pieces(of['別称'], '\n'):
        kind = 'alias' if former else kind
        for name in pieces(line, '[;；、]' if person else '[;；、]|, (?!Ltd|LTD|LLC|LIMITED|Limited)'):
            mark = re.match('（別称）|（旧称）|f\\.k\\.a\\. ', name)
            kind = kind if not mark else 'alias' if mark[0] == '（別称）' else 'previousName'
            name = name[mark.end():] if mark else name
            facts.add(('notes', key, 'Other names: ' + name) if name.endswith('。') else (kind, key, name))
    return facts


def passports_of(key, text):
    """A number, its words in wide brackets, its dates behind it; an issue is a start, and a stamp of validity too."""
    facts = set()
    found = re.finditer('(?:(外交旅券番号|旅券番号)：)?((?:P[SOD] ?|[A-Z])?[0-9]{7,10}[A-Z]?)(?:（([^）]*)）)?((?:[、，；\n]+旅券(?:発行|発効|失効)日[：:][^、，；\n]*)*)', text)
    read = 0
    for match in found:
        read += len(match[0])
        kind, number, where, days = match.groups()
        facts |= {('passportNumber', key, number), ('passport', key, number, 'passportNumber', number), ('passport', key, number, 'number', number)}
        facts |= {('passport', key, number, 'type', kind)} if kind == '外交旅券番号' else set()
        facts |= {('passport', key, number, 'country', nation(where))} if where else set()
        for label, date, words in re.findall('旅券(発行|発効|失効)日[：:]([^、，；\n（]*)(?:（([^）]*)）)?', days):
            facts.add(('passport', key, number, 'endDate' if label == '失効' else 'startDate', day(date)))
            facts |= {('passport', key, number, 'country', nation(words))} if words else set()
    assert read + len(re.findall('[；\n](?=[0-9A-Z]|外交|旅券番号)', text)) == len(text), text
    return facts


def births_of(key, text):
    between = re.fullmatch('([0-9]{4}年)から([0-9]{4}年)までの間', text)
    return {('birthDate', key, day(one)) for one in (between.groups() if between else pieces(text, '；|又は'))}


def places_of(key, text):
    facts = set()
    for place in pieces(text, '[;；\n]'):
        tail = next((name for name in COUNTRIES if place.endswith(', ' + name)), '')
        code = nation(re.sub('^[0-9]{6}', '', place)) or COUNTRIES.get(tail, '')  # a Chinese post code stands before its country
        facts |= {('country', key, code)} if code else set()
        facts |= {('notes', key, 'Address: ' + place)} if place == '不明' else set()  # not known
        facts |= {('address', key, place), ('full', key, place)} if place not in COUNTRIES and place != '不明' else set()
    return facts


def others_of(key, text, person):
    facts = set()
    for line in pieces(text, '\n'):
        label, _, value = line.replace(':', '：', 1).partition('：')
        if label == '性別':
            facts.add(('gender', key, {'男性': 'male', '女性': 'female'}[value]))
        elif label == '出生地':
            facts |= {('birthCountry', key, nation(value))} if nation(value) else set()
            facts |= {('birthPlace', key, value)} if value not in COUNTRIES else set()
        elif label == '生年月日' and person:
            facts.add(('birthDate', key, day(value)))
        elif label in ('SWIFT', 'SWIFT/BIC') and bic(value):
            facts.add(('swiftBic', key, value))
        elif label in ('IMO番号', '船舶登録証明') and company_imo(value):
            facts.add(('imoNumber', key, value))
        elif label in NUMBERS:
            facts |= {(NUMBERS[label], key, one) for one in pieces(value, ';')}
        else:
            facts.add(('notes', key, line))
    return facts


def record(sheet, title, of):
    number, _, programme = sheet.partition('.')
    key = f'{number}-{re.fullmatch("[*#]?([0-9]+)(?:.[*#][0-9]+.)?", of["告示番号"])[1]}'
    both = '個人' not in sheet and '団体' not in sheet
    person = '個人' in sheet or both and '生年月日' in of['その他']
    listed, *changed = (day(one.removesuffix('改訂')) for one in pieces(of['告示日付'], '\n'))
    facts = {('schema', key, 'Person' if person else 'LegalEntity' if both else 'Organization'), ('topics', key, 'sanction'),
             ('authority', key, 'Ministry of Finance'), ('authorityId', key, of['告示番号']), ('program', key, programme),
             ('reason', key, title), ('listingDate', key, listed)}
    facts |= {('modifiedAt', key, one) for one in changed}
    facts |= {('position', key, one) for one in pieces(of.get('役職', ''), '[;；\n]')}
    facts |= {('nationality', key, nation(one)) for one in pieces(of.get('国籍', ''), '[;；、\n]')}
    for one in pieces(of.get('身分証番号', ''), '[;；、\n]'):
        paper, where = re.fullmatch('([0-9]+)(?:（(.*)）)?', one).groups()
        facts |= {('idNumber', key, paper), ('paper', key, paper, 'number', paper)}
        facts |= {('paper', key, paper, 'country', nation(where))} if where else set()
    return facts | names_of(key, of, person) | passports_of(key, of.get('旅券番号', '')) | births_of(key, of.get('生年月日', '')) \
        | places_of(key, of['住所']) | others_of(key, of['その他'], person)


def wanted_of(path):
    """Columns by the start of their header, as the sheets write them differently ("住所・所在地", "所在地", "住所")."""
    facts, sheet, title, header = set(), '', [], None
    for row in csv.reader(io.StringIO(content(path).decode('utf-8-sig'), newline='')):
        if row[0] != sheet:
            sheet, title, header = row[0], [], None
        cells = [cell.strip() for cell in row[1:]]
        if '告示日付' in cells:
            header = [re.sub('^(所在地|住所).*', '住所', re.sub('^(別称|その他).*', r'\1', ''.join(cell.split()))) for cell in cells]
        elif header is None:
            title += filter(None, cells)
        elif any(cells):
            facts |= record(sheet, '\n'.join(title), dict(zip(header, cells)))
    return facts


def got_of(entities):
    records, parts = records_of(entities, 'jp-mof')
    facts = set()
    for key, e in records.items():
        facts.add(('schema', key, e.schema))
        facts |= {(prop, key, value) for prop, values in e.value.items() if prop not in LINKS for value in values}
        for _, part in parts[key]:
            kind = {'Passport': 'passport', 'Identification': 'paper'}.get(part.schema)
            facts |= {(kind, key, part.one('number'), prop, value) if kind else (prop, key, value)
                      for prop, values in part.value.items() if prop not in LINKS for value in values}
    return facts


def check(program, name, path):
    return same(name, wanted_of(path), got_of(export(program, path)))


if __name__ == '__main__':
    run(sys.argv[1:], [FILE], check)
