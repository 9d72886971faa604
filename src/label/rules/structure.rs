//! `place`: what the mark-up around a removed block says it is.
//!
//! **Looks for** `nav`, `footer`, `form` and the like, and for whole words of class, id and role names
//! (`classes.txt`), nearest element first. **Why**: it only names what was removed; such names never remove
//! ("menu" would remove formulas, "header" headlines). **Errs** as the names on the page err.

use crate::label::Label;
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Beyond this the names speak of the page, not of the block.
const ANCESTORS_ASKED: usize = 10;

/// Class words and the labels they stand for.
static WORDS: LazyLock<HashMap<&'static str, Label>> = LazyLock::new(|| {
    let lines = include_str!("../classes.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(label, word)| Some((word, label.parse().ok()?)))
        .collect()
});

/// What the elements around a block call it.
pub(crate) fn name_of_place(tree: &Tree<'_>, node: NodeId) -> Option<(Label, String)> {
    core::iter::once(node)
        .chain(tree.ancestors(node))
        .take(ANCESTORS_ASKED)
        .find_map(|id| by_words(tree, id).or_else(|| by_tag(tree.node(id).tag)))
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
            let lower = token.to_ascii_lowercase();
            if let Some(label) = WORDS.get(lower.as_str()) {
                return Some((*label, format!("inside {token:?}")));
            }
            lower
                .split(['-', '_'])
                .find_map(|word| WORDS.get(word).map(|label| (*label, format!("inside {token:?}"))))
        })
    })
}
