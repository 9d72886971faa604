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
    let mut counts = [(0_u16, false); BUCKETS];
    let mut total = 0;
    let mut early = vec![false; rows];
    for row in (0..rows).filter(|&row| scores[row] >= 0.5) {
        early[row] = total < EARLY;
        for &word in features.words_of(row) {
            let (count, is_early) = &mut counts[bucket(word)];
            *count = count.saturating_add(1);
            *is_early |= early[row];
        }
        total += features.words_of(row).len() as u32;
    }
    let common = (total / 120).clamp(3, 1 << 15) as u16;
    let mut sums = Vec::with_capacity(rows + 1);
    let mut running = Topic::default();
    sums.push(running);
    for row in 0..rows {
        let is_kept = u16::from(scores[row] >= 0.5);
        let is_first = u16::from(early[row]);
        let mut own = Topic::default();
        for &word in features.words_of(row) {
            let (count, is_early) = counts[bucket(word)];
            // Sums of conditions: no processor foresees which words are rare.
            let is_rare = count < common;
            own.rare += u32::from(is_rare);
            own.kept += u32::from(is_rare & (count > is_kept));
            own.early += u32::from(is_rare & is_early & (count > is_first));
        }
        running.add(&own);
        sums.push(running);
    }
    sums
}
