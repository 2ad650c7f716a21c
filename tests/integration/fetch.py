#!/usr/bin/env python3
"""`interdict lists fetch` against an HTTPS server on this machine that fails in every way. Prints TAP.

    fetch.py PROGRAM

The certificates are made for the run by the `openssl` program; without it every case is skipped, and says so.
"""
import contextlib
import gzip
import hashlib
import http.server
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.environ.get("INTERDICT_DATA") or os.path.join(SOURCE, "..", "shared", "data")

cases = []


class Skipped(Exception):
    """What a case needs is not there."""


def case(function):
    cases.append(function)
    return function


def un_list(count, version="2026-01-15", pad=0):
    """A list of the United Nations' form with that many invented persons."""
    persons = "".join(
        "<INDIVIDUAL><DATAID>%d</DATAID><FIRST_NAME>Qasim</FIRST_NAME><SECOND_NAME>Zafarani%d</SECOND_NAME>"
        "<UN_LIST_TYPE>DPRK</UN_LIST_TYPE><COMMENTS1>%s</COMMENTS1></INDIVIDUAL>\n" % (7000000 + i, i, "x" * pad) for i in range(count))
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="%sT00:00:00.000Z"><INDIVIDUALS>%s'
            "</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>\n" % (version, persons)).encode()


OFAC = (b'<?xml version="1.0"?>\n<sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation><Publish_Date>01/02/2026</Publish_Date>'
        b"<Record_Count>1</Record_Count></publshInformation><sdnEntry><uid>1</uid><lastName>Zafarani Shipping</lastName>"
        b"<sdnType>Entity</sdnType><programList><program>DPRK</program></programList></sdnEntry></sdnList>")


class Answer:
    """What the server does with one request; `body` as it is meant, unless told to misbehave."""

    def __init__(self, body=b"", status=200, headers=(), length=None, send=None, etag=None, modified=None, drip=None, ranges=True):
        self.body, self.status, self.headers = body, status, dict(headers)
        self.length = length    # said instead of the true one; empty: none is said
        self.send = send        # bytes after which the connection is cut
        self.etag, self.modified, self.drip, self.ranges = etag, modified, drip, ranges


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        server = self.server.world
        with server.lock:
            server.requests.append((self.path, dict(self.headers)))
            script = server.scripts.get(self.path, [Answer(status=404)])
            answer = script.pop(0) if len(script) > 1 else script[0]
        try:
            self.reply(answer)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True

    def reply(self, a):
        status, body, headers = a.status, a.body, dict(a.headers)
        if a.etag:
            headers["ETag"] = a.etag
        if a.modified:
            headers["Last-Modified"] = a.modified
        if status == 200 and a.etag and self.headers.get("If-None-Match") == a.etag:
            status, body = 304, b""
        elif status == 200 and a.modified and not a.etag and self.headers.get("If-Modified-Since") == a.modified:
            status, body = 304, b""
        asked = self.headers.get("Range")
        if status == 200 and asked and a.ranges and self.headers.get("If-Range") in (a.etag, a.modified):
            first = int(asked[len("bytes="):].rstrip("-"))
            headers["Content-Range"] = "bytes %d-%d/%d" % (first, len(body) - 1, len(body))
            status, body = 206, body[first:]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if a.length == "":
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(len(body) if a.length is None else a.length))
        self.end_headers()
        if a.drip:
            for at in range(0, len(body), a.drip[0]):
                self.wfile.write(body[at:at + a.drip[0]])
                time.sleep(a.drip[1])
        elif a.send is not None:
            self.wfile.write(body[:a.send])
        else:
            self.wfile.write(body)
        if a.send is not None or a.length is not None:
            self.wfile.flush()
            self.close_connection = True


class World:
    """The server, the program, and a folder of lists."""

    def __init__(self, program, work):
        self.program, self.work, self.lock = program, work, threading.Lock()
        self.requests, self.scripts, self.number = [], {}, 0
        self.make_certificates()
        self.server = self.serve("server")
        self.stranger = self.serve("stranger")
        self.port, self.stranger_port = self.server.server_address[1], self.stranger.server_address[1]

    def make_certificates(self):
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        for name in ("ca", "other"):
            openssl("req", "-x509", *key, "-subj", "/CN=interdict test %s" % name, "-keyout", name + ".key", "-out", name + ".pem")
        with open(os.path.join(self.work, "names"), "w", encoding="utf-8") as out:
            out.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        for name, issuer in (("server", "ca"), ("stranger", "other")):
            openssl("req", "-new", *key, "-subj", "/CN=localhost", "-keyout", name + ".key", "-out", name + ".csr")
            openssl("x509", "-req", "-in", name + ".csr", "-CA", issuer + ".pem", "-CAkey", issuer + ".key", "-CAcreateserial", "-days", "2",
                    "-extfile", "names", "-out", name + ".pem")

    def serve(self, name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(self.work, name + ".pem"), os.path.join(self.work, name + ".key"))

        class Quiet(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def get_request(self):
                connection, address = super().get_request()
                return context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

            def handle_error(self, *_):
                pass

        server = Quiet(("127.0.0.1", 0), Handler)
        server.world = self
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def new_case(self):
        self.number += 1
        self.into = os.path.join(self.work, "into%d" % self.number)
        self.requests, self.scripts = [], {}

    def url(self, path="/list"):
        return "https://127.0.0.1:%d%s" % (self.port, path)

    def put(self, *answers, path="/list"):
        self.scripts[path] = list(answers)

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return dict(kept, HOME=self.work, XDG_DATA_HOME=os.path.join(self.work, "data"))

    def command(self, *more, dataset="un-sc", path="/list", into=True, ca="ca.pem", retries=0, timeout=2):
        found = [self.program, "lists", "fetch", "--jsonl", "--retries", str(retries), "--timeout", str(timeout), *more]
        found += [dataset, "--from", self.url(path)] if dataset else []
        found += ["--into", self.into] if into else []
        return found + (["--ca-file", os.path.join(self.work, ca)] if ca else [])

    def fetch(self, *more, code=0, status=None, words=(), **how):
        """Runs it; the one result as an object, with the messages under "stderr"."""
        done = subprocess.run(self.command(*more, **how), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=90, env=self.environment())
        said = done.stderr.decode()
        assert done.returncode == code, "exit %d, wanted %d: %s%s" % (done.returncode, code, said, done.stdout.decode())
        lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
        assert len(lines) == 1, "%d results: %s" % (len(lines), said)
        assert status is None or lines[0]["status"] == status, lines[0]
        for word in [words] if isinstance(words, str) else words:
            assert word in said, "%r is not in: %s" % (word, said)
        return dict(lines[0], stderr=said)

    def path(self, *parts, dataset="un-sc"):
        return os.path.join(self.into, dataset, *parts)

    def copy(self):
        return read(self.path("un-consolidated.xml"))

    def card(self, name="copy"):
        return json.loads(read(self.path(".interdict", name + ".json")))

    def part(self):
        return read(self.path(".interdict", "part", "un-consolidated.xml"))

    def have(self, count=20, **more):
        """A good copy to begin with."""
        body = un_list(count)
        self.put(Answer(body, etag='"first"', **more))
        self.fetch(status="new")
        self.requests = []
        return body


def read(path):
    with open(path, "rb") as file:
        return file.read()


def stays(world, body, count=20):
    """The last good copy, and the program says so."""
    assert world.copy() == body, "the copy was touched"
    card = world.card()
    assert card["blake2b"] == hashlib.blake2b(body, digest_size=32).hexdigest() and card["entities"] == count, card


def failed(world, words, *more, **how):
    """A fetch that fails leaves the copy that was there, and tells its age."""
    body = world.copy()
    result = world.fetch(*more, code=1, status="failed", words=words, **how)
    assert result["file"] == world.path("un-consolidated.xml") and result["entities"] == 20, result
    assert 0 <= result["age_seconds"] < 600 and result["reason"], result
    assert "the last good copy, confirmed" in result["stderr"], result["stderr"]
    stays(world, body)
    return result


# ---- what goes well ----

@case
def the_first_copy(world):
    body = un_list(20)
    world.put(Answer(body, etag='"a1"', modified="Thu, 15 Jan 2026 00:00:00 GMT"))
    result = world.fetch(status="new")
    assert result["file"] == world.path("un-consolidated.xml") and world.copy() == body
    assert (result["entities"], result["was_entities"], result["version"], result["age_seconds"]) == (20, 0, "2026-01-15", 0), result
    card = world.card()
    assert card["etag"] == '"a1"' and card["last_modified"] == "Thu, 15 Jan 2026 00:00:00 GMT" and card["url"] == world.url()
    assert card["blake2b"] == hashlib.blake2b(body, digest_size=32).hexdigest()
    assert (card["bytes"], card["entities"], card["format"], card["version"]) == (len(body), 20, "un-xml", "2026-01-15"), card
    assert card["fetched_at"] == card["checked_at"] and abs(time.time() - stamp(card["fetched_at"])) < 60, card
    assert sorted(os.listdir(world.path())) == [".interdict", "un-consolidated.xml"]
    assert sorted(os.listdir(world.path(".interdict"))) == ["copy.json", "held", "part"], os.listdir(world.path(".interdict"))
    path, headers = world.requests[0]
    assert "If-None-Match" not in headers and "Range" not in headers and headers["User-Agent"].startswith("interdict/"), headers


def stamp(text):
    return time.mktime(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ")) - time.timezone


@case
def what_has_not_changed_is_not_sent_again(world):
    body = world.have()
    before = world.card()
    time.sleep(1.1)
    result = world.fetch(status="unchanged")
    assert world.requests[0][1]["If-None-Match"] == '"first"', world.requests
    assert (result["entities"], result["was_entities"]) == (20, 20), result
    stays(world, body)
    assert world.card()["fetched_at"] == before["fetched_at"] and world.card()["checked_at"] > before["checked_at"]
    # By date, where there is no tag.
    world.put(Answer(un_list(21), modified="Thu, 15 Jan 2026 00:00:00 GMT"))
    world.fetch(status="updated")
    world.fetch(status="unchanged")
    assert world.requests[-1][1]["If-Modified-Since"] == "Thu, 15 Jan 2026 00:00:00 GMT"
    # By content, where the server knows neither.
    world.put(Answer(un_list(21)))
    world.fetch(status="unchanged")
    world.fetch(status="unchanged")
    assert not {"If-None-Match", "If-Modified-Since"} & set(world.requests[-1][1])


@case
def a_newer_list_takes_its_place(world):
    world.have()
    body = un_list(19, "2026-02-27")
    world.put(Answer(body, etag='"second"'))
    result = world.fetch(status="updated")
    assert (result["entities"], result["was_entities"], result["version"]) == (19, 20, "2026-02-27"), result
    assert world.copy() == body


@case
def compressed_as_published(world):
    packed = gzip.compress(un_list(20))
    world.put(Answer(packed))
    assert world.fetch(status="new")["entities"] == 20
    assert world.copy() == packed


@case
def redirects_within_https(world):
    world.put(Answer(status=302, headers={"Location": world.url("/there")}))
    world.put(Answer(un_list(20), etag='"t"'), path="/there")
    assert world.fetch(status="new")["entities"] == 20
    assert [path for path, _ in world.requests] == ["/list", "/there"]


# ---- what goes wrong ----

@case
def cut_off_and_resumed_in_the_same_run(world):
    world.have()
    body = un_list(40, "2026-02-27", pad=500)
    world.put(Answer(body, etag='"b"', send=9000), Answer(body, etag='"b"'))
    world.fetch(status="updated", retries=1, words="trying again in 1 s")
    assert world.requests[1][1]["Range"] == "bytes=9000-" and world.requests[1][1]["If-Range"] == '"b"', world.requests
    assert world.copy() == body


@case
def cut_off_and_resumed_in_a_later_run(world):
    world.have()
    body = un_list(40, "2026-02-27", pad=500)
    world.put(Answer(body, etag='"b"', send=9000))
    failed(world, "cut")
    assert world.part() == body[:9000] and world.card("part")["etag"] == '"b"'
    world.put(Answer(body, etag='"b"'))
    world.requests = []
    world.fetch(status="updated")
    sent = world.requests[0][1]
    assert (sent["Range"], sent["If-Range"], sent["If-None-Match"]) == ("bytes=9000-", '"b"', '"first"'), sent
    assert world.copy() == body
    assert sorted(os.listdir(world.path(".interdict"))) == ["copy.json", "held", "part"]


@case
def what_was_begun_has_changed_meanwhile(world):
    world.have()
    body, other = un_list(40, "2026-02-27", pad=500), un_list(41, "2026-02-28", pad=300)
    world.put(Answer(body, etag='"b"', send=9000))
    failed(world, "cut")
    world.put(Answer(other, etag='"c"'))
    world.fetch(status="updated")
    assert world.copy() == other
    # A weak tag does not name these very bytes, and a server need not know ranges at all.
    third = un_list(42, "2026-03-01", pad=500)
    world.put(Answer(third, etag='W/"d"', send=9000), Answer(third, etag='W/"d"'))
    world.fetch(status="updated", retries=1)
    assert "Range" not in world.requests[-1][1] and world.copy() == third
    fourth = un_list(43, "2026-03-02", pad=500)
    world.put(Answer(fourth, etag='"e"', send=9000), Answer(fourth, etag='"e"', ranges=False))
    world.fetch(status="updated", retries=1)
    assert "Range" in world.requests[-1][1] and world.copy() == fourth


@case
def a_range_of_something_else(world):
    world.have()
    body = un_list(40, "2026-02-27", pad=500)
    lie = Answer(body[5000:], status=206, headers={"Content-Range": "bytes 5000-%d/%d" % (len(body) - 1, len(body))})
    world.put(Answer(body, etag='"b"', send=9000), lie, Answer(body, etag='"b"'))
    world.fetch(status="updated", retries=2, words="another range")
    assert world.copy() == body
    # The end of the file is not where the server said that it is.
    fifth = un_list(44, "2026-03-03", pad=500)
    short = Answer(fifth[9000:12000], status=206, headers={"Content-Range": "bytes 9000-%d/%d" % (len(fifth) - 1, len(fifth))})
    world.put(Answer(fifth, etag='"f"', send=9000), short, Answer(fifth, etag='"f"'))
    world.fetch(status="updated", retries=2)
    assert world.copy() == fifth
    # It says that nothing is left.
    world.put(Answer(un_list(45, pad=500), etag='"g"', send=9000), Answer(status=416), Answer(un_list(45, pad=500), etag='"g"'))
    world.fetch(status="updated", retries=2)
    assert world.copy() == un_list(45, pad=500)


@case
def too_slow(world):
    world.have()
    world.put(Answer(un_list(40, pad=500), etag='"b"', drip=(40, 0.5)))
    began = time.monotonic()
    failed(world, "too slow", timeout=2)
    assert time.monotonic() - began < 20


@case
def nobody_is_there(world):
    world.have()
    port = world.port
    probe = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    world.port = probe.server_address[1]
    probe.server_close()
    try:
        failed(world, str(world.port))
    finally:
        world.port = port


@case
def who_is_offline_does_not_wait(world):
    """A name that nobody knows is tried once more and soon, not four times, each later than the one before."""
    body = world.have()
    began = time.monotonic()
    result = world.fetch("--from", "https://nowhere.invalid/list", "un-sc", dataset=None, retries=4, timeout=20, code=1, status="failed")
    assert result["stderr"].count("trying again in") == 1 and "trying again in 1 s" in result["stderr"], result
    assert time.monotonic() - began < 30 and world.copy() == body


@case
def wrong_lengths(world):
    body = world.have()
    newer = un_list(30, "2026-02-27")
    world.put(Answer(newer, length=len(newer) + 1000))
    failed(world, "cut before the end")
    # Shorter than it is: the list ends in the middle, and is held as it cannot be read.
    world.put(Answer(newer, length=len(newer) - 300))
    result = world.fetch(code=1, status="held", words="cannot be read")
    assert result["held_file"] == world.path(".interdict", "held", "un-consolidated.xml")
    stays(world, body)


@case
def come_back_later(world):
    world.have()
    body = un_list(21, "2026-02-27")
    for status in (429, 503):
        world.put(Answer(status=status, headers={"Retry-After": "2"}), Answer(body, etag='"%d"' % status))
        began = time.monotonic()
        world.fetch(retries=1, words="trying again in 2 s")
        assert time.monotonic() - began >= 2 and world.copy() == body
    when = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 3))
    world.put(Answer(status=503, headers={"Retry-After": when}), Answer(body, etag='"429"'))
    world.fetch(retries=1, words="trying again in ")
    # As often as it may, and no more; nor for an hour.
    world.put(Answer(status=429))
    world.requests = []
    world.fetch(code=1, status="failed", retries=1, words="status 429")
    assert len(world.requests) == 2
    world.put(Answer(status=429, headers={"Retry-After": "3600"}))
    world.requests = []
    world.fetch(code=1, status="failed", retries=3, words="3600 s")
    assert len(world.requests) == 1


@case
def other_answers_are_not_asked_for_again(world):
    world.have()
    for status in (400, 401, 403, 404, 410, 501):
        world.put(Answer(b"no", status=status))
        world.requests = []
        failed(world, "status %d" % status, retries=3)
        assert len(world.requests) == 1, status


@case
def redirect_to_http(world):
    world.have()
    world.put(Answer(status=302, headers={"Location": "http://127.0.0.1:%d/list" % world.port}))
    failed(world, "not HTTPS", retries=3)
    world.put(Answer(status=302, headers={"Location": "file:///etc/passwd"}))
    failed(world, "not HTTPS")
    assert len(world.requests) == 2


@case
def redirect_loop(world):
    world.have()
    world.put(Answer(status=302, headers={"Location": "/list"}))
    failed(world, "ITD_FETCH_REDIRECTS_MAX", retries=3)
    assert len(world.requests) == 6


@case
def a_plain_address(world):
    world.have()
    command = world.command()
    for url in ("http://127.0.0.1:1/list", "ftp://127.0.0.1/list", "/etc/passwd", "https://", "https://a b/"):
        command[command.index("--from") + 1] = url
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=world.environment(), timeout=60)
        assert done.returncode == 1 and b"https://" in done.stderr, done
    assert not world.requests


@case
def truncated_gzip(world):
    world.have()
    packed = gzip.compress(un_list(30, pad=50))
    world.put(Answer(packed[:-9]))
    failed(world, "cut off")
    world.put(Answer(packed[:200] + b"\0" * 50 + packed[250:]))
    failed(world, "")
    assert not os.path.exists(world.path(".interdict", "part", "un-consolidated.xml"))


@case
def an_error_page_with_status_200(world):
    world.have()
    for page in (b"<!DOCTYPE html><html><head><title>Service unavailable</title></head></html>", b"\n\n <html lang=en><TITLE>Sign in</TITLE>",
                 b'<?xml version="1.0"?>\n<!-- x --><!DOCTYPE html PUBLIC "x"><html></html>', gzip.compress(b"<html></html>")):
        world.put(Answer(page, headers={"Content-Type": "text/html"}))
        failed(world, "an HTML page")
    assert "Sign in" in failed_page(world, b"<html><title>Sign in</title></html>")
    world.put(Answer(b""))
    failed(world, "empty")


def failed_page(world, page):
    world.put(Answer(page))
    return failed(world, "an HTML page")["reason"]


@case
def larger_than_the_cap(world):
    world.have()
    body = un_list(200, pad=500)
    world.put(Answer(body))
    failed(world, "larger than 50000 bytes", "--max-bytes", "50000", retries=3)
    assert len(world.requests) == 1
    # Nor where the server does not say how much it is.
    world.put(Answer(body, length=""))
    failed(world, "larger than 50000 bytes", "--max-bytes", "50000")
    assert world.fetch("--max-bytes", str(len(body)), status="updated")["entities"] == 200


@case
def certificates(world):
    world.have()
    good = world.port
    world.port = world.stranger_port
    try:
        failed(world, "certificate", retries=3)
    finally:
        world.port = good
    failed(world, "certificate", ca="other.pem")
    failed(world, "certificate", ca=None)
    failed(world, "missing.pem", ca="missing.pem")
    failed(world, "", ca="names")
    command = world.command(ca=None)
    done = subprocess.run(command, stdout=subprocess.PIPE, env=dict(world.environment(), SSL_CERT_FILE=os.path.join(world.work, "ca.pem")),
                          timeout=60)
    assert done.returncode == 0 and json.loads(done.stdout)["status"] == "unchanged", done


# ---- what is held ----

@case
def a_list_that_shrinks(world):
    body = world.have(100)
    world.put(Answer(un_list(90, "2026-02-27"), etag='"90"'))
    assert world.fetch(status="updated")["entities"] == 90  # a tenth is not more than a tenth
    world.put(Answer(un_list(80, "2026-02-28"), etag='"80"'))
    result = world.fetch(code=1, status="held", words=["shrunk from 90 to 80", "--accept un-sc"])
    assert (result["entities"], result["was_entities"], result["version"]) == (80, 90, "2026-02-28"), result
    assert result["held_file"] and read(result["held_file"]) == un_list(80, "2026-02-28")
    stays(world, un_list(90, "2026-02-27"), 90)
    # It stays held, and is not sent again.
    world.requests = []
    world.fetch(code=1, status="held", words="shrunk from 90 to 80")
    assert world.requests[0][1]["If-None-Match"] == '"80"'
    result = world.fetch("--accept", "un-sc", dataset=None, status="updated")
    assert (result["entities"], result["was_entities"], result["held_file"]) == (80, 90, None), result
    stays(world, un_list(80, "2026-02-28"), 80)
    assert not os.path.exists(world.path(".interdict", "held.json"))
    world.fetch(status="unchanged")
    world.fetch("--accept", "un-sc", dataset=None, code=1, status="failed", words="nothing is held")
    # Named and accepted, and twice at that: one answer.
    world.put(Answer(un_list(60, "2026-03-01"), etag='"60"'))
    world.fetch(code=1, status="held", words="shrunk from 80 to 60")
    result = world.fetch("un-sc", "--accept", "un-sc", "un-sc", "--accept", "un-sc", dataset=None, status="updated")
    assert (result["entities"], result["held_file"]) == (60, None), result
    stays(world, un_list(60, "2026-03-01"), 60)
    del body


@case
def what_is_held_goes_when_the_publisher_mends_it(world):
    body = world.have()
    world.put(Answer(un_list(5), etag='"5"'))
    world.fetch(code=1, status="held")
    world.put(Answer(body, etag='"first"'))
    result = world.fetch(status="unchanged")
    assert result["held_file"] is None and os.listdir(world.path(".interdict", "held")) == []
    world.put(Answer(un_list(5), etag='"5"'))
    world.fetch(code=1, status="held")
    world.put(Answer(un_list(25), etag='"25"'))
    world.fetch(status="updated")
    assert os.listdir(world.path(".interdict", "held")) == [] and world.copy() == un_list(25)


@case
def another_format_another_list_nothing_in_it(world):
    body = world.have()
    conlist = read(os.path.join(SOURCE, "data", "demo", "lists", "uk", "ConList.csv"))
    world.put(Answer(conlist))
    result = world.fetch(code=1, status="held", words="it looks like UK")
    assert "--accept" not in result["stderr"], result
    world.put(Answer(OFAC))
    world.fetch(code=1, status="held", words=["format has changed from un-xml to ofac-xml", "--accept"])
    world.put(Answer(un_list(0)))
    world.fetch(code=1, status="held", words="no entities")
    world.put(Answer(b"id,name\n1,Qasim\n"))
    world.fetch(code=1, status="held")
    world.put(Answer(b"\x00\x01\x02 binary"))
    world.fetch(code=1, status="held", words="cannot be read")
    world.fetch("--accept", "un-sc", dataset=None, code=1, status="failed", words="cannot be accepted: it cannot be read")
    world.put(Answer(un_list(30)[:-40]))
    world.fetch(code=1, status="held", words="cannot be read")
    stays(world, body)
    # The first copy of all is looked at too.
    world.put(Answer(un_list(20)))
    world.fetch(dataset="ca-sema", code=1, status="held", words=["format is un-xml", "there is no copy"])
    assert not os.path.exists(world.path("sema-lmes.xml", dataset="ca-sema"))
    assert world.fetch("--accept", "ca-sema", dataset=None, status="new")["entities"] == 20


@case
def broken_records(world):
    world.have()
    broken = un_list(20).replace(b"<DATAID>7000003</DATAID>", b"<DATAID></DATAID>")
    world.put(Answer(broken, etag='"x"'))
    world.fetch(code=1, status="held", words=["--skip-bad", "line 5"])
    result = world.fetch("--skip-bad", code=3, status="updated", words="1 record rejected")
    assert (result["entities"], result["rejected"]) == (19, 1), result


# ---- what the machine does ----

@case
def killed_while_it_downloads(world):
    body = world.have()
    newer = un_list(60, "2026-02-27", pad=2000)
    for _ in range(3):
        world.put(Answer(newer, etag='"n"', drip=(4000, 0.05)))
        process = subprocess.Popen(world.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=world.environment())
        deadline = time.monotonic() + 20
        path, size = world.path(".interdict", "part", "un-consolidated.xml"), 0
        before = os.path.getsize(path) if os.path.exists(path) else 0
        while time.monotonic() < deadline and size <= before + 8000:
            time.sleep(0.02)
            size = os.path.getsize(path) if os.path.exists(path) else 0
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        process.stderr.close()
        assert 0 < size < len(newer), size
        stays(world, body)
        assert newer.startswith(world.part())
    world.put(Answer(newer, etag='"n"'))
    world.requests = []
    world.fetch(status="updated")
    assert "Range" in world.requests[0][1] and world.copy() == newer


@case
def a_copy_that_its_card_does_not_fit_to(world):
    body = world.have()
    # As a kill between the two renames leaves it: the file is newer than what is noted of it.
    with open(world.path("un-consolidated.xml"), "wb") as out:
        out.write(un_list(100))
    world.put(Answer(un_list(50), etag='"50"'))
    result = world.fetch(code=1, status="held", words=["does not fit", "from 100 to 50"])
    assert "If-None-Match" not in world.requests[-1][1] and result["was_entities"] == 100, result
    for text in (b"", b"{", b"[]", b'{"etag":7}', b'{"url":"%s"}' % (b"x" * 5000), b'{"bytes":-1}', b'{"checked_at":"soon"}'):
        with open(world.path(".interdict", "copy.json"), "wb") as out:
            out.write(text)
        world.put(Answer(un_list(100), etag='"100"'))
        assert world.fetch(status="unchanged")["was_entities"] == 100
        stays(world, un_list(100), 100)
    del body


@case
def nobody_adds_a_line_to_a_request(world):
    world.have()
    card = world.card()
    card["etag"] = '"first"\r\nX-Evil: 1'
    with open(world.path(".interdict", "copy.json"), "w", encoding="utf-8") as out:
        json.dump(card, out)
    world.fetch(status="unchanged")
    assert not {"If-None-Match", "X-Evil"} & set(world.requests[0][1]), world.requests


@case
def two_at_once(world):
    world.have()
    newer = un_list(60, "2026-02-27", pad=2000)
    world.put(Answer(newer, etag='"n"', drip=(4000, 0.1)))
    first = subprocess.Popen(world.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=world.environment())
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not os.path.exists(world.path(".interdict", "part.json")):
            time.sleep(0.02)
        result = world.fetch(code=1, status="failed", words="another process")
        assert result["file"] is None or result["reason"], result
        out, _ = first.communicate(timeout=60)
    finally:
        first.kill()
    assert first.returncode == 0 and json.loads(out)["status"] == "updated" and world.copy() == newer


@case
def folders_that_cannot_be_written(world):
    body = world.have()
    world.put(Answer(un_list(25), etag='"25"'))
    if os.geteuid() != 0:
        for folder in (world.path(".interdict", "part"), world.path(".interdict"), world.path()):
            os.chmod(folder, 0o555)
            try:
                world.fetch(code=1, status="failed", words="ermission")
                assert world.copy() == body
            finally:
                os.chmod(folder, 0o755)
    # A file where a folder has to be: this stops the superuser too.
    kept = world.into
    world.into = os.path.join(world.work, "names", "lists")
    result = world.fetch(code=1, status="failed", words="cannot make the folder")
    assert result["file"] is None and "there is no copy" in result["stderr"]
    world.into = kept
    shutil.rmtree(world.path(".interdict", "part"))
    with open(world.path(".interdict", "part"), "w", encoding="utf-8"):
        pass
    world.fetch(code=1, status="failed")
    assert world.copy() == body


@case
def a_full_disk(world):
    """Files may not grow beyond a size, as on a disk that is full."""
    import resource

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30000, 30000))
    body = world.have()
    newer = un_list(60, "2026-02-27", pad=2000)
    world.put(Answer(newer, etag='"n"'))
    done = subprocess.run(world.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=world.environment(), timeout=60, preexec_fn=small)
    assert done.returncode == 1 and b"cannot write" in done.stderr, done
    stays(world, body)
    world.fetch(status="updated")
    assert world.copy() == newer and "Range" in world.requests[-1][1]


# ---- several ----

@case
def one_that_fails_does_not_stop_the_others(world):
    world.have()
    command = [word for word in world.command(dataset=None)]
    done = subprocess.run(command + ["au-dfat", "--accept", "un-sc", "us-bis-dpl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=world.environment(), timeout=60)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1 and [r["dataset"] for r in results] == ["un-sc", "au-dfat", "us-bis-dpl"], (done, results)
    assert [r["status"] for r in results] == ["failed"] * 3
    assert "spreadsheet" in results[1]["reason"], results


@case
def a_token_is_needed_and_never_shown(world):
    result = world.fetch(dataset=None, code=1, status="failed", words="INTERDICT_EU_FSF_TOKEN", into=True, *["eu-fsf"])
    assert result["dataset"] == "eu-fsf"
    secret = "/list?token=s3cret"
    world.put(Answer(status=404), path=secret)
    result = world.fetch(path=secret, code=1, status="failed", words="404")
    assert "s3cret" not in json.dumps(result)
    world.put(Answer(un_list(20), etag='"q"'), path=secret)
    world.fetch(path=secret, status="new")
    assert "s3cret" not in json.dumps(world.card())
    world.fetch(path=secret, status="unchanged")


@case
def usage(world):
    for words in (["nobody"], ["--accept", "nobody"], ["--from", world.url()], ["un-sc", "ca-sema", "--from", world.url()],
                  ["--timeout", "9999"], ["--retries", "21"]):
        done = subprocess.run([world.program, "lists", "fetch", "--into", world.into, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=world.environment(), timeout=60)
        assert done.returncode == 2 and done.stderr, (words, done)
    assert not os.path.exists(world.into)


@case
def the_folder_is_that_of_the_user(world):
    body = un_list(20)
    world.put(Answer(body))
    result = world.fetch(into=False, status="new")
    assert result["file"] == os.path.join(world.work, "data", "interdict", "lists", "un-sc", "un-consolidated.xml"), result
    home = {name: value for name, value in world.environment().items() if name != "XDG_DATA_HOME"}
    done = subprocess.run(world.command(into=False), stdout=subprocess.PIPE, env=home, timeout=60)
    assert json.loads(done.stdout)["file"] == os.path.join(world.work, ".local/share/interdict/lists/un-sc/un-consolidated.xml")


@case
def what_was_fetched_is_shown_and_indexed(world):
    world.have()
    world.put(Answer(un_list(5, "2026-03-03"), etag='"5"'))
    world.fetch(code=1, status="held")

    def run(*words):
        return subprocess.run([world.program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=world.environment(), timeout=60)
    done = run("lists", "--into", world.into, "--jsonl")
    row = [json.loads(line) for line in done.stdout.splitlines() if json.loads(line)["dataset"] == "un-sc"][0]
    assert row["address"].startswith("https://") and row["licence"] and row["rhythm"], row
    copy = row["copy"]
    assert (copy["version"], copy["entities"], copy["format"]) == ("2026-01-15", 20, "un-xml") and 0 <= copy["age_seconds"] < 600, copy
    assert copy["held"]["version"] == "2026-03-03" and "shrunk" in copy["held"]["reason"], copy
    shown = run("lists", "--into", world.into).stdout.decode()
    assert "version 2026-01-15" in shown and "shrunk from 20 to 5" in shown, shown
    index = os.path.join(world.work, "x.idx")
    done = run("index", "-o", index, "--json", world.into)
    assert done.returncode == 0 and json.loads(done.stdout)["entities"] == 20, done
    assert b"passed over" not in done.stderr, done.stderr


@case
def one_table_for_people(world):
    world.put(Answer(un_list(20)))
    command = [word for word in world.command() if word != "--jsonl"]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=world.environment(), timeout=60)
    assert done.stdout.split()[:3] == [b"DATASET", b"STATUS", b"VERSION"] and b"new" in done.stdout, done.stdout
    done = subprocess.run(command + ["--csv"], stdout=subprocess.PIPE, env=world.environment(), timeout=60)
    assert done.stdout.startswith(b"dataset,status,file,version,") and b"\r\nun-sc,unchanged," in done.stdout, done.stdout
    done = subprocess.run(command + ["--json"], stdout=subprocess.PIPE, env=world.environment(), timeout=60)
    assert [r["status"] for r in json.loads(done.stdout)] == ["unchanged"], done.stdout


def real(*parts):
    path = os.path.join(DATA, "lists", *parts)
    if not os.path.exists(path):
        raise Skipped("not there: " + os.path.basename(path))
    return read(path)


@case
def snapshots_of_a_real_list(world):
    """Individuals and entities as counted in the files' own elements. 877 is a sixth less than 1,018: held."""
    steps = [("2018-10-29", 1093, "new"), ("2020-11-30", 1018, "updated"), ("2025-04-19", 877, "held"), ("2026-01-28", 999, "updated"),
             ("2026-02-27", 1003, "updated")]
    was = 0
    for day, count, status in steps:
        body = real("un", "un_consolidated_%s.xml.gz" % day)
        plain = gzip.decompress(body)
        assert plain.count(b"<DATAID>") == count, (day, plain.count(b"<DATAID>"))
        world.put(Answer(body, etag='"%s"' % day))
        result = world.fetch(code=int(status == "held"), status=status)
        assert (result["entities"], result["was_entities"]) == (count, was), result
        was = was if status == "held" else count


@case
def real_lists_are_taken(world):
    """Nothing of them is held: what a publisher sends is read, in a form that the table promises. Counts are those of the files' own
    elements (uid of the list's entries, records, companies); 0: not counted here."""
    for dataset, parts, count, mark in (
            ("us-ofac-cons", ("ofac", "cons-2026-01-08", "consolidated.xml"), 442, b"<sdnEntry>"),
            ("us-csl", ("other", "us_csl_consolidated_partial_2023-11-30.csv.gz"), 0, b""),
            ("ca-sema", ("other", "canada_sema-lmes_2025-05.xml.gz"), 4759, b"<record>"),
            ("eu-fsf", ("eu", "eu_fsf_1_1_sample_2020-04-15.xml"), 0, b""),
            ("au-dfat", ("other", "australia_dfat_regulation8_consolidated_2022-05-03.csv.gz"), 0, b""),
            ("us-fincen-311", ("other", "us_fincen_special_measures.csv"), 0, b""),
            ("us-bis-dpl", ("other", "us_bis_denied_persons_dpl.txt"), 0, b"")):
        body = real(*parts)
        world.put(Answer(body))
        done = subprocess.run(world.command("--skip-bad", dataset=dataset), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=world.environment(), timeout=90)
        result = json.loads(done.stdout)
        assert done.returncode == (3 if result["rejected"] else 0) and result["status"] == "new", (result, done.stderr)
        assert result["entities"] > 0 and read(result["file"]) == body, result
        if count:
            plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
            assert result["entities"] == count == plain.count(mark), (result, plain.count(mark))


def main():
    program, only = os.path.abspath(sys.argv[1]), sys.argv[2:]
    chosen = [run for run in cases if not only or run.__name__ in only]
    print("1..%d" % len(chosen))
    if not shutil.which("openssl"):
        for number, run in enumerate(chosen, 1):
            print("ok %d - %s # SKIP not there: the openssl program, which makes the certificates" % (number, run.__name__))
        return 0
    failures = 0
    with tempfile.TemporaryDirectory(prefix="itd-fetch-") as work:
        world = World(program, work)
        for number, run in enumerate(chosen, 1):
            world.new_case()
            try:
                run(world)
                print("ok %d - %s" % (number, run.__name__.replace("_", " ")), flush=True)
            except Skipped as missing:
                print("ok %d - %s # SKIP %s" % (number, run.__name__.replace("_", " "), missing), flush=True)
            except (AssertionError, OSError, KeyError, ValueError, subprocess.TimeoutExpired) as error:
                failures += 1
                print("not ok %d - %s\n#   %s: %s" % (number, run.__name__.replace("_", " "), type(error).__name__,
                                                      str(error).replace("\n", "\n#   ")), flush=True)
        with contextlib.suppress(OSError):
            world.server.shutdown()
            world.stranger.shutdown()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
