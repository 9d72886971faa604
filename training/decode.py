"""From scores to what is kept: the twin of src/label/model/decode.rs and doubt.rs."""
import numpy as np

# Pages with mark-up are cut with caution, bare text without.
CAUTION, HIGHEST_CUT = 1.2, 0.95
# Sums nearer to even odds are moved towards those at like places.
UNDECIDED = 1.0
# On pages that the first pass expects to be as good as this it has the last word.
SURE = 0.975


def logits(p):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))


def expected_f1(pages, p):
    """The best expected F1 of each page."""
    order = np.lexsort((-p, pages.page))
    tokens, page = pages.tokens[order], pages.page[order]
    right, words = np.cumsum(tokens * p[order]), np.cumsum(tokens)
    first = pages.starts[page]
    right_before = np.concatenate([[0], right])[first]
    words_before = np.concatenate([[0], words])[first]
    all_right = np.bincount(page, tokens * p[order], len(pages.pages))
    f = 2 * (right - right_before) / np.maximum(words - words_before + all_right[page], 1e-9)
    out = np.zeros(len(pages.pages))
    np.maximum.at(out, page, f)
    return out


def kept(pages, p, caution):
    """Which blocks make the article."""
    return p >= np.minimum(HIGHEST_CUT, caution * expected_f1(pages, p) / 2)[pages.page]


def in_doubt(pages, first):
    """Which blocks get a second look."""
    expected = expected_f1(pages, first)[pages.page]
    least = np.clip(0.4 * (expected - 0.7), 0.02, 0.07)
    return (expected < SURE) & (first >= least) & (first <= 1 - least)


def judged_together(places, sums):
    """Undecided sums moved half of the way to the mean of those at like places."""
    _, place = np.unique(places, return_inverse=True)
    mean = np.bincount(place, sums) / np.bincount(place)
    return np.where(np.abs(sums) < UNDECIDED, (sums + mean[place]) / 2, sums)
