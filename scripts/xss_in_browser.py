#!/usr/bin/env python3
"""Gives what is written of every case in tests/xss.rs to a browser, and checks that nothing runs.

    scripts/xss_in_browser.py [CHROMIUM]

Each case gets a document of its own (an iframe) in which `alert` and every other marker is counted. The browser tells
what ran, which elements and attributes it found, and where it thinks each link leads. That the trap works is seen by the
cases themselves: given to the browser raw, many run. Markdown is rendered by markdown-it-py with HTML let through, where
that is installed (pip install markdown-it-py). Needs Chromium (apt-get install chromium).
"""

import html
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Documents in one page of the browser.
BATCH = 60
# Seconds for one page of them; only raw cases come near.
PATIENCE = 90
ELEMENTS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "ul", "ol", "li", "table", "tr", "th", "td", "tbody", "thead", "pre", "code",
            "blockquote", "a", "strong", "em"]
# Cases that run at once when given raw and leave the browser in peace.
TRAPPED = ("<script>alert", "<img", "<svg><script", "<svg onload", "<style onload", "<details", "<audio", "<math><m")
LEAST_RUN = 10
# What a renderer of Markdown adds by itself.
OF_RENDERERS = {"ol start", "a href", "code class", "th style", "td style", "s", "hr"}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=15000", "--dump-dom"]
# Runs before the case in its document: whatever it calls is noted by the page around it.
TRAP = "<script>for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => parent.ran(NUMBER);</script>"
PAGE = """<!DOCTYPE html><meta charset=utf-8><base href="https://news.example/a/"><title>unfinished</title><body>
<script>
const found = {};
const note = (number, what) => { (found[number] ??= new Set()).add(what); };
window.ran = number => note(number, 'ran');
function look(frame, number) {
    const inside = frame.contentDocument;
    // A document that went elsewhere is a finding, too.
    if (!inside || !inside.getElementById('end')) { note(number, 'left'); return; }
    for (const element of inside.body.querySelectorAll('*:not(#end):not(script:first-child)')) {
        const name = element.localName;
        note(number, name);
        for (const attribute of element.attributes) note(number, name + ' ' + attribute.name);
        if (name === 'a' && element.hasAttribute('href')) note(number, 'to ' + element.protocol);
        // Handlers that wait for somebody.
        for (const event of ['mouseover', 'focus', 'animationstart', 'toggle']) element.dispatchEvent(new Event(event, { bubbles: true }));
        if (name !== 'a' || element.protocol === 'javascript:') element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }
}
</script>
FRAMES
<script>
addEventListener('load', () => setTimeout(() => {
    document.querySelectorAll('iframe').forEach(frame => look(frame, frame.id));
    setTimeout(() => {
        document.querySelectorAll('iframe').forEach(frame => frame.remove());
        const lists = Object.fromEntries(Object.entries(found).map(([number, what]) => [number, [...what]]));
        document.body.innerHTML = '<pre id=result></pre>';
        document.getElementById('result').textContent = JSON.stringify(lists);
        document.title = 'finished';
    }, 1000);
}, 1000));
</script>"""


def cases():
    """What the test writes of each case."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "cases.json"
        subprocess.run(["cargo", "test", "-q", "--all-features", "--test", "xss", "handed_to_a_browser"], cwd=ROOT, check=True,
                       env={**os.environ, "UNFURNISH_XSS": str(file)}, stdout=subprocess.DEVNULL)
        return json.loads(file.read_text())


def output(command):
    """What a browser prints; nothing if it does not come to an end. Its many processes end with it."""
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True)
    try:
        return run.communicate(timeout=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        return run.communicate()[0]


def tried(browser, documents, batch=BATCH, is_trap=False):
    """What the browser says about each document; a trap may do to the browser what it likes."""
    answers = {}
    for start in range(0, len(documents), batch):
        frames = []
        for number in range(start, min(start + batch, len(documents))):
            inside = TRAP.replace("NUMBER", str(number)) + documents[number] + "<div id=end></div>"
            frames.append(f'<iframe id="{number}" srcdoc="{html.escape(inside)}"></iframe>')
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            page = pathlib.Path(folder) / "page.html"
            page.write_text(PAGE.replace("FRAMES", "\n".join(frames)), encoding="utf-8")
            command = [browser, *FLAGS, f"--user-data-dir={folder}/profile", page.as_uri()]
            shown = output(command)
        result = re.search(r'<pre id="result">(.*?)</pre>', shown, re.S)
        if is_trap and not result:
            continue
        if "<title>finished</title>" not in shown or not result:
            sys.exit(f"the browser did not finish the documents from {start}:\n{shown[:2000]}")
        answers.update(json.loads(html.unescape(result[1])))
    return [set(answers.get(str(number), [])) for number in range(len(documents))]


def bad(found, may_have=frozenset()):
    """What of a document's contents must not be. An address that is none leads to ":", which is nowhere."""
    fine = {*ELEMENTS, *may_have, "a href", "ol start", "to https:", "to http:", "to mailto:", "to tel:", "to :"}
    return sorted(found - fine)


def main():
    browser = sys.argv[1] if len(sys.argv) > 1 else "chromium"
    version = subprocess.run([browser, "--version"], capture_output=True, text=True).stdout.strip()
    all_cases = cases()
    written = tried(browser, [case["html"] for case in all_cases])
    faults = [(case["case"], what) for case, found in zip(all_cases, written) if (what := bad(found))]
    rendered = []
    try:
        from markdown_it import MarkdownIt
        renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        # It checks addresses itself; here ours are on trial.
        renderer.validateLink = lambda address: True
        documents = [renderer.render(markdown) for case in all_cases for markdown in case["markdown"]]
        rendered = tried(browser, documents)
        names = [case["case"] for case in all_cases for _ in case["markdown"]]
        faults += [(name, what) for name, found in zip(names, rendered) if (what := bad(found, OF_RENDERERS))]
    except ImportError:
        print("markdown-it-py is not installed: Markdown was not rendered")
    trap = [case["case"] for case in all_cases if case["case"].startswith(TRAPPED)]
    raw = tried(browser, trap, is_trap=True)
    ran = sum("ran" in found for found in raw)
    for name, what in faults:
        print(f"{name!r}: {', '.join(what)}")
    print(f"{version}: {len(written)} cases as HTML, {len(rendered)} documents from Markdown: {len(faults)} with something that runs or "
          f"should not be; of {len(raw)} given raw {ran} ran")
    if ran < LEAST_RUN:
        print("the trap does not work: hardly anything ran raw")
    sys.exit(bool(faults) or ran < LEAST_RUN)


main()
