//! Names for what was removed without one.
//!
//! The score removes blocks without saying what they are. Their names are for people to read: what the mark-up
//! around a block calls it, what the section it stands in is called, or what a line of links at this place is.

use super::facts::Facts;
use super::phrases::Strength;
use super::{Label, Verdict, rules};
use std::borrow::Cow;

/// Menus have entries of at most this many words; longer links are titles.
const LONGEST_ENTRY_WORDS: u32 = 4;
/// A byline with a date and a place has fewer.
const SHORTEST_BIO_WORDS: u32 = 12;
/// Section names above a title are shorter.
const LONGEST_KICKER_WORDS: u32 = 4;

/// Names every removed block that has no name yet, or only a doubtful one.
pub(super) fn name_removed(facts: &Facts<'_>, verdicts: &mut [Verdict]) {
    let first_kept = verdicts.iter().position(|verdict| verdict.is_kept).unwrap_or(verdicts.len());
    let mut section: Option<Label> = None;
    let mut places = rules::Places::of(facts.tree);
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        if verdict.is_kept {
            section = None;
            continue;
        }
        let phrase = facts.of[at].phrase;
        let doubtful =
            verdict.rule == "phrase" && phrase.is_some_and(|found| found.strength == Strength::Weak);
        if verdict.label == Label::Other || doubtful {
            let place = places.name_of(facts.blocks.records[at].node);
            let named = match (place, section) {
                // What a heading calls its section is nearer than what a sidebar is.
                (Some((Label::Navigation, _)), Some(section)) if !doubtful => {
                    Some((section, Cow::Borrowed("under a heading of this kind")))
                }
                // A phrase knows better which button of a bar it is; where it could be a menu's entry it is one.
                (Some((Label::Share | Label::Social | Label::Toolbar, _)), _) if doubtful => None,
                // Names of authors stand alone; what says more of them is their bio.
                (Some((Label::Byline, place)), _) if facts.of[at].words >= SHORTEST_BIO_WORDS => {
                    Some((Label::AuthorBio, Cow::Owned(place)))
                }
                (Some((label, place)), _) => {
                    if label == Label::Footer {
                        section = None;
                    }
                    Some((label, Cow::Owned(place)))
                }
                (None, _) if doubtful => None,
                (None, Some(section)) => Some((section, Cow::Borrowed("under a heading of this kind"))),
                (None, None) if facts.of[at].link_share > 0.8 => {
                    let is_entry = at < first_kept || facts.of[at].words <= LONGEST_ENTRY_WORDS;
                    Some((
                        if is_entry { Label::Navigation } else { Label::Latest },
                        Cow::Borrowed("nothing but links"),
                    ))
                }
                (None, None) => None,
            };
            if let Some((label, detail)) = named {
                verdict.label = label;
                verdict.detail = detail;
            }
        }
        if let Some(found) = phrase
            && opens_section(found.label)
            && (found.strength == Strength::Strong || facts.kind(at).is_heading())
        {
            section = Some(verdict.label);
        }
    }
    name_kicker(facts, verdicts);
}

/// The short block right above the title.
fn name_kicker(facts: &Facts<'_>, verdicts: &mut [Verdict]) {
    let Some(title) = verdicts.iter().position(|verdict| verdict.rule == "title") else { return };
    let Some(above) = title.checked_sub(1) else { return };
    let verdict = &mut verdicts[above];
    if !verdict.is_kept && verdict.label == Label::Other && facts.of[above].words <= LONGEST_KICKER_WORDS {
        verdict.label = Label::Kicker;
        verdict.detail = Cow::Borrowed("a few words above the title");
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
