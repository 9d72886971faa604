//! Tables of words in which most questions are answered by a word's ends and its length.

use crate::eight::ONES;
use crate::letter::lowercase;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Longer words in other than lower case are not looked for: the longest of all tables are phrases.
pub(crate) const LONGEST_LOW: usize = 160;

/// What words stand for.
#[derive(Debug)]
pub(crate) struct Glance<T> {
    of: FxHashMap<Cow<'static, [u8]>, T>,
    seen: Seen,
    /// How many characters the longest word has.
    longest: usize,
}

/// What tells most other words from some that were seen.
#[derive(Debug)]
pub(crate) struct Seen {
    /// A bit for each hash of a word's ends and length; as many as a power of two.
    bits: Box<[u64]>,
    /// How far hashes are shifted to be the place of a bit.
    shift: u32,
}

/// So many bits a word, and a few more: of other words one in twenty looks like one that was seen.
const BITS_A_WORD: usize = 16;

impl Seen {
    /// Room for so many words.
    pub(crate) fn with_room(words: usize) -> Self {
        let bits = (words * BITS_A_WORD).next_power_of_two().max(64);
        Self { bits: vec![0; bits / 64].into(), shift: u64::BITS - bits.trailing_zeros() }
    }

    pub(crate) fn add(&mut self, word: &[u8]) {
        let place = hash_of_ends(word) >> self.shift;
        self.bits[(place / 64) as usize] |= 1 << (place % 64);
    }

    /// Whether a word with such ends and of this length may have been seen, in whatever case of ASCII.
    pub(crate) fn may_have(&self, word: &[u8]) -> bool {
        let place = hash_of_ends(word) >> self.shift;
        self.bits.get((place / 64) as usize).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }
}

impl<T> Glance<T> {
    /// A table of words and what each stands for.
    pub(crate) fn of(words: FxHashMap<Cow<'static, [u8]>, T>) -> Self {
        let mut seen = Seen::with_room(words.len());
        words.keys().for_each(|word| seen.add(word));
        let longest = words.keys().map(|word| characters(word)).max().unwrap_or(0);
        Self { of: words, seen, longest }
    }

    /// What a word stands for.
    pub(crate) fn get(&self, word: &[u8]) -> Option<&T> {
        if self.may_have(word) { self.of.get(word) } else { None }
    }

    /// What a word in lower case stands for, in whatever case it is written in ASCII.
    pub(crate) fn get_low(&self, word: &[u8]) -> Option<&T> {
        if !self.may_have(word) {
            return None;
        }
        let mut low = [0; LONGEST_LOW];
        let low = low.get_mut(..word.len())?;
        low.copy_from_slice(word);
        low.make_ascii_lowercase();
        self.of.get(&*low)
    }

    /// What a word in lower case stands for, in whatever case it is written.
    pub(crate) fn get_any_case(&self, word: &str) -> Option<&T> {
        if word.is_ascii() {
            return self.get_low(word.as_bytes());
        }
        // No letter has a small form of less than one.
        if characters(word.as_bytes()) > self.longest {
            return None;
        }
        self.get(lowercase(word).as_bytes())
    }

    /// Whether there may be a word with such ends and of this length, in whatever case of ASCII.
    pub(crate) fn may_have(&self, word: &[u8]) -> bool {
        self.seen.may_have(word)
    }
}

/// How many characters a word has: those bytes that go on none.
fn characters(word: &[u8]) -> usize {
    word.iter().filter(|byte| **byte as i8 >= -0x40).count()
}

/// A hash of a word's first and last four bytes and its length, the same for both cases of ASCII letters.
fn hash_of_ends(word: &[u8]) -> u64 {
    let ends = match (word.first_chunk(), word.last_chunk()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => word.iter().fold(0, |ends, byte| ends << 8 | u64::from(*byte)),
    };
    (ends | ONES << 5).wrapping_add(word.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
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
        let found =
            ["Nav", "Straße", "STRAßE", "STRASSE", "Né"].map(|word| table.get_any_case(word).copied());
        assert_eq!(found, [Some(1), Some(2), Some(2), None, None]);
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
