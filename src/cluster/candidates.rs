//! Which texts of a corpus may be copies: those that share enough hashes.
//!
//! sketches → [sorted records](super::records) → lists of texts that share a hash → pairs, counted.

use super::parallel;
use super::records::{Ranges, Record};
use crate::fingerprint::Fingerprint;
use crate::index::Spread;
use crate::index::relation::{COMMON, EVIDENCE};
use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// Hashes at the beginning of a sketch that lead to near-identical texts even when they are common: a pair of a
/// Jaccard similarity of 0.8 misses all of sixteen once in 10¹¹.
pub(crate) const LEADING: usize = 16;

/// Texts that stand for all holders of a common hash.
pub(crate) const HUBS: usize = 16;

/// Records that are in memory at a time, 8 bytes each: every wave of them reads all fingerprints.
const RECORDS_AT_A_TIME: usize = 32 << 20;

/// Pairs that are in memory at a time, 8 bytes each and as many again while they are sorted.
const PAIRS_AT_A_TIME: usize = 24 << 20;

/// Texts whose pairs are counted together, a power of two.
const BLOCK: usize = 1 << 11;

/// What a corpus shares.
pub(crate) struct Candidates {
    /// Pairs of texts that share enough hashes to be verified, the greater number first, ascending.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Which hashes of each text's sketch are common.
    pub(crate) common: Vec<u128>,
    /// The common hashes, and the texts that stand for all holders of each.
    hubs: Vec<(u32, [u32; HUBS])>,
}

impl Candidates {
    /// The candidates among texts, each with its number; the numbers are all those below the count.
    pub(crate) fn of(prints: &[(u32, &Fingerprint)]) -> Self {
        let mut lists = Lists::new(prints.len());
        let mut found = Self { pairs: Vec::new(), common: vec![0; prints.len()], hubs: Vec::new() };
        let ranges = Ranges::of(prints);
        let mut records = Vec::new();
        for group in ranges.groups(RECORDS_AT_A_TIME) {
            let parts = ranges.sorted(prints, group, &mut records);
            for part in parallel::map(&parts, |(first, records)| Part::of(*first, records)) {
                lists.add(&part);
                found.hubs.extend(part.hubs);
                for (text, place) in part.common {
                    found.common[text as usize] |= 1 << place;
                }
            }
        }
        drop(records);
        found.pairs = lists.pairs(prints.len());
        found
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
            let common = &mut self.common[text as usize];
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

/// What one range of hashes tells.
#[derive(Default)]
struct Part {
    /// Lists of texts, one after the other, and the length of each: own hashes with all their holders, ascending.
    holders: Vec<u32>,
    lengths: Vec<u8>,
    /// Pairs that common hashes make of the texts near whose beginning they stand and their hubs.
    leading: Vec<(u32, u32)>,
    hubs: Vec<(u32, [u32; HUBS])>,
    /// Texts with places of common hashes.
    common: Vec<(u32, u8)>,
}

impl Part {
    fn of(first: u32, records: &[Record]) -> Self {
        let mut part = Self::default();
        let mut at = 0;
        while at < records.len() {
            let hash = records[at].hash();
            let length = records[at..].iter().take_while(|record| record.hash() == hash).count();
            let run = &records[at..at + length];
            at += length;
            if length == 1 {
                continue;
            }
            if length <= COMMON {
                part.holders.extend(run.iter().map(|record| record.text()));
                part.lengths.push(length as u8);
                continue;
            }
            let mut hubs = [0; HUBS];
            hubs.iter_mut().zip(run).for_each(|(hub, record)| *hub = record.text());
            part.hubs.push((first + hash, hubs));
            part.common.extend(run.iter().map(|record| (record.text(), record.place() as u8)));
            for text in run.iter().filter(|record| record.place() < LEADING).map(|record| record.text()) {
                // Two hubs meet once.
                let others = hubs.iter().take_while(|&&hub| hub != text);
                part.leading.extend(others.map(|&hub| (text.max(hub), text.min(hub))));
            }
        }
        part
    }
}

const _: () = assert!(COMMON <= u8::MAX as usize && HUBS <= COMMON);

/// Lists of texts that share a hash: every two of a list are a pair.
struct Lists {
    holders: Vec<u32>,
    lengths: Vec<u8>,
    leading: Vec<(u32, u32)>,
    /// Pairs by the block of their greater text.
    counts: Vec<usize>,
}

impl Lists {
    fn new(texts: usize) -> Self {
        let counts = vec![0; texts.div_ceil(BLOCK)];
        Self { holders: Vec::new(), lengths: Vec::new(), leading: Vec::new(), counts }
    }

    fn add(&mut self, part: &Part) {
        let mut holders = &part.holders[..];
        for &length in &part.lengths {
            let (list, rest) = holders.split_at(usize::from(length));
            for (before, &text) in list.iter().enumerate() {
                self.counts[text as usize / BLOCK] += before;
            }
            holders = rest;
        }
        part.leading.iter().for_each(|&(text, _)| self.counts[text as usize / BLOCK] += 1);
        self.holders.extend_from_slice(&part.holders);
        self.lengths.extend_from_slice(&part.lengths);
        self.leading.extend_from_slice(&part.leading);
    }

    /// The pairs that occur often enough, ascending.
    fn pairs(&self, texts: usize) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        let (mut from, mut sum) = (0, 0);
        for (block, &count) in self.counts.iter().enumerate() {
            sum += count;
            if sum >= PAIRS_AT_A_TIME || block + 1 == self.counts.len() {
                let blocks = self.split(from..block + 1);
                let frequent = parallel::map(&blocks, |(block, pairs)| frequent(*block, pairs, texts));
                pairs.extend(frequent.into_iter().flatten());
                (from, sum) = (block + 1, 0);
            }
        }
        pairs
    }

    /// All pairs of some blocks: for each block those whose greater text it has, that text counted from the
    /// block's first.
    fn split(&self, blocks: Range<usize>) -> Vec<(usize, Vec<(u32, u32)>)> {
        let mut pairs: Vec<(usize, Vec<(u32, u32)>)> =
            blocks.clone().map(|block| (block, Vec::with_capacity(self.counts[block]))).collect();
        let mut add = |text: u32, others: &[u32]| {
            let block = text as usize / BLOCK;
            if blocks.contains(&block) {
                let local = text % BLOCK as u32;
                pairs[block - blocks.start].1.extend(others.iter().map(|&other| (local, other)));
            }
        };
        let mut holders = &self.holders[..];
        for &length in &self.lengths {
            let (list, rest) = holders.split_at(usize::from(length));
            for (before, &text) in list.iter().enumerate().skip(1) {
                add(text, &list[..before]);
            }
            holders = rest;
        }
        self.leading.iter().for_each(|&(text, other)| add(text, &[other]));
        pairs
    }
}

/// The pairs of a block that occur at least as often as a verified pair must.
fn frequent(block: usize, pairs: &[(u32, u32)], texts: usize) -> Vec<(u32, u32)> {
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
    let mut frequent = Vec::new();
    let mut counts = vec![0u8; texts];
    let mut start = 0;
    for text in 0..BLOCK {
        let others = &others[start..ends[text] as usize];
        start = ends[text] as usize;
        let before = frequent.len();
        for &other in others {
            let count = &mut counts[other as usize];
            *count = count.saturating_add(1);
            if *count == EVIDENCE as u8 {
                frequent.push(((block * BLOCK + text) as u32, other));
            }
        }
        others.iter().for_each(|&other| counts[other as usize] = 0);
        frequent[before..].sort_unstable();
    }
    frequent
}
