//! HTML → tree: a forgiving reader that never moves a node.
//!
//! The rules are those of the HTML standard's tree construction (§13.2.6) as far as they decide which text
//! stands in which block: implied end tags, scopes, lists, tables, headings, foreign content. What is left
//! out is what only moves nodes: foster parenting (text straight in a table stays where it was written) and
//! the second half of the adoption agency (see [`Formatting`]). Every step looks at most at the open
//! elements, of which there are at most [`Limits::depth`](crate::Limits), so time is linear in the page.

pub(crate) mod entity;
mod formatting;
mod rules;
#[cfg(test)]
mod tests;
pub(crate) mod token;
mod traits;

use super::tag::Tag;
use super::{NodeId, Tree};
use crate::deadline::Deadline;
use crate::{Limits, Span, Warning};
use formatting::Formatting;
use token::{Attribute, Raw, Token, Tokenizer};
use traits::Traits;
#[cfg(feature = "scraper")]
pub(crate) use traits::is_formatting_border;

/// Reads a whole page.
pub(crate) fn read(mut builder: Builder<'_>) -> Tree<'_> {
    builder.read_html(Span::new(0, builder.tree.source.len()));
    builder.finish()
}

/// The bytes from which on a `noscript` with paragraphs is read as a part of the page.
const LEAST_SCRIPTLESS_PAGE: u32 = 1000;

/// A tree under construction: the open elements and what formats the next text.
pub(crate) struct Builder<'s> {
    tree: Tree<'s>,
    /// The open elements, outermost first; the document is not among them.
    open: Vec<NodeId>,
    /// Their names, kept apart so that a scope is found by a search over bytes, and how many have each: most searches
    /// are for what is not open at all.
    tags: Vec<Tag>,
    counts: [u16; 256],
    unopened: Unopened,
    formatting: Formatting,
    /// How many elements were open when the outermost `svg` or `math` began.
    foreign: Option<usize>,
    /// Whether a `form` was opened and not ended by its own end tag: until then others are ignored.
    in_form: bool,
    /// Whether anything of the body was seen: what may stand only before it is ignored from then on.
    in_body: bool,
    /// Whether the content of a `noscript` is being read as a part of the page.
    reads_noscript: bool,
    most_depth: usize,
    most_nodes: usize,
}

impl<'s> Builder<'s> {
    /// A builder that goes on with a tree of nothing but its document.
    pub(crate) fn new(tree: Tree<'s>, limits: &Limits) -> Self {
        Self {
            tree: Tree { deadline: Deadline::of(limits), ..tree },
            open: Vec::with_capacity(64),
            tags: Vec::with_capacity(64),
            counts: [0; 256],
            unopened: Unopened::default(),
            formatting: Formatting::default(),
            foreign: None,
            in_form: false,
            in_body: false,
            reads_noscript: false,
            most_depth: limits.most_depth(),
            most_nodes: limits.most_nodes(),
        }
    }

    /// The text that is being read.
    pub(crate) fn source(&self) -> &'s str {
        self.tree.source
    }

    /// Reads a part of the source as HTML into the element that is open now.
    pub(crate) fn read_html(&mut self, part: Span) {
        let mut tokens = Tokenizer::of(self.tree.source, part);
        while let Some(token) = tokens.next() {
            if self.is_full() {
                return;
            }
            match token {
                Token::Text(raw) if self.is_page_for_the_scriptless(raw) => {
                    // Once: pages made to nest them would nest us.
                    self.reads_noscript = true;
                    self.read_html(Span::new(raw.start as usize, raw.end as usize));
                    self.reads_noscript = false;
                }
                Token::Text(raw) => self.text(raw),
                Token::Start { tag, .. }
                    if self.tags.last() == Some(&tag)
                        && tokens.attributes().is_empty()
                        && self.takes_place_of_its_like(tag) => {}
                Token::Start { tag, start, end, self_closing, .. } => {
                    self.leave_unclosed_title();
                    let start_tag = StartTag {
                        tag,
                        attributes: tokens.attributes(),
                        span: Span::new(start as usize, end as usize),
                        self_closing,
                    };
                    self.start_tag(&start_tag);
                    tokens.in_foreign_content(self.foreign.is_some());
                }
                Token::End { tag, .. } => {
                    if tag != Tag::Title {
                        self.leave_unclosed_title();
                    }
                    self.end_tag(tag);
                    tokens.in_foreign_content(self.foreign.is_some());
                }
                Token::Comment { .. } | Token::Doctype { .. } => {}
            }
        }
    }

    /// A title whose end tag is missing ends where the tokenizer saw the next tag.
    fn leave_unclosed_title(&mut self) {
        if self.tags.last() == Some(&Tag::Title) && self.foreign.is_none() {
            self.pop();
        }
    }

    /// Whether a text is a `noscript` that holds the page itself: forums made by scripts give their whole
    /// thread there (25 of 113 judged forum pages), while pixels and pictures take a line or two.
    fn is_page_for_the_scriptless(&self, raw: Raw) -> bool {
        self.tags.last() == Some(&Tag::Noscript)
            && raw.end - raw.start >= LEAST_SCRIPTLESS_PAGE
            && self.in_body
            && !self.reads_noscript
            && memchr::memmem::find(&self.tree.source.as_bytes()[raw.start as usize..raw.end as usize], b"<p")
                .is_some()
    }

    /// Whether the limit of nodes or of time is met; says so in the tree's warnings.
    #[inline]
    pub(crate) fn is_full(&mut self) -> bool {
        let has_too_many = self.tree.nodes.len() >= self.most_nodes;
        (has_too_many || self.tree.deadline.is_over()) && self.is_over(has_too_many)
    }

    #[cold]
    fn is_over(&mut self, has_too_many: bool) -> bool {
        self.warn(if has_too_many { Warning::NodesLimit } else { Warning::TimeLimit });
        true
    }

    pub(crate) fn warn(&mut self, warning: Warning) {
        if !self.tree.warnings.contains(&warning) {
            self.tree.warnings.push(warning);
        }
    }

    /// Closes everything that is open and gives the tree.
    pub(crate) fn finish(mut self) -> Tree<'s> {
        self.close_down_to(0);
        self.tree.close(0);
        self.tree
    }

    /// Whether an element of this name is open.
    fn is_open(&self, tag: Tag) -> bool {
        self.counts[usize::from(tag as u8)] > 0
    }

    /// The innermost open element, or the document.
    fn parent(&self) -> NodeId {
        self.open.last().copied().unwrap_or(0)
    }

    /// Adds an element with its attributes.
    fn insert(&mut self, start: &StartTag<'_>) -> NodeId {
        let id = self.tree.open(start.tag, self.parent());
        if !start.attributes.is_empty() {
            self.give_all(start.attributes);
        }
        id
    }

    /// Gives the newest element its attributes.
    #[inline(never)]
    fn give_all(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            self.tree.give(attribute.name, attribute.value);
        }
    }

    /// Opens an element; gives `false` where it lies too deep.
    fn push(&mut self, id: NodeId, tag: Tag) -> bool {
        if self.open.len() >= self.most_depth {
            self.leave_unopened(tag);
            return false;
        }
        self.open.push(id);
        self.tags.push(tag);
        self.counts[usize::from(tag as u8)] += 1;
        true
    }

    /// Notes that an element lies too deep.
    #[inline(never)]
    fn leave_unopened(&mut self, tag: Tag) {
        // Formatting ends by its own list, whether its element was opened or not.
        if !Traits::of(tag).has(Traits::FORMATTING) {
            self.unopened.add(tag);
        }
        self.warn(Warning::DepthLimit);
    }

    /// Closes the innermost element.
    fn pop(&mut self) {
        if let (Some(id), Some(tag)) = (self.open.pop(), self.tags.pop()) {
            self.tree.close(id);
            self.counts[usize::from(tag as u8)] -= 1;
            self.formatting.element_closed(tag);
            self.unopened.forget();
            if self.foreign.is_some_and(|depth| self.open.len() <= depth) {
                self.foreign = None;
            }
        }
    }

    /// Closes open elements until `depth` are left.
    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.pop();
        }
    }

    /// Adds a run of text with the look that the open formatting gives it.
    fn text(&mut self, raw: Raw) {
        self.leave_head_for_text(raw);
        let (style, link) = self.formatting.now();
        self.tree.text_from_source(raw, self.parent(), style, link);
    }

    /// Text outside the body that is not white space starts it.
    fn leave_head_for_text(&mut self, raw: Raw) {
        let outer = self.tags.last().copied();
        if self.in_body || !matches!(outer, None | Some(Tag::Html | Tag::Head)) {
            return;
        }
        let text = self.tree.source.as_bytes().get(raw.start as usize..raw.end as usize).unwrap_or_default();
        if text.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
            return;
        }
        self.in_body = true;
        if outer == Some(Tag::Head) {
            self.pop();
        }
    }
}

/// The other readers' way to build: what they open they also close, in order.
impl Builder<'_> {
    /// Opens an element.
    pub(crate) fn open_element(&mut self, tag: Tag) -> NodeId {
        let id = self.tree.open(tag, self.parent());
        self.push(id, tag);
        if Traits::of(tag).has(Traits::STYLED) || tag == Tag::A {
            self.formatting.opened(tag, id);
        }
        id
    }

    /// Gives the element opened last an attribute.
    pub(crate) fn give(&mut self, name: super::tag::Attr, value: &str) {
        self.tree.give_aside(name, value);
    }

    /// Closes the innermost open element of this name and all inside it; nothing where there is none.
    pub(crate) fn close_element(&mut self, tag: Tag) {
        if self.unopened.take(tag) {
            return;
        }
        if self.is_open(tag)
            && let Some(at) = self.tags.iter().rposition(|&open| open == tag)
        {
            self.close_down_to(at);
        }
        self.formatting.ended(tag);
    }

    /// Adds an element without content.
    pub(crate) fn empty_element(&mut self, tag: Tag) -> NodeId {
        self.tree.open(tag, self.parent())
    }

    /// Adds text: as it stands in the source where it reads the same, decoded otherwise.
    pub(crate) fn add_text(&mut self, text: &str, span: Span) {
        if self.is_full() {
            return;
        }
        let (style, link) = self.formatting.now();
        let parent = self.parent();
        if self.tree.source.get(span.range()) == Some(text) {
            if !self.tree.lengthen_text(span, parent, style, link) {
                self.tree.push_text(span, parent, style, link);
            }
        } else {
            self.tree.text_aside(text, span, parent, style, link);
        }
    }

    /// Adds texts that stand at some places, with no white space around them, as the lines of one.
    pub(crate) fn add_lines(&mut self, lines: impl Iterator<Item = Span>) {
        let (style, link) = self.formatting.now();
        self.tree.lines_from_source(lines, self.parent(), style, link);
    }

    /// Adds lines that stand in the source as they read.
    pub(crate) fn add_plain_lines(&mut self, lines: Span) {
        let (style, link) = self.formatting.now();
        self.tree.push_lines(lines, self.parent(), style, link);
    }
}

/// Elements inside the innermost open one that lie too deep to be opened themselves: how many of each name.
/// Their end tags must not close those that are open.
struct Unopened {
    counts: [u32; 256],
    all: u32,
    /// Names that were added since all were forgotten, a bit each: to forget is to write over their counts, not over the
    /// whole kilobyte whenever an element ends.
    named: [u64; 4],
}

impl Default for Unopened {
    fn default() -> Self {
        Self { counts: [0; 256], all: 0, named: [0; 4] }
    }
}

impl Unopened {
    fn add(&mut self, tag: Tag) {
        let name = usize::from(tag as u8);
        self.counts[name] += 1;
        self.all += 1;
        self.named[name / 64] |= 1 << (name % 64);
    }

    /// Takes one of this name away, if there is one.
    fn take(&mut self, tag: Tag) -> bool {
        let count = &mut self.counts[usize::from(tag as u8)];
        let found = *count > 0;
        *count -= u32::from(found);
        self.all -= u32::from(found);
        found
    }

    fn has(&self, tag: Tag) -> bool {
        self.counts[usize::from(tag as u8)] > 0
    }

    /// An open element ends, and all inside it.
    fn forget(&mut self) {
        if self.all > 0 {
            self.forget_all();
        }
    }

    #[inline(never)]
    fn forget_all(&mut self) {
        self.all = 0;
        for (at, named) in self.named.iter_mut().enumerate() {
            while *named != 0 {
                self.counts[at * 64 + named.trailing_zeros() as usize] = 0;
                *named &= *named - 1;
            }
        }
    }
}

/// A start tag as the rules see it.
struct StartTag<'t> {
    tag: Tag,
    attributes: &'t [Attribute],
    span: Span,
    self_closing: bool,
}
