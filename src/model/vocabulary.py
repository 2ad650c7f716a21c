"""Makes model/vocabulary.h and the table behind it from the text of the vocabulary.

usage: vocabulary.py SCHEMATA PROPERTIES OUT.h OUT.c
"""
import re
import sys

from tables import fail, lines, rows, slot_lines, slots

TYPES = {'id', 'name', 'date', 'country', 'identifier', 'entity', 'text', 'string', 'address', 'topic', 'gender',
         'number', 'language', 'url', 'email', 'phone', 'ip', 'mimetype', 'checksum', 'html', 'json'}
# What statements of every schema may have and no schema lists, by number. "other" is none that a file could name.
OF_ALL = {'id': 'id', 'other': 'string'}


def check_flags(path, line, flags, known):
    for flag in filter(None, flags.split(',')):
        if flag not in known:
            fail(path, line, f'unknown flag {flag}')


class Schema:
    def __init__(self, name, extends, flags, source, target):
        self.name, self.extends = name, [e for e in extends.split(',') if e]
        self.flags, self.source, self.target = flags.split(','), source, target
        self.own, self.effective, self.ancestors = {}, None, None


class Property:
    def __init__(self, schema, name, kind, flags):
        self.schema, self.name, self.type, self.flags = schema, name, kind, flags.split(',')
        self.qname = f'{schema}:{name}' if schema else name
        self.constant = f'ITD_P_{schema}_{name}' if schema else f'ITD_P_{name.upper()}'
        self.again = []  # constants of schemata that say it again


def read(schemata_path, properties_path):
    schemata = {}
    for line, (name, *rest) in rows(schemata_path, 5):
        check_flags(schemata_path, line, rest[1], ('abstract', 'matchable'))
        if name in schemata or not re.fullmatch(r'[A-Z][A-Za-z0-9]*', name):
            fail(schemata_path, line, f'{name}: named twice or no name')
        schemata[name] = Schema(name, *rest)
    properties = [Property('', name, kind, '') for name, kind in OF_ALL.items()]
    for line, (schema, name, kind, range_, flags, _) in rows(properties_path, 6):
        check_flags(properties_path, line, flags, ('matchable', 'deprecated'))
        if schema not in schemata:
            fail(properties_path, line, f'no schema {schema}')
        if name in OF_ALL or name in schemata[schema].own or not re.fullmatch(r'[a-z][A-Za-z0-9]*', name):
            fail(properties_path, line, f'{schema}:{name}: named twice or no name')
        if kind not in TYPES:
            fail(properties_path, line, f'no type {kind}')
        if (kind == 'entity') != bool(range_) or (range_ and range_ not in schemata):
            fail(properties_path, line, f'range {range_ or "-"} does not fit')
        schemata[schema].own[name] = len(properties)
        properties.append(Property(schema, name, kind, flags))
    for schema in schemata.values():
        for parent in schema.extends:
            if parent not in schemata:
                fail(schemata_path, 0, f'{schema.name} extends {parent}, which is not there')
        inherit(schema, schemata, schemata_path, ())
    return schemata, join_repeated(schemata, properties, properties_path)


def join_repeated(schemata, properties, path):
    """A property that a schema inherits and says again is one property: the ancestor's."""
    number_of, kept = {}, []
    for number, p in sorted(enumerate(properties), key=lambda i: (len(schemata[i[1].schema].ancestors) if i[1].schema else 0)):
        ancestors = schemata[p.schema].ancestors if p.schema else ()
        first = next((properties[schemata[a].own[p.name]] for a in sorted(ancestors, key=lambda a: len(
            schemata[a].ancestors)) if a != p.schema and p.name in schemata[a].own), None)
        if first and (first.type, first.flags) != (p.type, p.flags):
            fail(path, 0, f'{p.qname} is not what {first.qname} is')
        number_of[number] = first or p
        if first:
            first.again.append(p.constant)
    for number, p in enumerate(properties):
        if number_of[number] is p:
            p.number = len(kept)
            kept.append(p)
    for schema in schemata.values():
        schema.effective = {name: number_of[number].number for name, number in schema.effective.items()}
    return kept


def inherit(schema, schemata, path, below):
    if schema.name in below:
        fail(path, 0, f'{schema.name} extends itself')
    if schema.effective is not None:
        return
    effective, ancestors = dict(schema.own), {schema.name}
    for parent in map(schemata.get, schema.extends):
        inherit(parent, schemata, path, below + (schema.name,))
        ancestors |= parent.ancestors
        for name, number in parent.effective.items():
            effective.setdefault(name, number)
        schema.source = schema.source or parent.source
        schema.target = schema.target or parent.target
    for end in filter(None, (schema.source, schema.target)):
        if end not in effective:
            fail(path, 0, f'{schema.name} has no property {end} for its edge')
    schema.effective, schema.ancestors = effective, ancestors


def numbered(names):
    return {name: number for number, name in enumerate(names)}


def findable(names):
    return {name: number for name, number in numbered(names).items() if name != 'other'}


def sets(names, members):
    words = (len(names) + 63) // 64
    for name in names:
        mask = sum(1 << i for i, other in enumerate(names) if members(name, other))
        yield '{{' + ', '.join(f'0x{mask >> 64 * w & (1 << 64) - 1:x}' for w in range(words)) + '}}'


def header(schemata, properties, names):
    yield '#ifndef ITD_MODEL_VOCABULARY_H\n#define ITD_MODEL_VOCABULARY_H\n\n'
    yield '/* Generated from data/model/schemata.tsv and properties.tsv. */\n\n'
    yield f'#define ITD_SCHEMA_COUNT {len(schemata)}\n#define ITD_PROPERTY_COUNT {len(properties)}\n'
    yield f'#define ITD_VOCABULARY_SET_WORDS {(len(schemata) + 63) // 64}\n'
    yield f'#define ITD_VOCABULARY_NAME_COUNT {len(names)}\n'
    yield f'#define ITD_VOCABULARY_SCHEMA_SLOTS {len(slots(numbered(schemata)))}\n'
    yield f'#define ITD_VOCABULARY_NAME_SLOTS {len(slots(findable(names)))}\n\n'
    yield 'enum {\n' + lines(f'ITD_S_{name} = {i}' for i, name in enumerate(schemata)) + '};\n\n'
    yield 'enum {\n' + lines(f'{c} = {i}' for i, p in enumerate(properties) for c in (p.constant, *p.again)) + '};\n\n'
    yield '#endif\n'


def table(schemata, properties, names):
    order = list(schemata)
    flag = ('false', 'true')

    def end(schema, name):
        return properties[schema.effective[name]].constant if name else 'ITD_PROPERTY_NONE'

    yield '/* Generated from data/model/schemata.tsv and properties.tsv. */\n#include "model/vocabulary_table.h"\n\n'
    yield 'const itd_vocabulary_schema itd_vocabulary_schemata[ITD_SCHEMA_COUNT] = {\n' + lines(
        f'{{"{s.name}", {end(s, s.source)}, {end(s, s.target)}, {flag["abstract" in s.flags]}, '
        f'{flag["matchable" in s.flags]}}}' for s in schemata.values()) + '};\n\n'
    yield 'const itd_vocabulary_property itd_vocabulary_properties[ITD_PROPERTY_COUNT] = {\n' + lines(
        f'{{"{p.name}", "{p.qname}", {"ITD_S_" + p.schema if p.schema else "ITD_SCHEMA_NONE"}, '
        f'{names.index(p.name)}, ITD_TYPE_{p.type.upper()}, {flag["matchable" in p.flags]}}}'
        for p in properties) + '};\n\n'
    yield 'const itd_vocabulary_set itd_vocabulary_ancestors[ITD_SCHEMA_COUNT] = {\n' + lines(
        sets(order, lambda a, b: b in schemata[a].ancestors)) + '};\n\n'
    yield 'const itd_vocabulary_set itd_vocabulary_descendants[ITD_SCHEMA_COUNT] = {\n' + lines(
        sets(order, lambda a, b: a in schemata[b].ancestors)) + '};\n\n'
    yield ('const itd_name_slot itd_vocabulary_schema_slots[ITD_VOCABULARY_SCHEMA_SLOTS] = {\n' +
           slot_lines(numbered(order)) + '};\n\n')
    yield ('const itd_name_slot itd_vocabulary_name_slots[ITD_VOCABULARY_NAME_SLOTS] = {\n' +
           slot_lines(findable(names)) + '};\n\n')
    yield 'const itd_property itd_vocabulary_effective[ITD_SCHEMA_COUNT][ITD_VOCABULARY_NAME_COUNT] = {\n'
    for s in schemata.values():
        numbers = [list(OF_ALL).index(n) if n in OF_ALL else s.effective.get(n, 65535) for n in names]
        yield '    {' + ', '.join(map(str, numbers)) + '},\n'
    yield '};\n'


def main(schemata_path, properties_path, header_path, table_path):
    schemata, properties = read(schemata_path, properties_path)
    names = list(dict.fromkeys(p.name for p in properties))
    for path, text in ((header_path, header), (table_path, table)):
        with open(path, 'w', encoding='utf-8') as file:
            file.writelines(text(schemata, properties, names))


main(*sys.argv[1:])
