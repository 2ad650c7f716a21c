#!/usr/bin/env python3
"""Checks the audit chain of a case without the program: hashes by hashlib, signatures by RFC 8032, section 6, in plain Python.

    audit_chain.py EXPORT [CASE] [--public-key HEX]

EXPORT is what `interdict audit CASE --export` printed. With CASE, the file itself, every row that a command added and every statement
is held against the hashes too (Python's sqlite3 reads it). Prints `ok` with what was checked, or the first thing that is broken and
ends with 1. docs/case.md says how the hashes are made; this file follows it and nothing of the program's source.
"""
import argparse
import hashlib
import json
import sqlite3
import struct
import sys

TABLES = {
    "dataset": ("id name", "id"),
    "document": ("id name hash bytes", "id"),
    "generation": ("number dataset version imported records statements added changed removed rejected orphans hash", "number"),
    "generation_document": ("generation document", "generation, document"),
    "sighting": ("id generation seen version", "id"),
    "question_set": ("id hash count", "id"),
    "question": ("question_set position id content hash", "question_set, position"),
    "question_store": ("id name question_set options", "id"),
    "alert": ("id query hit question record rules score_micro", "id"),
    "decision": ("id query hit decision reason person second made until question record rules approves", "id"),
    "judgement": ("id left right judgement reason person made", "id"),
}


class Broken(Exception):
    pass


def blake(data):
    return hashlib.blake2b(data, digest_size=32).digest()


# ---- Ed25519, after RFC 8032 ----

P = 2 ** 255 - 19
Q = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    x, y, z, t = f - e, h - g, h + g, f + e
    return x * y % P, z * t % P, y * z % P, x * t % P


def times(s, a):
    out = (0, 1, 1, 0)
    while s:
        if s & 1:
            out = add(out, a)
        a, s = add(a, a), s >> 1
    return out


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    a, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    return same(times(s, BASE), add(r, times(h, a)))


# The second vector of RFC 8032, section 7.1: a check that is wrong is worth nothing.
VECTOR = [bytes.fromhex(part) for part in (
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
assert is_signed(*VECTOR) and not is_signed(VECTOR[0], b"s", VECTOR[2])


# ---- the chain ----

def field(value):
    if value is None:
        return b"n" + struct.pack(">Q", 0)
    letter, data = {int: lambda: (b"i", struct.pack(">q", value)), str: lambda: (b"t", value.encode()),
                    bytes: lambda: (b"b", value)}[type(value)]()
    return letter + struct.pack(">Q", len(data)) + data


def rows_of(name, rows):
    return b"".join(b"r" + field(name) + b"".join(map(field, row)) for row in rows)


def check_chain(lines):
    """The records by number, and the head."""
    about = json.loads(lines[0])
    if about.get("format") != "interdict-audit-1":
        raise Broken("this is no export of an audit chain")
    previous = blake(rows_of("meta", [(key, about[key]) for key in ("case", "created", "two_person")]))
    hashes, records, checkpoints = {0: previous}, {}, []
    for line in lines[1:]:
        item = json.loads(line)
        if item.get("format") == "interdict-checkpoint-1":
            checkpoints.append((line, item))
            continue
        number, content = item["number"], item["content"].encode()
        if number != len(records) + 1:
            raise Broken("audit record %d is missing" % (len(records) + 1))
        record = json.loads(content)
        if blake(previous + content).hex() != item["hash"] or record["previous"] != previous.hex() or record["number"] != number:
            raise Broken("audit record %d was changed" % number)
        previous = blake(previous + content)
        hashes[number], records[number] = previous, record
    return about, hashes, records, checkpoints


def check_checkpoints(about, hashes, checkpoints, public_key):
    for line, item in checkpoints:
        signed = line[:line.index(',"signature":')] + "}"
        if not is_signed(bytes.fromhex(item["key"]), signed.encode(), bytes.fromhex(item["signature"])):
            raise Broken("the checkpoint of %s is not signed by its key" % item["time"])
        if public_key and item["key"] != public_key:
            raise Broken("the checkpoint of %s is signed by another key" % item["time"])
        if item["case"] != about["case"] or hashes.get(item["number"], b"").hex() != item["hash"]:
            raise Broken("the chain is not as the checkpoint of %s has it" % item["time"])


# ---- the rows and statements of the case itself ----

def check_rows(case, records):
    for number, record in records.items():
        data = b""
        for name, (columns, key) in TABLES.items():
            data += rows_of(name, case.execute("SELECT %s FROM %s WHERE audit = ? ORDER BY %s" % (columns.replace(" ", ", "), name, key),
                                               (number,)))
        if blake(data).hex() != record["rows"]:
            raise Broken("a row of audit record %d was changed" % number)
    for name in TABLES:
        for (audit,) in case.execute("SELECT DISTINCT audit FROM " + name):
            if audit not in records:
                raise Broken("a row of the table %s has no audit record" % name)


def texts(*values):
    """Texts one after the other: NUL becomes 00 FF, and 00 01 ends each."""
    return b"".join((v if isinstance(v, bytes) else str(v).encode()).replace(b"\0", b"\0\xff") + b"\0\1" for v in values)


def number_of(data):
    return int.from_bytes(blake(data), "little")


def check_statements(case):
    """Sums of hashes: of what each version of a record says, modulo 2^256, and of what came and went with each generation, modulo
    2^2048."""
    changes, says = {}, {}

    def change(generation, data):
        wide = b"".join(hashlib.blake2b(bytes([i]) + data).digest() for i in range(4))
        changes[generation] = (changes.get(generation, 0) + int.from_bytes(wide, "little")) % 2 ** 2048

    versions = {}
    for record, since, until, digest, key in case.execute(
            "SELECT v.record, v.since, v.until, v.hash, r.key FROM version v JOIN record r ON r.id = v.record"):
        versions.setdefault(record, []).append((since, until, digest, key))
        change(since, texts("v", key, digest))
        if until is not None:
            change(until, texts("x", key))
    count = 0
    for (record, key, dataset, since, until, entity, schema, prop, value, original, lang, origin, reliability, credibility, tlp, first,
         last, line, offset, span, document) in case.execute(
             "SELECT s.record, r.key, d.name, s.since, s.until, s.entity, s.schema, s.property, s.value, s.original, s.lang, s.origin,"
             " s.reliability, s.credibility, s.tlp, s.first_seen, s.last_seen, s.line, s.offset, s.span, f.hash FROM statement s"
             " JOIN record r ON r.id = s.record JOIN dataset d ON d.id = r.dataset LEFT JOIN document f ON f.id = s.document"):
        content = texts(dataset, key, entity or key, prop or "other", value, schema, original or "", lang or "", origin or "",
                        (reliability or "-") + (credibility or "-") + str(tlp))
        change(since, texts("+") + content + texts(first or "", last or "", document or b"", line or 0,
                                                   2 ** 64 - 1 if offset is None else offset, span or 0))
        if until is not None:
            change(until, texts("-") + content)
        for from_, to, _, _ in versions.get(record, []):
            if since <= from_ and (until is None or from_ < until):
                says[record, from_] = (says.get((record, from_), 0) + number_of(content)) % 2 ** 256
        count += 1
    for record, rows in versions.items():
        for since, _, digest, key in rows:
            if says.get((record, since), 0).to_bytes(32, "big") != digest:
                raise Broken("generation %d: a statement of %s was changed" % (since, key))
    last = {}
    for row in case.execute("SELECT d.name, g.version, g.imported, g.records, g.statements, g.added, g.changed, g.removed, g.rejected,"
                            " g.orphans, g.number, g.hash FROM generation g JOIN dataset d ON d.id = g.dataset ORDER BY g.number"):
        name, number, digest = row[0], row[10], row[11]
        data = last.get(name, bytes(32)) + texts(*row[:10]) + changes.get(number, 0).to_bytes(256, "big")
        if blake(data) != digest:
            raise Broken("generation %d of %s was changed" % (number, name))
        last[name] = digest
    if case.execute("SELECT count(*) FROM statement").fetchone()[0] != count:
        raise Broken("a statement belongs to no record")
    return count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("export")
    parser.add_argument("case", nargs="?")
    parser.add_argument("--public-key")
    arguments = parser.parse_args()
    with open(arguments.export, encoding="utf-8") as file:
        lines = file.read().splitlines()
    try:
        about, hashes, records, checkpoints = check_chain(lines)
        check_checkpoints(about, hashes, checkpoints, arguments.public_key)
        statements = 0
        if arguments.case:
            case = sqlite3.connect("file:%s?mode=ro" % arguments.case, uri=True)
            check_rows(case, records)
            statements = check_statements(case)
            case.close()
    except Broken as broken:
        print(broken)
        return 1
    print("ok: %d records, %d checkpoints, %d statements" % (len(records), len(checkpoints), statements))
    return 0


if __name__ == "__main__":
    sys.exit(main())
