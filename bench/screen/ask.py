"""Questions to a list, always the same: half mangled names of the list, half people and firms that are on none."""
import gzip
import json
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'match'))
import mangle  # noqa: E402

SCHEMATA = ('Person', 'Organization', 'LegalEntity', 'Company', 'Vessel', 'Airplane')
MANGLES = [mangle.typo, mangle.typo, mangle.two_typos, mangle.sounds, mangle.ocr, mangle.joined, mangle.split,
           mangle.missing, mangle.swapped, mangle.initial]
FIRMS = ('Trading', 'Shipping Co., Ltd.', 'International', 'Bank', 'Group', 'Engineering LLC', 'Petroleum Company', 'Logistics GmbH')


def slip(dice, name):
    """Of a name in any script: a letter lost, doubled, exchanged with the next or replaced by another of the name."""
    at, kind = dice.randrange(len(name)), dice.randrange(4)
    if kind == 3 or len(name) < 3:
        return name[:at] + dice.choice(name) + name[at + 1:]
    return name[:at] + (name[at] * 2, name[at + 1:at + 2] + name[at], '')[kind] + name[at + 1 + (kind == 1):]


ANY_SCRIPT = [slip, slip, slip, mangle.joined, mangle.split, mangle.missing, mangle.swapped]


def mangled(dice, name):
    if mangle.words(name) and name.isascii():
        return dice.choice(MANGLES)(dice, name) or mangle.typo(dice, name) or name
    return dice.choice(ANY_SCRIPT)(dice, name) or slip(dice, name)


def listed(path, dice, count):
    """As many names of the list, each of another entity as far as there are entities."""
    found, seen = [], 0
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            raw = json.loads(line)
            if raw['schema'] not in SCHEMATA:
                continue
            names = [n for p in ('name', 'alias') for n in raw['properties'].get(p, ())]
            seen += 1
            if not names:
                continue
            at = len(found) if len(found) < count else int(dice.random() * seen)
            if at < count:
                found[at:at + 1] = [dice.choice(names)]
    return [dice.choice(found) for _ in range(count)] if len(found) < count else found


def innocents(data, dice, count):
    """People of Wikidata, surnames and firms from news put together, invented people: a third each; invented ones alone without the data."""
    parts = [w for line in open(os.path.join(HERE, '..', 'innocents.txt'), encoding='utf-8') if line[0] != '#' for w in line.split()]
    names = [' '.join(dice.sample(parts, dice.choice((2, 2, 3)))) for _ in range(count)]
    wikidata = os.path.join(data, 'names', 'wikidata_pairs', 'wd_korean.tsv.gz')
    news = os.path.join(data, 'names', 'anetac', 'EN-AR_named_entities.txt.gz')
    if os.path.exists(wikidata):
        with gzip.open(wikidata, 'rt', encoding='utf-8') as lines:
            people = [line.split('\t')[0] for line in lines]
        names[::3] = [dice.choice(people) for _ in names[::3]]
    if os.path.exists(news):
        with gzip.open(news, 'rt', encoding='utf-8') as lines:
            words = [line.split() for line in lines]
        surnames, firms = ([w[1] for w in words if w[0] == kind and len(w) == 3] for kind in ('PERSON', 'ORGANIZATION'))
        names[1::3] = ['%s %s' % (dice.choice(parts), dice.choice(surnames)) if dice.random() < 0.5 else
                       '%s %s' % (dice.choice(firms), dice.choice(FIRMS)) for _ in names[1::3]]
    return names


def questions(path, data, count, seed=7):
    """`count` names: of the list at `path` (FollowTheMoney, a line each), mangled, and innocents, in turn."""
    dice, asked = random.Random(seed), []
    ours, others = listed(path, dice, count // 2), innocents(data, dice, count - count // 2)
    dice.shuffle(ours)
    for i, name in enumerate(ours):
        asked.append(mangled(dice, name))
        asked.append(others[i])
    return [' '.join(name.split()) or 'Anselm Dallinger' for name in asked + others[len(ours):]]


if __name__ == '__main__':
    sys.stdout.write(''.join(name + '\n' for name in questions(sys.argv[1], os.environ.get('INTERDICT_DATA') or os.path.join(
        HERE, '..', '..', '..', 'shared', 'data'), int(sys.argv[2]))))
