#!/usr/bin/env python3
"""Writes what fuzzing starts from into a folder.

    scripts/fuzz_inputs.py FOLDER

`dictionary.txt` holds the tags, attributes and words that the crate itself looks for; `jsonl/` and `metadata/` hold the
pages of seeds/ as those targets read them. The other targets read the pages as they are.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
OUT = pathlib.Path(sys.argv[1])
# Of the phrases and words every so many: libFuzzer takes one at random, and kinds matter more than numbers.
STEP = 7
MARKS = ["<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html>", "</", "/>", "&#x", "&#", "&amp;", "&lt;", "&#13;", "&#156;", "&NotEqualTilde;", "\\u", "\\ud83d",
         "](", "![", "```", "~~~", "---\n", "***", "> ", "- ", "1. ", "|-|", "===\n", "\n\n", "\u2028", "\u200b", "\u202e", "\u0301",
         "\ufeff", "\u00a0", "<script type=application/ld+json>", '{"@type":"NewsArticle",', '"articleBody":"', '"datePublished":"',
         "article:published_time", "2024-02-30T25:61:00+99:99", "By ", "unfurnish index\n", '{"id":1,"html":"', '"markdown":"', '"text":"', "charset=utf-16", "charset=gbk"]


def entry(text):
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in text.encode()) + '"'


names = re.findall(r'\w+ = "([a-z0-9:-]+)"', (SRC / "tree/tag.rs").read_text())
words = []
for path in sorted([*SRC.glob("label/phrases/*.txt"), *SRC.glob("metadata/*.txt")]):
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    words += [line.split("\t")[-1] for line in lines[::STEP]]
found = [f"<{name}" for name in names] + [f"</{name}>" for name in names] + [f" {name}=" for name in names] + MARKS + words
entries = [entry(text) for text in dict.fromkeys(found) if len(text.encode()) < 60]


def write(name, text):
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


write("dictionary.txt", "\n".join(entries) + "\n")
for page in sorted(ROOT.glob("seeds/*.*")):
    key = {".html": "html", ".md": "markdown", ".txt": "text"}.get(page.suffix)
    source = page.read_text()
    if key:
        lines = [{"id": page.name, key: source[:1500]}, {"url": "https://news.example/", key: source[-1500:]}]
        write(f"jsonl/{page.name}", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    if key == "html":
        # Parted by NUL, as the target does: structured data, a tag's content, a byline.
        parts = [r"ld\+json[^>]*>(.*?)</script", r'content="([^"]*20\d\d[^"]*)"', r'class="[^"]*(?:author|byline)[^"]*"[^>]*>(.*?)</']
        found = [re.search(part, source, re.S) for part in parts]
        write(f"metadata/{page.name}", "\0".join(match[1] if match else "" for match in found))
