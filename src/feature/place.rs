//! Where a block stands: in the page, below which elements, next to what.

use super::container::Container;
use super::family::family;
use super::level::{count, log, share};
use super::own::tag_code;
use super::sums::Sums;
use super::walk::Walk;
use crate::tree::tag::Tag;

/// A step to a candidate for the article's container.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Step {
    /// 128 inside; below before it, above behind it, farther the farther.
    pub(super) side: u8,
    /// Inside: how many elements further in.
    pub(super) depth: u8,
}

impl Step {
    /// The step from a block in `container` to a candidate.
    pub(super) fn between(at: u32, container: &Container, candidate: &Container) -> Self {
        if at < candidate.first {
            Self { side: 128 - log(candidate.first - at).min(127), depth: 255 }
        } else if at >= candidate.end {
            Self { side: 128 + log(at - candidate.end + 1).min(127), depth: 255 }
        } else {
            Self { side: 128, depth: container.depth.saturating_sub(candidate.depth) }
        }
    }
}

/// A signed sum of name weights as a byte: 128 says nothing.
pub(super) fn said(score: i32, scale: i32) -> u8 {
    (score / scale).clamp(-128, 127).wrapping_add(128) as u8
}

family! {
    /// Features of the place in the page.
    place(at: u32, before: &Sums, all: &Sums, walk: &Walk) {
        "place in the page" => share(at, all.blocks),
        "share of text before" => share(before.words, all.words),
        "words before" => log(before.words),
        "words after" => log(all.words - before.words),
        "blocks before" => log(at),
        "blocks after" => log(all.blocks - at),
        "prose before" => log(before.prose_words),
        "prose after" => log(all.prose_words - before.prose_words),
        "share of prose before" => share(before.prose_words, all.prose_words),
        "blocks since the last heading" => log(walk.since_heading),
        "words since the last heading" => log(walk.words_since_heading),
        "level of the last heading" => walk.heading_level,
        "blocks until the next heading" => log(walk.until_heading),
        "blocks since the last prose" => log(walk.since_prose),
        "length of the last prose" => log(walk.last_prose),
        "blocks until the next prose" => log(walk.until_prose),
        "length of the next prose" => log(walk.next_prose),
        "blocks since the h1" => log(walk.since_h1),
        "words since the h1" => log(walk.words_since_h1),
        "what the last heading says" => said(walk.heading_said, 1),
        "what the block before says" => said(walk.before_said, 1),
        "worst said so far" => said(walk.worst_said, 1),
        "blocks since the worst said" => log(walk.since_worst),
        "words since the worst said" => log(walk.words_since_worst),
        "elements left since the block before" => walk.from_before.0,
        "elements entered since the block before" => walk.from_before.1,
        "elements left since the last prose" => walk.from_prose.0,
        "elements entered since the last prose" => walk.from_prose.1,
    }
}

family! {
    /// Features of the elements above.
    above(own: &Container, out: &[&Container; 4], parent_tag: Tag, twins: &[u32; 4], at: u32) {
        "up to article" => own.up[0],
        "up to main" => own.up[1],
        "up to nav" => own.up[2],
        "up to aside" => own.up[3],
        "up to footer" => own.up[4],
        "up to header" => own.up[5],
        "up to a list" => own.up[6],
        "up to a table" => own.up[7],
        "up to a figure" => own.up[8],
        "up to a form" => own.up[9],
        "up to section" => own.up[10],
        "up to a quotation" => own.up[11],
        "depth" => own.depth,
        "inside itemprop articleBody" => u8::from(own.in_body),
        "parent element" => tag_code(parent_tag),
        "element one out" => tag_code(out[1].tag),
        "element two out" => tag_code(out[2].tag),
        "own names" => said(own.said, 1),
        "names one out" => said(out[1].said, 1),
        "names two out" => said(out[2].said, 1),
        "names three out" => said(out[3].said, 1),
        "worst name above" => said(own.said_least, 1),
        "best name above" => said(own.said_most, 1),
        "all names above" => said(own.said_sum, 2),
        "names above one out" => said(out[1].said_sum, 2),
        "names above two out" => said(out[2].said_sum, 2),
        "blocks in front, one out" => log(at - out[1].first),
        "blocks behind, one out" => log(out[1].end - at - 1),
        "blocks in front, two out" => log(at - out[2].first),
        "blocks behind, two out" => log(out[2].end - at - 1),
        "blocks in front, three out" => log(at - out[3].first),
        "blocks behind, three out" => log(out[3].end - at - 1),
        "elements like its own" => count(twins[0]),
        "elements like the one out" => count(twins[1]),
        "elements like the two out" => count(twins[2]),
        "elements like the three out" => count(twins[3]),
    }
}

family! {
    /// Features of the text below an element.
    below(inside: &Sums, all: &Sums) {
        "words" => log(inside.words),
        "link share" => share(inside.linked, inside.bytes),
        "blocks" => log(inside.blocks),
        "words per block" => log(inside.words * 4 / inside.blocks.max(1)),
        "share of the page's prose" => share(inside.prose_words, all.prose_words),
        "prose share" => share(inside.prose_words, inside.words),
        "words' mean" => said(inside.mean_said()[0], 1),
        "words' mean of prose" => said(inside.mean_said()[1], 1),
    }
}

family! {
    /// Features of the blocks at like places.
    alike(alike: &Sums, since: u32, run: u32, same_template: u32, before: bool, after: bool) {
        "blocks at like places" => log(alike.blocks),
        "words per block at like places" => log(alike.words * 4 / alike.blocks.max(1)),
        "link share at like places" => share(alike.linked, alike.bytes),
        "prose share at like places" => share(alike.prose_words, alike.words),
        "place in the run of like blocks" => log(since),
        "length of the run of like blocks" => log(run),
        "blocks of the same template" => log(same_template),
        "words' mean at like places" => said(alike.mean_said()[0], 1),
        "like the block before" => u8::from(before),
        "like the block after" => u8::from(after),
    }
}

family! {
    /// Features of the way to the likely containers of the article.
    candidates(half: Step, most: Step, nearly_all: Step, best: Step, best_share: u32, all_share: u32) {
        "side of half of the prose" => half.side,
        "depth inside half of the prose" => half.depth,
        "side of most of the prose" => most.side,
        "depth inside most of the prose" => most.depth,
        "side of nearly all prose" => nearly_all.side,
        "depth inside nearly all prose" => nearly_all.depth,
        "side of the likeliest container" => best.side,
        "depth inside the likeliest container" => best.depth,
        "prose in the likeliest container" => share(best_share, all_share),
    }
}
