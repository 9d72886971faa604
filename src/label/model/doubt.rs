//! Which blocks get a second look, and how those made by one template are judged together.

use super::decode::expected_f1;
use crate::feature::Features;
use std::ops::RangeInclusive;

/// The blocks that the first pass leaves in doubt.
pub(super) fn in_doubt(first: &[f32], features: &Features) -> Vec<usize> {
    let doubt = range(expected_f1(first, features));
    (0..first.len()).filter(|&at| doubt.contains(&first[at])).collect()
}

/// First scores that leave a block in doubt, on a page whose F1 the first pass expects to be this.
///
/// Where it is sure of the page, what it drops by a tenth is dropped. Where it is not, as on listings and shops, the cut is
/// low and blocks of the body get low scores, so more of them are looked at again. On the judged pages that is one block
/// of five; a second look at all from 0.02, with which the second pass was trained, is one of three and no better.
fn range(expected: f32) -> RangeInclusive<f32> {
    let least = (0.4 * (expected - 0.7)).clamp(0.02, 0.1);
    least..=1.0 - least
}

/// Moves the sums of blocks at like places half of the way to their mean.
///
/// Paragraphs of one body, rows of one list, cards of one shelf are kept or dropped together, but trees see each by
/// itself and their sums scatter around the cut. `in_doubt` says whose sums these are. Measured in BENCHMARKS.md; all
/// the way is better for shops and forums and worse for old news.
pub(super) fn judge_together(sums: &mut [f32], in_doubt: &[usize], features: &Features) {
    let mut of_place = vec![(0.0_f32, 0_u32); features.places()];
    for (&at, sum) in in_doubt.iter().zip(&*sums) {
        let (all, count) = &mut of_place[features.place_of(at)];
        *all += sum;
        *count += 1;
    }
    for (&at, sum) in in_doubt.iter().zip(sums) {
        let (all, count) = of_place[features.place_of(at)];
        *sum = (*sum + all / count as f32) / 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Page, block, feature, tree::Tree};

    fn measured(html: &str) -> Features {
        let (page, limits) = (Page::html(html), Limits::default());
        let tree = Tree::of(&page, &limits);
        feature::measure(&tree, &block::split(&tree, &limits, &mut Vec::new(), Default::default()))
    }

    #[test]
    fn more_is_looked_at_again_where_a_page_is_doubtful() {
        assert_eq!([0.2, 0.9, 0.98].map(|expected| *range(expected).start()), [0.02, 0.08, 0.1]);
    }

    #[test]
    fn blocks_of_one_template_move_towards_each_other_and_others_stay() {
        let features =
            measured("<body><h1>Ship aground</h1><ul><li>One<li>Two<li>Three</ul><p>The harbour is closed.");
        assert_eq!(features.len(), 5);
        let mut sums = [9.0, 1.0, -3.0, -4.0];
        // The third entry of the list is not in doubt.
        judge_together(&mut sums, &[0, 1, 2, 4], &features);
        assert_eq!(sums, [9.0, 0.0, -2.0, -4.0]);
    }
}
