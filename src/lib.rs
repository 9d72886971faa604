//! `unfurnish` turns a scraped page into its article.
#![forbid(unsafe_code)]

mod tree;
