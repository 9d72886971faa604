//! `related-insert`: a pointer to another article, put between two paragraphs.
//!
//! **Looks for** a known label, a colon, dash or bar, and then a title: one link, or a few words without a
//! stop. **Why**: the sentences around it know nothing of it. **Insert**: `Read also: Mayor resigns`.
//! **Not an insert**: `Read more about it in her book.`: no label stands apart from its sentence.
//! **Errs** on a paragraph that quotes such a line.

use crate::label::facts::{Ending, Facts};
use crate::label::finding::{Findings, Weight};
use crate::label::{Label, phrases};
use crate::tree::NO_NODE;

/// Titles are shorter.
const LONGEST_TITLE_WORDS: u32 = 30;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        let fact = &facts.of[at];
        if fact.words > LONGEST_TITLE_WORDS {
            continue;
        }
        if let Some(label) = label_before_links(facts, at) {
            findings.add(at, label, "related-insert", Weight::Leans, "a label and links");
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

/// The label in front of a block's links, if it is set off by nothing but their mark-up: "Tagged [ships], [fog]".
///
/// Only for labels that no sentence begins with: "See [the report]" is one.
fn label_before_links(facts: &Facts<'_>, at: usize) -> Option<Label> {
    if facts.of[at].link_share == 0.0 {
        return None;
    }
    let record = &facts.blocks.records[at];
    let first = facts.blocks.marks_of(record).iter().find(|mark| mark.link != NO_NODE)?;
    if first.text.start() == record.text.start() {
        return None;
    }
    let head = facts.text(at).get(..first.text.start() - record.text.start())?;
    let rest = facts.text(at).len() - head.len();
    // Commas stand between the links.
    let is_linked = facts.of[at].link_share * facts.text(at).len() as f32 > 0.7 * rest as f32;
    if !is_linked || facts.of[at].ending == Ending::Stop {
        return None;
    }
    let label = phrases::label_before_colon(head)?;
    matches!(label, Label::Advert | Label::Share | Label::Tags).then_some(label)
}
