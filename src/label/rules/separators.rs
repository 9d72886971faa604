//! `separators`: a line of short items parted by bars or arrows.
//!
//! **Looks for** three or more short parts between `|`, `·` or `›`, without a stop. **Why**: that is how menus
//! and breadcrumbs look once their mark-up is gone. **Line**: `Home > News > World`. **Not one**: a sentence
//! with a path in it. In HTML it only names: there the score knows better what to remove. **Errs** on tables that were flattened with bars.

use crate::label::facts::{Ending, Facts};
use crate::label::finding::{Findings, Weight};
use crate::label::{Label, Signs};
use crate::{eight, parting::Parting};

/// Items of menus have at most this many words.
const LONGEST_ITEM_WORDS: usize = 4;

/// Signs between the steps of a trail.
static ARROWS: Parting<4> = Parting::new(['>', '›', '»', '→']);
/// Signs between the items of a menu.
static BARS: Parting<4> = Parting::new(['|', '·', '•', '｜']);

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_flat() {
        name_trails(facts, findings);
        return;
    }
    for at in 0..facts.len() {
        let text = facts.text(at);
        let parts_into = |signs: &Parting<4>| {
            let (mut parts, mut items) = (0, 0);
            for part in signs.split(text) {
                parts += 1;
                items += usize::from(is_item(part));
            }
            parts >= 3 && items * 4 >= parts * 3
        };
        // All signs but the first two begin with one of the other bytes.
        let may_part = |byte| matches!(byte, b'>' | b'|' | 0xc2 | 0xe2 | 0xef);
        if facts.of[at].ending == Ending::Stop || eight::count(text.as_bytes(), may_part) < 2 {
            continue;
        }
        if parts_into(&ARROWS) {
            findings.add(at, Label::Breadcrumb, "separators", Weight::Decides, "short items between arrows");
        } else if parts_into(&BARS) {
            findings.add(at, Label::Navigation, "separators", Weight::Decides, "short items between bars");
        }
    }
}

/// Whether a part has words, and no more than items have.
fn is_item(part: &str) -> bool {
    (1..=LONGEST_ITEM_WORDS).contains(&part.split_whitespace().take(LONGEST_ITEM_WORDS + 1).count())
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
            steps.clone().count() >= least && { steps }.all(is_item)
        };
        // A stroke also parts the names of two sections: "News / Sport".
        if is_trail(&['>', '›', '»', '→', '＞', '▸', '►'], 2) || is_trail(&['/'], 3) {
            findings.add(at, Label::Breadcrumb, "separators", Weight::Names, "links between arrows");
        }
    }
}
