//! Which texts of a corpus share which hashes: the whole corpus at once, in bounded memory.

use crate::fingerprint::Fingerprint;
use crate::index::Spread;
use crate::index::relation::COMMON;
use std::collections::HashSet;
use std::hash::BuildHasherDefault;

/// Hashes at the beginning of a sketch that lead to near-identical texts even when they are common: a pair of a
/// Jaccard similarity of 0.8 misses all of sixteen once in 10¹¹.
pub(crate) const LEADING: usize = 16;

/// Texts that stand for all holders of a common hash.
pub(crate) const HUBS: usize = 16;

/// Records that are sorted at a time, 8 bytes each and as many again for sorting.
const RECORDS_AT_A_TIME: usize = 4 << 20;

/// For each text, the lists of texts that share a hash with it.
pub(crate) struct Postings {
    /// Texts in all lists, one list after the other, ascending within each.
    holders: Vec<u32>,
    /// Lists that concern a text, one text after the other.
    lists: Vec<List>,
    /// Where each text's lists begin, and the end of the last.
    starts: Vec<usize>,
    /// The lists of common hashes, and the hashes.
    common_lists: Vec<(List, u32)>,
    /// Which hashes of each text's sketch are common.
    pub(crate) common: Vec<u128>,
}

/// Where a list begins among all holders, and its length in the lowest bits: one number, so that nothing else need
/// be fetched to find the holders.
#[derive(Clone, Copy, Default)]
struct List(u64);

impl List {
    const LENGTH_BITS: u32 = 6;

    fn new(start: usize, end: usize) -> Self {
        Self((start as u64) << Self::LENGTH_BITS | (end - start) as u64)
    }

    fn of(self, holders: &[u32]) -> &[u32] {
        let start = (self.0 >> Self::LENGTH_BITS) as usize;
        let length = self.0 as usize & ((1 << Self::LENGTH_BITS) - 1);
        &holders[start..start + length]
    }
}

const _: () = assert!(COMMON < 1 << List::LENGTH_BITS && HUBS < 1 << List::LENGTH_BITS);

impl Postings {
    /// Reads the sketches part by part, each part the hashes of one range; the ranges are chosen to have about
    /// [`RECORDS_AT_A_TIME`] hashes.
    pub(crate) fn of(prints: &[&Fingerprint]) -> Self {
        let ranges = ranges(prints);
        let mut postings = Self {
            holders: Vec::new(),
            lists: Vec::new(),
            starts: Vec::new(),
            common_lists: Vec::new(),
            common: vec![0; prints.len()],
        };
        let mut concerned: Vec<Vec<(u32, List)>> = Vec::new();
        for wave in ranges.chunks(crate::cluster::parallel::threads()) {
            let parts = crate::cluster::parallel::map(wave, |&(from, to)| Part::of(prints, from, to));
            for part in parts {
                concerned.push(postings.add(prints, &part));
            }
        }
        postings.arrange(prints.len(), &concerned);
        postings
    }

    /// Adds the lists of one part; returns pairs of a text and a list that concerns it.
    fn add(&mut self, prints: &[&Fingerprint], part: &Part) -> Vec<(u32, List)> {
        let mut concerned = Vec::new();
        for run in part.records.chunk_by(|a, b| a >> 32 == b >> 32).filter(|run| run.len() > 1) {
            let listed = if run.len() <= COMMON { run } else { &run[..HUBS] };
            let start = self.holders.len();
            self.holders.extend(listed.iter().map(|&r| r as u32));
            let list = List::new(start, self.holders.len());
            if run.len() <= COMMON {
                concerned.extend(run.iter().map(|&r| (r as u32, list)));
            } else {
                let hash = (run[0] >> 32) as u32;
                self.common_lists.push((list, hash));
                for &record in run {
                    let text = record as u32;
                    let Ok(place) = prints[text as usize].sketch().binary_search(&hash) else { continue };
                    self.common[text as usize] |= 1 << place;
                    if place < LEADING {
                        concerned.push((text, list));
                    }
                }
            }
        }
        concerned
    }

    /// Sorts what concerns texts by text.
    fn arrange(&mut self, texts: usize, concerned: &[Vec<(u32, List)>]) {
        let mut ends = vec![0; texts + 1];
        for &(text, _) in concerned.iter().flatten() {
            ends[text as usize + 1] += 1;
        }
        for i in 1..ends.len() {
            ends[i] += ends[i - 1];
        }
        self.lists = vec![List::default(); ends[texts]];
        self.starts = ends.clone();
        for &(text, list) in concerned.iter().flatten() {
            let end = &mut ends[text as usize];
            self.lists[*end] = list;
            *end += 1;
        }
    }

    /// Takes back that a hash is common if half of its hubs, which are a fair sample of its holders, are in one
    /// cluster: then it is the content of one story that has many copies. Returns which texts this concerns.
    pub(crate) fn restore(&mut self, prints: &[&Fingerprint], cluster_of: &[u32]) -> Vec<bool> {
        let mut stories: HashSet<u32, BuildHasherDefault<Spread>> = HashSet::default();
        self.common_lists.retain(|&(list, hash)| {
            let mut clusters: Vec<u32> =
                list.of(&self.holders).iter().map(|&hub| cluster_of[hub as usize]).collect();
            clusters.sort_unstable();
            let one_story = clusters.chunk_by(|a, b| a == b).any(|run| 2 * run.len() >= HUBS);
            !(one_story && stories.insert(hash))
        });
        let mut concerned = vec![false; prints.len()];
        if stories.is_empty() {
            return concerned;
        }
        for (text, common) in self.common.iter_mut().enumerate() {
            let mut rest = *common;
            while rest != 0 {
                let place = rest.trailing_zeros();
                rest &= rest - 1;
                if stories.contains(&prints[text].sketch()[place as usize]) {
                    *common &= !(1 << place);
                    concerned[text] = true;
                }
            }
        }
        concerned
    }

    /// Hands to `each` the texts that share hashes with `text`, as often as they do: those before it, and hubs of
    /// common hashes on either side unless `text` is a hub as well.
    pub(crate) fn for_each_candidate(&self, text: u32, mut each: impl FnMut(u32)) {
        for list in &self.lists[self.starts[text as usize]..self.starts[text as usize + 1]] {
            list.of(&self.holders)
                .iter()
                .take_while(|&&holder| holder != text)
                .for_each(|&holder| each(holder));
        }
    }
}

/// The records of one range of hashes, sorted: the hash in the upper half, the text in the lower.
struct Part {
    records: Vec<u64>,
}

impl Part {
    fn of(prints: &[&Fingerprint], from: u32, to: u32) -> Self {
        let mut records = Vec::new();
        for (text, print) in prints.iter().enumerate() {
            let sketch = print.sketch();
            let start = sketch.partition_point(|&h| h < from);
            let hashes = sketch[start..].iter().take_while(|&&h| h <= to);
            records.extend(hashes.map(|&h| u64::from(h) << 32 | text as u64));
        }
        sort_by_hash(&mut records, from, to);
        Self { records }
    }
}

/// Sorts by the upper half and keeps the order within: from the lowest digit of the hashes to the highest.
fn sort_by_hash(records: &mut Vec<u64>, from: u32, to: u32) {
    const DIGIT_BITS: u32 = 11;
    let mut other = vec![0; records.len()];
    let bits = u32::BITS - (to - from).leading_zeros();
    for shift in (0..bits).step_by(DIGIT_BITS as usize) {
        let digit = |record: u64| ((record >> 32) as u32 - from) as usize >> shift & ((1 << DIGIT_BITS) - 1);
        let mut places = [0; 1 << DIGIT_BITS];
        records.iter().for_each(|&r| places[digit(r)] += 1);
        let mut sum = 0;
        for place in &mut places {
            (*place, sum) = (sum, sum + *place);
        }
        for &record in &*records {
            let place = &mut places[digit(record)];
            other[*place] = record;
            *place += 1;
        }
        std::mem::swap(records, &mut other);
    }
}

/// Ranges of hashes, first and last, that together are all hashes.
fn ranges(prints: &[&Fingerprint]) -> Vec<(u32, u32)> {
    // Long texts have small hashes only, so ranges are not of equal width.
    const HEAD_BITS: u32 = 12;
    let mut counts = vec![0usize; 1 << HEAD_BITS];
    for print in prints {
        print.sketch().iter().for_each(|&h| counts[(h >> (u32::BITS - HEAD_BITS)) as usize] += 1);
    }
    let mut ranges = Vec::new();
    let (mut from, mut sum) = (0, 0);
    for (head, &count) in counts.iter().enumerate() {
        sum += count;
        let to = ((head as u32 + 1) << (u32::BITS - HEAD_BITS)).wrapping_sub(1);
        if sum >= RECORDS_AT_A_TIME || to == u32::MAX {
            ranges.push((from, to));
            (from, sum) = (to.wrapping_add(1), 0);
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorting_by_digits_sorts(from in 0u32..9, width in any::<u32>(), numbers in prop::collection::vec(any::<u32>(), 0..99)) {
            let to = from.saturating_add(width);
            let mut records: Vec<u64> = (0u64..)
                .zip(numbers)
                .map(|(i, n)| u64::from((n % (to - from).max(1)) + from) << 32 | i)
                .collect();
            let mut naive = records.clone();
            naive.sort();
            sort_by_hash(&mut records, from, to);
            prop_assert_eq!(records, naive);
        }
    }
}
