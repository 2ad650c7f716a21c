#!/usr/bin/env python3
"""Holds the source against the house rules that a compiler does not see. Prints TAP, a case a rule.

    layers.py [ROOT]

The arrows between rooms are those of docs/adr/0001-layer-rule.md.
"""
import os
import re
import sys

# What a room may include beside itself and the public headers' status and value types.
ARROWS = {
    "base": [],
    "text": ["base"],
    "model": ["base", "text"],
    "read": ["model"],
    "store": ["model"],
    "match": ["text", "model"],
    "index": ["match"],
    "screen": ["index"],
    "resolve": ["index"],
    "fetch": ["base"],
    "graph": ["base"],
    "own": ["graph", "model"],
    "flow": ["graph", "model"],
    "plan": ["graph", "model"],
    "share": ["model"],
    "simulate": ["model"],
}
# Public headers of value types that every room shares. Beside them a room knows the public header of its own name, whose types it
# fills; that it calls nothing of the engine is seen in the objects, by exports.py.
VALUE_HEADERS = ("interdict/status.h", "interdict/identifier.h", "interdict/algorithm.h", "interdict/nearest.h")
FACES = ["cli", "server", "stream"]
FILE_LINES_MAX = 700

BANNED = "strcpy strcat sprintf vsprintf gets strtok atoi atol atof strncpy strncat alloca system popen tmpnam mktemp".split()
# Only base may ask the system for memory or write to it, so that fault tests reach every such call.
MEMORY = "malloc calloc realloc free strdup strndup reallocarray aligned_alloc posix_memalign asprintf vasprintf getline".split()
WRITES = "fopen fdopen freopen write pwrite writev fwrite open openat creat rename renameat fsync ftruncate mmap".split()
# A face prints and takes memory by itself; what it writes to a file still goes through the library.
FACE_FREE = set(MEMORY) | {"fwrite"}


def reach(room):
    """All rooms that `room` may include: its arrows and theirs."""
    seen, todo = {room}, list(ARROWS[room])
    while todo:
        other = todo.pop()
        if other not in seen:
            seen.add(other)
            todo += ARROWS[other]
    return seen


def sources(root, folder):
    for here, _, names in sorted(os.walk(os.path.join(root, folder))):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                path = os.path.join(here, name)
                yield os.path.relpath(path, root), open(path, encoding="utf-8").read()


def bare(text):
    """The text with comments and string literals emptied; lines stay."""
    def empty(found):
        return "\n" * found.group(0).count("\n") if found.group(0).startswith("/") else '""'
    return re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"", empty, text, flags=re.S)


def calls(text, names):
    """Calls of the functions as (line, name); a member or a longer name is none."""
    pattern = re.compile(r"(?<![\w.>])(%s)\s*\(" % "|".join(names))
    for number, line in enumerate(bare(text).split("\n"), 1):
        for found in pattern.finditer(line):
            yield number, found.group(1)


def room_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "src" else parts[0]


def arrows(root):
    wrong = []
    rooms = set(ARROWS) | set(FACES) | {"engine"}
    for path, text in list(sources(root, "src")) + list(sources(root, "include")):
        room = room_of(path)
        if room not in rooms and room != "include":
            wrong.append("%s: no such room in the house" % path)
            continue
        for number, line in enumerate(text.split("\n"), 1):
            found = re.match(r'\s*#\s*include\s+["<]([a-z_]+)/', line)
            quoted = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            target = found.group(1) if found else None
            if quoted and not found:
                wrong.append('%s:%d: write the room: "%s"' % (path, number, quoted.group(1)))
            elif target == "interdict":
                if room not in FACES + ["engine", "include"]:
                    if quoted.group(1) not in VALUE_HEADERS + ("interdict/%s.h" % room,):
                        wrong.append("%s:%d: a room knows no %s" % (path, number, quoted.group(1)))
            elif target in rooms:
                if room == "engine":
                    allowed = set(ARROWS) | {"engine"}
                elif room in FACES:
                    allowed = {room}
                elif room == "include":
                    allowed = set()
                else:
                    allowed = reach(room)
                if target not in allowed:
                    wrong.append("%s:%d: %s may not use %s" % (path, number, room, target))
    return wrong


def no_cycles(root):
    del root
    return ["%s reaches itself" % room for room in ARROWS if any(room in reach(other) for other in ARROWS[room])]


def names(root):
    wrong = []
    for folder in ("src", "include", "tests", "bench", "scripts"):
        for here, _, files in os.walk(os.path.join(root, folder)):
            for name in files:
                if re.match(r"(utils?|helpers?|misc|common)([._]|$)", name):
                    wrong.append("%s/%s: a name that says what it is, please" % (os.path.relpath(here, root), name))
    return wrong


def banned(root):
    return ["%s:%d: %s" % (path, number, name)
            for folder in ("src", "include") for path, text in sources(root, folder) for number, name in calls(text, BANNED)]


def memory(root):
    return ["%s:%d: %s (base/memory.h, please)" % (path, number, name)
            for path, text in sources(root, "src") if path != "src/base/memory.c"
            for number, name in calls(text, MEMORY)
            if not (room_of(path) in FACES and name in FACE_FREE)]


def writes(root):
    return ["%s:%d: %s (base/file.h or base/input.h, please)" % (path, number, name)
            for path, text in sources(root, "src") if room_of(path) != "base"
            for number, name in calls(text, WRITES)
            if not (room_of(path) in FACES and name in FACE_FREE)]


def weak(root):
    return ["%s:%d: a weak symbol is absent in silence" % (path, number)
            for path, text in sources(root, "src") for number, line in enumerate(bare(text).split("\n"), 1)
            if re.search(r"__attribute__\s*\(\(\s*_*weak_*\b", line)]


def sizes(root):
    return ["%s: %d lines" % (path, text.count("\n"))
            for folder in ("src", "include") for path, text in sources(root, folder) if text.count("\n") > FILE_LINES_MAX]


def guards(root):
    wrong = []
    for folder in ("src", "include"):
        for path, text in sources(root, folder):
            if path.endswith(".h"):
                found = re.search(r"^#ifndef (\w+)\n#define (\w+)$", text, flags=re.M)
                if not found or found.group(1) != found.group(2):
                    wrong.append("%s: no include guard" % path)
    return wrong


RULES = [
    ("rooms include only what their arrows allow", arrows),
    ("the arrows have no cycle", no_cycles),
    ("no file is named util or the like", names),
    ("no banned function", banned),
    ("memory comes from base/memory.h", memory),
    ("files are opened and written by base", writes),
    ("no weak symbol", weak),
    ("no file of over %d lines" % FILE_LINES_MAX, sizes),
    ("every header has its guard", guards),
]


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    failures = 0
    print("1..%d" % len(RULES))
    for number, (title, rule) in enumerate(RULES, 1):
        wrong = rule(root)
        failures += bool(wrong)
        print("%sok %d - %s" % ("not " if wrong else "", number, title))
        for line in wrong:
            print("#   " + line)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
