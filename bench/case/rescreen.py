#!/usr/bin/env python3
"""Measures rescreen against screening everything, over generated lists of rising size of which 1 % changes. See bench/README.md.

    bench/case/rescreen.py [PROGRAM] [--entities N,N,…] [--questions N]
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

import generate
import run as case

HEAD = ("entities", "changed", "questions", "hits", "screen CPU s", "rescreen CPU s", "rescreen/screen", "peak MB")
CHANGED_PPM = 10000


def command(*arguments):
    """(CPU seconds, peak MB, lines of the output); hits are no failure."""
    with tempfile.TemporaryFile() as out:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.execv(arguments[0], arguments)
        _, status, usage = os.wait4(child, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 10):
            sys.exit("bench: `%s` failed" % " ".join(arguments))
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().splitlines()


def measure(program, count, questions, work):
    path, names = os.path.join(work, "x.case"), os.path.join(work, "names")
    dice = random.Random(12)
    with open(names, "w", encoding="utf-8") as out:  # of the words that the lists are made of: some are hit by chance
        for _ in range(questions):
            out.write(" ".join(generate.word(dice.randrange(2520)) for _ in range(3)) + "\n")
    case.run(program, "case", "init", path)
    for number, changed in enumerate((0, CHANGED_PPM)):
        lines = os.path.join(work, "%d.ftm.json" % number)
        with open(lines, "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, generate.__file__, str(count), "--changed", str(changed)], stdout=out, check=True)
        then = json.loads(case.run(program, "case", "import", path, lines, "--by", "bench", "--jsonl")[3].decode().splitlines()[0])
        # The first screening of a state compiles its index; the second is measured.
        for _ in range(2):
            full = command(program, "screen", "--case", path, "--store", "all", "-i", names, "--by", "bench", "--threads", "1", "--jsonl", "-q")
    again = command(program, "rescreen", path, "--store", "all", "--since", "1", "--by", "bench", "--threads", "1", "--jsonl", "-q")
    hits = sum(len(json.loads(line)["hits"]) for line in full[2])
    return (count, then["changed"], questions, hits, "%.2f" % full[0], "%.2f" % again[0], "%.1f %%" % (100 * again[0] / full[0]), "%.0f" % again[1])


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", nargs="?", default=os.path.join(case.ROOT, "build", "interdict"))
    options.add_argument("--entities", default="1000,10000,100000")
    options.add_argument("--questions", type=int, default=500)
    options = options.parse_args()
    rows = []
    for count in filter(None, options.entities.split(",")):
        work = tempfile.mkdtemp(prefix="itd-bench-")
        rows.append(measure(os.path.abspath(options.program), int(count), options.questions, work))
        shutil.rmtree(work)
    print("\nrescreen, generated lists, 1 % of the entities changed")
    width = [max(len(str(cells[i])) for cells in [HEAD] + rows) for i in range(len(HEAD))]
    for cells in [HEAD] + rows:
        print("  " + "  ".join(str(cell).rjust(width[i]) for i, cell in enumerate(cells)))


if __name__ == "__main__":
    main()
