#!/usr/bin/env python3
"""Measures a case over generated lists of rising size and over real lists, and prints tables. See bench/README.md.

    bench/case/run.py [PROGRAM] [--entities N,N,…] [--data FOLDER] [--json FILE]
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
REAL = [("OFAC SDN 2021-07 to 2023-07", ["lists/ofac/sdn-2021-07", "lists/ofac/sdn-2023-07"]),
        ("UN 2025-04 to 2026-02", ["lists/un/un_consolidated_2025-04-19.xml.gz", "lists/un/un_consolidated_2026-02-27.xml.gz"])]
CHANGED_PPM = 10000
HEAD = ("", "entities", "statements", "new CPU s", "new st./CPU s", "peak MB", "again CPU s", "peak MB", "next CPU s", "next st./CPU s",
        "changed", "peak MB", "diff CPU s", "peak MB", "case MB")


def run(*command):
    """(CPU seconds, peak MB, bytes of the output, output when it is short)."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as messages:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(messages.fileno(), 2)
            os.execv(command[0], command)
        _, status, usage = os.wait4(child, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 3):
            messages.seek(0)
            sys.exit("bench: `%s` failed: %s" % (" ".join(command), messages.read().decode()[-500:]))
        size = out.seek(0, 2)
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, size, out.read() if size < 1 << 16 else b""


def measure(program, title, old, new, work):
    """A list into a new case, the same again, the next one, and what differs."""
    case = os.path.join(work, "x.case")
    run(program, "case", "init", case)
    more = ("--skip-bad", "--by", "bench", "--jsonl")
    first = run(program, "case", "import", case, old, *more)
    again = run(program, "case", "import", case, old, *more)
    after = run(program, "case", "import", case, new, *more)
    made, seen, then = (json.loads(r[3].decode().splitlines()[0]) for r in (first, again, after))
    assert made["new"] and not seen["new"] and then["new"], (made, seen, then)
    diff = run(program, "case", "diff", case, "--dataset", made["dataset"], "--jsonl")
    found = {"list": title, "entities": made["entities"], "statements": made["statements"], "new_cpu_s": first[0], "new_peak_mb": first[1],
             "new_statements_per_cpu_s": made["statements"] / first[0], "again_cpu_s": again[0], "again_peak_mb": again[1], "next_cpu_s": after[0],
             "next_peak_mb": after[1], "next_statements_per_cpu_s": then["statements"] / after[0],
             "records_changed": then["added"] + then["changed"] + then["removed"], "diff_cpu_s": diff[0], "diff_peak_mb": diff[1],
             "case_mb": os.path.getsize(case) / 1e6}
    for name in os.listdir(work):
        os.unlink(os.path.join(work, name))
    return found


def row(f):
    return (f["list"], f["entities"], f["statements"], "%.2f" % f["new_cpu_s"], "%.0f" % f["new_statements_per_cpu_s"], "%.0f" % f["new_peak_mb"],
            "%.2f" % f["again_cpu_s"], "%.0f" % f["again_peak_mb"], "%.2f" % f["next_cpu_s"], "%.0f" % f["next_statements_per_cpu_s"],
            f["records_changed"], "%.0f" % f["next_peak_mb"], "%.2f" % f["diff_cpu_s"], "%.0f" % f["diff_peak_mb"], "%.1f" % f["case_mb"])


def table(title, rows):
    print("\n" + title)
    width = [max(len(str(cells[i])) for cells in [HEAD] + rows) for i in range(len(HEAD))]
    for cells in [HEAD] + rows:
        print("  " + "  ".join(str(cell).ljust(width[i]) if i == 0 else str(cell).rjust(width[i]) for i, cell in enumerate(cells)))
    sys.stdout.flush()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", nargs="?", default=os.path.join(ROOT, "build", "interdict"))
    options.add_argument("--data", default=os.environ.get("INTERDICT_DATA") or os.path.join(ROOT, "..", "shared", "data"))
    options.add_argument("--entities", default="1000,10000,100000,1000000")
    options.add_argument("--json")
    options = options.parse_args()
    program = os.path.abspath(options.program)
    work = tempfile.mkdtemp(prefix="itd-bench-")
    found = []
    try:
        for count in filter(None, options.entities.split(",")):
            lists = [os.path.join(work, "lists", name) for name in ("old.ftm.json", "new.ftm.json")]
            os.makedirs(os.path.dirname(lists[0]), exist_ok=True)
            for path, changed in zip(lists, (0, CHANGED_PPM)):
                with open(path, "w", encoding="utf-8") as out:
                    subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), count, "--changed", str(changed)], stdout=out, check=True)
            os.makedirs(os.path.join(work, "case"), exist_ok=True)
            found.append(measure(program, "generated", *lists, os.path.join(work, "case")))
            shutil.rmtree(os.path.join(work, "lists"))
        if found:
            table("case, generated lists, 1 % of the entities changed", [row(f) for f in found])
        real = len(found)
        for title, (old, new) in REAL:
            if os.path.exists(os.path.join(options.data, old)):
                os.makedirs(os.path.join(work, "case"), exist_ok=True)
                found.append(measure(program, title, os.path.join(options.data, old), os.path.join(options.data, new), os.path.join(work, "case")))
        if len(found) > real:
            table("case, real lists", [row(f) for f in found[real:]])
        if options.json:
            with open(options.json, "w", encoding="utf-8") as out:
                json.dump(found, out, indent=1)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
