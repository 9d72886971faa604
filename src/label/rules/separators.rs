//! `separators`: a line of short items parted by bars or arrows.
//!
//! **Looks for** three or more short parts between `|`, `·` or `›`, without a stop. **Why**: that is how menus
//! and breadcrumbs look once their mark-up is gone. **Line**: `Home > News > World`. **Not one**: a sentence
//! with a path in it. In HTML it only names: there the score knows better what to remove. **Errs** on tables that were flattened with bars.

use crate::label::facts::{Ending, Facts};
use crate::label::finding::{Findings, Weight};
use crate::label::{Label, Signs};

/// Items of menus have at most this many words.
const LONGEST_ITEM_WORDS: usize = 4;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_flat() {
        name_trails(facts, findings);
        return;
    }
    for at in 0..facts.len() {
        let text = facts.text(at);
        let is_item = |part: &str| (1..=LONGEST_ITEM_WORDS).contains(&part.split_whitespace().count());
        let parts_into = |signs: &[char]| {
            let parts: Vec<&str> = text.split(signs).collect();
            parts.len() >= 3 && parts.iter().filter(|part| is_item(part)).count() * 4 >= parts.len() * 3
        };
        // All signs but the first two begin with one of the other bytes.
        let may_part = |byte| matches!(byte, b'>' | b'|' | 0xc2 | 0xe2 | 0xef);
        if facts.of[at].ending == Ending::Stop || text.bytes().filter(|byte| may_part(*byte)).count() < 2 {
            continue;
        }
        if parts_into(&['>', '›', '»', '→']) {
            findings.add(at, Label::Breadcrumb, "separators", Weight::Decides, "short items between arrows");
        } else if parts_into(&['|', '·', '•', '｜']) {
            findings.add(at, Label::Navigation, "separators", Weight::Decides, "short items between bars");
        }
    }
}

/// Names a way of links as one, above the title; whether it is removed the score decides.
fn name_trails(facts: &Facts<'_>, findings: &mut Findings) {
    let title = (0..facts.len()).find(|&at| findings.label(at) == Some(Label::Title));
    for at in 0..title.unwrap_or(0) {
        let fact = &facts.of[at];
        // All but the last step, this page, are links.
        if !fact.is_short || fact.link_share < 0.3 || fact.ending == Ending::Stop {
            continue;
        }
        // Arrows end labels too; those beyond ASCII begin with one of the last three.
        if !fact.signs.has(Signs::STROKE.or(Signs::LABEL_END))
            || !facts.text(at).bytes().any(|byte| matches!(byte, b'>' | b'/' | 0xc2 | 0xe2 | 0xef))
        {
            continue;
        }
        let is_trail = |signs: &[char], least: usize| {
            let steps = facts.text(at).split(signs);
            let is_step = |step: &str| (1..=LONGEST_ITEM_WORDS).contains(&step.split_whitespace().count());
            steps.clone().count() >= least && { steps }.all(is_step)
        };
        // A stroke also parts the names of two sections: "News / Sport".
        if is_trail(&['>', '›', '»', '→', '＞', '▸', '►'], 2) || is_trail(&['/'], 3) {
            findings.add(at, Label::Breadcrumb, "separators", Weight::Names, "links between arrows");
        }
    }
}
