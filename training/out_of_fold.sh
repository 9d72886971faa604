#!/bin/sh
# What the whole extraction, rules and all, makes of pages that its model has not seen:
# UNFURNISH_PAGES=folder/of/judged/pages training/out_of_fold.sh, after training/train.sh.
#
# Builds the program five times, each with what was learned without one fold, and lets each extract the pages of
# that fold. Writes a line a page with its score to training/work/out_of_fold.jsonl.
set -eu
. "$(dirname "$0")/same_bytes.sh"
cd "$(dirname "$0")/.."
: "${UNFURNISH_PAGES:?names the folder of the judged pages}"
work=training/work
python="$work/venv/bin/python"
mkdir -p $work/fold
rm -rf $work/fold/src $work/fold/training $work/out_of_fold.jsonl
mkdir $work/fold/training
cp -r Cargo.toml Cargo.lock README.md src benches tests $work/fold
cp training/*.rs $work/fold/training
for fold in 0 1 2 3 4; do
    $python training/ship.py $work/pages $work/names/names.bin $work/words/words.bin $work/models $work/bare \
        $fold $work/fold/src >/dev/null
    (cd $work/fold && CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=8 \
        cargo build -q --release --features cli --bin unfurnish --target-dir target)
    $python training/score.py $fold $work/fold/target/release/unfurnish $work/out_of_fold.jsonl
done
$python training/score.py report $work/out_of_fold.jsonl
