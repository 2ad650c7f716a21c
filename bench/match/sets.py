"""Labelled pairs of names and of entities, and questions for screening, made from the lists."""
import collections
import gzip
import os
import random

import mangle
from lists import EVIDENCE, FORMS, SCREENED, alike, core, fold, half_of, key, latin, number_of, trigrams, words

Pair = collections.namedtuple('Pair', 'left right true kind schema')  # left, right: (schema, properties)


class Vocabulary:
    """Words of the lists by how common they are: what a look-alike is made of."""

    def __init__(self, entities):
        given, telling = collections.Counter(), collections.defaultdict(collections.Counter)
        for e in entities:
            for n in e.values('firstName'):
                given.update(w for w in words(n)[:1] if latin(w) and len(w) > 3)
            telling[e.kind()].update(w for w in words(e.names[0])
                                     if latin(w) and len(w) > 3 and w not in FORMS and not w.isdigit())
        self.given = [w for w, _ in sorted(given.items(), key=lambda x: (-x[1], x[0]))[:250]]
        self.telling = {k: [w for w, _ in sorted(v.items(), key=lambda x: (-x[1], x[0]))[:400]]
                        for k, v in telling.items()}


def named(schema, name):
    return schema, {'name': [name]}


def name_pair(schema, left, right, true, kind, group):
    return Pair(named(schema, left), named(schema, right), true, kind, group)


def same(a, b):
    """Records of one list that share a number or a day of birth may be one: lists are not internally unique."""
    return bool(set(a.numbers()) & set(b.numbers()) or set(a.days()) & set(b.days()))


def neighbours(entities):
    """For each entity the others of its list that share a word, most alike first: entity → [(likeness, other, name)]."""
    holders = collections.defaultdict(list)
    for e in entities:
        for w in sorted({w for n in e.names for w in words(n)}):
            holders[(e.source, e.kind(), w)].append(e)

    def of(e, least, most):
        near = collections.Counter()
        for w in sorted(set(words(e.names[0]))):
            found = holders[(e.source, e.kind(), w)]
            if len(found) < 250:
                near.update({o.id: 1 for o in found if o.cluster != e.cluster})
        everyone = {o.id: o for w in sorted(set(words(e.names[0]))) for o in holders[(e.source, e.kind(), w)]}
        mine = trigrams(e.names[0])
        best = []
        for i, _ in sorted(near.items(), key=lambda x: (-x[1], x[0]))[:40]:
            o = everyone[i]
            theirs = trigrams(o.names[0])
            likeness = len(mine & theirs) / len(mine | theirs)
            if least <= likeness and not same(e, o):
                best.append((likeness, o))
        best.sort(key=lambda x: (-x[0], x[1].id))
        return best[:most]
    return of


def names(half, lists, seed):
    """Aliases, mangled names and names that look alike. Homonyms are a kind of their own."""
    r = random.Random('names' + half + str(seed))
    mine = [e for s in SCREENED for e in lists[s].values() if half_of(e) == half and latin(e.names[0])]
    vocabulary, near = Vocabulary(mine), neighbours(mine)
    pairs = []
    chosen = r.sample(mine, min(4000, len(mine)))
    chosen += [e for e in mine if e.schema == 'Vessel' and e.names[0][-1:].isdigit()][:60]
    for e in chosen:
        base, group = mangle.natural(r, e, e.names[0]), e.kind()
        aliases = [n for n in e.names[1:] if latin(n) and key(n) != key(e.names[0])]
        if aliases:
            alias = r.choice(aliases)
            close = alike(e.names[0], alias) >= 0.2
            pairs.append(name_pair(e.schema, base, alias, True, 'alias' if close else 'alias, unlike', group))
        kinds = mangle.mangles(e, vocabulary)
        for kind in r.sample(sorted(kinds), 2):
            bad = kinds[kind](r, base) if mangle.long_enough(base) else None
            if bad and fold(bad) != fold(e.names[0]):
                pairs.append(name_pair(e.schema, bad, e.names[0], True, kind, group))
        for _, o in near(e, 0.25, 2):
            kind = 'homonym' if e.cores & o.cores else 'kept apart'
            pairs.append(name_pair(e.schema, base, o.names[0], False, kind, group))
        makers = {'word changed': lambda n: mangle.changed_word(r, n, vocabulary.telling[group]),
                  'number changed': lambda n: mangle.other_number(r, n)}
        if e.schema == 'Person':
            makers['gender changed'] = lambda n: mangle.other_gender(r, n)
            makers['sibling'] = lambda n: mangle.sibling(r, e, vocabulary.given)
        fits = [(k, bad) for k, bad in ((k, make(base)) for k, make in sorted(makers.items()))
                if bad and core(bad) not in e.cores]
        rare = [x for x in fits if x[0] in ('number changed', 'gender changed')]
        if fits:
            kind, bad = r.choice(rare if rare and r.random() < 0.7 else fits)
            pairs.append(name_pair(e.schema, bad, e.names[0], False, kind, group))
        o = r.choice(mine)
        if o.cluster != e.cluster and core(o.names[0]) not in e.cores:
            pairs.append(name_pair(e.schema, base, o.names[0], False, 'any other', group))
    return pairs


CONFUSING = ('word changed', 'number changed', 'gender changed', 'sibling')
APART = ('homonym', 'homonyms', 'alias, unlike', 'joined, unlike')  # names alone cannot tell


def clean(name):
    return latin(name) and '(' not in name and '/' not in name


def across(half, joined):
    """First names of one person or organisation in two lists that differ; who is alike there and another."""
    pairs = []
    for a, b, how in joined:
        if half_of(a) != half or a.schema == 'Vessel' or not clean(a.names[0]) or not clean(b.names[0]):
            continue
        if fold(a.names[0]) == fold(b.names[0]):
            continue
        kind = 'joined by ' + how if alike(a.names[0], b.names[0]) >= 0.15 else 'joined, unlike'
        pairs.append(name_pair(a.schema, a.names[0], b.names[0], True, kind, a.kind()))
    return pairs


def given(e, *properties):
    return {p: e.properties[p] for p in properties if p in e.properties}


def whole(e):
    return e.schema, dict(given(e, *EVIDENCE), **given(e, 'name', 'alias', 'previousName', 'weakAlias'))


def apart(a, b):
    """Different dates or numbers say that two records of one list are two."""
    x, y = set(a.values('birthDate')), set(b.values('birthDate'))
    if x and y and not any(p.startswith(q) or q.startswith(p) for p in x for q in y):
        return not set(a.numbers()) & set(b.numbers())
    n, m = set(a.numbers()), set(b.numbers())
    return bool(n and m and not n & m and a.kind() == 'Organization' and not (x and y))


def spaced(r, number):
    return number[:3] + ' ' + number[3:] if len(number) > 5 and r.random() < 0.5 else 'No. ' + number


def moved(r, date, how):
    year, rest = int(date[:4]), date[4:]
    if how == 'year only':
        return date[:4]
    if how == 'year off by one':
        return '%04d%s' % (year + r.choice([-1, 1]), rest)
    if how == 'swapped':
        return '%s-%s-%s' % (date[:4], date[8:10], date[5:7]) if date[8:10] <= '12' and date[5:7] != date[8:10] else None
    if how == 'first of January':
        return date[:4] + '-01-01'


def stranger_s(r, dates):
    """A date three years at least from any of these."""
    years = {int(d[:4]) for d in dates}
    while True:
        year = r.choice(sorted(years)) + r.choice([-1, 1]) * r.randrange(3, 25)
        if all(abs(year - y) > 2 for y in years):
            return '%04d-%02d-%02d' % (year, r.randrange(1, 13), r.randrange(1, 29))


COUNTRIES = 'ru ir cn us de fr gb in br ng mx tr ua sy co pk iq ly sd'.split()


def question(r, e, name, **evidence):
    properties = {'name': [name]}
    for p, v in evidence.items():
        if v:
            properties[p] = [v]
    return e.schema, properties


def made(half, lists, seed):
    """One name with a date, a country, a number that agree or contradict, against a whole record."""
    r = random.Random('made' + half + str(seed))
    mine = [e for s in SCREENED for e in lists[s].values() if half_of(e) == half and latin(e.names[0])]
    vocabulary, near = Vocabulary(mine), neighbours(mine)
    people = [e for e in mine if e.schema == 'Person' and e.days()]
    firms = [e for e in mine if e.kind() == 'Organization' and e.countries()]
    pairs = []

    def bad_name(e):
        kinds = mangle.mangles(e, vocabulary)
        base = mangle.natural(r, e, r.choice([n for n in e.names if latin(n)]))
        return kinds[r.choice(sorted(kinds))](r, base) or base

    def add(e, left, true, kind):
        pairs.append(Pair(left, whole(e), true, kind, e.kind()))
    for e in r.sample(people, min(1800, len(people))):
        date, own = r.choice(e.days()), sorted(e.countries())
        country = r.choice(own) if own and r.random() < 0.7 else None
        other = r.choice([c for c in COUNTRIES if c not in own])
        how = r.choice(['year only', 'year off by one', 'swapped', 'first of January', 'same', 'same', 'same'])
        found = date if how == 'same' else moved(r, date, how)
        if found:
            add(e, question(r, e, bad_name(e), birthDate=found, nationality=country), True, 'date, ' + how)
        if r.random() < 0.3:
            add(e, question(r, e, bad_name(e), birthDate=date, nationality=other), True, 'same date, other country')
        if e.numbers() and r.random() < 0.7:
            number = r.choice(sorted(e.values('passportNumber', 'idNumber')) or e.numbers())
            add(e, question(r, e, bad_name(e), idNumber=spaced(r, number), birthDate=None), True, 'number, written so')
        stranger = stranger_s(r, e.values('birthDate'))
        add(e, question(r, e, mangle.natural(r, e, e.names[0]), birthDate=stranger,
                        nationality=r.choice([None, country, other])), False, 'homonym, other date')
        add(e, question(r, e, bad_name(e), birthDate=stranger, nationality=r.choice([country, other])), False,
            'mangled, other date')
        for _, o in near(e, 0.3, 1):
            if apart(e, o):
                add(e, question(r, e, mangle.natural(r, o, o.names[0]), birthDate=(o.days() or [None])[0],
                                nationality=(sorted(o.countries()) or [None])[0]), False, 'kept apart, own date')
        gender = e.values('gender')
        changed = mangle.sibling(r, e, vocabulary.given)
        if changed and core(changed) not in e.cores:
            add(e, question(r, e, changed, nationality=country, gender=gender[0] if gender else None), False,
                'sibling, same country')
            add(e, question(r, e, changed, birthDate=stranger, nationality=country), False, 'sibling, other date')
    for e in r.sample(firms, min(900, len(firms))):
        own = sorted(e.countries())
        other = r.choice([c for c in COUNTRIES if c not in own])
        numbers = sorted(e.values('innCode', 'ogrnCode', 'registrationNumber', 'taxNumber', 'imoNumber'))
        add(e, question(r, e, bad_name(e), country=r.choice(own)), True, 'country')
        if numbers:
            number = r.choice(numbers)
            add(e, question(r, e, bad_name(e), country=r.choice(own), registrationNumber=spaced(r, number)), True,
                'number, written so')
        changed = mangle.changed_word(r, e.names[0], vocabulary.telling[e.kind()])
        if changed and core(changed) not in e.cores:
            add(e, question(r, e, changed, country=other), False, 'word changed, other country')
            add(e, question(r, e, changed, country=r.choice(own)), False, 'word changed, same country')
        for _, o in near(e, 0.3, 1):
            if not e.cores & o.cores:
                add(e, question(r, e, mangle.natural(r, o, o.names[0]), country=(sorted(o.countries()) or [None])[0]),
                    False, 'kept apart, own country')
    return pairs


def records(half, lists, joined):
    """Whole records: of two lists and one, of one list and two. Numbers that joined them are taken away from half."""
    pairs, partners = [], collections.defaultdict(dict)
    for a, b, _ in joined:
        partners[a.id][b.source] = b
        partners[b.id][a.source] = a
    for a, b, how in joined:
        if half_of(a) != half:
            continue
        left, right = whole(a), whole(b)
        kind = 'joined by ' + how
        if how == 'number' and number_of(b.id) % 2:
            shared = set(left[1]) & {'swiftBic'} | {p for p in left[1] if p.endswith(('Number', 'Code'))}
            left = left[0], {p: v for p, v in left[1].items() if p not in shared}
            kind += ', without it'
            if a.kind() == 'Vessel' or not any(alike(x, y) >= 0.2 for x in a.names for y in b.names):
                continue  # a ship of another name is known by its number alone
        pairs.append(Pair(left, right, True, kind, a.kind()))
    mine = [e for s in SCREENED for e in lists[s].values() if half_of(e) == half and latin(e.names[0])]
    near = neighbours(mine)
    for e in mine:
        if not (e.values('birthDate') or e.numbers()) or number_of(e.id) % 3:
            continue
        for _, o in near(e, 0.3, 2):
            if apart(e, o):
                kind = 'homonyms' if e.cores & o.cores else 'of one list'
                pairs.append(Pair(whole(e), whole(o), False, kind, e.kind()))
            for partner in [partners[o.id][s] for s in sorted(partners[o.id])][:1]:
                if partner.cluster != e.cluster and apart(e, partner):
                    kind = 'homonyms' if e.cores & partner.cores else 'of two lists'
                    pairs.append(Pair(whole(e), whole(partner), False, kind, e.kind()))
    return pairs + homonyms([e for x in lists.values() for e in x.values() if half_of(e) == half])


def homonyms(entities):
    """People of any list who share a name and have other dates; the same day of another year is more often one person
    whose year one list has wrong, and says nothing."""
    holders, pairs = collections.defaultdict(list), []
    for e in entities:
        if e.schema == 'Person' and e.values('birthDate'):
            for c in sorted(e.cores):
                if len(c.split()) > 1:
                    holders[c].append(e)
    seen = set()
    for c, found in sorted(holders.items()):
        for i, a in enumerate(found[:6]):
            for b in found[i + 1:6]:
                far = all(abs(int(p[:4]) - int(q[:4])) > 2 for p in a.values('birthDate') for q in b.values('birthDate'))
                far = far and not {p[5:] for p in a.days()} & {q[5:] for q in b.days()}
                if far and a.cluster != b.cluster and not same(a, b) and (a.id, b.id) not in seen:
                    seen.add((a.id, b.id))
                    pairs.append(Pair(whole(a), whole(b), False, 'homonyms, other dates', 'Person'))
    return pairs


def opened(data, path):
    path = os.path.join(data, path)
    if os.path.exists(path):
        return open(path, encoding='utf-8')
    return gzip.open(path + '.gz', 'rt', encoding='utf-8', errors='replace')


def table(data, path):
    return [line.rstrip('\n').split('\t') for line in opened(data, path)]


SURNAMES = set('김이박최정강조윤장임한오서신권황안송류전홍유고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염석선설마길연위'
               '표명기반왕금옥육인맹제모')


def scripts(half, lists, data, seed):
    """Names in two scripts: of Wikidata, of Korean romanised by McCune-Reischauer, of the lists themselves."""
    r = random.Random('scripts' + half + str(seed))
    pairs = []
    rows = [x for x in table(data, 'names/wikidata_pairs/wd_korean.tsv') if (number_of(x[0]) % 2 == 0) == (half == 'tune')]
    korean = [x for x in rows if len(x[1]) == 3 and ' ' not in x[1] and x[1][0] in SURNAMES and ' ' in x[0]
              and x[0].isascii()]
    r.shuffle(korean)
    for roman, hangul in korean[:800]:
        pairs.append(name_pair('Person', hangul, roman, True, 'korean', 'Person'))
        other = r.choice(korean)
        if other[1][1:] != hangul[1:]:
            pairs.append(name_pair('Person', hangul, other[0], False, 'korean, another', 'Person'))
    foreign = [x for x in rows if ' ' in x[1] and x[0].isascii()]
    r.shuffle(foreign)
    for roman, hangul in foreign[:300]:
        pairs.append(name_pair('Person', hangul, roman, True, 'foreign in hangul', 'Person'))
    for name in ('arabic', 'russian', 'hebrew', 'katakana', 'chinese'):
        tokens = [(t[0], t[1].replace(' ', '')) for t in table(data, 'names/wikidata_pairs/wd_%s_20.tsv' % name)]
        tokens = [t for t in tokens if t[0].isascii() and len(t[0]) > 3 and (number_of(t[0]) % 2 == 0) == (half == 'tune')]
        separator = '・' if name == 'katakana' else '·' if name == 'chinese' else ' '
        for _ in range(400):
            (a, x), (b, y), (c, _) = r.sample(tokens, 3)
            pairs.append(name_pair('Person', x + separator + y, a + ' ' + b, True, name, 'Person'))
            pairs.append(name_pair('Person', x + separator + y, a + ' ' + c, False, name + ', another', 'Person'))
    reischauer = [x for x in table(data, 'names/korean_mccune_reischauer/names.tsv')
                  if len(x) == 2 and (number_of(x[1]) % 2 == 0) == (half == 'tune')]
    for hangul, roman in reischauer[:500]:
        pairs.append(name_pair('Person', hangul, roman, True, 'mccune-reischauer', 'Person'))
        other = r.choice(reischauer)
        if other[0][1:] != hangul[1:]:
            pairs.append(name_pair('Person', hangul, other[1], False, 'mccune-reischauer, another', 'Person'))
    return pairs + of_lists(r, half, lists)


SCRIPTS = (('arabic', 0x600, 0x6ff), ('cyrillic', 0x400, 0x4ff), ('chinese', 0x4e00, 0x9fff), ('hangul', 0xac00, 0xd7a3),
           ('hebrew', 0x590, 0x5ff), ('kana', 0x3040, 0x30ff))


def script_of(text):
    """The one script other than Latin of a text; None when it has several or Latin too."""
    found = {name for c in text for name, low, high in SCRIPTS if low <= ord(c) <= high}
    return found.pop() if len(found) == 1 and not any('a' <= c.lower() <= 'z' for c in text) else None


def of_lists(r, half, lists):
    """A record's names in its own script against its first name in Latin letters."""
    pairs, by_script = [], collections.defaultdict(list)
    for s in SCREENED:
        for e in lists[s].values():
            if half_of(e) == half and latin(e.names[0]):
                for script in sorted({script_of(n) for n in e.names if script_of(n)}):
                    by_script[(script, e.kind())].append((e, [n for n in e.names if script_of(n) == script][0]))
    for (script, kind), found in sorted(by_script.items()):
        for e, native in found if len(found) <= 500 else r.sample(found, 500):
            where = 'list ' + script
            pairs.append(name_pair(e.schema, native, e.names[0], True, where, kind))
            o = r.choice(found)[0]
            if o.cluster != e.cluster:
                pairs.append(name_pair(e.schema, native, o.names[0], False, where + ', another', kind))
    return pairs


Question = collections.namedtuple('Question', 'id entity kind schema name date')  # entity: None for an innocent


def listed_words(lists):
    found = collections.defaultdict(set)
    for s in SCREENED:
        for e in lists[s].values():
            for number, n in enumerate(e.names + e.weak):
                for w in set(words(n)):
                    found[w].add((e.id, number))
    return found


def is_listed(found, name):
    """Whether some listed name has every word of this one: by this evaluation's own folding, not the program's."""
    w = sorted(set(words(name)), key=lambda x: len(found.get(x, ())))
    if not w or w[0] not in found:
        return False
    common = set(found[w[0]])
    for x in w[1:]:
        common &= found.get(x, set())
    return bool(common)


def questions(half, lists, data, folder, seed, count):
    r = random.Random('screen' + half + str(seed))
    mine = [e for s in SCREENED for e in lists[s].values() if half_of(e) == half and latin(e.names[0])]
    vocabulary, asked = Vocabulary(mine), []
    while len(asked) < count:
        e = r.choice(mine)
        if e.schema == 'Airplane':
            continue
        kinds = mangle.mangles(e, vocabulary)
        kind = r.choice(sorted(kinds))
        base = mangle.natural(r, e, r.choice([n for n in e.names if latin(n)]))
        bad = kinds[kind](r, base) if mangle.long_enough(base) else None
        if bad and words(bad):
            days = e.days()
            asked.append(Question('q%d' % len(asked), e, kind, e.schema, bad, r.choice(days) if days else None))
    rows = {x[0]: x[1] for x in table(data, 'names/wikidata_pairs/wd_korean.tsv')
            if ' ' in x[0] and latin(x[0]) and '(' not in x[0] and (number_of(x[0]) % 2 == 0) == (half == 'tune')}
    names_ = [(n, 'of other places' if ' ' in rows[n] else 'Korean or Chinese')
              for n in r.sample(sorted(rows), min(count * 3 // 4, len(rows)))]
    invented = [w for line in open(os.path.join(folder, '..', 'innocents.txt'), encoding='utf-8') if line[0] != '#'
                for w in line.split()]
    names_ += [(' '.join(r.sample(invented, r.choice([2, 2, 3]))), 'invented') for _ in range(count - len(names_))]
    found, removed = listed_words(lists), 0
    for n, kind in names_:
        if is_listed(found, n):
            removed += 1
            continue
        date = '%04d-%02d-%02d' % (r.randrange(1940, 2003), r.randrange(1, 13), r.randrange(1, 29))
        asked.append(Question('i%d' % len(asked), None, kind, 'Person', n, date))
    return asked, removed
