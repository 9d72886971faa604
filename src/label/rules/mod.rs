//! What words and places say outright.
//!
//! One kind of furniture, one file; its doc comment is its page of the manual: what it looks for, why such a
//! block is not the article, an example of each side, and where it errs. Rules see the whole page and leave
//! [`Finding`](super::finding::Finding)s; none of them knows a site.

mod author_bio;
mod byline;
mod caption;
mod cards;
mod correction;
mod dateline;
mod deck;
mod fact_box;
mod insert;
mod legal;
mod phrase;
mod sections;
mod sentence;
mod separators;
mod source;
mod structure;
mod title;

use super::facts::Facts;
use super::finding::Findings;

/// A rule: sees the page and what earlier rules found, and adds to it.
type Rule = fn(&Facts<'_>, &mut Findings);

/// All rules, in the order in which they speak. Of two that are equally sure the earlier one is heard.
const RULES: &[Rule] = &[
    title::find,
    deck::find,
    caption::find,
    insert::find,
    source::find,
    dateline::find,
    byline::find,
    author_bio::find,
    correction::find,
    phrase::find,
    sentence::find,
    legal::find,
    separators::find,
    cards::find,
    sections::find,
    fact_box::find,
];

/// The findings of all rules.
pub(crate) fn find(facts: &Facts<'_>) -> Findings {
    let mut findings = Findings::new(facts.len());
    for rule in RULES {
        rule(facts, &mut findings);
    }
    findings
}

pub(crate) use caption::ALT_TEXT;
pub(crate) use structure::{Named, Places, furniture};
pub(crate) use title::could_be_kicker;
