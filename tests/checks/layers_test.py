#!/usr/bin/env python3
"""Each rule of layers.py has to find what it is there for: a small tree with one fault a rule. Prints TAP."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import layers

GUARD = "#ifndef X_H\n#define X_H\n#endif\n"
# rule, file, text, and whether the rule has to complain
ROWS = [
    (layers.arrows, "src/read/a.c", '#include "model/schema.h"\n', False),
    (layers.arrows, "src/read/a.c", '#include "base/sv.h"\n', False),
    (layers.arrows, "src/read/a.c", '#include "match/match.h"\n', True),
    (layers.arrows, "src/base/a.c", '#include "model/schema.h"\n', True),
    (layers.arrows, "src/match/a.c", '#include "read/reader.h"\n', True),
    (layers.arrows, "src/engine/a.c", '#include "read/reader.h"\n', False),
    (layers.arrows, "src/engine/a.c", '#include "cli/option.h"\n', True),
    (layers.arrows, "src/cli/a.c", '#include "interdict/screen.h"\n#include "cli/option.h"\n', False),
    (layers.arrows, "src/cli/a.c", '#include "engine/index.h"\n', True),
    (layers.arrows, "src/cli/a.c", '#include "base/json.h"\n', True),
    (layers.arrows, "src/match/a.c", '#include "interdict/screen.h"\n', True),
    (layers.arrows, "src/screen/a.c", '#include "interdict/screen.h"\n', False),
    (layers.arrows, "src/screen/a.c", '#include "interdict/compare.h"\n', True),
    (layers.arrows, "include/interdict/a.h", '#include "base/sv.h"\n', True),
    (layers.arrows, "src/read/a.c", '#include "reader.h"\n', True),
    (layers.arrows, "src/other/a.c", "int a;\n", True),
    (layers.names, "src/base/util.c", "int a;\n", True),
    (layers.names, "src/base/utility_poles.c", "int a;\n", False),
    (layers.banned, "src/base/a.c", "void f(char *a) { strcpy(a, a); }\n", True),
    (layers.banned, "src/base/a.c", "/* strcpy(a) */ const char *s = \"gets(\";\n", False),
    (layers.banned, "src/base/a.c", "int n = itd_atoi(s) + x->atoi(s);\n", False),
    (layers.memory, "src/read/a.c", "void *p = malloc(3);\n", True),
    (layers.memory, "src/read/a.c", "void *p = itd_malloc(3);\n", False),
    (layers.memory, "src/base/memory.c", "void *p = malloc(3);\n", False),
    (layers.memory, "src/base/arena.c", "void *p = realloc(q, 3);\n", True),
    (layers.writes, "src/index/a.c", 'FILE *f = fopen("a", "w");\n', True),
    (layers.writes, "src/base/file.c", "write(1, p, n);\n", False),
    (layers.writes, "src/cli/a.c", 'fwrite(p, 1, n, stdout);\n', False),
    (layers.writes, "src/cli/a.c", 'FILE *f = fopen("a", "w");\n', True),
    (layers.weak, "src/base/a.c", "extern int f(int) __attribute__((weak));\n", True),
    (layers.sizes, "src/base/a.c", "\n" * 701, True),
    (layers.sizes, "src/base/a.c", "\n" * 700, False),
    (layers.guards, "src/base/a.h", "int a;\n", True),
    (layers.guards, "src/base/a.h", GUARD, False),
]


def main():
    failures = 0
    print("1..%d" % len(ROWS))
    for number, (rule, path, text, complains) in enumerate(ROWS, 1):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(os.path.join(root, os.path.dirname(path)))
            with open(os.path.join(root, path), "w", encoding="utf-8") as out:
                out.write(text)
            good = bool(rule(root)) == complains
        failures += not good
        print("%sok %d - %s %s %s" % ("" if good else "not ", number, rule.__name__, "finds" if complains else "allows",
                                      text.strip().split("\n")[0][:60]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
