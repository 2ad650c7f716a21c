#!/usr/bin/env python3
"""Records of a case that may be one entity: found, judged, merged by the rule, and split again. Prints TAP, a case a claim.

    resolve.py PROGRAM

What is found is held against `compare` of every two records.
"""
import itertools
import json
import os
import random
import shutil
import sqlite3
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
        print("#   " + str(why)[:4000].replace("\n", "\n#   "))


class Place:
    """A case with lists that the test writes."""

    def __init__(self, program):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="itd-resolve-")
        self.case = os.path.join(self.folder, "c.case")
        self.lists = {}
        self.must(0, "case", "init", self.case)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def must(self, code, *args):
        done = subprocess.run([self.program, *args], capture_output=True, text=True)
        if done.returncode != code:
            raise SystemExit("%s: exit %d, not %d\n%s" % (" ".join(args), done.returncode, code, done.stderr))
        return done

    def load(self, **lists):
        for name, entities in lists.items():
            self.lists[name] = entities
            path = os.path.join(self.folder, name + ".ftm.json")
            with open(path, "w", encoding="utf-8") as out:
                out.writelines(json.dumps(e) + "\n" for e in entities)
            self.must(0, "case", "import", self.case, path, "--dataset", name, "--by", "ann", "-q")

    def pairs(self, *args, code=10):
        return [json.loads(x) for x in self.must(code, "resolve", self.case, "--jsonl", "-q", *args).stdout.splitlines()]

    def judge(self, how, a, b, reason="seen"):
        return self.must(0, "resolve", self.case, how, a, b, "--reason", reason, "--by", "ann", "--json")

    def rows(self, query):
        with sqlite3.connect("file:%s?mode=ro&immutable=0" % self.case, uri=True) as base:
            return base.execute(query).fetchall()


def entity(key, schema, **properties):
    return {"id": key, "schema": schema, "properties": {k: v if isinstance(v, list) else [v] for k, v in properties.items()}}


def invented(dice, prefix, count):
    """Records of a list: some are alike, some twice the same, some say the same of others."""
    for n in range(count):
        key = "%s-%02d" % (prefix, n)
        if n % 10 == 1:  # companies go by their first letters too
            words = [dice.choice(FIRMS), dice.choice(LAST), "Marine", "Development", "Corporation"]
            yield entity(key, "Company", name=" ".join(words) if dice.random() < 0.6 else "".join(w[0] for w in words))
            continue
        if n % 5 == 0:
            yield entity(key, "Company", name="%s %s %s" % (dice.choice(FIRMS), dice.choice(["Shipping", "Trading"]), dice.choice(["Ltd", "GmbH"])),
                         registrationNumber="R%06d" % dice.randrange(40))
            continue
        more = {"birthDate": "19%02d-0%d-1%d" % (dice.randrange(60, 63), dice.randrange(1, 3), dice.randrange(2))} if dice.random() < 0.6 else {}
        if dice.random() < 0.3:
            more["alias"] = "%s, %s" % (dice.choice(LAST), dice.choice(FIRST))
        if dice.random() < 0.4:
            more["nationality"] = dice.choice(["bg", "kp"])
        if dice.random() < 0.4:
            more["address"] = "%d %s Street, %s" % (dice.randrange(1, 4), dice.choice(LAST), dice.choice(["Sofia, Bulgaria", "Pyongyang, DPRK"]))
        if dice.random() < 0.3:
            more["passportNumber"] = "K%07d" % (4711000 + dice.randrange(12))
        yield entity(key, "Person", name="%s %s" % (dice.choice(FIRST), dice.choice(LAST)), **more)


def compared(place, threshold):
    """Every two records by `compare`, the lower id on the left."""
    everyone = sorted((e for entities in place.lists.values() for e in entities), key=lambda e: e["id"])
    path = os.path.join(place.folder, "all.jsonl")
    wanted = []
    two = list(itertools.combinations(everyone, 2))
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps({"id": str(n), "left": a, "right": b}) + "\n" for n, (a, b) in enumerate(two))
    done = place.must(10, "compare", "-i", path, "--jsonl", "-q")
    for (a, b), line in zip(two, done.stdout.splitlines()):
        j = json.loads(line)
        if j["score_micro"] >= threshold and a["schema"] == b["schema"]:
            wanted.append((a["id"], b["id"], j["score_micro"], j["contributions"]))
    return sorted(wanted, key=lambda w: (-w[2], w[0], w[1]))


def finds(program):
    for seed in range(3):
        with Place(program) as place:
            dice = random.Random(seed)
            place.load(alpha=list(invented(dice, "a", 40)), beta=list(invented(dice, "b", 40)))
            for threshold in ("0.5", "0.7", "0.95"):
                wanted = compared(place, int(float(threshold) * 1e6))
                got = [(p["left"], p["right"], p["score_micro"], p["contributions"]) for p in place.pairs("--threshold", threshold)]
                within = sum(p[0][0] == p[1][0] for p in got)
                claim(got == wanted and within > 0 and len(got) > within,
                      "lists %d from %s: what comparing all finds, best first; %d pairs, %d within one list" % (seed, threshold, len(got), within),
                      [w for w in wanted if w not in got][:3] + [g for g in got if g not in wanted][:3])
            one, two = (place.must(10, "resolve", place.case, "--threshold", "0.5", "--jsonl", "-q", "--threads", n).stdout for n in "12")
            claim(one == two and one, "lists %d: the same bytes at one and two threads" % seed)


def prints(program):
    with Place(program) as place:
        place.load(alpha=[entity("a-1", "Person", name="Orlin Vassek", birthDate="1961-04-02", passportNumber="K4711001"),
                          entity("a-2", "Person", birthDate="1961")],
                   beta=[entity("b-1", "Person", name="Vassek, Orlin", birthDate="1961", gender="male"), entity("b-2", "Vessel", name="Orlin Vassek"),
                         entity("b-3", "Person", name="Orlin Vasek")])
        pairs = place.pairs()
        first = pairs[0]
        claim([(p["left"], p["right"]) for p in pairs] == [("a-1", "b-1"), ("a-1", "b-3"), ("b-1", "b-3")], "three persons are three pairs, a ship is none", pairs)
        claim(first["judgement"] is None and sum(c["micro"] for c in first["contributions"]) == first["score_micro"], "the contributions are the score", first)
        claim(first["evidence"] == {"left": {"birthDate": ["1961-04-02"], "passportNumber": ["K4711001"]},
                                    "right": {"birthDate": ["1961"], "gender": ["male"]}} and
              first["matched"] == {"left": "Orlin Vassek", "right": "Vassek, Orlin", "by": "name"} and
              first["dataset"] == {"left": "alpha", "right": "beta"}, "the evidence of both sides", first)
        done = place.must(10, "resolve", place.case)
        claim("5 records, 3 pairs at or above 0.70" in done.stderr and "1 record has neither a name" in done.stderr, "what was looked at is said", done.stderr)
        claim(all(x in done.stdout for x in ("Orlin Vassek  ~  Vassek, Orlin", "a-1", "b-1", "date of birth", "passport number", "K4711001")),
              "a table for people", done.stdout)
        done = place.must(10, "resolve", place.case, "--limit", "1", "--jsonl")
        claim(done.stdout.count("\n") == 1 and json.loads(done.stdout) == first and "3 pairs" in done.stderr, "the limit leaves the best", done)
        rows = place.must(10, "resolve", place.case, "--csv").stdout.split("\n")
        claim(len(rows) == 5 and rows[0].startswith("left,right,score,score_micro,judgement,") and rows[1].startswith("a-1,b-1,"), "CSV", rows)
        claim(len(json.loads(place.must(10, "resolve", place.case, "--json").stdout)) == 3, "one JSON document")
        os.chmod(place.case, 0o444)
        claim(len(place.pairs()) == 3, "a case that cannot be written is searched too")


def judgements(program):
    with Place(program) as place:
        names = dict(name="Orlin Vassek")
        place.load(alpha=[entity("a-1", "Person", **names), entity("a-2", "Person", **names)],
                   beta=[entity("b-1", "Person", **names), entity("b-2", "Person", **names)])
        claim(len(place.pairs()) == 6, "four of one name are six pairs")
        claim(json.loads(place.judge("--merge", "b-1", "a-1").stdout)["judgement"] == "positive", "merged is positive")
        place.judge("--split", "a-1", "a-2")
        place.judge("--unsure", "b-2", "a-2")
        left = [(p["left"], p["right"]) for p in place.pairs()]
        claim(left == [("a-1", "b-2"), ("b-1", "b-2")], "what is judged, or follows from it, is not proposed again", left)
        shown = {(p["left"], p["right"]): (p["judgement"], p.get("implied", False), p.get("by")) for p in place.pairs("--judged")}
        claim(shown == {("a-1", "b-1"): ("positive", False, "ann"), ("a-1", "a-2"): ("negative", False, "ann"), ("a-2", "b-2"): ("unsure", False, "ann"),
                        ("a-2", "b-1"): ("negative", True, None), ("a-1", "b-2"): (None, False, None), ("b-1", "b-2"): (None, False, None)},
              "--judged shows all with what holds of them", shown)
        done = place.must(10, "resolve", place.case, "--judged")
        claim("judged negative, by what was judged of others" in done.stdout and "judged positive by ann" in done.stdout, "in words", done.stdout)
        place.judge("--merge", "b-2", "b-1")
        shown = {(p["left"], p["right"]): (p["judgement"], p.get("implied", False)) for p in place.pairs("--judged")}
        claim(shown[("a-1", "b-2")] == ("positive", True), "one through another is one", shown)
        claim(place.pairs(code=0) == [], "then nothing is left to judge")
        said = place.judge("--merge", "b-2", "a-2").stderr
        claim("a-1 and a-2 are judged to be two, and are one through others" in said, "a merge that contradicts a split is said", said)
        said = place.judge("--split", "b-2", "a-2").stderr
        claim(said == "", "and no longer after it is taken back", said)
        before = place.rows("SELECT count(*) FROM judgement")
        for code, args in ((2, ("--merge", "a-1")), (2, ("--merge", "a-1", "b-1")), (2, ("--merge", "a-1", "--split", "a-1", "b-1", "--reason", "x")),
                           (2, ("--reason", "x")), (2, ("--by", "ann")), (2, ("a-1",)), (1, ("--unsure", "a-1", "a-9", "--reason", "x")),
                           (2, ("--merge", "a-1", "b-1", "--reason", "x", "--threshold", "0.8")), (2, ("--apply", "--limit", "3")),
                           (2, ("--apply", "--merge", "a-1", "b-1", "--reason", "x")), (2, ("--threshold", "2"))):
            place.must(code, "resolve", place.case, *args)
        claim(place.rows("SELECT count(*) FROM judgement") == before, "what is refused is not put down")
        place.must(0, "case", "verify", place.case)


def everything(place):
    """All that a case answers, but what was judged."""
    questions = os.path.join(place.folder, "q.jsonl")
    with open(questions, "w", encoding="utf-8") as out:
        out.write('{"id":"c-1","name":"Orlin Vassek"}\n{"id":"c-2","name":"Mira Quell","birthDate":"1961"}\n')
    said = [place.must(10, "screen", "--case", place.case, "-i", questions, "--jsonl", "--by", "ann", "-q", *more).stdout for more in ((), ("--show-cleared",))]
    said.append(place.must(0, "case", "export", place.case, "--format", "statements").stdout)
    said.append(place.must(0, "case", "stats", place.case, "--json").stdout)
    return said


def split_restores(program):
    """A merge and its split, among others that stay: every answer and every decision is what it was, byte for byte."""
    with Place(program) as place:
        dice = random.Random(5)
        place.load(alpha=list(invented(dice, "a", 20)) + [entity("x-1", "Person", name="Orlin Vassek")],
                   beta=list(invented(dice, "b", 20)) + [entity("x-2", "Person", name="Orlin Vasek"), entity("x-3", "Person", name="Orlin Vassek")])
        everything(place)
        for hit, what in (("x-1", "clear"), ("x-2", "confirm"), ("x-3", "escalate")):
            place.must(0, "decide", place.case, "--query", "c-1", "--hit", hit, "--decision", what, "--reason", "r", "--by", "ann")
        place.judge("--merge", "x-2", "x-3")
        before = everything(place)
        record = place.rows("SELECT max(number) FROM audit")[0][0]
        held = {(p["left"], p["right"]): p["judgement"] for p in place.pairs("--judged")}
        decisions = place.rows("SELECT * FROM decision ORDER BY id")
        claim('"state":"cleared"' in before[1] and '"state":"confirmed"' in before[1], "decisions stand before", before[1])
        steps = [("--merge", "x-1", "x-2"), ("--split", "x-1", "x-2")]
        place.judge(*steps[0])
        merged = {(p["left"], p["right"]): p["judgement"] for p in place.pairs("--judged")}
        claim(merged[("x-1", "x-3")] == "positive" and held[("x-1", "x-3")] is None, "merged with one is merged with whom that one is with", merged)
        claim(everything(place) == before, "while merged, answers and decisions are by record as before")
        place.judge(*steps[1])
        after = {(p["left"], p["right"]): p["judgement"] for p in place.pairs("--judged")}
        claim(everything(place) == before, "after the split every answer is what it was, cleared hits included")
        claim(place.rows("SELECT * FROM decision ORDER BY id") == decisions, "no decision was touched")
        differ = {pair for pair in after if after[pair] != held.get(pair)} | (held.keys() - after.keys())
        claim(differ == {("x-1", "x-2"), ("x-1", "x-3")} and after[("x-2", "x-3")] == "positive",
              "the others are one as before; only the pair that was split, and what follows from it, is judged now", differ)
        place.must(0, "replay", place.case, str(record))
        claim(True, "a screening from before the merge is replayed to the byte")
        place.must(0, "case", "verify", place.case)


def applies(program):
    with Place(program) as place:
        place.load(
            alpha=[entity("a-1", "Person", name="Orlin Vassek", birthDate="1961-04-02", passportNumber="K4711001"),
                   entity("a-2", "Person", name="Mira Quell", birthDate="1970", passportNumber="K4711002"),
                   entity("a-3", "Person", name="Tesk Marrow", passportNumber="K4711003"),
                   entity("a-4", "Vessel", name="Brine Lark", imoNumber="9074729"),
                   entity("a-5", "Person", name="Ulla Baran", idNumber="12"),
                   entity("a-6", "Person", name="Voro Keth Drumm"),
                   entity("a-7", "Person", name="Jelka Solveig", passportNumber="K4711007")],
            beta=[entity("b-1", "Person", name="Vassek Orlin", birthDate="1961", passportNumber="K 4711001"),
                  entity("b-2", "Person", name="Mira Quell", birthDate="1984", passportNumber="K4711002"),
                  entity("b-3", "Person", name="Kasimir Lindqvist", passportNumber="K4711003"),
                  entity("b-4", "Vessel", name="Brine Lark", imoNumber="IMO 9074729"),
                  entity("b-5", "Person", name="Ulla Baran", idNumber="12"),
                  entity("b-6", "Person", name="Voro Keth Drumm"),
                  entity("b-7", "Person", name="Jelka Solveig", passportNumber="K4711007")],
            gamma=[entity("c-7", "Person", name="Jelka Solveig", passportNumber="K4711007")])
        ruled = {(p["left"], p["right"]) for p in place.pairs("--threshold", "0.6") if p.get("rule") == "same-identifier 1"}
        place.judge("--split", "a-7", "c-7", "two sisters")
        records = place.rows("SELECT count(*) FROM audit")[0][0]
        done = place.must(0, "resolve", place.case, "--apply", "--jsonl", "--by", "bo")
        merged = [json.loads(x) for x in done.stdout.splitlines()]
        got = {(p["left"], p["right"]) for p in merged}
        claim(ruled == {("a-1", "b-1"), ("a-4", "b-4"), ("a-7", "b-7"), ("a-7", "c-7"), ("b-7", "c-7")},
              "the rule wants a strong identifier, a name, and nothing that contradicts", ruled)
        claim(got == {("a-1", "b-1"), ("a-4", "b-4"), ("a-7", "b-7")}, "and never makes one of who was judged to be two", got)
        claim(all(p["judgement"] == "positive" and p["by"] == "rule same-identifier 1" for p in merged), "the rule is the judge", merged)
        claim("3 pairs merged by the rule same-identifier 1; audit record %d" % (records + 1) in done.stderr, "and it is said", done.stderr)
        last = json.loads(place.rows("SELECT content FROM audit ORDER BY number DESC LIMIT 1")[0][0])
        claim((last["command"], last["person"], last["rule"], last["merged"]) == ("resolve", "bo", "same-identifier 1", 3), "one audit record names who let it work", last)
        why = place.rows("SELECT person, reason FROM judgement WHERE left = 'a-4'")
        claim(why == [("rule same-identifier 1", "score_micro 1000000; name Brine Lark ~ Brine Lark; imoNumber 9074729 ~ IMO 9074729")], "with what it saw", why)
        done = place.must(0, "resolve", place.case, "--apply", "--by", "bo")
        claim("0 pairs merged" in done.stderr and place.rows("SELECT count(*) FROM audit")[0][0] == records + 1, "there is nothing to merge twice", done.stderr)
        place.judge("--split", "a-1", "b-1", "another man")
        done = place.must(0, "resolve", place.case, "--apply", "--by", "bo")
        claim("0 pairs merged" in done.stderr, "what a person split the rule leaves alone", done.stderr)
        place.must(0, "case", "verify", place.case)
        claim(True, "the chain holds")


def troubles(program):
    with Place(program) as place:
        done = subprocess.run([program, "resolve", place.case], capture_output=True, text=True)
        claim(done.returncode == 1 and "holds no list yet" in done.stderr and not done.stdout, "an empty case", done)
        done = subprocess.run([program, "resolve", place.case + "x"], capture_output=True, text=True)
        claim(done.returncode == 1 and done.stderr and not done.stdout, "no case", done)


    with Place(program) as place:
        place.load(alpha=[entity("a-1", "Person", name="Orlin Vassek")])
        for form, wanted in (("--jsonl", ""), ("--json", "[]\n"), ("--csv", "left,")):
            done = place.must(0, "resolve", place.case, form)
            claim(done.stdout.startswith(wanted) and "1 record, 0 pairs at or above 0.70" in done.stderr, "nothing found is exit 0 with %s" % form, done)
        done = subprocess.run([program, "resolve", place.case, "--apply", "--by", "ann"], capture_output=True, text=True)
        claim(done.returncode == 0 and done.stdout == "", "nothing to merge", done)


def main():
    program = os.path.abspath(sys.argv[1])
    for part in (finds, prints, judgements, split_restores, applies, troubles):
        part(program)
    print("1..%d" % len(RESULTS))
    return 0 if all(RESULTS) else 1


if __name__ == "__main__":
    sys.exit(main())
