//! `dateline`: a block that is only a date, with or without "Published" or "Updated".
//!
//! **Looks for** such a block above the first prose, and next to bylines and counters anywhere; and for lines
//! that tell date, source and author in a row, each behind its label (`2024-04-12 来源：… 记者：…`). **Why**: it is
//! metadata. **Dateline**: `Published 22 April 2025, 10:30`. **Not one**: `April 11, 2025` as the head of a
//! chapter of a chronicle, and an agency's dateline at the head of the first sentence.
//! **Errs** on chronicles whose first chapter follows the title at once.

use crate::label::Label;
use crate::label::facts::{Answers, Facts};
use crate::label::finding::{Findings, Weight};
use crate::label::signs::Signs;
use crate::letter;
use crate::metadata::date::{self, Hint};
use crate::metadata::line;

/// So many blocks above the title a date is the page's clock: a menu stands between them.
const CLOCK_BLOCKS: usize = 6;

/// Whether a block has a digit or another sign of a number.
fn has_number(facts: &Facts<'_>, at: usize) -> bool {
    let signs = facts.of[at].signs;
    signs.has(Signs::DIGIT) || signs.has(Signs::BEYOND_ASCII) && letter::has_number(facts.text(at))
}

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    let first_prose = (0..facts.len()).find(|&at| facts.of[at].is_prose()).unwrap_or(facts.len());
    let title = (0..facts.len()).find(|&at| findings.label(at) == Some(Label::Title));
    let mut are_dates = Answers::none(facts);
    for at in 0..facts.len() {
        // Dates are short and have a digit.
        if !facts.of[at].is_short || !has_number(facts, at) {
            continue;
        }
        if are_dates.about(facts, at, |text| date::whole_block(text).is_some()) {
            if title.is_some_and(|title| at + CLOCK_BLOCKS <= title) {
                findings.add(
                    at,
                    Label::Other,
                    "dateline",
                    Weight::Decides,
                    "today's date, far above the title",
                );
                continue;
            }
            let is_chapter = at > first_prose && facts.prose_follows(at);
            let weight = if at < first_prose || !is_chapter { Weight::Decides } else { Weight::Names };
            findings.add(at, Label::Dateline, "dateline", weight, "nothing but a date");
        } else if facts.of[at].signs.has(Signs::LABEL_END)
            && let Some(line) = line::read(facts.text(at), &Hint::default())
        {
            let label = line.first.unwrap_or(Label::Dateline);
            let weight = if at < first_prose { Weight::Decides } else { Weight::Leans };
            findings.add(at, label, "dateline", weight, "date, source and author in a row");
        }
    }
}
