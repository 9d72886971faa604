//! Which formatting elements apply to the next text.
//!
//! The standard keeps a list of active formatting elements and rebuilds them wherever a block cut them off,
//! moving nodes when they were closed in the wrong order ("adoption agency"). What a reader of text needs of
//! all that is only: is this text inside a link, bold, code? So the list is kept, but nothing is rebuilt:
//! each text is told what applies to it.

use super::traits::Traits;
use crate::tree::tag::Tag;
use crate::tree::{NO_NODE, NodeId, Style};

/// As in the standard ("Noah's Ark clause"): of equal elements only three stay in force.
const MOST_EQUAL: usize = 3;

/// The list of active formatting elements.
#[derive(Debug, Default)]
pub(super) struct Formatting {
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// `None` marks the border of a cell or caption: formatting from outside does not end within.
    tag: Option<Tag>,
    /// What applies from here on.
    style: Style,
    link: NodeId,
    /// The link that this entry itself opened.
    own_link: NodeId,
}

impl Formatting {
    /// What the next text looks like, and the link it is in.
    pub(super) fn now(&self) -> (Style, NodeId) {
        self.entries.last().map_or((Style::default(), NO_NODE), |entry| (entry.style, entry.link))
    }

    /// An element came into force.
    pub(super) fn opened(&mut self, tag: Tag, id: NodeId) {
        let since_border = self.entries.iter().rposition(|e| e.tag.is_none()).map_or(0, |at| at + 1);
        let mut equal = self.entries[since_border..].iter().filter(|e| e.tag == Some(tag)).count();
        while equal >= MOST_EQUAL {
            if let Some(at) = self.entries[since_border..].iter().position(|e| e.tag == Some(tag)) {
                self.remove(since_border + at);
            }
            equal -= 1;
        }
        let own_link = if tag == Tag::A { id } else { NO_NODE };
        self.entries.push(Entry { tag: Some(tag), style: Style::default(), link: NO_NODE, own_link });
        self.apply_from(self.entries.len() - 1);
    }

    /// An element that shields its inside was opened.
    pub(super) fn border(&mut self) {
        // The content of a cell is not formatted by what was left open around its table, but an object
        // inside a link is still in it; the standard does the same by rebuilding nothing at a marker.
        self.entries.push(Entry { tag: None, style: Style::default(), link: NO_NODE, own_link: NO_NODE });
    }

    /// Whether there is a border and nothing came into force since.
    pub(super) fn is_at_border(&self) -> bool {
        self.entries.last().is_some_and(|entry| entry.tag.is_none())
    }

    /// An open element was closed, whatever closed it.
    pub(super) fn element_closed(&mut self, tag: Tag) {
        let traits = Traits::of(tag);
        if traits.has(Traits::FORMATTING_BORDER) {
            if let Some(border) = self.entries.iter().rposition(|e| e.tag.is_none()) {
                self.entries.truncate(border);
            }
        } else if traits.has(Traits::STYLED) && !traits.has(Traits::FORMATTING) {
            // `cite`, `kbd` and their like look like formatting elements but end with their element.
            self.ended(tag);
        }
    }

    /// The end tag of a formatting element: the innermost one of that name is no longer in force.
    pub(super) fn ended(&mut self, tag: Tag) -> bool {
        let since_border = self.entries.iter().rposition(|e| e.tag.is_none()).map_or(0, |at| at + 1);
        let found = self.entries[since_border..].iter().rposition(|e| e.tag == Some(tag));
        if let Some(at) = found {
            self.remove(since_border + at);
        }
        found.is_some()
    }

    fn remove(&mut self, at: usize) {
        self.entries.remove(at);
        self.apply_from(at);
    }

    /// Recomputes what applies from an entry on.
    fn apply_from(&mut self, first: usize) {
        for at in first..self.entries.len() {
            let (style, link) = match at.checked_sub(1).map(|before| self.entries[before]) {
                Some(before) => (before.style, before.link),
                None => (Style::default(), NO_NODE),
            };
            let entry = &mut self.entries[at];
            match entry.tag {
                Some(tag) => {
                    entry.style = style.with(Style::of(tag));
                    entry.link = if entry.own_link == NO_NODE { link } else { entry.own_link };
                }
                None => (entry.style, entry.link) = (Style::default(), NO_NODE),
            }
        }
    }
}
