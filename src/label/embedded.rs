//! `embedded`: bodies that stand only in a page's structured data or in the state of its scripts.
//!
//! Some pages draw their text from data with a script and hold it nowhere else. If the data name an article's
//! text (`articleBody`, schema.org), or if next to nothing was kept and a script's state holds paragraphs, and what
//! was kept of the page's own blocks is only a small part of that length, the data's text is the article. Its
//! paragraphs become blocks in the place where the data stand.

use super::{Label, Verdict};
use crate::Span;
use crate::block::{BlockKind, Blocks, Record};
use crate::metadata::{article_body, state_body};
use crate::tree::{NodeId, Tree};

const RULE: &str = "embedded";

/// Shorter texts are summaries that some sites put there.
const SHORTEST_BODY_BYTES: usize = 600;
/// The data's text wins over blocks of a third of its length. Summaries put in the wrong place are shorter
/// than the page's own text, and full texts are as long.
const TIMES_LONGER: usize = 3;

/// Takes the article's text from data where the page itself does not hold it.
pub(crate) fn take_embedded_body(
    tree: &Tree<'_>,
    blocks: &mut Blocks,
    verdicts: &mut Vec<Verdict>,
    has_article_body: bool,
) {
    let kept: usize =
        verdicts.iter().zip(&blocks.records).filter(|(v, _)| v.is_kept).map(|(_, r)| r.text.len()).sum();
    let is_body = |body: &str| body.len() >= SHORTEST_BODY_BYTES.max(kept * TIMES_LONGER);
    let in_data = if has_article_body { article_body(tree) } else { None };
    let in_data =
        in_data.filter(|(body, _)| is_body(body)).map(|found| (found, "articleBody of the page's data"));
    // The state is read only where a page has no text of its own: it is long, and holds other articles as well.
    let in_state = || {
        let found = if kept < SHORTEST_BODY_BYTES { state_body(tree) } else { None };
        found
            .filter(|(body, _)| is_body(body))
            .map(|found| (found, "the longest text in the state of the page's scripts"))
    };
    let Some(((body, script), place_of)) = in_data.or_else(in_state) else { return };
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.is_kept) {
        verdict.is_kept = false;
        verdict.label = Label::Other;
        verdict.rule = RULE;
        verdict.detail = "the article stands in the page's data".into();
    }
    let place = blocks.records.partition_point(|record| record.node < script);
    let records = paragraphs(tree, blocks, &body, script);
    let verdict = Verdict {
        label: Label::Body,
        score: 0.8,
        rule: RULE,
        detail: place_of.into(),
        is_kept: true,
        is_joined: false,
    };
    verdicts.splice(place..place, records.iter().map(|_| verdict.clone()));
    blocks.records.splice(place..place, records);
}

/// The body's paragraphs as blocks; each with its place where it stands in the script letter for letter.
fn paragraphs(tree: &Tree<'_>, blocks: &mut Blocks, body: &str, script: NodeId) -> Vec<Record> {
    let mut records = Vec::new();
    let within = tree.content(script);
    let mut from = within.start();
    for line in body.lines() {
        let start = blocks.text.len();
        for word in line.split_whitespace() {
            if blocks.text.len() > start {
                blocks.text.push(' ');
            }
            blocks.text.push_str(word);
        }
        let text = Span::new(start, blocks.text.len());
        if text.is_empty() {
            continue;
        }
        let written = tree.source().get(from..within.end()).unwrap_or_default();
        let span = match written.find(line.trim()) {
            Some(at) => {
                let span = Span::new(from + at, from + at + line.trim().len());
                from = span.end();
                span
            }
            None => Span::default(),
        };
        let marks = Span::new(blocks.marks.len(), blocks.marks.len());
        let kind = BlockKind::Paragraph;
        records.push(Record {
            text,
            span,
            node: script,
            kind,
            marks,
            is_hidden: false,
            item: None,
            cell: None,
        });
    }
    records
}
