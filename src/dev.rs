//! What `training/` needs of the inside of the crate: blocks and features as plain numbers.
//!
//! No API: this module exists only with the feature `training` and changes whenever training does.

use crate::feature::{self, SHIPPED, Weights};
use crate::tree::Tree;
use crate::{Limits, Page, block};

/// A page's blocks with everything that training reads.
#[derive(Debug, Default)]
pub struct Dump {
    /// The text of each block.
    pub texts: Vec<String>,
    /// The features of each block, [`width`] bytes each.
    pub features: Vec<u8>,
    /// The hashed names of all elements above each block.
    pub names: Vec<Vec<u16>>,
    /// The place of each block: blocks at like places share it.
    pub places: Vec<u32>,
    /// How much of each block is also in the title, in 64ths.
    pub title_share: Vec<u8>,
    /// The hashed words and pairs of words of each block, their group in the high byte.
    pub grams: Vec<Vec<u32>>,
}

/// Tables of weights other than those shipped: of names, of words.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'w>(pub &'w [u8; 1 << 14], pub &'w [u8; 1 << 17]);

impl<'w> Tables<'w> {
    fn weights(self) -> Weights<'w> {
        Weights { names: self.0, words: self.1 }
    }
}

/// How many features a block has.
pub fn width() -> usize {
    feature::WIDTH
}

/// What the features are called.
pub fn names() -> Vec<String> {
    feature::names()
}

/// What the features of the second look are called.
pub fn second_names() -> Vec<String> {
    feature::second_names()
}

/// The features of the second look, a row a block, given the first scores of a page's blocks.
pub fn second(page: &Page<'_>, weights: Tables<'_>, scores: &[f32]) -> Vec<u8> {
    let limits = Limits::default();
    let tree = Tree::of(page, &limits);
    let blocks = block::split(&tree, &limits, &mut Vec::new(), Default::default());
    let features = feature::measure_with(&tree, &blocks, weights.weights(), false);
    let rows: Vec<usize> = (0..features.len()).collect();
    let look = feature::SecondLook::new(&features, scores, &rows);
    let mut row = [0; feature::ROW];
    let mut all = Vec::with_capacity(features.len() * feature::SECOND_WIDTH);
    for at in 0..features.len() {
        look.write(at, &mut row);
        all.extend_from_slice(&row[feature::WIDTH..][..feature::SECOND_WIDTH]);
    }
    all
}

/// Measures a page; `weights` are those of names, [`None`] those shipped.
pub fn dump(page: &Page<'_>, weights: Option<Tables<'_>>) -> Dump {
    let limits = Limits::default();
    let tree = Tree::of(page, &limits);
    let blocks = block::split(&tree, &limits, &mut Vec::new(), Default::default());
    let weights = weights.map_or(SHIPPED, |tables| tables.weights());
    let features = feature::measure_with(&tree, &blocks, weights, true);
    let rows = blocks.records.len();
    let mut dump = Dump { features: Vec::with_capacity(rows * feature::WIDTH), ..Dump::default() };
    let trace = &features.trace;
    let mut own: Vec<Vec<u16>> = vec![Vec::new(); trace.parents.len()];
    for &(container, bucket) in &trace.buckets {
        own[container as usize].push(bucket);
    }
    let mut cells = [0; feature::ROW];
    for (row, record) in blocks.records.iter().enumerate() {
        features.write(row, &mut cells);
        dump.texts.push(blocks.text_of(record).to_owned());
        dump.features.extend_from_slice(&cells[..feature::WIDTH]);
        dump.places.push(features.place_of(row) as u32);
        let mut names = Vec::new();
        let mut at = trace.of_block[row];
        loop {
            names.extend_from_slice(&own[at as usize]);
            let parent = trace.parents[at as usize];
            if parent == at {
                break;
            }
            at = parent;
        }
        names.sort_unstable();
        names.dedup();
        dump.names.push(names);
    }
    dump.title_share = features.trace.title_share;
    dump.grams = features.trace.grams;
    dump
}

/// Goes part of the way with a page, for measuring time: 0 its tree, 1 its blocks, 2 its features, 3 its
/// scores. Gives a number that depends on the work.
pub fn go(page: &Page<'_>, steps: u8) -> usize {
    let limits = Limits::default();
    let tree = Tree::of(page, &limits);
    if steps == 0 {
        return tree.nodes().len();
    }
    let blocks = block::split(&tree, &limits, &mut Vec::new(), Default::default());
    if steps == 1 {
        return blocks.records.len();
    }
    let features = feature::measure_with(&tree, &blocks, SHIPPED, false);
    if steps == 2 {
        return features.words.len();
    }
    crate::label::model::score(&features, page.format()).block.iter().filter(|score| **score > 0.5).count()
}
