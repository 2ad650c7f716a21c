#!/usr/bin/env python3
"""Turns publishers.tsv into the C table of src/engine/publishers.h: publishers.py INPUT OUTPUT"""
import re
import sys

COLUMNS = ("dataset", "title", "publisher", "formats", "key", "file", "address", "page", "licence", "rhythm", "note", "source")


def fault(row):
    """What is wrong with a row; None: nothing."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["dataset"]):
        return "this is no dataset"
    for column in ("title", "publisher", "formats", "key", "licence", "source"):
        if not row[column]:
            return "the %s is missing" % column
    if not re.search(r"\b20[0-9][0-9]\b", row["source"]):
        return "the source has no date"
    for column in ("address", "page"):
        if row[column] and not re.fullmatch(r"https://[a-z0-9.-]+(/[\x21-\x7e]*)?", row[column]):
            return "the %s is not one of HTTPS" % column
    if "$" in row["address"] and not re.fullmatch(r"[^$]*\$[A-Z_]+", row["address"]):
        return "a $NAME of a token stands at the end"
    if row["file"] and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", row["file"]):
        return "this is no file name"
    if row["address"] and not (row["file"] and row["rhythm"]):
        return "what is fetched needs a file name and a rhythm"
    if not row["address"] and not row["note"]:
        return "why can it not be fetched?"
    return None


def literal(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"') if text else "NULL"


def main(source, target):
    rows = []
    with open(source, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            fields = ["" if field == "-" else field for field in line.split("\t")]
            if len(fields) != len(COLUMNS):
                sys.exit(f"{source}:{number}: {len(COLUMNS)} columns are needed, {len(fields)} are there")
            row = dict(zip(COLUMNS, fields))
            wrong = fault(row)
            if wrong or row["dataset"] in [r["dataset"] for r in rows]:
                sys.exit(f"{source}:{number}: {wrong or 'this dataset is there twice'}")
            rows.append(row)
    with open(target, "w", encoding="utf-8") as out:
        out.write(f'/* Made from {source.rsplit("/", 1)[-1]}. */\n#include "engine/publishers.h"\n\n')
        out.write("const itd_publisher itd_publishers[] = {\n")
        for row in rows:
            out.write("    {%s},\n" % ", ".join(f".{column} = {literal(row[column])}" for column in COLUMNS))
        out.write("};\n\nconst size_t itd_publisher_count = sizeof itd_publishers / sizeof itd_publishers[0];\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
