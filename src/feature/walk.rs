//! One walk down the page and one up again: what came before each block, what comes next.

use super::container::Containers;
use super::own::{Own, heading_level};
use super::page::PageFacts;
use crate::block::Blocks;
use crate::tree::Tree;

/// What a walk down the page and one up again know at a block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Walk {
    /// Blocks and words since the last heading, its level.
    pub(super) since_heading: u32,
    pub(super) words_since_heading: u32,
    pub(super) heading_level: u8,
    /// Blocks since the last and until the next running text, and how long that is.
    pub(super) since_prose: u32,
    pub(super) last_prose: u32,
    pub(super) until_prose: u32,
    pub(super) next_prose: u32,
    pub(super) until_heading: u32,
    /// Blocks since the `h1`: 0 before it.
    pub(super) since_h1: u32,
    pub(super) words_since_h1: u32,
    /// What the last heading says of the blocks below it, and the block before of the one behind it.
    pub(super) heading_said: i32,
    pub(super) before_said: i32,
    /// The worst that a heading or a short block has said so far, blocks since then, words since then.
    pub(super) worst_said: i32,
    pub(super) since_worst: u32,
    pub(super) words_since_worst: u32,
    /// The way from the block before and from the last running text: elements left, elements entered.
    pub(super) from_before: (u8, u8),
    pub(super) from_prose: (u8, u8),
}

/// What the walk up the page knows at a block.
#[derive(Clone, Copy, Debug)]
struct Ahead {
    until_prose: u32,
    next_prose: u32,
    until_heading: u32,
}

/// What the walk down the page and the walk up know at each block, told from the first on.
pub(super) fn walk(
    blocks: &Blocks,
    owns: &[Own],
    facts: &PageFacts,
    tree: &Tree<'_>,
    containers: &Containers,
    mut tell: impl FnMut(usize, &Walk),
) {
    let ahead = look_ahead(owns);
    let h1 = facts.first_h1.map(|id| id..tree.node(id).end());
    let mut walk = Walk { since_heading: 9999, since_prose: 9999, ..Walk::default() };
    let (mut before, mut last_prose) = (0, 0);
    let rows = owns.iter().zip(&blocks.records).zip(&containers.of_block).zip(ahead);
    for (at, (((own, record), &container), ahead)) in rows.enumerate() {
        walk.from_before = containers.way(before, container);
        walk.from_prose = containers.way(last_prose, container);
        before = container;
        if own.is_heading {
            walk.since_heading = 0;
            walk.words_since_heading = 0;
            walk.heading_level = heading_level(record.kind);
            walk.heading_said = own.said.heading;
        }
        if h1.as_ref().is_some_and(|h1| h1.contains(&record.node)) {
            walk.since_h1 = 1;
            walk.words_since_h1 = 0;
        }
        Ahead {
            until_prose: walk.until_prose,
            next_prose: walk.next_prose,
            until_heading: walk.until_heading,
        } = ahead;
        tell(at, &walk);
        walk.before_said = own.said.next;
        let said = if own.is_heading { own.said.heading.min(own.said.all()) } else { own.said.all() };
        if said < walk.worst_said && !own.is_prose {
            (walk.worst_said, walk.since_worst, walk.words_since_worst) = (said, 0, 0);
        }
        walk.since_worst += 1;
        walk.words_since_worst += own.words;
        walk.since_heading += 1;
        walk.words_since_heading += own.words;
        if walk.since_h1 > 0 {
            walk.since_h1 += 1;
            walk.words_since_h1 += own.words;
        }
        walk.since_prose += 1;
        if own.is_prose {
            walk.since_prose = 0;
            last_prose = container;
            walk.last_prose = own.words;
        }
    }
}

/// The walk up the page.
fn look_ahead(owns: &[Own]) -> Vec<Ahead> {
    let mut all = Vec::with_capacity(owns.len());
    let mut ahead = Ahead { until_prose: 9999, next_prose: 0, until_heading: 9999 };
    for own in owns.iter().rev() {
        all.push(ahead);
        ahead.until_prose += 1;
        ahead.until_heading += 1;
        if own.is_prose {
            (ahead.until_prose, ahead.next_prose) = (0, own.words);
        }
        if own.is_heading {
            ahead.until_heading = 0;
        }
    }
    all.reverse();
    all
}
