//! The minima of many functions over many numbers, with the widest registers at hand.
//!
//! The one module with `unsafe`: a single call from code for any processor into the same code compiled for AVX2.
//! It is worth it because the plain x86-64 of 2003 has neither a multiplication nor a minimum for lanes of 32 bits.
#![allow(unsafe_code)]

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
