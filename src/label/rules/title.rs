//! `title`: the article's headline, and the places where the page repeats it.
//!
//! **Looks for** a heading that says what the page's own title says, else the first `h1`, else, in text, a
//! heading that comes first. **Why**: the title is metadata; in the text it would stand twice.
//! **Title**: `<h1>Ship aground</h1>` on a page titled "Ship aground | The Herald".
//! **Not a title**: "Ship aground in the fog: what we know" as a heading in the middle of the text.
//! **Errs** where a page has no headline of its own and its first section heading is an `h1`.

use crate::Format;
use crate::block::BlockKind;
use crate::label::facts::{Ending, Facts};
use crate::label::finding::{Findings, Weight};
use crate::label::fold::fold;
use crate::label::{Label, phrases};
use crate::letter::{is_alphanumeric, push_lowercase};

/// A headline further down belongs to another article. On the judged pages 98 % stand among the first 120
/// blocks, long menus included.
const TITLE_WITHIN_BLOCKS: usize = 400;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(title) = title_block(facts) else { return };
    findings.add(title, Label::Title, "title", Weight::Decides, "the page's headline");
    if facts.is_flat() {
        for at in (0..title).filter(|&at| !facts.of[at].is_prose()) {
            let label = if is_menu_line(facts.text(at)) { Label::Navigation } else { Label::Other };
            findings.add(at, label, "above-title", Weight::Leans, "a short line above the headline");
        }
    } else if let Some(above) = title.checked_sub(1).filter(|&above| could_be_kicker(facts, above)) {
        let is_line = facts.kind(above) == BlockKind::Paragraph;
        // In a table for the layout it is scored with the text below it.
        let weight = if is_line { Weight::Leans } else { Weight::Names };
        findings.add(above, Label::Kicker, "above-title", weight, "a few words above the headline");
    }
    let words = letters(facts.text(title));
    // Short titles ("Home") are also words of menus.
    if words.len() < 8 {
        return;
    }
    for at in 0..facts.len() {
        if at != title && !facts.of[at].is_prose() && facts.of[at].words > 1 && says(facts.text(at), &words) {
            findings.add(at, Label::Title, "title-repeat", Weight::Decides, "the same words as the headline");
        }
    }
}

/// Section names above a title have at most so many words.
const LONGEST_KICKER_WORDS: u32 = 4;

/// Whether a block may be the section's name above a title: a few words, no number and no path among them.
pub(crate) fn could_be_kicker(facts: &Facts<'_>, at: usize) -> bool {
    (1..=LONGEST_KICKER_WORDS).contains(&facts.of[at].words)
        && facts.of[at].ending == Ending::Open
        && facts.of[at].phrase.is_none()
        && !facts.text(at).contains(|c: char| c.is_numeric() || "/>›»→＞|@".contains(c))
}

/// Whether a line is a menu whose columns are gone: short words behind the one for the home page.
fn is_menu_line(text: &str) -> bool {
    /// "Home" and two sections; two words alone are any two words.
    const LEAST_ENTRIES: usize = 3;
    let mut words = text.split_whitespace();
    let home = words.next().and_then(fold).and_then(|word| phrases::whole_block(&word));
    home.is_some_and(|found| found.label == Label::Navigation) && words.count() + 1 >= LEAST_ENTRIES
}

fn title_block(facts: &Facts<'_>) -> Option<usize> {
    let within = facts.len().min(TITLE_WITHIN_BLOCKS);
    let heading = |at: &usize| matches!(facts.kind(*at), BlockKind::Heading(_));
    // A text knows its title only by its place; what its metadata say was read off the same lines.
    if facts.is_flat()
        && let Some(title) = title_of_text(facts, within)
    {
        return Some(title);
    }
    if let Some(title) = facts.metadata.title() {
        let title = letters(title);
        let named = |at: &usize| {
            let length = beginning_of(&title, facts.text(*at)).unwrap_or(0);
            length >= 4 && length * 2 > title.len()
        };
        // A lesser heading behind prose heads a part of it.
        let first_prose = (0..within).find(|&at| facts.of[at].is_prose()).unwrap_or(within);
        let tops = |at: &usize| *at < first_prose || facts.kind(*at) == BlockKind::Heading(1);
        let found = (0..within).filter(heading).filter(tops).find(named);
        // Pages without headings set their title in a paragraph; then only the very words count.
        let same = |at: &usize| title.len() >= 8 && says(facts.text(*at), &title);
        let found = found.or_else(|| (0..within).find(same));
        if found.is_some() {
            return found;
        }
    }
    let mut h1s = (0..within).filter(|&at| facts.kind(at) == BlockKind::Heading(1));
    let first = h1s.next()?;
    h1s.next().is_none().then_some(first)
}

/// Titles in text without mark-up are shorter.
const LONGEST_TITLE_WORDS: u32 = 30;

/// "It is over. The harbour is open" is a title; with so many words it is none.
const SHORTEST_STANDFIRST_WORDS: u32 = 14;

/// In text the title is the first `#` heading, or else the longest line above the first prose that could be one.
fn title_of_text(facts: &Facts<'_>, within: usize) -> Option<usize> {
    let first_prose = (0..within).find(|&at| facts.of[at].is_prose())?;
    let could_be = |at: &usize| {
        let text = facts.text(*at);
        // A long line of two sentences is a standfirst that has lost its stop.
        let is_standfirst = facts.of[*at].words >= SHORTEST_STANDFIRST_WORDS
            && [". ", "! ", "? "].iter().any(|stop| text.contains(stop));
        facts.of[*at].words <= LONGEST_TITLE_WORDS
            && facts.of[*at].words > 1
            && !is_standfirst
            && facts.of[*at].ending != Ending::Ellipsis
            && facts.of[*at].phrase.is_none()
            && facts.of[*at].link_share < 0.5
            && !text.contains(['|', '>', '›', '·', '@'])
            && !text.contains("://")
            && crate::metadata::date::whole_block(text).is_none()
            && crate::metadata::byline::whole_block(text).is_none()
    };
    let marked = (0..first_prose).find(|&at| facts.kind(at) == BlockKind::Heading(1) && could_be(&at));
    if facts.format == Format::Markdown && marked.is_some() {
        return marked;
    }
    // Of equals the first.
    (0..first_prose)
        .filter(could_be)
        .filter(|&at| facts.kind(at) != BlockKind::ListItem)
        .rev()
        .max_by_key(|&at| facts.of[at].words)
}

/// Letters and digits only, in lower case.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    text.chars().filter(|c| is_alphanumeric(*c)).for_each(|c| push_lowercase(c, &mut letters));
    letters
}

/// Whether a text's letters are these: most texts say so with their first.
fn says(text: &str, letters: &str) -> bool {
    beginning_of(letters, text) == Some(letters.len())
}

/// How many bytes of letters those of a text are the beginning of; `None` where they are not.
fn beginning_of(letters: &str, text: &str) -> Option<usize> {
    let mut said = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !byte.is_ascii() {
            let mut rest = letters.get(said..)?.chars();
            let is_same = letters_of(&text[at..]).all(|letter| rest.next() == Some(letter));
            return is_same.then(|| letters.len() - rest.as_str().len());
        }
        if byte.is_ascii_alphanumeric() {
            if letters.as_bytes().get(said) != Some(&byte.to_ascii_lowercase()) {
                return None;
            }
            said += 1;
        }
    }
    Some(said)
}

pub(super) fn letters_of(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| is_alphanumeric(*c)).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One letter after the other.
    fn beginning_slowly(letters: &str, text: &str) -> Option<usize> {
        let said: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        letters.starts_with(&said).then_some(said.len())
    }

    proptest! {
        #[test]
        fn a_text_begins_letters_if_its_own_stand_at_their_head(
            pieces in proptest::collection::vec(proptest::sample::select(vec!["A", "b", "7", " ", "-", "É", "İ", "ß", "“", "漢"]), 0..12),
            more in "[b7 é漢]{0,3}",
        ) {
            let text = pieces.concat();
            let all = letters(&(text.clone() + &more));
            prop_assert_eq!(beginning_of(&all, &text), Some(letters(&text).len()));
            for other in [&more, "ab", ""] {
                prop_assert_eq!(beginning_of(&letters(other), &text), beginning_slowly(&letters(other), &text));
            }
        }
    }
}
