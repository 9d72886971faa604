"""What it changes when trees are not asked of blocks that are settled: `SECOND_STOPS`, `BARE_STOPS` in src/label/model.rs.

stops.py second|bare PAGES MEASURED MODELS STOPS…: the dump, the one whose scores of names and words are out-of-fold,
the folder that train.py wrote its models to. STOPS are what to compare with asking all trees, for example
40,-2.5,2,1.45/80,-2.25,1.5,1.2: after 40 trees sums below -2.5 and above 2 are settled and count 1.45 times, and so on.
"""
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np

from decode import CAUTION, in_doubt, judged_together, kept
from export import rising_curve
from pages import FOLDS, Pages


def main():
    what, dump, measured, models, *plans = sys.argv[1:]
    plans = [[tuple(map(float, stop.split(','))) for stop in plan.split('/')] for plan in plans]
    pages = Pages(dump)
    pages.prepare_scores()
    table, first, caution = pages.read_features(measured), np.full(len(pages.page), 0.5), 1.0
    together = lambda sums: sums
    if what == 'second':
        second = np.fromfile(Path(measured) / 'second.u8', np.uint8).reshape(len(pages.page), -1)
        first, caution = np.fromfile(Path(models) / 'first.f32', '<f4').astype(float), CAUTION
        together = lambda sums: judged_together(pages.place[rows], sums)
    rows = np.flatnonzero(in_doubt(pages, first))
    fold = pages.fold[pages.page[rows]]
    places = sorted({int(stop[0]) for plan in plans for stop in plan})
    sums = np.zeros((len(places) + 1, len(rows)))
    for k in range(FOLDS):
        model, test = lgb.Booster(model_file=f'{models}/{what}.{k}.txt'), rows[fold == k]
        of = np.hstack([table[test], second[test]]) if what == 'second' else table[test]
        ends = [*places, model.num_trees()]
        parts = [model.predict(of, raw_score=True, start_iteration=start, num_iteration=end - start, num_threads=1)
                 for start, end in zip([0, *places], ends)]
        sums[:, fold == k] = np.cumsum(parts, axis=0)

    weight = pages.weights()[rows]
    x, y = zip(*rising_curve(together(sums[-1])[weight > 0], pages.label[rows][weight > 0], weight[weight > 0]))

    def decided(sums):
        p = first.copy()
        p[rows] = np.interp(together(sums), x, y)
        return kept(pages, p, caution)

    all_asked = decided(sums[-1])
    f1 = pages.f1(all_asked)
    for plan in plans:
        result, is_open, asked, before = sums[-1].copy(), np.ones(len(rows), bool), 0, 0
        for trees, least, most, growth in plan:
            asked, before = asked + is_open.mean() * (trees - before), trees
            now = sums[places.index(int(trees))]
            settled = is_open & ((now < least) | (now > most))
            result[settled] = now[settled] * growth
            is_open &= ~settled
        asked += is_open.mean() * (ends[-1] - before)
        other = decided(result)
        print(plan, 'trees', round(asked, 1), 'of', ends[-1], 'blocks on the other side', round((other != all_asked).mean(), 5),
              'F1', round(np.nanmean(pages.f1(other) - f1), 6), 'pages', (pages.f1(other) != f1).sum(), flush=True)


if __name__ == '__main__':
    main()
