//! Fingerprints: what of a text is kept to find its copies.
//!
//! text → [words](words) of the [folded](fold) text → [shingles](shingle) → [SimHash](simhash),
//! [MinHash](minhash), and the [sketch](sketch) that copies are verified by → [bytes](encode).

mod encode;
mod fold;
mod hash;
pub(crate) mod masks;
mod minhash;
mod shingle;
mod simhash;
mod sketch;
mod words;

pub use encode::FingerprintError;
pub use minhash::{DEFAULT_LANES, MinHash};
pub use shingle::Shingles;
pub use simhash::{SimHash64, SimHash128};

pub(crate) use fold::{Sink, fold_into};
pub(crate) use hash::fold_multiply;
pub(crate) use shingle::SHINGLE_WORDS;
pub(crate) use words::for_each_folded_word;
#[cfg(feature = "bench")]
pub(crate) use words::for_each_word;

/// Hashes in a sketch.
///
/// Measured: 64 lose nothing but a little precision on short reports, 256 gain nothing. With 128 the standard error
/// of a similarity is at most 0.044, and a sketch has the size of the usual MinHash.
pub(crate) const SKETCH: usize = 128;

/// Figures kept: more than an ordinary article has.
pub(crate) const FIGURES: usize = 32;

/// Shingles below which a text is no evidence: eight shingles are eleven words, about one sentence. Shorter texts,
/// "Read more" and "Page not found", are alike without being copies.
const WEAK: usize = 8;

/// The fingerprint of a text: enough to find and verify its copies without the text.
///
/// It holds a 128-bit hash of the folded words, a 128-bit SimHash, the number of words, and a sketch: the 128
/// smallest hashes of its shingles and the 32 smallest of its figures. About 700 bytes, less for short texts.
///
/// Equal folded words give equal fingerprints, and the fingerprint of a text is the same on every platform and in
/// every release, unless the [`VERSION`](Fingerprint::VERSION) of the scheme changes. The hashes are not
/// cryptographic: whoever knows the scheme can make two texts with one fingerprint.
///
/// # Examples
///
/// ```
/// use unfurnish::Fingerprint;
///
/// let body = "The minister resigned on Monday after a long dispute over the budget of the coming year.";
/// let print = Fingerprint::of(body);
/// assert_eq!(print, Fingerprint::of(&body.to_uppercase()));
/// assert_eq!(print.words(), 16);
/// assert!(!print.is_weak());
/// assert!(Fingerprint::of("Read more").is_weak());
///
/// let stored = print.to_string();
/// assert_eq!(stored.parse::<Fingerprint>()?, print);
/// # Ok::<(), unfurnish::FingerprintError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Fingerprint {
    exact: u128,
    simhash: u128,
    words: u32,
    /// The sketch of the shingles, then that of the figures.
    hashes: Box<[u32]>,
    shingles: u8,
}

impl Fingerprint {
    /// The version of the scheme: of folding, words, hashes and sizes. Only fingerprints of one version compare.
    pub const VERSION: u8 = 1;

    /// Returns the fingerprint of a text.
    ///
    /// Give it the article's body: what else stands on the page makes unlike pages alike. A text without words has
    /// a fingerprint too, which matches nothing.
    ///
    /// *Complexity*: linear in the length of the text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Fingerprinter::new().print(text)
    }

    /// Returns whether the text is too short to be evidence of copying: fewer than eight different shingles, about
    /// eleven words. Weak fingerprints match nothing, not even one another.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.sketch().len() < WEAK
    }

    /// Returns the hash of the folded words in their order. Texts that differ only in case, accents, punctuation,
    /// white space and damage to characters have the same.
    #[must_use]
    pub fn exact(&self) -> u128 {
        self.exact
    }

    /// Returns the SimHash of 64 bits.
    #[must_use]
    pub fn simhash64(&self) -> SimHash64 {
        self.simhash128().half()
    }

    /// Returns the SimHash of 128 bits.
    #[must_use]
    pub fn simhash128(&self) -> SimHash128 {
        SimHash128::from_bits(self.simhash)
    }

    /// Returns the number of words.
    #[must_use]
    pub fn words(&self) -> u32 {
        self.words
    }

    /// The smallest shingle hashes, sorted.
    pub(crate) fn sketch(&self) -> &[u32] {
        &self.hashes[..usize::from(self.shingles)]
    }

    /// The smallest figure hashes, sorted.
    pub(crate) fn figures(&self) -> &[u32] {
        &self.hashes[usize::from(self.shingles)..]
    }

    /// The sketch holds every shingle hash of the text up to here.
    pub(crate) fn bound(&self) -> u32 {
        sketch::bound(self.sketch(), SKETCH)
    }

    /// The sketch holds every figure hash of the text up to here.
    pub(crate) fn figure_bound(&self) -> u32 {
        sketch::bound(self.figures(), FIGURES)
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fingerprint")
            .field("exact", &format_args!("{:032x}", self.exact))
            .field("simhash", &format_args!("{:032x}", self.simhash))
            .field("words", &self.words)
            .field("shingles", &self.sketch().len())
            .field("figures", &self.figures().len())
            .finish()
    }
}

/// Makes many fingerprints in the same memory.
///
/// # Examples
///
/// ```
/// use unfurnish::{Fingerprint, Fingerprinter};
///
/// let mut printer = Fingerprinter::new();
/// for text in ["One text.", "And another."] {
///     assert_eq!(printer.print(text), Fingerprint::of(text));
/// }
/// ```
#[derive(Debug, Default)]
pub struct Fingerprinter {
    shingles: Shingles,
    scratch: Vec<u32>,
    sketch: Vec<u32>,
    figures: Vec<u32>,
}

impl Fingerprinter {
    /// Returns a maker of fingerprints with no memory yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the fingerprint of a text, the same as [`Fingerprint::of`].
    pub fn print(&mut self, text: &str) -> Fingerprint {
        self.shingles.read(text);
        let shingles = &self.shingles;
        sketch::smallest(
            shingles.short_hashes(),
            shingles.hashes().len(),
            SKETCH,
            &mut self.scratch,
            &mut self.sketch,
        );
        let figures = shingles.figures();
        sketch::smallest(
            figures.iter().copied(),
            figures.len(),
            FIGURES,
            &mut self.scratch,
            &mut self.figures,
        );
        let mut hashes = Vec::with_capacity(self.sketch.len() + self.figures.len());
        hashes.extend_from_slice(&self.sketch);
        hashes.extend_from_slice(&self.figures);
        Fingerprint {
            exact: shingles.exact(),
            simhash: SimHash128::of(shingles).to_bits(),
            words: shingles.words(),
            hashes: hashes.into(),
            shingles: self.sketch.len() as u8,
        }
    }
}

/// A fingerprint has a shingle count of one byte.
const _: () = assert!(SKETCH <= u8::MAX as usize);
