//! Which texts of an index hold a hash.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The texts that hold each hash.
///
/// Most hashes are held by one text, which stands in the map itself. More texts are in a list. If they are more than
/// [`HUBS`](Postings::HUBS), so many with the smallest exact hashes come first: they stand for all if the hash is common.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    places: HashMap<u32, Place, BuildHasherDefault<Spread>>,
    lists: Vec<Vec<u32>>,
    unused: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Text(u32),
    List(u32),
}

impl Postings {
    /// Texts that stand for all holders of a common hash.
    const HUBS: usize = crate::cluster::HUBS;

    /// Returns the texts that hold a hash.
    pub(super) fn holders(&self, hash: u32) -> &[u32] {
        match self.places.get(&hash) {
            None => &[],
            Some(Place::Text(text)) => std::slice::from_ref(text),
            Some(Place::List(list)) => &self.lists[*list as usize],
        }
    }

    /// Returns those of a common hash's holders that stand for all.
    pub(super) fn hubs(holders: &[u32]) -> &[u32] {
        &holders[..holders.len().min(Self::HUBS)]
    }

    /// Adds a text, and returns how many hold the hash now; `rank` tells a text's exact hash.
    pub(super) fn insert(&mut self, hash: u32, text: u32, rank: impl Fn(u32) -> u128) -> usize {
        let Some(place) = self.places.get_mut(&hash) else {
            self.places.insert(hash, Place::Text(text));
            return 1;
        };
        match *place {
            Place::Text(first) => {
                let list = self.unused.pop().unwrap_or_else(|| {
                    self.lists.push(Vec::new());
                    (self.lists.len() - 1) as u32
                });
                let holders = &mut self.lists[list as usize];
                holders.extend([first, text]);
                *place = Place::List(list);
                2
            }
            Place::List(list) => {
                let holders = &mut self.lists[list as usize];
                holders.push(text);
                let last = holders.len() - 1;
                if last == Self::HUBS {
                    // So far all stood for all.
                    holders.sort_unstable_by_key(|&holder| rank(holder));
                } else if last > Self::HUBS {
                    let at = holders[..Self::HUBS].partition_point(|&hub| rank(hub) < rank(text));
                    if at < Self::HUBS {
                        // The last hub makes room at the end, the others move up.
                        holders.swap(Self::HUBS - 1, last);
                        holders[at..Self::HUBS].rotate_right(1);
                    }
                }
                holders.len()
            }
        }
    }

    /// Removes a text.
    pub(super) fn remove(&mut self, hash: u32, text: u32, rank: impl Fn(u32) -> u128) {
        match self.places.get(&hash) {
            Some(&Place::Text(_)) => {
                self.places.remove(&hash);
            }
            Some(&Place::List(list)) => {
                let holders = &mut self.lists[list as usize];
                let Some(at) = holders.iter().position(|&holder| holder == text) else { return };
                if at >= Self::HUBS {
                    holders.swap_remove(at);
                } else {
                    holders.remove(at);
                    if let Some(rest) = holders.get(Self::HUBS - 1..)
                        && let Some(next) = (0..rest.len()).min_by_key(|&i| rank(rest[i]))
                    {
                        holders.swap(Self::HUBS - 1, Self::HUBS - 1 + next);
                    }
                }
                if let [one] = holders[..] {
                    holders.clear();
                    self.unused.push(list);
                    self.places.insert(hash, Place::Text(one));
                }
            }
            None => {}
        }
    }
}

/// Spreads numbers that are hashes already over a map's buckets and tags.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.write_u32(u32::from(b)));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        // The golden ratio: sketches hold small numbers only, the map looks at the highest bits too.
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }

    fn write_u128(&mut self, number: u128) {
        self.0 = number as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rank(text: u32) -> u128 {
        u128::from(text.wrapping_mul(0x9e37_79b1))
    }

    proptest! {
        #[test]
        fn hubs_are_the_smallest_whatever_came_and_went(
            steps in prop::collection::vec((any::<bool>(), 0u32..40), 0..200)
        ) {
            let mut postings = Postings::default();
            let mut naive = std::collections::BTreeSet::new();
            for (insert, text) in steps {
                let known = naive.contains(&(rank(text), text));
                if insert && !known {
                    postings.insert(7, text, rank);
                    naive.insert((rank(text), text));
                } else if !insert && known {
                    postings.remove(7, text, rank);
                    naive.remove(&(rank(text), text));
                }
                let by_rank = |texts: &[u32]| {
                    let mut texts = texts.to_vec();
                    texts.sort_by_key(|&text| rank(text));
                    texts
                };
                let hubs: Vec<u32> = naive.iter().map(|&(_, text)| text).take(Postings::HUBS).collect();
                let holders = postings.holders(7);
                prop_assert_eq!(by_rank(Postings::hubs(holders)), hubs);
                let mut all = holders.to_vec();
                all.sort_by_key(|&text| rank(text));
                prop_assert_eq!(all, naive.iter().map(|&(_, text)| text).collect::<Vec<_>>());
            }
        }
    }
}
