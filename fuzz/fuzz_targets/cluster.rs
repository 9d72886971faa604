#![no_main]

//! The index and the clusters find what comparing everything with everything finds.

use arbitrary::Arbitrary;
use unfurnish::{Clusters, Fingerprint};
use unfurnish_fuzz::{copies, story};

/// Parts of a few stories, one after the other: copies, excerpts, furniture.
#[derive(Arbitrary, Debug)]
struct Text {
    parts: Vec<Part>,
    /// A word that stands in no other text, and where.
    edit: Option<u8>,
}

#[derive(Arbitrary, Debug)]
struct Part {
    story: u8,
    from: u8,
    words: u8,
}

/// A sketch holds all shingles of texts as short as this: what is measured is then exact.
const MOST_WORDS: usize = 128;
/// A hash that more than sixteen texts hold is common; more texts than that make some.
const MOST_TEXTS: usize = 24;

libfuzzer_sys::fuzz_target!(|texts: Vec<Text>| {
    let text = |(number, text): (usize, &Text)| {
        let part = |part: &Part| {
            let from = usize::from(part.story % 16) * 1000 + usize::from(part.from % 100);
            from..from + usize::from(part.words)
        };
        let mut words: Vec<usize> = text.parts.iter().take(8).flat_map(part).take(MOST_WORDS).collect();
        if let (Some(at), false) = (text.edit, words.is_empty()) {
            let at = usize::from(at) % words.len();
            words[at] = 100_000 + number;
        }
        story(words)
    };
    let texts: Vec<String> = texts.iter().take(MOST_TEXTS).enumerate().map(text).collect();
    let prints: Vec<Fingerprint> = texts.iter().map(|text| Fingerprint::of(text)).collect();
    copies::index_finds_what_the_twin_finds(&texts, &prints);
    // The words of a story with more than sixteen copies are common to an index; clusters know them for the story's own
    // and restore them, so that they measure more.
    if !copies::has_common_shingle(&texts) {
        copies::clusters_verify_the_pairs_of_the_index(&prints);
    }
    let clusters = Clusters::of(&prints);
    let members: usize = clusters.iter().map(|cluster| cluster.members().len()).sum();
    assert_eq!(members, texts.len(), "each text is in one cluster");
});
