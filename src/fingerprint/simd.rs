//! What is done in wide registers: the masks of a block of bytes, and the minima of many functions.
//!
//! The one module with `unsafe`: two calls into functions that need certain instructions. Inside, all is safe.
//! Masks by SSE2 make the cutting of words about twice as fast as byte by byte; minima by AVX2 are worth a call
//! because the plain x86-64 of 2003 has neither a multiplication nor a minimum for lanes of 32 bits.
#![allow(unsafe_code)]

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
use super::masks::Masks;

/// The masks of a block: the same as `masks_anywhere` finds.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
pub(super) fn masks(block: &[u8; 64]) -> Masks {
    // SAFETY: `masks_sse2` has no requirement but that the processor knows SSE2, and this function only exists
    // where all code is compiled for processors that do.
    unsafe { masks_sse2(block) }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[target_feature(enable = "sse2")]
#[inline]
fn masks_sse2(block: &[u8; 64]) -> Masks {
    use std::arch::x86_64::{
        __m128i, _mm_add_epi8, _mm_and_si128, _mm_cmpeq_epi8, _mm_min_epu8, _mm_movemask_epi8, _mm_or_si128,
        _mm_set_epi64x, _mm_set1_epi8,
    };
    let mut masks = Masks { plain: 0, mark: 0, awkward: 0 };
    let (halves, _) = block.as_chunks::<8>();
    for (i, pair) in halves.chunks_exact(2).enumerate() {
        let bytes = _mm_set_epi64x(i64::from_le_bytes(pair[1]), i64::from_le_bytes(pair[0]));
        let all = |byte: u8| _mm_set1_epi8(byte as i8);
        let at_most = |x: __m128i, most: u8| _mm_cmpeq_epi8(_mm_min_epu8(x, all(most)), x);
        let bits = |x: __m128i| u64::from(_mm_movemask_epi8(x) as u16) << (16 * i);
        // Shifted so that the first of a range becomes 0, the range is one comparison of unsigned bytes.
        let letter =
            at_most(_mm_add_epi8(_mm_or_si128(bytes, all(0x20)), all(b'a'.wrapping_neg())), b'z' - b'a');
        let digit = at_most(_mm_add_epi8(bytes, all(b'0'.wrapping_neg())), 9);
        // `.` and `,`, `'` and `&`, `:` and `;` differ in one bit each.
        let either = |bit: u8, byte: u8| _mm_cmpeq_epi8(_mm_and_si128(bytes, all(!bit)), all(byte));
        let mark = _mm_or_si128(_mm_or_si128(either(2, b','), either(1, b'&')), either(1, b':'));
        let begins = _mm_or_si128(_mm_cmpeq_epi8(bytes, all(b'&')), _mm_cmpeq_epi8(bytes, all(b'_')));
        masks.plain |= bits(_mm_or_si128(letter, digit));
        masks.mark |= bits(mark);
        // A byte that is not ASCII has its highest bit set, the one that is collected.
        masks.awkward |= bits(_mm_or_si128(bytes, begins));
    }
    masks
}

/// For each function `(a, b)`, the least `a·x + b` modulo 2³² over all `x`; `u32::MAX` over none.
pub(super) fn minima(functions: &[(u32, u32)], numbers: &[u32]) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: `minima_avx2` has no requirement but that the processor knows AVX2, which was just asked.
        return unsafe { minima_avx2(functions, numbers) };
    }
    minima_anywhere(functions, numbers)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn minima_avx2(functions: &[(u32, u32)], numbers: &[u32]) -> Vec<u32> {
    minima_anywhere(functions, numbers)
}

/// Lanes computed together: four AVX2 registers of minima, four of factors and four of summands fit into sixteen.
const TOGETHER: usize = 32;

#[inline(always)]
fn minima_anywhere(functions: &[(u32, u32)], numbers: &[u32]) -> Vec<u32> {
    let mut all = Vec::with_capacity(functions.len());
    for some in functions.chunks(TOGETHER) {
        let mut factors = [0; TOGETHER];
        let mut summands = [0; TOGETHER];
        for (i, &(factor, summand)) in some.iter().enumerate() {
            (factors[i], summands[i]) = (factor, summand);
        }
        let mut least = [u32::MAX; TOGETHER];
        for &x in numbers {
            for i in 0..TOGETHER {
                least[i] = least[i].min(factors[i].wrapping_mul(x).wrapping_add(summands[i]));
            }
        }
        all.extend_from_slice(&least[..some.len()]);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wide_registers_find_the_same_minima(
            functions in prop::collection::vec(any::<(u32, u32)>(), 0..100),
            numbers in prop::collection::vec(any::<u32>(), 0..50),
        ) {
            let naive: Vec<u32> = functions
                .iter()
                .map(|(a, b)| numbers.iter().map(|x| a.wrapping_mul(*x).wrapping_add(*b)).min().unwrap_or(u32::MAX))
                .collect();
            prop_assert_eq!(&minima_anywhere(&functions, &numbers), &naive);
            prop_assert_eq!(&minima(&functions, &numbers), &naive);
        }
    }
}
