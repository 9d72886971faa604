//! `place`: what the mark-up around a removed block says it is.
//!
//! **Looks for** `nav`, `footer`, `form` and the like, and for whole words of class, id and role names
//! (`classes.txt`), nearest element first. **Why**: it only names what was removed; such names never remove
//! ("menu" would remove formulas, "header" headlines). **Errs** as the names on the page err.

use crate::label::Label;
use crate::label::glance::Glance;
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Beyond this the names speak of the page, not of the block.
const ANCESTORS_ASKED: usize = 10;

/// Class words and the labels they stand for.
static WORDS: LazyLock<Glance<Label>> = LazyLock::new(|| {
    let lines = include_str!("../classes.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(label, word)| Some((word.as_bytes(), label.parse().ok()?)))
        .collect()
});

/// What the elements of a page call the blocks inside them.
pub(crate) struct Places<'t> {
    tree: &'t Tree<'t>,
    /// What is known of each element already, for many blocks share those around them: its place in `names`,
    /// [`UNASKED`] or [`NAMELESS`].
    known: Vec<u32>,
    names: Vec<(Label, String)>,
}

const UNASKED: u32 = 0;
const NAMELESS: u32 = u32::MAX;

impl<'t> Places<'t> {
    pub(crate) fn of(tree: &'t Tree<'t>) -> Self {
        // Place 0 is none, so that memory fresh from the system says that nothing is known.
        Self { tree, known: vec![UNASKED; tree.nodes().len()], names: vec![(Label::Other, String::new())] }
    }

    /// What the elements around a block call it.
    pub(crate) fn name_of(&mut self, node: NodeId) -> Option<(Label, &str)> {
        let mut around = core::iter::once(node).chain(self.tree.ancestors(node)).take(ANCESTORS_ASKED);
        let place = around.find_map(|id| {
            let known = self.known.get_mut(id as usize)?;
            if *known == UNASKED {
                *known = NAMELESS;
                if let Some(name) = name_of(self.tree, id) {
                    *known = self.names.len() as u32;
                    self.names.push(name);
                }
            }
            (*known != NAMELESS).then_some(*known as usize)
        });
        let (label, detail) = self.names.get(place?)?;
        Some((*label, detail))
    }
}

/// What an element calls its content.
fn name_of(tree: &Tree<'_>, id: NodeId) -> Option<(Label, String)> {
    by_words(tree, id).or_else(|| by_tag(tree.node(id).tag))
}

fn by_tag(tag: Tag) -> Option<(Label, String)> {
    let label = match tag {
        Tag::Nav | Tag::Menu => Label::Navigation,
        Tag::Footer => Label::Footer,
        Tag::Figcaption => Label::Caption,
        _ => return None,
    };
    Some((label, format!("inside <{}>", tag.name())))
}

fn by_words(tree: &Tree<'_>, id: NodeId) -> Option<(Label, String)> {
    [Attr::Class, Attr::Id, Attr::Role].into_iter().find_map(|name| {
        let value = tree.attribute(id, name)?;
        // Names of hundreds of words are utility classes; the first few carry the meaning.
        value.split_ascii_whitespace().take(16).find_map(|token| {
            let lower = match token.bytes().any(|b| b.is_ascii_uppercase()) {
                true => Cow::Owned(token.to_ascii_lowercase()),
                false => Cow::Borrowed(token),
            };
            let parts = lower.as_bytes().split(|b| matches!(b, b'-' | b'_'));
            let label = core::iter::once(lower.as_bytes()).chain(parts).find_map(|word| WORDS.get(word))?;
            Some((*label, format!("inside {token:?}")))
        })
    })
}
