//! Laws of fingerprints, the index and the clusters, and the slow twin that compares sets of strings.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use unfurnish::{Clusters, Fingerprint, Fingerprinter, Index};

/// A text's fingerprint reads back from every form, and is the same when made in used memory.
pub fn print_reads_back(text: &str) {
    let print = Fingerprint::of(text);
    assert_eq!(Fingerprint::from_bytes(&print.to_bytes()), Ok(print.clone()));
    assert_eq!(print.to_string().parse(), Ok(print.clone()));
    let mut printer = Fingerprinter::new();
    printer.print("Something else that was read before, of more words than a weak text has, and 17 figures.");
    assert_eq!(printer.print(text), print);
    assert_eq!(print.simhash64().distance(print.simhash64()), 0);
}

/// Bytes are the fingerprint that writes the same bytes, or an error.
pub fn bytes_are_a_print_or_not(bytes: &[u8]) {
    if let Ok(print) = Fingerprint::from_bytes(bytes) {
        assert_eq!(print.to_bytes(), bytes);
        let mut index = Index::default();
        index.insert(1u64, print.clone());
        let found = index.matches(&print).len();
        assert_eq!(found, usize::from(!print.is_weak()), "it matches itself unless it is weak");
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(print) = text.parse::<Fingerprint>()
    {
        assert_eq!(print.to_string(), text.to_ascii_lowercase());
    }
}

/// Bytes are an index that comes back when it is saved, or an error.
pub fn bytes_are_an_index_or_not(bytes: &[u8]) {
    if let Ok(index) = Index::<String>::load(bytes) {
        assert_same(&index, &Index::load(&saved(&index)[..]).expect("what was just saved"));
    }
    let _ = Index::<u64>::load(bytes);
}

pub fn saved(index: &Index<String>) -> Vec<u8> {
    let mut file = Vec::new();
    index.save(&mut file).expect("memory can be written");
    file
}

pub fn assert_same(a: &Index<String>, b: &Index<String>) {
    assert_eq!((a.len(), a.similarity()), (b.len(), b.similarity()));
    assert_eq!(a.iter().count(), b.iter().count());
    for (id, print) in a.iter() {
        assert_eq!(b.get(id), Some(print));
        assert_eq!(a.matches(print).len(), b.matches(print).len());
    }
}

/// The hashes of a sketch, as the documented form of bytes has them: of shingles, and of figures.
pub fn sketch(print: &Fingerprint) -> BTreeSet<[u8; 4]> {
    let bytes = print.to_bytes();
    bytes[40..][..4 * usize::from(bytes[1])].chunks_exact(4).map(|hash| hash.try_into().unwrap()).collect()
}

pub fn shingles(text: &str) -> BTreeSet<Vec<&str>> {
    text.split_whitespace().collect::<Vec<_>>().windows(4).map(<[&str]>::to_vec).collect()
}

/// Jaccard similarity and containment of two sets.
pub fn shares<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> (usize, f32, f32) {
    let both = a.intersection(b).count();
    let union = (a.len() + b.len() - both).max(1);
    (both, both as f32 / union as f32, both as f32 / a.len().min(b.len()).max(1) as f32)
}

/// Texts with fewer shingles are weak: an index keeps them apart.
const FEWEST: usize = 8;

/// The different texts that hold each shingle, weak ones aside.
fn holders<'t>(
    texts: &'t [String],
    all: &'t [BTreeSet<Vec<&'t str>>],
) -> HashMap<&'t Vec<&'t str>, BTreeSet<&'t str>> {
    let mut held: HashMap<&Vec<&str>, BTreeSet<&str>> = HashMap::new();
    for (text, set) in texts.iter().zip(all).filter(|(_, set)| set.len() >= FEWEST) {
        for shingle in set {
            held.entry(shingle).or_default().insert(text);
        }
    }
    held
}

/// Whether some shingle is held by more texts than a copy's own words may be.
pub fn has_common_shingle(texts: &[String]) -> bool {
    let all: Vec<BTreeSet<Vec<&str>>> = texts.iter().map(|t| shingles(t)).collect();
    holders(texts, &all).values().any(|texts| texts.len() > 16)
}

/// All pairs that should be found, by the definition: own shingles, near-identity, parts.
pub fn twin(texts: &[String]) -> BTreeMap<(usize, usize), (f32, f32)> {
    let all: Vec<BTreeSet<Vec<&str>>> = texts.iter().map(|t| shingles(t)).collect();
    let held = holders(texts, &all);
    let own: Vec<BTreeSet<&Vec<&str>>> = all
        .iter()
        .map(|set| set.iter().filter(|s| held.get(s).is_none_or(|texts| texts.len() <= 16)).collect())
        .collect();
    let mut pairs = BTreeMap::new();
    for b in 0..texts.len() {
        for a in 0..b {
            if all[a].len() < FEWEST || all[b].len() < FEWEST {
                continue;
            }
            if texts[a] == texts[b] {
                pairs.insert((a, b), (1.0, 1.0));
                continue;
            }
            let (both, jaccard, containment) = shares(&own[a], &own[b]);
            let (_, all_jaccard, all_containment) = shares(&all[a], &all[b]);
            let words = |i: usize| texts[i].split_whitespace().count() as f32;
            let shorter = words(a).min(words(b)) <= 0.8 * words(a).max(words(b));
            let similar = both >= 4 && (jaccard * containment).sqrt() >= 0.33;
            let identical = (all_jaccard * all_containment).sqrt() >= 0.75;
            let part = both >= 12 && containment >= 0.8 && shorter;
            if similar || (part && !identical) {
                pairs.insert((a, b), (jaccard, containment));
            } else if identical {
                pairs.insert((a, b), (all_jaccard, all_containment));
            }
        }
    }
    pairs
}

pub fn index_of(prints: &[Fingerprint]) -> Index<u64> {
    let mut index = Index::default();
    for (id, print) in prints.iter().enumerate() {
        index.insert(id as u64, print.clone());
    }
    index
}

pub type Pairs = BTreeMap<(usize, usize), (f32, f32)>;

pub fn pairs_of_index(index: &Index<u64>, prints: &[Fingerprint]) -> Pairs {
    let mut pairs = Pairs::new();
    for (a, print) in prints.iter().enumerate() {
        for found in index.matches(print) {
            let b = **found.id() as usize;
            if a != b {
                let measure = (found.measure().jaccard(), found.measure().containment());
                let before = pairs.insert((a.min(b), a.max(b)), measure);
                assert!(before.is_none_or(|m| m == measure), "a pair measures the same from either side");
            }
        }
    }
    pairs
}

/// Texts are of words that the twin, which splits at white space, and fingerprints see alike.
pub fn index_finds_what_the_twin_finds(texts: &[String], prints: &[Fingerprint]) {
    let (found, expected) = (pairs_of_index(&index_of(prints), prints), twin(texts));
    for (pair, (jaccard, containment)) in &expected {
        let (j, c) = found.get(pair).unwrap_or_else(|| panic!("{pair:?} is missing"));
        assert!((j - jaccard).abs() < 1e-6 && (c - containment).abs() < 1e-6, "{pair:?}");
    }
    assert_eq!(found.len(), expected.len());
}

pub fn clusters_verify_the_pairs_of_the_index(prints: &[Fingerprint]) {
    let found = pairs_of_index(&index_of(prints), prints);
    let clusters = Clusters::of(prints);
    let first = |i: usize| prints.iter().position(|p| *p == prints[i]).unwrap_or(i);
    for pair in clusters.pairs() {
        let (a, b) = pair.texts();
        let measure = (pair.measure().jaccard(), pair.measure().containment());
        assert_eq!(found.get(&(a, b)), Some(&measure), "{a} and {b}");
    }
    // Of equal texts the clusters pair the first only.
    let firsts = found.keys().filter(|(a, b)| first(*a) == *a && (first(*b) == *b || first(*b) == *a));
    assert_eq!(firsts.count(), clusters.pairs().len());
}
