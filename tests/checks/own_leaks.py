#!/usr/bin/env python3
"""A leaked register (ICIJ's Power Players: nodes and edges) joined to a real list (OFAC's SDN list of July 2023): `resolve` proposes who may be whom, a person
decides, and every company is judged. What has to come out is read from the edges by themselves: who is stated to hold what of whom stands on their lines.

usage: own_leaks.py --program INTERDICT

Prints TAP. Without the data (INTERDICT_DATA, else ../shared/data) it ends with 77.
"""
import argparse
import csv
import json
import os
import sys
import tempfile

from own_join import Run

NODES, EDGES, LIST = 'ownership/icij_power_players/All-nodes.csv', 'ownership/icij_power_players/All-edges.csv', 'lists/ofac/sdn-2023-07'
# Who is who, decided here: ICIJ's own pages on its power players tell of these people, several nodes of one among them, and of their companies.
SAME = {'10725': ('354495', '310244', '654193'), '10569': ('373051', '354466'), '22260': ('353330', '315956'), '22259': ('353666',),
        '36497': ('306783', '374111', '412138'), '16669': ('667773',), '15217': ('50332',), '23267': ('214444',)}
# Of those only a given name and a family name are shared with the list, which has a patronymic beside them.
SURE = 950000
LESS_SURE = {'16669'}
HOLDS = {'Shareholder', 'Owner', 'Beneficiay', 'Director / Shareholder / Beneficial Owner'}


class LeaksRun(Run):
    def judge(self, edges):
        lines = self.call('own', '-g', 'case:j.case', '-g', edges, '-l', 'sdn.idx', '--regime', 'us-ofac', '--as-of', '2023-07-30', '--all', '--skip-bad',
                          '--jsonl').splitlines()
        return {answer['entity']: answer for answer in map(json.loads, lines)}


def read_edges(path):
    """By company, who is stated to hold it and who signs for it: {node: [lines]}. Companies of the listed are left out."""
    owned, signed = {}, {}
    leaders = {node: min(nodes) for nodes in SAME.values() for node in nodes}
    with open(path, encoding='utf-8', newline='') as file:
        rows = csv.DictReader(file)
        for row in rows:
            owner, company, role = row['source'], row['target'], row['data.properties.name']
            if owner not in leaders:
                continue
            signs = role.startswith('Director') or role == 'Power of Attorney'
            for stated, found in ((role in HOLDS, owned), (signs, signed)):
                if stated:
                    found.setdefault(company, {}).setdefault(leaders[owner], []).append(rows.line_num)
    return owned, signed


def check(run, answers, owned, signed):
    listed = {node for nodes in SAME.values() for node in nodes}
    companies = (set(owned) | set(signed)) - listed
    run.claim(len(set(owned) - listed) >= 10, f'{len(set(owned) - listed)} companies of listed people are stated')
    for company in sorted(companies):
        answer, holders = answers['icij-' + company], owned.get(company, {})
        run.claim(answer['verdict'] == ('possible' if holders else 'not_blocked'), f'{company} is {answer["verdict"]}')
        run.claim(('signatory' in answer['flags']) == (company in signed), f'{company} has the flags {answer["flags"]}')
        if not holders:
            continue
        run.claim([party['id'] for party in answer['by']] == sorted('icij-' + holder for holder in holders), f'{company} by {sorted(holders)}')
        run.claim(answer['share_ppm'] == [0, 1000000], f'{company}: nobody says how much')
        chains = {chain[0]['owner'][5:]: chain for chain in answer['chains']}
        for holder, lines in holders.items():
            sources = ', '.join(f'All-edges.csv:{line}' for line in lines)
            step = chains[holder][0]
            run.claim([len(chains[holder]), step['owned'], step['kind'], step['source']] == [1, 'icij-' + company, 'shares', sources],
                      f'{holder} holds {company} by {sources}')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program', required=True)
    program = os.path.abspath(parser.parse_args().program)
    data = os.environ.get('INTERDICT_DATA') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'shared', 'data')
    nodes, edges, sdn = (os.path.abspath(os.path.join(data, name)) for name in (NODES, EDGES, LIST))
    if not all(map(os.path.exists, (nodes, edges, sdn))):
        print(f'skipped: {NODES}, {EDGES} or {LIST} is not there')
        return 77
    with tempfile.TemporaryDirectory() as folder:
        run = LeaksRun(program, folder)
        run.call('case', 'init', 'j.case', '-q')
        run.call('case', 'import', 'j.case', nodes, '--dataset', 'icij-power-players', '--skip-bad', '-q', '--by', 'test')
        run.call('case', 'import', 'j.case', sdn, '--skip-bad', '-q', '--by', 'test')
        run.call('index', '-q', '-o', 'sdn.idx', '--skip-bad', sdn)
        apart = run.judge(edges)
        run.claim(all(answer['verdict'] == 'not_blocked' for name, answer in apart.items() if name.startswith('icij-')), 'before anybody decides, names do not meet')
        proposed = {}
        for line in run.call('resolve', 'j.case', '--threshold', '0.85', '--jsonl', '-q').splitlines():
            pair = json.loads(line)
            proposed[frozenset((pair['left'], pair['right']))] = pair['score_micro']
        for number, group in SAME.items():
            for node in group:
                score = proposed.get(frozenset(('us-ofac-sdn-' + number, 'icij-' + node)), 0)
                run.claim(score >= (850000 if number in LESS_SURE else SURE), f'{node} and {number} are proposed at {score}')
                run.call('resolve', 'j.case', '--merge', 'icij-' + node, 'us-ofac-sdn-' + number, '--reason', 'ICIJ tells of them', '--by', 'test', '-q')
        check(run, run.judge(edges), *read_edges(edges))
        print(f'1..{run.count}')
        return 1 if run.failed else 0


if __name__ == '__main__':
    sys.exit(main())
