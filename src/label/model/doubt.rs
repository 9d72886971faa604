//! Which blocks get a second look, and how those made by one template are judged together.

use super::decode::expected_f1;
use crate::feature::Features;
use std::ops::RangeInclusive;

/// The blocks that the first pass leaves in doubt.
pub(super) fn in_doubt(first: &[f32], features: &Features) -> Vec<usize> {
    let expected = expected_f1(first, features);
    if expected >= SURE {
        return Vec::new();
    }
    let doubt = range(expected);
    (0..first.len()).filter(|&at| doubt.contains(&first[at])).collect()
}

/// Where the first pass expects this F1 it is left with the last word. So it is on more than every fourth page of WCXB, and
/// the second look would raise the mean F1 of no set by more than 0.0003 out-of-fold; at 0.97, that of news by 0.0006.
const SURE: f32 = 0.975;

/// First scores that leave a block in doubt, on a page whose F1 the first pass expects to be this.
///
/// Where it is sure of the page, what it gives less than 0.07 is dropped. Where it is not, as on listings and shops, the cut
/// is low and blocks of the body get low scores, so more of them are looked at again. On the judged pages that is 21 blocks
/// of 100; a second look at all from 0.02, with which the second pass was trained, is 34 and no better.
fn range(expected: f32) -> RangeInclusive<f32> {
    let least = (0.4 * (expected - 0.7)).clamp(0.02, 0.07);
    least..=1.0 - least
}

/// Sums nearer to even odds than this are moved: probabilities of a quarter to three quarters. What the trees are surer
/// of stays as it is; moving all is the same out-of-fold and worse on pages that the model has seen.
const UNDECIDED: f32 = 1.0;

/// Moves undecided sums of blocks half of the way to the mean of those at like places.
///
/// Paragraphs of one body, rows of one list, cards of one shelf are kept or dropped together, but trees see each by
/// itself and their sums scatter around the cut. `in_doubt` says whose sums these are. Measured in BENCHMARKS.md.
pub(super) fn judge_together(sums: &mut [f32], in_doubt: &[usize], features: &Features) {
    let mut of_place = vec![(0.0_f32, 0_u32); features.places()];
    for (&at, sum) in in_doubt.iter().zip(&*sums) {
        let (all, count) = &mut of_place[features.place_of(at)];
        *all += sum;
        *count += 1;
    }
    for (&at, sum) in in_doubt.iter().zip(sums).filter(|(_, sum)| sum.abs() < UNDECIDED) {
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
        let hundredths = |expected: f32| (100.0 * range(expected).start()).round();
        assert_eq!([0.2, 0.8, 0.97].map(hundredths), [2.0, 4.0, 7.0]);
    }

    #[test]
    fn no_block_is_in_doubt_where_the_page_is_sure() {
        let features = measured("<body><p>One ship ran aground.<p>The harbour is closed.<p>Share this");
        assert_eq!(in_doubt(&[0.99, 0.99, 0.5], &features), [2]);
        assert!(in_doubt(&[0.999, 0.999, 0.09], &features).is_empty());
        assert_eq!(in_doubt(&[0.6, 0.95, 0.1], &features), [0, 2]);
    }

    #[test]
    fn undecided_blocks_of_one_template_move_to_its_mean_and_others_stay() {
        let features =
            measured("<body><h1>Ship aground</h1><ul><li>One<li>Two<li>Three</ul><p>The harbour is closed.");
        assert_eq!(features.len(), 5);
        let mut sums = [0.9, 0.5, -3.5, -0.7];
        // The third entry of the list is not in doubt.
        judge_together(&mut sums, &[0, 1, 2, 4], &features);
        assert_eq!(sums, [0.9, -0.5, -3.5, -0.7]);
    }
}
