"""Judged pages as scrapers hand them on: bare text and Markdown, rendered in several crude ways.

render.py DUMP SETS OUT.jsonl SET.jsonl.zst...: each page of the sets (names, by comma) once as bare text and once as
Markdown, in ways that its number decides: the whole page or the part around the article; a block a line or with blank
lines between; wrapped or not; with or without links, bold text, images. The fold of each goes to OUT.folds.
"""
import json
import random
import re
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


def cut(blocks, kept, rng):
    """The blocks that a scraper takes: all, or those around the article."""
    first, last = 0, len(blocks)
    if rng.random() < 0.5 and any(kept):
        margin = rng.choice([2, 6, 15])
        first, last = max(0, kept.index(True) - margin), len(kept) - kept[::-1].index(True) + margin
    chosen = range(first, min(last, len(blocks)))
    if rng.random() < 0.25:
        # Words alone say little: nothing that is a word or less.
        chosen = [at for at in chosen if len(blocks[at].split()) > 1 or len(blocks[at]) > 12]
    return chosen


def bare_text(blocks, rng):
    between = rng.choice(['\n', '\n\n', '\n\n', '\n \n'])
    if rng.random() < 0.2:
        blocks = [textwrap.fill(b, 78) if '\n' not in b else b for b in blocks]
        between = '\n\n'
    return between.join(blocks)


# What the columns `kind` of `feature::own` stand for.
QUOTE, CODE, ITEM, CELL, HEADING, CAPTION = 2, 3, 4, 5, range(9, 15), 20
COLUMNS = ('kind', 'heading level', 'link share', 'bold share', 'list depth', 'numbered item', 'table column',
           'links out of the site')


def markdown(blocks, rows, rng):
    """Blocks with the marks that their features tell of; where links lead is made up."""
    with_links, with_bold, with_images = (rng.random() < odds for odds in (0.7, 0.6, 0.5))
    bullet, host = rng.choice('*-'), rng.choice(['', 'https://www.example.com'])
    out, before, table, last_column = '', None, [], 0
    for text, row in zip(blocks, rows, strict=True):
        kind, level, linked, bold, depth, number, column, outside = row
        text = text if kind == CODE else ' '.join(text.split())
        if with_bold and bold > 56 and kind not in HEADING:
            text = f'**{text}**'
        if with_links and linked and kind != CODE:
            text = link(text, linked / 64, 'https://www.example.org' if outside > 32 else host, rng)
        if kind in HEADING:
            text = '#' * level + ' ' + text
        elif kind == QUOTE:
            text = '> ' + text
        elif kind == CODE:
            text = f'```\n{text}\n```'
        elif kind == ITEM:
            text = '  ' * max(depth - 1, 0) + ('1. ' if number == 2 else bullet + ' ') + text
        elif kind == CAPTION and with_images:
            text = f'![]({host}/images/{rng.randrange(10**6)}.jpg)\n\n' + text
        if kind == CELL:
            if not table or column <= last_column:
                table.append([])
            table[-1].append(text)
            last_column = column
        elif table:
            out += as_table(table)
            table = []
        if kind != CELL:
            out += ('\n' if kind == before == ITEM else '\n\n') + text
        before = kind
    return (out + as_table(table)).strip() + '\n'


def as_table(rows):
    lines = ['| ' + ' | '.join(row) + ' |' for row in rows]
    return '\n\n' + '\n'.join([*lines[:1], '|' + ' --- |' * len(rows[0]), *lines[1:]]) if rows else ''


def link(text, share, host, rng):
    """A text with so much of its words as a link."""
    words = text.split()
    length = min(len(words), max(1, round(share * len(words))))
    first = rng.randrange(len(words) - length + 1)
    inner = ' '.join(words[first:first + length])
    slug = '-'.join(re.findall(r'[a-z0-9]+', inner.lower())[:8]) or str(rng.randrange(10**6))
    return ' '.join([*words[:first], f'[{inner}]({host}/{slug})', *words[first + length:]])


def main():
    dump, sets, out, *paths = sys.argv[1:]
    sets = set(sets.split(','))
    pages = Pages(dump)
    kept = (pages.label >= 0.5).tolist()
    columns = [pages.columns.index(name) for name in COLUMNS]
    with open(dump + '/texts.jsonl') as texts, open(out, 'w') as file, open(out + '.folds', 'w') as folds:
        for number, (page, line, gold) in enumerate(zip(pages.pages, texts, gold_texts(paths), strict=True)):
            if page['set'] not in sets or not page['blocks']:
                continue
            start, end = pages.starts[number], pages.ends[number]
            blocks, rng = json.loads(line), random.Random(number)
            rows = pages.features[start:end][:, columns].tolist()
            keep = {k: page[k] for k in ('id', 'set', 'url', 'lang', 'page_type')}
            for form in ('text', 'markdown'):
                chosen = cut(blocks, kept[start:end], rng)
                taken = [blocks[at] for at in chosen]
                source = bare_text(taken, rng) if form == 'text' else markdown(taken, [rows[at] for at in chosen], rng)
                print(pages.fold[number], file=folds)
                file.write(json.dumps({**keep, 'format': form, 'html': source, 'gold': gold}, ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
