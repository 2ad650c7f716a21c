#!/usr/bin/env python3
"""Stories of decisions about hits of kind `owned`, through the program, on an invented list and register. Prints TAP, a case a claim.

    decide_owned.py PROGRAM

inv-4 is listed and holds the customers k-1 and k-2 as the register says; us-ofac blocks from half of the shares on.
"""
import json
import os
import sys

import decide
from decide import claim, ids, replay, state_of

HEADER = "owner,owned,share_min_ppm,share_max_ppm,kind\n"
ROWS = ["inv-4,mid,600000,600000,shares", "mid,k-1,500000,500000,shares", "inv-4,k-2,250001,500000,shares"]
CUSTOMERS = [{"id": "k-1", "name": "Quiet Harbour Nobody Knows"}, {"id": "k-2", "name": "Quellmarch Shipping"},
             {"id": "k-3", "name": "Orlin Vassek"}]


class Story(decide.Story):
    def __init__(self, *options):
        super().__init__(*options)
        self.customers = [dict(customer) for customer in CUSTOMERS]
        self.register(ROWS)

    def register(self, rows):
        with open(self.path("register.csv"), "w", encoding="utf-8") as out:
            out.write(HEADER + "".join(row + "\n" for row in rows))

    def owned(self, *options, day="2025-01-01", regime="us-ofac", code=10):
        return self.ask("-g", self.path("register.csv"), "--regime", regime, "--as-of", day, *options, code=code)


def kinds(answer):
    return sorted((hit["id"], hit["kind"]) for hit in answer["hits"])


def owned_state(answer):
    """State and reasons of the hit of kind `owned`; None when it is hidden."""
    return state_of({"hits": [hit for hit in answer["hits"] if hit["kind"] == "owned"]}, "inv-4")


def cleared_owners_are_hidden():
    with Story() as s:
        plain, before = s.ask(), s.owned()
        claim(ids(plain["k-1"]) == [] and kinds(before["k-1"]) == [("inv-4", "owned")] and before["k-1"]["cleared"] == 0,
              "under a case too, who is held by a listed party is a hit", before["k-1"])
        claim(kinds(before["k-2"]) == [("inv-4", "name"), ("inv-4", "owned")], "one record may be met by name and through owners",
              before["k-2"])
        claim(before["k-3"] == plain["k-3"], "others are as they were")
        said = s.decide("k-1", "inv-4", reason="sold in 2024")
        after = s.owned()
        claim(said["state"] == "cleared" and after["k-1"]["hits"] == [] and after["k-1"]["cleared"] == 1,
              "a cleared hit is hidden and counted", after["k-1"])
        claim(after["k-2"] == before["k-2"], "of that customer alone")
        shown = s.owned("--show-cleared")["k-1"]
        claim(owned_state(shown) == ("cleared", []) and shown["cleared"] == 1, "--show-cleared shows it, marked", shown)
        hit = dict(shown["hits"][0])
        hit.pop("decision")
        claim(hit == before["k-1"]["hits"][0], "nothing else of the hit changes")
        s.decide("k-1", "inv-4", "confirm")
        claim(owned_state(s.owned()["k-1"]) == ("confirmed", []), "what is confirmed is shown with its state")
        s.decide("k-1", "inv-4", "escalate")
        claim(owned_state(s.owned()["k-1"]) == ("escalated", []), "and what is escalated")


def both_ways_at_once():
    with Story() as s:
        s.ask()
        s.decide("k-2", "inv-4", reason="another Quellmarch")
        now = s.owned()["k-2"]
        claim(kinds(now) == [("inv-4", "owned")] and owned_state(now) == ("reopened", ["owners changed"]) and now["cleared"] == 1,
              "a decision that was made of the name does not clear the owners", now)
        s.decide("k-2", "inv-4", reason="another one, and not theirs")
        now = s.owned()["k-2"]
        claim(now["hits"] == [] and now["cleared"] == 2, "one that was made of both clears both", now)
        claim(s.ask(code=None)["k-2"]["cleared"] == 1, "and the name where owners are not asked for")
        claim(s.owned()["k-2"]["cleared"] == 2, "and both again")
    with Story() as s:
        s.customers[1]["name"] = "Harbour of Quellmarch and Sons"
        few = s.owned("--threshold", "0.99")["k-2"]
        claim(kinds(few) == [("inv-4", "owned")], "here the names are too far apart", few)
        s.decide("k-2", "inv-4", reason="not theirs")
        claim(s.owned("--threshold", "0.99", code=None)["k-2"]["cleared"] == 1, "so the decision is of the owners")
        many = s.owned("--threshold", "0.1")["k-2"]
        by_name = {"hits": [hit for hit in many["hits"] if hit["kind"] == "name"]}
        claim(state_of(by_name, "inv-4") == ("reopened", ["owners changed"]) and owned_state(many) is None,
              "and does not clear the name once that is near enough", many)


def what_changes_reopens():
    with Story() as s:
        s.owned()
        s.decide("k-1", "inv-4")
        for what, rows, day in (("a later day", ROWS, "2025-06-01"), ("other places in the file", ROWS[::-1], "2025-01-01"),
                                ("what the register says of others", ROWS + ["inv-4,k-9,1000000,1000000,shares"], "2025-01-01")):
            s.register(rows)
            claim(s.owned(day=day)["k-1"]["cleared"] == 1, what + " reopens nothing")
        for what, rows in (("another share", ["inv-4,mid,700000,700000,shares"] + ROWS[1:]),
                           ("another verdict", ROWS[:1] + ["mid,k-1,400000,500000,shares"] + ROWS[2:]),
                           ("another listed holder", ROWS + ["inv-5,k-1,500000,500000,shares"]),
                           ("another way to hold it", ["inv-4,mud,600000,600000,shares", "mud,k-1,500000,500000,shares"] + ROWS[2:])):
            s.register(rows)
            now = s.owned()["k-1"]
            claim(owned_state(now) == ("reopened", ["owners changed"]) and now["cleared"] == 0, what + " reopens it", now)
        s.register(ROWS)
        claim(s.owned()["k-1"]["cleared"] == 1, "what goes back is as it was decided")
        now = s.owned(regime="eu")["k-1"]
        claim(owned_state(now) == ("reopened", ["owners changed"]), "another rule reopens it", now)
        s.people["inv-4"]["alias"] = ["Quellmarch Lines"]
        s.load()
        now = s.owned()["k-1"]
        claim(owned_state(now) == ("reopened", ["record changed"]), "so does a change of the listed party's record", now)
        s.register(ROWS[2:])
        claim(s.owned()["k-1"]["hits"] == [], "and what is sold is no hit")


def two_persons():
    with Story("--two-person") as s:
        s.owned()
        s.decide("k-1", "inv-4", "clear", "ann")
        claim(owned_state(s.owned()["k-1"]) == ("pending", []), "one person hides nothing")
        s.decide("k-1", "inv-4", "clear", "bo")
        claim(s.owned()["k-1"]["cleared"] == 1, "two do")


def replays():
    with Story() as s:
        s.owned()
        first = s.last_record()
        s.decide("k-1", "inv-4")
        s.owned()
        second = s.last_record()
        record = json.loads(s.rows("SELECT content FROM audit WHERE number = %d" % first)[0][0])["owned"]
        claim((record["regime"], record["as_of"], record["registers"]) ==
              ("us-ofac", "2025-01-01", [os.path.realpath(s.path("register.csv"))]), "the record says what was asked of whom", record)
        for number, what in (first, "before the decision"), (second, "after it"):
            claim(replay(s, number, 0)["equal"], "replayed as it was " + what)
        s.register(ROWS + ["inv-4,k-9,1,1,shares"])
        said = replay(s, first, 1)
        claim(said["differences"] == ["the registers say something else now"] and said["now"] is None,
              "a register that says more is not the same", said)
        os.rename(s.path("register.csv"), s.path("away.csv"))
        said = replay(s, first, 1)
        claim(len(said["differences"]) == 1 and "cannot be had again" in said["differences"][0], "one that is gone is said to be", said)
        s.register(ROWS)
        claim(replay(s, second, 0)["equal"], "the same register again is the same")
        s.must(0, "graph", "build", "-o", s.path("G.itg"), s.path("register.csv"))
        s.ask("-g", s.path("G.itg"), "--regime", "us-ofac", "--as-of", "2025-01-01")
        claim(replay(s, s.last_record(), 0)["equal"], "a compiled graph replays too")
        compiled = json.loads(s.rows("SELECT content FROM audit ORDER BY number DESC LIMIT 1")[0][0])["owned"]
        claim(compiled["hash"] == record["hash"], "and has the hash of what it was compiled from")


def listed_by_a_file():
    """l-1 is in no list of the case and has half of the customer k-3; l-2 is the Party, and controls k-2."""
    with Story() as s:
        s.customers[2]["name"] = "Thistle Bakery"
        s.register(ROWS + ["l-1,k-3,500000,500000,shares", "l-2,k-2,,,control"])

        def write(text):
            with open(s.path("listed.txt"), "w", encoding="utf-8") as out:
                out.write(text)

        write("l-1\nl-2,kp-party\n")
        asked = ("--listed", s.path("listed.txt"))
        claim(s.owned()["k-3"]["hits"] == [], "without the file nobody carries it")
        now = s.owned(*asked)
        first = s.last_record()
        claim(kinds(now["k-3"]) == [("l-1", "owned")], "with it, who it lists does", now["k-3"])
        claim(("l-2", "owned") in kinds(now["k-2"]), "and so does who belongs to a category", now["k-2"])
        record = json.loads(s.rows("SELECT content FROM audit WHERE number = %d" % first)[0][0])["owned"]["listed"]
        claim(record["file"] == os.path.realpath(s.path("listed.txt")) and len(record["hash"]) == 64, "the record has the file and a hash",
              record)
        claim(s.decide("k-3", "l-1", reason="sold")["state"] == "cleared", "such a hit can be decided")
        now = s.owned(*asked, code=None)
        claim(now["k-3"]["hits"] == [] and now["k-3"]["cleared"] == 1, "and is hidden then", now["k-3"])
        claim(replay(s, first, 0)["equal"] and replay(s, s.last_record(), 0)["equal"], "both replay")
        write("l-1\nl-2,kp-government\n")
        claim(replay(s, first, 1)["differences"] == ["the file of listed parties says something else now"], "another category is not the same")
        os.remove(s.path("listed.txt"))
        said = replay(s, first, 1)["differences"]
        claim(len(said) == 1 and "listed.txt" in said[0], "nor is a file that is gone", said)
        write("l-1\nl-9,kp-army\n")
        s.owned(*asked, code=1)
        s.owned(*asked, "--skip-bad", code=3)
        claim(replay(s, s.last_record(), 0)["equal"], "lines that are left out give exit 3, and are left out again")


def a_limit_of_both_kinds():
    """Twelve listed parties have 5 % each of k-3."""
    with Story() as s:
        for number in range(12):
            s.people["l-%02d" % number] = {"schema": "Person", "name": ["Holder %d" % number], "nationality": ["kp" if number else "ru"]}
        s.load()
        s.customers[2]["name"] = "Thistle Bakery"
        s.register(["l-%02d,k-3,50000,50000,shares" % number for number in range(12)])
        now = s.owned("--limit", "2", "--threshold", "0.99")["k-3"]
        claim(ids(now) == ["l-00", "l-01"] and now["truncated"], "the best are shown", now)
        alerts = "SELECT count(*) FROM alert WHERE query = 'k-3' AND audit = %d"
        claim(s.rows(alerts % s.last_record())[0][0] == 12, "and all are put down")
        s.decide("k-3", "l-00", reason="sold")
        now = s.owned("--limit", "2", "--threshold", "0.99")["k-3"]
        claim(ids(now) == ["l-01", "l-02"] and now["truncated"] and now["cleared"] == 1, "cleared ones take no place", now)
        now = s.owned("--limit", "11", "--threshold", "0.99")["k-3"]
        claim(len(now["hits"]) == 11 and not now["truncated"], "as many as the limit are not cut", now)
        now = s.owned("--country", "ru", "--show-cleared", "--threshold", "0.99")["k-3"]
        claim(ids(now) == ["l-00"], "a filter decides on the party", now)
        claim(replay(s, s.last_record(), 0)["equal"], "and so it does when it is run again")


def a_case_as_register():
    with Story() as s:
        s.people["k-1"] = {"schema": "Company", "name": ["Quiet Harbour"]}
        s.people["link"] = {"schema": "Ownership", "owner": ["inv-4"], "asset": ["k-1"], "percentage": ["60"]}
        s.load()
        answer = s.ask("-g", "case:" + s.case, "--regime", "us-ofac", "--as-of", "2025-01-01")["k-1"]
        claim(kinds(answer) == [("k-1", "name"), ("k-1", "owned")] and
              {hit["own"]["basis"] for hit in answer["hits"] if hit["kind"] == "owned"} == {"listed"},
              "who is listed itself is a hit of its own, none of its owners", answer)
        claim(replay(s, s.last_record(), 0)["equal"], "the case that is screened under can be the register")


def what_does_not_go_together():
    with Story() as s:
        done = s.must(2, "screen", "--case", s.case, "--store", "x", "-g", s.path("register.csv"), "--regime", "eu", "--as-of",
                      "2025-01-01", "Kim")
        claim("-g does not go with --store" in done.stderr.decode(), "what is stored is screened by name alone", done.stderr)
        done = s.must(2, "screen", "--case", s.case, "-g", s.path("register.csv"), "--regime", "eu", "Kim")
        claim("go together" in done.stderr.decode(), "a graph wants a day")
        done = s.must(2, "screen", "--case", s.case, "-g", s.path("register.csv"), "--regime", "xx", "--as-of", "2025-01-01", "Kim")
        claim("no such regime" in done.stderr.decode(), "and a regime that there is", done.stderr)
        s.register(ROWS + ["inv-4,2,600000,600000,shares"])
        done = s.must(1, "screen", "--case", s.case, "-g", s.path("register.csv"), "--regime", "eu", "--as-of", "2025-01-01",
                      "Nobody Atall", "Nobody Else")
        claim("give the question an id of its own" in done.stderr.decode(), "a number of a line that is a party too is refused", done.stderr)
        s.must(0, "screen", "--case", s.case, "-g", s.path("register.csv"), "--regime", "eu", "--as-of", "2025-01-01", "Nobody Atall")
        s.register(ROWS + ["broken"])
        s.owned(code=1)
        now = s.owned("--skip-bad", code=3)
        claim(kinds(now["k-1"]) == [("inv-4", "owned")], "rows that are left out give exit 3", now)
        claim(replay(s, s.last_record(), 0)["equal"], "and are left out again")


def main():
    decide.PROGRAM = os.path.abspath(sys.argv[1])
    stories = (cleared_owners_are_hidden, both_ways_at_once, what_changes_reopens, two_persons, replays, listed_by_a_file, a_limit_of_both_kinds,
               a_case_as_register,
               what_does_not_go_together)
    for story in stories:
        print("# " + story.__name__.replace("_", " "))
        story()
    print("1..%d" % len(decide.RESULTS))
    return 0 if all(decide.RESULTS) else 1


if __name__ == "__main__":
    sys.exit(main())
