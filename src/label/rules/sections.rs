//! `section`: everything under a heading of furniture.
//!
//! **Looks for**, in text and Markdown, a block that is a known heading of furniture ("Related Posts", "You
//! Missed", "Leave a reply") and takes what follows for the same, up to the next such heading or the end.
//! **Why**: behind such a heading the page no longer speaks of its article. **Section**: `Related Posts`,
//! titles, teasers that end in `…`. **Guard**: a heading is no border if two or more blocks of prose follow:
//! then the article goes on. **Errs** on appended articles whose prose looks like the article's own.

use crate::label::Label;
use crate::label::facts::{Ending, Facts};
use crate::label::finding::{Findings, Weight};
use crate::label::name::opens_section;
use crate::label::phrases::Strength;

/// So much prose behind a heading means that the article goes on.
const PROSE_THAT_GOES_ON: usize = 2;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_flat() {
        return;
    }
    let first_prose = (0..facts.len()).find(|&at| facts.of[at].is_prose()).unwrap_or(facts.len());
    let openers: Vec<(usize, Label)> =
        (first_prose..facts.len()).filter_map(|at| opener(facts, at).map(|label| (at, label))).collect();
    for (place, &(start, label)) in openers.iter().enumerate() {
        let end = openers.get(place + 1).map_or(facts.len(), |next| next.0);
        let prose = (start + 1..end).filter(|&at| facts.of[at].is_prose()).count();
        if prose >= PROSE_THAT_GOES_ON && label != Label::Comments {
            continue;
        }
        // One paragraph between two labels is the article's if it is long and nothing like a card.
        if prose == 1
            && end == facts.len()
            && facts.of[start].phrase.is_none_or(|found| found.strength != Strength::Strong)
        {
            continue;
        }
        for at in start..end {
            // Where its own line already says what it is, the section says it better: a card's byline is no byline.
            let keeps_own =
                matches!(findings.label(at), Some(Label::Source | Label::Legal | Label::Title | Label::Tags));
            if !keeps_own {
                findings.replace(at, label, "section", Weight::Decides, "under a heading of this kind");
            }
        }
    }
}

/// The label of the section that a block opens.
fn opener(facts: &Facts<'_>, at: usize) -> Option<Label> {
    let found = facts.of[at].phrase?;
    let opens = opens_section(found.label);
    // A weak phrase opens a section only if no prose follows at once.
    let next_is_prose =
        facts.of.get(at + 1).is_some_and(|next| next.is_prose() && next.ending != Ending::Ellipsis);
    (opens && (found.strength == Strength::Strong || !next_is_prose)).then_some(found.label)
}
