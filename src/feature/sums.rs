//! Sums over runs of blocks.

use super::own::Own;

/// What a run of blocks holds in all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) blocks: u32,
    pub(super) words: u32,
    pub(super) bytes: u32,
    pub(super) linked: u32,
    pub(super) prose_words: u32,
    pub(super) prose_blocks: u32,
}

impl Sums {
    /// Adds a block.
    pub(super) fn add(&mut self, own: &Own) {
        self.blocks += 1;
        self.words += own.words;
        self.bytes += own.bytes;
        self.linked += own.linked;
        if own.is_prose {
            self.prose_words += own.words;
            self.prose_blocks += 1;
        }
    }

    /// What was added since an earlier state.
    pub(super) fn since(&self, earlier: &Self) -> Self {
        Self {
            blocks: self.blocks - earlier.blocks,
            words: self.words - earlier.words,
            bytes: self.bytes - earlier.bytes,
            linked: self.linked - earlier.linked,
            prose_words: self.prose_words - earlier.prose_words,
            prose_blocks: self.prose_blocks - earlier.prose_blocks,
        }
    }
}
