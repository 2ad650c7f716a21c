"""An HTTPS server on this machine that fails in every way, the program, and a folder of lists: what the stories of `interdict lists
fetch` share. `run` prints TAP.

The certificates are made for the run by the `openssl` program; without it every case is skipped, and says so.
"""
import contextlib
import hashlib
import http.server
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time

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


def run():
    program, only = os.path.abspath(sys.argv[1]), sys.argv[2:]
    chosen = [story for story in cases if not only or story.__name__ in only]
    print("1..%d" % len(chosen))
    if not shutil.which("openssl"):
        for number, story in enumerate(chosen, 1):
            print("ok %d - %s # SKIP not there: the openssl program, which makes the certificates" % (number, story.__name__))
        return 0
    failures = 0
    with tempfile.TemporaryDirectory(prefix="itd-fetch-") as work:
        world = World(program, work)
        for number, story in enumerate(chosen, 1):
            world.new_case()
            try:
                story(world)
                print("ok %d - %s" % (number, story.__name__.replace("_", " ")), flush=True)
            except Skipped as missing:
                print("ok %d - %s # SKIP %s" % (number, story.__name__.replace("_", " "), missing), flush=True)
            except (AssertionError, OSError, KeyError, ValueError, subprocess.TimeoutExpired) as error:
                failures += 1
                print("not ok %d - %s\n#   %s: %s" % (number, story.__name__.replace("_", " "), type(error).__name__,
                                                      str(error).replace("\n", "\n#   ")), flush=True)
        with contextlib.suppress(OSError):
            world.server.shutdown()
            world.stranger.shutdown()
    return 1 if failures else 0
