#!/usr/bin/env python3
"""Counts what a UN or OFAC list in XML holds, by means of its own: a tree of the whole file, and regular expressions.

Prints "key<TAB>count" lines: records, one line a schema, names and weak_names (different ones of each record), and
"programme CODE". The readers of src/read are held against it by tests/unit/read/xml_lists_test.c.
"""
import collections
import gzip
import re
import sys
import xml.etree.ElementTree as tree

NOTHING = {"na", "n/a", "n.a.", "none", "-", "nil", "not available", "unknown"}
LANGUAGES = {"Tigrinya", "Amharic", "Arabic", "Farsi", "Persian", "Dari", "Pashto", "Urdu", "Korean", "Russian",
             "Chinese", "Turkish", "Hebrew", "Somali", "French", "Bosnian"}


def line(text):
    return " ".join((text or "").split())


def latin(text):
    return re.search("[A-Za-z]", text) is not None


def foreign(text):
    return any(ord(c) >= 0x370 for c in text)


def without_mark(text):
    return re.sub(r"^(original script:?|in Arabic script:)\s*", "", text, flags=re.I)


def pieces(text):
    """The names between semicolons; a parenthesis with a semicolon in it is one more list."""
    opened, cuts, covered = [], [], []
    for at, c in enumerate(text):
        if c == "(":
            opened.append(at)
        elif c == ")" and opened:
            start = opened.pop()
            if ";" in text[start:at]:
                covered.append((start, at))
    covered += [(start, len(text)) for start in opened if ";" in text[start:]]
    end = -1
    for start, stop in sorted(covered):
        if start > end:
            cuts += [start, stop]
            end = stop
    cuts += [at for at, c in enumerate(text) if c == ";"]
    last = 0
    for at in sorted(cuts) + [len(text)]:
        yield text[last:at].strip()
        last = at + 1


def un_names(kind, text):
    """(property, name) of each name in a text."""
    for name in pieces(line(text)):
        name = re.sub(r"(\s*,)+$", "", name).strip()
        if not name:
            continue
        match = re.fullmatch(r"(.+\S)\s*\(\s*([^()]*?)\s*\)", name) or re.fullmatch(r"(.*\S)\s*\(([^()]*)\)", name)
        if match and match[2].strip():
            before, inside = match[1].strip(), match[2].strip()
            if inside in LANGUAGES and foreign(before) and not latin(before):
                yield kind, before
                continue
            if inside.endswith("ly listed as"):
                yield "previousName", before
                continue
            inside = without_mark(inside)
            if not latin(inside) and (not inside or foreign(inside)):
                yield kind, before
                if inside:
                    yield kind, inside
                continue
        yield kind, name


def un_record(record, found):
    parts = [line(record.findtext(tag)) for tag in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    name = " ".join(p for p in parts if p and p.lower() not in NOTHING)
    found.add(("name", name))
    if record.tag == "ENTITY" and ";" in name:
        found.update(un_names("alias", name))
    for text in record.findall("NAME_ORIGINAL_SCRIPT"):
        found.update(un_names("alias", text.text))
    for alias in record.findall(record.tag + "_ALIAS"):
        quality, text = line(alias.findtext("QUALITY")), line(alias.findtext("ALIAS_NAME"))
        kind = {"Low": "weakAlias", "f.k.a.": "previousName"}.get(quality, "alias")
        if text.lower() not in NOTHING:
            found.update(un_names(kind, text))
        note = line(alias.findtext("NOTE"))
        if without_mark(note) != note and without_mark(note):
            found.add((kind, without_mark(note)))
    return "Person" if record.tag == "INDIVIDUAL" else "Organization", [line(x.text) for x in record.findall("UN_LIST_TYPE")]


def ofac_name(element):
    return ", ".join(x for x in (line(element.findtext("lastName")), line(element.findtext("firstName"))) if x)


def ofac_record(record, found):
    found.add(("name", ofac_name(record)))
    for aka in record.iterfind("akaList/aka"):
        kind = {"f": "previousName"}.get(line(aka.findtext("type"))[:1], "alias")
        found.add(("weakAlias" if line(aka.findtext("category")) == "weak" else kind, ofac_name(aka)))
    kind = record.findtext("sdnType") or record.findtext("nspType")
    schema = {"Individual": "Person", "Entity": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}[kind]
    return schema, [line(x.text) for x in record.iterfind("programList/program")]


def main(path):
    with open(path, "rb") as start:
        packed = start.read(2) == b"\x1f\x8b"
    with (gzip.open if packed else open)(path, "rb") as file:
        root = tree.parse(file).getroot()
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    counts = collections.Counter()
    un = root.tag == "CONSOLIDATED_LIST"
    records = root.findall("*/INDIVIDUAL") + root.findall("*/ENTITY") if un else root.findall("sdnEntry")
    for record in records:
        found = set()
        schema, programmes = (un_record if un else ofac_record)(record, found)
        counts["records"] += 1
        counts[schema] += 1
        counts["names"] += len(found)
        counts["weak_names"] += sum(kind == "weakAlias" for kind, _ in found)
        for programme in set(programmes):
            counts["programme " + programme] += 1
    for key in sorted(+counts):
        print(f"{key}\t{counts[key]}")


if __name__ == "__main__":
    main(sys.argv[1])
