//! What rules ask about a block, found out once.

use super::Label;
use super::fold::LONGEST_PHRASE_BYTES;
use super::phrases::{self, Match};
use super::signs::Signs;
use crate::Format;
use crate::block::{BlockKind, Blocks, Record};
use crate::eight::{HIGHS, ONES};
use crate::feature::Features;
use crate::letter::is_alphanumeric;
use crate::metadata::Metadata;
use crate::tree::{NO_NODE, Tree};

/// A page as rules see it.
pub(crate) struct Facts<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) blocks: &'a Blocks,
    pub(crate) metadata: &'a Metadata,
    pub(crate) format: Format,
    pub(crate) of: Vec<Fact<'a>>,
    features: &'a Features,
}

/// What is true of one block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fact<'a> {
    text: &'a str,
    pub(crate) words: u32,
    /// Share of its text that is linked, 0 to 1.
    pub(crate) link_share: f32,
    pub(crate) ending: Ending,
    pub(crate) signs: Signs,
    /// Whether it is no longer than phrases, dates and bylines are.
    pub(crate) is_short: bool,
    /// The phrase that it is as a whole.
    pub(crate) phrase: Option<Match>,
    /// The label at its head, and where the rest of its text begins.
    pub(crate) prefix: Option<(Label, usize)>,
}

/// How a text ends, closing quotes and brackets aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    Stop,
    Colon,
    /// Cut off: `…`, `...`, `[...]`.
    Ellipsis,
    Open,
}

/// A block of this many words that ends with a stop is a sentence of somebody's prose: headlines of cards
/// have fewer, and of the short paragraphs on judged pages nine in ten have more.
const LEAST_PROSE_WORDS: u32 = 12;

impl<'a> Fact<'a> {
    /// What is true of a text of so many words, if that is known, and with these signs; nothing of it is linked.
    fn of(text: &'a str, words: Option<u32>, signs: Signs, buffer: &mut String) -> Self {
        Self {
            text,
            words: words.unwrap_or_else(|| count_words(text)),
            link_share: 0.0,
            ending: ending(text),
            signs,
            is_short: text.len() <= LONGEST_PHRASE_BYTES,
            phrase: phrases::of_block(text, signs, buffer),
            prefix: if signs.has(Signs::LABEL_END) { phrases::prefix(text) } else { None },
        }
    }

    /// Whether the block reads like running text.
    pub(crate) fn is_prose(&self) -> bool {
        self.link_share < 0.5 && reads_as_prose(self.words, self.ending)
    }
}

fn reads_as_prose(words: u32, ending: Ending) -> bool {
    words >= LEAST_PROSE_WORDS && ending_of_prose(ending)
}

fn ending_of_prose(ending: Ending) -> bool {
    matches!(ending, Ending::Stop | Ending::Colon)
}

/// Whether a text has so many words; most long texts show it at their head.
fn has_words(text: &str, least: u32) -> bool {
    /// A dozen words of most languages, with some room.
    const HEAD_BYTES: usize = 120;
    let head = (0..HEAD_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    count_words(&text[..head]) >= least || count_words(text) >= least
}

/// Whether a text, links aside, reads like running text.
pub(crate) fn is_prose_text(text: &str) -> bool {
    ending_of_prose(ending(text)) && has_words(text, LEAST_PROSE_WORDS)
}

impl<'a> Facts<'a> {
    pub(crate) fn gather(
        tree: &'a Tree<'a>,
        blocks: &'a Blocks,
        features: &'a Features,
        metadata: &'a Metadata,
        format: Format,
    ) -> Self {
        let mut buffer = String::new();
        let mut of: Vec<Fact<'_>> = Vec::with_capacity(blocks.records.len());
        for (at, record) in blocks.records.iter().enumerate() {
            // One text of five was said before on the page: menus are there twice, cards have the same labels.
            let text = blocks.text_of(record);
            let said_before = of.get(features.first_alike(at)).filter(|before| before.text == text);
            let fact = said_before.copied().unwrap_or_else(|| {
                Fact::of(text, features.joined_words[at], features.signs[at], &mut buffer)
            });
            of.push(Fact { link_share: link_share(blocks, record), ..fact });
        }
        Self { tree, blocks, metadata, format, of, features }
    }

    pub(crate) fn len(&self) -> usize {
        self.of.len()
    }

    pub(crate) fn text(&self, at: usize) -> &'a str {
        self.of[at].text
    }

    /// The words of a block, each a hash of its small letters.
    pub(crate) fn words_of(&self, at: usize) -> &'a [u32] {
        self.features.words_of(at)
    }

    pub(crate) fn kind(&self, at: usize) -> BlockKind {
        self.blocks.records[at].kind
    }

    /// The first block with the text of this one: pages say the same again and again. Now and then it is this one although
    /// another stands before it.
    pub(crate) fn first_with_text_of(&self, at: usize) -> usize {
        let first = self.features.first_alike(at);
        if self.text(first) == self.text(at) { first } else { at }
    }

    /// Whether the format has no containers that tell where a section ends.
    pub(crate) fn is_flat(&self) -> bool {
        self.format != Format::Html
    }

    /// Whether prose follows a block before the next heading or label.
    pub(crate) fn prose_follows(&self, at: usize) -> bool {
        // Headings in a row are rare; three blocks further the prose belongs to something else.
        self.of.iter().skip(at + 1).take(3).any(Fact::is_prose)
    }

    /// Whether a heading such as "Sources" stands above a list that the author made: one that is not all links.
    pub(crate) fn heads_own_list(&self, at: usize) -> bool {
        /// A book, a page, a year.
        const SHORTEST_REFERENCE_WORDS: u32 = 4;
        let is_own = |next: &Fact<'_>| next.link_share < 0.5 && next.words >= SHORTEST_REFERENCE_WORDS;
        self.of[at].phrase.is_some_and(|found| found.label == Label::Source)
            && self.kind(at).is_heading()
            && self.of.get(at + 1).is_some_and(is_own)
            && self.kind(at + 1) == BlockKind::ListItem
    }
}

/// Answers to a question about texts, each text asked about once.
pub(crate) struct Answers {
    of: Vec<Option<bool>>,
}

impl Answers {
    /// No answers yet.
    pub(crate) fn none(facts: &Facts<'_>) -> Self {
        Self { of: vec![None; facts.len()] }
    }

    /// The answer to what is asked about the text of a block.
    pub(crate) fn about(&mut self, facts: &Facts<'_>, at: usize, ask: impl FnOnce(&str) -> bool) -> bool {
        *self.of[facts.first_with_text_of(at)].get_or_insert_with(|| ask(facts.text(at)))
    }
}

/// The share of a block's text that is linked.
fn link_share(blocks: &Blocks, record: &Record) -> f32 {
    let linked = blocks.marks_of(record).iter().filter(|mark| mark.link != NO_NODE);
    let linked: usize = linked.map(|mark| mark.text.len()).sum();
    linked as f32 / blocks.text_of(record).len().max(1) as f32
}

/// Whether a sign neither begins nor ends a word.
fn joins(c: char) -> bool {
    matches!(c, '\'' | '-' | '’' | '\u{ad}')
}

/// Words; in scripts without spaces two characters count as one.
pub(crate) fn count_words(text: &str) -> u32 {
    let (mut words, mut unspaced, mut inside) = (0, 0, 0);
    let mut at = 0;
    loop {
        let rest = &text.as_bytes()[at..];
        let eight = rest.first_chunk().map_or(HIGHS, |eight| u64::from_le_bytes(*eight));
        if eight & HIGHS == 0 {
            let (begun, ends_inside) = begun_in(eight, inside == INSIDE);
            words += begun;
            inside = if ends_inside { INSIDE } else { 0 };
            at += 8;
            continue;
        }
        for byte in rest.iter().take(8).take_while(|byte| byte.is_ascii()) {
            let step = STEPS[usize::from(*byte)] >> inside;
            words += u32::from(step & BEGINS);
            inside = step & INSIDE;
            at += 1;
        }
        let Some(c) = text[at..].chars().next() else { return words + u32::div_ceil(unspaced, 2) };
        at += c.len_utf8();
        if is_unspaced(c) {
            unspaced += 1;
            inside = 0;
        } else if is_alphanumeric(c) {
            words += u32::from(inside == 0);
            inside = INSIDE;
        } else if !joins(c) {
            inside = 0;
        }
    }
}

/// How many words begin in eight signs of ASCII, and whether one goes on behind them. Each step is done for all eight
/// at once; what is found stands in the highest bits.
fn begun_in(eight: u64, inside: bool) -> (u32, bool) {
    let at_least = |bytes: u64, least: u8| bytes + ONES * u64::from(0x80 - least);
    let within = |bytes: u64, first: u8, last: u8| at_least(bytes, first) & !at_least(bytes, last + 1);
    let letters = within(eight | ONES << 5, b'a', b'z');
    let alphanumeric = (letters | within(eight, b'0', b'9')) & HIGHS;
    let mut joins = (within(eight, b'\'', b'\'') | within(eight, b'-', b'-')) & HIGHS;
    // Behind which signs one is inside a word; a sign that joins leaves that as it was.
    let mut after = alphanumeric;
    let before = |after: u64| after << 8 | u64::from(inside) << 7;
    while joins != 0 {
        let first = joins & joins.wrapping_neg();
        after |= before(after) & first;
        joins ^= first;
    }
    let begins = (alphanumeric & !before(after)) >> 7;
    ((begins.wrapping_mul(ONES) >> 56) as u32, after >> 63 == 1)
}

/// A word begins with the sign; behind it one is inside a word.
const BEGINS: u8 = 1;
const INSIDE: u8 = 2;

/// What a sign of ASCII does outside a word and, [`INSIDE`] bits further up, inside one.
const STEPS: [u8; 128] = {
    let mut table = [0; 128];
    let mut at = 0_u8;
    while at < 128 {
        table[at as usize] = match at {
            b'\'' | b'-' => INSIDE << INSIDE,
            _ if at.is_ascii_alphanumeric() => BEGINS | INSIDE | INSIDE << INSIDE,
            _ => 0,
        };
        at += 1;
    }
    table
};

/// Scripts that put no spaces between words: Han, Kana, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Closing marks that may follow a stop.
const CLOSING: &[char] =
    &['"', '\'', '”', '’', '»', '›', ')', ']', '」', '』', '）', '】', '*', '_', '“', '‘', '«'];

pub(crate) fn ending(text: &str) -> Ending {
    // Most texts end in a letter or a plain stop.
    match text.as_bytes() {
        [.., last] if last.is_ascii_alphanumeric() => return Ending::Open,
        [.., b'!' | b'?'] => return Ending::Stop,
        [.., before, b'.'] if before.is_ascii_alphanumeric() => return Ending::Stop,
        [.., b':' | b';'] => return Ending::Colon,
        _ => {}
    }
    let text = text.trim_end();
    if text.ends_with("[...]") || text.ends_with("[…]") {
        return Ending::Ellipsis;
    }
    let bare = text.trim_end_matches(CLOSING).trim_end();
    if bare.ends_with('…') || bare.ends_with("...") {
        return Ending::Ellipsis;
    }
    match bare.chars().next_back() {
        Some('.' | '!' | '?' | '。' | '！' | '？' | '।' | '॥' | '؟' | '۔' | '։' | '።' | '｡' | '．') => {
            Ending::Stop
        }
        Some(':' | '：' | ';' | '；') => Ending::Colon,
        _ => Ending::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature;

    #[test]
    fn words_are_counted_in_any_script() {
        assert_eq!(count_words("It's a well-known fact."), 4);
        assert_eq!(count_words("今天天气很好"), 3);
        assert_eq!(count_words("Это обычный текст"), 3);
        assert_eq!(count_words("Ça n’est pas l'été-là"), 4);
        assert_eq!(count_words("… — !"), 0);
    }

    /// One character after the other, with nothing but conditions.
    fn count_slowly(text: &str) -> u32 {
        let (mut words, mut unspaced, mut inside) = (0, 0, false);
        for c in text.chars() {
            if is_unspaced(c) {
                unspaced += 1;
                inside = false;
            } else if c.is_alphanumeric() {
                words += u32::from(!inside);
                inside = true;
            } else if !matches!(c, '\'' | '-' | '’' | '\u{ad}') {
                inside = false;
            }
        }
        words + u32::div_ceil(unspaced, 2)
    }

    #[test]
    fn words_are_those_of_a_slow_counter() {
        let signs = ['a', '7', ' ', '\'', '-', 'é', '’', '漢', '…', '\u{ad}'];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts.iter().flat_map(|text| signs.map(|sign| format!("{text}{sign}"))).collect();
            for text in &texts {
                assert_eq!(count_words(text), count_slowly(text), "{text:?}");
            }
        }
        // Every sign of ASCII at every place among eight, and signs that join at all of them.
        for byte in 0..128_u8 {
            for at in 0..8 {
                for start in ["", "a", "'", "a-"] {
                    let mut eights = b"a b-'c 1-- d'-e-".to_vec();
                    eights[at] = byte;
                    let text = format!("{start}{}é", String::from_utf8_lossy(&eights));
                    assert_eq!(count_words(&text), count_slowly(&text), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn runs_that_go_on_a_word_are_none_of_their_own() {
        let counted = |text: &str| feature::look(text).unwrap_or_else(|| count_words(text));
        let signs = ["a", "7", " ", "'", "-", "é", "’", "漢", "…", "\u{ad}", "²", "ກ", "・"];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts.iter().flat_map(|text| signs.map(|sign| format!("{text}{sign}"))).collect();
            for text in &texts {
                assert_eq!(counted(text), count_slowly(text), "{text:?}");
            }
        }
        for c in '\0'..=char::MAX {
            for text in [format!("a{c}b"), format!("a ship'{c}-{c} ran"), format!("the ship {c}")] {
                assert_eq!(counted(&text), count_slowly(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn plain_ends_are_what_they_are_within_quotes() {
        let signs = ["a", "7", ".", "!", "?", ":", ";", "…", ",", ")", "]", " "];
        for first in signs {
            for second in signs {
                for third in ["a", ".", "!", "?", ":", ";"] {
                    let text = format!("[{first}{second}{third}");
                    // A bracket at the end leaves the short ways aside.
                    assert_eq!(ending(&text), ending(&format!("{text}*")), "{text}");
                }
            }
        }
    }

    #[test]
    fn endings_see_through_quotes() {
        assert_eq!(ending("He said: “Move.”"), Ending::Stop);
        assert_eq!(ending("and then…"), Ending::Ellipsis);
        assert_eq!(ending("他说：“好。”"), Ending::Stop);
        assert_eq!(ending("A headline"), Ending::Open);
    }
}
