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
    /// What the words of all blocks say, and of running text.
    pub(super) said: i64,
    pub(super) prose_said: i64,
}

impl Sums {
    /// Adds a block.
    pub(super) fn add(&mut self, own: &Own) {
        self.blocks += 1;
        self.words += own.words;
        self.bytes += own.bytes;
        self.linked += own.linked;
        self.said += i64::from(own.said.all());
        if own.is_prose {
            self.prose_said += i64::from(own.said.all());
            self.prose_words += own.words;
            self.prose_blocks += 1;
        }
    }

    /// What the words of a block say on average, of all and of running text; in quarters of what is said.
    pub(super) fn mean_said(&self) -> [i32; 2] {
        let mean = |said: i64, blocks: u32| (said * 4 / i64::from(blocks.max(1))) as i32;
        [mean(self.said, self.blocks), mean(self.prose_said, self.prose_blocks)]
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
            said: self.said - earlier.said,
            prose_said: self.prose_said - earlier.prose_said,
        }
    }
}
