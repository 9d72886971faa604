//! What `char` says of letters and digits, faster for those that pages are made of.
//!
//! The standard library searches tables for everything beyond ASCII. What it answers is written down here for all
//! alphabets, 256 characters at a time when the first of them is asked about; Chinese and Hangul need no table.

use std::borrow::Cow;
use std::sync::OnceLock;

/// What follows the alphabets and Kana: Chinese, Hangul, and what is rare.
const ALPHABETS_END: usize = 0x3400;
/// So many characters are written down together.
const TOGETHER: usize = 0x100;

const ALPHABETIC: u8 = 1;
const NUMERIC: u8 = 2;
const SMALL: u8 = 4;

/// The answers of the standard library for some characters.
struct Answers {
    /// Kinds of characters, a bit each.
    kinds: [u8; TOGETHER],
    /// The small letter of each, zero for several.
    small: [u16; TOGETHER],
}

static ANSWERS: [OnceLock<Answers>; ALPHABETS_END / TOGETHER] =
    [const { OnceLock::new() }; ALPHABETS_END / TOGETHER];

/// The answers for a character's neighbours and its place among them; `None` beyond the alphabets.
#[inline]
fn answers(c: char) -> Option<(&'static Answers, usize)> {
    let answers = ANSWERS.get(c as usize / TOGETHER)?;
    Some((answers.get_or_init(|| ask(c as usize / TOGETHER)), c as usize % TOGETHER))
}

#[cold]
fn ask(together: usize) -> Answers {
    let mut answers = Answers { kinds: [0; TOGETHER], small: [0; TOGETHER] };
    for at in 0..TOGETHER {
        let Some(c) = char::from_u32((together * TOGETHER + at) as u32) else { continue };
        let kinds = [(c.is_alphabetic(), ALPHABETIC), (c.is_numeric(), NUMERIC), (c.is_lowercase(), SMALL)];
        answers.kinds[at] = kinds.iter().filter(|(is, _)| *is).fold(0, |kinds, (_, kind)| kinds | kind);
        let mut letters = c.to_lowercase();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            answers.small[at] = u32::from(letter).try_into().unwrap_or(0);
        }
    }
    answers
}

/// Whether a character of an alphabet is of one of these kinds; `None` for other characters.
#[inline]
fn is_of(c: char, kinds: u8) -> Option<bool> {
    answers(c).map(|(answers, at)| answers.kinds[at] & kinds != 0)
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

/// [`char::is_lowercase`].
#[inline]
pub(crate) fn is_lowercase(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_lowercase();
    }
    is_of(c, SMALL).unwrap_or_else(|| !is_chinese_or_hangul(c) && c.is_lowercase())
}

/// [`char::is_numeric`].
#[inline]
pub(crate) fn is_numeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    is_of(c, NUMERIC).unwrap_or_else(|| !is_chinese_or_hangul(c) && c.is_numeric())
}

/// Whether a text has a character that is [`char::is_numeric`].
pub(crate) fn has_number(text: &str) -> bool {
    if text.is_ascii() {
        text.bytes().any(|byte| byte.is_ascii_digit())
    } else {
        text.chars().any(is_numeric)
    }
}

/// [`char::is_alphanumeric`].
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_of(c, ALPHABETIC | NUMERIC).unwrap_or_else(|| is_chinese_or_hangul(c) || c.is_alphanumeric())
}

/// [`char::to_lowercase`] where that is one character.
#[inline]
fn small(c: char) -> Option<char> {
    match c {
        '\0'
        | '\u{600}'..='\u{6ff}'
        | '\u{900}'..='\u{dff}'
        | '\u{3000}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => Some(c),
        _ => match answers(c) {
            Some((answers, at)) => {
                char::from_u32(u32::from(answers.small[at])).filter(|small| *small != '\0')
            }
            None => {
                let mut letters = c.to_lowercase();
                letters.next().filter(|_| letters.next().is_none())
            }
        },
    }
}

/// Writes [`char::to_lowercase`].
pub(crate) fn push_lowercase(c: char, text: &mut String) {
    match small(c) {
        Some(small) => text.push(small),
        None => text.extend(c.to_lowercase()),
    }
}

/// [`str::to_lowercase`], borrowed where nothing changes.
pub(crate) fn lowercase(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let changes = text.bytes().any(|byte| byte.is_ascii_uppercase());
        return if changes { text.to_ascii_lowercase().into() } else { text.into() };
    }
    let Some((changed, _)) = text.char_indices().find(|(_, c)| small(*c) != Some(*c)) else {
        return text.into();
    };
    // Which small form a Σ has hangs on what stands around it.
    if text[changed..].contains('Σ') {
        return text.to_lowercase().into();
    }
    let mut low = String::with_capacity(text.len());
    low.push_str(&text[..changed]);
    text[changed..].chars().for_each(|c| push_lowercase(c, &mut low));
    low.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_numeric(c), c.is_numeric(), "{c:?}");
            assert_eq!(is_lowercase(c), c.is_lowercase(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let mut lower = String::new();
            push_lowercase(c, &mut lower);
            assert_eq!(lower, c.to_lowercase().collect::<String>(), "{c:?}");
        }
    }

    #[test]
    fn texts_become_what_the_standard_library_makes_of_them() {
        let signs = ["a", "B", "Σ", " ", ".", "é", "É", "İ", "\u{212a}", "漢"];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            texts = texts.iter().flat_map(|text| signs.map(|sign| format!("{text}{sign}"))).collect();
            texts.iter().for_each(|text| assert_eq!(lowercase(text), text.to_lowercase()));
        }
        assert!(matches!(lowercase("déjà vu"), Cow::Borrowed(_)));
    }
}
