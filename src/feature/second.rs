//! The second look: what the first pass of the model thinks of a block's surroundings.
//!
//! A short line between two paragraphs of the article belongs to it, the same line between two teasers
//! does not. The model therefore judges twice; the second time every block also sees these columns, which
//! are made of the first pass's probabilities.

use super::branch::{Branches, branch};
use super::container::ContainerId;
use super::family::family;
use super::gap::{Passed, gap, passed};
use super::level::{log, ratio, share};
use super::place::Step;
use super::row::{Row, put};
use super::topic::{Topic, topics};
use super::{Features, WIDTH};

/// A probability on a scale of logits: 128 is even odds, 16 steps a logit.
fn logit(score: f32) -> u8 {
    let score = score.clamp(1e-4, 1.0 - 1e-4);
    // `ln` once a block is cheap beside the trees.
    (128.0 + 12.0 * (score / (1.0 - score)).ln()).clamp(0.0, 255.0) as u8
}

/// Neighbours whose scores a block sees.
const NEAR: [isize; 12] = [-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -7, 7];

/// Reaches of the running means, in blocks.
const REACHES: [usize; 3] = [4, 10, 25];

/// How many columns the second look adds.
pub(crate) const SECOND_WIDTH: usize = GAP_AT + gap::WIDTH;
const NEAR_AT: usize = page::WIDTH;
const REACHES_AT: usize = NEAR_AT + NEAR.len();
const LEVELS_AT: usize = REACHES_AT + REACHES.len() * reach::WIDTH;
const TOPIC_AT: usize = LEVELS_AT + LEVELS.len() * level::WIDTH;
const ALIKE_AT: usize = TOPIC_AT + topic::WIDTH;
const BRANCH_AT: usize = ALIKE_AT + alike::WIDTH;
const GAP_AT: usize = BRANCH_AT + STEMS.len() * branch::WIDTH;

/// Branches hang from elements that hold so many twentieths of the kept words: from the article's body, and from its
/// larger parts.
const STEMS: [u64; 2] = [15, 3];
const STEM_NAMES: [&str; STEMS.len()] = ["of the body", "of a part"];

/// Containers whose scores are measured, in steps that hold more blocks.
const LEVELS: [usize; 5] = [0, 1, 2, 3, 4];

/// What the columns are called.
pub(crate) fn second_names() -> Vec<String> {
    let mut all: Vec<String> = page::NAMES.iter().map(|name| (*name).to_owned()).collect();
    for by in NEAR {
        let side = if by < 0 { "before" } else { "after" };
        all.push(format!("first score of the block {} {side}", by.abs()));
    }
    for far in REACHES {
        all.extend(reach::NAMES.iter().map(|name| format!("{name} within {far} blocks")));
    }
    for out in LEVELS {
        all.extend(level::NAMES.iter().map(|name| format!("{name} in the container {out} out")));
    }
    all.extend(topic::NAMES.iter().chain(alike::NAMES).map(|name| (*name).to_owned()));
    for stem in STEM_NAMES {
        all.extend(branch::NAMES.iter().map(|name| format!("{name} {stem}")));
    }
    all.extend(gap::NAMES.iter().map(|name| (*name).to_owned()));
    all
}

/// Sums of first scores over blocks from the page's start, in 255ths.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mass {
    /// Words times score.
    pub(super) kept: u32,
    pub(super) words: u32,
    score: u32,
    blocks: u32,
}

impl Mass {
    pub(super) fn add(&mut self, more: &Self) {
        self.kept = self.kept.wrapping_add(more.kept);
        self.words = self.words.wrapping_add(more.words);
        self.score = self.score.wrapping_add(more.score);
        self.blocks += more.blocks;
    }

    pub(super) fn since(&self, earlier: &Self) -> Self {
        Self {
            kept: self.kept.wrapping_sub(earlier.kept),
            words: self.words.wrapping_sub(earlier.words),
            score: self.score.wrapping_sub(earlier.score),
            blocks: self.blocks - earlier.blocks,
        }
    }

    /// The mean score of a word, of a block.
    pub(super) fn means(&self) -> [u8; 2] {
        [(self.kept / self.words.max(1)).min(255) as u8, (self.score / self.blocks.max(1)).min(255) as u8]
    }
}

/// What a walk down the page and up again finds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Strong {
    since: u32,
    words_since: u32,
    until: u32,
    words_until: u32,
    heading: u8,
    section: u8,
    own_section: u8,
    run: u32,
}

family! {
    /// The block's own first score and its relation to the page's.
    page(own: u8, before: &Mass, all: &Mass, strong: &Strong, sides: [(u8, u8); 2], kept_blocks: u32) {
        "first score" => own,
        "kept words before" => share(before.kept / 256, (all.kept / 256).max(1)),
        "kept words before, counted" => log(before.kept / 256),
        "kept words after, counted" => log((all.kept - before.kept) / 256),
        "kept words of the page" => log(all.kept / 256),
        "kept share of the page" => share(all.kept / 256, all.words),
        "kept blocks of the page" => log(kept_blocks),
        "blocks since the last kept one" => log(strong.since),
        "words since the last kept one" => log(strong.words_since),
        "blocks until the next kept one" => log(strong.until),
        "words until the next kept one" => log(strong.words_until),
        "first score of the last heading" => strong.heading,
        "mean score of the section before" => strong.section,
        "mean score of the section from here" => strong.own_section,
        "kept blocks in a row" => log(strong.run),
        "side of most kept words" => sides[0].0,
        "depth inside most kept words" => sides[0].1,
        "side of nearly all kept words" => sides[1].0,
        "depth inside nearly all kept words" => sides[1].1,
    }
}

family! {
    /// What like blocks were thought to be, and how long the page's data says that the article is.
    alike(place: u8, twin: u8, before: &Mass, all: &Mass, word_count: u32) {
        "mean score at like places" => place,
        "first score of the same text elsewhere" => twin,
        "kept words before, of those its data counts" => ratio(before.kept / 256, word_count, 64),
        "kept words, of those its data counts" => ratio(all.kept / 256, word_count, 64),
    }
}

family! {
    /// Mean scores on either side.
    reach(before: &Mass, after: &Mass) {
        "mean score of words before" => before.means()[0],
        "mean score of blocks before" => before.means()[1],
        "mean score of words after" => after.means()[0],
        "mean score of blocks after" => after.means()[1],
    }
}

family! {
    /// Scores below an element.
    level(inside: &Mass, all: &Mass) {
        "mean score of words" => inside.means()[0],
        "mean score of blocks" => inside.means()[1],
        "share of the page's kept words" => share(inside.kept / 256, (all.kept / 256).max(1)),
    }
}

family! {
    /// What a text shares with the article.
    topic(own: &Topic, inside: [&Topic; 3], way: (u8, u8), place: u32, all: u32) {
        "words also in the article" => share(own.kept, own.rare),
        "words also in its beginning" => share(own.early, own.rare),
        "words also in the article, container 0 out" => share(inside[0].kept, inside[0].rare),
        "words also in its beginning, container 0 out" => share(inside[0].early, inside[0].rare),
        "words also in its beginning, container 1 out" => share(inside[1].early, inside[1].rare),
        "words also in its beginning, container 2 out" => share(inside[2].early, inside[2].rare),
        "elements left since the best place" => way.0,
        "elements entered since the best place" => way.1,
        "kept share at like places" => share(place, all),
    }
}

/// What the first scores of a page's blocks tell about each of them.
#[derive(Debug)]
pub(crate) struct SecondLook<'f> {
    pub(super) features: &'f Features,
    /// The blocks that are looked at again, in the order of the page.
    of: &'f [usize],
    /// The first score of each block.
    pub(super) logits: Vec<u8>,
    /// The best first score of the other blocks with the same words.
    twins: Vec<u8>,
    /// Of each block that is looked at.
    strong: Vec<Strong>,
    /// Sums of scores up to each block, and of all; and below each container.
    pub(super) sums: Vec<Mass>,
    pub(super) all: Mass,
    pub(super) inside: Vec<Mass>,
    kept_blocks: u32,
    /// Of the containers around blocks that are looked at.
    by_level: Vec<Option<[u8; level::WIDTH]>>,
    /// The innermost containers of most and of nearly all kept words.
    pub(super) homes: [usize; 2],
    /// Sum of scores, number of blocks and kept words of each place.
    places: Vec<(u32, u32, u32)>,
    /// The container of the last block at the place with most kept words, up to each block that is looked at.
    best: Vec<ContainerId>,
    pub(super) topics: Vec<Topic>,
    branches: [Branches; STEMS.len()],
    /// Before and behind each block that is looked at.
    passed: Vec<[Passed; 2]>,
}

impl<'f> SecondLook<'f> {
    /// Looks at what the first pass says of all blocks, so that these, in the order of the page, can be looked at again.
    pub(crate) fn new(features: &'f Features, scores: &[f32], of: &'f [usize]) -> Self {
        let rows = features.len().min(scores.len());
        let containers = &features.containers;
        let mut sums = Vec::with_capacity(rows + 1);
        let mut running = Mass::default();
        sums.push(running);
        let mut kept_blocks = 0;
        for (&score, &words) in scores.iter().zip(&features.words) {
            let part = (score.clamp(0.0, 1.0) * 255.0) as u32;
            kept_blocks += u32::from(score >= 0.5);
            running.kept += words.min(1 << 16) * part;
            running.words += words;
            running.score += part;
            running.blocks += 1;
            sums.push(running);
        }
        let all = running;
        let inside: Vec<Mass> =
            containers.all.iter().map(|c| sums[c.end as usize].since(&sums[c.first as usize])).collect();
        // Elements further in come later, so the last one that holds enough is the innermost.
        let holds = |tenths: u64| {
            let needed = u64::from(all.kept) * tenths;
            inside.iter().rposition(|mass| u64::from(mass.kept) * 20 >= needed.max(1)).unwrap_or(0)
        };
        let mut places = vec![(0_u32, 0_u32, 0_u32); features.places.counts.len()];
        for (row, &score) in scores.iter().enumerate().take(rows) {
            let mass = &mut places[features.place_of(row)];
            mass.0 += (score.clamp(0.0, 1.0) * 255.0) as u32;
            mass.1 += 1;
            mass.2 += sums[row + 1].since(&sums[row]).kept / 256;
        }
        let best_place =
            (0..places.len()).max_by_key(|&place| (places[place].2, usize::MAX - place)).unwrap_or(0);
        let logits: Vec<u8> = scores.iter().take(rows).map(|score| logit(*score)).collect();
        let mut by_level = vec![None; inside.len()];
        for &at in of {
            let mut id = containers.of_block[at] as usize;
            for _ in LEVELS {
                by_level[id].get_or_insert_with(|| level(&inside[id], &all));
                id = containers.all[id].outer as usize;
            }
        }
        Self {
            twins: twins(&features.same_as, &logits),
            strong: walk(features, scores, of),
            homes: [holds(15), holds(19)],
            by_level,
            best: last_at(best_place, features, of),
            topics: topics(features, scores, rows),
            branches: STEMS.map(|twentieths| Branches::of(features, &inside, &logits, twentieths)),
            passed: passed(features, scores, of),
            of,
            logits,
            inside,
            features,
            sums,
            all,
            kept_blocks,
            places,
        }
    }

    /// Writes the features of both looks of the `nth` block that is looked at, those of the second from [`WIDTH`] on; what
    /// stands behind them stays.
    pub(crate) fn write(&self, nth: usize, row: &mut Row) {
        let at = self.of[nth];
        let Self { sums, all, topics, .. } = self;
        let (containers, rows) = (&self.features.containers, self.logits.len());
        let mut id = containers.of_block[at];
        let this = containers.all[id as usize];
        let sides = self.homes.map(|home| {
            let step = Step::between(at as u32, &this, &containers.all[home]);
            (step.side, step.depth)
        });
        let (sum, count, kept) = self.places[self.features.place_of(at)];
        // Alone at its place a block would only meet its own score again.
        let at_place = if count > 1 { (sum / count) as u8 } else { 128 };
        let values = page(self.logits[at], &sums[at], all, &self.strong[nth], sides, self.kept_blocks);
        put(row, WIDTH, &values);
        let values = alike(at_place, self.twins[at], &sums[at], all, self.features.word_count);
        put(row, WIDTH + ALIKE_AT, &values);
        for (slot, by) in NEAR.into_iter().enumerate() {
            // Outside the page is 0; what is before its start wraps to far behind its end.
            let neighbour = self.logits.get(at.wrapping_add_signed(by));
            put(row, WIDTH + NEAR_AT + slot, &[neighbour.copied().unwrap_or(0)]);
        }
        for (slot, far) in REACHES.into_iter().enumerate() {
            let before = sums[at].since(&sums[at.saturating_sub(far)]);
            let after = sums[(at + 1 + far).min(rows)].since(&sums[at + 1]);
            put(row, WIDTH + REACHES_AT + slot * reach::WIDTH, &reach(&before, &after));
        }
        let out = [id, this.outer, containers.all[this.outer as usize].outer];
        let inside = out.map(|id| {
            let container = &containers.all[id as usize];
            topics[container.end as usize].since(&topics[container.first as usize])
        });
        let own = topics[at + 1].since(&topics[at]);
        let way = containers.way(self.best[nth], id);
        let values = topic(&own, inside.each_ref(), way, kept, all.kept / 256);
        put(row, WIDTH + TOPIC_AT, &values);
        for slot in 0..LEVELS.len() {
            put(
                row,
                WIDTH + LEVELS_AT + slot * level::WIDTH,
                &self.by_level[id as usize].unwrap_or_default(),
            );
            id = containers.all[id as usize].outer;
        }
        for (slot, branches) in self.branches.iter().enumerate() {
            put(row, WIDTH + BRANCH_AT + slot * branch::WIDTH, &branches.cells(at, self));
        }
        let [down, up] = &self.passed[nth];
        put(row, WIDTH + GAP_AT, &gap(down, up));
    }
}

/// The first score of another block with the same words: of the first for all others, the best of these for it.
/// 0 for blocks without a twin.
fn twins(same_as: &[u32], logits: &[u8]) -> Vec<u8> {
    let mut all = vec![0; logits.len()];
    for (row, &first) in same_as.iter().enumerate().take(logits.len()) {
        let first = first as usize;
        if first != row {
            all[row] = logits[first];
            all[first] = all[first].max(logits[row]);
        }
    }
    all
}

/// The container of the last block at a place, up to each of these blocks.
fn last_at(place: usize, features: &Features, of: &[usize]) -> Vec<ContainerId> {
    let (mut last, mut behind) = (0, 0);
    let up_to = |&at: &usize| {
        let here = (behind..=at).rev().find(|at| features.place_of(*at) == place);
        last = here.map_or(last, |at| features.containers.of_block[at]);
        behind = at + 1;
        last
    };
    of.iter().map(up_to).collect()
}

/// Walks down the page and up again, as far as there are blocks to look at.
fn walk(features: &Features, scores: &[f32], of: &[usize]) -> Vec<Strong> {
    let mut all = vec![Strong::default(); of.len()];
    let mut now = Strong { since: 9999, words_since: 9999, ..Strong::default() };
    let (mut section, mut section_words) = (0.0_f32, 0.0_f32);
    let mut start = 0;
    for (strong, &at) in all.iter_mut().zip(of) {
        for row in start..=at {
            if let Some(before) = row.checked_sub(1) {
                let (score, words) = (scores[before], features.words[before]);
                section += score * words as f32;
                section_words += words as f32;
                now.since = now.since.saturating_add(1);
                now.words_since = now.words_since.saturating_add(words);
                now.run += 1;
                if score >= 0.5 {
                    (now.since, now.words_since) = (0, 0);
                } else {
                    now.run = 0;
                }
            }
            if features.is_heading(row) {
                now.heading = logit(scores[row]);
                now.section = mean(section, section_words);
                (section, section_words) = (0.0, 0.0);
            }
        }
        *strong = now;
        start = at + 1;
    }
    let (mut until, mut words_until) = (9999_u32, 9999_u32);
    (section, section_words) = (0.0, 0.0);
    let mut end = scores.len();
    for (strong, &at) in all.iter_mut().zip(of).rev() {
        for row in (at + 1..end).rev() {
            let (score, words) = (scores[row], features.words[row]);
            until = until.saturating_add(1);
            words_until = words_until.saturating_add(words);
            section += score * words as f32;
            section_words += words as f32;
            if score >= 0.5 {
                (until, words_until) = (0, 0);
            }
            if features.is_heading(row) {
                (section, section_words) = (0.0, 0.0);
            }
        }
        (strong.until, strong.words_until) = (until, words_until);
        strong.own_section = mean(section, section_words);
        end = at + 1;
    }
    all
}

fn mean(sum: f32, weight: f32) -> u8 {
    if weight > 0.0 { (sum / weight * 255.0) as u8 } else { 128 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Blocks;
    use crate::feature::{ROW, SHIPPED, measure_with};
    use crate::tree::Tree;
    use crate::{Limits, Page};

    /// Two stories' parts, a box and furniture, and what the first pass may say of them.
    fn looked_at(test: impl FnOnce(&Features, &[f32])) {
        let story =
            "<p>The harbour was closed on Monday, after a ship ran aground at the mouth of the river.";
        let page = format!(
            "<body><nav><a href=/>Home</a><a href=/news>News</a></nav><h1>Ship aground</h1><div>{story}<h2>Tugs</h2>\
             {story}<aside><h3>More</h3><p>One two<p>Three four</aside>{story}</div><h2>Read on</h2><p>A ship<p>Imprint"
        );
        let page = Page::html(page);
        let tree = Tree::of(&page, &Limits::default());
        let blocks = crate::block::split(&tree, &Limits::default(), &mut Vec::new(), Blocks::default());
        let features = measure_with(&tree, &blocks, SHIPPED, false);
        let scores: Vec<f32> =
            (0..features.len()).map(|row| [0.95, 0.1, 0.6, 0.4, 0.99][row * row % 5]).collect();
        assert!(scores.len() > 10);
        test(&features, &scores);
    }

    #[test]
    fn a_block_sees_the_same_whichever_others_are_looked_at() {
        looked_at(|features, scores| {
            let rows = scores.len();
            let written = |of: &[usize]| {
                let look = SecondLook::new(features, scores, of);
                let write = |nth| {
                    let mut row = [0; ROW];
                    look.write(nth, &mut row);
                    row
                };
                (0..of.len()).map(write).collect::<Vec<Row>>()
            };
            let all = written(&(0..rows).collect::<Vec<_>>());
            for of in [&[0][..], &[rows - 1], &[1, 4, 5, rows - 2], &[3, 9]] {
                assert_eq!(written(of), of.iter().map(|&at| all[at]).collect::<Vec<_>>(), "{of:?}");
            }
            assert!(written(&[]).is_empty());
        });
    }

    #[test]
    fn what_is_kept_nearby_is_found_as_if_each_block_looked_for_itself() {
        looked_at(|features, scores| {
            let rows: Vec<usize> = (0..scores.len()).collect();
            // Blocks passed up to the nearest kept one, and their words.
            let passed = |ahead: &mut dyn Iterator<Item = usize>| {
                let (mut blocks, mut words) = (0, 0);
                for row in ahead {
                    if scores[row] >= 0.5 {
                        return [blocks, words];
                    }
                    (blocks, words) = (blocks + 1, words + features.words[row]);
                }
                [9999 + blocks, 9999 + words]
            };
            for (row, strong) in walk(features, scores, &rows).iter().enumerate() {
                assert_eq!([strong.since, strong.words_since], passed(&mut (0..row).rev()), "before {row}");
                assert_eq!(
                    [strong.until, strong.words_until],
                    passed(&mut (row + 1..scores.len())),
                    "behind {row}"
                );
                let run = (0..row).rev().take_while(|&row| scores[row] >= 0.5).count();
                assert_eq!(strong.run as usize, run, "before {row}");
            }
        });
    }
}
