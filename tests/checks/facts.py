"""What the checks of values share: facts out of the program's export, dates as lists write them, and the comparison.

A fact is (kind, record, value …). Of a value that the program rewrote (a country's code, a date) the export has the source's words
too: said() is those words, so that a check needs no table of countries of its own.
"""
import collections
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

# Lines that a comparison prints of each side.
LINES = int(os.environ.get('LINES_MAX', '40'))
MONTHS = ('january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december')
PARTS = ('Address', 'Sanction', 'Identification', 'Passport', 'CryptoWallet', 'UnknownLink', 'Representation', 'Directorship',
         'Ownership', 'Family', 'Associate', 'Employment', 'Membership', 'BankAccount', 'Position', 'Succession')


def data():
    return os.environ.get('INTERDICT_DATA') or '../shared/data'


def content(path):
    with open(path, 'rb') as file:
        raw = file.read()
    return gzip.decompress(raw) if raw[:2] == b'\x1f\x8b' else raw


def root_of(path):
    """The tree of an XML file, its tags without their name space."""
    root = tree.fromstring(content(path))
    for element in root.iter():
        element.tag = element.tag.rpartition('}')[2]
    return root


def line(text):
    return ' '.join(re.split(r'[ \t\r\n]+', (text or '').strip(' \t\r\n')))


def full(parts):
    return ', '.join(part for part in parts if part)


class Entity:
    """One entity of the export: `value[prop]`, the source's words for them in `said[prop]`, and both in `pairs[prop]`."""

    def __init__(self):
        self.schema = ''
        self.value, self.said, self.pairs = (collections.defaultdict(set) for _ in range(3))

    def one(self, prop):
        return next(iter(self.said[prop]), '')


def export(program, path, *more):
    with tempfile.TemporaryDirectory() as folder:
        index = os.path.join(folder, 'x.idx')
        run = subprocess.run([program, 'index', '-o', index, '--skip-bad', path, *more], stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, text=True, check=False)
        assert run.returncode in (0, 3), run.stderr
        run = subprocess.run([program, 'export', '-l', index, '--format', 'statements'], check=True, stdout=subprocess.PIPE, text=True)
    entities = collections.defaultdict(Entity)
    for text in run.stdout.splitlines():
        s = json.loads(text)
        entity = entities[s['entity_id']]
        entity.schema = s['schema']
        entity.value[s['prop']].add(s['value'])
        said = s.get('original_value') or s['value']
        entity.said[s['prop']].add(said)
        entity.pairs[s['prop']].add((s['value'], said))
    return dict(entities)


def records_of(entities, dataset, is_part=lambda entity: entity.schema in PARTS):
    """The records, by the publisher's key, and the record that each of the other entities was made from, by the longest id that
    is the start of its own."""
    start = dataset + '-'
    records = {name[len(start):]: entity for name, entity in entities.items() if not is_part(entity)}
    parts = collections.defaultdict(list)
    for name, entity in entities.items():
        if is_part(entity):
            key = name[len(start):]
            while key and key not in records:
                key = key.rpartition('-')[0]
            parts[key].append((name, entity))
    return records, parts


def iso(text):
    """The ISO form of "1 Feb 1970", "Feb 1970", "1970-02-01", "01/02/1970" (day first), "1970"; '' of anything else."""
    text = text.strip()
    match = re.fullmatch(r'(\d{4})(?:-(\d\d)(?:-(\d\d))?)?', text)
    if match:
        return text
    match = re.fullmatch(r'(?:(\d{1,2}) )?([A-Za-z]+)\.?,? (\d{4})', text)
    if match:
        found = [i for i, month in enumerate(MONTHS, 1) if month.startswith(match[2].lower()) and len(match[2]) > 2]
        if len(found) == 1:
            return f'{match[3]}-{found[0]:02}' + (f'-{int(match[1]):02}' if match[1] else '')
    match = re.fullmatch(r'(\d{1,2})/(\d{1,2})/(\d{4})', text)
    if match:
        day, month, year = int(match[1]), int(match[2]), match[3]
        return year + (f'-{month:02}' + (f'-{day:02}' if day else '') if month else '')
    return ''


def same(name, wanted, got):
    """Prints what only one side has, and a line of JSON with how many facts of each kind were compared."""
    for fact in sorted(wanted - got, key=repr)[:LINES]:
        print(f'{name}: the program does not say {fact}', file=sys.stderr)
    for fact in sorted(got - wanted, key=repr)[:LINES]:
        print(f'{name}: the file does not say {fact}', file=sys.stderr)
    counts = collections.Counter(fact[0] for fact in wanted)
    print(json.dumps({'file': name, 'facts': dict(sorted(counts.items()))}, ensure_ascii=False))
    return wanted == got


def run(arguments, files, check):
    """Checks each of `files` (below lists or ftm) with check(program, name, path); 77 when none is there."""
    program, good, seen = arguments[1], True, 0
    for name in files:
        path = os.path.join(data(), name)
        if os.path.exists(path):
            seen += 1
            good &= check(program, name, path)
    if not seen:
        print(f'{data()} is not there', file=sys.stderr)
        sys.exit(77)
    sys.exit(not good)
