//! One text to one signature.

use crate::cpu_seconds;
use gaoya::minhash::{MinHasher, MinHasher32};
use gaoya::simhash::{SimHash, SimSipHasher64};
use gaoya::text::whitespace_split;
use std::hint::black_box;
use txtfp::{Canonicalizer, Fingerprinter as _, MinHashFingerprinter, ShingleTokenizer, WordTokenizer};
use unfurnish::{Fingerprinter, MinHash, Shingles, SimHash64};

type Signer<'a> = (&'static str, Box<dyn Fn(&str) + 'a>);

pub fn compare(texts: &[String], bytes: usize) {
    let gaoya_min = MinHasher32::new(128);
    let gaoya_sim = SimHash::<_, u64, 64>::new(SimSipHasher64::new(1, 2));
    let txtfp_min = MinHashFingerprinter::<_, 128>::new(
        Canonicalizer::default(),
        ShingleTokenizer { k: 4, inner: WordTokenizer },
    );
    let txtfp_sim = txtfp::SimHashFingerprinter::new(Canonicalizer::default(), WordTokenizer);
    let minhash: Vec<Signer> = vec![
        ("unfurnish MinHash 128, shingles of 4 words", Box::new(|t| drop(black_box(MinHash::of(&Shingles::of(t)))))),
        ("gaoya MinHasher32 128, words", Box::new(|t| drop(black_box(gaoya_min.create_signature(whitespace_split(t)))))),
        ("gaoya MinHasher32 128, lower case, shingles of 4 words", Box::new(|t| {
            let lower = t.to_lowercase();
            let words: Vec<&str> = whitespace_split(&lower).collect();
            drop(black_box(gaoya_min.create_signature(words.windows(4))));
        })),
        ("txtfp MinHash 128, shingles of 4 words", Box::new(|t| {
            black_box(txtfp_min.fingerprint(t).ok());
        })),
    ];
    let simhash: Vec<Signer> = vec![
        ("unfurnish SimHash 64, shingles of 4 words", Box::new(|t| {
            black_box(SimHash64::of(&Shingles::of(t)));
        })),
        ("gaoya SimHash 64, words", Box::new(|t| {
            black_box(gaoya_sim.create_signature(whitespace_split(t)));
        })),
        ("simhash, words", Box::new(|t| {
            black_box(simhash::simhash(t));
        })),
        ("simhash, shingles of 4 words", Box::new(|t| {
            let words: Vec<&str> = t.split_whitespace().collect();
            let shingles: Vec<String> = words.windows(4).map(|w| w.join(" ")).collect();
            black_box(simhash::simhash_stream(shingles.iter().map(String::as_str)));
        })),
        ("txtfp SimHash 64, words", Box::new(|t| {
            let _ = black_box(txtfp_sim.fingerprint(t));
        })),
    ];
    let printer = std::cell::RefCell::new(Fingerprinter::new());
    let whole: Vec<Signer> = vec![
        ("unfurnish whole fingerprint", Box::new(|t| drop(black_box(printer.borrow_mut().print(t))))),
        ("unfurnish shingles only", Box::new(|t| drop(black_box(Shingles::of(t))))),
    ];
    for group in [minhash, simhash, whole] {
        let mut ours = None;
        for (name, sign) in group {
            let seconds = (0..5)
                .map(|_| {
                    let start = cpu_seconds();
                    texts.iter().for_each(|t| sign(t));
                    cpu_seconds() - start
                })
                .fold(f64::INFINITY, f64::min);
            let speed = bytes as f64 / 1e6 / seconds;
            let ours = *ours.get_or_insert(speed);
            println!("{name:56} {speed:8.1} MB/s   ours is {:.1} times as fast", ours / speed);
        }
    }
}
