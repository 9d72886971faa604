//! The verdict without a model: density of words and links, then the neighbours'.
//!
//! Kohlschütter, Fankhauser, Nejdl, "Boilerplate Detection using Shallow Text Features" (WSDM 2010), and
//! jusText (Pomikálek 2011), in a few lines.

use super::facts::{Ending, Fact, Facts};
use super::model::Scores;
use crate::block::BlockKind;

/// How likely each block is a part of the article, and how good the article will be.
pub(crate) fn scores(facts: &Facts<'_>) -> Scores {
    let alone: Vec<f32> = (0..facts.len()).map(|at| alone(facts, at)).collect();
    let block: Vec<f32> = (0..alone.len()).map(|at| with_neighbours(facts, &alone, at)).collect();
    let page = page_score(facts, &block);
    Scores { block, page }
}

/// How sure the likely blocks are, weighed by their length; a page with little such text is no article.
fn page_score(facts: &Facts<'_>, scores: &[f32]) -> f32 {
    let (mut sum, mut words) = (0.0, 0.0);
    for (fact, score) in facts.of.iter().zip(scores).filter(|(_, score)| **score >= 0.5) {
        sum += score * fact.words as f32;
        words += fact.words as f32;
    }
    // Fifty words: below that, the most a page can be is a note.
    if words == 0.0 { 0.0 } else { sum / words * (words / (words + 50.0)) }
}

/// What a block looks like by itself.
fn alone(facts: &Facts<'_>, at: usize) -> f32 {
    let Fact { words, link_share, ending, .. } = facts.of[at];
    match facts.kind(at) {
        BlockKind::Code => return 0.8,
        BlockKind::Control => return 0.02,
        _ => {}
    }
    if link_share > 0.5 {
        return 0.05;
    }
    match (words, ending) {
        (20.., Ending::Stop) => 0.95,
        (8.., Ending::Stop | Ending::Colon) => 0.85,
        (20.., Ending::Open) => 0.7,
        (.., Ending::Ellipsis) => 0.3,
        (3.., Ending::Stop) => 0.6,
        _ => 0.2,
    }
}

/// Short blocks are what surrounds them: a heading before prose, an item among items.
fn with_neighbours(facts: &Facts<'_>, alone: &[f32], at: usize) -> f32 {
    let own = alone[at];
    if own > 0.65 || facts.of[at].link_share > 0.5 || facts.kind(at) == BlockKind::Control {
        return own;
    }
    let before = alone[..at].iter().rev().take(3).copied().fold(0.0, f32::max);
    let after = alone[at + 1..].iter().take(3).copied().fold(0.0, f32::max);
    if facts.kind(at).is_heading() {
        return if after > 0.8 { 0.8 } else { 0.2 };
    }
    if before > 0.8 && after > 0.8 { own.max(0.55) } else { own.min(0.4) }
}
