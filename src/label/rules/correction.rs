//! `correction`: what was changed after publication.
//!
//! **Looks for** a label such as "Correction:" or "Editor's note:" at the head of a block. **Why** it has a
//! label: many want it, so it stays, but it is no part of the story. **Correction**: `Correction: An earlier
//! version of this article misstated the ship's name.` **Not one**: `Update: three more were found` as a title.
//! **Errs** on articles about corrections.

use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::label::{Label, Signs, phrases};

/// "6 February 2025, 10".
const MOST_DATE_WORDS: usize = 5;
/// "Correction and clarification (Wednesday, 6 February 2025, 10:30)".
const LONGEST_LABEL_CHARS: usize = 70;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        let fact = &facts.of[at];
        // A date has a digit, which may be none of ASCII.
        let may_be_dated =
            fact.signs.has(Signs::LABEL_END) && fact.signs.has(Signs::DIGIT.or(Signs::BEYOND_ASCII));
        if fact.is_prose()
            && (matches!(fact.prefix, Some((Label::Correction, _)))
                || may_be_dated && is_dated_label(facts.text(at)))
        {
            findings.add(at, Label::Correction, "correction", Weight::Leans, "a known label at its head");
        }
    }
}

/// Whether a text begins with such a label and a date before its colon: "Correction, October 6:".
fn is_dated_label(text: &str) -> bool {
    // A colon, or the first byte of the wide one.
    let bytes = &text.as_bytes()[..text.len().min(4 * LONGEST_LABEL_CHARS)];
    let mut colons =
        memchr::memchr2_iter(b':', 0xef, bytes).filter(|at| text[*at..].starts_with([':', '：']));
    let Some(head) = colons.next().map(|colon| &text[..colon]) else { return false };
    if head.len() >= LONGEST_LABEL_CHARS && head.chars().count() >= LONGEST_LABEL_CHARS {
        return false;
    }
    let Some((label, date)) = head.split_once([',', '(', '（', '،', '-', '–']) else { return false };
    date.split_whitespace().count() <= MOST_DATE_WORDS
        && date.contains(|c: char| c.is_numeric())
        && phrases::label_before_colon(label) == Some(Label::Correction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_stand_before_the_labels_colon() {
        for text in ["Correction, October 6: it was ten.", "Update (6 Feb, 10:30): ten."] {
            assert!(is_dated_label(text), "{text}");
        }
        for text in
            ["Correction of errors, 6 of them: a guide.", "It was ten.", "Update, at last: three found."]
        {
            assert!(!is_dated_label(text), "{text}");
        }
    }
}
