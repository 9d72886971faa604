//! Eight bytes looked at as one word, the first of them the lowest.
//!
//! What is found stands in the highest bits of the bytes. (Warren, *Hacker's Delight*, 2nd edition, section 6-1.)

/// One in each byte.
pub(crate) const ONES: u64 = u64::from_ne_bytes([1; 8]);
/// The highest bit of each byte.
pub(crate) const HIGHS: u64 = ONES << 7;

/// Marks the bytes that equal `byte`. The lowest mark is always right, and so is that there is none; above the lowest
/// there may be marks too many.
#[inline]
pub(crate) fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * u64::from(byte)), 1)
}

/// Marks the bytes below `byte`, which is at most 128, likewise.
#[inline]
pub(crate) fn below(word: u64, byte: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(byte)) & !word & HIGHS
}

/// How many bytes are meant.
#[inline]
pub(crate) fn count(bytes: &[u8], is_meant: impl Fn(u8) -> bool) -> usize {
    /// Counts of a byte are added fastest, in wide registers.
    const PIECE: usize = u8::MAX as usize;
    let count = |piece: &[u8]| usize::from(piece.iter().map(|byte| u8::from(is_meant(*byte))).sum::<u8>());
    bytes.chunks(PIECE).map(count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_is_meant_has_the_lowest_mark() {
        let first = |marks: u64| marks.trailing_zeros() as usize / 8;
        for byte in 0..=u8::MAX {
            for other in [0, 1, b' ', b'a', 0x7f, 0x80, 0xff] {
                for at in 0..8 {
                    let mut bytes = [other; 8];
                    bytes[at] = byte;
                    let word = u64::from_le_bytes(bytes);
                    for meant in [0, 1, b' ', b'!', b'"', 0x7f, 0x80] {
                        let is_equal = bytes.iter().position(|byte| *byte == meant).unwrap_or(8);
                        assert_eq!(first(equal(word, meant)), is_equal, "{meant} in {bytes:?}");
                        let is_below = bytes.iter().position(|byte| *byte < meant).unwrap_or(8);
                        assert_eq!(first(below(word, meant)), is_below, "{meant} in {bytes:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn bytes_are_counted_as_one_by_one() {
        for length in [0, 1, 16, 254, 255, 256, 600] {
            let bytes: Vec<u8> = (0..length).map(|at: usize| (at * at / 7) as u8).collect();
            for is_meant in [|_| true, |byte| byte % 3 == 0] {
                assert_eq!(count(&bytes, is_meant), bytes.iter().filter(|byte| is_meant(**byte)).count());
            }
        }
    }
}
