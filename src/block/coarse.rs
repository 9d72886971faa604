//! Floods of tiny blocks: beyond a number of them, short runs of text go on over the boundaries between them.
//!
//! Judging a block costs the same whether it holds a letter or a paragraph, so a page of nothing but short cells took
//! thirty times an ordinary page for each byte, and so it could do harm. Beyond the limit cells join to rows and lines to
//! paragraphs: no text is lost, only where it is parted.

use super::split::Open;
use super::{BlockKind, Cell, Item};
use crate::Limits;
use crate::limits::LEAST_RUN_BYTES;
use core::ops::Range;

/// What a run must have before it ends between two cells of a row. Rows of data are shorter, and a page that is one row is
/// parted all the same.
const LONGEST_ROW_BYTES: usize = 4 * LEAST_RUN_BYTES;

/// Whether a run has enough to end where it stands.
fn is_enough(run: &Range<usize>, is_in_row: bool) -> bool {
    run.len() >= if is_in_row { LONGEST_ROW_BYTES } else { LEAST_RUN_BYTES }
}

/// Whether a page's blocks are joined, and what the one that is being collected has of its parts.
pub(super) struct Coarse<'l> {
    limits: &'l Limits,
    /// Once a page is a flood, it stays one.
    is_flood: bool,
    has_joined: bool,
    /// What the parts of the run have in common.
    held: Option<Open>,
    /// Where the last of them ends; 0 if there is none.
    held_to: usize,
}

impl<'l> Coarse<'l> {
    pub(super) fn beyond(limits: &'l Limits) -> Self {
        Self { limits, is_flood: false, has_joined: false, held: None, held_to: 0 }
    }

    /// Whether any block was joined from several.
    pub(super) fn has_joined(&self) -> bool {
        self.has_joined
    }

    /// Whether a run goes on over the boundary behind it, which may be one in a row of cells; `blocks` came before it, and
    /// the last of its text stands in `inner`.
    pub(super) fn goes_on(
        &mut self,
        run: Range<usize>,
        is_in_row: bool,
        blocks: usize,
        inner: &Open,
    ) -> bool {
        if run.is_empty() || is_enough(&run, is_in_row) {
            return false;
        }
        self.is_flood = self.is_flood || self.limits.is_flood(blocks, run.end);
        self.goes_on_in_flood(&run, is_in_row, inner)
    }

    /// The same where the page is known to be a flood, else no.
    #[inline]
    pub(super) fn goes_on_in_flood(&mut self, run: &Range<usize>, is_in_row: bool, inner: &Open) -> bool {
        let goes_on = self.is_flood && self.has_room(run, is_in_row);
        if goes_on {
            self.hold(run, inner);
        }
        goes_on
    }

    /// Whether a run may go on, as far as its length tells.
    #[inline]
    pub(super) fn has_room(&self, run: &Range<usize>, is_in_row: bool) -> bool {
        !run.is_empty() && !is_enough(run, is_in_row)
    }

    /// Whether a run that is no code ends here and has gone on over a boundary right behind.
    #[inline]
    pub(super) fn is_in_run(&self, end: usize) -> bool {
        self.held_to == end && self.held.as_ref().is_some_and(|of| !of.is_preformatted)
    }

    /// What a run is, whose last text stands in `inner`; it ends here.
    pub(super) fn take(&mut self, run: Range<usize>, inner: &Open) -> Open {
        self.hold(&run, inner);
        self.held_to = 0;
        self.held.take().unwrap_or(*inner)
    }

    /// Keeps the first part's place, and what all parts have in common.
    fn hold(&mut self, run: &Range<usize>, inner: &Open) {
        if self.held.is_none() {
            (self.held, self.held_to) = (Some(*inner), run.end);
        } else if run.end > self.held_to {
            self.add(run.end, inner.kind, inner.is_hidden, inner.item, inner.cell);
        }
    }

    /// Adds a part that ends somewhere to a run that has some.
    #[inline]
    pub(super) fn add(
        &mut self,
        end: usize,
        kind: BlockKind,
        is_hidden: bool,
        item: Option<Item>,
        cell: Option<Cell>,
    ) {
        let Some(of) = &mut self.held else { return };
        self.held_to = end;
        self.has_joined = true;
        of.kind = if of.kind == kind { of.kind } else { BlockKind::Paragraph };
        if of.item.is_some() {
            of.item = of.item.filter(|of| item.is_some_and(|item| of.node == item.node));
        }
        of.is_hidden &= is_hidden;
        if of.cell.is_some() && of.cell != cell {
            of.cell = None;
        }
        if of.kind == BlockKind::Cell && of.cell.is_none() {
            of.kind = BlockKind::Paragraph;
        }
    }

    /// Whether the run that goes on is code, whose white space is as it was written.
    pub(super) fn holds_code(&self) -> bool {
        self.held.as_ref().is_some_and(|of| of.is_preformatted)
    }

    /// Whether code that begins here may keep its white space.
    pub(super) fn may_hold_code(&self) -> bool {
        self.held.as_ref().is_none_or(|of| of.is_preformatted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::{Blocks, Record};
    use crate::tree::Tree;
    use crate::{Article, Extractor, Label, Limits, Page, Warning};
    use proptest::prelude::*;

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
                // A row has four and five.
                Some(last)
                    if at > fine && (last.len() < LEAST_RUN_BYTES || last.ends_with('4') && text == "5") =>
                {
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
    fn lines_are_joined_as_a_slow_joiner_does() {
        for at in 0..40 {
            let line = |step: usize| {
                let bullet = ["", "", "- ", "• ", "7. "][(step / 7 + at) % 5];
                let words = "letters of ".repeat((step * step + at) % 9);
                let end = ["\n", "\n\n", "\n\t"][(step / 5) % 3];
                format!("{bullet}line {step} {words}{end}")
            };
            let source: String = (0..200).map(line).collect();
            let page = Page::text(&*source);
            let whole = blocks(&page, usize::MAX);
            for fine in [1, 2, 10, 50] {
                let article = blocks(&page, fine);
                assert_eq!(texts(&article), joined(&whole, fine), "{fine} of {source}");
                assert_eq!(article.warnings(), [Warning::FineBlocksLimit]);
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
    fn blocks_end_where_rows_do_unless_these_are_very_long() {
        let cell = format!("<td>{}</td>", "letters ".repeat(9));
        let row = format!("<tr>{}</tr>", cell.repeat(5));
        let table = blocks(&Page::html(format!("<table>{}</table>", row.repeat(40))), 0);
        assert!(texts(&table).iter().all(|text| text.matches('\t').count() == 4), "{table:?}");
        let wide = blocks(&Page::html(format!("<table><tr>{}</table>", cell.repeat(40))), 0);
        let longest = texts(&wide).iter().map(|text| text.len()).max();
        assert!(longest.is_some_and(|longest| (1024..1200).contains(&longest)), "{wide:?}");
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

    /// An attribute that changes nothing but that its element is gone through the long way.
    const ATTRIBUTE: &str = " id=a";

    /// All that is known of a page's blocks, in which `@` stands for such an attribute or for nothing.
    fn records(template: &str, attribute: &str, fine: usize) -> Vec<String> {
        let source = template.replace('@', attribute);
        let (page, limits) = (Page::html(source.as_str()), Limits::default().fine_blocks(fine));
        let tree = Tree::of(&page, &limits);
        let blocks = crate::block::split(&tree, &limits, &mut Vec::new(), Blocks::default());
        let told = |record: &Record| {
            let Record { kind, is_hidden, item, cell, node, span, .. } = record;
            let place = source[span.range()].replace(ATTRIBUTE, "");
            format!("{:?} {kind:?} {is_hidden} {item:?} {cell:?} {node} {place:?}", blocks.text_of(record))
        };
        blocks.records.iter().map(told).collect()
    }

    proptest! {
        #[test]
        fn elements_gone_through_at_once_leave_what_the_long_way_leaves(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "<td@>x", "<th@>y z", "<td@> ", "<tr@>", "<table@>", "</table>", "<p@>one", "<p@> two  three ", "<div@></div>", "<div@>four</div>",
                "<dl@>", "</dl>", "<dt@>term", "<dd@>what it is", "<ul@>", "</ul>", "<li@>item", "<li@><p@>part", "<b>bold</b>", "five", "<br>",
                "<pre@>code </pre>", "<h2@>head</h2>", "<p@>a link <a href=/x>there</a>", "<div hidden>", "</div>", "<p@>caf&eacute; &amp; ",
            ]), 1..12),
            times in 1..12_usize,
            fine in 0..4_usize,
        ) {
            let template = pieces.concat().repeat(times);
            prop_assert_eq!(records(&template, "", fine), records(&template, ATTRIBUTE, fine), "{}", template);
        }
    }
}
