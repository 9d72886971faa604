//! What `char` says of letters and digits, faster for those that pages are made of.
//!
//! The standard library searches tables for everything beyond ASCII. What it answers is written down here for all
//! alphabets when it is first asked; Chinese and Hangul need no table.

use std::sync::LazyLock;

/// What follows the alphabets and Kana: Chinese, Hangul, and what is rare.
const ALPHABETS_END: usize = 0x3400;
/// What follows the alphabets that have small letters of two bytes: Latin, Greek, Cyrillic, Armenian.
const SMALL_END: usize = 0x590;

const ALPHABETIC: u8 = 1;
const NUMERIC: u8 = 2;

/// The answers of the standard library.
struct Answers {
    /// Kinds of characters, a bit each.
    kinds: [u8; ALPHABETS_END],
    /// The small letter of each, zero for several.
    small: [u16; SMALL_END],
}

static ANSWERS: LazyLock<Answers> = LazyLock::new(|| {
    let mut answers = Answers { kinds: [0; ALPHABETS_END], small: [0; SMALL_END] };
    for (c, kind) in ('\0'..).zip(&mut answers.kinds) {
        *kind = if c.is_alphabetic() { ALPHABETIC } else { 0 } | if c.is_numeric() { NUMERIC } else { 0 };
    }
    for (c, small) in ('\0'..).zip(&mut answers.small) {
        let mut letters = c.to_lowercase();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            *small = u32::from(letter).try_into().unwrap_or(0);
        }
    }
    answers
});

/// Whether a character of an alphabet is of one of these kinds; `None` for other characters.
#[inline]
fn is_of(c: char, kinds: u8) -> Option<bool> {
    ANSWERS.kinds.get(c as usize).map(|kind| kind & kinds != 0)
}

/// Whether a character is Chinese or Hangul, all of which are letters and no numbers.
fn is_chinese_or_hangul(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// [`char::is_alphabetic`].
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    is_of(c, ALPHABETIC).unwrap_or_else(|| is_chinese_or_hangul(c) || c.is_alphabetic())
}

/// [`char::is_numeric`].
#[inline]
pub(crate) fn is_numeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    is_of(c, NUMERIC).unwrap_or_else(|| !is_chinese_or_hangul(c) && c.is_numeric())
}

/// [`char::is_alphanumeric`].
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_of(c, ALPHABETIC | NUMERIC).unwrap_or_else(|| is_chinese_or_hangul(c) || c.is_alphanumeric())
}

/// Writes [`char::to_lowercase`].
pub(crate) fn push_lowercase(c: char, text: &mut String) {
    match c {
        '\u{600}'..='\u{6ff}' | '\u{900}'..='\u{dff}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => {
            text.push(c);
        }
        _ => match ANSWERS.small.get(c as usize).map(|small| u32::from(*small)) {
            Some(small @ 1..) => text.extend(char::from_u32(small)),
            _ => text.extend(c.to_lowercase()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_numeric(c), c.is_numeric(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let mut lower = String::new();
            push_lowercase(c, &mut lower);
            assert_eq!(lower, c.to_lowercase().collect::<String>(), "{c:?}");
        }
    }
}
