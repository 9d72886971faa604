//! Chapter four: blocks → numbers.

use crate::block::Blocks;
use crate::metadata::Metadata;
use crate::tree::Tree;

/// What is measured about every block of a page.
#[derive(Debug, Default)]
pub(crate) struct Features {
    /// Share of a block's text that is linked, 0 to 1.
    pub(crate) link_share: Vec<f32>,
    pub(crate) words: Vec<u32>,
}

/// Measures all blocks.
pub(crate) fn measure(_tree: &Tree<'_>, blocks: &Blocks, _metadata: &Metadata) -> Features {
    let mut features = Features::default();
    for record in &blocks.records {
        let linked: usize = blocks
            .marks_of(record)
            .iter()
            .filter(|m| m.link != crate::tree::NO_NODE)
            .map(|m| m.text.len())
            .sum();
        features.link_share.push(linked as f32 / record.text.len().max(1) as f32);
        features.words.push(blocks.text_of(record).split_whitespace().count() as u32);
    }
    features
}
