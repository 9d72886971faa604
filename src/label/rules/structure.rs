//! `place`: what the mark-up around a removed block says it is.
//!
//! **Looks for** `nav`, `footer`, `form` and the like, and for whole words of class, id and role names
//! (`classes.txt`), nearest element first. **Why**: it only names what was removed; such names never remove
//! ("menu" would remove formulas, "header" headlines). **Errs** as the names on the page err.

use crate::feature::Features;
use crate::label::Label;
use crate::label::glance::Glance;
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Beyond this the names speak of the page, not of the block.
const ELEMENTS_ASKED: usize = 10;

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
    /// For each element around blocks the kind of the nearest name there is, from it outwards, and how many elements
    /// further out that is.
    nearest: Vec<Option<(Label, usize)>>,
    /// What is said of the blocks inside elements that have such a name.
    details: FxHashMap<NodeId, String>,
}

impl<'t> Places<'t> {
    pub(crate) fn of(tree: &'t Tree<'t>, features: &Features) -> Self {
        let elements = features.elements();
        let mut nearest: Vec<Option<(Label, usize)>> = Vec::with_capacity(elements.len());
        for element in elements {
            let own = element.furniture.or_else(|| by_tag(element.tag)).map(|label| (label, 0));
            let outer =
                || nearest.get(element.parent).copied().flatten().map(|(label, steps)| (label, steps + 1));
            nearest.push(own.or_else(outer).filter(|(_, steps)| *steps < ELEMENTS_ASKED));
        }
        Self { tree, nearest, details: FxHashMap::default() }
    }

    /// What the elements around a block call it; `element` is the place of `node` among those of the features.
    pub(crate) fn name_of(&mut self, element: usize, node: NodeId) -> Option<(Label, &str)> {
        let (label, steps) = self.nearest[element]?;
        let named = core::iter::once(node).chain(self.tree.ancestors(node)).nth(steps)?;
        Some((label, self.details.entry(named).or_insert_with(|| detail(self.tree, named))))
    }
}

/// The names of an element that may say what it holds, in the order in which they are asked.
fn names<'t>(tree: &'t Tree<'t>, id: NodeId) -> impl Iterator<Item = Cow<'t, str>> {
    [Attr::Class, Attr::Id, Attr::Role].into_iter().filter_map(move |name| tree.attribute(id, name))
}

/// What is said of the blocks inside an element whose name or tag tells what it holds.
fn detail(tree: &Tree<'_>, id: NodeId) -> String {
    let by_name = names(tree, id).find_map(|name| {
        let (_, word) = furniture_word(&name)?;
        // As `{word:?}` writes it, which takes its time to look for what to escape.
        let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        Some(if is_plain { ["inside \"", word, "\""].concat() } else { format!("inside {word:?}") })
    });
    by_name.unwrap_or_else(|| format!("inside <{}>", tree.node(id).tag.name()))
}

fn by_tag(tag: Tag) -> Option<Label> {
    Some(match tag {
        Tag::Nav | Tag::Menu => Label::Navigation,
        Tag::Footer => Label::Footer,
        Tag::Figcaption => Label::Caption,
        _ => return None,
    })
}

/// What a class, id or role says the element holds, if it is furniture.
pub(crate) fn furniture(name: &str) -> Option<Label> {
    furniture_word(name).map(|(label, _)| label)
}

/// The first name in an attribute that is or has a word for furniture.
fn furniture_word(value: &str) -> Option<(Label, &str)> {
    /// Names of hundreds of words are utility classes; the first few carry the meaning.
    const MOST_NAMES: usize = 16;
    let (words, bytes) = (&*WORDS, value.as_bytes());
    let mut names = 0;
    // Where the name and its part begin, and what the first part that is such a word stands for.
    let (mut name, mut part, mut found) = (0, 0, None);
    while names < MOST_NAMES && part <= bytes.len() {
        let rest = &bytes[part..];
        let length = rest.iter().position(|byte| ENDS_PART[usize::from(*byte)]).unwrap_or(rest.len());
        let end = part + length;
        if found.is_none() {
            found = words.get_low(&bytes[part..end]);
        }
        if bytes.get(end).is_none_or(u8::is_ascii_whitespace) {
            // The whole name knows better than its parts.
            let whole = if name < part { words.get_low(&bytes[name..end]) } else { None };
            if let Some(label) = whole.or(found) {
                return Some((*label, &value[name..end]));
            }
            names += usize::from(name < end);
            name = end + 1;
        }
        part = end + 1;
    }
    None
}

/// Signs behind which a part of a name or a name begins.
const ENDS_PART: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        table[at] = byte.is_ascii_whitespace() || matches!(byte, b'-' | b'_');
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Blocks;
    use crate::{Limits, Page};

    #[test]
    fn names_are_read_as_a_slow_reader_reads_them() {
        let slow = |value: &str| {
            value.split_ascii_whitespace().take(16).find_map(|name| {
                let parts = core::iter::once(name).chain(name.split(['-', '_']));
                let label = { parts }.find_map(|word| WORDS.get_low(word.as_bytes()))?;
                Some((*label, name.to_owned()))
            })
        };
        let parts =
            ["nav", "Sidebar", "wp-caption-text", "caption", "x", "té", "-", "_", "-", " ", " ", "\t"];
        let mut state = 1_usize;
        let mut found = 0;
        for length in 0..20_000 {
            let mut value = String::new();
            for _ in 0..length % 60 {
                state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                value.push_str(parts[(state >> 33) % parts.len()]);
            }
            let name = furniture_word(&value).map(|(label, name)| (label, name.to_owned()));
            found += usize::from(name.is_some());
            assert_eq!(name, slow(&value), "{value:?}");
        }
        assert!((1000..19_000).contains(&found), "{found}");
    }

    #[test]
    fn a_name_is_that_of_the_nearest_of_ten_elements_whoever_asked_before() {
        let page: String = (0..120)
            .map(|at| match at % 28 {
                3 => "<div class=sidebar-left>text",
                5 => "<nav>text",
                6 => "</nav><footer id=x>text",
                _ => "<div class=x><b>text</b>",
            })
            .collect();
        let page = Page::html(page);
        let tree = Tree::of(&page, &Limits::default());
        let blocks = crate::block::split(&tree, &Limits::default(), &mut Vec::new(), Blocks::default());
        let features = crate::feature::measure(&tree, &blocks);
        let mut places = Places::of(&tree, &features);
        let mut met = [0; 2];
        for (at, record) in blocks.records.iter().enumerate() {
            let mut elements =
                core::iter::once(record.node).chain(tree.ancestors(record.node)).take(ELEMENTS_ASKED);
            let expected = elements.find_map(|id| {
                let by_name = names(&tree, id).find_map(|name| furniture(&name));
                by_name.or_else(|| by_tag(tree.node(id).tag)).map(|label| (label, detail(&tree, id)))
            });
            met[usize::from(expected.is_some())] += 1;
            let name = places.name_of(features.element_of(at), record.node);
            assert_eq!(name.map(|(label, detail)| (label, detail.to_owned())), expected, "{at}");
        }
        assert!(met.iter().all(|count| *count > 10), "{met:?}");
    }
}
