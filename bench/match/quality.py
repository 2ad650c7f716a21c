#!/usr/bin/env python3
"""How well names and records are judged, on public lists (`make bench-quality`).

    quality.py PROGRAM [tune|report] [--only SET,…] [--worst N] [--questions N] [--json FILE]

PROGRAM is build/interdict; everything goes through its `index`, `export`, `compare` and `screen`. Sets: names, across,
scripts, made, records, screen. Records are split by who they are into halves: constants are chosen on `tune`, `report`
is for reporting. Data under $INTERDICT_DATA (default ../shared/data). Standard library only; the same figures every time.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import tempfile

import lists as reading
import measure
import sets


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program')
    parser.add_argument('half', nargs='?', default='tune', choices=('tune', 'report'))
    parser.add_argument('--only', default='names,across,scripts,made,records,screen')
    parser.add_argument('--worst', type=int, default=5, help='worst misses and false hits of each set')
    parser.add_argument('--each', type=int, default=0, help='worst of each kind instead')
    parser.add_argument('--questions', type=int, default=3000, help='half of what is screened')
    parser.add_argument('--seed', default=1, help='another sample of the same half')
    parser.add_argument('--json', help='figures for a script to compare')
    return parser.parse_args()


ARGUMENTS = parse_arguments()
DATA = os.environ.get('INTERDICT_DATA', '../shared/data')
FIGURES = {}


def run(arguments, lines):
    return subprocess.run([ARGUMENTS.program] + arguments, input='\n'.join(lines) + '\n', stdout=subprocess.PIPE,
                          text=True, check=False).stdout.splitlines()


def compare(pairs):
    lines = [json.dumps({'id': str(i), 'left': {'schema': p.left[0], 'properties': p.left[1]},
                         'right': {'schema': p.right[0], 'properties': p.right[1]}}, ensure_ascii=False)
             for i, p in enumerate(pairs)]
    answers = [json.loads(x) for x in run(['compare', '-q', '--jsonl', '--threads', '1'], lines)]
    assert len(answers) == len(pairs), 'compare answered %d of %d pairs' % (len(answers), len(pairs))
    return answers


def said(entity):
    schema, properties = entity
    others = ', '.join('%s %s' % (p, '/'.join(v[:3])) for p, v in properties.items()
                       if p in ('birthDate', 'gender') + reading.COUNTRIES + reading.NUMBERS)
    more = len(properties.get('alias', ()))
    return properties['name'][0] + (' (+%d names)' % more if more else '') + (' [%s]' % others[:160] if others else '')


def why(answer):
    return ' '.join('%s %+.2f' % (c['feature'], c['micro'] / 1e6) for c in answer['contributions'])


def worst(rows, count):
    wrong = [x for x in rows if (x[1]['score_micro'] >= measure.AT) != x[0].true]
    missed = sorted((x for x in wrong if x[0].true), key=lambda x: (x[1]['score_micro'], said(x[0].left)))
    false = sorted((x for x in wrong if not x[0].true), key=lambda x: (-x[1]['score_micro'], said(x[0].left)))
    for title, found in (('missed', missed), ('false hit', false)):
        for p, a in found[:count]:
            print('    %-9s %.3f %s: %s | %s\n              %s' % (title, a['score_micro'] / 1e6, p.kind, said(p.left),
                                                               said(p.right), why(a)))


def group(title, rows):
    scored = [(a['score_micro'], p.true) for p, a in rows]
    print(measure.line(title, scored))
    precision, recall, f1 = measure.at(scored, measure.AT)
    FIGURES[title] = {'pairs': len(rows), 'precision': precision, 'recall': recall, 'f1': f1,
                      'auc': measure.auc(scored), 'ap': measure.average_precision(scored)}
    return scored


def by_kind(rows):
    kinds = collections.defaultdict(list)
    for p, a in rows:
        kinds[(not p.true, p.kind)].append((p, a))
    for (false, kind), found in sorted(kinds.items()):
        right = [(a['score_micro'] >= measure.AT) == p.true for p, a in found]
        shown = '  '.join('%s %.3f of %d' % (g, sum(x) / len(x), len(x)) for g, x in sorted(
            {g: [(a['score_micro'] >= measure.AT) == p.true for p, a in found if p.schema == g]
             for g in sorted({p.schema for p, _ in found})}.items()))
        print('  %s %-28s %5d  right %.3f   %s' % ('-' if false else '+', kind, len(right), sum(right) / len(right), shown))
        FIGURES['kind: ' + kind] = sum(right) / len(right)
        if ARGUMENTS.each:
            worst(found, ARGUMENTS.each)


def report(title, pairs, subsets=()):
    """Prints all there is to say of a set. Subsets: (title, test of a pair)."""
    rows = list(zip(pairs, compare(pairs)))
    for p, a in rows:
        assert sum(c['micro'] for c in a['contributions']) == a['score_micro'], 'contributions do not add up'
    judged = [x for x in rows if x[0].kind not in sets.APART]
    print('\n%s\n%s' % (title.upper(), measure.HEAD))
    scored = group(title, judged)
    for name, test in subsets:
        group(title + ', ' + name, [x for x in judged if test(x[0])])
    for g in sorted({p.schema for p, _ in judged}):
        if len({p.schema for p, _ in judged}) > 1:
            group(title + ', ' + g, [x for x in judged if x[0].schema == g])
    print('  by kind (the share judged rightly at 0.7; not in the sums: %s)' % ', '.join(sets.APART))
    by_kind(rows)
    for row in measure.curve(scored):
        print('  ' + row)
    print('  score          pairs  share of true')
    for row in measure.calibration(scored):
        print('  ' + row)
    if not ARGUMENTS.each:
        worst(judged, ARGUMENTS.worst)


def ask(questions, indexes, dated):
    """Answers by id of the question, hits from 0.5."""
    lines = []
    for q in questions:
        properties = {'name': [q.name]}
        if dated and q.date:
            properties['birthDate'] = [q.date]
        lines.append(json.dumps({'id': q.id, 'schema': q.schema, 'properties': properties}, ensure_ascii=False))
    arguments = ['screen', '-q', '-i', '-', '--jsonl', '--threshold', '0.5', '--limit', '10']
    for i in indexes:
        arguments += ['-l', i]
    answers = {}
    for x in run(arguments, lines):
        answer = json.loads(x)
        answers[answer['id']] = answer['hits']
    assert len(answers) == len(questions)
    return answers


def rank(question, hits, everyone):
    """(place of the record or another record of the same, its score); a record of the very same name is level."""
    e = question.entity
    for place, hit in enumerate(hits):
        other = everyone.get(hit['id'])
        if other and other.cluster == e.cluster:
            ahead = [h for h in hits[:place] if h['score_micro'] > hit['score_micro']
                     and not (h['id'] in everyone and everyone[h['id']].cores & e.cores)]
            return len(ahead), hit['score_micro']
    return None, 0


def screen(lists, folder, dated):
    questions, removed = sets.questions(ARGUMENTS.half, lists, DATA, os.path.dirname(os.path.abspath(__file__)),
                                        ARGUMENTS.seed, ARGUMENTS.questions)
    if dated:
        questions = [q for q in questions if q.date]
    everyone = {e.id: e for s in reading.SCREENED for e in lists[s].values()}
    answers = ask(questions, [os.path.join(folder, s + '.idx') for s in reading.SCREENED], dated)
    wanted = [(q,) + rank(q, answers[q.id], everyone) for q in questions if q.entity]
    tops = [(answers[q.id][0]['score_micro'] if answers[q.id] else 0, q) for q in questions if not q.entity]
    n, title = len(wanted), 'screening, dates of birth' if dated else 'screening, names only'
    falls = sorted((s for s, _ in tops), reverse=True)
    limit, least = falls[len(falls) // 100], falls[len(falls) // 1000]
    figures = {'questions': n, 'innocents': len(tops), 'recall at 10': sum(p is not None for _, p, _ in wanted) / n,
               'first or level': sum(p == 0 for _, p, _ in wanted) / n,
               'hit at 0.7': sum(s >= measure.AT for _, _, s in wanted) / n,
               'innocents hit at 0.7': sum(s >= measure.AT for s, _ in tops) / len(tops),
               'recall at 1 % of innocents': sum(s > limit for _, _, s in wanted) / n, 'threshold there': limit / 1e6,
               'at 0.1 %': sum(s > least for _, _, s in wanted) / n, 'threshold at 0.1 %': least / 1e6}
    FIGURES[title] = figures
    print('\n%s: %d mangled names of listed, %d innocents (%d more have every word of a listed name)' % (
        title.upper(), n, len(tops), removed))
    print('  ' + '  '.join('%s %.4f' % (k, v) for k, v in figures.items() if isinstance(v, float)))
    print('  threshold      ' + ' '.join('%6.3f' % (t / 1e6) for t in measure.STEPS))
    for name, found in (('recall', [s for _, _, s in wanted]), ('innocents hit', falls)):
        print('  %-14s ' % name + ' '.join('%6.4f' % (sum(s >= t for s in found) / len(found))
                                           for t in measure.STEPS))
    strata = collections.defaultdict(list)
    for s, q in tops:
        strata[q.kind].append(s >= measure.AT)
    print('  innocents hit at 0.7: ' + ', '.join('%s %.4f of %d' % (k, sum(x) / len(x), len(x)) for k, x in sorted(strata.items())))
    kinds = collections.defaultdict(list)
    for q, p, s in wanted:
        kinds[q.kind].append((p, s))
    for kind, found in sorted(kinds.items()):
        print('  %-16s %4d  found %.3f  first %.3f  hit %.3f  at 1 %% %.3f' % (
            kind, len(found), sum(p is not None for p, _ in found) / len(found), sum(p == 0 for p, _ in found) / len(found),
            sum(s >= measure.AT for _, s in found) / len(found), sum(s > limit for _, s in found) / len(found)))
    for q, p, s in sorted((x for x in wanted if x[1] != 0 or x[2] < measure.AT), key=lambda x: (x[2], x[0].id))[:ARGUMENTS.worst * 2]:
        best = answers[q.id][0] if answers[q.id] else None
        print('    missed    %.3f %s: %s | %s%s' % (s / 1e6, q.kind, q.name, q.entity.names[0], '; first was %s %.3f' % (
            best['matched']['list'], best['score']) if best and p != 0 else ''))
    for s, q in sorted(tops, key=lambda x: (-x[0], x[1].id))[:ARGUMENTS.worst * 2]:
        if s >= measure.AT:
            hit = answers[q.id][0]
            print('    false hit %.3f %s%s | %s\n              %s' % (s / 1e6, q.name, ' ' + q.date if dated else '',
                                                                hit['matched']['list'], why(hit)))


def main():
    wanted = re.split(r'[, ]+', ARGUMENTS.only)
    half, seed = ARGUMENTS.half, ARGUMENTS.seed
    with tempfile.TemporaryDirectory() as folder:
        lists = reading.load(ARGUMENTS.program, DATA, folder)
        joined = reading.join(lists)
        print('%s half of %s; %d joins across lists (%s)' % (
            half, ', '.join('%s %d' % (k, len(v)) for k, v in lists.items()), len(joined), ', '.join(
                '%s %d' % x for x in sorted(collections.Counter(how for _, _, how in joined).items()))))
        if 'names' in wanted:
            report('names', sets.names(half, lists, seed),
                   [('without confusing ones', lambda p: p.kind not in sets.CONFUSING)])
        if 'across' in wanted:
            report('names across lists', sets.across(half, joined))
        if 'scripts' in wanted:
            report('names in two scripts', sets.scripts(half, lists, DATA, seed))
        if 'made' in wanted:
            report('questions with evidence', sets.made(half, lists, seed))
        if 'records' in wanted:
            report('whole records', sets.records(half, lists, joined))
        if 'screen' in wanted:
            screen(lists, folder, False)
            screen(lists, folder, True)
    if ARGUMENTS.json:
        with open(ARGUMENTS.json, 'w', encoding='utf-8') as out:
            json.dump(FIGURES, out, indent=1, sort_keys=True)


main()
