#!/usr/bin/env python3
"""resolve_joins.py has to fail where a merge is wrong, and where pairs are missed: made pairs of people, no lists needed."""
import contextlib
import io
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import resolve_joins as joins  # noqa: E402

COUNT = 4000


def people():
    """Everybody stands on the UN's and the UK's list under one reference, number and day of birth."""
    everyone = {}
    for i in range(COUNT):
        for name in ('gb-ofsi', 'un-sc'):
            everyone['%s-%05d' % (name, i)] = ({('qdi', i)}, {'P%07d' % i}, {(1950 + i % 50, 1 + i % 12, 1 + i // 12 % 28)})
    return everyone


def pair(left, right, rule=True):
    found = {'left': left, 'right': right, 'score_micro': 1000000, 'contributions': [{'micro': 1000000}], 'judgement': None}
    return dict(found, rule='same-identifier 1') if rule else found


def failures(everyone, pairs):
    """Numbers of the claims that fail."""
    true = {('gb-ofsi-%05d' % i, 'un-sc-%05d' % i) for i in range(COUNT)}
    pairs = sorted(pairs, key=lambda p: (p['left'], p['right']))
    score = {(p['left'], p['right']): p['score_micro'] for p in pairs}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        table = joins.measure(score, everyone, true, true, 0.7)
        status = joins.claims(pairs, table, everyone, true, true)
    failed = [int(line.split()[2]) for line in out.getvalue().splitlines() if line.startswith('not ok')]
    assert (status != 0) == bool(failed)
    return failed


def right(count=COUNT, rule=COUNT):
    return [pair('gb-ofsi-%05d' % i, 'un-sc-%05d' % i, i < rule) for i in range(count)]


def main():
    everyone = people()
    # Who has neither reference nor number, and was born on days of which one part or no part is like.
    everyone['us-ofac-sdn-1'] = (set(), set(), {(1975, 5, 4)})
    everyone['us-ofac-sdn-2'] = (set(), set(), {(1975, 4, 5)})
    everyone['us-ofac-sdn-3'] = (set(), set(), {(1931, 12, 30)})
    everyone['us-ofac-sdn-4'] = (set(), set(), {(1931, 0, 0)})
    wrong = [pair('gb-ofsi-%05d' % i, 'un-sc-%05d' % (i + 1)) for i in range(5)]
    cases = [
        ('nothing is wrong', right(), []),
        ('five merges of 4,005 that the UN keeps apart: 0.12 %', right() + wrong, [6, 7]),
        ('one merge that the UN keeps apart makes a wrong entity', right() + wrong[:1], [7]),
        ('a tenth of the pairs is missed', right(COUNT * 9 // 10), [9]),
        ('the rule merges too few', right(rule=COUNT * 8 // 10), [8]),
        ('the rule merges nothing', right(rule=0), [5, 8]),
        ('a pair comes twice', right() + right(1), [1]),
    ]
    for number, (what, pairs, expected) in enumerate(cases, 1):
        failed = failures(everyone, pairs)
        print('%sok %d - %s: %s' % ('' if failed == expected else 'not ', number, what, failed))
        cases[number - 1] = failed == expected
    births = [joins.verdict(everyone, ('us-ofac-sdn-1', 'us-ofac-sdn-%d' % i))[0] for i in (1, 2, 3, 4)]
    births.append(joins.verdict(everyone, ('us-ofac-sdn-3', 'us-ofac-sdn-4'))[0])
    cases.append(births == [True, None, False, False, None])
    print('%sok %d - days of birth: the same, swapped, others, another year, its year: %s' % ('' if cases[-1] else 'not ', len(cases), births))
    cases.append(joins.numbers('(1) A12 34567 (2) OGRN: 1027700341855, INN 7702') == {'A1234567', '1027700341855'} and
                 joins.numbers('Tax ID No. 7743813961 (Russia)') == {'7743813961'} and joins.numbers('Passport 11111111') == set())
    print('%sok %d - numbers in a field' % ('' if cases[-1] else 'not ', len(cases)))
    print('1..%d' % len(cases))
    return 0 if all(cases) else 1


if __name__ == '__main__':
    sys.exit(main())
