#!/usr/bin/env python3
"""Runs the commands of documents that use data/examples, as they stand there. Prints TAP, a case a command.

    examples.py PROGRAM SOURCE DOCUMENT…

Of each block of code in which data/examples occurs, the lines that begin with `interdict` are run in order, in an empty folder
in which only `data` is there. Exit 0 and 10 are answers.
"""
import os
import re
import subprocess
import sys
import tempfile


def commands(document):
    for block in re.findall(r"^```\n(.*?)^```", open(document, encoding="utf-8").read(), re.M | re.S):
        if "data/examples/" in block:
            yield from (line for line in block.splitlines() if line.startswith("interdict "))


def main():
    program, source = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    number = bad = 0
    for document in sys.argv[3:]:
        found = list(commands(document))
        if not found:
            found = ["false # no command of %s uses data/examples" % document]
        with tempfile.TemporaryDirectory(prefix="itd-examples-") as work:
            folder = os.path.join(work, "clone")
            os.mkdir(folder)
            os.symlink(program, os.path.join(work, "interdict"))
            os.symlink(os.path.join(source, "data"), os.path.join(folder, "data"))
            for command in found:
                number += 1
                done = subprocess.run(["sh", "-c", command], cwd=folder, env=dict(os.environ, PATH=work + ":" + os.environ["PATH"]),
                                      capture_output=True, text=True, timeout=60)
                good = done.returncode in (0, 10)
                bad += not good
                print("%sok %d - %s" % ("" if good else "not ", number, command.replace("#", "")[:100]))
                if not good:
                    print("#   exit %d\n#   %s" % (done.returncode, done.stderr.replace("\n", "\n#   ")))
    print("1..%d" % number)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
