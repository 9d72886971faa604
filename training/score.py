"""Scores of the whole extraction on judged pages.

score.py FOLD PROGRAM OUT.jsonl   what PROGRAM makes of the pages of a fold, a line a page added to OUT
score.py report OUT.jsonl         means by set, page type and language, with and without the title
"""
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from statistics import fmean

from pages import SET_WEIGHT, fold_of

# Characters of scripts without spaces are words.
ALONE = r'぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿က-႟'
WORD = re.compile(rf'[{ALONE}]|[^\W{ALONE}]+')


def words(text):
    return Counter(WORD.findall((text or '').lower()))


def f1(text, gold):
    text, gold = words(text), words(gold)
    if not text or not gold:
        return float(not text and not gold)
    return 2 * (text & gold).total() / (text.total() + gold.total())


def judged_pages():
    """The pages that the model was trained on, each with the name of its set."""
    for name in SET_WEIGHT:
        path = Path(os.environ['UNFURNISH_PAGES']) / f'{name}.jsonl.zst'
        pipe = subprocess.Popen(['zstd', '-dc', '--long=27', path], stdout=subprocess.PIPE)
        for line in pipe.stdout:
            page = json.loads(line)
            if page.get('gold') is not None:
                yield name, page


def extract(program, pages, blocks):
    """Pages and what the program answers, in turns, so that neither waits for the other with full hands."""
    command = [program, 'clean', '--input', 'jsonl', '--format', 'jsonl', *(['--blocks'] if blocks else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        for name, page in pages:
            child.stdin.write(json.dumps({'html': page['html']}) + '\n')
            child.stdin.flush()
            yield name, page, json.loads(child.stdout.readline())
        child.stdin.close()


def judge(fold, program, out, blocks=bool(os.environ.get('BLOCKS'))):
    pages = ((name, page) for name, page in judged_pages() if fold_of(page) == fold)
    with open(out, 'a') as file:
        for name, page, answer in extract(program, pages, blocks):
            text, gold = answer.get('text') or '', page['gold']
            title = '' if (answer.get('title') or '\0') in text[:500] else (answer.get('title') or '') + '\n'
            row = {'set': name, 'id': page['id'], 'kind': page.get('page_type'), 'lang': page.get('lang'),
                   'f1': f1(text, gold), 'with_title': f1(title + text, gold), 'expected': answer.get('score')}
            if blocks:
                row |= {'text': text, 'gold': gold, 'blocks': answer.get('blocks')}
            file.write(json.dumps(row) + '\n')


def report(out):
    groups = defaultdict(list)
    for row in map(json.loads, open(out)):
        groups[row['set']].append(row)
        if row['set'] == 'wcxb_dev':
            groups[f"{row['set']} {row['kind']}"].append(row)
        if row['set'] == 'daniel':
            groups[f"{row['set']} {row['lang']}"].append(row)
    print(f'{"":<26}{"pages":>6}{"word F1":>9}{"+ title":>9}')
    for name, rows in sorted(groups.items()):
        print(f'{name:<26}{len(rows):>6}{fmean(r["f1"] for r in rows):>9.4f}{fmean(r["with_title"] for r in rows):>9.4f}')


if __name__ == '__main__':
    if sys.argv[1] == 'report':
        report(sys.argv[2])
    else:
        judge(int(sys.argv[1]), *sys.argv[2:])
