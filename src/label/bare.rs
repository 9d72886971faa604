//! Texts that hold nothing but their article: what was cleaned before, a draft, a mail.
//!
//! The score has learned from pages, where something is always furniture. In a text in which no rule finds any and
//! nearly all words are kept already, what the score would still remove is a short paragraph, a heading, a cell of
//! a table: it stays. So what we have written ourselves reads back as it is.

use super::facts::{Facts, is_prose_text};
use super::{Label, SCORE_RULE, Verdict, plain_label};
use crate::block::BlockKind;
use crate::tree::Tree;
use crate::tree::tag::{Attr, Tag};

const RULE: &str = "bare-text";

/// Where the score removes more words than this share, they are something else than odd paragraphs.
const LEAST_KEPT_SHARE: f64 = 0.7;

/// Keeps all of a text that shows no furniture.
pub(super) fn keep_bare_text(facts: &Facts<'_>, verdicts: &mut [Verdict]) {
    if !(facts.is_flat() || is_bare(facts.tree)) {
        return;
    }
    let (mut kept, mut all) = (0, 0);
    for (at, verdict) in verdicts.iter().enumerate() {
        let words = facts.of[at].words;
        let is_metadata = matches!(verdict.label, Label::Title | Label::Byline | Label::Dateline);
        let is_furniture = !verdict.is_kept
            && !is_metadata
            && !facts.heads_own_list(at)
            && (verdict.rule != SCORE_RULE
                // A sentence may be a link as a whole; a headline among links is none.
                || facts.of[at].link_share > 0.5 && !is_prose_text(facts.text(at))
                || facts.kind(at) == BlockKind::Control);
        if is_furniture {
            return;
        }
        all += words * u32::from(!is_metadata);
        kept += words * u32::from(verdict.is_kept);
    }
    if f64::from(kept) < LEAST_KEPT_SHARE * f64::from(all) {
        return;
    }
    let is_text = |at: usize| facts.of[at].words > 0 || facts.kind(at) == BlockKind::Code;
    for (at, verdict) in verdicts.iter_mut().enumerate().filter(|(_, verdict)| !verdict.is_kept) {
        if (verdict.rule == SCORE_RULE || facts.heads_own_list(at)) && is_text(at) {
            verdict.is_kept = true;
            verdict.label = plain_label(facts.kind(at), true);
            verdict.rule = RULE;
            verdict.detail = "a text without any furniture".into();
        }
    }
}

/// Whether a page is a fragment of text elements, without a name on any of them.
fn is_bare(tree: &Tree<'_>) -> bool {
    let is_text_element = |tag: Tag| {
        matches!(
            tag,
            Tag::Text
                | Tag::Html
                | Tag::Head
                | Tag::Body
                | Tag::Article
                | Tag::H1
                | Tag::H2
                | Tag::H3
                | Tag::H4
                | Tag::H5
                | Tag::H6
                | Tag::P
                | Tag::Br
                | Tag::Ul
                | Tag::Ol
                | Tag::Li
                | Tag::Table
                | Tag::Tbody
                | Tag::Thead
                | Tag::Tr
                | Tag::Th
                | Tag::Td
                | Tag::Pre
                | Tag::Code
                | Tag::Blockquote
                | Tag::A
                | Tag::Strong
                | Tag::B
                | Tag::Em
                | Tag::I
        )
    };
    Tag::VARIANTS.into_iter().all(|tag| is_text_element(tag) || tree.count(tag) == 0)
        && !tree.has_any(&[Attr::Class, Attr::Id])
}
