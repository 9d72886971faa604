//! What blocks share with the article in words: another story on the page has words of its own.

use super::Features;

/// How much of a text's words is said elsewhere in the article, common words aside.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Topic {
    pub(super) rare: u32,
    /// Also in blocks that are kept; also in the first of them.
    pub(super) kept: u32,
    pub(super) early: u32,
}

impl Topic {
    fn add(&mut self, other: &Self) {
        self.rare += other.rare;
        self.kept += other.kept;
        self.early += other.early;
    }

    /// What was added since an earlier state.
    pub(super) fn since(&self, earlier: &Self) -> Self {
        Self {
            rare: self.rare - earlier.rare,
            kept: self.kept - earlier.kept,
            early: self.early - earlier.early,
        }
    }
}

/// Buckets of the table of the article's words.
const BUCKETS: usize = 4096;
/// So many words make the article's beginning.
const EARLY: u32 = 300;

/// What each block shares with the article, summed from the page's start.
pub(super) fn topics(features: &Features, scores: &[f32], rows: usize) -> Vec<Topic> {
    let bucket = |word: u32| ((word ^ (word >> 13)) as usize) % BUCKETS;
    let mut counts = [0_u16; BUCKETS];
    let mut seen = [0_u8; BUCKETS];
    let mut total = 0;
    let mut early = vec![false; rows];
    for row in (0..rows).filter(|&row| scores[row] >= 0.5) {
        early[row] = total < EARLY;
        let is_early = if early[row] { EARLY_WORD } else { 0 };
        for &word in features.words_of(row) {
            let count = &mut counts[bucket(word)];
            *count = count.saturating_add(1);
            seen[bucket(word)] |= is_early;
        }
        total += features.words_of(row).len() as u32;
    }
    let common = (total / 120).clamp(3, 1 << 15) as u16;
    for (seen, &count) in seen.iter_mut().zip(&counts) {
        *seen |= u8::from(count > 0) | u8::from(count > 1) << 1 | u8::from(count < common) << 3;
    }
    // What a word in a block that is kept, or is not, and is among the first, or is not, adds.
    let parts = [[false, false], [false, true], [true, false], [true, true]].map(|[is_kept, is_first]| {
        std::array::from_fn::<u32, STATES, _>(|seen| {
            let is_said = |own: bool| seen >> usize::from(own) & 1 == 1;
            let is_rare = seen >> 3 & 1 == 1;
            let is_early = seen as u8 & EARLY_WORD != 0;
            u32::from(is_rare)
                | u32::from(is_rare && is_said(is_kept)) << PART_BITS
                | u32::from(is_rare && is_early && is_said(is_first)) << (2 * PART_BITS)
        })
    });
    let mut sums = Vec::with_capacity(rows + 1);
    let mut running = Topic::default();
    sums.push(running);
    for row in 0..rows {
        let parts = &parts[2 * usize::from(scores[row] >= 0.5) + usize::from(early[row])];
        for words in features.words_of(row).chunks((1 << PART_BITS) - 1) {
            // Sums side by side: no processor foresees which words are rare.
            let own: u32 = words.iter().map(|word| parts[usize::from(seen[bucket(*word)]) % STATES]).sum();
            let part = |at: u32| own >> (at * PART_BITS) & ((1 << PART_BITS) - 1);
            running.add(&Topic { rare: part(0), kept: part(1), early: part(2) });
        }
        sums.push(running);
    }
    sums
}

/// What is known of a word, a bit each: in a kept block; in several; in one of the first; rare.
const STATES: usize = 1 << 4;
const EARLY_WORD: u8 = 1 << 2;
/// So many bits hold each part of a sum: three fit into a register.
const PART_BITS: u32 = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Blocks;
    use crate::feature::{SHIPPED, measure_with};
    use crate::tree::Tree;
    use crate::{Limits, Page};

    /// The same of one block, from what it means.
    fn slowly(features: &Features, scores: &[f32], row: usize) -> [u32; 3] {
        let bucket = |word: &u32| ((word ^ (word >> 13)) as usize) % BUCKETS;
        let kept: Vec<usize> = (0..scores.len()).filter(|&row| scores[row] >= 0.5).collect();
        let words_before = |row: usize| -> usize {
            kept.iter().filter(|&&kept| kept < row).map(|&kept| features.words_of(kept).len()).sum()
        };
        let is_early = |row: usize| scores[row] >= 0.5 && words_before(row) < EARLY as usize;
        let all = words_before(scores.len());
        let said = |word: &u32, by: &dyn Fn(usize) -> bool| {
            let rows = kept.iter().filter(|&&row| by(row));
            rows.flat_map(|&row| features.words_of(row)).filter(|said| bucket(said) == bucket(word)).count()
        };
        let mut found = [0; 3];
        for word in features.words_of(row) {
            let in_all = said(word, &|_| true);
            if in_all >= (all / 120).clamp(3, 1 << 15) {
                continue;
            }
            found[0] += 1;
            found[1] += u32::from(in_all > usize::from(scores[row] >= 0.5));
            let is_said_early = said(word, &is_early) > 0;
            found[2] += u32::from(is_said_early && in_all > usize::from(is_early(row)));
        }
        found
    }

    #[test]
    fn what_is_shared_with_the_article_is_what_a_slow_reader_finds() {
        const WORDS: [&str; 9] =
            ["harbour", "ship", "closed", "Monday", "captain", "storm", "tide", "pilot", "the"];
        let mut random = 7_usize;
        let mut next = |below: usize| {
            random = random.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            (random >> 33) % below
        };
        let mut shared = [0; 3];
        for page in 0..20 {
            let mut html = String::from("<body>");
            for _ in 0..12 {
                html.push_str("<p>");
                // One paragraph of one page has more words than are summed together.
                for _ in 0..if page == 0 { 1500 } else { 1 + next(60) } {
                    html.push_str(WORDS[next(WORDS.len())]);
                    html.push_str(&next(40).to_string());
                    html.push(' ');
                }
            }
            let (page, limits) = (Page::html(&html), Limits::default());
            let tree = Tree::of(&page, &limits);
            let blocks: Blocks = crate::block::split(&tree, &limits, &mut Vec::new(), Default::default());
            let features = measure_with(&tree, &blocks, SHIPPED, false);
            let scores: Vec<f32> = (0..features.len()).map(|_| next(100) as f32 / 100.0).collect();
            let sums = topics(&features, &scores, scores.len());
            for row in 0..scores.len() {
                let own = sums[row + 1].since(&sums[row]);
                let found = [own.rare, own.kept, own.early];
                assert_eq!(found, slowly(&features, &scores, row), "block {row}");
                shared.iter_mut().zip(found).for_each(|(all, found)| *all += found);
            }
        }
        assert!(shared[0] > shared[1] && shared[1] > shared[2] && shared[2] > 100, "{shared:?}");
    }
}
