//! Tables of words in which most questions are answered by a word's first and last letter and its length.

use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Longer words in other than lower case are not looked for: names of classes and agencies have at most 24 letters.
pub(crate) const LONGEST_LOW: usize = 32;

/// What words stand for.
#[derive(Debug)]
pub(crate) struct Glance<T> {
    of: FxHashMap<Cow<'static, [u8]>, T>,
    /// For each byte the lengths of the words that begin with it, and of those that end with it, a bit each; the last is
    /// for all longer ones.
    beginning: [u64; 256],
    ending: [u64; 256],
}

impl<T> Glance<T> {
    /// A table of words and what each stands for.
    pub(crate) fn of(words: FxHashMap<Cow<'static, [u8]>, T>) -> Self {
        let mut table = Self { of: words, beginning: [0; 256], ending: [0; 256] };
        for word in table.of.keys() {
            if let ([first, ..], [.., last]) = (&**word, &**word) {
                table.beginning[usize::from(*first)] |= bit_of(word.len());
                table.ending[usize::from(*last)] |= bit_of(word.len());
            }
        }
        table
    }

    /// What a word stands for.
    pub(crate) fn get(&self, word: &[u8]) -> Option<&T> {
        let ([first, ..], [.., last]) = (word, word) else { return None };
        if self.may_have(*first, *last, word.len()) { self.of.get(word) } else { None }
    }

    /// What a word in lower case stands for, in whatever case it is written in ASCII.
    pub(crate) fn get_low(&self, word: &[u8]) -> Option<&T> {
        let ([first, ..], [.., last]) = (word, word) else { return None };
        if !self.may_have(first.to_ascii_lowercase(), last.to_ascii_lowercase(), word.len()) {
            return None;
        }
        let mut low = [0; LONGEST_LOW];
        let low = low.get_mut(..word.len())?;
        low.copy_from_slice(word);
        low.make_ascii_lowercase();
        self.of.get(&*low)
    }

    /// Whether there may be a word that begins so, ends so and is so long.
    fn may_have(&self, first: u8, last: u8, length: usize) -> bool {
        self.beginning[usize::from(first)] & self.ending[usize::from(last)] & bit_of(length) != 0
    }

    /// All words.
    #[cfg(test)]
    pub(crate) fn words(&self) -> impl Iterator<Item = &[u8]> {
        self.of.keys().map(AsRef::as_ref)
    }
}

/// The bit of a word's length.
fn bit_of(length: usize) -> u64 {
    1 << length.min(63)
}

impl<T> FromIterator<(&'static [u8], T)> for Glance<T> {
    fn from_iter<I: IntoIterator<Item = (&'static [u8], T)>>(words: I) -> Self {
        Self::of(words.into_iter().map(|(word, stands_for)| (Cow::Borrowed(word), stands_for)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_either_case() {
        let table: Glance<u8> = [(&b"nav"[..], 1), ("straße".as_bytes(), 2)].into_iter().collect();
        let found =
            ["nav", "NAV", "Nav", "navy", "STRAßE", ""].map(|word| table.get_low(word.as_bytes()).copied());
        assert_eq!(found, [Some(1), Some(1), Some(1), None, Some(2), None]);
    }

    #[test]
    fn words_are_found_and_others_not() {
        const LONG: &[u8] = &[b'a'; 80];
        let table: Glance<u8> = [(&b"nav"[..], 1), (b"note", 2), (LONG, 3)].into_iter().collect();
        let found = [&b"nav"[..], b"note", LONG, b"", b"nave", b"navy", &LONG[1..], b"n"]
            .map(|word| table.get(word).copied());
        assert_eq!(found, [Some(1), Some(2), Some(3), None, None, None, None, None]);
    }
}
