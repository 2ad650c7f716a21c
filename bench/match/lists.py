"""Entities of the public lists, who is who across them, and the two halves of the evaluation.

The lists are read by `interdict index` and `interdict export`. Records of different lists are joined by UN references,
by numbers of documents and registers, and by dates of birth with country and place: never by names.
"""
import collections
import json
import os
import re
import subprocess
import unicodedata

SOURCES = collections.OrderedDict([
    ('ofac', 'lists/ofac/sdn-2023-07'), ('un', 'lists/un/un_consolidated_2026-02-27.xml.gz'),
    ('uk', 'lists/uk/ConList_2025-04-14.csv.gz'), ('eu', 'lists/eu/journal')])
SCREENED = ('ofac', 'un', 'uk')
NAMES = ('name', 'alias', 'previousName')
NUMBERS = ('passportNumber', 'idNumber', 'innCode', 'ogrnCode', 'imoNumber', 'leiCode', 'registrationNumber',
           'taxNumber', 'socialSecurityNumber')
COUNTRIES = ('nationality', 'citizenship', 'country', 'birthCountry', 'flag', 'jurisdiction')
EVIDENCE = ('birthDate', 'gender', 'incorporationDate', 'swiftBic', 'address') + NUMBERS + COUNTRIES
# Words that tell little, beside legal forms: only for making look-alikes and for telling homonyms.
FORMS = set('llc ltd ltda limited inc co corp corporation gmbh sa jsc ooo pjsc ojsc cjsc company oao zao ao pao de cv srl '
            'sas the and of for fze fzco fzc joint stock open closed public private liability ca group general trading y la '
            'el al cia c s l e r plc bv pte pty shipping international doo d o sirketi ltd sti as anonim ticaret sanayi ve '
            'pvt kft lda eirl spa sarl sal ag kg kgaa nv oy ab sdn bhd holding holdings unitary enterprise state federal '
            'obshchestvo ogranichennoi otvetstvennostyu aktsionernoe otkrytoe publichnoe sociedad anonima compania '
            'societe limitada kompaniya partnership offshore jv ra za na i f p m t mv bin ibn abu bint abd'.split())
DAYS_OF_BIRTH = 20000  # 55 years: how many days births of a list are spread over


def fold(text):
    """Letters without marks, words in one case: this evaluation's own, not the program's."""
    text = unicodedata.normalize('NFKD', text.replace("'", '').replace('’', ''))
    text = ''.join(c for c in text if not unicodedata.combining(c)).lower()
    return re.sub(r'[\W_]+', ' ', text).strip()


def words(text):
    return fold(text).split()


def key(text):
    return ' '.join(sorted(words(text)))


def core(text):
    """What tells in a name: its words but legal forms and the like, in no order."""
    return ' '.join(sorted(w for w in words(text) if w not in FORMS)) or key(text)


def latin(text):
    return all(ord(c) < 0x250 or not c.isalpha() for c in text)


def trigrams(text):
    s = '  ' + key(text) + ' '
    return frozenset(s[i:i + 3] for i in range(len(s) - 2))


def alike(a, b):
    a, b = trigrams(a), trigrams(b)
    return len(a & b) / len(a | b)


def number_of(text):
    """Half of all, by text: the same on every machine."""
    h = 2166136261
    for b in text.encode():
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    return h >> 8


class Entity:
    def __init__(self, raw, source):
        self.id, self.schema, self.source, self.properties = raw['id'], raw['schema'], source, raw['properties']
        self.names = [n for p in NAMES for n in self.properties.get(p, [])]
        self.weak = self.properties.get('weakAlias', [])
        self.keys = {key(n) for n in self.names + self.weak}
        self.cores = {core(n) for n in self.names + self.weak}
        self.unsc, self.cluster = None, raw['id']

    def kind(self):
        return self.schema if self.schema in ('Person', 'Vessel', 'Airplane') else 'Organization'

    def values(self, *properties):
        return [v for p in properties for v in self.properties.get(p, [])]

    def countries(self):
        return {c for c in self.values(*COUNTRIES) if len(c) == 2}

    def numbers(self):
        found = []
        for v in self.values(*NUMBERS):
            v = re.sub(r'[^0-9A-Z]', '', re.sub(r'\(.*?\)', '', v.upper()))
            if 6 <= len(v) <= 24 and sum(c.isdigit() for c in v) >= 5 and len(set(v)) > 2:
                found.append(v)
        return found

    def days(self):
        return [d for d in self.values('birthDate') if len(d) == 10]

    def places(self):
        return {w for p in self.values('birthPlace') for w in words(p.split(',')[0]) if len(w) >= 4}


def load(program, data, folder):
    """Exports every list once; entities by list, in the export's order."""
    lists = collections.OrderedDict()
    for name, path in SOURCES.items():
        index = os.path.join(folder, name + '.idx')
        subprocess.run([program, 'index', '-q', '-o', index, '--skip-bad', os.path.join(data, path)],
                       check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        lines = subprocess.run([program, 'export', '-l', index, '--format', 'ftm'], check=True,
                               stdout=subprocess.PIPE, text=True).stdout.splitlines()
        raws = [json.loads(line) for line in lines]
        entities = collections.OrderedDict(
            (r['id'], Entity(r, name)) for r in raws
            if r['schema'] in ('Person', 'Organization', 'Company', 'LegalEntity', 'Vessel', 'Airplane')
            and r['properties'].get('topics') and r['properties'].get('name'))
        for r in raws:
            if r['schema'] == 'Sanction' and r['properties'].get('unscId'):
                for holder in r['properties']['entity']:
                    if holder in entities:
                        entities[holder].unsc = r['properties']['unscId'][0]
        lists[name] = entities
    return lists


def years_agree(a, b):
    x, y = ({int(d[:4]) for d in e.values('birthDate')} for e in (a, b))
    return not x or not y or any(abs(p - q) <= 1 for p in x for q in y)


def one_of_each(found):
    """Entities of one list that alone have a key there, by key."""
    return {k: v[0] for k, v in found.items() if len({e.id for e in v}) == 1}


def by(entities, keys_of):
    found = collections.defaultdict(list)
    for e in entities.values():
        for k in sorted(set(keys_of(e))):
            found[k].append(e)
    return one_of_each(found)


def join_two(left, right):
    """(left, right, how) of two lists; the surest reason first."""
    joined = collections.OrderedDict()
    a, b = (by(x, lambda e: [e.unsc] if e.unsc else []) for x in (left, right))
    for k in sorted(set(a) & set(b)):
        joined.setdefault((a[k].id, b[k].id), (a[k], b[k], 'UN reference'))
    a, b = by(left, Entity.numbers), by(right, Entity.numbers)
    for k in sorted(set(a) & set(b)):
        if a[k].kind() == b[k].kind() and years_agree(a[k], b[k]):
            joined.setdefault((a[k].id, b[k].id), (a[k], b[k], 'number'))
    people = [{i: e for i, e in x.items() if e.schema == 'Person'} for x in (left, right)]
    dated = [by(x, lambda e: [(c, d) for c in e.countries() for d in e.days() if d[5:] != '01-01']) for x in people]
    sizes = [collections.Counter(c for e in x.values() if e.days() for c in e.countries()) for x in people]
    both = sorted(set(dated[0]) & set(dated[1]))
    found = collections.Counter(c for c, _ in both)
    for k in both:
        x, y, country = dated[0][k], dated[1][k], k[0]
        chance = sizes[0][country] * sizes[1][country] / DAYS_OF_BIRTH / found[country]
        place = x.places() & y.places() if x.places() and y.places() else chance < 0.02
        genders = set(x.values('gender')) | set(y.values('gender'))
        if place and len(genders) < 2:
            joined.setdefault((x.id, y.id), (x, y, 'date'))
    return list(joined.values())


def join(lists):
    """All joins of two lists; sets `cluster` of every entity to that of the first record of the same one."""
    names = list(lists)
    joined = [j for i, a in enumerate(names) for b in names[i + 1:] for j in join_two(lists[a], lists[b])]
    everyone = {e.id: e for x in lists.values() for e in x.values()}

    def root(i):
        while everyone[i].cluster != i:
            i = everyone[i].cluster
        return i
    for a, b, _ in joined:
        x, y = sorted((root(a.id), root(b.id)))
        everyone[y].cluster = x
    for i, e in everyone.items():
        e.cluster = root(i)
    return joined


def half_of(entity):
    return 'tune' if number_of(entity.cluster) % 2 == 0 else 'report'
