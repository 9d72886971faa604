//! Names for what was removed without one.
//!
//! The score removes blocks without saying what they are. Their names are for people to read: what the mark-up
//! around a block calls it, what the section it stands in is called, or what a line of links at this place is.

use super::facts::Facts;
use super::phrases::Strength;
use super::{Detail, Label, Verdict, rules};
use crate::block::BlockKind;
use crate::feature::Features;

/// Menus have entries of at most this many words; longer links are titles.
const LONGEST_ENTRY_WORDS: u32 = 4;
/// A byline with a date and a place has fewer.
const SHORTEST_BIO_WORDS: u32 = 12;
/// Names of sections, in menus above the text, are still no titles: "Science, health and the environment".
const LONGEST_SECTION_WORDS: u32 = 6;

/// Names every removed block that has no name yet, or only a doubtful one.
pub(super) fn name_removed(facts: &Facts<'_>, features: &Features, verdicts: &mut [Verdict]) {
    let first_kept = verdicts.iter().position(|verdict| verdict.is_kept).unwrap_or(verdicts.len());
    let last_kept = verdicts.iter().rposition(|verdict| verdict.is_kept).unwrap_or(0);
    let is_in_row = rows(facts, verdicts);
    let mut section: Option<Label> = None;
    let mut places = rules::Places::of(facts.tree, features);
    let mut is_foot = false;
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        if verdict.is_kept {
            section = None;
            continue;
        }
        let phrase = facts.of[at].phrase;
        let doubt = phrase
            .filter(|found| verdict.rule == "phrase" && found.strength == Strength::Weak)
            .map(|found| found.label);
        if verdict.label == Label::Other || doubt.is_some() {
            let around = Around { section, is_foot, is_in_row: is_in_row[at], is_above: at < first_kept };
            let place = places.name_of(features.element_of(at), facts.blocks.records[at].node);
            if matches!(place, Some((Label::Footer, _))) {
                section = None;
            }
            if let Some((label, detail)) = around.name(facts, at, place, doubt) {
                verdict.label = label;
                verdict.detail = detail;
            }
        }
        if verdict.label == Label::Legal && at > last_kept {
            (section, is_foot) = (None, true);
        } else if opens_section_here(facts, at, section.is_some()) {
            section = Some(verdict.label);
        }
    }
    name_kicker(facts, verdicts);
}

/// What stands around a removed block.
struct Around {
    /// What a heading above calls its section.
    section: Option<Label>,
    /// Whether the page's copyright notice stands above.
    is_foot: bool,
    /// Whether it is one of a row of links as menus have.
    is_in_row: bool,
    /// Whether it stands above all that is kept.
    is_above: bool,
}

impl Around {
    /// A block's name by its place; `doubt` is what a phrase says that may as well be a menu's entry.
    fn name(
        &self,
        facts: &Facts<'_>,
        at: usize,
        place: Option<(Label, Detail)>,
        doubt: Option<Label>,
    ) -> Option<(Label, Detail)> {
        let fact = &facts.of[at];
        let by_section = self.section.map(|section| (section, Detail::Plain("under a heading of this kind")));
        match (place, doubt) {
            // Under "Follow us" a network's name is no button to pass the article on.
            (_, Some(Label::Share)) if self.section == Some(Label::Social) => by_section,
            // A phrase knows better which button of a bar it is; where it could be a menu's entry it is one.
            (Some((Label::Share | Label::Social | Label::Toolbar, _)), Some(_)) => None,
            // What a heading calls its section is nearer than what a sidebar is.
            (Some((Label::Navigation, _)), None) if by_section.is_some() => by_section,
            // Names of authors stand alone; what says more of them is their bio.
            (Some((Label::Byline, place)), _) if fact.words >= SHORTEST_BIO_WORDS => {
                Some((Label::AuthorBio, place))
            }
            (Some(place), _) => Some(place),
            (None, Some(label)) => {
                let is_button = matches!(label, Label::Share | Label::Social | Label::Toolbar);
                (self.is_in_row && self.is_above && !is_button)
                    .then_some((Label::Navigation, Detail::Plain("one of a row of links")))
            }
            (None, None) if by_section.is_some() => by_section,
            (None, None) if fact.link_share > 0.8 => {
                let most = if self.is_above { LONGEST_SECTION_WORDS } else { LONGEST_ENTRY_WORDS };
                let label = match fact.words <= most {
                    true if self.is_foot => Label::Footer,
                    true => Label::Navigation,
                    false => Label::Latest,
                };
                Some((label, Detail::Plain(LINKS_ONLY)))
            }
            (None, None) => None,
        }
    }
}

/// What is said of a block that is all links.
const LINKS_ONLY: &str = "nothing but links";

/// Which removed blocks are links of a menu's length in a row of such links.
fn rows(facts: &Facts<'_>, verdicts: &[Verdict]) -> Vec<bool> {
    /// Two links side by side are any two links.
    const SHORTEST_ROW: usize = 3;
    let is_entry = |at: usize| {
        !verdicts[at].is_kept && facts.of[at].link_share > 0.8 && facts.of[at].words <= LONGEST_ENTRY_WORDS
    };
    let mut is_in_row = vec![false; verdicts.len()];
    let mut start = 0;
    for at in 0..=verdicts.len() {
        if at < verdicts.len() && is_entry(at) {
            continue;
        }
        if at - start >= SHORTEST_ROW {
            is_in_row[start..at].fill(true);
        }
        start = at + 1;
    }
    is_in_row
}

/// Whether a block heads a section of furniture: a phrase that can mean nothing else, a heading, and, where a
/// section ends or a list of titles begins, a line that is no link itself.
fn opens_section_here(facts: &Facts<'_>, at: usize, is_in_section: bool) -> bool {
    let Some(found) = facts.of[at].phrase.filter(|found| opens_section(found.label)) else { return false };
    let heads_titles =
        || facts.of.get(at + 1).is_some_and(|next| next.link_share > 0.8 && next.words > LONGEST_ENTRY_WORDS);
    found.strength == Strength::Strong
        || facts.kind(at).is_heading()
        || facts.of[at].link_share < 0.5 && (is_in_section || heads_titles())
}

/// The short block right above the title: a section's name, no slug and no number.
fn name_kicker(facts: &Facts<'_>, verdicts: &mut [Verdict]) {
    let Some(title) = verdicts.iter().position(|verdict| verdict.rule == "title") else { return };
    let Some(above) = title.checked_sub(1) else { return };
    let verdict = &mut verdicts[above];
    let is_alone = facts.kind(above) != BlockKind::ListItem;
    let is_unnamed = verdict.label == Label::Other
        || verdict.label == Label::Navigation && *verdict.detail == *LINKS_ONLY && is_alone;
    if !verdict.is_kept && is_unnamed && rules::could_be_kicker(facts, above) {
        verdict.label = Label::Kicker;
        verdict.detail = "a few words above the title".into();
    }
}

/// Labels under whose headings more of the kind follows.
pub(super) fn opens_section(label: Label) -> bool {
    matches!(
        label,
        Label::Related
            | Label::Latest
            | Label::Comments
            | Label::Newsletter
            | Label::Tags
            | Label::Social
            | Label::Share
            | Label::AuthorBio
            | Label::Pagination
            | Label::Appeal
    )
}
