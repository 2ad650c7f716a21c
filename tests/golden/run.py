#!/usr/bin/env python3
"""Runs command-line cases of *.test files against the program; one TAP case each.

    run.py PROGRAM FILE.test…

A file holds cases that share a temporary folder and run in order, in the source folder:

    == a name                       starts a case
    # a remark                      before the first block only
    needs $DATA/lists/un            the case is skipped when this path is not there
    $ interdict screen -l $TMP/x.idx "Bureau 39" --jsonl
    exit 10                         0 when absent
    --- stdin                       lines until the next `---` or `==`; absent: empty
    --- stdout                      exact lines; {{…}} inside is a regular expression; absent: not looked at
    --- stdout contains             each line occurs somewhere
    --- stdout lacks                none of the lines occurs
    --- stderr contains             the same of the messages
    --- json                        stdout is a JSON value a line; each line here is PATH OP VALUE, e.g.
                                    0.hits.0.id = "us-ofac-sdn-12209"    1.hits # 0    0.entities >= 3
                                    OP: = equal, != not equal, >= at least, # length, ~ matches, has: an array or text contains
    --- file $TMP/out.csv           exact lines of a file that the command wrote

$TMP, $DATA (the folder of real lists) and $SRC are replaced everywhere. A file without cases, or a case without a check of its output
other than its exit code, is an error: every case has to be able to fail.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.environ.get("INTERDICT_DATA") or os.path.join(SOURCE, "..", "shared", "data")


class Bad(Exception):
    pass


def parse(path, temporary):
    """Cases as dictionaries: name, needs, command, exit, blocks [(kind, lines)]."""
    found, block = [], None
    with open(path, encoding="utf-8") as text:
        for number, line in enumerate(text, 1):
            line = line.rstrip("\n")
            for name, value in (("$TMP", temporary), ("$DATA", DATA), ("$SRC", SOURCE)):
                line = line.replace(name, value)
            if line.startswith("== "):
                found.append({"name": line[3:], "needs": [], "command": None, "exit": 0, "blocks": [], "line": number})
                block = None
            elif not found:
                if line and not line.startswith("#"):
                    raise Bad("%s:%d: text before the first case" % (path, number))
            elif line.startswith("--- "):
                block = []
                found[-1]["blocks"].append((line[4:].strip(), block))
            elif block is not None:
                block.append(line)
            elif line.startswith("$ "):
                found[-1]["command"] = shlex.split(line[2:])
            elif line.startswith("exit "):
                found[-1]["exit"] = int(line[5:])
            elif line.startswith("needs "):
                found[-1]["needs"].append(line[6:].strip())
            elif line and not line.startswith("#"):
                raise Bad("%s:%d: not understood: %s" % (path, number, line))
    for case in found:
        # The empty line before the next case belongs to the layout.
        for _, lines in case["blocks"]:
            while lines and not lines[-1]:
                lines.pop()
        if not case["command"]:
            raise Bad("%s:%d: a case without a command" % (path, case["line"]))
        if not [kind for kind, _ in case["blocks"] if kind != "stdin"]:
            raise Bad("%s:%d: a case that looks at nothing" % (path, case["line"]))
    if not found:
        raise Bad("%s: no case" % path)
    return found


def pattern(line):
    pieces = re.split(r"\{\{(.*?)\}\}", line)
    return "".join(piece if i % 2 else re.escape(piece) for i, piece in enumerate(pieces))


def same_lines(what, got, want):
    got = got.split("\n")
    if got and got[-1] == "":
        got.pop()
    for i in range(max(len(got), len(want))):
        if i >= len(got):
            raise Bad("%s ends before line %d: %s" % (what, i + 1, want[i]))
        if i >= len(want):
            raise Bad("%s has more than %d lines: %s" % (what, len(want), got[i]))
        if not re.fullmatch(pattern(want[i]), got[i]):
            raise Bad("%s line %d\n   want %s\n   got  %s" % (what, i + 1, want[i], got[i]))


def look_up(value, path):
    for step in path.split("."):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, TypeError, ValueError):
            raise Bad("no %s (at %s)" % (path, step)) from None
    return value


def check_json(out, lines):
    try:
        values = [json.loads(line) for line in out.splitlines() if line.strip()]
    except ValueError as error:
        raise Bad("not JSON: %s" % error) from None
    for line in lines:
        parts = re.fullmatch(r"(\S+) (=|!=|>=|#|~|has) (.*)", line)
        if not parts:
            raise Bad("not a check: %s" % line)
        if parts[1] == ".":
            got = values
        else:
            got = look_up(values, parts[1])
        operator, want = parts[2], parts[3] if parts[2] == "~" else json.loads(parts[3])
        good = {"=": lambda: got == want and type(got) is type(want), "!=": lambda: got != want,
                ">=": lambda: got >= want, "#": lambda: len(got) == want, "has": lambda: want in got,
                "~": lambda: re.search(want, got) is not None}[operator]()
        if not good:
            raise Bad("%s: got %s" % (line, json.dumps(got, ensure_ascii=False)[:300]))


def run(case, program):
    blocks = case["blocks"]
    stdin = "".join(line + "\n" for kind, lines in blocks if kind == "stdin" for line in lines)
    command = [program if word == "interdict" else word for word in case["command"]]
    done = subprocess.run(command, input=stdin.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=SOURCE, timeout=120)
    out, err = done.stdout.decode("utf-8", "strict"), done.stderr.decode("utf-8", "strict")
    if done.returncode != case["exit"]:
        raise Bad("exit %d, wanted %d\n%s" % (done.returncode, case["exit"], err[-800:]))
    for kind, lines in blocks:
        if kind == "stdout":
            same_lines("stdout", out, lines)
        elif kind in ("stdout contains", "stderr contains"):
            text = out if kind.startswith("stdout") else err
            for line in lines:
                if not re.search(pattern(line), text):
                    raise Bad("%s: no %s in\n%s" % (kind, line, text[-1500:]))
        elif kind == "stdout lacks":
            for line in lines:
                if re.search(pattern(line), out):
                    raise Bad("stdout has %s" % line)
        elif kind == "json":
            check_json(out, lines)
        elif kind.startswith("file "):
            with open(kind[5:].strip(), encoding="utf-8") as text:
                same_lines(kind, text.read(), lines)
        elif kind != "stdin":
            raise Bad("no such block: %s" % kind)


def main():
    program, files = os.path.abspath(sys.argv[1]), sys.argv[2:]
    number = failures = 0
    for path in files:
        temporary = tempfile.mkdtemp(prefix="itd-golden-")
        try:
            for case in parse(path, temporary):
                number += 1
                name = "%s: %s" % (os.path.basename(path)[:-5], case["name"])
                if [need for need in case["needs"] if not os.path.exists(need)]:
                    print("ok %d - %s # SKIP not there: %s" % (number, name, os.path.basename(case["needs"][0])))
                    continue
                try:
                    run(case, program)
                    print("ok %d - %s" % (number, name))
                except (Bad, OSError, UnicodeDecodeError, subprocess.TimeoutExpired) as error:
                    failures += 1
                    print("not ok %d - %s" % (number, name))
                    for line in ["%s:%d" % (path, case["line"])] + str(error).splitlines():
                        print("#   " + line)
        except Bad as error:
            number += 1
            failures += 1
            print("not ok %d - %s\n#   %s" % (number, os.path.basename(path), error))
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    print("1..%d" % number)
    return 1 if failures or number == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
