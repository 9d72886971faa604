//! `unfurnish` turns a scraped page into its article.
#![deny(unsafe_code)]

mod block;
mod limits;
mod page;
mod span;
mod tree;
mod warning;

pub use block::BlockKind;
pub use limits::Limits;
pub use page::{Format, Page};
pub use span::Span;
pub use warning::Warning;
