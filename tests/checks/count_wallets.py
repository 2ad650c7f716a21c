#!/usr/bin/env python3
"""Reads OFAC's lists of digital currency addresses and checks each address by means of its own (base58check, Bech32, EIP-55),
and holds what the program makes of them against it.

usage: count_wallets.py --program INTERDICT

Takes the files under $INTERDICT_DATA/lists/ofac/crypto-* (../shared/data where that is not set), and ends with 77 when they
are not there. Every address has to be a key of its record, but for those that verify as no address at all: they have to be
notes. Ends with 1 when anything differs.
"""
import collections
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
# Version bytes of base58check.
VERSIONS = {0: 'btc', 5: 'btc', 0x41: 'trx', 48: 'ltc', 50: 'ltc'}
CHECKED = {'XBT': {'btc'}, 'BSV': {'btc'}, 'ETH': {'eth'}, 'ETC': {'eth'}, 'ARB': {'eth'}, 'BSC': {'eth'}, 'USDC': {'eth', 'trx'},
           'USDT': {'eth', 'trx', 'btc'}, 'TRX': {'trx'}, 'LTC': {'ltc'}, 'XMR': {'xmr'}}
OPEN = {'BCH', 'BTG', 'DASH', 'XRP', 'XVG', 'ZEC'}


def keccak(data):
    """Keccak-256 as Ethereum has it: the padding of before FIPS 202."""
    mask, state = (1 << 64) - 1, [[0] * 5 for _ in range(5)]
    turn = lambda v, n: (v << n | v >> 64 - n) & mask if n else v
    block = data + b'\x01' + bytes(-(len(data) + 2) % 136) + b'\x80' if (len(data) + 1) % 136 else data + b'\x81'
    for start in range(0, len(block), 136):
        for i in range(17):
            state[i % 5][i // 5] ^= int.from_bytes(block[start + 8 * i:start + 8 * i + 8], 'little')
        register = 1
        for _ in range(24):
            c = [state[x][0] ^ state[x][1] ^ state[x][2] ^ state[x][3] ^ state[x][4] for x in range(5)]
            state = [[v ^ c[(x + 4) % 5] ^ turn(c[(x + 1) % 5], 1) for v in state[x]] for x in range(5)]
            x, y, current = 1, 0, state[1][0]
            for t in range(24):
                x, y = y, (2 * x + 3 * y) % 5
                current, state[x][y] = state[x][y], turn(current, (t + 1) * (t + 2) // 2 % 64)
            for y in range(5):
                row = [state[x][y] for x in range(5)]
                for x in range(5):
                    state[x][y] = row[x] ^ (~row[(x + 1) % 5] & mask & row[(x + 2) % 5])
            for j in range(7):
                register = (register << 1 ^ (register >> 7) * 0x71) % 256
                if register & 2:
                    state[0][0] ^= 1 << (1 << j) - 1
    return b''.join(state[i % 5][i // 5].to_bytes(8, 'little') for i in range(4))


def bech32(text):
    values = [ord(c) >> 5 for c in 'bc'] + [0] + [ord(c) & 31 for c in 'bc'] + [BECH32.find(c) for c in text[3:]]
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1ffffff) << 5 ^ value
        for i, generator in enumerate((0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3)):
            check ^= generator if top >> i & 1 else 0
    return check in (1, 0x2bc830a3) and min(values) >= 0


def monero(text):
    sizes = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
    data = b''
    for i in range(0, len(text), 11):
        block, value = text[i:i + 11], 0
        for c in block:
            if c not in BASE58:
                return False
            value = value * 58 + BASE58.index(c)
        if len(block) not in sizes or value >> 8 * sizes[len(block)]:
            return False
        data += value.to_bytes(sizes[len(block)], 'big')
    return len(data) in (69, 77) and keccak(data[:-4])[:4] == data[-4:]


def kind_of(text):
    """btc, eth, trx, ltc or xmr; None when it verifies as none of them."""
    if re.fullmatch('0x[0-9a-fA-F]{40}', text):
        digits = text[2:]
        if digits in (digits.lower(), digits.upper()):
            return 'eth'
        hashed = keccak(digits.lower().encode()).hex()
        return 'eth' if all(c.isdigit() or c.isupper() == (h >= '8') for c, h in zip(digits, hashed)) else None
    if text.lower().startswith('bc1'):
        return 'btc' if bech32(text.lower()) else None
    if len(text) in (95, 106):
        return 'xmr' if monero(text) else None
    number = 0
    for c in text:
        if c not in BASE58:
            return None
        number = number * 58 + BASE58.index(c)
    if number >> 200:
        return None
    data = number.to_bytes(25, 'big')
    sound = hashlib.sha256(hashlib.sha256(data[:21]).digest()).digest()[:4] == data[21:]
    return VERSIONS.get(data[0]) if sound else None


def read_by(program, folder):
    with tempfile.TemporaryDirectory() as made:
        index = os.path.join(made, 'x.idx')
        run = subprocess.run([program, 'index', '-o', index, folder], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        told = run.stderr
        run = subprocess.run([program, 'export', '-l', index, '--format', 'statements'], check=True, stdout=subprocess.PIPE, text=True)
    said = collections.defaultdict(set)
    for line in run.stdout.splitlines():
        s = json.loads(line)
        if s['schema'] == 'CryptoWallet':
            said[s['entity_id']].add((s['prop'], s['value']))
    return said, told


def count(program, folder):
    wanted, told_wanted, verdicts = {}, set(), collections.Counter()
    for path in glob.glob(os.path.join(folder, 'sanctioned_addresses_*.txt')):
        asset = os.path.basename(path)[len('sanctioned_addresses_'):-len('.txt')]
        with open(path, encoding='ascii') as file:
            addresses = file.read().split()
        for address in addresses:
            key, kind = f'us-ofac-wallets-{asset}-{address}', kind_of(address)
            assert asset in CHECKED or asset in OPEN, asset
            own = kind in CHECKED.get(asset, ()) or (asset == 'BCH' and kind == 'btc')
            verdict = 'verifies' if own else 'unchecked' if asset in OPEN else 'verifies as another' if kind else 'broken'
            verdicts[verdict] += 1
            wanted[key] = ('notes', f'Address that does not verify: {address}') if verdict == 'broken' else ('publicKey', address)
            if verdict in ('broken', 'verifies as another'):
                told_wanted.add(key)
    said, told = read_by(program, folder)
    print(json.dumps({'folder': folder, 'entities': len(wanted), **verdicts}))
    good = said.keys() == wanted.keys() and len(wanted) > 0
    for key, (prop, value) in wanted.items():
        got = {fact for fact in said[key] if fact[0] in ('publicKey', 'notes')}
        if got != {(prop, value)} or (key in told) != (key in told_wanted):
            print(f'{key}: {prop} {value} is wanted, the program says {got}', file=sys.stderr)
            good = False
    return good


def main(arguments):
    root = os.path.join(os.environ.get('INTERDICT_DATA') or '../shared/data', 'lists', 'ofac')
    folders = sorted(glob.glob(os.path.join(root, 'crypto-*')))
    if not folders:
        print(f'no lists of addresses in {root}', file=sys.stderr)
        sys.exit(77)
    sys.exit(not all([count(arguments[1], folder) for folder in folders]))


if __name__ == '__main__':
    main(sys.argv[1:])
