"""Weights for the grams of blocks: a logistic regression on top of what the trees know without words.

words.py DUMP FIRST OUT: FIRST holds first scores out-of-fold (of train.py first, which knows no words); writes
OUT/words.bin: a table for each fold, learned on the other folds, then one learned on all.
"""
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from pages import FOLDS, SET_WEIGHT, Pages, domain
from train import ALL, in_processes

SLOTS = 1 << 16
GRAMS = 1 << 24
STEPS_PER_LOGIT = 16
# A gram of fewer sites than this is about a topic or a site, not about what a block does.
LEAST_SITES = 5
# The weight of the penalty; found on fold 0 among 3, 10, 30.
PENALTY = 30.0
# How many blocks' worth of evidence a page gives.
EVIDENCE_PER_PAGE = 12.0
HEADING, NEXT = 3, 4


class Grams:
    """Which gram speaks for which block."""

    def __init__(self, pages):
        grams = np.fromfile(pages.folder / 'grams.u32', np.uint32)
        ends = np.fromfile(pages.folder / 'grams_end.u64', np.uint64).astype(np.int64)
        lengths = np.diff(np.concatenate([[0], ends]))
        rows = len(pages.page)
        row, of, gram = np.repeat(np.arange(rows), lengths), grams >> 24, (grams & 0xffffff).astype(np.int32)
        own = (of != HEADING) & (of != NEXT)
        nexts = of == NEXT
        behind = row[nexts] + 1
        within = (behind < rows) & (pages.page[np.minimum(behind, rows - 1)] == pages.page[row[nexts]])
        # A heading speaks for all blocks up to the next one: its grams are repeated for each of them.
        headings = of == HEADING
        is_heading = pages.column('heading level') > 0
        last = np.maximum.accumulate(np.where(is_heading, np.arange(rows), -1))
        last = np.concatenate([[-1], last[:-1]])
        last = np.where(last >= pages.starts[pages.page], last, -1)
        at, count = np.full(rows, 0), np.bincount(row[headings], minlength=rows)
        at = np.concatenate([[0], np.cumsum(count)[:-1]])
        below = np.flatnonzero(last >= 0)
        many = count[last[below]]
        index = np.repeat(at[last[below]] - np.concatenate([[0], np.cumsum(many)[:-1]]), many) + np.arange(many.sum())
        self.row = np.concatenate([row[own], behind[within], np.repeat(below, many)]).astype(np.int32)
        self.gram = np.concatenate([gram[own], gram[nexts][within], gram[headings][index]])
        self.rows = rows


def vocabulary(grams, train, site, error):
    """The gram of each slot: that whose sites agree most on what the trees get wrong."""
    use = train[grams.row]
    row, gram = grams.row[use], grams.gram[use].astype(np.int64)
    pairs, inverse = np.unique(gram << 13 | site[row], return_inverse=True)
    by_site = np.bincount(inverse, error[row])
    gram = pairs >> 13
    sites = np.bincount(gram, minlength=GRAMS)
    sums, squares = np.bincount(gram, by_site, GRAMS), np.bincount(gram, by_site ** 2, GRAMS)
    agreement = np.where(sites >= LEAST_SITES, np.abs(sums) / np.sqrt(squares + 1), 0)
    order = np.argsort(-agreement, kind='stable')
    order = order[agreement[order] > 0]
    _, best = np.unique(order & (SLOTS - 1), return_index=True)
    return np.sort(order[best])


def fit(matrix, known, weight, kept, penalty=PENALTY, steps=60):
    transposed = matrix.T.tocsr()

    def loss(w):
        z = known + matrix @ w[:-1].astype(np.float32) + w[-1]
        value = (weight * (np.logaddexp(0, z) - kept * z)).sum() + penalty / 2 * (w[:-1] ** 2).sum()
        error = weight * (expit(z) - kept)
        return value, np.concatenate([transposed @ error.astype(np.float32) + penalty * w[:-1], [error.sum()]])

    return minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method='L-BFGS-B', options={'maxiter': steps}).x


def main():
    dump, first, out = sys.argv[1:]
    pages = Pages(dump)
    grams = Grams(pages)
    first = np.clip(np.load(first), 1e-5, 1 - 1e-5)
    known = np.log(first / (1 - first))
    weight = pages.weights()
    total = np.bincount(pages.page, weight, len(pages.pages))
    per_set = np.array([SET_WEIGHT[s] for s in pages.set])
    weight *= (per_set * EVIDENCE_PER_PAGE / np.maximum(total, 1e-9))[pages.page]
    kept, fold = pages.label, pages.fold[pages.page]
    number = {}
    site = np.array([number.setdefault(domain(p['url']) or str(p['id']), len(number)) for p in pages.pages])[pages.page]
    assert len(number) < 1 << 13

    def one(k):
        train = (fold != k if k != ALL else True) & (weight > 0)
        slots = vocabulary(grams, train, site, (kept - first) * weight)
        column = np.full(GRAMS, -1, np.int32)
        column[slots] = np.arange(len(slots))
        at = column[grams.gram]
        use = at >= 0
        matrix = csr_matrix((np.ones(use.sum(), np.float32), (grams.row[use], at[use])), (grams.rows, len(slots)))
        w = fit(matrix[train], known[train], weight[train], kept[train])
        test = fold == k if k != ALL else np.zeros(len(fold), bool)
        if test.any():
            z = known[test] + matrix[test] @ w[:-1] + w[-1]
            loss = [(weight[test] * (np.logaddexp(0, x) - kept[test] * x)).sum() / weight[test].sum() for x in (known[test], z)]
            print(k, len(slots), 'grams, loss without and with words', loss, flush=True)
        table = np.zeros((SLOTS, 2), np.uint8)
        table[slots & (SLOTS - 1), 0] = slots >> 16
        table[slots & (SLOTS - 1), 1] = np.clip(np.rint(w[:-1] * STEPS_PER_LOGIT), -127, 127).astype(np.int8).view(np.uint8)
        return table

    tables = dict(in_processes(one, [*range(FOLDS), ALL]))
    Path(out).mkdir(exist_ok=True)
    np.stack([tables[k] for k in [*range(FOLDS), ALL]]).tofile(Path(out) / 'words.bin')


if __name__ == '__main__':
    main()
