//! Gaps: what was passed since the article, and what may have been its end.
//!
//! Behind the article another one may follow, or the author's life, or what its readers say: text like its own, behind
//! signs that it has ended. What was passed since the first pass was sure, and how much was kept on either side of the
//! largest gap, tells an end from an interruption.

use super::Features;
use super::family::family;
use super::level::log;

/// What of a block may say that the article has ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    pub(super) is_heading: bool,
    /// Mostly links; short and with a year or a time of day.
    pub(super) is_linked: bool,
    pub(super) is_dated: bool,
    /// What the names above it and its words say, as cells.
    pub(super) names: u8,
    pub(super) words: u8,
}

/// What lies between a block and the last prose that is surely kept.
#[derive(Clone, Copy, Debug)]
struct Between {
    blocks: u32,
    words: u32,
    headings: u32,
    linked: u32,
    dated: u32,
    /// The worst that names and words say.
    worst_names: u8,
    worst_words: u8,
}

impl Between {
    const NOTHING: Self =
        Self { blocks: 0, words: 0, headings: 0, linked: 0, dated: 0, worst_names: 128, worst_words: 128 };

    fn add(&mut self, words: u32, sign: &Sign) {
        self.blocks += 1;
        self.words += words;
        self.headings += u32::from(sign.is_heading);
        self.linked += u32::from(sign.is_linked);
        self.dated += u32::from(sign.is_dated);
        self.worst_names = self.worst_names.min(sign.names);
        self.worst_words = self.worst_words.min(sign.words);
    }
}

/// What was passed on the way to a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passed {
    between: Between,
    /// The largest run of dropped blocks in the article so far, in words; what was kept before it, what since.
    gap: u32,
    kept_before: u32,
    kept_since: u32,
    /// The run of dropped blocks that ends here.
    run: u32,
}

/// So many words is a block worth in a run of dropped ones: many short ones are a gap too.
const A_BLOCK: u32 = 4;

/// From here on a first score is sure: not one such block in thirty of the judged pages is wrong.
const SURE: f32 = 0.9;

impl Passed {
    const NOTHING: Self = Self { between: Between::NOTHING, gap: 0, kept_before: 0, kept_since: 0, run: 0 };

    fn pass(&mut self, features: &Features, at: usize, score: f32) {
        let words = features.words[at];
        if score >= SURE && features.is_prose(at) {
            self.between = Between::NOTHING;
        } else {
            self.between.add(words, &features.sign_of_end(at));
        }
        self.kept_since += (score * words as f32) as u32;
        if score >= 0.5 {
            self.run = 0;
        } else if self.kept_before + self.kept_since > 0 {
            self.run += words + A_BLOCK;
            if self.run > self.gap {
                self.gap = self.run;
                self.kept_before += self.kept_since;
                self.kept_since = 0;
            }
        }
    }
}

/// What was passed from the page's start, and from its end, to each of these blocks, which are in the order of the page.
pub(super) fn passed(features: &Features, scores: &[f32], of: &[usize]) -> Vec<[Passed; 2]> {
    let mut all = vec![[Passed::NOTHING; 2]; of.len()];
    let (mut down, mut up) = (Passed::NOTHING, Passed::NOTHING);
    let mut start = 0;
    for ([passed, _], &at) in all.iter_mut().zip(of) {
        (start..at).for_each(|row| down.pass(features, row, scores[row]));
        *passed = down;
        start = at;
    }
    let mut end = scores.len();
    for ([_, passed], &at) in all.iter_mut().zip(of).rev() {
        (at + 1..end).rev().for_each(|row| up.pass(features, row, scores[row]));
        *passed = up;
        end = at + 1;
    }
    all
}

family! {
    /// What lies between a block and the article.
    gap(down: &Passed, up: &Passed) {
        "blocks since sure prose" => log(down.between.blocks),
        "words since sure prose" => log(down.between.words),
        "headings since sure prose" => log(down.between.headings),
        "linked blocks since sure prose" => log(down.between.linked),
        "dated blocks since sure prose" => log(down.between.dated),
        "worst names since sure prose" => down.between.worst_names,
        "worst words since sure prose" => down.between.worst_words,
        "largest gap in front" => log(down.gap),
        "kept words before the gap in front" => log(down.kept_before),
        "kept words since the gap in front" => log(down.kept_since),
        "blocks until sure prose" => log(up.between.blocks),
        "words until sure prose" => log(up.between.words),
        "largest gap ahead" => log(up.gap),
        "kept words behind the gap ahead" => log(up.kept_before),
        "kept words until the gap ahead" => log(up.kept_since),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Blocks;
    use crate::feature::{SHIPPED, measure_with};
    use crate::tree::Tree;
    use crate::{Limits, Page};

    #[test]
    fn what_is_kept_is_told_apart_by_the_largest_gap() {
        let story = "<p>The harbour was closed on Monday, after a ship ran aground.";
        let page =
            format!("<body>{story}<p>More{story}<p>One two three four<p>Five six seven<p>Eight{story}");
        let page = Page::html(page);
        let tree = Tree::of(&page, &Limits::default());
        let blocks = crate::block::split(&tree, &Limits::default(), &mut Vec::new(), Blocks::default());
        let features = measure_with(&tree, &blocks, SHIPPED, false);
        let scores = [1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        let rows: Vec<usize> = (0..features.len()).collect();
        let all = passed(&features, &scores, &rows);
        let before: Vec<u32> = all.iter().map(|[down, _]| down.kept_before).collect();
        let behind: Vec<u32> = all.iter().map(|[_, up]| up.kept_before).collect();
        let words = features.words[0];
        assert_eq!(before, [0, 0, words, words, 2 * words, 2 * words, 2 * words]);
        assert_eq!(behind, [words, words, words, words, words, 0, 0]);
    }
}
