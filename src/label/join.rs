//! Paragraphs that the scraper broke apart become one again.
//!
//! Where an image or an advertisement stood inside a paragraph, scrapers leave two. The proof that they are
//! one: the first has no final punctuation and its last word cannot end a sentence ("… the Kremlin said the").

use super::{Label, Verdict};
use crate::Span;
use crate::block::{BlockKind, Blocks, Mark};

/// Words that never end a sentence, by language, one a line.
const OPEN_WORDS: &str = include_str!("open_words.txt");

/// The rule's name on the joined block.
const RULE: &str = "joined";

/// A first half shorter than this is a label or a heading.
const LEAST_WORDS: usize = 6;

/// Joins broken paragraphs among the kept blocks; the second half goes, its text and place join the first's.
pub(crate) fn join_broken_paragraphs(blocks: &mut Blocks, verdicts: &mut Vec<Verdict>) {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut above: Option<usize> = None;
    for (at, verdict) in verdicts.iter().enumerate() {
        if !verdict.is_kept {
            continue;
        }
        if let Some(above) = above.filter(|&above| is_broken(blocks, verdicts, above, at)) {
            pairs.push((above, at));
        }
        above = Some(at);
    }
    if pairs.is_empty() {
        return;
    }
    let mut gone = vec![false; verdicts.len()];
    // From the last pair to the first, so that three parts become one.
    for &(first, second) in pairs.iter().rev() {
        join(blocks, first, second);
        gone[second] = true;
        verdicts[first].is_joined = true;
        if verdicts[first].rule == super::SCORE_RULE {
            verdicts[first].rule = RULE;
        }
    }
    let mut at = 0;
    blocks.records.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
    at = 0;
    verdicts.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
}

fn is_broken(blocks: &Blocks, verdicts: &[Verdict], first: usize, second: usize) -> bool {
    let (above, below) = (&blocks.records[first], &blocks.records[second]);
    let bodies = [first, second].iter().all(|&at| verdicts[at].label == Label::Body);
    // A removed block between the halves stood there already when the paragraph was broken; two or more of
    // them are more than an image with its caption.
    if !bodies
        || above.kind != BlockKind::Paragraph
        || below.kind != BlockKind::Paragraph
        || second - first > 3
    {
        return false;
    }
    let text = blocks.text_of(above).trim_end();
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.chars().all(char::is_alphabetic)
        && text.split_whitespace().nth(LEAST_WORDS - 1).is_some()
        && is_open_word(last)
}

/// Whether a word asks for another one behind it.
fn is_open_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    OPEN_WORDS.lines().filter(|line| !line.starts_with('#')).any(|line| line == lower)
}

/// Writes both texts as one behind all others.
fn join(blocks: &mut Blocks, first: usize, second: usize) {
    let (above, below) = (blocks.records[first], blocks.records[second]);
    let start = blocks.text.len();
    let first_mark = blocks.marks.len();
    for part in [above, below] {
        if blocks.text.len() > start {
            blocks.text.push(' ');
        }
        let from = blocks.text.len();
        let text = blocks.text[part.text.range()].to_owned();
        blocks.text.push_str(&text);
        for at in part.marks.range() {
            let mark = blocks.marks[at];
            let place = from + mark.text.start() - part.text.start();
            blocks.marks.push(Mark { text: Span::new(place, place + mark.text.len()), ..mark });
        }
    }
    let joined = &mut blocks.records[first];
    joined.text = Span::new(start, blocks.text.len());
    joined.marks = Span::new(first_mark, blocks.marks.len());
    joined.span = above.span.join(below.span);
}
