//! `fact-box`: a box with a heading and a list in the middle of the text.
//!
//! **Looks for** an `aside` between two paragraphs of prose, next to them in the mark-up, that holds a heading or a
//! list, no link, no button and no phrase of furniture. **Why** it has a rule: boxes that lead elsewhere, sell or
//! ask have a link or a button; a box without either only tells, and what it tells belongs to the article.
//! **Fact box**: `<aside><h3>The bridge in figures</h3><ul><li>Length: 412 m`. **Not one**: `<aside><h3>Read
//! on</h3><a href=…>`, a pull quote (no heading, no list).
//! **Errs** on boxes about the author without a link.

use crate::block::BlockKind;
use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::tree::tag::Tag;
use crate::tree::{NO_NODE, NodeId, Tree};

/// How far up the `aside` may be: `aside > div > ul > li`.
const ANCESTORS_ASKED: usize = 4;
/// An advertisement and its label may stand between box and prose.
const NEIGHBOURS_ASKED: usize = 3;
/// Longer ones are articles of their own.
const MOST_BLOCKS: usize = 24;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    if facts.is_flat() {
        return;
    }
    // Up to which block prose stands close above: few have some, and without it there is no need to ask what is around one.
    let (mut at, mut close) = (0, 0);
    while at < facts.len() {
        let aside = if at < close { aside_around(facts.tree, facts.blocks.records[at].node) } else { None };
        let Some(aside) = aside else {
            at += 1;
            if facts.of[at - 1].is_prose() {
                close = at + NEIGHBOURS_ASKED;
            }
            continue;
        };
        let stop = facts.tree.node(aside).end();
        let end = (at..facts.len()).find(|&at| facts.blocks.records[at].node >= stop).unwrap_or(facts.len());
        if end - at <= MOST_BLOCKS
            && only_tells(facts, findings, at..end)
            && stands_in_prose(facts, aside, at, end)
        {
            for at in at..end {
                let label = if facts.kind(at).is_heading() { Label::Heading } else { Label::Body };
                findings.add(
                    at,
                    label,
                    "fact-box",
                    Weight::Leans,
                    "a box that only tells, between paragraphs",
                );
            }
        }
        let last_prose = (at..end).rev().take(NEIGHBOURS_ASKED).find(|&at| facts.of[at].is_prose());
        close = last_prose.map_or(close, |prose| prose + 1 + NEIGHBOURS_ASKED);
        at = end.max(at + 1);
    }
}

fn aside_around(tree: &Tree<'_>, node: NodeId) -> Option<NodeId> {
    core::iter::once(node)
        .chain(tree.ancestors(node))
        .take(ANCESTORS_ASKED)
        .find(|&id| tree.node(id).tag == Tag::Aside)
}

/// Whether blocks have a heading or a list, and neither link nor button nor a rule's word on them.
fn only_tells(facts: &Facts<'_>, findings: &Findings, range: core::ops::Range<usize>) -> bool {
    let tells = |at: usize| {
        facts.of[at].phrase.is_none()
            && findings.get(at).is_none()
            && facts.kind(at) != BlockKind::Control
            && facts.blocks.marks_of(&facts.blocks.records[at]).iter().all(|mark| mark.link == NO_NODE)
    };
    let count = range.len();
    let mut range = range.clone();
    let has_shape =
        { range.clone() }.any(|at| facts.kind(at).is_heading() || facts.kind(at) == BlockKind::ListItem);
    count >= 2 && has_shape && range.all(tells)
}

/// Whether prose of the same parent stands above and below.
fn stands_in_prose(facts: &Facts<'_>, aside: NodeId, start: usize, end: usize) -> bool {
    let parent = facts.tree.node(aside).parent;
    let is_beside = |at: usize| {
        let node = facts.blocks.records[at].node;
        facts.of[at].is_prose() && node != aside && facts.tree.node(node).parent == parent
    };
    (start.saturating_sub(NEIGHBOURS_ASKED)..start).any(is_beside)
        && (end..facts.len().min(end + NEIGHBOURS_ASKED)).any(is_beside)
}
