"""Figures of labelled scores."""
import collections

AT = 700000
STEPS = range(500000, 1000000, 25000)  # of every curve
BANDS = (0, 300000, 400000, 500000, 600000, 650000, 700000, 750000, 800000, 850000, 900000, 950000, 990000, 1000001)


def at(scored, threshold):
    """Precision, recall, F1 at a threshold; scored: [(score, true)]."""
    tp = sum(1 for s, t in scored if t and s >= threshold)
    fp = sum(1 for s, t in scored if not t and s >= threshold)
    fn = sum(1 for s, t in scored if t and s < threshold)
    return (tp / (tp + fp) if tp + fp else 1.0, tp / (tp + fn) if tp + fn else 0.0,
            2 * tp / (2 * tp + fp + fn) if tp else 0.0)


def auc(scored):
    """Probability that a true pair scores higher than a false one; level counts half."""
    order, total, i = sorted(scored), 0.0, 0
    while i < len(order):
        j = i
        while j < len(order) and order[j][0] == order[i][0]:
            j += 1
        total += sum(1 for k in range(i, j) if order[k][1]) * (i + j + 1) / 2
        i = j
    p = sum(1 for _, t in scored if t)
    n = len(scored) - p
    return (total - p * (p + 1) / 2) / (p * n) if p and n else float('nan')


def average_precision(scored):
    """Sum of precision × gain of recall over falling thresholds; level scores are one threshold."""
    p, found, seen, total = sum(1 for _, t in scored if t), 0, 0, 0.0
    by_score = collections.Counter()
    true_by_score = collections.Counter()
    for s, t in scored:
        by_score[s] += 1
        true_by_score[s] += bool(t)
    for s in sorted(by_score, reverse=True):
        found += true_by_score[s]
        seen += by_score[s]
        total += found / seen * true_by_score[s]
    return total / p if p else float('nan')


def line(title, scored):
    precision, recall, f1 = at(scored, AT)
    return '%-34s %6d %6d   %.3f  %.3f  %.3f   %.3f  %.3f' % (
        title, sum(1 for _, t in scored if t), sum(1 for _, t in scored if not t), precision, recall, f1,
        auc(scored), average_precision(scored))


HEAD = '%-34s %6s %6s   %-5s  %-5s  %-5s   %-5s  %-5s' % ('', 'true', 'false', 'prec.', 'rec.', 'F1', 'AUC', 'AP')


def curve(scored):
    rows = ['threshold      ' + ' '.join('%5.3f' % (t / 1e6) for t in STEPS)]
    values = [at(scored, t) for t in STEPS]
    for i, name in enumerate(('precision', 'recall', 'F1')):
        rows.append('%-14s ' % name + ' '.join('%5.3f' % v[i] for v in values))
    return rows


def calibration(scored):
    """Bands of scores: how many pairs, share of true."""
    rows = []
    for low, high in zip(BANDS, BANDS[1:]):
        band = [t for s, t in scored if low <= s < high]
        if band:
            rows.append('%.2f … %.2f  %6d  %.3f' % (low / 1e6, min(high, 1000000) / 1e6, len(band),
                                                    sum(map(bool, band)) / len(band)))
    return rows
