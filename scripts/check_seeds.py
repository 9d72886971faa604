#!/usr/bin/env python3
"""Checks the seed pages: each expected file is well formed, and what it tells is on its page.

For `seeds/NAME.html`, `.md` or `.txt` there must be `seeds/NAME.expected.json` with the keys, labels
and kinds named below. The page's text is what is left without tags, scripts and marks, character
references resolved and white space collapsed. In it each `body` text must be found, one after the
other in the page's order, and each `text_starts` of `removed` likewise. Run from anywhere:

    python3 scripts/check_seeds.py
"""

import datetime
import html
import json
import pathlib
import re
import sys

SEEDS = pathlib.Path(__file__).resolve().parent.parent / "seeds"
KEYS = ["input", "format", "title", "published", "modified", "authors", "site", "url", "language",
        "body", "removed", "note"]
FORMATS = {".html": "html", ".md": "markdown", ".txt": "text"}
KINDS = {"paragraph", "heading", "list_item", "quote", "code", "cell", "term", "definition"}
LABELS = {"title", "kicker", "dateline", "byline", "caption", "credit", "navigation", "breadcrumb",
          "share", "social", "toolbar", "counter", "related", "latest", "pagination", "newsletter",
          "comments", "advert", "tags", "author_bio", "legal", "source", "paywall", "cookie", "player",
          "appeal", "footer", "other"}
# Elements that stand within a line: their tags part no words.
INLINE = "a|abbr|b|bdi|bdo|cite|code|em|font|i|kbd|mark|q|rp|rt|ruby|s|small|span|strong|sub|sup|time|u|wbr"


def without_tags(page):
    """The text of an HTML page."""
    page = re.sub(r"<!--.*?-->", "", page, flags=re.S)
    page = re.sub(r"<(head|script|style|noscript|textarea)\b.*?</\1\s*>", " ", page, flags=re.S | re.I)
    page = re.sub(rf"</?(?:{INLINE})(?:\s[^>]*)?/?>", "", page, flags=re.I)
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def without_marks(page):
    """The text of a Markdown page; code keeps its letters."""
    page = re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.S)
    page = re.sub(r"^\s*\[[^\]]+\]:\s.*$", "", page, flags=re.M)
    page = re.sub(r"^```.*$", "", page, flags=re.M)
    page = re.sub(r"^\s*(?:=+|-{3,}|\*{3,})\s*$", "", page, flags=re.M)
    page = re.sub(r"^\s*(?:>\s?|#{1,6}\s|[-*+]\s|\d+\.\s)+", "", page, flags=re.M)
    page = re.sub(r"!\[([^\]]*)\]\([^)]*\)", "", page)
    page = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", page)
    page = re.sub(r"<(https?://[^>]+)>", r"\1", page)
    page = re.sub(r"(\*\*|__)(.+?)\1", r"\2", page, flags=re.S)
    page = re.sub(r"(?<!\w)[*_](.+?)[*_](?!\w)", r"\1", page, flags=re.S)
    return page.replace("`", "")


def collapsed(text):
    return " ".join(text.split())


def is_iso(moment):
    try:
        datetime.datetime.fromisoformat(moment.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        return False
    return True


def faults_of_shape(expected, page):
    """What is wrong with the expected file itself."""
    if list(expected) != KEYS:
        yield f"keys are {list(expected)}"
        return
    if expected["input"] != page.name:
        yield f"input is {expected['input']!r}"
    if expected["format"] != FORMATS[page.suffix]:
        yield f"format is {expected['format']!r}"
    for key in ("title", "site", "url"):
        if not (expected[key] is None or isinstance(expected[key], str) and expected[key]):
            yield f"{key} is {expected[key]!r}"
    for key in ("published", "modified"):
        if expected[key] is not None and not is_iso(expected[key]):
            yield f"{key} is {expected[key]!r}"
    if not re.fullmatch(r"[a-z]{2}", expected["language"] or ""):
        yield f"language is {expected['language']!r}"
    if not all(isinstance(name, str) and name for name in expected["authors"]):
        yield f"authors are {expected['authors']!r}"
    if not isinstance(expected["note"], str) or not expected["note"]:
        yield "there is no note"
    for block in expected["body"]:
        if list(block) != ["kind", "text"] or block["kind"] not in KINDS or not block["text"]:
            yield f"body block {block!r}"
        elif block["kind"] != "code" and block["text"] != collapsed(block["text"]):
            yield f"white space in {block['text'][:40]!r}"
    for block in expected["removed"]:
        if list(block) != ["label", "text_starts"] or block["label"] not in LABELS or not block["text_starts"]:
            yield f"removed block {block!r}"


def faults_of_text(expected, page):
    """What the expected file tells that the page does not."""
    source = page.read_text(encoding="utf-8")
    reader = {".html": without_tags, ".md": without_marks, ".txt": str}[page.suffix]
    text = collapsed(reader(source))
    for key, field in (("body", "text"), ("removed", "text_starts")):
        at = 0
        for block in expected[key]:
            wanted = collapsed(block[field])
            found = text.find(wanted, at)
            if found < 0:
                where = "before its turn" if wanted in text else "not at all"
                yield f"{key}: {where} on the page: {wanted[:60]!r}"
            else:
                at = found + len(wanted)


def main():
    pages = sorted(path for path in SEEDS.iterdir() if path.suffix in FORMATS and path.name != "README.md")
    faults = []
    for path in SEEDS.glob("*.expected.json"):
        if not any(path.name == f"{page.stem}.expected.json" for page in pages):
            faults.append(f"{path.name}: no page")
    for page in pages:
        gold = page.with_name(f"{page.stem}.expected.json")
        try:
            expected = json.loads(gold.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            faults.append(f"{page.name}: {error}")
            continue
        here = list(faults_of_shape(expected, page)) or list(faults_of_text(expected, page))
        faults.extend(f"{page.name}: {fault}" for fault in here)
        print(f"{page.name}: {len(expected['body'])} blocks of body, {len(expected['removed'])} removed")
    readme = SEEDS / "README.md"
    told = readme.read_text(encoding="utf-8") if readme.exists() else ""
    faults.extend(f"README.md does not tell of {page.name}" for page in pages if f"`{page.name}`" not in told)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
