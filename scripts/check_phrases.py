#!/usr/bin/env python3
"""Check the phrase data in src/label: `phrases/*.txt` and `agencies.txt`.

Usage: scripts/check_phrases.py [FILE ...]   (no file: all of them, and every
language must be there). Prints one line per fault and a count per file; the
exit status is 1 when there is a fault. Standard library only.
"""
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

LABEL_DIR = Path(__file__).resolve().parent.parent / "src" / "label"
LANGUAGES = (
    "en de fr es it pt nl pl sv no da fi cs sk hu ro el ru uk tr ar fa he ur"
    " hi bn zh ja ko vi id ms th"
).split()
LABELS = set(
    "navigation breadcrumb share social toolbar counter related latest"
    " pagination newsletter comments advert tags author_bio legal source"
    " newsroom_note correction paywall cookie player appeal footer credit"
    " caption byline dateline other".split()
)
STRENGTHS = {"strong", "weak", "prefix"}
SLOTS = {"{n}", "{name}", "{date}"}
# Marks that the matcher takes off both ends of a block, so that a phrase
# which starts or ends with one could never match.
EDGE_MARKS = set(":：-–—|｜•·‣▪■●◆►▶▸→⇒»›>«‹<…*#_~[]【】")
CURLY = set("‘’‚‛“”„‟′″")
# Joiners are spelling in the Arabic and Indic scripts; other format
# characters (direction marks, soft hyphen, tatweel) are noise.
JOINERS = {"\u200c", "\u200d"}
TATWEEL = "\u0640"


def text_faults(text):
    """Yield what is wrong with one phrase or name."""
    if text != unicodedata.normalize("NFC", text):
        yield "not NFC"
    if text != text.lower():
        yield "not lower case"
    if text != " ".join(text.split()):
        yield "white space at an end, doubled, or not a plain space"
    if CURLY & set(text):
        yield "curly quote (write a straight one)"
    if any(
        (unicodedata.category(c) in ("Cc", "Cf") and c not in JOINERS) or c == TATWEEL
        for c in text
    ):
        yield "control or format character"
    if text and (text[0] in EDGE_MARKS or text[-1] in EDGE_MARKS):
        yield "bullet, arrow, dash or colon at an end"


def split_head(lines):
    """Return (number of leading comment lines, the rest)."""
    n = 0
    while n < len(lines) and lines[n].startswith("#"):
        n += 1
    return n, lines[n:]


def order_faults(head, rows):
    """Yield (line number, fault) for rows that are out of order or doubled."""
    for i, (a, b) in enumerate(zip(rows, rows[1:]), start=head + 2):
        if a == b:
            yield i, "doubled line"
        elif a.encode() > b.encode():
            yield i, "not in byte order"


def phrase_faults(head, rows):
    """Yield (line number, fault) for the rows of a phrase file."""
    seen = {}
    for i, row in enumerate(rows, start=head + 1):
        fields = row.split("\t")
        if len(fields) != 3:
            yield i, f"{len(fields)} fields, expected label, strength, phrase"
            continue
        label, strength, phrase = fields
        if label not in LABELS:
            yield i, f"unknown label {label!r}"
        if strength not in STRENGTHS:
            yield i, f"unknown strength {strength!r}"
        if not phrase:
            yield i, "empty phrase"
            continue
        for fault in text_faults(phrase):
            yield i, f"{fault}: {phrase!r}"
        if phrase.endswith((".", "。", "।")) and strength != "prefix":
            yield i, f"full stop at the end: {phrase!r}"
        for slot in re.findall(r"\{[^}]*\}?|\}", phrase):
            if slot not in SLOTS:
                yield i, f"unknown slot {slot!r}"
        if not any(c.isalpha() for c in re.sub(r"\{\w+\}", "", phrase)) and not (
            set("©ⓒ") & set(phrase)
        ):
            yield i, f"no word beside the slots: {phrase!r}"
        # One meaning as a whole block and one as the start of a block.
        key = (phrase, strength == "prefix")
        if key in seen:
            yield i, f"{phrase!r} stands in line {seen[key]} already"
        seen.setdefault(key, i)


def agency_faults(head, rows):
    """Yield (line number, fault) for the rows of the agency list."""
    for i, row in enumerate(rows, start=head + 1):
        if not row or "\t" in row:
            yield i, "empty line or tab"
            continue
        for fault in text_faults(row):
            yield i, f"{fault}: {row!r}"


def check(path):
    """Return (faults, number of rows, strengths) of one file."""
    data = path.read_bytes()
    faults = []
    if b"\r" in data or data.startswith(b"\xef\xbb\xbf"):
        faults.append((1, "carriage return or byte order mark"))
    if not data.endswith(b"\n"):
        faults.append((1, "no line feed at the end"))
    head, rows = split_head(data.decode("utf-8").rstrip("\n").split("\n"))
    is_agencies = path.name == "agencies.txt"
    if not 2 <= head <= 3:
        faults.append((1, f"{head} comment lines at the head, expected 2 or 3"))
    if not is_agencies and path.stem not in LANGUAGES:
        faults.append((1, f"unknown language {path.stem!r}"))
    faults += order_faults(head, rows)
    faults += (agency_faults if is_agencies else phrase_faults)(head, rows)
    kinds = Counter(
        row.split("\t")[1] for row in rows if not is_agencies and row.count("\t") == 2
    )
    return sorted(faults), len(rows), kinds


def main(arguments):
    files = [Path(a) for a in arguments]
    bad = 0
    if not files:
        files = sorted((LABEL_DIR / "phrases").glob("*.txt"))
        missing = [c for c in LANGUAGES if c not in {f.stem for f in files}]
        if missing:
            print("no phrase file for: " + " ".join(missing))
            bad += 1
        agencies = LABEL_DIR / "agencies.txt"
        if agencies.exists():
            files.append(agencies)
        else:
            print("no agencies.txt")
            bad += 1
    total = 0
    for path in files:
        faults, count, kinds = check(path)
        for line, fault in faults:
            print(f"{path}:{line}: {fault}")
        bad += len(faults)
        total += count
        print(
            f"{path.stem:9} {count:4}  "
            + " ".join(f"{k} {kinds[k]}" for k in ("strong", "weak", "prefix") if kinds[k])
        )
    print(f"{total} rows in {len(files)} files, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
