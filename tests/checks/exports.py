#!/usr/bin/env python3
"""The shared library exports what the public headers declare, nothing more and nothing less; and no room calls a room that it may not
include. Prints TAP.

    exports.py FOLDER_OF_LIBRARIES [ROOT]
"""
import glob
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import layers


def rooms_calls(archive):
    """Calls between objects of the archive that go against the arrows of layers.py."""
    listing = subprocess.run(["nm", "-A", archive], check=True, stdout=subprocess.PIPE, text=True).stdout
    defined, wanted = {}, []
    for line in listing.splitlines():
        found = re.match(r"^.*?([^/:]+\.c\.o):\S*\s+([A-Za-z]) (itd_\w+)$", line)
        if found:
            member, letter, symbol = found.groups()
            room = member.split("_")[0]
            if letter == "U":
                wanted.append((room, member, symbol))
            elif letter.isupper():
                defined[symbol] = room
    wrong = []
    for room, member, symbol in wanted:
        other = defined.get(symbol)
        # Tables that are generated from data/ belong to the room that names them in its header.
        if other in set(layers.ARROWS) | {"engine"} and room in layers.ARROWS and other not in layers.reach(room):
            wrong.append("%s calls %s of %s" % (member, symbol, other))
    return wrong if defined else ["no object found in " + archive]


def main():
    library = os.path.join(sys.argv[1], "libinterdict.so")
    root = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    declared = {}
    unmarked = []
    for path in sorted(glob.glob(os.path.join(root, "include", "interdict", "*.h"))):
        text = re.sub(r"/\*.*?\*/", " ", open(path, encoding="utf-8").read(), flags=re.S)
        text = re.sub(r"^\s*#.*(?:\\\n.*)*$", "", text, flags=re.M)
        for statement in re.split(r"[;{}]", text):
            found = re.search(r"\b(itd_\w+)\s*\((?!\s*\*)", statement)  # a pointer to a function is none
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
        ("no room calls against the arrows", rooms_calls(os.path.join(sys.argv[1], "libinterdict.a"))),
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
