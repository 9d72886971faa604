#!/usr/bin/env bash
# Counts the instructions of every chapter under valgrind and compares them with benches/instructions.txt.
#
#     scripts/instructions.sh            fails if a chapter takes 10 % more or less than written down
#     scripts/instructions.sh --update   writes down what it takes now
#
# Unlike time, instructions hardly depend on what else the machine does. They are counted for each byte of page,
# so that a new page in seeds/ alone changes little. Less is a fault too: else the next change could lose what this
# one gained. Skips with a message where there is no valgrind (apt-get install valgrind).
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TERM_COLOR=never
tolerance=10

if ! command -v valgrind >/dev/null; then
    echo "skipped: no valgrind on this machine; instructions were not counted"
    exit 0
fi
cargo build -q --release --features bench --example instructions
program="${CARGO_TARGET_DIR:-target}/release/examples/instructions"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sets=(made)
if compgen -G 'seeds/*.html' >/dev/null; then sets+=(seeds); fi
for set in "${sets[@]}"; do
    bytes=$(valgrind -q --tool=callgrind --callgrind-out-file="$work/$set.out" "$program" "$set" 2>"$work/log") || {
        cat "$work/log" >&2
        exit 1
    }
    # "12,345 (67.8%)  ???:instructions::chapter_tree [...]": inclusive counts, one line a function.
    callgrind_annotate --inclusive=yes --threshold=100 --show-percs=no "$work/$set.out" |
        sed -nE 's/^ *([0-9,]+) .*instructions::chapter_([a-z]+)( .*|$)/\2 \1/p' | tr -d , |
        awk -v set="$set" -v bytes="$bytes" '{ printf "%s %s %.2f\n", set, $1, $2 / bytes }' >>"$work/now"
done
sort -o "$work/now" "$work/now"
[ "$(wc -l <"$work/now")" -eq $((8 * ${#sets[@]})) ] || {
    echo "expected eight chapters a set, found:"
    cat "$work/now"
    exit 1
}

if [ "${1:-}" = "--update" ]; then
    {
        echo "# Instructions for each byte of page: set, chapter, count. Written by scripts/instructions.sh --update"
        echo "# with $(rustc --version | cut -d' ' -f1,2) and $(valgrind --version) on $(uname -m)."
        cat "$work/now"
    } >benches/instructions.txt
    cat benches/instructions.txt
    exit 0
fi

join -a1 -a2 -e none -o 0,1.2,2.2 \
    <(grep -v '^#' benches/instructions.txt | sed 's/ /:/' | sort) <(sed 's/ /:/' "$work/now" | sort) |
    awk -v tolerance="$tolerance" '
        { name = $1; sub(":", " ", name) }
        $2 == "none" || $3 == "none" { printf "%-16s %9s → %9s  not comparable\n", name, $2, $3; bad++; next }
        {
            change = ($2 > 0) ? 100 * ($3 - $2) / $2 : ($3 > 0 ? 100 : 0)
            # A hundredth of an instruction a byte is the resolution of the file.
            drifted = (change > tolerance || change < -tolerance) && ($3 - $2 > 0.05 || $2 - $3 > 0.05)
            printf "%-16s %9.2f → %9.2f  %+6.1f %%%s\n", name, $2, $3, change, drifted ? "  DRIFTED" : ""
            bad += drifted
        }
        END {
            if (bad) { print bad " differ; if that is meant: scripts/instructions.sh --update"; exit 1 }
        }'
