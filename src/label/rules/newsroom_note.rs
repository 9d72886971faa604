//! `newsroom-note`: the publisher's word on its own reporting.
//!
//! **Looks for** a short block that says that somebody was asked for comment by the publisher. **Why** it has
//! a label: it is the article's record, so it stays; but it repeats over thousands of articles, and who
//! builds a corpus may drop it. **Note**: `The Herald has contacted the ministry for comment.`
//! **Not one**: `The ministry declined to comment.`: that is reporting.
//! **Errs** where a reporter, not the publisher, does the asking.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};

/// Notes are one sentence.
const LONGEST_NOTE_WORDS: u32 = 40;

/// Pairs of which both must stand in the block, in this order; lower case.
const PAIRS: &[(&str, &str)] = &[
    ("contacted", "for comment"),
    ("reached out to", "for comment"),
    ("reached out to", "for a comment"),
    ("approached", "for comment"),
    ("asked", "for comment"),
    ("has contacted", "for further"),
    ("hat", "um eine stellungnahme gebeten"),
    ("hat", "um stellungnahme gebeten"),
    ("contacté par", "n'a pas"),
    ("a contacté", "pour obtenir"),
    ("se ha puesto en contacto con", "para"),
    ("ha contattato", "per un commento"),
    ("обратил", "за комментарием"),
];

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        let fact = &facts.of[at];
        if !(5..=LONGEST_NOTE_WORDS).contains(&fact.words) {
            continue;
        }
        let lower = facts.text(at).to_lowercase().replace('’', "'");
        let is_note = PAIRS.iter().any(|(first, then)| {
            lower.find(first).is_some_and(|place| lower[place + first.len()..].contains(then))
        });
        if is_note {
            findings.add(
                at,
                Label::NewsroomNote,
                "newsroom-note",
                Weight::Names,
                "somebody was asked for comment",
            );
        }
    }
}
