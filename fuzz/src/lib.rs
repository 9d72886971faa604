//! The laws, which the crate's own tests share, and inputs that are put together rather than found.

#![forbid(unsafe_code)]

#[path = "../../tests/laws/mod.rs"]
mod laws;
mod words;

pub use laws::{copies, obey, obey_in_every_reading};
pub use words::{story, word};
