#!/usr/bin/env python3
"""Holds the licences, sources and names of all dependencies against deny.toml, by what `cargo metadata` says.

The same rules as `cargo deny check licenses bans sources`, for machines without cargo-deny. Advisories are not looked
up: their database is a repository that has to be fetched; `cargo deny check advisories` does that.
"""

import json
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
RULES = tomllib.loads((ROOT / "deny.toml").read_text())
CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def allowed(expression, names):
    """Whether a licence expression can be met with these licences."""
    # Older crates write a slash for OR. An exception only adds rights.
    expression = re.sub(r" WITH [\w.-]+", "", expression.replace("/", " OR "))
    meant = re.sub(r"[\w.-]+", lambda name: {"AND": "and", "OR": "or"}.get(name[0], str(name[0] in names)), expression)
    if not re.fullmatch(r"(True|False|and|or|[() ])+", meant):
        return False
    return eval(meant)


def faults(package):
    licenses = RULES["licenses"]
    names = {*licenses["allow"]}
    for exception in licenses["exceptions"]:
        if exception["crate"] == package["name"]:
            names |= {*exception["allow"]}
    if not allowed(package["license"] or "none", names):
        yield f"licence {package['license']} is not allowed"
    if package["name"] in RULES["bans"]["deny"]:
        yield "is banned"
    if package["source"] not in (None, CRATES_IO):
        yield f"comes from {package['source']}"
    yield from (f"asks for any version of {need['name']}" for need in package["dependencies"]
                if need["req"] == "*" and package["source"] is None)


def main():
    command = ["cargo", "metadata", "--format-version=1", "--all-features", "--locked"]
    found = json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
    packages = found["packages"]
    bad = [f"{package['name']} {package['version']}: {fault}" for package in packages for fault in faults(package)]
    unused = [exception["crate"] for exception in RULES["licenses"]["exceptions"]
              if exception["crate"] not in {package["name"] for package in packages}]
    bad += [f"deny.toml: no {name} among the dependencies, the exception is not needed" for name in unused]
    print("\n".join(bad) or f"{len(packages)} packages: licences, sources and names as deny.toml allows")
    sys.exit(bool(bad))


assert allowed("MIT", {"MIT"}) and not allowed("GPL-3.0", {"MIT"})
assert allowed("(Apache-2.0 OR MIT) AND BSD-3-Clause", {"MIT", "BSD-3-Clause"}) and not allowed("MIT AND X", {"MIT"})
assert allowed("Unlicense/MIT", {"MIT"}) and allowed("Apache-2.0 WITH LLVM-exception", {"Apache-2.0"})
main()
