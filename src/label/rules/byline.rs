//! `byline`: a block that only names who wrote the article.
//!
//! **Looks for** "By" (in many languages) and names; above the first prose also for names with a date beside them. **Why**: it is
//! metadata. **Byline**: `By Jane Doe and John Roe`. **Not one**: `By noon the harbour was empty.`
//! **Errs** on names in languages whose bylines have no word for "by".

use crate::feature::words_in;
use crate::label::Label;
use crate::label::facts::{Answers, Facts};
use crate::label::finding::{Findings, Weight};
use crate::label::known_words::KnownWords;
use crate::label::signs::Signs;
use crate::metadata::{byline, date};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// A sign-off names a handful of people and places.
const LONGEST_SIGN_OFF_WORDS: u32 = 50;

/// A byline with a date, a place and a reading time.
const LONGEST_BYLINE_WORDS: u32 = 20;

/// How agencies close their reports; ASCII letters in either case.
const OPENERS: &[&str] =
    &["reporting by ", "additional reporting by ", "editing by ", "writing by ", "责任编辑", "責任編輯"];

/// What may part names from a date.
const PARTING: Signs = Signs::BAR.or(Signs::BEYOND_ASCII);

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    let first_prose = (0..facts.len()).find(|&at| facts.of[at].is_prose()).unwrap_or(facts.len());
    let names = facts.metadata.authors().iter().filter(|name| name.contains(' '));
    let authors: Vec<Finder<'_>> = names.map(Finder::new).collect();
    let (mut are_bylines, mut are_dated) = (Answers::none(facts), Answers::none(facts));
    for at in 0..facts.len() {
        if facts.of[at].words <= LONGEST_SIGN_OFF_WORDS && is_sign_off(facts.text(at)) {
            findings.add(at, Label::Byline, "byline", Weight::Decides, "names who reported");
        } else if facts.of[at].is_short
            && !facts.of[at].is_prose()
            // ASCII in one piece shows with its first word whether it may be one.
            && (facts.of[at].signs.has(PARTING) || may_introduce(facts.words_of(at)))
            && are_bylines.about(facts, at, |text| byline::whole_block(text).is_some())
        {
            findings.add(at, Label::Byline, "byline", Weight::Decides, "names who wrote it");
        } else if at < first_prose
            && facts.of[at].signs.has(PARTING)
            && are_dated.about(facts, at, |text| byline::dated(text).is_some())
        {
            findings.add(at, Label::Byline, "byline", Weight::Decides, "names beside a date");
        } else if at < first_prose
            && !authors.is_empty()
            && facts.of[at].words <= LONGEST_BYLINE_WORDS
            && !facts.kind(at).is_heading()
        {
            let text = facts.text(at);
            if authors.iter().any(|name| name.find(text.as_bytes()).is_some()) {
                let label = if begins_with_date(text) { Label::Dateline } else { Label::Byline };
                findings.add(at, label, "byline", Weight::Leans, "names the author, above the text");
            }
        }
    }
}

/// The first of the words that introduce an author.
static FIRST_WORDS: LazyLock<KnownWords> =
    LazyLock::new(|| byline::introductions().filter_map(|words| words_in(words).first().copied()).collect());

/// Whether ASCII text of these words may begin with one that introduces an author.
fn may_introduce(words: &[u32]) -> bool {
    words.first().is_some_and(|first| FIRST_WORDS.has(*first))
}

/// Whether a text begins as agencies close their reports.
fn is_sign_off(text: &str) -> bool {
    // The first bytes of the openers and of the brackets that may stand before them.
    let may_open =
        |byte: &u8| matches!(byte | 0x20, b'r' | b'a' | b'e' | b'w') || matches!(byte, b'(' | b'[' | 0xe3..);
    if !text.as_bytes().first().is_some_and(may_open) {
        return false;
    }
    let opening = text.trim_start_matches(['(', '（', '【', '[']).as_bytes();
    let is_opened_by = |opener: &&str| {
        opening.get(..opener.len()).is_some_and(|o| o.eq_ignore_ascii_case(opener.as_bytes()))
    };
    OPENERS.iter().any(is_opened_by)
}

/// Whether a line tells the date first: "Posted on October 4, 2023 by Jane Doe".
fn begins_with_date(text: &str) -> bool {
    // A phrase and a date have at most eight words: "Last updated on Wednesday, October 4, 2023".
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at).take(8);
    { ends }.any(|end| date::whole_block(&text[..end]).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::byline::tests::texts_of_bylines;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_first_word_misses_no_byline(text in texts_of_bylines()) {
            let text: String = text.chars().filter(char::is_ascii).collect();
            let is_seen = Signs::of(&text).has(PARTING) || may_introduce(&words_in(&text));
            prop_assert!(is_seen || byline::whole_block(&text).is_none(), "{}", text);
        }
    }

    #[test]
    fn every_introduction_in_ascii_is_seen_by_its_first_word() {
        for words in byline::introductions().filter(|words| words.is_ascii()) {
            assert!(may_introduce(&words_in(&format!("- {}: Jane Doe", words.to_uppercase()))), "{words}");
        }
        assert!(!may_introduce(&words_in("Contact us")));
    }

    #[test]
    fn every_opener_is_seen_in_either_case_and_in_brackets() {
        for opener in OPENERS {
            for start in ["", "(", "[", "（", "【", "((【"] {
                assert!(is_sign_off(&format!("{start}{opener}Jane Doe")), "{start}{opener}");
                assert!(is_sign_off(&format!("{start}{}Jane Doe", opener.to_uppercase())), "{start}{opener}");
            }
        }
        for text in ["", "(", "Reporting is hard work", "Written by Jane Doe", "责任"] {
            assert!(!is_sign_off(text), "{text}");
        }
    }
}
