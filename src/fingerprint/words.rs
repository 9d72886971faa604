//! Words: the folded text cut by the rules of Unicode, each word as one hash.
//!
//! The words are those of UAX #29 in the folded text, as the crate `unicode-segmentation` finds them. A word of
//! plain ASCII, which is nearly every word of many languages, is found by bit masks and hashed eight bytes at a time; only
//! a word that touches something else is folded and cut with care. Scripts written without spaces come out as single
//! characters (so UAX #29), which makes their shingles n-grams of characters.

use super::fold::fold_into;
use super::hash::{WORD, WORD_SEED, fold_multiply};
use super::masks::{Masks, masks};
use unicode_segmentation::UnicodeSegmentation;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The hash of its key: its folded letters and digits.
    pub(crate) hash: u64,
    /// Whether it begins with a digit: a number, a date, a time, a score.
    pub(crate) is_figure: bool,
}

/// Hands every word of `text` to `each`, in order.
#[inline]
pub(crate) fn for_each_word(text: &str, mut each: impl FnMut(Word)) {
    let bytes = text.as_bytes();
    let mut scratch = String::new();
    // Where the word began that is not at its end yet, and up to where words were cut with care.
    let (mut open, mut done) = (None, 0);
    let mut before = Masks { plain: 0, mark: 0, awkward: 0 };
    let mut here = masks_at(bytes, 0);
    for base in (0..bytes.len() + 1).step_by(64) {
        let after = masks_at(bytes, base + 64);
        let plain_before = here.plain << 1 | before.plain >> 63;
        let trouble = here.awkward | joints(before, here, after);
        let edges = here.plain ^ plain_before;
        // At `done` itself a word may end that was cut with care.
        if trouble == 0 && base > done {
            // Words begin and end in turns, the first may have begun before.
            let (mut starts, mut ends) = (edges & here.plain, edges & !here.plain);
            if let Some(start) = open
                && ends != 0
            {
                each(hash_plain(bytes, start, base + ends.trailing_zeros() as usize));
                ends &= ends - 1;
                open = None;
            }
            while ends != 0 {
                let (start, end) = (starts.trailing_zeros() as usize, ends.trailing_zeros() as usize);
                each(hash_plain(bytes, base + start, base + end));
                (starts, ends) = (starts & (starts - 1), ends & (ends - 1));
            }
            if starts != 0 {
                open = Some(base + starts.trailing_zeros() as usize);
            }
        } else {
            let mut events = edges | trouble;
            while events != 0 {
                let bit = events.trailing_zeros();
                let at = base + bit as usize;
                events &= events - 1;
                if at < done {
                    continue;
                }
                if trouble >> bit & 1 == 1 {
                    done = careful(text, open.take().unwrap_or(at), &mut scratch, &mut each);
                } else if here.plain >> bit & 1 == 1 {
                    open = Some(at);
                } else if let Some(start) = open.take() {
                    each(hash_plain(bytes, start, at));
                }
            }
        }
        (before, here) = (here, after);
    }
}

/// The masks of the block at `base`; white space follows the text.
#[inline]
fn masks_at(bytes: &[u8], base: usize) -> Masks {
    match bytes.get(base..).and_then(|rest| rest.first_chunk()) {
        Some(block) => masks(block),
        None => {
            let mut block = [b' '; 64];
            let rest = bytes.get(base..).unwrap_or_default();
            block[..rest.len()].copy_from_slice(rest);
            masks(&block)
        }
    }
}

/// Punctuation that stands alone between two words and may join them.
#[inline]
fn joints(before: Masks, here: Masks, after: Masks) -> u64 {
    let word = |masks: Masks| masks.plain | masks.awkward;
    let left = word(here) << 1 | word(before) >> 63;
    let right = word(here) >> 1 | word(after) << 63;
    here.mark & left & right
}

/// Folds and cuts the text from `start` to the next ASCII white space, and returns that place.
///
/// No rule of UAX #29 joins words over ASCII white space, so the words are those of the whole text.
fn careful(text: &str, start: usize, scratch: &mut String, each: &mut impl FnMut(Word)) -> usize {
    let length = text.as_bytes()[start..].iter().position(|&b| b <= b' ');
    let end = length.map_or(text.len(), |l| start + l);
    let text = &text[start..end];
    if text.bytes().all(|b| b.is_ascii() && b != b'&') {
        // Nothing to fold but case.
        for_each_ascii_word(text.as_bytes(), |word, _| each(word));
    } else if spell_in_ascii(text.as_bytes(), scratch) {
        for_each_ascii_word(scratch.as_bytes(), |word, _| each(word));
    } else {
        scratch.clear();
        fold_into(text, scratch);
        for_each_folded_word(scratch, |word, _| each(word));
    }
    end
}

/// Writes a text to `out` in ASCII if that takes no more than the usual quotation marks, dashes and accents, as in most
/// languages of Latin letters: an apostrophe joins words, the other marks part them like a space, letters lose their accents.
fn spell_in_ascii(text: &[u8], out: &mut String) -> bool {
    out.clear();
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let (c, length) = match (*first, after) {
            (b'&', _) => return false,
            (b'\0'..=b'\x7F', _) => (*first, 1),
            (0xE2, [0x80, 0x98 | 0x99, ..]) => (b'\'', 3),
            // – — “ ” …
            (0xE2, [0x80, 0x93 | 0x94 | 0x9C | 0x9D | 0xA6, ..]) => (b' ', 3),
            // No-break space, « and ».
            (0xC2, [0xA0 | 0xAB | 0xBB, ..]) => (b' ', 2),
            // Before other characters it may be a character of UTF-8 in disguise.
            (0xC3, [letter @ 0x80..=0xBF, next @ ..])
                if WITHOUT_ACCENT[usize::from(letter & 0x3F)] != b'?'
                    && next.first().is_none_or(|&b| b.is_ascii() || b == 0xC3) =>
            {
                (WITHOUT_ACCENT[usize::from(letter & 0x3F)], 2)
            }
            _ => return false,
        };
        out.push(char::from(c));
        rest = &rest[length..];
    }
    true
}

/// The letters of U+00C0 to U+00FF; a question mark for those that fold into something else than one ASCII letter.
const WITHOUT_ACCENT: &[u8; 64] = b"aaaaaa?ceeeeiiii?nooooo??uuuuy??aaaaaa?ceeeeiiii?nooooo??uuuuy?y";

/// Hands every word of a folded text to `each`, with its place.
pub(crate) fn for_each_folded_word(folded: &str, mut each: impl FnMut(Word, std::ops::Range<usize>)) {
    if folded.is_ascii() {
        return for_each_ascii_word(folded.as_bytes(), each);
    }
    for (start, word) in folded.unicode_word_indices() {
        if let Some(key) = Key::of(word.chars()) {
            each(key, start..start + word.len());
        }
    }
}

/// The rules of UAX #29 as far as they concern ASCII: letters, digits and `_` hold together, a single `.`, `'` or
/// `:` joins letters, a single `.`, `'`, `,` or `;` joins digits.
fn for_each_ascii_word(bytes: &[u8], mut each: impl FnMut(Word, std::ops::Range<usize>)) {
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while at < bytes.len() {
            let inside = bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_';
            let joins = || match (bytes[at - 1], bytes[at], bytes.get(at + 1)) {
                (b'a'..=b'z' | b'A'..=b'Z', b'.' | b'\'' | b':', Some(next)) => next.is_ascii_alphabetic(),
                (b'0'..=b'9', b'.' | b'\'' | b',' | b';', Some(next)) => next.is_ascii_digit(),
                _ => false,
            };
            if !inside && !joins() {
                break;
            }
            at += 1;
        }
        let mut key = Key::new();
        for &byte in &bytes[start..at] {
            key.add_ascii(byte);
        }
        if let Some(word) = key.finish() {
            each(word, start..at);
        }
    }
}

/// A word's key, hashed as it is spelled out: its folded text without apostrophes and other marks, so that `don't`
/// and `dont`, `U.S.` and `US`, `1,000` and `1000` are the same word. A point after a digit stays: 3.5 is not 35.
struct Key {
    hash: u64,
    chunk: u64,
    filled: u32,
    first: Option<char>,
    after_digit: bool,
}

impl Key {
    fn new() -> Self {
        Self { hash: WORD_SEED, chunk: 0, filled: 0, first: None, after_digit: false }
    }

    fn of(chars: impl Iterator<Item = char>) -> Option<Word> {
        let mut key = Self::new();
        for c in chars {
            match u8::try_from(c) {
                Ok(byte) if byte.is_ascii() => key.add_ascii(byte),
                _ => {
                    key.first.get_or_insert(c);
                    key.after_digit = false;
                    let mut buffer = [0; 4];
                    c.encode_utf8(&mut buffer).bytes().for_each(|b| key.push(b));
                }
            }
        }
        key.finish()
    }

    fn add_ascii(&mut self, byte: u8) {
        if byte.is_ascii_alphanumeric() || (byte == b'.' && self.after_digit) {
            self.first.get_or_insert(char::from(byte));
            self.push(byte.to_ascii_lowercase());
        }
        self.after_digit = byte.is_ascii_digit();
    }

    fn push(&mut self, byte: u8) {
        self.chunk |= u64::from(byte) << (8 * self.filled);
        self.filled += 1;
        if self.filled == 8 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.hash = fold_multiply(self.hash ^ self.chunk, WORD);
        (self.chunk, self.filled) = (0, 0);
    }

    /// The word, unless there was nothing to hash.
    fn finish(mut self) -> Option<Word> {
        let is_figure = self.first?.is_ascii_digit();
        if self.filled > 0 {
            self.flush();
        }
        Some(Word { hash: self.hash, is_figure })
    }
}

/// Hashes the word of ASCII letters and digits at `start..end` as [`Key`] would.
#[inline]
fn hash_plain(bytes: &[u8], start: usize, end: usize) -> Word {
    let mut hash = WORD_SEED;
    let mut at = start;
    let mut chunk = eight_bytes(bytes, at);
    // The high nibble of digits is 3, that of letters 4 or more.
    let is_figure = chunk & 0x40 == 0;
    while end - at > 8 {
        hash = fold_multiply(hash ^ (chunk | SMALL), WORD);
        at += 8;
        chunk = eight_bytes(bytes, at);
    }
    let mask = u64::MAX >> (64 - 8 * (end - at));
    Word { hash: fold_multiply(hash ^ ((chunk | SMALL) & mask), WORD), is_figure }
}

/// The bit that makes ASCII letters small and leaves digits as they are.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Eight bytes of the text; zeros follow it.
#[inline]
fn eight_bytes(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => {
            let mut chunk = [0; 8];
            let rest = bytes.get(at..).unwrap_or_default();
            chunk[..rest.len()].copy_from_slice(rest);
            u64::from_le_bytes(chunk)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fast(text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for_each_word(text, |w| words.push(w));
        words
    }

    /// The definition: fold all of the text, cut it with `unicode-segmentation`, hash each word's key.
    fn slow(text: &str) -> Vec<Word> {
        let mut folded = String::new();
        fold_into(text, &mut folded);
        folded.unicode_words().filter_map(|w| Key::of(w.chars())).collect()
    }

    #[test]
    fn spellings_of_one_word_have_one_hash() {
        for (one, other) in [
            ("don't U.S. 1,000 state-of-the-art", "DONT us 1000 State of the Art"),
            ("“Crème” brûlée’s", "\"creme\" brulees"),
            ("well—known", "well--known"),
            ("snake_case_name", "snakecasename"),
            ("internationalisation", "INTERNATIONALISATION"),
        ] {
            assert_eq!(fast(one), fast(other), "{one}");
        }
        assert_ne!(fast("3.5"), fast("35"));
        assert_ne!(fast("abcdefgh"), fast("abcdefg"));
    }

    #[test]
    fn words_that_begin_with_a_digit_are_figures() {
        let figures: Vec<bool> =
            fast("Up 3.5% in 1980s for 10th B2B '５").iter().map(|w| w.is_figure).collect();
        assert_eq!(figures, [false, true, false, true, false, true, false, true]);
    }

    #[test]
    fn scripts_without_spaces_come_out_as_characters() {
        assert_eq!(fast("日本語の文章").len(), 6);
        assert_eq!(fast("日本語の文章"), fast("日 本 語 の 文 章"));
        assert!(fast("ภาษาไทย").len() >= 4);
    }

    #[test]
    fn words_are_the_same_wherever_blocks_begin() {
        for shift in 0..130 {
            for text in ["— x", "00AA\0 00", "é 00", "don't 00", "abcdefghijklmnop-q", "_a_ b"] {
                assert_eq!(fast(&format!("{}{text}", " ".repeat(shift))), fast(text), "{shift} {text}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

        #[test]
        fn the_fast_path_agrees_with_unicode_segmentation(
            text in r#"([a-dA-Z0-9]{1,10}|[ .,:;'"_&#()\-\n\t\x00\x7f]|[’“”…—·é½Â£ÃâœÉ€™ßßüÇÑÿØ×«»–‘\u{200b}\u{ad}\u{301}\u{fe0f}\u{200d}\u{a0}]|&amp;|&#8217;|&nbsp;|[日本カタカナがのไทยहिन्दीעבריתعربי한국]|[🙂👨‍👩‍👧🇩🇪]){0,99}"#
        ) {
            prop_assert_eq!(fast(&text), slow(&text));
        }

        #[test]
        fn the_fast_path_agrees_on_any_text(text in any::<String>()) {
            prop_assert_eq!(fast(&text), slow(&text));
        }
    }
}
