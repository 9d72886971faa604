"""The dumped blocks of the judged pages: folds, labels, weights, scores."""
import hashlib
import json
import re
from pathlib import Path

import numpy as np

FOLDS = 5
# Second-level labels under which names are registered: enough to keep the pages of a site together.
SECOND_LEVEL = {'co', 'com', 'org', 'net', 'gov', 'edu', 'ac', 'or', 'ne', 'gob', 'gouv', 'nic', 'blogspot'}
# Sets whose gold texts hold titles, dates or captions as a rule.
GENEROUS = {'dragnet', 'l3s_gn1', 'cleaneval_final', 'cleaneval_dev', 'cleanportaleval', 'readability', 'daniel'}
# How much a page counts. Recent pages judged for what they are count most; sets with licences that ask
# for more than attribution are named in MODEL.md.
SET_WEIGHT = {'wcxb_dev': 1.0, 'fundus_tests': 1.5, 'magic_article': 0.7, 'magic_forum': 0.7, 'chinese69': 0.7,
              'readability': 0.5, 'dragnet': 0.5, 'daniel': 0.4, 'l3s_gn1': 0.5, 'cleaneval_final': 0.4,
              'cleaneval_dev': 0.4, 'cleanportaleval': 0.5}
RESTRICTED = {'daniel', 'l3s_gn1', 'cleaneval_final', 'cleaneval_dev', 'cleanportaleval'}


def domain(url):
    host = re.sub(r'^[a-z]+://', '', (url or '').strip().lower()).split('/')[0].split(':')[0].split('@')[-1]
    parts = host.split('.')
    if len(parts) <= 2:
        return host
    return '.'.join(parts[-3:] if parts[-2] in SECOND_LEVEL else parts[-2:])


def fold_of(page):
    key = domain(page.get('url')) or str(page['id'])
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], 'big') % FOLDS


class Pages:
    """Everything that was dumped, in arrays with a row a block."""

    def __init__(self, folder):
        self.folder = folder = Path(folder)
        self.pages = [json.loads(line) for line in open(folder / 'pages.jsonl')]
        self.columns = (folder / 'columns.txt').read_text().split('\n')
        blocks = np.fromfile(folder / 'blocks.bin', np.uint32).reshape(-1, 5)
        self.page, self.tokens, self.matched, self.title, place = (blocks[:, i].astype(np.int64) for i in range(5))
        # Blocks at like places of one page share a number.
        _, self.place = np.unique(self.page << 32 | place, return_inverse=True)
        self.ends = np.cumsum([p['blocks'] for p in self.pages])
        self.starts = self.ends - [p['blocks'] for p in self.pages]
        self.set = np.array([p['set'] for p in self.pages])
        self.fold = np.array([fold_of(p) for p in self.pages])
        self.gold_tokens = np.array([p['gold'] for p in self.pages])
        self.features = self.read_features(folder)
        self.label = np.where(self.tokens > 0, self.matched / np.maximum(self.tokens, 1), 0.0)

    def read_features(self, folder):
        return np.memmap(Path(folder) / 'features.u8', np.uint8, 'r').reshape(-1, len(self.columns))

    def column(self, name):
        return self.features[:, self.columns.index(name)]

    def conventions(self):
        """Blocks that the gold text of generous sets holds by convention: neither kept nor dropped."""
        generous = np.isin(self.set, list(GENEROUS))[self.page]
        kept = self.label >= 0.5
        is_title = (self.title >= 48) & (self.column('share of the title') >= 32) | (self.column('heading level') == 1)
        dated = (self.tokens <= 12) & ((self.column('years') > 0) | (self.column('time of day') > 0))
        return generous & kept & (is_title | dated)

    def weights(self, conventions=True):
        """Blocks count by the root of their length, pages alike, sets as said above."""
        weight = np.sqrt(self.tokens + 3.0) * (self.tokens > 0)
        if conventions:
            weight = weight * ~self.conventions()
        total = np.bincount(self.page, weight, len(self.pages))
        # A long page has more to tell than a short one, but not in proportion.
        size = np.bincount(self.page, minlength=len(self.pages)) ** 0.35
        per_set = np.array([SET_WEIGHT[s] for s in self.set])
        weight *= (per_set * size / np.maximum(total, 1e-9))[self.page]
        return weight / weight[weight > 0].mean()

    def prepare_scores(self):
        """Tokens of pages as small numbers, for fast bags of words."""
        tokens = np.fromfile(self.folder / 'tokens.u32', np.uint32)
        ends = np.fromfile(self.folder / 'tokens_end.u64', np.uint64).astype(np.int64)
        gold = np.fromfile(self.folder / 'gold.u32', np.uint32)
        gold_ends = np.cumsum(self.gold_tokens)
        self.block_of_token = np.repeat(np.arange(len(self.page)), self.tokens)
        key = (self.page[self.block_of_token] << 32) | tokens
        gold_key = (np.repeat(np.arange(len(self.pages)), self.gold_tokens) << 32) | gold.astype(np.int64)
        self.gold_keys, self.gold_counts = np.unique(gold_key, return_counts=True)
        at = np.searchsorted(self.gold_keys, key)
        at = np.minimum(at, len(self.gold_keys) - 1)
        self.in_gold = np.where(self.gold_keys[at] == key, at, -1).astype(np.int32)
        self.page_of_key = self.gold_keys >> 32
        del ends, gold_ends

    def f1(self, kept):
        """Word F1 of every page if the blocks `kept` are its text."""
        use = kept[self.block_of_token] & (self.in_gold >= 0)
        counts = np.bincount(self.in_gold[use], minlength=len(self.gold_keys))
        hit = np.bincount(self.page_of_key, np.minimum(counts, self.gold_counts), len(self.pages))
        total = np.bincount(self.page, self.tokens * kept, len(self.pages))
        both = total + self.gold_tokens
        return np.where(both > 0, 2 * hit / np.maximum(both, 1), 1.0)

    def title_blocks(self):
        """The first block of each page that says what its title says."""
        at = np.flatnonzero((self.column('share of the title') >= 40) & (self.title >= 48))
        _, first = np.unique(self.page[at], return_index=True)
        blocks = np.zeros(len(self.page), bool)
        blocks[at[first]] = True
        return blocks

    def table(self, f1):
        """Mean F1 by set and WCXB page type."""
        kinds = np.array([p['page_type'] or '' for p in self.pages])
        langs = np.array([p['lang'] or '' for p in self.pages])
        markdown = np.array([p.get('format') == 'markdown' for p in self.pages])
        groups = {s: (self.set == s) & ~markdown for s in dict.fromkeys(self.set)}
        if markdown.any():
            groups |= {s + ' md': (self.set == s) & markdown for s in dict.fromkeys(self.set)}
        for kind in ('article', 'documentation', 'forum', 'product', 'listing', 'service', 'collection'):
            groups['wcxb ' + kind] = (self.set == 'wcxb_dev') & (kinds == kind)
        for lang in ('zh', 'el', 'pl', 'ru', 'en'):
            groups['daniel ' + lang] = (self.set == 'daniel') & (langs == lang)
        return {name: f1[pages].mean() if pages.any() else float('nan') for name, pages in groups.items()}


def show(tables):
    """Prints tables side by side."""
    for key in next(iter(tables.values())):
        print(f'{key:<20}' + ''.join(f'{t[key]:>9.4f}' for t in tables.values()))
    print(' ' * 20 + ''.join(f'{name[:8]:>9}' for name in tables))
