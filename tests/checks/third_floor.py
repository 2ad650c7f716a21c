#!/usr/bin/env python3
"""Holds data/third-floor against the FollowTheMoney vocabulary and, where they are at hand, against the articles. Prints TAP."""
import json
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DATA = os.environ.get("INTERDICT_DATA") or os.path.join(ROOT, "..", "shared", "data")
FILE = os.path.join(ROOT, "data", "third-floor", "third-floor.statements.ndjson")
# A run of words longer than this that stands in an article too would be copied text; titles excepted.
WORDS_MAX = 8

REQUIRED = {"entity_id", "dataset", "schema", "prop", "value", "origin", "document", "line", "offset", "span", "reliability", "credibility"}
ENTITY_TYPE = "entity"


def vocabulary():
    extends, properties = {}, {}
    with open(os.path.join(ROOT, "data", "model", "schemata.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#") and line.strip():
                cells = line.rstrip("\n").split("\t")
                extends[cells[0]] = [] if cells[1] == "-" else cells[1].split(",")
    with open(os.path.join(ROOT, "data", "model", "properties.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#") and line.strip():
                cells = line.rstrip("\n").split("\t")
                properties.setdefault(cells[0], {})[cells[1]] = (cells[2], cells[3])
    return extends, properties


def ancestors(extends, schema):
    found, todo = [], [schema]
    while todo:
        one = todo.pop(0)
        if one not in found:
            found.append(one)
            todo += extends.get(one, [])
    return found


def words(text):
    return re.findall(r"[\w’'$%-]+", text.lower())


def main():
    rows = [json.loads(line) for line in open(FILE, encoding="utf-8")]
    extends, properties = vocabulary()
    kind = {row["entity_id"]: row["schema"] for row in rows if row["prop"] == "id"}
    wrong = {title: [] for title in ("every statement has its keys and grades", "schemata and properties are FollowTheMoney's",
                                     "an entity has one schema and an id statement", "references end at an entity of the right kind",
                                     "the case holds what the articles say of amounts", "conflicting claims stand side by side")}
    keys, terms, ids, references, amounts, conflict = wrong.values()
    for row in rows:
        name = "%s %s" % (row.get("entity_id"), row.get("prop"))
        if REQUIRED - set(row) or row["dataset"] != "third-floor" or not row["entity_id"].startswith("third-floor-"):
            keys.append(name)
        if row["reliability"] not in "ABCDEF" or row["credibility"] not in "123456" or row["span"] <= 0:
            keys.append(name)
        if row["schema"] not in extends:
            terms.append("%s: no schema %s" % (name, row["schema"]))
            continue
        if kind.get(row["entity_id"]) != row["schema"]:
            ids.append(name)
        if row["prop"] == "id":
            if row["value"] != row["entity_id"]:
                ids.append(name)
            continue
        line = ancestors(extends, row["schema"])
        found = [properties[one][row["prop"]] for one in line if row["prop"] in properties.get(one, {})]
        if not found:
            terms.append("%s: %s has no such property" % (name, row["schema"]))
        elif found[0][0] == ENTITY_TYPE:
            target = kind.get(row["value"])
            if not target or (found[0][1] != "-" and found[0][1] not in ancestors(extends, target)):
                references.append("%s -> %s (%s)" % (name, row["value"], target))
    stated = {(row["entity_id"], row["prop"], row["value"]) for row in rows}
    for entity, prop, value in (("bureau-39-offshore-accounts", "balance", "5000000000"), ("embassy-quota", "amount", "100000"),
                                ("diplomat-quota", "amount", "300000"), ("claim-criminal-value", "summary", "500000000..1000000000 USD per year"),
                                ("claim-production-quantity", "summary", "3000 kg per year 2013"),
                                ("claim-production-value", "summary", "100000000..200000000 USD per year 2013"),
                                ("claim-defector-cash", "summary", "5000000 USD, 2014-08"), ("event-arrests-2014", "startDate", "2014-10"),
                                ("bureau-39-controls-daesong", "status", "suspected")):
        if ("third-floor-" + entity, prop, value) not in stated:
            amounts.append("%s %s %s" % (entity, prop, value))
    heroin = {row["value"]: row["document"] for row in rows if row["entity_id"] == "third-floor-claim-pong-su-heroin" and row["prop"] == "summary"}
    if sorted(heroin) != ["125 kg", "150 kg"] or len(set(heroin.values())) != 2:
        conflict.append(str(heroin))

    results = [(title, "not ok" if found else "ok", found) for title, found in wrong.items()]
    texts = {}
    for document in sorted({row["document"] for row in rows}):
        path = os.path.join(DATA, "articles", document)
        if os.path.exists(path):
            texts[document] = open(path, "rb").read()
    spans, copied = [], []
    for row in rows:
        text = texts.get(row["document"])
        if text is None:
            continue
        got = text[row["offset"]:row["offset"] + row["span"]]
        if got.decode("utf-8", "replace") != row.get("original_value", row["value"]) or text.count(b"\n", 0, row["offset"]) + 1 != row["line"]:
            spans.append("%s %s: %r" % (row["entity_id"], row["prop"], got))
        if row["prop"] == "title":
            continue
        for value in (row["value"], row.get("original_value", "")):
            run = words(value)
            for start in range(len(run) - WORDS_MAX):
                if any(" ".join(run[start:start + WORDS_MAX + 1]) in " ".join(words(t.decode("utf-8"))) for t in texts.values()):
                    copied.append("%s: %s" % (row["entity_id"], value))
    for title, found in (("every span holds the words that it names", spans), ("no sentence is copied", copied)):
        if texts:
            results.append((title, "not ok" if found else "ok", found))
        else:
            results.append((title + " # SKIP the articles are not there", "ok", []))
    print("1..%d" % len(results))
    for number, (title, state, found) in enumerate(results, 1):
        print("%s %d - %s" % (state, number, title))
        for line in found[:20]:
            print("#   " + line)
    return 1 if any(state != "ok" for _, state, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main())
