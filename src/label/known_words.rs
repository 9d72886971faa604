//! A few words known by their hashes, as the words of blocks are: what most texts say is told from them by one bit.

use rustc_hash::FxHashSet;

/// For some 280 words: of others one in sixty looks like one of them.
const BITS: usize = 1 << 14;

/// Hashes of words.
pub(super) struct KnownWords {
    /// A bit for each.
    bits: [u64; BITS / 64],
    words: FxHashSet<u32>,
}

impl KnownWords {
    /// Whether a word is one of them.
    pub(super) fn has(&self, word: u32) -> bool {
        let (place, bit) = place_of(word);
        self.bits[place] >> bit & 1 == 1 && self.words.contains(&word)
    }
}

impl FromIterator<u32> for KnownWords {
    fn from_iter<I: IntoIterator<Item = u32>>(words: I) -> Self {
        let mut known = Self { bits: [0; BITS / 64], words: words.into_iter().collect() };
        for word in &known.words {
            let (place, bit) = place_of(*word);
            known.bits[place] |= 1 << bit;
        }
        known
    }
}

/// Where the bit of a word stands.
fn place_of(word: u32) -> (usize, u32) {
    // The lowest bit tells numbers, which no list has.
    let at = (word >> 1) as usize % BITS;
    (at / 64, at as u32 % 64)
}
