#!/usr/bin/env python3
"""Turns assets.tsv into the C table of src/base/amount_table.h: assets.py INPUT OUTPUT"""
import re
import sys

KINDS = {"iso", "metal", "withdrawn", "crypto"}
EXPONENT_MAX = 12  # an int64 of the smallest unit then reaches nine million (docs/adr/0008-smallest-units.md)


def main(source, target):
    assets, names = [], {}
    with open(source, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != 5:
                sys.exit(f"{source}:{number}: five columns are needed, {len(fields)} are there")
            code, exponent, kind, synonyms, _note = fields
            if not re.fullmatch(r"[0-9]+", exponent) or int(exponent) > EXPONENT_MAX or kind not in KINDS:
                sys.exit(f"{source}:{number}: the exponent or the kind is wrong")
            for name in [code] + [s for s in synonyms.split(",") if s]:
                if not re.fullmatch(r"[A-Z0-9]{3,8}", name) or name in names:
                    sys.exit(f"{source}:{number}: {name} is no code, or is there twice")
                names[name] = len(assets)
            assets.append((code, int(exponent), kind == "crypto"))
    with open(target, "w", encoding="utf-8") as out:
        out.write(f'/* Made from {source.rsplit("/", 1)[-1]}. */\n#include "base/amount_table.h"\n\n')
        out.write("static const itd_asset assets[] = {\n")
        for code, exponent, crypto in assets:
            out.write(f'    {{"{code}", {exponent}, {"true" if crypto else "false"}}},\n')
        out.write("};\n\nconst itd_asset_name itd_asset_names[] = {\n")
        for name in sorted(names):
            out.write(f'    {{"{name}", &assets[{names[name]}]}},\n')
        out.write("};\n\nconst size_t itd_asset_name_count = sizeof itd_asset_names / sizeof itd_asset_names[0];\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
