//! `unfurnish` turns a scraped page into its article.
#![deny(unsafe_code)]

mod fingerprint;
mod tree;

pub use fingerprint::{
    DEFAULT_LANES, Fingerprint, FingerprintError, Fingerprinter, MinHash, Shingles, SimHash64, SimHash128,
};
