#!/usr/bin/env python3
"""Who did what in a case: printed, exported, signed, verified; and what somebody may do to it. The chain, the signatures, the rows and the
statements are checked a second time by tests/checks/audit_chain.py, which shares nothing with the program. Prints TAP.

    audit.py PROGRAM
"""
import csv
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
CHECK = os.path.join(ROOT, "tests", "checks", "audit_chain.py")
LISTS = os.path.join(ROOT, "data", "demo", "lists")
FAILURE, USAGE = 1, 2


class Tests:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.count = self.failed = 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *words, code=0, given=None):
        done = subprocess.run([self.program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, input=given)
        assert done.returncode == code, "%s gives %d: %s" % (" ".join(words), done.returncode, done.stderr)
        return done.stdout, done.stderr

    def check(self, *words, code=0):
        done = subprocess.run([sys.executable, CHECK, *words], stdout=subprocess.PIPE, text=True)
        assert done.returncode == code, "the check gives %d: %s" % (done.returncode, done.stdout)
        return done.stdout

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def case(self, name):
        """A case with two imports, by two persons."""
        path = self.path(name)
        self.run("case", "init", path, "-q")
        self.run("case", "import", path, LISTS, "--by", "Ada Lovelace", "-q")
        self.run("case", "import", path, os.path.join(LISTS, "un"), "-q")
        return path

    def test(self, function):
        self.count += 1
        name = function.__name__.replace("_", " ")
        try:
            function(self)
            print("ok %d - %s" % (self.count, name))
        except (AssertionError, KeyError, ValueError) as wrong:
            self.failed += 1
            print("not ok %d - %s\n# %s" % (self.count, name, str(wrong).replace("\n", "\n# ")))


def who_did_what_is_printed_in_every_form(t):
    case = t.case("a.case")
    items = [json.loads(line) for line in t.run("audit", case, "--jsonl")[0].splitlines()]
    assert [i["number"] for i in items] == [1, 2] and [i["command"] for i in items] == ["import", "import"], items
    assert items[0]["person"] == "Ada Lovelace" and items[1]["person"], items
    assert items[1]["previous"] == items[0]["hash"] and items[0]["time"] < items[1]["time"], items
    assert json.loads(t.run("audit", case, "--json")[0]) == items
    rows = list(csv.DictReader(io.StringIO(t.run("audit", case, "--csv")[0])))
    assert [(r["number"], r["hash"], r["person"]) for r in rows] == [(str(i["number"]), i["hash"], i["person"]) for i in items], rows
    table = t.run("audit", case)[0]
    assert "Ada Lovelace" in table and "consolidated.xml" in table and items[0]["hash"] not in table, table
    assert [json.loads(line)["number"] for line in t.run("audit", case, "--from", "2", "--jsonl")[0].splitlines()] == [2]
    assert t.run("audit", case, "--from", "3", "--jsonl") == ("", "")


def a_person_is_named_or_the_login_is(t):
    case = t.path("b.case")
    t.run("case", "init", case, "-q")
    for name in ("", "  ", "a\nb", "a" * 256):
        t.run("case", "import", case, LISTS, "--by", name, code=USAGE)
    assert t.run("audit", case, "--jsonl")[0] == ""
    t.run("case", "import", case, LISTS, "--by", "김 정은", "-q")
    assert json.loads(t.run("audit", case, "--jsonl")[0])["person"] == "김 정은"


def an_independent_check_agrees(t):
    case = t.case("c.case")
    key = t.path("c.key")
    t.run("audit", "--make-key", key, "-q")
    t.run("audit", case, "--checkpoint", "--key", key)
    export = t.write("c.jsonl", t.run("audit", case, "--export")[0])
    said = t.check(export, case)
    verified = json.loads(t.run("case", "verify", case, "--json")[0])
    assert said == "ok: 2 records, 1 checkpoints, %d statements\n" % verified["statements"], said
    assert verified["statements"] == 418 and verified["generations"] == 3 and verified["records"] == 2, verified
    assert verified["head"] == json.loads(t.run("audit", case, "--jsonl")[0].splitlines()[-1])["hash"]
    with open(export, encoding="utf-8") as file:
        lines = file.read().splitlines()
    for number, wanted in ((1, "audit record 1 was changed"), (2, "audit record 2 was changed")):
        changed = list(lines)
        changed[number] = changed[number].replace("import", "emport")
        assert t.check(t.write("x.jsonl", "\n".join(changed)), code=1) == wanted + "\n"
    assert "audit record 1 is missing" in t.check(t.write("x.jsonl", "\n".join(lines[:1] + lines[2:])), code=1)
    assert "checkpoint" in t.check(t.write("x.jsonl", "\n".join(lines[:2] + lines[3:])), code=1)
    assert "another key" in t.check(export, "--public-key", "00" * 32, code=1)


def properties_that_the_model_does_not_have_are_verified(t):
    entity = {"id": "inv-1", "schema": "Person", "datasets": ["inv"], "properties": {"name": ["Orlin Vassek"], "zork": ["z"]}}
    case = t.path("beyond.case")
    t.run("case", "init", case, "-q")
    t.run("case", "import", case, t.write("beyond.ftm.json", json.dumps(entity) + "\n"), "-q")
    t.run("case", "verify", case, "-q")
    assert t.check(t.write("beyond.jsonl", t.run("audit", case, "--export")[0]), case) == "ok: 1 records, 0 checkpoints, 3 statements\n"


def keys_are_for_their_owner(t):
    key = t.path("d.key")
    public = t.run("audit", "--make-key", key)[0].split()[-1]
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600
    with open(key, encoding="ascii") as file:
        before = file.read()
    assert before.startswith("interdict-key-1\npublic %s\nsecret " % public), before
    assert "there is a file" in t.run("audit", "--make-key", key, code=USAGE)[1]
    with open(key, encoding="ascii") as file:
        assert file.read() == before
    case = t.case("d.case")
    assert json.loads(t.run("audit", case, "--checkpoint", "--key", key)[0])["key"] == public
    for mode in (0o640, 0o604, 0o660):
        os.chmod(key, mode)
        assert "others than its owner" in t.run("audit", case, "--checkpoint", "--key", key, code=FAILURE)[1]
    assert json.loads(t.run("case", "verify", case, "--json")[0])["checkpoints"] == 1


def a_case_that_is_cut_back_is_found_by_what_was_kept_elsewhere(t):
    case, key = t.path("e.case"), t.path("e.key")
    t.run("case", "init", case, "-q")
    t.run("case", "import", case, LISTS, "-q")
    t.run("case", "verify", case, "-q")
    shutil.copy(case, t.path("older.case"))
    t.run("case", "import", case, os.path.join(LISTS, "un"), "-q")
    public = json.loads(t.run("audit", "--make-key", key, "--json", "-q")[0])["public_key"]
    anchored = t.write("e.jsonl", t.run("audit", case, "--checkpoint", "--key", key)[0])
    t.run("case", "verify", case, "--checkpoint", anchored, "--public-key", public)
    t.run("case", "import", case, os.path.join(LISTS, "un"), "-q")  # the chain goes on, and the checkpoint fits still
    t.run("case", "verify", case, "--checkpoint", anchored, "--public-key", public)
    with open(anchored, encoding="utf-8") as file:
        line = file.read()
    t.run("case", "verify", case, "--checkpoint", "-", given="\n" + line + "\n")
    os.replace(t.path("older.case"), case)
    assert "kept elsewhere" in t.run("case", "verify", case)[1]  # by itself it is whole
    said = t.run("case", "verify", case, "--checkpoint", anchored, code=FAILURE)[1]
    assert "audit record 2 is gone" in said, said
    broken = json.loads(t.run("case", "verify", case, "--checkpoint", anchored, "--json", code=FAILURE)[0])
    assert broken["ok"] is False and "audit record 2 is gone" in broken["broken"], broken
    for public_key in ("00" * 32, public[:-1] + ("0" if public[-1] != "0" else "1")):
        assert "another key" in t.run("case", "verify", case, "--checkpoint", anchored, "--public-key", public_key, code=FAILURE)[1]
    another = t.case("f.case")
    said = t.run("case", "verify", another, "--checkpoint", anchored, code=FAILURE)[1]
    assert "the checkpoint is of case" in said and "index" not in said, said


def what_is_no_checkpoint_is_refused(t):
    case, key = t.case("g.case"), t.path("g.key")
    t.run("audit", "--make-key", key, "-q")
    line = t.run("audit", case, "--checkpoint", "--key", key)[0]
    for text, wanted in (("", "no checkpoint in it"), ("\n\n", "no checkpoint in it"), (line + "x\n", ":2: "), (line[:-3] + "\n", ":1: "),
                         (line.replace(":2,", ":1,"), "not signed"), ("[]", ":1: ")):
        said = t.run("case", "verify", case, "--checkpoint", t.write("g.jsonl", text), code=FAILURE)[1]
        assert wanted in said, (text, said)
    most = 4096
    t.run("case", "verify", case, "--checkpoint", t.write("g.jsonl", line * most))
    assert "more than %d checkpoints" % most in t.run("case", "verify", case, "--checkpoint", t.write("g.jsonl", line * (most + 1)),
                                                      code=FAILURE)[1]
    t.run("case", "verify", case, "--checkpoint", t.path("none"), code=FAILURE)


def what_does_not_go_together_is_said(t):
    case = t.path("h.case")
    t.run("case", "init", case, "-q")
    for words in (["audit"], ["audit", case, "--make-key", "k"], ["audit", case, "--checkpoint"], ["audit", case, "--key", "k"],
                  ["audit", case, "--export", "--checkpoint", "--key", "k"], ["audit", case, "--export", "--from", "2"],
                  ["case", "verify", case, "--public-key", "00" * 32],
                  ["case", "verify", case, "--checkpoint", "k", "--public-key", "00"]):
        t.run(*words, code=USAGE)
    t.run("audit", t.path("none"), code=FAILURE)
    t.run("case", "verify", t.path("none"), code=FAILURE)
    assert json.loads(t.run("case", "verify", case, "--json")[0])["records"] == 0
    assert t.run("audit", case, "--json")[0].split() in (["[]"], ["[", "]"])


def a_changed_byte_is_found_wherever_it_is(t):
    case = t.case("i.case")
    size = os.path.getsize(case)
    pages = json.loads(t.run("case", "verify", case, "--json")[0])["pages"]
    page = size // pages
    assert page * pages == size
    with open(case, "rb") as file:
        whole = file.read()
    for number in range(pages):
        at = number * page + number * 7919 % page
        with open(case, "wb") as file:
            file.write(whole[:at] + bytes([whole[at] ^ 1 << number % 8]) + whole[at + 1:])
        said = t.run("case", "verify", case, "--json", code=FAILURE)[1]
        assert "page %d is damaged" % (number + 1) in said or number == 0, (at, said)
    for cut in (size - 1, size - page, page, 100, 1, 0):
        with open(case, "wb") as file:
            file.write(whole[:cut])
        t.run("case", "verify", case, code=FAILURE)
    with open(case, "wb") as file:
        file.write(whole)
    t.run("case", "verify", case)


def main():
    tests = [who_did_what_is_printed_in_every_form, a_person_is_named_or_the_login_is, an_independent_check_agrees,
             properties_that_the_model_does_not_have_are_verified, keys_are_for_their_owner,
             a_case_that_is_cut_back_is_found_by_what_was_kept_elsewhere, what_is_no_checkpoint_is_refused,
             what_does_not_go_together_is_said, a_changed_byte_is_found_wherever_it_is]
    print("1..%d" % len(tests))
    with tempfile.TemporaryDirectory(prefix="itd-audit-") as folder:
        runner = Tests(os.path.abspath(sys.argv[1]), folder)
        for test in tests:
            runner.test(test)
    return runner.failed > 0


if __name__ == "__main__":
    sys.exit(main())
