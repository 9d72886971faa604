//! Text → numbers, words and signs, folded so that every script's dates look alike.

use crate::letter::{is_alphabetic, is_numeric, push_lowercase};

/// A piece of a date as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'t> {
    /// Digits of any script, with how many there were.
    Number(u64, u8),
    /// Letters in lower case; Chinese characters come one by one, for nothing parts them.
    Word(&'t str),
    Sign(char),
}

/// A token and whether white space stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    pub(super) token: Token<'t>,
    pub(super) after_space: bool,
}

/// Lower case, ASCII digits and punctuation, no marks of direction.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // The one letter whose small form has a dot of its own.
            'İ' => folded.push('i'),
            // Latin, Greek, Cyrillic and Armenian letters.
            '\u{c0}'..='\u{2af}' | '\u{370}'..='\u{556}' => push_lowercase(c, &mut folded),
            // Marks of direction, joiners, the byte order mark, and the dot that lower case leaves of a Turkish İ.
            '\u{200b}'
            | '\u{200d}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{61c}'
            | '\u{feff}'
            | '\u{307}' => {}
            '\u{ff01}'..='\u{ff5e}' => {
                let ascii = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
                folded.push(ascii.to_ascii_lowercase());
            }
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => folded.push('-'),
            '、' | '،' => folded.push(','),
            '’' | 'ʼ' | 'ʹ' => folded.push('\''),
            _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            _ if c.is_whitespace() => folded.push(' '),
            _ => match Some(c).filter(|c| is_numeric(*c)).and_then(digit) {
                Some(value) => folded.push(char::from(b'0' + value)),
                None => push_lowercase(c, &mut folded),
            },
        }
    }
    folded
}

/// The value of a decimal digit of a script in living use.
fn digit(c: char) -> Option<u8> {
    /// The zeros of Arabic, Persian, N'Ko, Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada,
    /// Malayalam, Sinhala, Thai, Lao, Tibetan, Myanmar, Khmer and Mongolian; nine follow each.
    const ZEROS: &[u32] = &[
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
        0xed0, 0xf20, 0x1040, 0x17e0, 0x1810,
    ];
    let code = c as u32;
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| (code - zero) as u8)
}

/// The tokens of folded text.
pub(super) fn tokens(folded: &str) -> Vec<Piece<'_>> {
    /// A date with its time and a word or two.
    const USUAL: usize = 16;
    let mut pieces = Vec::with_capacity(USUAL);
    let mut after_space = false;
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        if c.is_whitespace() {
            // A line break parts as much as a stroke does.
            if c == '\n' {
                pieces.push(Piece { token: Token::Sign('\n'), after_space });
            }
            after_space = true;
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (token, len) = if c.is_ascii_digit() {
            let len = rest.bytes().take_while(u8::is_ascii_digit).count();
            // Longer than any time stamp: the number is none of a date, whatever its value.
            let value = rest[..len].parse().unwrap_or(u64::MAX);
            (Token::Number(value, len.min(255) as u8), len)
        } else if is_letter(c) {
            let len = word_len(rest, c);
            (Token::Word(&rest[..len]), len)
        } else {
            (Token::Sign(c), c.len_utf8())
        };
        pieces.push(Piece { token, after_space });
        after_space = false;
        rest = &rest[len..];
    }
    pieces
}

fn word_len(text: &str, first: char) -> usize {
    if is_han(first) {
        return first.len_utf8();
    }
    // Most words are of small letters of ASCII, and so is all that they could go on with.
    let ascii = text.bytes().take_while(u8::is_ascii_lowercase).count();
    if text.as_bytes().get(ascii).is_none_or(|next| next.is_ascii() && !matches!(next, b'\'' | b'.'))
        && ascii > 0
    {
        return ascii;
    }
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        // Thai abbreviates its months with a stop in the middle: ม.ค.
        let goes_on = is_letter(c) && !is_han(c)
            || c == '\''
            || c == '.' && is_thai(first) && chars.peek().is_some_and(|(_, next)| is_thai(*next));
        if !goes_on {
            return at;
        }
        // Catalan and Italian join the article to the month: d'abril, dell'aprile.
        if c == '\'' && matches!(&text[..at], "d" | "l" | "dell") {
            return at + 1;
        }
    }
    text.len()
}

/// Letters and the vowel signs of Indian and Southeast Asian scripts, of which Unicode counts some as marks.
fn is_letter(c: char) -> bool {
    is_alphabetic(c)
        || matches!(c, '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{200c}') && !matches!(c, '।' | '॥')
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e4e}')
}

/// Whether a character is Chinese.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
