//! The index: copies found as texts come in.
//!
//! fingerprint → [who holds its hashes](postings) → candidates → [verified relation](relation) → matches.

mod persist;
mod plan;
mod postings;
pub(crate) mod relation;
mod tally;

pub use persist::{IndexError, StoredId};
pub use plan::Plan;
pub use relation::{Measure, Relation};

use crate::cluster::LEADING;
use crate::fingerprint::Fingerprint;
pub(crate) use postings::Spread;
use postings::{Held, Postings};
use relation::{COMMON, EVIDENCE, Outline, Shared, may_be_related, verify};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash};
pub(crate) use tally::Tally;

/// Fingerprints by id, and the copies among them.
///
/// A text matches those with the same folded words, those similar in the shingles that are their own, those almost
/// identical in all shingles, and those that it contains or is contained in. Every match is verified. A shingle
/// that more than 16 different texts in the index hold, weak ones aside, is common and does not count, so what is a
/// match depends on what else is in the index, but not on the order in which it came. [`Clusters`](crate::Clusters) finds the same
/// pairs all at once.
///
/// Of a text whose shingles are all common because it has very many copies, 16 at least stand for all.
///
/// # Examples
///
/// ```
/// use unfurnish::{Fingerprint, Index, Relation};
///
/// let body: String = (0..100).map(|i| format!("word{} ", i * i)).collect();
/// let mut seen = Index::default();
/// assert!(seen.insert("a", Fingerprint::of(&body)).is_none());
///
/// let copy = seen.insert("b", Fingerprint::of(&body[..500])).unwrap();
/// assert_eq!((*copy.id(), copy.relation()), ("a", Relation::Contained));
/// assert_eq!(seen.len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Index<Id> {
    similarity: Similarity,
    /// Of each text its body and its place among the body's ids.
    texts: HashMap<Id, (u32, u32)>,
    bodies: Vec<Body<Id>>,
    /// What is known of each body without its sketch; common are the hashes that more than [`COMMON`] bodies hold.
    outlines: Vec<Outline>,
    unused: Vec<u32>,
    by_exact: HashMap<u128, u32, BuildHasherDefault<Spread>>,
    postings: Postings,
    /// The memory of the look-ups so far.
    lookup: Option<Box<Lookup>>,
}

/// The memory of a look-up, empty but within one.
#[derive(Clone, Debug, Default)]
struct Lookup {
    /// How each hash of the sketch is held.
    held: Vec<Held>,
    /// The texts that they lead to, as often as they do.
    led: Vec<u32>,
    tally: Tally,
    candidates: Vec<(u32, u8)>,
}

/// A fingerprint and the texts that have it. Those of no text are unused.
#[derive(Clone, Debug)]
struct Body<Id> {
    print: Fingerprint,
    ids: Vec<Id>,
}

/// A text that another one is a copy or a part of.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<Id> {
    id: Id,
    measure: Measure,
}

impl<Id> Match<Id> {
    /// Returns the id of the text that was found.
    #[must_use]
    pub fn id(&self) -> &Id {
        &self.id
    }

    /// Returns how the text that was looked up is related to the one found.
    #[must_use]
    pub fn relation(&self) -> Relation {
        self.measure.relation()
    }

    /// Returns the similarity, see [`Measure::similarity`].
    #[must_use]
    pub fn similarity(&self) -> f32 {
        self.measure.similarity()
    }

    /// Returns the containment, see [`Measure::containment`].
    #[must_use]
    pub fn containment(&self) -> f32 {
        self.measure.containment()
    }

    /// Returns all that was measured.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }
}

impl<Id: Clone + Eq + Hash> Default for Index<Id> {
    fn default() -> Self {
        Self::new(Similarity::default())
    }
}

impl<Id: Clone + Eq + Hash> Index<Id> {
    /// Returns an empty index whose matches have at least this similarity.
    #[must_use]
    pub fn new(similarity: Similarity) -> Self {
        Self {
            similarity,
            texts: HashMap::new(),
            bodies: Vec::new(),
            outlines: Vec::new(),
            unused: Vec::new(),
            by_exact: HashMap::default(),
            postings: Postings::default(),
            lookup: None,
        }
    }

    /// Adds a text and returns the best match among those that were there.
    ///
    /// If there was a text of this id, the new one takes its place and is not matched with it.
    ///
    /// *Complexity*: about 200 look-ups in a hash map, and as many again for each candidate.
    pub fn insert(&mut self, id: Id, print: Fingerprint) -> Option<Match<Id>> {
        self.remove(&id);
        // Not the first of `matches`, which lists every copy: a story with n of them would cost n².
        let mut lookup = self.lookup.take().unwrap_or_default();
        let best = self.related(&print, &mut lookup).first().and_then(|&(body, measure)| {
            Some(Match { id: self.bodies[body as usize].ids.first()?.clone(), measure })
        });
        self.add(id, print, &lookup.held);
        self.lookup = Some(lookup);
        best
    }

    /// Adds a text whose id is new, without a look-up; `held` is how its hashes are held if they were looked up, else empty.
    fn add(&mut self, id: Id, print: Fingerprint, held: &[Held]) {
        let weak = print.is_weak();
        let known = if weak { None } else { self.by_exact.get(&print.exact()).copied() };
        let body = known.unwrap_or_else(|| {
            let body = self.unused.pop().unwrap_or(self.bodies.len() as u32);
            let exact = print.exact();
            let (outline, new) = (Outline::of(&print, 0), Body { print, ids: Vec::new() });
            if let Some(place) = self.bodies.get_mut(body as usize) {
                *place = new;
                self.outlines[body as usize] = outline;
            } else {
                self.bodies.push(new);
                self.outlines.push(outline);
            }
            if !weak {
                self.by_exact.insert(exact, body);
                self.hold(body, held);
            }
            body
        });
        let ids = &mut self.bodies[body as usize].ids;
        self.texts.insert(id.clone(), (body, ids.len() as u32));
        ids.push(id);
    }

    /// Notes that a body holds the hashes of its sketch.
    fn hold(&mut self, body: u32, known: &[Held]) {
        let (mut common, mut now_common) = (0, Vec::new());
        let rank = |text: u32| self.bodies[text as usize].print.exact();
        for (place, &hash) in self.bodies[body as usize].print.sketch().iter().enumerate() {
            let held = self.postings.insert(hash, known.get(place).copied(), body, rank);
            if held == COMMON + 1 {
                now_common.push(hash);
            } else if held > COMMON {
                common |= 1 << place;
            }
        }
        self.outlines[body as usize].common |= common;
        now_common.into_iter().for_each(|hash| self.tell_holders(hash, true));
    }

    /// Tells the bodies that hold a hash whether it is common. So many hold it, or one less, and each time as many must have
    /// come or gone.
    fn tell_holders(&mut self, hash: u32, is_common: bool) {
        for &holder in self.postings.holders(hash) {
            if let Ok(place) = self.bodies[holder as usize].print.sketch().binary_search(&hash) {
                let common = &mut self.outlines[holder as usize].common;
                *common = *common & !(1 << place) | u128::from(is_common) << place;
            }
        }
    }

    /// Returns all matches of a fingerprint, the most similar first.
    ///
    /// The fingerprint need not be in the index; if it is, its text is among the matches. A weak fingerprint has
    /// none.
    #[must_use]
    pub fn matches(&self, print: &Fingerprint) -> Vec<Match<&Id>> {
        let ids = |(body, measure): (u32, Measure)| {
            self.bodies[body as usize].ids.iter().map(move |id| Match { id, measure })
        };
        self.related(print, &mut Lookup::default()).into_iter().flat_map(ids).collect()
    }

    /// Returns the bodies that a fingerprint matches, the most similar first.
    fn related(&self, print: &Fingerprint, lookup: &mut Lookup) -> Vec<(u32, Measure)> {
        let Lookup { held, led, tally, candidates } = lookup;
        held.clear();
        if print.is_weak() {
            return Vec::new();
        }
        let same = self.by_exact.get(&print.exact()).copied();
        let mut common = 0u128;
        // Hashes that are common only with this text, so that those who hold them do not know.
        let mut untold: Vec<u32> = Vec::new();
        // Three passes, in each of which no look-up waits for another one.
        held.extend(print.sketch().iter().map(|&hash| self.postings.held(hash)));
        for (place, (&hash, held)) in print.sketch().iter().zip(held).enumerate() {
            let holders = self.postings.texts(held);
            // A common hash is one that is held by many texts, the one looked up included.
            if holders.len() + usize::from(same.is_none()) <= COMMON {
                led.extend_from_slice(holders);
                continue;
            }
            common |= 1 << place;
            untold.extend((holders.len() == COMMON).then_some(hash));
            if place < LEADING {
                led.extend_from_slice(Postings::hubs(holders));
            }
        }
        led.drain(..).for_each(|text| tally.add(text));
        let query = Outline::of(print, common);
        tally.take(EVIDENCE as u8, candidates);
        let mut found: Vec<(u32, Measure)> = same.map(|body| (body, Measure::EXACT)).into_iter().collect();
        for &(number, led) in &*candidates {
            let mut candidate = self.outlines[number as usize];
            let own = u32::from(led);
            let shared = Shared {
                own,
                all: own + common.count_ones(),
                untold: untold.len() as u32,
                // Every hash led that is not common.
                is_exact: common == 0,
            };
            if Some(number) == same || !may_be_related(query, candidate, shared, self.similarity.get()) {
                continue;
            }
            let body = &self.bodies[number as usize];
            for hash in &untold {
                if let Ok(place) = body.print.sketch().binary_search(hash) {
                    candidate.common |= 1 << place;
                }
            }
            let shared = Shared { untold: 0, ..shared };
            let (first, second) = (query.judged(print), candidate.judged(&body.print));
            if let Some(measure) = verify(first, second, shared, self.similarity.get()) {
                found.push((number, measure));
            }
        }
        let print_of = |body: u32| &self.bodies[body as usize].print;
        found.sort_by(|x, y| {
            let by_similarity = y.1.similarity().total_cmp(&x.1.similarity());
            by_similarity.then_with(|| print_of(x.0).exact().cmp(&print_of(y.0).exact()))
        });
        found
    }

    /// Removes a text and returns its fingerprint, or nothing if there is none of this id.
    pub fn remove(&mut self, id: &Id) -> Option<Fingerprint> {
        let (number, place) = self.texts.remove(id)?;
        let body = &mut self.bodies[number as usize];
        // The last one takes its place: to move all behind it up would cost n² for n copies of a text.
        body.ids.swap_remove(place as usize);
        if let Some((_, moved)) = body.ids.get(place as usize).and_then(|id| self.texts.get_mut(id)) {
            *moved = place;
        }
        let print = body.print.clone();
        if body.ids.is_empty() {
            if !print.is_weak() {
                self.by_exact.remove(&print.exact());
                let rank = |text: u32| self.bodies[text as usize].print.exact();
                print.sketch().iter().for_each(|&hash| self.postings.remove(hash, number, rank));
                let no_longer = |hash: &&u32| self.postings.holders(**hash).len() == COMMON;
                let told: Vec<u32> = print.sketch().iter().filter(no_longer).copied().collect();
                told.into_iter().for_each(|hash| self.tell_holders(hash, false));
            }
            self.unused.push(number);
        }
        Some(print)
    }

    /// Returns the fingerprint of a text.
    #[must_use]
    pub fn get(&self, id: &Id) -> Option<&Fingerprint> {
        self.texts.get(id).map(|&(body, _)| &self.bodies[body as usize].print)
    }

    /// Returns the ids and fingerprints, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&Id, &Fingerprint)> {
        self.bodies.iter().flat_map(|body| body.ids.iter().map(move |id| (id, &body.print)))
    }
}

impl<Id> Index<Id> {
    /// Returns the number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Returns whether there are no texts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Returns the similarity that matches have at least.
    #[must_use]
    pub fn similarity(&self) -> Similarity {
        self.similarity
    }
}

/// The similarity from which two texts are copies: a number above 0 and up to 1.
///
/// It is the geometric mean of Jaccard similarity and containment of the texts' own shingles, see
/// [`Measure::similarity`]. The default, 0.33, found 99.8 of 100 pairs of edited, truncated and furnished copies
/// of long articles and 97 of 100 of short wire reports, with seven wrong pairs in ten thousand.
///
/// # Examples
///
/// ```
/// use unfurnish::Similarity;
///
/// assert_eq!(Similarity::default().get(), 0.33);
/// assert_eq!(Similarity::new(0.7).map(|s| s.get()), Some(0.7));
/// assert_eq!(Similarity::new(7.0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Similarity(f32);

impl Similarity {
    /// Returns the similarity, or nothing if the number is not above 0 and at most 1.
    #[must_use]
    pub fn new(similarity: f32) -> Option<Self> {
        (similarity > 0.0 && similarity <= 1.0).then_some(Self(similarity))
    }

    /// Returns the number.
    #[must_use]
    pub fn get(self) -> f32 {
        self.0
    }
}

impl Default for Similarity {
    fn default() -> Self {
        Self(0.33)
    }
}
