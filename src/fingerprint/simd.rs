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
    use std::arch::x86_64::{
        _mm256_add_epi32, _mm256_extract_epi64, _mm256_min_epu32, _mm256_mullo_epi32, _mm256_set1_epi32,
        _mm256_setr_epi32, _mm256_slli_epi32,
    };
    /// Registers of minima that fit beside those that are computed.
    const REGISTERS: usize = 8;
    let mut all = Vec::with_capacity(lanes.next_multiple_of(8 * REGISTERS));
    while all.len() < lanes {
        let from = _mm256_set1_epi32(all.len() as i32);
        let multiples = _mm256_add_epi32(from, _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
        let mut least = [_mm256_set1_epi32(-1); REGISTERS];
        for &number in numbers {
            let (first, second) =
                (_mm256_set1_epi32((number >> 32) as i32), _mm256_set1_epi32(number as i32));
            let step = _mm256_slli_epi32::<3>(second);
            let mut values = _mm256_add_epi32(first, _mm256_mullo_epi32(second, multiples));
            for least in &mut least {
                *least = _mm256_min_epu32(*least, values);
                values = _mm256_add_epi32(values, step);
            }
        }
        for least in least {
            let halves = [
                _mm256_extract_epi64::<0>(least),
                _mm256_extract_epi64::<1>(least),
                _mm256_extract_epi64::<2>(least),
                _mm256_extract_epi64::<3>(least),
            ];
            all.extend(halves.iter().flat_map(|&two| [two as u32, (two >> 32) as u32]));
        }
    }
    all.truncate(lanes);
    all
}

fn minima_anywhere(lanes: usize, numbers: &[u64]) -> Vec<u32> {
    let mut least = vec![u32::MAX; lanes];
    for &number in numbers {
        let mut value = (number >> 32) as u32;
        for least in &mut least {
            *least = value.min(*least);
            value = value.wrapping_add(number as u32);
        }
    }
    least
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
