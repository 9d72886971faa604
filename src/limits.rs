//! How much of a page is read before it is cut.

use core::time::Duration;

/// How much work one page may cause. What lies beyond a limit is left out or read less finely, and the article carries
/// the [`Warning`](crate::Warning) that says so; no limit ever loses the page.
///
/// ```
/// use unfurnish::{Extractor, Limits, Warning};
///
/// let short = Extractor::builder().limits(Limits::default().bytes(64)).build();
/// let article = short.extract("<p>A long page.</p>".repeat(100).as_str());
/// assert_eq!(article.warnings(), [Warning::BytesLimit]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    bytes: usize,
    nodes: usize,
    depth: usize,
    blocks: usize,
    fine_blocks: usize,
    marks: usize,
    time: Option<Duration>,
}

/// No page of 6,600 judged ones is longer than 8 MiB; 128 MiB leaves room for whole books in one page.
const BYTES: usize = 128 << 20;
/// Spans are 32-bit.
const MOST_BYTES: usize = u32::MAX as usize - 1;
/// A node takes at least a few bytes of source; this many take 1.3 GiB and no honest page comes near.
const NODES: usize = 40_000_000;
/// Browsers (Blink, WebKit) stop nesting at 512 and so do pages.
const DEPTH: usize = 512;
/// No honest page comes near: a page of so many is a flood, and [`FINE_BLOCKS`] holds it.
const BLOCKS: usize = 4_000_000;
/// Of 6,655 judged pages half have 144 blocks, one in a hundred more than 826, and the one with the most has 3,045: twice that.
const FINE_BLOCKS: usize = 6144;
/// Of 1,514 READMEs, changelogs and manuals 23 have so many, at most one in 11 bytes; those with one in eight have up to 5,214.
const MARKS: usize = 16_384;

/// A page with a mark in so many bytes or more is a document, not a flood, however many it has.
const BYTES_FOR_A_MARK: usize = 8;
/// A page whose blocks are this long on average is a book, not a flood, however many it has.
const BYTES_IN_A_BOOK: usize = 128;

/// What a run of a flood must have before a boundary ends it. Paragraphs of prose are about as long, and stay what they are.
pub(crate) const LEAST_RUN_BYTES: usize = 256;

impl Default for Limits {
    /// 128 MiB, 40 million nodes, depth 512, 4 million blocks, 6,144 fine blocks, 16,384 marks, no limit of time.
    fn default() -> Self {
        Self {
            bytes: BYTES,
            nodes: NODES,
            depth: DEPTH,
            blocks: BLOCKS,
            fine_blocks: FINE_BLOCKS,
            marks: MARKS,
            time: None,
        }
    }
}

impl Limits {
    /// Reads at most this many bytes of the decoded page (at most 2³² − 2).
    #[must_use]
    pub fn bytes(mut self, most: usize) -> Self {
        self.bytes = most.min(MOST_BYTES);
        self
    }

    /// Reads at most this many elements and runs of text.
    #[must_use]
    pub fn nodes(mut self, most: usize) -> Self {
        self.nodes = most.clamp(1, MOST_BYTES);
        self
    }

    /// Nests elements at most this deep (at least 8, at most 4,096): deeper ones become siblings.
    #[must_use]
    pub fn depth(mut self, most: usize) -> Self {
        self.depth = most.clamp(8, 4096);
        self
    }

    /// Judges at most this many blocks.
    #[must_use]
    pub fn blocks(mut self, most: usize) -> Self {
        self.blocks = most;
        self
    }

    /// Parts a page into blocks as short as its mark-up has them up to this many; behind them, short ones are joined.
    ///
    /// Then a block that would have less than 256 bytes of text goes on with the next one: cells stand on a line, parted
    /// by tabs, rows (up to a kilobyte) and other blocks on lines of their own. The joined block is what all its parts are, or a plain paragraph, and is
    /// hidden if all of them are. No text is lost. A page with 128 bytes of text or more in the blocks so far, as books
    /// have, is not joined however long it is.
    ///
    /// Judging a block costs the same however short it is, so this is what keeps the cost of a page of a million cells of
    /// one letter near that of other pages of its size. Tables of 20,000 cells that are wanted cell by cell need a higher limit.
    ///
    /// ```
    /// use unfurnish::{Extractor, Limits, Warning};
    ///
    /// let rows = "<tr><td>Alder<td>42</tr>".repeat(10_000);
    /// let page = format!("<table>{rows}</table>");
    /// let article = unfurnish::extract(page.as_str());
    /// assert_eq!(article.warnings(), [Warning::FineBlocksLimit]);
    /// assert!(article.blocks().any(|block| block.text().starts_with("Alder\t42\nAlder\t42\n")));
    ///
    /// let every_cell = Extractor::builder().limits(Limits::default().fine_blocks(100_000)).build();
    /// assert_eq!(every_cell.extract(page.as_str()).blocks().len(), 20_000);
    /// ```
    #[must_use]
    pub fn fine_blocks(mut self, most: usize) -> Self {
        self.fine_blocks = most;
        self
    }

    /// Reads Markdown as such up to about this many marks, and what follows, from the start of a line on, as plain text.
    ///
    /// A mark is an end of a line or any other character that may make an element: one of ``*_[]`<>|~&\``. No text is lost,
    /// and the marks behind the limit stay in it. A page with eight bytes or more for each mark so far, as documents have, is
    /// read as Markdown however long it is.
    ///
    /// Every mark may cost an element and its text, so this is what keeps the cost of a page of nothing but brackets near
    /// that of other pages of its size.
    ///
    /// ```
    /// use unfurnish::{Extractor, Limits, Page, Warning};
    ///
    /// let rows = format!("| a | b |\n| - | - |\n{}", "| 1 | 2 |\n".repeat(10_000));
    /// let page = Page::markdown(rows.as_str());
    /// assert!(unfurnish::extract(page.clone()).warnings().contains(&Warning::MarksLimit));
    ///
    /// let every_row = Extractor::builder().limits(Limits::default().marks(100_000)).build();
    /// assert!(!every_row.extract(page).warnings().contains(&Warning::MarksLimit));
    /// ```
    #[must_use]
    pub fn marks(mut self, most: usize) -> Self {
        self.marks = most;
        self
    }

    /// Gives a page about this long: reading it may take a sixteenth, parting it into blocks another, and what was read by
    /// then is judged, which takes the rest on ordinary pages and up to as long again on pages of nothing but short blocks.
    ///
    /// However short the time, the beginning is read, unless it is none at all. Since clocks differ from run to run, so may
    /// articles that were cut by time.
    ///
    /// Without effect on wasm32 without an operating system, where there is no clock.
    #[must_use]
    pub fn time(mut self, most: Duration) -> Self {
        self.time = Some(most);
        self
    }

    #[cfg(feature = "scraper")]
    pub(crate) fn most_bytes(&self) -> usize {
        self.bytes
    }

    pub(crate) fn most_nodes(&self) -> usize {
        self.nodes
    }

    pub(crate) fn most_depth(&self) -> usize {
        self.depth
    }

    pub(crate) fn most_blocks(&self) -> usize {
        self.blocks
    }

    /// Whether a page of so many blocks with so many bytes of text in them and the next one is a flood.
    pub(crate) fn is_flood(&self, blocks: usize, bytes: usize) -> bool {
        blocks >= self.fine_blocks && bytes < (blocks + 1) * BYTES_IN_A_BOOK
    }

    /// Whether Markdown of so many bytes with so many marks is a flood.
    pub(crate) fn is_flood_of_marks(&self, marks: usize, bytes: usize) -> bool {
        marks > self.marks && bytes < marks * BYTES_FOR_A_MARK
    }

    pub(crate) fn most_time(&self) -> Option<Duration> {
        self.time
    }

    /// The part of a page that is within the limit of bytes.
    pub(crate) fn cut<'s>(&self, source: &'s str) -> &'s str {
        if source.len() <= self.bytes {
            return source;
        }
        let end = (0..=self.bytes).rev().find(|&at| source.is_char_boundary(at)).unwrap_or(0);
        &source[..end]
    }
}
