//! `phrase`: a block that says nothing but a known phrase of furniture.
//!
//! **Looks for** whole blocks that equal, after folding, a phrase of `phrases/*.txt`. **Why**: "Skip to
//! content" is never the article. Phrases that could head a part of an article ("Comments") need a second
//! sign: they are no heading, they are links, or no prose follows. **Phrase**: `• You may also like:`.
//! **Not one**: `Sources` above a list that the author made.
//! **Errs** on articles about furniture.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::label::fold::fold;
use crate::label::phrases::{self, Strength};
use crate::tree::NO_NODE;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        let Some(found) = facts.of[at].phrase else {
            if let Some(label) = label_of_links(facts, at) {
                findings.add(at, label, "phrase", Weight::Leans, "each link says nothing else");
            }
            continue;
        };
        // A heading may head a part of the article; a line that is none says only what it says.
        let second_sign = !facts.heads_own_list(at)
            && (facts.of[at].link_share > 0.8
                || !facts.kind(at).is_heading()
                || facts.blocks.records[at].is_hidden
                || !facts.prose_follows(at));
        let weight = match found.strength {
            // What a line over a note is called says nothing of whether the note stays.
            _ if found.label.is_kept_by_default() => Weight::Names,
            Strength::Strong => Weight::Decides,
            Strength::Weak if second_sign => Weight::Leans,
            Strength::Weak => Weight::Names,
        };
        findings.add(at, found.label, "phrase", weight, "says nothing else");
    }
}

/// What a line of links is whose every link is a known phrase: "Print | Send to a friend | Back".
fn label_of_links(facts: &Facts<'_>, at: usize) -> Option<Label> {
    /// Bars have up to a dozen buttons.
    const MOST_LINKS: usize = 16;
    if !facts.of[at].is_short || facts.of[at].link_share < 0.6 {
        return None;
    }
    let record = &facts.blocks.records[at];
    let links = || facts.blocks.marks_of(record).iter().filter(|mark| mark.link != NO_NODE);
    // One link is a phrase with something beside it.
    if record.marks.len() < 2 || !(2..=MOST_LINKS).contains(&links().take(MOST_LINKS + 1).count()) {
        return None;
    }
    let mut first = None;
    for link in links() {
        let folded = fold(&facts.blocks.text[link.text.range()])?;
        let found = phrases::whole_block(&folded).filter(|found| !found.label.is_kept_by_default())?;
        first = first.or(Some(found.label));
    }
    first
}
