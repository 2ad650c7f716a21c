#!/usr/bin/env python3
"""Holds every fact of the UN lists that is compared below, as an XML tree has it, against what the program exports, both ways.

usage: facts_un.py --program INTERDICT

Names with their quality, births with their precision, places, nationalities, titles, posts, addresses, documents with their issuer
and dates, list dates, comments. Ends with 77 when the files are not there.
"""
import sys

import count_xml
from facts import export, full, iso, line, records_of, root_of, run, same

FILES = [f'lists/un/un_consolidated_{day}.xml.gz' for day in ('2018-10-29', '2020-11-30', '2025-04-19', '2026-01-28', '2026-02-27')]
FILES.append('lists/un/un_sample_2024.xml')
NAMES = ('name', 'alias', 'previousName', 'weakAlias')


def text(element, tag):
    found = line(element.findtext(tag))
    return '' if found.lower() in count_xml.NOTHING else found


def births(e):
    """(date, the source's words) of one element: a year each of a period."""
    kind = line(e.findtext('TYPE_OF_DATE'))
    date, year, note = (line(e.findtext(tag)) for tag in ('DATE', 'YEAR', 'NOTE'))
    first, last = line(e.findtext('FROM_YEAR')), line(e.findtext('TO_YEAR'))
    words = ' '.join(filter(None, ['' if kind.upper() == 'EXACT' else kind, date, year, ' and '.join(filter(None, (first, last)))]))
    words = full((words, note))
    days = {iso(date[:10]) if date[4:5] == '-' else iso(date), iso(year)} - {''}
    if first and last and 0 <= int(last) - int(first):
        days |= {str(y) for y in range(int(first), int(last) + 1)}
    if not days and not (date or year or first or last):
        days = {iso(note)} - {''}
    return {(day, words or day) for day in days}


def wanted_of(root):
    facts = set()
    for e in root.findall('*/INDIVIDUAL') + root.findall('*/ENTITY'):
        key, person, names = line(e.findtext('DATAID')), e.tag == 'INDIVIDUAL', set()
        schema, _ = count_xml.un_record(e, names)
        facts |= {('schema', key, schema)} | {(kind, key, name) for kind, name in names}
        facts |= {('program', key, line(x.text)) for x in e.findall('UN_LIST_TYPE')}
        facts |= {('unscId', key, line(e.findtext('REFERENCE_NUMBER'))), ('listingDate', key, line(e.findtext('LISTED_ON'))[:10])}
        facts |= {('modifiedAt', key, line(x.text)[:10]) for x in e.findall('LAST_DAY_UPDATED/VALUE') if line(x.text)}
        facts |= {('notes', key, line(x.text)) for x in e.findall('COMMENTS1') if line(x.text)}
        for tag, kind in (('TITLE', 'title'), ('DESIGNATION', 'position'), ('NATIONALITY', 'nationality')):
            facts |= {(kind, key, line(x.text)) for x in e.findall(tag + '/VALUE') if line(x.text).lower() not in {'', *count_xml.NOTHING}}
        for x in e.findall(e.tag + '_ADDRESS'):
            where = full(text(x, tag) for tag in ('STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE', 'COUNTRY'))
            facts |= {('address', key, where, line(x.findtext('NOTE')))} if where else set()
        for x in e.findall('INDIVIDUAL_DATE_OF_BIRTH'):
            facts |= {('birthDate', key, *birth) for birth in births(x)}
        for x in e.findall('INDIVIDUAL_ALIAS'):  # some aliases come with a birth of their own
            day, city, country = (text(x, tag) for tag in ('DATE_OF_BIRTH', 'CITY_OF_BIRTH', 'COUNTRY_OF_BIRTH'))
            facts |= {('birthDate', key, iso(day[:10] if day[4:5] == '-' else day), day)} if day else set()
            facts |= {('birthPlace', key, full((city, country)))} if city or country else set()
            facts |= {('birthCountry', key, country)} if country else set()
        for x in e.findall('INDIVIDUAL_PLACE_OF_BIRTH'):
            where = full(text(x, tag) for tag in ('STREET', 'CITY', 'STATE_PROVINCE', 'COUNTRY'))
            facts |= {('birthPlace', key, where)} if where else set()
            facts |= {('birthCountry', key, text(x, 'COUNTRY'))} if text(x, 'COUNTRY') else set()
        for x in e.findall(e.tag + '_DOCUMENT'):
            kinds = frozenset({text(x, 'TYPE_OF_DOCUMENT'), text(x, 'TYPE_OF_DOCUMENT2')} - {''})
            issuer = frozenset({text(x, 'ISSUING_COUNTRY'), text(x, 'COUNTRY_OF_ISSUE')} - {''})
            fact = (kinds, text(x, 'NUMBER'), issuer, text(x, 'CITY_OF_ISSUE'), iso(text(x, 'DATE_OF_ISSUE')), line(x.findtext('NOTE')))
            facts |= {('document', key, *fact)} if any(fact) else set()
    return facts


def got_of(entities, wanted):
    records, parts = records_of(entities, 'un-sc')
    facts, numbered = set(), {fact for fact in wanted if fact[0] == 'document' and fact[3]}
    for key, e in records.items():
        facts.add(('schema', key, e.schema))
        for kind in (*NAMES, 'title', 'position'):
            facts |= {(kind, key, line(value)) for value in e.value[kind]}
        for kind in ('nationality', 'birthCountry'):
            facts |= {(kind, key, line(value)) for value in e.said[kind]}
        facts |= {('birthPlace', key, value) for value in e.value['birthPlace']}
        facts |= {('birthDate', key, *pair) for pair in e.pairs['birthDate']}
        facts |= {('notes', key, line(value)) for value in e.value['notes'] if ('notes', key, line(value)) in wanted}
        for _, part in parts[key]:
            if part.schema == 'Address':
                facts.add(('address', key, part.one('full'), part.one('remarks')))
            elif part.schema == 'Sanction':
                for kind in ('program', 'unscId', 'listingDate', 'modifiedAt'):
                    facts |= {(kind, key, value) for value in part.value[kind]}
            else:
                number = part.one('number')
                fact = (frozenset(part.said['type']), number, frozenset(part.said['country']), part.one('authority'),
                        next(iter(part.value['startDate']), ''), part.one('summary'))
                # a number that stands in the kind or the note is the program's find
                bare = ('document', key, fact[0], '', *fact[2:])
                facts.add(('document', key, *fact) if ('document', key, *fact) in numbered or bare not in wanted else bare)
    return facts


def check(program, name, path):
    wanted = wanted_of(root_of(path))
    return same(name, wanted, got_of(export(program, path), wanted))


if __name__ == '__main__':
    run(sys.argv[1:], FILES, check)
