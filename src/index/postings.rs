//! Which texts of an index hold a hash.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

/// The texts that hold each hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    held: HashMap<u32, Held, BuildHasherDefault<Spread>>,
    /// Of each hash that several texts hold how many they are, and where; it stays in its place as long as they are several.
    several: Vec<Several>,
    unused: Vec<u32>,
    texts: Texts,
}

/// How a hash is held: by none, by one text, which this is, or by several, whose place this is behind [`SEVERAL`](Held::SEVERAL).
/// Most hashes are held by one text: a map has room for more of them where it has no counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Held(u32);

impl Held {
    const NONE: Self = Self(u32::MAX);
    /// There are fewer texts, each of which takes hundreds of bytes, and fewer places.
    const SEVERAL: u32 = 1 << 31;

    fn several(self) -> Option<usize> {
        (self.0 & Self::SEVERAL != 0 && self != Self::NONE).then_some((self.0 & !Self::SEVERAL) as usize)
    }
}

/// How many texts hold a hash, two or more, and the number of their piece or list.
#[derive(Clone, Copy, Debug)]
struct Several {
    count: u32,
    place: u32,
}

/// Texts that hold hashes together with others. Up to [`POOLED`] are in a piece of a pool, more
/// in a list of their own, of which the first [`HUBS`](Postings::HUBS) are those with the smallest exact hashes: they stand for all
/// if the hash is common.
#[derive(Clone, Debug, Default)]
struct Texts {
    two: Pool<2>,
    four: Pool<4>,
    eight: Pool<8>,
    sixteen: Pool<16>,
    lists: Vec<Vec<u32>>,
    unused: Vec<u32>,
}

/// Texts that a piece of a pool has at most.
const POOLED: usize = 16;
/// A list is made when there are hubs to be told from others.
const _: () = assert!(POOLED == Postings::HUBS);

impl Postings {
    /// Texts that stand for all holders of a common hash.
    const HUBS: usize = crate::cluster::HUBS;

    /// Returns how a hash is held, to be [resolved](Self::texts): who looks up many hashes looks up all first, so that no look-up
    /// waits for another one.
    pub(super) fn held(&self, hash: u32) -> Held {
        self.held.get(&hash).copied().unwrap_or(Held::NONE)
    }

    /// Returns the texts that hold a hash which is held so.
    pub(super) fn texts<'a>(&'a self, held: &'a Held) -> &'a [u32] {
        match held.several() {
            Some(place) => self.texts.of(&self.several[place]),
            None if *held == Held::NONE => &[],
            None => std::slice::from_ref(&held.0),
        }
    }

    /// Returns the texts that hold a hash.
    pub(super) fn holders(&self, hash: u32) -> &[u32] {
        self.held.get(&hash).map_or(&[], |held| self.texts(held))
    }

    /// Returns those of a common hash's holders that stand for all.
    pub(super) fn hubs(holders: &[u32]) -> &[u32] {
        &holders[..holders.len().min(Self::HUBS)]
    }

    /// Adds a text, and returns how many hold the hash now; `rank` tells a text's exact hash, and whoever has looked the hash up
    /// tells how it is held.
    pub(super) fn insert(
        &mut self,
        hash: u32,
        held: Option<Held>,
        text: u32,
        rank: impl Fn(u32) -> u128,
    ) -> usize {
        if let Some(place) = held.and_then(Held::several) {
            return self.texts.add(&mut self.several[place], text, rank);
        }
        match self.held.entry(hash) {
            Entry::Vacant(place) => {
                place.insert(Held(text));
                1
            }
            Entry::Occupied(mut held) => {
                if let Some(place) = held.get().several() {
                    return self.texts.add(&mut self.several[place], text, rank);
                }
                let several = Several { count: 2, place: self.texts.two.take([held.get().0, text]) };
                let place = self.unused.pop().unwrap_or(self.several.len() as u32);
                match self.several.get_mut(place as usize) {
                    Some(unused) => *unused = several,
                    None => self.several.push(several),
                }
                held.insert(Held(place | Held::SEVERAL));
                2
            }
        }
    }

    /// Removes a text.
    pub(super) fn remove(&mut self, hash: u32, text: u32, rank: impl Fn(u32) -> u128) {
        let Some(held) = self.held.get_mut(&hash) else { return };
        let Some(place) = held.several() else {
            if held.0 == text {
                self.held.remove(&hash);
            }
            return;
        };
        let several = &mut self.several[place];
        self.texts.remove(several, text, rank);
        if several.count == 1 {
            self.unused.push(place as u32);
            *held = Held(several.place);
        }
    }
}

impl Texts {
    fn of(&self, held: &Several) -> &[u32] {
        match held.count as usize {
            2 => &self.two.pieces[held.place as usize],
            count @ 3..=4 => &self.four.pieces[held.place as usize][..count],
            count @ 5..=8 => &self.eight.pieces[held.place as usize][..count],
            count @ 9..=POOLED => &self.sixteen.pieces[held.place as usize][..count],
            _ => &self.lists[held.place as usize],
        }
    }

    /// The same of a piece, to be written.
    fn of_mut(&mut self, held: &Several) -> &mut [u32] {
        match held.count as usize {
            2 => &mut self.two.pieces[held.place as usize],
            3..=4 => &mut self.four.pieces[held.place as usize],
            5..=8 => &mut self.eight.pieces[held.place as usize],
            _ => &mut self.sixteen.pieces[held.place as usize],
        }
    }

    /// Adds a text to others, and returns how many they are now.
    fn add(&mut self, held: &mut Several, text: u32, rank: impl Fn(u32) -> u128) -> usize {
        let (count, place) = (held.count as usize, held.place);
        match count {
            2 => held.place = self.four.take(grown(self.two.give_back(place), text)),
            4 => held.place = self.eight.take(grown(self.four.give_back(place), text)),
            8 => held.place = self.sixteen.take(grown(self.eight.give_back(place), text)),
            ..POOLED => self.of_mut(held)[count] = text,
            POOLED => {
                let mut holders = self.of(held).to_vec();
                holders.push(text);
                // So far all stood for all.
                holders.sort_unstable_by_key(|&holder| rank(holder));
                self.sixteen.give_back(place);
                held.place = self.list(holders);
            }
            _ => {
                let holders = &mut self.lists[held.place as usize];
                holders.push(text);
                let at = holders[..Postings::HUBS].partition_point(|&hub| rank(hub) < rank(text));
                if at < Postings::HUBS {
                    // The last hub makes room at the end, the others move up.
                    let last = holders.len() - 1;
                    holders.swap(Postings::HUBS - 1, last);
                    holders[at..Postings::HUBS].rotate_right(1);
                }
            }
        }
        held.count += 1;
        count + 1
    }

    /// Removes a text; the place of the last one is itself.
    fn remove(&mut self, held: &mut Several, text: u32, rank: impl Fn(u32) -> u128) {
        let Some(at) = self.of(held).iter().position(|&holder| holder == text) else { return };
        let left = held.count as usize - 1;
        match left {
            ..POOLED => {
                self.of_mut(held).swap(at, left);
                let place = held.place;
                match left {
                    1 => held.place = self.two.give_back(place)[0],
                    2 => held.place = self.two.take(shrunk(self.four.give_back(place))),
                    4 => held.place = self.four.take(shrunk(self.eight.give_back(place))),
                    8 => held.place = self.eight.take(shrunk(self.sixteen.give_back(place))),
                    _ => {}
                }
            }
            _ => {
                let holders = &mut self.lists[held.place as usize];
                if at >= Postings::HUBS {
                    holders.swap_remove(at);
                } else {
                    holders.remove(at);
                    if let Some(rest) = holders.get(Postings::HUBS - 1..)
                        && let Some(next) = (0..rest.len()).min_by_key(|&i| rank(rest[i]))
                    {
                        holders.swap(Postings::HUBS - 1, Postings::HUBS - 1 + next);
                    }
                }
                if left == POOLED {
                    let mut piece = [0; POOLED];
                    piece.copy_from_slice(&std::mem::take(holders));
                    self.unused.push(held.place);
                    held.place = self.sixteen.take(piece);
                }
            }
        }
        held.count -= 1;
    }

    /// Returns the number of a list that is given these holders.
    fn list(&mut self, holders: Vec<u32>) -> u32 {
        if let Some(list) = self.unused.pop() {
            self.lists[list as usize] = holders;
            return list;
        }
        self.lists.push(holders);
        (self.lists.len() - 1) as u32
    }
}

/// Pieces with room for as many texts each, one behind the other: lists of their own would stand all over the memory. What has
/// a fixed size is moved without a call.
#[derive(Clone, Debug)]
struct Pool<const ROOM: usize> {
    pieces: Vec<[u32; ROOM]>,
    unused: Vec<u32>,
}

impl<const ROOM: usize> Default for Pool<ROOM> {
    fn default() -> Self {
        Self { pieces: Vec::new(), unused: Vec::new() }
    }
}

impl<const ROOM: usize> Pool<ROOM> {
    /// Returns the number of a piece that is given these texts.
    fn take(&mut self, texts: [u32; ROOM]) -> u32 {
        if let Some(piece) = self.unused.pop() {
            self.pieces[piece as usize] = texts;
            return piece;
        }
        self.pieces.push(texts);
        (self.pieces.len() - 1) as u32
    }

    /// Takes a piece back, and returns what was in it.
    fn give_back(&mut self, piece: u32) -> [u32; ROOM] {
        self.unused.push(piece);
        self.pieces[piece as usize]
    }
}

/// A full piece's texts and one more, with room for others.
fn grown<const FROM: usize, const TO: usize>(texts: [u32; FROM], text: u32) -> [u32; TO] {
    let mut all = [text; TO];
    all[..FROM].copy_from_slice(&texts);
    all
}

/// The first texts of a piece.
fn shrunk<const FROM: usize, const TO: usize>(texts: [u32; FROM]) -> [u32; TO] {
    let mut first = [0; TO];
    first.copy_from_slice(&texts[..TO]);
    first
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
    use std::collections::{BTreeMap, BTreeSet};

    fn rank(text: u32) -> u128 {
        u128::from(text.wrapping_mul(0x9e37_79b1))
    }

    proptest! {
        #[test]
        fn hubs_are_the_smallest_whatever_came_and_went(
            steps in prop::collection::vec((any::<bool>(), 0u32..40), 0..200)
        ) {
            let mut postings = Postings::default();
            let mut naive = BTreeSet::new();
            for (insert, text) in steps {
                let known = naive.contains(&(rank(text), text));
                if insert && !known {
                    prop_assert_eq!(postings.insert(7, None, text, rank), naive.len() + 1);
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

        #[test]
        fn holders_are_those_of_a_map_whatever_came_and_went(
            steps in prop::collection::vec((0u32..5, 0u32..9, 0u32..30), 0..900)
        ) {
            let mut postings = Postings::default();
            let mut naive: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
            for (what, hash, text) in steps {
                let texts = naive.entry(hash).or_default();
                if what > 1 && texts.insert(text) {
                    let held = (what > 3).then(|| postings.held(hash));
                    prop_assert_eq!(postings.insert(hash, held, text, rank), texts.len());
                } else if what <= 1 {
                    texts.remove(&text);
                    postings.remove(hash, text, rank);
                }
            }
            for (hash, texts) in naive {
                let holders: BTreeSet<u32> = postings.holders(hash).iter().copied().collect();
                prop_assert_eq!((postings.holders(hash).len(), holders), (texts.len(), texts));
            }
        }
    }
}
