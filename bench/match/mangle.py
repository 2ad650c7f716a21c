"""What happens to a name between a list and a question, and what looks like a name and is another."""
import difflib
import re

from lists import FORMS, fold, words

KEYS = {'a': 'sq', 'b': 'vn', 'c': 'xv', 'd': 'sf', 'e': 'wr', 'f': 'dg', 'g': 'fh', 'h': 'gj', 'i': 'uo', 'j': 'hk',
        'k': 'jl', 'l': 'k', 'm': 'n', 'n': 'bm', 'o': 'ip', 'p': 'o', 'q': 'wa', 'r': 'et', 's': 'ad', 't': 'ry',
        'u': 'yi', 'v': 'cb', 'w': 'qe', 'x': 'zc', 'y': 'tu', 'z': 'x'}
OCR = [('rn', 'm'), ('m', 'rn'), ('l', '1'), ('o', '0'), ('i', 'l'), ('cl', 'd'), ('vv', 'w'), ('s', '5'), ('b', '8'),
       ('h', 'b'), ('e', 'c'), ('u', 'n')]
SOUND = [('kh', 'h'), ('k', 'c'), ('c', 'k'), ('v', 'w'), ('w', 'v'), ('y', 'i'), ('i', 'y'), ('ou', 'u'), ('u', 'ou'),
         ('ph', 'f'), ('f', 'ph'), ('sh', 'ch'), ('z', 's'), ('ei', 'ey'), ('e', 'i'), ('o', 'u'), ('u', 'o'),
         ('j', 'dj'), ('j', 'y'), ('q', 'k'), ('gh', 'g'), ('dh', 'd'), ('th', 't'), ('mm', 'm'), ('ss', 's'),
         ('aa', 'a'), ('ks', 'x'), ('x', 'ks'), ('ya', 'ia'), ('yu', 'iu'), ('tz', 'ts'), ('oo', 'u'), ('ee', 'i')]
TITLES = ['Mr', 'Dr', 'General', 'Sheikh', 'Haji', 'Col.', 'Prof.', 'Eng.', 'Mrs', 'Sayyid']
LEGAL = ['LLC', 'Ltd', 'GmbH', 'Co., Ltd.', 'Inc', 'S.A.', 'OOO', 'Limited Liability Company', 'Corporation', 'FZE',
         'JSC', 'PLC', 'B.V.', 'Sdn Bhd', 'S.r.l.', 'Limited']
LEGAL_END = re.compile(r'[, ]+(LLC|LTD|LTDA|LIMITED|INC|CO|CORP|CORPORATION|GMBH|S\.?A\.?|JSC|OOO|PJSC|OJSC|COMPANY|'
                       r'L\.L\.C|FZE|S\.A\. DE C\.V|COMPANY LIMITED|LIMITED LIABILITY COMPANY)\.?$', re.I)
PREFIXES = ['M/V ', 'MV ', 'MT ', 'M/T ', 'SS ']


def typo(r, name):
    letters = [i for i, c in enumerate(name) if c.isalpha()]
    if not letters:
        return None
    i = r.choice(letters)
    kind, c = r.randrange(5), name[i].lower()
    if kind == 0:
        return name[:i] + name[i + 1:]
    if kind == 1:
        return name[:i] + (r.choice(KEYS[c]) if c in KEYS else 'x') + name[i + 1:]
    if kind == 2:
        return name[:i] + c + name[i:]
    if kind == 3 and i + 1 < len(name) and name[i + 1].isalpha() and name[i + 1] != name[i]:
        return name[:i] + name[i + 1] + name[i] + name[i + 2:]
    return name[:i] + r.choice('aeioustrn') + name[i:]


def two_typos(r, name):
    one = typo(r, name)
    return one and typo(r, one)


def replace_one(r, name, table):
    low = name.lower()
    fits = [(a, b) for a, b in table if a in low]
    if not fits:
        return None
    a, b = r.choice(fits)
    i = r.choice([m.start() for m in re.finditer(re.escape(a), low)])
    return low[:i] + b + low[i + len(a):]


def parts(name):
    return name.replace(',', '').split()


def joined(r, name):
    w = parts(name)
    if len(w) < 2:
        return None
    i = r.randrange(len(w) - 1)
    return ' '.join(w[:i] + [w[i] + w[i + 1].lower()] + w[i + 2:])


def split(r, name):
    w = parts(name)
    long_ = [i for i, x in enumerate(w) if len(x) >= 6 and x.isalpha()]
    if not long_:
        return None
    i = r.choice(long_)
    at = r.randrange(3, len(w[i]) - 2)
    return ' '.join(w[:i] + [w[i][:at], w[i][at:]] + w[i + 1:])


def telling(word):
    return any(len(w) > 2 and w not in FORMS for w in words(word))


def missing(r, name, least=1):
    """Leaves as many words that tell something, at least."""
    w = parts(name)
    if len(w) < 3:
        return None
    del w[r.randrange(len(w))]
    return ' '.join(w) if sum(map(telling, w)) >= least else None


def swapped(r, name):
    w = parts(name)
    if len(w) < 2 or w == w[::-1]:
        return None
    if len(w) == 2 or r.random() < 0.5:
        return ' '.join([w[-1]] + w[:-1])
    i = r.randrange(len(w) - 1)
    w[i], w[i + 1] = w[i + 1], w[i]
    return ' '.join(w)


def initial(r, name):
    w = parts(name)
    if len(w) < 2 or not w[0][0].isalpha():
        return None
    i = r.randrange(len(w) - 1)
    return ' '.join(w[:i] + [w[i][0] + '.'] + w[i + 1:])


def sounds(r, name):
    out = replace_one(r, name, SOUND)
    return out and (replace_one(r, out, SOUND) or out if r.random() < 0.5 else out)


def ocr(r, name):
    return replace_one(r, name, OCR)


def long_enough(name):
    """A slip in an abbreviation of three letters makes another abbreviation."""
    return sum(c.isalpha() for c in name) >= 5


COMMON = {'typo': typo, 'two typos': two_typos, 'transliterated': sounds, 'ocr': ocr, 'joined': joined,
          'split': split, 'missing part': missing, 'swapped': swapped}


def mangles(entity, vocabulary):
    """Kinds that fit what the entity is: name → function of a generator and a name."""
    kinds = dict(COMMON)
    if entity.schema == 'Person':
        kinds['missing part'] = lambda r, n: missing(r, n, 2)
        kinds['initial'] = initial
        kinds['title'] = lambda r, n: r.choice(TITLES) + ' ' + n
        kinds['added part'] = lambda r, n: n + ' ' + r.choice(vocabulary.given).title() if r.random() < 0.5 else (
            r.choice(vocabulary.given).title() + ' ' + n)
    elif entity.schema == 'Vessel':
        kinds['prefix'] = lambda r, n: r.choice(PREFIXES) + n
        del kinds['missing part']
    elif entity.schema != 'Airplane':
        kinds['legal form'] = lambda r, n: LEGAL_END.sub('', n) + ' ' + r.choice(LEGAL)
        kinds['added part'] = lambda r, n: n + ' ' + r.choice(['Group', 'Holding', 'International', 'Head Office'])
    return kinds


def natural(r, entity, name):
    """KIM, Jong Un → Jong Un Kim; half of all in capitals as the lists have them."""
    if entity.schema == 'Person' and ',' in name:
        last, first = name.split(',', 1)
        name = first.strip() + ' ' + last.strip()
    return name.title() if r.random() < 0.5 else name


def changed_word(r, name, others):
    """One telling word replaced by another common one."""
    w = parts(name)
    places = [i for i, x in enumerate(w) if telling(x)]
    if len(w) < 2 or not places:
        return None
    i, other = r.choice(places), r.choice(others)
    if other in words(name) or not unlike(other, fold(w[i])):
        return None
    w[i] = other.title()
    return ' '.join(w)


def unlike(a, b):
    """Two words that nobody takes for spellings of one."""
    return a[0] != b[0] and difflib.SequenceMatcher(None, a, b).ratio() < 0.5


def other_gender(r, name):
    """Ivan Petrov → Ivana Petrova: the given name, and a Slavic family name with it."""
    w = parts(name)
    if len(w) < 2 or any(fold(x) in ('bin', 'al', 'bint') for x in w) or len(w[0]) < 4 or len(w[-1]) < 4:
        return None
    if fold(w[0])[-1] in 'aeiouy' or not re.search(r'(ov|ev|in|sky|skiy)$', fold(w[-1])):
        return None
    w[0] += 'a'
    w[-1] = re.sub(r'(?i)(sky|skiy)$', 'skaya', w[-1]) if fold(w[-1])[-1] == 'y' else w[-1] + 'a'
    return ' '.join(re.sub(r'(?i)vich$', 'vna', x) for x in w)


def sibling(r, entity, given):
    """Another given name before the same family name."""
    first, last = entity.values('firstName'), entity.values('lastName')
    if not first or not last:
        return None
    own = words(first[0])
    other = [g for g in given if g not in own and (not own or unlike(g, own[0]))]
    rest = first[0].split()[1:]
    return ' '.join([r.choice(other).title()] + rest + [last[0]])


def other_number(r, name):
    found = [m for m in re.finditer(r'\d+', name) if len(m.group()) < 5]
    if not found:
        return None
    m = r.choice(found)
    n = int(m.group()) + r.choice([1, 2, 3, 10]) * (1 if int(m.group()) < 11 or r.random() < 0.5 else -1)
    return name[:m.start()] + str(n) + name[m.end():]
