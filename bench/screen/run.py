#!/usr/bin/env python3
"""Measures screening over real lists and lists grown from them, beside rapidfuzz, and prints tables. See docs/performance.md.

    bench/screen/run.py [PROGRAM] [--entities N,N,…] [--questions N] [--repeat N] [--data FOLDER] [--work FOLDER] [--json FILE]
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
import ask  # noqa: E402
import grow  # noqa: E402

REAL = ('lists/ofac/sdn-2023-07', 'lists/un/un_consolidated_2026-02-27.xml.gz', 'lists/uk/ConList_2025-04-14.csv.gz', 'lists/eu/journal')
SCAN_SHOWN = 20  # questions that are asked a second time with --exhaustive


# Starts the command from a small process: a child's peak memory begins with that of who started it.
STARTER = """import os, sys
child = os.fork()
if child == 0:
    os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)"""


def run(command, out='/dev/null'):
    """(CPU seconds, peak MB) of a command that succeeds; its output goes to a file."""
    ended = subprocess.run([sys.executable, '-S', '-c', STARTER, out] + command, capture_output=True, text=True, check=True)
    code, cpu, peak = ended.stdout.split()
    if int(code) not in (0, 3, 10):
        sys.exit('bench: `%s` failed: %s' % (' '.join(command), ended.stderr[-500:]))
    return float(cpu), float(peak)


def repeat(times, command, out='/dev/null'):
    runs = [run(command, out) for _ in range(times)]
    return statistics.median(r[0] for r in runs), max(r[1] for r in runs)


def table(title, head, rows):
    print('\n' + title)
    width = [max(len(str(row[i])) for row in [head] + rows) for i in range(len(head))]
    for row in [head] + rows:
        print('  ' + '  '.join(str(cell).ljust(width[i]) if i == 0 else str(cell).rjust(width[i]) for i, cell in enumerate(row)))
    sys.stdout.flush()


def write_lines(path, lines):
    with open(path, 'w', encoding='utf-8') as out:
        out.writelines(line + '\n' for line in lines)
    return path


def quantile(ordered, of_thousand):
    return ordered[min(len(ordered) - 1, len(ordered) * of_thousand // 1000)]


class Bench:
    def __init__(self, options, work):
        self.program, self.data, self.times, self.questions = os.path.abspath(options.program), options.data, options.repeat, options.questions
        self.work, self.found = work, []

    def path(self, name):
        return os.path.join(self.work, name)

    def index(self, title, lists):
        """Builds with one thread; what it cost and what came out."""
        index, said = self.path(title + '.idx'), self.path('index.json')
        cpu, peak = repeat(self.times, [self.program, 'index', '-q', '-o', index, '--skip-bad', '--threads', '1', '--json'] + lists, said)
        made = json.load(open(said, encoding='utf-8'))
        return index, {'list': title, 'entities': made['entities'], 'names': made['names'], 'words': made['tokens'], 'statements': made['statements'],
                       'build_cpu_s': cpu, 'entities_per_cpu_s': made['entities'] / cpu, 'build_peak_mb': peak, 'bytes_per_name': made['bytes'] / made['names']}

    def screen(self, index, asked, more=()):
        """(CPU seconds, peak MB, a line of statistics a question)."""
        out, names = self.path('answers.jsonl'), write_lines(self.path('asked.txt'), asked)
        cpu, peak = run([self.program, 'screen', '-q', '-l', index, '-i', names, '--jsonl', '--stats', '--threads', '1', '--threshold', '0.7', *more], out)
        with open(out, encoding='utf-8') as lines:
            answers = [json.loads(line) for line in lines]
        return cpu, peak, [(a['stats']['mode'], a['stats']['candidates'], a['stats']['elapsed_us'], len(a['hits'])) for a in answers]

    def measure(self, index, found, path):
        asked = ask.questions(path, self.data, self.questions)
        start = [self.screen(index, ['Zzyx Qwrtp']) for _ in range(self.times)]
        runs = [self.screen(index, asked) for _ in range(self.times)]
        start_cpu = statistics.median(r[0] for r in start)
        cpu = statistics.median(r[0] for r in runs) - start_cpu
        # A question takes the least that it took in any of the runs: what else the machine does is not the question's.
        rows = [(each[0][0], each[0][1], min(e[2] for e in each), each[0][3]) for each in zip(*(r[2] for r in runs))]
        told = sorted(r[2] for r in rows if r[0] == 'index')
        scanned = [r for r in rows if r[0] != 'index']
        every = sorted(r[2] for r in rows)
        few = asked[:max(1, self.questions // 10)]
        time_told = sum(told) / max(1, sum(every))
        found.update({
            'questions': len(asked), 'start_cpu_s': start_cpu, 'cpu_s': cpu, 'names_per_cpu_s': (len(asked) - 1) / cpu,
            # Those that were not scanned, by their share of the time of all questions.
            'index_names_per_cpu_s': len(told) / max(1e-9, cpu * time_told),
            'with_hits': sum(bool(r[3]) for r in rows), 'p50_us': quantile(every, 500), 'p99_us': quantile(every, 990), 'max_us': every[-1],
            'index_p50_us': quantile(told, 500), 'index_p99_us': quantile(told, 990), 'scanned_ppm': len(scanned) * 1000000 // len(rows),
            'candidates_mean': statistics.mean(r[1] for r in rows), 'candidates_p50': quantile(sorted(r[1] for r in rows), 500),
            'candidates_p99': quantile(sorted(r[1] for r in rows), 990), 'time_of_slowest_hundredth': sum(every[len(every) * 99 // 100:]) / sum(every),
            'peak_mb': max(r[1] for r in runs), 'questions_few': len(few), 'peak_few_mb': self.screen(index, few)[1]})
        whole = self.screen(index, asked[:SCAN_SHOWN], ['--exhaustive'])
        found['exhaustive_names_per_cpu_s'] = (SCAN_SHOWN - 1) / max(whole[0] - start_cpu, 1e-3) if found['entities'] <= 100000 else None
        self.found.append(found)
        return asked

    def pairs(self, path, asked, count=20000):
        """`compare` over pairs of a question and an entity of the list as it is exported."""
        lines, pairs = [], self.path('pairs.jsonl')
        with open(path, encoding='utf-8') as source:
            for line in source:
                raw = json.loads(line)
                if raw['schema'] in ask.SCHEMATA:
                    lines.append(raw)
        names = [e['properties']['name'][0] for e in lines if e['properties'].get('name')]
        step = max(1, len(names) // count)
        bare = [(names[i * step % len(names)], asked[i % len(asked)]) for i in range(count)]
        found = []
        for title, made in (('a name each', ({'id': str(i), 'left': {'schema': 'LegalEntity', 'properties': {'name': [a]}},
                                              'right': {'schema': 'LegalEntity', 'properties': {'name': [b]}}} for i, (a, b) in enumerate(bare))),
                            ('a name and a record of the list', ({'id': str(i), 'left': {'schema': 'LegalEntity', 'properties': {'name': [asked[i % len(asked)]]}},
                                                                  'right': lines[i * step % len(lines)]} for i in range(count)))):
            write_lines(pairs, (json.dumps(pair, ensure_ascii=False) for pair in made))
            command = [self.program, 'compare', '-q', '-i', pairs, '--jsonl', '--threads', '1']
            cpu, peak = repeat(self.times, command)
            one = write_lines(self.path('one.jsonl'), [open(pairs, encoding='utf-8').readline().strip()])
            start = repeat(self.times, [self.program, 'compare', '-q', '-i', one, '--jsonl', '--threads', '1'])[0]
            found.append({'pairs': title, 'count': count, 'cpu_s': cpu - start, 'pairs_per_cpu_s': (count - 1) / (cpu - start), 'peak_mb': peak})
        return found

    def baseline(self, python, path, asked):
        names = write_lines(self.path('baseline.txt'), asked)
        if subprocess.run([python, '-c', 'import rapidfuzz'], stderr=subprocess.DEVNULL).returncode:
            print('\nbaseline: %s has no rapidfuzz and it is passed over (python3 -m venv V; V/bin/pip install rapidfuzz; --python V/bin/python)' % python)
            return []
        made = subprocess.run([python, os.path.join(HERE, 'baseline.py'), path, names, '100'], check=True, stdout=subprocess.PIPE, text=True).stdout
        return [json.loads(line) for line in made.splitlines()]


def build_rows(found):
    return [(f['list'], f['entities'], f['statements'], f['names'], f['words'], '%.2f' % f['build_cpu_s'], '%.0f' % f['entities_per_cpu_s'],
             '%.0f' % f['bytes_per_name'], '%.0f' % f['build_peak_mb']) for f in found]


def screen_rows(found):
    return [(f['list'], f['questions'], f['with_hits'], '%.2f' % f['start_cpu_s'], '%.0f' % f['names_per_cpu_s'], '%.0f' % f['index_names_per_cpu_s'], '%.2f' % (f['p50_us'] / 1e3), '%.2f' % (f['p99_us'] / 1e3), '%.2f' % (f['index_p99_us'] / 1e3),
             '%.1f' % (f['max_us'] / 1e3), '%.2f' % (f['scanned_ppm'] / 1e4), '%.0f' % f['candidates_mean'], f['candidates_p50'], f['candidates_p99'],
             '%.0f' % (100 * f['time_of_slowest_hundredth']), '%.0f' % f['peak_few_mb'], '%.0f' % f['peak_mb'],
             '%.1f' % f['exhaustive_names_per_cpu_s'] if f['exhaustive_names_per_cpu_s'] else '-') for f in found]


def main():
    options = argparse.ArgumentParser()
    options.add_argument('program', nargs='?', default=os.path.join(ROOT, 'build', 'interdict'))
    options.add_argument('--data', default=os.environ.get('INTERDICT_DATA') or os.path.join(ROOT, '..', 'shared', 'data'))
    options.add_argument('--entities', default='1000,10000,100000,1000000')
    options.add_argument('--questions', type=int, default=10000)
    options.add_argument('--repeat', type=int, default=3)
    options.add_argument('--python', default=sys.executable, help='an interpreter that has rapidfuzz')
    options.add_argument('--grown-only', action='store_true', help='pass over the real lists, pairs and rapidfuzz')
    options.add_argument('--work', help='keep lists and indexes here')
    options.add_argument('--json')
    options = options.parse_args()
    sources = [os.path.join(options.data, path) for path in REAL]
    if not all(os.path.exists(path) for path in sources):
        sys.exit('bench: the real lists are not in %s (INTERDICT_DATA names another folder)' % options.data)
    work = options.work or tempfile.mkdtemp(prefix='itd-bench-')
    os.makedirs(work, exist_ok=True)
    bench = Bench(options, work)
    try:
        index, found = bench.index('OFAC, UN, UK, EU', sources)
        real = bench.path('real.ftm.json')
        run([bench.program, 'export', '-l', index, '--format', 'ftm'], real)
        pairs, baseline = [], []
        if not options.grown_only:
            asked = bench.measure(index, found, real)
            pairs = bench.pairs(real, asked)
            baseline = bench.baseline(options.python, real, asked)
        with open(real, encoding='utf-8') as lines:
            grower = grow.Grower(lines)
        for count in sorted(int(n) for n in options.entities.split(',') if n):
            began, path = time.process_time(), bench.path('grown-%d.ftm.json' % count)
            with open(path, 'w', encoding='utf-8') as out:
                grower.write(count, out)
            print('grown to %d entities: %.0f MB, %.0f s of CPU' % (count, os.path.getsize(path) / 1e6, time.process_time() - began), file=sys.stderr)
            index, found = bench.index('%d' % count, [path])
            bench.measure(index, found, path)
            if not options.work:
                os.unlink(path)
                os.unlink(index)
        print('Seconds are of CPU (user and system) on one thread, medians of %d runs; the time of a question is the least of its runs.' % options.repeat)
        table('index', ('list', 'entities', 'statements', 'names', 'words', 'CPU s', 'entities/s', 'bytes/name', 'peak MB'), build_rows(bench.found))
        table('screen at 0.7', ('list', 'names', 'with hits', 'start s', 'names/s', 'not scanned', 'p50 ms', 'p99 ms', 'not scanned', 'max ms', 'scanned %', 'candidates', 'p50', 'p99',
                                'slowest 1 % take %', 'peak MB few', 'peak MB', 'exhaustive names/s'), screen_rows(bench.found))
        if pairs:
            table('compare', ('pairs', 'count', 'CPU s', 'pairs/s', 'peak MB'),
                  [(p['pairs'], p['count'], '%.2f' % p['cpu_s'], '%.0f' % p['pairs_per_cpu_s'], '%.0f' % p['peak_mb']) for p in pairs])
        if baseline:
            table('rapidfuzz %s, process.extract over the same names' % baseline[0]['version'], ('scorer', 'names of the list', 'names', 'names/s', 'pairs/s'),
                  [(b['scorer'], b['names'], b['questions'], '%.1f' % b['names_per_cpu_s'], '%.0f' % b['pairs_per_cpu_s']) for b in baseline])
        if options.json:
            with open(options.json, 'w', encoding='utf-8') as out:
                json.dump({'screen': bench.found, 'compare': pairs, 'baseline': baseline}, out, indent=1)
    finally:
        if not options.work:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == '__main__':
    main()
