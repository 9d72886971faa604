//! A corpus in the making: whatever it is told about threads and memory, the clusters are the same.

mod random;

use random::corpus;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use unfurnish::{Clusters, Corpus, Fingerprint};

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the folder for tests can be made");
        Self(path)
    }

    fn files(&self) -> usize {
        std::fs::read_dir(&self.0).expect("it is a folder").count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn prints(seed: u64, stories: usize) -> Vec<Fingerprint> {
    corpus(seed, stories).iter().map(|text| Fingerprint::of(text)).collect()
}

fn of(prints: &[Fingerprint]) -> Corpus {
    let mut corpus = Corpus::new();
    corpus.extend(prints.iter().cloned());
    corpus
}

#[test]
fn a_corpus_that_does_not_fit_into_memory_has_the_same_clusters() {
    let folder = Folder::new("same");
    for seed in 0..4 {
        let prints = prints(seed, 150);
        let expected = format!("{:?}", Clusters::of(&prints));
        for (bytes, threads) in [(1, 1), (9_000, 2), (60_000, 3), (1 << 30, 2)] {
            let threads = NonZeroUsize::new(threads).expect("not zero");
            let limited = of(&prints).with_memory_limit(bytes, &folder.0).with_threads(threads);
            let clusters = limited.clusters().expect("the folder can be written to");
            assert!(format!("{clusters:?}") == expected, "seed {seed}, {bytes} bytes");
            assert_eq!(folder.files(), 0, "nothing is left behind");
        }
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error_that_names_it_unless_there_is_no_need_of_it() {
    let gone = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no such folder");
    let error = of(&prints(7, 60)).with_memory_limit(1000, &gone).clusters().expect_err("no folder");
    assert!(error.to_string().contains("no such folder"), "{error}");
    assert!(of(&prints(7, 60)).with_memory_limit(1 << 30, &gone).clusters().is_ok());
}

#[test]
fn the_text_of_the_highest_rank_is_kept_and_of_equals_the_first() {
    let word = |i: usize| format!("word{} ", i * i);
    let texts: Vec<String> = [80, 100, 90, 100].iter().map(|&end| (0..end).map(word).collect()).collect();
    let kept = |ranks: Option<[i64; 4]>| {
        let mut corpus = Corpus::new();
        for (i, text) in texts.iter().enumerate() {
            let print = Fingerprint::of(text);
            let number = match ranks {
                None => corpus.push(print),
                Some(ranks) => corpus.push_ranked(print, ranks[i]),
            };
            assert_eq!(number, i);
        }
        let clusters = corpus.clusters().expect("no file is needed");
        assert_eq!(clusters.len(), 1);
        let place = clusters.place(3);
        assert_eq!(place.measure().is_none(), place.kept() == 3);
        place.kept()
    };
    assert_eq!(kept(None), 1, "the longest");
    assert_eq!(kept(Some([0; 4])), 0, "the first");
    assert_eq!(kept(Some([-9, -8, i64::MIN, -3])), 3);
}
