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

/// Records, of 8 bytes, and pairs, of 4, that are in memory at a time. For each time all fingerprints or all lists are read
/// once: a number that grows with the texts keeps that linear.
const RECORDS_FOR_EACH_TEXT: usize = 32;
const PAIRS_FOR_EACH_TEXT: usize = 24;
const LEAST_AT_A_TIME: usize = 16 << 20;

/// Texts whose pairs one thread counts before it hands over what it found.
const COUNTED_TOGETHER: usize = 1 << 11;

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

/// Counts pairs, some texts' at a time.
struct Counting<'b> {
    shelf: Shelf<'b>,
    /// Pairs by their greater text.
    counts: Vec<u32>,
}

impl<'b> Counting<'b> {
    fn new(texts: usize, budget: Option<&'b Budget>) -> Self {
        Self { shelf: Shelf::new(budget), counts: vec![0; texts] }
    }

    fn add(&mut self, lists: Lists) -> io::Result<()> {
        lists.for_each(|text, others| self.counts[text as usize] += others.len() as u32);
        self.shelf.add(lists)
    }

    /// The pairs that occur often enough, ascending; about `together` of all pairs are in memory at a time.
    fn frequent(&mut self, together: usize) -> io::Result<Vec<Candidate>> {
        let (mut pairs, mut others) = (Vec::new(), Vec::new());
        let (mut from, mut sum) = (0, 0);
        for text in 0..self.counts.len() {
            sum += self.counts[text] as usize;
            if sum >= together || text + 1 == self.counts.len() {
                others.resize(sum, 0);
                let ends = self.gather(from..text + 1, &mut others)?;
                let texts: Vec<(u32, &[u32])> = (from as u32..).zip(split(&others, &ends)).collect();
                let parts: Vec<&[(u32, &[u32])]> = texts.chunks(COUNTED_TOGETHER).collect();
                pairs.extend(parallel::map(&parts, |part| frequent(part)).into_iter().flatten());
                (from, sum) = (text + 1, 0);
            }
        }
        Ok(pairs)
    }

    /// Writes for each of some texts those before it that it shares a hash with, as often as it does; returns where they end.
    fn gather(&mut self, texts: Range<usize>, others: &mut [u32]) -> io::Result<Vec<usize>> {
        let mut end = 0;
        let mut ends: Vec<usize> = self.counts[texts.clone()]
            .iter()
            .map(|&count| {
                let start = end;
                end += count as usize;
                start
            })
            .collect();
        self.shelf.for_each(|lists| {
            lists.for_each(|text, found| {
                if texts.contains(&(text as usize)) {
                    let end = &mut ends[text as usize - texts.start];
                    others[*end..*end + found.len()].copy_from_slice(found);
                    *end += found.len();
                }
            });
        })?;
        Ok(ends)
    }
}

/// Pieces that follow one another, by their ends.
fn split<'o>(others: &'o [u32], ends: &[usize]) -> impl Iterator<Item = &'o [u32]> {
    let mut start = 0;
    ends.iter().map(move |&end| &others[std::mem::replace(&mut start, end)..end])
}

/// The pairs of some texts that occur at least as often as a verified pair must, ascending.
fn frequent(texts: &[(u32, &[u32])]) -> Vec<Candidate> {
    let (mut tally, mut often) = (Tally::default(), Vec::new());
    let mut frequent = Vec::new();
    for &(b, others) in texts {
        others.iter().for_each(|&other| tally.add(other));
        tally.take(EVIDENCE as u8, &mut often);
        often.sort_unstable_by_key(|&(other, _)| other);
        frequent.extend(often.iter().map(|&(a, led)| Candidate { b, a, led, is_linked: false }));
    }
    frequent
}
