//! `separators`: a line of short items parted by bars or arrows.
//!
//! **Looks for** three or more short parts between `|`, `·` or `›`, without a stop. **Why**: that is how menus
//! and breadcrumbs look once their mark-up is gone. **Line**: `Home > News > World`. **Not one**: a sentence
//! with a path in it. **Errs** on tables that were flattened with bars.

use crate::label::Label;
use crate::label::facts::{Ending, Facts};
use crate::label::finding::{Findings, Weight};

/// Items of menus have at most this many words.
const LONGEST_ITEM_WORDS: usize = 4;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_flat() {
        return;
    }
    for at in 0..facts.len() {
        let text = facts.text(at);
        let is_item = |part: &str| (1..=LONGEST_ITEM_WORDS).contains(&part.split_whitespace().count());
        let parts_into = |signs: &[char]| {
            let parts: Vec<&str> = text.split(signs).collect();
            parts.len() >= 3 && parts.iter().filter(|part| is_item(part)).count() * 4 >= parts.len() * 3
        };
        if facts.of[at].ending == Ending::Stop {
            continue;
        }
        if parts_into(&['>', '›', '»', '→']) {
            findings.add(at, Label::Breadcrumb, "separators", Weight::Decides, "short items between arrows");
        } else if parts_into(&['|', '·', '•', '｜']) {
            findings.add(at, Label::Navigation, "separators", Weight::Decides, "short items between bars");
        }
    }
}
