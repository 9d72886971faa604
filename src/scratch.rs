//! Memory that one extraction leaves to the next.

use crate::article::Article;
use crate::block::Blocks;
use crate::tree;

/// The memory of earlier extractions, for [`Extractor::extract_into`](crate::Extractor::extract_into).
///
/// It belongs to no extractor and to no kind of page. Whatever a page left there has no effect on the next but
/// on speed. One scratch serves one thread at a time.
#[derive(Default)]
pub struct Scratch {
    pub(crate) tree: tree::Memory,
    blocks: Blocks,
    /// The last article.
    pub(crate) article: Article,
    /// Whether nothing is to be kept: for an extraction on its own, memory that is free again at once is worth
    /// more than memory for the next.
    is_for_one: bool,
}

impl Scratch {
    /// A scratch that keeps nothing.
    pub(crate) fn once() -> Self {
        Self { is_for_one: true, ..Self::default() }
    }

    pub(crate) fn take_blocks(&mut self) -> Blocks {
        core::mem::take(&mut self.blocks)
    }

    pub(crate) fn keep_blocks(&mut self, blocks: Blocks) {
        if !self.is_for_one {
            self.blocks = blocks;
        }
    }

    pub(crate) fn take_article(&mut self) -> Article {
        core::mem::take(&mut self.article)
    }
}

impl core::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}
