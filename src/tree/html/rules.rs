//! What each start and end tag does to the open elements (HTML standard, §13.2.6.4).

use super::traits::Traits;
use super::{Builder, StartTag};
use crate::tree::tag::Tag;

impl Builder<'_> {
    pub(super) fn start_tag(&mut self, start: &StartTag<'_>) {
        if self.foreign.is_some() && self.foreign_start(start) {
            return;
        }
        let traits = Traits::of(start.tag);
        if traits.has(Traits::TABLE_PART) && !self.is_in_table() {
            return;
        }
        self.leave_head(traits);
        match start.tag {
            Tag::Html | Tag::Head | Tag::Body | Tag::Frameset => return self.page_part(start),
            Tag::Li => self.close_item(&[Tag::Li]),
            Tag::Dd | Tag::Dt => self.close_item(&[Tag::Dd, Tag::Dt]),
            Tag::Button => self.close_in_scope(Tag::Button, is_scope_border),
            Tag::A | Tag::Nobr => self.close_formatting(start.tag),
            Tag::Form if self.in_form => return,
            Tag::Form => self.in_form = true,
            Tag::Option | Tag::Optgroup => self.close_option(start.tag),
            Tag::Rb | Tag::Rtc => self.close_ruby_part(None),
            Tag::Rt | Tag::Rp => self.close_ruby_part(Some(Tag::Rtc)),
            Tag::Caption | Tag::Colgroup | Tag::Col => self.clear_to_table(Traits::TABLE),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => self.clear_to_table(Traits::TABLE),
            Tag::Tr => self.clear_to_table(Traits::TABLE.or(Traits::TABLE_SECTION)),
            Tag::Td | Tag::Th => {
                self.clear_to_table(Traits::TABLE.or(Traits::TABLE_SECTION).or(Traits::ROW));
                if self.tags.last() != Some(&Tag::Tr) {
                    // The row may be left out; cells are counted by rows.
                    self.open_element(Tag::Tr);
                }
            }
            Tag::Table => self.close_bare_table(),
            _ => {}
        }
        if traits.has(Traits::BREAKS_SELECT) {
            self.close_in_scope(Tag::Select, |tag| tag == Tag::Table);
        }
        if traits.has(Traits::CLOSES_PARAGRAPH) {
            self.close_in_scope(Tag::P, |tag| is_scope_border(tag) || tag == Tag::Button);
        }
        if traits.has(Traits::HEADING)
            && self.tags.last().is_some_and(|open| Traits::of(*open).has(Traits::HEADING))
        {
            self.pop();
        }
        let id = self.insert(start);
        if traits.has(Traits::VOID) {
            self.tree.close(id);
            return;
        }
        if matches!(start.tag, Tag::Svg | Tag::Math) {
            if start.self_closing {
                return;
            }
            self.foreign.get_or_insert(self.open.len());
        }
        let is_open = self.push(id, start.tag);
        if traits.has(Traits::FORMATTING) || is_open && traits.has(Traits::STYLED) {
            self.formatting.opened(start.tag, id);
        } else if is_open && traits.has(Traits::FORMATTING_BORDER) {
            self.formatting.border();
        }
    }

    /// A cell, an item or a paragraph without attributes that follows its like, the innermost open element, as those of a flood
    /// do: it takes the place of that, which is what [`Self::start_tag`] would come to. Gives whether it did.
    pub(super) fn takes_place_of_its_like(&mut self, tag: Tag) -> bool {
        let may = match tag {
            Tag::P => true,
            // In HTML a paragraph has ended before them, but Markdown opens items as well.
            Tag::Li | Tag::Dd | Tag::Dt => !self.is_open(Tag::P),
            // Where its row lay too deep to be opened, a cell has none.
            Tag::Td | Tag::Th => self.tags.ends_with(&[Tag::Tr, tag]) && self.formatting.is_at_border(),
            _ => false,
        };
        if !may || self.foreign.is_some() || self.is_open(Tag::Select) {
            return false;
        }
        let Some(id) = self.open.pop() else { return false };
        self.tree.close(id);
        self.open.push(self.tree.open(tag, self.parent()));
        self.unopened.forget();
        self.in_body = true;
        true
    }

    pub(super) fn end_tag(&mut self, tag: Tag) {
        let traits = Traits::of(tag);
        // An element too deep to be opened is closed before any that was; blocks are parted there all the same.
        if self.unopened.take(tag) {
            if traits.has(Traits::SPECIAL) {
                self.tree.open(Tag::P, self.parent());
            }
            return;
        }
        match tag {
            Tag::Html | Tag::Body => {}
            Tag::Head => {
                if self.tags.last() == Some(&Tag::Head) {
                    self.pop();
                }
            }
            Tag::Br => {
                self.tree.open(Tag::Br, self.parent());
            }
            Tag::P => self.end_paragraph(),
            Tag::Form => self.end_form(),
            Tag::Li => self.close_in_scope(tag, |t| is_scope_border(t) || matches!(t, Tag::Ol | Tag::Ul)),
            Tag::Table
            | Tag::Tbody
            | Tag::Thead
            | Tag::Tfoot
            | Tag::Tr
            | Tag::Td
            | Tag::Th
            | Tag::Caption => {
                self.close_in_scope(tag, |t| matches!(t, Tag::Table | Tag::Template));
            }
            _ if traits.has(Traits::HEADING) => self.end_heading(),
            _ if traits.has(Traits::FORMATTING) => self.end_formatting(tag),
            _ if traits.has(Traits::SPECIAL) => self.close_in_scope(tag, is_scope_border),
            _ => self.close_until_special(tag),
        }
    }

    /// `html`, `head` and `body` count once, and only outside everything else.
    fn page_part(&mut self, start: &StartTag<'_>) {
        if start.tag == Tag::Body && self.tags.last() == Some(&Tag::Head) {
            self.pop();
        }
        let seen = self.in_body || self.tags.iter().any(|t| *t == start.tag || !matches!(t, Tag::Html));
        let late_head = start.tag == Tag::Head && self.tree.nodes().len() > 2;
        if !seen && !late_head && start.tag != Tag::Frameset {
            self.in_body |= start.tag == Tag::Body;
            let id = self.insert(start);
            self.push(id, start.tag);
        }
    }

    /// An element that cannot stand in a `head` starts the body.
    fn leave_head(&mut self, traits: Traits) {
        if traits.has(Traits::FITS_HEAD) {
            return;
        }
        self.in_body = true;
        if self.tags.last() == Some(&Tag::Head) {
            self.pop();
        }
    }

    /// Closes the innermost open element of a name and all inside it, unless a border stands between.
    fn close_in_scope(&mut self, tag: Tag, is_border: impl Fn(Tag) -> bool) {
        if !self.is_open(tag) {
            return;
        }
        // Most end tags meet their own element on top.
        let found = self.tags.iter().rposition(|&open| open == tag || is_border(open));
        if let Some(at) = found.filter(|&at| self.tags[at] == tag) {
            self.close_down_to(at);
        }
    }

    /// The end tag of an element without meaning of its own: `span`, `time`, unknown names.
    fn close_until_special(&mut self, tag: Tag) {
        self.close_in_scope(tag, |open| Traits::of(open).has(Traits::SPECIAL));
    }

    /// A `</p>` without its `<p>` is an empty paragraph; either way what comes next is another block.
    fn end_paragraph(&mut self) {
        let border = |tag| is_scope_border(tag) || tag == Tag::Button;
        let search = || self.tags.iter().rposition(|&open| open == Tag::P || border(open));
        let found = if self.is_open(Tag::P) { search() } else { None };
        match found.filter(|&at| self.tags[at] == Tag::P) {
            Some(at) => self.close_down_to(at),
            None => {
                self.tree.open(Tag::P, self.parent());
            }
        }
    }

    fn end_heading(&mut self) {
        let found = self
            .tags
            .iter()
            .rposition(|open| Traits::of(*open).has(Traits::HEADING.or(Traits::SCOPE_BORDER)));
        if let Some(at) = found.filter(|&at| Traits::of(self.tags[at]).has(Traits::HEADING)) {
            self.close_down_to(at);
        }
    }

    /// A form ends where it is written to end only if nothing but loose ends is open inside; otherwise the
    /// standard takes it out from among its own content, which for text changes nothing.
    fn end_form(&mut self) {
        if !core::mem::take(&mut self.in_form) || !self.is_in_scope(Tag::Form) {
            return;
        }
        self.close_implied(None);
        if self.tags.last() == Some(&Tag::Form) {
            self.pop();
        }
    }

    /// The end tag of a formatting element: it no longer applies, and its node ends here unless a block
    /// that was opened inside it is still open.
    fn end_formatting(&mut self, tag: Tag) {
        if self.formatting.ended(tag) || self.tags.last() == Some(&tag) {
            self.close_until_special(tag);
        }
    }

    /// A second `a` inside an `a` ends the first.
    fn close_formatting(&mut self, tag: Tag) {
        self.end_formatting(tag);
    }

    /// A list item ends the one before it, but not one around the list it is in.
    fn close_item(&mut self, tags: &[Tag]) {
        if !tags.iter().any(|tag| self.is_open(*tag)) {
            return;
        }
        let stops = |tag: Tag| {
            Traits::of(tag).has(Traits::SPECIAL) && !matches!(tag, Tag::Address | Tag::Div | Tag::P)
        };
        let found = self.tags.iter().rposition(|open| tags.contains(open) || stops(*open));
        if let Some(found) = found.filter(|&found| tags.contains(&self.tags[found])) {
            self.close_down_to(found);
        }
    }

    fn close_option(&mut self, tag: Tag) {
        if self.tags.last() == Some(&Tag::Option) {
            self.pop();
        }
        if tag == Tag::Optgroup && self.tags.last() == Some(&Tag::Optgroup) {
            self.pop();
        }
    }

    /// Whether rows and cells have a table to stand in; without one their tags mean nothing.
    fn is_in_table(&self) -> bool {
        self.unopened.has(Tag::Table) || self.is_open(Tag::Table)
    }

    /// A part of a ruby annotation ends the one before it.
    fn close_ruby_part(&mut self, except: Option<Tag>) {
        if self.is_in_scope(Tag::Ruby) {
            self.close_implied(except);
        }
    }

    /// Whether an element of this name is open and nothing stands between that shields it.
    fn is_in_scope(&self, tag: Tag) -> bool {
        self.is_open(tag)
            && self.tags.iter().rev().find(|&&open| open == tag || is_scope_border(open)) == Some(&tag)
    }

    /// Closes elements whose end tags may be left out.
    fn close_implied(&mut self, except: Option<Tag>) {
        while let Some(&tag) = self.tags.last() {
            let implied = matches!(
                tag,
                Tag::Dd
                    | Tag::Dt
                    | Tag::Li
                    | Tag::Optgroup
                    | Tag::Option
                    | Tag::P
                    | Tag::Rb
                    | Tag::Rp
                    | Tag::Rt
                    | Tag::Rtc
            );
            if !implied || except == Some(tag) {
                return;
            }
            self.pop();
        }
    }

    /// A row, cell or section of a table closes what is open down to where it belongs.
    fn clear_to_table(&mut self, contexts: Traits) {
        let ends = contexts.or(Traits::TEMPLATE);
        let found = self.tags.iter().rposition(|open| Traits::of(*open).has(ends));
        if let Some(found) = found.filter(|&found| Traits::of(self.tags[found]).has(contexts)) {
            self.close_down_to(found + 1);
        }
    }

    /// A table inside a table, but in none of its cells, ends it.
    fn close_bare_table(&mut self) {
        let inside = self.tags.last().is_some_and(|tag| {
            matches!(tag, Tag::Table | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Tr | Tag::Colgroup)
        });
        if inside {
            self.close_in_scope(Tag::Table, |_| false);
        }
    }

    /// Inside `svg` and `math`: whether the tag stays there. HTML's own elements break out.
    fn foreign_start(&mut self, start: &StartTag<'_>) -> bool {
        let depth = self.foreign.unwrap_or(0);
        let integrated = self.tags[depth.min(self.tags.len())..]
            .iter()
            .zip(&self.open[depth.min(self.open.len())..])
            .any(|(tag, &id)| *tag == Tag::Title || self.tree.node(id).has_html_inside());
        if !integrated && is_breakout(start.tag) {
            self.close_down_to(depth);
            return false;
        }
        let id = self.insert(start);
        if start.tag == Tag::Other && self.holds_html(start) {
            self.tree.note_html_inside(id);
        }
        if start.self_closing || (integrated && start.tag.is_void()) {
            self.tree.close(id);
        } else {
            self.push(id, start.tag);
        }
        true
    }

    /// `foreignObject`, `desc` and `annotation-xml` hold HTML inside foreign content.
    fn holds_html(&self, start: &StartTag<'_>) -> bool {
        let written = self.tree.source.get(start.span.range()).unwrap_or_default().as_bytes();
        let name = written.get(1..).unwrap_or_default();
        let name =
            name.split(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).next().unwrap_or_default();
        [&b"foreignobject"[..], b"desc", b"annotation-xml"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    }
}

/// HTML elements that end foreign content ("breakout", §13.2.6.5).
fn is_breakout(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::B
            | Tag::Big
            | Tag::Blockquote
            | Tag::Body
            | Tag::Br
            | Tag::Center
            | Tag::Code
            | Tag::Dd
            | Tag::Div
            | Tag::Dl
            | Tag::Dt
            | Tag::Em
            | Tag::Embed
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::Head
            | Tag::Hr
            | Tag::I
            | Tag::Img
            | Tag::Li
            | Tag::Listing
            | Tag::Menu
            | Tag::Meta
            | Tag::Nobr
            | Tag::Ol
            | Tag::P
            | Tag::Pre
            | Tag::Ruby
            | Tag::S
            | Tag::Small
            | Tag::Span
            | Tag::Strong
            | Tag::Strike
            | Tag::Sub
            | Tag::Sup
            | Tag::Table
            | Tag::Tt
            | Tag::U
            | Tag::Ul
            | Tag::Var
    )
}

/// Elements through which no end tag from inside reaches ("has an element in scope").
fn is_scope_border(tag: Tag) -> bool {
    Traits::of(tag).has(Traits::SCOPE_BORDER)
}
