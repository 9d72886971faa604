//! Tables of words in which most questions are answered by a word's first letter and its length.

use rustc_hash::FxHashMap;

/// What words stand for.
#[derive(Debug)]
pub(crate) struct Glance<T> {
    of: FxHashMap<&'static [u8], T>,
    /// For each first byte the lengths of the words that begin with it, a bit each; the last is for all longer ones.
    lengths: [u64; 256],
}

impl<T> Glance<T> {
    /// What a word stands for.
    pub(crate) fn get(&self, word: &[u8]) -> Option<&T> {
        if self.may_have(*word.first()?, word.len()) { self.of.get(word) } else { None }
    }

    /// Whether there may be a word that begins so and is so long.
    pub(crate) fn may_have(&self, first: u8, length: usize) -> bool {
        self.lengths[usize::from(first)] & bit_of(length) != 0
    }

    /// All words.
    #[cfg(test)]
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static [u8]> {
        self.of.keys().copied()
    }
}

/// The bit of a word's length.
fn bit_of(length: usize) -> u64 {
    1 << length.min(63)
}

impl<T> FromIterator<(&'static [u8], T)> for Glance<T> {
    fn from_iter<I: IntoIterator<Item = (&'static [u8], T)>>(words: I) -> Self {
        let of: FxHashMap<_, _> = words.into_iter().collect();
        let mut lengths = [0; 256];
        for word in of.keys() {
            if let Some(first) = word.first() {
                lengths[usize::from(*first)] |= bit_of(word.len());
            }
        }
        Self { of, lengths }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_others_not() {
        const LONG: &[u8] = &[b'a'; 80];
        let table: Glance<u8> = [(&b"nav"[..], 1), (b"note", 2), (LONG, 3)].into_iter().collect();
        let found = [&b"nav"[..], b"note", LONG, b"", b"nave", b"navy", &LONG[1..], b"n"]
            .map(|word| table.get(word).copied());
        assert_eq!(found, [Some(1), Some(2), Some(3), None, None, None, None, None]);
    }
}
