//! `deck`: the standfirst, set as a heading, or given by the page as its description.
//!
//! **Looks for** a heading right behind the title that is as long as a sentence, and for the first block behind it
//! that the page's description repeats. **Why** it has a label: it is a part of the article, but it heads nothing.
//! **Deck**: `<h2>Forty thousand books, one lift: how a ruin became the talk of the bay</h2>` under the title.
//! **Not one**: `<h2>What happened</h2>`. **Errs** on long headings of a first section, and on teasers that some
//! sites print above the text though it begins with the same words.

use super::title::letters_of;
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
    if let Some((at, label)) = described(facts, title) {
        findings.add(at, label, "description", Weight::Leans, "the page describes itself so");
    }
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

/// Between a title and what the page describes itself with may stand a picture, a menu to share, a byline.
const DESCRIBED_WITHIN_BLOCKS: usize = 12;
/// Search engines cut descriptions at 150 letters and more; texts that agree for so long do not by chance.
const SAME_LETTERS: usize = 40;

/// The first running text behind the title if the page's description says the same. As a whole it is the deck;
/// a description that says more or less was cut out of the text, which this then begins.
fn described(facts: &Facts<'_>, title: usize) -> Option<(usize, Label)> {
    let description = facts.metadata.description()?;
    let mut behind = (title + 1..facts.len()).take(DESCRIBED_WITHIN_BLOCKS);
    let first = behind.find(|&at| facts.of[at].is_prose() && !facts.kind(at).is_heading())?;
    let (mut said, mut text) = (letters_of(description), letters_of(facts.text(first)));
    let mut same = 0;
    loop {
        match (said.next(), text.next()) {
            (Some(one), Some(other)) if one == other => same += 1,
            (Some(_), Some(_)) => return None,
            _ if same < SAME_LETTERS => return None,
            (None, None) => return Some((first, Label::Deck)),
            _ => return Some((first, Label::Body)),
        }
    }
}
