#!/usr/bin/env python3
"""Measures resolve: generated lists of rising size, each record held against all others. See bench/README.md.

    bench/case/resolve.py [PROGRAM] [--entities N,N,…] [--threshold T] [--threads N]

Real lists as one case (OFAC SDN of July 2023, UN of February 2026, UK of April 2025; then the EU's sample and Official Journal with them) come last
where $INTERDICT_DATA has them.
"""
import argparse
import glob
import os
import subprocess
import sys
import tempfile
import time

import generate
import run as case

HEAD = ("entities", "pairs", "index CPU s", "resolve CPU s", "wall s", "records/CPU s", "peak MB")
REAL = ("lists/ofac/sdn-2023-07", "lists/un/un_consolidated_2026-02-27.xml.gz", "lists/uk/ConList_2025-04-14.csv.gz")
EU = ("lists/eu/eu_fsf_1_1_sample_2020-04-15.xml", "lists/eu/journal/consolidated_*")


def command(*arguments):
    """(CPU seconds, wall seconds, peak MB, lines of the output); hits and records that were left out are no failure."""
    with tempfile.TemporaryFile() as out:
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.execv(arguments[0], arguments)
        _, status, usage = os.wait4(child, 0)
        wall = time.monotonic() - began
        if os.waitstatus_to_exitcode(status) not in (0, 3, 10):
            sys.exit("bench: `%s` failed" % " ".join(arguments))
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, sum(1 for _ in out)


def measure(program, lists, options, work):
    path = os.path.join(work, "x.case")
    case.run(program, "case", "init", path)
    case.run(program, "case", "import", path, "--skip-bad", "--by", "bench", "--jsonl", *lists)
    # The first look at a state compiles its index; what follows is measured with it in place.
    index = command(program, "index", "-q", "--json", "-o", os.path.join(work, "x.idx"), "case:" + path)
    command(program, "screen", "--case", path, "--by", "bench", "--jsonl", "-q", "nobody")
    found = command(program, "resolve", path, "--threshold", options.threshold, "--threads", str(options.threads), "--jsonl", "-q")
    return index, found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", nargs="?", default=os.path.join(case.ROOT, "build", "interdict"))
    options.add_argument("--entities", default="1000,10000,100000")
    options.add_argument("--threshold", default="0.7")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--data", default=os.environ.get("INTERDICT_DATA") or os.path.join(case.ROOT, "..", "shared", "data"))
    options = options.parse_args()
    program = os.path.abspath(options.program)
    print("resolve from %s, %d threads" % (options.threshold, options.threads))
    print("  " + "  ".join(title.rjust(14) for title in HEAD))
    jobs = [(count, None) for count in filter(None, options.entities.split(","))]
    real = [os.path.join(options.data, name) for name in REAL]
    jobs += [("18323", real)] if all(map(os.path.exists, real)) else []
    union = [path for name in EU for path in sorted(glob.glob(os.path.join(options.data, name)))]
    jobs += [("26346", real + union)] if jobs and jobs[-1][1] and len(union) > 1 else []
    for count, lists in jobs:
        with tempfile.TemporaryDirectory(prefix="itd-bench-") as work:
            if not lists:
                lists = [os.path.join(work, "list.ftm.json")]
                with open(lists[0], "w", encoding="utf-8") as out:
                    subprocess.run([sys.executable, generate.__file__, count], stdout=out, check=True)
            index, found = measure(program, lists, options, work)
        row = (count, found[3], "%.2f" % index[0], "%.2f" % found[0], "%.2f" % found[1], "%.0f" % (int(count) / found[0]), "%.0f" % found[2])
        print("  " + "  ".join(str(cell).rjust(14) for cell in row))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
