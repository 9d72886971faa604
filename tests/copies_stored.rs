//! What is stored: known fingerprints, and indexes as files.

#[path = "random/word.rs"]
mod word;

use unfurnish::{Fingerprint, Index, MinHash, Relation, Shingles, Similarity};
use word::word;

fn text(i: u64) -> String {
    (0..40 + i % 200).map(|k| format!("word{} ", (i * 1000 + k) * 31)).collect()
}

fn index(texts: u64) -> Index<String> {
    let mut index = Index::new(Similarity::new(0.6).expect("a similarity"));
    for i in 0..texts {
        index.insert(format!("page {i}"), Fingerprint::of(&text(i)));
    }
    index.insert("copy".into(), Fingerprint::of(&text(3)));
    index.insert("weak".into(), Fingerprint::of("Read more"));
    index
}

fn saved(index: &Index<String>) -> Vec<u8> {
    let mut file = Vec::new();
    index.save(&mut file).expect("memory can be written to");
    file
}

#[test]
fn a_saved_index_is_the_same_after_loading() {
    let index = index(50);
    let loaded: Index<String> = Index::load(&saved(&index)[..]).expect("what was saved loads");
    assert_eq!((loaded.len(), loaded.similarity()), (52, index.similarity()));
    for i in 0..60 {
        let print = Fingerprint::of(&text(i));
        assert_eq!(loaded.matches(&print), index.matches(&print));
    }
    assert!(
        loaded
            .matches(&Fingerprint::of(&text(3)))
            .iter()
            .any(|m| *m.id() == "copy" && m.relation() == Relation::Exact)
    );
}

#[test]
fn every_damaged_byte_and_every_cut_is_an_error() {
    let file = saved(&index(4));
    for at in 0..file.len() {
        for flip in [1, 0x80] {
            let mut damaged = file.clone();
            damaged[at] ^= flip;
            assert!(Index::<String>::load(&damaged[..]).is_err(), "byte {at} of {}", file.len());
        }
        assert!(Index::<String>::load(&file[..at]).is_err(), "cut at {at}");
    }
    assert!(Index::<String>::load(&[&file[..], b"x"].concat()[..]).is_err());
}

#[test]
fn errors_say_what_is_wrong() {
    let file = saved(&index(4));
    let message =
        |bytes: &[u8]| Index::<String>::load(bytes).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(message(b"something else altogether").contains("not an index"));
    assert!(message(&file[..file.len() - 5]).contains("cut off"));
    assert!(message(&[&file[..16], &[9], &file[17..]].concat()).contains("format 9"));
    // A file that claims more texts than there could be takes no memory for them.
    let many = [&file[..24], &u64::MAX.to_le_bytes(), &file[32..]].concat();
    assert!(!message(&many).is_empty());
    assert!(
        Index::<u64>::load(&file[..]).err().map(|e| e.to_string()).unwrap_or_default().contains("id of text")
    );
}

/// The promise of scheme 1: these texts have these fingerprints on every platform and in every release.
#[test]
fn fingerprints_of_scheme_1_are_what_they_always_were() {
    let long: String = (0..500).map(|i| format!("word{} {} ", i * 31, i * i)).collect();
    let mixed = "Crème brûlée’s price rose 3.5% to €1,000 &ndash; “not bad”, said U.S. officials. 東京都は木曜日、閉鎖";
    let digest = |text: &str| {
        // FNV-1a of 64 bits stands for the 680 bytes.
        let step = |h: u64, &b: &u8| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3);
        Fingerprint::of(text).to_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step)
    };
    let found = ["", "Read more", mixed, &long].map(digest);
    assert_eq!(
        found,
        [0xa23a_9542_7e23_c1a4, 0x0549_890c_befa_f859, 0xfad6_4f8d_10ca_94a3, 0xb09b_46e9_dee2_73e8],
        "{found:#018x?}"
    );
    assert_eq!(
        MinHash::with_lanes(&Shingles::of(mixed), 4).lanes(),
        [124062429, 387202254, 151885711, 70348711],
    );
}

/// A shingle that had nearly all lanes to itself left two of these similar by 0.63 and 0.84.
#[test]
fn a_changed_word_leaves_most_lanes_as_they_are() {
    for start in (0..65_536).step_by(2) {
        let mut words: Vec<String> = (start * 300..start * 300 + 300).map(word).collect();
        let before = MinHash::of(&Shingles::of(&words.join(" ")));
        words[2] = "changed".to_owned();
        let after = MinHash::of(&Shingles::of(&words.join(" ")));
        // Nine standard errors below the 0.98 that is expected: four of 300 shingles went.
        assert!(before.similarity(&after) >= Some(0.86), "{start}");
    }
}
