//! Chapter five: numbers and words → a verdict for each block.

mod kind;
pub(crate) mod model;

pub use kind::{Label, ParseLabelError};

use crate::block::Blocks;
use crate::extractor::Settings;
use crate::feature::Features;
use crate::metadata::Metadata;
use crate::tree::Tree;
use std::borrow::Cow;

/// What was decided about a block, and why.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) label: Label,
    /// How likely the block is a part of the article, 0 to 1.
    pub(crate) score: f32,
    /// The rule that gave the label; rule names are promises.
    pub(crate) rule: &'static str,
    /// What the rule saw.
    pub(crate) detail: Cow<'static, str>,
    pub(crate) is_kept: bool,
    /// Whether the block was put together from parts of a broken paragraph.
    pub(crate) is_joined: bool,
}

/// The rule that takes a block for the words that stand for a picture.
pub(crate) const ALT_TEXT_RULE: &str = "alt-text";

/// What was decided about a page.
pub(crate) struct Judgement {
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) score: f32,
}

/// Decides about every block.
pub(crate) fn judge(
    _tree: &Tree<'_>,
    blocks: &Blocks,
    features: &Features,
    _metadata: &Metadata,
    settings: &Settings,
) -> Judgement {
    let mut verdicts = Vec::new();
    for at in 0..blocks.records.len() {
        let kept = features.words[at] >= 10 && features.link_share[at] < 0.5;
        let label = if kept { Label::Body } else { Label::Other };
        verdicts.push(Verdict {
            label,
            score: if kept { 0.9 } else { 0.1 },
            rule: "density",
            detail: Cow::Borrowed(""),
            is_kept: (kept || settings.keep.contains(&label)) && !settings.drop.contains(&label),
            is_joined: false,
        });
    }
    Judgement { verdicts, score: 0.5 }
}

pub(crate) fn join_broken_paragraphs(_blocks: &mut Blocks, _verdicts: &mut [Verdict]) {}
