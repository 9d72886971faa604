#![no_main]

//! Prints read back, and a small edit moves them little.

use std::collections::BTreeSet;
use unfurnish::{MinHash, Shingles, SimHash128};
use unfurnish_fuzz::{copies, word};

/// Words of which each differs from all others, so that a text of so many has nearly so many shingles.
const WORDS: usize = 300;
/// A changed word changes the four shingles it stands in: that many go and that many come.
const MOVED: usize = 8;
/// Of a text of 300 shingles, 8 of 304 differ: 0.97 is expected. Ten standard errors of 128 lanes below that.
const LEAST_MINHASH: f32 = 0.8;
/// Unlike texts differ in 64 of 128 bits, ± 6.
const MOST_SIMHASH: u32 = 46;

libfuzzer_sys::fuzz_target!(|input: (&str, u16, u16, &[u8])| {
    let (text, start, edit, bytes) = input;
    copies::print_reads_back(text);
    copies::bytes_are_a_print_or_not(bytes);

    let start = usize::from(start) * WORDS;
    let mut words: Vec<String> = (start..start + WORDS).map(word).collect();
    let before = words.join(" ");
    let at = usize::from(edit) % WORDS;
    match edit % 3 {
        0 => drop(words.remove(at)),
        1 => words.insert(at, "inserted".into()),
        _ => words[at] = "changed".into(),
    }
    let after = words.join(" ");
    let sketch = |text: &str| copies::sketch(&unfurnish::Fingerprint::of(text));
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (sketch(&before), sketch(&after));
    assert!(old.difference(&new).count() <= MOVED && new.difference(&old).count() <= MOVED);
    let (old, new) = (Shingles::of(&before), Shingles::of(&after));
    let similarity = MinHash::of(&old).similarity(&MinHash::of(&new));
    assert!(similarity.is_some_and(|similarity| similarity >= LEAST_MINHASH), "{similarity:?}");
    let distance = SimHash128::of(&old).distance(SimHash128::of(&new));
    assert!(distance <= MOST_SIMHASH, "{distance}");

    // What two texts share lies in both.
    let both = format!("{text} {before}");
    for passage in unfurnish::passages(&both, &after) {
        assert!(both.get(passage.first()).is_some() && after.get(passage.second()).is_some());
        assert!(passage.words() >= 4);
    }
});
