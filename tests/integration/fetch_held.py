#!/usr/bin/env python3
"""`interdict lists fetch`: what is held back although it was got whole: lists that shrink, that are others, that cannot be read. Prints
TAP.

    fetch_held.py PROGRAM [CASE…]
"""
import gzip
import json
import os
import subprocess
import sys

import fetch_world
from fetch_world import Answer, Skipped, case, read, stays, un_list

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.environ.get("INTERDICT_DATA") or os.path.join(SOURCE, "..", "shared", "data")

OFAC = (b'<?xml version="1.0"?>\n<sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation><Publish_Date>01/02/2026</Publish_Date>'
        b"<Record_Count>1</Record_Count></publshInformation><sdnEntry><uid>1</uid><lastName>Zafarani Shipping</lastName>"
        b"<sdnType>Entity</sdnType><programList><program>DPRK</program></programList></sdnEntry></sdnList>")

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


if __name__ == "__main__":
    sys.exit(fetch_world.run())
