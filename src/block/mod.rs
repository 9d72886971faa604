//! Chapter three: tree → blocks, the smallest runs of text that one decision is made about.
//!
//! A block is what a browser shows as one piece: the inline content between the starts and ends of
//! block-level elements, or between two `<br>` in a row. White space is collapsed except in code. Where a page is a
//! flood of tiny blocks, they are joined ([`coarse`]).

mod coarse;
mod split;

use crate::Span;
use crate::tree::{NodeId, Style};

pub(crate) use split::split;
#[cfg(all(test, feature = "scraper"))]
pub(crate) use split::{is_inline, is_seam, is_without_text, sets_apart};

/// What a block is by its mark-up.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BlockKind {
    /// Running text, and everything that is marked as nothing else.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// Text inside a quotation.
    Quote,
    /// Preformatted text; its white space is as in the source.
    Code,
    /// A cell of a table that holds data rather than the page's layout.
    Cell,
    /// A term that a definition list explains.
    Term,
    /// A definition of such a term.
    Definition,
    /// Text that belongs to a figure or a table.
    Caption,
    /// A button or another control.
    Control,
}

impl BlockKind {
    /// The kind's name as JSON and the command line show it; headings have no level in it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading(_) => "heading",
            Self::ListItem => "list_item",
            Self::Quote => "quote",
            Self::Code => "code",
            Self::Cell => "cell",
            Self::Term => "term",
            Self::Definition => "definition",
            Self::Caption => "caption",
            Self::Control => "control",
        }
    }

    /// Whether this is a heading of any level.
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Heading(_))
    }
}

impl core::fmt::Display for BlockKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// All blocks of a page, their texts in one string.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    pub(crate) text: String,
    pub(crate) records: Vec<Record>,
    pub(crate) marks: Vec<Mark>,
}

/// One block: ranges into [`Blocks`], and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    /// Its text in [`Blocks::text`].
    pub(crate) text: Span,
    /// From its first to its last visible character in the source.
    pub(crate) span: Span,
    /// The innermost block-level element around it.
    pub(crate) node: NodeId,
    pub(crate) kind: BlockKind,
    /// Its links and formatting in [`Blocks::marks`].
    pub(crate) marks: Span,
    /// Whether it is the mark-up's will that nobody sees it.
    pub(crate) is_hidden: bool,
    /// Its place in a list, if any.
    pub(crate) item: Option<Item>,
    /// Its place in a table, if any.
    pub(crate) cell: Option<Cell>,
}

/// A place in a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Item {
    /// The `li`; blocks with the same one are parts of one item.
    pub(crate) node: NodeId,
    /// How many lists are around it, itself counted.
    pub(crate) depth: u16,
    /// Its number in an ordered list.
    pub(crate) number: Option<u32>,
}

/// A place in a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Cell {
    pub(crate) table: NodeId,
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) is_header: bool,
}

/// A range of a block's text that is linked or looks different.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    /// In [`Blocks::text`].
    pub(crate) text: Span,
    pub(crate) style: Style,
    /// The `a` element, or no node.
    pub(crate) link: NodeId,
}

impl Blocks {
    /// Forgets all blocks but not their memory.
    fn clear(&mut self) {
        self.text.clear();
        self.records.clear();
        self.marks.clear();
    }

    pub(crate) fn text_of(&self, record: &Record) -> &str {
        &self.text[record.text.range()]
    }

    pub(crate) fn marks_of(&self, record: &Record) -> &[Mark] {
        &self.marks[record.marks.range()]
    }
}
