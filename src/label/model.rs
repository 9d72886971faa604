//! The learned labeller: how likely each block is a part of the article, how good the article will be.
//!
//! Two passes of boosted trees. The first sees a block, its place and the page; the second also sees what
//! the first thinks of the blocks around (`feature::look_again`). A curve fitted on pages that the trees
//! had not seen turns sums into probabilities. What was learned, from which pages and with which scores
//! stands in MODEL.md; `training/` makes `model.bin` anew.

mod decode;
mod trees;

use crate::Format;
use crate::feature::{Features, WIDTH, look_again};
use std::sync::LazyLock;
use trees::{Reader, Table, Trees};

pub(crate) use decode::threshold;

/// What the model says about a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scores {
    /// How likely each block is a part of the article; calibrated.
    pub(crate) block: Vec<f32>,
    /// The word F1 that the article can be expected to have.
    pub(crate) page: f32,
}

/// The shipped models: one for pages with mark-up, one for bare text and Markdown.
static SHIPPED: LazyLock<[Model; 2]> = LazyLock::new(|| {
    let mut reader = Reader(include_bytes!("model.bin"));
    [Model::read(&mut reader), Model::read(&mut reader)]
});

/// Judges a page's blocks.
pub(crate) fn score(features: &Features, format: Format) -> Scores {
    let [marked_up, bare] = &*SHIPPED;
    match format {
        Format::Html => marked_up.score(features),
        Format::Markdown | Format::Text => bare.score(features),
    }
}

/// Two passes of trees and their calibration.
#[derive(Clone, Debug, Default)]
struct Model {
    first: Trees,
    second: Trees,
    /// From sums of the second pass to probabilities: points of a rising curve, linear in between.
    block_curve: Curve,
    /// From the expected F1 that the probabilities imply to the one that was met.
    page_curve: Curve,
}

impl Model {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            first: Trees::read(reader),
            second: Trees::read(reader),
            block_curve: Curve::read(reader),
            page_curve: Curve::read(reader),
        }
    }

    fn score(&self, features: &Features) -> Scores {
        let first = self.first_scores(features);
        let second = look_again(features, &first);
        let sums = self.second.sums(&Table::new(&features.columns, Some(&second), WIDTH));
        let block: Vec<f32> = sums.into_iter().map(|sum| self.block_curve.at(sum)).collect();
        let page = self.page_curve.at(decode::expected_f1(&block, features));
        Scores { block, page }
    }

    /// Probabilities of the first pass, as the second was trained with: not calibrated.
    fn first_scores(&self, features: &Features) -> Vec<f32> {
        let sums = self.first.sums(&Table::new(&features.columns, None, WIDTH));
        sums.into_iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect()
    }
}

/// A curve of straight pieces.
#[derive(Clone, Debug, Default)]
struct Curve(Vec<[f32; 2]>);

impl Curve {
    /// Reads the number of points, then the points.
    fn read(reader: &mut Reader<'_>) -> Self {
        let count = reader.byte();
        Self((0..count).map(|_| [reader.float(), reader.float()]).collect())
    }

    /// The curve's height; level beyond its ends.
    fn at(&self, x: f32) -> f32 {
        let behind = self.0.partition_point(|[from, _]| *from <= x);
        match (self.0.get(behind.wrapping_sub(1)), self.0.get(behind)) {
            (Some([x0, y0]), Some([x1, y1])) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
            (Some([_, y]), None) | (None, Some([_, y])) => *y,
            (None, None) => x,
        }
    }
}
