//! `place`: what the mark-up around a removed block says it is.
//!
//! **Looks for** `nav`, `footer`, `form` and the like, and for whole words of class, id and role names
//! (`classes.txt`), nearest element first. **Why**: it only names what was removed; such names never remove
//! ("menu" would remove formulas, "header" headlines). **Errs** as the names on the page err.

use crate::label::Label;
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Beyond this the names speak of the page, not of the block.
const ANCESTORS_ASKED: usize = 10;

/// Class words and the labels they stand for.
static WORDS: LazyLock<FxHashMap<&'static [u8], Label>> = LazyLock::new(|| {
    let lines = include_str!("../classes.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(label, word)| Some((word.as_bytes(), label.parse().ok()?)))
        .collect()
});

/// What the elements of a page call the blocks inside them.
pub(crate) struct Places<'t> {
    tree: &'t Tree<'t>,
    /// What is known of elements already: many blocks share those around them.
    known: FxHashMap<NodeId, Option<(Label, String)>>,
}

impl<'t> Places<'t> {
    pub(crate) fn of(tree: &'t Tree<'t>) -> Self {
        Self { tree, known: FxHashMap::default() }
    }

    /// What the elements around a block call it.
    pub(crate) fn name_of(&mut self, node: NodeId) -> Option<(Label, String)> {
        let Self { tree, known } = self;
        core::iter::once(node)
            .chain(tree.ancestors(node))
            .take(ANCESTORS_ASKED)
            .find_map(|id| known.entry(id).or_insert_with(|| name_of(tree, id)).clone())
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
