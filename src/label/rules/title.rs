//! `title`: the article's headline, and the places where the page repeats it.
//!
//! **Looks for** a heading that says what the page's own title says, else the first `h1`, else, in text, a
//! heading that comes first. **Why**: the title is metadata; in the text it would stand twice.
//! **Title**: `<h1>Ship aground</h1>` on a page titled "Ship aground | The Herald".
//! **Not a title**: "Ship aground in the fog: what we know" as a heading in the middle of the text.
//! **Errs** where a page has no headline of its own and its first section heading is an `h1`.

use crate::block::BlockKind;
use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};

/// A headline further down belongs to another article. On the judged pages 98 % stand among the first 120
/// blocks, long menus included.
const TITLE_WITHIN_BLOCKS: usize = 400;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(title) = title_block(facts) else { return };
    findings.add(title, Label::Title, "title", Weight::Decides, "the page's headline");
    let words = letters(facts.text(title));
    // Short titles ("Home") are also words of menus.
    if words.len() < 8 {
        return;
    }
    for at in 0..facts.len() {
        if at != title
            && !facts.of[at].is_prose()
            && facts.of[at].words > 1
            && letters(facts.text(at)) == words
        {
            findings.add(at, Label::Title, "title-repeat", Weight::Decides, "the same words as the headline");
        }
    }
}

fn title_block(facts: &Facts<'_>) -> Option<usize> {
    let within = facts.len().min(TITLE_WITHIN_BLOCKS);
    let heading = |at: &usize| matches!(facts.kind(*at), BlockKind::Heading(_));
    if let Some(title) = facts.metadata.title() {
        let title = letters(title);
        let named = |at: &usize| {
            let block = letters(facts.text(*at));
            block.len() >= 4
                && (block == title || (block.len() * 2 > title.len() && title.starts_with(&block)))
        };
        let found = (0..within).filter(heading).find(named);
        if found.is_some() {
            return found;
        }
    }
    let first_prose = (0..within).find(|&at| facts.of[at].is_prose()).unwrap_or(within);
    if facts.is_flat() {
        // What stands before the first heading of a text is the site's, unless it is prose.
        return (0..=first_prose.min(within.saturating_sub(1))).find(heading).filter(|&at| at < within);
    }
    let mut h1s = (0..within).filter(|&at| facts.kind(at) == BlockKind::Heading(1));
    let first = h1s.next()?;
    h1s.next().is_none().then_some(first)
}

/// Letters and digits only, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
