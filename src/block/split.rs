//! The walk over the tree that makes blocks.

use super::coarse::Coarse;
use super::{BlockKind, Blocks, Cell, Item, Mark, Record};
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NO_NODE, Node, NodeId, Style, Tree, space};
use crate::{Limits, Span, Warning};
use core::ops::Range;

/// Parts a tree into its blocks, in document order; `memory` is that of earlier ones.
pub(crate) fn split(tree: &Tree<'_>, limits: &Limits, warnings: &mut Vec<Warning>, memory: Blocks) -> Blocks {
    let mut splitter = Splitter::new(tree, limits, memory);
    let nodes = tree.nodes();
    let most_blocks = limits.most_blocks();
    let mut deadline = tree.deadline.of_parting();
    let mut at = 1;
    while at < nodes.len() {
        splitter.leave_elements_before(at as NodeId);
        if splitter.blocks.records.len() >= most_blocks {
            warnings.push(Warning::BlocksLimit);
            break;
        }
        if deadline.is_over() {
            warnings.push(Warning::TimeLimit);
            break;
        }
        let node = &nodes[at];
        match Meaning::of(node.tag) {
            Meaning::Text => splitter.text(at as NodeId, node),
            Meaning::WithoutText if !holds_page(tree, at as NodeId) => {
                at = node.end() as usize;
                continue;
            }
            Meaning::LineBreak => splitter.line_break(),
            Meaning::Inline => {}
            Meaning::WithoutText | Meaning::Block => match node.end() as usize - at {
                1 if !is_counted(node.tag) => splitter.empty(),
                2 if splitter.is_in_run() && splitter.leaf_in_run(at as NodeId, node) => at += 1,
                _ => splitter.enter(at as NodeId, node),
            },
        }
        at += 1;
    }
    splitter.leave_elements_before(NodeId::MAX);
    splitter.end_block();
    if splitter.coarse.has_joined() {
        warnings.push(Warning::FineBlocksLimit);
    }
    let mut blocks = splitter.blocks;
    unmake_layout_tables(&mut blocks, &splitter.tables);
    blocks
}

/// What a node means for where blocks end.
#[derive(Clone, Copy)]
enum Meaning {
    Text,
    WithoutText,
    LineBreak,
    Inline,
    Block,
}

impl Meaning {
    #[inline]
    fn of(tag: Tag) -> Self {
        static TABLE: [Meaning; 256] = {
            let mut table = [Meaning::Inline; 256];
            let mut at = 0;
            while at < table.len() {
                table[at] = Meaning::found(Tag::VARIANTS[at]);
                at += 1;
            }
            table
        };
        TABLE[usize::from(tag as u8)]
    }

    const fn found(tag: Tag) -> Self {
        match tag {
            Tag::Text => Self::Text,
            Tag::Br => Self::LineBreak,
            _ if is_without_text(tag) => Self::WithoutText,
            _ if is_inline(tag) => Self::Inline,
            _ => Self::Block,
        }
    }
}

/// Elements that count even if they hold nothing: items, and what tables are made of.
const fn is_counted(tag: Tag) -> bool {
    matches!(tag, Tag::Li | Tag::Table | Tag::Tr | Tag::Td | Tag::Th)
}

/// Whether a `noscript` was read as a part of the page: it then has elements.
fn holds_page(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.node(id).tag == Tag::Noscript && tree.descendants(id).any(|id| tree.node(id).tag == Tag::P)
}

/// Elements whose content is not text that a reader of the page sees in it.
pub(crate) const fn is_without_text(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Head
            | Tag::Title
            | Tag::Script
            | Tag::Style
            | Tag::Noscript
            | Tag::Template
            | Tag::Svg
            | Tag::Iframe
            | Tag::Noembed
            | Tag::Noframes
            | Tag::Textarea
            | Tag::Select
            | Tag::Option
            | Tag::Datalist
            | Tag::Audio
            | Tag::Video
            | Tag::Canvas
            | Tag::Meter
            | Tag::Progress
    )
}

/// Elements that stand inside a line of text. Unknown names are among them, as in browsers.
pub(crate) const fn is_inline(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::Abbr
            | Tag::Acronym
            | Tag::Area
            | Tag::B
            | Tag::Base
            | Tag::Bdi
            | Tag::Bdo
            | Tag::Big
            | Tag::Blink
            | Tag::Br
            | Tag::Cite
            | Tag::Code
            | Tag::Data
            | Tag::Del
            | Tag::Dfn
            | Tag::Em
            | Tag::Embed
            | Tag::Font
            | Tag::I
            | Tag::Img
            | Tag::Image
            | Tag::Input
            | Tag::Ins
            | Tag::Kbd
            | Tag::Label
            | Tag::Link
            | Tag::Map
            | Tag::Mark
            | Tag::Math
            | Tag::Meta
            | Tag::Nobr
            | Tag::Object
            | Tag::Other
            | Tag::Output
            | Tag::Param
            | Tag::Picture
            | Tag::Q
            | Tag::Rb
            | Tag::Rp
            | Tag::Rt
            | Tag::Rtc
            | Tag::Ruby
            | Tag::S
            | Tag::Samp
            | Tag::Slot
            | Tag::Small
            | Tag::Source
            | Tag::Span
            | Tag::Strike
            | Tag::Strong
            | Tag::Sub
            | Tag::Sup
            | Tag::Time
            | Tag::Track
            | Tag::Tt
            | Tag::U
            | Tag::Var
            | Tag::Wbr
    )
}

/// A block-level element that is open, and what it makes of the text inside.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) node: NodeId,
    end: NodeId,
    /// Whether it is a cell or a row of them.
    is_in_row: bool,
    pub(super) kind: BlockKind,
    pub(super) is_preformatted: bool,
    pub(super) is_hidden: bool,
    pub(super) item: Option<Item>,
    pub(super) cell: Option<Cell>,
    /// For a list: the number of the next item, if it has numbers, and its depth.
    next_number: Option<u32>,
    list_depth: u16,
    /// For a table: its place among the tables.
    table: Option<u32>,
}

/// What decides whether a table holds data or lays out a page.
struct Table {
    node: NodeId,
    rows: u32,
    columns: u32,
    column: u32,
    holds_table: bool,
}

struct Splitter<'t> {
    tree: &'t Tree<'t>,
    blocks: Blocks,
    /// The innermost open element, at first the document, and those around it.
    inner: Open,
    outer: Vec<Open>,
    tables: Vec<Table>,
    // The run of text that is being collected:
    start: usize,
    first_mark: usize,
    span: Option<Span>,
    /// White space that becomes a space once text follows.
    gap: bool,
    /// `<br>`s since the last text.
    breaks: u32,
    /// Whether all text of the line, back to the last `<br>`, is bold.
    is_bold_line: bool,
    /// Whether the last boundary that was passed over parted two cells of a row.
    is_tab: bool,
    /// The element right around the last text.
    last_parent: NodeId,
    coarse: Coarse<'t>,
}

impl<'t> Splitter<'t> {
    fn new(tree: &'t Tree<'t>, limits: &'t Limits, mut blocks: Blocks) -> Self {
        blocks.clear();
        let document = Open {
            node: 0,
            end: NodeId::MAX,
            is_in_row: false,
            kind: BlockKind::Paragraph,
            is_preformatted: false,
            is_hidden: false,
            item: None,
            cell: None,
            next_number: None,
            list_depth: 0,
            table: None,
        };
        Self {
            tree,
            blocks,
            inner: document,
            outer: Vec::new(),
            tables: Vec::new(),
            start: 0,
            first_mark: 0,
            span: None,
            gap: false,
            breaks: 0,
            is_bold_line: false,
            is_tab: false,
            last_parent: NO_NODE,
            coarse: Coarse::beyond(limits),
        }
    }

    /// Leaves the elements that end before a node; each end parts blocks. The document is never left.
    #[inline]
    fn leave_elements_before(&mut self, id: NodeId) {
        while self.inner.end <= id
            && let Some(outer) = self.outer.pop()
        {
            self.flush(false);
            self.inner = outer;
        }
    }

    /// An element that holds nothing parts blocks where it begins; where it ends there is nothing to part.
    fn empty(&mut self) {
        self.flush(false);
        self.is_tab = false;
    }

    /// Whether a run of a flood has gone on over the boundary right before.
    #[inline]
    fn is_in_run(&self) -> bool {
        self.coarse.is_in_run(self.blocks.text.len())
    }

    /// Goes through an element that holds nothing but a plain text in the midst of a run of a flood: what [`Self::enter`],
    /// [`Self::text`] and leaving it would do, of which little is left there. Gives whether it did.
    fn leaf_in_run(&mut self, id: NodeId, node: &Node) -> bool {
        let run = self.start..self.blocks.text.len();
        let is_cell = matches!(node.tag, Tag::Td | Tag::Th);
        let text = self.tree.node(id + 1);
        let is_plain = text.tag == Tag::Text && text.style.is_plain() && self.tree.link(text) == NO_NODE;
        if !is_plain
            || !self.coarse.has_room(&run, is_cell || self.inner.cell.is_some())
            || self.inner.is_preformatted
            || self.is_bold_line
            || self.tree.has_attributes(node)
        {
            return false;
        }
        let (kind, is_header) = match node.tag {
            Tag::P | Tag::Div => (self.inner.kind, None),
            Tag::Dt => (BlockKind::Term, None),
            Tag::Dd => (BlockKind::Definition, None),
            Tag::Td | Tag::Th if self.inner.table.is_some() => (BlockKind::Cell, Some(node.tag == Tag::Th)),
            _ => return false,
        };
        let written = self.tree.text(text);
        let visible = space::trimmed(written);
        if visible.is_empty() {
            return false;
        }
        let cell = is_header.map_or(self.inner.cell, |is_header| self.next_cell(is_header));
        self.pass_boundary();
        self.push_collapsed(written, visible.clone(), text.is_lines());
        self.last_parent = id;
        self.note_place(text, visible);
        let run = self.start..self.blocks.text.len();
        if self.coarse.has_room(&run, cell.is_some()) {
            self.coarse.add(run.end, kind, self.inner.is_hidden, self.inner.item, cell);
            (self.is_tab, self.breaks) = (is_cell, 1);
        } else {
            let open = Open { node: id, kind, cell, ..self.inner };
            let outer = core::mem::replace(&mut self.inner, open);
            self.end_block();
            self.inner = outer;
        }
        true
    }

    /// Counts a cell of the innermost table, if there is one.
    fn next_cell(&mut self, is_header: bool) -> Option<Cell> {
        let table = &mut self.tables[self.inner.table? as usize];
        table.column += 1;
        table.columns = table.columns.max(table.column);
        Some(Cell { table: table.node, row: table.rows, column: table.column, is_header })
    }

    fn enter(&mut self, id: NodeId, node: &Node) {
        let is_cell = matches!(node.tag, Tag::Td | Tag::Th);
        self.flush(is_cell);
        let cell = if is_cell { self.next_cell(node.tag == Tag::Th) } else { None };
        let is_hidden = self.tree.has_attributes(node) && self.is_hidden(id);
        self.outer.push(self.inner);
        let open = &mut self.inner;
        (open.node, open.end) = (id, node.end());
        open.is_in_row = matches!(node.tag, Tag::Td | Tag::Th | Tag::Tr);
        open.is_hidden |= is_hidden;
        match node.tag {
            Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir => {
                open.list_depth += 1;
                let start =
                    || self.tree.attribute(id, Attr::Start).and_then(|n| n.trim().parse().ok()).unwrap_or(1);
                open.next_number = (node.tag == Tag::Ol).then(start);
            }
            Tag::Li => {
                open.kind = BlockKind::ListItem;
                let number = open.next_number;
                if let Some(list) = self.outer.last_mut() {
                    list.next_number = number.map(|number| number.saturating_add(1));
                }
                open.item = Some(Item { node: id, depth: open.list_depth.max(1), number });
            }
            Tag::Blockquote => open.kind = BlockKind::Quote,
            Tag::Pre | Tag::Listing | Tag::Plaintext | Tag::Xmp => {
                open.kind = BlockKind::Code;
                // Inside a run of other text its line breaks are white space like any other.
                open.is_preformatted = self.coarse.may_hold_code();
            }
            Tag::Dt => open.kind = BlockKind::Term,
            Tag::Dd => open.kind = BlockKind::Definition,
            Tag::Figcaption | Tag::Caption => open.kind = BlockKind::Caption,
            Tag::Button => open.kind = BlockKind::Control,
            Tag::Table => {
                if let Some(table) = open.table {
                    self.tables[table as usize].holds_table = true;
                }
                open.table = Some(self.tables.len() as u32);
                open.cell = None;
                if open.kind == BlockKind::Cell {
                    // What stands in a table but in none of its cells is no datum of the table around it.
                    open.kind = BlockKind::Paragraph;
                }
                self.tables.push(Table { node: id, rows: 0, columns: 0, column: 0, holds_table: false });
            }
            Tag::Tr => {
                if let Some(table) = open.table.map(|table| &mut self.tables[table as usize]) {
                    table.rows += 1;
                    table.column = 0;
                }
            }
            Tag::Td | Tag::Th => {
                if open.table.is_some() {
                    open.kind = BlockKind::Cell;
                    open.cell = cell;
                }
            }
            tag => {
                if let Some(level) = tag.heading_level() {
                    open.kind = BlockKind::Heading(level);
                }
            }
        }
        // White space stands for itself in code only: what else a `pre` holds is written as lines of text.
        open.is_preformatted &= open.kind == BlockKind::Code;
    }

    fn is_hidden(&self, id: NodeId) -> bool {
        self.tree.has_attribute(id, Attr::Hidden)
            || self.tree.attribute(id, Attr::Style).is_some_and(|style| hides(&style))
    }

    fn line_break(&mut self) {
        if self.inner.is_preformatted {
            self.blocks.text.push('\n');
            return;
        }
        self.breaks += 1;
        if self.breaks >= 2 {
            self.flush(false);
        }
    }

    fn text(&mut self, id: NodeId, node: &Node) {
        let text = self.tree.text(node);
        let is_preformatted = self.inner.is_preformatted;
        let visible = space::trimmed(text);
        if visible.is_empty() {
            if is_preformatted {
                let from = self.blocks.text.len();
                space::push_lines(text, &mut self.blocks.text);
                self.mark(node, from);
            }
            self.gap |= !text.is_empty();
            return;
        }
        if !is_preformatted {
            if self.coarse.holds_code() {
                self.end_block();
            }
            self.part_by_look(id, node);
        }
        let mark_from = if is_preformatted {
            if core::mem::take(&mut self.breaks) > 0 {
                self.blocks.text.push('\n');
            }
            let before = self.blocks.text.len();
            space::push_lines(text, &mut self.blocks.text);
            before
        } else {
            self.push_collapsed(text, visible.clone(), node.is_lines())
        };
        self.last_parent = node.parent;
        self.note_place(node, visible);
        self.mark(node, mark_from);
    }

    /// Parts what the mark-up sets apart by looks only, before a text is added.
    ///
    /// A bold line between two `<br>` is a heading, a question or a kicker: a block of its own. And where one
    /// `span` ends and the next begins without a space between them, a style sheet has put one.
    fn part_by_look(&mut self, id: NodeId, node: &Node) {
        let is_bold = node.style.has(Style::STRONG);
        if self.breaks > 0 && !is_bold && !self.is_bold_line {
            return;
        }
        let goes_on = self.blocks.text.len() > self.start;
        if goes_on && self.breaks == 1 && self.is_bold_line != (is_bold && self.is_bold_to_break(id)) {
            self.flush(false);
        }
        let begins_line = self.blocks.text.len() == self.start || self.breaks > 0;
        self.is_bold_line = is_bold && (begins_line || self.is_bold_line);
        if begins_line {
            return;
        }
        let (before, behind) = (self.set_apart(self.last_parent), self.set_apart(node.parent));
        if before.is_some() && behind.is_some() && before != behind {
            self.gap |= is_seam(&self.blocks.text, self.tree.text(node));
        }
    }

    /// The element that sets the text of this one apart, links aside: a word may be linked in part.
    fn set_apart(&self, id: NodeId) -> Option<NodeId> {
        let is_link = id != NO_NODE && self.tree.node(id).tag == Tag::A;
        let id = if is_link { self.tree.node(id).parent } else { id };
        (id != NO_NODE && sets_apart(self.tree.node(id).tag)).then_some(id)
    }

    /// Whether all text from here to the next `<br>` or to the end of the block is bold.
    fn is_bold_to_break(&self, id: NodeId) -> bool {
        // A bold line is a handful of words in one or two elements; what takes more nodes is no heading.
        const MOST_NODES: usize = 64;
        let end = self.inner.end.min(self.tree.nodes().len() as NodeId);
        let mut at = id;
        for _ in 0..MOST_NODES {
            if at >= end {
                return true;
            }
            let node = self.tree.node(at);
            let is_silent = is_without_text(node.tag) && !holds_page(self.tree, at);
            if node.tag == Tag::Text {
                if !node.style.has(Style::STRONG) && !self.tree.text(node).trim().is_empty() {
                    return false;
                }
            } else if !is_silent && (node.tag == Tag::Br || !is_inline(node.tag)) {
                return true;
            }
            at = if is_silent { node.end() } else { at + 1 };
        }
        false
    }

    /// Adds text with its white space collapsed, unless it is so; gives where its first visible character went.
    #[inline]
    fn push_collapsed(&mut self, text: &str, visible: Range<usize>, is_lines: bool) -> usize {
        let out = &mut self.blocks.text;
        if out.len() > self.start {
            if self.breaks > 0 {
                out.push(if self.is_tab { '\t' } else { '\n' });
            } else if self.gap || visible.start > 0 {
                out.push(' ');
            }
        }
        let from = out.len();
        if is_lines {
            out.push_str(text);
        } else {
            space::push_trimmed(&text[visible.clone()], out);
        }
        self.gap = visible.end < text.len();
        self.breaks = 0;
        self.is_tab = false;
        from
    }

    /// Where the visible part of a text stands in the source.
    #[inline]
    fn note_place(&mut self, node: &Node, visible: Range<usize>) {
        if !self.tree.has_spans() {
            return;
        }
        let place = self.tree.visible_span(node, visible);
        self.span = Some(self.span.map_or(place, |span| span.join(place)));
    }

    #[inline]
    fn mark(&mut self, node: &Node, from: usize) {
        let link = self.tree.link(node);
        if link != NO_NODE || !node.style.is_plain() {
            self.mark_set_off(node.style, link, from);
        }
    }

    fn mark_set_off(&mut self, style: Style, link: NodeId, from: usize) {
        let text = Span::new(from, self.blocks.text.len());
        if text.is_empty() {
            return;
        }
        // The same look goes on where one mark ends and the next begins after a space.
        if let Some(last) = self.blocks.marks[self.first_mark..].last_mut()
            && last.style == style
            && last.link == link
            && text.start() - last.text.end() <= 1
        {
            last.text = last.text.join(text);
            return;
        }
        self.blocks.marks.push(Mark { text, style, link });
    }

    /// Takes blank lines before and white space behind a preformatted text away; the first line keeps its
    /// indentation. (The line break right after `<pre>` belongs to the mark-up, others there to nobody.)
    fn trim_preformatted(&mut self) {
        let text = &self.blocks.text[self.start..];
        let blank = text.len() - text.trim_start().len();
        let lines = text[..blank].rfind('\n').map_or(0, |at| at + 1);
        let end = self.start + text.trim_end().len();
        self.blocks.text.truncate(end);
        self.start = (self.start + lines).min(end);
        for mark in &mut self.blocks.marks[self.first_mark..] {
            let start = mark.text.start().clamp(self.start, end);
            mark.text = Span::new(start, mark.text.end().clamp(start, end));
        }
    }

    /// Parts blocks, unless the page has so many that a run this short goes on over the boundary; a cell may begin there.
    #[inline]
    fn flush(&mut self, before_cell: bool) {
        let is_in_row = before_cell || self.inner.cell.is_some();
        let run = self.start..self.blocks.text.len();
        // In a flood most runs go on, every other one right behind a boundary that was passed.
        if !self.inner.is_preformatted && self.coarse.goes_on_in_flood(&run, is_in_row, &self.inner) {
            self.pass_boundary();
        } else {
            self.flush_anyhow(is_in_row);
        }
    }

    #[inline(never)]
    fn flush_anyhow(&mut self, is_in_row: bool) {
        if self.blocks.text.len() == self.start {
            self.end_block();
            return;
        }
        if self.inner.is_preformatted {
            self.trim_preformatted();
        }
        let run = self.start..self.blocks.text.len();
        if self.coarse.goes_on(run, is_in_row, self.blocks.records.len(), &self.inner) {
            self.pass_boundary();
        } else {
            self.end_block();
        }
    }

    /// The run goes on over a boundary. Two cells of a row stay on its line.
    fn pass_boundary(&mut self) {
        self.is_tab = self.inner.is_in_row && (self.is_tab || self.breaks == 0);
        self.breaks = self.breaks.max(1);
    }

    /// Ends the run that is being collected and makes a block of it.
    fn end_block(&mut self) {
        let text = Span::new(self.start, self.blocks.text.len());
        if !text.is_empty() {
            let of = self.coarse.take(text.range(), &self.inner);
            self.blocks.records.push(Record {
                text,
                span: self.span.unwrap_or_default(),
                node: of.node,
                kind: of.kind,
                marks: Span::new(self.first_mark, self.blocks.marks.len()),
                is_hidden: of.is_hidden,
                item: of.item,
                cell: of.cell,
            });
        }
        self.start = self.blocks.text.len();
        self.first_mark = self.blocks.marks.len();
        self.span = None;
        self.gap = false;
        self.breaks = 0;
        self.is_tab = false;
    }
}

/// Inline elements that hold a thing of their own, a name or a date, rather than a part of a word.
pub(crate) fn sets_apart(tag: Tag) -> bool {
    matches!(tag, Tag::Span | Tag::Time | Tag::Small | Tag::Cite | Tag::Label)
}

/// Whether two texts meet as no word's parts do: "Doe" and "14", "Uhr" and "Updated".
pub(crate) fn is_seam(before: &str, behind: &str) -> bool {
    let last = before.chars().next_back();
    let first = behind.chars().next();
    last.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
        && first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && !(last.is_some_and(|c| c.is_ascii_digit()) && first.is_some_and(|c| c.is_ascii_digit()))
}

/// Whether a `style` attribute takes its element out of sight.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        declaration.split_once(':').is_some_and(|(property, value)| {
            let value = value.trim();
            let value = value.strip_suffix("!important").map_or(value, str::trim_end);
            (property.trim().eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none"))
                || (property.trim().eq_ignore_ascii_case("visibility")
                    && value.eq_ignore_ascii_case("hidden"))
        })
    })
}

/// A cell longer than this is a column of a page, not a datum.
const LONGEST_DATUM_BYTES: usize = 1200;

/// Tables that lay out a page make no cells: what they hold is what it would be without them.
fn unmake_layout_tables(blocks: &mut Blocks, tables: &[Table]) {
    if tables.is_empty() {
        return;
    }
    let place = |node: NodeId| tables.binary_search_by_key(&node, |table| table.node).ok();
    let mut is_layout: Vec<bool> =
        tables.iter().map(|table| table.holds_table || table.rows < 2 || table.columns < 2).collect();
    for record in &blocks.records {
        if let Some(table) = record.cell.and_then(|cell| place(cell.table)) {
            is_layout[table] |= record.text.len() > LONGEST_DATUM_BYTES;
        }
    }
    for record in &mut blocks.records {
        if record.cell.and_then(|cell| place(cell.table)).is_some_and(|table| is_layout[table]) {
            record.cell = None;
            if record.kind == BlockKind::Cell {
                record.kind = BlockKind::Paragraph;
            }
        }
    }
}
