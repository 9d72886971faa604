#!/usr/bin/env python3
"""Extractors in Python over the pages of the table in main.rs.

    peers.py --setup FOLDER     makes a virtual environment with the newest releases, prints its Python
    peers.py --versions         one line each: name, version, "bare" or "whole"
    peers.py --worker NAME PAGES FROM

A worker writes one JSON array a page, [page, nanoseconds of CPU time, text], from page number FROM on; main.rs
starts a new one behind a page on which it hung or died.
"""

import importlib.metadata
import json
import re
import subprocess
import sys
import time

PACKAGES = ["trafilatura", "resiliparse", "readability-lxml", "jusText", "lxml_html_clean"]


def setup(folder):
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = f"{folder}/bin/python"
    quiet = {"check": True, "stdout": sys.stderr}
    # An older pip stumbles over the two ways in which lxml's extra is spelled.
    subprocess.run([python, "-m", "pip", "install", "-q", "-U", "pip"], **quiet)
    subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], **quiet)
    print(python)


def trafilatura():
    from trafilatura import extract

    return lambda html: extract(html) or ""


def trafilatura_fast():
    from trafilatura import extract

    return lambda html: extract(html, fast=True) or ""


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, main_content=True)


def lexbor():
    from resiliparse.parse.html import HTMLTree

    return lambda html: str(HTMLTree.parse(html).document is not None)


def readability_lxml():
    from lxml.html import fromstring
    from readability import Document

    def run(html):
        summary = Document(html).summary(html_partial=True)
        return re.sub(r"\s+", " ", fromstring(summary).text_content())

    return run


def justext():
    import justext

    stop_words = justext.get_stoplist("English")

    def run(html):
        paragraphs = justext.justext(html, stop_words)
        return "\n\n".join(p.text for p in paragraphs if not p.is_boilerplate)

    return run


def lxml():
    from lxml.html import document_fromstring

    return lambda html: str(len(document_fromstring(html)))


# Name, the distribution whose version counts, what it is, how it is called.
PEERS = [
    ("trafilatura (Python)", "trafilatura", "whole", trafilatura),
    ("trafilatura (Python), fast", "trafilatura", "whole", trafilatura_fast),
    ("resiliparse (Python)", "resiliparse", "whole", resiliparse),
    ("readability-lxml (Python)", "readability-lxml", "whole", readability_lxml),
    ("jusText (Python)", "jusText", "whole", justext),
    ("resiliparse: HTMLTree (lexbor)", "resiliparse", "bare", lexbor),
    ("lxml: document_fromstring", "lxml", "bare", lxml),
]


def versions():
    for name, distribution, kind, _ in PEERS:
        try:
            print(name, importlib.metadata.version(distribution), kind, sep="\t")
        except importlib.metadata.PackageNotFoundError:
            print(f"{name}: not installed, left out", file=sys.stderr)


def worker(name, pages, first):
    make = next(peer[3] for peer in PEERS if peer[0] == name)
    extract = make()
    out = sys.stdout
    with open(pages, encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            if at < first:
                continue
            html = json.loads(line)
            try:
                if at == first:
                    extract(html)  # untimed: the first page pays for tables and models
                start = time.process_time_ns()
                text = extract(html)
                taken = time.process_time_ns() - start
            except Exception:  # whatever it is, this page has failed
                taken, text = None, ""
            # A lone surrogate is no text in JSON for others.
            text = text.encode("utf-8", "replace").decode("utf-8")
            print(json.dumps([at, taken, text]), file=out, flush=True)


def main(arguments):
    match arguments:
        case ["--setup", folder]:
            setup(folder)
        case ["--versions"]:
            versions()
        case ["--worker", name, pages, first]:
            worker(name, pages, int(first))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
