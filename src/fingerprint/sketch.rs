//! Bottom sketches: the smallest hashes of a set, sorted.
//!
//! Two sketches of different sets agree on which hashes they would hold: those up to the smaller of their two
//! bounds. Over that common region they are the two sets themselves, a fair sample of them, so Jaccard and
//! containment can be counted there (Broder, *On the resemblance and containment of documents*, 1997; the common
//! bound is that of Thorup, *Bottom-k and priority sampling, set similarity and subset sums with minimal
//! independence*, 2013). A set smaller than the sketch is held whole.

/// Writes the `size` smallest distinct numbers to `out`, in ascending order.
///
/// *Complexity*: linear for hashes that are spread evenly and mostly distinct; never worse than sorting them.
pub(crate) fn smallest(
    numbers: impl Iterator<Item = u32> + Clone,
    count: usize,
    size: usize,
    scratch: &mut Vec<u32>,
    out: &mut Vec<u32>,
) {
    let wanted = size + size * MARGIN / 100;
    if count > wanted {
        // Of evenly spread numbers `wanted` are expected below this bound.
        let bound = (u64::from(u32::MAX) * wanted as u64 / count as u64) as u32;
        // Written whether wanted or not: whether a number is, no processor can foretell.
        scratch.clear();
        scratch.resize(count + 1, 0);
        let mut found = 0;
        for number in numbers.clone() {
            scratch[found] = number;
            found += usize::from(number <= bound);
        }
        sort_spread(&scratch[..found], bound, out);
        out.dedup();
        if out.len() >= size {
            out.truncate(size);
            return;
        }
    }
    scratch.clear();
    scratch.extend(numbers);
    sort_spread(scratch, u32::MAX, out);
    out.dedup();
    out.truncate(size);
}

/// Percent of numbers that are looked at besides those needed: with 179 expected where 128 are needed, too few are
/// found in less than one of ten thousand texts unless they repeat themselves, and then all are looked at.
const MARGIN: usize = 40;

/// Writes numbers up to `bound` to `out` in ascending order: first by their leading bits, then by insertion, which
/// has little to do if they are spread evenly.
fn sort_spread(numbers: &[u32], bound: u32, out: &mut Vec<u32>) {
    const BUCKETS: usize = 512;
    out.clear();
    if numbers.len() > 4 * BUCKETS {
        out.extend_from_slice(numbers);
        out.sort_unstable();
        return;
    }
    let factor = ((BUCKETS as u64) << 32) / (u64::from(bound) + 1);
    let bucket = |number: u32| ((u64::from(number) * factor) >> 32) as usize & (BUCKETS - 1);
    let mut ends = [0u16; BUCKETS];
    numbers.iter().for_each(|&n| ends[bucket(n)] += 1);
    let mut sum = 0;
    for end in &mut ends {
        (*end, sum) = (sum, sum + *end);
    }
    out.resize(numbers.len(), 0);
    for &number in numbers {
        let end = &mut ends[bucket(number)];
        out[usize::from(*end)] = number;
        *end += 1;
    }
    if out.len() > CLUMPED && ends.windows(2).any(|pair| usize::from(pair[1] - pair[0]) > CLUMPED) {
        return out.sort_unstable();
    }
    for i in 1..out.len() {
        let number = out[i];
        let mut at = i;
        while at > 0 && out[at - 1] > number {
            out[at] = out[at - 1];
            at -= 1;
        }
        out[at] = number;
    }
}

/// Numbers in one bucket above which insertion would take long.
const CLUMPED: usize = 24;

/// The hashes that a sketch vouches for: it holds every hash of its set up to here.
pub(crate) fn bound(sketch: &[u32], size: usize) -> u32 {
    match sketch.last() {
        Some(&last) if sketch.len() >= size => last,
        _ => u32::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sketch_is_the_beginning_of_the_sorted_set(
            numbers in prop::collection::vec(prop_oneof![any::<u32>(), 0u32..9, 0u32..999], 0..1500),
            size in 1usize..200,
        ) {
            let mut naive = numbers.clone();
            naive.sort();
            naive.dedup();
            naive.truncate(size);
            let (mut scratch, mut out) = (vec![5], vec![7]);
            smallest(numbers.iter().copied(), numbers.len(), size, &mut scratch, &mut out);
            prop_assert_eq!(out, naive);
        }
    }
}
