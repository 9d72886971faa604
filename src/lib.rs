//! `unfurnish` turns a scraped page into its article.
#![deny(unsafe_code)]

mod article;
mod block;
#[cfg(feature = "training")]
#[doc(hidden)]
pub mod dev;
mod extractor;
mod feature;
mod label;
mod limits;
mod metadata;
mod page;
mod span;
mod tree;
mod warning;

pub use article::{Article, Block, Captions, Links, Reason};
pub use block::BlockKind;
pub use extractor::{Bias, Extractor, ExtractorBuilder, extract};
pub use label::{Label, ParseLabelError};
pub use limits::Limits;
pub use metadata::Metadata;
pub use page::{Format, Page};
pub use span::Span;
pub use warning::Warning;
