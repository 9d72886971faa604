//! Which numbers come up often enough.

/// Places for numbers: few enough to stay in the innermost cache. A text has about two thousand candidates at most,
/// sixteen holders of each hash in its sketch.
const PLACES: usize = 1 << 12;

/// Counts how often each number is added.
#[derive(Clone)]
pub(crate) struct Tally {
    /// The number that has each place, and how often it was added. They stand together: a look at a place is one at memory.
    places: [(u32, u32); PLACES],
    taken: Vec<u16>,
    /// What was added while another number had its place. It is counted by sorting, which whoever makes numbers meet in one
    /// place gains little by.
    rest: Vec<u32>,
}

const _: () = assert!(PLACES <= u16::MAX as usize + 1);

impl Default for Tally {
    fn default() -> Self {
        Self { places: [(0, 0); PLACES], taken: Vec::new(), rest: Vec::new() }
    }
}

/// Between two look-ups, when it may be seen, it holds nothing.
impl std::fmt::Debug for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tally").finish_non_exhaustive()
    }
}

impl Tally {
    pub(crate) fn add(&mut self, number: u32) {
        let at = number as usize % PLACES;
        match &mut self.places[at] {
            place @ (_, 0) => {
                *place = (number, 1);
                self.taken.push(at as u16);
            }
            (other, count) if *other == number => *count += 1,
            _ => self.rest.push(number),
        }
    }

    /// Writes the numbers that were added at least so often, each once, and how often they were, up to 255 times; forgets all.
    pub(crate) fn take(&mut self, least: u8, often: &mut Vec<(u32, u8)>) {
        often.clear();
        for place in self.taken.drain(..).map(usize::from) {
            let (number, count) = core::mem::take(&mut self.places[place]);
            if count >= u32::from(least) {
                often.push((number, u8::try_from(count).unwrap_or(u8::MAX)));
            }
        }
        self.rest.sort_unstable();
        let runs = self.rest.chunk_by(|a, b| a == b).filter(|run| run.len() >= usize::from(least));
        often.extend(runs.map(|run| (run[0], u8::try_from(run.len()).unwrap_or(u8::MAX))));
        self.rest.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn numbers_are_counted_as_in_a_map(
            rounds in prop::collection::vec(prop::collection::vec((0u32..4, 0u32..3), 0..400), 1..4), least in 1u8..9
        ) {
            let (mut tally, mut often) = (Tally::default(), Vec::new());
            for round in rounds {
                let mut naive: BTreeMap<u32, usize> = BTreeMap::new();
                for (low, high) in round {
                    // Some have the same place.
                    let number = low + high * PLACES as u32;
                    tally.add(number);
                    *naive.entry(number).or_default() += 1;
                }
                let naive = naive.into_iter().filter(|&(_, count)| count >= usize::from(least));
                let naive: Vec<(u32, u8)> = naive.map(|(number, count)| (number, count.min(255) as u8)).collect();
                tally.take(least, &mut often);
                often.sort_unstable();
                prop_assert_eq!(&often, &naive);
            }
        }
    }
}
