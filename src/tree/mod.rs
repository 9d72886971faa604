//! Chapter two: the page as a tree of elements with byte spans.
//!
//! Three readers ([`html`], [`markdown`], [`plain`]) and, behind a feature, an adapter for trees that
//! somebody else has parsed, all build the same [`Tree`]: one array of nodes in document order. A node's
//! descendants follow it directly, so every later chapter is one pass over an array and nothing recurses.
//!
//! Inline formatting is kept twice on purpose. A `b` or an `a` is a node as in any tree, but what a run of
//! text looks like is written on the text node itself ([`Style`], [`Node::link`]): misnested formatting
//! (`<b><p>one</b>two</p>`) is then exact without ever moving a node, which is what makes HTML's own
//! algorithm quadratic.

#[cfg(all(test, feature = "scraper"))]
mod differential;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod plain;
#[cfg(feature = "scraper")]
pub(crate) mod scraper;
pub(crate) mod space;
pub(crate) mod tag;

use crate::deadline::Deadline;
use crate::page::{Format, Page};
use crate::warning::Warning;
use crate::{Limits, Span};
use core::ops::Range;
use html::token::{Raw, cook_attribute, cook_text};
use space::trimmed;
use std::borrow::Cow;
use tag::{Attr, Tag};

/// The place of a node in [`Tree::nodes`].
pub(crate) type NodeId = u32;

/// No node: what a text outside any link has as its link.
pub(crate) const NO_NODE: NodeId = NodeId::MAX;

/// A page as nodes in document order; node 0 is the document itself.
#[derive(Debug)]
pub(crate) struct Tree<'s> {
    /// The decoded page that all spans point into.
    source: &'s str,
    /// Text that does not stand in the source as it reads: decoded references, attribute values of
    /// somebody else's tree.
    side: String,
    /// What does not fit into the nodes of some texts.
    elsewhere: Vec<Elsewhere>,
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// Elements that may say something of the page, in document order; see [`Self::telling`].
    telling: Vec<NodeId>,
    /// How many elements have each name.
    counts: [u32; 256],
    /// Whether nodes know their places; not so for a tree that was parsed elsewhere.
    has_spans: bool,
    /// When to stop reading and parting.
    pub(crate) deadline: Deadline,
    /// Limits that were met while reading.
    pub(crate) warnings: Vec<Warning>,
}

/// An element or a run of text. Floods have two for five bytes of page, and of 16 MB of cells a third of the time went to the
/// kernel, for handing out memory: so what only elements or only texts have shares its place, and what few texts have stands
/// elsewhere. With 24 bytes instead of 16 such a page took a twelfth longer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) tag: Tag,
    /// How the text looks; empty for elements.
    pub(crate) style: Style,
    notes: Notes,
    /// How many attributes the element has; none for a text.
    attributes: u8,
    pub(crate) parent: NodeId,
    /// Element: its first attribute. Text: where it begins in the source.
    first: u32,
    /// Element: one past the last descendant. Text: where it ends in the source, or, if that stands elsewhere, its place in
    /// [`Tree::elsewhere`].
    end: u32,
}

const _: () = assert!(size_of::<Node>() == 16);

/// What else is to be known of a node, a bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Notes(u8);

impl Notes {
    /// A text as most are: in the source, just as it reads, and in no link.
    const NONE: Self = Self(0);
    /// A text of which more is to be known than fits into its node.
    const ELSEWHERE: Self = Self(1);
    /// A text that reads otherwise than it is written: its characters are in the side buffer.
    const ASIDE: Self = Self(1 << 1);
    /// A text that is lines of a flood: their white space is as it shall be.
    const LINES: Self = Self(1 << 2);
    /// An element of SVG or MathML that holds HTML.
    const HTML_INSIDE: Self = Self(1 << 3);

    const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

/// What does not fit into the node of a text.
#[derive(Clone, Copy, Debug)]
struct Elsewhere {
    /// Where the text ends in the source.
    end: u32,
    /// The `a` whose content it is, or [`NO_NODE`].
    link: NodeId,
    /// Where its characters stand in the side buffer, if they do.
    aside: Span,
}

impl Node {
    /// One past the last descendant of an element.
    pub(crate) fn end(&self) -> NodeId {
        debug_assert!(self.tag != Tag::Text);
        self.end
    }

    /// Whether a text is lines of a flood: its white space is as it shall be.
    pub(crate) fn is_lines(&self) -> bool {
        self.notes.has(Notes::LINES)
    }

    /// Whether this is an element of SVG or MathML that holds HTML.
    fn has_html_inside(&self) -> bool {
        self.notes.has(Notes::HTML_INSIDE)
    }

    /// Where an element's attributes stand among all.
    fn attributes(&self) -> Range<usize> {
        self.first as usize..self.first as usize + usize::from(self.attributes)
    }
}

/// How a run of text is set off from its surroundings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Style(u8);

impl Style {
    pub(crate) const STRONG: Self = Self(1);
    pub(crate) const EMPHASIS: Self = Self(2);
    pub(crate) const CODE: Self = Self(4);

    /// What an element adds to the look of its text.
    pub(crate) const fn of(tag: Tag) -> Self {
        match tag {
            Tag::B | Tag::Strong => Self::STRONG,
            Tag::I | Tag::Em | Tag::Cite | Tag::Dfn | Tag::Var => Self::EMPHASIS,
            Tag::Code | Tag::Tt | Tag::Kbd | Tag::Samp => Self::CODE,
            _ => Self(0),
        }
    }

    /// Whether it is that of text that is set off by nothing.
    pub(crate) const fn is_plain(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The arrays of a tree that is no longer needed, for the next one.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    telling: Vec<NodeId>,
    side: String,
    elsewhere: Vec<Elsewhere>,
}

/// An attribute that some chapter reads.
#[derive(Clone, Copy, Debug)]
struct Attribute {
    name: Attr,
    value: Raw,
    /// Whether the value stands in the side buffer, already decoded.
    aside: bool,
}

impl<'s> Tree<'s> {
    /// The tree of a page, read as its format asks.
    pub(crate) fn of(page: &'s Page<'_>, limits: &Limits) -> Self {
        let mut tree = Self::of_with(page, limits, Memory::default());
        // What stays to the end of the extraction is no larger than it must be.
        tree.nodes.shrink_to_fit();
        tree.attributes.shrink_to_fit();
        tree.telling.shrink_to_fit();
        tree.elsewhere.shrink_to_fit();
        tree
    }

    /// The same in the memory of an earlier tree.
    pub(crate) fn of_with(page: &'s Page<'_>, limits: &Limits, memory: Memory) -> Self {
        let source = limits.cut(page.source());
        let builder = html::Builder::new(Self::new(source, memory), limits);
        let mut tree = match page.format() {
            Format::Html => html::read(builder),
            Format::Markdown => markdown::read(builder, limits),
            Format::Text => plain::read(builder, limits),
        };
        if source.len() < page.source().len() {
            tree.warnings.push(Warning::BytesLimit);
        }
        tree
    }

    /// Gives the tree's arrays back.
    pub(crate) fn into_memory(self) -> Memory {
        let Self { nodes, attributes, telling, side, elsewhere, .. } = self;
        Memory { nodes, attributes, telling, side, elsewhere }
    }

    fn new(source: &'s str, memory: Memory) -> Self {
        let Memory { mut nodes, mut attributes, mut telling, mut side, mut elsewhere } = memory;
        nodes.clear();
        attributes.clear();
        telling.clear();
        side.clear();
        elsewhere.clear();
        let document = Node {
            tag: Tag::Other,
            style: Style::default(),
            notes: Notes::NONE,
            attributes: 0,
            parent: NO_NODE,
            first: 0,
            end: 1,
        };
        // Of judged pages half have 1.2 nodes for a tag, and the most is 1.52; floods have an element and a text. What is not used
        // costs no memory, as nobody writes there, but an array that must grow is copied: at three nodes for two tags that was
        // an eighth of the time of a page of cells. The least that makes two nodes is `<b>x`, whatever else there are `<` in.
        let tags = memchr::memchr_iter(b'<', source.as_bytes()).count();
        nodes.reserve((tags * 2).min(source.len() / 2) + 64);
        nodes.push(document);
        Self {
            source,
            side,
            elsewhere,
            nodes,
            attributes,
            telling,
            counts: [0; 256],
            has_spans: true,
            deadline: Deadline::default(),
            warnings: Vec::new(),
        }
    }

    /// All nodes in document order.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// In document order the elements with attributes that are kept, and those whose name says something without: all that
    /// need be asked about the page itself. A flood of cells has none of them.
    pub(crate) fn telling(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.telling.iter().map(|&id| (id, self.node(id)))
    }

    /// How many elements have a name.
    pub(crate) fn count(&self, tag: Tag) -> u32 {
        self.counts[usize::from(tag as u8)]
    }

    /// Whether any element has an attribute.
    pub(crate) fn has_any(&self, attributes: &[Attr]) -> bool {
        self.attributes.iter().any(|attribute| attributes.contains(&attribute.name))
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    pub(crate) fn source(&self) -> &'s str {
        self.source
    }

    pub(crate) fn has_spans(&self) -> bool {
        self.has_spans
    }

    /// The characters of a text node; empty for an element.
    #[inline]
    pub(crate) fn text(&self, node: &Node) -> &str {
        if node.tag != Tag::Text {
            return "";
        }
        let (buffer, place) = match self.elsewhere(node) {
            None => (self.source, node.first as usize..node.end as usize),
            Some(text) if node.notes.has(Notes::ASIDE) => (&*self.side, text.aside.range()),
            Some(text) => (self.source, node.first as usize..text.end as usize),
        };
        buffer.get(place).unwrap_or_default()
    }

    /// What of a text does not stand in its node.
    #[inline]
    fn elsewhere(&self, node: &Node) -> Option<&Elsewhere> {
        if node.notes.has(Notes::ELSEWHERE) { self.elsewhere.get(node.end as usize) } else { None }
    }

    /// Where a text stands in the source.
    fn written(&self, node: &Node) -> Span {
        let end = self.elsewhere(node).map_or(node.end, |text| text.end);
        Span::new(node.first as usize, end as usize)
    }

    /// Where the text of a `script` or its like stands in the source.
    pub(crate) fn content(&self, id: NodeId) -> Span {
        let text = self.descendants(id).next().map(|id| self.node(id));
        text.filter(|text| text.tag == Tag::Text).map_or(Span::default(), |text| self.written(text))
    }

    /// The `a` whose content a text is, or [`NO_NODE`].
    #[inline]
    pub(crate) fn link(&self, node: &Node) -> NodeId {
        self.elsewhere(node).map_or(NO_NODE, |text| text.link)
    }

    /// How many bytes the characters of a text node have; none for an element.
    pub(crate) fn text_length(&self, node: &Node) -> usize {
        match self.elsewhere(node) {
            _ if node.tag != Tag::Text => 0,
            None => (node.end - node.first) as usize,
            Some(text) if node.notes.has(Notes::ASIDE) => text.aside.len(),
            Some(text) => (text.end - node.first) as usize,
        }
    }

    /// Where the visible characters of a text, known by their place in it, stand in the source, from the first to the last.
    pub(crate) fn visible_span(&self, node: &Node, visible: Range<usize>) -> Span {
        let start = node.first as usize;
        if node.notes.has(Notes::LINES) {
            return self.written(node);
        }
        let visible = if node.notes.has(Notes::ASIDE) { self.visible_part(node, visible) } else { visible };
        Span::new(start + visible.start, start + visible.end)
    }

    /// The same in a text that may not stand in the source as it reads.
    fn visible_part(&self, node: &Node, visible: Range<usize>) -> Range<usize> {
        let (text, written) =
            (self.text(node), self.source.get(self.written(node).range()).unwrap_or_default());
        if written == text { visible } else { visible_part(written, text) }
    }

    /// The value of an element's attribute, references decoded.
    pub(crate) fn attribute(&self, id: NodeId, name: Attr) -> Option<Cow<'_, str>> {
        let found = self.attributes_of(id).iter().find(|a| a.name == name)?;
        Some(self.attribute_value(found))
    }

    fn attributes_of(&self, id: NodeId) -> &[Attribute] {
        self.attributes.get(self.node(id).attributes()).unwrap_or_default()
    }

    fn attribute_value(&self, attribute: &Attribute) -> Cow<'_, str> {
        let Raw { start, end, cooked, .. } = attribute.value;
        let range = start as usize..end as usize;
        if attribute.aside {
            Cow::Borrowed(self.side.get(range).unwrap_or_default())
        } else if cooked {
            let mut value = String::new();
            cook_attribute(self.source, attribute.value, &mut value);
            Cow::Owned(value)
        } else {
            Cow::Borrowed(self.source.get(range).unwrap_or_default())
        }
    }

    /// Whether an element has any attribute that is kept.
    pub(crate) fn has_attributes(&self, node: &Node) -> bool {
        node.attributes > 0
    }

    pub(crate) fn has_attribute(&self, id: NodeId, name: Attr) -> bool {
        self.attributes_of(id).iter().any(|a| a.name == name)
    }

    /// The ids of a node's descendants, in document order.
    pub(crate) fn descendants(&self, id: NodeId) -> Range<NodeId> {
        id + 1..self.node(id).end()
    }

    /// A node's ancestors, nearest first, the document last.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut at = self.node(id).parent;
        core::iter::from_fn(move || {
            let here = (at != NO_NODE).then_some(at)?;
            at = self.node(here).parent;
            Some(here)
        })
    }
}

/// The part of a text as it is written that has white space only before and behind it: white space may be a reference there, and NUL is nothing
/// where the text does not show it.
fn visible_part(written: &str, text: &str) -> Range<usize> {
    // Every reference that is decoded takes an ampersand away, but for those to an ampersand, which is visible
    // in either reading. Scripts apart, text without decoded references has none or is literal.
    let is_decoded = memchr::memchr_iter(b'&', written.as_bytes()).count()
        != memchr::memchr_iter(b'&', text.as_bytes()).count();
    let shows_nul = memchr::memchr(0, written.as_bytes()).is_some() && text.contains('\u{fffd}');
    let end = visible_end(written.as_bytes());
    let mut visible: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(c) = written[at..].chars().next() {
        let reference = (c == '&' && is_decoded)
            .then(|| html::entity::read(&written.as_bytes()[at + 1..], false))
            .flatten();
        let (len, is_space) = match reference {
            Some(reference) => (1 + reference.len, reference.first.is_whitespace()),
            None => (c.len_utf8(), c.is_whitespace() || c == '\0' && !shows_nul),
        };
        if !is_space {
            if let Some(end) = end {
                return at..end;
            }
            let start = visible.map_or(at, |part| part.start);
            visible = Some(start..at + len);
        }
        at += len;
    }
    visible.unwrap_or_else(|| trimmed(written))
}

/// Where the last sign of a text as it is written ends if that is no part of a reference, as in most: then what stands between the
/// first sign and it need not be read.
fn visible_end(written: &[u8]) -> Option<usize> {
    let written = written.trim_ascii_end();
    let is_in_reference = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b';');
    let is_behind_references =
        memchr::memrchr(b'&', written).is_none_or(|at| !written[at + 1..].iter().all(is_in_reference));
    let ends_visibly = is_behind_references && written.last().is_some_and(u8::is_ascii_graphic);
    ends_visibly.then_some(written.len())
}

/// Building: readers call these in document order.
impl Tree<'_> {
    /// Adds an element below `parent`; its attributes are those added by [`Self::give`] right after.
    fn open(&mut self, tag: Tag, parent: NodeId) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let first = self.attributes.len() as u32;
        let (style, notes) = (Style::default(), Notes::NONE);
        self.nodes.push(Node { tag, style, notes, attributes: 0, parent, first, end: id + 1 });
        self.counts[usize::from(tag as u8)] += 1;
        if matches!(tag, Tag::Title | Tag::Script | Tag::H1 | Tag::H2 | Tag::H3 | Tag::Time) {
            self.telling.push(id);
        }
        id
    }

    /// Notes that an element of SVG or MathML holds HTML.
    fn note_html_inside(&mut self, id: NodeId) {
        self.nodes[id as usize].notes = Notes::HTML_INSIDE;
    }

    /// Gives the newest element an attribute that stands in the source.
    fn give(&mut self, name: Attr, value: Raw) {
        self.push_attribute(Attribute { name, value, aside: false });
    }

    fn push_attribute(&mut self, attribute: Attribute) {
        if let Some(node) = self.nodes.last_mut() {
            self.attributes.push(attribute);
            node.attributes += 1;
            let id = self.nodes.len() as NodeId - 1;
            if self.telling.last() != Some(&id) {
                self.telling.push(id);
            }
        }
    }

    /// Gives the newest element an attribute that is already decoded.
    fn give_aside(&mut self, name: Attr, value: &str) {
        let start = self.side.len() as u32;
        self.side.push_str(value);
        let value = Raw { start, end: self.side.len() as u32, ..Raw::default() };
        self.push_attribute(Attribute { name, value, aside: true });
    }

    /// Notes that everything added since belongs to this element.
    fn close(&mut self, id: NodeId) {
        self.nodes[id as usize].end = self.nodes.len() as NodeId;
    }

    /// Adds text that stands in the source; decodes it where it must be.
    fn text_from_source(&mut self, raw: Raw, parent: NodeId, style: Style, link: NodeId) {
        let span = Span::new(raw.start as usize, raw.end as usize);
        if raw.cooked {
            let start = self.side.len();
            cook_text(self.source, raw, &mut self.side);
            self.push_aside(start, Notes::NONE, span, parent, style, link);
        } else {
            self.push_text(span, parent, style, link);
        }
    }

    /// Adds text that reads otherwise than the source at `span`.
    fn text_aside(&mut self, text: &str, span: Span, parent: NodeId, style: Style, link: NodeId) {
        let start = self.side.len();
        self.side.push_str(text);
        self.push_aside(start, Notes::NONE, span, parent, style, link);
    }

    /// Adds text that stands in the source right behind the newest text, and looks like it, to that: a reader of Markdown
    /// hands out every bracket that links nothing by itself. Gives whether it did.
    fn lengthen_text(&mut self, span: Span, parent: NodeId, style: Style, link: NodeId) -> bool {
        let Some(last) = self.nodes.last().filter(|last| {
            last.tag == Tag::Text
                && (last.parent, last.style, self.link(last)) == (parent, style, link)
                && !last.notes.has(Notes::ASIDE.or(Notes::LINES))
                && self.written(last).end() == span.start()
        }) else {
            return false;
        };
        let (end, is_elsewhere) = (span.end() as u32, last.notes.has(Notes::ELSEWHERE));
        if is_elsewhere && let Some(text) = self.elsewhere.last_mut() {
            text.end = end;
        } else if let Some(last) = self.nodes.last_mut() {
            last.end = end;
        }
        true
    }

    /// Adds texts that stand in the source at some places, with nothing but white space around them, as the lines of one.
    fn lines_from_source(
        &mut self,
        lines: impl Iterator<Item = Span>,
        parent: NodeId,
        style: Style,
        link: NodeId,
    ) {
        let start = self.side.len();
        let mut all: Option<Span> = None;
        for line in lines {
            if all.is_some() {
                self.side.push('\n');
            }
            space::push_collapsed(&self.source[line.range()], &mut self.side);
            all = Some(all.map_or(line, |all| all.join(line)));
        }
        let Some(span) = all else { return };
        self.push_aside(start, Notes::LINES, span, parent, style, link);
    }

    /// Adds text that was written to the side buffer from `start` on.
    fn push_aside(
        &mut self,
        start: usize,
        notes: Notes,
        span: Span,
        parent: NodeId,
        style: Style,
        link: NodeId,
    ) {
        let aside = Span::new(start, self.side.len());
        self.push_elsewhere(notes.or(Notes::ASIDE), span, aside, parent, style, link);
    }

    /// Adds text that stands in the source as it reads.
    #[inline]
    fn push_text(&mut self, span: Span, parent: NodeId, style: Style, link: NodeId) {
        self.push_as_written(Notes::NONE, span, parent, style, link);
    }

    /// Adds lines of a flood that stand in the source as they read.
    fn push_lines(&mut self, span: Span, parent: NodeId, style: Style, link: NodeId) {
        self.push_as_written(Notes::LINES, span, parent, style, link);
    }

    #[inline]
    fn push_as_written(&mut self, notes: Notes, span: Span, parent: NodeId, style: Style, link: NodeId) {
        if link != NO_NODE {
            return self.push_elsewhere(notes, span, Span::default(), parent, style, link);
        }
        let (first, end) = (span.start() as u32, span.end() as u32);
        self.nodes.push(Node { tag: Tag::Text, style, notes, attributes: 0, parent, first, end });
    }

    fn push_elsewhere(
        &mut self,
        notes: Notes,
        span: Span,
        aside: Span,
        parent: NodeId,
        style: Style,
        link: NodeId,
    ) {
        let (first, end) = (span.start() as u32, self.elsewhere.len() as u32);
        let notes = notes.or(Notes::ELSEWHERE);
        self.nodes.push(Node { tag: Tag::Text, style, notes, attributes: 0, parent, first, end });
        self.elsewhere.push(Elsewhere { end: span.end() as u32, link, aside });
    }
}

// An element has no attribute twice, so that a byte counts them.
const _: () = assert!((Attr::Other as usize) < u8::MAX as usize);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_visible_part_of_a_text_is_what_is_left_without_what_decodes_to_white_space(
            pieces in prop::collection::vec(prop::sample::select(vec![
                " ", "\n", "\0", "a", "z.", "&amp;", "&nbsp;", "&nbsp", "&#32;", "&#160", "&#x20;", "&", ";", "#", "é", "\u{a0}", "&eacute;",
            ]), 0..12)
        ) {
            let written = pieces.concat();
            let raw = Raw { start: 0, end: written.len() as u32, cooked: true, ..Raw::default() };
            let mut text = String::new();
            cook_text(&written, raw, &mut text);
            let is_seen = |part: &str| {
                let raw = Raw { start: 0, end: part.len() as u32, cooked: true, ..Raw::default() };
                let mut text = String::new();
                cook_text(part, raw, &mut text);
                !text.trim().is_empty()
            };
            if text.trim().is_empty() || text == written {
                return Ok(());
            }
            let visible = visible_part(&written, &text);
            prop_assert!(!is_seen(&written[..visible.start]), "{:?}: {:?}", written, visible);
            prop_assert!(!is_seen(&written[visible.end..]), "{:?}: {:?}", written, visible);
            let mut inner = String::new();
            let raw = Raw { start: visible.start as u32, end: visible.end as u32, cooked: true, ..Raw::default() };
            cook_text(&written, raw, &mut inner);
            prop_assert_eq!(inner.trim(), text.trim());
        }
    }
}
