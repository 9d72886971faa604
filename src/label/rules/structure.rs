//! `place`: what the mark-up around a removed block says it is.
//!
//! **Looks for** `nav`, `footer`, `form` and the like, and for whole words of class, id and role names
//! (`classes.txt`), nearest element first. **Why**: it only names what was removed; such names never remove
//! ("menu" would remove formulas, "header" headlines). **Errs** as the names on the page err.

use crate::label::Label;
use crate::label::glance::Glance;
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;
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
    /// The same of each value of `class`: a page repeats few many times.
    classes: FxHashMap<Cow<'t, str>, u32>,
}

const UNASKED: u32 = 0;
const NAMELESS: u32 = u32::MAX;

impl<'t> Places<'t> {
    pub(crate) fn of(tree: &'t Tree<'t>) -> Self {
        // Place 0 is none, so that memory fresh from the system says that nothing is known.
        let (known, names) = (vec![UNASKED; tree.nodes().len()], vec![(Label::Other, String::new())]);
        Self { tree, known, names, classes: FxHashMap::default() }
    }

    /// What the elements around a block call it.
    pub(crate) fn name_of(&mut self, node: NodeId) -> Option<(Label, &str)> {
        let tree = self.tree;
        let mut around = core::iter::once(node).chain(tree.ancestors(node)).take(ANCESTORS_ASKED);
        let place = around.find_map(|id| {
            if *self.known.get(id as usize)? == UNASKED {
                self.known[id as usize] = self.ask(id);
            }
            let known = self.known[id as usize];
            (known != NAMELESS).then_some(known as usize)
        });
        let (label, detail) = self.names.get(place?)?;
        Some((*label, detail))
    }

    /// What an element calls its content.
    fn ask(&mut self, id: NodeId) -> u32 {
        let tree = self.tree;
        let by_class = tree.attribute(id, Attr::Class).map_or(NAMELESS, |class| {
            if let Some(known) = self.classes.get(&class) {
                return *known;
            }
            let name = by_words(&class);
            let place = self.keep(name);
            self.classes.insert(class, place);
            place
        });
        if by_class != NAMELESS {
            return by_class;
        }
        let mut others = [Attr::Id, Attr::Role].into_iter().filter_map(|name| tree.attribute(id, name));
        let name = others.find_map(|value| by_words(&value)).or_else(|| by_tag(tree.node(id).tag));
        self.keep(name)
    }

    /// The place of a name.
    fn keep(&mut self, name: Option<(Label, String)>) -> u32 {
        let Some(name) = name else { return NAMELESS };
        self.names.push(name);
        self.names.len() as u32 - 1
    }
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

fn by_words(value: &str) -> Option<(Label, String)> {
    // Names of hundreds of words are utility classes; the first few carry the meaning.
    value.split_ascii_whitespace().take(16).find_map(|token| {
        let parts = token.as_bytes().split(|b| matches!(b, b'-' | b'_'));
        let label = core::iter::once(token.as_bytes()).chain(parts).find_map(|word| WORDS.get_low(word))?;
        Some((*label, format!("inside {token:?}")))
    })
}
