//! The one mixing step that every hash of the scheme is made of, and its constants.
//!
//! The step is the folded multiplication of wyhash (Wang Yi, 2019, public domain): the two halves of a 128-bit
//! product, combined with exclusive or. It is quick and mixes well; it is not meant to withstand someone who
//! searches for collisions.

/// Mixes two numbers into one.
#[inline]
pub(crate) const fn fold_multiply(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}

// wyhash's secrets, of version 4 and then of version 3, and from SplitMix64 (Steele, Lea and Flood, 2014) a multiplier
// and the step, the golden ratio. They are part of the scheme: another constant is another scheme.
pub(crate) const WORD_SEED: u64 = 0x2d35_8dcc_aa6c_78a5;
pub(crate) const WORD: u64 = 0x8bb8_4b93_962e_acc9;
pub(crate) const PAIR: [u64; 2] = [0x4b33_a62e_d433_d4a3, 0x4d5a_2da5_1de1_aa47];
pub(crate) const SHINGLE: [u64; 2] = [0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db];
pub(crate) const EXACT: [u64; 2] = [0x8ebc_6af0_9c88_c6e3, 0x5899_65cc_7537_4cc3];
pub(crate) const SECOND_HALF: u64 = 0xbf58_476d_1ce4_e5b9;
pub(crate) const PLACE: u64 = 0x9e37_79b9_7f4a_7c15;
