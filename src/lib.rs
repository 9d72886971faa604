//! `unfurnish` turns a scraped page into its article, says why each other block was removed, and finds copies.
//!
//! ```
//! let html = "<nav><a href=/>Home</a></nav><h1>Ship aground</h1>\
//!     <p>The harbour was closed on Monday after a ship ran aground at the mouth of the river.</p>\
//!     <p><b>Read also:</b> <a href=/tugs>Tugs at last</a></p>";
//!
//! let article = unfurnish::extract(html);
//! assert_eq!(article.metadata().title(), Some("Ship aground"));
//! assert_eq!(
//!     article.text(),
//!     "The harbour was closed on Monday after a ship ran aground at the mouth of the river.\n"
//! );
//! for block in article.removed() {
//!     println!("{} [{}] {}", block.label(), block.reason(), block.text());
//! }
//! ```
//!
//! # The way of a page
//!
//! | chapter | makes | from |
//! | --- | --- | --- |
//! | [`Page`] | text of a known format | bytes |
//! | `tree` | elements with their places | text: HTML, Markdown or plain |
//! | [`Block`] | the smallest runs one decision is made about | the tree |
//! | `feature` | numbers | blocks |
//! | [`Label`] | a verdict with a [`Reason`] for every block | numbers and words |
//! | [`Metadata`] | title, authors, dates … | structured data, tags, blocks |
//! | [`Article`] | text, Markdown, HTML, JSON | blocks and verdicts |
//! | [`Fingerprint`] | exact hash, SimHash, MinHash, sketch | the article's text |
//! | [`Index`], [`Corpus`], [`Clusters`] | copies | fingerprints, as they come or of a whole corpus |
//!
//! [`extract`] is enough for most; an [`Extractor`] has settings, is built once and shared by threads. For many pages
//! there are `Extractor::par_extract` and [`Extractor::extract_into`].
//!
//! # Features
//!
//! They add and never change.
//!
//! - `parallel` (default): work on many pages or texts on all cores, through rayon.
//! - `serde`: `Serialize` for results, `Serialize` and `Deserialize` for fingerprints.
//! - `scraper`: articles out of trees that `scraper` has parsed. That crate is below 1.0; so is this feature.
//! - `cli`: the command line.
//!
//! Without default features the crate builds for `wasm32-unknown-unknown`. It opens no connection, and no file
//! unless a [`Corpus`] is given a folder for what does not fit into memory.
// Not `forbid`: `simd.rs` alone allows itself three calls; a test says that no other file does.
#![deny(unsafe_code)]

mod page;

mod tree;

mod block;

mod feature;

mod label;

mod metadata;

mod article;

mod fingerprint;

mod index;

mod cluster;
mod passages;

#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod deadline;
#[cfg(feature = "training")]
#[doc(hidden)]
pub mod dev;
mod eight;
mod extractor;
mod letter;
mod limits;
#[cfg(feature = "parallel")]
mod parallel;
mod scratch;
mod settings;
mod simd;
mod span;
mod temporary;
mod warning;

pub use article::{Article, Block, Captions, Links, Reason};
pub use block::BlockKind;
pub use cluster::{Cluster, Clusters, Corpus, Pair, Place};
pub use extractor::{Extractor, extract};
pub use fingerprint::{
    DEFAULT_LANES, Fingerprint, FingerprintError, Fingerprinter, MinHash, Shingles, SimHash64, SimHash128,
};
pub use index::{Index, IndexError, Match, Measure, Plan, Relation, Similarity, StoredId};
pub use label::{Label, ParseLabelError};
pub use limits::Limits;
pub use metadata::Metadata;
pub use page::{Format, Page};
#[cfg(feature = "parallel")]
pub use parallel::ParExtract;
pub use passages::{Passage, passages};
pub use scratch::Scratch;
pub use settings::{Bias, ExtractorBuilder};
pub use span::Span;
pub use warning::Warning;
