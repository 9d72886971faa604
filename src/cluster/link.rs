//! From links to clusters, without chaining unlike texts.

use crate::index::relation::CONTAINED;
use crate::index::{Measure, Relation};

/// A verified link between two texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) measure: Measure,
}

/// Members of a cluster that are compared when two clusters are to become one.
const WITNESSES: usize = 12;

/// Joins texts from the strongest link to the weakest. A link joins two clusters only if more than half of the
/// pairs across them are related in themselves: a page that holds two whole articles, or a paragraph of background
/// in two short reports, does not make one story of two. Doubtful links come last, and those of a text that has some to
/// several clusters do not count.
///
/// Returns the clusters, those of one text included.
pub(crate) fn join(
    texts: usize,
    links: &mut [Link],
    least: f32,
    related: impl Fn(u32, u32) -> bool + Copy,
) -> Vec<Joined> {
    // Numbers of 0 and above are in the order of their bits.
    links.sort_by_cached_key(|link| (!link.measure.similarity().to_bits(), link.a, link.b));
    let compilation = compilations(texts, links, related);
    let possible = &links[..links.partition_point(|link| link.measure.similarity() >= least)];
    let (sure, doubtful) =
        possible.split_at(possible.partition_point(|link| link.measure.similarity() >= DOUBTFUL));
    let mut clusters = Growing::new(texts);
    let may_join = |link: &&Link| !compilation[link.a as usize] && !compilation[link.b as usize];
    clusters.follow(sure.iter().filter(may_join), related);
    let torn = clusters.torn(texts, doubtful);
    let is_one_story = |link: &&Link| !torn[link.a as usize] && !torn[link.b as usize];
    clusters.follow(doubtful.iter().filter(may_join).filter(is_one_story), related);
    clusters.clusters.retain(|cluster| !cluster.members.is_empty());
    clusters.clusters
}

/// Similarity below which a link is followed only if neither text is as similar to many others that are not related.
const DOUBTFUL: f32 = 0.55;

/// Clusters that a text may have doubtful links to.
const MOST_DOUBTS: usize = 3;

/// Clusters that grow link by link.
struct Growing {
    cluster_of: Vec<u32>,
    clusters: Vec<Joined>,
}

impl Growing {
    fn new(texts: usize) -> Self {
        let alone = |text| Joined { members: vec![text], weakest: 1.0 };
        Self { cluster_of: (0..texts as u32).collect(), clusters: (0..texts as u32).map(alone).collect() }
    }

    fn follow<'l>(
        &mut self,
        links: impl Iterator<Item = &'l Link>,
        related: impl Fn(u32, u32) -> bool + Copy,
    ) {
        for link in links {
            let [x, y] = [link.a, link.b].map(|text| self.cluster_of[text as usize]);
            let members = |cluster: u32| &self.clusters[cluster as usize].members;
            if x == y || !supported(members(x), members(y), related) {
                continue;
            }
            // The smaller one moves, so that no text moves more often than the logarithm of its cluster's size.
            let moves = members(x).len() < members(y).len();
            let (to, from) = if moves { (y, x) } else { (x, y) };
            let Joined { members, weakest } = std::mem::take(&mut self.clusters[from as usize]);
            members.iter().for_each(|&text| self.cluster_of[text as usize] = to);
            let joined = &mut self.clusters[to as usize];
            joined.members.extend(members);
            joined.weakest = joined.weakest.min(weakest).min(link.measure.similarity());
        }
    }

    /// Marks the texts with links to several clusters other than their own, none of which has half of them: what all of these
    /// share is no story but the furniture of a site with few pages, or a template, which no frequency tells.
    fn torn(&self, texts: usize, links: &[Link]) -> Vec<bool> {
        let mut others: Vec<(u32, u32)> = Vec::new();
        for link in links {
            let [x, y] = [link.a, link.b].map(|text| self.cluster_of[text as usize]);
            if x != y {
                others.extend([(link.a, y), (link.b, x)]);
            }
        }
        others.sort_unstable();
        let mut torn = vec![false; texts];
        for others in others.chunk_by(|x, y| x.0 == y.0) {
            let clusters = || others.chunk_by(|x, y| x.1 == y.1).map(<[_]>::len);
            let most = clusters().max().unwrap_or(0);
            torn[others[0].0 as usize] = clusters().count() > MOST_DOUBTS && 2 * most < others.len();
        }
        torn
    }
}

/// Texts that links have joined, and the similarity of the weakest link that was needed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joined {
    pub(crate) members: Vec<u32>,
    pub(crate) weakest: f32,
}

/// Marks the texts that contain a part which is not related to something else that they contain: a page with several
/// whole articles is a copy of none of them, and as it is similar to each it would be in the cluster of one by chance. Of
/// two articles the longer may be nearly all of the page.
///
/// `links` begin with the strongest.
fn compilations(texts: usize, links: &[Link], related: impl Fn(u32, u32) -> bool) -> Vec<bool> {
    let mut contents: Vec<Content> = Vec::new();
    for link in links {
        let [ab, ba] =
            [(link.a, link.b), (link.b, link.a)].map(|(of, text)| Content { of, is_all: false, text });
        match link.measure.relation() {
            Relation::Contains => contents.push(ab),
            Relation::Contained => contents.push(ba),
            Relation::Near if link.measure.containment() >= CONTAINED => {
                contents.extend([ab, ba].map(|content| Content { is_all: true, ..content }));
            }
            _ => {}
        }
    }
    contents.sort_by_key(|content| (content.of, content.is_all));
    let mut marks = vec![false; texts];
    for contents in contents.chunk_by(|x, y| x.of == y.of) {
        let (parts, wholes) = contents.split_at(contents.partition_point(|content| !content.is_all));
        let (parts, wholes) = (&parts[..parts.len().min(WITNESSES)], &wholes[..wholes.len().min(WITNESSES)]);
        let apart = |(i, part): (usize, &Content)| {
            parts[..i].iter().chain(wholes).any(|other| !related(part.text, other.text))
        };
        marks[contents[0].of as usize] = parts.iter().enumerate().any(apart);
    }
    marks
}

/// A text that stands in another one.
struct Content {
    of: u32,
    /// It is nearly all of the other.
    is_all: bool,
    text: u32,
}

/// Whether more than half of the pairs across two clusters are related; asks no more than it takes to know.
fn supported(ours: &[u32], theirs: &[u32], related: impl Fn(u32, u32) -> bool) -> bool {
    if ours.len() == 1 && theirs.len() == 1 {
        return true;
    }
    let (ours, theirs) = (&ours[..ours.len().min(WITNESSES)], &theirs[..theirs.len().min(WITNESSES)]);
    let mut rest = ours.len() * theirs.len();
    // How many more must be related than not.
    let mut balance = 0isize;
    for (&a, &b) in ours.iter().flat_map(|a| theirs.iter().map(move |b| (a, b))) {
        rest -= 1;
        balance += if related(a, b) { 1 } else { -1 };
        if balance.unsigned_abs() > rest {
            break;
        }
    }
    balance > 0
}
