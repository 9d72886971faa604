//! What is done in wide registers: the trees of the labeller, the masks of a block of bytes, the minima of many functions.
//!
//! The one module with `unsafe`: four calls into functions that need certain instructions. Inside, all is safe.
//! Trees are plain code that is compiled once more, for AVX2, and take a fifth less time; what their leaves add is looked up
//! in registers, which no compiler makes of plain code. Masks by SSE2 make the cutting
//! of words about twice as fast as byte by byte; minima by AVX2 are worth a call because the plain x86-64 of 2003 has
//! neither a multiplication nor a minimum for lanes of 32 bits.
#![allow(unsafe_code)]

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
use crate::fingerprint::masks::Masks;

/// What a task returns, compiled for AVX2 and the operations on bits that came with it where the processor has them: so
/// much of the task as is inlined into it.
#[inline]
pub(crate) fn in_wide_registers<R>(task: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        if has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") {
            // SAFETY: `compiled_for_avx2` has no requirement but that the processor knows what was just asked.
            return unsafe { compiled_for_avx2(task) };
        }
    }
    task()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt")]
fn compiled_for_avx2<R>(task: impl FnOnce() -> R) -> R {
    task()
}

/// How many sums are added to together, and how many values there are to choose from.
const SUMS: usize = 32;

/// Adds to each sum the value that is chosen for it: the place of one, modulo their number.
#[inline(always)]
pub(crate) fn add_chosen(sums: &mut [f32; SUMS], values: &[f32; SUMS], chosen: &[u8; SUMS]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: `add_chosen_avx2` has no requirement but that the processor knows AVX2, which was just asked.
        return unsafe { add_chosen_avx2(sums, values, chosen) };
    }
    add_chosen_anywhere(sums, values, chosen);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn add_chosen_avx2(sums: &mut [f32; SUMS], values: &[f32; SUMS], chosen: &[u8; SUMS]) {
    use std::arch::x86_64::{
        __m256, __m256i, _mm_cvtsi64_si128, _mm256_add_ps, _mm256_blendv_ps, _mm256_castps_si256,
        _mm256_castsi256_ps, _mm256_cvtepu8_epi32, _mm256_extract_epi64, _mm256_permutevar8x32_ps,
        _mm256_setr_ps, _mm256_slli_epi32,
    };
    let register = |[a, b, c, d, e, f, g, h]: [f32; 8]| _mm256_setr_ps(a, b, c, d, e, f, g, h);
    let eights = values.as_chunks().0;
    let table = [register(eights[0]), register(eights[1]), register(eights[2]), register(eights[3])];
    for (sums, chosen) in sums.as_chunks_mut::<8>().0.iter_mut().zip(chosen.as_chunks().0) {
        let places: __m256i = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128(i64::from_le_bytes(*chosen)));
        // The lowest three bits choose within a register, the next two a register: as signs they choose where registers blend.
        let within = |register: __m256| _mm256_permutevar8x32_ps(register, places);
        let is_odd = _mm256_castsi256_ps(_mm256_slli_epi32::<28>(places));
        let is_later = _mm256_castsi256_ps(_mm256_slli_epi32::<27>(places));
        let earlier = _mm256_blendv_ps(within(table[0]), within(table[1]), is_odd);
        let later = _mm256_blendv_ps(within(table[2]), within(table[3]), is_odd);
        let sum = _mm256_add_ps(register(*sums), _mm256_blendv_ps(earlier, later, is_later));
        let bits = _mm256_castps_si256(sum);
        let halves = [
            _mm256_extract_epi64::<0>(bits),
            _mm256_extract_epi64::<1>(bits),
            _mm256_extract_epi64::<2>(bits),
            _mm256_extract_epi64::<3>(bits),
        ];
        for (pair, two) in sums.as_chunks_mut::<2>().0.iter_mut().zip(halves) {
            *pair = [f32::from_bits(two as u32), f32::from_bits((two >> 32) as u32)];
        }
    }
}

fn add_chosen_anywhere(sums: &mut [f32; SUMS], values: &[f32; SUMS], chosen: &[u8; SUMS]) {
    for (sum, place) in sums.iter_mut().zip(chosen) {
        *sum += values[usize::from(*place) % SUMS];
    }
}

/// The masks of a block: the same as `masks_anywhere` finds.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline]
pub(crate) fn masks(block: &[u8; 64]) -> Masks {
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

/// How many lanes one column of them is apart from the next in its row: a register of AVX2.
const COLUMNS: usize = 8;
/// How many rows of lanes are computed together: registers of minima that fit beside those that are computed.
const ROWS: usize = 8;

/// What the lanes of a column multiply by, which are `COLUMNS` apart: the first of `ROWS`, and how much more each
/// of the others.
///
/// With steps of one, `first + lane·second`, a pair whose `second` was small and whose `first` was least had nearly all
/// lanes to itself, and a text that lost its shingle had nothing in common with the one before. Factors that look random
/// leave no such pairs but those whose `second` is a multiple of a high power of two.
fn factors(group: usize, column: usize) -> [u32; 2] {
    // Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).
    let mut mixed = ((group * COLUMNS + column) as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    [(mixed >> 32) as u32 | 1, mixed as u32 | 1]
}

/// For each lane, the least `first + factor·second` modulo 2³² over all pairs, which are the halves of `numbers`, with
/// the lane's own factor; `u32::MAX` over none.
pub(crate) fn minima(lanes: usize, numbers: &[u64]) -> Vec<u32> {
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
        _mm256_setr_epi32,
    };
    let mut all = Vec::with_capacity(lanes.next_multiple_of(COLUMNS * ROWS));
    while all.len() < lanes {
        let of_columns: [[u32; 2]; COLUMNS] =
            std::array::from_fn(|at| factors(all.len() / (COLUMNS * ROWS), at));
        let register = |which: usize| {
            let [a, b, c, d, e, f, g, h] = of_columns.map(|factors| factors[which] as i32);
            _mm256_setr_epi32(a, b, c, d, e, f, g, h)
        };
        let (starts, steps) = (register(0), register(1));
        let mut least = [_mm256_set1_epi32(-1); ROWS];
        for &number in numbers {
            let (first, second) =
                (_mm256_set1_epi32((number >> 32) as i32), _mm256_set1_epi32(number as i32));
            let step = _mm256_mullo_epi32(second, steps);
            let mut values = _mm256_add_epi32(first, _mm256_mullo_epi32(second, starts));
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
    let factors: Vec<u32> = (0..lanes)
        .map(|lane| {
            let [start, step] = factors(lane / (COLUMNS * ROWS), lane % COLUMNS);
            start.wrapping_add(step.wrapping_mul((lane / COLUMNS % ROWS) as u32))
        })
        .collect();
    let mut least = vec![u32::MAX; lanes];
    for &number in numbers {
        let (first, second) = ((number >> 32) as u32, number as u32);
        for (least, factor) in least.iter_mut().zip(&factors) {
            *least = (*least).min(first.wrapping_add(second.wrapping_mul(*factor)));
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
            prop_assert_eq!(minima(lanes, &numbers), minima_anywhere(lanes, &numbers));
        }

        #[test]
        fn wide_registers_choose_the_same_values(
            sums in prop::array::uniform32(-9.0f32..9.0),
            values in prop::array::uniform32(-1.0f32..1.0),
            chosen in any::<[u8; SUMS]>(),
        ) {
            let (mut wide, mut plain) = (sums, sums);
            add_chosen(&mut wide, &values, &chosen);
            add_chosen_anywhere(&mut plain, &values, &chosen);
            prop_assert_eq!(wide, plain);
        }
    }
}
