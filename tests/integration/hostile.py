#!/usr/bin/env python3
"""Gives the program what nobody should: bombs, damaged files, disks that fill up. Prints TAP.

    hostile.py PROGRAM [sanitized]

Whatever comes, the program ends by itself with one of its exit codes, says what is wrong and where, stays within MEMORY_MB,
and leaves no half-written file.
"""
import gzip
import json
import os
import random
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
MEMORY_MB = 600
# A program built with a sanitizer asks for terabytes of addresses at its start.
CAPPED = "sanitized" not in sys.argv[2:]

cases = []


class Run:
    def __init__(self, work, program):
        self.work, self.program = work, program

    def path(self, name):
        path = os.path.join(self.work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def put(self, name, content):
        path = self.path(name)
        with open(path, "wb") as out:
            out.write(content)
        return path

    def __call__(self, *arguments, stdin=None, memory_mb=MEMORY_MB):
        """Exit code and standard error; the memory that is asked of the system is capped."""
        def cap():
            if CAPPED:
                resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        done = subprocess.run([self.program, *arguments], stdin=stdin or subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, preexec_fn=cap)
        return done.returncode, done.stderr.decode("utf-8", "replace"), done.stdout


def case(function):
    cases.append(function)
    return function


def refused(run, words, *arguments, code=1, stdin=None):
    got, message, _ = run(*arguments, stdin=stdin)
    assert got == code, "exit %s, wanted %s: %s" % (got, code, message[:300])
    for word in [words] if isinstance(words, str) else words:
        assert word in message, "%r is not in: %s" % (word, message[:300])


def bomb(head, unit, size):
    """gzip of `head` and then `size` bytes of `unit` again and again, made without holding it."""
    pack = zlib.compressobj(6, zlib.DEFLATED, 31)
    block = unit * max(1, (1 << 20) // len(unit))
    parts = [pack.compress(head)]
    parts += [pack.compress(block) for _ in range(size // len(block))]
    return b"".join(parts) + pack.flush()


UN = b'<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="2026-01-15T00:00:00.000Z"><INDIVIDUALS>'
UN_END = b"</INDIVIDUALS></CONSOLIDATED_LIST>"
OFAC_XML = (b'<?xml version="1.0"?>\n<sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation>'
            b"<Publish_Date>01/02/2026</Publish_Date></publshInformation>")
OFAC = b'12209,"OFFICE 39",-0- ,"DPRK"' + b",-0- " * 8 + b"\r\n"
FTM = b'{"id":"a","schema":"Person","properties":{"name":["Qasim Zafarani"]}}\n'
TABLE = b"id,name,country\n1,Qasim Zafarani,kp\n"
STATEMENT = b'{"entity_id":"a","dataset":"d","schema":"Person","prop":"name","value":"Qasim"}\n'
JSON = b'{"name":"Qasim Zafarani","country":"kp"}\n'
LISTS = {"sdn.csv": OFAC, "sdn.xml": OFAC_XML + b"</sdnList>", "un.xml": UN + UN_END, "a.ftm.json": FTM, "t.csv": TABLE,
         "s.ndjson": STATEMENT, "j.jsonl": JSON}


@case
def a_line_without_end(run):
    openings = dict(LISTS)
    openings["sdn.csv"] += b'2,"'
    openings["sdn.xml"] = OFAC_XML + b"<sdnEntry><uid>1</uid><lastName>"
    openings["un.xml"] = UN + b"<INDIVIDUAL><DATAID>1</DATAID><COMMENTS1>"
    openings["t.csv"] += b'2,"'
    for name, opening in openings.items():
        opening += b'{"id":"' if opening[:1] == b"{" else b""
        path = run.put("line/%s/%s.gz" % (name, name), bomb(opening, b"a", 48 << 20))
        refused(run, [path, "16777216"], "lists", "stats", path)


@case
def bombs(run):
    zeros = bomb(b"", b"\0", 64 << 20)
    for name in LISTS:
        refused(run, "binary data", "lists", "stats", run.put("zeros/%s.gz" % name, zeros))
    refused(run, "binary data", "screen", "-l", run.index, "-i", run.put("zeros/q.gz", zeros))
    entities = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>' + UN[39:] + b"&b;" + UN_END
    refused(run, "document type declaration", "lists", "stats", run.put("x/entities.xml", entities))
    many = UN + b"<INDIVIDUAL " + b" ".join(b'a%d=""' % i for i in range(90000)) + b"/>" + UN_END
    refused(run, "ITD_XML_RECORD_ATTRIBUTES_MAX", "lists", "stats", run.put("x/attributes.xml", many))
    refused(run, "ITD_XML_TOKEN_BYTES_MAX", "lists", "stats", run.put("x/tag.xml", UN + b"<a " + b"b" * (3 << 20)))
    refused(run, "ITD_XML_DEPTH_MAX", "lists", "stats", run.put("x/deep.xml", UN + b"<a>" * 100000))
    nested = FTM + b'{"id":"b","schema":"Person","properties":{"name":' + b"[" * 100000 + b"\n"
    refused(run, ":2: JSON: more than 64 levels", "lists", "stats", run.put("x/nested.ftm.json", nested))


@case
def questions_read_ahead_are_bounded(run):
    names = json.dumps(["a" * 1000000] * 15).encode()
    line = b'{"id":"x","name":' + names + b"}\n"
    path = run.put("ahead/q.gz", bomb(b"", line, 24 * len(line)))
    code, message, _ = run("screen", "-l", run.index, "--threads", "1", "--jsonl", "-i", path, memory_mb=340)
    assert code == 0, message
    line = b'{"id":"x","left":{"schema":"Person","properties":{"name":%s}},"right":{"schema":"Person"}}\n' % names
    with open(run.put("ahead/c.gz", bomb(b"", line, 24 * len(line))), "rb") as pairs:
        code, message, _ = run("compare", "--threads", "1", "--jsonl", stdin=pairs, memory_mb=340)
    assert code == 0, message


@case
def one_question_of_thousands_of_names(run):
    names = ["aa%d bb%d cc%d dd%d ee%d" % (i, i, i, i, i) for i in range(2000)]
    entity = {"schema": "Person", "properties": {"name": names}}
    pair = run.put("many/pair", json.dumps({"id": "p7", "left": entity, "right": entity}).encode() + b"\n")
    with open(pair, "rb") as pairs:
        refused(run, ["pair p7", "ITD_MATCH_C"], "compare", "--jsonl", stdin=pairs)
    many = json.dumps({"id": "q7", "name": ["n%dx" % i for i in range(5000)]}).encode() + b"\n"
    refused(run, ["many/q:1", "ITD_MATCH_NAMES_MAX"], "screen", "-l", run.index, "-i", run.put("many/q", many))
    entity = {"id": "e7", "schema": "Person", "properties": {"name": ["n%dx" % i for i in range(5000)]}}
    path = run.put("many/e.ftm.json", FTM + json.dumps(entity).encode() + b"\n")
    refused(run, ["e.ftm.json:2", "e7", "ITD_MATCH_NAMES_MAX"], "index", "-o", run.path("many/e.idx"), path)
    assert not os.path.exists(run.path("many/e.idx")), "half an index was written"


@case
def truncated_and_foreign(run):
    for name, content in LISTS.items():
        packed = gzip.compress(content * 3 if name[-3:] != "xml" else content)
        refused(run, "cut off", "lists", "stats", run.put("cut/%s/%s.gz" % (name, name), packed[:-9]))
        refused(run, "a PDF", "lists", "stats", run.put("pdf/%s" % name, b"%PDF-1.7\n" + content))
        refused(run, "an empty file", "lists", "stats", run.put("empty/%s" % name, b""))
        refused(run, "UTF-16", "lists", "stats", run.put("wide/%s" % name, content.decode().encode("utf-16")))
        words = {"sdn.xml": "invalid token", "un.xml": "invalid token", "t.csv": "binary data", "sdn.csv": "binary data",
                 "j.jsonl": "binary data"}.get(name, "value is missing")
        refused(run, words, "lists", "stats", run.put("nul/%s" % name, content + b"\0\0" + content))
    refused(run, "not what its name says: it looks like UN", "lists", "stats", run.put("other/sdn.csv", UN + UN_END))
    refused(run, "not well-formed XML", "lists", "stats", "--skip-bad", run.put("other/un.xml", UN + b"<a></b>" + UN_END))
    refused(run, "bare CR", "screen", "-l", run.index, "-i", run.put("other/cr", b"Kim\rOffice 39\r"))


@case
def a_broken_record_is_reported_and_skipped(run):
    bad = {"a.ftm.json": (FTM + b'{"id":"b","schema":"Person","properties":{"name":["a\xff"]}}\n', ":2:", "not valid UTF-8"),
           "t.csv": (TABLE + b"2,Kim\xff,kp\n", ":3:", "not valid UTF-8"),
           "sdn.csv": (OFAC + OFAC.replace(b"12209", b"5").replace(b"39", b"3\0"), ":2:", "a NUL byte")}
    for name, (content, place, reason) in bad.items():
        path = run.put("bad/%s/%s" % (name, name), content)
        refused(run, [path + place, reason, "--skip-bad"], "lists", "stats", path)
        refused(run, "1 record rejected", "lists", "stats", "--skip-bad", path, code=3)


def sections(index):
    count = struct.unpack_from("<I", index, 24)[0]
    return [struct.unpack_from("<IIQQ", index, 256 + 56 * i)[2:] for i in range(count)]


@case
def a_damaged_index(run):
    with open(run.index, "rb") as file:
        whole = file.read()
    rng = random.Random(3)
    variants = [whole[:size] for size in (0, 1, 255, 4000, len(whole) // 2, len(whole) - 1)]
    variants += [whole + b"\0" * 64, b"\0" * len(whole)]
    variants += [whole[:24] + struct.pack("<I", count) + whole[28:] for count in (0, 65, 0xFFFFFFFF)]
    for at in range(0, 256 + 56, 29):
        variants.append(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1:])
    for variant in variants:
        path = run.put("index/head", variant)
        for arguments in (["index", "verify", path], ["screen", "-l", path, "x"], ["export", "-l", path, "--format", "ftm"]):
            code, message, _ = run(*arguments)
            assert code == 1 and path in message, "exit %s: %s" % (code, message)
    for offset, size in sections(whole):
        for _ in range(4 if size else 0):
            at = offset + rng.randrange(size) // 4 * 4
            broken = whole[:at] + rng.choice([b"\xff\xff\xff\x7f", rng.randbytes(4), b"\xff\xff\xff\xff"]) + whole[at + 4:]
            if len(broken) != len(whole) or broken == whole:
                continue
            path = run.put("index/body", broken)
            refused(run, path, "index", "verify", path)
            for arguments in (["screen", "-l", path, "--threshold", "0.1", "--country", "kp", "--topic", "sanction", "office 39"],
                              ["export", "-l", path, "--format", "statements"]):
                code, message, _ = run(*arguments)
                assert code in (0, 1, 10), "byte %d: exit %s: %s" % (at, code, message)


@case
def an_old_index_outlives_a_killed_or_failed_writer(run):
    lists = os.path.join(ROOT, "data", "demo", "lists")
    target = run.path("kill/x.idx")
    code, message, _ = run("index", "-q", "-o", target, lists)
    assert code == 0, message
    with open(target, "rb") as file:
        before = file.read()
    big = run.put("kill/big.ftm.json", b"".join(FTM.replace(b'"a"', b'"a%d"' % i) for i in range(60000)))
    aside = run.path("kill/y.idx")
    code, message, _ = run("index", "-q", "-o", aside, big)
    assert code == 0, message
    with open(aside, "rb") as file:
        after = file.read()
    for delay in (0.02, 0.1, 0.2, 0.3):
        writer = subprocess.Popen([run.program, "index", "-q", "-o", target, big], stdout=subprocess.DEVNULL)
        try:
            writer.wait(delay)
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        with open(target, "rb") as file:
            assert file.read() in (before, after), "killed after %s s: neither the old index nor the new one" % delay
        if writer.returncode == 0:
            break
        code, message, _ = run("index", "verify", target)
        assert code == 0, message

    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
    folder = os.path.dirname(run.path("full/x"))
    done = subprocess.run([run.program, "index", "-q", "-o", os.path.join(folder, "x.idx"), lists], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, preexec_fn=small_files)
    assert done.returncode == 1 and b"cannot write" in done.stderr, done.stderr
    assert os.listdir(folder) == [], "left behind: %s" % os.listdir(folder)


@case
def what_is_no_file(run):
    fifo = run.path("odd/fifo")
    os.mkfifo(fifo)
    refused(run, "neither a file nor a folder", "lists", "stats", fifo, code=2)
    refused(run, "not a regular file", "screen", "-l", fifo, "x")
    refused(run, "binary data", "screen", "-l", run.index, "-i", "/dev/zero")
    refused(run, "ITD_MAPPING_BYTES_MAX", "lists", "stats", "--map", "/dev/zero", run.put("odd/t.csv", TABLE))
    refused(run, "not a regular file", "index", "-o", "/dev/null", run.put("odd/sdn.csv", OFAC))
    refused(run, "-o", "index", "-o", "-", run.put("odd/sdn.csv", OFAC), code=2)
    loop = run.path("loop/a/un.xml")
    with open(loop, "wb") as out:
        out.write(UN + UN_END)
    os.symlink("..", run.path("loop/a/up"))
    os.symlink("me", run.path("loop/me"))
    code, message, _ = run("lists", "stats", run.path("loop/a"))
    assert code == 0, message
    with open("/dev/full", "wb") as full:
        done = subprocess.run([run.program, "screen", "-l", run.index, "office 39"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1 and b"cannot write" in done.stderr, done.stderr


@case
def names_that_are_none(run):
    for name in ("e" + "\u0301" * 50000, "\ufdfa" * 20000, "k " * 200000, "\x1b[31m", " ".join("t%d" % i for i in range(10000))):
        code, message, out = run("screen", "-l", run.index, "--jsonl", "-i", run.put("names", name.encode() + b"\n"))
        assert code in (0, 10), "exit %s: %s" % (code, message)
        query = json.loads(out)["query"]
        assert query == name.strip(), "asked %r, answered %r" % (name[:40], query[:40])
    # Nothing of these can be looked for: "no hits" would be a lie.
    for name in ("\u202e\u202c", "\u200b\u200d\ufeff", "-,.()", "\u0f71" * 9):
        names = run.put("names", name.encode() + b"\n")
        refused(run, "neither a name nor an identifier", "screen", "-l", run.index, "--jsonl", "-i", names)
        code, message, out = run("screen", "-l", run.index, "--jsonl", "--skip-bad", "-i", names)
        assert code == 3 and not out, "exit %s: %s %s" % (code, message, out)
    refused(run, "ITD_VALUE_BYTES_MAX", "screen", "-l", run.index, "-i", run.put("long", b"a" * 3000000 + b"\n"))


def main():
    program = os.path.abspath(sys.argv[1])
    failures = 0
    print("1..%d" % len(cases))
    with tempfile.TemporaryDirectory(prefix="itd-hostile-") as work:
        run = Run(work, program)
        run.index = run.path("good.idx")
        subprocess.run([program, "index", "-q", "-o", run.index, os.path.join(ROOT, "data", "demo", "lists")], check=True,
                       stdout=subprocess.DEVNULL)
        for number, function in enumerate(cases, 1):
            try:
                function(run)
                problem = None
            except (AssertionError, subprocess.TimeoutExpired) as caught:
                problem = str(caught) or "failed"
            failures += problem is not None
            print("%sok %d - %s" % ("not " if problem else "", number, function.__name__.replace("_", " ")))
            if problem:
                print("#   %s" % problem.replace("\n", "\n#   "))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
