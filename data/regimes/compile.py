#!/usr/bin/env python3
"""Turns the regimes of this folder into the C table of src/own/regime.h: compile.py OUTPUT INPUT…"""
import datetime
import re
import sys

BASES = {"ownership": "ITD_OWN_OWNERSHIP", "control": "ITD_OWN_CONTROL", "control_presumed": "ITD_OWN_CONTROL_PRESUMED"}
KINDS = {"shares": "ITD_STAKE_SHARES", "votes": "ITD_STAKE_VOTES", "board": "ITD_STAKE_BOARD", "control": "ITD_STAKE_CONTROL"}
SUMS = {"sum": "ITD_OWN_SUM", "each": "ITD_OWN_EACH", "joint": "ITD_OWN_JOINT", "unsettled": "ITD_OWN_UNSETTLED"}
EPOCH = datetime.date(1970, 1, 1)


def fail(place, reason):
    sys.exit("%s: %s" % (place, reason))


def literal(text):
    return "NULL" if text is None else '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def day(text, place):
    if text == "-":
        return None
    try:
        return (datetime.date.fromisoformat(text) - EPOCH).days
    except ValueError:
        return fail(place, "%s is no date" % text)


def span(first, last, place):
    """The four members of a time span."""
    begin, end = day(first, place), day(last, place)
    if begin is not None and end is not None and begin >= end:
        fail(place, "it ends before it begins")
    return {"from": None if begin is None else first, "to": None if end is None else last,
            "begin": -2**31 if begin is None else begin, "end": 2**31 - 1 if end is None else end}


def take_test(fields, place):
    if len(fields) < 3 or fields[1] not in BASES or fields[2] not in KINDS:
        fail(place, "a test has a basis and a kind of stake")
    if fields[2] in ("board", "control"):
        if len(fields) != 3:
            fail(place, "a right has no share")
        return (BASES[fields[1]], KINDS[fields[2]], "ITD_OWN_EACH", 0)
    if len(fields) != 6 or fields[3] not in (">", ">=") or not fields[4].isdigit() or fields[5] not in SUMS:
        fail(place, "a test of a share has > or >=, parts per million, and how holders are taken together")
    least = int(fields[4]) + (fields[3] == ">")
    if not 0 < least <= 1000000:
        fail(place, "a share is 1 to 1000000 parts per million")
    return (BASES[fields[1]], KINDS[fields[2]], SUMS[fields[5]], least)


def take_span_line(fields, place):
    """A rule or a category."""
    if len(fields) != 5 or not re.fullmatch(r"[a-z0-9-]+", fields[1]) or not re.search(r"\b(19|20)[0-9][0-9]\b|\bCFR\b", fields[4]):
        fail(place, "an id, two dates and a source with its date are needed")
    return dict(span(fields[2], fields[3], place), id=fields[1], source=fields[4], tests=[])


def read(path):
    regime = None
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            place, line = "%s:%d" % (path, number), line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if fields[0] == "regime" and regime is None and len(fields) == 3:
                regime = {"id": fields[1], "title": fields[2], "rules": [], "categories": [], "topics": []}
            elif regime is None:
                fail(place, "a file begins with its regime")
            elif fields[0] == "rule":
                rule = take_span_line(fields, place)
                if regime["rules"] and regime["rules"][-1]["end"] > rule["begin"]:
                    fail(place, "it begins before the one above has ended")
                regime["rules"].append(rule)
            elif fields[0] == "topic" and len(fields) == 2 and re.fullmatch(r"[a-z.]+", fields[1]):
                regime["topics"].append(fields[1])
            elif fields[0] == "test" and regime["rules"]:
                regime["rules"][-1]["tests"].append(take_test(fields, place))
            elif fields[0] == "category":
                regime["categories"].append(take_span_line(fields, place))
            else:
                fail(place, "not a line of a regime")
    if not regime or not regime["rules"] or not regime["topics"]:
        fail(path, "no rule, or no topic")
    return regime


def members(row):
    return "%s, %s, %s, %s, %s, %s" % (literal(row["id"]), literal(row["from"]), literal(row["to"]), literal(row["source"]),
                                       "INT32_MIN" if row["begin"] == -2**31 else row["begin"], row["end"])


def write_regime(out, name, regime):
    for number, rule in enumerate(regime["rules"]):
        if rule["tests"]:
            out.write("static const itd_own_test %s_tests_%d[] = {\n" % (name, number))
            out.writelines("    {%s, %s, %s, %d},\n" % test for test in rule["tests"])
            out.write("};\n")
    out.write("static const itd_own_rule %s_rules[] = {\n" % name)
    for number, rule in enumerate(regime["rules"]):
        tests = "%s_tests_%d" % (name, number) if rule["tests"] else "NULL"
        out.write("    {%s, %s, %d},\n" % (members(rule), tests, len(rule["tests"])))
    out.write("};\n")
    out.write("static const char *const %s_topics[] = {%s};\n" % (name, ", ".join(literal(topic) for topic in regime["topics"])))
    if regime["categories"]:
        out.write("static const itd_own_category %s_categories[] = {\n" % name)
        out.writelines("    {%s},\n" % members(category) for category in regime["categories"])
        out.write("};\n")


def main(target, sources):
    regimes = sorted((read(path) for path in sources), key=lambda regime: regime["id"])
    if len({regime["id"] for regime in regimes}) != len(regimes):
        fail(target, "two files of one regime")
    with open(target, "w", encoding="utf-8") as out:
        out.write('/* Made from data/regimes. */\n#include "own/regime.h"\n\n')
        names = [regime["id"].replace("-", "_") for regime in regimes]
        for name, regime in zip(names, regimes):
            write_regime(out, name, regime)
        out.write("\nconst itd_own_regime itd_own_regimes[] = {\n")
        for name, regime in zip(names, regimes):
            out.write("    {%s, %s, %s_rules, %d, %s, %d, %s_topics, %d},\n" % (
                literal(regime["id"]), literal(regime["title"]), name, len(regime["rules"]),
                name + "_categories" if regime["categories"] else "NULL", len(regime["categories"]), name,
                len(regime["topics"])))
        out.write("};\n\nconst size_t itd_own_regime_count = sizeof itd_own_regimes / sizeof itd_own_regimes[0];\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
