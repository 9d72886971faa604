#!/usr/bin/env bash
# Runs a fuzz target with the stable toolchain: no nightly and no cargo-fuzz are needed, only a C++ compiler.
#
#     scripts/fuzz.sh html                          until it finds something or is stopped
#     scripts/fuzz.sh html -max_total_time=60       with any options of libFuzzer
#     scripts/fuzz.sh all -runs=1000                every target in turn
#
# It starts from seeds/ and from what earlier runs put into fuzz/corpus/. An input that breaks a law is written to
# fuzz/artifacts/; shrink it with -minimize_crash=1 and put it into seeds/found/, where tests/found.rs tries it for good.
# With nightly and cargo-fuzz, `cargo fuzz run html` does the same under the address sanitizer.
set -euo pipefail
cd "$(dirname "$0")/.."
targets=$(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml)
usage() { echo "usage: scripts/fuzz.sh TARGET|all [OPTION OF LIBFUZZER…]; targets:" $targets >&2; exit 2; }
[ $# -gt 0 ] || usage
wanted=$1
shift
if [ "$wanted" = all ]; then wanted=$targets; fi
host=$(rustc -vV | sed -n 's/^host: //p')

# What cargo-fuzz passes without a sanitizer; for an explicit target, so that build scripts go without it.
export RUSTFLAGS="--cfg fuzzing -Cdebug-assertions -Ccodegen-units=1 -Cpasses=sancov-module \
-Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
cargo build -q --release --locked --manifest-path fuzz/Cargo.toml --target "$host"
inputs=fuzz/target/inputs
python3 scripts/fuzz_inputs.py "$inputs"
for target in $wanted; do
    program="fuzz/target/$host/release/$target"
    [ -x "$program" ] || usage
    corpus="fuzz/corpus/$target" artifacts="fuzz/artifacts/$target/"
    mkdir -p "$corpus" "$artifacts" "$inputs/$target"
    # A crash must be one of ours: 20 seconds and 2 GB are far beyond what any input of this length may take.
    "$program" -timeout=20 -rss_limit_mb=2048 -dict="$inputs/dictionary.txt" \
        -artifact_prefix="$artifacts" "$@" "$corpus" "$inputs/$target" seeds
done
