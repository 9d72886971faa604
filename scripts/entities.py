#!/usr/bin/env python3
"""Writes src/tree/html/entities.txt: the named character references of HTML, as Python knows them.

One entry a line, sorted by bytes: the name as it follows the ampersand, with its semicolon where it
has one, then the code points it stands for in hexadecimal. Run from the root of the repository:

    python3 scripts/entities.py > src/tree/html/entities.txt
"""

from html.entities import html5

for name in sorted(html5):
    print(name, *(f"{ord(character):X}" for character in html5[name]))
