#!/usr/bin/env bash
# All extractors over the same pages, as one Markdown table:
#
#     benches/rivals/run.sh [PAGES…] [--limit 300] [--rounds 2] [--only NAME,…] [--predict NAME OUT.jsonl]
#
# PAGES: .html, .jsonl or .jsonl.zst files (lines with `id` and `html`) or folders of them; without any, those that
# $UNFURNISH_PAGES names, or seeds/. A rival that does not build here is named and left out; so are those in Python
# where no virtual environment can be made (or NO_PYTHON is set).
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
export CARGO_TERM_COLOR=never
pages=() options=()
while [ $# -gt 0 ]; do
    case "$1" in
        --predict) options+=("$1" "$2" "$3"); shift 3 ;;
        --*) options+=("$1" "$2"); shift 2 ;;
        *) pages+=("$1"); shift ;;
    esac
done
[ ${#pages[@]} -gt 0 ] || pages=("${UNFURNISH_PAGES:-$here/../../seeds}")

log=$(mktemp)
say() { printf '%s\n' "$*" >&2; }
build=(nice cargo build --release --locked --manifest-path "$here/Cargo.toml")
if ! "${build[@]}" -q 2>"$log"; then
    say "not everything builds; trying one rival after the other"
    good=()
    for rival in $(sed -n '/^default = \[/,/^\]/p' "$here/Cargo.toml" | grep -o '"[^"]*"' | tr -d '"'); do
        if "${build[@]}" -q --no-default-features --features "$rival" 2>"$log"; then
            good+=("$rival")
        else
            say "left out: $rival does not build: $(grep -m1 '^error' "$log")"
        fi
    done
    "${build[@]}" -q --no-default-features --features "$(IFS=,; echo "${good[*]:-}")"
fi
rm -f "$log"
target="${CARGO_TARGET_DIR:-$here/target}"

if [ -z "${NO_PYTHON:-}" ]; then
    python="$target/venv/bin/python"
    if [ ! -e "$target/venv/ready" ]; then
        say "making a virtual environment"
        if python3 "$here/peers.py" --setup "$target/venv" >/dev/null; then touch "$target/venv/ready"; fi
    fi
    if [ -e "$target/venv/ready" ]; then
        options+=(--python "$python")
    else
        say "left out: the extractors in Python, no virtual environment could be made"
    fi
fi

note="$(date -u +%F), $(rustc --version | cut -d' ' -f1,2), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)."
exec "$target/release/unfurnish-rivals" "${pages[@]}" --note "$note" "${options[@]}"
