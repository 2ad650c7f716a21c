#!/usr/bin/env python3
"""What the sections of an index take: bytes, and bytes a name.

    bench/index/sections.py X.idx [PROGRAM]

The names of the sections are those of src/index/layout.h.
"""
import json
import os
import re
import struct
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEADER, ROW, COUNT_AT = 256, 56, 24  # of base/pack.h


def section_names():
    """{number: name} of the enumeration."""
    with open(os.path.join(ROOT, "src", "index", "layout.h"), encoding="utf-8") as file:
        text = file.read()
    names, number = {}, 0
    for name, given in re.findall(r"^\s*ITD_SECTION_(\w+)(?:\s*=\s*(\d+))?,", text, re.M):
        number = int(given) if given else number + 1
        names[number] = name.lower().replace("_", " ")
    return names


def main():
    path, program = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else os.path.join(ROOT, "build", "interdict")
    about = json.loads(subprocess.run([program, "index", "verify", path, "--json"], check=True, capture_output=True).stdout)
    names, labels = about["names"], section_names()
    with open(path, "rb") as file:
        head = file.read(HEADER + 64 * ROW)
    count = struct.unpack_from("<I", head, COUNT_AT)[0]
    print("| section | bytes | a name |\n|---|---:|---:|")
    for size, number in sorted(((struct.unpack_from("<Q", head, HEADER + ROW * i + 16)[0],
                                 struct.unpack_from("<I", head, HEADER + ROW * i)[0]) for i in range(count)), reverse=True):
        print(f"| {labels.get(number, number)} | {size:,} | {size / names:.1f} |")
    print(f"| all of it | {about['bytes']:,} | {about['bytes'] / names:.1f} |")


if __name__ == "__main__":
    main()
