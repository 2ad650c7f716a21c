#!/usr/bin/env python3
"""Ownership over invented registers of rising size, beside DuckDB where Python has it: bench/README.md tells how.

    bench/own/run.py [BUILD] [--entities 10000,100000,…] [--changes N] [--no-rival]
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

HEAD = ("entities", "stakes", "listed", "build s", "stakes/s", "bytes/stake", "open s", "all verdicts s", "blocked", "possible",
        "change p50 us", "p99 us", "max us", "largest: stakes", "us", "DuckDB s", "rounds")


def cpu(*command):
    """CPU seconds and standard output of a child."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def load(register):
    """The register in DuckDB, one thread; None where there is none."""
    try:
        import duckdb
    except ImportError:
        return None
    base = duckdb.connect()
    base.execute("SET threads TO 1")
    base.execute("CREATE TABLE stakes AS SELECT owner, owned, min(share_min_ppm) AS low FROM read_csv('%s', header = true) GROUP BY owner, owned"
                 % register)
    return base


def rival(base, listed):
    """Blocked for certain, no intervals, no bases, no chains: (seconds, rounds, how many)."""
    base.execute("CREATE OR REPLACE TABLE blocked AS SELECT DISTINCT id FROM read_csv('%s', header = false, columns = {'id': 'VARCHAR'})"
                 % listed)
    began, rounds = time.monotonic(), 0
    while True:
        rounds += 1
        base.execute("""CREATE OR REPLACE TEMP TABLE fresh AS
            SELECT owned AS id FROM stakes JOIN blocked ON stakes.owner = blocked.id
            GROUP BY owned HAVING sum(low) >= 500000 AND owned NOT IN (SELECT id FROM blocked)""")
        if base.execute("SELECT count(*) FROM fresh").fetchone()[0] == 0:
            break
        base.execute("INSERT INTO blocked SELECT id FROM fresh")
    took = time.monotonic() - began
    return took, rounds, base.execute("SELECT count(*) FROM blocked").fetchone()[0]


def measure(build, entities, changes, with_rival, work):
    names = [os.path.join(work, name) for name in ("register.csv", "few.txt", "many.txt", "g.itg")]
    # Some of the invented persons hold nothing: they are in no stake.
    cpu(os.path.join(build, "bench/own/bench_own_generate"), str(entities * 1077 // 1000), *names[:3])
    took, _ = cpu(os.path.join(build, "interdict"), "graph", "build", "-q", "--threads", "1", "-o", names[3], "--json", names[0])
    size = os.path.getsize(names[3])
    base = load(names[0]) if with_rival else None
    for listed in names[1:3]:
        said = json.loads(cpu(os.path.join(build, "bench/own/bench_own"), names[3], listed, str(changes))[1])
        other = rival(base, listed) if base else None
        register_blocked = said["blocked"]
        if other:  # the rival counts listed parties that hold nothing too
            with open(listed, encoding="utf-8") as lines:
                absent = sum(1 for _ in lines) - said["listed"]
            assert other[2] - absent == register_blocked, "the rival has %d blocked, not %d" % (other[2] - absent, register_blocked)
        row = (said["entities"], said["stakes"], said["listed"], "%.2f" % took, "%.2fM" % (said["stakes"] / took / 1e6),
               "%.1f" % (size / said["stakes"]), said["open_s"], "%.3f" % (said["evaluate_s"] + said["judge_s"]), said["blocked"],
               said["possible"], said["change_p50_us"], said["change_p99_us"], said["change_max_us"], said["largest_stakes"],
               said["largest_us"], "%.2f" % other[0] if other else "-", other[1] if other else "-")
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", nargs="?", default="build")
    parser.add_argument("--entities", default="10000,100000,1000000,10000000")
    parser.add_argument("--changes", type=int, default=2000)
    parser.add_argument("--no-rival", action="store_true")
    wanted = parser.parse_args()
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD), flush=True)
    with tempfile.TemporaryDirectory() as work:
        for entities in wanted.entities.split(","):
            measure(wanted.build, int(entities), wanted.changes, not wanted.no_rival, work)


if __name__ == "__main__":
    sys.exit(main())
