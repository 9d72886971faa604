//! Branches: what each block hangs from the body by.
//!
//! A paragraph hangs from the body by itself; a box of facts, a teaser or another story hangs from it by an element
//! that holds more, and that differs from the branches beside it. So each block sees the branch it is on: what the
//! first pass thinks of its other blocks, and of like branches of the same element.

use super::Features;
use super::container::{Container, ContainerId, Containers};
use super::family::family;
use super::level::{log, share};
use super::own::tag_code;
use super::place::{below, said};
use super::second::{Mass, SecondLook};
use super::topic::Topic;

/// No branch: the block stands right below an element that holds much of the article.
const NONE: u32 = u32::MAX;

/// An element that holds little of the article, in one that holds much.
#[derive(Clone, Copy, Debug)]
struct Branch {
    container: ContainerId,
    /// Branches of the same element in front, and those of them that are kept.
    in_front: u32,
    kept_in_front: u32,
    /// Its place among [`Branches::alike`].
    alike: u32,
    /// The least and the highest first score of its blocks.
    least: u8,
    most: u8,
}

/// All branches of a page.
#[derive(Debug)]
pub(super) struct Branches {
    all: Vec<Branch>,
    /// The branch that each container is on.
    of_container: Vec<u32>,
    /// How many branches each container has, and how many of them are kept.
    counts: Vec<(u32, u32)>,
    /// Branches of one element with the same template: how many, and what they hold.
    alike: Vec<(u32, Mass)>,
}

impl Branches {
    /// The branches of all elements that hold at least so many twentieths of the kept words.
    pub(super) fn of(features: &Features, inside: &[Mass], logits: &[u8], twentieths: u64) -> Self {
        let (containers, places) = (&features.containers, &features.places);
        let needed = inside.first().map_or(0, |all| u64::from(all.kept) * twentieths).max(1);
        let mut found = Self {
            all: Vec::new(),
            of_container: Vec::with_capacity(inside.len()),
            counts: vec![(0, 0); inside.len()],
            alike: Vec::new(),
        };
        // Elements of one template below one element are at one place, and come before those at it below the next.
        let mut last_alike = vec![(NONE, 0); features.places()];
        for (id, (container, mass)) in containers.all.iter().zip(inside).enumerate() {
            let parent = container.parent as usize;
            let holds_much = parent == id || u64::from(mass.kept) * 20 >= needed;
            let on = if holds_much { NONE } else { found.of_container[parent] };
            if holds_much || on != NONE {
                found.of_container.push(on);
                continue;
            }
            let last = &mut last_alike[places.of_container[id] as usize];
            if last.0 != container.parent {
                *last = (container.parent, found.alike.len() as u32);
                found.alike.push((0, Mass::default()));
            }
            let alike = last.1;
            let (count, held) = &mut found.alike[alike as usize];
            *count += 1;
            held.add(mass);
            let (in_front, kept_in_front) = found.counts[parent];
            found.counts[parent] = (in_front + 1, kept_in_front + u32::from(is_kept(mass)));
            found.of_container.push(found.all.len() as u32);
            let container = id as ContainerId;
            found.all.push(Branch { container, in_front, kept_in_front, alike, least: u8::MAX, most: 0 });
        }
        for (&logit, &container) in logits.iter().zip(&containers.of_block) {
            if let Some(branch) = found.all.get_mut(found.of_container[container as usize] as usize) {
                branch.least = branch.least.min(logit);
                branch.most = branch.most.max(logit);
            }
        }
        found
    }

    /// The cells of a block: zeros where it is on no branch.
    pub(super) fn cells(&self, at: usize, look: &SecondLook<'_>) -> [u8; branch::WIDTH] {
        let Containers { all: containers, of_block, .. } = &look.features.containers;
        let id = of_block[at];
        let Some(on) = self.all.get(self.of_container[id as usize] as usize) else {
            return [0; branch::WIDTH];
        };
        let container = &containers[on.container as usize];
        let (first, end) = (container.first as usize, container.end as usize);
        let parent = &containers[container.parent as usize];
        let mass = &look.inside[on.container as usize];
        let (branches, kept) = self.counts[container.parent as usize];
        let (alike, like) = self.alike[on.alike as usize];
        branch(&View {
            on,
            container,
            at: at as u32,
            mass,
            others: mass.since(&look.sums[at + 1].since(&look.sums[at])),
            before: look.sums[first],
            behind: look.sums[parent.end as usize].since(&look.sums[end]),
            all: look.all,
            of_parent: look.inside[container.parent as usize],
            below: &look.features.below[on.container as usize],
            topic: look.topics[end].since(&look.topics[first]),
            first_score: look.logits[first],
            heading: look.features.heading_level(first),
            branches_behind: branches - on.in_front - 1,
            kept_behind: kept - on.kept_in_front - u32::from(is_kept(mass)),
            alike,
            like,
            depth: containers[id as usize].depth.saturating_sub(container.depth),
            above: 64_u8.saturating_add(parent.depth).saturating_sub(containers[look.homes[0]].depth),
        })
    }
}

fn is_kept(mass: &Mass) -> bool {
    mass.means()[0] >= 128
}

/// A branch as a block on it sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    on: &'a Branch,
    container: &'a Container,
    /// The block that looks.
    at: u32,
    /// What its blocks hold, those but the one that looks, the page in front of it, its parent behind it, all of these.
    mass: &'a Mass,
    others: Mass,
    before: Mass,
    behind: Mass,
    of_parent: Mass,
    all: Mass,
    below: &'a [u8; below::WIDTH],
    topic: Topic,
    /// The first score of its first block; the level of that, if it is a heading.
    first_score: u8,
    heading: u8,
    branches_behind: u32,
    kept_behind: u32,
    /// How many branches of its parent have its template, what they hold with it.
    alike: u32,
    like: Mass,
    /// Elements between it and the block; the depth of its parent, 64 being that of the body.
    depth: u8,
    above: u8,
}

/// A part of the kept words.
fn share_of_kept(part: &Mass, whole: &Mass) -> u8 {
    share(part.kept / 256, (whole.kept / 256).max(1))
}

family! {
    /// The branch that a block is on.
    branch(view: &View<'_>) {
        "blocks in front on the branch" => log(view.at - view.container.first),
        "blocks behind on the branch" => log(view.container.end - view.at - 1),
        "words of the branch" => log(view.mass.words),
        "link share of the branch" => view.below[1],
        "words per block of the branch" => view.below[3],
        "prose share of the branch" => view.below[5],
        "words' mean of the branch" => view.below[6],
        "mean score of the branch's other words" => view.others.means()[0],
        "mean score of the branch's other blocks" => view.others.means()[1],
        "least score of the branch" => view.on.least,
        "highest score of the branch" => view.on.most,
        "score of the branch's first block" => view.first_score,
        "heading of the branch" => view.heading,
        "element of the branch" => tag_code(view.container.tag),
        "names of the branch" => said(view.container.said, 1),
        "all names of the branch" => said(view.container.said_sum, 2),
        "depth in the branch" => view.depth,
        "depth of the branch's parent" => view.above,
        "branches in front" => log(view.on.in_front),
        "branches behind" => log(view.branches_behind),
        "kept branches in front" => log(view.on.kept_in_front),
        "kept branches behind" => log(view.kept_behind),
        "kept words behind in the branch's parent" => log(view.behind.kept / 256),
        "share of kept words before the branch" => share_of_kept(&view.before, &view.all),
        "branches alike" => log(view.alike),
        // Alone a branch would only meet itself again.
        "mean score of branches alike" => if view.alike > 1 { view.like.since(view.mass).means()[0] } else { 128 },
        "share of its parent's kept words in branches alike" => share_of_kept(&view.like, &view.of_parent),
        "words of the branch also in the article" => share(view.topic.kept, view.topic.rare),
        "words of the branch also in the article's beginning" => share(view.topic.early, view.topic.rare),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Blocks;
    use crate::feature::{SHIPPED, measure_with};
    use crate::tree::Tree;
    use crate::{Limits, Page};

    /// Three paragraphs and a box below one element; the box holds a heading and a paragraph.
    const PAGE: &str = "<body><nav><a href=/>Home</a></nav><div><p>The harbour was closed on Monday.<p>A ship ran \
        aground at the mouth of the river.<aside><h3>The ship</h3><p>Built in 1998, it is slow.</aside><p>Tugs came.";

    fn cells_of(scores: &[f32]) -> Vec<[u8; branch::WIDTH]> {
        let page = Page::html(PAGE);
        let tree = Tree::of(&page, &Limits::default());
        let blocks = crate::block::split(&tree, &Limits::default(), &mut Vec::new(), Blocks::default());
        let features = measure_with(&tree, &blocks, SHIPPED, false);
        assert_eq!(features.len(), scores.len());
        let rows: Vec<usize> = (0..features.len()).collect();
        let look = SecondLook::new(&features, scores, &rows);
        let of_body = Branches::of(&features, &look.inside, &look.logits, 15);
        (0..scores.len()).map(|at| of_body.cells(at, &look)).collect()
    }

    fn cell(cells: &[u8; branch::WIDTH], name: &str) -> u8 {
        cells[branch::NAMES.iter().position(|known| *known == name).expect("a known name")]
    }

    #[test]
    fn blocks_of_a_box_see_its_best_and_worst_and_paragraphs_only_themselves() {
        let cells = cells_of(&[0.0, 0.9, 0.9, 0.1, 0.6, 0.9]);
        let range = |at: usize| {
            [cell(&cells[at], "least score of the branch"), cell(&cells[at], "highest score of the branch")]
        };
        assert_eq!(range(3), range(4));
        assert!(range(3)[0] < 128 && range(3)[1] > 128);
        for paragraph in [1, 2, 5] {
            assert_eq!(range(paragraph)[0], range(paragraph)[1]);
        }
        assert_eq!(cell(&cells[4], "score of the branch's first block"), range(4)[0]);
    }

    #[test]
    fn paragraphs_have_their_like_beside_them_and_a_box_has_none() {
        let cells = cells_of(&[0.0, 0.9, 0.9, 0.1, 0.6, 0.9]);
        let alike: Vec<u8> = cells.iter().map(|cells| cell(cells, "branches alike")).collect();
        assert_eq!(alike[1..], [log(3), log(3), log(1), log(1), log(3)]);
        assert_eq!(cell(&cells[3], "mean score of branches alike"), 128);
        assert!(cell(&cells[1], "mean score of branches alike") > 200);
    }

    #[test]
    fn a_page_of_which_nothing_is_kept_has_branches_too() {
        assert!(cells_of(&[0.0; 6]).iter().all(|cells| cell(cells, "highest score of the branch") < 128));
    }
}
