"""What Python's rapidfuzz does with the same names and the same questions: baseline.py LIST.ftm.json QUESTIONS.txt COUNT.

Prints a line of JSON a way of scoring. One thread, seconds of CPU; names are folded before, as its documentation advises.
"""
import json
import sys
import time

from ask import SCHEMATA


def main():
    from rapidfuzz import __version__, fuzz, process, utils
    names = []
    with open(sys.argv[1], encoding='utf-8') as lines:
        for line in lines:
            raw = json.loads(line)
            if raw['schema'] in SCHEMATA:
                names.extend(utils.default_process(n) for p in ('name', 'alias', 'weakAlias', 'previousName') for n in raw['properties'].get(p, ()))
    with open(sys.argv[2], encoding='utf-8') as lines:
        asked = [utils.default_process(line.strip()) for line in lines][:int(sys.argv[3])]
    for title, scorer in (('ratio', fuzz.ratio), ('token_sort_ratio', fuzz.token_sort_ratio), ('WRatio', fuzz.WRatio)):
        began = time.process_time()
        for name in asked:
            process.extract(name, names, scorer=scorer, limit=10, score_cutoff=70)
        spent = time.process_time() - began
        print(json.dumps({'scorer': title, 'version': __version__, 'names': len(names), 'questions': len(asked), 'cpu_s': spent,
                          'names_per_cpu_s': len(asked) / spent, 'pairs_per_cpu_s': len(asked) * len(names) / spent}))


if __name__ == '__main__':
    main()
