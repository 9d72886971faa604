//! What elements are called: class, id, role and itemprop as a learned, hashed, linear score.
//!
//! Names tell much ("article-body", "related") but nobody can list them: of 8,736 hand-written rules of
//! one public rule set 41 % match none of 19 keyword groups. So every name and every part of a name is
//! hashed into a bucket, and training gives each bucket a weight: how much likelier text below such an
//! element is the article's, all other names above it being known (a logistic regression; out-of-fold in
//! training, so that the trees see honest scores). The table is `names.bin`, one signed byte a bucket, in
//! sixteenths of a logit.

use super::shape::mix;
use crate::label::{Named, furniture};
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};
use std::borrow::Cow;

/// How many buckets names are hashed into. 2¹⁴ leave few collisions among names that matter and take 16 KiB.
pub(crate) const BUCKETS: usize = 1 << 14;

/// The weight of a bucket.
fn weight(table: &[u8; BUCKETS], bucket: u16) -> i32 {
    i32::from(table[usize::from(bucket) % BUCKETS] as i8)
}

/// What an element's names say.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Said {
    /// The sum of the weights of its names.
    pub(super) score: i32,
    /// A hash of tag and classes, digits left out: elements made by the same template share it.
    pub(super) template: u32,
    /// Whether `itemprop` calls it the article's body.
    pub(super) is_body: bool,
    /// What kind of furniture it holds by its class, id or role: no feature, but read here that names are read once.
    pub(super) furniture: Option<Named>,
}

/// Seeds that keep names of different attributes apart.
const WHOLE: u32 = 0x9e37_79b9;
const PART: u32 = 0x85eb_ca6b;
const ROLE: u32 = 0xc2b2_ae35;
const ITEMPROP: u32 = 0x27d4_eb2f;
const TAG: u32 = 0x1656_67b1;

/// Reads an element's names; `note` is told every bucket.
pub(super) fn read(
    tree: &Tree<'_>,
    id: NodeId,
    tag: Tag,
    weights: &[u8; BUCKETS],
    mut note: impl FnMut(u16),
) -> Said {
    let class = tree.attribute(id, Attr::Class);
    let class = class.map(|class| read_class(&class, weights, &mut note)).unwrap_or_default();
    read_around(class, tree, id, tag, weights, note)
}

/// What the names in a `class` say: their score, and what they add to the template.
fn read_class(class: &str, weights: &[u8; BUCKETS], note: &mut impl FnMut(u16)) -> Said {
    let mut said = Said { furniture: furniture(Attr::Class, class), ..Said::default() };
    let mut score = 0;
    let mut add = |hash: u32| score += weigh(hash, weights, note);
    for name in class.split_ascii_whitespace().take(MOST_NAMES) {
        let whole = parts(name, &mut add);
        said.template = said.template.wrapping_add(whole.wrapping_mul(0x9e37_79b1));
    }
    said.score = score;
    said
}

/// Adds what the other names of an element say to what its classes do.
fn read_around(
    class: Said,
    tree: &Tree<'_>,
    id: NodeId,
    tag: Tag,
    weights: &[u8; BUCKETS],
    mut note: impl FnMut(u16),
) -> Said {
    let template = mix(TAG, tag as u32).wrapping_add(class.template);
    let mut said = Said { template, furniture: class.furniture, ..Said::default() };
    let mut score = class.score;
    let mut add = |hash: u32| score += weigh(hash, weights, &mut note);
    add(mix(TAG, tag as u32).wrapping_mul(0x9e37_79b1));
    if !tree.has_attributes(tree.node(id)) {
        return Said { score, ..said };
    }
    if let Some(value) = tree.attribute(id, Attr::Id) {
        parts(&value, &mut add);
        said.furniture = said.furniture.or_else(|| furniture(Attr::Id, &value));
    }
    if let Some(value) = tree.attribute(id, Attr::Role) {
        said.furniture = said.furniture.or_else(|| furniture(Attr::Role, &value));
        add(value.bytes().take(MOST_BYTES).fold(ROLE, |hash, byte| mix(hash, u32::from(byte | 0x20))));
    }
    if let Some(value) = tree.attribute(id, Attr::Itemprop) {
        add(value.bytes().take(MOST_BYTES).fold(ITEMPROP, |hash, byte| mix(hash, u32::from(byte | 0x20))));
        said.is_body = value.eq_ignore_ascii_case("articleBody");
    }
    said.score = score;
    said
}

/// The weight of a name; `note` is told its bucket.
fn weigh(hash: u32, weights: &[u8; BUCKETS], note: &mut impl FnMut(u16)) -> i32 {
    let bucket = (hash ^ (hash >> 15)) as u16 % BUCKETS as u16;
    note(bucket);
    weight(weights, bucket)
}

/// How many values of `class` are remembered.
const REMEMBERED: usize = 1024;

/// What values of `class` say, each read once for as long as it is remembered: a page repeats few many times.
pub(super) struct Memo<'t> {
    tree: &'t Tree<'t>,
    /// Each at the place that its first, middle and last signs are hashed to.
    known: Vec<(Cow<'t, str>, Said)>,
}

impl<'t> Memo<'t> {
    pub(super) fn new(tree: &'t Tree<'t>) -> Self {
        Self { tree, known: vec![(Cow::Borrowed(""), Said::default()); REMEMBERED] }
    }

    /// What [`read`] says of the element.
    pub(super) fn read(&mut self, id: NodeId, tag: Tag, weights: &[u8; BUCKETS]) -> Said {
        let class = self.tree.attribute(id, Attr::Class).filter(|class| !class.is_empty());
        let class = class.map(|class| self.class(class, weights)).unwrap_or_default();
        read_around(class, self.tree, id, tag, weights, |_| {})
    }

    fn class(&mut self, class: Cow<'t, str>, weights: &[u8; BUCKETS]) -> Said {
        let bytes = class.as_bytes();
        let mut hash = bytes.len() as u32;
        // To take two for one costs no more than reading both again.
        for at in [0, bytes.len() / 2, bytes.len().saturating_sub(4)] {
            let part = bytes.get(at..at + 4).and_then(|part| part.try_into().ok());
            hash = mix(hash, part.map_or(0, u32::from_le_bytes));
        }
        let place = (hash.wrapping_mul(0x9e37_79b1) >> 22) as usize % REMEMBERED;
        let (known, said) = &mut self.known[place];
        if *known != class {
            *said = read_class(&class, weights, &mut |_| {});
            *known = class;
        }
        *said
    }
}

/// Some pages put hundreds of utility classes on one element; the first ones carry the meaning.
const MOST_NAMES: usize = 12;
/// Generated names can be as long as a page; what tells stands at the front.
const MOST_BYTES: usize = 64;

/// Adds the buckets of a name as a whole and of its parts; gives the hash of the whole. Parts end at
/// signs, digits and where a capital follows a small letter.
fn parts(name: &str, add: &mut impl FnMut(u32)) -> u32 {
    let mut whole = WHOLE;
    let mut part = PART;
    let mut length = 0;
    let mut count = 0;
    let mut was_lower = false;
    for &byte in name.as_bytes().iter().take(MOST_BYTES) {
        let is_letter = byte.is_ascii_alphabetic() || byte >= 0x80;
        if (!is_letter || (byte.is_ascii_uppercase() && was_lower)) && length > 0 {
            if length > 1 {
                add(part);
                count += 1;
            }
            part = PART;
            length = 0;
        }
        was_lower = byte.is_ascii_lowercase();
        if is_letter {
            let unit = u32::from(byte.to_ascii_lowercase());
            part = mix(part, unit);
            whole = mix(whole, unit);
            length += 1;
        } else if !byte.is_ascii_digit() {
            whole = mix(whole, u32::from(b'-'));
        }
    }
    if length > 1 {
        add(part);
        count += 1;
    }
    if count > 1 {
        add(whole);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Page};

    #[test]
    fn what_is_remembered_is_what_would_be_read() {
        let page: String = (0..3000)
            .map(|n| match n % 4 {
                0 => format!("<div class='teaser teaser-{}'>", "x".repeat(n % 7)),
                1 => format!("<p id=p{n} class=text>"),
                2 => format!("<section itemprop=articleBody role={}>", ["main", "note"][n / 4 % 2]),
                _ => format!("<span class=c{}></span></section></p></div>", n % 600),
            })
            .collect();
        let page = Page::html(page);
        let tree = Tree::of(&page, &Limits::default());
        let mut memo = Memo::new(&tree);
        for (id, node) in tree.nodes().iter().enumerate() {
            let id = id as NodeId;
            let read = read(&tree, id, node.tag, super::super::SHIPPED.names, |_| {});
            assert_eq!(memo.read(id, node.tag, super::super::SHIPPED.names), read, "{id}");
        }
    }
}
