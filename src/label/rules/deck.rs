//! `deck`: the standfirst, set as a heading.
//!
//! **Looks for** a heading right behind the title that is as long as a sentence. **Why** it has a label: it is a
//! part of the article, but it heads nothing. **Deck**: `<h2>Forty thousand books, one lift: how a ruin became
//! the talk of the bay</h2>` under the title. **Not one**: `<h2>What happened</h2>`.
//! **Errs** on long headings of a first section.

use crate::label::Label;
use crate::label::facts::{Ending, Facts};
use crate::label::finding::{Findings, Weight};

/// Nearly all section headings on the judged pages have fewer words.
const SHORTEST_DECK_WORDS: u32 = 14;
/// A sentence that ends with a stop is none of a heading's.
const SHORTEST_SENTENCE_WORDS: u32 = 8;
/// Between title and deck may stand a byline, a date, a reading time.
const WITHIN_BLOCKS: usize = 4;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(title) = (0..facts.len()).find(|&at| findings.label(at) == Some(Label::Title)) else { return };
    for at in (title + 1..facts.len()).take(WITHIN_BLOCKS) {
        let fact = &facts.of[at];
        if !facts.kind(at).is_heading() || fact.link_share > 0.0 {
            continue;
        }
        let is_sentence = fact.ending == Ending::Stop && fact.words >= SHORTEST_SENTENCE_WORDS;
        if is_sentence || fact.words >= SHORTEST_DECK_WORDS {
            findings.add(at, Label::Deck, "deck", Weight::Leans, "a sentence under the title");
        }
        // A second heading heads something.
        return;
    }
}
