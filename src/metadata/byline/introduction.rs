//! The words that introduce an author: "By", "Ein Gastbeitrag von", "作者：".

use super::parting::{Parting, WHITE};
use crate::label::Glance;
use crate::letter::{is_alphabetic, lowercase};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What the first words of an introduction are.
#[derive(Clone, Copy, Default)]
struct Beginning {
    /// They are one themselves.
    is_whole: bool,
    /// There is one with more words.
    goes_on: bool,
}

/// The words that introduce an author, in lower case, and the first ones of those that are several.
static BEGINNINGS: LazyLock<Glance<Beginning>> = LazyLock::new(|| {
    let mut beginnings: FxHashMap<Cow<'static, [u8]>, Beginning> = FxHashMap::default();
    for words in all() {
        let parts = words.match_indices(' ').map(|(at, _)| &words[..at]);
        parts.for_each(|part| beginnings.entry(part.as_bytes().into()).or_default().goes_on = true);
        beginnings.entry(words.as_bytes().into()).or_default().is_whole = true;
    }
    Glance::of(beginnings)
});

/// The most words an introduction has: "nhà báo" … "ein gastbeitrag von".
static MOST_WORDS: LazyLock<usize> =
    LazyLock::new(|| all().map(|words| words.split(' ').count()).max().unwrap_or(1));

/// The words that introduce an author, as they are listed.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    include_str!("../byline_words.txt")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(_, words)| words)
}

/// What ends a word of an introduction: white space and colons.
static ENDS: Parting<27> = {
    let mut ends = [':'; 27];
    let (white, colons) = ends.split_at_mut(WHITE.len());
    white.copy_from_slice(&WHITE);
    colons[1] = '：';
    Parting::new(ends)
};

/// Whether a text in lower case is one of the words that introduce an author, as labels in meta elements are.
pub(crate) fn is_introduction(text: &str) -> bool {
    BEGINNINGS.get(text.as_bytes()).is_some_and(|beginning| beginning.is_whole)
}

/// The first letters of words that introduce an author, those of ASCII aside.
static HEADS: LazyLock<FxHashSet<char>> = LazyLock::new(|| {
    all().filter_map(|words| words.chars().next()).filter(|head| !head.is_ascii()).collect()
});

/// Whether a text may begin with a word that introduces an author, white space and signs aside. A first word in which
/// characters beyond ASCII follow ASCII always may.
pub(super) fn may_introduce(text: &str) -> bool {
    // All white space of ASCII, the vertical tabulator included.
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let begins = |byte: u8| !(is_space(byte) || matches!(byte, b'-' | b'*' | b':' | b'.'));
    let text = &text[text.bytes().position(begins).unwrap_or(text.len())..];
    if let Some(head) = text.chars().next().filter(|head| !head.is_ascii()) {
        // What is no letter may be white space or a colon, behind which the words stand.
        return !is_alphabetic(head)
            || head.to_lowercase().next().is_none_or(|low| low.is_ascii() || HEADS.contains(&low));
    }
    let text = text.as_bytes();
    let ends = |byte: &u8| is_space(*byte) || *byte == b':' || !byte.is_ascii();
    let end = text.iter().position(ends).unwrap_or(text.len());
    if text.get(end).is_some_and(|byte| !byte.is_ascii()) {
        return true;
    }
    let mut word = &text[..end];
    while let Some(rest) = word.strip_suffix(b".") {
        word = rest;
    }
    BEGINNINGS.get_low(word).is_some()
}

/// What follows the words that introduce an author; `None` where none do.
pub(super) fn without_introduction(text: &str) -> Option<&str> {
    if !may_introduce(text) {
        return None;
    }
    let is_colon = |c: char| matches!(c, ':' | '：');
    let mut best = None;
    let mut low = String::new();
    let mut begun: Option<Beginning> = None;
    let mut at = 0;
    for word in ENDS.split_inclusive(text).take(*MOST_WORDS) {
        at += word.len();
        let bare = word.trim_end_matches(|c: char| c.is_whitespace() || is_colon(c) || c == '.');
        if !bare.is_empty() {
            // Where words begin no introduction, none behind them do.
            let beginning = match begun {
                None => BEGINNINGS.get_any_case(bare),
                Some(Beginning { goes_on: false, .. }) => None,
                Some(_) => {
                    low.push(' ');
                    low.push_str(&lowercase(bare));
                    BEGINNINGS.get(low.as_bytes())
                }
            };
            let Some(&beginning) = beginning else { break };
            if begun.is_none() && beginning.goes_on {
                low.push_str(&lowercase(bare));
            }
            begun = Some(beginning);
        }
        if begun.is_some_and(|begun| begun.is_whole) {
            let rest = text[at..].trim_start_matches(|c: char| {
                c.is_whitespace() || is_colon(c) || matches!(c, '-' | '–' | '—')
            });
            if !rest.is_empty() {
                best = Some(rest);
            }
        }
        if word.ends_with(is_colon) && best.is_none() {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::byline::tests::texts_of_bylines;
    use proptest::prelude::*;

    /// The longest introduction that the words make, all of them tried.
    fn slowly(text: &str) -> Option<&str> {
        let mut best = None;
        let mut low: Vec<String> = Vec::new();
        let mut at = 0;
        for word in text.split_inclusive(|c: char| c.is_whitespace() || ":：".contains(c)).take(*MOST_WORDS)
        {
            at += word.len();
            let bare =
                word.trim_end_matches(|c: char| c.is_whitespace() || ":：.".contains(c)).to_lowercase();
            low.extend(Some(bare).filter(|bare| !bare.is_empty()));
            let rest = text[at..].trim_start_matches(|c: char| c.is_whitespace() || ":：-–—".contains(c));
            if all().any(|words| words == low.join(" ")) && !rest.is_empty() {
                best = Some(rest);
            }
            // Where words begin that introduce nobody, none behind them do.
            let begins =
                low.first().is_none_or(|first| all().any(|words| words.split(' ').next() == Some(first)));
            if !begins || word.ends_with([':', '：']) && best.is_none() {
                break;
            }
        }
        best
    }

    #[test]
    fn every_introduction_is_seen_at_a_glance() {
        for words in all() {
            assert!(may_introduce(&format!("  - {words}: Jane Doe")), "{words}");
            for text in [format!("{}: Jane Doe", words.to_uppercase()), format!("{words} Jane Doe")] {
                assert_eq!(without_introduction(&text), slowly(&text), "{text}");
            }
        }
        assert!(!may_introduce("Contact us"));
    }

    proptest! {
        #[test]
        fn a_glance_misses_no_introduction(text in texts_of_bylines()) {
            prop_assert_eq!(without_introduction(&text), slowly(&text));
        }
    }
}
