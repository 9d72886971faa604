//! What a character is to the scan of a text's looks.
//!
//! It takes a long list of ranges to know one, so each is looked for once: the answers for all alphabets are written down,
//! 256 characters at a time when the first of them is asked about.

use crate::letter::is_alphanumeric;
use std::sync::OnceLock;

/// Of what kind a character is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Space,
    Line,
    Lower,
    Upper,
    /// A letter of a script without capitals.
    Letter,
    /// A letter of Greek or Cyrillic, small or capital.
    EastLower,
    EastUpper,
    Digit,
    Han,
    Stop,
    Question,
    Comma,
    Colon,
    Quote,
    Bracket,
    Separator,
    Ellipsis,
    Money,
    Copyright,
    At,
    Sign,
}

impl Kind {
    /// Whether such a character is a part of words of several.
    pub(super) fn is_word(self) -> bool {
        matches!(
            self,
            Self::Lower | Self::Upper | Self::Letter | Self::EastLower | Self::EastUpper | Self::Digit
        )
    }
}

/// How many kinds there are.
pub(super) const KINDS: usize = Kind::Sign as usize + 1;

/// The kinds of ASCII.
pub(super) const ASCII: [Kind; 128] = {
    let mut table = [Kind::Sign; 128];
    let mut at = 0;
    while at < 128 {
        table[at] = match at as u8 {
            b'\n' => Kind::Line,
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => Kind::Space,
            b'a'..=b'z' => Kind::Lower,
            b'A'..=b'Z' => Kind::Upper,
            b'0'..=b'9' => Kind::Digit,
            b'.' | b'!' => Kind::Stop,
            b'?' => Kind::Question,
            b',' | b';' => Kind::Comma,
            b':' => Kind::Colon,
            b'"' | b'\'' | b'`' => Kind::Quote,
            b'(' | b')' | b'[' | b']' | b'{' | b'}' => Kind::Bracket,
            b'|' | b'/' | b'>' | b'<' | b'*' | b'\\' | b'~' => Kind::Separator,
            b'$' | b'%' => Kind::Money,
            b'@' => Kind::At,
            _ => Kind::Sign,
        };
        at += 1;
    }
    table
};

/// The kind of a character beyond ASCII.
fn kind_of(c: char) -> Kind {
    match c as u32 {
        0x85 => Kind::Line,
        0xa0 => Kind::Space,
        0xab | 0xbb | 0x2018..=0x201f | 0x2039 | 0x203a | 0x300a..=0x300f | 0xff02 | 0xff07 => Kind::Quote,
        0xa9 => Kind::Copyright,
        0xb7 | 0x2022..=0x2024 | 0x2027 | 0x2190..=0x21ff | 0x25a0..=0x25ff | 0x30fb | 0xff5c => {
            Kind::Separator
        }
        0xa2..=0xa5 | 0x20a0..=0x20cf | 0xffe0 | 0xffe1 | 0xffe5 => Kind::Money,
        0xa1 | 0x589 | 0x6d4 | 0x964 | 0x965 | 0x3002 | 0xff01 | 0xff0e | 0xff61 => Kind::Stop,
        0xbf | 0x37e | 0x61f | 0xff1f => Kind::Question,
        0x60c | 0x61b | 0x3001 | 0xff0c | 0xff1b | 0xff64 => Kind::Comma,
        0xff1a => Kind::Colon,
        0x2026 => Kind::Ellipsis,
        0x3008 | 0x3009 | 0x3010 | 0x3011 | 0x3014 | 0x3015 | 0xff08 | 0xff09 => Kind::Bracket,
        0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 | 0xfeff => Kind::Space,
        0xaa | 0xb5 | 0xba => Kind::Lower,
        0xd7 | 0xf7 | 0x80..=0xbf => Kind::Sign,
        0xc0..=0x24f | 0x1e00..=0x1eff => {
            if c.is_uppercase() {
                Kind::Upper
            } else {
                Kind::Lower
            }
        }
        0x370..=0x52f | 0x1f00..=0x1fff => {
            if c.is_uppercase() {
                Kind::EastUpper
            } else {
                Kind::EastLower
            }
        }
        0xe00..=0xe7f
        | 0x1000..=0x109f
        | 0x3040..=0x30ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xf900..=0xfaff
        | 0x20000..=0x3ffff => Kind::Han,
        0xff10..=0xff19 | 0x660..=0x669 | 0x6f0..=0x6f9 | 0x966..=0x96f => Kind::Digit,
        0x2010..=0x2bff | 0x3003..=0x303f | 0xfe00..=0xff0f | 0x1f000..=0x1ffff => Kind::Sign,
        _ => {
            if is_alphanumeric(c) {
                Kind::Letter
            } else {
                Kind::Sign
            }
        }
    }
}

/// Whether a character beyond ASCII is the same to the scan and to who counts words for rules, so that both see the same words
/// but for joined ones: all of Latin, Cyrillic, Chinese and Hangul, most of Greek, Hebrew, Arabic and Kana, dashes, quotes,
/// bullets, currencies, arrows and pictures.
fn is_counted_alike(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{b1}' | '\u{b4}'..='\u{b8}' | '\u{ba}' | '\u{bb}' | '\u{c0}'..='\u{24f}'
        | '\u{3a3}'..='\u{3f5}' | '\u{400}'..='\u{481}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}'
        | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{206f}' | '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{21ff}'
        | '\u{25a0}'..='\u{25ff}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff1f}'
        | '\u{1f300}'..='\u{1f6ff}')
}

/// What the scan asks of a character beyond ASCII.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Look {
    pub(super) kind: Kind,
    /// Whether it is the same to who counts words for rules.
    pub(super) is_alike: bool,
}

/// What follows the alphabets and Kana: Chinese, Hangul, and what is rare.
const ALPHABETS_END: usize = 0x3400;
/// So many characters are written down together.
const TOGETHER: usize = 0x100;

impl Look {
    /// That of a character.
    #[inline]
    pub(super) fn of(c: char) -> Self {
        static LOOKS: [OnceLock<[Look; TOGETHER]>; ALPHABETS_END / TOGETHER] =
            [const { OnceLock::new() }; ALPHABETS_END / TOGETHER];

        let (together, at) = (c as usize / TOGETHER, c as usize % TOGETHER);
        match (LOOKS.get(together), c) {
            (Some(looks), _) => looks.get_or_init(|| Self::all_of(together))[at],
            (None, '\u{4e00}'..='\u{9fff}') => Self { kind: Kind::Han, is_alike: true },
            (None, '\u{ac00}'..='\u{d7a3}') => Self { kind: Kind::Letter, is_alike: true },
            _ => Self::found(c),
        }
    }

    fn found(c: char) -> Self {
        Self { kind: kind_of(c), is_alike: is_counted_alike(c) }
    }

    #[cold]
    fn all_of(together: usize) -> [Self; TOGETHER] {
        // There are no surrogates among the alphabets.
        let look = |at| Self::found(char::from_u32((together * TOGETHER + at) as u32).unwrap_or_default());
        core::array::from_fn(look)
    }
}

/// The small letter of the commonest capitals beyond ASCII; others stay as they are.
pub(super) fn small(unit: u32) -> u32 {
    match unit {
        0xc0..=0xde | 0x391..=0x3a9 | 0x410..=0x42f => unit + 0x20,
        0x100..=0x137 | 0x14a..=0x177 | 0x1e00..=0x1eff => unit | 1,
        _ => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_what_is_found() {
        for c in '\u{80}'..=char::MAX {
            assert_eq!(Look::of(c), Look::found(c), "{c:?}");
        }
    }
}
