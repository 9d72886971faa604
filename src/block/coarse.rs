//! Floods of tiny blocks: beyond a number of them, short runs of text go on over the boundaries between them.
//!
//! Judging a block costs the same whether it holds a letter or a paragraph, so a page of nothing but short cells took
//! thirty times an ordinary page for each byte, and so it could do harm. Beyond the limit cells join to rows and lines to
//! paragraphs: no text is lost, only where it is parted.

use super::BlockKind;
use super::split::Open;
use core::ops::Range;

/// What a run must have before a boundary ends it. Paragraphs of prose are about as long, and stay what they are.
const LEAST_BYTES: usize = 256;

/// A page whose blocks are this long on average is a book, not a flood, however many it has.
const BYTES_IN_A_BOOK: usize = 128;

/// Whether a page's blocks are joined, and what the one that is being collected has of its parts.
pub(super) struct Coarse {
    /// How many blocks may be as short as they are.
    beyond: usize,
    /// Once a page is a flood, it stays one.
    is_flood: bool,
    has_joined: bool,
    /// What the parts of the run have in common, and where the last of them ends.
    held: Option<(Open, usize)>,
}

impl Coarse {
    pub(super) fn beyond(fine_blocks: usize) -> Self {
        Self { beyond: fine_blocks, is_flood: false, has_joined: false, held: None }
    }

    /// Whether any block was joined from several.
    pub(super) fn has_joined(&self) -> bool {
        self.has_joined
    }

    /// Whether a run goes on over the boundary behind it; `blocks` came before it, and the last of its text stands
    /// in `inner`.
    pub(super) fn goes_on(&mut self, run: Range<usize>, blocks: usize, inner: &Open) -> bool {
        if run.is_empty() || run.len() >= LEAST_BYTES {
            return false;
        }
        self.is_flood |= blocks >= self.beyond && run.end < (blocks + 1) * BYTES_IN_A_BOOK;
        if !self.is_flood {
            return false;
        }
        self.held = Some((self.of(&run, inner), run.end));
        true
    }

    /// What a run is, whose last text stands in `inner`; it ends here.
    pub(super) fn take(&mut self, run: Range<usize>, inner: Open) -> Open {
        let of = self.of(&run, &inner);
        self.held = None;
        of
    }

    /// The first part's place, and what all parts have in common.
    fn of(&mut self, run: &Range<usize>, inner: &Open) -> Open {
        let Some((mut of, end)) = self.held else { return *inner };
        if run.end > end {
            self.has_joined = true;
            of.kind = if of.kind == inner.kind { of.kind } else { BlockKind::Paragraph };
            of.item = of.item.filter(|item| inner.item.is_some_and(|other| other.node == item.node));
            of.is_hidden &= inner.is_hidden;
            if of.cell != inner.cell {
                of.cell = None;
            }
            if of.kind == BlockKind::Cell && of.cell.is_none() {
                of.kind = BlockKind::Paragraph;
            }
        }
        of
    }

    /// Whether the run that goes on is code, whose white space is as it was written.
    pub(super) fn holds_code(&self) -> bool {
        self.held.is_some_and(|(of, _)| of.is_preformatted)
    }

    /// Whether code that begins here may keep its white space.
    pub(super) fn may_hold_code(&self) -> bool {
        self.held.is_none_or(|(of, _)| of.is_preformatted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Extractor, Label, Limits, Page, Warning};

    /// All blocks of a page, so many of them as they are.
    fn blocks(page: &Page<'_>, fine: usize) -> Article {
        let all = Extractor::builder().keep(Label::ALL.iter().copied()).join_broken_paragraphs(false);
        all.limits(Limits::default().fine_blocks(fine)).build().extract(page)
    }

    fn texts(article: &Article) -> Vec<&str> {
        article.blocks().map(|block| block.text()).collect()
    }

    /// Joins blocks that are a flood the slow way.
    fn joined(article: &Article, fine: usize) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for (at, text) in texts(article).into_iter().enumerate() {
            match all.last_mut() {
                Some(last) if at > fine && last.len() < LEAST_BYTES => {
                    last.push('\n');
                    last.push_str(text);
                }
                _ => all.push(text.to_owned()),
            }
        }
        all
    }

    fn words(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn page(at: usize) -> String {
        let parts = [
            "<p>one</p>",
            "<li>two<li>three",
            "<table><tr><td>4<td>5<tr><td>6</table>",
            "<h2>seven</h2>",
            "<div>eight<br><br>nine</div>",
            "<p>ten <b>eleven</b> <a href=/x>twelve</a>",
            "<dl><dt>13<dd>14</dl>",
            "<blockquote><p>fif<b>teen</b></blockquote>",
            "<div hidden>sixteen</div>",
            "<button>seventeen</button>",
            "<p>The harbour was closed on Monday after a ship ran aground at the mouth of the river, he said.</p>",
        ];
        // A cheap walk that comes by every part after every other.
        (0..200).map(|step| parts[(at * 7 + step * step + step / 3) % parts.len()]).collect()
    }

    #[test]
    fn blocks_are_joined_as_a_slow_joiner_does() {
        for at in 0..40 {
            let source = page(at);
            let page = Page::html(&*source);
            let whole = blocks(&page, usize::MAX);
            for fine in [1, 2, 10, 50] {
                let article = blocks(&page, fine);
                let found: Vec<String> = texts(&article).into_iter().map(words).collect();
                let wanted: Vec<String> = joined(&whole, fine).iter().map(|text| words(text)).collect();
                assert_eq!(found, wanted, "{fine} of {source}");
                assert_eq!(article.warnings(), [Warning::FineBlocksLimit]);
                assert_eq!(texts(&article)[..fine], texts(&whole)[..fine]);
            }
        }
    }

    #[test]
    fn pages_with_no_more_blocks_than_the_limit_are_as_without_it() {
        let source = page(1);
        let page = Page::html(&*source);
        let whole = blocks(&page, usize::MAX);
        let most = blocks(&page, whole.blocks().len());
        assert_eq!(format!("{whole:?}"), format!("{most:?}"));
        assert!(whole.warnings().is_empty());
    }

    #[test]
    fn a_book_is_not_joined_however_many_blocks_it_has() {
        let paragraph = "<p>The harbour was closed on Monday after a ship ran aground at the mouth of the river, the \
            pilot said, and will stay so until the tide is high enough.</p><p>Nobody was hurt, it seems, though the \
            channel had been full of boats since the morning, and fog lay over the northern pier for hours.</p>";
        let source = paragraph.repeat(20);
        assert_eq!(blocks(&Page::html(&*source), 10).blocks().len(), 40);
    }

    #[test]
    fn cells_stand_on_lines_parted_by_tabs_and_a_joined_block_is_what_its_parts_are() {
        let article = |source: &str| blocks(&Page::html(source), 0);
        let table = article("<table><tr><td>a<td>b</td></tr><tr><td>c</td><td>d</td></tr></table><p>e");
        assert_eq!(texts(&table), ["a\tb\nc\td\ne"]);
        let list = article("<ul><li>a<li>b<li hidden>c</ul>");
        assert_eq!(texts(&list), ["a\nb\nc"]);
        assert_eq!(list.blocks().next().map(|block| block.kind()), Some(BlockKind::ListItem));
        let mixed = article("<ul><li>a</ul><p>b");
        assert_eq!(mixed.blocks().next().map(|block| block.kind()), Some(BlockKind::Paragraph));
    }

    #[test]
    fn code_keeps_its_lines_among_code_and_stands_apart_from_text() {
        let source = "<pre>  a\n   b </pre><pre> c\n</pre>d<pre>e\n  f</pre>";
        assert_eq!(texts(&blocks(&Page::html(source), 0)), ["  a\n   b\n c", "d\ne f"]);
    }

    #[test]
    fn text_and_markdown_are_joined_too() {
        let lines = "a\n".repeat(1000);
        assert!(blocks(&Page::text(&*lines), 100).blocks().len() < 110);
        let items = "- a\n".repeat(1000);
        assert!(blocks(&Page::markdown(&*items), 100).blocks().len() < 110);
    }
}
