#!/bin/sh
# Trains the shipped model anew: UNFURNISH_PAGES=folder/of/judged/pages training/train.sh
#
# Takes about a quarter of an hour of processor time and, with the default of two JOBS at a time, 6 GB; everything is
# written to training/work except the files that are shipped, src/feature/names.bin, src/feature/words.bin and
# src/label/model.bin, and the test's fixture. Same pages, same versions, same bytes.
set -eu
. "$(dirname "$0")/same_bytes.sh"
cd "$(dirname "$0")/.."
: "${UNFURNISH_PAGES:?names the folder of the judged pages}"
work=training/work
mkdir -p $work
[ -d $work/venv ] || python3 -m venv $work/venv
$work/venv/bin/pip install -q -r training/requirements.txt
python="$work/venv/bin/python"
cargo build --release --features training --example dump_blocks
dump=target/release/examples/dump_blocks
sets=
for set in wcxb_dev fundus_tests magic_article magic_forum chinese69 readability dragnet daniel l3s_gn1 \
    cleaneval_final cleaneval_dev cleanportaleval; do
    sets="$sets $UNFURNISH_PAGES/$set.jsonl.zst"
done

$dump $work/pages $sets
$python training/names.py $work/pages $work/names
export NAMES=$work/names/names.bin FOLDS=$work/names/folds.txt

# The first pass knows no words: they are learned on top of it.
head -c 786432 /dev/zero >$work/no_words.bin
WORDS=$work/no_words.bin $dump $work/measured $sets
$python training/train.py first $work/pages $work/measured $work/models
$python training/words.py $work/pages $work/models/first.npy $work/words
export WORDS=$work/words/words.bin
$dump $work/measured $sets
SCORES=$work/models/first.f32 $dump $work/measured $sets
$python training/train.py second $work/pages $work/measured $work/models

$python training/render.py $work/pages wcxb_dev,fundus_tests,magic_article,magic_forum,chinese69,readability,dragnet \
    $work/bare.jsonl $sets
zstd -qf $work/bare.jsonl -o $work/bare.jsonl.zst
FOLDS=$work/bare.jsonl.folds $dump $work/bare_measured $work/bare.jsonl.zst
unset NAMES WORDS FOLDS
$dump $work/bare $work/bare.jsonl.zst
$python training/train.py bare $work/bare $work/bare_measured $work/models

$python training/ship.py $work/pages $work/names/names.bin $work/words/words.bin $work/models $work/bare
