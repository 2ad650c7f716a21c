#!/usr/bin/env python3
"""Rescreen against screening everything again: random lists that change, in one dataset and in two, with sanctions of
their own and statements of others' entities, random questions, filters and decisions. Prints TAP, a case a claim.

    rescreen.py PROGRAM

The long run (make soak) takes 25 rounds of new lists.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

RESULTS = []
FIRST = "Orlin Mira Tesk Dovan Ulla Brenn Kasimir Jelka Voro Annet".split()
LAST = "Vassek Quell Marrow Tindal Ostrava Lindqvist Baran Keth Solveig Drumm".split()
FIRMS = "Quellmarch Brineport Tindal Northlamp Ostrel".split()


def claim(good, what, why=""):
    RESULTS.append(bool(good))
    print("%sok %d - %s" % ("" if good else "not ", len(RESULTS), what))
    if not good:
        print("#   " + str(why).replace("\n", "\n#   "))


def run(program, *args, want=(0,)):
    done = subprocess.run([program, *args], capture_output=True, text=True)
    if done.returncode not in want:
        raise SystemExit("%s: exit %d\n%s" % (" ".join(args), done.returncode, done.stderr))
    return done.stdout


def person(dice, key):
    entity = {"id": key, "schema": "Person",
              "properties": {"name": ["%s %s" % (dice.choice(FIRST), dice.choice(LAST))], "topics": ["sanction"]}}
    if dice.random() < 0.5:
        entity["properties"]["birthDate"] = ["19%02d-0%d-1%d" % (dice.randrange(40, 99), dice.randrange(1, 9), dice.randrange(9))]
    if dice.random() < 0.3:
        entity["properties"]["alias"] = ["%s %s" % (dice.choice(FIRST), dice.choice(LAST))]
    if dice.random() < 0.3:
        entity["properties"]["program"] = [dice.choice(["BLUE", "GREEN"])]
    return entity


def firm(dice, key):
    return {"id": key, "schema": "Company", "properties": {
        "name": ["%s %s %s" % (dice.choice(FIRMS), dice.choice(["Shipping", "Trading"]), dice.choice(["Ltd", "GmbH"]))]}}


def change(dice, entities, prefix, tangled):
    """A list that differs from the one before in about a fifth of its records."""
    for key in [k for k in entities if dice.random() < 0.1]:
        del entities[key]
    for n in range(60):
        key = "%s-%d" % (prefix, n)
        if key not in entities and dice.random() < 0.35 or key in entities and dice.random() < 0.1:
            entities[key] = (firm if n % 4 == 0 else person)(dice, key)
    if not tangled:
        return
    for n in range(10):  # sanctions that are records of their own, and name an entity
        key = "%s-order-%d" % (prefix, n)
        if dice.random() < 0.5:
            entities[key] = {"id": key, "schema": "Sanction", "properties": {
                "entity": ["%s-%d" % (prefix, dice.randrange(60))], "program": [dice.choice(["RED", "WHITE"])]}}


def write(path, entities):
    with open(path, "w", encoding="utf-8") as out:
        for key in sorted(entities):
            out.write(json.dumps(entities[key]) + "\n")


def hits_of(lines):
    """What an answer says of each hit, without where its record stands and what was decided of it."""
    found = {}
    for line in lines.splitlines():
        answer = json.loads(line)
        for hit in answer["hits"]:
            found[answer["id"], hit["id"]] = {k: v for k, v in hit.items() if k not in ("source", "decision")}
    return found


def round_of(program, seed, tangled, filters):
    dice = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="itd-rescreen-")
    case = os.path.join(folder, "c.case")
    questions = os.path.join(folder, "q.jsonl")
    lists = {name: {} for name in ("alpha", "beta")}
    with open(questions, "w", encoding="utf-8") as out:
        for n in range(40):
            out.write(json.dumps({"id": "q%d" % n, "name": "%s %s" % (dice.choice(FIRST), dice.choice(LAST + FIRMS))}) + "\n")
    run(program, "case", "init", case)
    full, problems, told = [], [], 0
    for generation in range(4):
        for name, entities in lists.items():
            change(dice, entities, "inv" if tangled else name, tangled)  # tangled: the same ids in both
            path = os.path.join(folder, name + ".ftm.json")
            write(path, entities)
            run(program, "case", "import", case, path, "--dataset", name)
        args = ["screen", "--case", case, "--store", "all", "-i", questions, "--limit", "0", "--show-cleared", "--jsonl", "-q"]
        answers = hits_of(run(program, *args, "--threshold", "0.6", *filters, want=(0, 10)))
        newest = json.loads(run(program, "case", "stats", case, "--json"))["generation"]
        full.append((newest, answers))
        for since, before in full:
            lines = run(program, "rescreen", case, "--store", "all", "--since", str(since), "--jsonl", "-q", want=(0, 10))
            got = {"new": {}, "changed": {}, "gone": {}}
            for line in lines.splitlines():
                j = json.loads(line)
                core = {k: v for k, v in j["hit"].items() if k not in ("source", "decision")}
                got[j["change"]][j["id"], j["hit"]["id"]] = core
            told += len(lines.splitlines())
            want_new = {k: v for k, v in answers.items() if k not in before}
            want_gone = {k: v for k, v in before.items() if k not in answers}
            differ = {k for k in before if k in answers and before[k] != answers[k]}
            if got["new"] != want_new or got["gone"] != want_gone:
                problems.append("since %d at %d: new or gone differ" % (since, newest))
            if not differ <= set(got["changed"]) or any(answers.get(k) != v for k, v in got["changed"].items()):
                problems.append("since %d at %d: changed differ" % (since, newest))
            if since == newest and lines:
                problems.append("nothing changed since %d, and something is told" % since)
    shutil.rmtree(folder)
    return problems, told


def decisions(program):
    folder = tempfile.mkdtemp(prefix="itd-rescreen-")
    case, path = os.path.join(folder, "c.case"), os.path.join(folder, "list.ftm.json")
    entity = {"id": "inv-1", "schema": "Person", "properties": {"name": ["Orlin Vassek"]}}
    write(path, {"inv-1": entity})
    run(program, "case", "init", case)
    run(program, "case", "import", case, path, "--dataset", "alpha")
    run(program, "screen", "--case", case, "--store", "all", "Orlin Vassek", want=(10,))
    run(program, "decide", case, "--query", "1", "--hit", "inv-1", "--decision", "clear", "--reason", "another man", "--by", "A. Clerk")
    entity["properties"]["birthDate"] = ["1961"]
    write(path, {"inv-1": entity, "inv-2": {"id": "inv-2", "schema": "Person", "properties": {"name": ["Orlin Vasek"]}}})
    run(program, "case", "import", case, path, "--dataset", "alpha")
    lines = [json.loads(x) for x in run(program, "rescreen", case, "--store", "all", "--since", "1", "--jsonl", want=(10,)).splitlines()]
    by_hit = {j["hit"]["id"]: j for j in lines}
    claim(by_hit["inv-1"]["change"] == "changed" and by_hit["inv-1"]["hit"]["decision"]["state"] == "reopened",
          "a cleared hit whose record changed is told as reopened", lines)
    claim(by_hit["inv-1"]["was"]["score_micro"] > 0 and by_hit["inv-2"]["change"] == "new", "what it was stands beside it", lines)
    said = run(program, "decide", case, "--query", "1", "--hit", "inv-2", "--decision", "escalate", "--reason", "look closer",
               "--by", "A. Clerk", "--json")
    claim('"escalated"' in said, "a hit that rescreen found can be decided at once", said)
    write(path, {"inv-2": {"id": "inv-2", "schema": "Person", "properties": {"name": ["Orlin Vasek"]}}})
    run(program, "case", "import", case, path, "--dataset", "alpha")
    gone = [json.loads(x) for x in run(program, "rescreen", case, "--store", "all", "--since", "2", "--jsonl").splitlines()]
    claim([(j["change"], j["hit"]["id"]) for j in gone] == [("gone", "inv-1")], "exit 0 and the hit that is gone", gone)
    for args, what in ((("--store", "other", "--since", "1"), "a store that is not there"),
                       (("--store", "all", "--since", "99"), "a generation that is not there")):
        done = subprocess.run([program, "rescreen", case, *args], capture_output=True, text=True)
        claim(done.returncode in (1, 2) and done.stderr and not done.stdout, what + " is an error", done)
    shutil.rmtree(folder)


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = 25 if "ITD_FAULT_MAX" in os.environ else 1
    for seed in range(rounds):
        for tangled in (False, True):
            for filters in ((), ("--dataset", "alpha"), ("--programme", "BLUE")):
                problems, told = round_of(program, 17 * seed + 1, tangled, filters)
                claim(not problems and told > (5 if filters else 50), "round %d, %s, %s: the difference of screening everything; %d hits told" %
                      (seed, "records of others' entities" if tangled else "records of their own", " ".join(filters) or "no filter", told),
                      "\n".join(problems))
    decisions(program)
    print("1..%d" % len(RESULTS))
    return 0 if all(RESULTS) else 1


if __name__ == "__main__":
    sys.exit(main())
