//! The index and the clusters against a slow twin that compares sets of strings, on random corpora.

mod laws;
mod random;

use laws::copies::{index_of, pairs_of_index, shares, shingles, twin};
use random::{Random, corpus};
use std::collections::BTreeSet;
use unfurnish::{Clusters, Fingerprint, Index, Relation};

#[test]
fn the_index_finds_what_the_twin_finds() {
    for seed in 0..6 {
        let texts = corpus(seed, 120);
        let prints: Vec<Fingerprint> = texts.iter().map(|t| Fingerprint::of(t)).collect();
        assert!(twin(&texts).len() > 200);
        laws::copies::index_finds_what_the_twin_finds(&texts, &prints);
    }
}

#[test]
fn clusters_verify_the_same_pairs_as_the_index() {
    for seed in 10..16 {
        let prints: Vec<Fingerprint> = corpus(seed, 150).iter().map(|t| Fingerprint::of(t)).collect();
        laws::copies::clusters_verify_the_pairs_of_the_index(&prints);
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
