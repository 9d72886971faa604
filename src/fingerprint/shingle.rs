//! Shingles: every run of four words as one hash, and what else one reading of the text yields.

use super::hash::{EXACT, PAIR, PLACE, SHINGLE, fold_multiply};
use super::words::for_each_word;

/// Words in a shingle.
///
/// Measured on two corpora of syndicated articles with known copies: with three words, phrases that the language
/// itself repeats link unlike reports; with five, one typo spoils more of a short report. Four had the best pair F1
/// at a precision above 0.998 on both.
pub(crate) const SHINGLE_WORDS: usize = 4;

/// The shingles of a text: what every sketch is made from.
///
/// A shingle is a run of four words of the folded text, as a 64-bit hash. Case, accents, punctuation, kinds of
/// quotation marks, undecoded entities, invisible characters and the usual mojibake do not change it. In scripts
/// without spaces a word is one character, so the shingles there are runs of four characters. A text of one to
/// three words is a single shingle.
///
/// A fingerprint is made of shingles by itself; this type is for those who want several sketches of one text, or
/// [`MinHash`](super::MinHash) lanes for a system that stores those.
///
/// # Examples
///
/// ```
/// use unfurnish::Shingles;
///
/// let one = Shingles::of("The “minister” resigned on Monday.");
/// let other = Shingles::of("THE &quot;MINISTER&quot; RESIGNED ON MONDAY");
/// assert_eq!(one.hashes(), other.hashes());
/// assert_eq!((one.words(), one.hashes().len()), (5, 2));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Shingles {
    /// One hash for each word, those of the first words not yet of a whole shingle.
    hashes: Vec<u64>,
    figures: Vec<u32>,
    incomplete: usize,
    words: u32,
}

impl Shingles {
    /// Returns the shingles of a text.
    ///
    /// *Complexity*: linear in the length of the text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut shingles = Self::default();
        shingles.read(text);
        shingles
    }

    /// Replaces these shingles by those of another text, in the same memory.
    pub fn read(&mut self, text: &str) {
        // English has a word for every six bytes, and a text is at most all words of one letter.
        const BYTES_PER_WORD: usize = 6;
        self.hashes.clear();
        self.hashes.reserve(text.len() / BYTES_PER_WORD);
        self.figures.clear();
        for_each_word(text, |word| {
            if word.is_figure {
                self.figures.push((word.hash >> 32) as u32);
            }
            self.hashes.push(word.hash);
        });
        // Words become shingles in a loop of their own: within the cutting of words it has too few registers.
        let mut last = 0;
        let mut pairs = [0; SHINGLE_WORDS - 2];
        for hash in &mut self.hashes {
            let pair = fold_multiply(last ^ PAIR[0], *hash ^ PAIR[1]);
            last = *hash;
            *hash = fold_multiply(pairs[0] ^ SHINGLE[0], pair ^ SHINGLE[1]);
            pairs = [pairs[1], pair];
        }
        self.words = u32::try_from(self.hashes.len()).unwrap_or(u32::MAX);
        self.incomplete = self.hashes.len().min(SHINGLE_WORDS - 1);
        if (1..SHINGLE_WORDS).contains(&self.hashes.len()) {
            // The last two pairs hold all of two or three words.
            self.hashes.push(fold_multiply(pairs[0] ^ SHINGLE[1], pairs[1] ^ SHINGLE[0]));
        }
    }

    /// Returns the hash of every shingle, in the order of the text, repetitions included.
    #[must_use]
    pub fn hashes(&self) -> &[u64] {
        &self.hashes[self.incomplete..]
    }

    /// Returns the number of words; at most `u32::MAX` are counted.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }

    /// The hashes of the words that begin with a digit, repetitions included.
    pub(crate) fn figures(&self) -> &[u32] {
        &self.figures
    }

    /// The hash of all words in their order: of the shingles, which hold it.
    ///
    /// Each shingle is mixed with its place and the results are added, so that no step waits for another.
    pub(crate) fn exact(&self) -> u128 {
        let mut sums = [0u64; 2];
        let mut place = u64::from(self.words);
        for &hash in self.hashes() {
            place = place.wrapping_add(PLACE);
            sums[0] = sums[0].wrapping_add(fold_multiply(hash ^ place, EXACT[0]));
            sums[1] = sums[1].wrapping_add(fold_multiply(hash.rotate_left(32) ^ place, EXACT[1]));
        }
        u128::from(sums[0]) << 64 | u128::from(sums[1])
    }

    /// The 32 bits of a shingle that lanes and sketches look at.
    pub(crate) fn short_hashes(&self) -> impl Iterator<Item = u32> + Clone {
        self.hashes().iter().map(|&h| (h >> 32) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_words_counts() {
        assert_ne!(Shingles::of("dog bites man").exact(), Shingles::of("man bites dog").exact());
        assert_ne!(Shingles::of("a dog bites a man").hashes(), Shingles::of("a man bites a dog").hashes());
    }

    #[test]
    fn a_shingle_depends_on_its_four_words_only() {
        let long = Shingles::of("one two three four five six seven");
        let part = Shingles::of("three four five six");
        assert_eq!(long.hashes()[2], part.hashes()[0]);
        assert_eq!(long.hashes().len(), 4);
    }

    #[test]
    fn tiny_texts_have_one_shingle_and_empty_ones_none() {
        assert!(Shingles::of("").hashes().is_empty());
        assert!(Shingles::of(" …!\n").hashes().is_empty());
        assert_eq!(Shingles::of("Read more").hashes().len(), 1);
        assert_eq!(Shingles::of("Read much more").hashes().len(), 1);
        assert_ne!(Shingles::of("Read much more").hashes(), Shingles::of("Read more").hashes());
        assert_ne!(Shingles::of("Read").hashes(), Shingles::of("More").hashes());
    }

    #[test]
    fn memory_used_again_changes_nothing() {
        let mut again = Shingles::of("Some 12 other words that were here before, 34 of them");
        again.read("Prices rose 3.5 percent");
        let fresh = Shingles::of("Prices rose 3.5 percent");
        assert_eq!(
            (again.hashes(), again.figures(), again.exact()),
            (fresh.hashes(), fresh.figures(), fresh.exact())
        );
    }
}
