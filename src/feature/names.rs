//! What elements are called: class, id, role and itemprop as a learned, hashed, linear score.
//!
//! Names tell much ("article-body", "related") but nobody can list them: of 8,736 hand-written rules of
//! one public rule set 41 % match none of 19 keyword groups. So every name and every part of a name is
//! hashed into a bucket, and training gives each bucket a weight: how much likelier text below such an
//! element is the article's, all other names above it being known (a logistic regression; out-of-fold in
//! training, so that the trees see honest scores). The table is `names.bin`, one signed byte a bucket, in
//! sixteenths of a logit.

use super::shape::mix;
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};

/// How many buckets names are hashed into. 2¹⁴ leave few collisions among names that matter and take 16 KiB.
pub(crate) const BUCKETS: usize = 1 << 14;

/// The weight of a bucket.
fn weight(table: &[u8; BUCKETS], bucket: u16) -> i32 {
    i32::from(table[usize::from(bucket) % BUCKETS] as i8)
}

/// What an element's names say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// The sum of the weights of its names.
    pub(super) score: i32,
    /// A hash of tag and classes, digits left out: elements made by the same template share it.
    pub(super) template: u32,
    /// Whether `itemprop` calls it the article's body.
    pub(super) is_body: bool,
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
    table: &[u8; BUCKETS],
    mut note: impl FnMut(u16),
) -> Said {
    let mut said = Said { template: mix(TAG, tag as u32), ..Said::default() };
    let mut score = 0;
    let mut add = |hash: u32| {
        let bucket = (hash ^ (hash >> 15)) as u16 % BUCKETS as u16;
        score += weight(table, bucket);
        note(bucket);
    };
    add(mix(TAG, tag as u32).wrapping_mul(0x9e37_79b1));
    if let Some(value) = tree.attribute(id, Attr::Class) {
        for name in value.split_ascii_whitespace().take(MOST_NAMES) {
            let whole = parts(name, &mut add);
            said.template = said.template.wrapping_add(whole.wrapping_mul(0x9e37_79b1));
        }
    }
    if let Some(value) = tree.attribute(id, Attr::Id) {
        parts(&value, &mut add);
    }
    if let Some(value) = tree.attribute(id, Attr::Role) {
        add(value.bytes().take(MOST_BYTES).fold(ROLE, |hash, byte| mix(hash, u32::from(byte | 0x20))));
    }
    if let Some(value) = tree.attribute(id, Attr::Itemprop) {
        add(value.bytes().take(MOST_BYTES).fold(ITEMPROP, |hash, byte| mix(hash, u32::from(byte | 0x20))));
        said.is_body = value.eq_ignore_ascii_case("articleBody");
    }
    said.score = score;
    said
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
