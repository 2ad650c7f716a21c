"""What the generators of this room share: reading text tables, and hash tables that C walks as it is."""
import sys


def fail(path, line, reason):
    sys.exit(f'{path}:{line}: {reason}')


def rows(path, columns):
    """Lines as (line number, fields); "-" is empty, "#" begins a comment line."""
    with open(path, encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            fields = ['' if f == '-' else f for f in line.split('\t')]
            if len(fields) != columns:
                fail(path, number, f'{len(fields)} columns, not {columns}')
            yield number, fields


def slots(numbers):
    """{name: number} as an open-addressed table at most half full; the hash is FNV-1a, 32 bits, as in name_slots.h."""
    size = 1
    while size < 2 * len(numbers):
        size *= 2
    table = [None] * size
    for name, number in numbers.items():
        at = 2166136261
        for byte in name.encode():
            at = (at ^ byte) * 16777619 & 0xFFFFFFFF
        at &= size - 1
        while table[at]:
            at = (at + 1) & (size - 1)
        table[at] = (name, number)
    return table


def lines(items, indent='    '):
    return ''.join(f'{indent}{item},\n' for item in items)


def slot_lines(numbers):
    return lines(f'{{"{s[0]}", {s[1]}}}' if s else '{NULL, 0}' for s in slots(numbers))
