#!/usr/bin/env python3
"""Stories of decisions in a case, through the program, on invented lists. Prints TAP, a case a claim.

    decide.py PROGRAM
"""
import datetime
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = ""
RESULTS = []

PEOPLE = {
    "inv-1": {"schema": "Person", "name": ["Orlin Vassek"], "birthDate": ["1961-04-12"], "nationality": ["bg"]},
    "inv-2": {"schema": "Person", "name": ["Orlin Vasek"], "birthDate": ["1961"]},
    "inv-3": {"schema": "Person", "name": ["Orlin Wassek"]},
    "inv-4": {"schema": "Company", "name": ["Quellmarch Shipping Ltd"], "country": ["mt"]},
    "inv-5": {"schema": "Vessel", "name": ["BRINE LARK"], "imoNumber": ["9074729"]},
}
CUSTOMERS = [
    {"id": "c-1", "name": "Orlin Vassek"},
    {"id": "c-2", "name": "Quellmarch Shipping"},
    {"id": "c-3", "name": "Brine Lark", "schema": "Vessel"},
    {"id": "c-4", "name": "Nobody Atall"},
]


def claim(good, what, why=""):
    RESULTS.append(bool(good))
    print("%sok %d - %s" % ("" if good else "not ", len(RESULTS), what))
    if not good:
        print("#   " + str(why).replace("\n", "\n#   "))


class Story:
    """A folder with a case in it."""

    def __init__(self, *options):
        self.folder = tempfile.mkdtemp(prefix="itd-decide-")
        self.case = self.path("bank.case")
        self.people = json.loads(json.dumps(PEOPLE))
        self.customers = json.loads(json.dumps(CUSTOMERS))
        self.must(0, "case", "init", self.case, *options)
        self.load()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.must(0, "case", "verify", self.case)
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *args, **kw):
        kw.setdefault("stdout", subprocess.PIPE)
        return subprocess.run([PROGRAM, *args], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=60, **kw)

    def must(self, code, *args, **kw):
        done = self.run(*args, **kw)
        if code is not None and done.returncode != code:
            claim(False, "exit %d of %s" % (code, " ".join(args)), "exit %d: %s" % (done.returncode, done.stderr.decode()))
        return done

    def write_list(self, order=None):
        with open(self.path("list.ftm.json"), "w", encoding="utf-8") as out:
            for key in order or sorted(self.people):
                entity = dict(self.people[key])
                schema = entity.pop("schema")
                out.write(json.dumps({"id": key, "schema": schema, "datasets": ["inv"],
                                      "properties": {**entity, "topics": ["sanction"]}}) + "\n")

    def load(self, order=None):
        self.write_list(order)
        self.must(0, "case", "import", self.case, self.path("list.ftm.json"), "--by", "list clerk")

    def ask(self, *options, code=10, name="customers.jsonl"):
        """Answers by the id of their question."""
        with open(self.path(name), "w", encoding="utf-8") as out:
            for customer in self.customers:
                out.write(json.dumps(customer) + "\n")
        done = self.must(code, "screen", "--case", self.case, "-i", self.path(name), "--jsonl", "--by", "screener", *options)
        self.bytes = done.stdout
        self.code = done.returncode
        return {answer["id"]: answer for answer in map(json.loads, done.stdout.decode().splitlines())}

    def decide(self, query, hit, decision="clear", by="ann", *more, code=0, reason="born elsewhere"):
        done = self.must(code, "decide", self.case, "--query", query, "--hit", hit, "--decision", decision, "--reason", reason,
                         "--by", by, "--json", *more)
        return json.loads(done.stdout) if code == 0 else done.stderr.decode()

    def rows(self, text):
        connection = sqlite3.connect("file:%s?mode=ro" % self.case, uri=True)
        try:
            return connection.execute(text).fetchall()
        finally:
            connection.close()

    def count(self, table):
        return self.rows("SELECT count(*) FROM " + table)[0][0]

    def last_record(self):
        return self.rows("SELECT max(number) FROM audit")[0][0]


def ids(answer):
    return [hit["id"] for hit in answer["hits"]]


def state_of(answer, hit_id):
    """State and reasons of a hit that is shown; None when it is hidden."""
    for hit in answer["hits"]:
        if hit["id"] == hit_id:
            return (hit["decision"]["state"], hit["decision"]["reopened"]) if "decision" in hit else ("none", [])
    return None


def cleared_hits_are_hidden():
    with Story() as s:
        before = s.ask()
        claim(ids(before["c-1"])[0] == "inv-1" and before["c-1"]["cleared"] == 0 and "decision" not in before["c-1"]["hits"][0],
              "before a decision nothing is hidden", before["c-1"])
        said = s.decide("c-1", "inv-1")
        claim((said["state"], said["by"], said["second"], said["reopened"]) == ("cleared", "ann", None, []) and
              said["reason"] == "born elsewhere" and said["made"].endswith("Z"), "decide says what holds now", said)
        after = s.ask()
        claim(ids(after["c-1"]) == ids(before["c-1"])[1:] and after["c-1"]["cleared"] == 1, "a cleared hit is hidden and counted",
              after["c-1"])
        claim(after["c-2"] == before["c-2"] and after["c-4"]["cleared"] == 0, "other questions are as they were")
        shown = s.ask("--show-cleared")
        claim(state_of(shown["c-1"], "inv-1") == ("cleared", []) and shown["c-1"]["cleared"] == 1,
              "--show-cleared shows it, marked", shown["c-1"])
        same = {**shown["c-1"]["hits"][0]}
        same.pop("decision")
        claim(same == before["c-1"]["hits"][0], "nothing else of the hit changes")

        s.decide("c-2", "inv-4")
        s.decide("c-3", "inv-5")
        for hit in ids(before["c-1"])[1:]:
            s.decide("c-1", hit)
        hidden = s.ask(code=None)
        claim(s.code == 0 and not any(answer["hits"] for answer in hidden.values()), "exit 0 when every hit is hidden", s.code)
        s.ask("--show-cleared", code=None)
        claim(s.code == 10, "and 10 when they are shown", s.code)

        s.decide("c-2", "inv-4", "confirm", "bo")
        s.decide("c-3", "inv-5", "escalate", "bo")
        now = s.ask()
        claim(state_of(now["c-2"], "inv-4") == ("confirmed", []) and state_of(now["c-3"], "inv-5") == ("escalated", []),
              "what is confirmed or escalated is shown with its state; the newest decision counts", now["c-2"])

        table = s.run("screen", "--case", s.case, "-i", s.path("customers.jsonl"), "--show-cleared").stdout.decode()
        today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
        claim("cleared by ann on %s: born elsewhere" % today in table and "confirmed by bo on" in table and "; 3 cleared\n" in table,
              "the table says what was decided", table)
        rows = s.run("screen", "--case", s.case, "-i", s.path("customers.jsonl"), "--csv").stdout.decode().splitlines()
        claim(rows[0].endswith(",state,decision,by,second,made,until,reason,reopened") and
              any(",confirmed,confirm,bo," in row for row in rows), "so does CSV", rows)


def without_a_case_nothing_changes():
    with Story() as s:
        s.ask()
        s.decide("c-1", "inv-1")
        index = s.path("x.idx")
        s.must(0, "index", "-o", index, s.path("list.ftm.json"))
        plain = s.must(10, "screen", "-l", index, "-i", s.path("customers.jsonl"), "--jsonl").stdout.decode()
        claim("cleared" not in plain and "decision" not in plain and '"inv-1"' in plain, "screen -l alone knows no decisions")
        under = s.ask("-l", index)
        claim(under["c-1"]["cleared"] == 1 and "inv-1" not in ids(under["c-1"]), "-l under a case: its decisions hold for the index too",
              under["c-1"])
        record = json.loads(s.rows("SELECT content FROM audit ORDER BY number DESC LIMIT 1")[0][0])
        claim(record["lists"][0]["file"] == os.path.realpath(index) and len(record["lists"][0]["hash"]) == 64,
              "the index goes on record with its hash", record)
        for args in (["screen", "Kim"], ["screen", "-l", index, "--store", "x", "Kim"], ["screen", "-l", index, "--show-cleared", "Kim"]):
            s.must(2, *args)
        empty = s.path("empty.case")
        s.must(0, "case", "init", empty)
        done = s.must(1, "screen", "--case", empty, "Kim")
        claim("holds no list" in done.stderr.decode(), "a case without lists gives no clean answer", done.stderr)


def a_record_that_changes_reopens():
    with Story() as s:
        s.ask()
        s.decide("c-1", "inv-1")
        s.decide("c-2", "inv-4")
        s.people["inv-5"]["flag"] = ["pa"]
        s.people["inv-6"] = {"schema": "Person", "name": ["Somebody New"]}
        del s.people["inv-3"]
        s.load(order=sorted(s.people, reverse=True))
        now = s.ask(code=10)
        claim(now["c-1"]["cleared"] == 1 and now["c-2"]["cleared"] == 1 and state_of(now["c-1"], "inv-1") is None,
              "other changes of the list, and other places of its rows, reopen nothing", now["c-1"])
        s.people["inv-1"]["passportNumber"] = ["X123456"]
        s.load()
        now = s.ask()
        claim(state_of(now["c-1"], "inv-1") == ("reopened", ["record changed"]) and now["c-1"]["cleared"] == 0,
              "a change of the record reopens the decision", now["c-1"])
        claim(now["c-2"]["cleared"] == 1, "and no other")
        table = s.run("screen", "--case", s.case, "-i", s.path("customers.jsonl")).stdout.decode()
        claim('reopened (record changed): "clear" by ann on' in table, "the table says why", table)
        said = s.decide("c-1", "inv-1", "clear", "bo")
        claim(said["state"] == "cleared" and s.ask()["c-1"]["cleared"] == 1, "decided again, it holds again", said)
        del s.people["inv-1"]["passportNumber"]
        s.load()
        now = s.ask()
        claim(state_of(now["c-1"], "inv-1") == ("reopened", ["record changed"]), "the newer decision is about the newer record", now["c-1"])
        s.decide("c-1", "inv-1", "clear", "bo")
        claim(s.ask()["c-1"]["cleared"] == 1, "a record that goes back can be decided again")


def a_customer_that_changes_reopens():
    with Story() as s:
        s.ask()
        s.decide("c-1", "inv-1")
        s.decide("c-2", "inv-4")
        s.customers[0]["birthDate"] = "1990-01-01"
        now = s.ask("--threshold", "0.3")
        claim(state_of(now["c-1"], "inv-1") == ("reopened", ["question changed"]) and now["c-2"]["cleared"] == 1,
              "a change of the customer's record reopens the decision", now["c-1"])
        s.people["inv-1"]["alias"] = ["The Clerk"]
        s.load()
        now = s.ask("--threshold", "0.3")
        claim(state_of(now["c-1"], "inv-1") == ("reopened", ["record changed", "question changed"]), "both are said", now["c-1"])
        del s.customers[0]["birthDate"]
        del s.people["inv-1"]["alias"]
        s.load()
        s.customers.reverse()
        now = s.ask("--limit", "5", "--threshold", "0.6", "--schema", "Person")
        claim(now["c-1"]["cleared"] == 1, "options and the order of questions reopen nothing", now["c-1"])


def ends():
    today = datetime.datetime.now(datetime.timezone.utc).date()
    with Story() as s:
        s.ask()
        for day in (today - datetime.timedelta(days=1)).isoformat(), "2020-01-01":
            text = s.decide("c-1", "inv-1", "clear", "ann", "--until", day, code=2)
            claim("lies in the past" in text, "an end in the past is refused", text)
        for day in "2030-02-30", "2030", "tomorrow", "2030-01-01T00:00:00Z":
            text = s.decide("c-1", "inv-1", "clear", "ann", "--until", day, code=2)
            claim("is no day" in text, "%s is no day" % day, text)
        until = (today + datetime.timedelta(days=30)).isoformat()
        said = s.decide("c-1", "inv-1", "clear", "ann", "--until", until)
        claim(said["until"] == until and s.ask()["c-1"]["cleared"] == 1, "it holds until then", said)
        claim(s.decide("c-1", "inv-1", "clear", "ann", "--until", today.isoformat())["until"] == today.isoformat(),
              "today is not over")


def two_persons():
    with Story("--two-person") as s:
        s.ask()
        text = s.decide("c-1", "inv-1", "clear", "ann", "--second", "Ann", code=2)
        claim("two have to agree" in text, "one person is not two", text)
        said = s.decide("c-1", "inv-1", "clear", "ann")
        now = s.ask()
        claim(said["state"] == "pending" and state_of(now["c-1"], "inv-1") == ("pending", []) and now["c-1"]["cleared"] == 0,
              "the first decision waits, and hides nothing", now["c-1"])
        table = s.run("screen", "--case", s.case, "-i", s.path("customers.jsonl")).stdout.decode()
        claim("waiting for a second person" in table, "the table says so", table)
        text = s.decide("c-1", "inv-1", "clear", "ann", code=2)
        claim("a second person has to agree" in text, "the same person cannot agree", text)
        said = s.decide("c-1", "inv-1", "clear", "bo", reason="agreed")
        claim((said["state"], said["by"], said["second"], said["reason"]) == ("cleared", "ann", "bo", "born elsewhere"),
              "a second person can", said)
        claim(s.ask()["c-1"]["cleared"] == 1, "and then it holds")
        said = s.decide("c-2", "inv-4", "clear", "ann", "--second", "bo")
        claim(said["state"] == "cleared" and s.ask()["c-2"]["cleared"] == 1, "two persons in one call", said)
        s.people["inv-1"]["alias"] = ["The Clerk"]
        s.load()
        now = s.ask()
        claim(state_of(now["c-1"], "inv-1") == ("reopened", ["record changed"]), "what two decided reopens as well", now["c-1"])
        claim(s.decide("c-1", "inv-1", "clear", "bo")["state"] == "pending", "and needs two again")


def the_limit_comes_after_hiding():
    with Story() as s:
        everything = ids(s.ask("--limit", "0")["c-1"])
        claim(len(everything) == 3, "three are close to the first customer", everything)
        one = s.ask("--limit", "1")["c-1"]
        claim(ids(one) == everything[:1] and one["truncated"], "the limit cuts", one)
        s.decide("c-1", everything[1])
        s.decide("c-1", everything[0])
        one = s.ask("--limit", "1")["c-1"]
        claim(ids(one) == everything[2:] and one["cleared"] == 2 and not one["truncated"],
              "what is hidden takes no place from others", one)
        claim(s.count("alert WHERE query = 'c-1'") == 3, "what the limit cuts off was seen by the case all the same")


def merges_and_splits():
    with Story() as s:
        s.ask()
        s.decide("c-1", "inv-1")
        s.decide("c-1", "inv-2", "confirm")
        wanted = s.ask("--show-cleared")
        for step, (how, a, b) in enumerate((("--merge", "inv-1", "inv-2"), ("--split", "inv-2", "inv-1"), ("--split", "inv-3", "inv-1"),
                                            ("--merge", "inv-3", "inv-1"), ("--merge", "inv-2", "inv-3"))):
            done = s.must(0, "resolve", s.case, how, a, b, "--reason", "step %d" % step, "--by", "ann", "--json")
            said = json.loads(done.stdout)
            good = said["judgement"] == {"--merge": "positive", "--split": "negative"}[how] and s.ask("--show-cleared") == wanted
            claim(good, "decisions survive %s %s %s" % (how, a, b), done.stdout)
        newest = s.rows("SELECT judgement FROM judgement WHERE left = 'inv-1' AND right = 'inv-2' ORDER BY id DESC LIMIT 1")
        claim(newest == [("split",)], "a pair is one pair in any order", newest)
        s.must(2, "resolve", s.case, "--merge", "inv-1", "inv-1", "--reason", "x", "--by", "ann")
        s.must(1, "resolve", s.case, "--merge", "inv-1", "inv-99", "--reason", "x", "--by", "ann")
        s.must(2, "resolve", s.case, "--merge", "inv-1", "--reason", "x", "--by", "ann")
        s.must(2, "resolve", s.case, "--merge", "inv-1", "--split", "inv-3", "inv-2", "--reason", "x", "--by", "ann")
        s.must(2, "resolve", s.case, "inv-1", "--reason", "x", "--by", "ann")
        claim(s.count("judgement") == 5, "what is refused is not put down")


def replay(s, record, code):
    done = s.must(code, "replay", s.case, str(record), "--json")
    return json.loads(done.stdout) if done.stdout else done.stderr.decode()


def replays():
    with Story() as s:
        records = []
        s.ask("--stats")
        records.append(s.last_record())
        s.decide("c-1", "inv-1")
        s.ask("--limit", "1", "--threshold", "0.9", "--algorithm", "ofac", "--topic", "sanction")
        records.append(s.last_record())
        s.ask("--show-cleared", "--schema", "Person", "--exhaustive")
        records.append(s.last_record())
        s.must(10, "screen", "--case", s.case, "--by", "ann", "  Orlin  Vassek ", "IMO 9074729")
        records.append(s.last_record())
        # Another order of properties, a value twice, and one that is not the first name.
        lines = [{"id": "x", "schema": "Person", "properties": {"country": ["bg", "at"], "alias": ["Vassek", "O. Vassek"],
                                                                "name": ["Orlin Vassek", "Vassek Orlin"], "birthDate": ["1961"]}},
                 {"id": "y", "schema": "Company", "properties": {"registrationNumber": ["77"], "alias": ["Quellmarch Shipping"]}}]
        with open(s.path("odd.jsonl"), "w") as out:
            out.writelines(json.dumps(line) + "\n" for line in lines)
        s.must(10, "screen", "--case", s.case, "--by", "ann", "-i", s.path("odd.jsonl"))
        records.append(s.last_record())
        with open(s.path("bad.jsonl"), "w") as out:
            out.write('{"id":"b-1","name":"Orlin Vassek"}\n{"id":"b-2","name":"---"}\n{"id":\n{"id":"b-4","name":"Brine Lark"}\n')
        s.must(3, "screen", "--case", s.case, "--by", "ann", "--skip-bad", "-i", s.path("bad.jsonl"))
        records.append(s.last_record())
        s.must(3, "screen", "--case", s.case, "--by", "ann", "--skip-bad", "", "Orlin Vassek")
        records.append(s.last_record())
        index = s.path("x.idx")
        s.must(0, "index", "-o", index, s.path("list.ftm.json"))
        s.ask("-l", index)
        of_list = s.last_record()
        claim(replay(s, of_list, 0)["equal"], "a screening against an index is run again")

        # All that can come later.
        s.decide("c-1", "inv-1", "confirm")
        s.decide("c-2", "inv-4")
        s.people["inv-1"]["alias"] = ["The Clerk"]
        del s.people["inv-2"]
        s.load()
        s.must(0, "resolve", s.case, "--merge", "inv-1", "inv-3", "--reason", "same", "--by", "ann")
        s.customers.pop()
        s.ask()
        before = s.last_record()
        for record in records:
            said = replay(s, record, 0)
            claim(said["equal"] and said["then"] == said["now"] and said["differences"] == [],
                  "record %d is equal after later imports and decisions" % record, said)
        claim(s.last_record() == before, "a replay writes nothing")
        table = s.run("replay", s.case, str(records[0]), "--threads", "1").stdout.decode()
        claim("the same, byte for byte" in table, "the table says so", table)

        s.must(0, "index", "-o", index, s.path("list.ftm.json"))
        said = replay(s, of_list, 1)
        claim(not said["equal"] and said["now"] is None and "is another one now" in said["differences"][0],
              "an index that was replaced is told", said)
        os.unlink(index)
        said = replay(s, of_list, 1)
        claim("is not there any more" in said["differences"][0], "an index that is gone is told", said)
        done = s.must(2, "replay", s.case, "1")
        claim('is of "import"' in done.stderr.decode(), "what is no screening is refused", done.stderr)
        s.must(1, "replay", s.case, "9999")
        s.must(2, "replay", s.case, "none")


def what_is_kept():
    with Story() as s:
        s.ask("--store", "book")
        s.ask("--store", "book")
        s.ask()
        claim((s.count("question_set"), s.count("question"), s.count("question_store"), s.count("alert")) == (1, 4, 1, 5),
              "the same questions and hits are kept once", (s.count("question"), s.count("alert")))
        s.ask("--store", "book", "--threshold", "0.8", "--dataset", "inv")
        options = json.loads(s.rows("SELECT options FROM question_store ORDER BY id DESC LIMIT 1")[0][0])
        claim(s.count("question_store") == 2 and options["threshold_micro"] == 800000 and options["datasets"] == ["inv"],
              "other options are a new row", options)
        s.customers.append({"id": "c-5", "name": "Brine Larke"})
        s.ask("--store", "book")
        claim((s.count("question_set"), s.count("question")) == (2, 9), "more questions are another set")
        content = json.loads(s.rows("SELECT content FROM question WHERE id = 'c-3' LIMIT 1")[0][0])
        claim(content == {"schema": "Vessel", "query": "Brine Lark", "properties": {"Thing:name": ["Brine Lark"]}},
              "a question is kept as it was asked", content)

        before = s.last_record()
        with open("/dev/full", "w") as full:
            done = s.run("screen", "--case", s.case, "-i", s.path("customers.jsonl"), "--by", "ann", stdout=full)
        claim(done.returncode == 1 and s.last_record() == before, "answers that cannot be written are not on record", done)
        with open(s.path("bad.jsonl"), "w") as out:
            out.write('{"id":"b-1","name":"Orlin Vassek"}\n{"id":\n')
        s.must(1, "screen", "--case", s.case, "-i", s.path("bad.jsonl"), "--by", "ann")
        claim(s.last_record() == before and s.count("question WHERE id = 'b-1'") == 0, "a screening that fails leaves nothing")

        holder = sqlite3.connect(s.case, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        done = s.must(1, "screen", "--case", s.case, "-i", s.path("customers.jsonl"), "--by", "ann")
        claim("locked by another process" in done.stderr.decode() and not done.stdout, "a case that is locked is told, before any answer",
              done.stderr)
        holder.execute("ROLLBACK")
        holder.close()
        text = s.decide("c-9", "inv-1", code=1)
        claim("the case has not seen question 'c-9' hit 'inv-1': screen it first with `interdict screen --case`" in text,
              "what was not seen cannot be decided", text)
        s.decide("c-1", "inv-1", reason=" ", code=2)
        s.must(2, "decide", s.case, "--query", "c-1", "--hit", "inv-1", "--decision", "forget", "--reason", "x", "--by", "ann")
        done = s.must(2, "decide", s.case, "--query", "c-1", "--decision", "clear", "--reason", "x")
        claim("--hit ID is missing" in done.stderr.decode(), "what is missing is named", done.stderr)
        claim(s.last_record() == before and s.count("decision") == 0, "what is refused is not on record")


def an_id_is_one_question():
    """A decision binds to an id and to what is asked under it: two questions of one id would reopen each other for ever."""
    with Story() as s:
        before = s.last_record()
        s.customers += [{"id": "c-1", "name": "Orlin Vassek"}, {"id": "c-2", "name": "Brine Lark"}, {"id": "c-2", "name": "Nobody Else"}]
        for more in ([], ["--store", "book"]):
            s.ask(*more, code=1)
        text = s.run("screen", "--case", s.case, "-i", s.path("customers.jsonl"), "--by", "ann").stderr.decode()
        claim("customers.jsonl:6: the id 'c-2' is that of line 2 too, which asks something else" in text,
              "an id of two questions is refused with both lines", text)
        claim(s.last_record() == before and s.count("question") == 0, "nothing of it is kept")

        answers = s.ask("--store", "book", "--skip-bad", code=3)
        text = s.run("screen", "--case", s.case, "-i", s.path("customers.jsonl"), "--by", "ann", "--skip-bad").stderr.decode()
        claim("customers.jsonl:6:" in text and "customers.jsonl:7:" in text and "2 questions were left out" in text,
              "--skip-bad leaves the later ones out, and names each", text)
        claim(len(s.bytes.splitlines()) == 5 and answers["c-2"]["query"] == "Quellmarch Shipping" and s.count("question") == 5,
              "the first one of an id is asked, and the same question twice is no other one", s.bytes)
        s.decide("c-2", "inv-4")
        claim(s.ask("--skip-bad", code=3)["c-2"]["cleared"] == 1, "what was decided of it holds when it is asked again")

        done = s.must(0, "index", "-o", s.path("inv.idx"), s.path("list.ftm.json"))
        done = s.must(10, "screen", "-l", s.path("inv.idx"), "-i", s.path("customers.jsonl"), "--jsonl")
        claim(len(done.stdout.splitlines()) == 7, "without a case an id only labels an answer")


def threads_do_not_matter():
    with Story() as s:
        s.customers = [{"id": "k-%d" % i, "name": PEOPLE["inv-%d" % (i % 5 + 1)]["name"][0] + " %d" % (i // 5)} for i in range(700)]
        copy = s.path("copy.case")
        shutil.copy(s.case, copy)
        s.ask("--threads", "1", "--threshold", "0.5")
        one, alerts = s.bytes, "SELECT query, hit, hex(question), hex(record), score_micro FROM alert ORDER BY id"
        rows = s.rows(alerts)
        s.case = copy
        s.ask("--threads", "4", "--threshold", "0.5")
        claim(len(rows) > 700 and s.bytes == one and s.rows(alerts) == rows, "answers and alerts are the same at any number of threads",
              (len(rows), s.count("alert")))


def main():
    global PROGRAM
    PROGRAM = os.path.abspath(sys.argv[1])
    for story in (cleared_hits_are_hidden, without_a_case_nothing_changes, a_record_that_changes_reopens,
                  a_customer_that_changes_reopens, ends, two_persons, the_limit_comes_after_hiding, merges_and_splits, replays,
                  what_is_kept, an_id_is_one_question, threads_do_not_matter):
        print("# " + story.__name__.replace("_", " "))
        story()
    print("1..%d" % len(RESULTS))
    return 0 if all(RESULTS) else 1


if __name__ == "__main__":
    sys.exit(main())
