//! `embedded`: bodies that stand only in a page's structured data.
//!
//! Some pages draw their text from data with a script and hold it nowhere else. If the data name an article's
//! text (`articleBody`, schema.org) and what was kept of the page's own blocks is only a small part of that
//! length, the data's text is the article. Its paragraphs become blocks in the place where the data stand.

use super::{Label, Verdict};
use crate::Span;
use crate::block::{BlockKind, Blocks, Record};
use crate::metadata::article_body;
use crate::tree::{NodeId, Tree};
use std::borrow::Cow;

const RULE: &str = "embedded";

/// Shorter texts are summaries that some sites put there.
const SHORTEST_BODY_BYTES: usize = 600;
/// The data's text wins over blocks of a third of its length. Summaries put in the wrong place are shorter
/// than the page's own text, and full texts are as long.
const TIMES_LONGER: usize = 3;

/// Takes the article's text from structured data where the page itself does not hold it.
pub(crate) fn take_embedded_body(tree: &Tree<'_>, blocks: &mut Blocks, verdicts: &mut Vec<Verdict>) {
    let kept: usize =
        verdicts.iter().zip(&blocks.records).filter(|(v, _)| v.is_kept).map(|(_, r)| r.text.len()).sum();
    let Some((body, script)) = article_body(tree) else { return };
    if body.len() < SHORTEST_BODY_BYTES || body.len() < kept * TIMES_LONGER {
        return;
    }
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.is_kept) {
        verdict.is_kept = false;
        verdict.label = Label::Other;
        verdict.rule = RULE;
        verdict.detail = Cow::Borrowed("the article stands in the page's data");
    }
    let place = blocks.records.partition_point(|record| record.node < script);
    let records = paragraphs(tree, blocks, &body, script);
    let verdict = Verdict {
        label: Label::Body,
        score: 0.8,
        rule: RULE,
        detail: Cow::Borrowed("articleBody of the page's data"),
        is_kept: true,
        is_joined: false,
    };
    verdicts.splice(place..place, records.iter().map(|_| verdict.clone()));
    blocks.records.splice(place..place, records);
}

/// The body's paragraphs as blocks; each with its place where it stands in the script letter for letter.
fn paragraphs(tree: &Tree<'_>, blocks: &mut Blocks, body: &str, script: NodeId) -> Vec<Record> {
    let mut records = Vec::new();
    let within = tree.node(script).span;
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
