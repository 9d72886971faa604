"""Trains the trees.

train.py first  PAGES MEASURED OUT     first pass: a model without each fold, one of all, scores out-of-fold
train.py second PAGES MEASURED OUT     second pass likewise; MEASURED/second.u8 made with OUT/first.f32
train.py bare   PAGES OUT              the single pass for bare text; one fold held out

PAGES is the dump with texts and labels, MEASURED the one whose name scores are out-of-fold. With
PERMISSIVE=1 pages of sets with licences that ask for more than attribution are left out of training.
"""
import os
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np

from pages import FOLDS, RESTRICTED, Pages, show

COMMON = dict(objective='binary', max_depth=8, bagging_freq=1, min_child_weight=5, min_data_in_leaf=60, lambda_l2=5,
              max_bin=127, verbose=-1, seed=1, num_threads=1, deterministic=True, force_row_wise=True)
# The first pass is kept small: it only has to tell the second where the article roughly is.
FIRST = dict(COMMON, num_leaves=20, learning_rate=0.17, feature_fraction=0.35, bagging_fraction=0.45)
FIRST_TREES = 64
SECOND = dict(COMMON, num_leaves=31, learning_rate=0.1, feature_fraction=0.3, bagging_fraction=0.4)
SECOND_TREES = 100
BARE = dict(COMMON, num_leaves=31, learning_rate=0.12, feature_fraction=0.4, bagging_fraction=0.5)
BARE_TREES = 120
# Of long pages so many blocks are drawn on average, each then counting for those left out.
MOST_BLOCKS = 150
ALL = 'all'


def rows_to_learn(pages, most=MOST_BLOCKS):
    """Which blocks are learned from, what they are, how much they count."""
    weight = pages.weights()
    size = np.bincount(pages.page)[pages.page]
    use = (weight > 0) & (np.random.default_rng(0).random(len(weight)) < np.minimum(1, most / size))
    if os.environ.get('PERMISSIVE'):
        use &= ~np.isin(pages.set, list(RESTRICTED))[pages.page]
    doubt = np.abs(pages.label - 0.5) * 1.6 + 0.2
    return use, (pages.label >= 0.5).astype(np.float32), weight * doubt * np.maximum(1, size / most)


def fit(rows, kept, weight, settings, trees):
    data = lgb.Dataset(rows, kept, weight=weight, params=dict(max_bin=127, verbose=-1))
    return lgb.train(settings, data, trees)


def loss(p, pages, rows):
    p, kept, weight = np.clip(p, 1e-6, 1 - 1e-6), pages.label[rows] >= 0.5, pages.weights()[rows]
    return -(weight * np.where(kept, np.log(p), np.log(1 - p))).sum() / weight.sum()


def run(pages, table, out, name, settings, trees, most=MOST_BLOCKS, folds=range(FOLDS)):
    """A model without each fold and one of all; the former's scores of the pages they have not seen."""
    use, kept, weight = rows_to_learn(pages, most)
    fold = pages.fold[pages.page]
    scores = np.zeros(len(kept))
    for k in [*folds, ALL]:
        train = use & (fold != k) if k != ALL else use
        model = fit(table(train), kept[train], weight[train], settings, trees)
        model.save_model(out / f'{name}.{k}.txt')
        if k != ALL:
            test = fold == k
            scores[test] = model.predict(table(test), num_threads=1)
            print(name, 'without fold', k, 'loss', round(loss(scores[test], pages, test), 5), flush=True)
    scores.astype('<f4').tofile(out / f'{name}.f32')
    np.save(out / f'{name}.npy', scores)
    report(pages, scores, np.isin(pages.fold, list(folds)))


def report(pages, scores, judged):
    from ship import expected_f1
    pages.prepare_scores()
    best = expected_f1(pages, scores)
    show({'even odds': pages.table(pages.f1(scores >= 0.5), judged),
          'expected': pages.table(pages.f1(scores >= (best / 2)[pages.page]), judged),
          'labels': pages.table(pages.f1(pages.label >= 0.5), judged)})


def main():
    what, dump, *rest = sys.argv[1:]
    out = Path(rest[-1])
    out.mkdir(exist_ok=True)
    pages = Pages(dump)
    if what == 'bare':
        run(pages, lambda rows: np.ascontiguousarray(pages.features[rows]), out, what, BARE, BARE_TREES, 120, [0])
        return
    features = pages.read_features(rest[0])
    if what == 'first':
        run(pages, lambda rows: np.ascontiguousarray(features[rows]), out, what, FIRST, FIRST_TREES)
    else:
        second = np.fromfile(Path(rest[0]) / 'second.u8', np.uint8).reshape(len(pages.page), -1)
        run(pages, lambda rows: np.hstack([features[rows], second[rows]]), out, what, SECOND, SECOND_TREES)


if __name__ == '__main__':
    main()
