//! What a text looks like, whatever its language: one scan over its characters.
//!
//! A word is a run of letters and digits; where a script is written without spaces (Han, Kana, Thai,
//! Burmese) every character counts as one, as the scores on the judged pages do. Nothing here knows a
//! word of any language.

use super::kind::{self, KINDS, Kind, Look};
use crate::label::Signs;

/// What a scan counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// Runs of letters and digits, characters of scripts without spaces among them.
    pub(super) tokens: u32,
    /// Characters of scripts without spaces.
    pub(super) han: u32,
    /// Characters other than white space.
    pub(super) chars: u32,
    pub(super) digits: u32,
    /// Words that are numbers only.
    pub(super) numbers: u32,
    /// Numbers that may be years: 19.. and 20...
    pub(super) years: u32,
    /// Words that begin with a capital.
    pub(super) capital_words: u32,
    /// Words of two and more letters that are all capitals.
    pub(super) shouted_words: u32,
    /// Words of at most three characters.
    pub(super) short_words: u32,
    pub(super) commas: u32,
    /// Full stops, question and exclamation marks of all scripts.
    pub(super) stops: u32,
    pub(super) questions: u32,
    pub(super) colons: u32,
    pub(super) quotes: u32,
    pub(super) brackets: u32,
    /// Signs that part items on a line: bars, bullets, arrows, slashes.
    pub(super) separators: u32,
    /// Currency signs and per cent.
    pub(super) money: u32,
    pub(super) other_signs: u32,
    pub(super) lines: u32,
    pub(super) has_copyright: bool,
    pub(super) has_address: bool,
    /// `12:30`.
    pub(super) has_time: bool,
    /// How the text begins and ends; see [`Edge`].
    pub(super) first: Edge,
    pub(super) last: Edge,
    /// How many of the words are not of a Latin, Greek or Cyrillic script nor counted as `han`.
    pub(super) foreign: u32,
    pub(super) cyrillic_greek: u32,
    /// How many words go on the one before: "it's", "well-known". No feature, but counted here that a text is read once.
    pub(super) joined: u32,
    /// Whether it has characters that such words and ours are of two minds about.
    pub(super) is_moot: bool,
    /// Which kinds of signs it has: no feature, but seen here that a text is read once.
    pub(super) signs: Signs,
}

/// What kind of character stands at the start or end of a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Edge {
    #[default]
    Nothing,
    Lower,
    Upper,
    Digit,
    Han,
    Stop,
    Comma,
    Colon,
    Quote,
    Bracket,
    Separator,
    Ellipsis,
    Sign,
}

impl Shape {
    /// How long the text is in words of a language with spaces: two Han characters make about one word.
    pub(super) fn words(&self) -> u32 {
        self.tokens - self.han + self.han.div_ceil(2)
    }

    /// The same where what is joined by hyphens and apostrophes is one word; not known of some texts.
    pub(super) fn joined_words(&self) -> Option<u32> {
        (!self.is_moot).then(|| self.words() - self.joined)
    }

    /// Whether the text closes a sentence, quotes and brackets aside.
    pub(super) fn ends_sentence(&self) -> bool {
        matches!(self.last, Edge::Stop | Edge::Ellipsis | Edge::Quote)
    }
}

/// What a text begins or ends with that does so with a character of each kind.
const EDGES: [Edge; KINDS] = {
    let mut edges = [Edge::Sign; KINDS];
    edges[Kind::Han as usize] = Edge::Han;
    edges[Kind::Stop as usize] = Edge::Stop;
    edges[Kind::Question as usize] = Edge::Stop;
    edges[Kind::Comma as usize] = Edge::Comma;
    edges[Kind::Colon as usize] = Edge::Colon;
    edges[Kind::Quote as usize] = Edge::Quote;
    edges[Kind::Bracket as usize] = Edge::Bracket;
    edges[Kind::Separator as usize] = Edge::Separator;
    edges[Kind::Ellipsis as usize] = Edge::Ellipsis;
    edges
};

/// The seed of word hashes (FNV-1a, 32 bit).
const SEED: u32 = 0x811c_9dc5;

/// Adds a code unit to a word's hash.
pub(super) fn mix(hash: u32, unit: u32) -> u32 {
    (hash ^ unit).wrapping_mul(0x0100_0193)
}

/// Scans a text; the hashes of its words, case folded for ASCII, are added to `words`.
pub(super) fn scan(text: &str, words: &mut Vec<u32>) -> Shape {
    scan_by::<true>(text, words)
}

/// Scans a text, most words and numbers of ASCII as a whole or all character by character.
fn scan_by<const WHOLE: bool>(text: &str, words: &mut Vec<u32>) -> Shape {
    let mut scan = Scan {
        shape: Shape::default(),
        counts: [0; KINDS],
        words,
        word: Word::new(),
        is_first: true,
        goes_on: false,
        last: Edge::Nothing,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Most of any Latin text is words of small letters with a space behind, some with a capital at their head.
        if WHOLE && (byte.is_ascii_lowercase() || byte.is_ascii_uppercase() && scan.word.length == 0) {
            at = scan.small_letters(bytes, at, byte.is_ascii_uppercase());
            continue;
        }
        if WHOLE && byte.is_ascii_digit() && scan.word.length == 0 {
            at = scan.digits(bytes, at);
            continue;
        }
        if is_gap(byte) {
            scan.end_word();
            scan.goes_on = false;
            scan.gap(byte);
            if byte == b' ' && bytes.get(at.wrapping_sub(1)) == Some(&b' ') {
                scan.shape.signs = scan.shape.signs.or(Signs::GAP);
            }
            at += 1;
            continue;
        }
        // A character's first byte has all signs of the others.
        scan.shape.signs = scan.shape.signs.or(Signs::of_byte(byte));
        let (kind, unit, joins);
        if byte < 0x80 {
            joins = matches!(byte, b'\'' | b'-');
            kind = kind::ASCII[usize::from(byte)];
            unit = u32::from(if kind == Kind::Upper { byte | 0x20 } else { byte });
            at += 1;
        } else {
            let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\u{fffd}');
            let look = Look::of(c);
            kind = look.kind;
            joins = matches!(c, '’' | '\u{ad}');
            scan.shape.is_moot |= !look.is_alike;
            unit = kind::small(c as u32);
            at += c.len_utf8();
        }
        if kind.is_word() {
            scan.shape.chars += 1;
            scan.word.add(kind, unit);
            continue;
        }
        scan.end_word();
        scan.goes_on &= joins;
        scan.counts[kind as usize] += 1;
        match kind {
            Kind::Space | Kind::Line => continue,
            Kind::Han => scan.words.push(mix(SEED, unit) & !1),
            Kind::Colon => {
                let is_before_digit = bytes.get(at).is_some_and(u8::is_ascii_digit);
                scan.shape.has_time |= scan.last == Edge::Digit && is_before_digit;
            }
            _ => {}
        }
        scan.shape.chars += 1;
        let edge = EDGES[kind as usize];
        scan.begin(edge);
        // A closing quote or bracket does not hide the stop before it.
        if !(matches!(edge, Edge::Quote | Edge::Bracket) && scan.last == Edge::Stop) {
            scan.last = edge;
        }
    }
    scan.end_word();
    scan.finish()
}

/// What a scan has found so far.
struct Scan<'w> {
    shape: Shape,
    /// How many characters there are of each kind that is no part of words.
    counts: [u32; KINDS],
    words: &'w mut Vec<u32>,
    /// The word being read.
    word: Word,
    /// Whether nothing was seen yet that is no white space.
    is_first: bool,
    /// Whether only signs that join stand behind the last word.
    goes_on: bool,
    /// What the text so far ends with.
    last: Edge,
}

impl Scan<'_> {
    /// Notes how the text begins if it begins here.
    fn begin(&mut self, edge: Edge) {
        if self.is_first {
            self.shape.first = edge;
            self.is_first = false;
        }
    }

    /// Reads small letters of ASCII from `at` on, the first a capital if a word begins so; gives where to read on.
    fn small_letters(&mut self, bytes: &[u8], at: usize, is_capital: bool) -> usize {
        let (mut hash, mut end) = (self.word.hash, at);
        if is_capital {
            hash = mix(hash, u32::from(bytes[at] | 0x20));
            end += 1;
        }
        while let Some(letter) = bytes.get(end).filter(|byte| byte.is_ascii_lowercase()) {
            hash = mix(hash, u32::from(*letter));
            end += 1;
        }
        let length = (end - at) as u32;
        self.shape.chars += length;
        if self.is_word_before(bytes.get(end)) {
            // The same as a word that ends, without all that such a word cannot be.
            self.begin(if is_capital { Edge::Upper } else { Edge::Lower });
            self.last = if is_capital && length == 1 { Edge::Upper } else { Edge::Lower };
            self.shape.capital_words += u32::from(is_capital);
            return self.end_whole(hash & !1, length, bytes, end);
        }
        if is_capital {
            self.word.add(Kind::Upper, u32::from(bytes[at] | 0x20));
        }
        if length > u32::from(is_capital) {
            self.word.add_small(hash, length - u32::from(is_capital));
        }
        end
    }

    /// Reads digits of ASCII that a word begins with at `at`; gives where to read on.
    fn digits(&mut self, bytes: &[u8], at: usize) -> usize {
        let (mut hash, mut number, mut end) = (SEED, 0_u32, at);
        while let Some(digit) = bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
            hash = mix(hash, u32::from(*digit));
            number = number.wrapping_mul(10).wrapping_add(u32::from(*digit & 15));
            end += 1;
        }
        let length = (end - at) as u32;
        self.shape.chars += length;
        self.shape.signs = self.shape.signs.or(Signs::of_byte(b'0'));
        if self.is_word_before(bytes.get(end)) {
            self.begin(Edge::Digit);
            self.last = Edge::Digit;
            self.shape.digits += length;
            self.shape.numbers += 1;
            self.shape.years += u32::from(is_year(length, number));
            return self.end_whole(hash | 1, length, bytes, end);
        }
        let (first, last) = (Kind::Digit, Kind::Digit);
        self.word = Word { hash, length, digits: length, number, first, last, ..Word::new() };
        end
    }

    /// Whether what was read is a whole word, since none was being read before and this byte stands behind.
    #[inline]
    fn is_word_before(&self, byte: Option<&u8>) -> bool {
        // What is not ASCII may go on with the word.
        let ends_word = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
        self.word.length == 0 && byte.is_none_or(ends_word)
    }

    /// Adds a word that was read as a whole up to `end`; gives where to read on.
    #[inline]
    fn end_whole(&mut self, hash: u32, length: u32, bytes: &[u8], end: usize) -> usize {
        self.words.push(hash);
        self.shape.tokens += 1;
        self.shape.short_words += u32::from(length <= 3);
        self.shape.joined += u32::from(self.goes_on);
        let gap = bytes.get(end).filter(|byte| is_gap(**byte));
        self.goes_on = gap.is_none();
        gap.inspect(|byte| self.gap(**byte));
        end + usize::from(gap.is_some())
    }

    /// Notes a space, a tabulator or the end of a line.
    #[inline]
    fn gap(&mut self, byte: u8) {
        self.counts[Kind::Line as usize] += u32::from(byte == b'\n');
        self.shape.signs = self.shape.signs.or(Signs::of_byte(byte));
    }

    /// Ends the word that is being read, if one is.
    #[inline]
    fn end_word(&mut self) {
        if self.word.length > 0 {
            self.begin(edge_of(self.word.first));
            self.last = edge_of(self.word.last);
            self.word.end(&mut self.shape, self.words);
            self.shape.joined += u32::from(self.goes_on);
            self.goes_on = true;
        }
    }

    /// All that was found.
    fn finish(self) -> Shape {
        let count = |kind: Kind| self.counts[kind as usize];
        Shape {
            last: self.last,
            tokens: self.shape.tokens + count(Kind::Han),
            han: count(Kind::Han),
            lines: 1 + count(Kind::Line),
            stops: count(Kind::Stop) + count(Kind::Question),
            questions: count(Kind::Question),
            commas: count(Kind::Comma),
            colons: count(Kind::Colon),
            quotes: count(Kind::Quote),
            brackets: count(Kind::Bracket),
            separators: count(Kind::Separator),
            money: count(Kind::Money),
            other_signs: count(Kind::Sign),
            has_copyright: count(Kind::Copyright) > 0,
            has_address: count(Kind::At) > 0,
            ..self.shape
        }
    }
}

/// Whether a number of so many digits may be a year.
fn is_year(digits: u32, number: u32) -> bool {
    digits == 4 && matches!(number, 1900..=2099)
}

/// Whether a word, by its hash, is a number: what the lowest bit says.
pub(super) fn is_number(word: u32) -> bool {
    word & 1 == 1
}

/// Whether a byte is white space that stands between words all the time.
fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}

/// The word being read.
struct Word {
    hash: u32,
    length: u32,
    digits: u32,
    capitals: u32,
    first: Kind,
    last: Kind,
    number: u32,
}

impl Word {
    fn new() -> Self {
        Self {
            hash: SEED,
            length: 0,
            digits: 0,
            capitals: 0,
            first: Kind::Space,
            last: Kind::Space,
            number: 0,
        }
    }

    fn add(&mut self, kind: Kind, unit: u32) {
        if self.length == 0 {
            self.first = kind;
        }
        self.last = kind;
        self.hash = mix(self.hash, unit);
        self.length += 1;
        if kind == Kind::Digit {
            self.digits += 1;
            self.number = self.number.wrapping_mul(10).wrapping_add(unit & 15);
        }
        self.capitals += u32::from(matches!(kind, Kind::Upper | Kind::EastUpper));
    }

    /// Adds small ASCII letters, which make of its hash another.
    fn add_small(&mut self, hash: u32, letters: u32) {
        if self.length == 0 {
            self.first = Kind::Lower;
        }
        self.last = Kind::Lower;
        self.hash = hash;
        self.length += letters;
    }

    fn end(&mut self, shape: &mut Shape, words: &mut Vec<u32>) {
        let is_number = self.digits == self.length;
        words.push(self.hash & !1 | u32::from(is_number));
        shape.tokens += 1;
        shape.digits += self.digits;
        shape.numbers += u32::from(is_number);
        shape.years += u32::from(is_number && is_year(self.length, self.number));
        shape.capital_words += u32::from(matches!(self.first, Kind::Upper | Kind::EastUpper));
        shape.shouted_words += u32::from(self.capitals >= 2 && self.capitals == self.length);
        shape.short_words += u32::from(self.length <= 3);
        shape.foreign += u32::from(self.first == Kind::Letter);
        shape.cyrillic_greek += u32::from(matches!(self.first, Kind::EastLower | Kind::EastUpper));
        *self = Self::new();
    }
}

fn edge_of(kind: Kind) -> Edge {
    match kind {
        Kind::Upper | Kind::EastUpper => Edge::Upper,
        Kind::Digit => Edge::Digit,
        _ => Edge::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(text: &str) -> Shape {
        scan(text, &mut Vec::new())
    }

    #[test]
    fn words_are_counted_in_every_script() {
        assert_eq!(shape("The ship ran aground, twice.").tokens, 5);
        assert_eq!(shape("Корабль сел на мель.").tokens, 4);
        assert_eq!(shape("船在河口搁浅。").tokens, 6);
        assert_eq!(shape("船在河口搁浅。").words(), 3);
        assert_eq!(shape("").tokens, 0);
    }

    #[test]
    fn stops_of_every_script_end_sentences() {
        for text in ["It sank.", "It sank.”", "它沉了。", "क्या वह डूब गया।", "هل غرقت؟", "It sank…"]
        {
            assert!(shape(text).ends_sentence(), "{text}");
        }
        assert!(!shape("Read more").ends_sentence());
    }

    #[test]
    fn words_are_those_of_a_slow_reader() {
        let text = "The SHIP ran aground,aground twice: iPhone 15x don't\tso 1907.";
        let mut words = Vec::new();
        let found = scan(text, &mut words);
        let slow = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let slow = slow.map(|word| {
            let hash = word.bytes().map(|b| b.to_ascii_lowercase().into()).fold(SEED, mix);
            hash & !1 | u32::from(word.bytes().all(|b| b.is_ascii_digit()))
        });
        assert_eq!(words, slow.collect::<Vec<_>>());
        assert_eq!(found.chars as usize, text.bytes().filter(|b| !b.is_ascii_whitespace()).count());
        assert_eq!((found.capital_words, found.shouted_words, found.short_words), (2, 1, 6));
    }

    proptest! {
        #[test]
        fn words_read_as_a_whole_are_words_like_others(
            text in "([ab]{1,4}|[AB]|[0-9]{1,2}|19|20|199|-|'|[,.:!()|]|[ \t\n]|é|Я|漢|\u{a0}|\u{ad}|€){0,24}"
        ) {
            let (mut words, mut slow_words) = (Vec::new(), Vec::new());
            let (found, slow) = (scan(&text, &mut words), scan_by::<false>(&text, &mut slow_words));
            prop_assert_eq!(words, slow_words);
            prop_assert_eq!(format!("{found:?}"), format!("{slow:?}"));
        }
    }

    #[test]
    fn signs_are_those_of_a_reader_of_nothing_else() {
        let pieces =
            ["a", "Ab", "7", " ", "  ", "\n", "-", "'", ":", "/", "|", "`", "é", "–", "：", "漢", "\t"];
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    for text in [format!("{first}{second}{third}"), format!("ship{first}{second}ran{third}")]
                    {
                        assert_eq!(shape(&text).signs, Signs::of(&text), "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn times_and_years_are_seen() {
        let shape = shape("Published 12:30, 5 May 2024");
        assert!(shape.has_time);
        assert_eq!((shape.years, shape.numbers), (1, 4));
    }
}
