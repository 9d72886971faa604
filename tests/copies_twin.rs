//! The index and the clusters against a slow twin that compares sets of strings, on random corpora.

mod random;

use random::{Random, corpus};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use unfurnish::{Clusters, Fingerprint, Index, Relation};

fn shingles(text: &str) -> BTreeSet<Vec<&str>> {
    text.split_whitespace().collect::<Vec<_>>().windows(4).map(<[&str]>::to_vec).collect()
}

/// Jaccard similarity and containment of two sets.
fn shares<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> (usize, f32, f32) {
    let both = a.intersection(b).count();
    let union = (a.len() + b.len() - both).max(1);
    (both, both as f32 / union as f32, both as f32 / a.len().min(b.len()).max(1) as f32)
}

/// All pairs that should be found, by the definition: own shingles, near-identity, parts.
fn twin(texts: &[String]) -> BTreeMap<(usize, usize), (f32, f32)> {
    let all: Vec<BTreeSet<Vec<&str>>> = texts.iter().map(|t| shingles(t)).collect();
    let mut held: HashMap<&Vec<&str>, BTreeSet<&str>> = HashMap::new();
    for (text, set) in texts.iter().zip(&all) {
        for shingle in set {
            held.entry(shingle).or_default().insert(text);
        }
    }
    let own: Vec<BTreeSet<&Vec<&str>>> =
        all.iter().map(|set| set.iter().filter(|s| held[s].len() <= 16).collect()).collect();
    let mut pairs = BTreeMap::new();
    for b in 0..texts.len() {
        for a in 0..b {
            if all[a].len() < 8 || all[b].len() < 8 {
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
            let similar = both >= 4 && (jaccard * containment).sqrt() >= 0.45;
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

fn index_of(prints: &[Fingerprint]) -> Index<u64> {
    let mut index = Index::default();
    for (id, print) in prints.iter().enumerate() {
        index.insert(id as u64, print.clone());
    }
    index
}

type Pairs = BTreeMap<(usize, usize), (f32, f32)>;

fn pairs_of_index(index: &Index<u64>, prints: &[Fingerprint]) -> Pairs {
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

#[test]
fn the_index_finds_what_the_twin_finds() {
    for seed in 0..6 {
        let texts = corpus(seed, 120);
        let prints: Vec<Fingerprint> = texts.iter().map(|t| Fingerprint::of(t)).collect();
        let (found, expected) = (pairs_of_index(&index_of(&prints), &prints), twin(&texts));
        assert!(expected.len() > 200);
        for (pair, (jaccard, containment)) in &expected {
            let (j, c) = found.get(pair).unwrap_or_else(|| panic!("seed {seed}: {pair:?} is missing"));
            assert!((j - jaccard).abs() < 1e-6 && (c - containment).abs() < 1e-6, "seed {seed}: {pair:?}");
        }
        assert_eq!(found.len(), expected.len(), "seed {seed}");
    }
}

#[test]
fn clusters_verify_the_same_pairs_as_the_index() {
    for seed in 10..16 {
        let prints: Vec<Fingerprint> = corpus(seed, 150).iter().map(|t| Fingerprint::of(t)).collect();
        let found = pairs_of_index(&index_of(&prints), &prints);
        let clusters = Clusters::of(&prints);
        let first = |i: usize| prints.iter().position(|p| p == &prints[i]).unwrap_or(i);
        for pair in clusters.pairs() {
            let (a, b) = pair.texts();
            let measure = (pair.measure().jaccard(), pair.measure().containment());
            assert_eq!(found.get(&(a, b)), Some(&measure), "seed {seed}: {a} and {b}");
        }
        // Of equal texts the clusters pair the first only.
        let firsts = found.keys().filter(|(a, b)| first(*a) == *a && (first(*b) == *b || first(*b) == *a));
        assert_eq!(firsts.count(), clusters.pairs().len(), "seed {seed}");
    }
}

#[test]
fn pairs_of_a_jaccard_similarity_of_four_fifths_are_found_in_long_texts_too() {
    let mut random = Random(77);
    let (mut expected, mut found) = (0, 0);
    let mut texts = Vec::new();
    for _ in 0..400 {
        let story = random.words(300, 900);
        for _ in 0..3 {
            let mut words = story.clone();
            for _ in 0..random.below(words.len() / 30) {
                let at = random.below(words.len());
                words[at] = random.word();
            }
            texts.push(words.join(" "));
        }
    }
    let prints: Vec<Fingerprint> = texts.iter().map(|t| Fingerprint::of(t)).collect();
    let pairs = pairs_of_index(&index_of(&prints), &prints);
    for story in 0..400 {
        for (a, b) in [(0, 1), (0, 2), (1, 2)].map(|(a, b)| (3 * story + a, 3 * story + b)) {
            if shares(&shingles(&texts[a]), &shingles(&texts[b])).1 >= 0.8 {
                expected += 1;
                found += usize::from(pairs.contains_key(&(a, b)));
            }
        }
    }
    assert!(expected > 500);
    assert_eq!(found, expected);
    assert!(pairs.keys().all(|(a, b)| a / 3 == b / 3), "no pair of unlike texts");
}

#[test]
fn what_was_removed_is_not_found_and_the_rest_is_as_if_it_had_never_been_there() {
    let texts = corpus(42, 100);
    let prints: Vec<Fingerprint> = texts.iter().map(|t| Fingerprint::of(t)).collect();
    let mut index = index_of(&prints);
    for (id, print) in prints.iter().enumerate().filter(|(id, _)| id % 3 == 0) {
        assert_eq!(index.remove(&(id as u64)).as_ref(), Some(print));
        assert_eq!(index.remove(&(id as u64)), None);
    }
    let mut fresh = Index::default();
    for (id, print) in prints.iter().enumerate().filter(|(id, _)| id % 3 != 0) {
        fresh.insert(id as u64, print.clone());
    }
    assert_eq!(index.len(), fresh.len());
    assert_eq!(index.iter().count(), fresh.len());
    for print in &prints {
        let sorted = |index: &Index<u64>| {
            let mut ids: Vec<u64> = index.matches(print).iter().map(|m| **m.id()).collect();
            ids.sort();
            ids
        };
        assert_eq!(sorted(&index), sorted(&fresh));
    }
}

#[test]
fn the_order_of_a_corpus_does_not_change_its_clusters() {
    let texts = corpus(5, 200);
    let prints: Vec<Fingerprint> = texts.iter().map(|t| Fingerprint::of(t)).collect();
    let groups = |prints: &[Fingerprint]| -> BTreeSet<Vec<u128>> {
        let exact = |text: &u32| prints[*text as usize].exact();
        let sorted = |members: &[u32]| {
            let mut members: Vec<u128> = members.iter().map(exact).collect();
            members.sort();
            members
        };
        Clusters::of(prints).iter().map(|cluster| sorted(cluster.members())).collect()
    };
    let mut turned = prints.clone();
    turned.reverse();
    turned.rotate_left(prints.len() / 3);
    assert_eq!(groups(&prints), groups(&turned));
}

#[test]
fn insert_returns_the_best_match_and_replaces_what_had_the_id() {
    let text = |from: usize, to: usize| (from..to).map(|i| format!("word{} ", i * i)).collect::<String>();
    let mut index = Index::default();
    assert!(index.insert("whole", Fingerprint::of(&text(0, 100))).is_none());
    let part = index.insert("part", Fingerprint::of(&text(0, 50))).expect("a truncated copy");
    assert_eq!((*part.id(), part.relation()), ("whole", Relation::Contained));
    let whole = index.insert("again", Fingerprint::of(&text(0, 100))).expect("an exact copy");
    assert_eq!((*whole.id(), whole.relation(), whole.similarity()), ("whole", Relation::Exact, 1.0));
    let relations: Vec<Relation> =
        index.matches(&Fingerprint::of(&text(0, 100))).iter().map(|m| m.relation()).collect();
    assert_eq!(relations, [Relation::Exact, Relation::Exact, Relation::Contains]);
    assert!(index.insert("part", Fingerprint::of(&text(500, 600))).is_none(), "the old part is not matched");
    assert_eq!(index.len(), 3);
}
