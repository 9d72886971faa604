//! The learned labeller: how likely each block is a part of the article, how good the article will be.
//!
//! Two passes of boosted trees. The first sees a block, its place and the page; the second also sees what
//! the first thinks of the blocks around (`feature::SecondLook`). A curve fitted on pages that the trees
//! had not seen turns sums into probabilities. What was learned, from which pages and with which scores
//! stands in MODEL.md; `training/` makes `model.bin` anew.

mod decode;
mod doubt;
mod explain;
mod forest;
mod kinds;
mod tile;
mod trees;

use crate::Format;
use crate::feature::{Features, SecondLook, WIDTH};
use std::sync::LazyLock;
use trees::{Memory, Reader, Stop, Trees};

pub(crate) use decode::threshold;
pub(crate) use explain::Sign;

/// What the model says about a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scores {
    /// How likely each block is a part of the article; calibrated.
    pub(crate) block: Vec<f32>,
    /// The word F1 that the article can be expected to have.
    pub(crate) page: f32,
    /// The one that the blocks' probabilities alone imply.
    expected: f32,
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

/// For every block the features that weighed most, heaviest first.
pub(crate) fn explain(features: &Features, format: Format) -> Vec<Vec<Sign>> {
    /// More than a reader takes in.
    const MOST: usize = 4;
    let [marked_up, bare] = &*SHIPPED;
    match format {
        Format::Html => marked_up.explain(features, MOST),
        Format::Markdown | Format::Text => bare.explain(features, MOST),
    }
}

/// Where the second pass stops asking of blocks that are settled. A cut lies between 0.2 and 0.6, the farther down the
/// worse the page, so a block is settled the later if it is to be dropped. Measured out-of-fold by `training/stops.py`: of
/// 275 trees 171 are asked, of 1,050 blocks one changes sides, and the mean F1 of pages is the same to 0.0001.
const SECOND_STOPS: &[Stop] = &[
    Stop { trees: 40, beyond: [-3.0, 2.25], growth: [1.66, 1.26] },
    Stop { trees: 80, beyond: [-2.5, 1.75], growth: [1.35, 1.19] },
    Stop { trees: 120, beyond: [-2.25, 1.5], growth: [1.21, 1.14] },
    Stop { trees: 180, beyond: [-2.0, 1.25], growth: [1.11, 1.06] },
];

/// The same for bare text, whose cuts lie between 0.2 and 0.5: 81 trees of 120 are asked, of 490 blocks one changes sides,
/// and the mean F1 of pages rises by 0.0001.
const BARE_STOPS: &[Stop] = &[
    Stop { trees: 40, beyond: [-2.75, 1.75], growth: [1.39, 1.25] },
    Stop { trees: 60, beyond: [-2.25, 1.25], growth: [1.17, 1.17] },
];

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
        let mut memory = Memory::new(self.first.width().max(self.second.width()));
        let mut block = self.first_scores(features, &mut memory);
        let in_doubt = doubt::in_doubt(&block, features);
        // The one pass for bare text asks nothing of a second look, and nothing there was made by a template.
        let sums = if in_doubt.is_empty() {
            Vec::new()
        } else if self.second.width() > WIDTH {
            let look = SecondLook::new(features, &block, &in_doubt);
            let mut sums = if memory.holds(features.len()) {
                self.second.sums_again(&mut memory, SECOND_STOPS, &in_doubt, |nth, row| look.write(nth, row))
            } else {
                self.second.sums(&mut memory, SECOND_STOPS, in_doubt.len(), |nth, row| {
                    features.write(in_doubt[nth], row);
                    look.write(nth, row);
                })
            };
            doubt::judge_together(&mut sums, &in_doubt, features);
            sums
        } else {
            let write = |nth: usize, row: &mut _| features.write(in_doubt[nth], row);
            self.second.sums(&mut memory, BARE_STOPS, in_doubt.len(), write)
        };
        in_doubt.into_iter().zip(sums).for_each(|(at, sum)| block[at] = self.block_curve.at(sum));
        let expected = decode::expected_f1(&block, features);
        Scores { block, page: self.page_curve.at(expected), expected }
    }

    /// Probabilities of the first pass, as the second was trained with: not calibrated.
    fn first_scores(&self, features: &Features, memory: &mut Memory) -> Vec<f32> {
        if self.first.is_empty() {
            return vec![0.5; features.len()];
        }
        let sums = self.first.sums(memory, &[], features.len(), |at, row| features.write(at, row));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::{ROW, Row, SECOND_WIDTH, WIDTH};

    /// Rows of random bytes and the sums that LightGBM itself makes of them, written by `training/ship.py`.
    const FIXTURE: &[u8] = include_bytes!("model/fixture.bin");

    #[test]
    fn walks_end_where_those_of_the_trainer_end() {
        let mut reader = Reader(FIXTURE);
        let (rows, width) = (usize::from(reader.short()), usize::from(reader.short()));
        assert_eq!(width, WIDTH + SECOND_WIDTH);
        let mut row = || {
            let mut row = [0; ROW];
            row[..width].fill_with(|| reader.byte());
            row
        };
        let table: Vec<Row> = (0..rows).map(|_| row()).collect();
        let model = &SHIPPED[0];
        assert!(model.first.len() > 10 && model.second.len() > 10);
        for trees in [&model.first, &model.second] {
            for sum in trees.sums(&mut Memory::new(ROW), &[], rows, |at, row| *row = table[at]) {
                let expected = reader.float();
                assert!((sum - expected).abs() < 1e-5, "{sum} is not {expected}");
            }
        }
    }

    #[test]
    fn curves_rise() {
        for model in &*SHIPPED {
            for curve in [&model.block_curve, &model.page_curve] {
                assert!(curve.0.len() > 4);
                assert!(curve.0.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] <= pair[1][1]));
            }
        }
    }

    #[test]
    fn a_curve_is_straight_between_points_and_level_beyond() {
        let curve = Curve(vec![[0.0, 0.1], [2.0, 0.5]]);
        assert_eq!(
            [curve.at(-1.0), curve.at(0.0), curve.at(1.0), curve.at(2.0), curve.at(9.0)],
            [0.1, 0.1, 0.3, 0.5, 0.5]
        );
    }
}
