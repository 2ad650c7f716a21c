#!/usr/bin/env python3
"""Holds `network` and `brokers` against NetworkX on criminal networks and a company register that are public. Prints TAP; each case is
skipped, by name, where NetworkX or the data is not there.

    network_peer.py --program build/interdict
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DATA = os.environ.get("INTERDICT_DATA") or os.path.join(ROOT, "..", "shared", "data")
NETWORKS = os.path.join(DATA, "trafficking", "criminal_networks")
POWER = os.path.join(DATA, "ownership", "icij_power_players", "All-edges.csv")
# Groups of one entity each that are asked for, a network.
QUESTIONS = 12

try:
    import networkx
    from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python
except ImportError:
    networkx = None


def edges_of_matrix(path):
    """A matrix with names of rows and columns; where the two differ, both are nodes."""
    rows = list(csv.reader(open(path, encoding="utf-8-sig", newline="")))
    for row in rows[1:]:
        for name, cell in zip(rows[0][1:], row[1:]):
            if cell.strip() not in ("", "0", "NA") and row[0] != name:
                yield row[0].strip(), name.strip()


def edges_of_list(path):
    for line in open(path, encoding="utf-8-sig"):
        parts = line.split()
        if len(parts) >= 2 and parts[0] != parts[1]:
            yield parts[0], parts[1]


def edges_of_power(path):
    for row in csv.DictReader(open(path, encoding="utf-8-sig", newline="")):
        if row["source"] != row["target"]:
            yield row["source"], row["target"]


def sources():
    if os.path.isdir(NETWORKS):
        for name in sorted(os.listdir(NETWORKS)):
            if name.endswith(".csv"):
                path = os.path.join(NETWORKS, name)
                yield name[:-4], list(edges_of_list(path) if "edgelist" in name else edges_of_matrix(path))
    if os.path.exists(POWER):
        yield "icij_power_players", list(edges_of_power(POWER))


class Peer:
    def __init__(self, program, name, edges, folder):
        self.program, self.name = program, name
        self.path = os.path.join(folder, name + ".csv")
        with open(self.path, "w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow("owner,owned,share_min_ppm,share_max_ppm,kind".split(","))
            rows.writerows((a, b, 1, 1, "shares") for a, b in edges)
        self.graph = networkx.Graph(edges)
        self.held = networkx.DiGraph((b, a) for a, b in edges)

    def ask(self, *words):
        done = subprocess.run([self.program, words[0], "-g", self.path, "-q", "--jsonl"] + list(words[1:]), stdout=subprocess.PIPE, check=False)
        if done.returncode not in (0, 10):
            raise AssertionError("exit %d of %s" % (done.returncode, " ".join(words)))
        return [json.loads(line) for line in done.stdout.decode().splitlines()]

    def measure(self, name):
        return self.ask("network", "--measure", name, "--limit", "0")

    def values(self, name, wanted):
        got = {row["entity"]: row["value_micro"] for row in self.measure(name)}
        assert set(got) == set(wanted), "other entities"
        worst = max(abs(got[node] - wanted[node] * 1e6) for node in got)
        assert worst <= 0.5001, "off by %f millionths" % worst

    def betweenness(self):
        self.values("betweenness", networkx.betweenness_centrality(self.graph))

    def pagerank(self):
        # The private function is the one without NumPy. It stops where the sum of changes is below N times tol.
        self.values("pagerank", _pagerank_python(self.held, alpha=0.85, max_iter=2000, tol=1e-14))

    def articulation(self):
        got = {row["entity"]: (row["parts"], row["cut_off"]) for row in self.measure("articulation")}
        assert set(got) == set(networkx.articulation_points(self.graph)), "other articulation points"
        for node, (parts, cut_off) in got.items():
            left = self.graph.subgraph(networkx.node_connected_component(self.graph, node) - {node})
            sizes = sorted(map(len, networkx.connected_components(left)))
            assert parts == len(sizes) and cut_off == sum(sizes[:-1]), "other parts at %s" % node

    def communities(self):
        rows = self.measure("communities")
        groups = [set(row["members"]) for row in rows]
        assert sum(map(len, groups)) == len(self.graph) and set().union(*groups) == set(self.graph), "no division"
        assert all(networkx.is_connected(self.graph.subgraph(group)) for group in groups), "a group in two parts"
        # That of NetworkX counts every weight as 1 and rounds: 2 millionths are for that.
        wanted = networkx.algorithms.community.modularity(self.graph, groups)
        assert abs(rows[0]["modularity_micro"] - wanted * 1e6) <= 2, "modularity %d, counted %f" % (rows[0]["modularity_micro"], wanted)
        best = max(networkx.algorithms.community.modularity(self.graph, networkx.algorithms.community.louvain_communities(self.graph, seed=seed))
                   for seed in range(5))
        assert wanted >= best - 0.01, "modularity %.4f, of five runs of Louvain %.4f" % (wanted, best)

    def brokers(self):
        nodes, seeded, asked = sorted(self.graph), random.Random(1927), 0
        while asked < QUESTIONS:
            a, b = seeded.sample(nodes, 2)
            if self.graph.has_edge(a, b) and seeded.random() < 0.9:
                asked += 0.25  # in a network where all know each other there may be no other pair
                continue
            asked += 1
            got = self.ask("brokers", "--from", a, "--to", b)[0]
            bare = self.graph.copy()
            if bare.has_edge(a, b):
                bare.remove_edge(a, b)
                assert not got["separable"] and len(got["direct"]) == 1
            if not networkx.has_path(bare, a, b):
                assert got["size"] == 0
                continue
            assert got["size"] == len(networkx.minimum_node_cut(bare, a, b)), "other size from %s to %s" % (a, b)
            for key in ("cut", "other"):
                left = bare.copy()
                left.remove_nodes_from(one["entity"] for one in got[key])
                assert not networkx.has_path(left, a, b), "%s does not part %s and %s" % (key, a, b)
            self.ways(got, bare, a, b)

    @staticmethod
    def ways(got, bare, a, b):
        between = []
        for way in got["ways"]:
            here = a
            for step in way:
                there = step["owner"] if step["against"] else step["owned"]
                assert bare.has_edge(here, there) and here == (step["owned"] if step["against"] else step["owner"])
                here = there
                between.append(here)
            assert here == b
        between = [node for node in between if node != b]
        assert len(got["ways"]) == got["size"] and len(between) == len(set(between)), "ways share somebody"


def main():
    program = os.path.abspath(sys.argv[sys.argv.index("--program") + 1])
    cases = ("betweenness", "pagerank", "articulation", "communities", "brokers")
    number = failures = 0
    if networkx is None:
        print("ok 1 - NetworkX # SKIP not there: python3-networkx\n1..1")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for name, edges in sources():
            peer = Peer(program, name, edges, folder)
            for case in cases:
                number += 1
                title = "%s of %s (%d entities, %d links)" % (case, name, len(peer.graph), peer.graph.size())
                try:
                    getattr(peer, case)()
                    print("ok %d - %s" % (number, title))
                except AssertionError as wrong:
                    failures += 1
                    print("not ok %d - %s\n#   %s" % (number, title, wrong))
    if number == 0:
        number = 1
        print("ok 1 - criminal networks # SKIP not there: %s" % NETWORKS)
    print("1..%d" % number)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
