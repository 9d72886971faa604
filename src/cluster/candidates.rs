//! Which texts of a corpus may be copies: those that share enough hashes.
//!
//! sketches → [sorted records](super::records) → lists of texts that share a hash → pairs, counted.

use super::link::Link;
use super::lists::{Budget, HUBS, Lists, Part, Shelf};
use super::parallel;
use super::records::Ranges;
use crate::fingerprint::Fingerprint;
use crate::index::relation::{EVIDENCE, Outline, RELATED_BY_ALL, Shared, related};
use crate::index::{Spread, Tally};
use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::io;
use std::ops::Range;

/// Records and pairs that are in memory at a time, 8 bytes each, pairs as many again while they are counted. For each
/// time all fingerprints or all lists are read once: a number that grows with the texts keeps that linear.
const RECORDS_FOR_EACH_TEXT: usize = 32;
const PAIRS_FOR_EACH_TEXT: usize = 24;
const LEAST_AT_A_TIME: usize = 16 << 20;

/// Texts whose pairs are counted together, a power of two.
const BLOCK: usize = 1 << 11;

/// What a corpus shares.
pub(crate) struct Candidates {
    /// Pairs of texts that share enough hashes to be verified, ascending.
    pub(crate) pairs: Vec<Candidate>,
    /// Where the pairs of each greater text begin, and the end of the last.
    starts: Vec<usize>,
    /// What is known of each text without its sketch.
    pub(crate) outlines: Vec<Outline>,
    /// Which of them were found common at first.
    once_common: Vec<u128>,
    /// The common hashes, and the texts that stand for all holders of each.
    hubs: Vec<(u32, [u32; HUBS])>,
}

/// Two texts that may be copies.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    /// The greater number.
    pub(crate) b: u32,
    pub(crate) a: u32,
    /// How many hashes led from one to the other.
    led: u8,
    /// A link has told that they are related.
    is_linked: bool,
}

impl Candidates {
    /// The candidates among texts, each with its number; the numbers are all those below the count.
    ///
    /// A quarter of a budget is for the records, one for the lists, two for the pairs.
    pub(crate) fn of(prints: &[(u32, &Fingerprint)], budget: Option<&Budget>) -> io::Result<Self> {
        let share = |for_each_text: usize| {
            let most = LEAST_AT_A_TIME.max(for_each_text * prints.len());
            budget.map_or(most, |budget| most.min(budget.bytes / 4 / 8))
        };
        let quarter = budget.map(|budget| Budget { bytes: budget.bytes / 4, ..budget.clone() });
        let mut counting = Counting::new(prints.len(), quarter.as_ref());
        let mut found = Self {
            pairs: Vec::new(),
            starts: Vec::new(),
            outlines: outlines(prints),
            once_common: Vec::new(),
            hubs: Vec::new(),
        };
        let ranges = Ranges::of(prints);
        let mut records = Vec::new();
        for group in ranges.groups(share(RECORDS_FOR_EACH_TEXT)) {
            let parts = ranges.sorted(prints, group, &mut records);
            for part in parallel::map(&parts, |(first, records)| Part::of(*first, records)) {
                counting.add(part.lists)?;
                found.hubs.extend(part.hubs);
                for (text, place) in part.common {
                    found.outlines[text as usize].common |= 1 << place;
                }
            }
        }
        drop(records);
        found.pairs = counting.frequent(share(PAIRS_FOR_EACH_TEXT))?;
        found.starts = starts(&found.pairs, prints.len());
        found.once_common = found.outlines.iter().map(|outline| outline.common).collect();
        Ok(found)
    }

    /// What two texts share at most.
    pub(crate) fn shared(&self, pair: Candidate) -> Shared {
        Shared { is_exact: self.once_common[pair.b as usize] == 0, ..self.led(pair.b, pair.led) }
    }

    /// What a text shares at most with one that so many hashes led to.
    fn led(&self, text: u32, led: u8) -> Shared {
        // Every hash leads that is not common; of the others those near the beginning do, to some.
        let led = u32::from(led);
        let once_common = self.once_common[text as usize];
        let restored = once_common & !self.outlines[text as usize].common;
        let (own, all) = (led + restored.count_ones(), led + once_common.count_ones());
        Shared { own, all, untold: 0, is_exact: false }
    }

    /// Whether two texts may be in one cluster because a third is linked to both. Most pairs are judged without a look at their
    /// sketches, which stand all over the memory.
    pub(crate) fn are_related(&self, a: u32, b: u32, prints: &[&Fingerprint]) -> bool {
        let (a, b) = (a.min(b), a.max(b));
        let shared = match self.place(a, b).map(|place| self.pairs[place]) {
            Some(pair) if pair.is_linked => return true,
            Some(pair) => self.shared(pair),
            None => self.led(b, EVIDENCE as u8 - 1),
        };
        let [first, second] = [a, b].map(|text| (self.outlines[text as usize], prints[text as usize]));
        related(first, second, shared)
    }

    /// Notes which texts are so similar that it is known without their sketches that they are related.
    pub(crate) fn note(&mut self, links: &[Link]) {
        self.pairs.iter_mut().for_each(|pair| pair.is_linked = false);
        for link in links.iter().filter(|link| link.measure.similarity() >= RELATED_BY_ALL) {
            if let Some(place) = self.place(link.a.min(link.b), link.a.max(link.b)) {
                self.pairs[place].is_linked = true;
            }
        }
    }

    /// Where a pair is, if it is a candidate.
    fn place(&self, a: u32, b: u32) -> Option<usize> {
        let start = self.starts[b as usize];
        let pairs = &self.pairs[start..self.starts[b as usize + 1]];
        pairs.binary_search_by_key(&a, |pair| pair.a).ok().map(|place| start + place)
    }

    /// Takes back that a hash is common if half of its hubs, which are a fair sample of its holders, are in one
    /// cluster: then it is the content of one story that has many copies. Returns which texts this concerns.
    pub(crate) fn restore(&mut self, prints: &[(u32, &Fingerprint)], cluster_of: &[u32]) -> Vec<bool> {
        let mut stories: HashSet<u32, BuildHasherDefault<Spread>> = HashSet::default();
        self.hubs.retain(|(hash, hubs)| {
            let mut clusters = hubs.map(|hub| cluster_of[hub as usize]);
            clusters.sort_unstable();
            let one_story = clusters.chunk_by(|a, b| a == b).any(|run| 2 * run.len() >= HUBS);
            !(one_story && stories.insert(*hash))
        });
        let mut concerned = vec![false; prints.len()];
        if stories.is_empty() {
            return concerned;
        }
        for &(text, print) in prints {
            let common = &mut self.outlines[text as usize].common;
            let mut rest = *common;
            while rest != 0 {
                let place = rest.trailing_zeros();
                rest &= rest - 1;
                if stories.contains(&print.sketch()[place as usize]) {
                    *common &= !(1 << place);
                    concerned[text as usize] = true;
                }
            }
        }
        concerned
    }
}

/// Where the pairs of each greater text begin, and the end of the last.
fn starts(pairs: &[Candidate], texts: usize) -> Vec<usize> {
    let mut starts = vec![0; texts + 1];
    pairs.iter().for_each(|pair| starts[pair.b as usize + 1] += 1);
    for text in 0..texts {
        starts[text + 1] += starts[text];
    }
    starts
}

/// The outlines of texts, by their numbers.
fn outlines(prints: &[(u32, &Fingerprint)]) -> Vec<Outline> {
    let Some((_, some)) = prints.first() else { return Vec::new() };
    let mut outlines = vec![Outline::of(some, 0); prints.len()];
    prints.iter().for_each(|&(text, print)| outlines[text as usize] = Outline::of(print, 0));
    outlines
}

/// Counts pairs, block by block.
struct Counting<'b> {
    shelf: Shelf<'b>,
    /// Pairs by the block of their greater text.
    counts: Vec<usize>,
}

impl<'b> Counting<'b> {
    fn new(texts: usize, budget: Option<&'b Budget>) -> Self {
        Self { shelf: Shelf::new(budget), counts: vec![0; texts.div_ceil(BLOCK)] }
    }

    fn add(&mut self, lists: Lists) -> io::Result<()> {
        lists.for_each(|text, others| self.counts[text as usize / BLOCK] += others.len());
        self.shelf.add(lists)
    }

    /// The pairs that occur often enough, ascending; `together` of all pairs are in memory at a time.
    fn frequent(&mut self, together: usize) -> io::Result<Vec<Candidate>> {
        let mut pairs = Vec::new();
        let (mut from, mut sum) = (0, 0);
        for block in 0..self.counts.len() {
            sum += self.counts[block];
            if sum >= together || block + 1 == self.counts.len() {
                let blocks = self.split(from..block + 1)?;
                let found = parallel::map(&blocks, |(block, pairs)| frequent(*block, pairs));
                pairs.extend(found.into_iter().flatten());
                (from, sum) = (block + 1, 0);
            }
        }
        Ok(pairs)
    }

    /// All pairs of some blocks: for each block those whose greater text it has, that text counted from the
    /// block's first.
    fn split(&mut self, blocks: Range<usize>) -> io::Result<Vec<(usize, Pairs)>> {
        let mut pairs: Vec<(usize, Pairs)> =
            blocks.clone().map(|block| (block, Vec::with_capacity(self.counts[block]))).collect();
        self.shelf.for_each(|lists| {
            lists.for_each(|text, others| {
                let block = text as usize / BLOCK;
                if blocks.contains(&block) {
                    let local = text % BLOCK as u32;
                    pairs[block - blocks.start].1.extend(others.iter().map(|&other| (local, other)));
                }
            });
        })?;
        Ok(pairs)
    }
}

type Pairs = Vec<(u32, u32)>;

/// The pairs of a block that occur at least as often as a verified pair must, ascending.
fn frequent(block: usize, pairs: &[(u32, u32)]) -> Vec<Candidate> {
    let mut ends = [0u32; BLOCK + 1];
    pairs.iter().for_each(|&(text, _)| ends[text as usize + 1] += 1);
    for i in 1..ends.len() {
        ends[i] += ends[i - 1];
    }
    let mut others = vec![0; pairs.len()];
    for &(text, other) in pairs {
        let end = &mut ends[text as usize];
        others[*end as usize] = other;
        *end += 1;
    }
    let (mut tally, mut often) = (Tally::default(), Vec::new());
    let mut frequent = Vec::new();
    let mut start = 0;
    for text in 0..BLOCK {
        others[start..ends[text] as usize].iter().for_each(|&other| tally.add(other));
        start = ends[text] as usize;
        tally.take(EVIDENCE as u8, &mut often);
        let b = (block * BLOCK + text) as u32;
        frequent.extend(often.iter().map(|&(a, led)| Candidate { b, a, led, is_linked: false }));
    }
    frequent
}
