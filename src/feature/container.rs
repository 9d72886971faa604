//! The elements around blocks, each measured once.
//!
//! A block is judged by the company it keeps: the list it stands in, the column around that. Blocks below
//! an element are a run of the page's blocks, so sums over prefixes of the page give what any element
//! holds in constant time, and all elements together take time linear in the tree.

use super::names::{self, BUCKETS, Memo, Said};
use super::shape::mix;
use crate::block::Blocks;
use crate::label::Named;
use crate::tree::tag::Tag;
use crate::tree::{NO_NODE, NodeId, Tree};

/// The place of an element in [`Containers`].
pub(super) type ContainerId = u32;

/// Groups of elements to which the distance upwards is measured, in the order of [`Container::up`].
pub(super) const GROUPS: usize = 12;

fn group_of(tag: Tag) -> Option<usize> {
    Some(match tag {
        Tag::Article => 0,
        Tag::Main => 1,
        Tag::Nav | Tag::Menu | Tag::Dir => 2,
        Tag::Aside => 3,
        Tag::Footer => 4,
        Tag::Header => 5,
        Tag::Ul | Tag::Ol | Tag::Dl => 6,
        Tag::Table => 7,
        Tag::Figure | Tag::Figcaption => 8,
        Tag::Form | Tag::Button | Tag::Fieldset | Tag::Dialog => 9,
        Tag::Section => 10,
        Tag::Blockquote => 11,
        _ => return None,
    })
}

/// Ways longer than this tell nothing more, and a limit keeps time linear.
const LONGEST_WAY: u8 = 40;

/// No such element above: what a distance is then.
pub(super) const NOT_THERE: u8 = 63;

/// An element that has blocks below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Container {
    pub(super) tag: Tag,
    /// The element around it, itself for the document.
    pub(super) parent: ContainerId,
    /// The nearest element around it that holds more blocks, itself if there is none.
    pub(super) outer: ContainerId,
    /// The blocks below: from `first` up to and without `end`.
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) depth: u8,
    /// How far up the nearest element of each group is, itself counted as 0.
    pub(super) up: [u8; GROUPS],
    /// Whether one of the elements from here up is the body by `itemprop`.
    pub(super) in_body: bool,
    /// What kind of furniture it holds by its names.
    pub(super) furniture: Option<Named>,
    /// What its names say, and the least, the most and the sum of what names from here up say.
    pub(super) said: i32,
    pub(super) said_least: i32,
    pub(super) said_most: i32,
    pub(super) said_sum: i32,
    /// Its template, and the templates from here up as one hash.
    pub(super) template: u32,
    pub(super) path: u32,
}

/// All elements that have blocks below them, in document order.
#[derive(Debug, Default)]
pub(super) struct Containers {
    pub(super) all: Vec<Container>,
    /// The innermost container of each block.
    pub(super) of_block: Vec<ContainerId>,
    /// The buckets of the names of each container, kept where somebody trains.
    pub(super) buckets: Vec<(ContainerId, u16)>,
}

impl Containers {
    /// Finds and measures the elements around blocks; `keep_buckets` notes their names for training.
    pub(super) fn of(tree: &Tree<'_>, blocks: &Blocks, weights: &[u8; BUCKETS], keep_buckets: bool) -> Self {
        let rows = blocks.records.len();
        // Most blocks have an element of their own and share one with some others.
        let mut found = Self { of_block: Vec::with_capacity(rows), ..Self::default() };
        found.all.reserve(2 * rows);
        // The containers that have not ended, each inside the one before it. A number for each node of the tree took 1.6 bytes for
        // each byte of a page of cells.
        let mut open: Vec<(NodeId, ContainerId)> = Vec::with_capacity(32);
        let mut climb = Vec::with_capacity(32);
        let mut names = Memo::new(tree);
        for (at, record) in blocks.records.iter().enumerate() {
            while open.pop_if(|(node, _)| tree.node(*node).end() <= record.node).is_some() {}
            // The others are around the block, but for those inside the block's own element: text may follow them there.
            let around = open.partition_point(|&(node, _)| node <= record.node);
            let known = open[..around].last().map_or(NO_NODE, |&(node, _)| node);
            let mut node = record.node;
            while node != known && node != NO_NODE {
                climb.push(node);
                node = tree.node(node).parent;
            }
            let mut id = open[..around].last().map_or(0, |&(_, id)| id);
            while let Some(node) = climb.pop() {
                let parent = id;
                id = found.all.len() as ContainerId;
                open.push((node, id));
                let tag = tree.node(node).tag;
                let said = if keep_buckets {
                    names::read(tree, node, tag, weights, |bucket| found.buckets.push((id, bucket)))
                } else {
                    names.read(node, tag, weights)
                };
                found.add(tag, parent, at as u32, said);
            }
            found.all[id as usize].end = at as u32 + 1;
            found.of_block.push(id);
        }
        for id in (1..found.all.len()).rev() {
            let Container { parent, end, .. } = found.all[id];
            let parent = &mut found.all[parent as usize];
            parent.end = parent.end.max(end);
        }
        for id in 1..found.all.len() {
            let Container { parent, first, end, .. } = found.all[id];
            let above = found.all[parent as usize];
            found.all[id].outer = if (above.first, above.end) == (first, end) { above.outer } else { parent };
        }
        found
    }

    /// The way from one element to another: how many steps up to the element around both, how many down.
    pub(super) fn way(&self, from: ContainerId, to: ContainerId) -> (u8, u8) {
        let (mut from, mut to) = (from as usize, to as usize);
        let (mut up, mut down) = (0, 0);
        // Ancestors have smaller numbers, so the larger number always is the one to leave.
        while from != to && up + down < LONGEST_WAY {
            if from > to {
                from = self.all[from].parent as usize;
                up += 1;
            } else {
                to = self.all[to].parent as usize;
                down += 1;
            }
        }
        (up, down)
    }

    fn add(&mut self, tag: Tag, parent: ContainerId, first: u32, said: Said) {
        let id = self.all.len() as ContainerId;
        let mut container = match self.all.get(parent as usize) {
            Some(above) => Container { depth: above.depth.saturating_add(1), ..*above },
            None => Container {
                tag,
                parent,
                outer: id,
                first,
                end: first,
                depth: 0,
                up: [NOT_THERE; GROUPS],
                in_body: false,
                furniture: None,
                said: 0,
                said_least: 0,
                said_most: 0,
                said_sum: 0,
                template: 0,
                path: 0,
            },
        };
        for up in &mut container.up {
            *up += u8::from(*up < NOT_THERE);
        }
        if let Some(group) = group_of(tag) {
            container.up[group] = 0;
        }
        container = Container {
            tag,
            parent,
            outer: parent,
            first,
            end: first,
            in_body: container.in_body || said.is_body,
            furniture: said.furniture,
            said: said.score,
            said_least: container.said_least.min(said.score),
            said_most: container.said_most.max(said.score),
            said_sum: container.said_sum + said.score,
            template: said.template,
            path: mix(container.path.rotate_left(5), said.template),
            ..container
        };
        self.all.push(container);
    }
}
