//! How two texts are related: what is measured on two fingerprints, and what follows from it.

use crate::fingerprint::Fingerprint;

/// Texts of a collection that may hold a shingle before the shingle counts as common.
///
/// Common shingles are the language's own phrases, a site's furniture, a template's wording: they say nothing about
/// copying, and a pair is judged by its other shingles. On the judged corpora limits of 16 to 40 had nearly the
/// same precision; small corpora with the furniture of one site need the smaller ones. A story with more copies than
/// that is found by near-identity, and by clusters.
pub(crate) const COMMON: usize = 16;

/// Own shingles that two texts must at least share, whatever their similarity: four shingles are seven words.
pub(crate) const EVIDENCE: u32 = 4;

/// Similarity by all shingles, common or not, from which two texts are near-identical.
///
/// Reports made from one template reached 0.62, articles within one site's furniture 0.51. A Jaccard similarity of
/// 0.8 has a similarity of at least 0.84, three standard errors of a sketch above this.
const NEAR_IDENTICAL: f32 = 0.75;

/// Containment from which the shorter text is taken to be part of the longer, and the share of the longer's words
/// that it may have: a cut of a twentieth is an edit, not a truncation.
pub(crate) const CONTAINED: f32 = 0.8;
const SHORTER: f32 = 0.8;

/// Own shingles that a part must share to be reported although the two texts as wholes are not similar.
const PART_EVIDENCE: u32 = 12;

/// Of a much longer text the sketch is a small sample: fewer are enough if they stand for so many, half a paragraph.
/// A page with a long and a short article shows the short one in six to eleven hashes.
const PART_SAMPLE: u32 = 6;
const PART_SHINGLES: f32 = 64.0;

/// Least similarity by own shingles, or by all, at which two texts may be in one cluster without a link.
const RELATED: f32 = 0.1;
pub(crate) const RELATED_BY_ALL: f32 = 0.5;

const _: () = assert!(RELATED <= RELATED_BY_ALL);

/// How a text is related to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Relation {
    /// The folded words are the same.
    Exact,
    /// The texts are copies with edits.
    Near,
    /// This text is part of the other one: a truncated copy of it, or embedded in it.
    Contained,
    /// The other text is part of this one.
    Contains,
}

impl Relation {
    /// Returns the relation seen from the other text.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Contained => Self::Contains,
            Self::Contains => Self::Contained,
            same => same,
        }
    }

    /// Returns the name: `exact`, `near`, `contained` or `contains`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Contained => "contained",
            Self::Contains => "contains",
        }
    }
}

impl std::fmt::Display for Relation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// A fingerprint, and which hashes of its sketch are common: bit `i` tells of hash `i`.
#[derive(Clone, Copy)]
pub(crate) struct Judged<'a> {
    pub(crate) print: &'a Fingerprint,
    pub(crate) common: u128,
}

/// What two fingerprints tell about their texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    relation: Relation,
    jaccard: f32,
    containment: f32,
}

impl Measure {
    /// Two texts with the same words.
    pub(crate) const EXACT: Self = Self { relation: Relation::Exact, jaccard: 1.0, containment: 1.0 };

    /// Returns the similarity, 0 to 1: the geometric mean of Jaccard similarity and containment.
    ///
    /// The one measure forgives what the other one punishes. Jaccard similarity alone rejects truncated copies;
    /// containment alone accepts two reports that quote the same background.
    #[must_use]
    pub fn similarity(&self) -> f32 {
        (self.jaccard * self.containment).sqrt()
    }

    /// Returns the Jaccard similarity: the share of common shingles among all of both texts.
    #[must_use]
    pub fn jaccard(&self) -> f32 {
        self.jaccard
    }

    /// Returns the containment: the share of the shorter text's shingles that the longer one has.
    #[must_use]
    pub fn containment(&self) -> f32 {
        self.containment
    }

    /// Returns how the first text is related to the second.
    #[must_use]
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// The same seen from the other text.
    pub(crate) fn reversed(self) -> Self {
        Self { relation: self.relation.reversed(), ..self }
    }
}

impl Fingerprint {
    /// Returns what this fingerprint and another tell about their two texts, or nothing if either is weak.
    ///
    /// Nothing is known here of other texts, so shingles that an [`Index`](crate::Index) or
    /// [`Clusters`](crate::Clusters) would find common count like others.
    ///
    /// # Examples
    ///
    /// ```
    /// use unfurnish::{Fingerprint, Relation};
    ///
    /// let long: String = (1..200).map(|i| format!("word{} ", i * i)).collect();
    /// let (long, part) = (Fingerprint::of(&long), Fingerprint::of(&long[..600]));
    /// let measure = part.measure(&long).unwrap();
    /// assert_eq!(measure.relation(), Relation::Contained);
    /// assert!(measure.containment() > 0.95 && measure.jaccard() < 0.6);
    /// ```
    #[must_use]
    pub fn measure(&self, other: &Self) -> Option<Measure> {
        if self.is_weak() || other.is_weak() {
            return None;
        }
        if self.exact() == other.exact() {
            return Some(Measure::EXACT);
        }
        let counts = Counts::of(Judged { print: self, common: 0 }, Judged { print: other, common: 0 });
        Some(counts.own.measure(counts.words))
    }
}

/// What is known of a text without its sketch: it stands beside that of other texts, and sketches stand all over the memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outline {
    /// Which hashes of its sketch are common, as in [`Judged`].
    pub(crate) common: u128,
    bound: u32,
    words: u32,
    hashes: u32,
}

impl Outline {
    /// The outline of a text with these common hashes.
    pub(crate) fn of(print: &Fingerprint, common: u128) -> Self {
        Self { common, bound: print.bound(), words: print.words(), hashes: print.sketch().len() as u32 }
    }

    pub(crate) fn judged(self, print: &Fingerprint) -> Judged<'_> {
        Judged { print, common: self.common }
    }
}

/// What is known of two texts before their sketches are compared, which is most of the work.
#[derive(Clone, Copy)]
pub(crate) struct Shared {
    /// Hashes that both hold and that are their own, at most.
    pub(crate) own: u32,
    /// Hashes that both hold, common or not, at most.
    pub(crate) all: u32,
    /// Hashes of the second text that are common although its bits do not say so.
    pub(crate) untold: u32,
    /// Both numbers are exact.
    pub(crate) is_exact: bool,
}

/// Whether [`verify`] could find anything in two different texts that share no more than this.
pub(crate) fn may_be_related(a: Outline, b: Outline, shared: Shared, least: f32) -> bool {
    let counts = Counts::at_most(a, b, shared);
    counts.may_be_alike(least) && counts.verdict(least).is_some()
}

/// Returns what makes the first text a copy or a part of the second, if it is one, and if they share no more than this.
pub(crate) fn verify(a: Judged<'_>, b: Judged<'_>, shared: Shared, least: f32) -> Option<Measure> {
    if a.print.exact() == b.print.exact() {
        return Some(Measure::EXACT);
    }
    let mut counts = Counts::of_sharing(a, b, |_, _| 0);
    counts.share(shared);
    let mut verdict = counts.verdict(least)?;
    if !shared.is_exact {
        verdict = Counts::of(a, b).verdict(least)?;
    }
    let (measure, alike) = verdict;
    figures_agree(a.print, b.print, alike).then_some(measure)
}

/// Returns what two texts of one cluster have in common, whether or not it would make them copies.
pub(crate) fn measure(a: Judged<'_>, b: Judged<'_>) -> Measure {
    if a.print.exact() == b.print.exact() {
        return Measure::EXACT;
    }
    let counts = Counts::of(a, b);
    let (own, all) = (counts.own.measure(counts.words), counts.all.measure(counts.words));
    if own.similarity() < NEAR_IDENTICAL && all.similarity() >= NEAR_IDENTICAL { all } else { own }
}

/// Whether two texts that share no more than this may be in one cluster although no link joins them, because a third is
/// linked to both.
pub(crate) fn related(a: (Outline, &Fingerprint), b: (Outline, &Fingerprint), shared: Shared) -> bool {
    let are_related = |counts: &Counts| {
        counts.own.measure(counts.words).similarity() >= RELATED
            || counts.all.measure(counts.words).similarity() >= RELATED_BY_ALL
    };
    let is_known = shared.is_exact && a.0.bound == b.0.bound;
    are_related(&Counts::at_most(a.0, b.0, shared))
        && (is_known || are_related(&Counts::of(a.0.judged(a.1), b.0.judged(b.1))))
}

/// Shingles of two texts, counted where both sketches are complete.
#[derive(Default)]
struct Count {
    first: u32,
    second: u32,
    both: u32,
}

struct Counts {
    /// The share of all hashes that the two sketches tell of.
    sample: f32,
    /// Without common shingles.
    own: Count,
    all: Count,
    /// Words of the two texts.
    words: (u32, u32),
}

impl Counts {
    fn of(a: Judged<'_>, b: Judged<'_>) -> Self {
        Self::of_sharing(a, b, shared)
    }

    /// The counts of two texts of whose hashes these are shared.
    fn of_sharing(a: Judged<'_>, b: Judged<'_>, shared: impl Fn(&[u32], &[u32]) -> u128) -> Self {
        let bound = a.print.bound().min(b.print.bound());
        let (x, y) = (up_to(a.print.sketch(), bound), up_to(b.print.sketch(), bound));
        let shared = shared(x, y);
        let (both, own_both) = (shared.count_ones(), (shared & !a.common).count_ones());
        let own = |common: u128, length: usize| length as u32 - (common & first_bits(length)).count_ones();
        Self {
            sample: bound as f32 / u32::MAX as f32,
            own: Count { first: own(a.common, x.len()), second: own(b.common, y.len()), both: own_both },
            all: Count { first: x.len() as u32, second: y.len() as u32, both },
            words: (a.print.words(), b.print.words()),
        }
    }

    /// The counts of two texts that share no more than this, so that they are no less alike than these tell.
    fn at_most(a: Outline, b: Outline, shared: Shared) -> Self {
        let bound = a.bound.min(b.bound);
        // Of one text all hashes are up to the bound; of the other one no more than it shares are known to be.
        let least = |text: Outline, hashes: u32, both: u32| {
            if text.bound == bound { hashes } else { both.min(hashes) }
        };
        // Of most texts no hash is common; to count none is as dear as to count some.
        let common = |text: Outline| if text.common == 0 { 0 } else { text.common.count_ones() };
        let own = |text: Outline| least(text, text.hashes - common(text), shared.own);
        let all = |text: Outline| least(text, text.hashes, shared.all);
        let mut counts = Self {
            sample: bound as f32 / u32::MAX as f32,
            own: Count { first: own(a), second: own(b), both: 0 },
            all: Count { first: all(a), second: all(b), both: 0 },
            words: (a.words, b.words),
        };
        counts.share(shared);
        counts
    }

    /// Sets what the texts share to what it is known to be at most.
    fn share(&mut self, shared: Shared) {
        self.own.both = shared.own.min(self.own.first).min(self.own.second);
        self.own.second = self.own.second.saturating_sub(shared.untold).max(self.own.both);
        self.all.both = shared.all.min(self.all.first).min(self.all.second);
    }

    /// Whether a [`verdict`](Self::verdict) may find anything; most candidates of a text that shares a little with many are
    /// refused here, without a division or a root.
    fn may_be_alike(&self, least: f32) -> bool {
        // A multiple of what rounding takes or adds in both.
        const ROUNDING: f32 = 1e-5;
        let may_be_similar = |count: &Count, least: f32| {
            let both = count.both as f32;
            let (union, shorter) = (count.first + count.second - count.both, count.first.min(count.second));
            both * both >= least * least * (1.0 - ROUNDING) * (union.max(1) * shorter.max(1)) as f32
        };
        let shorter = self.own.first.min(self.own.second) as f32;
        may_be_similar(&self.own, least)
            || self.own.both as f32 >= CONTAINED * (1.0 - ROUNDING) * shorter
            || may_be_similar(&self.all, least.max(NEAR_IDENTICAL))
    }

    /// What makes the first text a copy or a part of the second, and how much of them is alike by that.
    fn verdict(&self, least: f32) -> Option<(Measure, f32)> {
        let own = self.own.measure(self.words);
        let all = self.all.measure(self.words);
        let similar = self.own.both >= EVIDENCE && own.similarity() >= least;
        let part =
            self.is_evidence_of_a_part() && own.containment >= CONTAINED && own.relation != Relation::Near;
        let identical = all.similarity() >= least.max(NEAR_IDENTICAL);
        let measure = if similar || (part && !identical) {
            own
        } else if identical {
            all
        } else {
            return None;
        };
        Some((measure, if part { measure.containment } else { measure.similarity() }))
    }

    fn is_evidence_of_a_part(&self) -> bool {
        let both = self.own.both;
        both >= PART_EVIDENCE || (both >= PART_SAMPLE && both as f32 >= self.sample * PART_SHINGLES)
    }
}

/// Which of the first numbers are among the second, a bit for each; both ascend.
///
/// Four are compared with four at a time, which processors do in one step, and compilers know that they do.
fn shared(x: &[u32], y: &[u32]) -> u128 {
    let (mut bits, mut i, mut j) = (0u128, 0, 0);
    while let (Some(four), Some(others)) = (x[i..].first_chunk::<4>(), y[j..].first_chunk::<4>()) {
        // Copies agree for long.
        let ahead = (x[i..].first_chunk::<AGREEING>(), y[j..].first_chunk::<AGREEING>());
        if let (Some(ours), Some(theirs)) = ahead
            && ours == theirs
        {
            bits |= first_bits(AGREEING) << i;
            (i, j) = (i + AGREEING, j + AGREEING);
            continue;
        }
        let mut found = [0u32; 4];
        for other in others {
            found.iter_mut().zip(four).for_each(|(found, one)| *found |= u32::from(one == other));
        }
        let found = found[0] | found[1] << 1 | found[2] << 2 | found[3] << 3;
        bits |= u128::from(found) << i;
        (i, j) = (i + 4 * usize::from(four[3] <= others[3]), j + 4 * usize::from(others[3] <= four[3]));
    }
    while i < x.len() && j < y.len() {
        bits |= u128::from(x[i] == y[j]) << i;
        (i, j) = (i + usize::from(x[i] <= y[j]), j + usize::from(y[j] <= x[i]));
    }
    bits
}

/// Numbers that are looked at together for whether all are the same: two steps of four.
const AGREEING: usize = 8;

impl Count {
    fn measure(&self, (a_words, b_words): (u32, u32)) -> Measure {
        let both = self.both as f32;
        let union = (self.first + self.second - self.both).max(1) as f32;
        let containment = both / self.first.min(self.second).max(1) as f32;
        let (a_words, b_words) = (a_words as f32, b_words as f32);
        let relation = if containment < CONTAINED {
            Relation::Near
        } else if a_words <= SHORTER * b_words {
            Relation::Contained
        } else if b_words <= SHORTER * a_words {
            Relation::Contains
        } else {
            Relation::Near
        };
        Measure { relation, jaccard: both / union, containment }
    }
}

/// Whether the figures of two texts allow that they are copies and not two reports from one template.
///
/// A copy keeps the figures of what it copies. It may add some, round one, or lose one to a typo. What the words leave in
/// doubt the figures must tell: how alike the texts are and the share of the shorter list that the other one has must
/// together be one. Both lists are granted one figure more, so that short ones do not decide.
///
/// On the judged corpora this parts two thirds of the wrong pairs that words alone would link. It costs three in ten of
/// the true pairs with a similarity below 0.45, one in ten of those up to 0.6 and one in 160 of those above.
fn figures_agree(a: &Fingerprint, b: &Fingerprint, alike: f32) -> bool {
    let bound = a.figure_bound().min(b.figure_bound());
    let (x, y) = (up_to(a.figures(), bound), up_to(b.figures(), bound));
    let both = x.iter().filter(|h| y.binary_search(h).is_ok()).count();
    (both + 1) as f32 >= (1.0 - alike) * (x.len().min(y.len()) + 1) as f32
}

fn up_to(sketch: &[u32], bound: u32) -> &[u32] {
    // Of two sketches one is all below the bound.
    let is_whole = sketch.last().is_none_or(|last| *last <= bound);
    if is_whole { sketch } else { &sketch[..sketch.partition_point(|&h| h <= bound)] }
}

fn first_bits(count: usize) -> u128 {
    u128::MAX.checked_shr(128 - count as u32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_is_refused_at_once_that_a_verdict_finds() {
        let mut refused = 0;
        let cases = (0..=128).flat_map(|shorter| (0..=shorter).map(move |both| (shorter, both)));
        let cases = cases.flat_map(|case| [0, 7, 60].map(|more| (case, more)));
        let cases = cases.flat_map(|case| [0, 9, 60].map(|common| (case, common)));
        for ((((shorter, both), more), common), least) in
            cases.flat_map(|case| [0.2, 0.5, 0.75, 0.8, 0.95].map(|least| (case, least)))
        {
            let longer = shorter + more;
            let own = Count { first: shorter, second: longer, both };
            let all = Count { first: shorter + common, second: longer + common, both: both + common };
            let counts = Counts { sample: 1.0, own, all, words: (4 * shorter, 4 * longer) };
            let may_be = counts.may_be_alike(least);
            assert!(
                may_be || counts.verdict(least).is_none(),
                "{both} of {shorter} and {longer}, {common} common, {least}"
            );
            refused += usize::from(!may_be);
        }
        assert!(refused > 10_000, "{refused}");
    }

    proptest! {
        #[test]
        fn shared_numbers_are_those_in_both(
            x in prop::collection::btree_set(0u32..300, 0..=128), y in prop::collection::btree_set(0u32..300, 0..=128)
        ) {
            let naive: u128 = x.iter().enumerate().map(|(i, n)| u128::from(y.contains(n)) << i).sum();
            let (x, y): (Vec<u32>, Vec<u32>) = (x.into_iter().collect(), y.into_iter().collect());
            prop_assert_eq!(shared(&x, &y), naive);
        }

        #[test]
        fn what_is_known_beforehand_changes_no_verdict(
            shared in 0usize..160, first in 0usize..160, second in 0usize..300, common: u32, untold: u32, least in 0.05f32..1.0
        ) {
            let words = |range: std::ops::Range<usize>| range.map(|word| format!("w{word} ")).collect::<String>();
            let a = Fingerprint::of(&words(1000 - first..1000 + shared));
            let b = Fingerprint::of(&(words(1000..1000 + shared) + &words(2000..2000 + second)));
            // Whether a hash is common is the same in both texts. In half of the cases none is.
            let is_common = |hash: u32| common >> 31 == 1 && hash.wrapping_mul(common | 1) >> 31 == 1;
            // Of some that both hold the second text does not know.
            let is_untold = |hash: u32| {
                is_common(hash) && hash.wrapping_mul(untold | 1) >> 31 == 1 && a.sketch().binary_search(&hash).is_ok()
            };
            let bits = |print: &Fingerprint, is_set: &dyn Fn(u32) -> bool| -> u128 {
                (0..).zip(print.sketch()).map(|(place, &hash)| u128::from(is_set(hash)) << place).sum()
            };
            let x = Judged { print: &a, common: bits(&a, &is_common) };
            let y = Judged { print: &b, common: bits(&b, &is_common) };
            let naive = if a.exact() == b.exact() {
                Some(Measure::EXACT)
            } else {
                let verdict = Counts::of(x, y).verdict(least);
                verdict.filter(|&(_, alike)| figures_agree(&a, &b, alike)).map(|(measure, _)| measure)
            };
            let both = a.sketch().iter().filter(|hash| b.sketch().binary_search(hash).is_ok());
            let own = both.clone().filter(|&&hash| !is_common(hash)).count() as u32;
            let known = Shared { own, all: both.count() as u32, untold: 0, is_exact: true };
            let at_most = Shared { is_exact: false, ..known };
            prop_assert_eq!(verify(x, y, known, least), naive);
            prop_assert_eq!(verify(x, y, at_most, least), naive);
            let untold = bits(&b, &is_untold);
            let at_most = Shared { untold: untold.count_ones(), ..at_most };
            let may_be = may_be_related(Outline::of(&a, x.common), Outline::of(&b, y.common & !untold), at_most, least);
            prop_assert!(naive.is_none() || may_be || a.exact() == b.exact());
            let alike = Counts::at_most(Outline::of(&a, x.common), Outline::of(&b, y.common), at_most);
            prop_assert!(alike.may_be_alike(least) || alike.verdict(least).is_none());
            let counts = Counts::of(x, y);
            let are_related = counts.own.measure(counts.words).similarity() >= RELATED
                || counts.all.measure(counts.words).similarity() >= RELATED_BY_ALL;
            let (x, y) = ((Outline::of(&a, x.common), &a), (Outline::of(&b, y.common), &b));
            prop_assert_eq!(related(x, y, known), are_related);
            prop_assert_eq!(related(x, y, Shared { untold: 0, ..at_most }), are_related);
        }
    }
}
