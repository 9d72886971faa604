"""Weights for the hashed names of elements: a logistic regression over all names above a block.

names.py DUMP OUT: writes OUT/names.bin (a table for each fold, learned on the other folds, then one learned
on all) and OUT/folds.txt (the fold of each page).
"""
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from pages import FOLDS, Pages

BUCKETS = 1 << 14
STEPS_PER_LOGIT = 16
# The weight of the penalty: names of one site only must not matter. Found on fold 0 among 1, 3, 10, 30.
PENALTY = 10.0
# How many blocks' worth of evidence a page gives.
EVIDENCE_PER_PAGE = 12.0


def load(pages):
    """A row for each distinct set of names on a page: indices, weight of kept blocks and of all."""
    names = np.fromfile(pages.folder / 'names.u16', np.uint16)
    ends = np.fromfile(pages.folder / 'names_end.u64', np.uint64).astype(np.int64)
    starts = np.concatenate([[0], ends[:-1]])
    mixed = (names.astype(np.uint64) + 1) * np.uint64(0x9e3779b97f4a7c15)
    mixed ^= mixed >> np.uint64(29)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
    key = (sums[ends] - sums[starts]) ^ (pages.page.astype(np.uint64) << np.uint64(44))
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    weight = pages.weights()
    total = np.bincount(pages.page, weight, len(pages.pages))
    per_page = np.bincount(pages.page, minlength=len(total)) > 0
    weight *= EVIDENCE_PER_PAGE / np.maximum(total, 1e-9)[pages.page] * per_page[pages.page]
    every = np.bincount(inverse, weight)
    kept = np.bincount(inverse, weight * pages.label)
    lengths = (ends - starts)[first]
    index = np.repeat(starts[first] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(lengths.sum())
    matrix = csr_matrix((np.ones(len(index), np.float32), names[index].astype(np.int32),
                         np.concatenate([[0], np.cumsum(lengths)])), (len(first), BUCKETS))
    return matrix, every, kept, pages.page[first]


def fit(matrix, every, kept, penalty=PENALTY, steps=60):
    transposed = matrix.T.tocsr()

    def loss(w):
        z = matrix @ w[:-1].astype(np.float32) + w[-1]
        value = (every * np.logaddexp(0, z) - kept * z).sum() + penalty / 2 * (w[:-1] ** 2).sum()
        error = (every * expit(z) - kept)
        return value, np.concatenate([transposed @ error.astype(np.float32) + penalty * w[:-1], [error.sum()]])

    return minimize(loss, np.zeros(BUCKETS + 1), jac=True, method='L-BFGS-B', options={'maxiter': steps}).x


def main():
    dump, out = sys.argv[1:]
    pages = Pages(dump)
    matrix, every, kept, page = load(pages)
    fold = pages.fold[page]
    print(matrix.shape, matrix.nnz, flush=True)
    if 'tune' in out:
        rest, test = fold != 0, fold == 0
        for penalty in (1.0, 3.0, 10.0, 30.0):
            w = fit(matrix[rest], every[rest], kept[rest], penalty)
            z = matrix[test] @ w[:-1] + w[-1]
            print(penalty, (every[test] * np.logaddexp(0, z) - kept[test] * z).sum() / every[test].sum(), flush=True)
        return
    Path(out).mkdir(exist_ok=True)
    tables = []
    for k in [*range(FOLDS), None]:
        use = fold != k if k is not None else np.ones(len(fold), bool)
        w = fit(matrix[use], every[use], kept[use])
        z = matrix[~use] @ w[:-1] + w[-1]
        print(k, 'loss', (every[~use] * np.logaddexp(0, z) - kept[~use] * z).sum() / max(every[~use].sum(), 1e-9), flush=True)
        tables.append(np.clip(np.rint(w[:-1] * STEPS_PER_LOGIT), -127, 127).astype(np.int8))
    np.stack(tables).tofile(Path(out) / 'names.bin')
    (Path(out) / 'folds.txt').write_text('\n'.join(map(str, pages.fold)))


if __name__ == '__main__':
    main()
