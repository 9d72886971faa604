//! `unfurnish` turns a scraped page into its article.
#![deny(unsafe_code)]

mod cluster;
mod fingerprint;
mod index;
mod passages;
mod tree;

pub use cluster::{Cluster, Clusters, Pair, Place};
pub use fingerprint::{
    DEFAULT_LANES, Fingerprint, FingerprintError, Fingerprinter, MinHash, Shingles, SimHash64, SimHash128,
};
pub use index::{Index, IndexError, Match, Measure, Plan, Relation, Similarity, StoredId};
pub use passages::{Passage, passages};
