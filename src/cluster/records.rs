//! The hashes of all sketches, sorted, with the texts that hold them: range by range, so that what is sorted stays
//! within a processor's cache and what is in memory is bounded.

use crate::fingerprint::{Fingerprint, SKETCH};
use std::ops::Range;

/// A hash in the sketch of a text: the hash's distance from the beginning of its range, its place in the sketch,
/// the text.
#[derive(Clone, Copy, Default)]
pub(super) struct Record(u64);

impl Record {
    const TEXT_BITS: u32 = 32;
    const PLACE_BITS: u32 = 7;
    const HASH_BITS: u32 = 64 - Self::PLACE_BITS - Self::TEXT_BITS;

    fn new(hash: u32, place: usize, text: u32) -> Self {
        let hash = u64::from(hash) << (Self::PLACE_BITS + Self::TEXT_BITS);
        Self(hash | (place as u64) << Self::TEXT_BITS | u64::from(text))
    }

    /// The hash's distance from the beginning of its range.
    pub(super) fn hash(self) -> u32 {
        (self.0 >> (Self::PLACE_BITS + Self::TEXT_BITS)) as u32
    }

    pub(super) fn place(self) -> usize {
        (self.0 >> Self::TEXT_BITS) as usize & ((1 << Self::PLACE_BITS) - 1)
    }

    pub(super) fn text(self) -> u32 {
        self.0 as u32
    }
}

const _: () = assert!(SKETCH <= 1 << Record::PLACE_BITS);

/// Leading bits of a hash that ranges are made of.
const HEAD_BITS: u32 = 16;

const HEADS: usize = 1 << HEAD_BITS;

/// A range may have no more heads than [`Record`] can tell hashes of.
const MOST_HEADS: usize = 1 << (Record::HASH_BITS + HEAD_BITS - u32::BITS);

/// Records that are sorted at a time: with as much again for sorting, half a megabyte, which is what a core's own
/// cache holds. Thirty-two times as many took twice the time.
const SORTED_TOGETHER: usize = 32 << 10;

/// Ranges of hashes that together are all hashes, by the heads of the hashes.
pub(super) struct Ranges {
    heads: Vec<Range<usize>>,
    /// How many hashes are in each.
    counts: Vec<usize>,
    /// The range of each head.
    of_head: Vec<u32>,
}

impl Ranges {
    /// Long texts have small hashes only, so ranges are of equal counts, not of equal width.
    pub(super) fn of(prints: &[(u32, &Fingerprint)]) -> Self {
        let mut counts = vec![0usize; HEADS];
        for (_, print) in prints {
            print.sketch().iter().for_each(|&hash| counts[head(hash)] += 1);
        }
        let mut ranges = Self { heads: Vec::new(), counts: Vec::new(), of_head: Vec::with_capacity(HEADS) };
        let (mut from, mut sum) = (0, 0);
        for (head, &count) in counts.iter().enumerate() {
            sum += count;
            ranges.of_head.push(ranges.heads.len() as u32);
            if sum >= SORTED_TOGETHER || head + 1 - from == MOST_HEADS || head + 1 == HEADS {
                ranges.heads.push(from..head + 1);
                ranges.counts.push(sum);
                (from, sum) = (head + 1, 0);
            }
        }
        ranges
    }

    /// Groups of ranges with about so many records together.
    pub(super) fn groups(&self, records: usize) -> Vec<Range<usize>> {
        let (mut groups, mut from, mut sum) = (Vec::new(), 0, 0);
        for (range, &count) in self.counts.iter().enumerate() {
            sum += count;
            if sum >= records || range + 1 == self.counts.len() {
                groups.push(from..range + 1);
                (from, sum) = (range + 1, 0);
            }
        }
        groups
    }

    /// The records of some ranges that follow one another, sorted by hash and then by text; for each range its
    /// first hash and its records.
    pub(super) fn sorted<'r>(
        &self,
        prints: &[(u32, &Fingerprint)],
        group: Range<usize>,
        records: &'r mut Vec<Record>,
    ) -> Vec<(u32, &'r mut [Record])> {
        let count: usize = self.counts[group.clone()].iter().sum();
        records.resize(count, Record::default());
        let mut end = 0;
        let mut ends: Vec<usize> = group
            .clone()
            .map(|range| {
                let start = end;
                end += self.counts[range];
                start
            })
            .collect();
        let first = |range: usize| (self.heads[range].start << (u32::BITS - HEAD_BITS)) as u32;
        let (from, to) = (first(group.start), self.heads[group.end - 1].end);
        for &(text, print) in prints {
            let sketch = print.sketch();
            let start = sketch.partition_point(|&hash| hash < from);
            for (place, &hash) in sketch.iter().enumerate().skip(start) {
                let head = head(hash);
                if head >= to {
                    break;
                }
                let range = self.of_head[head] as usize;
                let end = &mut ends[range - group.start];
                records[*end] = Record::new(hash - first(range), place, text);
                *end += 1;
            }
        }
        let mut parts = Vec::with_capacity(group.len());
        let mut rest = &mut records[..];
        for range in group {
            let (part, others) = rest.split_at_mut(self.counts[range]);
            parts.push((first(range), part));
            rest = others;
        }
        super::parallel::for_each(&mut parts, |(_, records)| sort(records));
        parts
    }
}

fn head(hash: u32) -> usize {
    (hash >> (u32::BITS - HEAD_BITS)) as usize
}

/// Sorts by hash, from the lowest digit of the hashes to the highest, and those of one hash by text.
fn sort(records: &mut [Record]) {
    const DIGIT_BITS: u32 = 11;
    let largest = records.iter().map(|record| record.hash()).max().unwrap_or(0);
    let mut other = vec![Record::default(); records.len()];
    let mut is_here = true;
    for shift in (0..u32::BITS - largest.leading_zeros()).step_by(DIGIT_BITS as usize) {
        let (from, to): (&[Record], &mut [Record]) =
            if is_here { (&*records, &mut other) } else { (&other, &mut *records) };
        let digit = |record: Record| (record.hash() >> shift) as usize & ((1 << DIGIT_BITS) - 1);
        let mut places = [0u32; 1 << DIGIT_BITS];
        from.iter().for_each(|&record| places[digit(record)] += 1);
        let mut sum = 0;
        for place in &mut places {
            (*place, sum) = (sum, sum + *place);
        }
        for &record in from {
            let place = &mut places[digit(record)];
            to[*place as usize] = record;
            *place += 1;
        }
        is_here = !is_here;
    }
    if !is_here {
        records.copy_from_slice(&other);
    }
    for run in records.chunk_by_mut(|a, b| a.hash() == b.hash()).filter(|run| run.len() > 1) {
        run.sort_unstable_by_key(|record| record.text());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorting_by_digits_sorts(
            hashes in prop::collection::vec(prop_oneof![0u32..9, 0u32..1 << Record::HASH_BITS], 0..99)
        ) {
            let mut records: Vec<Record> =
                (0u32..).zip(&hashes).map(|(i, &hash)| Record::new(hash, i as usize % 128, i.wrapping_mul(0x9e37_79b1))).collect();
            let mut naive: Vec<(u32, u32, usize)> =
                records.iter().map(|r| (r.hash(), r.text(), r.place())).collect();
            naive.sort();
            sort(&mut records);
            prop_assert_eq!(naive, records.iter().map(|r| (r.hash(), r.text(), r.place())).collect::<Vec<_>>());
        }
    }

    #[test]
    fn ranges_hold_every_hash_once_in_order() {
        let word = |i: u64| format!("w{} ", i.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let prints: Vec<Fingerprint> = (0..900u64)
            .map(|i| Fingerprint::of(&(0..i % 400).map(|k| word(i * 300 + k)).collect::<String>()))
            .collect();
        let mut prints: Vec<(u32, &Fingerprint)> = (0..).zip(&prints).collect();
        prints.reverse();
        let mut expected: Vec<(u32, u32, usize)> = Vec::new();
        for &(text, print) in &prints {
            expected.extend(print.sketch().iter().enumerate().map(|(place, &hash)| (hash, text, place)));
        }
        expected.sort();
        let ranges = Ranges::of(&prints);
        for records in [1, 40_000, usize::MAX] {
            let (mut found, mut buffer) = (Vec::new(), Vec::new());
            for group in ranges.groups(records) {
                for (first, part) in ranges.sorted(&prints, group, &mut buffer) {
                    found.extend(part.iter().map(|r| (first + r.hash(), r.text(), r.place())));
                }
            }
            assert!(found == expected, "{records} at a time");
        }
    }
}
