//! What an index or a corpus will find and need, before it is run.

use super::Similarity;
use crate::fingerprint::SKETCH;

/// What to expect at a similarity: which pairs will be found, and how much memory it takes.
///
/// # Examples
///
/// ```
/// use unfurnish::{Plan, Similarity};
///
/// let plan = Plan::new(Similarity::default(), 1_000_000, 400);
/// assert!(plan.recall(0.8) > 0.999);
/// assert!(plan.recall(0.1) < 0.001);
/// assert!(plan.corpus_bytes() < 4 << 30);
/// for (jaccard, recall) in plan.curve() {
///     println!("{jaccard:.2} {recall:.4}");
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    similarity: Similarity,
    texts: u64,
    words: u32,
}

impl Plan {
    /// Returns the plan for so many texts of so many words.
    #[must_use]
    pub fn new(similarity: Similarity, texts: u64, words: u32) -> Self {
        Self { similarity, texts, words }
    }

    /// Returns the probability that a pair of equally long copies with this Jaccard similarity is found.
    ///
    /// Only chance in the sketches is counted: the shingles are taken to be their own, and the figures to agree.
    #[must_use]
    pub fn recall(&self, jaccard: f64) -> f64 {
        let jaccard = jaccard.clamp(0.0, 1.0);
        let shingles = f64::from(self.words.max(1));
        // Of two equal sets with this Jaccard similarity the union is so much larger than each.
        let union_of = |each: f64| each * 2.0 / (1.0 + jaccard);
        let found = |both: f64, union: f64| {
            let each = (union + both) / 2.0;
            union > 0.0 && (both / union * both / each).sqrt() >= f64::from(self.similarity.get())
        };
        if shingles <= SKETCH as f64 {
            // The sketches are the sets themselves.
            return f64::from(u8::from(found(jaccard * union_of(shingles), union_of(shingles))));
        }
        let union = union_of(SKETCH as f64).round();
        let mut probability = (1.0 - jaccard).powf(union);
        if jaccard == 1.0 {
            return 1.0;
        }
        let mut recall = 0.0;
        for both in 0..=union as u32 {
            let both = f64::from(both);
            if found(both, union) {
                recall += probability;
            }
            probability *= (union - both) / (both + 1.0) * jaccard / (1.0 - jaccard);
        }
        recall.min(1.0)
    }

    /// Returns pairs of a Jaccard similarity and its [`recall`](Self::recall), from 0 to 1 in steps of 0.05.
    pub fn curve(&self) -> impl Iterator<Item = (f64, f64)> {
        let plan = *self;
        (0..=20).map(|step| f64::from(step) / 20.0).map(move |jaccard| (jaccard, plan.recall(jaccard)))
    }

    /// Returns about how many bytes the fingerprints take.
    #[must_use]
    pub fn print_bytes(&self) -> u64 {
        // The fields, and room for twelve figures.
        const FIXED: u64 = 64 + 4 * 12;
        self.texts * (FIXED + 4 * u64::from(self.words.min(SKETCH as u32)))
    }

    /// Returns about how many bytes an [`Index`](super::Index) of these texts takes, with ids of eight bytes.
    #[must_use]
    pub fn index_bytes(&self) -> u64 {
        self.print_bytes()
            + self.texts * (100 + INDEX_BYTES_PER_HASH * u64::from(self.words.min(SKETCH as u32)))
    }

    /// Returns about how many bytes [`Clusters::of`](crate::Clusters::of) takes at most, the fingerprints included.
    #[must_use]
    pub fn corpus_bytes(&self) -> u64 {
        self.print_bytes()
            + self.texts * (200 + CORPUS_BYTES_PER_HASH * u64::from(self.words.min(SKETCH as u32)))
    }
}

/// Measured: a hash map's bucket of 12 bytes at two thirds, and the lists of shared hashes.
const INDEX_BYTES_PER_HASH: u64 = 30;

/// Measured on a million texts that share nearly all hashes, what is sorted at a time included: 4.8 bytes.
const CORPUS_BYTES_PER_HASH: u64 = 6;
