//! `place`: what the mark-up around a removed block says it is.
//!
//! **Looks for** `nav`, `footer`, `form` and the like, and for whole words of class, id and role names
//! (`classes.txt`), nearest element first. **Why**: it only names what was removed; such names never remove
//! ("menu" would remove formulas, "header" headlines). **Errs** as the names on the page err.

use crate::feature::{Element, Features};
use crate::label::glance::Glance;
use crate::label::{Detail, Label};
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};
use std::ops::Range;
use std::sync::LazyLock;

/// Beyond this the names speak of the page, not of the block.
const ELEMENTS_ASKED: u8 = 10;

/// Class words and the labels they stand for.
static WORDS: LazyLock<Glance<Label>> = LazyLock::new(|| {
    let lines = include_str!("../classes.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(label, word)| Some((word.as_bytes(), label.parse().ok()?)))
        .collect()
});

/// A name that says what kind of furniture an element holds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Named {
    label: Label,
    /// Where it stands: in the value of this attribute, from here to there.
    attribute: Attr,
    start: u32,
    end: u32,
}

/// What the elements of a page call the blocks inside them.
pub(crate) struct Places<'t> {
    tree: &'t Tree<'t>,
    features: &'t Features,
    /// For each element around blocks the nearest that has a name, from it outwards.
    nearest: Vec<Option<Nearest>>,
    /// What is said of the blocks inside each element that has one, once it was asked for.
    details: Vec<Option<Detail>>,
    /// What was made of these last: entries of a menu have the same name, each its own element.
    last: Detail,
}

/// An element that has a name, and how many elements further out it is.
#[derive(Clone, Copy)]
struct Nearest {
    element: u32,
    steps: u8,
}

impl<'t> Places<'t> {
    pub(crate) fn of(tree: &'t Tree<'t>, features: &'t Features) -> Self {
        let elements = features.elements();
        let mut nearest: Vec<Option<Nearest>> = Vec::with_capacity(elements.len());
        for (at, element) in elements.enumerate() {
            nearest.push(if label_of(&element).is_some() {
                Some(Nearest { element: at as u32, steps: 0 })
            } else {
                let outer = nearest.get(element.parent).copied().flatten();
                outer
                    .filter(|outer| outer.steps + 1 < ELEMENTS_ASKED)
                    .map(|outer| Nearest { steps: outer.steps + 1, ..outer })
            });
        }
        let details = vec![None; nearest.len()];
        Self { tree, features, nearest, details, last: "".into() }
    }

    /// What the elements around a block call it; `element` is the place of `node` among those of the features.
    pub(crate) fn name_of(&mut self, element: usize, node: NodeId) -> Option<(Label, Detail)> {
        let Nearest { element, steps } = self.nearest[element]?;
        let known = &mut self.details[element as usize];
        let element = self.features.element(element as usize);
        let label = label_of(&element)?;
        if known.is_none() {
            let named = core::iter::once(node).chain(self.tree.ancestors(node)).nth(steps.into())?;
            self.last = detail(self.tree, named, element.furniture, &self.last);
            *known = Some(self.last.clone());
        }
        Some((label, known.clone()?))
    }
}

/// More characters of a name than these are not quoted: every block inside says it again.
const LONGEST_QUOTED: usize = 64;

/// What is said of the blocks inside an element whose name or, without one, whose tag tells what it holds. If that is `last`,
/// it is shared.
fn detail(tree: &Tree<'_>, id: NodeId, name: Option<Named>, last: &Detail) -> Detail {
    const BEFORE: &str = "inside \"";
    const BEHIND: char = '"';
    let value = name.and_then(|name| tree.attribute(id, name.attribute));
    let place = name.map_or(0..0, |name| name.start as usize..name.end as usize);
    let Some(word) = value.as_ref().and_then(|value| value.get(place)) else {
        return format!("inside <{}>", tree.node(id).tag.name()).into();
    };
    let word = word.char_indices().nth(LONGEST_QUOTED).map_or(word, |(end, _)| &word[..end]);
    // As `{word:?}` writes it, which takes its time to look for what to escape.
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !is_plain {
        return format!("inside {word:?}").into();
    }
    if last.strip_prefix(BEFORE).and_then(|last| last.strip_suffix(BEHIND)) == Some(word) {
        return last.clone();
    }
    let mut detail = String::with_capacity(BEFORE.len() + word.len() + BEHIND.len_utf8());
    detail.push_str(BEFORE);
    detail.push_str(word);
    detail.push(BEHIND);
    detail.into()
}

/// What an element holds by its name or, without one, by its tag.
fn label_of(element: &Element) -> Option<Label> {
    element.furniture.map(|name| name.label).or_else(|| by_tag(element.tag))
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
pub(crate) fn furniture(attribute: Attr, value: &str) -> Option<Named> {
    let (label, name) = furniture_word(value)?;
    Some(Named { label, attribute, start: name.start as u32, end: name.end as u32 })
}

/// The first name in an attribute that is or has a word for furniture.
fn furniture_word(value: &str) -> Option<(Label, Range<usize>)> {
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
                return Some((*label, name..end));
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
            let name = furniture_word(&value).map(|(label, name)| (label, value[name].to_owned()));
            found += usize::from(name.is_some());
            assert_eq!(name, slow(&value), "{value:?}");
        }
        assert!((1000..19_000).contains(&found), "{found}");
    }

    #[test]
    fn of_a_long_name_the_head_is_quoted() {
        let page = Page::html(format!("<div class=nav-{}>text", "é".repeat(1_000_000)));
        let tree = Tree::of(&page, &Limits::default());
        let blocks = crate::block::split(&tree, &Limits::default(), &mut Vec::new(), Blocks::default());
        let features = crate::feature::measure(&tree, &blocks);
        let mut places = Places::of(&tree, &features);
        let named = places.name_of(features.element_of(0), blocks.records[0].node);
        let quoted = "é".repeat(LONGEST_QUOTED - "nav-".len());
        let named = named.as_ref().map(|(label, detail)| (*label, &**detail));
        assert_eq!(named, Some((Label::Navigation, &*format!("inside \"nav-{quoted}\""))));
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
                core::iter::once(record.node).chain(tree.ancestors(record.node)).take(ELEMENTS_ASKED.into());
            let expected = elements.find_map(|id| {
                let of = |name| furniture_word(&tree.attribute(id, name)?).map(|(label, _)| label);
                let by_name = [Attr::Class, Attr::Id, Attr::Role].into_iter().find_map(of);
                let word = |name| {
                    let value = tree.attribute(id, name)?;
                    furniture_word(&value).map(|(_, name)| format!("inside {:?}", &value[name]))
                };
                let word = [Attr::Class, Attr::Id, Attr::Role].into_iter().find_map(word);
                let tag = tree.node(id).tag;
                let detail = word.unwrap_or_else(|| format!("inside <{}>", tag.name()));
                by_name.or_else(|| by_tag(tag)).map(|label| (label, detail))
            });
            met[usize::from(expected.is_some())] += 1;
            let name = places.name_of(features.element_of(at), record.node);
            assert_eq!(name.map(|(label, detail)| (label, String::from(&*detail))), expected, "{at}");
        }
        assert!(met.iter().all(|count| *count > 10), "{met:?}");
    }
}
