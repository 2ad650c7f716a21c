#!/usr/bin/env python3
"""Holds tests/expected_rejects.tsv against the public files themselves and against what the program leaves out of them.

usage: expected_rejects.py --program INTERDICT [--write]

The table has a row a record that is rejected, a row that is an orphan, a value that fails its check ("unverified") and a file
of a known list that cannot be read at all. `derived()` finds the first three in the files with means of its own: rows by their
line ends, keys by the csv module and expat, checksums of wallets by hashlib. Both this and the program's `lists stats --rejects
--skip-bad` have to equal the table, both ways. --write puts what was derived into the table (files that are refused as a whole are
of the program's word). Ends with 77 when the files are not there.
"""
import csv
import gzip
import hashlib
import io
import os
import re
import sys
import xml.parsers.expat

from list_table import data, read_all

TABLE = 'tests/expected_rejects.tsv'
HEADER = ('file', 'line', 'offset', 'kind', 'record', 'reason')
OFAC_SETS = {'sdn.csv': ('alt.csv', 'add.csv', 'sdn_comments.csv'), 'cons_prim.csv': ('cons_alt.csv', 'cons_add.csv', 'cons_comments.csv')}
NO_MAIN = 'no record of that ent_num in {}'
SAME_KEY = 'a record before it has the same key'
OPEN_QUOTE = 'a quote that is never closed'
UNVERIFIED = 'a wallet address that does not verify'
BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'


def content(path):
    with open(path, 'rb') as file:
        bytes_ = file.read()
    return gzip.decompress(bytes_) if bytes_[:2] == b'\x1f\x8b' else bytes_


def lines(bytes_):
    """(line, offset, text): OFAC's rows hold no line ends."""
    offset = 0
    for number, line in enumerate(bytes_.split(b'\n'), 1):
        if line.strip(b'\r\x1a'):
            yield number, offset, next(csv.reader([line.decode('utf-8', 'replace')]))
        offset += len(line) + 1


def bare(name):
    return re.sub(r'\.gz$', '', name.lower())


# ---- wallets: each kind's own check ----

def keccak256(message):
    """FIPS 202's permutation with the padding of 2011, which Ethereum and Monero use."""
    def rotate(x, n):
        return (x << n | x >> (64 - n)) & (1 << 64) - 1 if n else x
    state, rate = [[0] * 5 for _ in range(5)], 136
    padded = bytearray(message + b'\x01' + b'\0' * (-(len(message) + 1) % rate))
    padded[-1] |= 0x80
    for at in range(0, len(padded), rate):
        for i in range(rate // 8):
            state[i % 5][i // 5] ^= int.from_bytes(padded[at + 8 * i:at + 8 * i + 8], 'little')
        lfsr = 1
        for _ in range(24):
            c = [state[x][0] ^ state[x][1] ^ state[x][2] ^ state[x][3] ^ state[x][4] for x in range(5)]
            d = [c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1) for x in range(5)]
            state = [[state[x][y] ^ d[x] for y in range(5)] for x in range(5)]
            x, y, current = 1, 0, state[1][0]
            for t in range(24):
                x, y = y, (2 * x + 3 * y) % 5
                current, state[x][y] = state[x][y], rotate(current, (t + 1) * (t + 2) // 2 % 64)
            for y in range(5):
                row = [state[x][y] for x in range(5)]
                for x in range(5):
                    state[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5])
            for j in range(7):
                lfsr = (lfsr << 1 ^ (lfsr >> 7) * 0x71) % 256
                if lfsr & 2:
                    state[0][0] ^= 1 << ((1 << j) - 1)
    return b''.join(state[i % 5][i // 5].to_bytes(8, 'little') for i in range(4))


def base58check(text, versions):
    value = 0
    for c in text:
        if c not in BASE58:
            return False
        value = value * 58 + BASE58.index(c)
    raw = value.to_bytes(25, 'big') if value < 1 << 200 else b''
    return len(raw) == 25 and raw[0] in versions and len(text) - len(text.lstrip('1')) == len(raw) - len(raw.lstrip(b'\0')) and \
        hashlib.sha256(hashlib.sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def bech32(text, prefix):
    if text not in (text.lower(), text.upper()) or not text.lower().startswith(prefix + '1'):
        return False
    charset = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
    body = text.lower()[len(prefix) + 1:]
    if any(c not in charset for c in body) or not 14 <= len(text) <= 90:
        return False
    values = [charset.index(c) for c in body]
    check = 1
    for v in [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + values:
        top = check >> 25
        check = (check & 0x1ffffff) << 5 ^ v
        for i, g in enumerate((0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3)):
            check ^= g if top >> i & 1 else 0
    return check == (1 if values[0] == 0 else 0x2bc830a3)


def ethereum(text):
    if not re.fullmatch('0x[0-9A-Fa-f]{40}', text):
        return False
    digits = text[2:]
    if digits in (digits.lower(), digits.upper()):
        return True
    nibbles = keccak256(digits.lower().encode()).hex()
    return all(not c.isalpha() or c.isupper() == (int(n, 16) >= 8) for c, n in zip(digits, nibbles))


def monero(text):
    sizes = {11: 8, 10: 7, 9: 6, 7: 5, 6: 4, 5: 3, 3: 2, 2: 1}
    raw = b''
    for at in range(0, len(text), 11):
        block, value = text[at:at + 11], 0
        for c in block:
            if c not in BASE58:
                return False
            value = value * 58 + BASE58.index(c)
        if len(block) not in sizes or value >= 1 << 8 * sizes[len(block)]:
            return False
        raw += value.to_bytes(sizes[len(block)], 'big')
    return len(raw) in (69, 77) and raw[0] in (18, 19, 42) and keccak256(raw[:-4])[:4] == raw[-4:]


VERIFIES = {
    'XBT': lambda text: base58check(text, (0, 5)) or bech32(text, 'bc'),
    'ETH': ethereum,
    'LTC': lambda text: base58check(text, (0x30, 0x32, 5)) or bech32(text, 'ltc'),
    'TRX': lambda text: base58check(text, (0x41,)),
    'XMR': monero,
}
VERIFIES['BTC'] = VERIFIES['XBT']


# ---- what has to be left out ----

def ofac(name):
    folder = os.path.join(data(), os.path.dirname(name))
    found = {bare(file): file for file in sorted(os.listdir(folder), reverse=True)}
    main = content(os.path.join(data(), name))
    dataset = 'us-ofac-cons' if 'cons' in bare(os.path.basename(name)) else 'us-ofac-sdn'
    keys, remarks = set(), {}
    for number, offset, cells in lines(main):
        keys.add(cells[0])
        remarks[cells[0]] = [number, cells[11]]
    for sibling in OFAC_SETS[bare(os.path.basename(name))]:
        if sibling not in found:
            continue
        for number, offset, cells in lines(content(os.path.join(folder, found[sibling]))):
            if cells[0] not in keys:
                yield (os.path.join(os.path.dirname(name), found[sibling]), number, offset, 'orphan', cells[0],
                       NO_MAIN.format(os.path.basename(name)))
            elif 'comments' in sibling:
                remarks[cells[0]][1] += cells[1]
    for key, (number, text) in remarks.items():
        if 998 <= len(text) <= 1000 and not text.endswith('.'):
            text = text.rpartition(';')[0]  # OFAC cut it there, and the continuation is not beside it
        for asset, address in re.findall(r'Digital Currency Address - (\w+) (\w+)', text):
            if asset in VERIFIES and not VERIFIES[asset](address):
                yield name, number, '', 'unverified', f'{dataset}-{key}', UNVERIFIED


def wallets(name):
    """A file an asset; assets of Ethereum's chains have its addresses, USDT that of three chains, others are not checked."""
    folder = os.path.dirname(name)
    kinds = {'XBT': ('XBT',), 'LTC': ('LTC',), 'XMR': ('XMR',), 'TRX': ('TRX',), 'USDT': ('ETH', 'TRX', 'XBT'), 'USDC': ('ETH', 'TRX')}
    kinds |= {asset: ('ETH',) for asset in ('ARB', 'BSC', 'ETC', 'ETH')}
    for file in sorted(os.listdir(os.path.join(data(), folder))):
        asset = re.match(r'sanctioned_addresses_(\w+)\.txt', file).group(1)
        for number, line in enumerate(content(os.path.join(data(), folder, file)).decode().split('\n'), 1):
            if asset in kinds and line and not any(VERIFIES[kind](line) for kind in kinds[asset]):
                yield os.path.join(folder, file), number, '', 'unverified', f'us-ofac-wallets-{asset}', UNVERIFIED


def fsf(name):
    parser, seen, found = xml.parsers.expat.ParserCreate(), set(), []

    def start(tag, attributes):
        if tag == 'sanctionEntity':
            key = attributes['euReferenceNumber']
            if key in seen:
                found.append((name, parser.CurrentLineNumber, parser.CurrentByteIndex, 'record', key, SAME_KEY))
            seen.add(key)
    parser.StartElementHandler = start
    parser.Parse(content(os.path.join(data(), name)), True)
    return found


def csl(name):
    """The last row has an odd number of quotes: it was cut."""
    text = content(os.path.join(data(), name))
    line, quotes, start = 1, 0, 1
    for part in text.split(b'\n'):
        if quotes % 2 == 0:
            start, quotes = line, 0
        quotes += part.count(b'"')
        line += 1
    if quotes % 2:
        rows = list(csv.reader(io.StringIO(text.decode(), newline='')))
        assert len(rows[-1]) < len(rows[0])
        yield name, start, text.rindex(b'"'), 'record', '', OPEN_QUOTE


FINDERS = {'ofac-csv': ofac, 'ofac-wallets': wallets, 'eu-fsf-xml': fsf, 'us-csl': csl}


def derived(sets):
    rows = []
    for name, found in sets.items():
        finder = FINDERS.get(found['said']['format'])
        rows += finder(name) if finder else ()
    return rows


# ---- what the program leaves out ----

def refused(unread):
    """Files of known lists that cannot be read at all."""
    for name, why in unread.items():
        if 'not a format that is known' in why:
            continue
        line, byte = re.match(r'(\d*)', why).group(1), re.search(r'\(byte (\d+)\)', why)
        reason = re.sub(r' \(byte \d+\)$', '', re.sub(r'^\d*:? ?', '', why))
        yield name, line, byte.group(1) if byte else '', 'file', '', reason


def without_address(record):
    """The key of a wallet is its asset and address: the table copies no address."""
    return record.rpartition('-')[0] if record.startswith('us-ofac-wallets-') else record


def left_out(sets, unread):
    rows = list(refused(unread))
    for found in sets.values():
        said = found['said']
        for reject in said['rejects']:
            file = os.path.relpath(os.path.normpath(reject['file']), data())
            rows.append((file, reject['line'], reject['offset'], 'orphan' if reject['orphan'] else 'record', reject['record'],
                         reject['reason']))
        main = os.path.relpath(os.path.normpath(said['file']), data())
        told = [re.match(r'(?:line |([^ :]+):)(\d+): ([^ :]+): .*(?:does not verify|verifies as)', note) for note in said['notes']]
        told = [match for match in told if match]
        assert len(told) == said['unverified'], f'{main}: {said["unverified"]} unverified, {len(told)} told'
        folder = os.path.dirname(main)
        rows += [(os.path.join(folder, match[1]) if match[1] else main, match[2], '', 'unverified', without_address(match[3]), UNVERIFIED)
                 for match in told]
        assert sum(not r['orphan'] for r in said['rejects']) == said['rejected']
        assert sum(r['orphan'] for r in said['rejects']) == said['orphans']
    return rows


def as_text(rows):
    return sorted('\t'.join(map(str, row)) for row in rows)


def differ(wanted, got, of_wanted, of_got):
    for row in sorted(set(wanted) - set(got)):
        print(f'only in {of_wanted}: {row}', file=sys.stderr)
    for row in sorted(set(got) - set(wanted)):
        print(f'only in {of_got}: {row}', file=sys.stderr)
    return wanted != got


def main(arguments):
    program = arguments[arguments.index('--program') + 1]
    if not os.path.isdir(os.path.join(data(), 'lists')):
        print(f'{data()} is not there', file=sys.stderr)
        sys.exit(77)
    sets, unread = read_all(program)
    found = as_text(derived(sets))
    if '--write' in arguments:
        with open(TABLE, 'w', encoding='utf-8') as file:
            file.writelines(line + '\n' for line in ['\t'.join(HEADER)] + as_text([*derived(sets), *refused(unread)]))
    with open(TABLE, encoding='utf-8') as file:
        header, *table = file.read().splitlines()
    assert header.split('\t') == list(HEADER)
    in_files = [row for row in table if row.split('\t')[3] != 'file']
    bad = differ(in_files, found, TABLE, 'the files')
    bad |= differ(table, as_text(left_out(sets, unread)), TABLE, 'what the program leaves out')
    sys.exit(bad)


if __name__ == '__main__':
    main(sys.argv[1:])
