//! `phrase`: a block that says nothing but a known phrase of furniture.
//!
//! **Looks for** whole blocks that equal, after folding, a phrase of `phrases/*.txt`. **Why**: "Skip to
//! content" is never the article. Phrases that could head a part of an article ("Comments") need a second
//! sign: they are no heading, they are links, or no prose follows. **Phrase**: `• You may also like:`.
//! **Not one**: `Sources` above a list that the author made.
//! **Errs** on articles about furniture.

use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::label::phrases::Strength;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        let Some(found) = facts.of[at].phrase else { continue };
        // A heading may head a part of the article; a line that is none says only what it says.
        let second_sign = facts.of[at].link_share > 0.8
            || !facts.kind(at).is_heading()
            || facts.blocks.records[at].is_hidden
            || !facts.prose_follows(at);
        let weight = match found.strength {
            Strength::Strong => Weight::Decides,
            Strength::Weak if second_sign => Weight::Leans,
            Strength::Weak => Weight::Names,
        };
        findings.add(at, found.label, "phrase", weight, "says nothing else");
    }
}
