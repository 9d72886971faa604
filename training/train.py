"""Trains the trees.

train.py first  PAGES MEASURED OUT     first pass: a model without each fold, one of all, scores out-of-fold
train.py second PAGES MEASURED OUT     second pass likewise; MEASURED/second.u8 made with OUT/first.f32
train.py bare   PAGES MEASURED OUT     the single pass for bare text

PAGES is the dump with texts and labels, MEASURED the one whose scores of names and words are out-of-fold. With
PERMISSIVE=1 pages of sets with licences that ask for more than attribution are left out of training.
"""
import multiprocessing
import os
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np

from decode import CAUTION, in_doubt, judged_together, kept, logits
from pages import FOLDS, RESTRICTED, SET_WEIGHT, Pages, show

COMMON = dict(max_depth=8, bagging_freq=1, min_child_weight=5, min_data_in_leaf=60, lambda_l2=5,
              max_bin=127, verbose=-1, seed=1, num_threads=1, deterministic=True, force_row_wise=True)
# The first pass is kept small: it only has to tell the second where the article roughly is.
FIRST = dict(COMMON, num_leaves=20, learning_rate=0.17, feature_fraction=0.35, bagging_fraction=0.45)
FIRST_TREES = 64
# Of three seeds the one that does best on articles out-of-fold; the others are within its error.
SECOND = dict(COMMON | {'seed': 3}, num_leaves=31, learning_rate=0.12, feature_fraction=0.3, bagging_fraction=0.4)
SECOND_TREES = 275
BARE = dict(COMMON, num_leaves=31, learning_rate=0.12, feature_fraction=0.4, bagging_fraction=0.5)
BARE_TREES = 120
# Of long pages so many blocks are drawn on average, each then counting for those left out.
MOST_BLOCKS = 150
# The second pass learns from all that are in doubt: its log loss is 1 to 2 % lower than with 120 a page.
ALL_BLOCKS = 1_000_000
# What the first pass is as sure of is not learned by the second; on pages that it is sure of more is spared (decode.py).
BEYOND_DOUBT = 0.02
ALL = 'all'
# How much of the loss is what a block does to its page's F1: 0.3 to 0.7 are alike, 0 and 1 worse. The first pass has to
# be sure of blocks, whatever the page.
SHARE = {'first': 0.0, 'second': 0.5, 'bare': 0.5}
# How many models are trained at a time; the trees do not depend on it.
JOBS = int(os.environ.get('JOBS', 2))


def rows_to_learn(pages, most, among):
    """Which of the blocks `among` are learned from, what they are, how much they count."""
    weight = pages.weights() * among
    size = np.bincount(pages.page, among)[pages.page]
    use = (weight > 0) & (np.random.default_rng(0).random(len(weight)) < np.minimum(1, most / np.maximum(size, 1)))
    if os.environ.get('PERMISSIVE'):
        use &= ~np.isin(pages.set, list(RESTRICTED))[pages.page]
    doubt = np.abs(pages.label - 0.5) * 1.6 + 0.2
    return use, (pages.label >= 0.5).astype(np.float32), weight * doubt * np.maximum(1, size / most)


def to_learn(first):
    return (first >= BEYOND_DOUBT) & (first <= 1 - BEYOND_DOUBT)


class Cost:
    """The loss that trees lessen: that of each block by itself and, with a share, what the block does to its page's F1.

    The second part is log loss as well, with other labels and weights: what a block adds to the page's F1, or takes
    from it, given what the trees think of the page's other blocks so far. A block is worth keeping if the part of its
    words that is right is above half of that F1.
    """

    def __init__(self, pages, train, kept, weight, elsewhere, share):
        """Of the blocks `train`; those left out stand for their pages with the scores `elsewhere`."""
        self.share = share
        self.count = len(pages.pages)
        self.page, self.tokens, self.matched = pages.page[train], pages.tokens[train], pages.matched[train]
        self.kept, self.weight = kept[train], weight[train]
        left = np.where(train, 0, elsewhere)
        self.right = np.bincount(pages.page, pages.matched * left, self.count)
        self.words = np.bincount(pages.page, pages.tokens * left, self.count) + pages.gold_tokens
        self.set_weight = np.array([SET_WEIGHT[s] for s in pages.set])[self.page]
        # Both parts weigh the same where nothing is known yet.
        self.scale = self.weight.mean() / np.abs(self.gain(np.full(len(self.page), 0.5))).mean()

    def gain(self, p):
        """How the page's F1 changes with the block's probability."""
        right = self.right + np.bincount(self.page, self.matched * p, self.count)
        words = np.maximum(self.words + np.bincount(self.page, self.tokens * p, self.count), 1)
        return 2 * (self.matched * words[self.page] - right[self.page] * self.tokens) / words[self.page] ** 2 * self.set_weight

    def __call__(self, sums, _):
        """Gradient and curvature of the loss by each block's sum."""
        p = 1 / (1 + np.exp(-sums))
        gain = self.gain(p)
        alone, together = (1 - self.share) * self.weight, self.share * self.scale * np.abs(gain)
        gradient = alone * (p - self.kept) + together * (p - (gain > 0))
        return gradient, np.maximum((alone + together) * p * (1 - p), 1e-3)


def fit(rows, cost, settings, trees):
    data = lgb.Dataset(rows, cost.kept, params=dict(max_bin=127, verbose=-1))
    return lgb.train(dict(settings, objective=cost), data, trees)


def probabilities(model, rows):
    return 1 / (1 + np.exp(-model.predict(rows, num_threads=1, raw_score=True)))


def loss(p, pages, rows):
    p, kept, weight = np.clip(p, 1e-6, 1 - 1e-6), pages.label[rows] >= 0.5, pages.weights()[rows]
    return -(weight * np.where(kept, np.log(p), np.log(1 - p))).sum() / weight.sum()


def run(pages, table, out, name, settings, trees, most=MOST_BLOCKS, before=None):
    """A model without each fold and one of all; the former's scores of the pages they have not seen.

    With the scores of a pass `before` only blocks are learned and scored anew that it left in doubt.
    """
    doubtful = np.ones(len(pages.page), bool) if before is None else to_learn(before)
    use, kept, weight = rows_to_learn(pages, most, doubtful)
    fold = pages.fold[pages.page]

    def one(k):
        train, test = (use & (fold != k), doubtful & (fold == k)) if k != ALL else (use, None)
        cost = Cost(pages, train, kept, weight, kept if before is None else before, SHARE[name])
        model = fit(table(train), cost, settings, trees)
        model.save_model(out / f'{name}.{k}.txt')
        return None if test is None else probabilities(model, table(test))

    scores = np.zeros(len(kept)) if before is None else before.astype(float)
    for k, part in in_processes(one, [*range(FOLDS), ALL]):
        if part is not None:
            scores[doubtful & (fold == k)] = part
            print(name, 'without fold', k, 'loss', round(loss(scores[fold == k], pages, fold == k), 5), flush=True)
    scores.astype('<f4').tofile(out / f'{name}.f32')
    np.save(out / f'{name}.npy', scores)
    report(pages, scores, before)


def in_processes(work, tasks):
    """Each task and what came of it; a process each, since one thread a model gives the same trees anywhere."""
    context = multiprocessing.get_context('fork')
    results = context.SimpleQueue()

    def tell(task):
        results.put((task, work(task)))

    waiting, running = list(tasks), 0
    for _ in tasks:
        while waiting and running < JOBS:
            context.Process(target=tell, args=(waiting.pop(0),)).start()
            running += 1
        yield results.get()
        running -= 1


def report(pages, scores, before):
    """Means by set; as shipped but not calibrated."""
    pages.prepare_scores()
    shipped = scores.copy()
    if before is not None:
        doubtful = in_doubt(pages, before)
        sums = judged_together(pages.place[doubtful], logits(scores[doubtful]))
        shipped = np.where(doubtful, 0, before)
        shipped[doubtful] = 1 / (1 + np.exp(-sums))
    shipped = kept(pages, shipped, CAUTION)
    show({'even odds': pages.table(pages.f1(scores >= 0.5)),
          'expected': pages.table(pages.f1(kept(pages, scores, 1))),
          'shipped': pages.table(pages.f1(shipped)),
          'title': pages.table(pages.f1(shipped | pages.title_blocks())),
          'labels': pages.table(pages.f1(pages.label >= 0.5))})


def main():
    what, dump, *rest = sys.argv[1:]
    out = Path(rest[-1])
    out.mkdir(exist_ok=True)
    pages = Pages(dump)
    features = pages.read_features(rest[0])
    if what == 'second':
        second = np.fromfile(Path(rest[0]) / 'second.u8', np.uint8).reshape(len(pages.page), -1)
        run(pages, lambda rows: np.hstack([features[rows], second[rows]]), out, what, SECOND, SECOND_TREES, ALL_BLOCKS,
            before=np.fromfile(out / 'first.f32', '<f4'))
        return
    settings, trees, most = (FIRST, FIRST_TREES, MOST_BLOCKS) if what == 'first' else (BARE, BARE_TREES, 120)
    run(pages, lambda rows: np.ascontiguousarray(features[rows]), out, what, settings, trees, most)


if __name__ == '__main__':
    main()
