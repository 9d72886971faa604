//! Passages: what two texts share, as ranges in both.

use crate::fingerprint::{SHINGLE_WORDS, Sink, fold_into, for_each_folded_word};
use std::collections::HashMap;
use std::ops::Range;

/// A run of words that stands in two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    first: Range<usize>,
    second: Range<usize>,
    words: usize,
}

impl Passage {
    /// Returns the bytes of the first text that it takes, from its first word to its last.
    #[must_use]
    pub fn first(&self) -> Range<usize> {
        self.first.clone()
    }

    /// Returns the bytes of the second text that it takes.
    #[must_use]
    pub fn second(&self) -> Range<usize> {
        self.second.clone()
    }

    /// Returns the number of its words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words
    }
}

/// Returns the passages of four words or more that two texts share, in the order of the second text.
///
/// Words are compared as fingerprints compare them: case, accents, punctuation and damage to characters do not
/// count. Passages do not overlap in the second text; in the first they do if it was quoted from twice. Of several
/// places in the first text that agree, the longest is taken, of equally long ones the one that goes on where the
/// passage before it ended, else the earliest.
///
/// The method is the greedy tiling of Wise, *String similarity via greedy string tiling and running Karp–Rabin
/// matching* (1993), in one pass.
///
/// *Complexity*: linear in the lengths of the texts; sixteen places of each shingle are looked at.
///
/// # Examples
///
/// ```
/// let first = "The mayor said on Monday that the bridge would stay closed until spring.";
/// let second = "It was cold. “THE MAYOR said on Monday” — and the bridge would stay closed, she added.";
///
/// let passages = unfurnish::passages(first, second);
/// let texts: Vec<(&str, &str)> = passages.iter().map(|p| (&first[p.first()], &second[p.second()])).collect();
/// assert_eq!(texts, [
///     ("The mayor said on Monday", "THE MAYOR said on Monday"),
///     ("the bridge would stay closed", "the bridge would stay closed"),
/// ]);
/// ```
#[must_use]
pub fn passages(first: &str, second: &str) -> Vec<Passage> {
    let (a, b) = (placed_words(first), placed_words(second));
    let mut places: HashMap<[u64; SHINGLE_WORDS], Vec<usize>> = HashMap::new();
    for (at, shingle) in shingles(&a).enumerate() {
        let places = places.entry(shingle).or_default();
        if places.len() < PLACES {
            places.push(at);
        }
    }
    let length =
        |i: usize, j: usize| a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x.hash == y.hash).count();
    let mut passages = Vec::new();
    let (mut at, mut next) = (0, 0);
    let shingles: Vec<_> = shingles(&b).collect();
    while let Some(shingle) = shingles.get(at) {
        let found = places.get(shingle).into_iter().flatten().copied();
        // The place that goes on where the last passage ended may be one that was not looked at.
        let found = found.chain((next < a.len()).then_some(next));
        let Some((words, _, from)) = found
            .map(|i| (length(i, at), i == next, i))
            .max_by_key(|&(words, goes_on, i)| (words, goes_on, std::cmp::Reverse(i)))
        else {
            at += 1;
            continue;
        };
        if words < SHINGLE_WORDS {
            at += 1;
            continue;
        }
        let range = |words: &[PlacedWord]| match words {
            [first, .., last] => first.place.start..last.place.end,
            _ => 0..0,
        };
        passages.push(Passage {
            first: range(&a[from..from + words]),
            second: range(&b[at..at + words]),
            words,
        });
        (at, next) = (at + words, from + words);
    }
    passages
}

/// Places of one shingle in the first text that are tried: a phrase repeated more often says little.
const PLACES: usize = 16;

#[derive(Clone, Debug)]
struct PlacedWord {
    hash: u64,
    place: Range<usize>,
}

fn shingles(words: &[PlacedWord]) -> impl Iterator<Item = [u64; SHINGLE_WORDS]> {
    words.windows(SHINGLE_WORDS).map(|shingle| std::array::from_fn(|i| shingle[i].hash))
}

/// The words of a text with the bytes that they came from.
fn placed_words(text: &str) -> Vec<PlacedWord> {
    let mut folded =
        Traced { text: String::with_capacity(text.len()), sources: Vec::with_capacity(text.len()) };
    fold_into(text, &mut folded);
    let mut words = Vec::new();
    for_each_folded_word(&folded.text, |word, at| {
        let place = folded.sources[at.start].start..folded.sources[at.end - 1].end;
        words.push(PlacedWord { hash: word.hash, place });
    });
    words
}

/// A folded text, and where each of its bytes came from.
struct Traced {
    text: String,
    sources: Vec<Range<usize>>,
}

impl Sink for Traced {
    fn push(&mut self, c: char, source: Range<usize>) {
        self.text.push(c);
        self.sources.extend(std::iter::repeat_n(source, c.len_utf8()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_cover_what_was_folded_away() {
        let (first, second) =
            ("a cafÃ© in “Köln” closed", "A caf&eacute; in &quot;Ko\u{308}ln&quot; closed!");
        let shared = passages(first, second);
        assert_eq!(shared.len(), 1);
        assert_eq!(&first[shared[0].first()], first);
        assert_eq!(&second[shared[0].second()], &second[..second.len() - 1]);
        assert_eq!(shared[0].words(), 5);
    }

    #[test]
    fn repeated_phrases_go_on_where_they_were() {
        let first = "one two three four five one two three four six";
        let second = "one two three four six";
        let shared = passages(first, second);
        assert_eq!(&first[shared[0].first()], "one two three four six");
    }

    proptest! {
        #[test]
        fn passages_are_the_same_words_and_miss_no_shared_shingle(
            first in "([a-d] ){0,40}", second in "([a-d] ){0,40}"
        ) {
            let shared = passages(&first, &second);
            for passage in &shared {
                prop_assert_eq!(&first[passage.first()], &second[passage.second()]);
                prop_assert!(passage.words() >= SHINGLE_WORDS);
            }
            prop_assert!(shared.windows(2).all(|p| p[0].second().end < p[1].second().start));
            let words: Vec<&str> = second.split_whitespace().collect();
            for (i, shingle) in words.windows(SHINGLE_WORDS).enumerate() {
                if format!(" {first}").contains(&format!(" {} ", shingle.join(" "))) {
                    // Words are two bytes wide here.
                    let touched = shared.iter().any(|p| p.second().start <= 2 * i + 6 && 2 * i < p.second().end);
                    prop_assert!(touched, "shingle {}", i);
                }
            }
        }
    }
}
