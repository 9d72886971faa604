//! Paragraphs that the scraper broke apart become one again.
//!
//! Where an image or an advertisement stood inside a paragraph, scrapers leave two. The proof that they are
//! one: the first has no final punctuation and its last word cannot end a sentence ("… the Kremlin said the").

use super::{Label, Verdict};
use crate::Span;
use crate::block::{BlockKind, Blocks, Mark};
use crate::letter::is_alphabetic;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

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
    // Three parts and more become one at once: pair by pair, a page of broken paragraphs would be copied for each.
    for chain in pairs.chunk_by(|pair, next| pair.1 == next.0) {
        let first = chain[0].0;
        join(blocks, first, chain.iter().map(|(_, second)| *second));
        chain.iter().for_each(|(_, second)| gone[*second] = true);
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
    last.chars().all(is_alphabetic)
        && text.split_whitespace().nth(LEAST_WORDS - 1).is_some()
        && is_open_word(last)
}

/// Whether a word asks for another one behind it.
fn is_open_word(word: &str) -> bool {
    static KNOWN: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| OPEN_WORDS.lines().filter(|line| !line.starts_with('#')).collect());
    KNOWN.contains(&*word.to_lowercase())
}

/// Writes the texts of a block and of those that go on with it as one behind all others.
fn join(blocks: &mut Blocks, first: usize, others: impl Iterator<Item = usize>) {
    let start = blocks.text.len();
    let first_mark = blocks.marks.len();
    let mut span = blocks.records[first].span;
    for part in core::iter::once(first).chain(others) {
        let part = blocks.records[part];
        if blocks.text.len() > start {
            blocks.text.push(' ');
        }
        let from = blocks.text.len();
        blocks.text.extend_from_within(part.text.range());
        for at in part.marks.range() {
            let mark = blocks.marks[at];
            let place = from + mark.text.start() - part.text.start();
            blocks.marks.push(Mark { text: Span::new(place, place + mark.text.len()), ..mark });
        }
        span = span.join(part.span);
    }
    let joined = &mut blocks.records[first];
    joined.text = Span::new(start, blocks.text.len());
    joined.marks = Span::new(first_mark, blocks.marks.len());
    joined.span = span;
}

#[cfg(test)]
mod tests {
    use crate::Page;

    #[test]
    fn a_paragraph_broken_into_many_parts_becomes_one() {
        let part = "The harbour of Aldermouth was closed on Monday after a <b>ship</b> ran aground, they say, at the";
        let end = "mouth of the river, where it will stay until the tide is high enough for the tugs to pull it off.";
        let page = format!("{}<p>{end}<p>{end}", format!("<p>{part}").repeat(50));
        let article = crate::extract(Page::html(page));
        let part = part.replace("<b>", "").replace("</b>", "");
        let whole = format!("{} {end}", vec![&*part; 50].join(" "));
        assert_eq!(article.kept().map(|block| block.text()).collect::<Vec<_>>(), [&*whole, end]);
        assert!(
            article.to_html().starts_with(&format!("<p>{}", part.replace("ship", "<strong>ship</strong>")))
        );
        assert_eq!(article.to_html().matches("<strong>ship</strong>").count(), 50);
    }
}
