"""Writes src/feature/names.bin, src/feature/words.bin, src/label/model.bin and the fixture of their test.

ship.py PAGES NAMES WORDS MODELS BARE [FOLD SRC]: the dump, what names.py and words.py wrote, the folder that
train.py wrote its models to, the dump of bare texts. With FOLD what was learned without that fold is written,
below SRC instead of src/.
"""
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np

from decode import CAUTION, expected_f1, in_doubt, judged_together, kept, logits
from export import curve_bytes, rising_curve, trees_bytes
from names import BUCKETS
from pages import FOLDS, Pages
from train import ALL

SRC = Path(__file__).resolve().parent.parent / 'src'


def curves(pages, p, caution, first=None):
    """From sums to probabilities, from expected F1 to the one met; `p` was made of blocks that `first` leaves in doubt."""
    pages.prepare_scores()
    weight, x = pages.weights(), logits(p)
    doubtful = np.ones(len(p), bool) if first is None else in_doubt(pages, first)
    if first is not None:
        x[doubtful] = judged_together(pages.place[doubtful], x[doubtful])
    use = (weight > 0) & doubtful
    block = rising_curve(x[use], pages.label[use], weight[use])
    block = [(block[0][0] - 3, block[0][1] / 4)] + block + [(block[-1][0] + 3, 1 - (1 - block[-1][1]) / 4)]
    q = np.where(doubtful, np.interp(x, [a for a, _ in block], [b for _, b in block]), p if first is None else first)
    expected, met = expected_f1(pages, q), pages.f1(kept(pages, q, caution))
    page = rising_curve(expected, met, np.ones(len(met)), 10)
    error = [abs((weight * (q - pages.label))[np.minimum((q * 10).astype(int), 9) == bin].sum()) for bin in range(10)]
    print('blocks', np.round(block, 3).tolist(), 'calibration error', round(sum(error) / weight.sum(), 5))
    print('pages', np.round(page, 3).tolist(), 'correlation', np.corrcoef(expected, met)[0, 1])
    return curve_bytes(block) + curve_bytes(page)


def write_fixture(first, second, src):
    """Rows of random bytes with what LightGBM itself makes of them, for the test that walks agree."""
    first, second = lgb.Booster(model_file=first), lgb.Booster(model_file=second)
    rows = np.random.default_rng(1).integers(0, 160, (40, second.num_feature()), np.uint8)
    sums = [m.predict(rows[:, :m.num_feature()], raw_score=True).astype('<f4') for m in (first, second)]
    (src / 'label' / 'model' / 'fixture.bin').write_bytes(
        np.array([len(rows), rows.shape[1]], '<u2').tobytes() + rows.tobytes() + sums[0].tobytes() + sums[1].tobytes())


def main():
    dump, names, words, models, bare, *without = sys.argv[1:]
    fold, src = (int(without[0]), Path(without[1])) if without else (FOLDS, SRC)
    of = fold if without else ALL
    first, second, text = (f'{models}/{name}.{of}.txt' for name in ('first', 'second', 'bare'))
    html = trees_bytes(first) + trees_bytes(second) + curves(
        Pages(dump), np.load(f'{models}/second.npy'), CAUTION, np.load(f'{models}/first.npy'))
    # Bare text is judged once: its first pass has no trees.
    text = trees_bytes(None) + trees_bytes(text) + curves(Pages(bare), np.load(f'{models}/bare.npy'), 1.0)
    # The last table is the one learned on all.
    np.fromfile(names, np.int8).reshape(-1, BUCKETS)[fold].tofile(src / 'feature' / 'names.bin')
    np.fromfile(words, np.uint8).reshape(FOLDS + 1, -1)[fold].tofile(src / 'feature' / 'words.bin')
    (src / 'label' / 'model.bin').write_bytes(html + text)
    write_fixture(first, second, src)
    print('model.bin', len(html) + len(text), 'bytes')


if __name__ == '__main__':
    main()
