#!/usr/bin/env python3
"""The rivals from Python on the same documents, and what they find.

    pip install rensa==0.5.0 datasketch==2.0.0
    peers.py DOCUMENTS.jsonl [COUNT] [--truth] [--threshold=0.8] [--bands=16]

DOCUMENTS: one {"id", "text"} a line, with "cluster" if --truth is to score the answer. Every library makes 128
MinHash lanes of the same shingles (runs of four words in lower case), looks up bands of them, and verifies
candidates by estimated Jaccard similarity. Prints seconds of processor time without reading, the number of clusters
that links make, and with --truth pair precision, recall and F1. `unfurnish` in the PATH, or named by UNFURNISH,
runs on the same documents; its seconds include reading.
"""
import json, os, resource, subprocess, sys, tempfile, time
from collections import Counter

ARGUMENTS = [a for a in sys.argv[1:] if not a.startswith('--')]
OPTIONS = [a for a in sys.argv[1:] if a.startswith('--')]
THRESHOLD = next((float(o.split('=')[1]) for o in OPTIONS if o.startswith('--threshold=')), 0.8)
LANES, BANDS = 128, next((int(o.split('=')[1]) for o in OPTIONS if o.startswith('--bands=')), 16)


def shingles(text):
    words = text.lower().split()
    return [' '.join(words[i:i + 4]) for i in range(max(1, len(words) - 3))]


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=LANES, num_bands=BANDS)
    prints = []
    for number, text in enumerate(texts):
        minhash = RMinHash(num_perm=LANES, seed=1)
        minhash.update(shingles(text))
        prints.append(minhash)
        index.insert(number, minhash)
    for number, minhash in enumerate(prints):
        for other in index.query(minhash):
            if other < number and minhash.jaccard(prints[other]) >= THRESHOLD:
                yield other, number


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH
    index = MinHashLSH(num_perm=LANES, params=(BANDS, LANES // BANDS))
    prints = []
    for number, text in enumerate(texts):
        minhash = MinHash(num_perm=LANES)
        minhash.update_batch([shingle.encode() for shingle in shingles(text)])
        prints.append(minhash)
        index.insert(number, minhash)
    for number, minhash in enumerate(prints):
        for other in index.query(minhash):
            if other < number and minhash.jaccard(prints[other]) >= THRESHOLD:
                yield other, number


def clusters(count, links):
    """The cluster of each document if every link joins."""
    parent = list(range(count))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in links:
        parent[root(a)] = root(b)
    return [root(i) for i in range(count)]


def unfurnish(texts):
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl') as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({'id': number, 'text': text}) + '\n')
        file.flush()
        program = os.environ.get('UNFURNISH', 'unfurnish')
        command = [program, 'dedup', '--format', 'jsonl', '--quiet', file.name]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, [json.loads(line)['cluster'] for line in answer.splitlines()]


def pairs(groups):
    return sum(n * (n - 1) // 2 for n in Counter(groups).values())


def show(name, seconds, found, truth):
    line = f'{name:24} {seconds:8.2f} s   {len(set(found))} clusters'
    if truth:
        both = pairs(zip(found, truth))
        precision, recall = both / max(1, pairs(found)), both / max(1, pairs(truth))
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        line += f'   precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}'
    print(line, flush=True)


def main():
    count = int(ARGUMENTS[1]) if len(ARGUMENTS) > 1 else 10_000
    texts, truth = [], []
    with open(ARGUMENTS[0], encoding='utf-8') as lines:
        for line in lines:
            if len(texts) == count:
                break
            document = json.loads(line)
            texts.append(document['text'])
            truth.append(str(document.get('cluster')))
    truth = truth if '--truth' in OPTIONS else None
    print(f'{len(texts)} documents, {sum(len(t.encode()) for t in texts) / 1e6:.1f} MB, Jaccard >= {THRESHOLD}, {BANDS} bands')
    seconds, found = unfurnish(texts)
    show('unfurnish (with reading)', seconds, found, truth)
    for name, library in [('rensa', rensa), ('datasketch', datasketch)]:
        before = time.process_time()
        found = clusters(len(texts), library(texts))
        show(name, time.process_time() - before, found, truth)


if __name__ == '__main__':
    if not ARGUMENTS:
        sys.exit(__doc__)
    main()
