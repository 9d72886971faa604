//! Words: the folded text cut by the rules of Unicode, each word as one hash.
//!
//! The words are those of UAX #29 in the folded text, as the crate `unicode-segmentation` finds them. A word of
//! plain ASCII, which is nearly every word of many languages, is found and hashed eight bytes at a time; only a
//! word that touches something else is folded and cut with care. Scripts written without spaces come out as single
//! characters (so UAX #29), which makes their shingles n-grams of characters.

use super::fold::fold_into;
use super::hash::{WORD, WORD_SEED, fold_multiply};
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
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match class(byte) {
            Class::Space | Class::Mark => at += 1,
            Class::Plain => {
                let (end, hash) = hash_plain(bytes, at);
                if ends_plainly(bytes, end) {
                    each(Word { hash, is_figure: byte.is_ascii_digit() });
                    at = end;
                } else {
                    at = careful(text, at, &mut scratch, &mut each);
                }
            }
            Class::Awkward => at = careful(text, at, &mut scratch, &mut each),
        }
    }
}

/// Whether a plain word ends at `end` whatever follows: before white space, or before one mark that cannot join it
/// to another word.
#[inline]
fn ends_plainly(bytes: &[u8], end: usize) -> bool {
    let class_at = |i: usize| bytes.get(i).map_or(Class::Space, |&b| class(b));
    match class_at(end) {
        Class::Space => true,
        Class::Mark => matches!(class_at(end + 1), Class::Space | Class::Mark),
        Class::Plain | Class::Awkward => false,
    }
}

/// Folds and cuts the text from `start` to the next ASCII white space, and returns that place.
///
/// No rule of UAX #29 joins words over ASCII white space, so the words are those of the whole text.
fn careful(text: &str, start: usize, scratch: &mut String, each: &mut impl FnMut(Word)) -> usize {
    let length = text.as_bytes()[start..].iter().position(|&b| matches!(class(b), Class::Space));
    let end = length.map_or(text.len(), |l| start + l);
    scratch.clear();
    fold_into(&text[start..end], scratch);
    for_each_folded_word(scratch, |word, _| each(word));
    end
}

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
        if let Some(word) = Key::of(bytes[start..at].iter().map(|&b| char::from(b))) {
            each(word, start..at);
        }
    }
}

/// A word's key, hashed as it is spelled out: its folded text without apostrophes and other marks, so that `don't`
/// and `dont`, `U.S.` and `US`, `1,000` and `1000` are the same word. A point after a digit stays: 3.5 is not 35.
struct Key {
    hash: u64,
    chunk: [u8; 8],
    filled: usize,
}

impl Key {
    fn of(chars: impl Iterator<Item = char>) -> Option<Word> {
        let mut key = Key { hash: WORD_SEED, chunk: [0; 8], filled: 0 };
        let mut first = None;
        let mut after_digit = false;
        for c in chars {
            let counts =
                if c.is_ascii() { c.is_ascii_alphanumeric() || (c == '.' && after_digit) } else { true };
            if counts {
                first.get_or_insert(c);
                let mut buffer = [0; 4];
                c.encode_utf8(&mut buffer).bytes().for_each(|b| key.push(b));
            }
            after_digit = c.is_ascii_digit();
        }
        let is_figure = first?.is_ascii_digit();
        if key.filled > 0 {
            key.flush();
        }
        Some(Word { hash: key.hash, is_figure })
    }

    fn push(&mut self, byte: u8) {
        self.chunk[self.filled] = byte;
        self.filled += 1;
        if self.filled == 8 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.hash = fold_multiply(self.hash ^ u64::from_le_bytes(self.chunk), WORD);
        self.chunk = [0; 8];
        self.filled = 0;
    }
}

/// Hashes the ASCII letters and digits from `start` on as [`Key`] would; returns their end and the hash.
#[inline]
fn hash_plain(bytes: &[u8], start: usize) -> (usize, u64) {
    let mut hash = WORD_SEED;
    let mut at = start;
    loop {
        let chunk = eight_bytes(bytes, at);
        let others = !plain_bytes(chunk) & EVERY_HIGH_BIT;
        let length = others.trailing_zeros() / 8;
        // `| 0x20` makes letters small and leaves digits as they are.
        let lower = chunk | 0x2020_2020_2020_2020;
        match length {
            8 => hash = fold_multiply(hash ^ lower, WORD),
            0 => return (at, hash),
            1.. => {
                let masked = lower & (u64::MAX >> (64 - 8 * length));
                return (at + length as usize, fold_multiply(hash ^ masked, WORD));
            }
        }
        at += 8;
    }
}

#[inline]
fn eight_bytes(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok()) {
        Some(chunk) => u64::from_le_bytes(chunk),
        None => {
            let mut chunk = [0; 8];
            for (to, from) in chunk.iter_mut().zip(bytes.get(at..).unwrap_or_default()) {
                *to = *from;
            }
            u64::from_le_bytes(chunk)
        }
    }
}

const EVERY_HIGH_BIT: u64 = 0x8080_8080_8080_8080;

/// Sets the high bit of every byte that is an ASCII letter or digit; other bits are noise.
///
/// Adding to a byte below 80 sets its high bit if it is at least a bound, and never carries into the next byte.
#[inline]
fn plain_bytes(chunk: u64) -> u64 {
    const fn every(byte: u8) -> u64 {
        byte as u64 * 0x0101_0101_0101_0101
    }
    let low = chunk & !EVERY_HIGH_BIT;
    let lower = low | every(0x20);
    let letter = (lower + every(0x80 - b'a')) & !(lower + every(0x7F - b'z'));
    let digit = (low + every(0x80 - b'0')) & !(low + every(0x7F - b'9'));
    (letter | digit) & !chunk
}

/// What a byte means for the cutting of words.
#[derive(Clone, Copy)]
enum Class {
    /// ASCII white space and control characters: no word goes on after it.
    Space,
    /// ASCII letters and digits.
    Plain,
    /// ASCII punctuation: may join two words if it stands between them.
    Mark,
    /// Not ASCII, or the beginning of an entity, or `_`, which joins even when it stands beside other marks.
    Awkward,
}

#[inline]
fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Awkward; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let b = byte as u8;
        classes[byte] = match b {
            0..=0x20 | 0x7F => Class::Space,
            b'&' | b'_' => Class::Awkward,
            _ if b.is_ascii_alphanumeric() => Class::Plain,
            _ => Class::Mark,
        };
        byte += 1;
    }
    classes
};

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

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

        #[test]
        fn the_fast_path_agrees_with_unicode_segmentation(
            text in r#"([a-dA-Z0-9]{1,10}|[ .,:;'"_&#()\-\n\t\x00\x7f]|[’“”…—·é½Â£ÃâœÉ€™ßß\u{200b}\u{ad}\u{301}\u{fe0f}\u{200d}\u{a0}]|&amp;|&#8217;|&nbsp;|[日本カタカナがのไทยहिन्दीעבריתعربי한국]|[🙂👨‍👩‍👧🇩🇪]){0,24}"#
        ) {
            prop_assert_eq!(fast(&text), slow(&text));
        }

        #[test]
        fn the_fast_path_agrees_on_any_text(text in any::<String>()) {
            prop_assert_eq!(fast(&text), slow(&text));
        }
    }
}
