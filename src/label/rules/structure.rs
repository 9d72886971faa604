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
const ELEMENTS_ASKED: u32 = 10;

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
    /// What is known of each element already, for many blocks share those around them: the place in `names` of the
    /// nearest name there is, from it outwards, [`UNASKED`] or [`NAMELESS`]; and how many elements further out that is.
    known: Vec<(u32, u32)>,
    names: Vec<(Label, String)>,
    /// The places of the names of each value of `class`: a page repeats few many times.
    classes: FxHashMap<Cow<'t, str>, u32>,
    /// Elements on the way from a block to one that is known.
    way: Vec<NodeId>,
}

const UNASKED: u32 = 0;
const NAMELESS: u32 = u32::MAX;

impl<'t> Places<'t> {
    pub(crate) fn of(tree: &'t Tree<'t>) -> Self {
        // Place 0 is none, so that memory fresh from the system says that nothing is known.
        let (known, names) = (vec![(UNASKED, 0); tree.nodes().len()], vec![(Label::Other, String::new())]);
        Self { tree, known, names, classes: FxHashMap::default(), way: Vec::new() }
    }

    /// What the elements around a block call it.
    pub(crate) fn name_of(&mut self, node: NodeId) -> Option<(Label, &str)> {
        let mut at = node;
        let (mut place, mut steps) = loop {
            match self.known.get(at as usize) {
                Some((UNASKED, _)) => self.way.push(at),
                known => break known.copied().unwrap_or((NAMELESS, 0)),
            }
            at = self.tree.node(at).parent;
        };
        while let Some(id) = self.way.pop() {
            let own = self.ask(id);
            (place, steps) = if own == NAMELESS { (place, steps + 1) } else { (own, 0) };
            self.known[id as usize] = (place, steps);
        }
        let (label, detail) = self.names.get(place as usize).filter(|_| steps < ELEMENTS_ASKED)?;
        Some((*label, detail))
    }

    /// What an element calls its content.
    fn ask(&mut self, id: NodeId) -> u32 {
        let tree = self.tree;
        if !tree.has_attributes(tree.node(id)) {
            return self.keep(by_tag(tree.node(id).tag));
        }
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
        let parts =
            token.as_bytes().split(|b| matches!(b, b'-' | b'_')).filter(|part| part.len() < token.len());
        let label = core::iter::once(token.as_bytes()).chain(parts).find_map(|word| WORDS.get_low(word))?;
        Some((*label, format!("inside {token:?}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Page};

    #[test]
    fn a_name_is_that_of_the_nearest_of_ten_elements_whoever_asked_before() {
        let page: String = (0..60)
            .map(|at| match at % 14 {
                3 => "<div class=sidebar-left>text",
                5 => "<nav>text",
                6 => "</nav><footer id=x>text",
                _ => "<div class=x><b>text</b>",
            })
            .collect();
        let page = Page::html(page);
        let tree = Tree::of(&page, &Limits::default());
        let mut places = Places::of(&tree);
        let nodes = tree.nodes().len() as NodeId;
        let mut met = [0; 2];
        for id in (0..nodes).rev().step_by(3).chain(0..nodes) {
            let mut alone = Places::of(&tree);
            let elements = core::iter::once(id).chain(tree.ancestors(id)).take(ELEMENTS_ASKED as usize);
            let place = { elements }.map(|id| alone.ask(id)).find(|place| *place != NAMELESS);
            let expected = place.map(|place| alone.names[place as usize].clone());
            met[usize::from(expected.is_some())] += 1;
            assert_eq!(
                places.name_of(id).map(|(label, detail)| (label, detail.to_owned())),
                expected,
                "{id}"
            );
        }
        assert!(met.iter().all(|count| *count > 10), "{met:?}");
    }
}
