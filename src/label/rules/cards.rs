//! `cards`: lists of other articles by their rhythm.
//!
//! **Looks for**, in text without mark-up, three or more of: a line that is only a byline, a date or a
//! counter, behind the last prose; and with them the short lines that occur twice (a card's title and the
//! words for its picture). **Why**: one article has one byline and one date. **Cards**: title, "By admin",
//! "June 6, 2025", "4 views", title, and again. **Not cards**: the date and byline under an article.
//! **Errs** on letters to the editor, each with a name and a date.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::label::fold::fold;
use std::collections::HashMap;

/// One article may have a byline and a date behind its text; three such lines are a list.
const LEAST_CARD_LINES: usize = 3;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_flat() {
        return;
    }
    let Some(last_prose) = (0..facts.len()).rev().find(|&at| facts.of[at].is_prose()) else { return };
    let is_card_line =
        |at: &usize| matches!(findings.label(*at), Some(Label::Byline | Label::Dateline | Label::Counter));
    let lines: Vec<usize> = (last_prose + 1..facts.len()).filter(is_card_line).collect();
    if lines.len() < LEAST_CARD_LINES {
        return;
    }
    let folded: Vec<Option<String>> = (last_prose + 1..facts.len()).map(|at| fold(facts.text(at))).collect();
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for folded in folded.iter().flatten().filter(|folded| !folded.is_empty()) {
        *counts.entry(folded).or_default() += 1;
    }
    for (at, folded) in (last_prose + 1..).zip(&folded) {
        let count = folded.as_ref().and_then(|folded| counts.get(&**folded));
        if count.is_some_and(|count| *count > 1) && lines.binary_search(&at).is_err() {
            findings.add(at, Label::Latest, "cards", Weight::Leans, "a card's title");
        }
    }
}
