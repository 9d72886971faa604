//! What sixty-four bytes of text are, as bit masks: bit `i` tells of byte `i`.

/// The kinds of bytes in a block. A byte of no kind is ASCII that no word goes on over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Masks {
    /// ASCII letters and digits.
    pub(crate) plain: u64,
    /// `.` `,` `:` `;` `'` and `&`: what may join two words if it stands alone between them.
    pub(crate) mark: u64,
    /// Bytes that are not ASCII, the `&` that may begin an entity, and `_`, which joins words even next to other
    /// punctuation.
    pub(crate) awkward: u64,
}

/// Returns the masks of a block, by wide instructions where there are some.
#[inline]
pub(crate) fn masks(block: &[u8; 64]) -> Masks {
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    return crate::simd::masks(block);
    #[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
    return masks_anywhere(block);
}

/// Returns the masks of a block, byte by byte.
#[cfg(any(test, not(all(target_arch = "x86_64", target_feature = "sse2"))))]
pub(crate) fn masks_anywhere(block: &[u8; 64]) -> Masks {
    let collect = |kind: fn(u8) -> bool| {
        block.iter().enumerate().fold(0, |mask, (i, &byte)| mask | u64::from(kind(byte)) << i)
    };
    Masks {
        plain: collect(|b| b.is_ascii_alphanumeric()),
        mark: collect(|b| b".,:;'&".contains(&b)),
        awkward: collect(|b| !b.is_ascii() || b == b'&' || b == b'_'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_instructions_find_the_same_masks() {
        for start in 0..=u8::MAX {
            let block = std::array::from_fn(|i| start.wrapping_add((i as u8).wrapping_mul(37)));
            assert_eq!(masks(&block), masks_anywhere(&block));
        }
    }
}
