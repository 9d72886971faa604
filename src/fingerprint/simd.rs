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

/// For each lane `i`, the least `first + i·second` modulo 2³² over all pairs, which are the halves of `numbers`;
/// `u32::MAX` over none.
pub(super) fn minima(lanes: usize, numbers: &[u64]) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: `minima_avx2` has no requirement but that the processor knows AVX2, which was just asked.
        return unsafe { minima_avx2(lanes, numbers) };
    }
    minima_anywhere(lanes, numbers)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn minima_avx2(lanes: usize, numbers: &[u64]) -> Vec<u32> {
    minima_anywhere(lanes, numbers)
}

/// Lanes in a register of AVX2, and registers of minima that fit beside those that are computed.
const WIDTH: usize = 8;
const REGISTERS: usize = 8;

#[inline(always)]
fn minima_anywhere(lanes: usize, numbers: &[u64]) -> Vec<u32> {
    let mut all = Vec::with_capacity(lanes.next_multiple_of(WIDTH * REGISTERS));
    while all.len() < lanes {
        let multiples: [u32; WIDTH] = std::array::from_fn(|i| (all.len() + i) as u32);
        let mut least = [[u32::MAX; WIDTH]; REGISTERS];
        for &number in numbers {
            let (first, second) = ((number >> 32) as u32, number as u32);
            let mut values = multiples.map(|m| first.wrapping_add(second.wrapping_mul(m)));
            let step = second.wrapping_mul(WIDTH as u32);
            for least in &mut least {
                for (least, value) in least.iter_mut().zip(&mut values) {
                    *least = (*least).min(*value);
                    *value = value.wrapping_add(step);
                }
            }
        }
        all.extend_from_slice(least.as_flattened());
    }
    all.truncate(lanes);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn wide_registers_find_the_same_minima(lanes in 0usize..200, numbers in prop::collection::vec(any::<u64>(), 0..50)) {
            let value = |lane: usize, n: u64| ((n >> 32) as u32).wrapping_add((lane as u32).wrapping_mul(n as u32));
            let naive: Vec<u32> =
                (0..lanes).map(|i| numbers.iter().map(|&n| value(i, n)).min().unwrap_or(u32::MAX)).collect();
            prop_assert_eq!(&minima_anywhere(lanes, &numbers), &naive);
            prop_assert_eq!(&minima(lanes, &numbers), &naive);
        }
    }
}
