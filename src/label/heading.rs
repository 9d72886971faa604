//! Headings that the mark-up does not tell, and headings that are none.
//!
//! Many pages set their section headings as a bold line, and some set the standfirst as `h2`. Both are settled
//! once all blocks are judged: what a block is by its looks must not change what is kept.

use super::facts::{Ending, count_words, ending, is_prose_text};
use super::{Label, Verdict};
use crate::block::{BlockKind, Blocks, Record};
use crate::tree::{NO_NODE, Style};

/// The rule's name on a line that is a heading by its looks.
const RULE: &str = "bold-heading";

/// Twelve words hold all but 2 % of the section headings on the judged pages.
const LONGEST_HEADING_WORDS: u32 = 12;

/// Makes headings of kept bold lines that stand above prose, and paragraphs of standfirsts.
pub(crate) fn settle_headings(blocks: &mut Blocks, verdicts: &mut [Verdict]) {
    let mut deepest = 0;
    for (record, verdict) in blocks.records.iter_mut().zip(&*verdicts).filter(|(_, verdict)| verdict.is_kept)
    {
        if verdict.label == Label::Deck && record.kind.is_heading() {
            record.kind = BlockKind::Paragraph;
        }
        if let BlockKind::Heading(level) = record.kind {
            deepest = deepest.max(level);
        }
    }
    // In most texts nothing is bold, and plain text has no marks at all.
    if !blocks.marks.iter().any(|mark| mark.style.has(Style::STRONG)) {
        return;
    }
    // Bold lines stand below the headings that are marked; a text without these has its title alone above them.
    let level = (deepest.max(1) + 1).min(6);
    let mut heads_prose = false;
    for at in (0..verdicts.len()).rev().filter(|&at| verdicts[at].is_kept).collect::<Vec<_>>() {
        let record = &blocks.records[at];
        if heads_prose && verdicts[at].label == Label::Body && is_bold_line(blocks, record) {
            blocks.records[at].kind = BlockKind::Heading(level);
            verdicts[at].label = Label::Heading;
            verdicts[at].rule = RULE;
            verdicts[at].detail = "a bold line above prose".into();
            heads_prose = false;
        } else {
            heads_prose = is_prose_text(blocks.text_of(record)) && !is_bold(blocks, record);
        }
    }
}

/// Whether a block is a short line, bold from end to end, without a stop.
fn is_bold_line(blocks: &Blocks, record: &Record) -> bool {
    let text = blocks.text_of(record);
    record.kind == BlockKind::Paragraph
        && record.item.is_none()
        && record.cell.is_none()
        && ending(text) == Ending::Open
        && (1..=LONGEST_HEADING_WORDS).contains(&count_words(text))
        && !text.contains('\n')
        && is_bold(blocks, record)
}

/// Whether all of a block's text is bold, and none of it a link.
fn is_bold(blocks: &Blocks, record: &Record) -> bool {
    let marks = blocks.marks_of(record);
    let bold = marks.iter().filter(|mark| mark.style.has(Style::STRONG) && mark.link == NO_NODE);
    bold.map(|mark| mark.text.len()).sum::<usize>() >= record.text.len()
}
