//! Text to signature, and documents to clusters, against the other crates on the same documents on one core.
//!
//! `cargo run --release -- DOCUMENTS.jsonl [COUNT] [signatures|clusters|memory]...`: one `{"text": …}` a line.
//! Prints the best of five runs in MB/s and the ratio to ours, and CPU seconds of whole runs.

mod clusters;
mod signatures;

use std::io::BufRead;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name a file of JSON lines")?;
    let count: usize = arguments.next().map_or(Ok(10_000), |n| n.parse())?;
    let parts: Vec<String> = arguments.collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|p| p == part);
    let mut texts = Vec::new();
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines().take(count) {
        let document: serde_json::Value = serde_json::from_str(&line?)?;
        texts.push(document["text"].as_str().ok_or("a line without text")?.to_owned());
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} documents, {:.1} MB", texts.len(), bytes as f64 / 1e6);
    if wanted("signatures") {
        signatures::compare(&texts, bytes);
    }
    if wanted("clusters") {
        clusters::compare(&texts);
    }
    Ok(())
}

/// Time that this process and all its threads, ended ones included, have spent on processors. Other work on the
/// machine does not count, as it would in time by the clock.
fn cpu_seconds() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a valid `timespec` for the call to fill.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

#[cfg(test)]
mod tests {
    use std::hash::{Hash, Hasher};
    use unfurnish::SimHash64;

    /// What the crate `simhash` does with each feature by default: SipHash 2-4 with keys of zero.
    #[allow(deprecated)]
    fn hash_feature(feature: &str) -> u64 {
        let mut hasher = std::hash::SipHasher::new();
        feature.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn with_the_same_features_the_crate_simhash_finds_the_same() {
        for length in 0..300 {
            let words: Vec<String> = (0..length).map(|i| format!("word{}", i * length % 97)).collect();
            let hashes: Vec<u64> = words.iter().map(|w| hash_feature(w)).collect();
            let theirs = simhash::simhash_stream(words.iter().map(String::as_str));
            let ours = SimHash64::of_hashes(&hashes);
            assert_eq!(ours.to_bits(), theirs);
            assert_eq!(ours.distance(SimHash64::from_bits(!theirs)), simhash::hamming_distance(theirs, !theirs));
        }
    }
}
