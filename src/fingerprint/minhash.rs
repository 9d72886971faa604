//! MinHash lanes, for systems that store and band them.

use super::hash::{LANES, LANES_MIX, fold_multiply};
use super::shingle::Shingles;
use super::simd;

/// Lanes of a [`MinHash`] unless another number is asked for: the number that most stores expect.
pub const DEFAULT_LANES: usize = 128;

/// A MinHash: the smallest value of the shingles under each of many hash functions.
///
/// The share of equal lanes estimates the Jaccard similarity of two sets of shingles (Broder, *On the resemblance
/// and containment of documents*, 1997); the functions are `a·x + b` modulo 2³² over shingles that are hashed
/// already. Lanes are `u32`: a chance agreement of two unlike lanes is rarer than one in a hundred million for
/// texts of ten thousand words.
///
/// [`Index`](crate::Index) and [`Clusters`](crate::Clusters) do not use lanes; they compare the sketch within each
/// [`Fingerprint`](super::Fingerprint), which also tells containment.
///
/// # Examples
///
/// ```
/// use unfurnish::{MinHash, Shingles};
///
/// let text = "The minister resigned on Monday after a long dispute over the budget of the coming year.";
/// let one = MinHash::of(&Shingles::of(text));
/// let other = MinHash::of(&Shingles::of(&text.replace("Monday", "Tuesday")));
/// assert_eq!(one.lanes().len(), 128);
/// assert!(one.similarity(&other).is_some_and(|s| s > 0.3 && s < 0.9));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MinHash {
    lanes: Box<[u32]>,
}

impl MinHash {
    /// Returns the 128 lanes of a text's shingles.
    #[must_use]
    pub fn of(shingles: &Shingles) -> Self {
        Self::with_lanes(shingles, DEFAULT_LANES)
    }

    /// Returns as many lanes as asked for. The first of many are the few: 64 lanes are the first half of 128.
    ///
    /// *Complexity*: shingles times lanes.
    #[must_use]
    pub fn with_lanes(shingles: &Shingles, lanes: usize) -> Self {
        let functions: Vec<(u32, u32)> = (0..lanes as u64).map(function).collect();
        let short: Vec<u32> = shingles.short_hashes().collect();
        Self { lanes: simd::minima(&functions, &short).into() }
    }

    /// Returns the lanes; all are `u32::MAX` for a text without words.
    #[must_use]
    pub fn lanes(&self) -> &[u32] {
        &self.lanes
    }

    /// Returns the estimated Jaccard similarity, or nothing if the numbers of lanes differ or there are none.
    ///
    /// Texts without words are similar to nothing.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> Option<f32> {
        if self.lanes.len() != other.lanes.len() || self.lanes.is_empty() {
            return None;
        }
        let equal = self.lanes.iter().zip(&other.lanes).filter(|(a, b)| a == b && **a != u32::MAX).count();
        Some(equal as f32 / self.lanes.len() as f32)
    }
}

/// The function of lane `i`: its factor, which is odd, and its summand.
fn function(i: u64) -> (u32, u32) {
    let random = fold_multiply(LANES.wrapping_mul(i + 1), LANES_MIX);
    (random as u32 | 1, (random >> 32) as u32)
}
