//! MinHash lanes, for systems that store and band them.

use super::shingle::Shingles;
use crate::simd;

/// Lanes of a [`MinHash`] unless another number is asked for: the number that most stores expect.
pub const DEFAULT_LANES: usize = 128;

/// A MinHash: the smallest value of the shingles under each of many hash functions.
///
/// The share of equal lanes estimates the Jaccard similarity of two sets of shingles (Broder, *On the resemblance
/// and containment of documents*, 1997). A lane is the least `x + f·y` modulo 2³², where `x` and `y` are the halves
/// of a shingle's hash and `f` is the lane's own factor: the double hashing of Kirsch and Mitzenmacher, *Less hashing, same
/// performance* (2006), without its runs of like lanes. Lanes are `u32`: a chance agreement of two unlike lanes is rarer than
/// one in a hundred million for texts of ten thousand words.
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
        Self { lanes: simd::minima(lanes, shingles.hashes()).into() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_estimate_as_well_as_independent_ones_would() {
        // Pairs of sets that share half of all: the estimate's mean and variance over many.
        let words = |from: usize, to: usize| (from..to).map(|i| format!("w{i} ")).collect::<String>();
        let pairs = 400;
        let (mut sum, mut squares) = (0.0, 0.0);
        for pair in 0..pairs {
            let start = pair * 1000;
            let one = MinHash::of(&Shingles::of(&words(start, start + 303)));
            let other = MinHash::of(&Shingles::of(&words(start + 100, start + 403)));
            let estimate = f64::from(one.similarity(&other).unwrap_or(0.0));
            (sum, squares) = (sum + estimate, squares + estimate * estimate);
        }
        let n = pairs as f64;
        let (mean, variance) = (sum / n, squares / n - (sum / n).powi(2));
        assert!((mean - 0.5).abs() < 0.01, "mean {mean}");
        let independent = 0.5 * 0.5 / DEFAULT_LANES as f64;
        assert!(variance < 1.3 * independent, "{variance} where {independent} is expected");
    }
}
