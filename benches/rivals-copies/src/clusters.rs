//! A whole corpus to clusters, in seconds of processor time.

use crate::cpu_seconds;
use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use gaoya::simhash::{SimHash, SimHashIndex, SimSipHasher64};
use gaoya::text::whitespace_split;
use std::collections::HashSet;
use unfurnish::{Clusters, Fingerprint, Fingerprinter};

type Run<'a> = (&'static str, Box<dyn Fn() -> usize + 'a>);

pub fn compare(texts: &[String]) {
    let runs: Vec<Run> = vec![
        ("unfurnish", Box::new(|| {
            let mut printer = Fingerprinter::new();
            let prints: Vec<Fingerprint> = texts.iter().map(|t| printer.print(t)).collect();
            Clusters::of(&prints).len()
        })),
        ("gaoya MinHash 128, 16 × 8 bands, shingles, J ≥ 0.8", Box::new(|| {
            let hasher = MinHasher32::new(128);
            let mut index = MinHashIndex::new(16, 8, 0.8);
            let sign = |text: &String| {
                let lower = text.to_lowercase();
                let words: Vec<&str> = whitespace_split(&lower).collect();
                hasher.create_signature(words.windows(4))
            };
            let signatures: Vec<Vec<u32>> = texts.iter().map(sign).collect();
            for (id, signature) in signatures.iter().enumerate() {
                index.insert(id, signature.clone());
            }
            clusters(texts.len(), |id| index.query(&signatures[id]))
        })),
        ("gaoya SimHash 64, 6 blocks, k ≤ 3, words", Box::new(|| {
            let hasher = SimHash::<_, u64, 64>::new(SimSipHasher64::new(1, 2));
            let mut index = SimHashIndex::new(6, 3);
            let signatures: Vec<u64> =
                texts.iter().map(|t| hasher.create_signature(whitespace_split(&t.to_lowercase()))).collect();
            for (id, &signature) in signatures.iter().enumerate() {
                index.insert(id, signature);
            }
            let ids: Vec<usize> = (0..texts.len()).collect();
            clusters(texts.len(), |id| index.query(&signatures[id]).into_iter().map(|&i| &ids[i]).collect())
        })),
    ];
    let mut ours = None;
    for (name, run) in runs {
        let before = cpu_seconds();
        let clusters = run();
        let seconds = cpu_seconds() - before;
        let ours = *ours.get_or_insert(seconds);
        println!("{name:50} {seconds:7.2} s   {:5.1} times ours   {clusters} clusters", seconds / ours);
    }
}

/// The number of clusters that single links make.
fn clusters<'a>(texts: usize, linked: impl Fn(usize) -> HashSet<&'a usize>) -> usize {
    let mut parent: Vec<usize> = (0..texts).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    let mut left = texts;
    for id in 0..texts {
        for &other in linked(id) {
            let (a, b) = (root(&mut parent, id), root(&mut parent, other));
            left -= usize::from(a != b);
            parent[a] = b;
        }
    }
    left
}
