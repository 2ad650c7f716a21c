#!/usr/bin/env python3
"""How well names are judged, on public lists: quality.py PROGRAM [tune|report] [--worst N]

PROGRAM is build/bench/match_quality. Positives are aliases of one OFAC entity, mangled names, names in two scripts;
negatives are entities that the list keeps apart and names of people on no list. Entities are split by their number into
halves: tune on one, report on the other. Data under $INTERDICT_DATA (default ../shared/data). Standard library only.
"""
import collections
import csv
import gzip
import os
import random
import re
import subprocess
import sys

DATA = os.environ.get('INTERDICT_DATA', '../shared/data')
PROGRAM = sys.argv[1]
HALF = sys.argv[2] if len(sys.argv) > 2 else 'tune'
WORST = int(sys.argv[sys.argv.index('--worst') + 1]) if '--worst' in sys.argv else 0
SCHEMA = {'individual': 'Person', 'vessel': 'Vessel', 'aircraft': 'Airplane'}
R = random.Random(20230701 if HALF == 'tune' else 11)


def opened(path):
    path = os.path.join(DATA, path)
    return gzip.open(path + '.gz', 'rt', encoding='utf-8', errors='replace') if not os.path.exists(path) else open(
        path, encoding='utf-8', errors='replace')


def load():
    entities = collections.OrderedDict()
    for row in csv.reader(opened('lists/ofac/sdn-2023-07/sdn.csv')):
        if len(row) > 2:
            entities[row[0].strip()] = (SCHEMA.get(row[2].strip(), 'Organization'), [row[1].strip()])
    for row in csv.reader(opened('lists/ofac/sdn-2023-07/alt.csv')):
        if len(row) > 3 and row[0].strip() in entities:
            entities[row[0].strip()][1].append(row[3].strip())
    return entities


def trigrams(name):
    s = '  ' + ' '.join(sorted(re.findall(r'\w+', name.lower()))) + ' '
    return {s[i:i + 3] for i in range(len(s) - 2)}


def natural(schema, name):
    """KIM, Jong Un → Jong Un Kim."""
    if schema == 'Person' and ',' in name:
        last, first = name.split(',', 1)
        name = first.strip() + ' ' + last.strip()
    return name.title() if R.random() < 0.5 else name


VOWELS = 'aeiou'
KEYS = {'a': 'sq', 'b': 'vn', 'c': 'xv', 'd': 'sf', 'e': 'wr', 'f': 'dg', 'g': 'fh', 'h': 'gj', 'i': 'uo', 'j': 'hk',
        'k': 'jl', 'l': 'k', 'm': 'n', 'n': 'bm', 'o': 'ip', 'p': 'o', 'q': 'wa', 'r': 'et', 's': 'ad', 't': 'ry',
        'u': 'yi', 'v': 'cb', 'w': 'qe', 'x': 'zc', 'y': 'tu', 'z': 'x'}
OCR = [('rn', 'm'), ('m', 'rn'), ('l', '1'), ('o', '0'), ('i', 'l'), ('cl', 'd'), ('vv', 'w'), ('s', '5'), ('b', '8')]
SOUND = [('kh', 'h'), ('k', 'c'), ('c', 'k'), ('v', 'w'), ('w', 'v'), ('y', 'i'), ('i', 'y'), ('ou', 'u'), ('u', 'ou'),
         ('ph', 'f'), ('f', 'ph'), ('sh', 'ch'), ('z', 's'), ('ei', 'ey'), ('e', 'i'), ('o', 'u'), ('u', 'o'),
         ('j', 'dj'), ('j', 'y'), ('q', 'k'), ('gh', 'g'), ('dh', 'd'), ('th', 't'), ('mm', 'm'), ('ss', 's'), ('aa', 'a')]
TITLES = ['Mr', 'Dr', 'General', 'Sheikh', 'Haji', 'Col.', 'Prof.']
FORMS = set('llc ltd ltda limited inc co corp corporation gmbh s.a s.a. sa jsc ooo pjsc ojsc company l.l.c l.l.c. oao zao ao de c.v cv srl sas the and of for s.r.l fze joint stock open closed public liability c.a group general trading'.split())
LEGAL = ['LLC', 'Ltd', 'GmbH', 'Co., Ltd.', 'Inc', 'S.A.', 'OOO', 'Limited Liability Company', 'Corporation', 'FZE']


def typo(name):
    letters = [i for i, c in enumerate(name) if c.isalpha()]
    if not letters:
        return None
    i = R.choice(letters)
    kind = R.randrange(4)
    c = name[i].lower()
    if kind == 0:
        return name[:i] + name[i + 1:]
    if kind == 1:
        return name[:i] + (R.choice(KEYS[c]) if c in KEYS else 'x') + name[i + 1:]
    if kind == 2:
        return name[:i] + c + name[i:]
    if i + 1 < len(name) and name[i + 1].isalpha() and name[i + 1] != name[i]:
        return name[:i] + name[i + 1] + name[i] + name[i + 2:]
    return name[:i] + R.choice('aeioustrn') + name[i:]


def two_typos(name):
    one = typo(name)
    return one and typo(one)


def replace_one(name, table):
    low = name.lower()
    fits = [(a, b) for a, b in table if a in low]
    if not fits:
        return None
    a, b = R.choice(fits)
    places = [m.start() for m in re.finditer(re.escape(a), low)]
    i = R.choice(places)
    return low[:i] + b + low[i + len(a):]


def words(name):
    return name.replace(',', '').split()


def joined(name):
    w = words(name)
    if len(w) < 2:
        return None
    i = R.randrange(len(w) - 1)
    return ' '.join(w[:i] + [w[i] + w[i + 1].lower()] + w[i + 2:])


def split_word(name):
    w = words(name)
    long_ = [i for i, x in enumerate(w) if len(x) >= 6 and x.isalpha()]
    if not long_:
        return None
    i = R.choice(long_)
    at = R.randrange(3, len(w[i]) - 2)
    return ' '.join(w[:i] + [w[i][:at], w[i][at:]] + w[i + 1:])


def missing(name):
    w = words(name)
    if len(w) < 3:
        return None
    del w[R.randrange(len(w))]
    return ' '.join(w)


def swapped(name):
    w = words(name)
    if len(w) < 2:
        return None
    R.shuffle(w)
    return ' '.join(w)


def initial(name):
    w = words(name)
    if len(w) < 2:
        return None
    i = R.randrange(len(w) - 1)
    return ' '.join(w[:i] + [w[i][0] + '.'] + w[i + 1:])


def sounds(name):
    out = replace_one(name, SOUND)
    return out and (replace_one(out, SOUND) if R.random() < 0.5 else out)


MANGLES = {'typo': typo, 'two typos': two_typos, 'sounds': sounds, 'ocr': lambda n: replace_one(n, OCR), 'joined': joined,
           'split': split_word, 'missing': missing, 'swapped': swapped, 'initial': initial}


def mangle_form(schema, name):
    if schema == 'Person':
        return 'title', R.choice(TITLES) + ' ' + name
    bare = re.sub(r'[, ]+(LLC|LTD|LIMITED|INC|CO|CORP|CORPORATION|GMBH|S\.A\.|JSC|OOO|PJSC|OJSC|COMPANY|L\.L\.C|COMPANY LIMITED)\.?$', '', name, flags=re.I)
    return 'legal form', bare + ' ' + R.choice(LEGAL)


def half_of(number):
    return 'tune' if hash_(number) % 2 == 0 else 'report'


def hash_(text):
    h = 2166136261
    for b in text.encode():
        h = (h ^ b) * 16777619 & 0xFFFFFFFF
    return h >> 8


def make_pairs(entities):
    mine = {k: v for k, v in entities.items() if half_of(k) == HALF}
    pairs = []
    vocabulary = collections.defaultdict(list)
    by_word = collections.defaultdict(set)
    for k, (schema, names) in mine.items():
        for n in names:
            for w in set(words(n.lower())):
                by_word[(schema, w)].add(k)
                vocabulary[schema].append(w)
    keys = sorted(mine)
    for k in R.sample(keys, 2500):
        schema, names = mine[k]
        for alias in names[1:]:
            a, b = trigrams(names[0]), trigrams(alias)
            if len(a & b) / len(a | b) >= 0.2:
                pairs.append((schema, natural(schema, names[0]), alias, 1, 'alias'))
                break
        base = natural(schema, names[0])
        for kind in R.sample(sorted(MANGLES), 2):
            bad = MANGLES[kind](base)
            if bad:
                pairs.append((schema, bad, names[0], 1, kind))
        if R.random() < 0.25 and schema in ('Person', 'Organization'):
            kind, bad = mangle_form(schema, base)
            pairs.append((schema, bad, names[0], 1, kind))
        # another entity that shares words, most alike by letters
        near = collections.Counter()
        for w in set(words(names[0].lower())):
            if len(by_word[(schema, w)]) < 200:
                for o in by_word[(schema, w)]:
                    near[o] += 1
        near.pop(k, None)
        mine_tri = [trigrams(n) for n in names]
        best = sorted(((max(len(trigrams(n) & t) / len(trigrams(n) | t) for t in mine_tri), o, n) for o, _ in near.most_common(30)
                       for n in mine[o][1]), reverse=True)
        best = [x for x in best if x[0] < 0.95]
        for _, o, n in best[:2]:
            pairs.append((schema, base, n, 0, 'near'))
        # one word replaced: a brother, another branch
        w = words(base)
        if len(w) >= 2:
            i = R.randrange(len(w))
            if w[i].lower().strip('.,') in FORMS:
                continue
            w[i] = R.choice(vocabulary[schema]).title()
            pairs.append((schema, ' '.join(w), names[0], 0, 'replaced'))
        o = R.choice(keys)
        pairs.append((schema, base, mine[o][1][0], 0, 'random'))
    return pairs


def scripts():
    pairs = []
    rows = [l.rstrip('\n').split('\t') for l in opened('names/wikidata_pairs/wd_korean.tsv')]
    rows = [r for r in rows if (hash_(r[0]) % 2 == 0) == (HALF == 'tune')]
    korean = [r for r in rows if len(r[1].replace(' ', '')) == 3 and ' ' not in r[1] and r[1][0] in
              '김이박최정강조윤장임한오서신권황안송류전홍유고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염석선설마길연위표명기반왕금옥육인맹제모'
              and ' ' in r[0] and r[0].isascii()]
    R.shuffle(korean)
    for latin, hangul in korean[:800]:
        pairs.append(('Person', hangul, latin, 1, 'korean'))
        other = R.choice(korean)
        if other[1][1:] != hangul[1:]:
            pairs.append(('Person', hangul, other[0], 0, 'korean apart'))
    foreign = [r for r in rows if ' ' in r[1] and r[0].isascii()]
    R.shuffle(foreign)
    for latin, hangul in foreign[:300]:
        pairs.append(('Person', hangul, latin, 1, 'hangul foreign'))
    for name in ('arabic', 'russian', 'hebrew', 'katakana', 'chinese'):
        tokens = [l.rstrip('\n').split('\t') for l in opened('names/wikidata_pairs/wd_%s_20.tsv' % name)]
        tokens = [(t[0], t[1].replace(' ', '')) for t in tokens if t[0].isascii() and len(t[0]) > 3 and
                  (hash_(t[0]) % 2 == 0) == (HALF == 'tune')]
        for _ in range(400):
            (a, x), (b, y), (c, z) = R.sample(tokens, 3)
            sep = '・' if name == 'katakana' else '·' if name == 'chinese' else ' '
            pairs.append(('Person', x + sep + y, a + ' ' + b, 1, name))
            pairs.append(('Person', x + sep + y, a + ' ' + c, 0, name + ' apart'))
    mr = [l.rstrip('\n').split('\t') for l in opened('names/korean_mccune_reischauer/names.tsv')]
    mr = [r for r in mr if len(r) == 2 and (hash_(r[1]) % 2 == 0) == (HALF == 'tune')]
    for hangul, latin in mr[:500]:
        pairs.append(('Person', hangul, latin, 1, 'mccune-reischauer'))
    return pairs


def run(mode, lines, *more):
    p = subprocess.run([PROGRAM, mode, *more], input='\n'.join(lines) + '\n', stdout=subprocess.PIPE, text=True, check=True)
    return p.stdout.splitlines()


def figures(scored):
    """Precision, recall, F1 at 0.7 and area under the curve."""
    tp = sum(1 for s, l in scored if l and s >= 700000)
    fp = sum(1 for s, l in scored if not l and s >= 700000)
    fn = sum(1 for s, l in scored if l and s < 700000)
    f1 = 2 * tp / (2 * tp + fp + fn) if tp else 0
    order = sorted(scored)
    rank = total = i = 0
    while i < len(order):
        j = i
        while j < len(order) and order[j][0] == order[i][0]:
            j += 1
        total += sum(1 for k in range(i, j) if order[k][1]) * (i + j + 1) / 2
        i = j
    p = sum(1 for _, l in scored if l)
    n = len(scored) - p
    auc = (total - p * (p + 1) / 2) / (p * n) if p and n else float('nan')
    return tp / (tp + fp) if tp + fp else 0, tp / (tp + fn) if tp + fn else 0, f1, auc


def report_pairs(title, pairs):
    scores = [int(x) for x in run('pairs', ['\t'.join(p[:3]) for p in pairs])]
    print('%s: %d pairs, precision %.3f recall %.3f F1 %.3f AUC %.3f' % ((title, len(pairs)) + figures([(s, p[3]) for s, p in zip(scores, pairs)])))
    kinds = collections.defaultdict(list)
    for s, p in zip(scores, pairs):
        kinds[(p[4], p[3])].append((s, p))
    for (kind, label), rows in sorted(kinds.items()):
        right = sum((s >= 700000) == bool(label) for s, _ in rows) / len(rows)
        print('  %-20s %s %5d  right %.3f' % (kind, '+' if label else '-', len(rows), right))
        wrong = sorted((r for r in rows if (r[0] >= 700000) != bool(label)), key=lambda r: (r[0] if label else -r[0], r[1]))
        for s, p in wrong[:WORST]:
            print('      %.3f  %s | %s' % (s / 1e6, p[1], p[2]))


def report_screen(entities):
    lines = ['\t'.join(['L', k, schema] + names) for k, (schema, names) in entities.items()]
    mine = [k for k in entities if half_of(k) == HALF]
    wanted, kinds = {}, {}
    queries = []
    for number, k in enumerate(R.sample(mine, 700)):
        schema, names = entities[k]
        name = natural(schema, R.choice(names))
        kind = R.choice(sorted(MANGLES))
        bad = MANGLES[kind](name) or typo(name) or name
        wanted[str(number)], kinds[str(number)] = (k, bad), kind
        queries.append('\t'.join(['Q', str(number), 'Thing', bad]))
    english = sorted({l.split('\t')[0] for l in opened('names/wikidata_pairs/wd_korean.tsv') if ' ' in l.split('\t')[1]})
    innocents = [n for n in R.sample(english, 700) if n.isascii() and ' ' in n]
    for number, n in enumerate(innocents):
        queries.append('\t'.join(['Q', 'i%d' % number, 'Thing', n]))
    found = first = hit = false = 0
    tops, missed, falses = [], [], []
    for line in run('screen', lines + queries, '500000'):
        fields = line.split('\t')
        hits = [(int(fields[i]), fields[i + 1]) for i in range(1, len(fields), 2)]
        if fields[0].startswith('i'):
            tops.append(hits[0][0] if hits else 0)
            if hits and hits[0][0] >= 700000:
                false += 1
                falses.append((hits[0][0], innocents[int(fields[0][1:])], entities[hits[0][1]][1][0]))
            continue
        k = wanted[fields[0]][0]
        found += any(h[1] == k for h in hits)
        first += bool(hits) and (hits[0][1] == k or any(h[1] == k and h[0] == hits[0][0] for h in hits))
        mine_score = max([h[0] for h in hits if h[1] == k] or [0])
        hit += mine_score >= 700000
        missed.append((mine_score, kinds[fields[0]], wanted[fields[0]][1], entities[k][1][0]))
    n = len(wanted)
    tops.sort(reverse=True)
    limit = tops[len(tops) // 100]
    at_one = sum(m[0] > limit for m in missed) / n
    print('screen: recall@10 %.3f  rank-1 (or level) %.3f  hits at 0.7 %.3f  innocents hit %.3f  recall at 1%% of innocents %.3f (threshold %.3f)'
          % (found / n, first / n, hit / n, false / len(tops), at_one, limit / 1e6))
    by_kind = collections.defaultdict(list)
    for s, kind, *_ in missed:
        by_kind[kind].append(s >= 700000)
    print('  ' + '  '.join('%s %.2f' % (k, sum(v) / len(v)) for k, v in sorted(by_kind.items())))
    for m in sorted(missed)[:WORST]:
        print('    missed %.3f %s: %s | %s' % (m[0] / 1e6, *m[1:]))
    for m in sorted(falses, reverse=True)[:WORST]:
        print('    false %.3f %s | %s' % (m[0] / 1e6, *m[1:]))


def main():
    entities = load()
    report_pairs('names', make_pairs(entities))
    report_pairs('scripts', scripts())
    report_screen(entities)


main()
