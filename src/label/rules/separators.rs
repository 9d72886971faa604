//! `separators`: a line of short items parted by bars or arrows.
//!
//! **Looks for** three or more short parts between `|`, `·` or `›`, without a stop. **Why**: that is how menus
//! and breadcrumbs look once their mark-up is gone. **Line**: `Home > News > World`. **Not one**: a sentence
//! with a path in it. In HTML it only names: there the score knows better what to remove. **Errs** on tables that were flattened with bars.

use crate::eight;
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
        if facts.of[at].ending == Ending::Stop {
            continue;
        }
        // All signs but the first begin with one of the other bytes; they are counted far faster than signs.
        let may_have_two = |first: u8| {
            eight::count(text.as_bytes(), |byte| byte == first || matches!(byte, 0xc2 | 0xe2 | 0xef)) >= 2
        };
        if may_have_two(b'>') && is_of_items(text, ['>', '›', '»', '→']) {
            findings.add(at, Label::Breadcrumb, "separators", Weight::Decides, "short items between arrows");
        } else if may_have_two(b'|') && is_of_items(text, ['|', '·', '•', '｜']) {
            findings.add(at, Label::Navigation, "separators", Weight::Decides, "short items between bars");
        }
    }
}

/// Whether signs part a text into three parts or more, most of them items.
fn is_of_items(text: &str, signs: [char; 4]) -> bool {
    let (mut parts, mut items) = (0, 0);
    let (mut words, mut is_in_word) = (0, false);
    // As if a sign ended the last part too.
    for c in text.chars().chain([signs[0]]) {
        if signs.contains(&c) {
            parts += 1;
            items += usize::from((1..=LONGEST_ITEM_WORDS).contains(&words));
            (words, is_in_word) = (0, false);
        } else {
            let is_visible = !c.is_whitespace();
            words += usize::from(is_visible && !is_in_word);
            is_in_word = is_visible;
        }
    }
    parts >= 3 && items * 4 >= parts * 3
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn items_are_those_of_a_slow_reader(text in "[a|·  •é\u{a0}｜\n]{0,40}") {
            const SIGNS: [char; 4] = ['|', '·', '•', '｜'];
            let parts: Vec<&str> = text.split(SIGNS).collect();
            let items = parts.iter().filter(|part| (1..=4).contains(&part.split_whitespace().count())).count();
            prop_assert_eq!(is_of_items(&text, SIGNS), parts.len() >= 3 && items * 4 >= parts.len() * 3);
        }
    }
}
