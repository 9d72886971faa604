//! SimHash: a text as one number whose bits change little when the text does.

use super::hash::{SECOND_HALF, fold_multiply};
use super::shingle::Shingles;

/// A SimHash of 64 bits, for those who store one number per text.
///
/// Method: Charikar, *Similarity estimation techniques from rounding algorithms* (2002), in the form of Manku, Jain
/// and Das Sarma, *Detecting near-duplicates for web crawling* (2007). Every shingle votes on every bit, as often
/// as it occurs in the text. A bit with as many votes for as against is 0.
///
/// It tells almost identical texts at a small [`distance`](SimHash64::distance). It does not tell truncated or
/// furnished copies: compare [`Fingerprint`](super::Fingerprint)s for those.
///
/// # Examples
///
/// ```
/// use unfurnish::{Shingles, SimHash64};
///
/// let text = "The minister resigned on Monday after a long dispute over the budget of the coming year.";
/// let one = SimHash64::of(&Shingles::of(text));
/// let other = SimHash64::of(&Shingles::of(&text.to_uppercase()));
/// assert_eq!(one.distance(other), 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimHash64(u64);

impl SimHash64 {
    /// Returns the SimHash of a text's shingles; 0 for none.
    #[must_use]
    pub fn of(shingles: &Shingles) -> Self {
        Self::of_hashes(shingles.hashes())
    }

    /// Returns the SimHash of features that were hashed elsewhere, each as often as it weighs.
    ///
    /// # Examples
    ///
    /// ```
    /// use unfurnish::SimHash64;
    ///
    /// assert_eq!(SimHash64::of_hashes(&[0b110, 0b100, 0b011]).to_bits(), 0b110);
    /// ```
    #[must_use]
    pub fn of_hashes(hashes: &[u64]) -> Self {
        let [bits] = majority(hashes, |h| [h]);
        Self(bits)
    }

    /// Returns the number itself.
    #[must_use]
    pub fn to_bits(self) -> u64 {
        self.0
    }

    /// Returns the SimHash that a number is.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Returns the number of bits that differ, 0 to 64.
    #[must_use]
    pub fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// A SimHash of 128 bits; its lower half is the [`SimHash64`] of the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimHash128(u128);

impl SimHash128 {
    /// Returns the SimHash of a text's shingles; 0 for none.
    #[must_use]
    pub fn of(shingles: &Shingles) -> Self {
        let [low, high] = majority(shingles.hashes(), |h| [h, fold_multiply(h, SECOND_HALF)]);
        Self(u128::from(high) << 64 | u128::from(low))
    }

    /// Returns the number itself.
    #[must_use]
    pub fn to_bits(self) -> u128 {
        self.0
    }

    /// Returns the SimHash that a number is.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// Returns the lower half.
    #[must_use]
    pub fn half(self) -> SimHash64 {
        SimHash64(self.0 as u64)
    }

    /// Returns the number of bits that differ, 0 to 128.
    #[must_use]
    pub fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// Numbers side by side, which processors add and combine at once.
type Wide<const N: usize> = [u64; N];

/// The bits that are set in more than half of the numbers that `each` makes.
///
/// All columns are counted at once: `planes[i]` holds bit `i` of every column's count, and numbers are added
/// eight at a time by carry-save adders (Harley and Seal, see Warren, *Hacker's Delight*, section 5-1).
#[inline]
fn majority<const N: usize>(numbers: &[u64], each: impl Fn(u64) -> Wide<N>) -> Wide<N> {
    let (blocks, rest) = numbers.as_chunks::<8>();
    let [mut ones, mut twos, mut fours] = [[0; N]; 3];
    let mut higher = [[0; N]; 61];
    for block in blocks {
        let [a, b, c, d, e, f, g, h] = block.map(&each);
        let (a, b) = (add(&mut ones, a, b), add(&mut ones, c, d));
        let (c, d) = (add(&mut ones, e, f), add(&mut ones, g, h));
        let (e, f) = (add(&mut twos, a, b), add(&mut twos, c, d));
        ripple(&mut higher, add(&mut fours, e, f));
    }
    let mut planes = [[0; N]; 64];
    [planes[0], planes[1], planes[2]] = [ones, twos, fours];
    planes[3..].copy_from_slice(&higher);
    for &number in rest {
        ripple(&mut planes, each(number));
    }
    more_than(&planes, numbers.len() as u64 / 2)
}

/// Adds two numbers to a plane and returns the carries.
#[inline]
fn add<const N: usize>(plane: &mut Wide<N>, a: Wide<N>, b: Wide<N>) -> Wide<N> {
    let mut carry = [0; N];
    for i in 0..N {
        let either = plane[i] ^ a[i];
        carry[i] = (plane[i] & a[i]) | (either & b[i]);
        plane[i] = either ^ b[i];
    }
    carry
}

#[inline]
fn ripple<const N: usize>(planes: &mut [Wide<N>], mut carry: Wide<N>) {
    for plane in planes {
        if carry == [0; N] {
            break;
        }
        for i in 0..N {
            (plane[i], carry[i]) = (plane[i] ^ carry[i], plane[i] & carry[i]);
        }
    }
}

/// The columns whose count is greater than `bound`.
fn more_than<const N: usize>(planes: &[Wide<N>; 64], bound: u64) -> Wide<N> {
    let (mut greater, mut equal) = ([0; N], [u64::MAX; N]);
    // A count is at most twice the bound and one.
    let bits = (u64::BITS - bound.leading_zeros() + 1) as usize;
    for (place, plane) in planes.iter().enumerate().take(bits).rev() {
        for i in 0..N {
            if bound >> place & 1 == 0 {
                greater[i] |= equal[i] & plane[i];
                equal[i] &= !plane[i];
            } else {
                equal[i] &= plane[i];
            }
        }
    }
    greater
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition: count every bit.
    fn counted(numbers: &[u64]) -> u64 {
        (0..64).fold(0, |bits, i| {
            let votes: usize = numbers.iter().filter(|&&n| n >> i & 1 == 1).count();
            bits | u64::from(votes > numbers.len() / 2) << i
        })
    }

    proptest! {
        #[test]
        fn adding_by_planes_counts_like_counting(
            numbers in prop::collection::vec(prop_oneof![any::<u64>(), 0u64..4], 0..100)
        ) {
            prop_assert_eq!(majority(&numbers, |n| [n]), [counted(&numbers)]);
            let negated: Vec<u64> = numbers.iter().map(|n| !n).collect();
            prop_assert_eq!(majority(&numbers, |n| [!n, n]), [counted(&negated), counted(&numbers)]);
        }
    }

    #[test]
    fn the_half_of_the_long_one_is_the_short_one() {
        let shingles =
            Shingles::of("Some words that are long enough to make more than a few shingles of them.");
        assert_eq!(SimHash128::of(&shingles).half(), SimHash64::of(&shingles));
    }
}
