//! `author-bio`: who the author is.
//!
//! **Looks for**, behind half of the page's prose, a short block that begins with the name of somebody the
//! page names as author. **Why**: it is about the author, not the subject. **Bio**: `Jane Doe covers courts for
//! the Herald.` **Not one**: `Jane Doe, the mayor, said …` in an article that somebody else wrote.
//! **Errs** on articles by people about themselves in the third person.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::metadata::byline;

/// Longer ones are profiles.
const LONGEST_BIO_WORDS: u32 = 80;
/// A bio is at the end: behind it stands at most this much prose.
const MOST_PROSE_BEHIND: usize = 2;
/// No article has more authors; more names are a list of posts, and each is compared with each block.
const MOST_NAMES: usize = 32;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    // Those of the metadata stand first.
    let is_byline = |at: usize| findings.label(at) == Some(Label::Byline);
    let is_first = |at: usize| {
        let first = facts.first_with_text_of(at);
        first == at || !is_byline(first)
    };
    let bylines = (0..facts.len()).filter(|&at| is_byline(at) && is_first(at));
    let signed = bylines.filter_map(|at| byline::whole_block(facts.text(at))).flatten();
    let mut names: Vec<String> = Vec::new();
    for name in facts.metadata.authors().iter().cloned().chain(signed) {
        // One-word names are also words.
        if name.contains(' ') && !names.contains(&name) {
            names.push(name);
        }
        if names.len() == MOST_NAMES {
            break;
        }
    }
    if names.is_empty() {
        return;
    }
    let prose: usize = facts.of.iter().filter(|fact| fact.is_prose()).count();
    let mut seen = 0;
    for at in 0..facts.len() {
        seen += usize::from(facts.of[at].is_prose());
        let behind = prose - seen;
        // "Written by Jane Doe" as the heading of a box.
        if findings.label(at) == Some(Label::Byline)
            && facts.kind(at).is_heading()
            && seen > 0
            && seen * 2 >= prose
        {
            findings.replace(
                at,
                Label::AuthorBio,
                "author-bio",
                Weight::Decides,
                "a heading with the author's name, at the end",
            );
            continue;
        }
        if facts.of[at].words <= LONGEST_BIO_WORDS
            && seen * 2 >= prose
            && behind <= MOST_PROSE_BEHIND
            && names.iter().any(|name| facts.text(at).starts_with(name.as_str()))
        {
            findings.add(
                at,
                Label::AuthorBio,
                "author-bio",
                Weight::Decides,
                "begins with the author's name, at the end",
            );
        }
    }
}
