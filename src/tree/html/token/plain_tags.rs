//! Start tags of nothing but a short name, behind which are tags and text: pages have the same few again and again, and then
//! they are known by their bytes.

use crate::tree::tag::Tag;

/// So many are remembered: lists and tables have three or four in turns.
const PLACES: usize = 16;

/// Those met last.
#[derive(Debug)]
pub(super) struct PlainTags([PlainTag; PLACES]);

#[derive(Clone, Copy, Debug)]
struct PlainTag {
    tag: Tag,
    /// How many bytes it has, from `<` to `>`.
    length: u8,
    /// Which bits of eight bytes it takes, and what they are.
    mask: u64,
    written: u64,
}

impl Default for PlainTags {
    fn default() -> Self {
        /// No start tag: nothing is like it.
        const NONE: PlainTag = PlainTag { tag: Tag::Other, length: 0, mask: 0, written: 1 };
        Self([NONE; PLACES])
    }
}

impl PlainTags {
    /// The one that these bytes begin with, if it is remembered, and how many of them it has.
    #[inline]
    pub(super) fn first_in(&self, eight: u64) -> Option<(Tag, usize)> {
        let PlainTag { tag, length, mask, written } = self.0[place(eight)];
        (eight & mask == written).then_some((tag, length.into()))
    }

    /// Remembers the one in the first bytes of these eight.
    #[inline]
    pub(super) fn remember(&mut self, tag: Tag, length: usize, eight: u64) {
        let mask = u64::MAX >> (u64::BITS - u8::BITS * length as u32);
        self.0[place(eight)] = PlainTag { tag, length: length as u8, mask, written: eight & mask };
    }
}

/// Where the one is remembered that these bytes begin with: its first two letters tell, or its letter and what ends it.
#[inline]
fn place(eight: u64) -> usize {
    /// Of six odd factors that were tried none puts fewer of the common names in one place.
    const FACTOR: u16 = 0x9e3b;
    usize::from(((eight >> u8::BITS) as u16).wrapping_mul(FACTOR)) / (usize::from(u16::MAX) / PLACES + 1)
}
