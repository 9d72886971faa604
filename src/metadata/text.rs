//! What the judged text shows: the title's block, lines between title and text, the source at its end.

use super::byline;
use super::date::{self, Hint, Kind};
use super::{line, site};
use crate::block::{Blocks, Record};
use crate::label::{Label, Verdict};
use crate::tree::tag::Attr;
use crate::tree::{NO_NODE, Tree};

/// How many blocks between title and text are looked at: kicker, deck, byline, date, share bar, caption.
const MOST_HEAD_BLOCKS: usize = 24;
/// How many blocks before the title may hold its date or author.
const BLOCKS_BEFORE_TITLE: usize = 3;
/// How many blocks may stand between a deck and the text: byline, date, reading time, share bar.
const BLOCKS_BEHIND_DECK: usize = 10;
/// A first block of prose has at least so many bytes; shorter ones that are kept are decks and datelines.
const LEAST_PROSE_BYTES: usize = 120;

/// What parts the pieces of a line about author and date.
const PARTS: [char; 5] = ['|', '•', '·', '⋅', '\n'];

/// A page's blocks with what was decided about them.
#[derive(Debug)]
pub(super) struct Text<'b> {
    blocks: &'b Blocks,
    verdicts: &'b [Verdict],
    /// The blocks around the title, up to the text.
    head: core::ops::Range<usize>,
    /// One past the last block that is kept.
    end: usize,
}

impl<'b> Text<'b> {
    pub(super) fn of(blocks: &'b Blocks, verdicts: &'b [Verdict], title: Option<&str>) -> Self {
        let label = |at: usize| verdicts.get(at).map(|verdict| verdict.label);
        let count = blocks.records.len().min(verdicts.len());
        let end = (0..count).rev().find(|&at| verdicts[at].is_kept).map_or(0, |at| at + 1);
        let text = |at: usize| blocks.text_of(&blocks.records[at]);
        let labelled = (0..count).find(|&at| label(at) == Some(Label::Title));
        let is_title = |at: &usize| {
            let own = text(*at);
            title.is_some_and(|title| own.len() <= 2 * title.len() + 40 && super::title::agree(own, title))
        };
        // The heading that is the title rather than the link to itself in a menu.
        let place = labelled
            .or_else(|| (0..count).filter(|&at| blocks.records[at].kind.is_heading()).find(is_title))
            .or_else(|| (0..end).find(is_title));
        let head = match place {
            Some(place) => {
                let is_prose = |at: &usize| {
                    verdicts[*at].is_kept
                        && matches!(label(*at), Some(Label::Body))
                        && blocks.records[*at].text.len() >= LEAST_PROSE_BYTES
                };
                let last = (place + 1 + MOST_HEAD_BLOCKS).min(count);
                let first = (place + 1..last).find(is_prose).unwrap_or(last.min(end.max(place + 1)));
                // The first long block may be the deck, with the dateline behind it; then the text follows soon.
                let second = (first + 1..(first + 1 + BLOCKS_BEHIND_DECK).min(count)).find(is_prose);
                let stop = second.unwrap_or(first);
                place.saturating_sub(BLOCKS_BEFORE_TITLE)..stop
            }
            None => 0..0,
        };
        Self { blocks, verdicts, head, end }
    }

    fn text(&self, at: usize) -> &'b str {
        self.blocks.text_of(&self.blocks.records[at])
    }

    fn record(&self, at: usize) -> &'b Record {
        &self.blocks.records[at]
    }

    fn label(&self, at: usize) -> Label {
        self.verdicts[at].label
    }

    /// The text of the block that was taken for the title.
    pub(super) fn title(&self) -> Option<String> {
        let at = self.verdicts.iter().position(|verdict| verdict.label == Label::Title)?;
        let title = self.blocks.records.get(at).map(|record| self.blocks.text_of(record))?;
        /// A longer block is not a title, whatever it was taken for.
        const LONGEST_BYTES: usize = 600;
        (!title.is_empty() && title.len() <= LONGEST_BYTES).then(|| super::survey::collapsed(title))
    }

    /// The names in the bylines around the title, or in the one right behind the text.
    pub(super) fn authors(&self) -> Vec<String> {
        let mut names = Vec::new();
        for at in self.head.clone() {
            let text = self.text(at);
            if is_furniture(self.label(at)) {
                continue;
            }
            let found = if let Some(line) = line::read(text, &Hint::default()) {
                line.authors
            } else if self.label(at) == Label::Byline {
                byline::marked(text)
            } else {
                byline::whole_block(text).or_else(|| byline::dated(text)).unwrap_or_default()
            };
            names.extend(found.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
        }
        if names.is_empty() && self.end > 0 {
            // "By Jane Doe" or "홍길동 기자" as the last line of the article.
            let behind = self.end.saturating_sub(1)
                ..(self.end + 2).min(self.verdicts.len()).min(self.blocks.records.len());
            let signed = behind
                .filter(|&at| self.label(at) == Label::Byline)
                .find_map(|at| byline::whole_block(self.text(at)));
            names = signed.unwrap_or_default();
        }
        names
    }

    /// The dates of publication and of change in the lines around the title.
    pub(super) fn dates(&self, hint: &Hint<'_>) -> (Option<String>, Option<String>) {
        let (mut published, mut unsaid, mut modified) = (None, None, None);
        for at in self.head.clone() {
            if is_furniture(self.label(at)) || self.record(at).is_hidden {
                continue;
            }
            let text = self.text(at);
            // A byline may end in the date.
            let told = || line::read(text, hint).map(|line| line.dates).filter(|dates| !dates.is_empty());
            let lines = match date::whole_block_in(text, hint).or_else(told) {
                Some(dates) => dates,
                // "By Jane Doe | April 22, 2025", "Jane Doe | Senior Writer | April 22, 2025".
                // Without such a sign the part is the text, which is no date.
                None if text.contains(PARTS)
                    && (self.label(at) == Label::Dateline || !byline::marked(text).is_empty()) =>
                {
                    text.split(PARTS).filter_map(|line| date::whole_block_in(line, hint)).flatten().collect()
                }
                None => continue,
            };
            for line in lines {
                let place = match line.kind {
                    Kind::Published => &mut published,
                    Kind::Modified => &mut modified,
                    Kind::Unsaid => &mut unsaid,
                };
                place.get_or_insert(line.moment);
            }
        }
        let published = published.or(unsaid);
        (published.map(|moment| moment.to_string()), modified.map(|moment| moment.to_string()))
    }

    /// Who published the text first, as the lines around the title tell beside date and author.
    pub(super) fn site(&self) -> Option<&'b str> {
        let lines = self.head.clone().filter(|&at| !is_furniture(self.label(at)));
        { lines }.find_map(|at| line::read(self.text(at), &Hint::default())?.source)
    }

    /// The address in the source line, written out or behind its words.
    pub(super) fn source(&self, tree: &Tree<'_>, base: Option<&str>) -> Option<String> {
        let count = self.verdicts.len().min(self.blocks.records.len());
        let labelled = (0..count).filter(|&at| self.label(at) == Label::Source);
        let found = { labelled }.find_map(|at| {
            site::in_text(self.text(at))
                .or_else(|| self.linked(at, tree, base))
                .or_else(|| (at + 1 < count).then(|| site::in_text(self.text(at + 1))).flatten())
        });
        // A short line with a colon and an address alone below: a source line in any language.
        const LONGEST_LABEL_BYTES: usize = 40;
        found.or_else(|| {
            (self.end.saturating_sub(2).max(1)..count).find_map(|at| {
                let label = self.text(at - 1);
                let is_label = label.len() <= LONGEST_LABEL_BYTES && label.trim_end().ends_with([':', '：']);
                let is_alone = !self.text(at).contains(char::is_whitespace);
                (is_label && is_alone).then(|| site::in_text(self.text(at))).flatten()
            })
        })
    }

    /// The address that a block's only link leads to, if that is a page and not the door of a site.
    fn linked(&self, at: usize, tree: &Tree<'_>, base: Option<&str>) -> Option<String> {
        let mut links = self.blocks.marks_of(self.record(at)).iter().map(|mark| mark.link);
        let link = links.find(|link| *link != NO_NODE)?;
        let is_only = links.all(|other| other == link || other == NO_NODE);
        let address = tree.attribute(link, Attr::Href).filter(|_| is_only)?;
        site::full(&address, base).filter(|address| site::is_deep(address))
    }

    /// The beginning of the kept text.
    pub(super) fn sample(&self, most: usize) -> String {
        let mut sample = String::with_capacity(most + 4);
        for (record, _) in
            self.blocks.records.iter().zip(self.verdicts).filter(|(_, verdict)| verdict.is_kept)
        {
            for c in self.blocks.text_of(record).chars() {
                if sample.len() >= most {
                    return sample;
                }
                sample.push(c);
            }
            sample.push('\n');
        }
        sample
    }
}

/// Labels under which dates and names are not the article's.
fn is_furniture(label: Label) -> bool {
    matches!(
        label,
        Label::Caption
            | Label::Credit
            | Label::Related
            | Label::Latest
            | Label::Comments
            | Label::Advert
            | Label::Navigation
            | Label::Pagination
            | Label::AuthorBio
            | Label::Footer
            | Label::Appended
            | Label::Newsletter
            | Label::Legal
    )
}
