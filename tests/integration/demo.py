#!/usr/bin/env python3
"""Screens data/demo/customers.csv and holds the answers against data/demo/truth.csv. Prints TAP, a case a row of the file.

    demo.py PROGRAM

A row whose truth is an entity has to have it among its hits. One that is `near` (another, but close) may have a hit, though none that
looks certain; one that is `innocent` has to have none.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

CERTAIN_MICRO = 900000


def main():
    program = os.path.abspath(sys.argv[1])
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix="itd-demo-") as work:
        index = os.path.join(work, "demo.idx")
        subprocess.run([program, "index", "-o", index, "data/demo/lists", "data/third-floor/third-floor.statements.ndjson"], check=True,
                       stdout=subprocess.DEVNULL)
        done = subprocess.run([program, "screen", "-l", index, "-i", "data/demo/customers.csv", "--jsonl", "--limit", "0"],
                              stdout=subprocess.PIPE)
    if done.returncode != 10:
        print("1..1\nnot ok 1 - screening ends with 10, got %d" % done.returncode)
        return 1
    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.decode("utf-8").splitlines())}
    with open("data/demo/truth.csv", encoding="utf-8", newline="") as rows:
        truth = list(csv.DictReader(rows))
    failures = 0
    print("1..%d" % (len(truth) + 1))
    for number, row in enumerate(truth, 1):
        answer = answers.get(row["id"])
        hits = {hit["id"]: hit["score_micro"] for hit in answer["hits"]} if answer else None
        if row["truth"] == "innocent":
            good = hits == {}
        elif row["truth"] == "near":
            good = hits is not None and all(score < CERTAIN_MICRO for score in hits.values())
        else:
            good = hits is not None and row["truth"] in hits
        failures += not good
        print("%sok %d - %s %s: %s" % ("" if good else "not ", number, row["id"], row["truth"], row["why"]))
        if not good:
            print("#   hits: %s" % hits)
    good = list(answers) == [row["id"] for row in truth]
    failures += not good
    print("%sok %d - answers are in the order of the questions" % ("" if good else "not ", len(truth) + 1))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
