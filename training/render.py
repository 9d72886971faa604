"""Judged pages as scrapers hand them on: bare text, rendered in several crude ways.

render.py DUMP SETS OUT.jsonl: each page of the sets (names, by comma) once, in a way that its number decides:
the whole page or the part around the article; a block a line or with blank lines between; wrapped or not.
The fold of each goes to OUT.folds.
"""
import json
import random
import sys
import textwrap

from pages import Pages


def gold_texts(paths):
    import subprocess
    for path in paths:
        pipe = subprocess.Popen(['zstd', '-dc', '--long=27', path], stdout=subprocess.PIPE)
        for line in pipe.stdout:
            page = json.loads(line)
            if page.get('gold') is not None:
                yield page['gold']


def render(blocks, kept, rng):
    if rng.random() < 0.5 and any(kept):
        first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
        margin = rng.choice([2, 6, 15])
        blocks = blocks[max(0, first - margin):last + 1 + margin]
    if rng.random() < 0.25:
        # Words alone say little: nothing that is a word or less.
        blocks = [b for b in blocks if len(b.split()) > 1 or len(b) > 12]
    between = rng.choice(['\n', '\n\n', '\n\n', '\n \n'])
    if rng.random() < 0.2:
        blocks = [textwrap.fill(b, 78) if '\n' not in b else b for b in blocks]
        between = '\n\n'
    return between.join(blocks)


def main():
    dump, sets, out, *paths = sys.argv[1:]
    sets = set(sets.split(','))
    pages = Pages(dump)
    kept = (pages.label >= 0.5).tolist()
    with open(dump + '/texts.jsonl') as texts, open(out, 'w') as file, open(out + '.folds', 'w') as folds:
        for number, (page, line, gold) in enumerate(zip(pages.pages, texts, gold_texts(paths), strict=True)):
            if page['set'] not in sets or not page['blocks']:
                continue
            start, end = pages.starts[number], pages.ends[number]
            text = render(json.loads(line), kept[start:end], random.Random(number))
            print(pages.fold[number], file=folds)
            keep = {k: page[k] for k in ('id', 'set', 'url', 'lang', 'page_type')}
            file.write(json.dumps({**keep, 'html': text, 'gold': gold}, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
