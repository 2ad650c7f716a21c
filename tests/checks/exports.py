#!/usr/bin/env python3
"""The shared library exports what the public headers declare, nothing more and nothing less. Prints TAP.

    exports.py LIBRARY [ROOT]
"""
import glob
import os
import re
import subprocess
import sys


def main():
    library = sys.argv[1]
    root = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    declared = {}
    unmarked = []
    for path in sorted(glob.glob(os.path.join(root, "include", "interdict", "*.h"))):
        text = re.sub(r"/\*.*?\*/", " ", open(path, encoding="utf-8").read(), flags=re.S)
        text = re.sub(r"^\s*#.*(?:\\\n.*)*$", "", text, flags=re.M)
        for statement in re.split(r"[;{}]", text):
            found = re.search(r"\b(itd_\w+)\s*\(", statement)
            if found and not re.search(r"\btypedef\b|\(\s*\*", statement.split(found.group(1))[0]):
                declared[found.group(1)] = os.path.basename(path)
                if "ITD_API" not in statement:
                    unmarked.append("%s: %s lacks ITD_API" % (os.path.basename(path), found.group(1)))
    listing = subprocess.run(["nm", "-D", "--defined-only", library], check=True, stdout=subprocess.PIPE, text=True).stdout
    exported = {line.split()[2].split("@")[0] for line in listing.splitlines() if len(line.split()) == 3}
    rules = [
        ("every declared function is marked ITD_API", unmarked),
        ("every declared function is exported", ["%s of %s" % (name, declared[name]) for name in sorted(set(declared) - exported)]),
        ("nothing else is exported", sorted(exported - set(declared))),
        ("there is something to look at", [] if declared else ["no declaration found"]),
    ]
    failures = 0
    for number, (title, wrong) in enumerate(rules, 1):
        failures += bool(wrong)
        print("%sok %d - %s" % ("not " if wrong else "", number, title))
        for line in wrong:
            print("#   " + line)
    print("1..%d" % len(rules))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
