//! `related-insert`: a pointer to another article, put between two paragraphs.
//!
//! **Looks for** a known label, a colon, dash or bar, and then a title: one link, or a few words without a
//! stop. **Why**: the sentences around it know nothing of it. **Insert**: `Read also: Mayor resigns`.
//! **Not an insert**: `Read more about it in her book.`: no label stands apart from its sentence.
//! **Errs** on a paragraph that quotes such a line.

use crate::label::Label;
use crate::label::facts::{Ending, Facts};
use crate::label::finding::{Findings, Weight};

/// Titles are shorter.
const LONGEST_TITLE_WORDS: u32 = 30;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        let fact = &facts.of[at];
        if fact.words > LONGEST_TITLE_WORDS {
            continue;
        }
        let Some((label, rest)) = fact.prefix else { continue };
        // These labels have rules of their own.
        if label.is_kept_by_default()
            || matches!(label, Label::Byline | Label::Caption | Label::Credit | Label::Source | Label::Title)
        {
            continue;
        }
        let rest = facts.text(at)[rest..].trim();
        // A title is a link or ends without a stop; questions and quotes in titles end otherwise.
        let is_title = fact.link_share > 0.3 || fact.ending != Ending::Stop || rest.ends_with(['?', '!']);
        if is_title && !rest.is_empty() {
            findings.add(at, label, "related-insert", Weight::Decides, "a label and a title");
        }
    }
}
