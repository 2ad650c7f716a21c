#!/usr/bin/env python3
"""`interdict lists fetch`: how a list is got, from a server that fails in every way, and kept whatever the machine does. Prints TAP.

    fetch.py PROGRAM [CASE…]
"""
import gzip
import hashlib
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import time

from fetch_world import Answer, Handler, case, failed, run, stays, un_list

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
def one_table_for_people(world):
    world.put(Answer(un_list(20)))
    command = [word for word in world.command() if word != "--jsonl"]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=world.environment(), timeout=60)
    assert done.stdout.split()[:3] == [b"DATASET", b"STATUS", b"VERSION"] and b"new" in done.stdout, done.stdout
    done = subprocess.run(command + ["--csv"], stdout=subprocess.PIPE, env=world.environment(), timeout=60)
    assert done.stdout.startswith(b"dataset,status,file,version,") and b"\r\nun-sc,unchanged," in done.stdout, done.stdout
    done = subprocess.run(command + ["--json"], stdout=subprocess.PIPE, env=world.environment(), timeout=60)
    assert [r["status"] for r in json.loads(done.stdout)] == ["unchanged"], done.stdout


if __name__ == "__main__":
    sys.exit(run())
