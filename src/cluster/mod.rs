//! Clusters: which texts of a corpus are copies of one another.
//!
//! fingerprints → one [body](Bodies) for equal texts → [who shares hashes with whom](candidates) → verified
//! [links](link) → clusters.

mod candidates;
mod corpus;
pub(crate) mod link;
mod lists;
mod parallel;
mod records;

pub use corpus::Corpus;
pub(crate) use lists::{HUBS, LEADING};

use crate::fingerprint::Fingerprint;
use crate::index::Similarity;
use crate::index::relation::{Judged, Measure, may_be_related, verify};
use candidates::{Candidate, Candidates};
use link::{Joined, Link, join};
use lists::Budget;
use std::io;

/// The copies in a corpus, found all at once.
///
/// Shingles that many texts hold do not count: the phrases of a language, a site's furniture, the wording of a
/// template. What is left decides whether two texts are copies, every link is verified, and clusters grow along
/// links only while most of their members are related in themselves.
///
/// The same clusters come out whatever the order of the texts and the number of threads; with the feature
/// `parallel` all threads of the current rayon pool work.
///
/// # Examples
///
/// ```
/// use unfurnish::{Clusters, Fingerprint, Relation};
///
/// let words = |from: usize, to: usize| (from..to).map(|i| format!("word{} ", i * i)).collect::<String>();
/// let prints: Vec<Fingerprint> =
///     [words(0, 90), words(500, 600), words(0, 100), words(0, 90)].iter().map(|t| Fingerprint::of(t)).collect();
///
/// let clusters = Clusters::of(&prints);
/// assert_eq!(clusters.len(), 2);
/// let place = clusters.place(0);
/// assert_eq!(place.kept(), 2, "the longest of the cluster is kept");
/// assert_eq!(place.relation(), Some(Relation::Near));
/// assert_eq!(clusters.place(1).relation(), None, "it has no copy");
/// ```
#[derive(Clone, Debug)]
pub struct Clusters {
    places: Vec<Place>,
    clusters: Vec<Cluster>,
    pairs: Vec<Pair>,
}

/// One text's place among the clusters.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    cluster: u32,
    kept: u32,
    measure: Option<Measure>,
}

/// Texts that are copies of one another, or one text that has no copy.
#[derive(Clone, Debug)]
pub struct Cluster {
    members: Vec<u32>,
    kept: u32,
    similarity: f32,
}

/// Two texts that are copies, as verified.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    first: u32,
    second: u32,
    measure: Measure,
}

impl Clusters {
    /// Returns the clusters of a corpus at the default similarity.
    ///
    /// *Complexity*: linear in the number of texts as long as the share of copies is; at most about 1 KB of memory for
    /// each text besides its fingerprint. [`Corpus`] can be told to take less.
    ///
    /// # Panics
    ///
    /// If there are more than 2³² − 1 fingerprints.
    #[must_use]
    pub fn of(prints: &[Fingerprint]) -> Self {
        Self::with_similarity(prints, Similarity::default())
    }

    /// Returns the clusters whose links have at least this similarity.
    ///
    /// # Panics
    ///
    /// If there are more than 2³² − 1 fingerprints.
    #[must_use]
    pub fn with_similarity(prints: &[Fingerprint], similarity: Similarity) -> Self {
        let ranks: Vec<i64> = prints.iter().map(|print| i64::from(print.words())).collect();
        let clusters = Self::ranked(prints, &ranks, similarity, None);
        clusters.unwrap_or_else(|error| unreachable!("without a budget no file is written: {error}"))
    }

    /// The clusters of which the texts with the highest ranks are kept.
    fn ranked(
        prints: &[Fingerprint],
        ranks: &[i64],
        similarity: Similarity,
        budget: Option<&Budget>,
    ) -> io::Result<Self> {
        assert!(u32::try_from(prints.len()).is_ok(), "texts are counted in 32 bits");
        let bodies = Bodies::of(prints);
        let mut candidates = Candidates::of(&bodies.in_order(), budget)?;
        let everything = vec![true; bodies.prints.len()];
        let mut links = links(&bodies, &candidates, &everything, similarity);
        let mut joined = bodies.join(&mut candidates, &mut links, similarity);
        for _ in 0..ROUNDS {
            let mut cluster_of = vec![0; bodies.prints.len()];
            for (cluster, joined) in (0..).zip(&joined) {
                joined.members.iter().for_each(|&body| cluster_of[body as usize] = cluster);
            }
            let concerned = candidates.restore(&bodies.in_order(), &cluster_of);
            if !concerned.contains(&true) {
                break;
            }
            links.retain(|link| !concerned[link.a as usize] && !concerned[link.b as usize]);
            links.extend(self::links(&bodies, &candidates, &concerned, similarity));
            joined = bodies.join(&mut candidates, &mut links, similarity);
        }
        let judged = |body: u32| bodies.judged(&candidates, body);
        Ok(Self::assemble(ranks, &bodies, &joined, &links, &judged))
    }

    /// Turns clusters of bodies into clusters of texts.
    fn assemble<'a>(
        ranks: &[i64],
        bodies: &Bodies<'_>,
        joined: &[Joined],
        links: &[Link],
        judged: &impl Fn(u32) -> Judged<'a>,
    ) -> Self {
        let lone = Place { cluster: 0, kept: 0, measure: None };
        let mut places = vec![lone; ranks.len()];
        let mut clusters: Vec<Cluster> = Vec::with_capacity(joined.len() + bodies.weak.len());
        for joined in joined {
            let mut members: Vec<u32> =
                joined.members.iter().flat_map(|&body| bodies.texts(body)).copied().collect();
            members.sort_unstable();
            clusters.push(Cluster { kept: members[0], members, similarity: joined.weakest });
        }
        let alone = |&text: &u32| Cluster { members: vec![text], kept: text, similarity: 1.0 };
        clusters.extend(bodies.weak.iter().map(alone));
        clusters.sort_unstable_by_key(|cluster| cluster.members[0]);
        let mut body_of = vec![u32::MAX; ranks.len()];
        for body in 0..bodies.prints.len() as u32 {
            bodies.texts(body).iter().for_each(|&text| body_of[text as usize] = body);
        }
        for (number, cluster) in clusters.iter_mut().enumerate() {
            let rank = |&&text: &&u32| (ranks[text as usize], std::cmp::Reverse(text));
            cluster.kept = cluster.members.iter().max_by_key(rank).copied().unwrap_or(cluster.kept);
            for &text in &cluster.members {
                let measure = (text != cluster.kept).then(|| {
                    let (a, b) = (judged(body_of[text as usize]), judged(body_of[cluster.kept as usize]));
                    crate::index::relation::measure(a, b)
                });
                places[text as usize] = Place { cluster: number as u32, kept: cluster.kept, measure };
            }
        }
        Self { places, clusters, pairs: pairs(bodies, links) }
    }

    /// Returns the number of clusters, those of one text included: the number of texts that are left if one of
    /// each is kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.clusters.len()
    }

    /// Returns whether the corpus is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    /// Returns the clusters in the order of their first texts.
    pub fn iter(&self) -> std::slice::Iter<'_, Cluster> {
        self.clusters.iter()
    }

    /// Returns where a text of the corpus stands.
    ///
    /// # Panics
    ///
    /// If the corpus has no text of that number.
    #[must_use]
    pub fn place(&self, text: usize) -> Place {
        self.places[text]
    }

    /// Returns the places of all texts, in their order.
    pub fn places(&self) -> impl ExactSizeIterator<Item = Place> + '_ {
        self.places.iter().copied()
    }

    /// Returns the verified pairs, sorted. Of texts with the same words only the first is paired with others, and
    /// each of the rest with the first.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }
}

impl<'a> IntoIterator for &'a Clusters {
    type Item = &'a Cluster;
    type IntoIter = std::slice::Iter<'a, Cluster>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Place {
    /// Returns the number of the text's cluster.
    #[must_use]
    pub fn cluster(&self) -> usize {
        self.cluster as usize
    }

    /// Returns the text to keep of the cluster: its longest, of several the first, unless [`Corpus`] was told
    /// otherwise. It may be the text itself.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept as usize
    }

    /// Returns how the text is related to the kept one, or nothing if it is kept.
    #[must_use]
    pub fn relation(&self) -> Option<crate::Relation> {
        self.measure.map(|m| m.relation())
    }

    /// Returns what was measured between the text and the kept one, or nothing if it is kept.
    ///
    /// It may be less than the similarity asked for if the two are linked by others.
    #[must_use]
    pub fn measure(&self) -> Option<Measure> {
        self.measure
    }
}

impl Cluster {
    /// Returns the texts, ascending.
    #[must_use]
    pub fn members(&self) -> &[u32] {
        &self.members
    }

    /// Returns the text to keep: the longest, of several the first, unless [`Corpus`] was told otherwise.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept as usize
    }

    /// Returns the similarity of the weakest link that holds the cluster together; 1 for a lone text.
    #[must_use]
    pub fn similarity(&self) -> f32 {
        self.similarity
    }
}

impl Pair {
    /// Returns the numbers of the two texts, the smaller first.
    #[must_use]
    pub fn texts(&self) -> (usize, usize) {
        (self.first as usize, self.second as usize)
    }

    /// Returns what was measured; the relation is that of the first text to the second.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }
}

/// The different texts of a corpus, in an order that does not depend on the corpus's.
struct Bodies<'a> {
    prints: Vec<&'a Fingerprint>,
    /// The texts with each body, one body after the other, ascending within each.
    texts: Vec<u32>,
    /// Where each body's texts begin, and the end of the last.
    starts: Vec<usize>,
    /// Texts too short to be compared.
    weak: Vec<u32>,
}

impl<'a> Bodies<'a> {
    fn of(prints: &'a [Fingerprint]) -> Self {
        let (weak, mut texts): (Vec<u32>, Vec<u32>) =
            (0..prints.len() as u32).partition(|&text| prints[text as usize].is_weak());
        // Beside their keys, which stand all over the memory.
        let mut keyed: Vec<(u128, u32)> =
            texts.iter().map(|&text| (prints[text as usize].exact(), text)).collect();
        keyed.sort_unstable();
        texts.iter_mut().zip(&keyed).for_each(|(text, key)| *text = key.1);
        let (mut bodies, mut starts) = (Vec::new(), Vec::new());
        for (i, key) in keyed.iter().enumerate() {
            if i == 0 || keyed[i - 1].0 != key.0 {
                bodies.push(&prints[key.1 as usize]);
                starts.push(i);
            }
        }
        starts.push(texts.len());
        Self { prints: bodies, texts, starts, weak }
    }

    /// The bodies with their numbers, as they came in: so they stand in memory, and so they are quickly read.
    fn in_order(&self) -> Vec<(u32, &'a Fingerprint)> {
        let mut bodies: Vec<(u32, u32)> = (0..)
            .zip(&self.starts[..self.prints.len()])
            .map(|(body, &start)| (self.texts[start], body))
            .collect();
        bodies.sort_unstable();
        bodies.into_iter().map(|(_, body)| (body, self.prints[body as usize])).collect()
    }

    fn judged(&self, candidates: &Candidates, body: u32) -> Judged<'a> {
        candidates.outlines[body as usize].judged(self.prints[body as usize])
    }

    fn join(&self, candidates: &mut Candidates, links: &mut [Link], least: Similarity) -> Vec<Joined> {
        candidates.note(links);
        join(self.prints.len(), links, least.get(), |a, b| candidates.are_related(a, b, &self.prints))
    }

    fn texts(&self, body: u32) -> &[u32] {
        &self.texts[self.starts[body as usize]..self.starts[body as usize + 1]]
    }
}

/// Candidates that one thread verifies before it hands over what it found.
const VERIFIED_TOGETHER: usize = 4096;

/// Rounds after the first in which clusters tell which common hashes are content after all. In the first round a
/// story with a hundred copies falls into some thirty clusters of near-identical texts, the second joins them.
const ROUNDS: usize = 2;

/// Verifies the candidates that concern one of some texts.
fn links(
    bodies: &Bodies<'_>,
    candidates: &Candidates,
    concerned: &[bool],
    similarity: Similarity,
) -> Vec<Link> {
    let parts: Vec<&[Candidate]> = candidates.pairs.chunks(VERIFIED_TOGETHER).collect();
    let verified = |pair: &Candidate| {
        let Candidate { a, b, .. } = *pair;
        if !concerned[a as usize] && !concerned[b as usize] {
            return None;
        }
        let shared = candidates.shared(*pair);
        let [first, second] = [a, b].map(|body| candidates.outlines[body as usize]);
        if !may_be_related(first, second, shared, similarity.get()) {
            return None;
        }
        let (first, second) = (bodies.judged(candidates, a), bodies.judged(candidates, b));
        verify(first, second, shared, similarity.get()).map(|measure| Link { a, b, measure })
    };
    let found = parallel::map(&parts, |pairs| pairs.iter().filter_map(verified).collect::<Vec<_>>());
    found.into_iter().flatten().collect()
}

/// Turns links between bodies into pairs of texts.
fn pairs(bodies: &Bodies<'_>, links: &[Link]) -> Vec<Pair> {
    let pair = |a: u32, b: u32, measure: Measure| {
        let measure = if a < b { measure } else { measure.reversed() };
        Pair { first: a.min(b), second: a.max(b), measure }
    };
    let mut pairs: Vec<Pair> = links
        .iter()
        .map(|link| pair(bodies.texts(link.a)[0], bodies.texts(link.b)[0], link.measure))
        .collect();
    for body in 0..bodies.prints.len() as u32 {
        let texts = bodies.texts(body);
        pairs.extend(texts[1..].iter().map(|&text| pair(texts[0], text, Measure::EXACT)));
    }
    pairs.sort_unstable_by_key(|pair| (pair.first, pair.second));
    pairs
}

#[cfg(all(test, feature = "parallel"))]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_threads_finds_the_same() {
        // Stories of which every third is a cut copy of the one before it, all in the furniture of one site.
        let word = |i: usize| format!("w{:x} ", i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48);
        let story = |i: usize| -> String {
            let words = if i % 3 == 2 { 40 } else { 90 };
            let from = (i - i % 3 / 2) * 1000;
            (7_000_000..7_000_020).chain(from..from + words).map(word).collect()
        };
        let prints: Vec<Fingerprint> = (0..3000).map(|i| Fingerprint::of(&story(i))).collect();
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let clusters = pool.map(|pool| pool.install(|| Clusters::of(&prints)));
            format!("{:?}", clusters.ok())
        };
        let one = with(1);
        assert!(one.contains("Contained"));
        assert!(one == with(3) && one == with(8));
    }
}
