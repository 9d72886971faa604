//! What blocks say: their words as a learned, hashed, linear score.
//!
//! Shapes tell prose from links; only words tell a paragraph of the article from one that asks to subscribe.
//! Every word and pair of words near a block's ends is a *gram*, and so are how it begins, how it ends and,
//! if it is short, the whole of it. Training gives grams that many sites use a weight: how much likelier
//! they make their block the article's beyond what everything but words says (a logistic regression on top
//! of the trees' scores; out-of-fold, as for names). A heading speaks for the blocks below it and a short
//! block for the one behind it, with weights of their own.
//!
//! The table is `words.bin`: a gram's hash names a slot, and a byte of the hash must agree, so that the
//! many grams without a weight do not borrow one. Weights are in sixteenths of a logit.

use super::own::Own;

/// How many grams have a weight at most: about as many as occur on five sites and more, and still only 128 KiB.
pub(crate) const SLOTS: usize = 1 << 16;
/// A slot's bytes: the gram's check, its weight.
pub(crate) const TABLE: usize = SLOTS * 2;

/// What grams are of, each with a sum of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Of {
    /// Words and pairs of words.
    Text,
    /// How the text begins.
    Start,
    /// How the text ends; a short text as a whole.
    End,
    /// A heading, for the blocks below it.
    Heading,
    /// A short text, for the block behind it.
    Next,
}

/// What a block's grams say, in sixteenths of a logit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub(super) text: i32,
    pub(super) start: i32,
    pub(super) end: i32,
    /// Of the blocks below it: only headings say something here.
    pub(super) heading: i32,
    /// Of the block behind it: only short blocks say something here.
    pub(super) next: i32,
}

impl Said {
    /// What the words of a block say of it in all.
    pub(super) fn all(&self) -> i32 {
        self.text + self.start + self.end
    }
}

/// What any number is to a gram.
const NUMBER: u32 = 0x5bd1_e995;
/// A text of at most this many words is also known as a whole.
const SHORT: usize = 8;
/// Of longer texts the first and the last words tell; what stands between is the topic.
const HEAD: usize = 12;
const TAIL: usize = 8;

/// What keeps grams of different kinds apart.
const ANYWHERE: u32 = 77;
const IN_HEADING: u32 = 7777;
const WHOLE_HEADING: u32 = 8888;

/// Reads a block's words; `note` is told every gram.
pub(super) fn read(own: &Own, words: &[u32], table: &[u8; TABLE], mut note: impl FnMut(Of, u32)) -> Said {
    let mut said = Said::default();
    let mut add = |of: Of, hash: u32| {
        let gram = finish(hash);
        let weight = weight(table, gram);
        match of {
            Of::Text => said.text += weight,
            Of::Start => said.start += weight,
            Of::End => said.end += weight,
            Of::Heading => said.heading += weight,
            Of::Next => said.next += weight,
        }
        note(of, gram);
    };
    // Links, running text and other lines begin and end in ways of their own.
    let kind = match own {
        _ if own.linked * 2 > own.bytes => 2,
        _ if own.is_prose => 3,
        _ => 4,
    };
    let seed = |of: Of| (of as u32 * 8 + kind).wrapping_mul(0x9e37_79b1);
    if words.len() <= HEAD + TAIL {
        pairs(words, ANYWHERE, |hash| add(Of::Text, hash));
    } else {
        pairs(&words[..HEAD], ANYWHERE, |hash| add(Of::Text, hash));
        pairs(&words[words.len() - TAIL..], ANYWHERE, |hash| add(Of::Text, hash));
    }
    runs(words.iter().take(3), seed(Of::Start), |hash| add(Of::Start, hash));
    runs(words.iter().rev().take(2), seed(Of::End), |hash| add(Of::End, hash));
    let whole = |words: &[u32], seed| words.iter().fold(seed, |hash, &word| join(hash, word));
    if words.len() <= SHORT {
        let whole = whole(words, seed(Of::Text));
        add(Of::End, whole);
        runs(words.iter().take(2), seed(Of::Next), |hash| add(Of::Next, hash));
        add(Of::Next, whole ^ 1);
    }
    if own.is_heading {
        let words = &words[..words.len().min(HEAD)];
        pairs(words, IN_HEADING, |hash| add(Of::Heading, hash));
        add(Of::Heading, whole(words, WHOLE_HEADING));
    }
    said
}

/// Tells of every word and of every two that follow each other.
fn pairs(words: &[u32], seed: u32, mut tell: impl FnMut(u32)) {
    let mut before = None;
    for &word in words {
        let alone = join(seed, word);
        tell(alone);
        if let Some(before) = before {
            tell(join(before, word));
        }
        before = Some(alone);
    }
}

/// Tells of the first word, of the first two, and so on.
fn runs<'w>(words: impl Iterator<Item = &'w u32>, seed: u32, mut tell: impl FnMut(u32)) {
    let mut hash = seed;
    for &word in words {
        hash = join(hash, word);
        tell(hash);
    }
}

fn join(hash: u32, word: u32) -> u32 {
    let word = if super::shape::is_number(word) { NUMBER } else { word };
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b1)
}

/// Lets every bit of a hash depend on every other.
fn finish(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

fn weight(table: &[u8; TABLE], gram: u32) -> i32 {
    let slot = gram as usize % SLOTS;
    // A factor instead of a condition that no processor foresees.
    i32::from(table[slot * 2 + 1] as i8) * i32::from(table[slot * 2] == (gram >> 16) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::{SHIPPED, shape};

    const NOTHING: &[u8; TABLE] = &[0; TABLE];

    fn grams(text: &str) -> Vec<u32> {
        let mut words = Vec::new();
        shape::scan(text, &mut words);
        let mut all = Vec::new();
        read(&Own::default(), &words, NOTHING, |_, gram| all.push(gram));
        all
    }

    #[test]
    fn any_number_is_the_same_word() {
        assert_eq!(grams("Comments (17)"), grams("comments (3)"));
        assert_ne!(grams("Comments (17)"), grams("comments (few)"));
    }

    #[test]
    fn capitals_do_not_matter_in_scripts_that_have_them() {
        for (text, small) in
            [("ÜBER UNS", "über uns"), ("Читайте ТАКЖЕ", "читайте также"), ("ΔΕΙΤΕ", "δειτε")]
        {
            assert_eq!(grams(text), grams(small));
        }
    }

    #[test]
    fn a_gram_whose_check_differs_has_no_weight() {
        let gram = grams("Subscribe")[0];
        let mut table = *NOTHING;
        let slot = gram as usize % SLOTS * 2;
        (table[slot], table[slot + 1]) = ((gram >> 16) as u8, -9_i8 as u8);
        assert_eq!(weight(&table, gram), -9);
        table[slot] ^= 1;
        assert_eq!(weight(&table, gram), 0);
    }

    #[test]
    fn calls_to_subscribe_are_told_from_reports() {
        let said = |text: &str| {
            let mut words = Vec::new();
            let own =
                Own { shape: shape::scan(text, &mut words), is_prose: true, bytes: 99, ..Own::default() };
            read(&own, &words, SHIPPED.words, |_, _| {}).all()
        };
        let call =
            said("Sign up for our newsletter and get the latest news delivered to your inbox every day.");
        let report = said("The harbour was closed on Monday after a ship ran aground, the pilot said.");
        assert!(call < 0 && call < report, "{call} {report}");
    }
}
