#!/usr/bin/env python3
"""Treats a case as nobody should: kills who writes to it at any moment, fills the disk, takes rights away, holds its lock, cuts the
file short, turns single bits. Prints TAP.

    case_kill.py PROGRAM

Afterwards the case is the old one or the new one, every byte of it, or the program says what is wrong with it and ends with 1.
The environment variable ITD_KILLS says how often somebody is killed (50).
"""
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback

KILLS = int(os.environ.get("ITD_KILLS") or 50)
ENTITIES = 1500
PAGES_TURNED = 40
NOBODY = 65534

cases = []


def case(function):
    cases.append(function)
    return function


class Run:
    def __init__(self, work, program):
        self.work, self.program = work, program
        self.dice = random.Random(4)
        self.lists = [self.write_list("a.ftm.json", 0), self.write_list("b.ftm.json", 1)]

    def path(self, name):
        path = os.path.join(self.work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def write_list(self, name, turn):
        """Two lists of one dataset: a third of the entities differ, a few are on one of them only."""
        path = self.path(name)
        with open(path, "w", encoding="utf-8") as out:
            for i in range(turn * 20, ENTITIES + turn * 35):
                said = turn if i % 3 == 0 else 0
                out.write(json.dumps({"id": "k-%d" % i, "schema": "Person", "datasets": ["killed"], "properties": {
                    "name": ["Orlin Vassek %d" % i, "Vassek, O. %d" % (i * 7)], "birthDate": ["19%02d-0%d" % (i % 80, 1 + said)],
                    "nationality": ["bg"], "topics": ["sanction"], "notes": ["entry %d in edition %d" % (i, said)]}}) + "\n")
        return path

    def __call__(self, *arguments, before=None, timeout=60):
        """Exit code, standard error, standard output."""
        done = subprocess.run([self.program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=timeout, preexec_fn=before)
        return done.returncode, done.stderr.decode("utf-8", "replace"), done.stdout

    def must(self, *arguments):
        code, message, out = self(*arguments)
        assert code == 0, "%s: exit %s: %s" % (" ".join(arguments), code, message[-400:])
        return out

    def fresh(self, name, lists=()):
        path = self.path(name)
        for tail in ("", "-wal", "-shm"):
            if os.path.exists(path + tail):
                os.unlink(path + tail)
        self.must("case", "init", path)
        for number in lists:
            self.must("case", "import", path, self.lists[number], "--by", "a tester")
        return path

    def held(self, path, generation=None):
        """A hash of everything that the case holds, now or after a generation."""
        more = ["--generation", str(generation)] if generation else []
        return hashlib.sha256(self.must("case", "export", path, "--format", "statements", *more)).hexdigest()

    def stats(self, path):
        return json.loads(self.must("case", "stats", path, "--json"))

    def refused(self, words, *arguments, before=None):
        code, message, _ = self(*arguments, before=before)
        assert code == 1, "%s: exit %s, wanted 1: %s" % (" ".join(arguments), code, message[-300:])
        for word in words if isinstance(words, tuple) else (words,):
            assert word in message, "%s: %r is not in: %s" % (" ".join(arguments), word, message[-300:])


def as_somebody():
    """Root passes over the rights of files."""
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


@case
def killed_at_random(run):
    path = run.fresh("kill/x.case")
    began = time.monotonic()
    run.must("case", "import", path, run.lists[0], "--by", "a tester")
    took = time.monotonic() - began
    known = {1: run.held(path)}
    newest, on, killed, said, number = 1, 0, 0, 0, 0
    while killed < KILLS:
        number += 1
        assert number < 10 * KILLS + 50, "%d of %d were killed: it is over too soon" % (killed, number)
        writer = subprocess.Popen([run.program, "case", "import", path, run.lists[1 - on], "--by", "a tester"],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            writer.wait(run.dice.random() * took)
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            killed += 1
        code, message, _ = run("case", "verify", path)
        assert code == 0, "kill %d: %s" % (number, message)
        code, message, out = run("case", "stats", path, "--json")
        assert code == 0, "kill %d: %s" % (number, message)
        now = json.loads(out)["generation"]
        assert now in (newest, newest + 1), "kill %d: generation %d after %d" % (number, now, newest)
        assert now == newest + 1 or writer.returncode != 0, "run %d is done, and nothing came of it" % number
        if "did not finish" in message:
            assert now == newest and "a tester" in message, message
            said += 1
        if now > newest:
            on, newest = 1 - on, now
            held = run.held(path)
            assert held == known.setdefault(newest, held) and (newest < 3 or held == known[newest - 2]), "generation %d" % newest
        elif number % 10 == 0:
            assert run.held(path) == known[newest], "kill %d: generation %d is another one" % (number, newest)
        if newest == 40:
            assert all(run.held(path, generation) == held for generation, held in known.items())
            path = run.fresh("kill/x.case", [0])
            known, newest, on = {1: run.held(path)}, 1, 0
    assert all(run.held(path, generation) == held for generation, held in known.items()), "an older generation was lost"
    run.must("case", "import", path, run.lists[1 - on], "--by", "a tester")
    assert run.stats(path)["generation"] == newest + 1
    return "%d imports, %d of them killed; after %d the case said what was left" % (number, killed, said)


@case
def a_full_disk(run):
    path = run.fresh("full/x.case", [0])
    before, size = run.held(path), os.path.getsize(path)
    seen = set()
    for room in (0, 4096, 65536, 262144, 1 << 20, 1 << 26):
        def small(limit=room):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        code, message, _ = run("case", "import", path, run.lists[1], "--by", "a tester", before=small)
        seen.add(code)
        assert code in (0, 1), "%d bytes: exit %s: %s" % (room, code, message[-300:])
        assert code == 0 or message, "%d bytes: no reason" % room
        now = run.stats(path)["generation"]
        assert now == 2 - code, "%d bytes: exit %d and generation %d" % (room, code, now)
        assert code == 0 or run.held(path) == before
        run.must("case", "verify", path)
    assert seen == {0, 1}, "exit codes %s for %d bytes" % (seen, size)


@case
def a_full_file_system(run):
    folder = os.path.dirname(run.path("small/x"))
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], stderr=subprocess.DEVNULL).returncode != 0:
        return "# SKIP no leave to mount a small file system"
    try:
        path = run.fresh("small/x.case", [0])
        before = run.held(path)
        with open(os.path.join(folder, "filler"), "wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)):
                    pass
            except OSError:
                pass
        run.refused("full", "case", "import", path, run.lists[1], "--by", "a tester")
        os.unlink(os.path.join(folder, "filler"))
        assert run.held(path) == before
        run.must("case", "verify", path)
    finally:
        subprocess.run(["umount", folder], check=True)


@case
def rights_that_are_missing(run):
    path = run.fresh("rights/x.case", [0])
    folder = os.path.dirname(path)
    before, stats = run.held(path), run.stats(path)
    shutil.copy(run.program, run.path("bin/interdict"))
    run.program, kept = run.path("bin/interdict"), run.program
    try:
        for part in (run.work, os.path.dirname(run.program)):
            os.chmod(part, 0o755)
        os.chmod(run.program, 0o755)
        for name in run.lists:
            os.chmod(name, 0o644)
        if os.getuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            os.chown(path, NOBODY, NOBODY)
        os.chmod(path, 0o444)
        run.refused("read-only", "case", "import", path, run.lists[1], "--by", "a tester", before=as_somebody)
        os.chmod(folder, 0o555)
        for rights in (0o444, 0o644):
            os.chmod(path, rights)
            for command in (("stats", path, "--json"), ("export", path, "--format", "statements"), ("verify", path),
                            ("diff", path, "--dataset", "killed", "--jsonl")):
                code, message, out = run("case", *command, before=as_somebody)
                assert code == 0, "case %s in a folder that cannot be written: %s" % (command[0], message)
                if command[0] == "stats":
                    assert json.loads(out) == stats
            run.refused((), "case", "import", path, run.lists[1], "--by", "a tester", before=as_somebody)
        # Whoever wrote was killed: what is in the log counts, and cannot be taken in here.
        os.chmod(folder, 0o755)
        os.chmod(path, 0o644)
        leave_a_log(run, path)
        assert os.path.getsize(path + "-wal") > 0
        os.unlink(path + "-shm")
        for name in (path, path + "-wal"):
            os.chmod(name, 0o444)
        os.chmod(folder, 0o555)
        code, message, out = run("case", "stats", path, "--json", before=as_somebody)
        assert (code == 1 and "-wal" in message) or (code == 0 and json.loads(out)["generation"] == 2), message
        os.chmod(folder, 0o755)
        for name in (path, path + "-wal"):
            os.chmod(name, 0o644)
        assert run.held(path, 1) == before
        run.must("case", "verify", path)
        os.chmod(path, 0o000)
        run.refused(path, "case", "stats", path, before=as_somebody)
    finally:
        run.program = kept
        os.chmod(folder, 0o755)


def leave_a_log(run, path):
    """A reader that stays keeps the writer from folding its log into the case; then everybody is killed."""
    reader = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM meta").fetchone()
    copy = path + ".kept"
    run.must("case", "import", path, run.lists[1], "--by", "a tester")
    for tail in ("", "-wal"):
        shutil.copyfile(path + tail, copy + tail)
    reader.close()
    for tail in ("", "-wal"):
        os.replace(copy + tail, path + tail)
        if os.getuid() == 0:
            os.chown(path + tail, NOBODY, NOBODY)
    open(path + "-shm", "wb").close()


@case
def held_by_another_process(run):
    path = run.fresh("lock/x.case", [0])
    before = run.held(path)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    run.refused("locked by another process", "case", "import", path, run.lists[1], "--by", "a tester")
    assert time.monotonic() - began < 30
    assert run.held(path) == before, "readers are not held up"
    holder.execute("ROLLBACK")
    holder.close()
    run.must("case", "import", path, run.lists[1], "--by", "a tester")


@case
def cut_short(run):
    path = run.fresh("cut/x.case", [0, 1])
    with open(path, "rb") as file:
        whole = file.read()
    for size in sorted({0, 1, 99, 100, 8191, 8192, 8193, len(whole) // 2, len(whole) - 8192, len(whole) - 1}):
        with open(path, "wb") as out:
            out.write(whole[:size])
        run.refused(path, "case", "verify", path)
        if size in (0, 1, 99, len(whole) // 2):
            run.refused(path, "case", "export", path)
        assert os.path.getsize(path) == size, "the damaged file was changed"
        for tail in ("-wal", "-shm"):
            if os.path.exists(path + tail):
                os.unlink(path + tail)


@case
def one_bit_in_every_page(run):
    path = run.fresh("bits/x.case", [0, 1])
    with open(path, "rb") as file:
        whole = file.read()
    page = int.from_bytes(whole[16:18], "big")
    pages = len(whole) // page
    chosen = sorted({1, 2, pages} | set(run.dice.sample(range(1, pages + 1), min(pages, PAGES_TURNED))))
    for number in chosen:
        at = (number - 1) * page + run.dice.randrange(page)
        bad = bytearray(whole)
        bad[at] ^= 1 << run.dice.randrange(8)
        with open(path, "wb") as out:
            out.write(bad)
        code, message, _ = run("case", "verify", path)
        assert code == 1, "page %d of %d, byte %d: exit %d: %s" % (number, pages, at, code, message[-200:])
        assert number == 1 or "page %d is damaged" % number in message, message
        for tail in ("-wal", "-shm"):
            if os.path.exists(path + tail):
                os.unlink(path + tail)
    return "%d of %d pages" % (len(chosen), pages)


def main():
    program = os.path.abspath(sys.argv[1])
    only = sys.argv[2:]
    failures = 0
    chosen = [function for function in cases if not only or function.__name__ in only]
    print("1..%d" % len(chosen))
    with tempfile.TemporaryDirectory(prefix="itd-kill-") as work:
        run = Run(work, program)
        for number, function in enumerate(chosen, 1):
            try:
                note = function(run) or ""
                print("ok %d - %s%s" % (number, function.__name__.replace("_", " "), " " + note if note.startswith("#") else ""))
                if note and not note.startswith("#"):
                    print("#   %s" % note)
            except (AssertionError, subprocess.TimeoutExpired) as failure:
                failures += 1
                print("not ok %d - %s" % (number, function.__name__.replace("_", " ")))
                for line in (str(failure) or traceback.format_exc()).splitlines():
                    print("#   %s" % line)
            sys.stdout.flush()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
