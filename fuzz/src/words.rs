//! Texts of words that every reader parts alike.

#[path = "../../tests/random/word.rs"]
mod word;

pub use word::word;

/// A text of the words with these numbers.
pub fn story(numbers: impl IntoIterator<Item = usize>) -> String {
    numbers.into_iter().map(word).collect::<Vec<_>>().join(" ")
}
