//! The article as its writers see it: parts in the order of the text, and the runs of a block's line.

use super::{Article, BlockData};
use crate::block::{BlockKind, Item};
use crate::label::Label;
use crate::tree::Style;

/// A piece of the article that stands on lines of its own.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    /// The list item it stands in.
    pub(super) item: Option<Item>,
    pub(super) content: Content<'a>,
}

/// What a part is.
#[derive(Clone, Debug)]
pub(super) enum Content<'a> {
    /// The title, where it was asked for.
    Title(&'a str),
    /// A heading of this level.
    Heading(u8, &'a BlockData),
    /// Text inside a quotation.
    Quote(&'a BlockData),
    /// Text whose white space counts.
    Code(&'a BlockData),
    /// A term that the next part explains.
    Term(&'a BlockData),
    /// Everything else.
    Paragraph(&'a BlockData),
    /// The cells that were kept of a table.
    Table(Vec<Row<'a>>),
}

/// The cells of a row that hold something, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Row<'a> {
    pub(super) cells: Vec<Cell<'a>>,
}

/// A cell and its blocks.
#[derive(Clone, Debug)]
pub(super) struct Cell<'a> {
    /// Counted from 1; cells that hold nothing are left out.
    pub(super) column: u32,
    pub(super) is_header: bool,
    pub(super) blocks: Vec<&'a BlockData>,
}

/// The parts of an article, in the order of its text.
pub(super) fn parts(article: &Article) -> Vec<Part<'_>> {
    let mut kept: Vec<&BlockData> = article.blocks.iter().filter(|block| block.is_kept).collect();
    // Captions may have been moved behind the text.
    kept.sort_by_key(|block| block.text.start());
    let mut parts = Vec::with_capacity(kept.len() + 1);
    if let (true, Some(title)) = (article.has_title, article.metadata.title()) {
        parts.push(Part { item: None, content: Content::Title(title) });
    }
    let mut blocks = kept.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let Some(first) = block.cell else {
            parts.push(Part { item: block.item, content: content(block) });
            continue;
        };
        let mut rows: Vec<Row<'_>> = Vec::new();
        let mut row = None;
        let mut next = Some(block);
        while let Some(block) = next {
            let Some(place) = block.cell else { break };
            if row != Some(place.row) {
                rows.push(Row::default());
                row = Some(place.row);
            }
            if let Some(row) = rows.last_mut() {
                match row.cells.last_mut() {
                    Some(cell) if cell.column == place.column => cell.blocks.push(block),
                    _ => {
                        let (column, is_header) = (place.column, place.is_header);
                        row.cells.push(Cell { column, is_header, blocks: vec![block] });
                    }
                }
            }
            next = blocks.next_if(|block| block.cell.is_some_and(|cell| cell.table == first.table));
        }
        parts.push(Part { item: block.item, content: Content::Table(rows) });
    }
    parts
}

fn content(block: &BlockData) -> Content<'_> {
    match block.kind {
        BlockKind::Heading(level) => Content::Heading(level.clamp(1, 6), block),
        BlockKind::Quote => Content::Quote(block),
        BlockKind::Code => Content::Code(block),
        BlockKind::Term => Content::Term(block),
        // Some pages write their headings as paragraphs.
        _ if block.label == Label::Heading && block.item.is_none() => Content::Heading(2, block),
        _ => Content::Paragraph(block),
    }
}

/// Text of one look inside a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'a> {
    pub(super) text: &'a str,
    pub(super) style: Style,
    pub(super) link: Option<Target<'a>>,
}

/// Where a link leads; runs of the same link have the same place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Target<'a> {
    pub(super) place: u32,
    pub(super) address: &'a str,
}

/// The runs of a block: together they are its text.
pub(super) fn runs<'a>(article: &'a Article, block: &BlockData) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    let mut at = block.text.start();
    let mut push = |text: Option<&'a str>, style: Style, link: Option<Target<'a>>| {
        let text = text.unwrap_or_default();
        if text.is_empty() {
            return 0;
        }
        runs.push(Run { text, style, link });
        text.len()
    };
    for mark in article.marks.get(block.marks.range()).unwrap_or_default() {
        let start = mark.text.start().max(at);
        let end = mark.text.end().min(block.text.end());
        let link = mark.link.and_then(|place| {
            let address = safe_address(article.links.get(place)?)?;
            Some(Target { place, address })
        });
        if start >= end || (link.is_none() && mark.style == Style::default()) {
            continue;
        }
        at += push(article.text.get(at..start), Style::default(), None);
        at += push(article.text.get(start..end), mark.style, link);
    }
    push(article.text.get(at..block.text.end()), Style::default(), None);
    bridge(&mut runs);
    runs
}

/// Spaces between two runs of the same link belong to it.
fn bridge(runs: &mut [Run<'_>]) {
    for at in 1..runs.len().saturating_sub(1) {
        let (before, here, after) = (runs[at - 1], runs[at], runs[at + 1]);
        if here.link.is_none()
            && before.link.is_some()
            && before.link == after.link
            && here.text.trim().is_empty()
        {
            runs[at].link = before.link;
        }
    }
}

/// Schemes that a link of the article may have; an address without one is relative and stays.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// The address if a reader can follow it without running code.
///
/// Extraction has dropped others already. This looks again, more strictly, because what is written here
/// goes into other people's pages: anything before a colon that is no known scheme is refused.
fn safe_address(address: &str) -> Option<&str> {
    if address.is_empty()
        || address.starts_with(|c: char| c <= ' ')
        || address.contains(|c: char| c.is_control())
    {
        return None;
    }
    let path_start = address.find(['/', '?', '#', '\\']).unwrap_or(address.len());
    match address.find(':').filter(|&colon| colon < path_start) {
        Some(colon) => {
            SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(&address[..colon])).then_some(address)
        }
        None => Some(address),
    }
}

/// A list item that is open while the parts inside it are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
    /// `None` for an item that holds nothing but a list.
    pub(super) node: Option<u32>,
    pub(super) depth: u16,
    pub(super) number: Option<u32>,
}

/// How a part goes on from the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// It stands in the item that is innermost now.
    Continue,
    /// It begins the next item of a list.
    NextItem,
    /// It begins the first item of a list.
    NewList,
}

/// Lists inside lists inside lists: none is written deeper than this, as in [`Article::text`].
pub(super) const DEEPEST: u16 = 16;

/// Finds how many of the open items stay open for an item, and how it goes on from there.
pub(super) fn step(open: &[Level], item: Item) -> (usize, Step) {
    if let Some(at) = open.iter().position(|level| level.node == Some(item.node)) {
        return (at + 1, Step::Continue);
    }
    let depth = item.depth.clamp(1, DEEPEST);
    let stay = open.iter().position(|level| level.depth >= depth).unwrap_or(open.len());
    let Some(sibling) = open.get(stay) else { return (stay, Step::NewList) };
    let goes_on = match (sibling.number, item.number) {
        (Some(before), Some(number)) => number > before,
        (None, None) => true,
        _ => false,
    };
    (stay, if goes_on { Step::NextItem } else { Step::NewList })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_run_nothing_are_safe() {
        for address in
            ["https://a.org/x?y=1:2", "HTTP://a", "mailto:a@b.org", "tel:+1", "/a:b", "a/b", "?q=a:b", "#x"]
        {
            assert_eq!(safe_address(address), Some(address));
        }
        for address in [
            "",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "java script:x",
            "ftp://a.org",
        ] {
            assert_eq!(safe_address(address), None, "{address:?}");
        }
    }
}
