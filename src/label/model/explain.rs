//! Why a block got its score: the features that weighed most, in words.
//!
//! A walk through a tree begins at the mean of all blocks and ends at a leaf; every split on the way moves
//! the expectation, and the move is put to the account of the feature that was asked (path attribution).
//! What the second pass owes to the block's own first score is handed down to the features that made it.

use super::Model;
use crate::feature::{Columns, Features, SECOND_WIDTH, WIDTH, names, second_names};
use std::sync::LazyLock;

/// A feature of a block and what it moved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sign {
    /// The feature's name, with its value where that is a share.
    pub(crate) words: String,
    /// How far it moved the block's logit: towards the article above 0, away from it below.
    pub(crate) weight: f32,
}

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| names().into_iter().chain(second_names()).collect());

/// The column of a block's own first score.
const FIRST_SCORE: usize = WIDTH;

impl Model {
    /// For every block the signs that weighed most, heaviest first, at most `most`; only those that speak
    /// for the side that won.
    pub(super) fn explain(&self, features: &Features, most: usize) -> Vec<Vec<Sign>> {
        (0..features.columns.rows()).map(|row| self.explain_row(&features.columns, row, most)).collect()
    }

    fn explain_row(&self, columns: &Columns, row: usize, most: usize) -> Vec<Sign> {
        let mut moved = vec![0.0_f32; WIDTH + SECOND_WIDTH];
        let add = |moved: &mut Vec<f32>, column: u16, by: f32| {
            if let Some(sum) = moved.get_mut(usize::from(column)) {
                *sum += by;
            }
        };
        self.second.parts(columns, row, |c, by| add(&mut moved, c, by));
        let inherited = moved.get(FIRST_SCORE).copied().unwrap_or(0.0);
        let mut made = vec![0.0_f32; WIDTH + SECOND_WIDTH];
        self.first.parts(columns, row, |c, by| add(&mut made, c, by));
        let total: f32 = made.iter().sum();
        if total.abs() > 0.1 {
            for (sum, part) in moved.iter_mut().zip(&made) {
                *sum += part * inherited / total;
            }
            if let Some(own) = moved.get_mut(FIRST_SCORE) {
                *own = 0.0;
            }
        }
        let side = moved.iter().sum::<f32>().signum();
        let mut order: Vec<usize> = (0..moved.len()).filter(|&at| moved[at] * side > 0.0).collect();
        order.sort_by(|&a, &b| (moved[b] * side).total_cmp(&(moved[a] * side)));
        let sign = |at: usize| Sign { words: words(at, columns, row), weight: moved[at] };
        order.into_iter().take(most).map(sign).collect()
    }
}

/// A feature in words.
fn words(at: usize, columns: &Columns, row: usize) -> String {
    let name = NAMES.get(at).map_or("", String::as_str);
    let level = columns.get(at, row);
    if name.contains("share") { format!("{name} {:.2}", f32::from(level) / 64.0) } else { name.to_owned() }
}
